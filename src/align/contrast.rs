//! Whether one clause tells something else than another that is alike.
//!
//! In: two places in the accounts, or two statements. Out: what forbids that they are one line of the record: another number,
//! day, polarity or tense, another act or actor, or a word that excludes one of the other. It does not know how alike they are.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::acts;
use super::cast::MemberIndex;
use super::concepts::concept;
use super::counts::Counts;
use super::predicates::Predicate;
use super::statements::{Resolve, Statement, act, mood};
use super::terms::TermSet;
use super::{Context, Spot};
use crate::annotate::{EntityKind, Interval, Mention, Pos, Quantity, lexicon};
use crate::span::Span;

/// What a clause tells, as far as another can tell it otherwise.
pub struct Told<'a> {
    terms: TermSet,
    quantities: Vec<&'a Quantity>,
    counts: Counts,
    negated: bool,
    /// Whether it is told as still to come; `None` where no verb says.
    ahead: Option<bool>,
    act: Option<String>,
    /// Who does it, where the clause is about somebody with a name.
    who: Option<MemberIndex>,
    /// Of which nations those are who do it.
    nations: BTreeSet<&'static str>,
    /// What its report says that somebody will not do.
    denied: Vec<(MemberIndex, String)>,
}

/// By these somebody is there or not: who "will not attend" does not "travel to lead the talks".
const PRESENCE: &[&str] =
    &["attend", "travel", "go", "come", "visit", "participate", "join", "fly", "appear"];

impl<'a> Told<'a> {
    /// What the clause at `spot` tells.
    pub fn read(context: &'a Context, spot: Spot) -> Self {
        let of = context.accounts[spot.account];
        let main =
            context.predicates[spot.account].iter().find(|p| spot.span.contains(p.verb) && !p.participle);
        Told {
            terms: context.terms.at(context.accounts, &context.cast, spot),
            quantities: of.layers.quantities.iter().filter(|q| spot.span.contains(q.span)).collect(),
            counts: Counts::of(of, &[spot.span]),
            negated: mood(of, spot.span).0,
            ahead: main.map(|p| is_ahead(context, p)),
            act: main.and_then(|p| act(of, p)),
            who: main.and_then(|p| who(context, p)),
            nations: main.map(|p| nations(context, p)).unwrap_or_default(),
            denied: context.predicates[spot.account].iter().filter_map(|p| denied(context, p)).collect(),
        }
    }

    /// Whether its report says that who does what `other` tells will not do it.
    fn is_against(&self, other: &Told) -> bool {
        let (Some(who), Some(act)) = (other.who, other.act.as_deref()) else { return false };
        let is_there = |act: &str| PRESENCE.iter().any(|word| concept(word) == act);
        let same = |denied: &str| denied == act || is_there(denied) && is_there(act);
        self.denied.iter().any(|(member, denied)| *member == who && same(denied))
    }

    /// Whether nothing forbids that both tell one thing that happened.
    pub fn may_be(&self, other: &Told, context: &Context) -> bool {
        let acts = matches!((&self.act, &other.act), (Some(x), Some(y)) if x != y);
        let tenses = matches!((self.ahead, other.ahead), (Some(x), Some(y)) if x != y);
        (!acts || self.shares_number(other)) && !tenses && !self.contradicts(other, context)
    }

    /// Whether both cannot be so: other numbers of one unit, a denial, words that exclude each other.
    pub fn contradicts(&self, other: &Told, context: &Context) -> bool {
        self.negated != other.negated
            || are_other(&self.nations, &other.nations)
            || self.is_against(other)
            || other.is_against(self)
            || self.counts.contradict(&other.counts)
            || !agree(&self.quantities, &other.quantities)
            || !agree(&other.quantities, &self.quantities)
            || opposed(context, &self.terms, &other.terms)
    }

