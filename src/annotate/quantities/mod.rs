//! Numbers with their hedge, their unit and what they count.
//!
//! In: a report, its sentences, tokens and times. Out: its [`Quantity`]s, as intervals. It does not know whether two
//! of them are about the same thing, and leaves out what only looks like a quantity: dates, ages, scores, names.

mod hedge;
mod noun;
mod refuse;
mod unit;

use super::numbers::{Number, Pieces, number_at};
use super::times::words;
use super::{Annotations, Quantity, TimeKind};
use crate::report::Report;
use crate::span::Span;
use hedge::{Hedge, hedge_after, hedge_at};

/// The quantities of the report.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Quantity> {
    let text = report.text.as_str();
    let lower = text.to_ascii_lowercase();
    let mut quantities = Vec::new();
    for sentence in &layers.sentences {
        let pieces = Pieces::cut(text, &lower, sentence.span);
        let mut i = 0;
        while i < pieces.len() {
            let found = quantity_at(&pieces, layers, i);
            i = found.as_ref().map_or(i + 1, |(end, _)| (*end).max(i + 1));
            quantities.extend(found.and_then(|(_, quantity)| quantity));
        }
    }
    quantities
}

/// A number on its way to a quantity.
#[derive(Clone, Copy, Debug)]
struct Measured {
    number: Number,
    /// The positions of the number with its scale word.
    at: (usize, usize),
    hedge: Hedge,
    /// The currency whose sign stands before it.
    money: Option<&'static str>,
}

/// The quantity that begins at `i`, and the position after it; no quantity where a number is none.
fn quantity_at(pieces: &Pieces, layers: &Annotations, i: usize) -> Option<(usize, Option<Quantity>)> {
    let (hedge, at) = hedge_at(pieces, i);
    let measured = measure(pieces, at, hedge)?;
    if pieces.is(i, &["over"]) && is_period(pieces, i, measured.at.1) {
        return None;
    }
    let end = measured.at.1;
    if in_date(pieces, layers, measured.at)
        || refuse::is_no_quantity(pieces, measured.at, hedge != Hedge::None)
    {
        return Some((end, None));
    }
    let built = build(pieces, layers, i, measured);
    Some(built.map_or((end, None), |(end, quantity)| (end, Some(quantity))))
}

/// "over ten years", where nothing before it measures: a period, so that "over" bounds nothing.
fn is_period(pieces: &Pieces, start: usize, end: usize) -> bool {
    let at = end + usize::from(pieces.hyphen(end));
    words::unit(pieces.lower(at)).is_some() && !words::leads_to_length(pieces.before(start, 1))
}

fn in_date(pieces: &Pieces, layers: &Annotations, at: (usize, usize)) -> bool {
    let Some(span) = pieces.span(at.0, at.1) else { return true };
    let first = layers.times.partition_point(|t| t.span.end <= span.start);
    layers.times.get(first).is_some_and(|t| t.kind != TimeKind::Duration && t.span.overlaps(span))
}

/// The number at `i`, over a currency sign, with the second end of a range.
fn measure(pieces: &Pieces, i: usize, hedge: Hedge) -> Option<Measured> {
    let between = usize::from(pieces.is(i, &["between", "from"]));
    let sign = unit::sign_at(pieces, i + between);
    let start = sign.map_or(i + between, |(_, at)| at);
    let first = scaled(pieces, start, sign.is_some()).or_else(|| article(pieces, start, hedge))?;
    let last = range(pieces, first, sign.is_some(), between > 0);
    let number = last.unwrap_or(first);
    Some(Measured { number, at: (start, number.end), hedge, money: sign.map(|(name, _)| name) })
}

fn scaled(pieces: &Pieces, i: usize, money: bool) -> Option<Number> {
    let number = number_at(pieces, i)?;
    let Some((factor, end)) = unit::scale_letter(pieces, number.end, money) else { return Some(number) };
    Some(Number { low: number.low * factor, high: number.high * factor, end, ..number })
}

/// "a" before a unit of time, where the words measure: "more than an hour", "half an hour", "for a week".
fn article(pieces: &Pieces, i: usize, hedge: Hedge) -> Option<Number> {
    let half = usize::from(pieces.is(i, &["half"]));
    let end = i + half + 1;
    let measures = matches!(pieces.before(i, 1), "for" | "lasted" | "lasting" | "took" | "within");
    let is_time = words::unit(pieces.lower(end)).is_some();
    if !pieces.is(i + half, &["a", "an"]) || !is_time || (hedge == Hedge::None && half == 0 && !measures) {
        return None;
    }
    let more = pieces.is(end + 1, &["and"]) && pieces.is(end + 2, &["a"]) && pieces.is(end + 3, &["half"]);
    let value = if half == 1 {
        0.5
    } else if more {
        1.5
    } else {
        1.0
    };
    Some(Number { low: value, high: value, high_open: false, end })
}

