//! When a report was published.
//!
//! In: what a source says (an ISO 8601 or RFC 2822 date). Out: [`PublishedAt`]. It knows no clock:
//! a report without a date has none.

use jiff::civil::{Date, DateTime};
use jiff::fmt::{rfc2822, temporal::Pieces};

/// The longest date that is read: RFC 2822 with a long comment stays far below it.
const MAX_BYTES: usize = 100;

/// The time of publication, as exact as the source gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublishedAt {
    /// The day, in the source's own zone.
    pub date: Date,
    /// The wall-clock time where it was given, in the source's own zone.
    pub time: Option<DateTime>,
    /// Minutes east of UTC, where the zone was given.
    pub offset_minutes: Option<i16>,
}

impl PublishedAt {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        PublishedAt { date, time: None, offset_minutes: None }
    }

    /// Reads `2025-02-18`, `2025-02-18T14:05:00Z`, `2025-02-18 14:05+03:00` and
    /// `Tue, 18 Feb 2025 14:05:00 +0300`; `None` where it is none of them.
    pub fn parse(given: &str) -> Option<Self> {
        let given = given.trim();
        if given.len() > MAX_BYTES {
            return None;
        }
        iso(given).or_else(|| mail(given))
    }

    /// Its EDTF (ISO 8601-2 level 0) form, no more exact than what was given.
    pub fn edtf(self) -> String {
        let Some(time) = self.time else { return self.date.to_string() };
        let zone = match self.offset_minutes {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        };
        format!("{}T{}{zone}", self.date, time.strftime("%H:%M:%S"))
    }
}

fn iso(given: &str) -> Option<PublishedAt> {
    let compact = given.replacen(" +", "+", 1).replacen(" -", "-", 1).replacen(" Z", "Z", 1);
    let pieces = Pieces::parse(&compact).or_else(|_| Pieces::parse(given)).ok()?;
    let date = pieces.date();
    let seconds = pieces.to_numeric_offset().map(|offset| offset.seconds());
    Some(PublishedAt {
        date,
        time: pieces.time().map(|time| date.to_datetime(time)),
        offset_minutes: seconds.and_then(|s| i16::try_from(s / 60).ok()),
    })
}

fn mail(given: &str) -> Option<PublishedAt> {
    let zoned = rfc2822::parse(given).ok()?;
    Some(PublishedAt {
        date: zoned.date(),
        time: Some(zoned.datetime()),
        offset_minutes: i16::try_from(zoned.offset().seconds() / 60).ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(given: &str) -> Option<String> {
        PublishedAt::parse(given).map(PublishedAt::edtf)
    }

    #[test]
    fn stays_as_exact_as_what_was_given() {
        for (given, expected) in [
            ("2025-02-18", "2025-02-18"),
            (" 2025-02-18\n", "2025-02-18"),
            ("2025-02-18T14:05:00Z", "2025-02-18T14:05:00Z"),
            ("2025-02-18T14:05Z", "2025-02-18T14:05:00Z"),
            ("2025-02-18 14:05+03:00", "2025-02-18T14:05:00+03:00"),
            ("2025-02-18T14:05:00-0530", "2025-02-18T14:05:00-05:30"),
            ("2018-03-01 12:34:56", "2018-03-01T12:34:56"),
            ("2018-03-01 12:34:56 +0000", "2018-03-01T12:34:56Z"),
            ("2018-03-01T12:34:56.789Z", "2018-03-01T12:34:56Z"),
            ("Thu, 01 Mar 2018 12:34:56 +0100", "2018-03-01T12:34:56+01:00"),
            ("1 Mar 2018 12:34:56 GMT", "2018-03-01T12:34:56Z"),
        ] {
            assert_eq!(edtf(given).as_deref(), Some(expected), "{given:?}");
        }
    }

    #[test]
    fn what_is_no_date_has_none() {
        let long = "2".repeat(1000);
        for given in ["", "yesterday", "2025-02-30", "2025-13-01", "18/02/2025", "2025", "25:00", &long] {
            assert_eq!(edtf(given), None, "{given:?}");
        }
    }
}
