//! Noun phrases, found from either end.
//!
//! In: words with their parts of speech. Out: ranges of tokens. It does not know whom they name.

use std::ops::Range;

use super::super::Pos;
use super::words::Words;

/// Prepositions that attach a phrase to the noun before it.
const ATTACHING: [&str; 9] = ["of", "for", "at", "in", "from", "with", "on", "to", "against"];

/// Days, which stand before a subject without belonging to it: "On Monday Moe said".
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The end of the plain noun phrase (no prepositions, no apposition) that begins at `start`.
pub fn end(words: &Words, start: usize, limit: usize) -> Option<usize> {
    let mut i = start;
    let mut noun = false;
    while i < limit && words.quote_of(i).is_none() {
        let pos = words.pos(i);
        match pos {
            Pos::PRP => return if i == start { Some(i + 1) } else { Some(i).filter(|_| noun) },
            Pos::DT | Pos::PDT | Pos::PRPS if noun => break,
            _ if noun && words.is(i, &["last", "next", "earlier", "late", "early"]) => break,
            Pos::DT | Pos::PDT | Pos::PRPS | Pos::POS => {}
            Pos::CD => noun = true,
            _ if pos.is_noun() => noun = true,
            _ if pos.is_adjective() => {}
            Pos::VBN | Pos::VBG if i > start && i + 1 < limit && words.pos(i + 1).is_noun() && !noun => {}
            _ if words.is(i, &["$", "%", "&", "€", "£", "-", "–"]) && i + 1 < limit && i > start => {}
            _ => break,
        }
        i += 1;
    }
    let alone = i == start + 1
        && words.is(start, &["this", "that", "these", "those", "some", "many", "others", "all"]);
    (noun || alone).then_some(i).filter(|i| *i > start)
}

/// The end of the noun phrase that begins at `start`, with what prepositions attach to it.
pub fn end_with_attachments(words: &Words, start: usize, limit: usize) -> Option<usize> {
    let mut i = end(words, start, limit)?;
    for _ in 0..6 {
        if !(words.is(i, &ATTACHING) || words.is(i, &["and", "&"])) {
            break;
        }
        match end(words, i + 1, limit) {
            Some(e) if !words.pos(e).is_finite() => i = e,
            _ => break,
        }
    }
    Some(i)
}

/// The start of the plain noun phrase that ends before `end`.
pub fn start(words: &Words, end: usize, limit: usize) -> Option<usize> {
    let last = end.checked_sub(1).filter(|i| *i >= limit && words.quote_of(*i).is_none())?;
    if words.pos(last) == Pos::PRP {
        return Some(last);
    }
    let closes = words.is(last, &[")", "]"]);
    let mut i = if closes { (limit..last).rev().take(6).find(|j| words.is(*j, &["(", "["]))? } else { end };
    let mut noun = false;
    while i > limit && words.quote_of(i - 1).is_none() {
        let pos = words.pos(i - 1);
        let next_is_nominal = |i: usize| noun && (words.pos(i).is_noun() || words.pos(i).is_adjective());
        match pos {
            Pos::DT | Pos::PDT | Pos::PRPS => {
                noun = noun
                    || words.is(i - 1, &["this", "that", "these", "those", "some", "many", "all", "both"]);
                i -= 1;
                break;
            }
            Pos::CD => noun = true,
            Pos::POS if noun => {}
            _ if pos.is_noun() => noun = true,
            _ if pos.is_adjective() && (noun || words.is(i - 1, &["many", "others", "several", "few"])) => {
                noun = true
            }
            Pos::VBN | Pos::VBG if next_is_nominal(i) => {}
            _ if noun && words.is(i - 1, &["&", "-", "–"]) && i - 1 > limit && words.pos(i - 2).is_noun() =>
                {}
            _ => break,
        }
        i -= 1;
    }
    noun.then_some(i).filter(|i| *i < end)
}

/// The noun phrase that ends before `end`, with the nouns that it is attached to ("the head of the fund",
/// "X and Y").
pub fn before(words: &Words, end: usize, limit: usize) -> Option<Range<usize>> {
    let mut from = start(words, end, limit)?;
    for _ in 0..6 {
        let Some(link) = from.checked_sub(1).filter(|l| *l > limit) else { break };
        let joins = words.is(link, &["and", "or", "&"]);
        if !(joins || words.is(link, &ATTACHING)) {
            break;
        }
        match start(words, link, limit) {
            Some(s) if words.pos(s) == Pos::PRP => break,
            Some(s) if joins && !begins_clause(words, s, limit) => break,
            Some(s) => from = s,
            None => break,
        }
    }
    let dated = from + 1 < end && words.is(from, &WEEKDAYS);
    Some(if dated { from + 1..end } else { from..end })
}

/// Whether what stands before `i` lets a subject begin there.
fn begins_clause(words: &Words, i: usize, limit: usize) -> bool {
    i <= limit
        || words.is(
            i - 1,
            &[",", ";", ":", "—", "–", "-", "that", "and", "but", "as", "after", "while", "when", "because"],
        )
        || (words.is(i - 1, &ATTACHING) && i >= limit + 2 && words.pos(i - 2).is_noun())
}
