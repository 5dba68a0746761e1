//! Which statements of different reports assert the same.
//!
//! In: the statements of the story. Out: groups of them, and the record's claims. First what is told in the same words is joined, then
//! what a learnt judgement is nearly sure of ([`super::assertions`]). Near-misses stay apart: another number, day, polarity or
//! modality is another claim. It does not know which of them is true.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::assertions::{self, Features, Judge};
use super::contrast;
use super::omissions::{self, Unclear};
use super::propositions::model::Model;
use super::repairs::{self, Repairs};
use super::statements::Statement;
use super::terms::Term;
use super::voices::{self, Voice, Whose};
use super::wording;
use super::{COMPARED, Context, Spot};
use crate::record::Claim;

/// Statements that assert the same, as indices, the best wording first.
pub type Group = Vec<usize>;

/// The statements of the story, joined.
pub struct Joined {
    /// What asserts the same.
    pub groups: Vec<Group>,
    /// Two statements each that may assert the same, whether or not they are in one group.
    pub alike: Vec<[usize; 2]>,
}

/// How alike two statements must be to be one claim, how alike where not both have a verb that says something, and
/// how alike each two of a group: chosen on the seeds, the examples and `tests/cases/claims.md`. Lower joins more
/// and errs more.
const ALIKE: f64 = 0.45;
const ALIKE_WITHOUT_VERB: f64 = 0.5;
const ALIKE_IN_GROUP: f64 = 0.32;

/// How alike two statements must be whose main verbs mean the same and, by the model of propositions, say the same of the
/// same, and how probable that must be. Chosen by reading the pairs of `stories/dev.jsonl`: from 0.9 on all fourteen were one
/// claim, of the next ten three were not.
const ALIKE_BY_VERB: f64 = ALIKE_IN_GROUP;
const PROBABLE: f64 = 0.9;

/// Where words alone make two statements one, how probable their telling one thing must be, and how alike words decide whatever
/// else. Chosen on stories of `stories/train.jsonl`.
const IMPROBABLE: f64 = 0.55;
const ALIKE_ENOUGH: f64 = 0.6;

/// What two statements must share to be judged at all, and how many others one is judged with at most: the most alike.
const ALIKE_TO_JUDGE: f64 = 0.08;
const CONTAINED_TO_JUDGE: f64 = 0.3;
const JUDGED: usize = 40;

/// The same where they have no words of one act and share no number: less alike ones are seldom likely to be one.
const ALIKE_IN_OTHER_ACTS: f64 = 0.2;
const CONTAINED_IN_OTHER_ACTS: f64 = 0.5;

/// How surely two groups that become one must say the same in the mean of their pairs, and each pair.
const CLOSE: f64 = 0.5;
const REMOTE: f64 = 0.25;

/// From which probability on it is not certain that a report leaves a claim out which it tells otherwise: between
/// here and `certain` a labelled pair may as well be one as not.
const DOUBTFUL: f64 = 0.35;

/// The fewest terms that two statements must share to be one.
const FEWEST_SHARED: usize = 3;

/// A statement that is nearly all contained in a longer one is the same, if it has terms enough: containment
/// counts as similarity, less this.
const CONTAINED_BY: f64 = 0.35;
const FEWEST_CONTAINED: usize = 6;

/// A term in more statements than this finds no candidates: it is what the whole story is about.
const COMMON: usize = 60;

