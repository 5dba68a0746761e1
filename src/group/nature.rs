//! Which pieces are about several events, or about none.
//!
//! In: a [`Report`]. Out: its [`Nature`], by what title, address and layout say. It does not know which stories there are.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::report::Report;

use super::document;

/// What sort of piece a report is. Only a [`Nature::News`] holds a story together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nature {
    /// It tells of an event; so is whatever says nothing else.
    #[default]
    News = 0,
    /// A briefing, a review of a week, a list of the day's news.
    Roundup = 1,
    /// A page that goes on while things happen.
    Live = 2,
    /// An opinion, an editorial, a letter.
    Opinion = 3,
}

impl Nature {
    /// Its name in what the program prints.
    pub fn name(self) -> &'static str {
        match self {
            Nature::News => "news",
            Nature::Roundup => "roundup",
            Nature::Live => "live",
            Nature::Opinion => "opinion",
        }
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        [Nature::News, Nature::Roundup, Nature::Live, Nature::Opinion]
            .into_iter()
            .find(|n| *n as u8 == number)
    }

    /// Whether it may hold two other reports together.
    pub fn holds(self) -> bool {
        self == Nature::News
    }

    /// What `report` says that it is.
    pub fn of(report: &Report) -> Self {
        let title = document::title_of(report);
        let title = if title.is_empty() { first_line(report.text.as_str()) } else { title };
        let address = report.url.as_deref().unwrap_or("");
        let section = report.outlet.as_deref().unwrap_or("");
        if says(&LIVE, title) || says(&LIVE_ADDRESS, address) || clocked(report.text.as_str()) {
            Nature::Live
        } else if says(&ROUNDUP, title) {
            Nature::Roundup
        } else if says(&OPINION, title) || says(&OPINION_ADDRESS, address) || says(&OPINION_OUTLET, section) {
            Nature::Opinion
        } else {
            Nature::News
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
}

fn says(habits: &RegexSet, words: &str) -> bool {
    habits.is_match(words)
}

/// Lines that begin with a time of day from which a page counts as live.
const CLOCKED_LINES: usize = 5;

/// Whether the text is a list of entries with a time of day each.
fn clocked(text: &str) -> bool {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W{0,3}(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:[ap]\.?m\.?|[A-Z]{2,4}T?|h)?\s*(?:[-–—:|]|$|[A-Z“])",
        )
    });
    text.lines().filter(|line| CLOCK.is_match(line.trim_start())).take(CLOCKED_LINES).count() == CLOCKED_LINES
}

static LIVE: LazyLock<RegexSet> = LazyLock::new(|| {
    set(&[
        r"(?i)\blive ?blog\b",
        r"(?i)\b(?:live|rolling|latest) updates?\b",
        r"(?i)\bas it happened\b",
        r"(?i)^(?:the latest|live)\s*:",
        r"(?i)[-–—|] ?live\s*$",
        r"(?i)\bminute by minute\b",
    ])
});

static LIVE_ADDRESS: LazyLock<RegexSet> =
    LazyLock::new(|| set(&[r"/live(?:blog)?s?/", r"-live-updates\b", r"/live-news/"]));

static ROUNDUP: LazyLock<RegexSet> = LazyLock::new(|| {
    set(&[
        r"(?i)\b(?:morning|evening|daily|weekly|midday|news|your \w+) (?:briefing|digest|rundown|wrap|brief|bulletin)\b",
        r"(?i)^(?:\w+day|today)[’']?s? (?:briefing|headlines|top stories)\b",
        r"(?i)\b(?:week|year|month|day) in (?:review|pictures|brief)\b",
        r"(?i)\b(?:top|biggest) (?:stories|headlines)\b",
        r"(?i)\bnews (?:round-?up|in brief|quiz)\b",
        r"(?i)\bround-?up\s*[:|]",
        r"(?i)^(?:\d+|five|six|seven|ten) things (?:to know|you need to know) (?:for|this|on|about your) (?:\w+day|today|week|morning)\b",
        r"(?i)^what you need to know (?:for|this|on) (?:\w+day|today|week|morning)\b",
    ])
});

static OPINION: LazyLock<RegexSet> = LazyLock::new(|| {
    set(&[
        r"(?i)^(?:opinion|op-?ed|editorial|commentary|column|comment|viewpoint|letters?(?: to the editor)?)\s*[:|–—-]",
        r"(?i)[|–—-]\s*(?:opinion|op-?ed|editorial|commentary|column|letters?)\s*$",
        r"(?i)\((?:opinion|op-?ed|editorial|commentary)\)",
    ])
});

static OPINION_ADDRESS: LazyLock<RegexSet> = LazyLock::new(|| {
    set(&[
        r"/(?:opinions?|commentisfree|op-?eds?|editorials?|commentary|columnists?|columns?|letters|comment)(?:/|$)",
    ])
});

static OPINION_OUTLET: LazyLock<RegexSet> =
    LazyLock::new(|| set(&[r"(?i)\b(?:opinion|editorial)\b", r"(?i)^guest writer\b"]));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

fn set(patterns: &[&str]) -> RegexSet {
    RegexSet::new(patterns).expect("valid patterns")
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;

    fn of(title: &str) -> Nature {
        Nature::of(&report("a", None, title, "The ferry sank."))
    }

    #[test]
    fn titles_say_what_a_piece_is() {
        assert_eq!(of("Ferry Alkyone sinks off Port Meridia"), Nature::News);
        assert_eq!(of("Ferry disaster: live updates from Port Meridia"), Nature::Live);
        assert_eq!(of("Morning briefing: ferry sinks, budget passes"), Nature::Roundup);
        assert_eq!(of("The week in review"), Nature::Roundup);
        assert_eq!(of("Opinion: Ferries must be inspected"), Nature::Opinion);
        assert_eq!(of("Court hands down its opinion on ferries"), Nature::News);
        assert_eq!(of("Mayor to live in the sports hall"), Nature::News);
    }

    #[test]
    fn an_address_says_so_too() {
        let mut given = report("a", None, "Ferries must be inspected", "They must.");
        given.url = Some("https://meridiapost.example/opinion/ferries".to_owned());
        assert_eq!(Nature::of(&given), Nature::Opinion);
        given.url = Some("https://meridiapost.example/local/opinion-poll-on-ferries".to_owned());
        assert_eq!(Nature::of(&given), Nature::News);
    }

    #[test]
    fn entries_with_a_time_each_are_a_live_page() {
        let entries = "10:05 a.m. — Divers arrive.\n10:20 a.m. — The mayor speaks.\n";
        assert_eq!(Nature::of(&report("a", None, "Ferry sinks", &entries.repeat(3))), Nature::Live);
        assert_eq!(Nature::of(&report("a", None, "Ferry sinks", entries)), Nature::News);
    }
}
