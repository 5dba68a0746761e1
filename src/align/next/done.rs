//! Which plans have been carried out?
//!
//! In: the plans that the reports tell, and what later reports tell as done. Out: whether a plan is over: the same person has
//! done the same, to the same thing as far as both say; or has done something to the same on the very day of the plan; or the
//! same thing has happened then. It does not know what nobody tells.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Telling, people};
use crate::align::concepts::concept;
use crate::align::predicates::Predicate;
use crate::align::terms::TermSet;
use crate::align::{COMPARED, Context, Spot, statements, timeline};
use crate::annotate::Pos;

/// What is told as done.
pub struct Deeds {
    /// What somebody did, by the concept of the act.
    by_act: BTreeMap<String, Vec<Deed>>,
    /// What happened on a day for which something was planned.
    by_day: BTreeMap<Date, Vec<Deed>>,
}

#[derive(Clone)]
struct Deed {
    who: Vec<String>,
    act: Option<String>,
    /// Lemma of the noun of who or what does it.
    head: String,
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
        let days: BTreeSet<Date> = plans.iter().flatten().filter_map(day_of).collect();
        let (mut by_act, mut by_day) =
            (BTreeMap::<String, Vec<Deed>>::new(), BTreeMap::<Date, Vec<Deed>>::new());
        for predicate in context.predicates.iter().flatten().filter(|p| is_past(context, p)) {
            let of_kind = acts.contains(concept(&predicate.lemma));
            let dated = !is_planned(context, predicate)
                && days_in(context, predicate).any(|(_, last)| days.contains(&last));
            let Some(deed) = (of_kind || dated).then(|| deed(context, predicate)).flatten() else { continue };
            if let Some(day) = deed.on.filter(|day| dated && days.contains(day)) {
                by_day.entry(day).or_default().push(deed.clone());
            }
            match &deed.act {
                Some(act) if of_kind && acts.contains(act.as_str()) && !deed.who.is_empty() => {
                    by_act.entry(act.clone()).or_default().push(deed);
                }
                _ => {}
            }
        }
        for of_kind in by_act.values_mut().chain(by_day.values_mut()) {
            of_kind.sort_by_key(|deed| Reverse(deed.told));
            of_kind.truncate(MOST);
        }
        Deeds { by_act, by_day }
    }

    /// Whether a later report tells that the plan was carried out.
    pub fn hold(&self, context: &Context, plan: &[Telling]) -> bool {
        let planned = |t: &&Telling| t.status == "planned" && !t.denies;
        let last = plan.iter().filter_map(|t| context.published(t.clause.account)).max();
        let Some(last) = last else { return false };
        plan.iter().filter(planned).take(COMPARED).any(|t| {
            let of_kind = t.act.as_ref().filter(|_| !t.who.is_empty()).and_then(|act| self.by_act.get(act));
            let of_day = day_of(t).and_then(|day| self.by_day.get(&day));
            of_kind.into_iter().flatten().any(|deed| deed.carries_out(context, t, last))
                || of_day.into_iter().flatten().any(|deed| deed.happened(context, t, last))
        })
    }
}

/// The day of a plan, where it is one.
fn day_of(plan: &Telling) -> Option<Date> {
    plan.days.filter(|(first, last)| first == last).map(|(day, _)| day)
}

impl Deed {
    /// Whether it is what was planned for its day: of the same person with the same thing, or of the same thing by the same act.
    fn happened(&self, context: &Context, plan: &Telling, last: Date) -> bool {
        let one =
            || !self.who.is_empty() && self.who == plan.who && self.shares(context, plan) >= FEWEST_SHARED;
        let same =
            || !self.head.is_empty() && self.head == plan.head && self.act.is_some() && self.act == plan.act;
        self.told > last && (one() || same())
    }

    /// How many terms it shares with a plan besides who does it.
    fn shares(&self, context: &Context, plan: &Telling) -> usize {
        let object: TermSet = plan.terms.iter().filter(|t| !plan.doers.contains(t)).copied().collect();
        context.terms.shared(&self.terms, &object).len()
    }

    fn carries_out(&self, context: &Context, plan: &Telling, last: Date) -> bool {
        let since = self.on.is_none_or(|on| on >= last) && self.told > last;
        if !since || self.who != plan.who {
            return false;
        }
        let shared = self.shares(context, plan);
        // The act itself is a term of both; "must sign it" leaves to the words before what is signed.
        let fewest = if leaves_object(context, plan) { FEWEST_SHARED - 1 } else { FEWEST_SHARED };
        shared >= fewest
    }
}

/// Whether the object of a plan is only "it".
fn leaves_object(context: &Context, plan: &Telling) -> bool {
    let of = context.accounts[plan.clause.account];
    let tokens = of.layers.tokens_in(plan.clause.span);
    tokens.skip(1).any(|i| matches!(of.word(i), "it" | "them") && of.pos(i - 1).is_verb())
}

/// How many terms a deed shares with a plan besides who does it: the act, and what it is done to.
const FEWEST_SHARED: usize = 2;

fn is_past(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let mut verb = of.layers.tokens_in(predicate.verb);
    let past = verb.any(|i| of.pos(i) == Pos::VBD || matches!(of.word(i), "has" | "have" | "had"));
    let told = past && predicate.modal.is_none() && !predicate.negated && !predicate.conditional;
    told && !predicate.quoted && !predicate.participle && !predicate.passive
}

/// "was to open on Friday", "had planned to meet": whether the clause tells only of what was to be.
fn is_planned(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let infinitive = of.layers.tokens_in(predicate.object).next().is_some_and(|i| of.pos(i) == Pos::TO);
    infinitive || predicate.lemma == "be" || super::PLANNED.contains(&predicate.lemma.as_str())
}

/// The days that a clause names.
fn days_in<'a>(context: &'a Context, predicate: &Predicate) -> impl Iterator<Item = (Date, Date)> + 'a {
    let of = context.accounts[predicate.account];
    let clause = predicate.clause();
    let from = of.layers.times.partition_point(|t| t.span.start < clause.start);
    let within = of.layers.times[from..].iter().take_while(move |t| t.span.start < clause.end);
    within.filter_map(|t| t.days)
}

fn deed(context: &Context, predicate: &Predicate) -> Option<Deed> {
    let of = context.accounts[predicate.account];
    let subject = predicate.subject?;
    let spot = Spot { account: predicate.account, span: predicate.clause() };
    Some(Deed {
        who: people(context, predicate.account, subject).unwrap_or_default(),
        act: statements::act(of, predicate),
        head: timeline::head_of(of, subject).to_owned(),
        told: context.published(predicate.account)?,
        on: days_in(context, predicate).map(|(_, last)| last).max(),
        terms: context.terms.at(context.accounts, &context.cast, spot),
    })
}
