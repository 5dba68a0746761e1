//! Whom a pronoun must mean, or cannot mean, by the clause that it stands in.
//!
//! In: a pronoun in its sentence. Out: the source of the content that it stands in ("his office said that he would wait"), the
//! head of its relative clause ("a minister who knew that he would lose"), or that these are nobody whom the report names.
//! It does not look at other sentences.

use super::again;
use super::draft::{Draft, Id};
use super::scenes::{Form, Scene, agrees};
use super::somebody;
use crate::annotate::{Annotations, MentionIndex, MentionKind, Pos, lemma};
use crate::span::Span;

/// How many attributions of a sentence are looked at: one with more is a list.
const MOST: usize = 20;

/// Whom the source of the content settles in which a pronoun stands: `Some(None)` where that is somebody without a name.
pub(super) fn by_source(
    draft: &Draft,
    layers: &Annotations,
    scenes: &[Scene],
    scene: &Scene,
    pronoun: Span,
    form: Form,
) -> Option<Option<Id>> {
    let told = scene.attributions.iter().take(MOST).filter_map(|a| layers.attributions.get(*a));
    let holds = |a: &&crate::annotate::Attribution| {
        let before = a.source.first().is_some_and(|source| source.end <= pronoun.start);
        before && !asks(draft, layers, a) && a.content.iter().any(|content| content.contains(pronoun))
    };
    // The nearest source before the pronoun.
    let nearest = told.filter(holds).max_by_key(|a| a.source.first().map(|s| s.start))?;
    let source = *nearest.source.first()?;
    if names_somebody(draft, Span { start: source.end, end: pronoun.start }, form)
        || possessive_at(draft, source).is_none() && names_somebody(draft, source, form)
    {
        return None;
    }
    if let Some(owner) = possessor(draft, source, form) {
        return Some(owner);
    }
    let title = title_in(draft, source);
    if title.is_some_and(|i| draft.referent(i).is_some()) {
        return None;
    }
    let unnamed = title.and_then(|i| somebody::of_mention(draft, i));
    let unnamed = unnamed.or_else(|| somebody::of_phrase(draft, source));
    unnamed.filter(|who| who.fits(form.gender) && !form.object)?;
    Some(again::described(draft, scenes, source))
}

/// Whether the cue asks: "the judge asked whether he had any questions" is of another.
fn asks(draft: &Draft, layers: &Annotations, told: &crate::annotate::Attribution) -> bool {
    let mut words = told.cue.iter().flat_map(|cue| layers.tokens_in(*cue));
    words.any(|i| {
        let token = layers.tokens[i];
        let base = lemma(draft.report.slice(token.span), token.pos).to_lowercase();
        matches!(base.as_str(), "ask" | "request" | "question" | "inquire" | "demand" | "order" | "urge")
    })
}

/// Whether a person is named in `span` whom the pronoun can mean.
fn names_somebody(draft: &Draft, span: Span, form: Form) -> bool {
    let named = draft
        .mentions_in(span)
        .filter(|i| draft.mentions.get(*i).is_some_and(|m| m.kind != MentionKind::Pronoun));
    named.filter_map(|i| draft.referent(i)).any(|id| agrees(draft, id, form.gender))
}

/// Whom "his" means that opens a source ("his office"); nobody where the noun can be meant as well ("his brother").
fn possessor(draft: &Draft, source: Span, form: Form) -> Option<Option<Id>> {
    let i = possessive_at(draft, source)?;
    let own = Form::of(draft.report.slice(draft.mentions.get(i)?.span))?;
    Some(own).filter(|own| own.gender == form.gender)?;
    let who = somebody::of_phrase(draft, source);
    let another = who.is_some_and(|who| who.gender == Some(form.gender));
    Some(draft.referent(i).filter(|_| !another))
}

/// The possessive pronoun that opens a source: "his" of "his office".
fn possessive_at(draft: &Draft, source: Span) -> Option<MentionIndex> {
    let i = draft.mentions_in(source).next()?;
    let mention = draft.mentions.get(i).filter(|m| m.kind == MentionKind::Pronoun)?;
    let opens = mention.span.start == source.start && mention.span.end < source.end;
    opens.then_some(i)
}

/// The title that a source begins with, over its determiner.
fn title_in(draft: &Draft, source: Span) -> Option<MentionIndex> {
    let mut near = draft.mentions_in(source).take(4);
    near.find(|i| {
        draft
            .mentions
            .get(*i)
            .is_some_and(|m| m.kind == MentionKind::Title && m.span.start <= source.start + 4)
    })
}

