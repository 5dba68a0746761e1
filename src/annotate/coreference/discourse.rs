//! Pronouns and speakers, sentence by sentence.
//!
//! In: entities of names and titles, sentences, quotes and attributions. Out: the entities of "he" and "she", and of "it"
//! and "the company" ([`bodies`]), and the speaker of each attribution. The two depend on each other, so they are found in one walk. A pronoun
//! goes to the subject, or the speaker, of the words before it; where two persons are as near, it stays open.

use std::collections::BTreeMap;

use super::again;
use super::bodies;
use super::bound;
use super::draft::{Draft, Id};
use super::scenes::{Form, Scene, Wanted, agrees, before, only};
use super::somebody::{self, Unnamed};
use super::speakers::{self, Source};
use super::unsourced;
use crate::annotate::{Annotations, EntityKind, MentionIndex, MentionKind, Quote};
use crate::span::Span;

/// A quotation that holds an offset, by binary search.
impl Annotations {
    pub(super) fn quote_holding(&self, offset: u32) -> Option<&Quote> {
        let end = self.quotes.partition_point(|q| q.outer.start <= offset);
        // Nested quotes stand within the few before it.
        let near = self.quotes.get(end.saturating_sub(8)..end).unwrap_or_default();
        near.iter().rev().find(|q| q.outer.holds(offset))
    }
}

/// Resolves pronouns; returns the speaker of each attribution.
pub(super) fn resolve(draft: &mut Draft, layers: &Annotations) -> Vec<Option<Id>> {
    let sources: Vec<Source> = layers.attributions.iter().map(|a| speakers::of(draft, a)).collect();
    let known = |source: &Source| if let Source::Known(id) = source { Some(*id) } else { None };
    let mut speakers: Vec<Option<Id>> = sources.iter().map(known).collect();
    let mut told_by: BTreeMap<MentionIndex, Vec<usize>> = BTreeMap::new();
    for (a, source) in sources.iter().enumerate() {
        if let Source::Later(i) = source {
            told_by.entry(*i).or_default().push(a);
        }
    }
    let by_sentence = attributions_by_sentence(layers);
    let mut scenes: Vec<Scene> = Vec::with_capacity(layers.sentences.len());
    let (mut paragraph, mut last_paragraph) = (0, None);
    for s in 0..layers.sentences.len() {
        let Some(sentence) = layers.sentences.get(s) else { break };
        if sentence.furniture {
            continue;
        }
        paragraph += usize::from(last_paragraph.replace(sentence.paragraph) != Some(sentence.paragraph));
        let told = by_sentence.get(&s).map(Vec::as_slice).unwrap_or_default();
        let subjects = subjects(draft, layers, s);
        let within = subjects.iter().map(|(_, i)| *i).filter(|i| is_told(draft, layers, told, *i)).collect();
        let mut scene = Scene {
            sentence: s,
            start: sentence.span.start,
            paragraph,
            subjects,
            told: within,
            attributions: told.to_vec(),
            ..Scene::default()
        };
        for i in draft.mentions_in(sentence.span) {
            let is_source = told_by.get(&i);
            let found = pronoun(draft, layers, &scenes, &scene, i, is_source.map(Vec::as_slice));
            let found = found.or_else(|| again::titled(draft, &scenes, i));
            let body = || {
                let speaker = opened_by(draft, layers, told, &speakers, i);
                bodies::resolve(draft, layers, &scenes, &scene, i, speaker)
            };
            if let Some(id) = found.or_else(body) {
                draft.refer(i, id);
                is_source.into_iter().flatten().for_each(|a| set(&mut speakers, *a, id));
            }
            note(draft, layers, &mut scene, i);
        }
        for a in told.iter().copied().filter(|a| sources.get(*a) == Some(&Source::Open)) {
            let source = layers.attributions.get(a).and_then(|a| a.source.first());
            if let Some(id) = source.and_then(|source| again::described(draft, &scenes, *source)) {
                set(&mut speakers, a, id);
            }
        }
        let last = told.iter().rev().find_map(|a| speakers.get(*a).copied().flatten());
        scene.speaker = last.filter(|id| draft.is_person(*id));
        scene.unnamed = unnamed_speaker(draft, layers, &sources, &speakers, told);
        scenes.push(scene);
    }
    unsourced::resolve(draft, layers, &scenes, &mut speakers);
    speakers::refer_within(draft, layers, &speakers);
    speakers
}

