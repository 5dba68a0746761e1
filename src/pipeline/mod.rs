//! Carries out what the stages decide: opens files, reads, annotates, groups, aligns.

pub mod inputs;
