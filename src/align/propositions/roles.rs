//! Who does a proposition, to whom, and with what.
//!
//! In: the words of a sentence and the place of a verb or of a deed. Out: the words of its agent, of its patient and of
//! what prepositions join to it. It does not know a parse: the nearest noun phrases fill the roles.

use std::ops::Range;

use super::Word;
use crate::annotate::Pos;

/// The words of a proposition's arguments, as indices into its sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    pub agent: Vec<usize>,
    pub patient: Vec<usize>,
    pub oblique: Vec<usize>,
    /// Whether its subject suffers it.
    pub passive: bool,
}

impl Roles {
    /// All of them.
    pub fn all(&self) -> Vec<usize> {
        [&self.agent[..], &self.patient, &self.oblique].concat()
    }
}

/// How far left of a verb its subject is looked for, how far right of it its obliques, in words.
const LEFT: usize = 12;
const RIGHT: usize = 14;

/// Prepositions by their tag that open a clause.
const CONJUNCTIONS: &[&str] =
    &["that", "because", "while", "after", "before", "as", "if", "whether", "although", "though", "since"];

const PARTICLES: &[&str] = &["up", "out", "off", "down", "back"];

/// The roles about the predicate at `at`.
pub fn roles(words: &[Word], at: usize) -> Roles {
    let of = Phrases { words };
    let mut roles = if words[at].pos.is_verb() { of.verb(at) } else { of.deed(at) };
    of.obliques(at, &mut roles);
    roles
}

struct Phrases<'a> {
    words: &'a [Word],
}

