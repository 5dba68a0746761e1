//! Who is spoken of, sentence by sentence, and whom a pronoun after them means.
//!
//! In: the scenes of the sentences so far. Out: the one person whom "he" or "she" can mean. It does not know the
//! sentence that the pronoun stands in, except its paragraph.

use super::draft::{Draft, Id};
use super::somebody::{self, Unnamed};
use crate::annotate::lexicon::Gender;
use crate::annotate::{EntityKind, MentionIndex, MentionKind};
use crate::span::Span;

/// How many sentences back a pronoun can reach, past those that name nobody.
const BACK: usize = 3;

/// Who is spoken of in one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    /// The sentence, by its place in the layer.
    pub sentence: usize,
    /// Where it begins.
    pub start: u32,
    /// Its paragraph, counted without those that are not the report: a caption interrupts nobody.
    pub paragraph: usize,
    /// Persons outside quotations, in order, each once.
    pub people: Vec<Id>,
    /// Those of them who are named together with another ("Hale and Lund").
    pub pairs: Vec<Id>,
    /// Subjects of its finite verbs outside quotations, with the places of the verbs.
    pub subjects: Vec<(u32, MentionIndex)>,
    /// Whether a name in it, outside quotations, may be a person's.
    pub unknown: bool,
    /// The speaker of the last attribution in it.
    pub speaker: Option<Id>,
    /// The source of the last attribution in it, where that is somebody without a name: "a spokeswoman", or "she" where it
    /// is open who that is.
    pub unnamed: Option<Unnamed>,
    /// Those of the subjects that stand within what somebody is said to say.
    pub told: Vec<MentionIndex>,
    /// The attributions whose source stands in it, by their places in the layer.
    pub attributions: Vec<usize>,
}

/// What a pronoun asks for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub gender: Gender,
    /// Whether the pronoun is the source of an attribution.
    pub source: bool,
    /// Whom it cannot mean: who is named within the pronoun's own words ("“Hale will go,” he said").
    pub barred: &'a [Id],
}

impl Wanted<'_> {
    /// Whether the pronoun can mean the person, so far as its form says.
    pub fn fits(&self, draft: &Draft, id: Id) -> bool {
        agrees(draft, id, self.gender)
    }

    /// Whether the pronoun’s own words name the person.
    pub fn bars(&self, id: Id) -> bool {
        self.barred.contains(&id)
    }
}

/// The case and the gender of a pronoun of the third person.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub gender: Gender,
    pub object: bool,
    /// Whether it is "her" as an object, which its form does not say.
    pub her: bool,
}

impl Form {
    pub fn of(word: &str) -> Option<Self> {
        let (gender, object) = match word.to_lowercase().replace('’', "'").as_str() {
            "he" | "his" | "he's" | "himself" => (Gender::Male, false),
            "she" | "her" | "hers" | "she's" | "herself" => (Gender::Female, false),
            "him" => (Gender::Male, true),
            _ => return None,
        };
        Some(Form { gender, object, her: false })
    }
}

pub(super) fn agrees(draft: &Draft, id: Id, gender: Gender) -> bool {
    let known = draft.entities.get(id).and_then(|e| e.gender);
    draft.is_person(id) && known.is_none_or(|known| known == gender)
}

pub(super) fn only(ids: impl Iterator<Item = Id>) -> Option<Id> {
    let mut ids = ids;
    let first = ids.next()?;
    ids.all(|id| id == first).then_some(first)
}

/// Whom the sentences before `here` speak of: the last speaker, the subject, or the only person.
pub(super) fn before(draft: &Draft, scenes: &[Scene], here: &Scene, wanted: Wanted) -> Option<Id> {
    let opens = scenes.last().is_some_and(|last| last.paragraph < here.paragraph);
    if opens && !wanted.source && is_brought_in(draft, scenes, wanted) {
        return None;
    }
    // Where the nearest is barred, the next is no better than a guess.
    sentences_before(draft, scenes, here, wanted)
        .or_else(|| if opens { paragraph_before(draft, scenes, wanted) } else { None })
        .filter(|id| !wanted.bars(*id))
}

