//! Why two reports are together, as a JSON body.
//!
//! In: a [`Why`] and its two reports. Out: [`WhyLine`]. It does not know how the judgement was made.

use serde::Serialize;

use crate::group::{Shared, Why};
use crate::record::Evidence;
use crate::report::Report;

/// What `rashomon why` prints.
#[derive(Debug, Serialize)]
pub struct WhyLine<'a> {
    /// Ids of the two.
    reports: [&'a str; 2],
    /// Whether the two alone would be one story.
    together: bool,
    /// How likely it is that they tell of one event, from 0 to 1.
    likely: f32,
    /// The same as log-odds, and from how much on two reports are one story.
    log_odds: f32,
    threshold: f32,
    days_apart: Option<u32>,
    /// news, roundup, live or opinion.
    natures: [&'static str; 2],
    /// What both have, the rarest first.
    shared: Vec<SharedLine>,
    /// What speaks for it (above 0) and against it (below 0).
    features: Vec<FeatureLine>,
}

#[derive(Debug, Serialize)]
struct SharedLine {
    kind: &'static str,
    /// In one of how many reports of the background it stands.
    one_in: f32,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Serialize)]
struct FeatureLine {
    name: &'static str,
    value: f32,
    adds: f32,
}

impl<'a> WhyLine<'a> {
    /// The body for `why`, the judgement of `a` and `b`.
    pub fn new(why: &Why, a: &'a Report, b: &'a Report) -> Self {
        let shared = |s: &Shared| {
            let [in_a, in_b] = &s.places;
            let evidence = |report, spans: &[crate::span::Span]| -> Vec<Evidence> {
                spans.iter().map(|span| Evidence::new(report, *span)).collect()
            };
            let evidence = [evidence(a, in_a), evidence(b, in_b)].concat();
            SharedLine { kind: s.kind, one_in: s.rarity.exp().round(), evidence }
        };
        WhyLine {
            reports: [&a.id, &b.id],
            together: why.log_odds >= why.threshold,
            likely: rounded(1.0 / (1.0 + (-why.log_odds).exp())),
            log_odds: rounded(why.log_odds),
            threshold: rounded(why.threshold),
            days_apart: why.days_apart,
            natures: why.natures.map(|n| n.name()),
            shared: why.shared.iter().map(shared).collect(),
            features: why
                .features
                .iter()
                .map(|(name, value, adds)| FeatureLine { name, value: rounded(*value), adds: rounded(*adds) })
                .collect(),
        }
    }
}

/// Three decimals say all that was learnt.
fn rounded(value: f32) -> f32 {
    (value * 1e3).round() / 1e3
}
