//! How many, and how long.
//!
//! In: what the numbers of the accounts measure. Out: differences of the kinds `number` and `duration`, compared
//! as intervals with their hedges. Two numbers are compared only where the words around them say that they
//! measure the same: it does not know what a number without such words counts.

mod held;
mod measure;
mod none;

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::{Found, heading, in_order_of_time, moment, readings, words};
use crate::align::{COMPARED, Context, Spot};
use crate::annotate::Interval;
use measure::{LASTING, Measure, PENALTIES};

/// How alike the sentences around two numbers must be where no fate or length joins them.
const ALIKE: f64 = 0.4;
const FEWEST_SHARED: usize = 4;

/// The fewest terms that they must share where the verb is the same, it and the unit among them.
const FEWEST_BESIDE_VERB: usize = 3;

/// How alike they must be where not even the verb is the same.
const VERY_ALIKE: f64 = 0.6;

/// The fewest terms that two tolls must share, the fate among them: a report has many tolls of other days.
const FEWEST_BESIDE_FATE: usize = 2;

/// How far two strengths of one quake may be apart; another one struck where they are further.
const NEAR_MAGNITUDES: f64 = 0.6;

/// How alike the words around two penalties must be: a report tells of those of many.
const ALIKE_PENALTIES: f64 = 0.4;
const FEWEST_OF_PENALTY: usize = 2;

/// How far two sums may be apart that say how much the same is of the same: a zero is soon lost.
const MOST_OF_ATTRIBUTE: f64 = 10.0;

/// Within how many hours two reports came out at one time, so that neither has news for the other.
const SAME_TIME_HOURS: i64 = 2;

/// The differences of the two kinds.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let measures: Vec<Measure> =
        (0..context.accounts.len()).flat_map(|account| measure::find(context, account)).collect();
    let mut held = held::find(context, &measures);
    held.extend(none::find(context, &measures));
    let mut by_unit: BTreeMap<String, Vec<Measure>> = BTreeMap::new();
    for measure in measures {
        by_unit.entry(measure.unit.clone()).or_default().push(measure);
    }
    let main = main_matter(context);
    let groups = by_unit.into_values().flat_map(|measures| groups(context, &main, measures));
    let mut found: Vec<Found> = groups.filter_map(|group| difference(context, &group)).collect();
    let told: Vec<Spot> =
        found.iter().flat_map(|f| f.readings.iter().flat_map(|r| r.spots.clone())).collect();
    let new = |f: &Found| !f.readings.iter().flat_map(|r| &r.spots).any(|spot| told.contains(spot));
    found.extend(held.into_iter().filter(new));
    found
}

/// Measures of one unit, those of the same thing together.
fn groups(context: &Context, main: &BTreeSet<String>, measures: Vec<Measure>) -> Vec<Vec<Measure>> {
    let mut groups: Vec<Vec<Measure>> = Vec::new();
    for measure in measures {
        let fits =
            |group: &Vec<Measure>| group.iter().take(COMPARED).any(|m| same(context, main, m, &measure));
        // Where a report gives two numbers, another's belongs to the one that it agrees with.
        let agrees = |group: &Vec<Measure>| group.iter().any(|m| m.interval.intersects(measure.interval));
        let fitting = (0..groups.len()).filter(|g| fits(&groups[*g]));
        match fitting.max_by_key(|g| (agrees(&groups[*g]), Reverse(*g))) {
            Some(group) => groups[group].push(measure),
            None => groups.push(vec![measure]),
        }
    }
    groups
}

