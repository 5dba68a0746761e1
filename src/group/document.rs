//! What of a report is compared with others.
//!
//! In: a [`Report`]. Out: a [`Document`]: its terms with their counts, its day, its length. It does not know
//! how rare a term is elsewhere, nor any other report.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::report::{RegionKind, Report};
use crate::span::Span;

use super::weights;

/// A term: the hash of a word or of a pair of names. Collisions are rarer than misspellings.
pub(super) type Term = u32;

/// The comparable features of one report, made from it alone: title, body outside regions, date.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Days since 1970-01-01.
    pub(super) day: Option<i32>,
    /// Words of title and body.
    pub(super) words: usize,
    /// Every term once, ascending, with what it counts before rarity.
    pub(super) terms: Vec<(Term, f32)>,
    /// The terms of the title alone, ascending.
    pub(super) title: Vec<Term>,
    digest: [u8; 16],
    id: String,
}

/// A word of a text as it is counted.
struct Word {
    term: String,
    end: usize,
    start: usize,
    capital: bool,
}

/// How often a term was seen, and as what.
#[derive(Default)]
struct Count {
    count: f32,
    name: bool,
    number: bool,
    pair: bool,
}

impl Document {
    /// The document of `report`.
    pub fn of(report: &Report) -> Self {
        let title = title_of(report);
        let body = body_of(report);
        let mut counts = BTreeMap::new();
        let title_words = words(title);
        let body_words: Vec<Word> = words(&body);
        add(&mut counts, title, &title_words, |_| weights::TITLE_COUNT, false);
        let lead = |i| 1.0 + if i < weights::LEAD_WORDS { weights::LEAD_COUNT } else { 0.0 };
        add(&mut counts, &body, &body_words, lead, true);
        let mut title_terms: Vec<Term> = title_words.iter().map(|w| hash(&w.term)).collect();
        title_terms.sort_unstable();
        title_terms.dedup();
        Document {
            day: report.published_at.map(|p| day_number(p.date)),
            words: title_words.len() + body_words.len(),
            terms: counts.into_iter().map(|(term, count)| (term, count.weight())).collect(),
            title: title_terms,
            digest: digest(title, &body),
            id: report.id.clone(),
        }
    }

    /// Its place in the canonical order: undated first, then by day, content and id.
    pub(super) fn key(&self) -> (Option<i32>, &[u8; 16], &str) {
        (self.day, &self.digest, &self.id)
    }

    /// Every term of it once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = Term> + '_ {
        self.terms.iter().map(|(term, _)| *term)
    }
}

impl Count {
    fn weight(&self) -> f32 {
        let frequency = if self.count > 1.0 { 1.0 + self.count.ln() } else { self.count };
        frequency
            * match self {
                Count { pair: true, .. } => weights::NAME_PAIR,
                Count { number: true, .. } => weights::NUMBER,
                Count { name: true, .. } => weights::NAME,
                _ => 1.0,
            }
    }
}

/// The headline, given apart or standing in the text.
fn title_of(report: &Report) -> &str {
    let inside = || report.regions.iter().find(|r| r.kind == RegionKind::Title).map(|r| report.slice(r.span));
    report.title.as_deref().or_else(inside).unwrap_or("")
}

/// The text outside regions; a heading is part of what the report says.
fn body_of(report: &Report) -> String {
    let text = report.text.as_str();
    let mut body = String::with_capacity(text.len());
    let mut from = 0;
    for region in report.regions.iter().filter(|r| r.kind != RegionKind::Heading) {
        let Span { start, end } = region.span;
        body.push_str(text.get(from..start as usize).unwrap_or(""));
        body.push('\n');
        from = end as usize;
    }
    body.push_str(text.get(from..).unwrap_or(""));
    body
}

fn add(
    counts: &mut BTreeMap<Term, Count>,
    text: &str,
    words: &[Word],
    worth: impl Fn(usize) -> f32,
    body: bool,
) {
    for (i, word) in words.iter().enumerate() {
        let count = counts.entry(hash(&word.term)).or_default();
        count.count += worth(i);
        count.number |= word.term.starts_with(|c: char| c.is_ascii_digit());
        let Some(before) = i.checked_sub(1).and_then(|p| words.get(p)) else { continue };
        // Every word of a headline may be capitalised, and so is the first of a sentence.
        let gap = text.get(before.end..word.start).unwrap_or("");
        count.name |= body && word.capital && matches!(gap, " " | ", " | "; ");
        if word.capital && before.capital && gap == " " {
            let pair = counts.entry(hash(&format!("@{}_{}", before.term, word.term))).or_default();
            pair.count += if body { 1.0 } else { worth(i) };
            pair.pair = true;
        }
    }
}

