//! Whether something that was planned is held, postponed, moved or cancelled: where reports differ.
//!
//! In: what the accounts say of the state of plans. Out: differences of the kind `status`. It compares only what
//! is the same thing of the same people ("his visit"), and does not know which report is newer.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Context;
use super::super::cast::MemberIndex;
use super::super::statuses::{self, StatusClaim};
use super::{Found, Reading};

/// The differences in status.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let claims: Vec<StatusClaim> =
        (0..context.accounts.len()).flat_map(|account| statuses::find(context, account)).collect();
    let mut by_matter: BTreeMap<(String, Option<MemberIndex>), Vec<&StatusClaim>> = BTreeMap::new();
    for claim in &claims {
        by_matter.entry((claim.matter.clone(), claim.who)).or_default().push(claim);
    }
    by_matter.into_iter().filter_map(|((_, who), claims)| difference(context, who, &claims)).collect()
}

fn difference(context: &Context, who: Option<MemberIndex>, claims: &[&StatusClaim]) -> Option<Found> {
    let who = who?;
    let statuses: BTreeSet<&str> = claims.iter().map(|c| c.status).collect();
    let accounts: BTreeSet<usize> = claims.iter().map(|c| c.spot.account).collect();
    if statuses.len() < 2 || accounts.len() < 2 {
        return None;
    }
    let reading = |status: &&str| {
        let of: Vec<&&StatusClaim> = claims.iter().filter(|c| c.status == *status).collect();
        let to = of.iter().find_map(|c| c.to.clone());
        let value = to.map_or_else(|| (*status).to_owned(), |to| format!("{status} to {to}"));
        Reading { value, spots: of.iter().map(|c| c.spot).collect() }
    };
    let mut readings: Vec<Reading> = statuses.iter().map(reading).collect();
    readings.sort_by_key(|r| r.spots.first().copied());
    let noun = claims.first().map(|c| context.text(c.noun).to_lowercase())?;
    Some(Found {
        kind: "status",
        about: format!("{noun} of {}", context.cast.name(who)),
        compatible: Some(!(statuses.contains("cancelled") && statuses.len() > 1)),
        readings,
    })
}