/// The body that is said to say what the mention `i` opens: "the ministry" of "The ministry said it would appeal".
fn opened_by(
    draft: &Draft,
    layers: &Annotations,
    told: &[usize],
    speakers: &[Option<Id>],
    i: MentionIndex,
) -> Option<Id> {
    let span = draft.mentions.get(i)?.span;
    let opens = |content: &Span| {
        let lead = Span { start: content.start, end: span.start };
        content.contains(span) && matches!(draft.report.slice(lead).trim(), "" | "that")
    };
    let mut telling = told.iter().copied().filter(|a| {
        let attribution = layers.attributions.get(*a);
        attribution.is_some_and(|a| {
            a.content.iter().any(opens) && a.source.first().is_some_and(|source| source.end <= span.start)
        })
    });
    let id = telling.find_map(|a| speakers.get(a).copied().flatten())?;
    let kind = draft.entities.get(id)?.kind;
    matches!(kind, EntityKind::Organization | EntityKind::Place).then_some(id)
}

/// The source of the last of the attributions `told`, where that is somebody without a name.
fn unnamed_speaker(
    draft: &Draft,
    layers: &Annotations,
    sources: &[Source],
    speakers: &[Option<Id>],
    told: &[usize],
) -> Option<Unnamed> {
    // "Hale said a nurse had told her so": Hale speaks.
    let source = |a: usize| layers.attributions.get(a).and_then(|a| a.source.first()).copied();
    let outer = |a: &usize| source(*a).is_some_and(|source| !gives(layers, told, source));
    let last = told.iter().copied().rev().find(outer)?;
    if speakers.get(last).copied().flatten().is_some() {
        return None;
    }
    match sources.get(last)? {
        Source::Later(i) => somebody::of_mention(draft, *i),
        Source::Open => somebody::of_phrase(draft, source(last)?),
        Source::Known(_) => None,
    }
}

/// Whether the mention stands within what one of the attributions `told` gives to somebody.
fn is_told(draft: &Draft, layers: &Annotations, told: &[usize], i: MentionIndex) -> bool {
    draft.mentions.get(i).is_some_and(|mention| gives(layers, told, mention.span))
}

/// Whether the words stand within what one of the attributions `told` gives to somebody.
fn gives(layers: &Annotations, told: &[usize], span: Span) -> bool {
    // A sentence with more is a list.
    let contents = told.iter().take(20).filter_map(|a| layers.attributions.get(*a)).flat_map(|a| &a.content);
    contents.into_iter().any(|content| content.contains(span))
}

/// The persons who are named within what the attributions `told` give to somebody.
fn named_within(draft: &Draft, layers: &Annotations, told: &[usize]) -> Vec<Id> {
    let contents = told.iter().take(20).filter_map(|a| layers.attributions.get(*a)).flat_map(|a| &a.content);
    // Content is seldom longer.
    let mentions = contents.flat_map(|content| draft.mentions_in(*content).take(100));
    let named = mentions.filter(|i| draft.mentions.get(*i).is_some_and(|m| m.kind != MentionKind::Pronoun));
    named.filter_map(|i| draft.referent(i)).filter(|id| draft.is_person(*id)).collect()
}

fn set(speakers: &mut [Option<Id>], at: usize, id: Id) {
    if let Some(speaker) = speakers.get_mut(at) {
        *speaker = Some(id);
    }
}

/// The attributions whose source stands in each sentence, in the order of their sources.
fn attributions_by_sentence(layers: &Annotations) -> BTreeMap<usize, Vec<usize>> {
    let mut sources: Vec<(u32, usize)> = Vec::new();
    for (a, attribution) in layers.attributions.iter().enumerate() {
        sources.extend(attribution.source.first().map(|span| (span.start, a)));
    }
    sources.sort_unstable();
    let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (start, a) in sources {
        if let Some(s) = layers.sentence_at(start) {
            by_sentence.entry(s).or_default().push(a);
        }
    }
    by_sentence
}

