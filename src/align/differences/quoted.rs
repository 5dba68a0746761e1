//! Who is quoted, and in which words.
//!
//! In: the utterances. Out: differences of the kinds `speaker` and `wording`, and `number` where two wordings differ in
//! one. It does not know the original: two wordings of one utterance may be two translations, so their compatibility is
//! unknown.

use std::collections::BTreeSet;

use super::super::quotations::{Telling, Utterance, changed_numbers, compare};
use super::super::{Context, Spot};
use super::{Found, Reading, first_words, readings};
use crate::align::cast::MemberIndex;
use crate::annotate::{AttributionKind, EntityKind, lexicon};

/// How many words of a quotation name it.
const WORDS_ABOUT: usize = 12;

/// The differences of the two kinds.
pub(super) fn find(context: &Context, utterances: &[Utterance]) -> Vec<Found> {
    let speakers = utterances.iter().filter_map(|u| speaker(context, u));
    let numbers = utterances.iter().filter_map(|u| number(context, u));
    speakers.chain(numbers).chain(utterances.iter().filter_map(|u| wording(context, u))).collect()
}

/// The same words, given to two people by two reports.
fn speaker(context: &Context, utterance: &Utterance) -> Option<Found> {
    // A body and the person who speaks for it do not contradict each other.
    let person = |t: &&Telling| {
        t.kind != AttributionKind::Indirect
            && t.speaker
                .is_some_and(|m| context.cast.kind(m) == EntityKind::Person && context.cast.is_named(m))
    };
    let named: Vec<&Telling> = utterance.tellings.iter().filter(person).collect();
    let speakers: BTreeSet<_> = named.iter().filter_map(|t| t.speaker).collect();
    let accounts: BTreeSet<_> = named.iter().map(|t| t.account).collect();
    let members: Vec<MemberIndex> = speakers.iter().copied().collect();
    let other = |a: MemberIndex, b: MemberIndex| !share_a_name(context.cast.name(a), context.cast.name(b));
    let apart = members.iter().enumerate().all(|(n, a)| members[n + 1..].iter().all(|b| other(*a, *b)));
    if speakers.len() < 2 || accounts.len() < 2 || !apart {
        return None;
    }
    let name = |t: &Telling| t.speaker.map_or_else(String::new, |m| context.cast.name(m).to_owned());
    let spots = named.iter().map(|t| (name(t), t.spot()));
    // A phrase inside another's sentence may have been said by both; a whole sentence is somebody's.
    let sentences = named.iter().all(|t| t.is_direct());
    Some(Found {
        kind: "speaker",
        about: about(context, utterance),
        compatible: sentences.then_some(false),
        over_time: false,
        readings: without_cues(context, readings(spots), &named),
    })
}

/// Readings with the words of their first telling, an ellipsis where the report's own words break it.
fn without_cues(context: &Context, mut readings: Vec<Reading>, tellings: &[&Telling]) -> Vec<Reading> {
    for reading in &mut readings {
        let first = reading.spots.first().copied();
        let telling = tellings.iter().find(|t| Some(t.spot()) == first);
        reading.text = telling.map(|t| t.text(context));
    }
    readings
}

/// Whether two names have a word in common: then they may well be one person's.
fn share_a_name(a: &str, b: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> { name.split_whitespace().map(lexicon::fold).collect() };
    !words(a).is_disjoint(&words(b))
}

/// One utterance in different words.
fn wording(context: &Context, utterance: &Utterance) -> Option<Found> {
    let quoted = utterance.tellings.iter().filter(|t| t.kind != AttributionKind::Indirect);
    let quoted: Vec<&Telling> = quoted.collect();
    let (fullest, rest) = quoted.split_first()?;
    let reworded = rest.iter().filter(|t| t.account != fullest.account);
    let reworded: Vec<&Telling> =
        reworded.copied().filter(|t| compare(&fullest.words, &t.words).wording).collect();
    if reworded.is_empty() {
        return None;
    }
    let tellings: Vec<&Telling> = std::iter::once(*fullest).chain(reworded).collect();
    let spots: Vec<(String, Spot)> = tellings.iter().map(|t| (normal(t), t.spot())).collect();
    Some(Found {
        kind: "wording",
        about: about(context, utterance),
        compatible: None,
        over_time: false,
        readings: without_cues(context, readings(spots), &tellings),
    })
}

/// One utterance with another number in it: somebody said only one of them.
fn number(context: &Context, utterance: &Utterance) -> Option<Found> {
    let quoted = utterance.tellings.iter().filter(|t| t.kind != AttributionKind::Indirect);
    let quoted: Vec<&Telling> = quoted.collect();
    let (fullest, rest) = quoted.split_first()?;
    let mut spots: Vec<(String, Spot)> = Vec::new();
    for other in rest.iter().filter(|t| t.account != fullest.account) {
        let Some((i, j)) = changed_numbers(&fullest.words, &other.words).first().copied() else { continue };
        spots.extend([number_at(context, fullest, i), number_at(context, other, j)]);
    }
    (!spots.is_empty()).then(|| Found {
        kind: "number",
        about: about(context, utterance),
        compatible: Some(false),
        over_time: false,
        readings: readings(spots),
    })
}

/// A number of a telling with the word after it.
fn number_at(context: &Context, telling: &Telling, i: usize) -> (String, Spot) {
    let next = telling.words.get(i + 1).filter(|w| w.is_content() && !w.after_cut);
    let number = telling.words[i].span;
    let spot = Spot { account: telling.account, span: next.map_or(number, |w| number.cover(w.span)) };
    (context.text(spot).to_lowercase(), spot)
}

fn normal(telling: &Telling) -> String {
    telling.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ")
}

/// The first words of the fullest telling, verbatim: those of its first stretch, unless these are too few to name it.
fn about(context: &Context, utterance: &Utterance) -> String {
    let Some(telling) = utterance.tellings.first() else { return String::new() };
    let first = telling.stretches.first().map_or("", |s| context.accounts[telling.account].report.slice(*s));
    let whole = telling.text(context);
    let text = if first.split_whitespace().count() < FEWEST_ABOUT { whole.as_str() } else { first };
    first_words(text, WORDS_ABOUT)
}

/// The fewest words of a stretch that name a quotation.
const FEWEST_ABOUT: usize = 4;
