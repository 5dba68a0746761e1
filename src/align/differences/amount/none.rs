//! Somebody, and nobody.
//!
//! In: the clauses and the measures of the accounts. Out: differences between a report by which nobody was killed, hurt or
//! arrested and another that counts those who were. One may have come out before the other's news, so that it stays open
//! whether both can be true. It does not know a clause that says of whom else it speaks ("nobody else", "no one on the
//! ground").

use std::collections::BTreeSet;

use super::super::{Found, heading, in_order_of_time, readings};
use super::measure::Measure;
use super::value;
use crate::align::concepts::concept;
use crate::align::predicates::Predicate;
use crate::align::{Account, Context, Spot};
use crate::annotate::Pos;

/// What happens to people, by concept.
const FATES: &[&str] = &["kill", "injure", "arrest"];

/// Verbs by which an act is told as a noun: "no arrests were made", "no injuries were reported".
const MADE: &[&str] = &["make", "report", "record"];

/// What one report says happened to nobody.
struct Nobody {
    fate: String,
    clause: Spot,
}

/// The differences.
pub(super) fn find(context: &Context, measures: &[Measure]) -> Vec<Found> {
    let all: Vec<Nobody> = (0..context.accounts.len())
        .flat_map(|account| context.predicates[account].iter().filter_map(move |p| nobody(context, p)))
        .collect();
    FATES.iter().filter_map(|fate| difference(context, fate, &all, measures)).collect()
}

fn difference(context: &Context, fate: &str, all: &[Nobody], measures: &[Measure]) -> Option<Found> {
    let counted = |m: &&Measure| m.of.as_deref() == Some(fate) || suffer(m, fate);
    let with_count: BTreeSet<usize> = measures.iter().filter(counted).map(|m| m.spot.account).collect();
    let nobody: Vec<&Nobody> =
        all.iter().filter(|n| n.fate == fate && !with_count.contains(&n.clause.account)).collect();
    let none: BTreeSet<usize> = all.iter().filter(|n| n.fate == fate).map(|n| n.clause.account).collect();
    let told = |m: &Measure| m.verb.as_ref().is_none_or(|(_, negated, modal)| !negated && !modal);
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    // The first count of a report is of what it tells; what follows may be of other days.
    let first = measures.iter().filter(counted).filter(|m| seen.insert(m.spot.account));
    let some: Vec<&Measure> = first
        .filter(|m| told(m) && m.interval.low >= 1.0 && !(m.vague || m.part || m.bare || m.settled))
        .filter(|m| !none.contains(&m.spot.account))
        .collect();
    let (first, _) = nobody.first().zip(some.first())?;
    let of_none = nobody.iter().map(|n| ("nobody".to_owned(), n.clause));
    Some(Found {
        kind: "number",
        about: heading(context, first.clause),
        compatible: None,
        over_time: false,
        readings: in_order_of_time(context, readings(of_none.chain(some.iter().map(|m| (value(m), m.spot))))),
    })
}

/// Whether a clause opens with those to whom it happens, whatever it calls them: "Two managers were arrested".
fn suffer(m: &Measure, fate: &str) -> bool {
    let verb = m.verb.as_ref().is_some_and(|(verb, _, _)| verb == fate);
    m.of.is_none() && m.passive && verb && m.spot.span.start == m.clause.start
}

/// What a clause says happened to nobody, where it says no more than that.
fn nobody(context: &Context, predicate: &Predicate) -> Option<Nobody> {
    let of = context.accounts[predicate.account];
    let open = predicate.negated || predicate.conditional || predicate.quoted || predicate.modal.is_some();
    if open || context.is_background(predicate.account, predicate.verb) || says_more(of, predicate) {
        return None;
    }
    let words: Vec<&str> = of.layers.tokens_in(predicate.subject?).map(|i| of.lemma_at(i)).collect();
    let fate = match words[..] {
        ["nobody" | "none"] | ["no", "one"] if predicate.passive => concept(&predicate.lemma),
        ["no", act] if predicate.passive && MADE.contains(&predicate.lemma.as_str()) => concept(act),
        _ => return None,
    };
    let clause = Spot { account: predicate.account, span: predicate.clause() };
    FATES.contains(&fate).then(|| Nobody { fate: fate.to_owned(), clause })
}

/// Whether behind the verb stands more than when it is so.
fn says_more(of: &Account, predicate: &Predicate) -> bool {
    of.layers.tokens_in(predicate.object).any(|i| {
        let in_time = of.layers.time_at(of.layers.tokens[i].span.start);
        (of.pos(i).is_noun() || of.pos(i) == Pos::VBG || of.pos(i) == Pos::PRP) && !in_time
    })
}
