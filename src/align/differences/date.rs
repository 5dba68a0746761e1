//! On which day, and by the clock.
//!
//! In: the statements. Out: differences of the kind `date`: two reports that state the same of two days, of two bounds ("by
//! 2038", "by 2040") or of two hours. It compares only times that were resolved and that date what is stated, in statements
//! that are otherwise alike, and does not know calendars other than the Gregorian.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::super::concepts::concept;
use super::super::contrast;
use super::super::statements::Statement;
use super::super::terms::TermSet;
use super::super::{Account, Context, Spot};
use super::frame::Frame;
use super::words::{Subject, subject, terms_without_places};
use super::{Found, dating, readings};
use crate::annotate::{Modality, TimeExpression};
use crate::span::Span;

/// How alike two statements must be in all but their day: stricter than for a claim, since a story often tells
/// of the same thing on two days.
const ALIKE: f64 = 0.6;
const FEWEST_SHARED: usize = 4;

/// How alike they must be, places aside, where subject and verb are the same and few words stand beside these.
const NEARLY_EQUAL: f64 = 0.9;
const FEWEST_BESIDE_SUBJECT: usize = 2;

/// The same of what is over: a hearing of Monday and one of Tuesday may be two.
const FEWEST_OF_THE_PAST: usize = 3;

/// How many words must be the same, where all are.
const FEWEST_TOLD: usize = 4;

/// Verbs that say nothing of what is to be until a day.
const LIGHT: &[&str] =
    &["be", "have", "do", "say", "go", "get", "give", "make", "take", "tell", "know", "see", "come"];

/// A statement with the one time that says when what it states happened.
struct Dated<'a> {
    statement: &'a Statement,
    time: &'a TimeExpression,
    days: (Date, Date),
    /// "by", "until", "since", where the time is only its bound.
    bound: Option<String>,
    /// What it is about, places aside.
    rest: TermSet,
    subject: Option<Subject>,
    /// What it states beside the time.
    frame: Frame,
    /// What is to be done by a body on the day, by concept: the vote of "will vote on Friday" and "seeks a vote on Friday".
    act: Option<String>,
    /// The concept of the verb right before the time: of "wants it to be put off until 2030" postponing.
    governs: Option<String>,
    /// Those with a name in it.
    names: TermSet,
}

/// The differences in dates.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let dated: Vec<Dated> =
        context.statements.iter().filter(|s| !s.part).filter_map(|s| dated(context, s)).collect();
    let mut found = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (n, a) in dated.iter().enumerate() {
        for (m, b) in dated.iter().enumerate().skip(n + 1) {
            let apart = a.days.1 < b.days.0 || b.days.1 < a.days.0;
            let alike = || {
                alike(context, a, b)
                    || has_same_bound(context, &dated, a, b)
                    || is_one_act(context, &dated, a, b)
            };
            if (apart || clocks_differ(context, a, b))
                && as_exact(a.days, b.days)
                && !taken.contains(&n)
                && !taken.contains(&m)
                && alike()
            {
                taken.extend([n, m]);
                found.extend(difference(context, a, b));
            }
        }
    }
    found
}

/// The one time that dates a statement, where it means one day, or one year.
fn dated<'a>(context: &'a Context, statement: &'a Statement) -> Option<Dated<'a>> {
    let of = context.accounts[statement.spot.account];
    let told = statement.main.unwrap_or(statement.spot.span);
    let within = of.layers.times.iter().filter(|t| t.days.is_some() && statement.spot.span.contains(t.span));
    let (time, bound) = match of_one(within.clone().filter(|t| dating::dates(of, told, t)))? {
        Some(time) => (time, None),
        None => {
            let time = of_one(within.filter(|t| dating::bounds(of, told, t).is_some()))??;
            (time, dating::bounds(of, told, time))
        }
    };
    let exact =
        |days: &(Date, Date)| days.0 == days.1 || is_year(*days) || bound.is_some() && is_month(*days);
    let days = time.days.filter(exact)?;
    let predicates = &context.predicates[statement.spot.account];
    let main = predicates.iter().find(|p| Some(p.verb) == statement.main);
    let rest = terms_without_places(context, statement.spot);
    let subject = main.and_then(|p| subject(context, p));
    let frame = Frame::read(context, statement.spot, time.span, main);
    let mut names = statement.terms.clone();
    names.retain(|term| context.terms.is_name(*term));
    let governs = governs(of, statement.spot.span, time.span);
    let act = act_before(of, statement.spot.span, time.span);
    Some(Dated { statement, time, days, bound, rest, subject, frame, act, governs, names })
}

