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
use super::lexicon::{self, ROOTS};
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

/// A noun phrase, or the possessor in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its noun.
    pub head: usize,
    /// Whether it owns the rest of a phrase ("Norway" in "Norway's plan").
    pub possessor: bool,
}

/// A sentence, read.
pub struct Reading<'a> {
    pub(super) report: &'a Report,
    pub(super) layers: &'a Annotations,
    pub(super) sentence: &'a Sentence,
    tokens: Range<usize>,
    phrases: Vec<Phrase>,
    lemmas: Vec<String>,
    vectors: Vec<Option<[f32; meanings::WIDTH]>>,
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
        let phrases = phrases(layers, tokens.clone());
        Reading { report, layers, sentence, lemmas: lemmas.collect(), vectors, phrases, tokens }
    }

    /// The verbs that may tell an event, as tokens: not the auxiliaries.
    pub fn verbs(&self) -> Vec<usize> {
        let main = |verb: &usize| {
            self.pos(*verb).is_verb() && self.group(*verb).is_some_and(|group| group.head == *verb)
        };
        self.tokens.clone().filter(main).collect()
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

    fn word(&self, token: usize) -> String {
        self.layers.tokens.get(token).map(|t| self.report.slice(t.span).to_lowercase()).unwrap_or_default()
    }

    pub(super) fn group(&self, verb: usize) -> Option<VerbGroup> {
        self.layers.verb_group_at(self.report, verb)
    }

    fn clause(&self, verb: usize) -> Clause<'_> {
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
            self.phrases.iter().find(|p| p.tokens.start > verb && !p.possessor && p.head < zone.end)
        {
            let head = self.lemma(object.head);
            features.add(&format!("OH:{head}"), 1.0);
            features.add(&format!("LO:{own} {head}"), 1.0);
        }
        if let Some(subject) = self.phrases.iter().rev().find(|p| p.tokens.end <= verb && !p.possessor) {
            features.add(&format!("A:{}", self.lemma(subject.head)), 0.5);
        }
        for token in self.tokens.clone().filter(|i| carries(self.pos(*i))) {
            features.add(&format!("W:{}", self.lemma(token)), 0.3);
            features.add(&format!("WS:{}", stem(self.lemma(token))), 0.3);
        }
        let subject = self.layers.clause_subject(self.report, verb);
        let near = |p: &&Phrase| {
            zone.contains(&p.head) || subject.as_ref().is_some_and(|s| s.contains(&p.head)) && p.head < verb
        };
        for phrase in self.phrases.iter().filter(near) {
            let side = if phrase.head < verb { "subject" } else { "after" };
            features.add(&format!("K:{side} {}", self.kind_of(phrase)), 0.5);
        }
        self.add_lexicon(verb, &zone, &mut features);
        features.add_vector(0, self.vectors(verb..verb + 1));
        features.add_vector(1, self.vectors(zone));
        features.add_vector(2, self.vectors(self.tokens.clone()));
        features
    }

    fn vectors(&self, tokens: Range<usize>) -> impl Iterator<Item = &[f32; meanings::WIDTH]> {
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

    /// The features from which the part is told that `phrase` has in an event of type `root` at `verb`.
    pub fn part_features(&self, verb: usize, root: usize, phrase: &Phrase) -> Features {
        let mut features = Features::default();
        let root = ROOTS.get(root).copied().unwrap_or("none");
        let group = self.group(verb);
        let passive = group.as_ref().is_some_and(|g| g.passive);
        let right = phrase.tokens.start > verb;
        let side = if right { "right" } else { "left" };
        let between = if right {
            verb + 1..phrase.tokens.start
        } else {
            phrase.tokens.end..group.map_or(verb, |g| g.range.start)
        };
        let nth = self.phrases.iter().filter(|p| !p.possessor && between.contains(&p.head)).count().min(4);
        let finite = between.clone().filter(|i| self.pos(*i).is_finite()).count().min(2);
        let verbs = between.clone().filter(|i| self.pos(*i).is_verb()).count().min(2);
        let commas = between.clone().filter(|i| self.word(*i) == ",").count().min(2);
        let before = phrase.tokens.start.checked_sub(1).filter(|i| *i >= self.tokens.start);
        let joined = before.map_or_else(|| "start".to_owned(), |i| self.joining(i));
        let governor = before.and_then(|i| (self.tokens.start..i).rev().find(|j| carries(self.pos(*j))));
        let governor = if governor == Some(verb) { "verb" } else { governor.map_or("", |i| self.lemma(i)) };
        let follows = if self.tokens.contains(&phrase.tokens.end) {
            self.joining(phrase.tokens.end)
        } else {
            "end".to_owned()
        };
        let kind = self.kind_of(phrase);
        let is_subject =
            self.layers.clause_subject(self.report, verb).is_some_and(|s| s.contains(&phrase.head));
        let named_between =
            right && self.phrases.iter().any(|p| between.contains(&p.head) && self.mention(p).is_some());
        let coordinated = joined == "and" && self.phrases.iter().any(|p| before == Some(p.tokens.end));
        let possessor = phrase.possessor;
        let owned =
            !possessor && self.phrases.iter().any(|p| p.possessor && p.tokens.start == phrase.tokens.start);
        let own = self.lemma(verb);
        let head = self.lemma(phrase.head);
        for name in [
            format!("a {side} {nth} {passive} {possessor}"),
            format!("b {side} {joined} {passive} {nth}"),
            format!("c {side} {joined} {root}"),
            format!("d {side} {nth} {root} {coordinated}"),
            format!("e {side} {finite} {verbs} {commas}"),
            format!("f {side} {kind} {root}"),
            format!("g {is_subject} {passive} {coordinated}"),
            format!("h {side} {head}"),
            format!("i {side} {}", ending(head)),
            format!("j {side} {joined} {governor}"),
            format!("k {side} {possessor} {kind} {nth}"),
            format!("l {root} {joined} {governor}"),
            format!("m {side} {finite} {nth} {kind}"),
            format!("n {} {is_subject}", before.is_none()),
            format!("o {own} {joined} {side}"),
            format!("p {side} {follows} {possessor}"),
            format!("q {side} {named_between} {kind}"),
            format!("r {side} {coordinated} {kind} {root}"),
            format!("s {side} {joined} {kind}"),
            format!("t {side} {joined} {named_between} {verbs}"),
            format!("u {governor} {kind}"),
            format!("v {side} {root} {follows}"),
            format!("w {side} {} {kind}", (between.len() / 4).min(5)),
            format!("x {side} {joined} {owned} {possessor}"),
            format!("y {side} {is_subject} {coordinated} {} {root}", follows == "and"),
        ] {
            features.add(&name, 1.0);
        }
        features.add("part", 1.0);
        features
    }

    /// How a token beside a phrase joins it: a word that joins itself, else what sort of word it is.
    fn joining(&self, token: usize) -> String {
        match self.pos(token) {
            Pos::IN | Pos::TO | Pos::CC | Pos::Punct | Pos::WDT | Pos::WP => self.word(token),
            pos if pos.is_finite() => "finite".to_owned(),
            pos => format!("{pos:?}"),
        }
    }

    fn kind_of(&self, phrase: &Phrase) -> String {
        match self.mention(phrase).and_then(|m| self.layers.mentions.get(m)) {
            Some(mention) => format!("{:?}{:?}", mention.kind, mention.of),
            None if self.pos(phrase.head).is_name() => "unknown name".to_owned(),
            None => format!("{:?}", self.pos(phrase.head)),
        }
    }

    /// Whether "by" joins `phrase` to the passive at `verb`.
    pub fn is_agent(&self, verb: usize, phrase: &Phrase) -> bool {
        phrase.tokens.start > verb && phrase.tokens.start.checked_sub(1).is_some_and(|i| self.word(i) == "by")
    }

    /// Whether a name of a country, a people or a body stands before the noun: "Norwegian warplanes".
    fn is_somebodys(&self, phrase: &Phrase) -> bool {
        let Some(span) = self.span(phrase) else { return false };
        let acts = |kind| matches!(kind, EntityKind::Place | EntityKind::Organization | EntityKind::Group);
        self.layers.mentions_in(span).any(|m| m.kind == MentionKind::Name && acts(m.of))
    }

    /// Whether `phrase` can do something: it is or speaks of people or a body.
    pub fn can_act(&self, phrase: &Phrase) -> bool {
        match self.mention(phrase).and_then(|m| self.layers.mentions.get(m)) {
            Some(mention) => {
                let thing = matches!(mention.of, EntityKind::Work | EntityKind::Law | EntityKind::Event);
                !thing && (mention.kind != MentionKind::Pronoun || mention.entity.is_some())
            }
            None => {
                let head = self.lemma(phrase.head);
                let people =
                    PEOPLE.iter().any(|ending| head.ends_with(ending)) && self.pos(phrase.head).is_noun();
                self.pos(phrase.head).is_name()
                    || people
                    || BODIES.contains(&head)
                    || self.is_somebodys(phrase)
            }
        }
    }
}

