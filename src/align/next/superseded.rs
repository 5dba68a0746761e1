//! Which plan took the place of which.
//!
//! In: the plans that the reports tell, each with its tellings. Out: those that hold, each with those that it took the place
//! of: what was put off, moved or called off is no plan by itself any more. A plan that a later report tells again stays
//! beside what became of it: then the reports differ. It does not know which report is right.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Plan, Telling, same_time};
use crate::align::terms::{Term, TermSet};
use crate::align::{COMPARED, Context};

/// The plans that hold. Work is bounded by what is told to be moved or called off, times [`MOST`].
pub fn fold<'a>(context: &Context, groups: Vec<Vec<Telling<'a>>>) -> Vec<Plan<'a>> {
    let named =
        |m: &usize| context.cast.is_named(*m) && context.cast.name(*m).starts_with(char::is_uppercase);
    let members = (0..context.cast.count()).filter(named);
    let names: BTreeSet<Term> = members.filter_map(|member| context.terms.of_member(member)).collect();
    let mut plans: Vec<Plan> =
        groups.into_iter().map(|tellings| Plan { tellings, before: Vec::new() }).collect();
    let mut changes: Vec<usize> = (0..plans.len()).filter(|i| is_change(&plans[*i])).collect();
    changes.sort_by_key(|i| (first_told(context, &plans[*i]), is_off(&plans[*i]), *i));
    for change in changes.into_iter().take(MOST) {
        if super::best(context, &plans[change].tellings).is_none() {
            continue;
        }
        for old in replaced(context, &names, &plans, change) {
            let Plan { tellings, before } = std::mem::take(&mut plans[old]);
            let plan = &mut plans[change];
            // Who tells the new day as planned bears it out.
            let same = any(&plan.tellings, &tellings, confirms);
            if same {
                plan.tellings.extend(tellings);
            } else {
                plan.before.push(tellings);
            }
            plan.before.extend(before);
        }
        if let Some(new) = renewed(context, &names, &plans, change) {
            let Plan { tellings, before } = std::mem::take(&mut plans[change]);
            plans[new].before.push(tellings);
            plans[new].before.extend(before);
        }
    }
    for plan in &mut plans {
        plan.before.sort_by_key(|group| std::cmp::Reverse(last_of(context, group)));
    }
    // Where nothing was planned, what will not be is no news of a plan.
    let tells = |plan: &Plan| plan.tellings.iter().any(|t| !t.denies) || !plan.before.is_empty();
    plans.retain(|plan| !plan.tellings.is_empty() && tells(plan));
    plans
}

/// Of how many changes of plans it is asked what they changed: more stand in no story that is one.
const MOST: usize = 200;

fn is_change(plan: &Plan) -> bool {
    plan.tellings.iter().any(|t| super::is_moving(t.status) || super::is_off(t.status))
}

fn is_off(plan: &Plan) -> bool {
    plan.tellings.iter().all(|t| super::is_off(t.status))
}

fn first_told(context: &Context, plan: &Plan) -> Option<Date> {
    plan.tellings.iter().filter_map(|t| context.published(t.clause.account)).min()
}

fn last_of(context: &Context, tellings: &[Telling]) -> Option<Date> {
    tellings.iter().filter_map(|t| context.published(t.clause.account)).max()
}

/// Whether both give one day.
fn confirms(a: &Telling, b: &Telling) -> bool {
    a.when.is_some() && b.when.is_some() && same_time(a, b)
}

/// The plans of which the change at `change` tells what became.
fn replaced(context: &Context, names: &BTreeSet<Term>, plans: &[Plan], change: usize) -> Vec<usize> {
    let of = &plans[change];
    let told = last_of(context, &of.tellings);
    let off = is_off(of);
    let older = |i: &usize| {
        let plan = &plans[*i];
        let last = last_of(context, &plan.tellings);
        let before = last.zip(told).is_none_or(|(last, told)| last <= told);
        let strictly = last.zip(told).is_some_and(|(last, told)| last < told);
        let dated = plan.tellings.iter().any(|t| t.when.is_some());
        let state = match plan.tellings.first().map(|t| t.status) {
            Some("planned" | "proposed") => before && (dated || off),
            Some("postponed" | "brought forward") => strictly,
            _ => false,
        };
        let borne_out = matches!(plan.tellings.first(), Some(t) if t.status == "planned")
            && any(&of.tellings, &plan.tellings, confirms);
        *i != change && (state || borne_out)
    };
    let candidates: Vec<usize> = (0..plans.len()).filter(older).collect();
    let about = |i: &usize| any(&of.tellings, &plans[*i].tellings, is_about_one);
    let of_its_day = |a: &Telling, b: &Telling| b.days.is_some_and(|day| names_day(context, a, day));
    let only = match candidates.iter().filter(|i| about(i)).count() {
        0 => candidates.iter().filter(|i| any(&of.tellings, &plans[**i].tellings, of_its_day)).count() == 1,
        alike => alike == 1,
    };
    let belongs = |a: &Telling, b: &Telling| is_one_plan(context, names, a, b, only);
    let found = |i: &usize| any(&of.tellings, &plans[*i].tellings, belongs);
    let (found, rest): (Vec<usize>, Vec<usize>) = candidates.into_iter().partition(found);
    // What else is told of the same day and the same thing is the same plan.
    let same = |a: &Telling, b: &Telling| confirms(a, b) && is_about_one(a, b);
    let again = |i: &usize| found.iter().any(|j| any(&plans[*j].tellings, &plans[*i].tellings, same));
    let again: Vec<usize> = rest.into_iter().filter(again).collect();
    found.into_iter().chain(again).collect()
}

