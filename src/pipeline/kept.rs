//! The record of a story that is kept.
//!
//! In: a store, the id of a story, an annotator for what it holds no layers of. Out: the reading of that story, with
//! what its outlets changed. It does not know how the story was found.

use std::cmp::Reverse;

use crate::align::{self, Account, Repairs, Said};
use crate::annotate::Annotator;
use crate::record::{self, SCHEMA, Version};
use crate::store::{Hit, Pair, PairOf, ReportNumber, Result, Saying, SearchFilter, Store, Stored};

use super::Outcome;
use super::reading::summary;

/// The reading of the story `id`; `None` where there is no such story.
pub fn story(store: &Store, id: &str, annotator: &dyn Annotator) -> Result<Option<Outcome>> {
    let numbers = store.reports_of(id)?;
    if numbers.is_empty() {
        return Ok(None);
    }
    let (mut accounts, mut versions) = (Vec::new(), Vec::new());
    for number in numbers {
        let (account, changed) = account(store, number, annotator)?;
        accounts.push(account);
        versions.extend(changed);
    }
    accounts.sort_by(|a, b| (&a.report.source, &a.report.id).cmp(&(&b.report.source, &b.report.id)));
    versions.sort_by(|a, b| {
        (Reverse(&a.retrieved_at), &a.report, Reverse(a.after)).cmp(&(
            Reverse(&b.retrieved_at),
            &b.report,
            Reverse(b.after),
        ))
    });
    let story = align::align_repaired(&accounts.iter().collect::<Vec<_>>(), &repairs(store)?);
    let story = record::Story { id: id.to_owned(), versions, ..story };
    let reading = record::Reading {
        schema: SCHEMA.to_owned(),
        model: annotator.name().to_owned(),
        reports: accounts.iter().map(summary).collect(),
        refusals: Vec::new(),
        stories: vec![story],
    };
    Ok(Some(Outcome { reading, accounts }))
}

/// What reports give to `name` over time, about all of `about`'s words; at most `most` sayings, the latest first.
pub fn said(store: &Store, name: &str, about: &str, most: usize) -> Result<Vec<Saying>> {
    store.said(name, about, most, &repairs(store)?.entities)
}

/// The reports that hold the words of `query`, as [`Store::search`] reads it.
pub fn search(store: &Store, query: &str, filter: &SearchFilter) -> Result<Vec<Hit>> {
    store.search(query, filter, &repairs(store)?.entities)
}

/// What a person said of claims and entities, in any story: what is said of reports of another one names nothing here.
fn repairs(store: &Store) -> Result<Repairs> {
    let said = |of| -> Result<Vec<Said>> {
        let pairs = store.repaired_pairs(of)?.into_iter().map(|(_, pair)| pair);
        let words = |json: &str| serde_json::from_str(json).ok();
        let said = |pair: Pair| {
            Some(Said { one: words(&pair.one)?, other: words(&pair.other)?, same: pair.together })
        };
        Ok(pairs.filter_map(said).collect())
    };
    Ok(Repairs { claims: said(PairOf::Claims)?, entities: said(PairOf::Entities)? })
}

/// The newest version of a report with its layers, and what changed from version to version.
fn account(
    store: &Store,
    number: ReportNumber,
    annotator: &dyn Annotator,
) -> Result<(Account, Vec<Version>)> {
    let mut changes = Vec::new();
    let mut earlier: Option<Account> = None;
    for version in store.versions(number)? {
        let retrieved_at = version.retrieved_at.clone();
        let later = layered(store, version, annotator)?;
        if let Some(before) = earlier {
            changes.push(align::version(&before, &later, &retrieved_at));
        }
        earlier = Some(later);
    }
    match earlier {
        Some(account) => Ok((account, changes)),
        // A report is kept together with its first version.
        None => layered(store, store.newest(number)?, annotator).map(|account| (account, changes)),
    }
}

/// A version with its layers, as they are kept or made anew.
fn layered(store: &Store, version: Stored, annotator: &dyn Annotator) -> Result<Account> {
    let layers = store.layers(version.key, annotator.name())?;
    let layers = layers.unwrap_or_else(|| annotator.annotate(&version.report));
    Ok(Account::new(layers, version.report))
}