    /// Whether both name the same number of the same: then they may tell one thing by different verbs.
    fn shares_number(&self, other: &Told) -> bool {
        let same = |x: &Quantity, y: &Quantity| same_unit(x, y) && x.interval == y.interval;
        self.quantities.iter().any(|x| other.quantities.iter().any(|y| same(x, y)))
    }

    /// Whether what is done is one of `acts`, which are concepts.
    pub fn acts_as(&self, acts: &[&str]) -> bool {
        self.act.as_deref().is_some_and(|act| acts.contains(&act))
    }

    /// Whether both say by a verb what is done, and by the same.
    pub fn acts_alike(&self, other: &Told) -> bool {
        self.act.is_some() && self.act == other.act
    }
}

/// Of which nations the subject of a clause says that it is: "the French regulator", "a US court".
fn nations(context: &Context, predicate: &Predicate) -> BTreeSet<&'static str> {
    let of = context.accounts[predicate.account];
    let head = predicate.subject.and_then(|subject| Some((subject, of.head_noun(subject)?)));
    let Some((subject, head)) = head.filter(|(_, head)| !of.pos(*head).is_name()) else {
        return BTreeSet::new();
    };
    let before = of.layers.tokens_in(subject).start..head;
    let words = before.filter(|i| of.pos(*i).is_adjective() || of.pos(*i).is_name());
    words.filter_map(|i| lexicon::party_of_place(of.report.slice(of.layers.tokens[i].span))).collect()
}

