//! What a party wants, as two reports have it.
//!
//! In: what each report tells of the parties' stances. Out: differences of the kind `stance`: one report says that a
//! party supports what it opposes in another. It does not know why a party changed its mind: where the reports are of
//! different days, it says that it may have.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Context;
use super::super::positions::{self, Telling, alike, opposed};
use super::{Found, one_after_another, readings};

/// With how many tellings of a party each is compared; it bounds the cost of a story.
const MOST_OF_ONE: usize = 200;

/// The differences in stance.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let mut by_party: BTreeMap<String, Vec<Telling>> = BTreeMap::new();
    for telling in positions::tellings(context) {
        by_party.entry(telling.party.clone()).or_default().push(telling);
    }
    by_party.values_mut().for_each(|tellings| tellings.truncate(MOST_OF_ONE));
    by_party.values().flat_map(|tellings| of_party(context, tellings)).collect()
}

fn of_party(context: &Context, tellings: &[Telling]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (n, a) in tellings.iter().enumerate() {
        for (m, b) in tellings.iter().enumerate().skip(n + 1) {
            if !taken.contains(&n) && !taken.contains(&m) && differ(context, tellings, a, b) {
                taken.extend([n, m]);
                found.push(difference(context, a, b));
            }
        }
    }
    found
}

fn differ(context: &Context, all: &[Telling], a: &Telling, b: &Telling) -> bool {
    a.clause.account != b.clause.account
        && opposed(a, b)
        && alike(context, a, b)
        // A report that has both tells of a change, or of two things.
        && !all.iter().any(|c| {
            c.clause.account == a.clause.account && opposed(a, c) && alike(context, a, c)
                || c.clause.account == b.clause.account && opposed(b, c) && alike(context, b, c)
        })
}

fn difference(context: &Context, a: &Telling, b: &Telling) -> Found {
    let readings = readings([a, b].map(|t| (t.stance.to_owned(), t.clause)));
    let dated = |t: &Telling| t.on.clone().map(|(first, last, _)| (first, last));
    let apart = matches!((dated(a), dated(b)), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0);
    let over_time = apart || one_after_another(context, &readings);
    Found {
        kind: "stance",
        about: format!("{}: {}", a.party, context.text(a.issue)),
        compatible: Some(over_time),
        over_time,
        readings,
    }
}
