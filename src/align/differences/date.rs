//! On which day, and by the clock.
//!
//! In: the statements. Out: differences of the kind `date`: two reports that state the same of two days, of two bounds ("by
//! 2038", "by 2040") or of two hours. It compares only times that were resolved and that date what is stated, in statements
//! that are otherwise alike, and does not know calendars other than the Gregorian.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::super::statements::Statement;
use super::super::terms::TermSet;
use super::super::{Context, Spot};
use super::words::{Subject, subject, terms_without_places};
use super::{Found, dating, readings};
use crate::annotate::{Modality, TimeExpression};

/// How alike two statements must be in all but their day: stricter than for a claim, since a story often tells
/// of the same thing on two days.
const ALIKE: f64 = 0.6;
const FEWEST_SHARED: usize = 4;

/// How alike they must be, places aside, where subject and verb are the same and few words stand beside these.
const NEARLY_EQUAL: f64 = 0.9;
const FEWEST_BESIDE_SUBJECT: usize = 2;

/// The same of what is over: a hearing of Monday and one of Tuesday may be two.
const FEWEST_OF_THE_PAST: usize = 3;

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
            if (apart || clocks_differ(context, a, b))
                && as_exact(a.days, b.days)
                && !taken.contains(&n)
                && !taken.contains(&m)
                && alike(context, a, b)
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
    Some(Dated { statement, time, days, bound, rest, subject: main.and_then(|p| subject(context, p)) })
}

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
            || nearly_equal(context, x, y))
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
