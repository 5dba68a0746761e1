//! Who agrees with whom.
//!
//! In: the subject and the object of what makes an agreement. Out: its parties: those whom "and" joins, those after "with",
//! bodies without a name in the report's own words, and the pair that the reports name together most often where it only
//! says "the two sides". It does not know what is agreed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::positions::BODIES;
use super::super::predicates::{self, Predicate};
use super::super::{Context, Spot};
use crate::annotate::{EntityKind, MentionKind, Pos};
use crate::span::Span;

/// Those who agree where a subject only counts them.
#[derive(Clone, Copy)]
pub enum Sides {
    /// "the two sides", "both countries", "the parties".
    Two,
    /// "the four parties".
    Many,
}

impl Sides {
    pub fn of(subject: &str) -> Option<Self> {
        let words = subject.to_lowercase();
        let mut words: Vec<&str> = words.split_whitespace().collect();
        let counted = words.pop().is_some_and(|noun| {
            matches!(
                noun,
                "sides" | "parties" | "delegations" | "countries" | "teams" | "governments" | "camps"
            )
        });
        let plain = |w: &&str| matches!(*w, "the" | "both" | "two" | "warring" | "rival" | "opposing" | "of");
        let many = |w: &&str| {
            matches!(*w, "all" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
                || w.chars().all(|c| c.is_ascii_digit())
        };
        match () {
            () if !counted || words.is_empty() => None,
            () if words.iter().all(plain) => Some(Sides::Two),
            () if words.iter().all(|w| plain(w) || many(w)) => Some(Sides::Many),
            () => None,
        }
    }
}

/// Whether a subject is several: joined by "and", or a plural.
pub fn is_plural(context: &Context, subject: Spot) -> bool {
    let of = context.accounts[subject.account];
    let head = predicates::head_phrase(of, subject.span);
    let tokens = of.layers.tokens_in(head);
    let joined = tokens.clone().any(|i| of.report.slice(of.layers.tokens[i].span) == "and");
    joined || tokens.last().is_some_and(|i| of.layers.tokens[i].pos == Pos::NNS)
}

/// Those whom "and" and commas join in a subject, each as [`sharer`] names him.
pub fn sharers(context: &Context, subject: Spot, verb: Span) -> Vec<String> {
    let of = context.accounts[subject.account];
    let tokens = of.layers.tokens_in(subject.span);
    let mut parties = Vec::new();
    let mut from = tokens.start;
    for i in tokens.clone().chain([tokens.end]) {
        let joins = i < tokens.end
            && (of.layers.tokens[i].pos == Pos::CC || of.report.slice(of.layers.tokens[i].span) == ",");
        let is_name = |at: Span| {
            let mut names = of.layers.mentions_in(subject.span).filter(|m| m.kind == MentionKind::Name);
            names.any(|m| m.span.contains(at))
        };
        let named = joins && is_name(of.layers.tokens[i].span);
        if i < tokens.end && (!joins || named) {
            continue;
        }
        if from < i {
            let span = of.layers.tokens[from].span.cover(of.layers.tokens[i - 1].span);
            parties.extend(sharer(context, Spot { account: subject.account, span }, verb));
        }
        from = i + 1;
    }
    parties
}

/// Who agrees: whom the words name or speak for; in quoted words "we" and "I" are the speaker's party; else the
/// words for a body or a group of people ("prosecutors").
fn sharer(context: &Context, words: Spot, verb: Span) -> Vec<String> {
    let named = predicates::parties(context.accounts, &context.cast, words);
    if !named.is_empty() {
        return named;
    }
    let of = context.accounts[words.account];
    if matches!(context.text(words).to_lowercase().as_str(), "we" | "i") {
        let around = of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(verb)));
        let speaker = around.filter_map(|a| a.speaker).next_back();
        let member = speaker.map(|entity| context.cast.member(words.account, entity));
        return member
            .map(|m| context.cast.party(m).unwrap_or(context.cast.name(m)).to_owned())
            .into_iter()
            .collect();
    }
    unnamed(context, words).into_iter().collect()
}

/// The words for a body or a group of people that has no name here: "union" for "their union", "prosecutors".
fn unnamed(context: &Context, phrase: Spot) -> Option<String> {
    let of = context.accounts[phrase.account];
    let head = predicates::head_phrase(of, phrase.span);
    let head = of.layers.tokens_in(head).rfind(|i| of.layers.tokens[*i].pos.is_noun())?;
    let at = of.layers.tokens[head].span;
    let last = of.report.slice(at).to_lowercase();
    let mut nominals = of.layers.mentions_in(phrase.span);
    let nominal = nominals.any(|m| m.kind == MentionKind::Nominal && m.span.contains(at));
    let people = of.layers.tokens[head].pos == Pos::NNS && PEOPLE_ENDINGS.iter().any(|e| last.ends_with(e));
    let acts = nominal || people || BODIES.contains(&last.as_str()) || ACTING.contains(&last.as_str());
    let told = predicates::head_phrase(of, phrase.span);
    let words = predicates::without_article(context.text(Spot { span: told, ..phrase }).trim_end());
    let owners = ["their ", "its ", "his ", "her ", "our ", "Their ", "Its "];
    let bare = owners.iter().find_map(|own| words.strip_prefix(own)).unwrap_or(words);
    let sentence = of.layers.sentence_at(phrase.span.start).map(|i| of.layers.sentences[i].span.start);
    let opens = sentence == Some(phrase.span.start) && of.layers.tokens_in(phrase.span).start == head;
    let opens = opens && BODIES.contains(&last.as_str());
    acts.then(|| if opens { last } else { bare.to_owned() })
}