/// Adds the mention to what the sentence speaks of.
fn note(draft: &Draft, layers: &Annotations, scene: &mut Scene, i: MentionIndex) {
    let Some(mention) = draft.mentions.get(i) else { return };
    let single =
        mention.kind == MentionKind::Name && mention.of == EntityKind::Other && mention.span == mention.head;
    let letters = draft.report.slice(mention.span);
    let shouted = letters.chars().skip(1).all(|c| !c.is_lowercase());
    if single && !shouted && layers.quote_holding(mention.span.start).is_none() {
        scene.unknown = true;
    }
    let Some(id) = draft.referent(i).filter(|id| draft.is_person(*id)) else { return };
    if layers.quote_holding(mention.span.start).is_none()
        && !scene.people.contains(&id)
        && scene.people.len() < 64
    {
        scene.people.push(id);
    }
    if is_paired(draft, i) && !scene.pairs.contains(&id) && scene.pairs.len() < 64 {
        scene.pairs.push(id);
    }
}

/// Whether the person `i` is named together with another: "Hale and Lund".
fn is_paired(draft: &Draft, i: MentionIndex) -> bool {
    let Some(mention) = draft.mentions.get(i) else { return false };
    let joined = |left: Span, right: Span| {
        draft.between(left, right).is_some_and(|gap| matches!(gap, " and " | ", " | ", and " | " & "))
    };
    let person = |j: Option<usize>| {
        j.and_then(|j| draft.mentions.get(j))
            .filter(|m| m.of == EntityKind::Person && m.kind == MentionKind::Name)
    };
    let after = (i + 1..i + 3).filter_map(|j| person(Some(j)));
    let before = (1..3).filter_map(|back| person(i.checked_sub(back)));
    after.into_iter().any(|m| joined(mention.span, m.span))
        || before.into_iter().any(|m| joined(m.span, mention.span))
}

/// The mentions that are subjects in the sentence `s`, outside quotations.
fn subjects(draft: &Draft, layers: &Annotations, s: usize) -> Vec<(u32, MentionIndex)> {
    let Some(sentence) = layers.sentences.get(s) else { return Vec::new() };
    let mut found = Vec::new();
    // A longer sentence is a list or a table.
    for token in sentence.tokens.clone().take(150) {
        let Some(verb) = layers.tokens.get(token).filter(|t| t.pos.is_finite()) else { continue };
        if layers.quote_holding(verb.span.start).is_some() {
            continue;
        }
        let Some(range) = layers.clause_subject(draft.report, token) else {
            found.extend(named_before(draft, layers, token).map(|i| (verb.span.start, i)));
            continue;
        };
        let first = layers.tokens.get(range.start).map(|t| t.span);
        let last = range.end.checked_sub(1).and_then(|i| layers.tokens.get(i)).map(|t| t.span);
        let Some((first, last)) = first.zip(last) else { continue };
        let listed = range
            .start
            .checked_sub(1)
            .and_then(|i| layers.tokens.get(i))
            .is_some_and(|t| draft.report.slice(t.span) == "and");
        if let Some(i) = subject_mention(draft, first.cover(last), last).filter(|_| !listed) {
            found.push((verb.span.start, i));
        }
    }
    found
}

/// The name right before a verb whose subject the phrases around it do not settle.
fn named_before(draft: &Draft, layers: &Annotations, verb: usize) -> Option<MentionIndex> {
    let before = layers.tokens.get(verb.checked_sub(1)?)?.span;
    // A name is seldom longer.
    let near = Span { start: before.start.saturating_sub(60), end: before.end };
    draft.mentions_in(near).rev().find(|i| {
        let mention = draft.mentions.get(*i);
        mention.is_some_and(|m| m.kind == MentionKind::Name && m.span.end == before.end)
    })
}

/// The mention that a subject's noun phrase comes down to.
fn subject_mention(draft: &Draft, phrase: Span, last: Span) -> Option<MentionIndex> {
    let inside = draft.mentions_in(phrase).take(20);
    let within: Vec<MentionIndex> =
        inside.filter(|i| draft.mentions.get(*i).is_some_and(|m| m.head.end <= phrase.end)).collect();
    if draft.report.slice(phrase).contains(" and ") {
        return None;
    }
    let heads = |i: &&MentionIndex| {
        draft.mentions.get(**i).is_some_and(|m| m.head.overlaps(last) && m.span.contains(last))
    };
    let starts = |i: &&MentionIndex| {
        let mention = draft.mentions.get(**i);
        mention.is_some_and(|m| {
            m.kind == MentionKind::Title && m.span.start == phrase.start && m.span.end >= phrase.end
        })
    };
    within.iter().find(heads).or_else(|| within.iter().find(starts)).copied()
}

