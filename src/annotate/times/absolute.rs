//! Dates that name their month, day or year.
//!
//! In: a [`Scene`] and a position. Out: the [`Found`] that begins there. It does not know expressions that
//! count from the day of publication.

use jiff::civil::Date;

use super::super::numbers::ordinal_at;
use super::reading::Reading;
use super::words::{is_whole_month, month, season, weekday_or_short};
use super::{Found, Scene};

/// The years that a bare number can name.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// "2025-02-18", "18/2/2025", "Feb. 18, 2025", "the 10th of March", "March 2025", "the 1990s", "in 2014".
pub fn find(scene: &Scene, i: usize) -> Option<Found> {
    let forms =
        [iso, numeric, with_weekday, month_first, day_first, month_of_year, season_of_year, part_of_year];
    let named = forms.iter().filter_map(|form| form(scene, i)).max_by_key(|(end, _)| *end);
    named.or_else(|| decade(scene, i)).or_else(|| century(scene, i)).or_else(|| year(scene, i))
}

fn iso(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (y, m, d) = (p.plain(i, 4)?, p.plain(i + 2, 2)?, p.plain(i + 4, 2)?);
    let joined = p.hyphen(i + 1) && p.hyphen(i + 3) && YEARS.contains(&y);
    Some((i + 5, Reading::day(Date::new(y, m as i8, d as i8).ok().filter(|_| joined)?)))
}

/// "7/8/07": read where only one order is a date, or only one lies within a fortnight of publication.
fn numeric(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let slash = |j: usize| p.is(j, &["/"]) && p.glued(j) && p.glued(j + 1);
    let (a, b, y) = (p.plain(i, 2)?, p.plain(i + 2, 2)?, p.plain(i + 4, 4)?);
    if !slash(i + 1) || !slash(i + 3) || slash(i + 5) {
        return None;
    }
    let year = if y < 100 { 2000 + y } else { y };
    let dates = [(a, b), (b, a)].map(|(m, d)| Date::new(year, m as i8, d as i8).ok());
    let near = |d: &Date| scene.published.is_some_and(|p| (*d - p).get_days().abs() <= 14);
    let reading = match dates {
        [Some(one), Some(other)] if one == other => Reading::day(one),
        [Some(one), None] | [None, Some(one)] => Reading::day(one),
        [Some(one), Some(other)] if near(&one) != near(&other) => {
            Reading::day(if near(&one) { one } else { other })
        }
        [Some(_), Some(_)] => Reading::open(super::TimeKind::Date),
        _ => return None,
    };
    Some((i + 5, reading))
}

/// "Tuesday, Feb. 18, 2025", "Tuesday 18 February".
fn with_weekday(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let weekday = weekday_or_short(p.lower(i)).filter(|_| p.capital(i))?;
    let next = comma(scene, dot(scene, i, i + 1));
    let next = if p.is(next, &["the"]) { next + 1 } else { next };
    let (month, day, year, end) = month_day(scene, next).or_else(|| day_month(scene, next))?;
    let resolved = match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => years_near(scene).find_map(|y| {
            let date = Date::new(y, month, day).ok()?;
            (date.weekday().to_monday_one_offset() == weekday).then_some(date)
        }),
    };
    Some((end, resolved.map_or_else(|| on_day(scene, i, end, month, day), Reading::day)))
}

/// The years around publication, the nearest first.
fn years_near(scene: &Scene) -> impl Iterator<Item = i16> + Clone {
    let published = scene.published.map(Date::year);
    published.into_iter().flat_map(|y| [y, y - 1, y + 1])
}

fn month_first(scene: &Scene, i: usize) -> Option<Found> {
    let (month, day, year, end) = month_day(scene, i)?;
    let last = range_end(scene, end).filter(|_| year.is_none());
    Some(match (year, last) {
        (Some(year), _) => (end, Reading::day(Date::new(year, month, day).ok()?)),
        (None, Some((last, end))) => {
            let (year, end) = year_after(scene, end).map_or((None, end), |(y, e)| (Some(y), e));
            (end, day_range(scene, (i, end), year, month, (day, last)))
        }
        (None, None) => (end, on_day(scene, i, end, month, day)),
    })
}