fn same(context: &Context, main: &BTreeSet<String>, a: &Measure, b: &Measure) -> bool {
    let other_nation = !a.nations.is_empty() && !b.nations.is_empty() && a.nations.is_disjoint(&b.nations);
    if a.spot.account == b.spot.account || a.part != b.part || other_nation {
        return false;
    }
    let shared = context.terms.shared(&a.terms, &b.terms);
    let meet = |x: &(_, _), y: &(_, _)| x.0 <= y.1 && y.0 <= x.1;
    if !a.days.is_empty() && !b.days.is_empty() && !a.days.iter().any(|x| b.days.iter().any(|y| meet(x, y))) {
        return false;
    }
    if a.is_told_as(b) {
        return true;
    }
    if a.bare || b.bare {
        return false;
    }
    if a.is_toll_with(b) && near_in_size(a, b) || say_how_much(context, a, b) {
        return true;
    }
    match (&a.of, &b.of) {
        (Some(x), Some(y)) if a.is_duration() && is_penalty(x) && is_penalty(y) => {
            (x == "sentence") == (y == "sentence")
                && near_in_size(a, b)
                && shared.len() >= FEWEST_OF_PENALTY
                && likeness(context, a, b) >= ALIKE_PENALTIES
        }
        (Some(x), Some(y)) if x == y && a.is_duration() => main.contains(x) && near_in_size(a, b),
        (Some(x), Some(y)) if x == y => {
            // The fate is told in many words ("lost their lives"), of which none need be shared.
            let fate = context.terms.id(x).is_some_and(|fate| shared.contains(&fate));
            let needed = if fate { FEWEST_BESIDE_FATE } else { FEWEST_BESIDE_FATE - 1 };
            shared.len() >= needed && near_in_size(a, b) && !elsewhere(a, b)
        }
        (None, None) if a.frames[0].turns_otherwise_than(&b.frames[0]) => false,
        (None, None) if a.frames[0].has_another_actor_than(&b.frames[0]) => false,
        (None, None) => {
            // A share of a hundred is so common that more must be alike around it.
            let share = a.unit == "percent";
            let fewest = if share { FEWEST_SHARED } else { FEWEST_BESIDE_VERB };
            let told_alike = a.verb.is_some()
                && a.verb == b.verb
                && (a.passive != b.passive || a.subject.is_some() && a.subject == b.subject);
            let (alike, near) = (likeness(context, a, b), near_in_size(a, b) && !elsewhere(a, b));
            told_alike && shared.len() >= fewest && alike >= ALIKE
                || near && !share && shared.len() >= FEWEST_SHARED && alike >= VERY_ALIKE
        }
        _ => false,
    }
}

/// Whether both say how much the same is of the same: of somebody with a name, or at one rate of what another noun names too.
fn say_how_much(context: &Context, a: &Measure, b: &Measure) -> bool {
    let beside = || {
        let attribute = a.attribute.as_deref().and_then(|attribute| context.terms.id(attribute));
        context.terms.shared(&a.clause_terms, &b.clause_terms).iter().any(|term| Some(*term) != attribute)
    };
    a.of.is_none()
        && b.of.is_none()
        && a.is_of_attribute(b)
        && is_within(MOST_OF_ATTRIBUTE, a, b)
        && !elsewhere(a, b)
        && (!a.owners.is_disjoint(&b.owners) || a.is_rate() && beside())
}

fn is_penalty(concept: &str) -> bool {
    PENALTIES.contains(&concept)
}

/// How alike the sentences or the clauses around two numbers are.
fn likeness(context: &Context, a: &Measure, b: &Measure) -> f64 {
    let sentences = context.terms.similarity(&a.terms, &b.terms);
    sentences.max(context.terms.similarity(&a.clause_terms, &b.clause_terms))
}

/// Whether each sentence names places, and none that the other names: the count of another county.
fn elsewhere(a: &Measure, b: &Measure) -> bool {
    !a.places.is_empty() && !b.places.is_empty() && a.places.is_disjoint(&b.places)
}

/// Whether the two could be told of one thing: a tenfold number is of another. A share of a hundred can change more
/// from one report to the next.
fn near_in_size(a: &Measure, b: &Measure) -> bool {
    let closed = |m: &Measure| m.interval.high.is_finite();
    if a.unit == "magnitude" {
        return (a.interval.low - b.interval.low).abs() <= NEAR_MAGNITUDES;
    }
    if closed(a) && closed(b) && a.interval.intersects(b.interval) {
        return true;
    }
    is_within(if a.unit == "percent" { 10.0 } else { 3.0 }, a, b)
}

/// Whether one number is at most `most` times the other.
fn is_within(most: f64, a: &Measure, b: &Measure) -> bool {
    let (smaller, larger) = if a.interval.low < b.interval.low { (a, b) } else { (b, a) };
    let Interval { low, high, .. } = smaller.interval;
    let top = if high.is_finite() { high } else { low };
    larger.interval.low.abs() <= most * top.abs()
}

/// What lasts that the story is about: the thing of its sort that most words name. A war is the background of
/// many stories that are about something else.
fn main_matter(context: &Context) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for account in context.accounts {
        for i in (0..account.layers.tokens.len()).filter(|i| account.pos(*i).is_noun()) {
            if let Some(kind) = LASTING.iter().find(|k| **k == account.concept_at(i)) {
                *counts.entry(kind).or_default() += 1;
            }
        }
    }
    let most = counts.iter().filter(|(kind, _)| **kind != "war").map(|(_, n)| *n).max();
    counts
        .into_iter()
        .filter(|(_, n)| most.is_none_or(|most| *n >= most))
        .map(|(kind, _)| kind.to_owned())
        .collect()
}

