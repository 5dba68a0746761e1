//! Sentences.

use super::*;
use crate::report::Report;

/// The sentences of the report.
pub fn find(_report: &Report, _layers: &Annotations) -> Vec<Sentence> {
    Vec::new()
}
