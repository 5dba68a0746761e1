//! The record's quotations.
//!
//! In: utterances. Out: the lines of the record. It does not know how the tellings were joined.

use std::collections::BTreeSet;

use super::comparison::{Variation, compare};
use super::{Telling, Utterance};
use crate::align::cast::MemberIndex;
use crate::align::{Context, Spot};
use crate::annotate::{AttributionKind, Pos};
use crate::record::{Quotation, Variant};
use crate::span::Span;

/// The record's quotations.
pub fn write(context: &Context, utterances: &[Utterance]) -> Vec<Quotation> {
    utterances.iter().enumerate().map(|(n, utterance)| quotation(context, n, utterance)).collect()
}

fn quotation(context: &Context, n: usize, utterance: &Utterance) -> Quotation {
    let tellings = &utterance.tellings;
    let speakers: BTreeSet<MemberIndex> = tellings.iter().filter_map(|t| t.speaker).collect();
    let speaker = match speakers.iter().collect::<Vec<_>>()[..] {
        [one] => Some(*one),
        _ => None,
    };
    let kind = tellings.iter().map(|t| t.kind).min().unwrap_or(AttributionKind::Direct);
    let spots: Vec<Spot> = tellings.iter().map(Telling::spot).collect();
    Quotation {
        id: format!("q{}", n + 1),
        speaker: speaker.map(|m| context.cast.id(m)),
        speaker_name: speaker
            .map(|m| context.cast.name(m).to_owned())
            .or_else(|| source_words(context, tellings)),
        kind: kind.name().to_owned(),
        origins: context.origins(&spots),
        origins_at_least: context.origins_at_least(&spots),
        variants: tellings.iter().map(|t| variant(context, t)).collect(),
        differs: differs(tellings, speakers.len()),
    }
}

/// The words of the source where no telling names an entity.
fn source_words(context: &Context, tellings: &[Telling]) -> Option<String> {
    if tellings.iter().any(|t| t.speaker.is_some()) {
        return None;
    }
    let sources = |t: &Telling| Some((t.account, *t.attribution(context)?.source.first()?));
    let (account, span) = tellings.iter().find_map(sources)?;
    let tokens = &context.accounts[account].layers;
    // A pronoun that stays open names nobody.
    let pronoun = tokens
        .tokens_in(span)
        .all(|i| matches!(tokens.tokens[i].pos, Pos::PRP | Pos::WP | Pos::WDT | Pos::DT));
    (!pronoun).then(|| context.accounts[account].report.slice(span).trim_end_matches([',', ' ']).to_owned())
}

fn differs(tellings: &[Telling], speakers: usize) -> Vec<String> {
    let quoted: Vec<&Telling> = tellings.iter().filter(|t| t.kind != AttributionKind::Indirect).collect();
    let variations: Vec<Variation> = match quoted.split_first() {
        Some((fullest, rest)) => rest.iter().map(|t| compare(&fullest.words, &t.words)).collect(),
        None => Vec::new(),
    };
    let kinds = [
        ("wording", variations.iter().any(|v| v.wording || v.slight || v.number)),
        ("speaker", speakers > 1),
        ("truncated", variations.iter().any(|v| v.truncated)),
    ];
    kinds.into_iter().filter(|(_, differs)| *differs).map(|(kind, _)| kind.to_owned()).collect()
}

fn variant(context: &Context, telling: &Telling) -> Variant {
    let report = &context.accounts[telling.account].report;
    let words = |spans: &[Span], between: &str| {
        let words: Vec<&str> = spans.iter().map(|s| report.slice(*s)).collect();
        (!words.is_empty()).then(|| words.join(between))
    };
    let attribution = telling.attribution(context);
    Variant {
        text: telling.text(context),
        cue: attribution.and_then(|a| words(&a.cue, " ")),
        via: attribution.and_then(|a| words(&a.via, ", ")),
        kind: telling.kind.name().to_owned(),
        speaker: telling.speaker.map(|m| context.cast.id(m)),
        evidence: context.evidence(telling.spot()),
        fragments: telling
            .stretches
            .iter()
            .map(|s| context.evidence(Spot { account: telling.account, span: *s }))
            .collect(),
    }
}
