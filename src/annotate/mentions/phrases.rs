//! Pronouns, and nouns that speak of people and bodies without a name.
//!
//! In: the words of a report, and which of them are already spoken for. Out: pronoun and nominal mentions.

use std::ops::Range;

use super::titles::{is_determiner, known_at};
use super::words::Word;
use crate::annotate::lexicon::{self, Nominal};
use crate::annotate::{EntityKind, Mention, MentionKind};
use crate::span::Span;

/// The pronouns among `words`.
pub(super) fn pronouns(words: &[Word]) -> Vec<Mention> {
    let found = words.iter().filter(|w| !w.furniture).filter_map(|w| pronoun_kind(w).map(|of| (w.span, of)));
    found
        .map(|(span, of)| Mention { span, head: span, kind: MentionKind::Pronoun, of, entity: None })
        .collect()
}

fn pronoun_kind(word: &Word) -> Option<EntityKind> {
    if word.acronym() {
        return None;
    }
    match word.lower().as_str() {
        "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" | "i" | "me" | "my"
        | "myself" | "i’m" | "i've" | "i’ve" | "i'm" | "i’d" | "i’ll" | "i'll" | "i'd" | "he’s" | "he's"
        | "she’s" | "she's" => Some(EntityKind::Person),
        "they" | "them" | "their" | "theirs" | "themselves" | "we" | "us" | "our" | "ours" => {
            Some(EntityKind::Group)
        }
        "you" | "your" | "it" | "its" => Some(EntityKind::Other),
        _ => None,
    }
}

/// The nominals among `words` whose head is not `taken` by a title or a name.
pub(super) fn nominals(words: &[Word], taken: &dyn Fn(Span) -> bool) -> Vec<Mention> {
    (0..words.len()).filter_map(|at| nominal_at(words, at, taken)).collect()
}

fn nominal_at(words: &[Word], at: usize, taken: &dyn Fn(Span) -> bool) -> Option<Mention> {
    let head = words.get(at).filter(|w| !w.furniture)?;
    let class = lexicon::nominal(&head.lower())?;
    let goes_on = words.get(at + 1).is_some_and(|next| next.follows(head) && is_noun_after(next));
    if goes_on || taken(head.span) {
        return None;
    }
    let (range, determined) = phrase(words, at);
    if class != Nominal::People && !determined {
        return None;
    }
    let of = match class {
        Nominal::People => EntityKind::Group,
        Nominal::Body => EntityKind::Organization,
        Nominal::Person => EntityKind::Person,
    };
    let span = words.get(range.start)?.span.cover(head.span);
    Some(Mention { span, head: head.span, kind: MentionKind::Nominal, of, entity: None })
}

/// Whether the word after a noun makes that noun only a modifier: "police" in "police station".
fn is_noun_after(next: &Word) -> bool {
    match next.pos {
        Some(pos) => pos.is_noun() && !next.capitalised(),
        None => lexicon::nominal(next.text).is_some() || lexicon::office(next.text).is_some(),
    }
}

/// The noun phrase that `head` ends, and whether a determiner or a possessor stands in it.
fn phrase(words: &[Word], head: usize) -> (Range<usize>, bool) {
    const REACH: usize = 6;
    let (mut start, mut determined) = (head, false);
    while start > 0 && head - start < REACH {
        let (Some(before), Some(word)) = (words.get(start - 1), words.get(start)) else { break };
        if !word.touches(before) {
            break;
        }
        let lower = before.lower();
        if is_determiner(&lower) || matches!(lower.as_str(), "both" | "two" | "some" | "several" | "many") {
            return (start - 1..head + 1, true);
        }
        let known = (start.saturating_sub(lexicon::LONGEST_NAME)..start)
            .filter_map(|i| known_at(words, i))
            .find(|(range, _)| range.end == start);
        if let Some((range, _)) = known {
            (start, determined) = (range.start, true);
        } else if before.possessive {
            return (start - 1..head + 1, true);
        } else if lexicon::is_title_modifier(&lower) || before.pos.is_some_and(|pos| pos.is_adjective()) {
            start -= 1;
        } else {
            break;
        }
    }
    (start..head + 1, determined)
}