fn day_first(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let start = if p.is(i, &["the"]) { i + 1 } else { i };
    if let Some((last, next)) = range_end(scene, start + 1)
        && let (Some(first), Some((month, day, year, end))) = (p.plain(start, 2), day_month(scene, next - 1))
        && day == last
    {
        return Some((end, day_range(scene, (i, end), year, month, (first as i8, last))));
    }
    let (month, day, year, end) = day_month(scene, start)?;
    Some((
        end,
        match year {
            Some(year) => Reading::day(Date::new(year, month, day).ok()?),
            None => on_day(scene, i, end, month, day),
        },
    ))
}

/// "-12" or " to 12" after the first day of a range, where it is not the head of something else.
fn range_end(scene: &Scene, i: usize) -> Option<(i8, usize)> {
    let p = scene.pieces;
    let joined = p.hyphen(i) || p.is(i, &["to"]) || (p.is(i, &["and"]) && p.digits(i + 1));
    let day = p.plain(i + 1, 2).filter(|d| joined && (1..=31).contains(d))?;
    (!p.glued(i + 2) || p.is(i + 2, &[",", ".", ";", ")", "’", "'"])).then_some((day as i8, i + 2))
}

fn day_range(scene: &Scene, at: (usize, usize), year: Option<i16>, month: i8, days: (i8, i8)) -> Reading {
    let fix = |day| match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => on_day(scene, at.0, at.1, month, day).single_day(),
    };
    match (fix(days.0), fix(days.1)) {
        (Some(first), Some(last)) if first <= last => Reading::days(first, last),
        _ => Reading::open(super::TimeKind::Date),
    }
}

/// "Feb. 18, 2025", "March 10th".
fn month_day(scene: &Scene, i: usize) -> Option<(i8, i8, Option<i16>, usize)> {
    let p = scene.pieces;
    let month = month(p.lower(i)).filter(|_| p.capital(i))?;
    let at = dot(scene, i, i + 1);
    let at = if p.is(at, &["the"]) { at + 1 } else { at };
    let (day, end) = day_number(scene, at)?;
    // "May 12 people" counts people; "March 10 percent" a share.
    let (year, end) = year_after(scene, end).map_or((None, end), |(y, e)| (Some(y), e));
    Some((month, day, year, end))
}

/// "18 February 2025", "10th of March".
fn day_month(scene: &Scene, i: usize) -> Option<(i8, i8, Option<i16>, usize)> {
    let p = scene.pieces;
    let (day, at) = day_number(scene, i)?;
    let at = if p.is(at, &["of"]) { at + 1 } else { at };
    let month = month(p.lower(at)).filter(|_| p.capital(at))?;
    let end = dot(scene, at, at + 1);
    let (year, end) = year_after(scene, end).map_or((None, end), |(y, e)| (Some(y), e));
    Some((month, day, year, end))
}

fn day_number(scene: &Scene, i: usize) -> Option<(i8, usize)> {
    let p = scene.pieces;
    let (day, end) = ordinal_at(p, i).or_else(|| Some((p.plain(i, 2)?, i + 1)))?;
    let alone = !p.glued(end) || !(p.letters(end) || p.is(end, &["%", ":", "/", "°"]));
    ((1..=31).contains(&day) && alone).then_some((day as i8, end))
}

/// ", 2025" or " 2025" after a day or a month, or " last year".
fn year_after(scene: &Scene, i: usize) -> Option<(i16, usize)> {
    let shift = match scene.pieces.lower(i) {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    };
    if let (Some(shift), true) = (shift, scene.pieces.is(i + 1, &["year"])) {
        return scene.published.map(|day| (day.year() + shift, i + 2));
    }
    let at = comma(scene, i);
    let year = scene.pieces.plain(at, 4).filter(|y| YEARS.contains(y))?;
    Some((year, at + 1))
}

