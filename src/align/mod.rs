//! What the reports of one story say together.
//!
//! In: the [`Account`]s of one story. Out: its [`Story`]. Pure and deterministic: the order in which the
//! accounts come does not matter. It does not know any other story.
//!
//! The parts stand in the order in which they build on each other: who is who ([`cast`]), what each report
//! states ([`statements`]), what was copied ([`copies`]), and then the lines of the record.

mod agreements;
mod cast;
mod claims;
mod concepts;
pub mod copies;
mod differences;
mod events;
mod limits;
mod next;
mod positions;
mod predicates;
mod quotations;
mod statements;
mod statuses;
mod terms;
mod timeline;
mod title;

use crate::annotate::Annotations;
use crate::record::{Coverage, Evidence, Story};
use crate::report::{PublishedAt, Report};
use crate::span::Span;
use cast::Cast;
use copies::Copies;
use predicates::Predicate;
use statements::Statement;
use terms::Terms;

/// One report with what was found in it: one account of the story.
#[derive(Clone, Debug)]
pub struct Account {
    /// The report.
    pub report: Report,
    /// Its layers.
    pub layers: Annotations,
}

/// A place in one of the accounts of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Spot {
    /// Index of the account.
    account: usize,
    /// Where in its text.
    span: Span,
}

/// What every part of the alignment looks at.
struct Context<'a> {
    accounts: &'a [&'a Account],
    cast: Cast,
    terms: Terms,
    /// For each account, who does what in its clauses.
    predicates: Vec<Vec<Predicate>>,
    statements: Vec<Statement>,
    copies: Copies,
}

impl Context<'_> {
    fn text(&self, spot: Spot) -> &str {
        self.accounts[spot.account].report.slice(spot.span)
    }

    fn evidence(&self, spot: Spot) -> Evidence {
        Evidence::new(&self.accounts[spot.account].report, spot.span)
    }

    /// Evidence in order of the reports, each place once.
    fn evidence_of(&self, spots: impl IntoIterator<Item = Spot>) -> Vec<Evidence> {
        let mut spots: Vec<Spot> = spots.into_iter().collect();
        spots.sort();
        spots.dedup();
        spots.into_iter().map(|spot| self.evidence(spot)).collect()
    }

    /// The number of independent tellings among `spots`.
    fn origins(&self, spots: &[Spot]) -> usize {
        let tellings: Vec<(usize, Span)> = spots.iter().map(|s| (s.account, s.span)).collect();
        self.copies.origins(&tellings)
    }
}

/// The record of the story that `accounts` tell. An empty slice gives an empty story.
pub fn align(accounts: &[&Account]) -> Story {
    let mut accounts = accounts.to_vec();
    accounts.sort_by(|a, b| (&a.report.source, &a.report.id).cmp(&(&b.report.source, &b.report.id)));
    let cast = Cast::assemble(&accounts);
    let terms = Terms::collect(&accounts, &cast);
    let statements = statements::find(&accounts, &cast, &terms);
    let predicates = accounts.iter().enumerate().map(|(i, account)| predicates::find(i, account)).collect();
    let copies = Copies::of(&accounts);
    let context = Context { accounts: &accounts, cast, terms, predicates, statements, copies };
    write(&context)
}

fn write(context: &Context) -> Story {
    let utterances = quotations::join(context);
    let groups = claims::join(context);
    let claims = claims::write(context, &groups);
    let published: Vec<PublishedAt> = context.accounts.iter().filter_map(|a| a.report.published_at).collect();
    Story {
        id: crate::group::story_id(context.accounts.iter().map(|a| &a.report)),
        title: title::find(context, &claims),
        from: published.iter().min().map(|p| p.edtf()),
        to: published.iter().max().map(|p| p.edtf()),
        reports: context.accounts.iter().map(|a| a.report.id.clone()).collect(),
        entities: context.cast.write(context.accounts),
        quotations: quotations::write(context, &utterances),
        differences: differences::find(context, &utterances),
        positions: positions::find(context),
        agreements: agreements::find(context),
        next: next::find(context),
        timeline: timeline::find(context),
        events: events::find(context),
        coverage: claims.iter().map(|claim| coverage(context, claim)).collect(),
        copies: context.copies.write(context.accounts),
        limits: limits::find(context),
        claims,
    }
}

fn coverage(context: &Context, claim: &crate::record::Claim) -> Coverage {
    let ids = context.accounts.iter().map(|a| a.report.id.clone());
    let (carried_by, absent_from) = ids.partition(|id| claim.evidence.iter().any(|e| e.report() == id));
    Coverage { claim: claim.id.clone(), carried_by, absent_from }
}