/// Groups the statements of the story, gives each group the parts of longer statements that bear it out, and heeds what a
/// person said of claims; a statement is in exactly one group, a part in one at most. What most reports make stands first, among
/// equals what most tell independently, then what stands first in its report.
pub fn join(context: &Context, repairs: &Repairs) -> Joined {
    let (parts, wholes): (Vec<usize>, Vec<usize>) =
        (0..context.statements.len()).partition(|i| context.statements[*i].part);
    let same = identical(context, &wholes);
    let firsts: Vec<usize> = same.iter().map(|group| group[0]).collect();
    let mut judge = Judge::new(context, Model::shipped());
    let mut group_of: BTreeMap<usize, usize> = firsts.iter().enumerate().map(|(g, i)| (*i, g)).collect();
    let mut groups: Vec<Group> = firsts.iter().map(|i| vec![*i]).collect();
    let mut alike = Vec::new();
    let pairs = candidates(&context.statements, &firsts);
    for (_, a, b) in alike_pairs(context, &mut judge, pairs, &mut alike) {
        let (into, from) = (group_of[&a], group_of[&b]);
        if into != from && fit(context, &mut judge, &groups[into], &groups[from]) {
            let moved = std::mem::take(&mut groups[from]);
            moved.iter().for_each(|i| _ = group_of.insert(*i, into));
            groups[into].extend(moved);
        }
    }
    for copies in &same {
        groups[group_of[&copies[0]]].extend(&copies[1..]);
    }
    groups.retain(|group| !group.is_empty());
    bear_out(context, &mut judge, &mut groups, &parts, &mut alike);
    put_together(context, &mut groups);
    let words = |i: usize| {
        let spot = context.statements[i].spot;
        (context.accounts[spot.account].report.id.as_str(), context.text(spot))
    };
    let mut groups = repairs::heed(&repairs.claims, groups, words);
    for group in &mut groups {
        order_by_wording(context, group);
    }
    let places = places(&context.statements);
    let spots = |group: &[usize]| group.iter().map(|i| context.statements[*i].spot).collect::<Vec<_>>();
    groups.sort_by_cached_key(|group| {
        let support = (reports(context, group), context.origins(&spots(group)));
        (Reverse(support), group.iter().map(|i| (places[*i], *i)).min())
    });
    Joined { groups, alike }
}

/// For each statement, how many of its report stand before it.
fn places(statements: &[Statement]) -> Vec<usize> {
    let mut of_account: BTreeMap<usize, usize> = BTreeMap::new();
    let place = |s: &Statement| {
        let next = of_account.entry(s.spot.account).or_default();
        *next += usize::from(!s.part);
        next.saturating_sub(1)
    };
    statements.iter().map(place).collect()
}

/// What tells two statements apart: those that agree in all of it are one. The numbers are bits of their intervals.
type Key<'a> =
    (&'a [Term], Vec<[u64; 2]>, &'a [(Date, Date)], bool, &'static str, Option<&'a str>, [Option<usize>; 2]);

