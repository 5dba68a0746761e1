//! Which demands are no position any more.
//!
//! In: the tellings of a demand, and all clauses of the story. Out: its [`Lapse`]: a clause of the same or a later report that
//! tells as done, or as agreed to by somebody else, what was demanded; or one that tells that the party no longer wants it. A
//! demand that a later report tells again has not lapsed. It does not know whether the party is content.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::concepts::concept;
use super::super::predicates::{self, Predicate};
use super::super::terms::TermSet;
use super::super::{Account, COMPARED, Context, Spot};
use super::{Telling, holder, matter};
use crate::annotate::Pos;
use crate::record::Lapse;
use crate::span::Span;

/// What part of the weight of what was demanded the clause must hold that tells it as done, and how many of its terms.
const HELD: f64 = 0.8;
const FEWEST: usize = 2;

/// Verbs of who does what another demanded, with it as their object: "accepted observers", "ordered an inquiry".
const GRANTING: &[&str] = &[
    "accept",
    "agree",
    "grant",
    "approve",
    "order",
    "announce",
    "allow",
    "give",
    "concede",
    "launch",
    "open",
    "set up",
    "meet",
    "admit",
    "introduce",
    "appoint",
    "release",
    "adopt",
    "return",
    "publish",
];

/// Verbs of who wants a thing.
const DEMANDING: &[&str] = &["demand", "want", "call", "ask", "insist", "seek", "press", "push", "urge"];

/// "no longer demands a vote", "dropped its demand for a vote".
pub struct Withdrawal {
    party: String,
    clause: Spot,
    terms: TermSet,
}

/// What the reports tell as done, and what a party no longer wants.
pub struct Turns<'a> {
    /// Clauses that tell something as done, by the lemma of their verb.
    done: BTreeMap<&'a str, Vec<&'a Predicate>>,
    withdrawals: Vec<Withdrawal>,
}

/// With how many clauses of one verb a demand is compared; it bounds the cost of a story.
const MOST_OF_ONE: usize = 300;

impl<'a> Turns<'a> {
    /// What the clauses of a story tell.
    pub fn read(context: &'a Context) -> Self {
        let all = || context.predicates.iter().flatten();
        let mut done: BTreeMap<&str, Vec<&Predicate>> = BTreeMap::new();
        for predicate in all().filter(|p| tells_done(context.accounts[p.account], p)) {
            done.entry(&predicate.lemma).or_default().push(predicate);
        }
        Turns { done, withdrawals: all().filter_map(|p| withdrawal(context, p)).collect() }
    }

    /// The clauses whose verb does one of `acts`, which are concepts, or grants.
    fn of(&self, acts: &BTreeSet<String>) -> impl Iterator<Item = &'a Predicate> {
        let verbs = self.done.iter().filter(|(verb, _)| acts.contains(act(verb)) || GRANTING.contains(verb));
        verbs.flat_map(|(_, clauses)| clauses.iter().take(MOST_OF_ONE).copied())
    }
}

fn withdrawal(context: &Context, predicate: &Predicate) -> Option<Withdrawal> {
    let account = predicate.account;
    let subject = holder::subject(context, predicate)?;
    let drops = is_given_up(context, predicate) && DEMANDING.contains(&predicate.lemma.as_str());
    if !(drops || drops_demand(context.accounts[account], predicate)) || is_open(predicate) {
        return None;
    }
    let party = holder::of(context, predicate, subject)?;
    let terms = matter(context, Spot { account, span: predicate.object });
    let clause = Spot { account, span: subject.cover(predicate.clause()) };
    (!terms.is_empty()).then_some(Withdrawal { party, clause, terms })
}

/// Whether "no longer" stands before the verb.
pub fn is_given_up(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let verb = of.layers.tokens_in(predicate.verb);
    let words = verb.start.saturating_sub(2)..verb.end;
    words.clone().any(|i| of.word(i) == "no" && of.word(i + 1) == "longer")
}

/// "dropped its demand for a vote".
fn drops_demand(of: &Account, predicate: &Predicate) -> bool {
    let drops = ["drop", "withdraw", "abandon", "give up", "renounce"];
    let noun = of.layers.tokens_in(predicate.object).take(3).any(|i| of.lemma_at(i) == "demand");
    drops.contains(&predicate.lemma.as_str()) && noun && !predicate.negated
}

