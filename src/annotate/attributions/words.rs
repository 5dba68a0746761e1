//! The words of a report as the finder of attributions walks over them.
//!
//! In: tokens, quotes and mentions. Out: [`Words`], in which a stretch between quotation marks can be stepped over as
//! one thing. It does not know sentences, nor what a word means.

use std::ops::Range;

use super::super::{Annotations, EntityKind, Pos};
use crate::report::Report;
use crate::span::Span;

/// A quote, in tokens.
#[derive(Clone, Debug)]
pub struct QuoteWords {
    /// With its marks.
    pub tokens: Range<usize>,
    /// Whether it goes on from a quote that the paragraph before left open.
    pub continues: bool,
}

/// The tokens of a report with their words in lower case and the outermost quote that each stands in.
pub struct Words<'a> {
    text: &'a str,
    layers: &'a Annotations,
    lower: Vec<String>,
    quote: Vec<Option<usize>>,
    /// The outermost quotes, in order.
    pub quotes: Vec<QuoteWords>,
}

impl<'a> Words<'a> {
    /// The words of `report`.
    pub fn new(report: &'a Report, layers: &'a Annotations) -> Self {
        let text = report.text.as_str();
        let lower = layers.tokens.iter().map(|t| t.span.of(text).to_lowercase().replace('’', "'")).collect();
        let mut quote = vec![None; layers.tokens.len()];
        let mut quotes = Vec::new();
        let mut free_from = 0;
        for q in layers.quotes.iter().filter(|q| !q.nested) {
            let tokens = layers.tokens_in(q.outer);
            if tokens.is_empty() || tokens.start < free_from {
                continue;
            }
            free_from = tokens.end;
            quote[tokens.clone()].fill(Some(quotes.len()));
            quotes.push(QuoteWords { tokens, continues: q.continues });
        }
        Words { text, layers, lower, quote, quotes }
    }

    /// The word at `i` in lower case; empty outside the text.
    pub fn word(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", |w| w)
    }

    /// Its part of speech; a mark outside the text.
    pub fn pos(&self, i: usize) -> Pos {
        self.layers.tokens.get(i).map_or(Pos::Punct, |t| t.pos)
    }

    /// The word at `i` as it stands there.
    pub fn raw(&self, i: usize) -> &str {
        self.layers.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// Whether it begins with a capital letter.
    pub fn capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the last of `tokens` ends the name of a person.
    pub fn ends_in_person(&self, tokens: &Range<usize>) -> bool {
        let span = self.span(tokens);
        self.layers.mentions_in(span).any(|m| m.of == EntityKind::Person && m.span.end == span.end)
    }

    /// Whether it is a word at all, not a mark.
    pub fn is_word(&self, i: usize) -> bool {
        self.raw(i).chars().any(char::is_alphanumeric)
    }

    /// Whether it is one of `words`.
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// The quote that the token stands in.
    pub fn quote_of(&self, i: usize) -> Option<&QuoteWords> {
        self.quote.get(i).copied().flatten().and_then(|q| self.quotes.get(q))
    }

    /// The quote that begins at `i`.
    pub fn quote_from(&self, i: usize) -> Option<&QuoteWords> {
        self.quote_of(i).filter(|q| q.tokens.start == i)
    }

    /// The quote whose last token is the one before `i`.
    pub fn quote_before(&self, i: usize) -> Option<&QuoteWords> {
        i.checked_sub(1).and_then(|i| self.quote_of(i)).filter(|q| q.tokens.end == i)
    }

    /// The position after the token, or after the quote that begins there.
    pub fn next(&self, i: usize) -> usize {
        self.quote_from(i).map_or(i + 1, |q| q.tokens.end.max(i + 1))
    }

    /// The last word inside a quote with the mark after it: whether it ends a sentence.
    pub fn ends_sentence(&self, quote: &QuoteWords) -> bool {
        let last = quote.tokens.clone().rev().find(|i| !is_mark_of_quotation(self.raw(*i)));
        last.is_some_and(|i| self.raw(i).ends_with(['.', '!', '?', '…']))
    }

    /// Whether the quote ends with a mark that ends a clause: a comma or what ends a sentence.
    pub fn ends_clause(&self, quote: &QuoteWords) -> bool {
        let last = quote.tokens.clone().rev().find(|i| !is_mark_of_quotation(self.raw(*i)));
        last.is_some_and(|i| self.raw(i) == ",") || self.ends_sentence(quote)
    }

    /// The span of `tokens`, which are not empty.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        let at = |i: usize| self.layers.tokens.get(i).map_or(Span::default(), |t| t.span);
        at(tokens.start).cover(at(tokens.end.saturating_sub(1).max(tokens.start)))
    }
}

/// Whether `mark` opens or closes a quotation.
pub fn is_mark_of_quotation(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "‘" | "’" | "'" | "''" | "``")
}