/// Statements that say the same in the same terms, of different reports, together: of five hundred copies of one report,
/// one is compared.
fn identical(context: &Context, of: &[usize]) -> Vec<Group> {
    let statements = &context.statements;
    // Few terms say the same only in the same words ("The vote was five to two.").
    let verbatim = |i: usize, j: usize| {
        let words = |i: usize| context.text(statements[i].spot).trim_end_matches('.').to_lowercase();
        words(i) == words(j)
    };
    let mut by_key: BTreeMap<Key, Vec<Group>> = BTreeMap::new();
    for i in of.iter().copied() {
        let s = &statements[i];
        let numbers = s.quantities.iter().map(|q| [q.interval.low.to_bits(), q.interval.high.to_bits()]);
        let key: Key = (
            &s.terms,
            numbers.collect(),
            &s.days,
            s.negated,
            s.modality.name(),
            s.verb.as_deref(),
            [s.subject, s.attributed_to],
        );
        let groups = by_key.entry(key).or_default();
        let elsewhere = |group: &&mut Group| {
            group.last().is_some_and(|j| {
                statements[*j].spot.account != s.spot.account
                    && (s.terms.len() >= FEWEST_CONTAINED || verbatim(*j, i))
            })
        };
        match groups.iter_mut().find(elsewhere) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    let mut groups: Vec<Group> = by_key.into_values().flatten().collect();
    groups.sort();
    groups
}

fn reports(context: &Context, group: &[usize]) -> usize {
    group.iter().map(|i| context.statements[*i].spot.account).collect::<BTreeSet<_>>().len()
}

/// Of `pairs` of statements those that are one: first those in the same words, the most alike first, then those in other words, the
/// most probable first. What may be one goes to `doubtful` too.
fn alike_pairs(
    context: &Context,
    judge: &mut Judge,
    pairs: BTreeSet<(usize, usize)>,
    doubtful: &mut Vec<[usize; 2]>,
) -> Vec<(f64, usize, usize)> {
    let mut alike = Vec::new();
    let mut others = Vec::new();
    for (a, b) in pairs {
        if alike_in_words(context, judge, a, b) {
            alike.push((similarity(context, a, b), a, b));
        } else if worth_judging(context, judge, a, b) {
            let (x, y) = (&context.statements[a], &context.statements[b]);
            others.push((context.terms.similarity(&x.terms, &y.terms), a, b));
        }
    }
    let certain = Model::shipped().certain;
    let mut judged: Vec<(f64, usize, usize)> = most_alike(others)
        .into_iter()
        .map(|(_, a, b)| (judge.probability(a, b), a, b))
        .filter(|(probable, ..)| *probable >= DOUBTFUL)
        .collect();
    doubtful.extend(judged.iter().chain(&alike).map(|(_, a, b)| [*a, *b]));
    judged.retain(|(probable, ..)| *probable >= certain);
    alike.sort_by(likeliest);
    judged.sort_by(likeliest);
    alike.extend(judged);
    alike
}

fn likeliest(x: &(f64, usize, usize), y: &(f64, usize, usize)) -> Ordering {
    y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
}

/// Whether two statements are one by their words.
fn alike_in_words(context: &Context, judge: &mut Judge, a: usize, b: usize) -> bool {
    let similarity = similarity(context, a, b);
    if similarity < ALIKE_BY_VERB || !checked(context, a, b) || !may_be_one(context, a, b) {
        return false;
    }
    let doubtful = similarity < ALIKE_ENOUGH && judge.likelihood(a, b) < IMPROBABLE;
    !doubtful && (similarity >= ALIKE || judge.same_predicate(a, b) >= PROBABLE)
}

/// Whether two statements share enough that they may be one in other words.
fn worth_judging(context: &Context, judge: &Judge, a: usize, b: usize) -> bool {
    let (x, y) = (&context.statements[a], &context.statements[b]);
    let near = judge.may_tell_one_act(a, b)
        || assertions::share_number(x, y)
        || context.terms.similarity(&x.terms, &y.terms) >= ALIKE_IN_OTHER_ACTS
        || context.terms.containment(&x.terms, &y.terms) >= CONTAINED_IN_OTHER_ACTS;
    near && share_terms(context, a, b) && contrast::compatible(context, x, y)
}

/// Whether two statements share enough of what they are about.
fn share_terms(context: &Context, a: usize, b: usize) -> bool {
    let (x, y) = (&context.statements[a], &context.statements[b]);
    let terms = &context.terms;
    terms.similarity(&x.terms, &y.terms) >= ALIKE_TO_JUDGE
        || terms.containment(&x.terms, &y.terms) >= CONTAINED_TO_JUDGE
        || assertions::share_number(x, y)
}

/// The most alike of `pairs`, of each statement [`JUDGED`] at most.
fn most_alike(mut pairs: Vec<(f64, usize, usize)>) -> Vec<(f64, usize, usize)> {
    pairs.sort_by(likeliest);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut take = |i: usize| {
        let count = taken.entry(i).or_default();
        *count += 1;
        *count <= JUDGED
    };
    pairs.retain(|(_, a, b)| {
        let (of_a, of_b) = (take(*a), take(*b));
        of_a && of_b
    });
    pairs
}

/// Adds to each group the parts of longer statements that assert the same, of reports that do not state it otherwise; the
/// most alike first.
fn bear_out(
    context: &Context,
    judge: &mut Judge,
    groups: &mut [Group],
    parts: &[usize],
    doubtful: &mut Vec<[usize; 2]>,
) {
    let group_of: BTreeMap<usize, usize> =
        groups.iter().enumerate().map(|(g, group)| (group[0], g)).collect();
    let of: Vec<usize> = parts.iter().chain(group_of.keys()).copied().collect();
    let mut pairs = candidates(&context.statements, &of);
    // One of the two stands for a group, the other is a part.
    pairs.retain(|(a, b)| group_of.contains_key(a) != group_of.contains_key(b));
    let account = |i: usize| context.statements[i].spot.account;
    for (_, a, b) in alike_pairs(context, judge, pairs, doubtful) {
        let (part, of_group) = if group_of.contains_key(&a) { (b, a) } else { (a, b) };
        let group = &mut groups[group_of[&of_group]];
        if group.iter().all(|i| account(*i) != account(part)) && fit(context, judge, &[part], group) {
            group.push(part);
        }
    }
}

/// Joins two claims of which each is borne out by a part of the other: "…, raising concerns that …" and "…, fearing that …" hold the same main
/// clause, and differ in the words around it.
fn put_together(context: &Context, groups: &mut Vec<Group>) {
    let whole = wholes(&context.statements);
    let of: BTreeMap<usize, usize> =
        groups.iter().enumerate().flat_map(|(n, group)| group.iter().map(move |i| (*i, n))).collect();
    // For each claim those of which it holds a part.
    let beside = |group: &Group| -> BTreeSet<usize> {
        group.iter().filter_map(|i| of.get(whole.get(i)?).copied()).collect()
    };
    let holds: Vec<BTreeSet<usize>> = groups.iter().map(beside).collect();
    for (n, others) in holds.iter().enumerate() {
        for other in others.iter().copied().filter(|other| *other > n && holds[*other].contains(&n)) {
            let first = |group: &Group| group.first().copied();
            let Some((a, b)) = first(&groups[n]).zip(first(&groups[other])) else { continue };
            if contrast::compatible(context, &context.statements[a], &context.statements[b]) {
                let moved = std::mem::take(&mut groups[other]);
                groups[n].extend(moved);
                // What its report states as a whole needs no part of that beside it.
                let stated: BTreeSet<usize> =
                    groups[n].iter().copied().filter(|i| !context.statements[*i].part).collect();
                groups[n].retain(|i| whole.get(i).is_none_or(|of| !stated.contains(of)));
            }
        }
    }
    groups.retain(|group| !group.is_empty());
}

/// For each part of a statement that statement.
fn wholes(statements: &[Statement]) -> BTreeMap<usize, usize> {
    let order = |i: &usize| (statements[*i].spot.account, statements[*i].spot.span.start);
    let mut stated: Vec<usize> = (0..statements.len()).filter(|i| !statements[*i].part).collect();
    stated.sort_by_key(order);
    let parts = (0..statements.len()).filter(|i| statements[*i].part);
    let whole = |part: usize| {
        let at = stated.partition_point(|i| order(i) <= order(&part));
        let near = stated[..at].iter().rev().take(NEAR);
        let holds = |i: &&usize| {
            let (whole, part) = (statements[**i].spot, statements[part].spot);
            whole.account == part.account && whole.span.contains(part.span)
        };
        Some((part, *near.into_iter().find(holds)?))
    };
    parts.filter_map(whole).collect()
}

/// Among how many statements before it the statement is looked for that a part belongs to.
const NEAR: usize = 8;

/// Pairs of different reports that share terms or a number, from an inverted index.
fn candidates(statements: &[Statement], of: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut with_term: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    let mut with_number: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for i in of {
        for term in &statements[*i].terms {
            with_term.entry(*term).or_default().push(*i);
        }
        for q in &statements[*i].quantities {
            with_number.entry(assertions::number(q).to_bits()).or_default().push(*i);
        }
    }
    let mut pairs = BTreeSet::new();
    let lists = with_term.values().chain(with_number.values());
    for list in lists.filter(|list| list.len() <= COMMON) {
        for (n, a) in list.iter().enumerate() {
            for b in &list[n + 1..] {
                if statements[*a].spot.account != statements[*b].spot.account {
                    pairs.insert((*a, *b));
                }
            }
        }
    }
    pairs
}

/// Whether both say by a verb what they state, so that [`contrast`] can tell them apart; where one does not
/// ("is" says little), each must hold half of the other: one rare name in common is not enough.
fn checked(context: &Context, a: usize, b: usize) -> bool {
    let (a, b) = (&context.statements[a], &context.statements[b]);
    let verbs = a.verb.is_some() && b.verb.is_some();
    verbs || context.terms.overlap(&a.terms, &b.terms) >= ALIKE_WITHOUT_VERB
}

fn similarity(context: &Context, a: usize, b: usize) -> f64 {
    let (a, b) = (&context.statements[a], &context.statements[b]);
    // Who says it proves nothing of what is said.
    let speaker = usize::from(a.attributed_to.is_some() && a.attributed_to == b.attributed_to);
    let shared = context.terms.shared(&a.terms, &b.terms).len().saturating_sub(speaker);
    if shared < FEWEST_SHARED {
        return 0.0;
    }
    let contained =
        if shared >= FEWEST_CONTAINED { context.terms.containment(&a.terms, &b.terms) } else { 0.0 };
    context.terms.similarity(&a.terms, &b.terms).max(contained - CONTAINED_BY)
}

/// Two statements of different reports, for learning what makes them one and for measuring it.
pub struct Compared {
    /// The statements, as indices.
    pub pair: [usize; 2],
    /// What they share.
    pub features: Features,
    /// What forbids that they are one in other words, by name.
    pub obstacles: Vec<&'static str>,
}

/// All pairs of statements that share enough to be judged.
pub fn compared(context: &Context, model: &Model) -> Vec<Compared> {
    let all: Vec<usize> = (0..context.statements.len()).collect();
    let mut judge = Judge::new(context, model);
    let mut pairs = candidates(&context.statements, &all);
    pairs.retain(|(a, b)| share_terms(context, *a, *b));
    pairs
        .into_iter()
        .map(|(a, b)| Compared {
            pair: [a, b],
            features: judge.features(a, b),
            obstacles: judge.obstacles(a, b),
        })
        .collect()
}

/// Whether nothing tells apart two statements in the same words: another verb, other people, another speaker or another number of
/// those who suffer it does, unless one was copied.
fn may_be_one(context: &Context, a: usize, b: usize) -> bool {
    let (x, y) = (&context.statements[a], &context.statements[b]);
    let apart = contrast::other_verb(x, y) || contrast::told_apart(context, x, y);
    contrast::compatible(context, x, y) && (!apart || is_copied(context, a, b))
}

fn is_copied(context: &Context, a: usize, b: usize) -> bool {
    context.origins(&[context.statements[a].spot, context.statements[b].spot]) == 1
}

/// Whether two groups may be one: nothing tells any two of them apart, and the first few of the one say what the first few of the
/// other say, in the same words or in others.
fn fit(context: &Context, judge: &mut Judge, a: &[usize], b: &[usize]) -> bool {
    let apart = |i: usize, j: usize| {
        let (x, y) = (&context.statements[i], &context.statements[j]);
        !contrast::compatible(context, x, y)
            || contrast::told_apart(context, x, y) && !is_copied(context, i, j)
    };
    if a.iter().any(|i| b.iter().any(|j| apart(*i, *j))) {
        return false;
    }
    let (a, b) = (&a[..a.len().min(COMPARED)], &b[..b.len().min(COMPARED)]);
    let pairs = a.iter().flat_map(|i| b.iter().map(move |j| (*i, *j)));
    let scores: Vec<f64> = pairs.map(|(i, j)| closeness(context, judge, i, j)).collect();
    let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    mean >= CLOSE && scores.iter().all(|score| *score >= REMOTE)
}

/// How surely two of a group say the same, 0 to 1.
fn closeness(context: &Context, judge: &mut Judge, a: usize, b: usize) -> f64 {
    let alike = similarity(context, a, b) >= ALIKE_IN_GROUP && may_be_one(context, a, b);
    if alike { 1.0 } else { judge.likelihood(a, b) }
}

/// Against how many of a group a wording is weighed.
const WEIGHED: usize = 24;

/// The best wording is one that reads as a statement by itself, of these one that names whom it is about ("Orvik" and not "it"), and
/// of these the one most like all the others that says least of what they do not; among equals the first.
fn order_by_wording(context: &Context, group: &mut Group) {
    let others: Vec<usize> = group.iter().copied().take(WEIGHED).collect();
    let terms = |i: usize| &context.statements[i].terms[..];
    let shared = |i: usize, j: usize| {
        similarity(context, i, j)
            + context.terms.borne_out(terms(i), terms(j))
            + f64::from(u8::from(holds_numbers(context, i, j)))
    };
    let sum = |i: usize| -> f64 { others.iter().filter(|j| **j != i).map(|j| shared(i, *j)).sum() };
    let mut scored: Vec<(f64, usize)> = group.iter().map(|i| (sum(*i), *i)).collect();
    let reads: BTreeMap<usize, (Reverse<bool>, usize)> =
        group.iter().map(|i| (*i, reads(context, *i))).collect();
    scored.sort_by(|x, y| {
        reads[&x.1].cmp(&reads[&y.1]).then_with(|| y.0.total_cmp(&x.0)).then_with(|| x.1.cmp(&y.1))
    });
    *group = scored.into_iter().map(|(_, i)| i).collect();
}

/// How well a statement reads by itself, the best first: whether it stands, and how far it leaves it to others whom it is about.
fn reads(context: &Context, i: usize) -> (Reverse<bool>, usize) {
    let Statement { stands, spot, .. } = context.statements[i];
    (Reverse(stands), wording::openness(context.accounts[spot.account], spot.span))
}

/// Whether statement `j` says of no number more exactly what it is than `i` does: "more than 40" holds "47".
fn holds_numbers(context: &Context, i: usize, j: usize) -> bool {
    let (i, j) = (&context.statements[i].quantities, &context.statements[j].quantities);
    i.iter().all(|x| j.iter().filter(|y| y.unit == x.unit).all(|y| x.interval.holds(y.interval)))
}

/// The record's claims: the groups of which a wording reads as a statement by itself; with each, the accounts of which it is not
/// certain whether they state it.
pub fn write(context: &Context, joined: &Joined) -> Vec<(Claim, Unclear)> {
    let stands = |group: &Group| group.first().is_some_and(|i| context.statements[*i].stands);
    let unclear = omissions::unclear(context, joined);
    let groups = joined.groups.iter().zip(unclear).filter(|(group, _)| stands(group));
    groups.enumerate().map(|(n, (group, unclear))| (claim(context, n, group), unclear)).collect()
}

fn claim(context: &Context, n: usize, group: &Group) -> Claim {
    let statements = group.iter().map(|i| &context.statements[*i]);
    let spots: Vec<Spot> = statements.clone().map(|s| s.spot).collect();
    let voices: Vec<Voice> = statements.clone().map(Voice::of).collect();
    let disputed = statements.clone().find_map(|s| Some(Spot { account: s.spot.account, span: s.disputed? }));
    let Whose { attributed_to, source } = voices::whose(context, &voices);
    let speaker = context.statements[group[0]].attributed_to;
    Claim {
        id: format!("c{}", n + 1),
        text: context.text(spots[0]).to_owned(),
        origins: context.origins(&spots),
        origins_at_least: context.origins_at_least(&spots),
        evidence: spots.iter().map(|spot| context.evidence(*spot)).collect(),
        attributed_to,
        source,
        disputed: disputed.map(|spot| context.evidence(spot)),
        pronouns: context.pronouns(spots[0], speaker),
    }
}
