//! Where accounts differ, and whether they can be true together.
//!
//! In: what the reports state and quote. Out: the record's differences, each of one kind, with both spans. An
//! editor who sees one silly difference stops reading, so each kind says what it must see before it speaks. It
//! does not know which reading is right.

mod age;
mod amount;
mod date;
mod dating;
mod definite;
mod denial;
mod frame;
mod name;
mod outcome;
mod place;
mod quoted;
mod stance;
mod status;
mod tally;
mod words;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::quotations::Utterance;
use super::{Context, Spot};
use crate::record::{Difference, DifferenceReading};

/// A difference before it has its number.
#[derive(Debug)]
struct Found {
    kind: &'static str,
    about: String,
    compatible: Option<bool>,
    over_time: bool,
    readings: Vec<Reading>,
}

/// What some reports say, against what others say.
#[derive(Debug)]
struct Reading {
    value: String,
    spots: Vec<Spot>,
    /// What is shown, where that is not the words of the first place: a quotation without the words that break it.
    text: Option<String>,
}

/// The differences of the story: first those that cannot be true together, then the others, each kind together.
pub fn find(context: &Context, utterances: &[Utterance]) -> Vec<Difference> {
    let mut found = quoted::find(context, utterances);
    found.extend(status::find(context));
    found.extend(outcome::find(context));
    found.extend(amount::find(context));
    found.extend(age::find(context));
    found.extend(tally::find(context));
    found.extend(definite::find(context));
    found.extend(date::find(context));
    found.extend(name::find(context));
    found.extend(place::find(context));
    found.extend(stance::find(context));
    found.extend(denial::find(context));
    found.sort_by_key(|f| match f.compatible {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    });
    found.into_iter().enumerate().map(|(n, f)| f.write(context, n)).collect()
}

impl Found {
    fn write(self, context: &Context, n: usize) -> Difference {
        let reading = |reading: Reading| DifferenceReading {
            text: reading.text.unwrap_or_else(|| {
                reading.spots.first().map_or_else(String::new, |spot| context.text(*spot).to_owned())
            }),
            value: reading.value,
            evidence: context.evidence_of(reading.spots),
        };
        Difference {
            id: format!("d{}", n + 1),
            kind: self.kind.to_owned(),
            about: self.about,
            compatible: self.compatible,
            over_time: self.over_time,
            readings: self.readings.into_iter().map(reading).collect(),
        }
    }
}

/// Whether the reports of each reading came out after all those of the reading before, in some order of the readings:
/// then they may tell of two states of one thing. A report without a date could have come at any time.
fn one_after_another(context: &Context, readings: &[Reading]) -> bool {
    let days = |r: &Reading| -> Option<(Date, Date)> {
        let days: Option<Vec<Date>> = r.spots.iter().map(|s| context.published(s.account)).collect();
        let days = days?;
        Some((*days.iter().min()?, *days.iter().max()?))
    };
    let Some(mut days) = readings.iter().map(days).collect::<Option<Vec<_>>>() else { return false };
    days.sort();
    days.windows(2).all(|w| w[0].1 < w[1].0)
}

/// When a report was published: the day, and the time where it has one.
fn moment(context: &Context, account: usize) -> Option<(Date, Option<DateTime>)> {
    context.accounts[account].report.published_at.map(|at| (at.date, at.time))
}

/// Readings in the order in which their first reports came out; those without a date last.
fn in_order_of_time(context: &Context, mut readings: Vec<Reading>) -> Vec<Reading> {
    let first = |r: &Reading| {
        let moments = r.spots.iter().map(|s| moment(context, s.account));
        moments.min_by_key(|at| (at.is_none(), *at)).flatten()
    };
    readings.sort_by_key(|r| (first(r).is_none(), first(r), r.spots.first().copied()));
    readings
}

/// How many words of a clause say what a difference is about.
const WORDS_ABOUT: usize = 14;

/// The first words of a clause.
fn heading(context: &Context, clause: Spot) -> String {
    first_words(context.text(clause), WORDS_ABOUT)
}

/// The first `most` words of `text`, and a mark where there are more.
fn first_words(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let cut = if words.len() > most { " …" } else { "" };
    format!("{}{cut}", words[..words.len().min(most)].join(" "))
}

/// One reading for each value, in order of their first places.
fn readings(spots: impl IntoIterator<Item = (String, Spot)>) -> Vec<Reading> {
    let mut by_value: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for (value, spot) in spots {
        by_value.entry(value).or_default().push(spot);
    }
    let mut readings: Vec<Reading> = by_value
        .into_iter()
        .map(|(value, mut spots)| (spots.sort(), Reading { value, spots, text: None }).1)
        .collect();
    readings.sort_by_key(|r| r.spots.first().copied());
    readings
}
