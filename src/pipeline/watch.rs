//! Follows lists of feeds, round after round.
//!
//! In: a store, lists, what gets pages. Out: the store with what is new in them. It remembers what servers said of their
//! pages, so that what did not change is not sent again: a visit is kept together with the reports that came of it, and what
//! was not kept is visited again. It does not know when the next round is.

use std::cell::RefCell;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::fetch::Fetcher;
use crate::store::{Result, Store, Visited, VisitedAt};

use super::add::{Keeper, Listener, add_within};
use super::{Meter, Reach, Visits};

/// A page that a list names is asked for again after this time, and then whenever the time for which it is known has
/// doubled: outlets change most reports within hours, and a server that is asked for fifty pages with each round would
/// soon refuse.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// What is known of earlier visits, and what is heard of this round's.
pub struct Memory<'s> {
    store: &'s Store,
    now: Timestamp,
    heard: RefCell<Vec<(String, Visited)>>,
}

impl<'s> Memory<'s> {
    /// What `store` knows at `now` (RFC 3339).
    pub fn of(store: &'s Store, now: &str) -> Self {
        Memory { store, now: now.parse().unwrap_or_default(), heard: RefCell::new(Vec::new()) }
    }

    /// What it heard since it was asked last.
    pub(super) fn take(&self) -> Vec<(String, Visited)> {
        self.heard.take()
    }
}

impl Visits for Memory<'_> {
    fn due(&self, page: &Url) -> bool {
        // What the database cannot tell is only asked for again.
        let Some(VisitedAt { first, last }) = self.store.visited_at(page.as_str()).ok().flatten() else {
            return true;
        };
        self.now.duration_since(last) >= last.duration_since(first).max(AGAIN)
    }

    fn known(&self, url: &Url) -> Visited {
        self.store.visited(url.as_str()).ok().flatten().unwrap_or_default()
    }

    fn visited(&self, url: &Url, visited: Visited) {
        self.heard.borrow_mut().push((url.to_string(), visited));
    }
}

/// One round: keeps what is new in the lists at `paths`.
pub fn round(
    keeper: &Keeper,
    paths: &[PathBuf],
    web: &Fetcher,
    meter: &Meter,
    tell: &mut Listener,
) -> Result<()> {
    let memory = Memory::of(keeper.store, &(keeper.now)());
    add_within(keeper, paths, Reach { web, visits: &memory, meter }, Some(&memory), tell)
}
