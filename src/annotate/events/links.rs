//! What hangs on what in a sentence, as far as its tags tell.
//!
//! In: the phrases and verbs of a sentence. Out: on which phrase or verb each hangs, by which word, and the path between two.
//! It is a guess from the nearest words, not a parse: what learns from it has seen its mistakes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::chunks::{Tense, VerbGroup};
use super::super::{Annotations, Pos};
use super::reading::{Form, Phrase};
use crate::report::Report;

/// How many links a path has at most.
const DEEPEST: usize = 6;

/// How many tokens to the left a link is looked for.
const REACH: usize = 14;

/// Words that stand before a number and only say how exact it is.
pub(super) const MEASURES: [&str; 13] = [
    "more", "less", "fewer", "than", "at", "least", "most", "about", "around", "nearly", "almost", "over",
    "up",
];

/// A phrase, by its place among those of the sentence, or a verb, by its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Phrase(usize),
    Verb(usize),
}

/// By what something hangs on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) by: String,
    pub(super) to: Node,
}

/// The links of a sentence.
#[derive(Default)]
pub(super) struct Links {
    phrases: Vec<Option<Link>>,
    verbs: BTreeMap<usize, Option<Link>>,
}

/// How one node is reached from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// The links up from the phrase, then "|" and those up from the verb.
    pub(super) labels: String,
    /// The phrases on the way up from the phrase.
    pub(super) phrases: Vec<usize>,
}

impl Links {
    /// The links that `finder` finds.
    pub(super) fn new(finder: &Finder) -> Links {
        let phrases = (0..finder.phrases.len()).map(|i| finder.of_phrase(i)).collect();
        let verbs = finder.verbs.iter().map(|(verb, ..)| (*verb, finder.of_verb(*verb))).collect();
        Links { phrases, verbs }
    }

    pub(super) fn of(&self, node: Node) -> Option<&Link> {
        match node {
            Node::Phrase(phrase) => self.phrases.get(phrase)?.as_ref(),
            Node::Verb(verb) => self.verbs.get(&verb)?.as_ref(),
        }
    }

    /// The nodes above `node`, nearest first, each with the label of the link that leads to it; itself with none.
    fn above(&self, node: Node) -> Vec<(Node, &str)> {
        let mut chain = vec![(node, "")];
        let mut at = node;
        while let Some(link) = self.of(at).filter(|_| chain.len() <= DEEPEST) {
            chain.push((link.to, &link.by));
            at = link.to;
        }
        chain
    }

    /// How `phrase` is reached from `verb`.
    pub(super) fn path(&self, phrase: usize, verb: usize) -> Option<Path> {
        let up = self.above(Node::Phrase(phrase));
        let down = self.above(Node::Verb(verb));
        let met = |(node, _): &(Node, &str)| down.iter().position(|(other, _)| other == node);
        let (i, j) = up.iter().enumerate().find_map(|(i, step)| Some((i, met(step)?)))?;
        let labels = |chain: &[(Node, &str)]| chain.iter().map(|(_, by)| *by).collect::<Vec<_>>().join("<");
        let phrases = up[1..=i].iter().filter_map(|(node, _)| match node {
            Node::Phrase(phrase) => Some(*phrase),
            Node::Verb(_) => None,
        });
        let labels = format!("{}|{}", labels(&up[1..=i]), labels(&down[1..=j]));
        Some(Path { labels, phrases: phrases.collect() })
    }

    /// Whether only "and" and commas lead from one phrase to the other.
    pub(super) fn are_joined(&self, a: usize, b: usize) -> bool {
        let leads = |from: usize, to: usize| {
            let chain = self.above(Node::Phrase(from));
            let joined = chain.iter().skip(1).take_while(|(_, by)| *by == "and");
            joined.into_iter().any(|(node, _)| *node == Node::Phrase(to))
        };
        a != b && (leads(a, b) || leads(b, a))
    }
}

/// What finds links.
pub(super) struct Finder<'a> {
    pub(super) report: &'a Report,
    pub(super) layers: &'a Annotations,
    pub(super) tokens: Range<usize>,
    pub(super) phrases: &'a [Phrase],
    /// The verbs with their groups and subjects.
    pub(super) verbs: &'a [(usize, VerbGroup, Option<Range<usize>>)],
}

