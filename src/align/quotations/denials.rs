//! What somebody denies, doubts or does not say.
//!
//! In: an attribution. Out: how its content reads as a telling ([`Reading`]): what is denied is told with the cue that
//! denies it, or its sense would be turned round. It does not know whether the denial is true.

use crate::align::predicates::{ASSERTING, DENYING};
use crate::align::{Account, Context};
use crate::annotate::{Attribution, Pos};
use crate::span::Span;

/// Verbs of who does not say himself that it is so.
const DOUBTING: &[&str] = &["doubt", "dispute", "question", "disprove", "contradict"];

/// Verbs of who says nothing of it.
const SILENT: &[&str] = &["refuse", "decline"];

/// How a content told without marks reads.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    /// As what its source says.
    Said,
    /// As what its source denies: these words, from the cue on.
    Denied(Span),
    /// Not by itself.
    Nothing,
}

/// How the content of `attribution` reads.
pub fn reading(context: &Context, account: usize, attribution: &Attribution) -> Reading {
    let of = context.accounts[account];
    if !denies(of, attribution) {
        let negated = cue_words(of, attribution).any(|i| is_negation(of.word(i)));
        let unsaid = |i: usize| {
            let lemma = of.lemma_at(i);
            SILENT.contains(&lemma) || negated && ASSERTING.contains(&lemma)
        };
        let nothing = cue_words(of, attribution).any(unsaid);
        return if nothing { Reading::Nothing } else { Reading::Said };
    }
    let told = attribution.cue.iter().chain(&attribution.content).copied().reduce(Span::cover);
    let (Some(told), Some(cue)) = (told, attribution.cue.first()) else { return Reading::Nothing };
    let follows = attribution.content.iter().all(|content| content.start >= cue.end);
    // "did not deny": what helps the verb belongs to it.
    let all = &context.predicates[account];
    let first = all.partition_point(|p| p.verb.end <= cue.start);
    let verb = all.get(first).map(|p| p.verb).filter(|verb| verb.overlaps(*cue));
    let whole = Span { start: verb.map_or(told.start, |verb| verb.start.min(told.start)), ..told };
    if follows { Reading::Denied(whole) } else { Reading::Nothing }
}

/// Whether the cue of `attribution` denies or doubts its content.
pub fn denies(of: &Account, attribution: &Attribution) -> bool {
    let denies = |lemma: &str| DENYING.contains(&lemma) || DOUBTING.contains(&lemma);
    cue_words(of, attribution).any(|i| of.pos(i).is_verb() && denies(of.lemma_at(i)))
}

/// Whether quoted `stretch` is of what is denied ("denied having “hit the driver”", "rejected claims that …") and no word of
/// the one who denies ("rejected the “baseless” claims", "dismissed it as “nonsense”").
pub fn is_denied(of: &Account, attribution: &Attribution, stretch: Span) -> bool {
    let Some(cue) = attribution.cue.first().filter(|cue| cue.end <= stretch.start) else { return false };
    let opens = |i: usize| of.pos(i) == Pos::VBG || of.word(i) == "that";
    let judges = |i: usize| of.word(i) == "as";
    let before = of.layers.tokens_in(Span { start: cue.end, end: stretch.start });
    let first = of.layers.tokens_in(stretch).next();
    denies(of, attribution)
        && !before.clone().any(judges)
        && (before.into_iter().any(opens) || first.is_some_and(opens))
}

fn cue_words<'a>(of: &'a Account, attribution: &'a Attribution) -> impl Iterator<Item = usize> + use<'a> {
    attribution.cue.iter().flat_map(|span| of.layers.tokens_in(*span))
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "n't" | "n’t" | "never")
}