/// How many days ahead a day may lie for which somebody wants or names a thing; half as long ago it would be too old to be meant.
const LATEST_WANTED: i32 = 160;

/// A day without its year: of the nearest year on the side to which the clause looks. Where that
/// lies nearly a year off and the other side has the day close by, the close one, marked as uncertain.
fn on_day(scene: &Scene, start: usize, end: usize, month: i8, day: i8) -> Reading {
    let Some(published) = scene.published else {
        return Reading::open(super::TimeKind::Date);
    };
    let dates = years_near(scene).filter_map(|year| Date::new(year, month, day).ok());
    let gap = |d: &Date| (*d - published).get_days();
    let near = || dates.clone().any(|d| (0..=LATEST_WANTED).contains(&gap(&d)));
    let long_past = || !dates.clone().any(|d| (-LATEST_WANTED / 2..=0).contains(&gap(&d)));
    let wanted = || super::direction::is_wanted_then(scene.pieces, start) && near() && long_past();
    let ahead = scene.looks_ahead(start, end) || wanted();
    let fits = |d: &Date| if ahead { gap(d) >= 0 } else { gap(d) <= 0 };
    let nearest = dates.clone().filter(fits).min_by_key(|d| gap(d).abs());
    // A past that lies eleven months back is more likely a future that the cues missed, and the other way round.
    let other = dates.min_by_key(|d| gap(d).abs());
    match (nearest, other) {
        (Some(one), Some(other)) if gap(&one).abs() > 330 && gap(&other).abs() < 60 => {
            Reading::day(other).qualified('?')
        }
        (Some(one), _) => Reading::day(one),
        (None, Some(other)) => Reading::day(other).qualified('?'),
        (None, None) => Reading::open(super::TimeKind::Date),
    }
}

/// "March 2025", "in October".
fn month_of_year(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let number = month(p.lower(i)).filter(|_| p.capital(i))?;
    let at = dot(scene, i, i + 1);
    let of = if p.is(at, &["of"]) { at + 1 } else { at };
    if let Some((year, end)) = year_after(scene, of) {
        return Some((end, Reading::month(year, number)?));
    }
    let long = p.lower(i).len() > 4 || matches!(p.lower(i), "june" | "july");
    (long || p.is(i, &["may"])).then_some(())?;
    (is_introduced(scene, i) || !matches!(p.lower(i), "may" | "march" | "april" | "june" | "august"))
        .then_some(())?;
    Some((i + 1, in_month(scene, i, number)))
}

/// Words after which "May" and "March" are months, and "April" and "June" no women.
fn is_introduced(scene: &Scene, i: usize) -> bool {
    const BEFORE: [&str; 22] = [
        "in",
        "since",
        "until",
        "till",
        "by",
        "from",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "during",
        "between",
        "before",
        "after",
        "through",
        "throughout",
        "of",
        "each",
        "every",
        "previous",
    ];
    let p = scene.pieces;
    let moved =
        || super::direction::is_moved_to(p, i) || p.before(i, 3) == "from" && month(p.before(i, 2)).is_some();
    BEFORE.contains(&p.before(i, 1)) || (i > 1 && p.hyphen(i - 1)) || p.before(i, 1) == "to" && moved()
}

/// How many months ahead a month may lie of which a clause in the present speaks.
const NEAR_MONTHS: i8 = 4;

/// A month without its year: the nearest on the side to which the clause looks, the month of publication included.
fn in_month(scene: &Scene, i: usize, month: i8) -> Reading {
    let Some(published) = scene.published else {
        return Reading::open(super::TimeKind::Date);
    };
    // "The seats are up for grabs in November": what is so now is of the month that comes, where that is near.
    let coming = (month - published.month()).rem_euclid(12) <= NEAR_MONTHS && scene.is_of_now(i);
    let year = match scene.looks_ahead(i, i + 1) || coming {
        true if month < published.month() => published.year() + 1,
        false if month > published.month() => published.year() - 1,
        _ => published.year(),
    };
    Reading::month(year, month).unwrap_or_else(|| Reading::open(super::TimeKind::Date))
}