impl Finder<'_> {
    fn pos(&self, token: usize) -> Pos {
        self.layers.tokens.get(token).map_or(Pos::Punct, |t| t.pos)
    }

    fn word(&self, token: usize) -> String {
        self.layers.tokens.get(token).map(|t| self.report.slice(t.span).to_lowercase()).unwrap_or_default()
    }

    fn is_time(&self, token: usize) -> bool {
        self.layers.tokens.get(token).is_some_and(|t| self.layers.time_at(t.span.start))
    }

    /// The whole phrase that holds `token`.
    fn phrase_at(&self, token: usize) -> Option<usize> {
        self.phrases.iter().position(|p| p.form == Form::Whole && p.tokens.contains(&token))
    }

    /// The verb of the group that holds `token`.
    fn verb_at(&self, token: usize) -> Option<usize> {
        self.verbs.iter().find(|(_, group, _)| group.range.contains(&token)).map(|(verb, ..)| *verb)
    }

    fn of_phrase(&self, index: usize) -> Option<Link> {
        let phrase = &self.phrases[index];
        let link = |by: &str, to| Some(Link { by: by.to_owned(), to });
        if phrase.form != Form::Whole {
            let by = if phrase.form == Form::Owner { "'s" } else { "within" };
            return link(by, Node::Phrase(self.phrase_at(phrase.head)?));
        }
        let subject_of = self.verbs.iter().find(|(verb, _, subject)| {
            *verb > phrase.head && subject.as_ref().is_some_and(|s| s.contains(&phrase.head))
        });
        let before = self.before(self.with_measure(phrase.tokens.start));
        let alone = subject_of.filter(|(.., s)| s.as_ref().is_some_and(|s| s.start >= phrase.tokens.start));
        let conjunction = before.filter(|i| self.pos(*i) == Pos::CC || self.word(*i) == ",");
        if let Some(other) = conjunction.filter(|_| alone.is_none()).and_then(|i| self.joined_to(i)) {
            let and = conjunction.is_some_and(|i| self.pos(i) == Pos::CC);
            return link(if and { "and" } else { "," }, Node::Phrase(other));
        }
        if let Some((verb, group, _)) = subject_of {
            return link(if group.passive { "passive subject" } else { "subject" }, Node::Verb(*verb));
        }
        let before = before?;
        match self.pos(before) {
            Pos::IN | Pos::TO => self.governor(before).and_then(|to| link(&self.word(before), to)),
            pos if pos.is_verb() || pos == Pos::RP => {
                let verb = if pos == Pos::RP { before.checked_sub(1)? } else { before };
                link("object", Node::Verb(self.verb_at(verb)?))
            }
            _ => {
                let other = self.phrase_at(before)?;
                // "gave the union money": both hang on the verb.
                let verb = self.before(self.phrases[other].tokens.start).and_then(|i| self.verb_at(i));
                verb.map_or_else(
                    || link("beside", Node::Phrase(other)),
                    |verb| link("second", Node::Verb(verb)),
                )
            }
        }
    }

    /// Where "more than 40" begins, with a number at `token`.
    fn with_measure(&self, token: usize) -> usize {
        let from = self.tokens.start.max(token.saturating_sub(3));
        let measures = |i: &usize| self.pos(token) == Pos::CD && MEASURES.contains(&self.word(*i).as_str());
        (from..token).rev().take_while(measures).last().unwrap_or(token)
    }

    /// The token before `token`, over adverbs, quotation marks and times.
    fn before(&self, token: usize) -> Option<usize> {
        let from = self.tokens.start.max(token.saturating_sub(REACH));
        (from..token).rev().find(|i| {
            let skipped = matches!(self.pos(*i), Pos::RB | Pos::RBR | Pos::RBS) || self.is_time(*i);
            !skipped && !matches!(self.word(*i).as_str(), "\"" | "“" | "”" | "'" | "‘")
        })
    }

    /// The phrase before "and", before a comma, or before both.
    fn joined_to(&self, mark: usize) -> Option<usize> {
        let left = mark.checked_sub(1)?;
        let left = if self.word(left) == "," { left.checked_sub(1)? } else { left };
        self.phrase_at(left)
    }

    /// The phrase or verb that a preposition at `token` attaches to: the nearest to its left.
    fn governor(&self, token: usize) -> Option<Node> {
        let from = self.tokens.start.max(token.saturating_sub(REACH));
        for i in (from..token).rev() {
            if self.is_time(i) {
                continue;
            }
            if let Some(phrase) = self.phrase_at(i) {
                return Some(Node::Phrase(phrase));
            }
            match self.pos(i) {
                pos if pos.is_verb() || pos == Pos::MD => return self.verb_at(i).map(Node::Verb),
                Pos::CC | Pos::WDT | Pos::WP | Pos::WRB => return None,
                _ => (),
            }
        }
        None
    }

    /// What a verb hangs on: the verb or the phrase before its clause.
    fn of_verb(&self, verb: usize) -> Option<Link> {
        let (_, group, subject) = self.verbs.iter().find(|(other, ..)| *other == verb)?;
        let own = subject.as_ref().filter(|s| group.tense.is_finite() && s.start < verb);
        let start = own.map_or(group.range.start, |s| s.start.min(group.range.start));
        let mut by = manner(group.tense).to_owned();
        let from = self.tokens.start.max(start.saturating_sub(REACH));
        let relative = (start..verb).any(|i| matches!(self.pos(i), Pos::WDT | Pos::WP));
        if let Some(antecedent) = own.filter(|_| relative).and_then(|s| self.phrase_at(s.start)) {
            return Some(Link { by: "who".to_owned(), to: Node::Phrase(antecedent) });
        }
        let (mut verbs_only, mut marked) = (false, false);
        for i in (from..start).rev() {
            if self.pos(i).is_verb() || self.pos(i) == Pos::MD {
                return Some(Link { by, to: Node::Verb(self.verb_at(i)?) });
            }
            match self.pos(i) {
                Pos::CC => (by, verbs_only) = ("and".to_owned(), true),
                Pos::IN | Pos::WRB if !marked && !verbs_only => {
                    by = format!("{by} {}", self.word(i));
                    marked = true;
                }
                Pos::Punct if self.word(i) == "," => verbs_only = true,
                _ => (),
            }
            let phrase = self.phrase_at(i).filter(|_| !verbs_only && !group.tense.is_finite());
            if let Some(phrase) = phrase {
                return Some(Link { by, to: Node::Phrase(phrase) });
            }
        }
        None
    }
}

fn manner(tense: Tense) -> &'static str {
    match tense {
        Tense::Infinitive => "to",
        Tense::Participle => "participle",
        Tense::Base => "base",
        _ => "clause",
    }
}
