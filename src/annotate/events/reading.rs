//! What a sentence says of who does what to whom.
//!
//! In: a sentence with its tags and mentions. Out: its verbs, the noun phrases that may have a part in what a verb tells,
//! and the features of both, from which [`super::weights`] makes scores. It does not parse: what is near and what
//! joins it is all that it sees.

use std::ops::Range;

use super::super::chunks::{Tense, VerbGroup};
use super::super::neural::meanings::{self, Meaning};
use super::super::{Annotations, EntityKind, MentionIndex, MentionKind, Pos, Sentence, lemma};
use super::Clause;
use super::lexicon;
use super::links::{Finder, Links};
use super::weights::Features;
use crate::report::Report;
use crate::span::Span;

/// How many tokens of a sentence are read; what is longer is a list.
const LONGEST: usize = 160;

/// How many tokens after a verb say what it does.
const ZONE: usize = 15;

/// A phrase further than this from a verb has no part in it.
const FAR: usize = 45;

/// How many letters make a stem.
const STEM: usize = 6;

/// How much a vector counts beside a named feature of a type. Chosen by cross-validation on the train thirds.
const SCALE: f32 = 2.5;

/// Words after which a clause's subject can stand; those with which its end is reached; and those that stand between a verb
/// and its object.
const OPENING: [&str; 10] = ["that", "and", "of", "in", "for", "-", "--", "—", ":", ","];
const CLOSING: [&str; 7] = [",", "that", "as", "after", "because", "while", "before"];
const AFTER_DEED: [&str; 10] = ["at", "more", "around", "about", "nearly", "over", "for", "off", "out", "up"];

/// A noun phrase, or somebody in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its noun.
    pub head: usize,
    /// Which part of a noun phrase it is.
    pub form: Form,
}

/// Which part of a noun phrase a [`Phrase`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of it.
    Whole,
    /// Who owns the rest: "Norway" in "Norway's plan".
    Owner,
    /// A name before its noun: "Norway" in "the Norway talks".
    Modifier,
}

/// A sentence, read.
pub struct Reading<'a> {
    pub(super) report: &'a Report,
    pub(super) layers: &'a Annotations,
    pub(super) sentence: &'a Sentence,
    pub(super) tokens: Range<usize>,
    pub(super) phrases: Vec<Phrase>,
    lemmas: Vec<String>,
    vectors: Vec<Option<[f32; meanings::WIDTH]>>,
    verbs: Vec<(usize, VerbGroup, Option<Range<usize>>)>,
    pub(super) links: Links,
}