fn is_open(predicate: &Predicate) -> bool {
    predicate.conditional || predicate.modal.is_some()
}

/// What became of the demand that `group` tells; nothing of any other stance.
pub fn of(context: &Context, group: &[Telling], turns: &Turns) -> Option<Lapse> {
    let first = group.first().filter(|t| t.stance == "demands")?;
    let told = |account: usize| context.published(account);
    let last = group.iter().filter(|t| !recalls(context, t)).filter_map(|t| told(t.clause.account)).max();
    let after = |account: usize| told(account).zip(last).is_some_and(|(day, last)| day >= last);
    let withdrawn = turns.withdrawals.iter().filter(|w| w.party == first.party && after(w.clause.account));
    let withdrawn = withdrawn.filter(|w| group.iter().any(|t| holds(context, &w.terms, &t.terms)));
    let withdrawn: Vec<Spot> = withdrawn.map(|w| w.clause).collect();
    let lapse = |kind: &str, clauses: Vec<Spot>| {
        let kind = kind.to_owned();
        (!clauses.is_empty()).then(|| Lapse { kind, evidence: context.evidence_of(clauses) })
    };
    let acts = || group.iter().take(COMPARED).flat_map(|t| acts(context, t)).collect();
    let since = group.iter().filter_map(|t| t.on.as_ref().map(|(first, ..)| *first)).min();
    let later = |p: &Predicate| after(p.account) && !is_before(context, p, since);
    let done = || turns.of(&acts()).filter(|p| later(p) && is_done(context, p, group)).map(clause).collect();
    lapse("withdrawn", withdrawn).or_else(|| lapse("granted", done()))
}

/// Whether the clause gives a day before `since`: what was done before it was demanded was not granted.
fn is_before(context: &Context, predicate: &Predicate, since: Option<Date>) -> bool {
    let times = &context.accounts[predicate.account].layers.times;
    let clause = predicate.clause();
    let mut days = times.iter().filter(|t| clause.contains(t.span)).filter_map(|t| t.days);
    since.is_some_and(|since| days.any(|(_, last)| last < since))
}

/// "had called for observers": whether a report only recalls the demand.
fn recalls(context: &Context, telling: &Telling) -> bool {
    let of = context.accounts[telling.clause.account];
    let before = Span { start: telling.clause.span.start, end: telling.issue.span.start };
    before.start < before.end && of.layers.tokens_in(before).any(|i| of.word(i) == "had")
}

/// The concept of a verb, without its particle: "take" of "was taken out of service".
fn act(lemma: &str) -> &str {
    concept(lemma.split(' ').next().unwrap_or(lemma))
}

fn clause(predicate: &Predicate) -> Spot {
    Spot { account: predicate.account, span: predicate.clause() }
}

/// Whether `terms` hold what was demanded.
fn holds(context: &Context, terms: &TermSet, demanded: &TermSet) -> bool {
    let shared = context.terms.shared(terms, demanded);
    shared.len() >= FEWEST && context.terms.borne_out(demanded, terms) >= HELD
}

/// Whether the clause tells as done what the tellings of a demand are on: by the act that they ask for, or by a verb of
/// granting with it as its object.
fn is_done(context: &Context, predicate: &Predicate, group: &[Telling]) -> bool {
    let spot = clause(predicate);
    // In one report what was demanded is granted behind the demand, if at all.
    let told_before = |t: &Telling| t.clause.account == spot.account && spot.span.start < t.clause.span.end;
    let before = group.iter().any(told_before);
    let Some(subject) = predicate.subject.filter(|_| !before) else { return false };
    let terms = context.terms.at(context.accounts, &context.cast, spot);
    let object = matter(context, Spot { span: predicate.object, ..spot });
    let own = || holder::of(context, predicate, subject).is_some_and(|p| group.iter().any(|t| t.party == p));
    let grants = GRANTING.contains(&predicate.lemma.as_str()) && !predicate.passive;
    let shares = |a: &TermSet, b: &TermSet| !context.terms.shared(a, b).is_empty();
    let done_to_it = |t: &Telling| {
        let act = act(&predicate.lemma);
        let of_act = context.terms.id(act);
        let thing: TermSet = t.terms.iter().copied().filter(|term| Some(*term) != of_act).collect();
        acts(context, t).iter().any(|asked| asked == act)
            && shares(&thing, &patient(context, predicate, subject, false))
            && holds(context, &terms, &t.terms)
    };
    let granted = |t: &Telling| {
        let of_it = || shares(&t.terms, &patient(context, predicate, subject, true));
        grants && !is_clausal(context, t) && holds(context, &object, &t.terms) && of_it() && !own()
    };
    let asked = group.iter().take(COMPARED).filter(|t| t.terms.len() >= FEWEST);
    asked.filter(|t| holds_numbers(context, t, spot)).any(|t| done_to_it(t) || granted(t))
}