/// Whom the head of the relative clause settles in which a pronoun stands: "a minister who knew that he would lose". `Some(None)`
/// where that is somebody without a name.
pub(super) fn by_relative(
    draft: &Draft,
    layers: &Annotations,
    scene: &Scene,
    pronoun: Span,
    form: Form,
) -> Option<Option<Id>> {
    let sentence = layers.sentences.get(scene.sentence)?;
    let at = layers.tokens_in(pronoun).start;
    let word = |i: usize| layers.tokens.get(i).map_or("", |t| draft.report.slice(t.span));
    let near = (sentence.tokens.start.max(at.saturating_sub(LONGEST_CLAUSE))..at).rev();
    let who = near
        .take_while(|i| !matches!(word(*i), "," | ";" | "”" | "\"" | "and" | "but"))
        .find(|i| word(*i) == "who")?;
    let head = who.checked_sub(1).filter(|i| *i >= sentence.tokens.start && word(*i) != ",")?;
    let token = layers.tokens.get(head)?;
    let plural = matches!(token.pos, Pos::NNS | Pos::NNPS) || !token.pos.is_noun();
    let within = Span { start: token.span.end, end: pronoun.start };
    if plural || form.object || names_somebody(draft, within, form) {
        return None;
    }
    // "Hale, a minister who", "Hale is the minister who": who that is stands before.
    let part = |i: &usize| {
        let pos = layers.tokens.get(*i).map(|t| t.pos);
        pos.is_some_and(|p| {
            p.is_noun() || p.is_adjective() || matches!(p, Pos::DT | Pos::CD | Pos::IN | Pos::POS)
        })
    };
    let before = (sentence.tokens.start..head).rev().find(|i| !part(i));
    if before.is_some_and(|i| matches!(word(i), "," | "is" | "was" | "as" | "became" | "–" | "—")) {
        return None;
    }
    let mut named = draft
        .mentions_in(token.span)
        .filter(|i| draft.mentions.get(*i).is_some_and(|m| m.span.end == token.span.end));
    let referent = named.find_map(|i| draft.referent(i)).filter(|id| draft.is_person(*id));
    Some(referent)
}

/// How many tokens a relative clause before its pronoun may have.
const LONGEST_CLAUSE: usize = 14;

/// Whether "himself" only stresses the noun right before it: "The minister himself wrote".
pub(super) fn is_emphatic(draft: &Draft, layers: &Annotations, pronoun: Span) -> bool {
    let stressed = matches!(draft.report.slice(pronoun).to_lowercase().as_str(), "himself" | "herself");
    let before = layers.tokens_in(pronoun).start.checked_sub(1).and_then(|i| layers.tokens.get(i));
    stressed && before.is_some_and(|token| token.pos.is_noun())
}

/// Whom the noun right before an emphatic pronoun means.
pub(super) fn emphasised(draft: &Draft, pronoun: Span) -> Option<Id> {
    let near = Span { start: pronoun.start.saturating_sub(60), end: pronoun.start };
    let beside = |i: &MentionIndex| draft.mentions.get(*i).is_some_and(|m| m.span.end + 1 == pronoun.start);
    draft.mentions_in(near).filter(beside).find_map(|i| draft.referent(i)).filter(|id| draft.is_person(*id))
}

/// Whether "her" is whom something is done to, and owns nothing: "has yet to telephone her".
pub(super) fn is_object(layers: &Annotations, pronoun: Span) -> bool {
    let tokens = layers.tokens_in(pronoun);
    let token = |i: usize| layers.tokens.get(i).map(|t| t.pos);
    let ends =
        token(tokens.end).is_none_or(|p| matches!(p, Pos::Punct | Pos::CC | Pos::IN | Pos::TO | Pos::RB));
    let verb = tokens.start.checked_sub(1).and_then(token).is_some_and(|p| p.is_verb() || p == Pos::IN);
    tokens.len() == 1 && token(tokens.start) == Some(Pos::PRP) && ends && verb
}

/// Whether the pronoun opens a paragraph and says whose minister somebody is: "Her finance minister".
pub(super) fn owns_a_minister(draft: &Draft, layers: &Annotations, pronoun: Span) -> bool {
    const GOVERNING: [&str; 3] = ["minister", "ministers", "chancellor"];
    let sentence = layers.sentence_at(pronoun.start);
    let opens = sentence.is_some_and(|s| {
        let first = s == 0 || layers.sentences[s - 1].paragraph != layers.sentences[s].paragraph;
        first && layers.sentences[s].span.start == pronoun.start
    });
    if !opens {
        return false;
    }
    let at = layers.tokens_in(pronoun);
    let possessive = at.len() == 1 && layers.tokens.get(at.start).is_some_and(|t| t.pos == Pos::PRPS);
    let mut noun = (at.end..at.end + 4)
        .filter_map(|i| layers.tokens.get(i))
        .take_while(|t| t.pos.is_noun() || t.pos.is_adjective());
    possessive && noun.any(|t| GOVERNING.contains(&draft.report.slice(t.span).to_lowercase().as_str()))
}

/// Whether the person leads a country, as far as the report says.
pub(super) fn can_govern(draft: &Draft, id: Id) -> bool {
    draft.entities.get(id).is_some_and(|entity| entity.roles.iter().any(|role| role.parts.leads()))
}
