//! Parts of speech.

use super::Annotations;
use crate::report::Report;

/// Writes the part of speech of each token.
pub fn tag(_report: &Report, _layers: &mut Annotations) {}
