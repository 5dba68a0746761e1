//! The terms and entities of one report, and what they come to.
//!
//! In: [`Entry`]s. Out: [`Entries`], ascending by term, with the sums and the main names that every comparison with another
//! report needs. It does not know the report.

use std::ops::Deref;

use super::document::Term;
use super::sketch::{BODY, ENTITY, Entry, LEAD, NUMBER, PAIR, PERSON, PLACE, TITLE};

/// Entries, each term once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entries {
    all: Vec<Entry>,
    totals: Totals,
}

/// What the entries of one report come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Totals {
    /// The squares of the weights of words and pairs of words.
    pub all: f32,
    /// The squares of the rarities of the title's words.
    pub title: f32,
    /// The same for the lead.
    pub lead: f32,
    /// The same for numbers.
    pub numbers: f32,
    /// The squares of the weights of pairs of words.
    pub pairs: f32,
    /// The squares of the weights of persons, places and other bodies, in the order of [`SORTS`].
    pub entities: [f32; 3],
    /// The rarities of the title's words.
    pub of_title: f32,
    /// The same for the lead.
    pub of_lead: f32,
    /// The same for the numbers of the lead.
    pub lead_numbers: f32,
    /// The person, the place and the other body that the report is most about.
    pub main: [Option<Term>; 3],
}

/// The sorts of entities.
const SORTS: [u8; 3] = [PERSON, PLACE, BODY];

impl Entries {
    /// Of entries in any order, of which those of one term but the first are left out.
    pub fn of(mut all: Vec<Entry>) -> Self {
        all.sort_by_key(|entry| entry.term);
        all.dedup_by_key(|entry| entry.term);
        let totals = Totals::of(&all);
        Entries { all, totals }
    }

    /// The same with every entry changed, which must not change terms.
    pub fn changed(mut self, change: impl FnMut(&mut Entry)) -> Self {
        self.all.iter_mut().for_each(change);
        self.totals = Totals::of(&self.all);
        self
    }

    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    pub fn has(&self, term: Term) -> bool {
        self.all.binary_search_by_key(&term, |entry| entry.term).is_ok()
    }

    /// Calls `with` with the entries of each term that both have.
    pub fn common(&self, other: &Entries, mut with: impl FnMut(Entry, Entry)) {
        let (mut i, mut j) = (0, 0);
        while let (Some(x), Some(y)) = (self.all.get(i), other.all.get(j)) {
            if x.term == y.term {
                with(*x, *y);
            }
            // Which is less cannot be foreseen: no branch hangs on it.
            i += usize::from(x.term <= y.term);
            j += usize::from(y.term <= x.term);
        }
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.all
    }
}

impl Totals {
    fn of(entries: &[Entry]) -> Self {
        let mut totals = Totals::default();
        let mut most = [0.0; 3];
        for entry in entries {
            let (weight, rarity) = (entry.weight(), entry.rarity());
            if let Some(sort) = sort(*entry) {
                totals.entities[sort] += weight * weight;
                let heaviness = weight * if entry.is(LEAD) { 2.0 } else { 1.0 };
                if totals.main[sort].is_none() || heaviness > most[sort] {
                    (totals.main[sort], most[sort]) = (Some(entry.term), heaviness);
                }
                continue;
            }
            totals.all += weight * weight;
            if entry.is(PAIR) {
                totals.pairs += weight * weight;
                continue;
            }
            if entry.is(TITLE) {
                totals.title += rarity * rarity;
                totals.of_title += rarity;
            }
            if entry.is(LEAD) {
                totals.lead += rarity * rarity;
                totals.of_lead += rarity;
            }
            if entry.is(NUMBER) {
                totals.numbers += rarity * rarity;
                totals.lead_numbers += if entry.is(LEAD) { rarity } else { 0.0 };
            }
        }
        totals
    }
}

/// Which of [`SORTS`] an entry is, where it is an entity.
pub(super) fn sort(entry: Entry) -> Option<usize> {
    if !entry.is(ENTITY) {
        return None;
    }
    SORTS.iter().position(|mark| entry.is(*mark))
}
