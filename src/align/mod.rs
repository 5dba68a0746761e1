//! What the reports of one story say together.
//!
//! In: the [`Account`]s of one story, ordered. Out: its [`crate::record::Story`]. Pure and deterministic. It does not know
//! any other story.

pub mod copies;

use crate::annotate::Annotations;
use crate::report::Report;

/// One report with what was found in it: one account of the story.
#[derive(Clone, Debug)]
pub struct Account {
    /// The report.
    pub report: Report,
    /// Its layers.
    pub layers: Annotations,
}
