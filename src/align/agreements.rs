//! What was agreed, and by whom.
//!
//! In: the predicates of each account. Out: agreements, joined across reports. What is denied, conditional or
//! only possible is none. Where the reports say "the two sides", the parties are the pair that the reports
//! name together most often, if one pair stands out; else they stay open.

use std::collections::{BTreeMap, BTreeSet};

use super::predicates::{self, Predicate};
use super::terms::TermSet;
use super::{Context, Spot};
use crate::record::Agreement;

/// Verbs that make an agreement with one of [`PACTS`] as their object.
const MAKING: &[&str] = &["reach", "sign", "strike", "conclude", "seal", "ink", "secure", "clinch"];
const PACTS: &[&str] =
    &["agreement", "deal", "accord", "pact", "treaty", "truce", "ceasefire", "cease-fire", "memorandum"];

/// How alike two agreements must be to be one.
const ALIKE: f64 = 0.45;

struct Telling {
    parties: Vec<String>,
    clause: Spot,
    /// Whether the clause has its subject, so that it can stand alone.
    finite: bool,
    terms: TermSet,
}

/// The agreements of the story, those that most reports give first.
pub fn find(context: &Context) -> Vec<Agreement> {
    let pair = principals(context);
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for account in 0..context.accounts.len() {
        for telling in tellings(context, account, &pair) {
            let fits = |group: &Vec<Telling>| {
                group.iter().any(|t| context.terms.similarity(&t.terms, &telling.terms) >= ALIKE)
            };
            match groups.iter_mut().find(|group| fits(group)) {
                Some(group) => group.push(telling),
                None => groups.push(vec![telling]),
            }
        }
    }
    let reports =
        |group: &Vec<Telling>| group.iter().map(|t| t.clause.account).collect::<BTreeSet<_>>().len();
    groups.sort_by_key(|group| std::cmp::Reverse(reports(group)));
    groups.iter().filter_map(|group| agreement(context, group)).collect()
}

fn agreement(context: &Context, group: &[Telling]) -> Option<Agreement> {
    let fullest = group.iter().max_by_key(|t| (t.finite, t.terms.len(), std::cmp::Reverse(t.clause)))?;
    let parties = group.iter().map(|t| &t.parties).max_by_key(|p| p.len())?;
    Some(Agreement {
        parties: parties.clone(),
        text: context.text(fullest.clause).to_owned(),
        evidence: context.evidence_of(group.iter().map(|t| t.clause)),
    })
}

fn tellings(context: &Context, account: usize, pair: &[String]) -> Vec<Telling> {
    context.predicates[account].iter().filter_map(|p| telling(context, p, pair)).collect()
}

fn telling(context: &Context, predicate: &Predicate, pair: &[String]) -> Option<Telling> {
    let doubtful = predicate.modal.as_deref().is_some_and(|m| m != "will");
    let background = context.accounts[predicate.account].is_background(predicate.clause());
    if predicate.negated || predicate.conditional || doubtful || background || !agrees(context, predicate) {
        return None;
    }
    let subject = Spot { account: predicate.account, span: predicate.subject? };
    let words = context.text(subject).to_lowercase();
    let both = words.ends_with("sides")
        || words.ends_with("parties")
        || words.ends_with("two countries")
        || words.ends_with("delegations");
    let mut parties =
        if both { pair.to_vec() } else { predicates::parties(context.accounts, &context.cast, subject) };
    parties.sort();
    let object = Spot { account: predicate.account, span: predicate.object };
    let terms = context.terms.at(context.accounts, &context.cast, object);
    let clause = Spot { account: predicate.account, span: predicate.clause() };
    (!terms.is_empty() && (both || !parties.is_empty())).then_some(Telling {
        parties,
        clause,
        finite: !predicate.participle,
        terms,
    })
}

fn agrees(context: &Context, predicate: &Predicate) -> bool {
    let object = context.text(Spot { account: predicate.account, span: predicate.object }).to_lowercase();
    let mut words = object.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    match predicate.lemma.as_str() {
        "agree" => !object.starts_with("with") && words.next().is_some(),
        lemma => MAKING.contains(&lemma) && words.take(6).any(|w| PACTS.contains(&w)),
    }
}

/// The two parties that subjects of the reports join most often ("Russia and the United States"), if one pair
/// stands out.
pub fn principals(context: &Context) -> Vec<String> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (account, predicates) in context.predicates.iter().enumerate() {
        for subject in predicates.iter().filter_map(|p| p.subject) {
            let mut parties =
                predicates::parties(context.accounts, &context.cast, Spot { account, span: subject });
            if parties.len() == 2 {
                parties.sort();
                *counts.entry(parties).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, Vec<String>)> = counts.into_iter().map(|(pair, n)| (n, pair)).collect();
    ranked.sort_by(|a, b| b.cmp(a));
    match &ranked[..] {
        [(first, pair), (second, _), ..] if *first >= 2 && first >= &(2 * second) => pair.clone(),
        [(first, pair)] if *first >= 2 => pair.clone(),
        _ => Vec::new(),
    }
}
