//! Lengths of time and what recurs.
//!
//! In: a [`Scene`] and a position. Out: the [`Found`] that begins there. It does not know when a length begins or ends.

use super::super::numbers::{Pieces, number_at, small};
use super::reading::Reading;
use super::words::{Unit, month, season, unit, weekday};
use super::{Found, Scene, TimeKind};

/// "almost five hours", "four-and-a-half hours", "the next four years", "decades-long", "half an hour".
pub fn find(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (hedged, at) = skip_hedge(p, i);
    let (framed, at) = skip_frame(p, at);
    let counted = counted(p, at)
        .or_else(|| half(p, at))
        .or_else(|| single(p, at, hedged, framed))
        .or_else(|| bare(p, at));
    let (end, value) = counted?;
    let age = p.is(end, &["old", "olds"]) || (p.hyphen(end) && p.is(end + 1, &["old", "olds"]));
    let is_of_age = matches!(p.before(i, 1), "aged" | "age");
    (!age && !is_of_age).then(|| (end, Reading::value(TimeKind::Duration, value)))
}

/// Over a hedge at `i`: whether there is one, and what follows.
pub fn skip_hedge(p: &Pieces, i: usize) -> (bool, usize) {
    const ONE: [&str; 8] =
        ["almost", "nearly", "about", "around", "roughly", "approximately", "some", "over"];
    let pair = match p.lower(i) {
        "more" | "less" | "longer" => p.is(i + 1, &["than"]),
        "at" => p.is(i + 1, &["least", "most"]),
        "just" => p.is(i + 1, &["over", "under"]),
        "up" => p.is(i + 1, &["to"]),
        "well" => p.is(i + 1, &["over"]),
        _ => false,
    };
    match pair {
        true => (true, i + 2),
        false if p.is(i, &ONE) => (true, i + 1),
        false => (false, i),
    }
}

/// Over "the next", "the past", "the last", "the first".
fn skip_frame(p: &Pieces, i: usize) -> (bool, usize) {
    let framed = p.is(i, &["the"]) && p.is(i + 1, &["next", "past", "last", "coming", "first", "previous"]);
    if framed { (true, i + 2) } else { (false, i) }
}

/// "four hours", "three-day", "two to three weeks".
fn counted(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let number = number_at(p, i)?;
    // "one day he will".
    let lone = p.is(i, &["one"]) && p.is(number.end, &["day"]) && !is_lengthened(p, i);
    let (end, open) =
        match p.is(number.end, &["to", "or", "-", "–"]).then(|| number_at(p, number.end + 1)).flatten() {
            Some(last) => (last.end, true),
            None => (number.end, number.is_vague()),
        };
    let at = end + usize::from(p.hyphen(end));
    let (name, size) = unit(p.lower(at)).filter(|_| !lone)?;
    // "the second", "a 10 second delay": singular only over a hyphen or after one.
    let plural = p.lower(at).ends_with('s')
        || at > end
        || number.low == 1.0
        || p.is(at, &["hour", "day", "month", "year"]);
    let value = iso(name, number.low * size).filter(|_| !open);
    plural.then_some((at + 1, value))
}

/// "half an hour", "an hour and a half".
fn half(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let article = |j: usize| p.is(j, &["a", "an"]);
    if p.is(i, &["half"]) && article(i + 1) {
        let (name, size) = unit(p.lower(i + 2))?;
        return Some((i + 3, iso(name, size / 2.0)));
    }
    let (name, size) = unit(p.lower(i + 1)).filter(|_| article(i))?;
    let and_a_half = p.is(i + 2, &["and"]) && article(i + 3) && p.is(i + 4, &["half"]);
    and_a_half.then(|| (i + 5, iso(name, size * 1.5)))
}

/// "a week" after a word that measures, "the past decade", "an hour-long".
fn single(p: &Pieces, i: usize, hedged: bool, framed: bool) -> Option<(usize, Option<String>)> {
    let article = p.is(i, &["a", "an"]);
    let at = i + usize::from(article);
    let (name, size) = unit(p.lower(at)).filter(|_| !p.lower(at).ends_with('s'))?;
    let long = p.hyphen(at + 1) && p.is(at + 2, &["long"]);
    let measured = article && (hedged || is_lengthened(p, i));
    let end = if long { at + 3 } else { at + 1 };
    (long || measured || framed).then(|| (end, iso(name, size)))
}

fn is_lengthened(p: &Pieces, i: usize) -> bool {
    matches!(
        p.before(i, 1),
        "for" | "within" | "in" | "than" | "after" | "over" | "least" | "almost" | "nearly" | "lasted"
    )
}