/// Whom the pronoun `i` means, if it is one that means a person.
fn pronoun(
    draft: &mut Draft,
    layers: &Annotations,
    scenes: &[Scene],
    scene: &Scene,
    i: MentionIndex,
    source: Option<&[usize]>,
) -> Option<Id> {
    let mention = draft.mentions.get(i).copied().filter(|m| m.kind == MentionKind::Pronoun)?;
    let mut form = Form::of(draft.report.slice(mention.span))?;
    let her = draft.report.slice(mention.span).eq_ignore_ascii_case("her");
    form.her |= her && bound::is_object(layers, mention.span);
    if bound::is_emphatic(draft, layers, mention.span) {
        return bound::emphasised(draft, mention.span);
    }
    let barred = source.map(|told| named_within(draft, layers, told)).unwrap_or_default();
    let wanted = Wanted { gender: form.gender, source: source.is_some(), barred: &barred };
    let id = match layers.quote_holding(mention.span.start) {
        Some(quote) => within_quote(draft, quote.inner, i, form)?,
        None => outside(draft, layers, scenes, scene, i, form, wanted)?,
    };
    let entity = draft.entities.get_mut(id)?;
    entity.gender.get_or_insert(form.gender);
    Some(id)
}

/// Within a quotation only somebody named earlier in it is near enough.
fn within_quote(draft: &Draft, quote: Span, i: MentionIndex, form: Form) -> Option<Id> {
    let before = draft.mentions_in(quote).take(100).take_while(|j| *j < i);
    let named = before.filter(|j| draft.mentions.get(*j).is_some_and(|m| m.kind == MentionKind::Name));
    only(named.filter_map(|j| draft.referent(j)).filter(|id| agrees(draft, *id, form.gender)))
}

/// "a letter by Hale, in which he": the clause belongs to what stands right before it.
fn in_relative_clause(draft: &Draft, layers: &Annotations, pronoun: Span) -> bool {
    let before = layers.tokens_in(pronoun).start.checked_sub(1).and_then(|i| layers.tokens.get(i));
    before.is_some_and(|token| matches!(draft.report.slice(token.span), "which" | "where"))
}

/// "A woman died when a tree fell on her car": whether somebody without a name, whom the pronoun may mean, comes first in the sentence.
fn is_of_somebody_unnamed(
    draft: &Draft,
    layers: &Annotations,
    sentence: usize,
    pronoun: Span,
    form: Form,
) -> bool {
    let Some(sentence) = layers.sentences.get(sentence) else { return false };
    let word = |i: usize| layers.tokens.get(i).map_or("", |token| draft.report.slice(token.span));
    let before = sentence.tokens.start..layers.tokens_in(pronoun).start;
    before.clone().take(150).any(|i| {
        let somebody = somebody::can_be(word(i), form.gender);
        // "Hale, a doctor, said she" and "Hale is a doctor who" say who Hale is.
        let told_of =
            |i: usize| i > before.start && matches!(word(i - 1), "," | "is" | "was" | "as" | "became");
        let article = |i: &usize| {
            matches!(word(*i), "a" | "an" | "A" | "An" | "one" | "One" | "another") && !told_of(*i)
        };
        somebody && (before.start.max(i.saturating_sub(4))..i).any(|i| article(&i))
    })
}

/// "A spokeswoman said she could not comment": whether somebody without a name is a subject before the pronoun `i`, and nobody
/// whom the pronoun can mean is nearer.
fn follows_somebody_unnamed(draft: &Draft, scene: &Scene, i: MentionIndex, wanted: Wanted) -> bool {
    let Some(pronoun) = draft.mentions.get(i).map(|m| m.span) else { return false };
    let before = scene.subjects.iter().filter(|(verb, _)| *verb < pronoun.start).map(|(_, j)| *j);
    let mut others = before.filter(|j| !(wanted.source && scene.told.contains(j)));
    let unnamed = |j: &MentionIndex| somebody::acting(draft, *j).is_some_and(|who| who.fits(wanted.gender));
    let Some(last) = others.rfind(unnamed).and_then(|j| draft.mentions.get(j)) else {
        return false;
    };
    let between = Span { start: last.span.end, end: pronoun.start.max(last.span.end) };
    let mut nearer = draft.mentions_in(between).filter_map(|j| draft.referent(j));
    !nearer.any(|id| wanted.fits(draft, id))
}

