//! Noun phrases.
//!
//! In: tagged tokens. Out: the phrase around a token: determiner, adjectives, nouns, names, possessives ("Norway's
//! new prime minister"), without what follows its head. It does not join phrases by "and" or "of" by itself.

use std::ops::Range;

use crate::annotate::{Annotations, Pos};
use crate::report::Report;

impl Annotations {
    /// The noun phrase that holds `token`.
    pub fn noun_phrase_containing(&self, token: usize) -> Option<Range<usize>> {
        let window = self.window(token);
        let member = |i: &usize| is_member(self.pos_at(*i)) || self.joins(*i);
        let start = (window.start..token).rev().take_while(member).last().unwrap_or(token);
        let mut at = start;
        while at <= token {
            match self.noun_phrase_from(at, window.end) {
                Some(phrase) if phrase.contains(&token) => return Some(phrase),
                Some(phrase) => at = phrase.end,
                None => at += 1,
            }
        }
        None
    }

    /// The noun phrase, or the part of one, whose last token is `token`.
    pub fn noun_phrase_ending_at(&self, token: usize) -> Option<Range<usize>> {
        let phrase = self.noun_phrase_containing(token)?;
        is_head(self.pos_at(token)).then_some(phrase.start..token + 1)
    }

    /// The noun phrase, or the part of one, whose first token is `token`.
    pub fn noun_phrase_starting_at(&self, token: usize) -> Option<Range<usize>> {
        let phrase = self.noun_phrase_containing(token)?;
        Some(token..phrase.end)
    }

    /// `phrase` with the phrases that "of" attaches to it: "the head of the agency of the city".
    pub fn with_of(&self, report: &Report, phrase: Range<usize>) -> Range<usize> {
        let mut end = phrase.end;
        for _ in 0..3 {
            let attached = Some(end).filter(|i| self.word_at(report, *i) == "of");
            match attached.and_then(|of| self.noun_phrase_starting_at(of + 1)) {
                Some(next) => end = next.end,
                None => break,
            }
        }
        phrase.start..end
    }

    /// The phrase that begins at `at`.
    fn noun_phrase_from(&self, at: usize, limit: usize) -> Option<Range<usize>> {
        let first = self.pos_at(at);
        if matches!(first, Pos::PRP | Pos::EX) {
            return Some(at..at + 1);
        }
        let mut end = None;
        let mut headed = false;
        let mut i = at;
        while i < limit {
            let pos = self.pos_at(i);
            let belongs = match pos {
                Pos::DT | Pos::PRPS | Pos::PDT => {
                    i == at || self.pos_at(i - 1) == Pos::PDT || self.pos_at(i - 1) == Pos::DT
                }
                Pos::NN | Pos::NNS | Pos::NNP | Pos::NNPS | Pos::CD | Pos::SYM | Pos::FW => true,
                Pos::JJ | Pos::JJR | Pos::JJS => !headed || self.before_noun(i, limit),
                Pos::VBN | Pos::VBG => i > at && !headed && self.before_noun(i, limit),
                Pos::RB | Pos::RBR | Pos::RBS => i > at && !headed && self.before_adjective(i),
                Pos::POS => {
                    headed
                        && (self.before_noun(i, limit)
                            || self.before_adjective(i)
                            || self.before_adjective(i + 1))
                }
                _ => i > at && !headed && self.joins(i),
            };
            if !belongs {
                break;
            }
            headed = (headed && pos != Pos::POS) || pos.is_noun() || pos == Pos::CD;
            if is_head(pos)
                || (matches!(pos, Pos::DT | Pos::PDT) && i == at)
                || (pos.is_adjective() && first == Pos::DT)
            {
                end = Some(i + 1);
            }
            i += 1;
        }
        // "this", "those" stand alone; "the" does not.
        end.map(|end| at..end).filter(|phrase| phrase.len() > 1 || first != Pos::PRPS)
    }

    /// Whether a noun follows `i` with only adjectives, adverbs, numbers and participles between them.
    fn before_noun(&self, i: usize, limit: usize) -> bool {
        let follows = |pos: Pos| {
            pos.is_adjective()
                || matches!(pos, Pos::CD | Pos::VBN | Pos::VBG | Pos::RBS | Pos::SYM | Pos::POS)
        };
        let next = (i + 1..limit).take(6).map(|i| self.pos_at(i)).find(|p| !follows(*p));
        next.is_some_and(Pos::is_noun)
    }

    fn before_adjective(&self, i: usize) -> bool {
        let next = self.pos_at(i + 1);
        next.is_adjective() || matches!(next, Pos::VBN | Pos::VBG | Pos::CD)
    }

    /// "economic and financial aid", "a long, hard winter": a conjunction or mark between two adjectives.
    fn joins(&self, i: usize) -> bool {
        let between = i > 0 && self.pos_at(i - 1).is_adjective() && self.pos_at(i + 1).is_adjective();
        matches!(self.pos_at(i), Pos::CC | Pos::Punct) && between
    }
}

/// Whether a token of this sort can stand in a noun phrase.
fn is_member(pos: Pos) -> bool {
    let before = matches!(pos, Pos::DT | Pos::PDT | Pos::PRPS | Pos::POS | Pos::VBN | Pos::VBG);
    let adverb = matches!(pos, Pos::RB | Pos::RBR | Pos::RBS);
    before || adverb || pos.is_adjective() || is_head(pos) || pos == Pos::SYM
}

/// Whether a noun phrase can end with a token of this sort.
fn is_head(pos: Pos) -> bool {
    pos.is_noun() || matches!(pos, Pos::CD | Pos::PRP | Pos::EX | Pos::FW)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{tagged, words};

    #[track_caller]
    fn check(text: &str, token: usize, expected: &str) {
        let (report, layers) = tagged(text);
        let phrase = layers.noun_phrase_containing(token).map(|p| words(&report, &layers, p).join(" "));
        assert_eq!(phrase.unwrap_or_default(), expected);
    }

    #[test]
    fn phrases_hold_what_stands_before_their_head() {
        let text = "Norway/NNP 's/POS newly/RB elected/VBN prime/JJ minister/NN met/VBD the/DT two/CD envoys/NNS ./Punct";
        check(text, 0, "Norway 's newly elected prime minister");
        check(text, 4, "Norway 's newly elected prime minister");
        check(text, 8, "the two envoys");
        check(text, 6, "");
        check("a/DT long/JJ ,/Punct hard/JJ winter/NN", 1, "a long , hard winter");
        check("Norway/NNP and/CC the/DT union/NN", 0, "Norway");
        check("she/PRP gave/VBD him/PRP the/DT key/NN", 2, "him");
    }

    #[test]
    fn of_attaches_on_request() {
        let (report, layers) = tagged("the/DT head/NN of/IN the/DT agency/NN said/VBD");
        let phrase = layers.noun_phrase_ending_at(1).expect("a phrase ends there");
        assert_eq!(phrase, 0..2);
        assert_eq!(layers.with_of(&report, phrase), 0..5);
        assert_eq!(layers.noun_phrase_starting_at(4), Some(4..5));
        assert_eq!(layers.noun_phrase_ending_at(5), None);
    }

    #[test]
    fn hostile_input_ends() {
        let (_, layers) = tagged(&"the/DT big/JJ and/CC ".repeat(3000));
        for token in 0..layers.tokens.len() + 2 {
            layers.noun_phrase_containing(token);
        }
    }
}