fn difference(context: &Context, group: &[Measure]) -> Option<Found> {
    let clear: Vec<&Measure> =
        group.iter().filter(|m| !contradicts_itself(group, m) || is_total(group, m)).collect();
    let exact: Vec<&Measure> = clear.iter().copied().filter(|m| !m.vague).collect();
    // "Dozens" says nothing against 43, and nothing beside it.
    let covered = |m: &&&Measure| !m.vague || !exact.iter().all(|e| e.interval.intersects(m.interval));
    let clear: Vec<&Measure> = clear.iter().filter(covered).copied().collect();
    let accounts: BTreeSet<usize> = clear.iter().map(|m| m.spot.account).collect();
    let values: BTreeSet<String> = clear.iter().map(|m| value(m)).collect();
    let first = clear.first()?;
    if accounts.len() < 2 || values.len() < 2 {
        return None;
    }
    let jointly = clear
        .iter()
        .enumerate()
        .all(|(i, a)| clear[i + 1..].iter().all(|b| a.interval.intersects(b.interval)));
    let over_time = grows(context, &clear);
    let readings = readings(clear.iter().map(|m| (value(m), m.spot)));
    // What is so now may have been otherwise some days before.
    let open = !jointly && !over_time && clear.iter().any(|m| m.present) && days_apart(context, &clear);
    Some(Found {
        kind: if first.is_duration() { "duration" } else { "number" },
        about: about(context, &clear),
        compatible: (!open).then_some(jointly || over_time),
        over_time,
        readings: in_order_of_time(context, readings),
    })
}

/// Whether no two readings are of reports of one day.
fn days_apart(context: &Context, measures: &[&Measure]) -> bool {
    let apart = |a: &Measure, b: &Measure| {
        let days = (context.published(a.spot.account), context.published(b.spot.account));
        a.interval.intersects(b.interval) || matches!(days, (Some(x), Some(y)) if x != y)
    };
    measures.iter().enumerate().all(|(i, a)| measures[i + 1..].iter().all(|b| apart(a, b)))
}

/// Whether a count that can only rise is higher in each later report, and each count the same in those of one time, while what
/// it counts is news.
fn grows(context: &Context, measures: &[&Measure]) -> bool {
    type Dated<'m> = ((Date, Option<DateTime>), &'m Measure);
    let develops = measures.iter().all(|m| m.is_growing() && !m.settled);
    let dated: Option<Vec<Dated>> =
        measures.iter().map(|m| Some((moment(context, m.spot.account)?, *m))).collect();
    let Some(dated) = dated.filter(|_| develops) else { return false };
    let in_order = |(at_a, a): &Dated, (at_b, b): &Dated| match in_time(*at_a, *at_b) {
        Ordering::Equal => a.interval.intersects(b.interval),
        _ if a.is_changing() && b.is_changing() => true,
        Ordering::Less => a.interval.low < b.interval.low,
        Ordering::Greater => b.interval.low < a.interval.low,
    };
    let several = dated.iter().any(|(at, _)| in_time(*at, dated[0].0) != Ordering::Equal);
    several && dated.iter().enumerate().all(|(i, a)| dated[i + 1..].iter().all(|b| in_order(a, b)))
}

/// Which of two reports came out first: by the day, on one day by the hour where both say it.
fn in_time(a: (Date, Option<DateTime>), b: (Date, Option<DateTime>)) -> Ordering {
    let (Some(x), Some(y)) = (a.1, b.1) else { return a.0.cmp(&b.0) };
    let apart = x.until(y).map_or(0, |span| i64::from(span.get_days()) * 24 + i64::from(span.get_hours()));
    if apart.abs() < SAME_TIME_HOURS { Ordering::Equal } else { x.cmp(&y) }
}

/// Whether its own report gives another number for the same: then it is a part, or the report corrects itself.
fn contradicts_itself(group: &[Measure], measure: &Measure) -> bool {
    let own = group.iter().filter(|m| m.spot.account == measure.spot.account);
    own.into_iter().any(|m| !m.interval.intersects(measure.interval))
}

/// Whether it stands first in its report and none of the report's other numbers for the same is larger: then they
/// count its parts.
fn is_total(group: &[Measure], measure: &Measure) -> bool {
    let own = group.iter().filter(|m| m.spot.account == measure.spot.account && m.spot != measure.spot);
    !measure.is_duration()
        && own.into_iter().all(|m| measure.spot < m.spot && m.interval.low < measure.interval.low)
}

/// What is measured: what lasts, in the word that most reports have for it, or the clause of the first report that counts.
fn about(context: &Context, measures: &[&Measure]) -> String {
    let nouns: Vec<&str> = measures.iter().filter_map(|m| m.noun.as_deref()).collect();
    let times = |noun: &str| nouns.iter().filter(|n| **n == noun).count();
    let plain = |noun: &str| measures.iter().any(|m| m.of.as_deref() == Some(noun));
    match (nouns.iter().rev().max_by_key(|noun| (times(noun), plain(noun))), measures.first()) {
        (Some(noun), _) => format!("length of the {noun}"),
        (None, Some(first)) => heading(context, Spot { account: first.spot.account, span: first.clause }),
        (None, None) => String::new(),
    }
}

