//! Lines that pages have by habit.
//!
//! In: a page. Out: each line that fits a pattern of `habits.txt` as a whole gets that pattern's kind. It does
//! not look at a line's neighbours.

use std::sync::LazyLock;

use regex::RegexSet;

use super::lines::Page;
use super::{RegionKind, agency};

/// The pattern of each habit, and beside it its kind and the most bytes of such a line.
struct Habits {
    patterns: RegexSet,
    rows: Vec<(RegionKind, usize)>,
    longest: usize,
}

static HABITS: LazyLock<Habits> = LazyLock::new(|| parse(include_str!("habits.txt")));

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
    if line.len() > HABITS.longest {
        return None;
    }
    let fits = HABITS.patterns.matches(line);
    fits.iter().map(|row| HABITS.rows[row]).find(|(_, most)| line.len() <= *most).map(|(kind, _)| kind)
}

fn parse(list: &str) -> Habits {
    let mut rows = Vec::new();
    let mut patterns = Vec::new();
    for row in list.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let mut parts = row.splitn(3, ' ');
        let (Some(kind), Some(most), Some(pattern)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        rows.push((kind_named(kind), most.parse().expect("a number")));
        patterns.push(format!("^(?:{})$", expand(pattern)));
    }
    let longest = rows.iter().map(|(_, most)| *most).max().unwrap_or(0);
    let patterns = regex::RegexSetBuilder::new(patterns).size_limit(1 << 26).build().expect("patterns");
    Habits { patterns, rows, longest }
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
