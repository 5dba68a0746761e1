//! Where it happened.
//!
//! In: the predicates. Out: differences of the kind `place`: two reports that tell the same of the same people at
//! two places. It does not know which place lies in which: it speaks only where no report names the other's place.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::cast::MemberIndex;
use super::super::concepts::concept;
use super::super::predicates::Predicate;
use super::super::terms::TermSet;
use super::super::{Context, Spot};
use super::frame::Frame;
use super::words::{Subject, subject};
use super::{Found, readings};
use crate::annotate::EntityKind;

/// How alike the clauses must be in all but the place.
const ALIKE: f64 = 0.5;
const FEWEST_SHARED: usize = 3;

/// How alike they must be where one event is said to take place, and how much they must share.
const NEARLY_EQUAL: f64 = 0.9;
const FEWEST_BESIDE_EVENT: usize = 1;

/// How many words must be the same, where all are.
const FEWEST_TOLD: usize = 3;

/// Verbs that say nothing but where something is.
const TAKING_PLACE: &[&str] = &["take", "be", "hold", "host", "happen", "occur"];

/// What may stand before a place at which something happens.
const PREPOSITIONS: &[&str] = &["in", "at", "near", "outside"];

struct Located {
    account: usize,
    clause: Spot,
    verb: String,
    preposition: String,
    place: MemberIndex,
    spot: Spot,
    terms: TermSet,
    /// What takes place, where the clause says nothing else of it.
    event: Option<Subject>,
    /// Whether it is still to come.
    planned: bool,
    /// The days that the clause names.
    days: Vec<(Date, Date)>,
    /// What it says beside the place, where it says who does it.
    frame: Option<Frame>,
}

/// With how many clauses of one verb each is compared; it bounds the cost of a story.
const MOST_OF_ONE: usize = 200;

/// The differences in places.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let mut by_verb: BTreeMap<String, Vec<Located>> = BTreeMap::new();
    for located in context.predicates.iter().flatten().filter_map(|p| located(context, p)) {
        by_verb.entry(located.verb.clone()).or_default().push(located);
    }
    by_verb.values_mut().for_each(|clauses| clauses.truncate(MOST_OF_ONE));
    by_verb.values().flat_map(|clauses| of_verb(context, clauses)).collect()
}

fn of_verb(context: &Context, clauses: &[Located]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut taken: Vec<(MemberIndex, MemberIndex)> = Vec::new();
    for (n, a) in clauses.iter().enumerate() {
        for b in &clauses[n + 1..] {
            if !taken.contains(&(a.place, b.place)) && differ(context, a, b) {
                taken.push((a.place, b.place));
                found.push(difference(context, a, b));
            }
        }
    }
    found
}

/// A clause that states as a fact where something happened.
fn located(context: &Context, predicate: &Predicate) -> Option<Located> {
    if predicate.negated || predicate.conditional || predicate.quoted {
        return None;
    }
    predicate.subject?;
    let planned = predicate.modal.is_some();
    if planned && !matches!(predicate.modal.as_deref(), Some("will" | "would")) {
        return None;
    }
    let of = context.accounts[predicate.account];
    let clause = Spot { account: predicate.account, span: predicate.clause() };
    let word = |i: usize| of.word(i);
    let mentions = of.layers.mentions_in(predicate.object).filter(|m| m.of == EntityKind::Place);
    for mention in mentions {
        let Some(before) = of.layers.tokens_in(mention.span).start.checked_sub(1) else { continue };
        let (preposition, Some(entity)) = (word(before), mention.entity) else { continue };
        if PREPOSITIONS.contains(&preposition) {
            let place = context.cast.member(predicate.account, entity);
            let own = context.terms.of_member(place);
            let mut terms = context.terms.at(context.accounts, &context.cast, clause);
            terms.retain(|t| Some(*t) != own);
            let event = event(context, predicate);
            let times = of.layers.times.iter().filter(|t| clause.span.contains(t.span));
            let of_somebody = subject(context, predicate).is_some_and(|s| s.definite);
            let frame = of_somebody.then(|| Frame::read(context, clause, mention.span, Some(predicate)));
            return Some(Located {
                account: predicate.account,
                clause,
                verb: concept(&predicate.lemma).to_owned(),
                preposition: preposition.to_owned(),
                place,
                spot: Spot { account: predicate.account, span: mention.span },
                terms,
                event,
                planned,
                days: times.filter_map(|t| t.days).collect(),
                frame,
            });
        }
    }
    None
}

/// What a predicate says the place of, and nothing else: an event, not somebody who goes from place to place.
fn event(context: &Context, predicate: &Predicate) -> Option<Subject> {
    let places = TAKING_PLACE.contains(&predicate.lemma.as_str());
    subject(context, predicate).filter(|s| places && s.definite && !s.named)
}

fn differ(context: &Context, a: &Located, b: &Located) -> bool {
    let cast = &context.cast;
    let unknown_to = |place: MemberIndex, account: usize| !cast.accounts(place).contains(&account);
    let told_alike = a.preposition == b.preposition
        && cast.party(a.place) == cast.party(b.place)
        && context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE;
    a.account != b.account
        && a.planned == b.planned
        && cast.key(a.place) != cast.key(b.place)
        && unknown_to(a.place, b.account)
        && unknown_to(b.place, a.account)
        && (told_alike && !a.planned || of_one_event(context, a, b) || told_as(context, a, b))
}

/// Whether all that both say of somebody certain is the same but for the place, and neither place lies in the other as far as
/// one can tell.
fn told_as(context: &Context, a: &Located, b: &Located) -> bool {
    let country = |l: &Located| {
        let name = context.cast.name(l.place);
        context.cast.party(l.place).is_some_and(|party| party.eq_ignore_ascii_case(name))
    };
    a.preposition == b.preposition
        && country(a) == country(b)
        && !is_inside(context, a, b)
        && !is_inside(context, b, a)
        && matches!((&a.frame, &b.frame), (Some(x), Some(y)) if x.is_at_length(y, FEWEST_TOLD))
}

fn is_inside(context: &Context, a: &Located, b: &Located) -> bool {
    context.cast.party(a.place).is_some_and(|party| party.to_lowercase() == context.cast.key(b.place))
}

/// Whether both tell where one event takes place, in the same words: the preposition aside, which goes with the place.
fn of_one_event(context: &Context, a: &Located, b: &Located) -> bool {
    let one = matches!((&a.event, &b.event), (Some(x), Some(y)) if x.is(y, context));
    // What is over and was on two days was two events.
    let meet = |x: &(Date, Date)| b.days.iter().any(|y| x.0 <= y.1 && y.0 <= x.1);
    let together = a.planned || a.days.is_empty() || b.days.is_empty() || a.days.iter().any(meet);
    one && together
        && !is_inside(context, a, b)
        && !is_inside(context, b, a)
        && context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_BESIDE_EVENT
        && context.terms.similarity(&a.terms, &b.terms) >= NEARLY_EQUAL
}

fn difference(context: &Context, a: &Located, b: &Located) -> Found {
    let reading = |l: &Located| (context.cast.name(l.place).to_owned(), l.spot);
    Found {
        kind: "place",
        about: context.text(a.clause).to_owned(),
        compatible: None,
        over_time: false,
        readings: readings([reading(a), reading(b)]),
    }
}