fn sentences_before(draft: &Draft, scenes: &[Scene], here: &Scene, wanted: Wanted) -> Option<Id> {
    for scene in scenes.iter().rev().take(BACK) {
        if here.paragraph.saturating_sub(scene.paragraph) > 2 {
            return None;
        }
        // Whoever spoke last goes on, named or not.
        if scene.unnamed.is_some_and(|somebody| somebody.fits(wanted.gender)) {
            return None;
        }
        let fits = |id: &Id| wanted.fits(draft, *id);
        let speaker = scene.speaker.filter(fits);
        // Who speaks goes on speaking, whomever the words are about.
        let about = |i: &MentionIndex| wanted.source && speaker.is_some() && scene.told.contains(i);
        let subjects = scene.subjects.iter().map(|(_, i)| *i).filter(|i| !about(i));
        let subject = only(subjects.filter_map(|i| draft.referent(i)).filter(fits));
        match (speaker, subject) {
            (Some(speaker), Some(subject)) if speaker != subject => return None,
            (None, Some(one)) if is_less_likely(draft, scene, one, wanted) => return None,
            (Some(one), _) => return Some(one),
            (None, Some(one)) => return Some(one).filter(|_| !acts_unnamed(draft, scene, wanted)),
            (None, None) => {}
        }
        if scene.unknown || acts_unnamed(draft, scene, wanted) {
            return None;
        }
        let mut people = scene.people.iter().copied().filter(fits).peekable();
        if people.peek().is_some() {
            return only(people);
        }
    }
    None
}

/// Whether it is not known that the pronoun can mean the person, and known that it can mean another of the sentence: "Salv has yet to
/// call her. She".
fn is_less_likely(draft: &Draft, scene: &Scene, id: Id, wanted: Wanted) -> bool {
    let gender = |id: Id| draft.entities.get(id).and_then(|e| e.gender);
    let mut others = scene.people.iter().filter(|other| **other != id);
    gender(id).is_none() && others.any(|other| gender(*other) == Some(wanted.gender))
}

/// Whether the one who acts in the last sentence is named there for the first time, behind somebody else who acts in that
/// paragraph and whom the pronoun can mean: "Hale was banned. The union’s chairman, Bo Lund, regretted it."
fn is_brought_in(draft: &Draft, scenes: &[Scene], wanted: Wanted) -> bool {
    let Some((last, earlier)) = scenes.split_last() else { return false };
    let acts = |scene: &Scene| {
        let subjects = scene.subjects.iter().map(|(_, i)| *i).filter(|i| !scene.told.contains(i));
        let all: Vec<Id> = subjects.filter_map(|i| draft.referent(i)).chain(scene.speaker).collect();
        all.into_iter().find(|id| wanted.fits(draft, *id))
    };
    let Some(new) = acts(last) else { return false };
    let mut near = earlier.iter().rev().take(NEAR).take_while(|scene| scene.paragraph == last.paragraph);
    let known = earlier.iter().rev().take(FIRST).any(|scene| scene.people.contains(&new));
    !known && near.any(|scene| acts(scene).is_some_and(|other| other != new))
}

/// Within how many sentences somebody else acts.
const NEAR: usize = 12;

/// Within how many sentences before somebody has been named.
const FIRST: usize = 100;

/// Whether somebody without a name, whom the pronoun can mean, is a subject of the sentence, and nobody with a name comes before.
fn acts_unnamed(draft: &Draft, scene: &Scene, wanted: Wanted) -> bool {
    let mut subjects = scene.subjects.iter().map(|(_, i)| *i).filter(|i| !scene.told.contains(i));
    let unnamed = |i: &MentionIndex| somebody::acting(draft, *i).is_some_and(|who| who.fits(wanted.gender));
    let Some(span) = subjects.find(unnamed).and_then(|i| draft.mentions.get(i)).map(|m| m.span) else {
        return false;
    };
    let earlier = Span { start: scene.start.min(span.start), end: span.start };
    let mut named = draft.mentions_in(earlier).filter_map(|i| draft.referent(i));
    !named.any(|id| wanted.fits(draft, id))
}

/// A pronoun at the head of a paragraph means the one person who acts or speaks in the paragraph before, where
/// nobody unknown acts there.
fn paragraph_before(draft: &Draft, scenes: &[Scene], wanted: Wanted) -> Option<Id> {
    let paragraph = scenes.last()?.paragraph;
    // A longer paragraph has more than one subject anyway.
    let scenes = || scenes.iter().rev().take(12).take_while(move |scene| scene.paragraph == paragraph);
    let subjects = || scenes().flat_map(|scene| scene.subjects.iter().map(|(_, i)| *i));
    let unknown = |i: MentionIndex| {
        let mention =
            draft.mentions.get(i).filter(|_| draft.referent(i).is_none_or(|id| !draft.is_person(id)));
        mention.is_some_and(|m| match m.kind {
            MentionKind::Name => matches!(m.of, EntityKind::Person | EntityKind::Other),
            MentionKind::Pronoun => Form::of(draft.report.slice(m.span)).is_some(),
            MentionKind::Title => true,
            MentionKind::Nominal => m.of == EntityKind::Person,
        })
    };
    if subjects().any(unknown) {
        return None;
    }
    let speakers = scenes().filter_map(|scene| scene.speaker);
    let acting = subjects().filter_map(|i| draft.referent(i)).chain(speakers);
    only(acting.filter(|id| wanted.fits(draft, *id)))
}
