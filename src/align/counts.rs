//! Which numbers does a stretch name that are no quantities?
//!
//! In: an account and spans of it. Out: its [`Counts`]: the numbers that stand outside of quantities and times ("52 of the
//! 175 seats", "by 88 votes to 85", "5-2"), and the nouns of which it tells one more ("a third person has died"). It does not
//! know what they count: only that two stretches which name other numbers do not state the same.

use std::collections::BTreeSet;

use super::Account;
use crate::annotate::{Pos, Quantity, ordinal_word, value_of_word};
use crate::span::Span;

/// The numbers of a stretch that no quantity holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Each as it would be written in digits; "52 of the 175" is one.
    loose: BTreeSet<String>,
    /// The lemmas of what one more is told of.
    further: BTreeSet<String>,
}

impl Counts {
    /// Those of `spans`.
    pub fn of(account: &Account, spans: &[Span]) -> Self {
        let words = Words { account };
        let mut counts = Counts::default();
        for span in spans {
            let tokens = account.layers.tokens_in(*span);
            let mut i = tokens.start;
            while i < tokens.end {
                counts.further.extend(words.further(i).filter(|_| i + 1 < tokens.end));
                let Some(number) = words.loose(i) else {
                    i += 1;
                    continue;
                };
                let whole = words.after_of(i).filter(|j| *j < tokens.end);
                let part = whole.and_then(|j| Some((format!("{number} of {}", words.number(j)?), j)));
                let (number, last) = part.unwrap_or((number, i));
                counts.loose.insert(number);
                i = last + 1;
            }
        }
        counts
    }

    /// Whether there are several, as in "five to two": one alone does not say of what it is.
    pub fn has_several(&self) -> bool {
        self.loose.len() > 1
    }

    /// Whether the one names numbers that the other does not, and the other as well.
    pub fn contradict(&self, other: &Counts) -> bool {
        !self.loose.is_subset(&other.loose) && !other.loose.is_subset(&self.loose)
    }

    /// Whether it tells one more of what `quantities` give the number of: "a third person" beside "two people".
    pub fn add_to(&self, quantities: &[Quantity]) -> bool {
        quantities.iter().any(|q| self.further.contains(&q.unit))
    }
}

/// Whether a word tells one more of what was counted before: "another", "further", "third".
pub fn counts_on(word: &str) -> bool {
    matches!(word, "another" | "further") || ordinal_word(word).is_some_and(|n| n > 1)
}

/// One of people.
const PERSONS: &[&str] = &["person", "victim", "man", "woman", "child", "death", "fatality"];

struct Words<'a> {
    account: &'a Account,
}

impl Words<'_> {
    fn pos(&self, i: usize) -> Pos {
        self.account.layers.tokens[i].pos
    }

    /// The number at token `i`, in digits.
    fn number(&self, i: usize) -> Option<String> {
        let word = self.account.word(i);
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        let spelled = || value_of_word(word).map(|n| n.to_string());
        let written = || word.replace(['–', '—', '‑'], "-").replace(',', "");
        if digits { Some(without_noun(written())) } else { spelled() }
    }

    /// The number at token `i`, where it belongs to no quantity and to no time.
    fn loose(&self, i: usize) -> Option<String> {
        let layers = &self.account.layers;
        let span = layers.tokens[i].span;
        let taken = layers.quantities.iter().any(|q| q.number.overlaps(span)) || layers.time_at(span.start);
        // "one" is as often a pronoun.
        let numeral =
            self.pos(i) == Pos::CD || self.account.word(i).starts_with(|c: char| c.is_ascii_digit());
        let counts = !taken && numeral && self.account.word(i) != "one" && !self.is_age(i);
        counts.then(|| self.number(i)).flatten()
    }

    /// Whether the number at token `i` is somebody's age: "Ann Hale, 51, said".
    fn is_age(&self, i: usize) -> bool {
        let mark = |j: usize| matches!(self.account.word(j), "," | "." | ";");
        i > 1 && mark(i - 1) && mark(i + 1) && self.pos(i - 2).is_name()
    }

    /// The token of the number in "of the 175" behind token `i`.
    fn after_of(&self, i: usize) -> Option<usize> {
        let tokens = self.account.layers.tokens.len();
        let is = |j: usize, words: &[&str]| j < tokens && words.contains(&self.account.word(j));
        let of = Some(i + 1).filter(|j| is(*j, &["of"]))?;
        Some(if is(of + 1, &["the", "its", "their", "his", "her"]) { of + 2 } else { of + 1 })
            .filter(|j| *j < tokens)
    }

    /// What "another" and "a third" are told of at token `i`.
    fn further(&self, i: usize) -> Option<String> {
        let word = self.account.word(i);
        self.account.layers.tokens.get(i + 1).filter(|t| counts_on(word) && t.pos.is_noun())?;
        let counted = self.account.lemma_at(i + 1).to_owned();
        Some(if PERSONS.contains(&counted.as_str()) { "people".to_owned() } else { counted })
    }
}

/// "7.1-magnitude" without its noun.
fn without_noun(written: String) -> String {
    let noun = written.find('-').filter(|at| written[at + 1..].starts_with(char::is_alphabetic));
    noun.map_or(written.clone(), |at| written[..at].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::testing::accounts;

    fn counts(text: &str) -> Counts {
        let account = accounts(&[text]).remove(0);
        Counts::of(&account, &[account.layers.sentences[0].span])
    }

    fn loose(numbers: &[&str]) -> Counts {
        Counts { loose: numbers.iter().map(|n| (*n).to_owned()).collect(), ..Counts::default() }
    }

    #[test]
    fn other_numbers_contradict_and_fewer_do_not() {
        assert!(loose(&["5-2"]).contradict(&loose(&["6-1"])));
        assert!(loose(&["2 of 3"]).contradict(&loose(&["3"])));
        assert!(!loose(&["5-2"]).contradict(&loose(&["5-2", "12"])));
        assert!(!loose(&[]).contradict(&loose(&["5-2"])));
    }

    #[test]
    fn a_numeral_in_a_compound_is_a_number() {
        assert_eq!(without_noun("7.1-magnitude".to_owned()), "7.1");
        assert_eq!(without_noun("5-2".to_owned()), "5-2");
    }

    #[test]
    fn an_age_beside_a_name_counts_nothing() {
        assert_eq!(counts("Ann Hale, 51, won the vote."), loose(&[]));
        assert_eq!(counts("Ann Hale won the vote, 51 to 40."), loose(&["51", "40"]));
    }

    #[test]
    fn one_more_adds_to_a_number() {
        let account = accounts(&["Two people have died."]).remove(0);
        assert!(counts("A third person has died.").add_to(&account.layers.quantities));
        assert!(!counts("The third ferry has sunk.").add_to(&account.layers.quantities));
    }
}