/// The concept of the last verb of a statement before a time, with its particle, where it says something.
fn governs(of: &Account, statement: Span, time: Span) -> Option<String> {
    let layers = &of.layers;
    let before = layers.tokens_in(Span { start: statement.start, end: time.start.max(statement.start) });
    let verb = before.rev().find(|i| layers.tokens[*i].pos.is_verb())?;
    let lemma = of.lemma_at(verb);
    let particle = matches!(of.word(verb + 1), "off" | "back" | "out" | "up" | "down");
    let whole = if particle { format!("{lemma} {}", of.word(verb + 1)) } else { lemma.to_owned() };
    let concept = concept(&whole).to_owned();
    (!LIGHT.contains(&concept.as_str())).then_some(concept)
}

/// What a body does once on a day, by its words.
const ACTS: &[&str] = &["vote", "ballot", "election", "hearing", "trial", "summit", "verdict"];

/// How many tokens may stand between what is to be done and its day.
const REACH_OF_ACT: usize = 8;

/// How many days two reports may be apart for one act.
const NEAR_DAYS: i32 = 7;

/// The act that the last noun or verb of one before a time names.
fn act_before(of: &Account, statement: Span, time: Span) -> Option<String> {
    let before = of.layers.tokens_in(Span { start: statement.start, end: time.start.max(statement.start) });
    let mut near = before.rev().take(REACH_OF_ACT).map(|i| of.lemma_at(i));
    let act = near.find(|word| ACTS.contains(word))?;
    Some(concept(act).to_owned())
}

/// Whether both say for which day the same is planned, of the same, and neither report plans it for another day too.
fn is_one_act(context: &Context, all: &[Dated], a: &Dated, b: &Dated) -> bool {
    let (x, y) = (a.statement, b.statement);
    let planned =
        |d: &Dated| d.statement.modality == Modality::Future && d.bound.is_none() && d.days.0 == d.days.1;
    let own = |d: &Dated| {
        let same = |o: &&Dated| o.statement.spot.account == d.statement.spot.account && o.act == d.act;
        all.iter().filter(same).all(|o| o.days == d.days)
    };
    let only = |these: &TermSet, those: &TermSet| these.iter().any(|term| !those.contains(term));
    let apart = (a.days.0 - b.days.0).get_days().abs();
    x.spot.account != y.spot.account
        && a.act.is_some()
        && a.act == b.act
        && planned(a)
        && planned(b)
        && x.negated == y.negated
        && apart <= NEAR_DAYS
        && !context.terms.shared(&a.names, &b.names).is_empty()
        && !(only(&a.names, &b.names) && only(&b.names, &a.names))
        && context.terms.shared(&x.terms, &y.terms).len() >= FEWEST_BESIDE_ACT
        && !contrast::other_actor(context, x, y)
        && own(a)
        && own(b)
}

/// How many terms two plans of one act must share, it and a name among them.
const FEWEST_BESIDE_ACT: usize = 3;

/// The only one of `times`, if there is any; `None` where there are more.
fn of_one<'a>(mut times: impl Iterator<Item = &'a TimeExpression>) -> Option<Option<&'a TimeExpression>> {
    match (times.next(), times.next()) {
        (first, None) => Some(first),
        _ => None,
    }
}

fn is_month((first, last): (Date, Date)) -> bool {
    first == first.first_of_month() && last == first.last_of_month()
}

