//! Which plans have been carried out?
//!
//! In: the plans that the reports tell, and what later reports tell as done. Out: whether a plan is over: the same person has
//! done the same, to the same thing as far as both say. It does not know what nobody tells.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Telling, people};
use crate::align::concepts::concept;
use crate::align::predicates::Predicate;
use crate::align::terms::TermSet;
use crate::align::{COMPARED, Context, Spot, statements};
use crate::annotate::Pos;

/// What is told as done, by the concept of the act.
pub struct Deeds(BTreeMap<String, Vec<Deed>>);

struct Deed {
    who: Vec<String>,
    /// When it was told.
    told: Date,
    /// The last day that its clause names.
    on: Option<Date>,
    terms: TermSet,
}

/// How many deeds of one kind are looked at, the latest: more stand in no story that is one.
const MOST: usize = 400;

impl Deeds {
    /// The deeds of the kinds that `plans` are of.
    pub fn read(context: &Context, plans: &[Vec<Telling>]) -> Self {
        let acts: BTreeSet<&str> = plans.iter().flatten().filter_map(|t| t.act.as_deref()).collect();
        let mut deeds: BTreeMap<String, Vec<Deed>> = BTreeMap::new();
        let of_kind = |p: &&Predicate| acts.contains(concept(&p.lemma));
        for predicate in context.predicates.iter().flatten().filter(of_kind).filter(|p| is_past(context, p)) {
            let act = statements::act(context.accounts[predicate.account], predicate);
            let Some(act) = act.filter(|act| acts.contains(act.as_str())) else { continue };
            deeds.entry(act).or_default().extend(deed(context, predicate));
        }
        for of_kind in deeds.values_mut() {
            of_kind.sort_by_key(|deed| Reverse(deed.told));
            of_kind.truncate(MOST);
        }
        Deeds(deeds)
    }

    /// Whether a later report tells that the plan was carried out.
    pub fn hold(&self, context: &Context, plan: &[Telling]) -> bool {
        let planned = |t: &&Telling| t.status == "planned" && !t.denies && !t.who.is_empty();
        let last = plan.iter().filter_map(|t| context.published(t.clause.account)).max();
        plan.iter().filter(planned).take(COMPARED).any(|t| {
            let of_kind = t.act.as_ref().and_then(|act| self.0.get(act));
            of_kind
                .into_iter()
                .flatten()
                .any(|deed| last.is_some_and(|last| deed.carries_out(context, t, last)))
        })
    }
}

impl Deed {
    fn carries_out(&self, context: &Context, plan: &Telling, last: Date) -> bool {
        let since = self.on.is_none_or(|on| on >= last) && self.told > last;
        if !since || self.who != plan.who {
            return false;
        }
        let doers = |t: &&crate::align::terms::Term| !plan.doers.contains(t);
        let object: TermSet = plan.terms.iter().filter(doers).copied().collect();
        let shared = context.terms.shared(&self.terms, &object).len();
        // The act itself is a term of both; "must sign it" leaves to the words before what is signed.
        let fewest = if leaves_object(context, plan) { FEWEST_SHARED - 1 } else { FEWEST_SHARED };
        shared >= fewest
    }
}

/// Whether the object of a plan is only "it".
fn leaves_object(context: &Context, plan: &Telling) -> bool {
    let of = context.accounts[plan.clause.account];
    let tokens = of.layers.tokens_in(plan.clause.span);
    tokens.skip(1).any(|i| matches!(of.word(i).as_str(), "it" | "them") && of.pos(i - 1).is_verb())
}

/// How many terms a deed shares with a plan besides who does it: the act, and what it is done to.
const FEWEST_SHARED: usize = 2;

fn is_past(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let mut verb = of.layers.tokens_in(predicate.verb);
    let past = verb.any(|i| of.pos(i) == Pos::VBD || matches!(of.word(i).as_str(), "has" | "have" | "had"));
    let told = past && predicate.modal.is_none() && !predicate.negated && !predicate.conditional;
    told && !predicate.quoted && !predicate.participle && !predicate.passive
}

fn deed(context: &Context, predicate: &Predicate) -> Option<Deed> {
    let of = context.accounts[predicate.account];
    let who = people(context, predicate.account, predicate.subject?)?;
    let spot = Spot { account: predicate.account, span: predicate.clause() };
    let from = of.layers.times.partition_point(|t| t.span.start < spot.span.start);
    let within = of.layers.times[from..].iter().take_while(|t| t.span.start < spot.span.end);
    Some(Deed {
        who,
        told: context.published(predicate.account)?,
        on: within.filter_map(|t| t.days).map(|(_, last)| last).max(),
        terms: context.terms.at(context.accounts, &context.cast, spot),
    })
}