/// Nouns for those who can agree on something, beside [`BODIES`].
const ACTING: &[&str] = &[
    "management",
    "service",
    "board",
    "trust",
    "authority",
    "club",
    "league",
    "firm",
    "agency",
    "hospital",
    "university",
    "bank",
    "fund",
    "insurer",
    "landlord",
    "staff",
    "shareholders",
    "creditors",
];

/// How nouns for several people end ("prosecutors", "investigators", "officials", "leaders", "ministers").
const PEOPLE_ENDINGS: &[&str] =
    &["ors", "ers", "ials", "ists", "ants", "ents", "ives", "men", "ians", "legates"];

/// With whom the pact was made that a predicate has as its object ("an agreement with the company"), and whom one agreed to
/// buy.
pub fn with_whom(context: &Context, predicate: &Predicate) -> Vec<String> {
    if predicate.lemma == "agree" {
        let bound = binds_with(context, predicate);
        return bound.or_else(|| bought(context, predicate)).unwrap_or_default();
    }
    with_in(context, Spot { account: predicate.account, span: predicate.object })
}

/// Whom the words after "with" name.
pub fn with_in(context: &Context, words: Spot) -> Vec<String> {
    let of = context.accounts[words.account];
    let mut tokens = of.layers.tokens_in(words.span);
    let with = tokens.find(|i| of.report.slice(of.layers.tokens[*i].span) == "with");
    let phrase = with.and_then(|i| phrase_at(context, words.account, i + 1, tokens.end));
    phrase.map_or(Vec::new(), |(span, _)| sharer(context, Spot { account: words.account, span }, span))
}

/// The noun phrase that begins at token `from`, and the token after it.
fn phrase_at(context: &Context, account: usize, from: usize, end: usize) -> Option<(Span, usize)> {
    let tokens = &context.accounts[account].layers.tokens;
    let is_part = |i: &usize| {
        let pos = tokens[*i].pos;
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::POS | Pos::CD)
    };
    let to = (from..end).take_while(is_part).last()? + 1;
    Some((tokens[from].span.cover(tokens[to - 1].span), to))
}

/// "agreed with the council to close the mill", "agreed with the service that crews will stay": with whom one is bound, and
/// not only of one mind.
pub fn binds_with(context: &Context, predicate: &Predicate) -> Option<Vec<String>> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    tokens.clone().next().filter(|i| word(*i) == "with")?;
    let (span, after) = phrase_at(context, predicate.account, tokens.start + 1, tokens.end)?;
    let next = if after < tokens.end { word(after) } else { String::new() };
    let promised = || (after..tokens.end).any(|i| matches!(word(i).as_str(), "will" | "shall"));
    let binds = next == "to" || next == "that" && promised();
    let with = sharer(context, Spot { account: predicate.account, span }, predicate.verb);
    (binds && !with.is_empty()).then_some(with)
}

/// The company of "agreed to buy Brightwater": it is sold by agreement.
fn bought(context: &Context, predicate: &Predicate) -> Option<Vec<String>> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    let buys = tokens.len() > 2
        && word(tokens.start) == "to"
        && matches!(word(tokens.start + 1).as_str(), "buy" | "acquire");
    let at = of.layers.tokens.get(tokens.start + 2).filter(|_| buys)?.span;
    let company = of.layers.mentions_in(predicate.object).find(|m| {
        m.kind == MentionKind::Name && m.of == EntityKind::Organization && m.span.start == at.start
    })?;
    let member = context.cast.member(predicate.account, company.entity?);
    Some(vec![context.cast.name(member).to_owned()])
}

/// The two parties that subjects of the reports join most often ("Russia and the United States"), if one pair
/// stands out.
pub fn principals(context: &Context) -> Vec<String> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    // A newspaper that tells of the story is no party to it.
    let outlets: BTreeSet<&str> =
        context.accounts.iter().filter_map(|a| a.report.outlet.as_deref()).collect();
    for (account, predicates) in context.predicates.iter().enumerate() {
        for subject in predicates.iter().filter_map(|p| p.subject) {
            let mut parties =
                predicates::parties(context.accounts, &context.cast, Spot { account, span: subject });
            if parties.len() == 2 && !parties.iter().any(|party| outlets.contains(party.as_str())) {
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
