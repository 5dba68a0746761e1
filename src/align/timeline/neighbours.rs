//! Which clause does a day in another sentence date?
//!
//! In: the accounts of a story. Out: main clauses near the head of a report that give no day, each under the day that another
//! sentence gives for the same event: "It happened on Friday", "Monday's collision", "the dam, which burst on May 7". Where
//! such sentences give two days, none is taken. It does not know clauses that give their day themselves.

use jiff::civil::Date;

use super::super::concepts::concept;
use super::super::contrast::Told;
use super::super::dates;
use super::super::predicates::{self, Predicate};
use super::super::terms::TermSet;
use super::super::voices::Voice;
use super::super::{Account, Context, Spot, statements, wholeness};
use super::{Dated, SAYING};
use crate::annotate::{Pos, TimeExpression, TimeKind};
use crate::span::Span;

/// How many sentences of a report are looked at for its main events: its lead, and what follows it.
const LEAD: usize = 8;

/// An event is dated by such a sentence of at most so many days before the report.
const NEWS_DAYS: i32 = 14;

/// How many terms a clause shares with a relative clause of its report that dates it, and with a sentence of another report.
const FEWEST_SHARED: usize = 2;
const FEWEST_SHARED_APART: usize = 3;

/// Nouns that mean whatever the sentence before tells.
const POINTING: &[&str] = &["accident", "incident", "attack", "tragedy", "disaster", "event", "crime"];

/// What a sentence dates in another.
struct Dating {
    /// The words that give the day.
    spot: Spot,
    days: (Date, Date),
    when: String,
    /// The concept of what is dated; `None` where only the sentence before tells.
    act: Option<String>,
    /// The terms for who or what does it, where a clause says it, and not a noun.
    doers: Option<TermSet>,
    /// The sentence in which it stands.
    sentence: usize,
    terms: TermSet,
}

/// A main clause without a day.
struct Undated<'a> {
    predicate: &'a Predicate,
    sentence: usize,
    spot: Spot,
    act: Option<String>,
    /// How many sentences of the head of its report without a day tell of such an act.
    alike: usize,
    /// The terms for who or what does it.
    doers: TermSet,
    terms: TermSet,
}

/// The clauses that other sentences date.
pub fn find<'a>(context: &'a Context) -> Vec<Dated<'a>> {
    let accounts = 0..context.accounts.len();
    let datings: Vec<Dating> = accounts.clone().flat_map(|account| datings(context, account)).collect();
    let undated = accounts.flat_map(|account| undated(context, account)).collect::<Vec<_>>();
    undated.iter().filter_map(|clause| dated(context, clause, &datings)).collect()
}

fn dated<'a>(context: &'a Context, clause: &Undated<'a>, datings: &[Dating]) -> Option<Dated<'a>> {
    let account = clause.spot.account;
    let only = clause.act.is_some() && clause.alike <= 1;
    let is_news = |day: Date| {
        context.published(account).is_some_and(|now| day <= now && (now - day).get_days() <= NEWS_DAYS)
    };
    let of_it = |d: &&Dating| {
        let here = d.spot.account == account;
        let acts = d.act.is_some() && d.act == clause.act;
        let shared = || context.terms.shared(&d.terms, &clause.terms).len();
        let by_one = |doers: &TermSet| !context.terms.shared(doers, &clause.doers).is_empty();
        let acts = acts && d.doers.as_ref().is_none_or(by_one);
        is_news(d.days.1)
            && match d.act {
                None => here && d.sentence == clause.sentence + 1,
                Some(_) if here => acts && only && (d.doers.is_none() || shared() >= FEWEST_SHARED),
                Some(_) => acts && only && shared() >= FEWEST_SHARED_APART,
            }
    };
    let mut found = datings.iter().filter(of_it);
    let first = found.next().filter(|first| found.all(|d| d.days == first.days))?;
    let spot = clause.spot;
    Some(Dated {
        spot,
        when: first.when.clone(),
        days: first.days,
        by: Some(first.spot),
        head: clause.predicate.verb,
        terms: clause.terms.clone(),
        country: None,
        told: Told::read(context, spot),
        voice: Voice::at(context, account, clause.predicate.verb),
    })
}

/// The main clauses of the head of a report that tell what has happened, and no day.
fn undated<'a>(context: &'a Context, account: usize) -> Vec<Undated<'a>> {
    let of = context.accounts[account];
    let told = of.layers.sentences.iter().enumerate().filter(|(_, s)| !s.furniture).take(LEAD);
    let without_day = told.filter(|(_, sentence)| !times_in(of, sentence.span).any(|t| t.days.is_some()));
    let without_day: Vec<(usize, Span)> = without_day.map(|(i, s)| (i, s.span)).collect();
    let tells = |act: &str, span: Span| {
        let mut verbs = of.layers.tokens_in(span).filter(|i| of.pos(*i).is_verb());
        verbs.any(|i| concept(of.lemma_at(i)) == act)
    };
    let spans: Vec<Span> = without_day.iter().map(|(_, span)| *span).collect();
    let clause = |(sentence, span): (usize, Span)| {
        let all = &context.predicates[account];
        let from = all.partition_point(|p| p.verb.start < span.start);
        let mut within = all[from..].iter().take_while(|p| p.verb.start < span.end);
        let predicate = within.find(|p| !SAYING.contains(&p.lemma.as_str()) && p.subject.is_some())?;
        let spot = Spot { account, span: predicate.clause() };
        let open = predicate.negated
            || predicate.conditional
            || predicate.participle
            || predicate.quoted
            || predicate.modal.is_some()
            || !has_happened(of, predicate)
            || predicates::is_relative(of, predicate)
            || predicates::is_denied(of, predicate)
            || wholeness::is_cut(of, spot.span)
            || context.opens_with_an_open_pronoun(spot)
            || Voice::at(context, account, predicate.verb).is_open();
        let act = statements::act(of, predicate);
        let terms = context.terms.at(context.accounts, &context.cast, spot);
        let alike = spans.iter().filter(|span| act.as_ref().is_some_and(|act| tells(act, **span))).count();
        let subject = Spot { account, span: predicate.subject? };
        let doers = context.terms.at(context.accounts, &context.cast, subject);
        let enough = !open && terms.len() >= 2;
        enough.then_some(Undated { predicate, sentence, spot, act, alike, doers, terms })
    };
    without_day.into_iter().filter_map(clause).collect()
}

