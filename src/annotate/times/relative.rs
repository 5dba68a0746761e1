//! Expressions that count from the day of publication.
//!
//! In: a [`Scene`] and a position. Out: the [`Found`] that begins there, open where the report has no date.
//! It does not know dates that name their month or year.

use jiff::civil::Date;

use super::super::numbers::number_at;
use super::reading::{Reading, nearest, shift, shift_month, week};
use super::words::{Unit, month, season, unit, weekday};
use super::{Found, Scene, TimeKind};

/// "yesterday", "on Tuesday", "last Friday", "later this week", "two years ago".
pub fn find(scene: &Scene, i: usize) -> Option<Found> {
    let forms = [named_day, weekend, bare_weekday, shifted, ago, apart];
    forms.iter().filter_map(|form| form(scene, i)).max_by_key(|(end, _)| *end)
}

fn resolve(scene: &Scene, read: impl FnOnce(Date) -> Option<Reading>) -> Reading {
    scene.published.and_then(read).unwrap_or_else(|| Reading::open(TimeKind::Date))
}

fn named_day(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let night =
        |from, to| move |d: Date| Some(Reading::days(shift(d, from)?, shift(d, to)?).of_kind(TimeKind::Time));
    Some(match p.lower(i) {
        "today" => (i + 1, resolve(scene, |d| Some(Reading::day(d)))),
        "tonight" => (i + 1, resolve(scene, night(0, 0)).of_kind(TimeKind::Time)),
        "overnight" if !is_attribute(scene, i) => {
            (i + 1, resolve(scene, night(-1, 0)).of_kind(TimeKind::Time))
        }
        "last" if p.is(i + 1, &["night"]) => (i + 2, resolve(scene, night(-1, -1)).of_kind(TimeKind::Time)),
        "yesterday" => (i + 1, resolve(scene, |d| Some(Reading::day(shift(d, -1)?)))),
        "tomorrow" => (i + 1, resolve(scene, |d| Some(Reading::day(shift(d, 1)?)))),
        "this" if p.is(i + 1, &["morning", "afternoon", "evening"]) => {
            (i + 2, resolve(scene, night(0, 0)).of_kind(TimeKind::Time))
        }
        "the" if p.is(i + 1, &["day"]) && p.is(i + 2, &["before", "after"]) => {
            let days = match (p.lower(i + 2), p.lower(i + 3)) {
                ("before", "yesterday") => -2,
                ("after", "tomorrow") => 2,
                _ => return None,
            };
            (i + 4, resolve(scene, |d| Some(Reading::day(shift(d, days)?))))
        }
        _ => return None,
    })
}

/// "the overnight express", "an overnight curfew": what a thing is called or lasts, not when it happened.
fn is_attribute(scene: &Scene, i: usize) -> bool {
    const OPENING: [&str; 20] = [
        "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "our", "their", "s", "no",
        "every", "each", "any", "some", "by", "of",
    ];
    let p = scene.pieces;
    OPENING.contains(&p.before(i, 1)) && p.letters(i + 1)
}

/// "the weekend", "this weekend": the one under way, else the last or the next as the clause looks.
fn weekend(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let named = p.is(i, &["the", "this"]) && p.is(i + 1, &["weekend"]);
    let find = |day: Date| {
        let sunday = match scene.looks_ahead(i, i + 2) || day.weekday().to_monday_one_offset() >= 6 {
            true => nearest(day, 7, true)?,
            false => nearest(day, 7, false)?,
        };
        Some(Reading::days(shift(sunday, -1)?, sunday))
    };
    named.then(|| (i + 2, resolve(scene, find)))
}

/// A weekday alone: the nearest on the side to which its clause looks, the day of publication included.
fn bare_weekday(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let day = weekday(p.lower(i)).filter(|_| p.capital(i) && !is_name(scene, i))?;
    Some((i + 1, resolve(scene, |d| Some(Reading::day(nearest(d, day, scene.looks_ahead(i, i + 1))?)))))
}

