//! Lines that pages have by habit.
//!
//! In: a page. Out: each line that fits a pattern of `habits.txt` as a whole gets that pattern's kind. It does
//! not look at a line's neighbours.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use regex::Regex;

use super::lines::Page;
use super::plain::{self, plain};
use super::{RegionKind, agency};

/// One habit. Each has a pattern of its own: anchored and small, it gives up within a few bytes of a line of the
/// report, where one automaton for all of them never stops growing (ten times slower on
/// `../shared/data/stories/stream.jsonl`).
struct Habit {
    kind: RegionKind,
    most_bytes: usize,
    /// Words of which a line holds one, as bits of [`Habits::words`]; 0 where the pattern's beginning tells as soon.
    needs: u32,
    pattern: Regex,
}

/// All habits, and the words that some of them need.
struct Habits {
    all: Vec<Habit>,
    words: AhoCorasick,
}

static HABITS: LazyLock<Habits> = LazyLock::new(|| parse(include_str!("habits.txt")));

/// The longest line of any habit.
const MOST_BYTES: usize = 900;

const MONTH: &str = "(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const WEEKDAY: &str = "(?i:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?i:day)?\\.?";

/// Marks the lines of `page` that fit a habit.
pub(super) fn mark(page: &mut Page) {
    for i in page.open_lines() {
        if let Some(kind) = kind(page.line(i)) {
            page.claim(i, kind);
        }
    }
}

fn kind(line: &str) -> Option<RegionKind> {
    if line.len() > MOST_BYTES {
        return None;
    }
    let Habits { all, words } = &*HABITS;
    let holds = words.find_overlapping_iter(line).fold(0, |bits, found| bits | 1 << found.pattern().as_u32());
    let plain = plain(line);
    let may =
        |habit: &&Habit| line.len() <= habit.most_bytes && (habit.needs == 0 || habit.needs & holds != 0);
    all.iter().filter(may).find(|habit| habit.pattern.is_match(&plain)).map(|habit| habit.kind)
}

fn parse(list: &str) -> Habits {
    let mut words: Vec<&str> = Vec::new();
    let rows = list.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    let all = rows.map(|row| {
        let mut parts = row.splitn(3, ' ');
        let mut part = || parts.next().expect("a kind, a length and a pattern");
        let kind = kind_named(part());
        let most_bytes = part().parse().expect("a length");
        debug_assert!(most_bytes <= MOST_BYTES);
        let (needed, pattern) = match part() {
            pattern if pattern.starts_with('~') => pattern[1..].split_once(' ').expect("words and a pattern"),
            pattern => ("", pattern),
        };
        let needs = needed.split('|').filter(|word| !word.is_empty()).fold(0, |bits, word| {
            words.push(word);
            bits | 1 << (words.len() - 1)
        });
        let pattern = plain::pattern(&format!("^(?:{})$", expand(pattern)));
        Habit { kind, most_bytes, needs, pattern }
    });
    let all = all.collect();
    let words = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(words).expect("a few words");
    Habits { all, words }
}

fn expand(pattern: &str) -> String {
    let words = r"(?i:a\.?m|p\.?m|at|on|of|and|by|local time)|\p{Lu}{2,4}";
    let date =
        format!(r"(?:[,.:/|•·()\s–—-]*(?:[0-9]+(?i:st|nd|rd|th|am|pm)?|{MONTH}|{WEEKDAY}|{words})(?:\b|\.))");
    pattern
        .replace("{DATE0}", &format!("{date}*"))
        .replace("{DATE}", &format!("{date}+[.)]?"))
        .replace("{MONTH}", MONTH)
        .replace("{WEEKDAY}", WEEKDAY)
        .replace("{AGENCY}", agency::pattern())
        .replace(
            "{NAMES}",
            r"(?:(?:\p{Lu}[\p{L}.'’-]*|for|via|of|the|and|de|van|von|al|by|[/,&|])[ /,]*){1,12}",
        )
        // A word's border in ASCII: the Unicode one has no fast automaton.
        .replace(r"\b", r"(?-u:\b)")
}

