//! What somebody denies in one report and admits in another.
//!
//! In: the attributions. Out: differences of the kind `stance`: the same speaker denies and admits what is told in like
//! words. Where the reports are of different days the speaker may have come round: then both can be true. It does not
//! know which of the two is so.

use super::super::predicates::DENYING;
use super::super::terms::TermSet;
use super::super::{Account, Context, Spot};
use super::{Found, first_words, in_order_of_time, one_after_another, readings};
use crate::annotate::{Attribution, Pos};
use crate::span::Span;

/// How alike what is denied and what is admitted must be.
const ALIKE: f64 = 0.6;
const FEWEST_SHARED: usize = 2;

/// With how many of these each is compared; it bounds the cost of a story.
const MOST: usize = 200;

/// How many words of what is denied a reader is shown.
const WORDS_ABOUT: usize = 12;

/// Lemmas of cues by which somebody grants that it is so.
const ADMITTING: &[&str] = &["admit", "acknowledge", "concede", "accept", "confirm"];

/// What somebody denies or admits.
#[derive(Debug)]
struct Answer {
    /// Who: the key of a name, else the noun that stands for somebody certain.
    who: String,
    denies: bool,
    content: Spot,
    /// From the cue to the end of the content.
    clause: Spot,
    terms: TermSet,
}

/// The denials of one report that another report takes back.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let answers: Vec<Answer> =
        (0..context.accounts.len()).flat_map(|account| answers(context, account)).take(MOST).collect();
    let denied = answers.iter().filter(|a| a.denies);
    let found = denied.filter_map(|denial| {
        let told_otherwise = |a: &&Answer| !a.denies && same(context, denial, a);
        let admission = answers.iter().find(told_otherwise)?;
        // A report that has both tells of the change itself.
        (admission.content.account != denial.content.account).then(|| difference(context, denial, admission))
    });
    found.collect()
}

fn same(context: &Context, a: &Answer, b: &Answer) -> bool {
    a.who == b.who
        && context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE
}

fn answers(context: &Context, account: usize) -> impl Iterator<Item = Answer> {
    let attributions = &context.accounts[account].layers.attributions;
    attributions.iter().filter_map(move |attribution| answer(context, account, attribution))
}

fn answer(context: &Context, account: usize, attribution: &Attribution) -> Option<Answer> {
    let of = context.accounts[account];
    let cue = attribution.cue.iter().copied().reduce(Span::cover)?;
    let content = attribution.content.iter().copied().reduce(Span::cover)?;
    let denies = denies(of, cue)?;
    let spot = |span: Span| Spot { account, span };
    Some(Answer {
        who: speaker(context, account, attribution)?,
        denies,
        content: spot(content),
        clause: spot(cue.cover(content)),
        terms: context.terms.at(context.accounts, &context.cast, spot(content)),
    })
}

/// Whether a cue denies or, where it admits, does not; `None` where it does neither, or is itself denied.
fn denies(of: &Account, cue: Span) -> Option<bool> {
    let mut verdict = None;
    for i in of.layers.tokens_in(cue) {
        let base = of.lemma_at(i);
        match base {
            "not" | "n't" | "n’t" | "never" | "no" | "refuse" | "may" | "might" | "could" | "would" => {
                return None;
            }
            denial if DENYING.contains(&denial) => verdict = Some(true),
            grant if ADMITTING.contains(&grant) => verdict = Some(false),
            _ => {}
        }
    }
    verdict
}

/// Who answers: somebody with a name, or whoever a noun with its article means.
fn speaker(context: &Context, account: usize, attribution: &Attribution) -> Option<String> {
    let of = context.accounts[account];
    let named = attribution.speaker.map(|entity| context.cast.member(account, entity));
    if let Some(member) = named.filter(|member| context.cast.is_named(*member)) {
        return Some(context.cast.key(member));
    }
    let source = attribution.source.first()?;
    let definite = of.layers.tokens_in(*source).next().is_some_and(|i| of.word(i) == "the");
    let head = of.head_noun(*source).filter(|head| definite && of.layers.tokens[*head].pos != Pos::NNS)?;
    Some(of.concept_at(head).to_owned())
}

fn difference(context: &Context, denial: &Answer, admission: &Answer) -> Found {
    let value = |a: &Answer| if a.denies { "denied" } else { "admitted" }.to_owned();
    let readings = readings([denial, admission].map(|a| (value(a), a.clause)));
    let over_time = one_after_another(context, &readings);
    Found {
        kind: "stance",
        about: first_words(context.text(denial.content), WORDS_ABOUT),
        compatible: Some(over_time),
        over_time,
        readings: in_order_of_time(context, readings),
    }
}
