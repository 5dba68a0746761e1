//! Carries out what the stages decide: opens files, reads, annotates, groups, aligns.
//!
//! In: paths. Out: the reading. It does not know what a report says.

pub mod inputs;
mod reading;
mod web;

pub use reading::{Outcome, annotate, read, read_with, reading, stories};
