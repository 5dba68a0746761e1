//! How many, and how long.
//!
//! In: the quantities of the statements. Out: differences of the kinds `number` and `duration`, compared as
//! intervals with their hedges. Two numbers are compared only where the words around them say that they
//! measure the same: it does not know what a number without such words counts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::concepts::concept;
use super::super::predicates::{self, Predicate};
use super::super::terms::TermSet;
use super::super::{Account, Context, Spot};
use super::{Found, readings};
use crate::annotate::{Interval, Quantity, lemma};
use crate::span::Span;

/// Units of time, by which a quantity is a duration.
const TIME_UNITS: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year"];

/// What lasts, by concept.
const LASTING: &[&str] = &[
    "talks",
    "visit",
    "attack",
    "fire",
    "protest",
    "trial",
    "hearing",
    "flight",
    "siege",
    "blackout",
    "outage",
    "standoff",
    "search",
    "operation",
    "speech",
    "debate",
    "storm",
    "war",
    "vote",
    "ceremony",
    "evacuation",
    "flee",
    "interview",
    "strike",
    "chase",
    "occupation",
    "shutdown",
    "game",
    "match",
    "rescue",
    "surgery",
];

/// What happens to people that news counts, by concept.
const FATES: &[&str] =
    &["kill", "injure", "arrest", "miss", "missing", "flee", "rescue", "strand", "infect", "hospitalize"];

/// Units that count people.
const PEOPLE: &[&str] = &[
    "people",
    "person",
    "man",
    "woman",
    "civilian",
    "worker",
    "employee",
    "passenger",
    "resident",
    "victim",
    "injured",
    "dead",
    "wounded",
    "protester",
    "kid",
    "others",
    "casualty",
    "fatality",
    "death",
    "injury",
    "missing",
];

/// How far in tokens a number may stand from the word that says what it measures: the longest such distance
/// in a relative clause ("the talks at the palace in the capital, which lasted almost five hours").
const REACH: usize = 12;

/// How alike the sentences around two numbers must be where no such word joins them.
const ALIKE: f64 = 0.4;
const FEWEST_SHARED: usize = 4;

/// A number with what it measures.
#[derive(Debug)]
struct Measure {
    spot: Spot,
    interval: Interval,
    unit: String,
    /// What lasts, or what happens to those that are counted.
    of: Option<String>,
    /// The smallest clause that holds the number.
    clause: Span,
    /// The concept of its verb, and whether the clause denies it or only expects it.
    verb: Option<(String, bool, bool)>,
    terms: TermSet,
}

/// The differences of the two kinds.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let measures: Vec<Measure> =
        (0..context.accounts.len()).flat_map(|account| measures(context, account)).collect();
    let mut groups: BTreeMap<usize, Vec<&Measure>> = BTreeMap::new();
    let mut group_of: Vec<usize> = (0..measures.len()).collect();
    for a in 0..measures.len() {
        for b in a + 1..measures.len() {
            if measures[a].unit == measures[b].unit && same(context, &measures[a], &measures[b]) {
                let (into, from) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
                group_of.iter_mut().filter(|g| **g == from).for_each(|g| *g = into);
            }
        }
    }
    for (i, group) in group_of.iter().enumerate() {
        groups.entry(*group).or_default().push(&measures[i]);
    }
    groups.into_values().filter_map(|group| difference(context, group)).collect()
}

fn measures(context: &Context, account: usize) -> Vec<Measure> {
    let of = context.accounts[account];
    let predicates = predicates::find(account, of);
    let counted = of.layers.quantities.iter().filter(|q| !q.unit.is_empty() || q.of.is_none());
    counted.filter_map(|q| measure(context, account, q, &predicates)).collect()
}

fn measure(
    context: &Context,
    account: usize,
    quantity: &Quantity,
    predicates: &[Predicate],
) -> Option<Measure> {
    let of = context.accounts[account];
    let sentence = &of.layers.sentences[of.layers.sentence_at(quantity.span.start)?];
    if sentence.furniture || of.layers.quote_at(quantity.span.start).is_some() {
        return None;
    }
    let duration = TIME_UNITS.contains(&quantity.unit.as_str());
    let kinds = if duration { LASTING } else { FATES };
    let near = nearest(of, quantity.span, sentence.span, kinds);
    if duration && near.is_none() {
        return None;
    }
    let unit = if PEOPLE.contains(&quantity.unit.as_str()) || quantity.unit.is_empty() && near.is_some() {
        "people".to_owned()
    } else {
        quantity.unit.clone()
    };
    if unit.is_empty() {
        return None;
    }
    let holding =
        predicates.iter().filter(|p| p.clause().contains(quantity.number)).min_by_key(|p| p.clause().len());
    let verb = holding.map(|p| (concept(&p.lemma).to_owned(), p.negated, p.modal.is_some()));
    let clause = holding.map_or(sentence.span, Predicate::clause);
    let spot = Spot { account, span: quantity.span };
    let terms = context.terms.at(context.accounts, &context.cast, Spot { account, span: sentence.span });
    Some(Measure { spot, interval: quantity.interval, unit, of: near, clause, verb, terms })
}