/// Nouns for those who act together, that no list of mentions has.
const BODIES: &[&str] = &[
    "organization",
    "organisation",
    "faction",
    "office",
    "nation",
    "republic",
    "regime",
    "junta",
    "cartel",
    "gang",
    "militia",
    "brass",
    "guard",
    "marine",
    "troop",
    "family",
    "state",
    "ngo",
    "leadership",
    "opposition",
    "senate",
    "congress",
    "house",
    "airline",
    "bank",
    "hospital",
    "school",
    "university",
    "church",
    "kingdom",
    "bloc",
    "court",
    "tribunal",
    "judge",
    "jury",
    "army",
    "navy",
    "military",
    "force",
    "government",
    "administration",
    "parliament",
    "council",
    "committee",
    "commission",
    "union",
    "group",
    "party",
    "club",
    "company",
    "crowd",
    "team",
    "agency",
    "ministry",
    "mission",
    "people",
    "man",
    "woman",
    "student",
    "thousand",
    "hundred",
    "dozen",
    "staff",
    "crew",
    "unit",
    "side",
    "country",
];

/// How nouns for people end.
const PEOPLE: [&str; 12] =
    ["er", "or", "ist", "ian", "ant", "ent", "man", "woman", "ee", "eer", "ive", "ial"];

/// How a noun ends.
fn ending(word: &str) -> &str {
    let at = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    word.get(at..).unwrap_or_default()
}

/// The first letters of a word.
fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| word.get(..end).unwrap_or(word))
}

/// Whether a word of this sort says what a sentence is about.
fn carries(pos: Pos) -> bool {
    pos.is_noun() || pos.is_verb() || pos.is_adjective()
}

/// The noun phrases among `tokens`, and the possessors in them; not what tells a time.
fn phrases(layers: &Annotations, tokens: Range<usize>) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let Some(phrase) = layers.noun_phrase_containing(at).filter(|p| p.start >= at && p.end <= tokens.end)
        else {
            at += 1;
            continue;
        };
        at = phrase.end.max(at + 1);
        let owner = phrase.clone().filter(|i| layers.tokens.get(*i).is_some_and(|t| t.pos == Pos::POS));
        for mark in owner.filter(|mark| *mark > phrase.start) {
            found.push(Phrase { tokens: phrase.start..mark, head: mark - 1, possessor: true });
        }
        found.push(Phrase { head: phrase.end - 1, tokens: phrase, possessor: false });
    }
    found.retain(|p| {
        layers.tokens.get(p.head).is_some_and(|t| t.pos != Pos::CD && !layers.time_at(t.span.start))
    });
    found
}
