//! Carries out what the stages decide: opens files, reads, annotates, groups, aligns, keeps.
//!
//! In: paths, or a store. Out: the reading, or a store with more in it. It does not know what a report says.

pub mod add;
pub mod export;
pub mod inputs;
mod kept;
mod meter;
mod placing;
mod reading;
pub mod rebuild;
mod renaming;
pub mod repair;
pub mod watch;
mod web;

pub use kept::{said, search, story};
pub use meter::Meter;
pub use reading::{Grouping, Outcome, annotate, read, read_with, reading, stories};
pub use web::{NoVisits, Reach, Visits};
