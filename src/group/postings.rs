//! Which held reports are worth comparing with one.
//!
//! In: the key terms and the day of each held report. Out: those that share key terms within the days around, each with a
//! rough likeness. It does not compare everything with everything: it reads the entries of a report's key terms, the rarest
//! first, and at most [`limits::READS`] of them, so that the cost of a report does not grow with the number held.

use std::collections::HashMap;

use super::document::Term;
use super::limits;
use super::sketch::Sketch;

/// Number of a held report.
pub(super) type Slot = u32;

/// The key terms of one report, with their weights in a unit vector, and its day.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    day: i32,
    terms: Vec<(Term, f32)>,
}

/// Reports without a day stand before all others.
const UNDATED: i32 = i32::MIN;

impl Keys {
    pub fn of(sketch: &Sketch) -> Self {
        let keys = sketch.keys();
        let length = keys.iter().map(|k| k.weight() * k.weight()).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        Keys {
            day: sketch.day.unwrap_or(UNDATED),
            terms: keys.iter().map(|k| (k.term, k.weight() / length)).collect(),
        }
    }
}

/// One report in the list of a term.
#[derive(Clone, Copy, Debug)]
struct Entry {
    day: i32,
    slot: Slot,
    weight: f32,
}

/// The lists of all terms, each ascending by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    of: HashMap<Term, Vec<Entry>>,
    /// Likeness under way, 0 for all between two look-ups.
    scores: Vec<f32>,
}

impl Postings {
    pub fn insert(&mut self, slot: Slot, keys: &Keys) {
        for (term, weight) in &keys.terms {
            let list = self.of.entry(*term).or_default();
            let entry = Entry { day: keys.day, slot, weight: *weight };
            let at = list.partition_point(|e| (e.day, e.slot) < (entry.day, slot));
            list.insert(at, entry);
        }
        let needed = slot as usize + 1;
        if self.scores.len() < needed {
            self.scores.resize(needed, 0.0);
        }
    }

    pub fn remove(&mut self, slot: Slot, keys: &Keys) {
        for (term, _) in &keys.terms {
            let Some(list) = self.of.get_mut(term) else { continue };
            let from = list.partition_point(|e| (e.day, e.slot) < (keys.day, slot));
            if list.get(from).is_some_and(|e| e.slot == slot) {
                list.remove(from);
            }
            if list.is_empty() {
                self.of.remove(term);
            }
        }
    }

    /// The others that share key terms with `keys` within [`limits::REACH_DAYS`], with the cosine of the keys.
    pub fn alike(&mut self, slot: Slot, keys: &Keys) -> Vec<(Slot, f32)> {
        let lists = keys
            .terms
            .iter()
            .filter_map(|(term, weight)| Some((around(self.of.get(term)?, keys.day), *weight)));
        let mut lists: Vec<([&[Entry]; 2], f32)> = lists.collect();
        lists.sort_by_key(|([undated, dated], _)| undated.len() + dated.len());
        let mut reads = limits::READS;
        let mut touched = Vec::new();
        for (parts, weight) in lists {
            for entry in parts.into_iter().flatten().take(reads) {
                let score = &mut self.scores[entry.slot as usize];
                if *score == 0.0 {
                    touched.push(entry.slot);
                }
                *score += weight * entry.weight;
                reads -= 1;
            }
        }
        let scores = &mut self.scores;
        let mut found: Vec<(Slot, f32)> =
            touched.into_iter().map(|s| (s, std::mem::take(&mut scores[s as usize]))).collect();
        found.retain(|(s, _)| *s != slot);
        found
    }
}

/// The entries whose reports lie near enough in time: those without a day, and those around `day`.
fn around(list: &[Entry], day: i32) -> [&[Entry]; 2] {
    if day == UNDATED {
        return [list, &[]];
    }
    let undated = list.partition_point(|e| e.day == UNDATED);
    let from = list.partition_point(|e| e.day == UNDATED || e.day < day.saturating_sub(limits::REACH_DAYS));
    let to = list.partition_point(|e| e.day == UNDATED || e.day <= day.saturating_add(limits::REACH_DAYS));
    [&list[..undated], &list[from..to.max(from)]]
}

#[cfg(test)]
mod tests {
    use super::super::tests::sketch;
    use super::*;

    fn found(given: &[(Option<&str>, &str)], of: usize) -> Vec<Slot> {
        let keys: Vec<Keys> =
            given.iter().map(|(day, text)| Keys::of(&sketch("a", *day, "", text))).collect();
        let mut postings = Postings::default();
        keys.iter().enumerate().for_each(|(i, k)| postings.insert(i as Slot, k));
        let mut found: Vec<Slot> =
            postings.alike(of as Slot, &keys[of]).into_iter().map(|(s, _)| s).collect();
        found.sort_unstable();
        found
    }

    const FERRY: &str = "ferry Alkyone aground";

    #[test]
    fn only_reports_that_share_rare_words_within_days_are_found() {
        let given = [
            (None, FERRY),
            (Some("2031-03-04"), FERRY),
            (Some("2031-03-05"), FERRY),
            (Some("2031-05-04"), FERRY),
            (Some("2031-03-04"), "budget subsidies"),
        ];
        assert_eq!(found(&given, 0), [1, 2, 3]);
        assert_eq!(found(&given, 1), [0, 2]);
        assert!(found(&given, 4).is_empty());
    }

    #[test]
    fn a_removed_report_is_not_found() {
        let keys = Keys::of(&sketch("a", None, "", FERRY));
        let mut postings = Postings::default();
        (0..3).for_each(|slot| postings.insert(slot, &keys));
        postings.remove(1, &keys);
        let found = postings.alike(0, &keys);
        assert!(found.len() == 1 && found[0].0 == 2 && found[0].1 > 0.99);
        postings.remove(0, &keys);
        postings.remove(2, &keys);
        assert!(postings.of.is_empty());
    }

    #[test]
    fn a_term_that_everyone_shares_costs_a_bounded_number_of_reads() {
        let keys = Keys::of(&sketch("a", None, "", "Alkyone"));
        let mut postings = Postings::default();
        (0..limits::READS as Slot + 500).for_each(|slot| postings.insert(slot, &keys));
        assert!(postings.alike(0, &keys).len() <= limits::READS);
    }
}
