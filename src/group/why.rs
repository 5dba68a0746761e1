//! Why two reports are together, or not.
//!
//! In: two [`Account`]s. Out: a [`Why`]: the rare words, names and numbers that they share with where they stand, and what
//! each feature adds to the judgement. It does not know the other reports of their stories.

use std::collections::BTreeMap;

use crate::align::Account;
use crate::annotate::{Entity, EntityKind, MentionKind};
use crate::span::Span;

use super::document::{self, Term};
use super::features;
use super::model::Model;
use super::sketch::{ENTITY, NUMBER, PAIR, Sketch};
use super::{Nature, Rarity};

/// Shared things that are told, the rarest.
const TOLD: usize = 24;
/// Places of each in either report.
const PLACES: usize = 3;

/// The reasons for judging two reports as one event or two.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Log-odds that they tell of one event.
    pub log_odds: f32,
    /// From how much on two reports alone would be one story.
    pub threshold: f32,
    /// Days between their publication, where both are known.
    pub days_apart: Option<u32>,
    /// What sort of piece each is.
    pub natures: [Nature; 2],
    /// What they share, the rarest first.
    pub shared: Vec<Shared>,
    /// What speaks for it (above 0) and against it (below 0): name of the feature, its value, what it adds to the
    /// log-odds of two reports that share nothing; the largest first.
    pub features: Vec<(&'static str, f32, f32)>,
}

/// A word, number or name that both reports have.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// word, number, person, place or organization.
    pub kind: &'static str,
    /// One in how many background reports has it, as a natural logarithm.
    pub rarity: f32,
    /// The first places in the one report and in the other.
    pub places: [Vec<Span>; 2],
}

/// Why `a` and `b` are, or are not, of one event.
pub fn why(a: &Account, b: &Account) -> Why {
    let model = Model::shipped();
    let sketches = [a, b].map(|x| Sketch::of(&x.report, &x.layers));
    let [x, y] = &sketches;
    let found = features::of(x, y);
    let nothing = features::of(&x.emptied(), &y.emptied());
    let adds = |n: usize| model.weights[n] * (found[n] - nothing[n]);
    let mut features: Vec<(&str, f32, f32)> = features::NAMES
        .iter()
        .enumerate()
        .map(|(n, name)| (*name, found[n], adds(n)))
        .filter(|f| f.2 != 0.0)
        .collect();
    features.sort_by(|x, y| y.2.abs().total_cmp(&x.2.abs()).then(x.0.cmp(y.0)));
    let mut shared = words(a, b, x, y);
    shared.extend(names(a, b));
    shared.sort_by(|x, y| y.rarity.total_cmp(&x.rarity).then_with(|| x.places.cmp(&y.places)));
    shared.truncate(TOLD);
    Why {
        log_odds: model.weigh(&found),
        threshold: model.threshold,
        days_apart: x.day.zip(y.day).map(|(x, y)| x.abs_diff(y)),
        natures: [x.nature, y.nature],
        shared,
        features,
    }
}

/// Words and numbers that both sketches have and both texts show.
fn words(a: &Account, b: &Account, x: &Sketch, y: &Sketch) -> Vec<Shared> {
    let places = [a, b].map(places);
    let common = x.entries.iter().filter(|e| !e.is(ENTITY | PAIR));
    let common = common.filter(|e| y.entries.has(e.term));
    let shared = common.filter_map(|e| {
        let spans = |n: usize| places[n].get(&e.term).cloned();
        let kind = if e.is(NUMBER) { "number" } else { "word" };
        Some(Shared { kind, rarity: e.rarity(), places: [spans(0)?, spans(1)?] })
    });
    shared.collect()
}

/// The first places of each term outside regions.
fn places(account: &Account) -> BTreeMap<Term, Vec<Span>> {
    let mut places: BTreeMap<Term, Vec<Span>> = BTreeMap::new();
    for (term, range) in document::placed_terms(account.report.text.as_str()) {
        let span = Span::new(range);
        let of_term = places.entry(term).or_default();
        if of_term.len() < PLACES && account.report.region_at(span).is_none() {
            of_term.push(span);
        }
    }
    places.retain(|_, spans| !spans.is_empty());
    places
}

/// Resolved entities that both reports name alike.
fn names(a: &Account, b: &Account) -> Vec<Shared> {
    let known = |account: &Account| -> BTreeMap<(&'static str, String), Vec<Span>> {
        let spans = |entity: &Entity| {
            let mentions = entity.mentions.iter().filter_map(|m| account.layers.mentions.get(*m));
            let names = mentions.filter(|m| m.kind == MentionKind::Name);
            names.map(|m| m.span).take(PLACES).collect::<Vec<Span>>()
        };
        let key = |entity: &Entity| match entity.kind {
            EntityKind::Person => ("person", entity.name.rsplit(' ').next().unwrap_or("").to_lowercase()),
            EntityKind::Place => ("place", entity.name.to_lowercase()),
            _ => ("organization", entity.name.to_lowercase()),
        };
        account
            .layers
            .entities
            .iter()
            .map(|e| (key(e), spans(e)))
            .filter(|(_, spans)| !spans.is_empty())
            .collect()
    };
    let (known_a, mut known_b) = (known(a), known(b));
    let shared = known_a.into_iter().filter_map(|((kind, name), spans)| {
        let others = known_b.remove(&(kind, name.clone()))?;
        let rarity = document::terms_of(&name).map(|t| Rarity::shipped().of_term(t)).reduce(f32::max)?;
        Some(Shared { kind, rarity, places: [spans, others] })
    });
    shared.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;
    use crate::annotate::{Annotator, Rules};

    fn account(day: &str, text: &str) -> Account {
        let report = report("a", Some(day), "", text);
        Account::new(Rules.annotate(&report), report)
    }

    #[test]
    fn what_both_share_is_named_with_its_places() {
        let a = account("2031-03-04", "Ilse Verhaven said the ferry Alkyone had 214 passengers.");
        let b = account("2031-03-05", "All 214 people on the Alkyone are safe, mayor Ilse Verhaven said.");
        let found = why(&a, &b);
        assert_eq!(found.days_apart, Some(1));
        let told = |kind: &str, words: &str| {
            found.shared.iter().any(|s| {
                let [x, y] = &s.places;
                s.kind == kind && a.report.slice(x[0]) == words && b.report.slice(y[0]).contains(words)
            })
        };
        assert!(
            told("word", "Alkyone") && told("number", "214") && told("person", "Ilse Verhaven"),
            "{found:?}"
        );
        assert!(found.shared.windows(2).all(|w| w[0].rarity >= w[1].rarity));
    }

    #[test]
    fn two_that_share_nothing_say_so() {
        let found = why(&account("2031-03-04", "Ferries sank."), &account("2031-03-04", "Budget passed."));
        assert!(found.shared.is_empty() && found.log_odds < found.threshold);
    }
}