/// "summer 2023", "the summer of 2023", "put off to the summer".
fn season_of_year(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let at = if p.is(i, &["the"]) { i + 1 } else { i };
    let season = season(p.lower(at))?;
    let of = if p.is(at + 1, &["of"]) { at + 2 } else { at + 1 };
    match p.plain(of, 4).filter(|y| YEARS.contains(y)) {
        Some(year) => Some((of + 1, Reading::season(year, season)?)),
        None => season_ahead(scene, (i, at), season),
    }
}

/// The next season of its name, where something is put off or lasts to it: "has slipped to the summer".
fn season_ahead(scene: &Scene, (start, at): (usize, usize), season: i8) -> Option<Found> {
    let p = scene.pieces;
    let bound = at > start && matches!(p.before(start, 1), "to" | "until" | "till");
    let alone = !p.letters(at + 1) || p.is(at + 1, &["because", "after", "and", "but", "as", "when"]);
    let published = scene.published.filter(|_| bound && alone && scene.looks_ahead(start, at + 1))?;
    let seasons = [published.year(), published.year() + 1].map(|year| Reading::season(year, season));
    let ahead = |reading: &Reading| reading.days.is_some_and(|(_, last)| last >= published);
    Some((at + 1, seasons.into_iter().flatten().find(ahead)?))
}

/// "the second quarter of 2020", "the first half of 2024", "Q2 2020".
fn part_of_year(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let (n, parts, at) = if p.is(i, &["q"]) && p.glued(i + 1) {
        (p.plain(i + 1, 1)?, 4, i + 2)
    } else {
        let at = if p.is(i, &["the"]) { i + 1 } else { i };
        let (n, at) = ordinal_at(p, at)?;
        let parts = if p.is(at, &["quarter"]) { 4 } else { 2 };
        (n, parts, p.is(at, &["quarter", "half"]).then_some(at + 1)?)
    };
    let of = if p.is(at, &["of"]) { at + 1 } else { at };
    let year = p.plain(of, 4).filter(|y| YEARS.contains(y))?;
    Some((of + 1, Reading::part_of_year(year, n as i8, parts)?))
}

/// "the 1990s".
fn decade(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let at = if p.is(i, &["the"]) { i + 1 } else { i };
    let year = p.plain(at, 4).filter(|y| y % 10 == 0 && YEARS.contains(y))?;
    let apostrophe = usize::from(p.is(at + 1, &["'", "’"]) && p.glued(at + 1));
    let s = at + 1 + apostrophe;
    (p.is(s, &["s"]) && p.glued(s) && apostrophe == 0).then_some((s + 1, Reading::decade(year)?))
}

/// "the 19th century".
fn century(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let at = if p.is(i, &["the"]) { i + 1 } else { i };
    let (n, end) = ordinal_at(p, at).filter(|(n, _)| (2..=22).contains(n))?;
    let end = if p.hyphen(end) { end + 1 } else { end };
    (p.is(end, &["century"])).then_some((end + 1, Reading::century(n)?))
}

/// A bare year: four digits where nothing makes them a count or part of a name.
fn year(scene: &Scene, i: usize) -> Option<Found> {
    let p = scene.pieces;
    let year = p.plain(i, 4).filter(|y| YEARS.contains(y))?;
    let joined = (p.glued(i) && !is_opening(p.before(i, 1))) || (p.glued(i + 1) && !is_closing(scene, i + 1));
    let named = NUMBERED.contains(&p.before(i, 1)) || matches!(p.before(i, 1), "$" | "€" | "£" | "#");
    if joined || named || is_count(scene, i) || is_part_of_name(scene, i) {
        return None;
    }
    if let Some((last, end)) = second_year(scene, i + 1, year) {
        return Some((end, Reading::years(format!("{year:04}/{last:04}"), year, last)?));
    }
    Some((i + 1, Reading::year(year)?))
}

