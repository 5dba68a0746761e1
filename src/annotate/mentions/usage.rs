//! How a report spells its words.
//!
//! In: the words of a report. Out: its [`Usage`]: what stands in lower case somewhere, what keeps its capital, and
//! which lines capitalise everything. It does not know what a word names.

use std::collections::BTreeSet;

use super::words::Word;
use crate::annotate::lexicon;

/// What the whole report says about the spelling of a word.
pub(super) struct Usage {
    /// Words that stand in lower case somewhere.
    lower: BTreeSet<String>,
    /// Words that are capitalised where not every word is.
    pub(super) capital: BTreeSet<String>,
    /// For each word, whether it stands in a line where every word is capitalised.
    pub(super) heading: Vec<bool>,
}

impl Usage {
    pub(super) fn of(words: &[Word]) -> Self {
        let heading = headings(words);
        let (mut lower, mut capital) = (BTreeSet::new(), BTreeSet::new());
        for (word, heading) in words.iter().zip(&heading) {
            if !word.capitalised() {
                lower.insert(word.text.to_owned());
            } else if !word.initial && !heading {
                capital.insert(word.text.to_owned());
            }
        }
        Usage { lower, capital, heading }
    }

    /// Whether a capital says nothing of this word: it stands in lower case too, or only where every word has one.
    pub(super) fn is_weak(&self, word: &Word) -> bool {
        self.holds_lower(&word.lower()) || !self.capital.contains(word.text)
    }

    /// Whether the word stands in lower case somewhere in the report.
    pub(super) fn holds_lower(&self, lower: &str) -> bool {
        self.lower.contains(lower)
    }

    /// Whether the capital of a word at the head of a sentence is only the sentence's.
    pub(super) fn is_plain(&self, word: &Word) -> bool {
        let lower = word.lower();
        if lexicon::is_common_word(&lower) {
            return true;
        }
        if self.capital.contains(word.text) {
            return false;
        }
        self.lower.contains(&lower) || word.pos.is_some_and(|pos| !pos.is_name())
    }
}

/// Lines of which most words are capitalised: a capital says nothing there.
fn headings(words: &[Word]) -> Vec<bool> {
    let mut marks = vec![false; words.len()];
    let mut start = 0;
    for end in 1..=words.len() {
        if words.get(end).is_some_and(|w| !w.gap.contains('\n')) {
            continue;
        }
        let line = words.get(start..end).unwrap_or_default();
        let long = line.iter().filter(|w| w.text.chars().count() >= 4);
        let capitalised = long.clone().filter(|w| w.capitalised()).count();
        let stopped = line.last().is_some_and(|w| w.stopped);
        // Five long words, four in five capitalised: a sentence of names alone is rarer than a headline.
        let title = !stopped && long.clone().count() >= 5 && capitalised * 5 >= long.count() * 4;
        let shouted =
            line.len() >= 4 && line.iter().all(|w| w.acronym() || !w.text.chars().any(char::is_lowercase));
        if title || shouted {
            marks.get_mut(start..end).into_iter().flatten().for_each(|mark| *mark = true);
        }
        start = end;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    #[test]
    fn a_capital_counts_only_where_not_every_word_has_one() {
        let words = scan("Great Boats Leave Quiet Harbours Today\nSailors met in Orvik. The boats left.");
        let usage = Usage::of(&words);
        let word = |text: &str| words.iter().find(|w| w.text == text).expect("a word");
        assert!(
            usage.is_weak(word("Boats")) && usage.is_weak(word("Quiet")) && usage.is_weak(word("Sailors"))
        );
        assert!(!usage.is_weak(word("Orvik")));
        assert_eq!(usage.heading.iter().filter(|h| **h).count(), 6);
    }
}
