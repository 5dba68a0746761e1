//! On which day.
//!
//! In: the statements. Out: differences of the kind `date`: two reports that state the same of two days. It
//! compares only days that were resolved, in statements that are otherwise alike, and does not know calendars
//! other than the Gregorian.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::statements::Statement;
use super::super::{Context, Spot};
use super::{Found, readings};

/// How alike two statements must be in all but their day: stricter than for a claim, since a story often tells
/// of the same thing on two days.
const ALIKE: f64 = 0.6;
const FEWEST_SHARED: usize = 4;

/// The differences in dates.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let dated: Vec<(usize, (Date, Date))> =
        (0..context.statements.len()).filter_map(|i| Some((i, only_day(&context.statements[i])?))).collect();
    let mut found = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (n, (a, days_a)) in dated.iter().enumerate() {
        for (b, days_b) in &dated[n + 1..] {
            let apart = days_a.1 < days_b.0 || days_b.1 < days_a.0;
            if apart
                && as_exact(*days_a, *days_b)
                && !taken.contains(a)
                && !taken.contains(b)
                && alike(context, *a, *b)
            {
                taken.extend([*a, *b]);
                found.extend(difference(context, *a, *b));
            }
        }
    }
    found
}

/// The one day, or the one year, that a statement names.
fn only_day(statement: &Statement) -> Option<(Date, Date)> {
    let year = |(first, last): (Date, Date)| {
        first.year() == last.year() && first.day_of_year() == 1 && last.month() == 12 && last.day() == 31
    };
    match statement.days[..] {
        _ if statement.part => None,
        [(first, last)] if first == last || year((first, last)) => Some((first, last)),
        _ => None,
    }
}

/// Whether both name a day, or both a year.
fn as_exact(a: (Date, Date), b: (Date, Date)) -> bool {
    (a.0 == a.1) == (b.0 == b.1)
}

fn alike(context: &Context, a: usize, b: usize) -> bool {
    let (a, b) = (&context.statements[a], &context.statements[b]);
    a.spot.account != b.spot.account
        && a.negated == b.negated
        && a.modality == b.modality
        && context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE
}

fn difference(context: &Context, a: usize, b: usize) -> Option<Found> {
    let reading = |i: usize| {
        let statement = &context.statements[i];
        let of = context.accounts[statement.spot.account];
        let time =
            of.layers.times.iter().find(|t| statement.spot.span.contains(t.span) && t.days.is_some())?;
        Some((time.value.clone()?, Spot { account: statement.spot.account, span: time.span }))
    };
    Some(Found {
        kind: "date",
        about: context.text(context.statements[a].spot).to_owned(),
        compatible: Some(false),
        over_time: false,
        readings: readings([reading(a)?, reading(b)?]),
    })
}
