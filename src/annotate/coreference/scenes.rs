//! Who is spoken of, sentence by sentence, and whom a pronoun after them means.
//!
//! In: the scenes of the sentences so far. Out: the one person whom "he" or "she" can mean. It does not know the
//! sentence that the pronoun stands in, except its paragraph.

use super::draft::{Draft, Id};
use crate::annotate::lexicon::Gender;
use crate::annotate::{EntityKind, MentionIndex, MentionKind};

/// How many sentences back a pronoun can reach, past those that name nobody.
const BACK: usize = 3;

/// Who is spoken of in one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    /// The sentence, by its place in the layer.
    pub sentence: usize,
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
}

/// The case and the gender of a pronoun of the third person.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub gender: Gender,
    pub object: bool,
}

impl Form {
    pub fn of(word: &str) -> Option<Self> {
        let (gender, object) = match word.to_lowercase().replace('’', "'").as_str() {
            "he" | "his" | "he's" | "himself" => (Gender::Male, false),
            "she" | "her" | "hers" | "she's" | "herself" => (Gender::Female, false),
            "him" => (Gender::Male, true),
            _ => return None,
        };
        Some(Form { gender, object })
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
pub(super) fn before(draft: &Draft, scenes: &[Scene], here: &Scene, gender: Gender) -> Option<Id> {
    let opens = scenes.last().is_some_and(|last| last.paragraph < here.paragraph);
    sentences_before(draft, scenes, here, gender)
        .or_else(|| if opens { paragraph_before(draft, scenes, gender) } else { None })
}

fn sentences_before(draft: &Draft, scenes: &[Scene], here: &Scene, gender: Gender) -> Option<Id> {
    for scene in scenes.iter().rev().take(BACK) {
        if here.paragraph.saturating_sub(scene.paragraph) > 2 {
            return None;
        }
        let fits = |id: &Id| agrees(draft, *id, gender);
        let subjects = scene.subjects.iter().filter_map(|(_, i)| draft.referent(*i)).filter(fits);
        let subject = only(subjects);
        match (scene.speaker.filter(fits), subject) {
            (Some(speaker), Some(subject)) if speaker != subject => return None,
            (Some(one), _) | (None, Some(one)) => return Some(one),
            (None, None) => {}
        }
        if scene.unknown {
            return None;
        }
        let mut people = scene.people.iter().copied().filter(fits).peekable();
        if people.peek().is_some() {
            return only(people);
        }
    }
    None
}

/// A pronoun at the head of a paragraph means the one person who acts or speaks in the paragraph before, where
/// nobody unknown acts there.
fn paragraph_before(draft: &Draft, scenes: &[Scene], gender: Gender) -> Option<Id> {
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
    only(acting.filter(|id| agrees(draft, *id, gender)))
}
