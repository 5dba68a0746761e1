//! Positions in the passive.
//!
//! In: a predicate. Out: the telling of whom "by" names behind it: "The offer was rejected by the union". It does not know the
//! stances that a verb has otherwise.

use super::super::predicates::{self, Predicate};
use super::super::{Account, Context, Spot, wholeness};
use super::{
    SHORTEST_ISSUE, Telling, holder, is_given, is_of_before, is_of_first_round, matter, says_nothing, stance,
    taken_on, under_doubt,
};
use crate::annotate::{EntityKind, Pos};
use crate::span::Span;

/// "The offer was rejected by the union": the stance of whom "by" names, on the subject.
pub fn telling(context: &Context, predicate: &Predicate) -> Option<Telling> {
    let of = context.accounts[predicate.account];
    let open =
        predicate.negated || predicate.conditional || predicate.modal.is_some() || predicate.participle;
    let subject = predicate.subject.filter(|_| predicate.passive && !open)?;
    let told = predicates::is_relative(of, predicate)
        || is_of_before(context, predicate)
        || is_of_first_round(context, predicate)
        || under_doubt(context, predicate)
        || predicates::is_denied(of, predicate)
        || wholeness::is_cut(of, predicate.clause());
    let (stance, verb) = stance::suffered(predicate).filter(|_| !told)?;
    let agent = agent(of, predicate)?;
    let party = holder::of(context, predicate, agent)?;
    if !holder::told_by_itself(context, predicate, &party) {
        return None;
    }
    // "The bill, based on increased spending, is opposed by": what is put in describes it.
    let comma = of.layers.tokens_in(subject).find(|i| of.word(*i) == ",").and_then(|i| i.checked_sub(1));
    let subject = comma
        .map_or(subject, |last| Span { end: of.layers.tokens[last].span.end.max(subject.start), ..subject });
    let issue = Spot { account: predicate.account, span: subject };
    let noun = of.head_noun(subject)?;
    let person = of.layers.mentions_in(of.layers.tokens[noun].span).any(|m| m.of == EntityKind::Person)
        || PEOPLE.contains(&of.lemma_at(noun));
    let pronoun = of.layers.tokens_in(subject).any(|i| of.pos(i) == Pos::PRP);
    let given = context.text(issue).to_lowercase();
    let named = of.layers.tokens_in(subject).len() >= SHORTEST_ISSUE && !pronoun;
    if person || !named || says_nothing(&given) || is_given(&given) {
        return None;
    }
    let terms = matter(context, issue);
    let clause = Spot { span: subject.cover(predicate.verb).cover(agent), ..issue };
    let on = taken_on(context, predicate, subject);
    let verb = Some(verb);
    (!terms.is_empty()).then_some(Telling { party, stance, verb, issue, on_terms: false, clause, terms, on })
}

/// Whom somebody turns away or stands by, without any stance on a matter.
const PEOPLE: &[&str] = &[
    "man",
    "woman",
    "person",
    "people",
    "child",
    "student",
    "player",
    "candidate",
    "applicant",
    "worker",
    "migrant",
    "refugee",
    "family",
];

/// The noun phrase behind the "by" that follows a verb.
fn agent(of: &Account, predicate: &Predicate) -> Option<Span> {
    let tokens = of.layers.tokens_in(predicate.object);
    let by = tokens.clone().next().filter(|i| of.word(*i) == "by")?;
    let part = |i: &usize| {
        let pos = of.pos(*i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::POS)
    };
    let last = (by + 1..tokens.end).take_while(part).last()?;
    // "by members of the party", "by the union and the growers": more than the phrase says.
    let goes_on = last + 1 < tokens.end && matches!(of.word(last + 1), "of" | "and" | "or" | "for");
    // "by Hale's mother": hers, and not his.
    let owned = (by + 1..last).any(|i| of.pos(i) == Pos::POS) && !of.pos(last).is_name();
    let span = of.layers.tokens[by + 1].span.cover(of.layers.tokens[last].span);
    (!goes_on && !owned).then_some(span)
}