/// Whether the verb tells what has happened, in the past tense.
fn has_happened(of: &Account, predicate: &Predicate) -> bool {
    let mut verb = of.layers.tokens_in(predicate.verb);
    let perfect = verb.any(|i| matches!(of.word(i), "has" | "have" | "had"));
    !predicate.present && !perfect && !predicate.participle && predicate.modal.is_none()
}

fn times_in(of: &Account, span: Span) -> impl Iterator<Item = &TimeExpression> {
    let from = of.layers.times.partition_point(|t| t.span.start < span.start);
    of.layers.times[from..].iter().take_while(move |t| t.span.start < span.end)
}

/// What the sentences of a report date in others.
fn datings(context: &Context, account: usize) -> Vec<Dating> {
    let of = context.accounts[account];
    let days = |t: &&TimeExpression| {
        matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.days.is_some_and(|(first, last)| first == last)
    };
    of.layers.times.iter().filter(days).filter_map(|time| dating(context, account, time)).collect()
}

fn dating(context: &Context, account: usize, time: &TimeExpression) -> Option<Dating> {
    let of = context.accounts[account];
    let sentence = of.layers.sentence_at(time.span.start)?;
    if of.layers.sentences[sentence].furniture || super::is_spoken(of, time) {
        return None;
    }
    let noun = by_noun(of, time).map(|(span, act)| (span, act, None));
    let (span, act, doers) = noun.or_else(|| by_clause(context, account, time))?;
    let spot = Spot { account, span };
    let whole = Spot { account, span: of.layers.sentences[sentence].span };
    let terms = context.terms.at(context.accounts, &context.cast, whole);
    let (days, when) = (time.days?, time.value.clone()?);
    Some(Dating { spot, days, when, act, doers, sentence, terms })
}

/// "Monday's collision", "the collision on Monday": the words, and the concept of the noun.
fn by_noun(of: &Account, time: &TimeExpression) -> Option<(Span, Option<String>)> {
    let tokens = of.layers.tokens_in(time.span);
    let noun = |i: usize| of.layers.tokens.get(i).is_some_and(|t| matches!(t.pos, Pos::NN | Pos::NNS));
    if of.layers.tokens.get(tokens.end).is_some_and(|t| t.pos == Pos::POS) {
        let last = (tokens.end + 1..tokens.end + 4)
            .take_while(|i| noun(*i) || of.layers.tokens.get(*i).is_some_and(|t| t.pos.is_adjective()));
        let last = last.last().filter(|i| noun(*i))?;
        let span = time.span.cover(of.layers.tokens[last].span);
        return Some((span, Some(of.concept_at(last).to_owned())));
    }
    let on = tokens.start.checked_sub(2).filter(|i| of.word(i + 1) == "on" && noun(*i))?;
    let definite = on.checked_sub(1).is_some_and(|i| of.word(i) == "the" || of.pos(i).is_adjective());
    let span = of.layers.tokens[on].span.cover(time.span);
    definite.then(|| (span, Some(of.concept_at(on).to_owned())))
}

/// "It happened on Friday", "the dam, which burst on Friday": the words, the concept of what is told, and who or what does it.
fn by_clause(
    context: &Context,
    account: usize,
    time: &TimeExpression,
) -> Option<(Span, Option<String>, Option<TermSet>)> {
    let of = context.accounts[account];
    let owner = dates::owner(of, &context.predicates[account], time)?;
    let verb = owner.verb;
    let told = !verb.negated && !verb.conditional && verb.modal.is_none() && has_happened(of, verb);
    let subject = owner.clause.subject.filter(|_| told && !owner.leads)?;
    let object = of.layers.tokens_in(verb.object).next().map(|i| of.word(i)).unwrap_or_default();
    let happens =
        matches!(verb.lemma.as_str(), "happen" | "occur") || verb.lemma == "take" && object == "place";
    if happens {
        let words = context.text(Spot { account, span: subject }).to_lowercase();
        let noun = super::common_head_of(of, subject);
        let points = matches!(words.as_str(), "it" | "this")
            || noun.as_ref().is_some_and(|n| words.starts_with("the ") && POINTING.contains(n));
        let act = if points { None } else { Some(concept(noun?).to_owned()) };
        return Some((owner.clause.clause().cover(time.span), act, None));
    }
    let besides = verb.participle || predicates::is_relative(of, owner.clause);
    let act = statements::act(of, verb).filter(|_| besides)?;
    let doers = context.terms.at(context.accounts, &context.cast, Spot { account, span: subject });
    Some((subject.cover(verb.verb).cover(time.span), Some(act), Some(doers)))
}
