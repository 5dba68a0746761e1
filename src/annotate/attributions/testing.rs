//! What the tests of the finder of attributions share.
//!
//! In: a text. Out: its attributions, one line each. It knows nothing else.

use super::super::testing::report;
use super::super::{Annotator, Rules};
use super::words::Words;
use super::{cues, frames};
use crate::report::Report;
use crate::span::Span;

fn joined(report: &Report, spans: &[Span]) -> String {
    spans.iter().map(|s| report.slice(*s)).collect::<Vec<_>>().join(" / ")
}

/// The attributions of `text`, each as `source | cue | content / content`.
pub fn told(text: &str) -> Vec<String> {
    let report = report(text);
    let found = Rules.annotate(&report).attributions;
    let line = |roles: [&[Span]; 3]| roles.map(|r| joined(&report, r)).join(" | ");
    found.iter().map(|a| line([&a.source, &a.cue, &a.content])).collect()
}

/// The chains of the attributions of `text`.
pub fn via(text: &str) -> Vec<String> {
    let report = report(text);
    Rules.annotate(&report).attributions.iter().map(|a| joined(&report, &a.via)).collect()
}

/// The cues of `text`.
pub fn cues(text: &str) -> Vec<String> {
    let report = report(text);
    let layers = Rules.annotate(&report);
    let words = Words::new(&report, &layers);
    let frames = frames::find(&words, &layers);
    let found = frames.iter().flat_map(|f| cues::find(&words, f));
    found.map(|c| report.slice(words.span(&c.tokens)).to_owned()).collect()
}

/// The frames of `text`.
pub fn framed(text: &str) -> Vec<String> {
    let report = report(text);
    let layers = Rules.annotate(&report);
    let words = Words::new(&report, &layers);
    let frames = frames::find(&words, &layers);
    frames.iter().map(|f| report.slice(words.span(&f.tokens)).to_owned()).collect()
}