/// Whether both say of which nations somebody is, and of none in common.
fn are_other(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

/// Whether the main clauses of two statements are about those of other nations.
fn other_nation(context: &Context, a: &Statement, b: &Statement) -> bool {
    let of = |s: &Statement| context.main_predicate(s).map(|p| nations(context, p)).unwrap_or_default();
    are_other(&of(a), &of(b))
}

/// Whom with a name an active clause is about.
fn who(context: &Context, predicate: &Predicate) -> Option<MemberIndex> {
    let layers = &context.accounts[predicate.account].layers;
    let entity = layers.mentions_in(predicate.subject?).last()?.entity.filter(|_| !predicate.passive)?;
    let member = context.cast.member(predicate.account, entity);
    context.cast.is_named(member).then_some(member)
}

/// What a clause says that somebody will not do.
fn denied(context: &Context, predicate: &Predicate) -> Option<(MemberIndex, String)> {
    let firm = matches!(predicate.modal.as_deref(), Some("will" | "would" | "wo"));
    let denies = predicate.negated && firm && !predicate.conditional && !predicate.quoted;
    let act = act(context.accounts[predicate.account], predicate).filter(|_| denies)?;
    Some((who(context, predicate)?, act))
}

/// Whether the predicate tells of what is still to come: "will meet", "is due to meet", "meets".
fn is_ahead(context: &Context, predicate: &Predicate) -> bool {
    let verb = context.text(Spot { account: predicate.account, span: predicate.verb }).to_lowercase();
    let perfect = verb.starts_with("has ") || verb.starts_with("have ");
    predicate.modal.is_some() || predicate.present && !perfect
}

/// Whether each number of the one is, where the other counts the same, a number of the other.
fn agree(these: &[&Quantity], those: &[&Quantity]) -> bool {
    these.iter().all(|x| {
        let mut of_unit = those.iter().filter(|y| same_unit(x, y)).map(|y| y.interval).peekable();
        of_unit.peek().is_none() || of_unit.any(|y: Interval| may_be_one_number(x.interval, y))
    })
}

/// Whether both can be said of one number: "some 2,300" and "some 2,100" cannot, though the number may lie between; "about
/// 2,000" and "about 2,300" can.
fn may_be_one_number(a: Interval, b: Interval) -> bool {
    let middle = |i: Interval| (i.low + i.high) / 2.0;
    let width = |i: Interval| (i.high - i.low) / middle(i);
    let as_vague = a.low < a.high && (width(a) - width(b)).abs() < 1e-6;
    a.intersects(b) && (!as_vague || rounds(middle(a), middle(b)) || rounds(middle(b), middle(a)))
}

/// Whether `rough` is what `exact` is rounded to.
fn rounds(rough: f64, exact: f64) -> bool {
    let mut unit = 10f64.powf(rough.abs().max(1.0).log10().floor());
    while unit >= 1.0 && (rough / unit).round() * unit != rough {
        unit /= 10.0;
    }
    ((exact / unit).round() * unit - rough).abs() < 1e-6
}

/// Whether two quantities are of one unit.
pub fn same_unit(x: &Quantity, y: &Quantity) -> bool {
    x.unit == y.unit || concept(&x.unit) == concept(&y.unit)
}

/// Whether neither denies what the other says, nor tells another number, day or modality.
pub fn compatible(context: &Context, a: &Statement, b: &Statement) -> bool {
    !other_mood(a, b)
        && !opposed(context, &a.terms, &b.terms)
        && !other_quantity(a, b)
        && !other_count(a, b)
        && !other_days(a, b)
}

/// Whether one denies, or tells as a plan or a possibility, what the other does not.
pub fn other_mood(a: &Statement, b: &Statement) -> bool {
    let open = |x, y| x != y && (x == Resolve::Open || y == Resolve::Open);
    let resolved = matches!((a.resolve, b.resolve), (Some(x), Some(y)) if open(x, y));
    a.negated != b.negated || a.modality != b.modality || resolved
}

/// Whether of one unit no number of the one can be one of the other.
pub fn other_quantity(a: &Statement, b: &Statement) -> bool {
    a.quantities.iter().any(|x| {
        let mut of_unit = b.quantities.iter().filter(|y| y.unit == x.unit).peekable();
        let same = |y: &Quantity| x.interval.intersects(y.interval) && same_bound(x.interval, y.interval);
        of_unit.peek().is_some() && !of_unit.any(same)
    })
}

/// Whether their numbers that are no quantities differ.
pub fn other_count(a: &Statement, b: &Statement) -> bool {
    a.counts.contradict(&b.counts) || a.counts.add_to(&b.quantities) || b.counts.add_to(&a.quantities)
}

/// Whether both name days, and none that can be the same.
pub fn other_days(a: &Statement, b: &Statement) -> bool {
    let meet = |x: &(Date, Date)| b.days.iter().any(|y| x.0 <= y.1 && y.0 <= x.1);
    !a.days.is_empty() && !b.days.is_empty() && !a.days.iter().any(meet)
}

/// Whether not both are open to one side from another number on: "at least 112" and "at least 150" can both be true, and are not
/// one statement.
fn same_bound(a: Interval, b: Interval) -> bool {
    let from = a.high.is_finite() || b.high.is_finite() || a.low == b.low;
    let to = a.low.is_finite() || b.low.is_finite() || a.high == b.high;
    from && to
}

/// Whether two statements that are no contradiction are still told of others, by others or of another act.
pub fn told_apart(context: &Context, a: &Statement, b: &Statement) -> bool {
    exclusive(a, b)
        || other_actor(context, a, b)
        || other_people(context, a, b)
        || other_source(context, a, b)
        || other_part(context, a, b)
}

/// Whether the act of one excludes that of the other.
pub fn exclusive(a: &Statement, b: &Statement) -> bool {
    a.verb.as_ref().zip(b.verb.as_ref()).is_some_and(|(x, y)| acts::exclude(x, y))
}

/// Whether the reports give two statements to different people: what two say is two statements, even in the same words. What a ministry
/// says its country says too ("Iran said", "Iran’s foreign ministry said").
pub fn other_source(context: &Context, a: &Statement, b: &Statement) -> bool {
    let cast = &context.cast;
    let is_of = |body: MemberIndex, country: MemberIndex| {
        cast.kind(body) == EntityKind::Organization
            && cast.kind(country) == EntityKind::Place
            && cast.party(body).is_some_and(|party| cast.party(country) == Some(party))
    };
    let other = |x: MemberIndex, y: MemberIndex| x != y && !is_of(x, y) && !is_of(y, x);
    matches!((a.attributed_to, b.attributed_to), (Some(x), Some(y)) if other(x, y))
}

/// Whether the main verbs of two statements mean something else.
pub fn other_verb(a: &Statement, b: &Statement) -> bool {
    matches!((&a.verb, &b.verb), (Some(x), Some(y)) if x != y)
}

/// Whether two statements say of different people or parties that they do it.
pub fn other_actor(context: &Context, a: &Statement, b: &Statement) -> bool {
    let party = |m: usize| context.cast.party(m).unwrap_or(context.cast.name(m));
    let stands_for = |x: usize, y: usize| stands_for(context, x, y) || stands_for(context, y, x);
    let cast = &context.cast;
    // "the Supreme Court", "the Supreme Court of Norway"; but "London" is not the "London Police".
    let longer =
        |x: usize, y: usize| cast.kind(x) == cast.kind(y) && is_longer_name(cast.name(x), cast.name(y));
    let other = |x: usize, y: usize| x != y && party(x) != party(y) && !stands_for(x, y) && !longer(x, y);
    matches!((a.subject, b.subject), (Some(x), Some(y)) if other(x, y)) || other_nation(context, a, b)
}

/// Whether one name is the other with more words: "Supreme Court", "United States Supreme Court".
fn is_longer_name(x: &str, y: &str) -> bool {
    let words =
        |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (x, y) = (words(x), words(y));
    x.is_subset(&y) || y.is_subset(&x)
}

/// Whether somebody stands for a body: a role names it ("the Conservative leader", "chairwoman of Brightwell").
fn stands_for(context: &Context, person: MemberIndex, body: MemberIndex) -> bool {
    let cast = &context.cast;
    if cast.kind(person) != EntityKind::Person || cast.kind(body) == EntityKind::Person {
        return false;
    }
    let named = cast.name(body).split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
    let names: Vec<String> = named.map(str::to_lowercase).collect();
    let names_it = |word: &str| {
        let word = word.trim_end_matches(['.', ',']).trim_end_matches("'s").trim_end_matches("’s");
        names.iter().any(|name| same_root(word, name))
    };
    cast.roles(person).iter().any(|spot| context.text(*spot).to_lowercase().split_whitespace().any(names_it))
}

/// How long the part must be that two forms of one name share: "Conservative", "Conservatives".
const ROOT: usize = 5;

fn same_root(x: &str, y: &str) -> bool {
    let shared = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    let longer = x.chars().count().max(y.chars().count());
    x == y && longer > 2 || shared >= ROOT && longer - shared <= 2
}

/// Whether two statements that are no contradiction still tell of other numbers: of one unit none is the same ("at least 32", "35").
pub fn other_number(a: &Statement, b: &Statement) -> bool {
    a.quantities.iter().any(|x| {
        let mut of_unit = b.quantities.iter().filter(|y| same_unit(x, y)).peekable();
        of_unit.peek().is_some() && !of_unit.any(|y| same_number(x.interval, y.interval))
    })
}

/// Whether those who do it or suffer it are of another number, whatever they are called: "all 189 were killed", "eight Americans were
/// killed", "a woman was killed".
pub fn other_part(context: &Context, a: &Statement, b: &Statement) -> bool {
    let (in_a, in_b) = (taking_part(context, a), taking_part(context, b));
    match (&in_a[..], &in_b[..]) {
        ([], []) => false,
        ([], _) => is_of_one(context, a),
        (_, []) => is_of_one(context, b),
        _ => !in_a.iter().any(|x| in_b.iter().any(|y| x.interval.intersects(y.interval))),
    }
}

/// Whether two hedges are of one number: "at least 12" and "12", "about 100" and "100", but not "at least 32" and "35".
fn same_number(a: Interval, b: Interval) -> bool {
    let bounded = |i: Interval| i.low.is_finite() && i.high.is_finite();
    a.low == b.low || a.high == b.high || bounded(a) && bounded(b) && a.intersects(b)
}

/// Whether two statements name people who do it or suffer it, and nobody in common: "Ann Hale was arrested", "Per Moe was arrested".
pub fn other_people(context: &Context, a: &Statement, b: &Statement) -> bool {
    let (in_a, in_b) = (people(context, a), people(context, b));
    !in_a.is_empty() && !in_b.is_empty() && in_a.is_disjoint(&in_b)
}

/// The people with a name who do it or suffer it.
fn people(context: &Context, of: &Statement) -> BTreeSet<MemberIndex> {
    let account = of.spot.account;
    let within = around(context, of).into_iter().flatten();
    let layers = &context.accounts[account].layers;
    // "Ann Hale's driver" is not Ann Hale.
    let owns = |m: &&Mention| {
        let next = layers.tokens.get(layers.tokens_in(m.span).end);
        next.is_some_and(|t| t.pos == Pos::POS)
    };
    let mentions = within.flat_map(|span| layers.mentions_in(span)).filter(|m| !owns(m));
    let members = mentions.filter_map(|m| Some(context.cast.member(account, m.entity?)));
    members.filter(|m| context.cast.kind(*m) == EntityKind::Person && context.cast.is_named(*m)).collect()
}

/// Within how many tokens behind its verb a statement says whom and how many suffer it.
const NEAR: usize = 6;

/// The words of a statement's subject, and the first behind its verb.
fn around(context: &Context, of: &Statement) -> [Option<Span>; 2] {
    let Some(p) = context.main_predicate(of) else { return [None; 2] };
    let layers = &context.accounts[of.spot.account].layers;
    let behind = layers.tokens_in(p.object).take(NEAR).map(|i| layers.tokens[i].span).reduce(Span::cover);
    [p.subject, behind]
}

/// How many do it or suffer it.
fn taking_part<'a>(context: &Context, of: &'a Statement) -> Vec<&'a Quantity> {
    let within = around(context, of);
    let counts =
        |q: &&Quantity| within.iter().flatten().any(|span| span.contains(q.number)) && q.of.is_some();
    of.quantities.iter().filter(counts).collect()
}

