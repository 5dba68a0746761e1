//! What a court or a government forbids.
//!
//! In: an account. Out: its tellings that something planned is barred: "A court barred dockers from going on strike", "The vote
//! was blocked by a judge", "won an injunction against the march". It does not know what was planned: who bars what nobody
//! planned is told nowhere.

use super::{Telling, people};
use crate::align::concepts::concept;
use crate::align::contrast::Told;
use crate::align::predicates::Predicate;
use crate::align::voices::Voice;
use crate::align::{Context, Spot, statuses, wholeness};
use crate::annotate::Pos;
use crate::span::Span;

/// Verbs that forbid by themselves.
const FORBIDDING: &[&str] = &["bar", "ban", "prohibit", "forbid", "outlaw", "enjoin"];

/// Verbs that forbid where a court does it.
const STOPPING: &[&str] = &["block", "halt", "stop", "suspend", "freeze"];

/// Who can stop what others planned.
const COURTS: &[&str] = &["court", "judge", "tribunal", "judges", "justice", "injunction", "magistrate"];

/// Verbs that say that an injunction was given.
const GIVING: &[&str] = &["grant", "issue", "obtain", "win", "secure", "impose", "hand down"];

/// What the clauses of one account say is barred.
pub fn find<'a>(context: &'a Context, account: usize) -> Vec<Telling<'a>> {
    context.predicates[account].iter().filter_map(|p| telling(context, p)).collect()
}

fn telling<'a>(context: &'a Context, predicate: &Predicate) -> Option<Telling<'a>> {
    let of = context.accounts[predicate.account];
    let account = predicate.account;
    let open = predicate.negated || predicate.conditional || predicate.quoted || predicate.modal.is_some();
    let subject = predicate.subject.filter(|_| !open)?;
    let matter = barred(context, predicate, subject)?;
    let clause = Spot { account, span: predicate.clause() };
    if wholeness::is_cut(of, clause.span) || context.is_background(account, clause.span) {
        return None;
    }
    let voice = Voice::at(context, account, predicate.verb);
    let telling = Telling {
        clause,
        head: String::new(),
        told: Told::read(context, clause),
        status: "barred",
        when: None,
        days: None,
        who: people(context, account, subject).filter(|_| predicate.passive).unwrap_or_default(),
        doers: Vec::new(),
        country: None,
        terms: context.terms.at(context.accounts, &context.cast, clause),
        about: vec![matter.clone()],
        act: None,
        matter: Some(matter),
        denies: true,
        anew: false,
        voice,
    };
    Some(telling).filter(|t| !t.voice.is_open())
}

/// The concept of what the predicate says is forbidden.
fn barred(context: &Context, predicate: &Predicate, subject: Span) -> Option<String> {
    let account = predicate.account;
    let of = context.accounts[account];
    let verb = predicate.lemma.as_str();
    if ![FORBIDDING, STOPPING, GIVING].iter().any(|verbs| verbs.contains(&verb)) {
        return None;
    }
    let passive = predicate.passive;
    let names = |span: Span| of.layers.tokens_in(span).any(|i| COURTS.contains(&of.lemma_at(i)));
    let by_court = names(if passive { predicate.object } else { subject });
    let of_thing = |span: Span| statuses::matter_of(context, Spot { account, span });
    if GIVING.contains(&verb) {
        let phrase = if passive { predicate.clause() } else { predicate.object };
        let against = after(context, account, phrase, &["against", "on", "to"])?;
        let injunction = of.layers.tokens_in(phrase).any(|i| of.word(i) == "injunction");
        return of_thing(against).filter(|_| injunction);
    }
    let forbids = FORBIDDING.contains(&verb) || STOPPING.contains(&verb) && by_court;
    let thing = if passive { of_thing(subject) } else { of_thing(predicate.object) };
    forbids.then(|| from_doing(context, predicate).or(thing)).flatten()
}

/// What somebody is barred from: of "from going on strike" the strike, of "from striking" striking.
fn from_doing(context: &Context, predicate: &Predicate) -> Option<String> {
    let of = context.accounts[predicate.account];
    let doing = after(context, predicate.account, predicate.object, &["from"])?;
    let mut tokens = of.layers.tokens_in(doing);
    let first = tokens.next()?;
    let light = matches!(of.lemma_at(first), "go" | "hold" | "stage" | "call" | "launch" | "begin" | "start");
    let gerund = of.pos(first) == Pos::VBG;
    let noun = || tokens.clone().take(4).find(|i| of.pos(*i).is_noun());
    match () {
        () if gerund && light => noun().map(|i| of.concept_at(i).to_owned()),
        () if gerund => Some(concept(of.lemma_at(first)).to_owned()),
        () => None,
    }
}

/// What follows the first of `words` in a phrase.
fn after(context: &Context, account: usize, phrase: Span, words: &[&str]) -> Option<Span> {
    let of = context.accounts[account];
    let mut tokens = of.layers.tokens_in(phrase);
    let at = tokens.find(|i| words.contains(&of.word(*i)))?;
    let next = of.layers.tokens.get(at + 1).filter(|t| t.span.start < phrase.end)?;
    Some(Span { start: next.span.start, end: phrase.end })
}
