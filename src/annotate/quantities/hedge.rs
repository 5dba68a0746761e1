//! Words that widen or bound a number.
//!
//! In: the pieces of a sentence. Out: the [`Hedge`] at a position, and the [`Interval`] that it makes of a number.
//! It does not know the unit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::Interval;
use super::super::numbers::{Number, Pieces};

/// How the words around a number bound it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// Nothing is said.
    None,
    /// "more than".
    Above,
    /// "just over".
    JustAbove,
    /// "at least".
    AtLeast,
    /// "fewer than".
    Below,
    /// "almost".
    JustBelow,
    /// "up to".
    AtMost,
    /// "about".
    About,
}

/// How far below the number "almost" reaches. Half an hour below five hours (0.9) is still "almost five";
/// 0.85 leaves room for the roundings of others. It bounds "just over" from above likewise.
const JUST: f64 = 0.15;

/// How far "about" reaches on either side.
const ABOUT: f64 = 0.1;

/// How far it reaches for a length of time: who says "about half an hour" has looked at no clock.
const ABOUT_TIME: f64 = 0.2;

/// The hedges, the longer ones first where one begins another.
const HEDGES: [Entry; 47] = [
    (&["a", "little", "more", "than"], Hedge::JustAbove),
    (&["slightly", "more", "than"], Hedge::JustAbove),
    (&["just", "more", "than"], Hedge::JustAbove),
    (&["a", "little", "over"], Hedge::JustAbove),
    (&["slightly", "over"], Hedge::JustAbove),
    (&["just", "over"], Hedge::JustAbove),
    (&["just", "above"], Hedge::JustAbove),
    (&["no", "more", "than"], Hedge::AtMost),
    (&["not", "more", "than"], Hedge::AtMost),
    (&["no", "fewer", "than"], Hedge::AtLeast),
    (&["no", "less", "than"], Hedge::AtLeast),
    (&["not", "less", "than"], Hedge::AtLeast),
    (&["more", "than"], Hedge::Above),
    (&["greater", "than"], Hedge::Above),
    (&["longer", "than"], Hedge::Above),
    (&["higher", "than"], Hedge::Above),
    (&["upwards", "of"], Hedge::Above),
    (&["upward", "of"], Hedge::Above),
    (&["in", "excess", "of"], Hedge::Above),
    (&["north", "of"], Hedge::Above),
    (&["well", "over"], Hedge::Above),
    (&["over"], Hedge::Above),
    (&["above"], Hedge::Above),
    (&["exceeding"], Hedge::Above),
    (&["at", "least"], Hedge::AtLeast),
    (&["a", "minimum", "of"], Hedge::AtLeast),
    (&["slightly", "less", "than"], Hedge::JustBelow),
    (&["just", "less", "than"], Hedge::JustBelow),
    (&["less", "than"], Hedge::Below),
    (&["fewer", "than"], Hedge::Below),
    (&["just", "under"], Hedge::JustBelow),
    (&["just", "below"], Hedge::JustBelow),
    (&["just", "short", "of"], Hedge::JustBelow),
    (&["close", "to"], Hedge::JustBelow),
    (&["approaching"], Hedge::JustBelow),
    (&["almost"], Hedge::JustBelow),
    (&["nearly"], Hedge::JustBelow),
    (&["under"], Hedge::Below),
    (&["below"], Hedge::Below),
    (&["at", "most"], Hedge::AtMost),
    (&["up", "to"], Hedge::AtMost),
    (&["a", "maximum", "of"], Hedge::AtMost),
    (&["as", "many", "as"], Hedge::AtMost),
    (&["as", "much", "as"], Hedge::AtMost),
    (&["an", "estimated"], Hedge::About),
    (&["in", "the", "region", "of"], Hedge::About),
    (&["more", "or", "less"], Hedge::About),
];

/// The words of a hedge, and what they say.
type Entry = (&'static [&'static str], Hedge);

/// The hedges by their first word, in the order of [`HEDGES`].
static BY_FIRST: LazyLock<BTreeMap<&str, Vec<Entry>>> = LazyLock::new(|| {
    let mut by_first = BTreeMap::<&str, Vec<_>>::new();
    for (words, hedge) in HEDGES {
        by_first.entry(words[0]).or_default().push((words, hedge));
    }
    by_first
});

const ABOUT_WORDS: [&str; 8] =
    ["about", "around", "roughly", "approximately", "some", "estimated", "circa", "approx"];

/// The hedge that begins at `i`, and the position after it.
pub fn hedge_at(pieces: &Pieces, i: usize) -> (Hedge, usize) {
    let says = |words: &[&str]| words.iter().enumerate().all(|(k, w)| pieces.is(i + k, &[w]));
    let hedges = BY_FIRST.get(pieces.lower(i)).into_iter().flatten();
    if let Some((words, hedge)) = hedges.into_iter().find(|(words, _)| says(words)) {
        return (*hedge, i + words.len());
    }
    match pieces.is(i, &ABOUT_WORDS) {
        true => (Hedge::About, i + 1),
        false => (Hedge::None, i),
    }
}

/// The hedge after a number and its unit, and the position after it: "or more", "or so".
pub fn hedge_after(pieces: &Pieces, i: usize) -> (Hedge, usize) {
    match (pieces.lower(i), pieces.lower(i + 1)) {
        ("or", "more") => (Hedge::AtLeast, i + 2),
        ("or", "fewer" | "less") => (Hedge::AtMost, i + 2),
        ("or", "so") => (Hedge::About, i + 2),
        _ => (Hedge::None, i),
    }
}

/// What `number` can be under `hedge`, times `factor`, in `unit`. An upper bound says nothing about the lower end, so
/// that is 0; "almost" and "just over" stay within [`JUST`] of the number.
pub fn interval(hedge: Hedge, number: Number, factor: f64, unit: &str) -> Interval {
    let about = if matches!(unit, "hour" | "day" | "month" | "year") { ABOUT_TIME } else { ABOUT };
    // A millionth is finer than any report, and hides what binary fractions add ("10 % more than 12").
    let round = |value: f64| (value * 1e6).round() / 1e6;
    let (low, high) = (number.low * factor, number.high * factor);
    let said = Interval { low, low_open: false, high, high_open: number.high_open };
    let bounded = match hedge {
        Hedge::None => said,
        Hedge::Above => Interval { low_open: true, high: f64::INFINITY, high_open: true, ..said },
        Hedge::JustAbove => Interval { low_open: true, high: high * (1.0 + JUST), ..said },
        Hedge::AtLeast => Interval { high: f64::INFINITY, high_open: true, ..said },
        Hedge::Below => Interval { low: 0.0, high_open: true, ..said },
        Hedge::JustBelow => Interval { low: low * (1.0 - JUST), high_open: true, ..said },
        Hedge::AtMost => Interval { low: 0.0, ..said },
        Hedge::About => Interval { low: low * (1.0 - about), high: high * (1.0 + about), ..said },
    };
    Interval { low: round(bounded.low), high: round(bounded.high), ..bounded }
}