fn kind_named(name: &str) -> RegionKind {
    match name {
        "stamp" => RegionKind::Stamp,
        "agency" => RegionKind::Agency,
        "newsletter" => RegionKind::Newsletter,
        "appeal" => RegionKind::Appeal,
        "caption" => RegionKind::Caption,
        "credit" => RegionKind::Credit,
        "related" => RegionKind::Related,
        "correction" => RegionKind::Correction,
        _ => unreachable!("habits.txt names no other kind"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_are_known() {
        use RegionKind::*;
        for (line, expected) in [
            ("Updated at 4:15 p.m. ET", Stamp),
            ("-Updated 3:48 p.m.", Stamp),
            ("Published 12:30 PM EDT", Stamp),
            ("This article is more than 7 months old", Stamp),
            ("Tuesday, May 13, 2031", Stamp),
            ("3 min read", Stamp),
            ("Advertisement", Stamp),
            ("Share this", Stamp),
            ("Facebook Twitter WhatsApp", Stamp),
            ("* * *", Stamp),
            ("The Associated Press and Reuters contributed to this report", Agency),
            ("Jo Ray and Ana Brit contributed reporting from Lumbe.", Agency),
            ("(Reporting by Jo Ray; Editing by Al Moss)", Agency),
            ("Copyright 2031 The Associated Press. All rights reserved.", Agency),
            ("© AFP", Agency),
            ("With Reuters and AFP", Agency),
            ("Your guide to what the river vote means for the valley", Newsletter),
            ("Sign up for Daily Newsletters Manage Newsletters", Newsletter),
            ("Get the stories you care about delivered to your inbox", Newsletter),
            ("Subscribe now for as little as $1 a week!", Appeal),
            ("Support our journalism", Appeal),
            ("Click here for the app", Appeal),
            ("Follow Jo Ray on Twitter: @joray", Appeal),
            ("FILE PHOTO: The dam is seen in Lumbe. REUTERS/Jo Ray", Caption),
            ("Photo by Jo Ray", Credit),
            ("RELATED: The river that was lost", Related),
            ("Read more: Who owns the water?", Related),
            ("More: How the gates work", Related),
            ("Lumbe farmers count the cost of the flood Read more", Related),
            ("https://example.org/a/b", Related),
        ] {
            assert_eq!(kind(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_begins_with_anything_names_a_word_that_it_needs() {
        for Habit { needs, pattern, .. } in &HABITS.all {
            let anything = ["^(?:.*", "^(?:(?:.*"].iter().any(|begins| pattern.as_str().starts_with(begins));
            assert_eq!(anything, *needs != 0, "{pattern}");
        }
        assert_eq!(kind("It rained. CLICK HERE"), Some(RegionKind::Appeal));
        assert_eq!(kind("Tap here for the newsletter of the valley"), Some(RegionKind::Newsletter));
    }

    #[test]
    fn sentences_of_a_report_are_no_habits() {
        for line in [
            "Updated figures from the ministry show that 40 villages were flooded.",
            "Published on Tuesday, the study says that the river has lost half of its water.",
            "Your guide to the valley was wrong, the minister told parliament.",
            "Photos by the police show the gates open.",
            "Support for the treaty has fallen since March.",
            "Help came late, said villagers in Lumbe.",
            "Reporting by three outlets has shown that the gates were open, the minister said.",
            "Share prices fell by a third.",
            "Follow-up talks on the dam are planned for June.",
            "Video from the scene showed water over the road.",
            "More than 40 houses were flooded.",
            "Read in parliament, the letter caused an uproar.",
            "The rains contributed to the flood.",
            "Analysis of the water showed lead.",
            "Join the talks on Tuesday, the minister urged them.",
            "With AP reporting a flood, the ministry closed the gates.",
            "May 13, 2031 was the day on which the gates opened.",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
