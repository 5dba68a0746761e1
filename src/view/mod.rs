//! How a reading looks: as JSON, on a terminal, as a page; and how one report's layers look as JSON.
//!
//! In: a [`crate::record::Reading`] and, for the page, the reports' texts. Out: strings. It does not print, and
//! knows no disk, no clock and no terminal: how wide and whether in colour is told to it.

pub mod annotation;
pub mod export;
pub mod html;
pub mod json;
pub mod text;
pub mod why;

mod copies;
mod legend;
mod naming;
mod speakers;
mod story;
mod when;
mod words;

#[cfg(test)]
mod sample;
