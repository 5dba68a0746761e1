//! What the story is called.
//!
//! In: the accounts and their claims. Out: a title that stands word for word in a report: a headline, or the lead
//! that most resembles the other leads. It does not write one.

use std::cmp::Reverse;

use super::statements::Statement;
use super::{Context, Spot};
use crate::record::Claim;
use crate::span::Span;

/// How many statements at a report's head can be its lead.
const LEAD: usize = 2;

/// The longest title, in characters; a longer lead is cut at the end of its main clause.
const LONGEST: usize = 140;

/// The title of the story.
pub fn find(context: &Context, claims: &[Claim]) -> String {
    headline(context, claims).or_else(|| lead(context)).unwrap_or_default()
}

/// The headline of the report that carries most of what several carry.
fn headline(context: &Context, claims: &[Claim]) -> Option<String> {
    let shared = |id: &str| {
        let carries = |c: &&Claim| c.origins > 1 && c.evidence.iter().any(|e| e.report() == id);
        claims.iter().filter(carries).count()
    };
    let titled = context.accounts.iter().filter_map(|a| Some((a.report.title.as_ref()?, &a.report.id)));
    let best = titled.max_by_key(|(title, id)| (shared(id), Reverse((title.len(), *id))));
    best.map(|(title, _)| title.clone())
}

/// The lead that is most like the leads of the other reports, the shortest among equals.
fn lead(context: &Context) -> Option<String> {
    let leads: Vec<&Statement> =
        (0..context.accounts.len()).flat_map(|account| leads_of(context, account)).collect();
    let likeness = |a: &Statement| -> f64 {
        let others = leads.iter().filter(|b| b.spot.account != a.spot.account);
        others.map(|b| context.terms.similarity(&a.terms, &b.terms)).sum()
    };
    let scored = leads.iter().map(|s| (likeness(s), s));
    let best = scored.max_by(|(x, a), (y, b)| x.total_cmp(y).then(b.spot.cmp(&a.spot)))?.1;
    Some(context.text(cut(context, best.spot)).trim_end_matches('.').to_owned())
}

fn leads_of<'a>(context: &'a Context, account: usize) -> impl Iterator<Item = &'a Statement> {
    let own =
        context.statements.iter().filter(move |s| s.spot.account == account && s.attributed_to.is_none());
    own.take(LEAD)
}

/// The first clause of `spot` that has a subject and is short enough, else all of it.
fn cut(context: &Context, spot: Spot) -> Spot {
    if context.text(spot).chars().count() <= LONGEST {
        return spot;
    }
    let clauses = context.predicates[spot.account].iter().filter(|p| p.subject.is_some() && !p.participle);
    let first = clauses.map(|p| p.clause()).find(|c| spot.span.contains(*c));
    let span = first.map_or(spot.span, |c| Span { start: spot.span.start, end: c.end });
    Spot { account: spot.account, span }
}
