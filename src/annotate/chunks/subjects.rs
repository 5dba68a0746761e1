//! Subjects.
//!
//! In: tagged tokens. Out: the noun phrase that does what a verb tells. It does not know agreement or meaning; where
//! another verb or an unmatched comma stands between, it says nothing.

use std::ops::Range;

use super::verbs::Tense;
use crate::annotate::{Annotations, Pos};
use crate::report::Report;

/// Prepositions that also begin clauses: a noun phrase after them may be a subject.
const CLAUSE: [&str; 16] = [
    "that", "if", "because", "while", "as", "after", "before", "since", "although", "though", "whether",
    "unless", "until", "when", "where", "than",
];

/// Words that begin a clause or stand before a time.
const SINCE: [&str; 4] = ["since", "until", "before", "after"];

/// How many verbs one subject is followed back over ("he came, saw and won").
const CHAIN: usize = 3;

impl Annotations {
    /// The subject of the verb at `verb`, which stands to its left in the same clause. A relative pronoun gives
    /// what it stands for, a verb after "and" the subject of the verb before, an infinitive that of its verb.
    pub fn clause_subject(&self, report: &Report, verb: usize) -> Option<Range<usize>> {
        let mut verb = verb;
        for _ in 0..CHAIN {
            match self.step(report, verb)? {
                Step::Subject(subject) => return Some(subject),
                Step::Verb(before) => verb = before,
            }
        }
        None
    }

    fn step(&self, report: &Report, verb: usize) -> Option<Step> {
        let group = self.verb_group_at(report, verb)?;
        let start = self.window(group.head).start;
        let left = self.skip_adverbs(group.range.start, start)?;
        if group.tense == Tense::Infinitive {
            return self.pos_at(left).is_verb().then_some(Step::Verb(left));
        }
        if !group.tense.is_finite() && self.pos_at(left) != Pos::CC {
            return None;
        }
        match self.pos_at(left) {
            Pos::CC => self.verb_before(report, left, start).map(Step::Verb),
            Pos::WP | Pos::WDT => self.antecedent(report, left, start).map(Step::Subject),
            Pos::Punct if self.word_at(report, left) == "," => self.before_aside(report, left, start),
            Pos::IN if self.word_at(report, left) == "that" => {
                self.antecedent(report, left, start).map(Step::Subject)
            }
            _ => self.phrase_left_of(report, left, start, true).map(Step::Subject),
        }
    }

    /// The last token before `at` that is not an adverb.
    fn skip_adverbs(&self, at: usize, limit: usize) -> Option<usize> {
        (limit..at).rev().find(|i| !matches!(self.pos_at(*i), Pos::RB | Pos::RBR | Pos::RBS))
    }

    /// The phrase that ends at `at`, or, where prepositions attach phrases to it, the one before them.
    fn phrase_left_of(
        &self,
        report: &Report,
        at: usize,
        limit: usize,
        next_to_verb: bool,
    ) -> Option<Range<usize>> {
        let phrase = self.noun_phrase_ending_at(at)?;
        let Some(before) = phrase.start.checked_sub(1).filter(|i| *i >= limit) else { return Some(phrase) };
        let word = self.word_at(report, before).to_lowercase();
        match self.pos_at(before) {
            Pos::IN if SINCE.contains(&word.as_str()) && self.is_time(report, &phrase) => None,
            Pos::IN | Pos::WRB if CLAUSE.contains(&word.as_str()) => next_to_verb.then_some(phrase),
            Pos::IN | Pos::TO => {
                let left = before.checked_sub(1).filter(|i| *i >= limit)?;
                self.phrase_left_of(report, left, limit, false)
            }
            // "A and B said": the nearer of the two would be half the subject.
            Pos::CC => self.joined(report, phrase, before, limit),
            // "told Anna Moe said", "kept the door shut": a phrase right after a verb is its object, unless the verb says.
            pos if pos.is_verb() => next_to_verb.then_some(phrase),
            _ => Some(phrase),
        }
    }

    /// "not spoken since the winter": a time after such a word is no subject.
    fn is_time(&self, report: &Report, phrase: &Range<usize>) -> bool {
        let Some(last) = phrase.end.checked_sub(1).and_then(|i| self.tokens.get(i)) else { return false };
        let season = ["winter", "spring", "summer", "autumn", "fall", "war"];
        self.times.iter().any(|time| time.span.overlaps(last.span))
            || season.contains(&report.slice(last.span).to_lowercase().as_str())
    }

