//! What was agreed, and by whom.
//!
//! In: the predicates of each account. Out: agreements, joined across reports. What is denied, conditional or
//! only possible is none. Where the reports say "the two sides", the parties are the pair that the reports
//! name together most often, if one pair stands out; else they stay open.

use std::collections::{BTreeMap, BTreeSet};

use super::predicates::{self, Predicate};
use super::terms::TermSet;
use super::{COMPARED, Context, Spot};
use crate::annotate::{MentionKind, Pos};
use crate::record::Agreement;
use crate::span::Span;

/// Verbs that make an agreement with one of [`PACTS`] as their object.
const MAKING: &[&str] = &["reach", "sign", "strike", "conclude", "seal", "ink", "secure", "clinch"];
const PACTS: &[&str] = &[
    "agreement",
    "deal",
    "accord",
    "pact",
    "treaty",
    "truce",
    "ceasefire",
    "cease-fire",
    "memorandum",
    "contract",
    "compromise",
    "settlement",
];

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
                group
                    .iter()
                    .take(COMPARED)
                    .any(|t| context.terms.similarity(&t.terms, &telling.terms) >= ALIKE)
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
    let background = context.is_background(predicate.account, predicate.clause());
    if predicate.negated || predicate.conditional || doubtful || background || !agrees(context, predicate) {
        return None;
    }
    let subject = Spot { account: predicate.account, span: predicate.subject? };
    let words = context.text(subject).to_lowercase();
    let both = words.ends_with("sides")
        || words.ends_with("parties")
        || words.ends_with("two countries")
        || words.ends_with("delegations");
    let mut parties = if both { pair.to_vec() } else { parties(context, predicate, subject) };
    parties.extend(with_whom(context, predicate));
    parties.sort();
    parties.dedup();
    let span = match list_after(context, predicate) {
        Listed::No => predicate.object,
        Listed::Here(list) => predicate.object.cover(list),
        Listed::Elsewhere => return None,
    };
    let object = Spot { account: predicate.account, span };
    let terms = context.terms.at(context.accounts, &context.cast, object);
    let clause = Spot { account: predicate.account, span: predicate.clause().cover(span) };
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
        // "The court agreed and blocked the order": of one mind, not bound.
        "agree" => {
            let first = words.next();
            // "…, agreeing to continue talking": what goes on anyway, in passing.
            if predicate.participle
                && first == Some("to")
                && words.clone().next().is_some_and(|w| GOING_ON.contains(&w))
            {
                return false;
            }
            let opinion = first == Some("that") && !words.any(|w| BINDING.contains(&w));
            first.is_some_and(|w| !matches!(w, "with" | "and" | "but" | "or")) && !opinion
        }
        lemma => MAKING.contains(&lemma) && words.take(6).any(|w| PACTS.contains(&w)),
    }
}

/// Verbs for what is done already.
const GOING_ON: &[&str] = &["continue", "keep", "go", "proceed", "carry", "remain", "stay"];

/// What a content says that binds who agrees to it; without, it is only what they think ("agree that the ice is thin").
const BINDING: &[&str] = &["will", "would", "shall", "should", "must", "not", "to"];

/// Nouns that a list gives what it is about ("agreed to pursue three goals").
const LISTED: &[&str] = &[
    "goals",
    "points",
    "steps",
    "things",
    "issues",
    "principles",
    "measures",
    "priorities",
    "aims",
    "objectives",
    "matters",
    "items",
    "topics",
    "areas",
];

/// Where the list stands whose head an object is.
enum Listed {
    /// It heads none.
    No,
    /// After a colon.
    Here(Span),
    /// Not in this sentence: then the clause does not say what was agreed.
    Elsewhere,
}

fn list_after(context: &Context, predicate: &Predicate) -> Listed {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.report.slice(of.layers.tokens[i].span).to_lowercase();
    let is_word = |i: &usize| of.layers.tokens[*i].pos != Pos::Punct;
    let Some(last) = tokens.clone().rev().find(is_word) else { return Listed::No };
    let counted = tokens.clone().any(|i| i + 3 > last && i < last && of.layers.tokens[i].pos == Pos::CD);
    if !counted || !LISTED.contains(&word(last).as_str()) {
        return Listed::No;
    }
    let Some(sentence) = of.layers.sentence_at(predicate.object.start) else { return Listed::Elsewhere };
    let end = of.layers.sentences[sentence].tokens.end;
    let colon = (last + 1..end).next().filter(|i| word(*i) == ":");
    let rest = colon.and_then(|colon| (colon + 1..end).rev().find(is_word));
    rest.map_or(Listed::Elsewhere, |to| {
        Listed::Here(of.layers.tokens[last].span.cover(of.layers.tokens[to].span))
    })
}

/// Who agrees: whom the subject names or speaks for; in quoted words "we" and "I" are the speaker's party; else the
/// words for a body or a group of people ("prosecutors").
fn parties(context: &Context, predicate: &Predicate, subject: Spot) -> Vec<String> {
    let named = predicates::parties(context.accounts, &context.cast, subject);
    if !named.is_empty() {
        return named;
    }
    let of = context.accounts[subject.account];
    let words = context.text(subject);
    if matches!(words.to_lowercase().as_str(), "we" | "i") {
        let around =
            of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
        let speaker = around.filter_map(|a| a.speaker).next_back();
        let member = speaker.map(|entity| context.cast.member(subject.account, entity));
        return member
            .map(|m| context.cast.party(m).unwrap_or(context.cast.name(m)).to_owned())
            .into_iter()
            .collect();
    }
    let Some(head) = of.layers.tokens_in(subject.span).rfind(|i| of.layers.tokens[*i].pos.is_noun()) else {
        return Vec::new();
    };
    let last = of.report.slice(of.layers.tokens[head].span).to_lowercase();
    let nominal = of
        .layers
        .mentions_in(subject.span)
        .any(|m| m.kind == MentionKind::Nominal && m.span.contains(of.layers.tokens[head].span));
    let acts =
        nominal || of.layers.tokens[head].pos == Pos::NNS && PEOPLE_ENDINGS.iter().any(|e| last.ends_with(e));
    if acts { vec![predicates::without_article(words).to_owned()] } else { Vec::new() }
}

/// How nouns for several people end ("prosecutors", "investigators", "officials", "leaders", "ministers").
const PEOPLE_ENDINGS: &[&str] = &["ors", "ers", "ials", "ists", "ants", "ents", "ives", "men", "ians"];

/// With whom the pact was made that a predicate has as its object ("an agreement with the company").
fn with_whom(context: &Context, predicate: &Predicate) -> Vec<String> {
    if predicate.lemma == "agree" {
        return Vec::new();
    }
    let of = context.accounts[predicate.account];
    let mut tokens = of.layers.tokens_in(predicate.object);
    let with = tokens.find(|i| of.report.slice(of.layers.tokens[*i].span) == "with");
    let Some(after) = with.and_then(|i| of.layers.tokens.get(i + 1)) else { return Vec::new() };
    let span = Span { start: after.span.start, end: predicate.object.end };
    let first = of.layers.mentions_in(span).find(|m| m.span.start == after.span.start);
    let Some(mention) = first else { return Vec::new() };
    let spot = Spot { account: predicate.account, span: mention.span };
    predicates::parties(context.accounts, &context.cast, spot)
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
