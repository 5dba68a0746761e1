//! Times of day.
//!
//! In: a [`Scene`] and a position. Out: the [`Found`] that begins there: the time alone, or with the day
//! beside it. It does not know the report's zone: a time stays local unless it says UTC.

use super::{Found, Reading, Scene, TimeKind};

/// "14:05", "5 p.m.", "noon", "5:30pm on Monday"; alone it takes the last day that its sentence named.
pub fn find(scene: &Scene, i: usize) -> Option<Found> {
    let (end, clock) = clock_at(scene, i)?;
    let mut next = end;
    for word in [",", "on"] {
        next += usize::from(scene.pieces.is(next, &[word]));
    }
    if let Some((end, day)) = super::day_at(scene, next) {
        return Some((end, at_clock(&day, &clock)));
    }
    let reading = match scene.named {
        Some(day) => at_clock(&Reading::day(day), &clock),
        None => Reading::open(TimeKind::Time),
    };
    Some((end, reading))
}

/// The time of day after a day: "Monday at 5 p.m.", "Tuesday morning".
pub fn after_day(scene: &Scene, end: usize, day: &Reading) -> Option<Found> {
    let p = scene.pieces;
    if super::words::is_part_of_day(p.lower(end)) {
        return Some((end + 1, day.clone().of_kind(TimeKind::Time)));
    }
    let at = end + usize::from(p.is(end, &["at"]));
    let (end, clock) = clock_at(scene, at)?;
    Some((end, at_clock(day, &clock)))
}

fn at_clock(day: &Reading, clock: &str) -> Reading {
    match day.single_day() {
        Some(date) => {
            Reading { value: Some(format!("{date}T{clock}")), ..day.clone() }.of_kind(TimeKind::Time)
        }
        None => Reading::open(TimeKind::Time),
    }
}

/// A time of day as EDTF writes it ("17:30:00", "08:30:00Z"), and what follows.
fn clock_at(scene: &Scene, i: usize) -> Option<(usize, String)> {
    let p = scene.pieces;
    if let Some(hour) = named_hour(scene, i) {
        return Some((i + 1, format!("{hour:02}:00:00")));
    }
    let (hour, minute, end) = hour_minute(scene, i)?;
    let (half, end) = half_of_day(scene, end);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None if minute.is_some() && is_clock_alone(scene, i, end) => hour,
        None => return None,
    };
    let utc = p.is(end, &["utc", "gmt"]);
    let zoned = utc || p.is(end, &["et", "est", "edt", "pt", "pst", "cet", "bst"]);
    let clock = format!("{hour:02}:{:02}:00{}", minute.unwrap_or(0), if utc { "Z" } else { "" });
    Some((end + usize::from(zoned), clock))
}

fn named_hour(scene: &Scene, i: usize) -> Option<u8> {
    let p = scene.pieces;
    let said = matches!(p.before(i, 1), "at" | "by" | "around" | "until" | "before" | "after" | "since");
    let after_day = i > 0 && super::words::weekday(p.lower(i - 1)).is_some();
    match p.lower(i) {
        "noon" | "midday" if said || after_day => Some(12),
        // Which day a midnight belongs to is not said.
        _ => None,
    }
}

/// "5", "5:30", "10.30".
fn hour_minute(scene: &Scene, i: usize) -> Option<(i16, Option<i16>, usize)> {
    let p = scene.pieces;
    if let Some((hour, minute)) = p.get(i)?.word.split_once('.') {
        let minute: i16 = (minute.len() == 2).then(|| minute.parse().ok())??;
        let hour: i16 = hour.parse().ok()?;
        return (hour < 24 && minute < 60).then_some((hour, Some(minute), i + 1));
    }
    let hour = p.plain(i, 2).filter(|h| *h < 24)?;
    if !(p.is(i + 1, &[":"]) && p.glued(i + 1) && p.glued(i + 2)) {
        return Some((hour, None, i + 1));
    }
    let minute = p.plain(i + 2, 2).filter(|m| *m < 60 && p.lower(i + 2).len() == 2)?;
    let more = p.is(i + 3, &[":"]) && p.glued(i + 4);
    (!more).then_some((hour, Some(minute), i + 3))
}

/// Over "am", "p.m.": whether it is the second half of the day.
fn half_of_day(scene: &Scene, i: usize) -> (Option<bool>, usize) {
    let p = scene.pieces;
    match p.lower(i) {
        "am" => (Some(false), i + 1),
        "pm" => (Some(true), i + 1),
        half @ ("a" | "p") if p.is(i + 1, &["."]) && p.is(i + 2, &["m"]) && p.glued(i + 2) => {
            (Some(half == "p"), i + 3 + usize::from(p.is(i + 3, &["."]) && p.glued(i + 3)))
        }
        _ => (None, i),
    }
}

/// Whether "14:05" without a half of the day is a time and not a score or a verse.
fn is_clock_alone(scene: &Scene, i: usize, end: usize) -> bool {
    const BEFORE: [&str; 13] = [
        "at", "by", "from", "until", "till", "around", "about", "between", "since", "before", "after", "to",
        "and",
    ];
    let p = scene.pieces;
    let colon = p.is(i + 1, &[":"]);
    colon && (BEFORE.contains(&p.before(i, 1)) || p.is(end, &["utc", "gmt", "local", "hours", "cet", "et"]))
}
