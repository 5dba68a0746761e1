//! An annotator with a network.
//!
//! In: a report. Out: its layers: the rules' with the attributions that a network reads. It does not know which
//! network it has; `mod.rs` does.

use std::ops::Range;

use rashomon_network::network::{Network, Reading};

use super::attributions::{self, Found, Weighing};
use super::features::{self, Proposal, WordFeatures};
use super::names;
use super::reconciled::reconciled;
use super::references::{References, Seen};
use crate::annotate::{Annotations, Annotator, Attribution, AttributionKind, Pos, Rules};
use crate::report::Report;
use crate::span::Span;

/// Rules, corrected by a network.
pub struct Trained {
    pub(super) name: &'static str,
    pub(super) network: Network,
    pub(super) second: Option<Second>,
    pub(super) references: Option<References>,
    pub(super) weighing: Weighing,
}

/// Another annotator whose network is heard too.
pub struct Second {
    pub(super) annotator: fn() -> &'static Trained,
    /// Its share of the opinion, from 0 to 1.
    pub(super) share: f32,
}

impl Annotator for Trained {
    fn name(&self) -> &'static str {
        self.name
    }

    fn annotate(&self, report: &Report) -> Annotations {
        let mut layers = Rules::propose(report);
        let told = features::words(report, &layers);
        let reading = self.read(report, &layers, &told);
        self.correct(report, &mut layers, &reading);
        Rules::conclude(report, &mut layers);
        if let Some(references) = self.references.as_ref().filter(|_| report.may_be_english()) {
            let seen = Seen { report, layers: &layers, reading: &reading, told: &told };
            layers.chains = references.chains(&seen);
        }
        layers
    }
}

impl Trained {
    /// What the network, and the second if there is one, make of the words, which `told` describes.
    fn read(&self, report: &Report, layers: &Annotations, told: &[WordFeatures]) -> Reading<'_> {
        let words = layers.tokens.iter().map(|token| report.slice(token.span));
        let reading = self.network.read(words.clone(), told);
        match self.second {
            Some(Second { annotator, share }) => reading.with(annotator().network.read(words, told), share),
            None => reading,
        }
    }

    /// Writes the names and attributions that were read.
    fn correct(&self, report: &Report, layers: &mut Annotations, reading: &Reading) {
        let proposed = features::proposals(layers);
        names::correct(reading, report, layers);
        let found = attributions::find(reading, layers, &proposed, self.weighing);
        let found = found.iter().map(|found| attribution(layers, found)).collect();
        layers.attributions = reconciled(layers, report.text.as_str(), found);
    }
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