/// The terms of the words of `text`, in order.
pub(super) fn terms_of(text: &str) -> impl Iterator<Item = Term> {
    words(text).into_iter().map(|w| hash(&w.term))
}

/// The words of `text`: runs of letters and digits, with apostrophes within words and points within numbers.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let joins = (matches!(c, '\'' | '’') && last.is_alphabetic() && next.is_alphabetic())
            || (matches!(c, ',' | '.') && last.is_ascii_digit() && next.is_ascii_digit());
        match start {
            None if c.is_alphanumeric() => start = Some(at),
            Some(from) if !c.is_alphanumeric() && !joins => {
                words.push(word(text, from, at));
                start = None;
            }
            _ => {}
        }
        last = c;
    }
    if let Some(from) = start {
        words.push(word(text, from, text.len()));
    }
    words
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let written = &text[start..end];
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    Word { term: stem(&written.to_lowercase().replace('’', "'")), start, end, capital }
}

/// The word without the endings of plural and possession.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if let Some(base) = word.strip_suffix("ies").filter(|b| b.len() > 1) {
        return format!("{base}y");
    }
    let keeps = word.len() <= 3 || ["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    let plural = word.strip_suffix('s').filter(|b| !keeps && b.ends_with(char::is_alphabetic));
    plural.unwrap_or(word).to_owned()
}

/// FNV-1a, folded to 32 bits: the table of rarity is written with it, so it never changes.
fn hash(term: &str) -> Term {
    let step = |h: u64, b: &u8| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = term.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ (hash >> 32)) as u32
}

fn day_number(date: jiff::civil::Date) -> i32 {
    // Two civil dates are always a number of days apart.
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |apart| apart.get_days())
}

fn digest(title: &str, body: &str) -> [u8; 16] {
    let whole = Sha256::new().chain_update(title).chain_update([0]).chain_update(body).finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;
    use crate::report::{Region, Text};

    fn terms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.term).collect()
    }

    #[test]
    fn words_lose_their_endings_and_numbers_keep_their_points() {
        let found = terms("The mayor’s 1,250 allies (Kestria's) lost 3.5% — twice, thus.");
        assert_eq!(found, ["the", "mayor", "1,250", "ally", "kestria", "lost", "3.5", "twice", "thus"]);
    }

    #[test]
    fn a_region_is_not_compared() {
        let mut given = report("a", None, "", "Subscribe to Meridia Post now.\nThe ferry sank.");
        let whole = Document::of(&given);
        let appeal = Span::new(0..30);
        given.regions = vec![Region { kind: RegionKind::Appeal, span: appeal }];
        let cut = Document::of(&given);
        assert!(whole.distinct().any(|t| t == hash("subscribe")));
        assert!(!cut.distinct().any(|t| t == hash("subscribe")));
        assert!(cut.distinct().any(|t| t == hash("ferry")));
    }

    #[test]
    fn a_title_in_the_text_counts_as_one() {
        let mut given = report("a", None, "", "Ferry sinks\n\nIt sank.");
        given.text = Text::new("Ferry sinks\n\nIt sank.");
        given.regions = vec![Region { kind: RegionKind::Title, span: Span::new(0..11) }];
        let mut expected = [hash("ferry"), hash("sink")];
        expected.sort_unstable();
        assert_eq!(Document::of(&given).title, expected);
    }

    #[test]
    fn names_in_a_row_are_a_term() {
        let document = Document::of(&report("a", None, "", "They met Ilse Verhaven. She left."));
        assert!(document.distinct().any(|t| t == hash("@ilse_verhaven")));
        assert!(!document.distinct().any(|t| t == hash("@verhaven_she")));
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let number = |d: &str| day_number(d.parse().expect("a date"));
        assert_eq!(number("1970-01-01"), 0);
        assert_eq!(number("2000-03-01") - number("2000-02-28"), 2);
        assert_eq!(number("2025-02-18"), 20_137);
    }
}
