//! What happened, and will, when.
//!
//! In: the statements that hold a resolved date. Out: the timeline, merged across reports. It does not know a
//! day that no report gives.

use std::collections::BTreeMap;

use super::{Context, Spot};
use crate::annotate::{TimeExpression, TimeKind};
use crate::record::TimelineEntry;

/// How alike two statements of one day must be to be one entry.
const ALIKE: f64 = 0.45;

/// The entries in order of time; of one day, those that most reports give first.
pub fn find(context: &Context) -> Vec<TimelineEntry> {
    let mut by_day: BTreeMap<(jiff::civil::Date, jiff::civil::Date, String), Vec<Vec<usize>>> =
        BTreeMap::new();
    for (i, statement) in context.statements.iter().enumerate() {
        let Some((time, days)) = only_time(context, statement.spot) else { continue };
        let Some(value) = time.value.clone() else { continue };
        let groups = by_day.entry((days.0, days.1, value)).or_default();
        let alike =
            |j: &usize| context.terms.similarity(&context.statements[*j].terms, &statement.terms) >= ALIKE;
        match groups.iter_mut().find(|group| group.iter().any(alike)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    let mut entries = Vec::new();
    for ((_, _, when), mut groups) in by_day {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
        entries.extend(groups.into_iter().map(|group| entry(context, &when, &group)));
    }
    entries
}

fn entry(context: &Context, when: &str, group: &[usize]) -> TimelineEntry {
    let spots: Vec<Spot> = group.iter().map(|i| context.statements[*i].spot).collect();
    let shortest = spots.iter().min_by_key(|s| (s.span.len(), **s));
    TimelineEntry {
        when: when.to_owned(),
        text: shortest.map_or_else(String::new, |spot| context.text(*spot).to_owned()),
        evidence: context.evidence_of(spots),
    }
}

/// The one resolved date of a statement; with two, what it dates is not plain.
fn only_time<'a>(
    context: &'a Context,
    spot: Spot,
) -> Option<(&'a TimeExpression, (jiff::civil::Date, jiff::civil::Date))> {
    let times = &context.accounts[spot.account].layers.times;
    let dates =
        |t: &&TimeExpression| matches!(t.kind, TimeKind::Date | TimeKind::Time) && spot.span.contains(t.span);
    let mut resolved = times.iter().filter(dates).filter_map(|t| Some((t, t.days?)));
    let first = resolved.next()?;
    resolved.all(|(t, _)| t.value == first.0.value).then_some(first)
}