/// The nearest word of one of `kinds` to a number in its sentence, as its concept.
fn nearest(account: &Account, at: Span, sentence: Span, kinds: &[&str]) -> Option<String> {
    let Account { report, layers } = account;
    let here = layers.tokens_in(at);
    let from = here.start.saturating_sub(REACH)..(here.end + REACH).min(layers.tokens.len());
    let found = from.filter(|i| sentence.contains(layers.tokens[*i].span)).filter_map(|i| {
        let token = layers.tokens[i];
        let base = lemma(report.slice(token.span), token.pos).to_lowercase();
        let concept = concept(&base);
        let distance = if i < here.start { here.start - i } else { (i + 1).saturating_sub(here.end) };
        kinds.contains(&concept).then(|| (distance, i, concept.to_owned()))
    });
    found.min().map(|(_, _, concept)| concept)
}

fn same(context: &Context, a: &Measure, b: &Measure) -> bool {
    if a.spot.account == b.spot.account {
        return false;
    }
    let shared = context.terms.shared(&a.terms, &b.terms);
    match (&a.of, &b.of) {
        (Some(x), Some(y)) if x == y && TIME_UNITS.contains(&a.unit.as_str()) => {
            is_main(context, x) && near_in_size(a, b)
        }
        (Some(x), Some(y)) if x == y => shared.len() >= 2 && near_in_size(a, b),
        (None, None) => {
            a.verb.is_some()
                && a.verb == b.verb
                && shared.len() >= FEWEST_SHARED
                && context.terms.similarity(&a.terms, &b.terms) >= ALIKE
        }
        _ => false,
    }
}

/// Whether the two could be told of one thing: a tenfold number is of another.
fn near_in_size(a: &Measure, b: &Measure) -> bool {
    let size = |m: &Measure| if m.interval.high.is_finite() { m.interval.high } else { m.interval.low };
    let (x, y) = (size(a).abs(), size(b).abs());
    x.max(y) <= 3.0 * x.min(y)
}

/// Whether what lasts is what the story is about: the thing of its sort that most sentences name.
fn is_main(context: &Context, kind: &str) -> bool {
    let counts: BTreeMap<&str, usize> =
        context.accounts.iter().fold(BTreeMap::new(), |mut counts, account| {
            for token in account.layers.tokens.iter().filter(|t| t.pos.is_noun()) {
                let base = lemma(account.report.slice(token.span), token.pos).to_lowercase();
                if let Some(kind) = LASTING.iter().find(|k| **k == concept(&base)) {
                    *counts.entry(kind).or_default() += 1;
                }
            }
            counts
        });
    let own = counts.get(kind).copied().unwrap_or_default();
    // A war is the background of many stories that are about something else.
    counts.iter().all(|(other, n)| *n <= own || *other == "war")
}

fn difference(context: &Context, group: Vec<&Measure>) -> Option<Found> {
    let clear: Vec<&Measure> = group.iter().copied().filter(|m| !contradicts_itself(&group, m)).collect();
    let accounts: BTreeSet<usize> = clear.iter().map(|m| m.spot.account).collect();
    let values: BTreeSet<String> = clear.iter().map(|m| value(m)).collect();
    let first = clear.first()?;
    if accounts.len() < 2 || values.len() < 2 {
        return None;
    }
    let duration = TIME_UNITS.contains(&first.unit.as_str());
    let jointly = clear
        .iter()
        .enumerate()
        .all(|(i, a)| clear[i + 1..].iter().all(|b| a.interval.intersects(b.interval)));
    Some(Found {
        kind: if duration { "duration" } else { "number" },
        about: about(context, first),
        compatible: Some(jointly),
        readings: readings(clear.iter().map(|m| (value(m), m.spot))),
    })
}

/// Whether its own report gives another number for the same: then it is a part, or the report corrects itself.
fn contradicts_itself(group: &[&Measure], measure: &Measure) -> bool {
    let own = group.iter().filter(|m| m.spot.account == measure.spot.account);
    own.into_iter().any(|m| !m.interval.intersects(measure.interval))
}

/// What is measured: what lasts, or the clause of the first report that counts, cut after some words.
fn about(context: &Context, first: &Measure) -> String {
    if TIME_UNITS.contains(&first.unit.as_str()) {
        return format!("length of the {}", first.of.as_deref().unwrap_or("event"));
    }
    let clause = context.text(Spot { account: first.spot.account, span: first.clause });
    let words: Vec<&str> = clause.split_whitespace().collect();
    let cut = if words.len() > WORDS_ABOUT { " …" } else { "" };
    format!("{}{cut}", words[..words.len().min(WORDS_ABOUT)].join(" "))
}

/// How many words of a clause say what is counted.
const WORDS_ABOUT: usize = 14;

fn value(measure: &Measure) -> String {
    let Interval { low, low_open, high, high_open } = measure.interval;
    let unit = &measure.unit;
    let plural = if low == 1.0 && high == 1.0
        || unit.ends_with('s')
        || unit == "people"
        || unit.len() == 3 && unit.chars().all(char::is_uppercase)
    {
        ""
    } else {
        "s"
    };
    let amount = match (low.is_finite() && low > 0.0, high.is_finite()) {
        (true, true) if low == high => format!("{low}"),
        (true, true) => format!("{low} to {}{high}", if high_open { "under " } else { "" }),
        (true, false) => format!("{} {low}", if low_open { "more than" } else { "at least" }),
        (false, true) => format!("{} {high}", if high_open { "less than" } else { "at most" }),
        (false, false) => "some".to_owned(),
    };
    format!("{amount} {unit}{plural}")
}
