//! Words and marks.
//!
//! In: a report's text. Out: its tokens, all tagged as nouns until `tagger` has run.

use super::{Pos, Token};
use crate::report::Report;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The tokens of `report`.
pub fn find(report: &Report) -> Vec<Token> {
    let text = report.text.as_str();
    let words = text.split_word_bound_indices().filter(|(_, w)| !w.trim().is_empty());
    words.map(|(i, w)| Token { span: Span::new(i..i + w.len()), pos: Pos::default() }).collect()
}
