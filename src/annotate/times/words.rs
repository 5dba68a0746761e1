//! The words of the calendar.
//!
//! In: a word in lower case. Out: the month, weekday, unit or part that it names. It does not know whether
//! the word means that where it stands.

/// The number of the month that `word` names or abbreviates.
pub fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Whether `word` names a month in full.
pub fn is_whole_month(word: &str) -> bool {
    month(word).is_some() && (word.len() > 4 || matches!(word, "may" | "june" | "july"))
}

/// The number of the weekday that `word` names, Monday first.
pub fn weekday(word: &str) -> Option<i8> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    NAMES.iter().position(|w| *w == word).map(|n| n as i8 + 1)
}

/// The number of the weekday that `word` names or abbreviates; good only beside a date.
pub fn weekday_or_short(word: &str) -> Option<i8> {
    let short = match word {
        "mon" => 1,
        "tue" | "tues" => 2,
        "wed" => 3,
        "thu" | "thur" | "thurs" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        _ => 0,
    };
    weekday(word).or((short > 0).then_some(short))
}

/// The EDTF number of a season.
pub fn season(word: &str) -> Option<i8> {
    Some(match word {
        "spring" => 21,
        "summer" => 22,
        "autumn" | "fall" => 23,
        "winter" => 24,
        _ => return None,
    })
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the units")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The unit that `word` names, and how many of it one such word is ("decade": ten years).
pub fn unit(word: &str) -> Option<(Unit, f64)> {
    Some(match word {
        "second" | "seconds" => (Unit::Second, 1.0),
        "minute" | "minutes" | "min" | "mins" => (Unit::Minute, 1.0),
        "hour" | "hours" | "hr" | "hrs" => (Unit::Hour, 1.0),
        "day" | "days" => (Unit::Day, 1.0),
        "week" | "weeks" => (Unit::Week, 1.0),
        "fortnight" | "fortnights" => (Unit::Week, 2.0),
        "month" | "months" => (Unit::Month, 1.0),
        "year" | "years" => (Unit::Year, 1.0),
        "decade" | "decades" => (Unit::Year, 10.0),
        "century" | "centuries" => (Unit::Year, 100.0),
        _ => return None,
    })
}

/// Whether `word` names a part of the day.
pub fn is_part_of_day(word: &str) -> bool {
    matches!(
        word,
        "morning" | "afternoon" | "evening" | "night" | "noon" | "midday" | "midnight" | "lunchtime"
    )
}

/// Whether a length follows `word`: "for", "lasted".
pub fn leads_to_length(word: &str) -> bool {
    matches!(
        word,
        "for" | "lasted" | "lasting" | "after" | "took" | "taken" | "spent" | "within" | "than" | "spanning"
    )
}
