//! Events.

use super::*;
use crate::report::Report;

/// The events of the report.
pub fn find(_report: &Report, _layers: &Annotations) -> Vec<Event> {
    Vec::new()
}
