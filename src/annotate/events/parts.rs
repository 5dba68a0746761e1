//! What speaks for a phrase as the one who does it, or to whom it is done.
//!
//! In: a sentence that was read, a verb, and a phrase. Out: the features from which [`super::weights`] makes the phrase's
//! scores for both parts. It does not know which phrase is taken.

use super::super::{EntityKind, MentionKind, Pos};
use super::lexicon::{self, ROOTS};
use super::links::Node;
use super::reading::{Form, Phrase, Reading, carries};
use super::weights::Features;

/// How much a vector counts beside a named feature of a part. Chosen by cross-validation on the train thirds.
const SCALE: f32 = 5.0;

impl Reading<'_> {
    /// The features from which the part is told that `phrase` has in an event of type `root` at `verb`; where the `actor` is
    /// known, those for the other party to it.
    pub fn part_features(
        &self,
        verb: usize,
        root: usize,
        phrase: &Phrase,
        actor: Option<&Phrase>,
    ) -> Features {
        let mut features = Features::default();
        let root = ROOTS.get(root).copied().unwrap_or("none");
        self.add_near(verb, root, phrase, &mut features);
        self.add_path(verb, root, phrase, &mut features);
        if let Some(actor) = actor {
            self.add_beside(root, phrase, actor, &mut features);
        }
        features.add("part", 1.0);
        features
    }

    /// What stands near the phrase, and between it and the verb.
    fn add_near(&self, verb: usize, root: &str, phrase: &Phrase, features: &mut Features) {
        let group = self.group(verb);
        let passive = group.as_ref().is_some_and(|g| g.passive);
        let right = phrase.tokens.start > verb;
        let side = if right { "right" } else { "left" };
        let between = if right {
            verb + 1..phrase.tokens.start
        } else {
            phrase.tokens.end..group.map_or(verb, |g| g.range.start)
        };
        let nth =
            self.phrases.iter().filter(|p| p.form == Form::Whole && between.contains(&p.head)).count().min(4);
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
        let is_subject = self.subject(verb).is_some_and(|s| s.contains(&phrase.head));
        let named_between =
            right && self.phrases.iter().any(|p| between.contains(&p.head) && self.mention(p).is_some());
        let coordinated = joined == "and" && self.phrases.iter().any(|p| before == Some(p.tokens.end));
        let possessor = phrase.form == Form::Owner;
        let owned = !possessor
            && self.phrases.iter().any(|p| p.form == Form::Owner && p.tokens.start == phrase.tokens.start);
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
    }

    /// How the phrase hangs on the verb.
    fn add_path(&self, verb: usize, root: &str, phrase: &Phrase, features: &mut Features) {
        let passive = self.group(verb).is_some_and(|g| g.passive);
        let Some(index) = self.index_of(phrase) else { return };
        let side = if phrase.head > verb { "right" } else { "left" };
        let kind = self.kind_of(phrase);
        let own = self.lemma(verb);
        let head = self.lemma(phrase.head);
        let form = phrase.form;
        let path = self.links.path(index, verb);
        let labels = path.as_ref().map_or_else(|| format!("none {side}"), |path| path.labels.clone());
        let over = path.as_ref().map(|path| path.phrases.as_slice()).unwrap_or_default();
        let lemma_of = |i: Option<&usize>| i.map_or("", |i| self.lemma(self.phrases[*i].head));
        let (nearest, furthest) = (lemma_of(over.first()), lemma_of(over.last()));
        let owned = self.pos(phrase.tokens.start) == Pos::PRPS;
        let counted = phrase.tokens.clone().any(|i| self.pos(i) == Pos::CD);
        let object = self.object_of(verb);
        let object_head = object.map_or("", |p| self.lemma(p.head));
        let object_kind = object.map_or_else(String::new, |p| self.kind_of(p));
        let named = self.named_after(verb, phrase);
        let sort = |phrase: Option<&Phrase>| phrase.map_or("none", |p| self.sort_of(p));
        let own_sort = self.sort_of(phrase);
        let (nearest_sort, object_sort) = (sort(over.first().map(|i| &self.phrases[*i])), sort(object));
        // "launched an attack": the noun says what is done, and what hangs on it to whom.
        let rule = self.clause(verb).rule();
        let light = rule.is_some_and(|rule| !rule.nouns.is_empty());
        let says = |lemma: &str| rule.is_some_and(|rule| rule.nouns.contains(&lemma));
        let (is_deed, on_deed) = (says(head), says(nearest));
        let below = self.below(index);
        for name in [
            format!("A {labels} {passive}"),
            format!("B {labels} {root}"),
            format!("C {labels} {own}"),
            format!("D {labels} {nearest}"),
            format!("E {labels} {kind}"),
            format!("F {labels} {furthest} {root}"),
            format!("G {labels} {owned} {counted}"),
            format!("H {labels} {object_head}"),
            format!("I {labels} {object_kind} {kind}"),
            format!("J {root} {head}"),
            format!("K {root} {} {side}", ending(head)),
            format!("L {} {root} {kind}", over.len()),
            format!("M {named} {kind} {side}"),
            format!("N {form:?} {kind} {root}"),
            format!("O {owned} {counted} {kind} {side}"),
            format!("P {furthest} {kind} {side}"),
            format!("W {labels} {own_sort}"),
            format!("X {labels} {own_sort} {root}"),
            format!("Y {labels} {nearest_sort} {own_sort}"),
            format!("Z {labels} {object_sort} {own_sort}"),
            format!("AG {root} {nearest_sort} {own_sort} {side}"),
            format!("AH {own} {own_sort} {side}"),
            format!("AA {light} {labels} {own_sort}"),
            format!("AB {is_deed} {on_deed} {light} {own_sort}"),
            format!("AC {on_deed} {labels} {root}"),
            format!("AD {labels} {below} {own_sort}"),
            format!("AE {below} {root} {side}"),
            format!("AF {below} {is_deed} {own_sort} {side}"),
        ] {
            features.add(&name, 1.0);
        }
        let above = over.first().and_then(|i| self.vector(self.phrases[*i].head));
        features.add_vector(0, SCALE, self.vector(phrase.head).into_iter());
        features.add_vector(1, SCALE, above.into_iter());
        features.add_vector(2, SCALE, self.vectors(phrase.tokens.clone()));
    }

    /// How the phrase stands to the actor.
    fn add_beside(&self, root: &str, phrase: &Phrase, actor: &Phrase, features: &mut Features) {
        let (Some(index), Some(other)) = (self.index_of(phrase), self.index_of(actor)) else { return };
        let joined = self.links.are_joined(index, other);
        let order = if phrase.head > actor.head { "after" } else { "before" };
        let by = |index| self.links.of(Node::Phrase(index)).map_or("", |link| link.by.as_str());
        let within = phrase.tokens.start < actor.tokens.end && actor.tokens.start < phrase.tokens.end;
        let hangs = self.links.of(Node::Phrase(index)).is_some_and(|link| link.to == Node::Phrase(other));
        let (kind, actors) = (self.kind_of(phrase), self.kind_of(actor));
        let same = self.lemma(phrase.head) == self.lemma(actor.head);
        for name in [
            format!("Q {joined} {root}"),
            format!("R {joined} {order} {within} {hangs}"),
            format!("S {order} {kind} {actors}"),
            format!("T {hangs} {} {kind}", by(index)),
            format!("U {} {} {order}", by(index), by(other)),
            format!("V {same} {order}"),
        ] {
            features.add(&name, 1.0);
        }
    }

    /// By what the next phrase hangs on this one, and what sort of thing it names.
    fn below(&self, index: usize) -> String {
        let hangs = self.phrases.iter().enumerate().skip(index + 1).find_map(|(i, phrase)| {
            let link = self.links.of(Node::Phrase(i)).filter(|link| link.to == Node::Phrase(index))?;
            (phrase.form == Form::Whole).then(|| format!("{} {}", link.by, self.sort_of(phrase)))
        });
        hangs.unwrap_or_default()
    }

    /// What sort of thing a phrase names: who can act, a deed, or another thing.
    pub(super) fn sort_of(&self, phrase: &Phrase) -> &'static str {
        let head = self.lemma(phrase.head);
        match self.mention(phrase).and_then(|m| self.layers.mentions.get(m)).map(|m| m.kind) {
            Some(MentionKind::Name) => "name",
            Some(MentionKind::Pronoun) => "pronoun",
            _ if lexicon::is_deed(head) => "deed",
            _ if self.is_person(head) => "people",
            _ if BODIES.contains(&head) => "body",
            _ if self.is_somebodys(phrase) => "owned",
            _ => "thing",
        }
    }

    /// Whether "and" joins two phrases.
    pub(super) fn are_joined(&self, a: &Phrase, b: &Phrase) -> bool {
        let pair = self.index_of(a).zip(self.index_of(b));
        pair.is_some_and(|(a, b)| self.links.are_joined(a, b))
    }

    fn index_of(&self, phrase: &Phrase) -> Option<usize> {
        self.phrases.iter().position(|other| other == phrase)
    }

    /// The object of a verb.
    fn object_of(&self, verb: usize) -> Option<&Phrase> {
        let objects = self.phrases.iter().enumerate().filter(|(i, _)| {
            self.links.of(Node::Phrase(*i)).is_some_and(|l| l.by == "object" && l.to == Node::Verb(verb))
        });
        objects.into_iter().map(|(_, phrase)| phrase).next()
    }

    /// The place of the phrase among those with a name on its side of the verb: "1 of 2".
    fn named_after(&self, verb: usize, phrase: &Phrase) -> String {
        let right = phrase.head > verb;
        let named = self.phrases(verb).filter(|p| (p.head > verb) == right && self.mention(p).is_some());
        let heads: Vec<usize> = named.map(|p| p.head).collect();
        match heads.iter().position(|head| *head == phrase.head) {
            Some(place) => format!("{} of {}", place.min(4), heads.len().min(4)),
            None => format!("none of {}", heads.len().min(4)),
        }
    }

    /// How a token beside a phrase joins it: a word that joins itself, else what sort of word it is.
    fn joining(&self, token: usize) -> String {
        match self.pos(token) {
            Pos::IN | Pos::TO | Pos::CC | Pos::Punct | Pos::WDT | Pos::WP => self.word(token),
            pos if pos.is_finite() => "finite".to_owned(),
            pos => format!("{pos:?}"),
        }
    }

    pub(super) fn kind_of(&self, phrase: &Phrase) -> String {
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

    fn is_person(&self, noun: &str) -> bool {
        PEOPLE.iter().any(|ending| noun.ends_with(ending))
    }

    /// Whether a word is written in capitals, as names of bodies are.
    fn is_acronym(&self, token: usize) -> bool {
        let word = self.layers.tokens.get(token).map_or("", |t| self.report.slice(t.span));
        word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
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
                let people = self.is_person(head) && self.pos(phrase.head).is_noun();
                self.pos(phrase.head).is_name()
                    || self.is_acronym(phrase.head)
                    || people
                    || BODIES.contains(&head)
                    || DEEDS.contains(&head)
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

/// Nouns for what somebody does to somebody, that kill and hit in their stead.
const DEEDS: &[&str] = &[
    "attack",
    "airstrike",
    "strike",
    "bombing",
    "shelling",
    "bombardment",
    "explosion",
    "blast",
    "raid",
    "offensive",
    "missile",
    "rocket",
    "bomb",
    "drone",
    "warplane",
    "jet",
    "helicopter",
    "tank",
    "fire",
    "shooting",
    "gunfire",
    "assault",
    "invasion",
];

/// How nouns for people end.
const PEOPLE: [&str; 12] =
    ["er", "or", "ist", "ian", "ant", "ent", "man", "woman", "ee", "eer", "ive", "ial"];

/// How a noun ends.
fn ending(word: &str) -> &str {
    let at = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    word.get(at..).unwrap_or_default()
}
