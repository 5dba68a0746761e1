//! An attribution before it has spans.
//!
//! In: nothing. Out: [`Draft`], in tokens. It does not know how it was found.

use std::ops::Range;

use super::saying::is_saying;
use super::words::Words;

/// An attribution in tokens.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The words for whom it is given to.
    pub source: Vec<Range<usize>>,
    /// The words that attribute.
    pub cue: Vec<Range<usize>>,
    /// The words that are attributed.
    pub content: Vec<Range<usize>>,
    /// To or through whom it was told.
    pub via: Vec<Range<usize>>,
}

impl Draft {
    /// Whether the token is in its content.
    pub fn holds(&self, i: usize) -> bool {
        self.content.iter().any(|c| c.contains(&i))
    }

    /// Whether its cue is a verb of saying, or a mark.
    pub fn says(&self, words: &Words) -> bool {
        self.cue.iter().flat_map(Clone::clone).any(|i| is_saying(words.word(i)) || !words.is_word(i))
    }

    /// Whether it has a quotation in its content.
    pub fn quotes(&self, words: &Words) -> bool {
        self.content.iter().any(|c| c.clone().any(|i| words.quote_of(i).is_some()))
    }
}
