//! Attributions: who said, wrote, thinks or wants what.
//!
//! In: a report with its sentences, quotes and parts of speech. Out: its [`Attribution`]s with source, cue
//! and content (the notion of PolNeAR), in order. It does not know whom a source refers to; `coreference` does.

mod adjuncts;
mod clause;
mod contents;
mod cues;
#[cfg(test)]
mod export;
mod frames;
mod labels;
mod model;
mod phrases;
mod quoted;
mod sources;
mod words;

use super::{Annotations, Attribution, AttributionKind};
use crate::report::Report;
use crate::span::Span;
use clause::Draft;
use words::Words;

/// The attributions of the report, without speakers.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Attribution> {
    let words = Words::new(report, layers);
    let frames = frames::find(&words, layers);
    let (mut drafts, labelled) = labels::find(&words, &frames);
    for (frame, labelled) in frames.iter().zip(labelled) {
        if !labelled {
            drafts.extend(clause::find(&words, frame, &cues::find(&words, frame)));
        }
    }
    quoted::join(&words, &frames, &mut drafts);
    let mut found: Vec<Attribution> = drafts.iter().map(|d| attribution(&words, d)).collect();
    found.sort_by_key(Attribution::start);
    found
}

fn attribution(words: &Words, draft: &Draft) -> Attribution {
    let spans = |ranges: &[std::ops::Range<usize>]| -> Vec<Span> {
        let mut spans: Vec<Span> = ranges.iter().filter(|r| !r.is_empty()).map(|r| words.span(r)).collect();
        spans.sort_unstable();
        spans
    };
    Attribution {
        source: spans(&draft.source),
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        kind: kind(words, draft),
        via: spans(&draft.via),
        speaker: None,
    }
}

fn kind(words: &Words, draft: &Draft) -> AttributionKind {
    let quoted = |i: usize| words.quote_of(i).is_some();
    let all = draft.content.iter().flat_map(Clone::clone).filter(|i| words.is_word(*i)).all(quoted);
    match (all, draft.quotes(words)) {
        (true, _) => AttributionKind::Direct,
        (false, true) => AttributionKind::Mixed,
        (false, false) => AttributionKind::Indirect,
    }
}