/// "10 to 15", "12-14", "six or seven", and after "between" also "10 and 15": both ends, where they ascend.
fn range(pieces: &Pieces, first: Number, money: bool, between: bool) -> Option<Number> {
    let i = first.end;
    let joined = pieces.is(i, &["to", "or"]) || (between && pieces.is(i, &["and"]));
    let dashed = pieces.hyphen(i) && pieces.digits(i + 1) && pieces.digits(i - 1);
    let at = (joined || dashed).then_some(i + 1)?;
    let at = unit::sign_at(pieces, at).map_or(at, |(_, at)| at);
    let last = scaled(pieces, at, money)?;
    // "two to three million": the scale is said once.
    let scale = if last.low >= 1000.0 * first.low && first.low < 1000.0 { scale_of(last.low) } else { 1.0 };
    let low = first.low * scale;
    (low < last.low).then_some(Number { low, ..last })
}

fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|s| value >= *s).unwrap_or(1.0)
}

/// The quantity, once its unit or what it counts is found, or the words before it say that it counts.
fn build(
    pieces: &Pieces,
    layers: &Annotations,
    start: usize,
    measured: Measured,
) -> Option<(usize, Quantity)> {
    let Measured { number, at, .. } = measured;
    let digits = pieces.digits(at.1 - 1);
    let unit = unit::unit_at(pieces, at.1, digits).filter(|_| measured.money.is_none());
    let of_whole = whole(pieces, at.1);
    let one = number.low == 1.0 && !number.is_vague() && of_whole.is_none();
    let noun_at = of_whole.unwrap_or_else(|| skip_more(pieces, at.1));
    let counted = || noun::counted_at(pieces, layers, noun_at, one);
    let (name, factor, end, of) = match (measured.money, unit) {
        (Some(money), _) => (money.to_owned(), 1.0, at.1, None),
        (None, Some(unit)) => (unit.name.to_owned(), unit.factor, unit.end, None),
        (None, None) if unit::is_magnitude(pieces, start) => ("magnitude".to_owned(), 1.0, at.1, None),
        (None, None) => match counted() {
            Some(noun) => (noun.unit, 1.0, noun.end, pieces.span(noun_at, noun.end)),
            None if refuse::counts_alone(pieces, start) => (String::new(), 1.0, at.1, None),
            None => return None,
        },
    };
    if refuse::is_age(pieces, end, &name)
        || (measured.hedge == Hedge::Below && refuse::is_preposition(pieces, start, &name))
    {
        return None;
    }
    let (number, factor, end) = add_minutes(pieces, number, &name, factor, end);
    let (after, end) = hedge_after(pieces, end);
    let hedge = if measured.hedge == Hedge::None { after } else { measured.hedge };
    let number_span = pieces.span(at.0, at.1)?;
    let begin = pieces.get(start)?.span.start;
    let span = Span { start: begin, end: pieces.span(start, end)?.end };
    let interval = hedge::interval(hedge, number, factor, &name);
    Some((end, Quantity { span, number: number_span, interval, unit: name, of }))
}

/// Over "more", "other", "additional" between a number and its noun.
fn skip_more(pieces: &Pieces, i: usize) -> usize {
    i + usize::from(pieces.is(i, &["more", "other", "additional", "further", "of"]))
}

/// "52 of the 175 seats": where the noun stands of which the number is a part.
fn whole(pieces: &Pieces, i: usize) -> Option<usize> {
    let definite = pieces.is(i, &["of"]) && pieces.is(i + 1, &["the", "its", "their", "all"]);
    definite.then(|| number_at(pieces, i + 2)).flatten().map(|whole| whole.end)
}

/// "two hours and 30 minutes", "1 hour 20 minutes", "an hour and a half".
fn add_minutes(pieces: &Pieces, number: Number, name: &str, factor: f64, end: usize) -> (Number, f64, usize) {
    let same = (number, factor, end);
    if name != "hour" || factor != 1.0 {
        return same;
    }
    if number.low == 1.5 && pieces.is(end, &["and"]) {
        return (number, factor, end + 3);
    }
    let at = end + usize::from(pieces.is(end, &["and", ","]));
    let Some(minutes) = number_at(pieces, at).filter(|m| m.high < 60.0) else { return same };
    if !pieces.is(minutes.end, &["minute", "minutes"]) {
        return same;
    }
    let (low, high) = (number.low + minutes.low / 60.0, number.high + minutes.high / 60.0);
    (Number { low, high, ..number }, factor, minutes.end + 1)
}

#[cfg(test)]
mod tests;
