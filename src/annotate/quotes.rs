//! Stretches between quotation marks.

use super::Quote;
use crate::report::Report;

/// The quotes of `report`.
pub fn find(_report: &Report) -> Vec<Quote> {
    Vec::new()
}
