//! Whether something that was planned is held, postponed, moved, cancelled or signed: where reports differ.
//!
//! In: what the accounts say of the state of plans. Out: differences of the kind `status`. It compares only what
//! is the same thing of the same people ("his visit"), and does not know which report is newer.

use std::collections::BTreeSet;

use super::super::statuses::{self, StatusClaim};
use super::super::{COMPARED, Context};
use super::{Found, one_after_another, readings};

/// How alike the sentences of two plans must be that no owner joins ("the match between …").
const ALIKE: f64 = 0.4;
const FEWEST_SHARED: usize = 2;

/// The differences in status.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let mut groups: Vec<Vec<StatusClaim>> = Vec::new();
    for claim in (0..context.accounts.len()).flat_map(|account| statuses::find(context, account)) {
        match groups.iter_mut().find(|group| group.iter().take(COMPARED).any(|c| same(context, c, &claim))) {
            Some(group) => group.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    for plan in (0..context.accounts.len()).flat_map(|account| statuses::plans(context, account)) {
        if let Some(group) = groups.iter_mut().find(|group| is_moved(context, group, &plan)) {
            group.push(plan);
        }
    }
    groups.iter().filter_map(|group| difference(context, group)).collect()
}

/// Whether other reports say that what is planned was moved to another day or will not be; a report that says both tells of the
/// change itself.
fn is_moved(context: &Context, group: &[StatusClaim], plan: &StatusClaim) -> bool {
    let moved = |c: &StatusClaim| match c.status {
        "postponed" | "rescheduled" => c.to.is_some() && c.to != plan.to,
        status => status == "cancelled",
    };
    let moves = group.iter().take(COMPARED).filter(|c| c.status != statuses::SCHEDULED);
    let moves: Vec<&StatusClaim> = moves.collect();
    moves.iter().all(|c| moved(c) && c.spot.account != plan.spot.account)
        && moves.iter().any(|c| same(context, c, plan))
}

/// Whether two clauses speak of one plan: of one kind, and of one owner or in sentences that are alike.
fn same(context: &Context, a: &StatusClaim, b: &StatusClaim) -> bool {
    let alike = || {
        let terms = |c: &StatusClaim| context.terms.at(context.accounts, &context.cast, c.sentence);
        let (x, y) = (terms(a), terms(b));
        context.terms.shared(&x, &y).len() >= FEWEST_SHARED && context.terms.similarity(&x, &y) >= ALIKE
    };
    a.matter == b.matter
        && match (a.who, b.who) {
            (Some(x), Some(y)) => x == y,
            _ => a.spot.account != b.spot.account && alike(),
        }
}

fn difference(context: &Context, claims: &[StatusClaim]) -> Option<Found> {
    let statuses: BTreeSet<&str> = claims.iter().map(|c| c.status).collect();
    let accounts: BTreeSet<usize> = claims.iter().map(|c| c.spot.account).collect();
    if statuses.len() < 2 || accounts.len() < 2 {
        return None;
    }
    // Who names no day says nothing of the day that another names.
    let value = |c: &StatusClaim| {
        let on = if c.status == statuses::SCHEDULED { "for" } else { "to" };
        c.to.as_ref().map_or_else(|| c.status.to_owned(), |to| format!("{} {on} {to}", c.status))
    };
    let readings = readings(claims.iter().map(|c| (value(c), c.spot)));
    let (planned, over_time) =
        (statuses.contains(statuses::SCHEDULED), one_after_another(context, &readings));
    let noun = claims.first().map(|c| context.text(c.noun).to_lowercase())?;
    let who = claims.iter().find_map(|c| c.who);
    Some(Found {
        kind: "status",
        about: who.map_or_else(|| noun.clone(), |who| format!("{noun} of {}", context.cast.name(who))),
        compatible: Some(if planned { over_time } else { compatible(&statuses) }),
        over_time,
        readings,
    })
}

/// What is moved to another day is postponed; what is held is neither, and what is cancelled is nothing else.
fn compatible(statuses: &BTreeSet<&str>) -> bool {
    !["cancelled", "held", "not signed"].iter().any(|alone| statuses.contains(alone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cancelled_is_not_postponed() {
        assert!(compatible(&BTreeSet::from(["postponed", "rescheduled"])));
        assert!(!compatible(&BTreeSet::from(["postponed", "cancelled"])));
        assert!(!compatible(&BTreeSet::from(["held", "postponed"])));
        assert!(!compatible(&BTreeSet::from(["not signed", "signed"])));
    }
}
