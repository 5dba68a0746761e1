//! Which statements of different reports assert the same.
//!
//! In: the statements of the story. Out: groups of them, and the record's claims. Near-misses stay apart:
//! another number, day, polarity or modality is another claim. It does not know which of them is true.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::contrast::opposed;
use super::propositions::model::Model;
use super::propositions::{Reader, Sentence};
use super::repairs::{self, Repairs};
use super::statements::Statement;
use super::terms::Term;
use super::{Context, Spot};
use crate::annotate::{Interval, Pos};
use crate::record::{Claim, Source};

/// Statements that assert the same, as indices, the best wording first.
pub type Group = Vec<usize>;

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

/// The fewest terms that two statements must share to be one.
const FEWEST_SHARED: usize = 3;

/// A statement that is nearly all contained in a longer one is the same, if it has terms enough: containment
/// counts as similarity, less this.
const CONTAINED_BY: f64 = 0.35;
const FEWEST_CONTAINED: usize = 6;

/// A term in more statements than this finds no candidates: it is what the whole story is about.
const COMMON: usize = 60;

/// Groups the statements of the story, gives each group the parts of longer statements that bear it out, and heeds what a
/// person said of claims; a statement is in exactly one group, a part in one at most. What most reports make stands first, among equals what most tell independently, then what stands first in its report.
pub fn join(context: &Context, repairs: &Repairs) -> Vec<Group> {
    let (parts, wholes): (Vec<usize>, Vec<usize>) =
        (0..context.statements.len()).partition(|i| context.statements[*i].part);
    let same = identical(context, &wholes);
    let firsts: Vec<usize> = same.iter().map(|group| group[0]).collect();
    let mut group_of: BTreeMap<usize, usize> = firsts.iter().enumerate().map(|(g, i)| (*i, g)).collect();
    let mut groups: Vec<Group> = firsts.iter().map(|i| vec![*i]).collect();
    for (_, a, b) in alike_pairs(context, candidates(&context.statements, &firsts)) {
        let (into, from) = (group_of[&a], group_of[&b]);
        if into != from && fit(context, &groups[into], &groups[from]) {
            let moved = std::mem::take(&mut groups[from]);
            moved.iter().for_each(|i| _ = group_of.insert(*i, into));
            groups[into].extend(moved);
        }
    }
    for copies in &same {
        groups[group_of[&copies[0]]].extend(&copies[1..]);
    }
    groups.retain(|group| !group.is_empty());
    bear_out(context, &mut groups, &parts);
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
    groups
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

/// Of `pairs` of statements those that are alike, the most alike first.
fn alike_pairs(context: &Context, pairs: BTreeSet<(usize, usize)>) -> Vec<(f64, usize, usize)> {
    let mut predicates = MainVerbs::default();
    let mut alike = Vec::new();
    for (a, b) in pairs {
        let similarity = similarity(context, a, b);
        if similarity < ALIKE_BY_VERB || !checked(context, a, b) || !may_be_one(context, a, b) {
            continue;
        }
        if similarity >= ALIKE || predicates.say_the_same(context, a, b) {
            alike.push((similarity, a, b));
        }
    }
    let order = |x: &(f64, usize, usize), y: &(f64, usize, usize)| {
        y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
    };
    alike.sort_by(order);
    alike
}

/// Adds to each group the parts of longer statements that assert the same, of reports that do not state it otherwise; the
/// most alike first.
fn bear_out(context: &Context, groups: &mut [Group], parts: &[usize]) {
    let group_of: BTreeMap<usize, usize> =
        groups.iter().enumerate().map(|(g, group)| (group[0], g)).collect();
    let of: Vec<usize> = parts.iter().chain(group_of.keys()).copied().collect();
    let mut pairs = candidates(&context.statements, &of);
    // One of the two stands for a group, the other is a part.
    pairs.retain(|(a, b)| group_of.contains_key(a) != group_of.contains_key(b));
    let account = |i: usize| context.statements[i].spot.account;
    for (_, a, b) in alike_pairs(context, pairs) {
        let (part, of_group) = if group_of.contains_key(&a) { (b, a) } else { (a, b) };
        let group = &mut groups[group_of[&of_group]];
        if group.iter().all(|i| account(*i) != account(part)) && fit(context, &[part], group) {
            group.push(part);
        }
    }
}

/// The statements as sentences with their predicates, each read once.
#[derive(Default)]
struct MainVerbs {
    reader: Reader,
    sentences: BTreeMap<usize, Sentence>,
}

impl MainVerbs {
    /// Whether the main verbs of two statements mean the same, of nothing else, and the model takes them for one.
    fn say_the_same(&mut self, context: &Context, a: usize, b: usize) -> bool {
        let (x, y) = (&context.statements[a], &context.statements[b]);
        if x.verb.is_none() || x.verb != y.verb {
            return false;
        }
        [a, b].into_iter().for_each(|i| self.read(context, i));
        let (Some(of_a), Some(of_b)) = (self.sentences.get(&a), self.sentences.get(&b)) else { return false };
        let (Some(i), Some(j)) = (main(context, x, of_a), main(context, y, of_b)) else { return false };
        of_a.may_share_patient(i, of_b, j) && *Model::shipped().probabilities(of_a, of_b).at(i, j) >= PROBABLE
    }

    fn read(&mut self, context: &Context, statement: usize) {
        let reader = &mut self.reader;
        self.sentences.entry(statement).or_insert_with(|| {
            let spot = context.statements[statement].spot;
            let account = context.accounts[spot.account];
            reader.sentence(&account.report, &account.layers, account.layers.tokens_in(spot.span))
        });
    }
}

/// Which of its predicates is the main verb of a statement.
fn main(context: &Context, statement: &Statement, sentence: &Sentence) -> Option<usize> {
    let words = context.accounts[statement.spot.account].layers.tokens_in(statement.main?);
    sentence.propositions.iter().rposition(|p| words.contains(&p.token))
}

/// Pairs of different reports that share terms, from an inverted index.
fn candidates(statements: &[Statement], of: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut with_term: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    for i in of {
        for term in &statements[*i].terms {
            with_term.entry(*term).or_default().push(*i);
        }
    }
    let mut pairs = BTreeSet::new();
    for list in with_term.values().filter(|list| list.len() <= COMMON) {
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

/// Whether both say by a verb what they state, so that [`told_otherwise`] can tell them apart; where one does not
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

/// Whether nothing tells the two apart.
fn may_be_one(context: &Context, a: usize, b: usize) -> bool {
    let (a, b) = (&context.statements[a], &context.statements[b]);
    if a.negated != b.negated || a.modality != b.modality || opposed(context, &a.terms, &b.terms) {
        return false;
    }
    let same_numbers = a.quantities.iter().all(|x| {
        let mut of_unit = b.quantities.iter().filter(|y| y.unit == x.unit).peekable();
        of_unit.peek().is_none()
            || of_unit.any(|y| x.interval.intersects(y.interval) && same_bound(x.interval, y.interval))
    });
    let same_counts =
        !a.counts.contradict(&b.counts) && !a.counts.add_to(&b.quantities) && !b.counts.add_to(&a.quantities);
    let same_days = a.days.is_empty()
        || b.days.is_empty()
        || a.days.iter().any(|x| b.days.iter().any(|y| x.0 <= y.1 && y.0 <= x.1));
    let copied = || context.origins(&[a.spot, b.spot]) == 1;
    same_numbers && same_counts && same_days && (!told_otherwise(context, a, b) || copied())
}

/// Whether not both are open to one side from another number on: "at least 112" and "at least 150" can both be true, and are not
/// one statement.
fn same_bound(a: Interval, b: Interval) -> bool {
    let from = a.high.is_finite() || b.high.is_finite() || a.low == b.low;
    let to = a.low.is_finite() || b.low.is_finite() || a.high == b.high;
    from && to
}

/// Whether another verb or another actor tells something else of the same things ("convicted" and "charged",
/// "A accused B" and "B accused A").
fn told_otherwise(context: &Context, a: &Statement, b: &Statement) -> bool {
    let verbs = matches!((&a.verb, &b.verb), (Some(x), Some(y)) if x != y);
    let party = |m: usize| context.cast.party(m).unwrap_or(context.cast.name(m));
    let actors = matches!((a.subject, b.subject), (Some(x), Some(y)) if x != y && party(x) != party(y));
    verbs || actors
}

fn fit(context: &Context, a: &[usize], b: &[usize]) -> bool {
    a.iter().all(|i| {
        b.iter().all(|j| similarity(context, *i, *j) >= ALIKE_IN_GROUP && may_be_one(context, *i, *j))
    })
}

/// Against how many of a group a wording is weighed.
const WEIGHED: usize = 24;

/// The best wording is one that reads as a statement by itself, and of these the one most like all the others that says least
/// of what they do not; among equals the first.
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
    let stands = |i: usize| Reverse(context.statements[i].stands);
    scored.sort_by(|x, y| {
        stands(x.1).cmp(&stands(y.1)).then_with(|| y.0.total_cmp(&x.0)).then_with(|| x.1.cmp(&y.1))
    });
    *group = scored.into_iter().map(|(_, i)| i).collect();
}

/// Whether statement `j` says of no number more exactly what it is than `i` does: "more than 40" holds "47".
fn holds_numbers(context: &Context, i: usize, j: usize) -> bool {
    let (i, j) = (&context.statements[i].quantities, &context.statements[j].quantities);
    i.iter().all(|x| j.iter().filter(|y| y.unit == x.unit).all(|y| x.interval.holds(y.interval)))
}

/// The record's claims: the groups of which a wording reads as a statement by itself.
pub fn write(context: &Context, groups: &[Group]) -> Vec<Claim> {
    let stands = |group: &&Group| group.first().is_some_and(|i| context.statements[*i].stands);
    groups.iter().filter(stands).enumerate().map(|(n, group)| claim(context, n, group)).collect()
}

/// The words at `spot`, as they stand within a sentence.
fn source_of(context: &Context, spot: Spot) -> Source {
    let layers = &context.accounts[spot.account].layers;
    let words = context.text(spot).trim_end_matches([',', ' ']);
    let first = layers.tokens_in(spot.span).next().map(|i| layers.tokens[i].pos);
    let common = matches!(first, Some(Pos::DT | Pos::CD | Pos::PRPS | Pos::NN | Pos::NNS | Pos::IN));
    let mut letters = words.chars();
    let text = match letters.next() {
        Some(first) if common => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    };
    Source { text, evidence: context.evidence(spot) }
}

fn claim(context: &Context, n: usize, group: &Group) -> Claim {
    let statements = group.iter().map(|i| &context.statements[*i]);
    let spots: Vec<Spot> = statements.clone().map(|s| s.spot).collect();
    let speakers: BTreeSet<Option<usize>> = statements.clone().map(|s| s.attributed_to).collect();
    let disputed = statements.clone().find_map(|s| Some(Spot { account: s.spot.account, span: s.disputed? }));
    let attributed_to = match speakers.into_iter().collect::<Vec<_>>()[..] {
        [Some(member)] => Some(context.cast.id(member)),
        _ => None,
    };
    let source = statements.clone().find_map(|s| Some(Spot { account: s.spot.account, span: s.source? }));
    let all_told = statements.clone().all(|s| s.told);
    let speaker = context.statements[group[0]].attributed_to;
    Claim {
        id: format!("c{}", n + 1),
        text: context.text(spots[0]).to_owned(),
        origins: context.origins(&spots),
        origins_at_least: context.origins_at_least(&spots),
        evidence: spots.iter().map(|spot| context.evidence(*spot)).collect(),
        source: source.filter(|_| all_told && attributed_to.is_none()).map(|spot| source_of(context, spot)),
        attributed_to,
        disputed: disputed.map(|spot| context.evidence(spot)),
        pronouns: context.pronouns(spots[0], speaker),
    }
}