impl Phrases<'_> {
    fn pos(&self, i: usize) -> Pos {
        self.words[i].pos
    }

    fn lower(&self, i: usize) -> &str {
        &self.words[i].lower
    }

    fn verb(&self, at: usize) -> Roles {
        let helps = |i: &usize| {
            matches!(self.pos(*i), Pos::MD | Pos::RB | Pos::RBR | Pos::TO)
                || super::AUXILIARIES.contains(&self.lower(*i)) && self.pos(*i) != Pos::POS
        };
        let first = (0..at).rev().take_while(helps).last().unwrap_or(at);
        let perfect = (first..at).any(|i| matches!(self.lower(i), "has" | "have" | "had"));
        let been = (first..at).any(|i| matches!(self.lower(i), "been" | "being"));
        let passive = self.pos(at) == Pos::VBN && (!perfect || been);
        let subject = self.content(self.subject(first));
        let object = || {
            let particle =
                |i: &usize| matches!(self.pos(*i), Pos::RB | Pos::RP) || PARTICLES.contains(&self.lower(*i));
            let after = (at + 1..self.words.len()).find(|i| !particle(i))?;
            self.phrase_from(after)
        };
        let (agent, patient) =
            if passive { (Vec::new(), subject) } else { (subject, self.content(object())) };
        Roles { agent, patient, oblique: Vec::new(), passive }
    }

    /// Of a noun that is made of a verb: what stands before it does it.
    fn deed(&self, at: usize) -> Roles {
        let before = at.checked_sub(1).filter(|b| self.pos(*b).is_noun());
        let agent = before.and_then(|b| self.phrase_to(b));
        Roles { agent: self.content(agent), ..Roles::default() }
    }

    fn subject(&self, first: usize) -> Option<Range<usize>> {
        let skipped = |i: &usize| {
            matches!(self.pos(*i), Pos::WP | Pos::WDT | Pos::WRB | Pos::CC)
                || matches!(self.lower(*i), "," | "that" | "who" | "which")
        };
        let opening = (0..first).rev().take(3).take_while(skipped).count();
        let end = first - opening;
        let near = (0..end).rev().take(LEFT).find_map(|i| self.phrase_to(i))?;
        let joined = near.start.checked_sub(1).filter(|i| *i > 0 && self.is_preposition(*i));
        joined.and_then(|i| self.phrase_to(i - 1)).or(Some(near))
    }

    fn is_preposition(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::IN | Pos::TO) && !CONJUNCTIONS.contains(&self.lower(i))
    }

    fn obliques(&self, at: usize, roles: &mut Roles) {
        let verb = self.pos(at).is_verb();
        let mut i = at + 1;
        while i < self.words.len().min(at + RIGHT) {
            let another = self.pos(i).is_verb()
                && !matches!(self.pos(i), Pos::VBG | Pos::VBN)
                && i > at + 1
                && !super::AUXILIARIES.contains(&self.lower(i));
            if another {
                break;
            }
            let phrase = matches!(self.pos(i), Pos::IN | Pos::TO).then(|| self.phrase_from(i + 1)).flatten();
            let Some(phrase) = phrase else {
                i += 1;
                continue;
            };
            let words = self.content(Some(phrase.clone()));
            match self.lower(i) {
                "by" if roles.passive || !verb => roles.agent = words,
                "of" if !verb && roles.patient.is_empty() => roles.patient = words,
                _ => roles.oblique.extend(words),
            }
            i = phrase.end;
        }
    }

    /// The noun phrase that begins at `from`.
    fn phrase_from(&self, from: usize) -> Option<Range<usize>> {
        if self.words.get(from)?.pos == Pos::PRP {
            return Some(from..from + 1);
        }
        let (mut end, mut nominal) = (from, false);
        while end < self.words.len() {
            let pos = self.pos(end);
            let next = || self.words.get(end + 1).is_some_and(|w| w.pos.is_noun() || w.pos.is_adjective());
            match pos {
                _ if pos.is_noun() || pos == Pos::CD => nominal = true,
                Pos::DT | Pos::PRPS | Pos::PDT | Pos::POS => {}
                Pos::VBN | Pos::VBG | Pos::RB if !nominal && next() => {}
                _ if pos.is_adjective() => {}
                _ => break,
            }
            end += 1;
        }
        nominal.then_some(from..end)
    }

    /// The noun phrase that ends with word `last`.
    fn phrase_to(&self, last: usize) -> Option<Range<usize>> {
        let pos = self.pos(last);
        if pos == Pos::PRP {
            return Some(last..last + 1);
        }
        if !pos.is_noun() && !matches!(pos, Pos::CD | Pos::DT) {
            return None;
        }
        let part = |i: &usize| {
            let pos = self.pos(*i);
            pos.is_noun()
                || pos.is_adjective()
                || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD | Pos::POS | Pos::PDT | Pos::VBN)
        };
        let start = (0..last).rev().take_while(part).last().unwrap_or(last);
        Some(start..last + 1)
    }

    fn content(&self, phrase: Option<Range<usize>>) -> Vec<usize> {
        let words = phrase.into_iter().flatten();
        words.filter(|i| !matches!(self.pos(*i), Pos::DT | Pos::POS | Pos::PDT)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::sentence;

    /// The words of agent, patient and oblique of the proposition `of` in `text`.
    fn roles(text: &str, of: &str) -> [String; 3] {
        let sentence = sentence(text);
        let found = sentence.propositions.iter().find(|p| sentence.words[p.place].lower == of);
        let roles = &found.unwrap_or_else(|| panic!("{of} is a predicate")).roles;
        let spell = |words: &[usize]| {
            words.iter().map(|i| sentence.words[*i].lower.as_str()).collect::<Vec<_>>().join(" ")
        };
        [&roles.agent, &roles.patient, &roles.oblique].map(|words| spell(words))
    }

    #[test]
    fn the_subject_acts_and_the_object_suffers() {
        let found = roles("The harbour master has not closed the northern pier to ferries.", "closed");
        assert_eq!(found, ["harbour master", "northern pier", "ferries"]);
    }

    #[test]
    fn of_a_passive_verb_the_subject_suffers() {
        let found = roles("Two ferries were damaged by drifting ice in the strait.", "damaged");
        assert_eq!(found, ["drifting ice", "two ferries", "strait"]);
    }

    #[test]
    fn the_head_and_not_what_a_preposition_joins_to_it_acts() {
        let [agent, ..] = roles("The mayor of Ostervik opened the bridge.", "opened");
        assert_eq!(agent, "mayor");
    }

    #[test]
    fn a_deed_has_what_it_is_done_to() {
        let found = roles("Officials welcomed the appointment of Lena Voss by the council.", "appointment");
        assert_eq!(found, ["council", "lena voss", ""]);
    }
}
