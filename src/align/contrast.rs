//! Whether one clause tells something else than another that is alike.
//!
//! In: two places in the accounts. Out: what forbids that they are one line of the record: another number, polarity
//! or tense, another act, or a word that excludes one of the other. It does not know how alike they are.

use super::cast::MemberIndex;
use super::concepts::concept;
use super::counts::Counts;
use super::predicates::Predicate;
use super::statements::{act, mood};
use super::terms::TermSet;
use super::{Context, Spot};
use crate::annotate::{Interval, Quantity};

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

fn same_unit(x: &Quantity, y: &Quantity) -> bool {
    x.unit == y.unit || concept(&x.unit) == concept(&y.unit)
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
