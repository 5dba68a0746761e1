//! Lets stories that a person changed keep their ids when everything is put into stories anew.
//!
//! In: a store whose reports were just put into stories anew. Out: the same, in which a story of which a person ever said
//! something has the id that most of its reports had before. A story that nobody touched has its id from its first report,
//! as in a first run. It does not know why a report is where it is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::store::{Overlap, Result, Writing};

/// Gives the stories that a person changed the ids that they had.
pub fn keep_ids(store: &Writing) -> Result<()> {
    store.rename_stories(&names(store.overlaps()?))
}

/// Which story is to have which id. Every id goes to one story at most: a story that had the id that another one gets has
/// the one that becomes free.
fn names(mut overlaps: Vec<Overlap>) -> BTreeMap<String, String> {
    // The largest part first; of equals the first by name, so that the order in which they came does not matter.
    overlaps.sort_by(|a, b| (Reverse(a.reports), &a.was, &a.now).cmp(&(Reverse(b.reports), &b.was, &b.now)));
    let (mut names, mut given) = (BTreeMap::new(), BTreeSet::new());
    for Overlap { now, was, .. } in overlaps {
        if !names.contains_key(&now) && given.insert(was.clone()) {
            names.insert(now, was);
        }
    }
    let got: BTreeMap<String, String> = names.iter().map(|(now, was)| (was.clone(), now.clone())).collect();
    let left: Vec<&String> = got.keys().filter(|id| !names.contains_key(*id)).collect();
    for id in left {
        let mut free = id;
        while let Some(former) = got.get(free) {
            free = former;
        }
        names.insert(id.clone(), free.clone());
    }
    names.retain(|from, to| from != to);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(overlaps: &[(&str, &str, u32)]) -> Vec<(String, String)> {
        let overlap = |(now, was, reports): &(&str, &str, u32)| Overlap {
            now: (*now).to_owned(),
            was: (*was).to_owned(),
            reports: *reports,
        };
        names(overlaps.iter().map(overlap).collect()).into_iter().collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    }

    #[test]
    fn a_story_has_the_id_that_most_of_its_reports_had() {
        assert_eq!(named(&[("a", "a", 3)]), []);
        assert_eq!(named(&[("a", "b", 2), ("a", "c", 1)]), pairs(&[("a", "b"), ("b", "a")]));
        // A story that was parted: the larger part goes on under the id.
        assert_eq!(named(&[("a", "x", 1), ("b", "x", 2)]), pairs(&[("b", "x"), ("x", "b")]));
    }

    #[test]
    fn ids_are_exchanged_and_none_is_given_twice() {
        assert_eq!(named(&[("a", "b", 2), ("b", "a", 2)]), pairs(&[("a", "b"), ("b", "a")]));
        let chain = named(&[("a", "b", 2), ("b", "c", 2)]);
        assert_eq!(chain, pairs(&[("a", "b"), ("b", "c"), ("c", "a")]));
    }
}
