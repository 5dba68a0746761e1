//! Which times say when something happened.
//!
//! In: an account, and where its verb or number stands. Out: whether a time of the same sentence dates it. A time in a
//! noun phrase ("use-by dates up to September 14"), in a relative clause ("which was added on Friday") or of the one who
//! tells it ("the ministry said on Monday") does not. It does not know which day is meant.

use crate::align::Account;
use crate::annotate::{Pos, TimeExpression};
use crate::span::Span;

/// Words before a time by which something only begins or ends there.
const BOUNDS: &[&str] =
    &["to", "until", "till", "by", "since", "from", "before", "after", "through", "between", "for", "within"];

/// Whether `time` says when that happened which stands at `told`.
pub fn dates(account: &Account, told: Span, time: &TimeExpression) -> bool {
    !is_of_noun(account, time) && !is_bound(account, time) && may_date(account, told, time)
}

/// The same for a time by which something only begins or ends, with the word that says which.
pub fn bounds(account: &Account, told: Span, time: &TimeExpression) -> Option<String> {
    let bound = account.word_before(time.span).filter(|_| is_bound(account, time))?;
    let dates = !is_parted(account, told, time.span) && !is_of_teller(account, told, time.span);
    (dates && !is_of_noun(account, time)).then(|| bound.to_owned())
}

/// The same for a time that may also stand in the noun phrase of what happened ("Tuesday's crash").
pub fn may_date(account: &Account, told: Span, time: &TimeExpression) -> bool {
    !is_bound(account, time)
        && !is_parted(account, told, time.span)
        && !is_of_teller(account, told, time.span)
}

/// Whether a relative clause or another conjunction stands between the two.
fn is_parted(account: &Account, told: Span, time: Span) -> bool {
    let between = if told.end <= time.start {
        Span { start: told.end, end: time.start }
    } else {
        Span { start: time.end.min(told.start), end: told.start }
    };
    let parts = |i: usize| {
        matches!(account.layers.tokens[i].pos, Pos::WDT | Pos::WP | Pos::WPS)
            || matches!(account.word(i), "which" | "who" | "whose" | ";" | "because" | "while")
    };
    account.layers.tokens_in(between).any(parts)
}

fn is_bound(account: &Account, time: &TimeExpression) -> bool {
    account.word_before(time.span).is_some_and(|w| BOUNDS.contains(&w))
}

/// "Tuesday's crash", "the September 14 attacks", "the meeting of May 3".
fn is_of_noun(account: &Account, time: &TimeExpression) -> bool {
    let layers = &account.layers;
    let tokens = layers.tokens_in(time.span);
    let next = layers.tokens.get(tokens.end).map(|t| t.pos);
    let before = tokens.start.checked_sub(1).map(|i| layers.tokens[i].pos);
    let of = account.word_before(time.span).is_some_and(|w| w == "of");
    let modifies = matches!(before, Some(Pos::DT | Pos::PRPS | Pos::POS | Pos::JJ))
        && next.is_some_and(|p| matches!(p, Pos::NN | Pos::NNS));
    of || next == Some(Pos::POS) || modifies
}

/// Whether the time stands with the one who tells what is told.
fn is_of_teller(account: &Account, told: Span, time: Span) -> bool {
    account.layers.attributions.iter().any(|attribution| {
        let holds = |span: Span| attribution.content.iter().any(|c| c.contains(span));
        holds(told) && !holds(time) && attribution.cue.iter().any(|cue| is_near(account, *cue, time))
    })
}

/// How many tokens a time stands from the verb that it dates, at most.
const NEAR: usize = 4;

fn is_near(account: &Account, cue: Span, time: Span) -> bool {
    let (cue, time) = (account.layers.tokens_in(cue), account.layers.tokens_in(time));
    time.start.abs_diff(cue.end) <= NEAR || cue.start.abs_diff(time.end) <= NEAR
}
