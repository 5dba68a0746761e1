//! What a number counts.
//!
//! In: the pieces of a sentence after a number, and the parts of speech there. Out: the [`Counted`] noun phrase. It
//! does not know the number.

use super::super::numbers::Pieces;
use super::super::{Annotations, Pos, lemma};

/// A counted noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The lemma of its head.
    pub unit: String,
    /// The position after its head.
    pub end: usize,
}

/// How many words may stand between a number and the noun that it counts.
const REACH: usize = 5;

/// The noun phrase that is counted from `i` on; `one` where the number is one, so that the noun is singular.
pub fn counted_at(pieces: &Pieces, layers: &Annotations, i: usize, one: bool) -> Option<Counted> {
    if let Some(points) = points_at(pieces, i) {
        return Some(points);
    }
    let stop = (i..i + REACH).find(|j| ends_phrase(pieces, layers, *j)).unwrap_or(i + REACH);
    let head = if one { singular(pieces, layers, i, stop) } else { plural(pieces, layers, i, stop) };
    let head = head.or_else(|| (i..stop.min(i + 2)).find(|j| CASUALTY.contains(&pieces.lower(*j))))?;
    Some(Counted { unit: unit_of(pieces.lower(head), pos_at(pieces, layers, head)), end: head + 1 })
}

/// The points of "a 10-point penalty": "a 10-point plan" counts what it holds.
pub fn points_at(pieces: &Pieces, i: usize) -> Option<Counted> {
    let taken = pieces.is(i + 2, &["penalty", "deduction", "sanction", "punishment", "docking"]);
    (pieces.hyphen(i) && pieces.is(i + 1, &["point"]) && taken)
        .then(|| Counted { unit: "point".to_owned(), end: i + 2 })
}

/// Adjectives that count people by themselves: "at least 12 injured".
const CASUALTY: [&str; 8] =
    ["dead", "injured", "wounded", "missing", "killed", "hurt", "homeless", "unaccounted"];

fn pos_at(pieces: &Pieces, layers: &Annotations, i: usize) -> Pos {
    let span = pieces.get(i).map(|p| p.span);
    let token = span.and_then(|span| layers.tokens.get(layers.tokens_in(span).start));
    token.map_or(Pos::NN, |t| t.pos)
}

fn ends_phrase(pieces: &Pieces, layers: &Annotations, i: usize) -> bool {
    const STOPS: [&str; 40] = [
        "of", "in", "on", "at", "by", "for", "from", "to", "with", "as", "and", "or", "but", "that", "which",
        "who", "were", "was", "is", "are", "have", "has", "had", "will", "would", "the", "a", "an", "after",
        "before", "during", "since", "than", "into", "per", "this", "across", "near", "it", "they",
    ];
    let span = pieces.get(i).map(|p| p.span);
    let hyphenated = pieces.hyphen(i) && pieces.letters(i + 1);
    let tagged = matches!(
        pos_at(pieces, layers, i),
        Pos::IN | Pos::MD | Pos::DT | Pos::PRP | Pos::WDT | Pos::WP | Pos::TO | Pos::CC | Pos::VBZ | Pos::EX
    );
    let timed = span.is_none_or(|span| {
        let first = layers.times.partition_point(|t| t.span.end <= span.start);
        layers.times.get(first).is_some_and(|t| t.span.overlaps(span))
    });
    // "99,000 Gas & Electric customers": the sign stands in a name.
    let in_name = pieces.lower(i) == "&" && pieces.capital(i + 1);
    if in_name {
        return false;
    }
    !(pieces.letters(i) || hyphenated) || STOPS.contains(&pieces.lower(i)) || tagged || timed
}

/// The last of the first plural nouns: "sanctions packages".
fn plural(pieces: &Pieces, layers: &Annotations, start: usize, stop: usize) -> Option<usize> {
    let is_plural =
        |j: usize| looks_plural(pieces, j) && !pieces.hyphen(j + 1) && !pos_at(pieces, layers, j).is_finite();
    let first = (start..stop).find(|j| is_plural(*j))?;
    let compound = |j: &usize| is_plural(*j) && !pieces.capital(*j);
    Some((first + 1..stop).take_while(compound).last().unwrap_or(first))
}

fn looks_plural(pieces: &Pieces, i: usize) -> bool {
    const PLURALS: [&str; 14] = [
        "people",
        "men",
        "women",
        "children",
        "police",
        "troops",
        "personnel",
        "aircraft",
        "staff",
        "crew",
        "sheep",
        "fish",
        "lives",
        "crewmen",
    ];
    const NO_PLURALS: [&str; 10] =
        ["us", "is", "was", "has", "its", "his", "this", "previous", "various", "religious"];
    let word = pieces.lower(i);
    let s = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    let men = word.len() > 5 && word.ends_with("men");
    (s || men || PLURALS.contains(&word)) && !NO_PLURALS.contains(&word)
}

/// The last noun of the phrase after "one".
fn singular(pieces: &Pieces, layers: &Annotations, start: usize, stop: usize) -> Option<usize> {
    let pos = |j: usize| pos_at(pieces, layers, j);
    let first = (start..stop).find(|j| matches!(pos(*j), Pos::NN | Pos::NNS))?;
    let before = (start..first)
        .all(|j| pos(j).is_adjective() || pos(j).is_name() || matches!(pos(j), Pos::VBN | Pos::VBG));
    let last = (first..stop).take_while(|j| pos(*j) == Pos::NN).last().unwrap_or(first);
    before.then_some(last)
}

/// "person" and "people" are one unit.
fn unit_of(word: &str, pos: Pos) -> String {
    match word {
        "people" | "person" | "persons" => "people".to_owned(),
        "troops" | "police" | "personnel" => word.to_owned(),
        word if CASUALTY.contains(&word) => word.to_owned(),
        word => lemma(word, if pos.is_noun() && pos != Pos::NN { pos } else { Pos::NNS }).into_owned(),
    }
}
