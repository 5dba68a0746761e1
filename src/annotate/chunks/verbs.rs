//! Verb groups.
//!
//! In: tagged tokens. Out: the verb with its auxiliaries: "has not been invited", "would be ready", "to sign". It
//! does not see an auxiliary that its subject parts from it ("has Norway signed?").

use std::ops::Range;

use crate::annotate::{Annotations, Pos};
use crate::report::Report;

/// A verb with its auxiliaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// From its first auxiliary (or "to", or "not") to its verb, as tokens.
    pub range: Range<usize>,
    /// The verb that says what is done.
    pub head: usize,
    /// The modal: "would".
    pub modal: Option<usize>,
    /// Whether "not", "n't" or "never" stands in it.
    pub negated: bool,
    /// Whether its subject undergoes it: "was invited", and a participle alone.
    pub passive: bool,
    /// When it puts what it tells.
    pub tense: Tense,
}

/// When a verb group puts what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// "met", "was meeting", "had met".
    Past,
    /// "has met".
    Perfect,
    /// "meets", "is meeting".
    Present,
    /// "will meet", "'ll meet", "shall meet".
    Future,
    /// Any other modal: "would meet", "could have met".
    Conditional,
    /// "to meet".
    Infinitive,
    /// "meeting", "met by": a participle alone.
    Participle,
    /// A base form alone: an imperative, "let them meet".
    Base,
}

impl Tense {
    /// Whether it has a subject of its own.
    pub fn is_finite(self) -> bool {
        !matches!(self, Tense::Infinitive | Tense::Participle | Tense::Base)
    }
}

/// Which auxiliary a word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Auxiliary {
    Be,
    Have,
    Do,
}

fn auxiliary(word: &str, pos: Pos) -> Option<Auxiliary> {
    let lower = word.to_lowercase().replace('’', "'");
    Some(match lower.as_str() {
        "be" | "am" | "is" | "are" | "was" | "were" | "been" | "being" | "'m" | "'re" | "get" | "gets"
        | "got" => Auxiliary::Be,
        "'s" if pos.is_verb() => Auxiliary::Be,
        "have" | "has" | "had" | "having" | "'ve" => Auxiliary::Have,
        "'d" if pos.is_verb() => Auxiliary::Have,
        "do" | "does" | "did" => Auxiliary::Do,
        _ => return None,
    })
}

impl Annotations {
    /// The verb group that holds `token`, which may be its verb or one of its auxiliaries.
    pub fn verb_group_at(&self, report: &Report, token: usize) -> Option<VerbGroup> {
        let pos = self.pos_at(token);
        if !(pos.is_verb() || matches!(pos, Pos::MD | Pos::TO)) {
            return None;
        }
        let window = self.window(token);
        let head = self.head_from(report, token, window.end)?;
        let start = self.group_start(report, head, window.start);
        (start <= token).then(|| self.describe(report, start..head + 1))
    }

    /// The verb that the auxiliaries from `token` on lead to.
    fn head_from(&self, report: &Report, token: usize, limit: usize) -> Option<usize> {
        let mut head = token;
        loop {
            let next = (head + 1..limit).take(5).find(|i| !self.is_adverb(*i));
            match next.filter(|next| self.leads(report, head, *next)) {
                Some(next) => head = next,
                None => return self.pos_at(head).is_verb().then_some(head),
            }
        }
    }

    fn is_adverb(&self, token: usize) -> bool {
        matches!(self.pos_at(token), Pos::RB | Pos::RBR | Pos::RBS)
    }

    /// Whether `next` can follow `auxiliary` in one group.
    fn leads(&self, report: &Report, token: usize, next: usize) -> bool {
        let (pos, form) = (self.pos_at(token), self.pos_at(next));
        let base = matches!(form, Pos::VB | Pos::VBP);
        if matches!(pos, Pos::MD | Pos::TO) {
            return base;
        }
        match auxiliary(self.word_at(report, token), pos).filter(|_| pos.is_verb()) {
            // A past tense right after "have" or "be" is a participle with the wrong tag.
            Some(Auxiliary::Be) => matches!(form, Pos::VBN | Pos::VBG | Pos::VBD),
            Some(Auxiliary::Have) => matches!(form, Pos::VBN | Pos::VBD),
            Some(Auxiliary::Do) => base,
            None => false,
        }
    }

    fn group_start(&self, report: &Report, head: usize, limit: usize) -> usize {
        let mut start = head;
        loop {
            let before = (limit..start).rev().take(5).find(|i| !self.is_adverb(*i));
            match before.filter(|before| self.leads(report, *before, start)) {
                Some(before) => start = before,
                None => break,
            }
        }
        // "not to sign", "never signed".
        let negation = start.checked_sub(1).filter(|i| *i >= limit && self.negates(report, *i));
        negation.unwrap_or(start)
    }

