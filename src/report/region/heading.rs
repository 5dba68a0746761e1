//! The headline and the headings.
//!
//! In: a page. Out: its title, if its first line is one, and short lines between paragraphs that are no
//! sentences. It does not know what they mean; a line that may be a sentence of the report stays one.

use std::collections::BTreeMap;

use super::RegionKind;
use super::lines::{Page, ends_sentence, is_capitalised, word_count};

/// The most words of a title, and the fewest of one that is sure to be a headline: of two words the second must be one in
/// lower case ("Hale resigns"), or they may be a name or a rubric.
const TITLE_WORDS: usize = 25;
const SURE_WORDS: usize = 3;
/// The most words of a heading; the longest in the first 300 reports of `../shared/data/stories` has 13.
const HEADING_WORDS: usize = 13;
/// The longest title or heading.
const MOST_BYTES: usize = 200;
/// Short lines in a row that make a list or a table of the report.
const LIST: usize = 3;
/// A line that stands there so often names the speakers of an interview.
const REPEATS: usize = 3;

/// Marks the title and the headings.
pub(super) fn mark(page: &mut Page) {
    if let Some(title) = title(page) {
        page.claim(
            title,
            if is_headline(page.line(title)) { RegionKind::Title } else { RegionKind::Heading },
        );
        if is_standfirst(page, title + 1) {
            page.claim(title + 1, RegionKind::Heading);
        }
    }
    let headings = headings(page);
    for i in headings {
        page.claim(i, RegionKind::Heading);
    }
}

/// Whether a line of few words reads as a headline and not as a name or a rubric ("World News").
fn is_headline(line: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    word_count(line) >= SURE_WORDS || line.split_whitespace().last().is_some_and(|word| !capital(word))
}

/// The first line that is not furniture, if it is short, no sentence, and apart from what follows.
fn title(page: &Page) -> Option<usize> {
    let first = page.open_lines().next()?;
    let line = page.line(first);
    let words = word_count(line);
    let next = page.kind(first + 1);
    let apart = page.lines[first].blank_after
        || matches!(
            next,
            Some(RegionKind::Byline | RegionKind::Stamp | RegionKind::Outlet | RegionKind::Agency)
        )
        || (!page.wrapped && word_count(page.line(first + 1)) > words);
    let has_body = page.after(first).any(|i| page.is_open(i) && ends_sentence(page.line(i)));
    let is_short = (1..=TITLE_WORDS).contains(&words) && line.len() <= MOST_BYTES;
    let asks = line.ends_with('?')
        && page.lines[first].blank_after
        && words <= HEADING_WORDS
        && !line.contains(". ");
    (is_short && apart && has_body && (is_no_sentence(line) || asks)).then_some(first)
}

fn is_standfirst(page: &Page, i: usize) -> bool {
    let line = page.line(i);
    page.is_open(i)
        && page.is_open(i + 1)
        && is_no_sentence(line)
        && line.len() <= MOST_BYTES
        && page.lines[i].blank_after
}

fn headings(page: &Page) -> Vec<usize> {
    let mut times = BTreeMap::<&str, usize>::new();
    for i in page.open_lines() {
        *times.entry(page.line(i)).or_default() += 1;
    }
    let short: Vec<bool> = (0..page.lines.len()).map(|i| page.is_open(i) && is_short(page.line(i))).collect();
    let is_alone = |i: usize| {
        let before = (0..i).rev().take(LIST).take_while(|j| short[*j]).count();
        let after = page.after(i).take(LIST).take_while(|j| short[*j]).count();
        1 + before + after < LIST
    };
    let first = (0..page.lines.len()).find(|i| page.is_open(*i) && ends_sentence(page.line(*i)));
    let nexts = next_open(page);
    let is_rare = |i: usize| times.get(page.line(i)).is_none_or(|n| *n < REPEATS);
    (0..page.lines.len())
        .filter(|i| {
            short[*i]
                && is_alone(*i)
                && first.is_some_and(|first| first < *i)
                && is_before(page, *i, nexts[*i])
                && is_rare(*i)
        })
        .collect()
}

/// For each line, the next that nothing has claimed.
fn next_open(page: &Page) -> Vec<Option<usize>> {
    let mut nexts = vec![None; page.lines.len()];
    let mut next = None;
    for i in (0..page.lines.len()).rev() {
        nexts[i] = next;
        if page.is_open(i) {
            next = Some(i);
        }
    }
    nexts
}

/// Whether line `i` is apart from the lines around it, and `next` begins a paragraph or is a heading too.
fn is_before(page: &Page, i: usize, next: Option<usize>) -> bool {
    let Some(next) = next.map(|next| page.line(next)) else { return false };
    let line = &page.lines[i];
    let ended = i.checked_sub(1).is_some_and(|j| !page.is_open(j) || ends_sentence(page.line(j)));
    let apart = (line.blank_before && line.blank_after) || (ended && !page.wrapped);
    let introduces = word_count(next) > word_count(page.line(i)) || is_short(next);
    apart && introduces && next.split_whitespace().next().is_some_and(is_capitalised)
}

