//! Times.

use super::*;
use crate::report::Report;

/// The expressions of time of the report.
pub fn find(_report: &Report, _layers: &Annotations) -> Vec<TimeExpression> {
    Vec::new()
}
