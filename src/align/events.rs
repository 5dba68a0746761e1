//! Events by type, joined across reports.
//!
//! In: the events of each account. Out: the record's events: one for the same type, actor, recipient and day.
//! It does not know events that no verb tells.

use std::collections::BTreeMap;

use super::{Context, Spot};
use crate::annotate::MentionIndex;
use crate::record::{self, Evidence};

/// The events of the story, those that most reports tell first.
pub fn find(context: &Context) -> Vec<record::Event> {
    type Key = (&'static str, Option<String>, Option<String>, Option<String>, bool, &'static str);
    let mut groups: BTreeMap<Key, (Option<String>, Vec<Spot>)> = BTreeMap::new();
    for (account, of) in context.accounts.iter().enumerate() {
        let member = |mention: Option<MentionIndex>| {
            Some(context.cast.member(account, of.layers.mentions[mention?].entity?))
        };
        for event in &of.layers.events {
            let id = |mention| member(mention).map(|m| context.cast.id(m));
            let when = event.when.and_then(|t| of.layers.times[t].value.clone());
            let place = member(event.place).map(|m| context.cast.name(m).to_owned());
            let key = (
                event.root,
                id(event.actor),
                id(event.recipient),
                when,
                event.happened,
                event.modality.name(),
            );
            let group = groups.entry(key).or_default();
            group.0 = group.0.take().or(place);
            group.1.push(Spot { account, span: event.span });
        }
    }
    let mut events: Vec<record::Event> = groups
        .into_iter()
        .filter(|((_, actor, ..), _)| actor.is_some())
        .map(|((root, actor, recipient, when, happened, modality), (place, spots))| {
            let evidence: Vec<Evidence> = context.evidence_of(spots);
            let polarity = if happened { "affirmed" } else { "denied" }.to_owned();
            record::Event {
                root: root.to_owned(),
                actor,
                recipient,
                when,
                place,
                polarity,
                modality: modality.to_owned(),
                evidence,
            }
        })
        .collect();
    events.sort_by_key(|e| std::cmp::Reverse(e.evidence.len()));
    events
}
