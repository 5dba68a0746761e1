//! Events by type, joined across reports.
//!
//! In: the events of each account. Out: the record's events: one for the same type, actor, recipient and day.
//! It does not know events that no verb tells.

use std::collections::BTreeMap;

use super::{Context, Spot};
use crate::annotate::{MentionIndex, MentionKind};
use crate::record::{self, Evidence};
use crate::span::Span;

/// The events of the story, those that most reports tell first.
pub fn find(context: &Context) -> Vec<record::Event> {
    type Key = (&'static str, Option<String>, Option<String>, Option<String>, bool, &'static str);
    let mut groups: BTreeMap<Key, (Option<String>, Vec<Spot>)> = BTreeMap::new();
    for (account, of) in context.accounts.iter().enumerate() {
        let member = |mention: Option<MentionIndex>| {
            Some(context.cast.member(account, of.layers.mentions[mention?].entity?))
        };
        for event in &of.layers.events {
            // Who has no entity has a name in the words that stand there; a pronoun names nobody.
            let id = |mention: Option<MentionIndex>, words: Option<Span>| {
                let pronoun = mention.is_some_and(|m| of.layers.mentions[m].kind == MentionKind::Pronoun);
                let named = words.filter(|_| !pronoun).map(|span| of.report.slice(span).to_owned());
                member(mention).map(|m| context.cast.id(m)).or(named)
            };
            let when = event.when.and_then(|t| of.layers.times[t].value.clone());
            let place = member(event.place).map(|m| context.cast.name(m).to_owned());
            let key = (
                event.root,
                id(event.actor, event.actor_words),
                id(event.recipient, event.recipient_words),
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