impl<'a> Reading<'a> {
    /// Reads `sentence`.
    pub fn new(report: &'a Report, layers: &'a Annotations, sentence: &'a Sentence) -> Self {
        let tokens = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + LONGEST);
        let word = |i: usize| layers.tokens.get(i).map_or("", |t| report.slice(t.span));
        let pos = |i: usize| layers.tokens.get(i).map_or(Pos::Punct, |t| t.pos);
        let lemmas = tokens.clone().map(|i| lemma(word(i), pos(i)).into_owned());
        let vector = |i: usize| carries(pos(i)).then(|| *Meaning::of(word(i)).numbers());
        let vectors = tokens.clone().map(vector).collect();
        let phrases = phrases(report, layers, tokens.clone());
        let lemmas = lemmas.collect();
        let (verbs, links) = (Vec::new(), Links::default());
        let mut reading =
            Reading { report, layers, sentence, lemmas, vectors, phrases, tokens, verbs, links };
        let modifiers: Vec<Phrase> = reading.phrases.iter().flat_map(|p| reading.modifiers(p)).collect();
        reading.phrases.extend(modifiers);
        reading.phrases.sort_by_key(|phrase| phrase.head);
        reading.verbs = reading.read_verbs();
        reading.links = reading.find_links();
        reading
    }

    /// Whether the phrase is the source of a content with a clause of its own in which the verb stands.
    pub(super) fn tells_of(&self, phrase: &Phrase, verb: usize) -> bool {
        let (Some(words), Some(token)) = (self.span(phrase), self.layers.tokens.get(verb)) else {
            return false;
        };
        let told = self
            .layers
            .attributions_about(token.span.start)
            .iter()
            .filter(|a| a.source.iter().any(|s| s.overlaps(words)));
        told.flat_map(|a| &a.content).any(|content| {
            let tokens = self.layers.tokens_in(*content);
            let clause = self.pos(tokens.start) != Pos::TO && tokens.clone().any(|i| self.pos(i).is_finite());
            // "said it would send troops": of himself.
            let mut opening = tokens.clone().map(|i| self.pos(i));
            let own = opening
                .find(|p| p.is_noun() || matches!(p, Pos::PRP | Pos::PRPS))
                .is_some_and(|p| !p.is_noun());
            let clause = clause && !own;
            content.contains(token.span) && clause && !content.contains(words)
        })
    }

    /// Whether a participle behind a comma parts the phrase from the verb before it: "agreed to the sale, dealing a blow to Orvik".
    pub(super) fn is_of_a_consequence(&self, phrase: &Phrase, verb: usize) -> bool {
        let word = |i: usize| self.layers.tokens.get(i).map_or("", |t| self.report.slice(t.span));
        (verb + 2..phrase.head).any(|i| self.pos(i) == Pos::VBG && word(i - 1) == ",")
    }

    fn find_links(&self) -> Links {
        let Reading { report, layers, ref tokens, ref phrases, ref verbs, .. } = *self;
        let finder = Finder { report, layers, tokens: tokens.clone(), phrases, verbs };
        Links::new(&finder)
    }

    /// The names of countries and bodies before the noun of `phrase`, where the noun is a thing: "Norway" in "the Norway talks".
    fn modifiers(&self, phrase: &Phrase) -> Vec<Phrase> {
        let thing = phrase.form == Form::Whole && matches!(self.sort_of(phrase), "deed" | "owned" | "thing");
        let Some(span) = self.span(phrase).filter(|_| thing && !self.pos(phrase.head).is_name()) else {
            return Vec::new();
        };
        let acts = |kind| matches!(kind, EntityKind::Place | EntityKind::Organization | EntityKind::Group);
        let names = self.layers.mentions_in(span).filter(|m| m.kind == MentionKind::Name && acts(m.of));
        let tokens = names.map(|m| self.layers.tokens_in(m.span)).filter(|tokens| {
            !tokens.is_empty() && tokens.end < phrase.tokens.end && self.pos(tokens.end) != Pos::POS
        });
        tokens.map(|tokens| Phrase { head: tokens.end - 1, tokens, form: Form::Modifier }).collect()
    }

    /// The verbs that may tell an event, with their groups and subjects.
    fn read_verbs(&self) -> Vec<(usize, VerbGroup, Option<Range<usize>>)> {
        let verbs = self.tokens.clone().filter(|i| self.pos(*i).is_verb());
        let groups = verbs.filter_map(|verb| {
            let group = self.layers.verb_group_at(self.report, verb)?;
            Some((verb, group)).filter(|(verb, group)| group.head == *verb)
        });
        let read = groups.map(|(verb, mut group)| match self.deed(verb, &group) {
            Some(subject) => {
                (group.passive, group.tense) = (false, Tense::Past);
                (verb, group, Some(subject))
            }
            None => (verb, group, self.layers.clause_subject(self.report, verb)),
        });
        read.collect()
    }

    /// The subject of a past tense that was tagged as a participle: a phrase stands right before it and its object right after,
    /// and its clause has no other verb.
    fn deed(&self, verb: usize, group: &VerbGroup) -> Option<Range<usize>> {
        if group.tense != Tense::Participle || self.pos(verb) != Pos::VBN || group.range.len() > 1 {
            return None;
        }
        let subject = self.layers.noun_phrase_ending_at(self.left_of(verb)?)?;
        let opens = self.left_of(subject.start).is_none_or(|i| OPENING.contains(&self.word(i).as_str()));
        let told_before = (self.tokens.start..verb).any(|i| self.pos(i).is_finite());
        let mut rest = verb + 1..self.tokens.end;
        let end = rest.find(|i| self.pos(*i).is_finite() || self.ends_clause(*i));
        let told_after = end.is_some_and(|i| self.pos(i).is_finite());
        (opens && !told_before && !told_after && self.begins_object(verb + 1)).then_some(subject)
    }

    /// The last token before `token` that is neither an adverb nor tells a time.
    fn left_of(&self, token: usize) -> Option<usize> {
        let passed = |i: &usize| matches!(self.pos(*i), Pos::RB | Pos::RBR | Pos::RBS) || self.is_time(*i);
        (self.tokens.start..token).rev().find(|i| !passed(i))
    }

    fn ends_clause(&self, token: usize) -> bool {
        matches!(self.pos(token), Pos::WDT | Pos::WP | Pos::WRB)
            || CLOSING.contains(&self.word(token).as_str())
    }

    /// Whether an object, or what is joined to the verb closely, can begin with a token.
    fn begins_object(&self, token: usize) -> bool {
        let pos = self.pos(token);
        let first = matches!(pos, Pos::DT | Pos::PDT | Pos::CD | Pos::PRP | Pos::PRPS);
        let noun = first || pos.is_noun() || pos.is_adjective();
        (noun && !self.is_time(token)) || AFTER_DEED.contains(&self.word(token).as_str())
    }

    fn is_time(&self, token: usize) -> bool {
        self.layers.tokens.get(token).is_some_and(|t| self.layers.time_at(t.span.start))
    }

    /// The verbs that may tell an event, as tokens: not the auxiliaries.
    pub fn verbs(&self) -> Vec<usize> {
        self.verbs.iter().map(|(verb, ..)| *verb).collect()
    }

    /// The phrases that may have a part in what `verb` tells.
    pub fn phrases(&self, verb: usize) -> impl Iterator<Item = &Phrase> {
        self.phrases
            .iter()
            .filter(move |phrase| phrase.head.abs_diff(verb) <= FAR && !phrase.tokens.contains(&verb))
    }

    /// The dictionary form of a token of the sentence.
    pub fn lemma(&self, token: usize) -> &str {
        let at = token.checked_sub(self.tokens.start);
        at.and_then(|at| self.lemmas.get(at)).map_or("", String::as_str)
    }

    /// The root type that the lexicon gives a verb.
    pub fn lexical_root(&self, verb: usize) -> Option<&'static str> {
        self.clause(verb).lexical_root()
    }

    pub(super) fn pos(&self, token: usize) -> Pos {
        self.layers.tokens.get(token).map_or(Pos::Punct, |t| t.pos)
    }

    pub(super) fn word(&self, token: usize) -> String {
        self.layers.tokens.get(token).map(|t| self.report.slice(t.span).to_lowercase()).unwrap_or_default()
    }

    pub(super) fn group(&self, verb: usize) -> Option<VerbGroup> {
        let read = self.verbs.iter().find(|(other, ..)| *other == verb);
        read.map(|(_, group, _)| group.clone())
    }

    /// Who or what does what `verb` tells, or undergoes it where it is passive.
    pub(super) fn subject(&self, verb: usize) -> Option<Range<usize>> {
        self.verbs.iter().find(|(other, ..)| *other == verb)?.2.clone()
    }

    pub(super) fn clause(&self, verb: usize) -> Clause<'_> {
        Clause { report: self.report, layers: self.layers, sentence: self.sentence, verb }
    }

    /// The words of `phrase`.
    pub fn span(&self, phrase: &Phrase) -> Option<Span> {
        let first = self.layers.tokens.get(phrase.tokens.start)?.span;
        Some(first.cover(self.layers.tokens.get(phrase.tokens.end.checked_sub(1)?)?.span))
    }

    /// The mention that the head of `phrase` belongs to, names first.
    pub fn mention(&self, phrase: &Phrase) -> Option<MentionIndex> {
        let head = self.layers.tokens.get(phrase.head)?.span;
        let mentions = &self.layers.mentions;
        // Mentions are in order of their starts and short, so a few before the first suffice.
        let first = mentions.partition_point(|m| m.span.start < head.start).saturating_sub(4);
        let near = mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.span.start < head.end);
        near.filter(|(_, m)| m.head.overlaps(head)).min_by_key(|(_, m)| m.kind).map(|(i, _)| i)
    }

    /// The features from which the type of the event at `verb` is told.
    pub fn root_features(&self, verb: usize) -> Features {
        let mut features = Features::default();
        let own = self.lemma(verb).to_owned();
        let zone = verb + 1..self.tokens.end.min(verb + 1 + ZONE);
        features.add("bias", 1.0);
        features.add(&format!("L:{own}"), 1.0);
        features.add(&format!("LS:{}", stem(&own)), 1.0);
        if matches!(self.pos(verb + 1), Pos::IN | Pos::RP | Pos::TO) {
            features.add(&format!("LP:{own} {}", self.word(verb + 1)), 1.0);
        }
        self.add_manner(verb, &own, &mut features);
        for (distance, token) in zone.clone().enumerate() {
            let (pos, base) = (self.pos(token), self.lemma(token));
            let near = if distance < 7 { 1.0 } else { 0.5 };
            if carries(pos) {
                features.add(&format!("O:{base}"), near);
                features.add(&format!("S:{}", stem(base)), near);
            }
            if matches!(pos, Pos::IN | Pos::TO | Pos::RP) && distance < 8 {
                features.add(&format!("P:{base}"), 0.5);
            }
        }
        if let Some(object) =
            self.phrases.iter().find(|p| p.tokens.start > verb && p.form == Form::Whole && p.head < zone.end)
        {
            let head = self.lemma(object.head);
            features.add(&format!("OH:{head}"), 1.0);
            features.add(&format!("LO:{own} {head}"), 1.0);
        }
        if let Some(subject) =
            self.phrases.iter().rev().find(|p| p.tokens.end <= verb && p.form == Form::Whole)
        {
            features.add(&format!("A:{}", self.lemma(subject.head)), 0.5);
        }
        for token in self.tokens.clone().filter(|i| carries(self.pos(*i))) {
            features.add(&format!("W:{}", self.lemma(token)), 0.3);
            features.add(&format!("WS:{}", stem(self.lemma(token))), 0.3);
        }
        let subject = self.subject(verb);
        let near = |p: &&Phrase| {
            zone.contains(&p.head) || subject.as_ref().is_some_and(|s| s.contains(&p.head)) && p.head < verb
        };
        for phrase in self.phrases.iter().filter(near) {
            let side = if phrase.head < verb { "subject" } else { "after" };
            features.add(&format!("K:{side} {}", self.kind_of(phrase)), 0.5);
        }
        self.add_lexicon(verb, &zone, &mut features);
        features.add_vector(0, SCALE, self.vectors(verb..verb + 1));
        features.add_vector(1, SCALE, self.vectors(zone));
        features.add_vector(2, SCALE, self.vectors(self.tokens.clone()));
        features
    }

    pub(super) fn vector(&self, token: usize) -> Option<&[f32; meanings::WIDTH]> {
        self.vectors.get(token.checked_sub(self.tokens.start)?)?.as_ref()
    }

    pub(super) fn vectors(&self, tokens: Range<usize>) -> impl Iterator<Item = &[f32; meanings::WIDTH]> {
        let first = self.tokens.start;
        tokens.filter_map(move |i| self.vectors.get(i.checked_sub(first)?)?.as_ref())
    }

    /// How the verb stands: its tense, what it hangs on, what hangs on it.
    fn add_manner(&self, verb: usize, own: &str, features: &mut Features) {
        let Some(group) = self.group(verb) else { return };
        features.add(&format!("T:{:?}", group.tense), 0.5);
        features.add(if group.passive { "passive" } else { "active" }, 0.5);
        // What is refused or promised has another type than what is done.
        let root = self.lexical_root(verb).unwrap_or("none");
        if group.negated {
            features.add("negated", 1.0);
            features.add(&format!("N:{root}"), 1.0);
            features.add(&format!("NL:{own}"), 1.0);
        }
        if matches!(group.tense, Tense::Future | Tense::Conditional) && !group.negated {
            features.add(&format!("M:{root}"), 1.0);
            features.add(&format!("ML:{own}"), 1.0);
        }
        if let Some(modal) = group.modal {
            features.add(&format!("M:{}", self.word(modal)), 0.5);
        }
        if group.tense == Tense::Infinitive {
            let near = self.tokens.start.max(group.range.start.saturating_sub(4))..group.range.start;
            if let Some(ruler) = near.rev().find(|i| carries(self.pos(*i))) {
                features.add(&format!("<:{}", self.lemma(ruler)), 1.0);
                features.add(&format!("<L:{} {own}", self.lemma(ruler)), 1.0);
                features.add(&format!("<R:{} {root}", self.lemma(ruler)), 1.0);
            }
        }
        let mut after = verb + 1..self.tokens.end.min(verb + 8);
        if let Some(next) = after.find(|i| self.pos(*i).is_verb()) {
            features.add(&format!(">:{}", self.lemma(next)), 1.0);
            features.add(&format!(">L:{own} {}", self.lemma(next)), 1.0);
        }
    }

    /// What the lexicon says of the verb, of those after it and of the rest of the sentence.
    fn add_lexicon(&self, verb: usize, zone: &Range<usize>, features: &mut Features) {
        let verbs = self.tokens.clone().filter(|i| self.pos(*i).is_verb());
        for token in verbs {
            let place = match token {
                _ if token == verb => "R",
                _ if zone.contains(&token) => "RZ",
                _ => "RW",
            };
            let known = !lexicon::rules(self.lemma(token)).is_empty();
            match self.clause(token).lexical_root() {
                Some(root) => features.add(&format!("{place}:{root}"), if token == verb { 1.5 } else { 0.5 }),
                None if known && token == verb => features.add("R:unmet", 1.0),
                None => (),
            }
        }
    }
}