    fn negates(&self, report: &Report, token: usize) -> bool {
        let word = self.word_at(report, token);
        ["not", "n't", "n’t", "never"].iter().any(|n| word.eq_ignore_ascii_case(n))
    }

    fn describe(&self, report: &Report, range: Range<usize>) -> VerbGroup {
        let head = range.end - 1;
        let verbs: Vec<usize> = range.clone().filter(|i| !self.is_adverb(*i)).collect();
        let modal = verbs.first().copied().filter(|i| self.pos_at(*i) == Pos::MD);
        let last = verbs.iter().rev().nth(1).map(|i| (self.word_at(report, *i), self.pos_at(*i)));
        let aux = last.filter(|(_, pos)| pos.is_verb()).and_then(|(word, pos)| auxiliary(word, pos));
        let participle = matches!(self.pos_at(head), Pos::VBN | Pos::VBD);
        let alone = verbs.len() == 1 && self.pos_at(head) == Pos::VBN;
        VerbGroup {
            head,
            modal,
            negated: range.clone().any(|i| self.negates(report, i)),
            passive: alone || (participle && aux == Some(Auxiliary::Be)),
            tense: self.tense(report, &verbs),
            range,
        }
    }

    fn tense(&self, report: &Report, verbs: &[usize]) -> Tense {
        let Some(first) = verbs.first().copied() else { return Tense::Base };
        let word = self.word_at(report, first);
        match self.pos_at(first) {
            Pos::MD if is_future(word) => Tense::Future,
            Pos::MD => Tense::Conditional,
            Pos::TO => Tense::Infinitive,
            Pos::VBD => Tense::Past,
            Pos::VBZ | Pos::VBP if verbs.len() > 1 && auxiliary(word, Pos::VBZ) == Some(Auxiliary::Have) => {
                Tense::Perfect
            }
            Pos::VBZ | Pos::VBP => Tense::Present,
            Pos::VBN | Pos::VBG => Tense::Participle,
            _ => Tense::Base,
        }
    }
}

fn is_future(modal: &str) -> bool {
    ["will", "wo", "shall", "sha", "'ll", "’ll"].iter().any(|m| modal.eq_ignore_ascii_case(m))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{tagged, words};
    use super::*;

    #[track_caller]
    fn group(text: &str, token: usize) -> (String, VerbGroup) {
        let (report, layers) = tagged(text);
        let group = layers.verb_group_at(&report, token).expect("a verb group");
        (words(&report, &layers, group.range.clone()).join(" "), group)
    }

    #[test]
    fn a_passive_perfect_that_is_denied() {
        let text = "Norway/NNP has/VBZ not/RB yet/RB been/VBN invited/VBN to/IN talks/NNS";
        for token in [1, 4, 5] {
            let (words, group) = group(text, token);
            assert_eq!(words, "has not yet been invited");
            assert_eq!((group.head, group.modal, group.tense), (5, None, Tense::Perfect));
            assert!(group.negated && group.passive);
        }
    }

    #[test]
    fn modals_and_infinitives() {
        let text = "it/PRP would/MD be/VB ready/JJ to/TO sign/VB but/CC wo/MD n't/RB pay/VB";
        let (words, first) = group(text, 1);
        assert_eq!((words.as_str(), first.modal, first.tense), ("would be", Some(1), Tense::Conditional));
        let (words, second) = group(text, 5);
        assert_eq!((words.as_str(), second.tense, second.passive), ("to sign", Tense::Infinitive, false));
        let (words, third) = group(text, 9);
        assert_eq!((words.as_str(), third.tense, third.negated), ("wo n't pay", Tense::Future, true));
    }

    #[test]
    fn simple_tenses() {
        let (_, met) = group("they/PRP met/VBD", 1);
        assert_eq!((met.tense, met.passive, met.range), (Tense::Past, false, 1..2));
        let (_, invited) = group("guests/NNS invited/VBN by/IN her/PRP", 1);
        assert_eq!((invited.tense, invited.passive), (Tense::Participle, true));
        let (words, had) = group("they/PRP had/VBD been/VBN meeting/VBG", 2);
        assert_eq!((words.as_str(), had.tense, had.passive), ("had been meeting", Tense::Past, false));
    }

    #[test]
    fn what_is_no_verb_has_no_group() {
        let (report, layers) = tagged("the/DT deal/NN to/TO");
        assert!((0..5).all(|i| layers.verb_group_at(&report, i).is_none()));
    }
}
