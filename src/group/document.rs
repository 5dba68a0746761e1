//! The words of a report as they are counted.
//!
//! In: a [`Report`]. Out: a [`Document`]: each term of title and body once, with its count and where it stood. It does
//! not know how rare a term is elsewhere, nor any other report.

use std::hash::Hasher;

use fnv::FnvHasher;

use crate::report::{RegionKind, Report};
use crate::span::Span;

use super::limits;

/// A term: the hash of a word or of a pair of names. Collisions are rarer than misspellings.
pub(super) type Term = u32;

/// The terms of one report: title, body outside regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Words of title and body.
    pub(super) words: usize,
    /// Every term once, ascending.
    pub(super) terms: Vec<(Term, Count)>,
    /// The words of the title, in order.
    pub(super) title: Vec<Term>,
    /// The words at the head of the body, in order.
    pub(super) lead: Vec<Term>,
}

/// How often a term was seen, and as what.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    /// Occurrences; one in the title or the lead counts more.
    pub count: f32,
    /// Stands in the title.
    pub title: bool,
    /// Stands in the title or the lead.
    pub lead: bool,
    /// Is capitalised within a sentence.
    pub name: bool,
    /// Begins with a digit.
    pub number: bool,
    /// Two capitalised words in a row.
    pub pair: bool,
}

/// A word of a text as it is counted.
struct Word {
    form: String,
    term: Term,
    end: usize,
    start: usize,
    capital: bool,
}

impl Document {
    /// The document of `report`.
    pub fn of(report: &Report) -> Self {
        let title = title_of(report);
        let body = body_of(report);
        let (title_words, body_words) = (words(title), words(&body));
        let mut terms = Vec::with_capacity(title_words.len() + body_words.len() * 3 / 2);
        add(&mut terms, title, &title_words, true);
        add(&mut terms, &body, &body_words, false);
        // Counts are added in the order of the text, which keeps their sums the same to the last bit.
        terms.sort_by_key(|(term, _)| *term);
        terms.dedup_by(|(term, more), (same, count)| {
            let again = term == same;
            if again {
                count.add(more);
            }
            again
        });
        let in_order = |words: &[Word]| words.iter().map(|w| w.term).collect();
        Document {
            words: title_words.len() + body_words.len(),
            terms,
            title: in_order(&title_words),
            lead: in_order(&body_words[..body_words.len().min(limits::LEAD_WORDS)]),
        }
    }

    /// Every term of it once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = Term> + '_ {
        self.terms.iter().map(|(term, _)| *term)
    }
}

/// The headline, given apart or standing in the text.
pub(super) fn title_of(report: &Report) -> &str {
    let inside = || report.regions.iter().find(|r| r.kind == RegionKind::Title).map(|r| report.slice(r.span));
    report.title.as_deref().or_else(inside).unwrap_or("")
}

/// The text outside regions; a heading is part of what the report says.
pub(super) fn body_of(report: &Report) -> String {
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

impl Count {
    /// Counts `more` of the same term.
    fn add(&mut self, more: &Count) {
        self.count += more.count;
        self.title |= more.title;
        self.lead |= more.lead;
        self.name |= more.name;
        self.number |= more.number;
        self.pair |= more.pair;
    }
}

/// Adds each of `words`, and each two capitalised ones in a row, as they stand in `text`.
fn add(terms: &mut Vec<(Term, Count)>, text: &str, words: &[Word], title: bool) {
    for (i, word) in words.iter().enumerate() {
        let lead = title || i < limits::LEAD_WORDS;
        let worth = match (title, lead) {
            (true, _) => limits::TITLE_COUNT,
            (_, true) => 1.0 + limits::LEAD_COUNT,
            _ => 1.0,
        };
        let before = i.checked_sub(1).and_then(|p| words.get(p));
        let gap = before.and_then(|before| text.get(before.end..word.start)).unwrap_or("");
        // Every word of a headline may be capitalised, and so is the first of a sentence.
        let name = !title && word.capital && matches!(gap, " " | ", " | "; ");
        let number = word.form.starts_with(|c: char| c.is_ascii_digit());
        terms.push((word.term, Count { count: worth, title, lead, name, number, pair: false }));
        if let Some(before) = before.filter(|before| word.capital && before.capital && gap == " ") {
            let pair = hash_all(["@", &before.form, "_", &word.form]);
            let count = if title { worth } else { 1.0 };
            terms.push((pair, Count { count, title, lead, pair: true, ..Count::default() }));
        }
    }
}

/// The terms of the words of `text`, in order.
pub(super) fn terms_of(text: &str) -> impl Iterator<Item = Term> {
    words(text).into_iter().map(|w| w.term)
}

/// The terms of the words of `text`, in order, each with where it stands.
pub(super) fn placed_terms(text: &str) -> impl Iterator<Item = (Term, std::ops::Range<usize>)> {
    words(text).into_iter().map(|w| (w.term, w.start..w.end))
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
    let mut form = written.to_lowercase();
    if form.contains('’') {
        form = form.replace('’', "'");
    }
    stem(&mut form);
    Word { term: hash(&form), form, start, end, capital }
}

/// Takes the endings of plural and possession from a word.
fn stem(word: &mut String) {
    if word.ends_with("'s") {
        word.truncate(word.len() - 2);
    }
    if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
        return;
    }
    let keeps = word.len() <= 3 || ["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    if word.strip_suffix('s').is_some_and(|base| !keeps && base.ends_with(char::is_alphabetic)) {
        word.pop();
    }
}

/// FNV-1a, folded to 32 bits: the table of rarity is written with it, so it never changes.
pub(super) fn hash(term: &str) -> Term {
    hash_all([term])
}

/// The hash of `parts` in a row.
fn hash_all<const N: usize>(parts: [&str; N]) -> Term {
    let mut hasher = FnvHasher::default();
    parts.iter().for_each(|part| hasher.write(part.as_bytes()));
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;
    use crate::report::{Region, Text};

    fn terms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.form).collect()
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
        let document = Document::of(&given);
        let titled: Vec<Term> = document.terms.iter().filter(|(_, c)| c.title).map(|(t, _)| *t).collect();
        let mut expected = [hash("ferry"), hash("sink")];
        expected.sort_unstable();
        assert_eq!(titled, expected);
    }

    #[test]
    fn names_in_a_row_are_a_term() {
        let document = Document::of(&report("a", None, "", "They met Ilse Verhaven. She left."));
        assert!(document.distinct().any(|t| t == hash("@ilse_verhaven")));
        assert!(!document.distinct().any(|t| t == hash("@verhaven_she")));
    }
}