fn is_short(line: &str) -> bool {
    line.len() <= MOST_BYTES
        && (1..=HEADING_WORDS).contains(&word_count(line))
        && is_no_sentence(line)
        && (!line.contains(['“', '”', '"']) || is_quoted_whole(line))
        && line.split_whitespace().next().is_some_and(is_capitalised)
}

/// "“Not a chance”" as a heading: the quotation marks enclose all, and no mark stands within.
fn is_quoted_whole(line: &str) -> bool {
    let inner = line.trim_matches(['“', '”', '"']);
    line.starts_with(['“', '"'])
        && line.ends_with(['”', '"'])
        && !inner.contains(['“', '”', '"', '.', ',', '!', '?'])
        && word_count(inner) <= 6
}

/// Whether `line` ends and reads as no sentence does.
fn is_no_sentence(line: &str) -> bool {
    !ends_sentence(line)
        && !line.ends_with([':', ',', ';', '-', '–', '—', ')'])
        && !line.contains('@')
        && !line.contains("http")
        && !line.contains("pic.twitter")
        && !holds_full_stop(line)
        && !line.starts_with(['•', '-', '–', '*', '·', '▪', '●', '—', '('])
}

/// Whether a sentence ends within `line`: the stop of "U.S." or "St." ends none.
fn holds_full_stop(line: &str) -> bool {
    const ABBREVIATIONS: &[&str] = &[
        "St", "Dr", "Mr", "Mrs", "Ms", "Gov", "Sen", "Rep", "Gen", "Col", "Lt", "Sgt", "Prof", "Rev", "No",
        "vs",
    ];
    line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit([' ', '“', '‘', '"', '\'', '(']).next().unwrap_or_default();
        let dotted = word.contains('.') && !word.contains(|c: char| c.is_ascii_digit());
        let initials = dotted || word.chars().count() == 1 && is_capitalised(word);
        !initials && !ABBREVIATIONS.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use RegionKind::{Heading, Title};

    fn kinds(text: &str) -> Vec<Option<RegionKind>> {
        let mut page = Page::new(text, 0);
        mark(&mut page);
        page.lines.iter().map(|line| line.kind).collect()
    }

    #[test]
    fn a_title_is_no_sentence_and_stands_apart() {
        let body = "The gates of the dam opened on Tuesday, the ministry said.";
        assert_eq!(kinds(&format!("Gates of dam open at last\n\n{body}")), [Some(Title), None]);
        assert_eq!(kinds(&format!("Will the dam hold?\n\n{body}")), [Some(Title), None]);
        assert_eq!(kinds(&format!("Gates of dam open\n{body}")), [Some(Title), None]);
        assert_eq!(
            kinds(&format!("Gates of dam open\n\nVillages wait for the water\n\n{body}")),
            [Some(Title), Some(Heading), None]
        );
        assert_eq!(kinds(&format!("U.S. opens gates of St. Olav dam\n\n{body}")), [Some(Title), None]);
        assert_eq!(kinds(&format!("Gates open\n\n{body}")), [Some(Title), None]);
        assert_eq!(kinds(&format!("World News\n\n{body}")), [Some(Heading), None]);
        assert_eq!(kinds(&format!("It rained.\n\n{body}")), [None, None]);
        assert_eq!(kinds(&format!("It rained. Gates open\n\n{body}")), [None, None]);
        assert_eq!(kinds("Gates of dam open"), [None]);
    }

    #[test]
    fn headings_stand_between_paragraphs() {
        let text = "It rained on Tuesday.\n\nA way out\n\nThe minister spoke to reporters at noon.\nWhat comes next\nTalks go on in June, she said.";
        assert_eq!(kinds(text), [None, Some(Heading), None, Some(Heading), None]);
        let quoted = "It rained on Tuesday.\n\n“Not a chance”\n\nThe minister spoke to reporters at noon.";
        assert_eq!(kinds(quoted), [None, Some(Heading), None]);
    }

    #[test]
    fn paragraphs_and_lists_are_no_headings() {
        for line in [
            "It held.",
            "“We will not go,” he said",
            "The minister said:",
            "Nobody came — Ana Brit (@anabrit)",
        ] {
            let text = format!("It rained on Tuesday.\n\n{line}\n\nThe minister spoke to reporters at noon.");
            assert_eq!(kinds(&text), [None; 3], "{line}");
        }
        let list = "It rained in three places.\nLumbe\nOstra\nBrit\nThe minister spoke to reporters at noon.";
        assert_eq!(kinds(list), [None; 5]);
        let wrapped = "The gates of the dam\nopened on Tuesday, and\nthe water reached the\nfirst villages before\nNoon in the valley\nand then it stopped.";
        assert_eq!(kinds(wrapped), [None; 6]);
    }
}