/// Whether both say by the clock when it happened on one day, and not the same: "at 5 a.m.", "at 6 a.m.".
fn clocks_differ(context: &Context, a: &Dated, b: &Dated) -> bool {
    let clock = |d: &Dated| -> Option<DateTime> {
        let of = context.accounts[d.statement.spot.account];
        let at = of.word_before(d.time.span).is_some_and(|w| w == "at");
        d.time.value.as_deref().filter(|value| at && value.contains('T'))?.parse().ok()
    };
    matches!((clock(a), clock(b)), (Some(x), Some(y)) if x != y && x.date() == y.date())
}

fn is_year((first, last): (Date, Date)) -> bool {
    first.year() == last.year() && first.day_of_year() == 1 && last.month() == 12 && last.day() == 31
}

/// Whether both name a day, both a month, or both a year.
fn as_exact(a: (Date, Date), b: (Date, Date)) -> bool {
    (a.0 == a.1) == (b.0 == b.1) && is_year(a) == is_year(b)
}

fn alike(context: &Context, x: &Dated, y: &Dated) -> bool {
    let (a, b) = (x.statement, y.statement);
    a.spot.account != b.spot.account
        && a.negated == b.negated
        && a.modality == b.modality
        && x.bound == y.bound
        && (a.verb.is_none() || b.verb.is_none() || a.verb == b.verb)
        && (context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
            && context.terms.similarity(&a.terms, &b.terms) >= ALIKE
            || nearly_equal(context, x, y)
            || told_as(x, y))
}

/// Whether all that both say but for the time is the same, of what happens once: "the strike begins", or so much that it
/// leaves no doubt which is meant.
fn told_as(a: &Dated, b: &Dated) -> bool {
    let once = a.statement.modality == Modality::Future && a.frame.is_of_a_thing();
    let fewest = if once { FEWEST_BESIDE_SUBJECT } else { FEWEST_TOLD };
    a.frame.is_at_length(&b.frame, fewest)
}

/// Whether both say of the same somebody until when, or from when on, the same is to be, and neither report gives another time
/// for it.
fn has_same_bound(context: &Context, all: &[Dated], a: &Dated, b: &Dated) -> bool {
    let told = |x: &Dated, y: &Dated| x.governs.is_some() && x.governs == y.governs && x.bound == y.bound;
    let own = |d: &Dated| {
        let same = |o: &&Dated| o.statement.spot.account == d.statement.spot.account && told(o, d);
        all.iter().filter(same).all(|o| o.days == d.days)
    };
    a.statement.spot.account != b.statement.spot.account
        && a.bound.is_some()
        && told(a, b)
        && a.statement.negated == b.statement.negated
        && !context.terms.shared(&a.names, &b.names).is_empty()
        && own(a)
        && own(b)
}

/// Whether the same subject does the same and nothing but the place and the day sets the two apart.
fn nearly_equal(context: &Context, a: &Dated, b: &Dated) -> bool {
    let planned = a.statement.modality == Modality::Future;
    let fewest = if planned { FEWEST_BESIDE_SUBJECT } else { FEWEST_OF_THE_PAST };
    a.statement.verb.is_some()
        && b.statement.verb.is_some()
        && context.terms.shared(&a.rest, &b.rest).len() >= fewest
        && context.terms.similarity(&a.rest, &b.rest) >= NEARLY_EQUAL
        && matches!((&a.subject, &b.subject), (Some(x), Some(y)) if x.is(y, context))
}

fn difference(context: &Context, a: &Dated, b: &Dated) -> Option<Found> {
    let within = matches!(a.bound.as_deref(), Some("by" | "before" | "after" | "within"));
    let reading = |d: &Dated| {
        Some((d.time.value.clone()?, Spot { account: d.statement.spot.account, span: d.time.span }))
    };
    Some(Found {
        kind: "date",
        about: context.text(a.statement.spot).to_owned(),
        // What is done by May is done by June.
        compatible: if within { None } else { Some(false) },
        over_time: false,
        readings: readings([reading(a)?, reading(b)?]),
    })
}
