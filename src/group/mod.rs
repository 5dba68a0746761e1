//! Which reports tell of one event.
//!
//! In: annotated reports. Out: the stories, as lists of indices. It does not know what the reports say of the event.

use crate::align::Account;

/// The stories, each as indices into `accounts` in ascending order, in order of their first.
/// Every report is in exactly one.
pub fn group(accounts: &[Account]) -> Vec<Vec<usize>> {
    if accounts.is_empty() { Vec::new() } else { vec![(0..accounts.len()).collect()] }
}

/// stub
pub fn rarity(_w: &str) -> f64 {
    1.0
}
/// stub
pub fn story_id(ids: &[&str]) -> String {
    ids.join("+")
}