/// The first letters of a word.
fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| word.get(..end).unwrap_or(word))
}

/// Whether a word of this sort says what a sentence is about.
pub(super) fn carries(pos: Pos) -> bool {
    pos.is_noun() || pos.is_verb() || pos.is_adjective()
}

/// The noun phrases among `tokens`, and who owns them; without what tells a time.
fn phrases(report: &Report, layers: &Annotations, tokens: Range<usize>) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let Some(phrase) = layers.noun_phrase_containing(at).filter(|p| p.start >= at && p.end <= tokens.end)
        else {
            at += 1;
            continue;
        };
        at = phrase.end.max(at + 1);
        for part in without_others(report, layers, phrase) {
            let owner = part.clone().filter(|i| layers.tokens.get(*i).is_some_and(|t| t.pos == Pos::POS));
            for mark in owner.filter(|mark| *mark > part.start) {
                found.push(Phrase { tokens: part.start..mark, head: mark - 1, form: Form::Owner });
            }
            found.push(Phrase { head: part.end - 1, tokens: part, form: Form::Whole });
        }
    }
    let pos = |token: usize| layers.tokens.get(token).map_or(Pos::Punct, |t| t.pos);
    // "two of the envoys" has a number for its noun.
    found.retain(|p| pos(p.head) != Pos::CD || pos(p.head + 1) == Pos::IN);
    found
}

/// Words that the tagger takes for part of a noun phrase, and that never are.
const OTHERS: [&str; 5] = ["guilty", "amid", "amidst", "despite", "via"];

/// The stretches of `phrase` between what tells a time, or does not belong to it.
fn without_others(report: &Report, layers: &Annotations, phrase: Range<usize>) -> Vec<Range<usize>> {
    let other = |i: usize| {
        let token = layers.tokens.get(i);
        token.is_some_and(|t| layers.time_at(t.span.start) || OTHERS.contains(&report.slice(t.span)))
    };
    let mut parts: Vec<Range<usize>> = Vec::new();
    for token in phrase.filter(|i| !other(*i)) {
        match parts.last_mut().filter(|part| part.end == token) {
            Some(part) => part.end = token + 1,
            None => parts.push(token..token + 1),
        }
    }
    parts
}
