//! Rashomon reads many reports of one story and keeps one record of it, in which every line points
//! at the exact words that it came from.
//!
//! The modules stand in the order in which the news flows through them; ARCHITECTURE.md says which
//! question each of them answers. The stages (`report` to `view`) know no clock, disk, network or
//! database: [`pipeline`] carries out what they decide, and only [`cli`] prints.

pub mod span;

pub mod fetch;

pub mod source;

pub mod report;

pub mod annotate;

pub mod group;

pub mod align;

pub mod record;

pub mod intake;

pub mod store;

pub mod view;

pub mod pipeline;

pub mod cli;