/// "Sunday Times", "Black Friday", "Super Tuesday".
fn is_name(scene: &Scene, i: usize) -> bool {
    const BEFORE: [&str; 15] = [
        "black", "good", "bloody", "palm", "easter", "super", "ash", "cyber", "maundy", "holy", "fat", "red",
        "shrove", "giving", "whit",
    ];
    const AFTER: [&str; 14] = [
        "times",
        "telegraph",
        "mail",
        "mirror",
        "express",
        "world",
        "herald",
        "post",
        "independent",
        "people",
        "sport",
        "tribune",
        "star",
        "review",
    ];
    let p = scene.pieces;
    let before = i > 0 && p.capital(i - 1) && BEFORE.contains(&p.before(i, 1));
    before || (p.capital(i + 1) && p.is(i + 1, &AFTER))
}

/// "last Friday", "next week", "this weekend", "later this month", "the coming year", "last March".
fn shifted(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (part, at) = match p.lower(i) {
        part @ ("later" | "earlier") => (part, i + 1),
        _ => ("", i),
    };
    let at = if p.is(at, &["the"]) && p.is(at + 1, &["previous", "following"]) { at + 1 } else { at };
    let step = match p.lower(at) {
        "last" => -1,
        "this" => 0,
        "next" | "coming" => 1,
        // "following Monday's meeting" is a preposition.
        "previous" if at > 0 && p.is(at - 1, &["the"]) => -1,
        "following" if at > 0 && p.is(at - 1, &["the"]) => 1,
        _ => return None,
    };
    let narrated = p.is(at, &["previous", "following"]);
    let reading = match p.lower(at + 1) {
        // They count from a day that the story has reached, not from publication.
        word if narrated && (unit(word).is_some() || weekday(word).is_some()) => {
            Reading::open(TimeKind::Date)
        }
        word if part.is_empty() => resolve_shifted(scene, word, step, at)?,
        word if step == 0 => resolve(scene, |d| rest_of(d, word, part == "later")),
        _ => return None,
    };
    Some((at + 2, reading))
}

fn resolve_shifted(scene: &Scene, word: &str, step: i32, at: usize) -> Option<Reading> {
    let known = weekday(word).is_some() || season(word).is_some() || month(word).is_some() || is_period(word);
    if !known || (month(word).is_some() && !scene.pieces.capital(at + 1)) {
        return None;
    }
    Some(resolve(scene, |d| around(d, word, step)))
}

fn is_period(word: &str) -> bool {
    matches!(word, "week" | "weekend" | "month" | "quarter" | "year" | "decade" | "century")
}

/// The week, month, … `step` after the one of `day`.
fn around(day: Date, word: &str, step: i32) -> Option<Reading> {
    if let Some(number) = weekday(word) {
        return weekday_around(day, number, step);
    }
    if let Some(number) = month(word) {
        let past = step < 0 && number >= day.month();
        let next = step > 0 && number <= day.month();
        return Reading::month(day.year() + i16::from(next) - i16::from(past), number);
    }
    if let Some(number) = season(word) {
        let (first, last) = Reading::season(day.year(), number)?.days?;
        let year = match step {
            -1 if last >= day => day.year() - 1,
            1 if first <= day => day.year() + 1,
            _ => day.year(),
        };
        return Reading::season(year, number);
    }
    let year = day.year() + step as i16;
    match word {
        "week" => week(day, step).map(|(first, last)| Reading::days(first, last)),
        "weekend" => week(day, step).and_then(|(_, sunday)| Some(Reading::days(shift(sunday, -1)?, sunday))),
        "month" => shift_month(day, step).and_then(|(y, m)| Reading::month(y, m)),
        "quarter" => {
            let (y, m) = shift_month(day, 3 * step)?;
            Reading::part_of_year(y, (m - 1) / 3 + 1, 4)
        }
        "year" => Reading::year(year),
        "decade" => Reading::decade(day.year() + 10 * step as i16),
        "century" => Reading::century(day.year() / 100 + 1 + step as i16),
        _ => None,
    }
}