/// The terms of what the act is done to: of a passive its subject, else the noun phrase behind it, with `joined` also behind a
/// preposition ("agreed to observers"), else its subject ("the minister resigned").
fn patient(context: &Context, predicate: &Predicate, subject: Span, joined: bool) -> TermSet {
    let of = context.accounts[predicate.account];
    let part = |i: &usize| {
        let pos = of.pos(*i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::POS | Pos::CD)
    };
    let tokens = of.layers.tokens_in(predicate.object);
    let joins = |i: &usize| joined && matches!(of.pos(*i), Pos::TO | Pos::IN);
    let phrase: Vec<usize> = tokens.skip_while(joins).take_while(part).collect();
    let span = match &phrase[..] {
        [first, .., last] if !predicate.passive => {
            of.layers.tokens[*first].span.cover(of.layers.tokens[*last].span)
        }
        [only] if !predicate.passive => of.layers.tokens[*only].span,
        _ => predicates::head_phrase(of, subject),
    };
    context.terms.at(context.accounts, &context.cast, Spot { account: predicate.account, span })
}

/// Whether the clause tells something as done, and nobody only asks for it.
fn tells_done(of: &Account, predicate: &Predicate) -> bool {
    !predicate.negated
        && !is_open(predicate)
        && !predicate.participle
        && predicate.subject.is_some()
        && is_past(of, predicate)
        && !predicates::is_denied(of, predicate)
        && !is_wanted(of, predicate)
}

/// Whether the clause names each number that was demanded, where any was: 3 percent is not the 9 that were asked for.
fn holds_numbers(context: &Context, demanded: &Telling, clause: Spot) -> bool {
    let quantities = |spot: Spot| {
        let all = &context.accounts[spot.account].layers.quantities;
        all.iter().filter(move |q| spot.span.contains(q.span))
    };
    quantities(demanded.issue)
        .all(|x| quantities(clause).any(|y| x.unit == y.unit && x.interval.intersects(y.interval)))
}

/// Whether the verb tells what has been: "was taken", "accepted", "has been opened".
fn is_past(of: &Account, predicate: &Predicate) -> bool {
    let verb = of.layers.tokens_in(predicate.verb);
    let past = |i: usize| of.pos(i) == Pos::VBD || matches!(of.word(i), "has" | "have" | "had");
    verb.into_iter().any(past)
}

/// Whether somebody only hopes or asks for it.
fn is_wanted(of: &Account, predicate: &Predicate) -> bool {
    let around =
        of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    let mut cues = around.flat_map(|a| &a.cue).flat_map(|cue| of.layers.tokens_in(*cue));
    cues.any(|i| matches!(of.lemma_at(i), "hope" | "want" | "demand" | "wish" | "ask" | "deny" | "urge"))
}

/// The concepts of what the words of an issue ask to be done: "take" of "that the ferry be taken out of service",
/// "resignation" of "the resignation of the minister".
fn acts(context: &Context, telling: &Telling) -> Vec<String> {
    let of = context.accounts[telling.issue.account];
    let tokens = of.layers.tokens_in(telling.issue.span);
    let verbs = tokens.filter(|i| matches!(of.pos(*i), Pos::VB | Pos::VBN | Pos::NN));
    verbs.map(|i| of.concept_at(i)).filter(|act| *act != "be").map(str::to_owned).collect()
}

/// Whether the issue says what is to be done, and is no thing.
fn is_clausal(context: &Context, telling: &Telling) -> bool {
    let of = context.accounts[telling.issue.account];
    of.layers.tokens_in(telling.issue.span).any(|i| of.pos(i) == Pos::VB || of.pos(i) == Pos::TO)
}
