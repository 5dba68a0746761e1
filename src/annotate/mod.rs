//! What stands in one report: layers of spans over its frozen text.
//!
//! In: a [`Report`]. Out: [`Annotations`]. Total: it cannot fail, at worst a layer is empty. It does not
//! know any other report, nor the clock: times are resolved against the report's own date or stay open.
//!
//! Each layer is proposed by one file and written in one place, [`Rules::annotate`]. Whatever implements
//! [`Annotator`] can take the place of the rules; nothing outside this module sees how a layer was made.

pub mod events;
pub mod layers;
pub mod lexicon;

mod attributions;
mod blocks;
mod chunks;
mod coreference;
mod lemma;
mod mentions;
mod model;
pub mod neural;
mod numbers;
mod quantities;
mod quotes;
mod sentences;
pub mod tagger;
mod times;
pub mod tokens;

#[cfg(test)]
mod testing;

pub use chunks::{Tense, VerbGroup};
pub use layers::*;
pub use lemma::lemma;
pub use model::Model;
pub(crate) use numbers::{ordinal as ordinal_word, small as value_of_word};

use crate::report::Report;

/// Makes the layers of one report.
pub trait Annotator: Sync {
    /// Its name, for the record's `limits` and for `--version`.
    fn name(&self) -> &'static str;
    /// The layers of `report`. Total: it cannot fail.
    fn annotate(&self, report: &Report) -> Annotations;
}

/// Rules and lexicons, and a small tagger of parts of speech.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules;

impl Annotator for Rules {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn annotate(&self, report: &Report) -> Annotations {
        let mut layers = Rules::propose(report);
        Rules::conclude(report, &mut layers);
        layers
    }
}

impl Rules {
    /// The layers that a network may correct: all but entities and events.
    fn propose(report: &Report) -> Annotations {
        let mut layers = Annotations::default();
        layers.tokens = tokens::find(report);
        layers.quotes = quotes::find(report);
        layers.sentences = sentences::find(report, &layers);
        // What rules for English find in another language is wrong more often than right.
        if !report.may_be_english() {
            return layers;
        }
        tagger::tag(report, &mut layers);
        layers.times = times::find(report, &layers);
        layers.quantities = quantities::find(report, &layers);
        layers.mentions = mentions::find(report, &layers);
        layers.attributions = attributions::find(report, &layers);
        layers
    }

    /// The layers that rest on the others.
    fn conclude(report: &Report, layers: &mut Annotations) {
        attributions::trim(report, layers);
        coreference::resolve(report, layers);
        layers.events = events::find(report, layers);
    }
}
