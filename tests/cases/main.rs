//! Prose with the expected answer: `tests/cases/*.md`, which an editor can write.
//!
//! A case is a heading, one report or several, and a list of what must be found; how an item is written stands at
//! the head of each file. Cases below the heading "# Known misses" must fail: one that holds by now has to move up.

mod markdown;
mod notation;
mod record;
mod report;
