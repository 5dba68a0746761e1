//! Expressions of time (TIMEX3), resolved against the report's own date.
//!
//! In: a report and its sentences. Out: its [`TimeExpression`]s, values in EDTF. It does not know the clock, nor
//! any other report: in a report without a date, what counts from it ("Tuesday") stays open.

mod absolute;
mod clock;
mod direction;
mod duration;
mod reading;
mod relative;
pub(super) mod words;

use std::ops::Deref;

use jiff::civil::Date;

use super::numbers::Pieces;
use super::{Annotations, Pos, Sentence, TimeExpression, TimeKind};
use crate::report::Report;
use direction::{Direction, direction};
use reading::{Part, Reading};

/// The position after an expression, and what it means.
type Found = (usize, Reading);

/// The pieces of a sentence with their parts of speech.
struct Words<'t> {
    pieces: Pieces<'t>,
    /// One a piece; none where the report is not tagged.
    tags: Vec<Pos>,
}

impl<'t> Words<'t> {
    /// The pieces of `sentence`, each with the tag of the token in which it begins.
    fn read(text: &'t str, lower: &'t str, sentence: &Sentence, layers: &Annotations) -> Self {
        let pieces = Pieces::cut(text, lower, sentence.span);
        let tokens = layers.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        let mut at = 0;
        let tag = |i: usize| {
            let start = pieces.get(i)?.span.start;
            while tokens.get(at + 1).is_some_and(|t| t.span.start <= start) {
                at += 1;
            }
            tokens.get(at).map(|t| t.pos)
        };
        let tags = (0..pieces.len()).map_while(tag).collect();
        Words { pieces, tags }
    }

    /// The part of speech of the piece at `i`; `None` where nobody knows it.
    fn tag(&self, i: usize) -> Option<Pos> {
        self.tags.get(i).copied()
    }
}

impl<'t> Deref for Words<'t> {
    type Target = Pieces<'t>;

    fn deref(&self) -> &Pieces<'t> {
        &self.pieces
    }
}

/// One sentence, and what its expressions can lean on.
struct Scene<'a, 't> {
    pieces: &'a Words<'t>,
    published: Option<Date>,
    /// The last single day that this sentence has named so far.
    named: Option<Date>,
}

impl Scene<'_, '_> {
    /// Whether the clause around the pieces `start..end` speaks of what is to come.
    fn looks_ahead(&self, start: usize, end: usize) -> bool {
        direction(self.pieces, start, end) == Direction::Future
    }
}

impl Scene<'_, '_> {
    /// Whether the verb before the piece at `i` tells in the present of what is or will be: "is", "are", "remains".
    fn is_of_now(&self, i: usize) -> bool {
        const BEING: [&str; 8] = ["is", "are", "remains", "remain", "faces", "face", "seems", "seem"];
        let verb = (0..i)
            .rev()
            .take(NEAR_VERB)
            .find(|j| self.pieces.tag(*j).is_some_and(|t| t.is_finite() || t == Pos::VBN));
        let past = (0..i).rev().take(NEAR_VERB).any(|j| {
            matches!(self.pieces.tag(j), Some(Pos::VBD))
                || matches!(self.pieces.lower(j), "since" | "last" | "ended")
        });
        let of_now = verb.is_some_and(|j| {
            let helped = j > 0 && self.pieces.tag(j) == Some(Pos::VBN);
            let at = if helped { j - 1 } else { j };
            matches!(self.pieces.tag(at), Some(Pos::VBZ | Pos::VBP)) && BEING.contains(&self.pieces.lower(at))
        });
        of_now && !past
    }
}

/// How many pieces before a month its verb may stand.
const NEAR_VERB: usize = 20;

/// The expressions of time of the report.
pub fn find(report: &Report, layers: &Annotations) -> Vec<TimeExpression> {
    let text = report.text.as_str();
    let lower = text.to_ascii_lowercase();
    let published = report.published_at.map(|at| at.date);
    let mut times = Vec::new();
    for sentence in &layers.sentences {
        in_sentence(&Words::read(text, &lower, sentence, layers), published, &mut times);
    }
    times
}

fn in_sentence(pieces: &Words, published: Option<Date>, times: &mut Vec<TimeExpression>) {
    let mut scene = Scene { pieces, published, named: None };
    let mut i = 0;
    while i < pieces.len() {
        let found = longest(&scene, i);
        let Some((end, reading)) = found.filter(|(end, _)| *end > i) else {
            i += 1;
            continue;
        };
        scene.named = reading.single_day().or(scene.named);
        if let Some(span) = pieces.span(i, end) {
            let Reading { kind, value, days } = reading;
            times.push(TimeExpression { span, kind, value, days });
        }
        i = end;
    }
}

/// The longest expression that begins at `i`; of two alike, the one that names more.
fn longest(scene: &Scene, i: usize) -> Option<Found> {
    let forms = [duration::find, duration::find_set, part_of, day_at, clock::find];
    forms.iter().filter_map(|form| form(scene, i)).max_by_key(|(end, _)| *end)
}

/// A date, with the time of day beside it.
fn day_at(scene: &Scene, i: usize) -> Option<Found> {
    let dates = [relative::find, absolute::find];
    let (end, day) = dates.iter().filter_map(|form| form(scene, i)).max_by_key(|(end, _)| *end)?;
    Some(clock::after_day(scene, end, &day).unwrap_or((end, day)))
}

/// "early 2019", "late last week", "mid-March", "the end of the month", "late on Monday".
fn part_of(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    if let Some((part, at)) = end_of(scene, i) {
        let article = p.is(at, &["the"]).then(|| relative::present(scene, p.lower(at + 1))).flatten();
        let whole = article.map(|reading| (at + 2, reading)).or_else(|| day_at(scene, at));
        let bounds = part == Part::Late && matches!(p.before(i, 1), "until" | "till" | "by" | "before");
        return whole
            .map(|(end, reading)| (end, if bounds { last_of(&reading) } else { narrowed(&reading, part) }));
    }
    let part = match p.lower(i) {
        "early" => Part::Early,
        "mid" => Part::Middle,
        "late" => Part::Late,
        _ => return None,
    };
    let at = i + 1 + usize::from(p.hyphen(i + 1)) + usize::from(p.is(i + 1, &["on", "in"]));
    let (end, reading) = day_at(scene, at)?;
    if reading.single_day().is_some() || reading.kind == TimeKind::Time {
        return Some((end, reading.of_kind(TimeKind::Time)));
    }
    Some((end, narrowed(&reading, part)))
}

/// Over "the end of", "the beginning of".
fn end_of(scene: &Scene, i: usize) -> Option<(Part, usize)> {
    let p = scene.pieces;
    let at = i + usize::from(p.is(i, &["the"]));
    let part = match p.lower(at) {
        "beginning" | "start" => Part::Early,
        "middle" => Part::Middle,
        "end" | "close" => Part::Late,
        _ => return None,
    };
    p.is(at + 1, &["of"]).then_some((part, at + 2))
}

/// What "until the end of" means of `whole`: its last day, or of a year its last month.
fn last_of(whole: &Reading) -> Reading {
    whole.last().unwrap_or_else(|| Reading::open(TimeKind::Date))
}

/// That third of what `whole` means; open where that is open.
fn narrowed(whole: &Reading, part: Part) -> Reading {
    whole.third(part).unwrap_or_else(|| Reading::open(TimeKind::Date))
}

#[cfg(test)]
mod tests;