#[allow(clippy::too_many_arguments, reason = "the place of one pronoun")]
fn outside(
    draft: &Draft,
    layers: &Annotations,
    scenes: &[Scene],
    scene: &Scene,
    i: MentionIndex,
    form: Form,
    wanted: Wanted,
) -> Option<Id> {
    let span = draft.mentions.get(i)?.span;
    if is_of_somebody_unnamed(draft, layers, scene.sentence, span, form)
        || follows_somebody_unnamed(draft, scene, i, wanted)
    {
        return None;
    }
    if !wanted.source
        && let Some(bound) = bound::by_source(draft, layers, scenes, scene, span, form)
            .or_else(|| bound::by_relative(draft, layers, scene, span, form))
    {
        return bound.filter(|id| wanted.fits(draft, *id) && !wanted.bars(*id));
    }
    let governs = bound::owns_a_minister(draft, layers, span);
    let can_be =
        |id: &Id| wanted.fits(draft, *id) && !wanted.bars(*id) && (!governs || bound::can_govern(draft, *id));
    let before = |draft: &Draft, scenes: &[Scene], scene: &Scene, wanted: Wanted| {
        before(draft, scenes, scene, wanted).filter(|id| !governs || bound::can_govern(draft, *id))
    };
    let mut here: Vec<Id> = scene.people.iter().copied().filter(can_be).collect();
    // One of a pair is seldom meant by "he" where somebody else stands alone.
    if here.iter().any(|id| !scene.pairs.contains(id)) {
        here.retain(|id| !scene.pairs.contains(id));
    }
    if here.is_empty() && scene.unknown {
        return None;
    }
    if form.her {
        // Whoever does it to her is somebody else.
        let doer =
            scene.subjects.iter().rfind(|(verb, _)| *verb < span.start).and_then(|(_, i)| draft.referent(*i));
        let others: Vec<Id> = here.iter().copied().filter(|id| Some(*id) != doer).collect();
        return match others.as_slice() {
            [] => before(draft, scenes, scene, wanted).filter(|id| Some(*id) != doer),
            [one] => Some(*one),
            _ => None,
        };
    }
    if form.object {
        return match here.as_slice() {
            [] => before(draft, scenes, scene, wanted),
            _ => None,
        };
    }
    let subjects = scene.subjects.iter().filter(|(verb, _)| *verb < span.start);
    let last_verb = subjects.clone().next_back().map(|(verb, _)| *verb);
    let subjects: Vec<Id> = subjects.filter_map(|(_, i)| draft.referent(*i)).filter(can_be).collect();
    let first = subjects.first().copied();
    if wanted.source {
        // “…,” he said: whoever spoke before goes on, unless the sentence itself has another subject.
        return first.filter(|_| only(subjects.into_iter()).is_some()).or_else(|| match here.as_slice() {
            [] => before(draft, scenes, scene, wanted),
            [one] if in_relative_clause(draft, layers, span) => Some(*one),
            [_one] => before(draft, scenes, scene, wanted),
            _ => None,
        });
    }
    if let Some(subject) = only(subjects.iter().copied()) {
        return Some(subject);
    }
    // "… whereas Hale said he believed": the clause that the pronoun stands in is Hale's.
    if let (Some(last), Some(id)) = (last_verb, subjects.last()) {
        let between = Span { start: last, end: span.start };
        if layers.tokens_in(between).len() <= 4 {
            return Some(*id);
        }
    }
    match here.as_slice() {
        [] => before(draft, scenes, scene, wanted),
        [one] if subjects.is_empty() => {
            // A name in a phrase at the head of the sentence does not push out whom the words before spoke of.
            match before(draft, scenes, scene, wanted) {
                Some(earlier) if earlier != *one => None,
                _ => Some(*one),
            }
        }
        _ => None,
    }
}
