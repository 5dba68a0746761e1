//! How many there are of what everybody knows: "the three ministers", "all four ministers".
//!
//! In: the subjects of the predicates. Out: differences of the kind `number` where two reports say the same of a group and
//! give it another size. Such a number is no quantity, since it counts nothing anew, so it speaks only where the group
//! is named by more than its noun, and verb and clause are the same.

use super::super::concepts::concept;
use super::super::predicates::Predicate;
use super::super::terms::TermSet;
use super::super::{Context, Spot};
use super::words::{Subject, subject};
use super::{Found, heading, readings};
use crate::annotate::{Pos, value_of_word};

/// How alike the clauses must be.
const ALIKE: f64 = 0.7;

/// The fewest terms that the two groups must share: the noun, and something that says which they are.
const FEWEST_SHARED: usize = 2;

/// With how many groups each is compared; it bounds the cost of a story.
const MOST: usize = 200;

struct Group {
    spot: Spot,
    clause: Spot,
    size: f64,
    verb: String,
    negated: bool,
    subject: Subject,
    terms: TermSet,
}

/// The differences in the size of a group.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let groups: Vec<Group> =
        context.predicates.iter().flatten().filter_map(|p| group(context, p)).take(MOST).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut taken = vec![false; groups.len()];
    for (n, a) in groups.iter().enumerate() {
        for (m, b) in groups.iter().enumerate().skip(n + 1) {
            if !taken[n] && !taken[m] && a.size != b.size && same(context, a, b) {
                (taken[n], taken[m]) = (true, true);
                found.push(difference(context, a, b));
            }
        }
    }
    found
}

/// The group that a predicate is said of, with the number that gives its size.
fn group(context: &Context, predicate: &Predicate) -> Option<Group> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.subject?);
    let number = tokens.clone().take(3).find(|i| of.layers.tokens[*i].pos == Pos::CD)?;
    let definite = number > tokens.start && matches!(of.word(number - 1), "the" | "all");
    let head = of.head_noun(predicate.subject?)?;
    if !definite || predicate.quoted || predicate.conditional || of.layers.tokens[head].pos != Pos::NNS {
        return None;
    }
    let span = of.layers.tokens[number].span.cover(of.layers.tokens[head].span);
    let clause = Spot { account: predicate.account, span: predicate.clause() };
    Some(Group {
        spot: Spot { account: predicate.account, span },
        clause,
        size: value_of_word(of.word(number)).or_else(|| of.word(number).parse().ok())?,
        verb: concept(&predicate.lemma).to_owned(),
        negated: predicate.negated,
        subject: subject(context, predicate)?,
        terms: context.terms.at(context.accounts, &context.cast, clause),
    })
}

fn same(context: &Context, a: &Group, b: &Group) -> bool {
    a.spot.account != b.spot.account
        && a.verb == b.verb
        && a.negated == b.negated
        && a.subject.key == b.subject.key
        && context.terms.shared(&a.subject.terms, &b.subject.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE
}

fn difference(context: &Context, a: &Group, b: &Group) -> Found {
    Found {
        kind: "number",
        about: heading(context, a.clause),
        compatible: Some(false),
        over_time: false,
        readings: readings([a, b].map(|g| (context.text(g.spot).to_lowercase(), g.spot))),
    }
}