/// "Vision 2040", "the party Reform 2030": whether a name stands right before the number, with nothing that joins a time to it.
fn is_part_of_name(scene: &Scene, i: usize) -> bool {
    const DATED: [&str; 8] = ["christmas", "easter", "ramadan", "election", "elections", "year", "ca", "fy"];
    let p = scene.pieces;
    let Some(before) = i.checked_sub(1) else { return false };
    let word = p.lower(before);
    let calendar = month(word).is_some() || weekday_or_short(word).is_some() || season(word).is_some();
    let named = p.tag(before).map_or(before > 0, |tag| tag.is_name() || before > 0 && tag.is_noun());
    p.capital(before) && p.letters(before) && named && !calendar && !DATED.contains(&word)
}

/// "2014-15", "2014–2016".
fn second_year(scene: &Scene, i: usize, first: i16) -> Option<(i16, usize)> {
    let p = scene.pieces;
    let given = p.plain(i + 1, 4).filter(|_| p.hyphen(i) && !p.hyphen(i + 2))?;
    let last = if given < 100 { first / 100 * 100 + given } else { given };
    (YEARS.contains(&last) && last > first).then_some((last, i + 2))
}

/// What makes the number after it part of a name.
const NUMBERED: [&str; 14] = [
    "resolution",
    "flight",
    "no",
    "number",
    "room",
    "section",
    "article",
    "page",
    "route",
    "highway",
    "channel",
    "model",
    "chapter",
    "unit",
];

fn is_opening(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "“" | "‘" | "\"" | "'" | "—" | "–" | "-")
}

fn is_closing(scene: &Scene, i: usize) -> bool {
    let p = scene.pieces;
    p.is(i, &[",", ".", ";", ":", ")", "]", "”", "’", "'", "\"", "?", "!", "…", "—"]) || p.hyphen(i)
}

/// "1600 boats", "2000 people": a plural noun follows a number that is round or no year of living memory
/// ("2014 borders" have their year), or a noun that is always counted.
fn is_count(scene: &Scene, i: usize) -> bool {
    const YEAR_BEFORE: [&str; 14] = [
        "in", "since", "by", "until", "from", "of", "the", "s", "before", "after", "during", "early", "late",
        "mid",
    ];
    const NOT_COUNTED: [&str; 8] = ["was", "is", "has", "as", "this", "his", "does", "its"];
    const UNITS: [&str; 13] = [
        "%", "percent", "per", "people", "men", "women", "children", "km", "miles", "soldiers", "troops",
        "homes", "jobs",
    ];
    let next = scene.pieces.lower(i + 1);
    let year = scene.pieces.plain(i, 4).unwrap_or_default();
    let likely = (1900..=2040).contains(&year) && year % 100 != 0;
    let plural =
        next.len() > 3 && next.ends_with('s') && !next.ends_with("ss") && !scene.pieces.capital(i + 1);
    let counted = plural && !likely && !NOT_COUNTED.contains(&next);
    UNITS.contains(&next) || (counted && !YEAR_BEFORE.contains(&scene.pieces.before(i, 1)))
}

/// Over the dot of an abbreviation ("Feb.") at `i`, if the piece at `word` is one; that of "25 March." ends the sentence.
fn dot(scene: &Scene, word: usize, i: usize) -> usize {
    let p = scene.pieces;
    let short = p.lower(word).len() <= 5 && !is_whole_month(p.lower(word));
    i + usize::from(short && p.is(i, &["."]) && p.glued(i))
}

fn comma(scene: &Scene, i: usize) -> usize {
    i + usize::from(scene.pieces.is(i, &[","]))
}
