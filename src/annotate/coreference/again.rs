//! Somebody called by other words right after he or she was named: "the Norwegian minister", "the California Democrat".
//!
//! In: a title or a source that no holder of an office settles, and the scenes of the sentences before. Out: the one person
//! whom it calls again. It knows nothing of pronouns.

use super::draft::{Draft, Id};
use super::roles;
use super::scenes::{Scene, only};
use super::title_parts::TitleParts;
use crate::annotate::lexicon::{self, Known};
use crate::annotate::mentions::titles::known_at;
use crate::annotate::{MentionIndex, MentionKind};
use crate::span::Span;

/// "the judge" soon after words of somebody who is a judge is that speaker again, whoever else is one; so is "the Norwegian
/// minister" after words of somebody who speaks for Norway and has no other title in this report.
pub(super) fn titled(draft: &Draft, scenes: &[Scene], i: MentionIndex) -> Option<Id> {
    let mention = draft.mentions.get(i).copied().filter(|m| m.kind == MentionKind::Title)?;
    if draft.referent(i).is_some() {
        return None;
    }
    let parts = TitleParts::of(&draft.words(mention.span), mention.head);
    if !parts.definite || parts.former || matches!(parts.noun.as_str(), "counterpart" | "spokes") {
        return None;
    }
    let last = |reach: usize| scenes.iter().rev().take(reach).find_map(|scene| scene.speaker);
    if let Some(id) = last(3).filter(|id| !parts.owned && roles::is_held(draft, *id, &parts, false)) {
        return Some(id);
    }
    let Some(party) = &parts.party else {
        return local_again(draft, scenes, mention.span, &parts);
    };
    let id = last(2)?;
    let entity = draft.entities.get(id)?;
    let same = entity.party.as_ref().is_some_and(|known| known.name == party.name);
    let untitled = entity.roles.iter().all(|role| role.parts.noun == "counterpart");
    (same && untitled).then_some(id)
}

/// "The California Democrat" right after a sentence about one person is that person, unless the report says that the
/// person is of another party.
pub(super) fn described(draft: &Draft, scenes: &[Scene], source: Span) -> Option<Id> {
    let phrase = draft.report.slice(source).split(',').next().unwrap_or_default();
    let words = draft.words(Span { start: source.start, end: source.start + phrase.len() as u32 });
    let (first, last) = words.first().zip(words.last())?;
    let Known::Group(party) = lexicon::known(last.text)? else { return None };
    // "The Tory" alone is rare, "The Muslim Tories" are several.
    if !first.text.eq_ignore_ascii_case("the") || !(3..=5).contains(&words.len()) || last.text.ends_with('s')
    {
        return None;
    }
    let id = acting(draft, scenes.last()?)?;
    let other =
        draft.entities.get(id)?.party.as_ref().is_some_and(|known| Some(known.name.as_str()) != party);
    (!other).then_some(id)
}

/// The one person who acts or speaks in a sentence.
fn acting(draft: &Draft, scene: &Scene) -> Option<Id> {
    let subjects = scene.subjects.iter().filter_map(|(_, i)| draft.referent(*i));
    only(subjects.filter(|id| draft.is_person(*id)).chain(scene.speaker))
}

/// "the Bergen senator" right after a sentence about one person is that person, where the report calls nobody else so.
fn local_again(draft: &Draft, scenes: &[Scene], title: Span, parts: &TitleParts) -> Option<Id> {
    let words = draft.words(title);
    let local = words
        .iter()
        .position(|word| lexicon::known(word.text).is_some_and(|k| k == Known::Place))
        .or_else(|| (0..words.len()).find(|at| matches!(known_at(&words, *at), Some((_, Known::Place)))));
    if local.is_none() || !parts.field.is_empty() {
        return None;
    }
    let id = acting(draft, scenes.last()?)?;
    let holds = |id: Id| draft.entities.get(id).is_some_and(|e| e.roles.iter().any(|r| parts.fits(&r.parts)));
    let others = (0..draft.entities.len()).any(|other| other != id && holds(other));
    let untitled = draft.entities.get(id).is_some_and(|e| e.roles.is_empty());
    (holds(id) || untitled && !others).then_some(id)
}
