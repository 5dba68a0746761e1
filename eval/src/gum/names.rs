//! Which of GUM's mentions are names, and which of their words.
//!
//! In: a document. Out: its names: of each mention whose head is a proper noun, the run of proper nouns about the
//! head; a name within a name is not told apart. The same rule makes the names that the networks are trained on
//! (`training/corpora.py`). It does not know which kinds are told apart.

use std::ops::Range;

use super::{Document, Mention};

/// The kinds of mentions that can be names; dates, animals, plants and substances are left out.
const NAMED: [&str; 6] = ["person", "organization", "place", "event", "object", "abstract"];

impl Document {
    /// The words of its names and what is named, in order.
    pub fn names(&self) -> Vec<(Range<usize>, &str)> {
        let name = |mention| self.name_in(mention).map(|words| (words, mention.kind.as_str()));
        let mut found: Vec<_> = self.mentions.iter().filter_map(name).collect();
        // The outer of two stays; of two mentions of the same words the later one is the outer.
        found.reverse();
        found.sort_by_key(|(words, _)| (words.start, usize::MAX - words.end));
        let mut end = 0;
        found.retain(|(words, _)| {
            let outer = words.start >= end;
            end = end.max(words.end);
            outer
        });
        found
    }

    /// The name that a mention is, if it is one.
    pub fn name_in(&self, mention: &Mention) -> Option<Range<usize>> {
        let head = self.head(mention).filter(|head| self.words[*head].is_name())?;
        if !NAMED.contains(&mention.kind.as_str()) {
            return None;
        }
        let proper = |word: usize| self.words[word].is_name();
        let before = mention.words.start..head;
        let start = before.rev().take_while(|word| proper(*word)).last().unwrap_or(head);
        let (mut last, within) = (head, |word: usize| mention.words.contains(&word));
        while within(last + 1) {
            // "University of Oslo", "Title 42": a name goes on over a preposition and with a number.
            let over = &self.words[last + 1];
            let step = if over.tag == "IN" && over.relation == "case" && within(last + 2) { 2 } else { 1 };
            let goes_on = proper(last + step) || (step == 1 && over.tag == "CD");
            if !goes_on {
                break;
            }
            last += step;
        }
        Some(start..last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;

    fn names(lines: &str) -> Vec<(String, String)> {
        let document = document(lines);
        let names = document.names().into_iter();
        names
            .map(|(words, kind)| (document.span(words).of(&document.text).to_owned(), kind.to_owned()))
            .collect()
    }

    fn name(words: &str, kind: &str) -> (String, String) {
        (words.to_owned(), kind.to_owned())
    }

    #[test]
    fn a_name_goes_on_over_a_preposition_and_holds_the_names_within() {
        let lines = "the DT 2 det Entity=(1-organization-x\nUniversity NNP 5 nsubj _\nof IN 4 case _\n\
                     Oslo NNP 2 nmod Entity=(2-place-x)1)\nopened VBD 0 root _";
        assert_eq!(names(lines), [name("University of Oslo", "organization")]);
    }

    #[test]
    fn what_no_proper_noun_heads_is_no_name() {
        let lines = "the DT 3 det Entity=(1-person-x\nOslo NNP 3 compound Entity=(2-place-x)\n\
                     mayor NN 4 nsubj Entity=1)\nleft VBD 0 root _\nMonday NNP 4 obl Entity=(3-time-x)";
        assert_eq!(names(lines), [name("Oslo", "place")]);
    }

    #[test]
    fn a_number_belongs_to_a_name_and_a_clause_does_not() {
        let lines = "Title NNP 5 nsubj Entity=(1-object-x\n42 CD 1 nummod _\nthat WDT 4 nsubj _\n\
                     lapsed VBD 1 acl:relcl Entity=1)\nended VBD 0 root _";
        assert_eq!(names(lines), [name("Title 42", "object")]);
    }

    #[test]
    fn of_two_mentions_in_the_same_words_the_outer_says_the_kind() {
        let lines = "Oslo NNP 2 nsubj Entity=(1-organization-x(2-place-x))\nagreed VBD 0 root _";
        assert_eq!(names(lines), [name("Oslo", "organization")]);
    }
}
