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

/// The headline of the report that carries most of what several carry; one that asks stands behind those that tell.
fn headline(context: &Context, claims: &[Claim]) -> Option<String> {
    let shared = |id: &str| {
        let carries = |c: &&Claim| c.origins > 1 && c.evidence.iter().any(|e| e.report() == id);
        claims.iter().filter(carries).count()
    };
    let titled = context.accounts.iter().filter_map(|a| Some((a.report.title.as_ref()?, &a.report.id)));
    let asks = |title: &str| title.ends_with('?');
    let best = titled.max_by_key(|(title, id)| (!asks(title), shared(id), Reverse((title.len(), *id))));
    best.map(|(title, _)| without_slug(title).to_owned())
}

/// What agencies set before a headline for their clients.
const SLUGS: &[&str] =
    &["UPDATE", "WRAPUP", "CORRECTED", "REFILE", "RPT", "EXCLUSIVE", "BREAKING", "FACTBOX", "URGENT"];

/// `title` without an agency's "UPDATE 3-" before it.
fn without_slug(title: &str) -> &str {
    let slug = |slug: &&str| {
        let rest = title.strip_prefix(*slug)?.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        rest.strip_prefix(['-', ':']).map(str::trim_start).filter(|rest| !rest.is_empty())
    };
    SLUGS.iter().find_map(slug).unwrap_or(title)
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
    let own = context
        .statements
        .iter()
        .filter(move |s| s.spot.account == account && s.attributed_to.is_none() && !s.part);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agencys_slug_is_no_part_of_a_headline() {
        assert_eq!(without_slug("UPDATE 3-Toll rises in Varn"), "Toll rises in Varn");
        assert_eq!(without_slug("EXCLUSIVE: Toll rises"), "Toll rises");
        assert_eq!(without_slug("UPDATE of the maps is late"), "UPDATE of the maps is late");
    }
}