fn value(measure: &Measure) -> String {
    let Interval { low, low_open, high, high_open } = measure.interval;
    let unit = &measure.unit;
    let (unit, each) = unit.split_once(" a ").unwrap_or((unit.as_str(), ""));
    let currency = unit.len() == 3 && unit.chars().all(char::is_uppercase);
    let one = low == 1.0 && high == 1.0;
    let whole = currency || unit.ends_with('s') || matches!(unit, "people" | "percent" | "magnitude");
    let many = || match unit.split_once(" per ") {
        Some((unit, each)) => format!("{} per {each}", words::plural(unit)),
        None => words::plural(unit),
    };
    let unit = if one || whole { unit.to_owned() } else { many() };
    let amount = match (low.is_finite() && low > 0.0, high.is_finite()) {
        (true, true) if low == high => format!("{low}"),
        (true, true) => format!("{low} to {}{high}", if high_open { "under " } else { "" }),
        (true, false) => format!("{} {low}", if low_open { "more than" } else { "at least" }),
        (false, true) => format!("{} {high}", if high_open { "less than" } else { "at most" }),
        (false, false) => "some".to_owned(),
    };
    match unit.as_str() {
        "magnitude" => format!("magnitude {amount}"),
        _ if !each.is_empty() => format!("{amount} {unit} a {each}"),
        _ => format!("{amount} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn measure(account: usize, interval: Interval, unit: &str) -> Measure {
        let spot = Spot { account, span: Span::new(0..1) };
        let (of, noun, clause) = (None, None, spot.span);
        let (subject, passive, days) = (None, false, Vec::new());
        let (clause_terms, places) = (Vec::new(), BTreeSet::new());
        Measure {
            bare: false,
            present: false,
            attribute: None,
            owners: BTreeSet::new(),
            of_story: false,
            first: false,
            frames: Default::default(),
            clause_terms,
            places,
            subject,
            passive,
            days,
            spot,
            interval,
            unit: unit.to_owned(),
            vague: false,
            part: false,
            settled: false,
            offered: false,
            of,
            noun,
            clause,
            verb: None,
            terms: Vec::new(),
            nations: BTreeSet::new(),
        }
    }

    #[test]
    fn a_value_says_its_hedge() {
        let open = Interval { low: 4.0, low_open: true, high: f64::INFINITY, high_open: true };
        assert_eq!(value(&measure(0, open, "hour")), "more than 4 hours");
        let almost = Interval { low: 4.25, low_open: false, high: 5.0, high_open: true };
        assert_eq!(value(&measure(0, almost, "hour")), "4.25 to under 5 hours");
        assert_eq!(value(&measure(0, Interval::exact(1.0), "drone")), "1 drone");
        assert_eq!(value(&measure(0, Interval::exact(6e9), "EUR")), "6000000000 EUR");
        assert_eq!(value(&measure(0, Interval::exact(3.0), "man")), "3 men");
        assert_eq!(value(&measure(0, Interval::exact(2.0), "human")), "2 humans");
        assert_eq!(value(&measure(0, Interval::exact(31.0), "body")), "31 bodies");
        assert_eq!(value(&measure(0, Interval::exact(14.0), "batch")), "14 batches");
        assert_eq!(value(&measure(0, Interval::exact(61.0), "day")), "61 days");
        assert_eq!(value(&measure(0, Interval::exact(5e6), "EUR a year")), "5000000 EUR a year");
        assert_eq!(value(&measure(0, Interval::exact(90.0), "mile per hour")), "90 miles per hour");
    }

    #[test]
    fn a_report_that_gives_two_numbers_says_neither() {
        let group = [12.0, 14.0].map(|n| measure(0, Interval::exact(n), "people"));
        assert!(contradicts_itself(&group, &group[0]));
        assert!(!contradicts_itself(&group[..1], &group[0]));
    }

    #[test]
    fn the_first_and_largest_is_the_total_of_the_others() {
        let group = [15.0, 9.0, 2.0].map(|n| measure(0, Interval::exact(n), "people"));
        let group: Vec<Measure> = (0..)
            .zip(group)
            .map(|(i, m)| Measure { spot: Spot { account: 0, span: Span::new(i..i + 1) }, ..m })
            .collect();
        assert!(is_total(&group, &group[0]) && !is_total(&group, &group[1]));
    }

    #[test]
    fn a_tenfold_number_is_of_something_else() {
        let [ten, thirty, hundred] = [10.0, 30.0, 100.0].map(|n| measure(0, Interval::exact(n), "people"));
        assert!(near_in_size(&ten, &thirty) && !near_in_size(&ten, &hundred));
    }
}