    /// "Norway and the union": both, where nothing but a phrase stands before the conjunction; after a verb or a
    /// comma it begins a clause of its own.
    fn joined(
        &self,
        report: &Report,
        phrase: Range<usize>,
        conjunction: usize,
        limit: usize,
    ) -> Option<Range<usize>> {
        let left = conjunction.checked_sub(1).filter(|i| *i >= limit);
        let other = left.and_then(|left| self.noun_phrase_ending_at(left));
        let Some(other) = other.filter(|_| self.word_at(report, conjunction).eq_ignore_ascii_case("and"))
        else {
            return Some(phrase);
        };
        let before = other.start.checked_sub(1).filter(|i| *i >= limit).map(|i| self.pos_at(i));
        match before {
            None | Some(Pos::Punct) => Some(other.start..phrase.end),
            Some(pos) if pos.is_verb() => Some(phrase),
            Some(_) => None,
        }
    }

    /// What "who" and "which" stand for: the phrase before them, over a comma.
    fn antecedent(&self, report: &Report, pronoun: usize, limit: usize) -> Option<Range<usize>> {
        let left = pronoun.checked_sub(1).filter(|i| *i >= limit)?;
        let comma = self.word_at(report, left) == ",";
        let end = if comma { left.checked_sub(1).filter(|i| *i >= limit)? } else { left };
        self.noun_phrase_ending_at(end)
    }

    /// "Moe, the mayor, said": the phrase before the aside that ends with the comma at `comma`.
    fn before_aside(&self, report: &Report, comma: usize, limit: usize) -> Option<Step> {
        let opening = (limit..comma).rev().find(|i| self.word_at(report, *i) == ",")?;
        let end = opening.checked_sub(1).filter(|i| *i >= limit)?;
        self.phrase_left_of(report, end, limit, false).map(Step::Subject)
    }

    /// The finite verb before a conjunction, with no other clause between.
    fn verb_before(&self, report: &Report, conjunction: usize, limit: usize) -> Option<usize> {
        let mut left = (limit..conjunction).rev();
        let found =
            left.find(|i| self.pos_at(*i).is_verb() || matches!(self.pos_at(*i), Pos::WP | Pos::WDT))?;
        let group = self.verb_group_at(report, found)?;
        (group.tense.is_finite() || group.tense == Tense::Infinitive).then_some(group.head)
    }
}

/// One step to the left.
enum Step {
    Subject(Range<usize>),
    /// The subject is that of this verb.
    Verb(usize),
}

#[cfg(test)]
mod tests {
    use super::super::testing::{tagged, words};

    #[track_caller]
    fn check(text: &str, verb: usize, expected: &str) {
        let (report, layers) = tagged(text);
        let subject = layers.clause_subject(&report, verb).map(|s| words(&report, &layers, s).join(" "));
        assert_eq!(subject.unwrap_or_default(), expected);
    }

    #[test]
    fn the_phrase_before_the_verb() {
        check("Anna/NNP Moe/NNP later/RB said/VBD", 3, "Anna Moe");
        check("the/DT head/NN of/IN the/DT agency/NN said/VBD", 5, "the head");
        check("after/IN Norway/NNP left/VBD", 2, "Norway");
        check("Norway/NNP and/CC the/DT union/NN agreed/VBD", 4, "Norway and the union");
    }

    #[test]
    fn asides_relatives_and_chains() {
        check("Moe/NNP ,/Punct the/DT mayor/NN ,/Punct said/VBD", 5, "Moe");
        check("talks/NNS with/IN Moe/NNP ,/Punct who/WP said/VBD", 5, "Moe");
        check("Moe/NNP met/VBD her/PRP and/CC left/VBD", 4, "Moe");
        check("Moe/NNP agreed/VBD to/TO sign/VB", 3, "Moe");
    }

    #[test]
    fn what_is_not_sure_stays_open() {
        check("in/IN the/DT hall/NN sat/VBD", 3, "");
        check("said/VBD", 0, "");
        check("a/DT deal/NN ,/Punct said/VBD", 3, "");
        check("asked/VBD Moe/NNP to/TO sign/VB", 3, "");
    }
}
