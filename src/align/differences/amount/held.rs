//! What one side has, sends or offers, told with other verbs and nouns.
//!
//! In: the measures of the accounts. Out: differences between two that no likeness of their words joins: counts of one sort of
//! people or things ("400 soldiers", "450 troops"), and offers. Each report must give one such number only, both for the same
//! side, and the two must be near to each other. It does not know what else the reports count.

use std::collections::BTreeSet;

use super::super::{Found, heading, in_order_of_time, readings};
use super::measure::Measure;
use super::{days_apart, value};
use crate::align::acts;
use crate::align::{Context, Spot};

/// Nouns of which those of one line count one sort of people or things.
const SORTS: &[&[&str]] = &[
    &["soldier", "troop", "troops", "serviceman", "servicemember", "trooper", "paratrooper"],
    &["observer", "monitor"],
    &["prisoner", "detainee", "captive", "inmate"],
    &["job", "post", "position", "redundancy"],
    &["point"],
];

/// From which on a number is seldom that of another group of the same sort; of points there are always few.
const FEW: f64 = 10.0;

/// How many times the smaller number the larger may be.
const NEAR: f64 = 1.25;

/// The same of two offers.
const NEAR_OFFERS: f64 = 2.0;

/// How many measures are compared; it bounds the cost of a story.
const MOST: usize = 400;

/// Verbs by which a number is only wanted or feared.
const WANTED: &[&str] = &["want", "demand", "ask", "call", "urge", "request", "seek", "propose", "threaten"];

/// The differences.
pub(super) fn find(context: &Context, measures: &[Measure]) -> Vec<Found> {
    let offers = || measures.iter().filter(|m| m.offered && !m.is_duration()).take(MOST);
    let units: BTreeSet<&str> = offers().map(|m| m.unit.as_str()).collect();
    let mut found: Vec<Found> = Vec::new();
    for unit in units {
        let of_unit: Vec<&Measure> = offers().filter(|m| m.unit == unit).collect();
        let same = |a: &Measure, b: &Measure| a.modal() == b.modal() && is_near(a, b, NEAR_OFFERS);
        found.extend(difference_of(context, &of_unit, same));
    }
    for sort in SORTS {
        let of_sort = measures.iter().filter(|m| sort.contains(&m.unit.as_str()));
        let of_sort: Vec<&Measure> = of_sort.take(MOST).collect();
        found.extend(difference_of(context, &of_sort, |a, b| {
            is_count(a) && is_count(b) && a.modal() == b.modal() && is_near(a, b, NEAR) && !exclude(a, b)
        }));
    }
    found
}

/// The difference between the only number of one report and that of another; more reports join the reading that they agree with.
fn difference_of(
    context: &Context,
    measures: &[&Measure],
    same: impl Fn(&Measure, &Measure) -> bool,
) -> Vec<Found> {
    let single = |m: &&&Measure| {
        let own = measures.iter().filter(|other| other.spot.account == m.spot.account);
        own.into_iter().all(|other| other.interval == m.interval)
    };
    let single: Vec<&Measure> = measures.iter().filter(single).copied().collect();
    let joins = |a: &Measure, b: &Measure| {
        a.spot.account != b.spot.account && is_of_one_side(a, b) && meet(a, b) && same(a, b)
    };
    let pair = single.iter().enumerate().find_map(|(n, a)| {
        let other = |b: &&&Measure| joins(a, b) && number(a) != number(b) && is_apart(a, b);
        single[n + 1..].iter().find(other).map(|b| [*a, *b])
    });
    let Some([a, b]) = pair else { return Vec::new() };
    let agrees =
        |m: &&Measure| [a, b].iter().any(|of| of.spot == m.spot || joins(of, m) && of.interval == m.interval);
    let group: Vec<&Measure> = single.iter().copied().filter(agrees).collect();
    let open = days_apart(context, &group);
    let hedged = a.interval.intersects(b.interval);
    let about = Spot { account: a.spot.account, span: a.clause };
    Vec::from([Found {
        kind: "number",
        about: heading(context, about),
        compatible: if hedged { Some(true) } else { (!open).then_some(false) },
        over_time: false,
        readings: in_order_of_time(context, readings(group.iter().map(|m| (value(m), m.spot)))),
    }])
}

/// Whether it says how many there are, and not how many there might be, were, or are of more.
fn is_count(m: &Measure) -> bool {
    let least = if m.unit == "point" { 1.0 } else { FEW };
    let told = m.verb.as_ref().is_some_and(|(verb, negated, _)| !negated && !WANTED.contains(&verb.as_str()));
    told && m.of.is_none()
        && !(m.vague || m.part || m.bare || m.settled || m.is_rate())
        && number(m) >= least
        && m.interval.high.is_finite()
}

/// Whether the clauses name somebody in common, or at least one place and nobody else.
fn is_of_one_side(a: &Measure, b: &Measure) -> bool {
    let nations = a.nations.is_empty() || b.nations.is_empty() || !a.nations.is_disjoint(&b.nations);
    let places = a.places.is_empty() || b.places.is_empty() || !a.places.is_disjoint(&b.places);
    let named = !a.owners.is_disjoint(&b.owners);
    nations && places && named && !a.frames[0].has_another_actor_than(&b.frames[0])
}

/// Whether both may be of one day.
fn meet(a: &Measure, b: &Measure) -> bool {
    let days = |x: &(_, _), y: &(_, _)| x.0 <= y.1 && y.0 <= x.1;
    a.days.is_empty() || b.days.is_empty() || a.days.iter().any(|x| b.days.iter().any(|y| days(x, y)))
}

fn is_near(a: &Measure, b: &Measure, most: f64) -> bool {
    let (x, y) = (number(a), number(b));
    x.is_finite() && y.is_finite() && x.max(y) <= most * x.min(y)
}

/// The number that is given, whatever its hedge.
fn number(m: &Measure) -> f64 {
    m.interval.number()
}

/// Whether the numbers cannot be one, or two that are equally rough are not the same: "about 300", "some 350".
fn is_apart(a: &Measure, b: &Measure) -> bool {
    let rough =
        |m: &Measure| m.interval.low < m.interval.high && m.interval.low > 0.0 && m.interval.high.is_finite();
    !a.interval.intersects(b.interval) || rough(a) && rough(b) && !is_near(a, b, SAME)
}

/// How many times the smaller of two rough numbers the larger may be, of one number.
const SAME: f64 = 1.1;

/// Whether what is done to the ones is never done to the others at once: "arrested 40 men", "freed 45 men".
fn exclude(a: &Measure, b: &Measure) -> bool {
    let verb = |m: &Measure| m.verb.as_ref().map(|(verb, _, _)| verb.clone()).unwrap_or_default();
    acts::exclude(&verb(a), &verb(b))
}

impl Measure {
    /// Whether its clause has a modal verb.
    fn modal(&self) -> bool {
        self.verb.as_ref().is_some_and(|(_, _, modal)| *modal)
    }
}
