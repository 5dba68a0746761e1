//! Who speaks where a cue has no source of its own.
//!
//! In: attributions, and the scenes of the sentences with their subjects. Out: the speakers of cues that go on with a
//! subject: "Hale welcomed the plan and said …", "Hale left, saying …", "But then changed course, adding …". Where two
//! subjects are as likely, the speaker stays open.

use super::draft::{Draft, Id};
use super::scenes::{Scene, only};
use crate::annotate::attributions::is_saying;
use crate::annotate::{Annotations, Pos};
use crate::span::Span;

/// Sets the speakers that the words before a cue without a source settle.
pub(super) fn resolve(draft: &Draft, layers: &Annotations, scenes: &[Scene], speakers: &mut [Option<Id>]) {
    for (attribution, speaker) in layers.attributions.iter().zip(speakers.iter_mut()) {
        let Some(cue) = attribution.cue.first().filter(|_| attribution.source.is_empty()) else { continue };
        if speaker.is_none() && layers.quote_holding(cue.start).is_none() {
            *speaker = subject_of(draft, layers, scenes, *cue);
        }
    }
    follow(draft, layers, speakers);
}

/// The subject that a participle or a sentence without a subject goes on with.
fn subject_of(draft: &Draft, layers: &Annotations, scenes: &[Scene], cue: Span) -> Option<Id> {
    let sentence = layers.sentence_at(cue.start)?;
    let at = scenes.binary_search_by_key(&sentence, |scene| scene.sentence).ok()?;
    let scene = scenes.get(at)?;
    let first = layers.tokens_in(cue).start;
    if layers.tokens.get(first)?.pos != Pos::VBG {
        return None;
    }
    if begins_without_subject(layers, sentence) {
        return before(draft, scenes, at);
    }
    let verb = last_finite_before(layers, sentence, first)?;
    let start = layers.tokens.get(verb)?.span.start;
    let subjects = || scene.subjects.iter().filter(|(verb, _)| *verb < cue.start);
    let last = subjects().find(|(verb, _)| *verb == start).and_then(|(_, i)| draft.referent(*i))?;
    let alone = only(subjects().filter_map(|(_, i)| draft.referent(*i))).is_some();
    // "had called": the last verb of the group says what is done.
    let head = layers.verb_group_at(draft.report, verb).map_or(verb, |group| group.head);
    let word = layers.tokens.get(head)?.span;
    (alone || is_saying(&draft.report.slice(word).to_lowercase())).then_some(last)
}

/// The last finite verb of a sentence before a token, outside quotations.
fn last_finite_before(layers: &Annotations, sentence: usize, token: usize) -> Option<usize> {
    let sentence = layers.sentences.get(sentence)?;
    // A longer sentence is a list or a table.
    let mut tokens = sentence.tokens.start..token.min(sentence.tokens.start + 150);
    tokens.rfind(|i| {
        layers
            .tokens
            .get(*i)
            .is_some_and(|t| t.pos.is_finite() && layers.quote_holding(t.span.start).is_none())
    })
}

/// "But then backtracked": nothing that could be a subject stands before the first verb.
fn begins_without_subject(layers: &Annotations, sentence: usize) -> bool {
    let tokens = layers.sentences.get(sentence).and_then(|s| layers.tokens.get(s.tokens.clone()));
    let mut tokens = tokens.unwrap_or_default().iter();
    let opens = tokens.next().is_some_and(|t| t.pos == Pos::CC);
    let next = tokens.find(|t| t.pos != Pos::RB && t.pos != Pos::Punct);
    opens && next.is_some_and(|t| matches!(t.pos, Pos::VBD | Pos::VBN))
}

/// Who speaks or acts in the sentence before, within the same paragraph.
fn before(draft: &Draft, scenes: &[Scene], at: usize) -> Option<Id> {
    let last = at.checked_sub(1).and_then(|i| scenes.get(i))?;
    let same = scenes.get(at).is_some_and(|here| here.paragraph == last.paragraph);
    let acting = last.subjects.iter().filter_map(|(_, i)| draft.referent(*i));
    only(acting.chain(last.speaker)).filter(|_| same)
}

/// "Hale welcomed the plan and said …": a cue without a source right after "and" or a comma goes on with whoever the
/// cue before it in the sentence is given to.
fn follow(draft: &Draft, layers: &Annotations, speakers: &mut [Option<Id>]) {
    let mut cues: Vec<(Span, usize)> = Vec::new();
    for (a, attribution) in layers.attributions.iter().enumerate() {
        cues.extend(attribution.cue.first().map(|span| (*span, a)));
    }
    cues.sort_unstable();
    for pair in cues.windows(2) {
        let [(before, first), (cue, second)] = pair else { continue };
        let sourceless = layers.attributions[*second].source.is_empty() && speakers[*second].is_none();
        let one_sentence = layers.sentence_at(before.start) == layers.sentence_at(cue.start);
        let lead = draft.report.slice(Span { start: before.end.min(cue.start), end: cue.start }).trim_end();
        let goes_on = lead.ends_with(" and") || lead.ends_with(" but") || lead.ends_with(',');
        if sourceless && one_sentence && goes_on {
            speakers[*second] = speakers[*first];
        }
    }
}
