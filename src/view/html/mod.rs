//! The reading as a page.

use crate::record::Reading;
use crate::report::Report;

/// The page.
pub fn render(_reading: &Reading, _reports: &[Report]) -> Result<String, askama::Error> {
    Ok(String::new())
}
