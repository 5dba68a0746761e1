//! What takes the place of an earlier plan in the words of one report.
//!
//! In: a predicate. Out: the plan that the sentence before tells, where the predicate only says "it" ("The talks had been set
//! for Monday. It will now be held on Friday"); whether something new is called ("a new strike"). It does not compare reports.

use jiff::civil::Date;

use crate::align::predicates::Predicate;
use crate::align::{Context, Spot, statuses};
use crate::annotate::{Pos, TimeExpression};
use crate::span::Span;

/// The plan that the sentence before a predicate tells.
pub struct Before {
    /// Its noun phrase.
    pub subject: Span,
    /// Its clause.
    pub clause: Span,
    /// The first and the last day for which it was.
    days: (Date, Date),
}

impl Before {
    /// What became of it, where the new day is `time`.
    pub fn moved(&self, time: &TimeExpression) -> Option<&'static str> {
        let (first, _) = time.days?;
        match first.cmp(&self.days.0) {
            std::cmp::Ordering::Greater => Some("postponed"),
            std::cmp::Ordering::Less => Some("brought forward"),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Verbs by which something gets its day.
const SETTING: &[&str] = &["set", "schedule", "plan", "due", "slate", "expect", "arrange", "fix", "book"];

/// The plan in the sentence before that "it" of the predicate means.
pub fn told_before(context: &Context, predicate: &Predicate) -> Option<Before> {
    let of = context.accounts[predicate.account];
    let pronoun =
        predicate.subject.filter(|s| matches!(of.report.slice(*s).to_lowercase().as_str(), "it" | "they"))?;
    let here = of.layers.sentence_at(pronoun.start)?;
    let before = here.checked_sub(1).map(|i| &of.layers.sentences[i])?;
    if before.paragraph != of.layers.sentences[here].paragraph || before.furniture {
        return None;
    }
    let all = &context.predicates[predicate.account];
    let from = all.partition_point(|p| p.verb.start < before.span.start);
    let plan = all[from..].iter().take_while(|p| p.verb.start < before.span.end).next()?;
    let subject = plan.subject?;
    let past =
        of.layers.tokens_in(plan.verb).next().is_some_and(|i| matches!(of.word(i), "had" | "was" | "were"));
    let set = past && !plan.negated && SETTING.iter().any(|verb| plan.lemma.starts_with(verb));
    let from = of.layers.times.partition_point(|t| t.span.start < plan.verb.end);
    let time = of.layers.times.get(from).filter(|t| plan.object.contains(t.span))?;
    let days = time.days.filter(|_| set)?;
    statuses::matter_of(context, Spot { account: predicate.account, span: subject })?;
    Some(Before { subject, clause: plan.clause(), days })
}

/// Whether the predicate calls something new: "called a fresh strike for May".
pub fn is_new(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let mut opening = of.layers.tokens_in(predicate.object).take(3);
    let new = opening.any(|i| matches!(of.word(i), "new" | "fresh" | "another" | "second"));
    let thing = Spot { account: predicate.account, span: predicate.object };
    new && of.pos(of.layers.tokens_in(predicate.object).start) == Pos::DT
        && statuses::matter_of(context, thing).is_some()
}