/// "last Tuesday" said on a Friday, and "next Friday" said on a Tuesday, can mean two days: the likelier, marked.
fn weekday_around(day: Date, number: i8, step: i32) -> Option<Reading> {
    let (monday, sunday) = week(day, 0)?;
    let found = match step {
        0 => shift(monday, i32::from(number) - 1)?,
        -1 => nearest(shift(day, -1)?, number, false)?,
        _ => shift(monday, 6 + i32::from(number))?,
    };
    let doubtful = match step {
        0 => false,
        -1 => found >= monday,
        _ => (found - day).get_days() > 7 && day < sunday,
    };
    let reading = Reading::day(found);
    Some(if doubtful { reading.qualified('?') } else { reading })
}

/// "later this week": from the day of publication to the end of it; "earlier": from its start.
fn rest_of(day: Date, word: &str, later: bool) -> Option<Reading> {
    let (first, last) = around(day, word, 0)?.days?;
    Some(if later { Reading::days(day, last) } else { Reading::days(first, day) })
}

/// "two years ago", "almost three years ago", "a week ago".
fn ago(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (hedged, at) = super::duration::skip_hedge(p, i);
    let (count, vague, at) = amount(scene, at)?;
    let (unit, size) = unit(p.lower(at))?;
    let end = p.is(at + 1, &["ago"]).then_some(at + 2)?;
    if vague {
        return Some((end, Reading::open(TimeKind::Date)));
    }
    Some((end, resolve(scene, |day| before(day, unit, count * size, hedged))))
}

/// "a", "two", "several" before a unit: how many, whether that is vague, and what follows.
fn amount(scene: &Scene, i: usize) -> Option<(f64, bool, usize)> {
    let p = scene.pieces;
    if let Some(number) = number_at(p, i) {
        return Some((number.low, number.is_vague(), number.end));
    }
    match p.lower(i) {
        "a" | "an" => Some((1.0, false, i + 1)),
        "years" | "months" | "weeks" | "days" | "decades" | "centuries" => Some((2.0, true, i)),
        _ => None,
    }
}

/// As exact as the unit: a day for days, a week for weeks, a month for months, a year for years.
fn before(day: Date, unit: Unit, count: f64, hedged: bool) -> Option<Reading> {
    let whole = count.round() as i32;
    let rough = hedged || count != count.round();
    let reading = match unit {
        Unit::Day => Reading::day(shift(day, -whole)?),
        Unit::Week => week(day, -whole).map(|(first, last)| Reading::days(first, last))?,
        Unit::Month => shift_month(day, -whole).and_then(|(y, m)| Reading::month(y, m))?,
        Unit::Year if !rough => Reading::year(day.year().checked_sub(i16::try_from(whole).ok()?)?)?,
        Unit::Year => {
            let (year, _) = shift_month(day, -((count * 12.0).round() as i32))?;
            Reading::year(year)?
        }
        Unit::Second | Unit::Minute | Unit::Hour => return Some(Reading::open(TimeKind::Time)),
    };
    // "twenty years ago" is round.
    let round = unit == Unit::Year && whole >= 10;
    Some(if rough || round { reading.qualified('~') } else { reading })
}

/// "three days earlier", "a week later": from the last day that the sentence named, else open.
fn apart(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (count, vague, at) = amount(scene, i)?;
    let (unit, size) = unit(p.lower(at))?;
    let sign = match p.lower(at + 1) {
        "later" => -1.0,
        "earlier" => 1.0,
        _ => return None,
    };
    let count = count * size * sign;
    let known =
        scene.named.filter(|_| !vague && matches!(unit, Unit::Day | Unit::Week) && !p.is(at + 2, &["than"]));
    let days = if unit == Unit::Week { 7.0 * count } else { count };
    let day = known.and_then(|day| shift(day, -(days.clamp(-1e6, 1e6) as i32)));
    Some((at + 2, day.map_or_else(|| Reading::open(TimeKind::Date), Reading::day)))
}

/// The period that "the month" or "the year" means in "the end of the month": the one of publication.
pub fn present(scene: &Scene, word: &str) -> Option<Reading> {
    is_period(word).then(|| resolve(scene, |day| around(day, word, 0)))
}
