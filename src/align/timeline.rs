//! What happened, and will, when.
//!
//! In: the resolved dates of each account. Out: the timeline, merged across reports. A date stands with the
//! smallest clause that holds it, or with the noun that it dates ("the 2018 election"). It does not know a day
//! that no report gives.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::concepts::concept;
use super::predicates::Predicate;
use super::terms::TermSet;
use super::{COMPARED, Context, Spot};
use crate::annotate::{Pos, TimeExpression, TimeKind, lemma};
use crate::record::TimelineEntry;
use crate::span::Span;

/// How alike two clauses of one day must be to be one entry.
const ALIKE: f64 = 0.45;

/// Nouns that a year can date though they end like no event.
const DATED: &[&str] = &[
    "war",
    "attack",
    "talks",
    "agreement",
    "treaty",
    "visit",
    "summit",
    "kill",
    "coup",
    "crisis",
    "revolution",
    "storm",
    "vote",
    "raid",
];

/// A clause of these dates what is said, not what happens.
const SAYING: &[&str] = &[
    "say", "tell", "state", "add", "announce", "confirm", "report", "indicate", "note", "write", "claim",
    "explain", "insist", "warn",
];

struct Dated {
    spot: Spot,
    terms: TermSet,
}

/// The entries in order of time; of one day, those that most reports give first.
pub fn find(context: &Context) -> Vec<TimelineEntry> {
    let mut by_time: BTreeMap<(Date, Date, String), Vec<Vec<Dated>>> = BTreeMap::new();
    for account in 0..context.accounts.len() {
        for (key, dated) in dated(context, account) {
            let groups = by_time.entry(key).or_default();
            let fits = |group: &Vec<Dated>| {
                group.iter().take(COMPARED).any(|d| context.terms.similarity(&d.terms, &dated.terms) >= ALIKE)
            };
            match groups.iter_mut().find(|group| fits(group)) {
                Some(group) => group.push(dated),
                None => groups.push(vec![dated]),
            }
        }
    }
    let mut entries = Vec::new();
    for ((_, _, when), mut groups) in by_time {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().map(|d| d.spot)));
        entries.extend(groups.into_iter().map(|group| entry(context, &when, &group)));
    }
    entries
}

fn entry(context: &Context, when: &str, group: &[Dated]) -> TimelineEntry {
    let shortest = group.iter().min_by_key(|d| (d.spot.span.len(), d.spot));
    TimelineEntry {
        when: when.to_owned(),
        text: shortest.map_or_else(String::new, |d| context.text(d.spot).to_owned()),
        evidence: context.evidence_of(group.iter().map(|d| d.spot)),
    }
}

/// What one account dates.
fn dated(context: &Context, account: usize) -> Vec<((Date, Date, String), Dated)> {
    let of = context.accounts[account];
    let predicates = &context.predicates[account];
    let mut found: Vec<((Date, Date, String), Dated)> = Vec::new();
    for time in of.layers.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)) {
        let (Some((first, last)), Some(value)) = (time.days, &time.value) else { continue };
        let Some(span) = told_at(context, account, time, predicates) else { continue };
        let spot = Spot { account, span };
        let terms = context.terms.at(context.accounts, &context.cast, spot);
        let again = found.iter().any(|(key, d)| d.spot == spot && key.2 == *value);
        if terms.len() >= 2 && !again {
            found.push(((first, last, value.clone()), Dated { spot, terms }));
        }
    }
    found
}

/// What the time dates: the noun that a bare year stands before, else the smallest clause that holds the time.
fn told_at(
    context: &Context,
    account: usize,
    time: &TimeExpression,
    predicates: &[Predicate],
) -> Option<Span> {
    let of = context.accounts[account];
    let sentence = &of.layers.sentences[of.layers.sentence_at(time.span.start)?];
    let tokens = of.layers.tokens_in(time.span);
    let compared =
        tokens.start.checked_sub(1).map(|i| of.report.slice(of.layers.tokens[i].span).to_lowercase());
    if sentence.furniture || compared.is_some_and(|w| w == "even" || w == "than") {
        return None;
    }
    let year = time.value.as_ref().is_some_and(|v| v.len() == 4) && tokens.len() == 1;
    if year && of.layers.tokens.get(tokens.end).is_some_and(|t| t.pos.is_noun() || t.pos.is_adjective()) {
        return noun_dated(context, account, tokens.start, sentence.tokens.end);
    }
    let told = predicates.iter().filter(|p| p.subject.is_some() && !p.negated && !p.conditional);
    let holding = told.clone().filter(|p| p.clause().contains(time.span)).min_by_key(|p| p.clause().len());
    // "On May 12 the ferry sank": the time stands before the clause that it belongs to.
    let opens = tokens.start <= sentence.tokens.start + 1;
    let first = || {
        told.clone().find(|p| {
            opens && p.lemma != "be" && sentence.span.contains(p.verb) && p.verb.start > time.span.end
        })
    };
    let smallest = holding.or_else(first).filter(|p| !SAYING.contains(&p.lemma.as_str()));
    // "the biggest conflict since 1945" dates no event.
    let superlative =
        |p: &&Predicate| of.layers.tokens_in(p.clause()).any(|i| of.layers.tokens[i].pos == Pos::JJS);
    let since =
        tokens.start.checked_sub(1).is_some_and(|i| of.report.slice(of.layers.tokens[i].span) == "since");
    let smallest = smallest.filter(|p| !(since && superlative(p)));
    smallest
        .filter(|p| !matches!(p.modal.as_deref(), Some("may" | "might" | "could" | "can" | "should")))
        .map(|p| {
            let clause = p.clause();
            let from_start = Span { start: sentence.span.start, ..time.span };
            if clause.contains(time.span) { clause } else { clause.cover(from_start) }
        })
}

/// "2018 killing of a journalist": from the year over the noun to the end of what "of" joins to it.
fn noun_dated(context: &Context, account: usize, year: usize, end: usize) -> Option<Span> {
    let of = context.accounts[account];
    let tokens = &of.layers.tokens;
    let phrase = |from: usize| {
        (from..end).take_while(|i| {
            let pos = tokens[*i].pos;
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::VBN)
        })
    };
    let last = phrase(year + 1).last()?;
    let noun = lemma(of.report.slice(tokens[last].span), tokens[last].pos).to_lowercase();
    let happens = ["ion", "ing", "ment", "ance", "al"].iter().any(|ending| noun.ends_with(ending));
    if !happens && !DATED.contains(&concept(&noun)) {
        return None;
    }
    let of_it = last + 1 < end && matches!(of.report.slice(tokens[last + 1].span), "of" | "to" | "in" | "on");
    let to = if of_it { phrase(last + 2).last().unwrap_or(last) } else { last };
    Some(tokens[year].span.cover(tokens[to].span))
}