/// The plan that was made anew after it was called off or put off without a day.
fn renewed(context: &Context, names: &BTreeSet<Term>, plans: &[Plan], change: usize) -> Option<usize> {
    let of = &plans[change];
    let denied = of.before.is_empty() && of.tellings.iter().all(|t| t.denies);
    if denied || of.tellings.iter().any(|t| t.when.is_some()) {
        return None;
    }
    let called_off = first_told(context, of)?;
    let given_up =
        |t: &Telling| of.tellings.iter().any(|c| t.days.is_some_and(|day| names_day(context, c, day)));
    let newer = |i: &usize| {
        let plan = &plans[*i];
        let planned = plan.tellings.iter().all(|t| t.status == "planned" && t.when.is_some() && !given_up(t));
        let planned = planned && super::best(context, &plan.tellings).is_some();
        let later = first_told(context, plan).is_some_and(|first| first >= called_off);
        let again = of.before.iter().flatten().any(|old| plan.tellings.iter().any(|t| confirms(old, t)));
        *i != change && !plan.tellings.is_empty() && planned && later && !again
    };
    let belongs =
        |a: &Telling, b: &Telling| is_one_plan(context, names, a, b, false) || b.anew && is_about_one(a, b);
    let mut found =
        (0..plans.len()).filter(newer).filter(|i| any(&of.tellings, &plans[*i].tellings, belongs));
    // Of two new days nobody knows which took its place.
    found.next().filter(|_| found.next().is_none())
}

fn any(these: &[Telling], those: &[Telling], fits: impl Fn(&Telling, &Telling) -> bool) -> bool {
    these.iter().take(COMPARED).any(|a| those.iter().take(COMPARED).any(|b| fits(a, b)))
}

fn is_about_one(a: &Telling, b: &Telling) -> bool {
    a.about.iter().any(|x| b.about.contains(x))
}

/// Whether the change `a` tells what became of the plan `b`: of the same thing and the same people as far as they say, where
/// what they say besides agrees, or `a` names the day of `b`, or no other plan is of that thing (`only`).
fn is_one_plan(context: &Context, names: &BTreeSet<Term>, a: &Telling, b: &Telling, only: bool) -> bool {
    let both = !a.who.is_empty() && !b.who.is_empty();
    let shared_who = both && a.who.iter().any(|who| b.who.contains(who));
    if both && !shared_who {
        return false;
    }
    let (x, y) = (besides(context, a, b), besides(context, b, a));
    let shared = context.terms.shared(&x, &y);
    let dated = b.days.is_some_and(|day| names_day(context, a, day));
    // Each names somebody or some place that the other does not: "the visit to Turkey" and "the visit to Cairo".
    let apart = |x: &[Term], y: &[Term]| x.iter().any(|t| names.contains(t) && !y.contains(t));
    if apart(&x, &y) && apart(&y, &x) && !dated {
        return false;
    }
    let of_one = is_about_one(a, b);
    match () {
        () if dated => of_one || shared.len() >= FEWEST_SHARED || only && names_thing(context, a, b),
        () if !of_one => false,
        () if x.is_empty() || y.is_empty() => shared_who || only,
        () => !shared.is_empty(),
    }
}

/// Whether both name one thing besides who does it, whatever each calls what is planned.
fn names_thing(context: &Context, a: &Telling, b: &Telling) -> bool {
    let plain = |t: &&Term| !CHANGING.iter().any(|word| context.terms.id(word) == Some(**t));
    let doers = |t: &&Term| a.doers.binary_search(t).is_ok() || b.doers.binary_search(t).is_ok();
    context.terms.shared(&a.terms, &b.terms).iter().filter(plain).any(|t| !doers(&t))
}

/// How many terms a change shares with a plan whose day it names, where it calls it by another noun.
const FEWEST_SHARED: usize = 2;

/// What `a` says besides who does it and what it is.
fn besides(context: &Context, a: &Telling, b: &Telling) -> TermSet {
    let about = |t: &Term| {
        let mut words = a.about.iter().chain(&b.about).map(String::as_str).chain(CHANGING.iter().copied());
        words.any(|word| context.terms.id(word) == Some(*t))
    };
    let doers = |t: &Term| a.doers.binary_search(t).is_ok() || b.doers.binary_search(t).is_ok();
    a.terms.iter().copied().filter(|t| !about(t) && !doers(t)).collect()
}

/// Concepts of what becomes of plans: they say nothing of which plan it is.
const CHANGING: &[&str] = &[
    "cancel",
    "postpone",
    "reschedule",
    "move",
    "shift",
    "push",
    "put",
    "plan",
    "propose",
    "schedule",
    "set",
    "due",
    "hold",
    "host",
    "begin",
    "open",
    "place",
];

/// Whether the sentence of a telling names the day from `day.0` to `day.1`, beside its own new day.
fn names_day(context: &Context, telling: &Telling, day: (Date, Date)) -> bool {
    let layers = &context.accounts[telling.clause.account].layers;
    let Some(sentence) = layers.sentence_at(telling.clause.span.start) else { return false };
    let span = layers.sentences[sentence].span;
    let from = layers.times.partition_point(|t| t.span.start < span.start);
    let within = layers.times[from..].iter().take_while(|t| t.span.start < span.end);
    telling.days != Some(day) && within.filter_map(|t| t.days).any(|days| days == day && days.0 == days.1)
}
