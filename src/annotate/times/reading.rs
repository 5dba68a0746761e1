//! What an expression of time means.
//!
//! In: days, months, years. Out: [`Reading`], with its EDTF value and its first and last day. It does not know
//! the words, nor when the report was published.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::TimeKind;

/// Which third of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "early", "the beginning of".
    Early,
    /// "mid-", "the middle of".
    Middle,
    /// "late", "the end of".
    Late,
}

/// What an expression of time means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its TIMEX3 type.
    pub kind: TimeKind,
    /// EDTF or an ISO 8601 duration; `None` where it stays open.
    pub value: Option<String>,
    /// First and last day.
    pub days: Option<(Date, Date)>,
}

impl Reading {
    /// Known to be a time, but not which.
    pub fn open(kind: TimeKind) -> Self {
        Reading { kind, value: None, days: None }
    }

    /// A value without days: a duration or a set.
    pub fn value(kind: TimeKind, value: Option<String>) -> Self {
        Reading { kind, value, days: None }
    }

    /// One day.
    pub fn day(day: Date) -> Self {
        Reading { kind: TimeKind::Date, value: Some(day.to_string()), days: Some((day, day)) }
    }

    /// From one day to another, both within it.
    pub fn days(first: Date, last: Date) -> Self {
        if first == last {
            return Reading::day(first);
        }
        Reading { value: Some(format!("{first}/{last}")), days: Some((first, last)), kind: TimeKind::Date }
    }

    /// One month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Reading::months((year, month), (year, month))
    }

    /// From one month to another, both within it.
    pub fn months(first: (i16, i8), last: (i16, i8)) -> Option<Self> {
        let days = (Date::new(first.0, first.1, 1).ok()?, Date::new(last.0, last.1, 1).ok()?.last_of_month());
        let name = |(y, m): (i16, i8)| format!("{y:04}-{m:02}");
        let value = if first == last { name(first) } else { format!("{}/{}", name(first), name(last)) };
        Some(Reading { kind: TimeKind::Date, value: Some(value), days: Some(days) })
    }

    /// One year.
    pub fn year(year: i16) -> Option<Self> {
        Reading::years(format!("{year:04}"), year, year)
    }

    /// Ten years: `199X`.
    pub fn decade(year: i16) -> Option<Self> {
        Reading::years(format!("{:03}X", year / 10), year / 10 * 10, year / 10 * 10 + 9)
    }

    /// The n-th century: `19XX` for the twentieth.
    pub fn century(n: i16) -> Option<Self> {
        Reading::years(format!("{:02}XX", n - 1), (n - 1) * 100, (n - 1) * 100 + 99)
    }

    /// From one year to another, both within it.
    pub fn years(value: String, first: i16, last: i16) -> Option<Self> {
        let days = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
        Some(Reading { kind: TimeKind::Date, value: Some(value), days: Some(days) })
    }

    /// A season, whose days are those of the northern hemisphere; winter runs into the next year.
    pub fn season(year: i16, season: i8) -> Option<Self> {
        let first = Date::new(year, (season - 20) * 3, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        let value = Some(format!("{year:04}-{season}"));
        Some(Reading { kind: TimeKind::Date, value, days: Some((first, last)) })
    }

    /// The n-th of `parts` equal parts of a year, counted from 1: quarters and halves.
    pub fn part_of_year(year: i16, n: i8, parts: i8) -> Option<Self> {
        let months = 12 / parts;
        (1..=parts).contains(&n).then(|| Reading::months((year, (n - 1) * months + 1), (year, n * months)))?
    }

    /// The same, said to be of type `kind`.
    pub fn of_kind(self, kind: TimeKind) -> Self {
        Reading { kind, ..self }
    }

    /// The same, with `mark` (`~` approximate, `?` uncertain) on each end of its value.
    pub fn qualified(self, mark: char) -> Self {
        let qualify =
            |v: String| v.split('/').map(|end| format!("{end}{mark}")).collect::<Vec<_>>().join("/");
        Reading { value: self.value.map(qualify), ..self }
    }

    /// Its early, middle or late third, approximate: of a year or more in its months, else in its days.
    pub fn third(&self, part: Part) -> Option<Self> {
        let (first, last) = self.days?;
        let days = (last - first).get_days() + 1;
        let cut = |length: i32| match part {
            Part::Early => (0, length / 3),
            Part::Middle => (length / 3, length - length / 3),
            Part::Late => (length - length / 3, length),
        };
        let (from, to) = if days > 300 { cut(months_between(first, last)) } else { cut(days) };
        let reading = match days > 300 {
            true => Reading::months(shift_month(first, from)?, shift_month(first, to - 1)?)?,
            false if from < to => Reading::days(shift(first, from)?, shift(first, to - 1)?),
            false => return None,
        };
        Some(reading.qualified('~'))
    }

    /// Its last day; of a year or more its last month.
    pub fn last(&self) -> Option<Self> {
        let (first, last) = self.days?;
        match (last - first).get_days() + 1 > 300 {
            true => Reading::month(last.year(), last.month()),
            false => Some(Reading::day(last)),
        }
    }

    /// The single day that it means.
    pub fn single_day(&self) -> Option<Date> {
        self.days.filter(|(first, last)| first == last).map(|(first, _)| first)
    }
}

/// Monday and Sunday of the week of `day`, `weeks` further on.
pub fn week(day: Date, weeks: i32) -> Option<(Date, Date)> {
    let monday = shift(day, 7 * weeks - i32::from(day.weekday().to_monday_zero_offset()))?;
    Some((monday, shift(monday, 6)?))
}

/// `day`, `days` further on.
pub fn shift(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

/// How many months begin on `first` or in the months after it, up to the one of `last`.
fn months_between(first: Date, last: Date) -> i32 {
    (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month())
        - i32::from(first.month())
        + 1
}

/// Year and month, `months` further on than those of `day`.
pub fn shift_month(day: Date, months: i32) -> Option<(i16, i8)> {
    let day = day.first_of_month().checked_add(months.months()).ok()?;
    Some((day.year(), day.month()))
}

/// The nearest day on `weekday` (Monday is 1): on or before `day`, or on or after it.
pub fn nearest(day: Date, weekday: i8, after: bool) -> Option<Date> {
    let gap = i32::from((weekday - 1 - day.weekday().to_monday_zero_offset()).rem_euclid(7));
    shift(day, if after || gap == 0 { gap } else { gap - 7 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        let wednesday = date(2031, 5, 7);
        assert_eq!(week(wednesday, 0), Some((date(2031, 5, 5), date(2031, 5, 11))));
        assert_eq!(week(wednesday, -1), Some((date(2031, 4, 28), date(2031, 5, 4))));
        assert_eq!(nearest(wednesday, 3, false), Some(wednesday));
        assert_eq!(nearest(wednesday, 5, false), Some(date(2031, 5, 2)));
        assert_eq!(nearest(wednesday, 2, true), Some(date(2031, 5, 13)));
    }

    #[test]
    fn extremes_stay_open() {
        assert_eq!(shift(Date::MAX, 1), None);
        assert_eq!(Reading::month(2031, 13), None);
        assert_eq!(week(Date::MIN, -1), None);
    }

    #[test]
    fn both_ends_carry_the_mark() {
        let reading = Reading::months((2031, 1), (2031, 4)).map(|r| r.qualified('~'));
        assert_eq!(reading.and_then(|r| r.value).as_deref(), Some("2031-01~/2031-04~"));
    }
}