/// "for years", "the coming weeks", "decades-long".
fn bare(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let (name, _) = unit(p.lower(i)).filter(|_| p.lower(i).ends_with('s'))?;
    let long = p.hyphen(i + 1) && p.is(i + 2, &["long"]);
    let few = p.is(i, &["few"]);
    let measured = matches!(p.before(i, 1), "for" | "coming" | "past" | "next" | "recent" | "within" | "few");
    let named = name != Unit::Second || long;
    ((long || measured || few) && named).then_some((if long { i + 3 } else { i + 1 }, None))
}

/// An ISO 8601 duration of `count` units, where it comes out even.
fn iso(unit: Unit, count: f64) -> Option<String> {
    let (sub, per) = match unit {
        Unit::Second => ("S", 1.0),
        Unit::Minute => ("S", 60.0),
        Unit::Hour => ("M", 60.0),
        Unit::Day => ("H", 24.0),
        Unit::Week => ("D", 7.0),
        Unit::Month => ("D", 1.0),
        Unit::Year => ("M", 12.0),
    };
    let (whole, rest) = (count.trunc(), (count.fract() * per).round());
    let exact = (whole + rest / per - count).abs() < 1e-9 && (0.0..1e6).contains(&count);
    let (head, letter) = match unit {
        Unit::Second => ("PT", "S"),
        Unit::Minute => ("PT", "M"),
        Unit::Hour => ("PT", "H"),
        Unit::Day => ("P", "D"),
        // ISO 8601 lets weeks stand only alone.
        Unit::Week if rest > 0.0 => return None,
        Unit::Week => ("P", "W"),
        Unit::Month => ("P", "M"),
        Unit::Year => ("P", "Y"),
    };
    let time = if unit == Unit::Day && rest > 0.0 { "T" } else { "" };
    let first = if whole > 0.0 || rest == 0.0 { format!("{whole}{letter}") } else { String::new() };
    let second = if rest > 0.0 { format!("{time}{rest}{sub}") } else { String::new() };
    exact.then(|| format!("{head}{first}{second}"))
}

/// "every Monday", "daily", "every two weeks", "15 a year".
pub fn find_set(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let found = every(p, i).or_else(|| adverb(p, i)).or_else(|| weekdays(p, i)).or_else(|| rate(p, i));
    found.map(|(end, value)| (end, Reading::value(TimeKind::Set, value)))
}

fn every(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let at = p.is(i, &["every", "each"]).then_some(i + 1)?;
    if let Some(day) = weekday(p.lower(at)) {
        return Some((at + 1, Some(format!("XXXX-WXX-{day}"))));
    }
    if let Some(month) = month(p.lower(at)).filter(|_| p.capital(at)) {
        return Some((at + 1, Some(format!("XXXX-{month:02}"))));
    }
    if let Some(season) = season(p.lower(at)) {
        return Some((at + 1, Some(format!("XXXX-{season}"))));
    }
    let number = number_at(p, at);
    let next = number.map_or(at, |n| n.end);
    let (name, size) = unit(p.lower(next))?;
    Some((next + 1, iso(name, number.map_or(1.0, |n| n.low) * size)))
}

fn adverb(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let value = match p.lower(i) {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "monthly" => "P1M",
        "annual" | "annually" | "yearly" => "P1Y",
        _ => return None,
    };
    // "the Daily Mail".
    let named = p.capital(i) && (p.capital(i + 1) || (i > 0 && p.capital(i - 1)));
    (!named).then(|| (i + 1, Some(value.to_owned())))
}

/// "Mondays".
fn weekdays(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let day = p.lower(i).strip_suffix('s').and_then(weekday).filter(|_| p.capital(i))?;
    Some((i + 1, Some(format!("XXXX-WXX-{day}"))))
}

/// "15 a year", "twice a week", "per day".
fn rate(p: &Pieces, i: usize) -> Option<(usize, Option<String>)> {
    let (name, size) = unit(p.lower(i + 1)).filter(|_| !p.lower(i + 1).ends_with('s'))?;
    let value = Some((i + 2, iso(name, size)));
    let is_count = |j: usize| {
        p.digits(j) || small(p.lower(j)).is_some() || p.is(j, &["once", "twice", "million", "billion"])
    };
    let follows = p.is(i + 2, &["ago", "later", "earlier", "before", "after", "and"]) || p.hyphen(i + 2);
    match p.lower(i) {
        "per" => value,
        "a" | "an"
            if !follows
                && (is_count(i.checked_sub(1)?) || (i > 1 && is_count(i - 2) && !is_lengthened(p, i))) =>
        {
            value
        }
        _ => None,
    }
}