/// Whether one of many suffers it: "a woman was killed".
fn is_of_one(context: &Context, of: &Statement) -> bool {
    let account = context.accounts[of.spot.account];
    let opening =
        |span: Span| account.layers.tokens_in(span).next().map(|i| account.word(i)).unwrap_or_default();
    let subject = around(context, of)[0];
    subject.is_some_and(|span| matches!(opening(span), "a" | "an" | "one" | "another"))
}

/// Concepts of which one excludes the other.
const OPPOSITES: &[(&str, &str)] = &[
    ("cancel", "postpone"),
    ("cancel", "reschedule"),
    ("cancel", "hold"),
    ("kill", "injure"),
    ("accept", "reject"),
    ("support", "oppose"),
    ("rise", "fall"),
    ("increase", "decrease"),
    ("begin", "finish"),
    ("open", "close"),
    ("win", "lose"),
    ("buy", "sell"),
    ("arrest", "release"),
    ("arrive", "leave"),
    ("confirm", "deny"),
    ("allow", "ban"),
    ("agree", "reject"),
    ("approve", "reject"),
    ("join", "leave"),
    ("build", "destroy"),
];

/// Whether one has a word of which a word of the other excludes it, and neither has both.
pub fn opposed(context: &Context, a: &TermSet, b: &TermSet) -> bool {
    let has =
        |set: &TermSet, word: &str| context.terms.id(word).is_some_and(|t| set.binary_search(&t).is_ok());
    let only = |set: &TermSet, x: &str, y: &str| has(set, x) && !has(set, y);
    OPPOSITES.iter().any(|(x, y)| only(a, x, y) && only(b, y, x) || only(a, y, x) && only(b, x, y))
}
