//! An annotator with a network.
//!
//! In: a report. Out: its layers: the rules' with the attributions that a network reads. It does not know which
//! network it has; `mod.rs` does.

use std::ops::Range;

use super::attributions::{self, Found, Weighing};
use super::features::{self, Proposal};
use super::names;
use super::network::Network;
use crate::annotate::attributions::is_saying;
use crate::annotate::{Annotations, Annotator, Attribution, AttributionKind, Pos, Rules};
use crate::report::Report;
use crate::span::Span;

/// Rules, corrected by a network.
pub struct Trained {
    pub(super) name: &'static str,
    pub(super) network: Network,
    pub(super) weighing: Weighing,
}

impl Annotator for Trained {
    fn name(&self) -> &'static str {
        self.name
    }

    fn annotate(&self, report: &Report) -> Annotations {
        let mut layers = Rules::propose(report);
        self.correct(report, &mut layers);
        Rules::conclude(report, &mut layers);
        layers
    }
}

impl Trained {
    fn correct(&self, report: &Report, layers: &mut Annotations) {
        let text = report.text.as_str();
        let words = layers.tokens.iter().map(|token| token.span.of(text));
        let told = features::words(report, layers);
        let reading = self.network.read(words, &told);
        let proposed = features::proposals(layers);
        names::correct(&reading, text, layers);
        let found = attributions::find(&reading, layers, &proposed, self.weighing);
        let found = found.iter().map(|found| attribution(layers, found)).collect();
        layers.attributions = reconciled(layers, text, found);
    }
}

/// What the network found with what the rules know exactly: where quotations end, and those that only they see.
fn reconciled(layers: &Annotations, text: &str, found: Vec<Attribution>) -> Vec<Attribution> {
    let rules = &layers.attributions;
    let (exact, direct): (Vec<&Attribution>, Vec<&Attribution>) = rules
        .iter()
        .filter(|rule| rule.kind == AttributionKind::Direct)
        .partition(|rule| is_exact(layers, rule));
    let mut out = found;
    out.retain(|found| !exact.iter().any(|rule| share(&rule.cue, &found.cue)));
    for found in &mut out {
        let same =
            |rule: &&&Attribution| share(&rule.cue, &found.cue) && share(&rule.content, &found.content);
        if let Some(rule) = direct.iter().find(same) {
            found.content.clone_from(&rule.content);
            found.kind = rule.kind;
        }
    }
    let unseen = |rule: &&Attribution| !out.iter().any(|found| share(&found.content, &rule.content));
    // What stands between marks under a verb of saying is somebody's words, however unsure the network is.
    let mixed = rules.iter().filter(|rule| rule.kind == AttributionKind::Mixed && says(layers, text, rule));
    let unseen: Vec<Attribution> = direct.into_iter().chain(mixed).filter(unseen).cloned().collect();
    out.extend(exact.into_iter().cloned());
    out.extend(unseen);
    out.sort_by_key(Attribution::start);
    out
}

/// Whether a mark and not a word attributes a quotation (“…” — Ann Hale): there the rules are exact.
fn is_exact(layers: &Annotations, rule: &Attribution) -> bool {
    let marks =
        |span: &Span| layers.tokens[layers.tokens_in(*span)].iter().all(|token| token.pos == Pos::Punct);
    rule.kind == AttributionKind::Direct && !rule.cue.is_empty() && rule.cue.iter().all(marks)
}

fn says(layers: &Annotations, text: &str, rule: &Attribution) -> bool {
    let mut words = rule.cue.iter().flat_map(|span| layers.tokens_in(*span)).map(|i| layers.tokens[i].span);
    words.any(|span| is_saying(&span.of(text).to_lowercase()))
}

fn share(left: &[Span], right: &[Span]) -> bool {
    left.iter().any(|span| right.iter().any(|other| other.overlaps(*span)))
}

fn attribution(layers: &Annotations, found: &Found) -> Attribution {
    let Proposal { cue, content, source } = &found.words;
    let content: Vec<Range<usize>> = content.iter().map(|range| with_marks(layers, range)).collect();
    let spans =
        |ranges: &[Range<usize>]| -> Vec<Span> { ranges.iter().map(|range| span(layers, range)).collect() };
    let cue = spans(cue);
    let kind = kind(layers, &content);
    let content = spans(&content);
    let same_cue =
        |rule: &&Attribution| rule.cue.iter().any(|span| cue.iter().any(|other| other.overlaps(*span)));
    let via = layers.attributions.iter().find(same_cue).map(|rule| rule.via.clone()).unwrap_or_default();
    let within = |span: &Span| content.iter().any(|other| other.overlaps(*span));
    let via = via.into_iter().filter(|span| !within(span)).collect();
    Attribution { source: spans(source), cue, content, kind, via, speaker: None }
}

fn span(layers: &Annotations, range: &Range<usize>) -> Span {
    layers.tokens[range.start].span.cover(layers.tokens[range.end - 1].span)
}

/// The range with the quotation marks that its words at either end stand next to.
fn with_marks(layers: &Annotations, range: &Range<usize>) -> Range<usize> {
    let span = span(layers, range);
    let mut out = range.clone();
    for quote in layers.quotes.iter().filter(|quote| quote.closed) {
        let marks = layers.tokens_in(quote.outer);
        let opens = span.holds(quote.inner.start) && marks.start + 1 == range.start;
        let closes =
            quote.inner.end > span.start && quote.inner.end <= span.end && marks.end == range.end + 1;
        out = if opens { marks.start..out.end } else { out };
        out = if closes { out.start..marks.end } else { out };
    }
    out
}

fn kind(layers: &Annotations, content: &[Range<usize>]) -> AttributionKind {
    let words = || content.iter().cloned().flatten().filter(|i| layers.tokens[*i].pos != Pos::Punct);
    let quoted = |i: usize| layers.quote_at(layers.tokens[i].span.start).is_some();
    match (words().all(quoted), words().any(quoted)) {
        (true, _) => AttributionKind::Direct,
        (false, true) => AttributionKind::Mixed,
        (false, false) => AttributionKind::Indirect,
    }
}
