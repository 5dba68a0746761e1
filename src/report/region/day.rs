//! The day of publication that the head of a text states.
//!
//! In: a text with its regions. Out: the day, where a stamp, a byline, the outlet's line or the dateline at the head gives one in full:
//! "12 March 2031", "OSKERA, March 12, 2031 (Reuters) —". It does not read the report itself: what that tells of has days of
//! its own.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Region, RegionKind};
use crate::report::{PublishedAt, Text};

/// How far the head reaches, in bytes: a title, a standfirst, a byline and a few stamps.
const HEAD: u32 = 1500;

/// Publication and update lie no further apart.
const APART_DAYS: i32 = 31;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let month = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?";
    let day = r"([0-9]{1,2})(?:st|nd|rd|th)?";
    Regex::new(&format!(
        r"(?i:\b{day} {month},? ([0-9]{{4}})\b|\b{month} {day},? ([0-9]{{4}})\b|\b([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})\b)"
    ))
    .expect("a pattern")
});

/// The first day of those that the head of `text` states; none where it states none, or days that cannot be publication and
/// update of one report.
pub fn day_of_head(text: &Text, regions: &[Region]) -> Option<PublishedAt> {
    let states = |region: &&Region| {
        matches!(
            region.kind,
            RegionKind::Stamp | RegionKind::Byline | RegionKind::Outlet | RegionKind::Dateline
        )
    };
    let head = regions.iter().take_while(|region| region.span.start < HEAD).filter(states);
    let mut days: Vec<Date> =
        head.flat_map(|region| DAY.captures_iter(text.slice(region.span))).filter_map(|c| day(&c)).collect();
    days.sort_unstable();
    let (first, last) = (days.first()?, days.last()?);
    let apart = first.until(*last).ok()?.get_days();
    (apart <= APART_DAYS).then(|| PublishedAt::day(*first))
}

fn day(found: &regex::Captures) -> Option<Date> {
    let number = |at: usize| found.get(at).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let month = |at: usize| {
        let name = found.get(at)?.as_str().to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == name).and_then(|at| i16::try_from(at + 1).ok())
    };
    let [year, month, day] = match () {
        _ if found.get(1).is_some() => [number(3)?, month(2)?, number(1)?],
        _ if found.get(4).is_some() => [number(6)?, month(4)?, number(5)?],
        _ => [number(7)?, number(8)?, number(9)?],
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::mark_regions;
    use super::*;

    fn stated(text: &str) -> Option<String> {
        let text = Text::new(text);
        day_of_head(&text, &mark_regions(&text)).map(PublishedAt::edtf)
    }

    #[test]
    fn stamps_outlets_and_datelines_state_the_day() {
        let body = "The gates of the dam were opened, the ministry said, after three weeks of rain.";
        for head in [
            "Gates open\n\n14 May 2031\n\n",
            "Gates open\n\nMay 14, 2031\n\n",
            "Gates open\nBy Ana Brit\nThe Lumbe Post, 14 May 2031\n\n",
            "Gates open\n\nPublished 14 May 2031\nUpdated 16 May 2031\n\n",
            "LUMBE, May 14, 2031 (Reuters) - ",
        ] {
            assert_eq!(stated(&format!("{head}{body}")).as_deref(), Some("2031-05-14"), "{head}");
        }
    }

    #[test]
    fn what_the_report_tells_of_is_no_day_of_publication() {
        let body =
            "The gates of the dam were opened on 14 May 2031, the ministry said, after three weeks of rain.";
        for text in [
            body.to_owned(),
            format!("Gates open\n\n{body}"),
            format!("Gates open\n\n3 February 2029\n\n14 May 2031\n\n{body}"),
            format!("Gates open\n\n31 February 2031\n\n{body}"),
        ] {
            assert_eq!(stated(&text), None, "{text}");
        }
    }
}
