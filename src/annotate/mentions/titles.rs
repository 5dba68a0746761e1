//! Titles: noun phrases that are headed by an office.
//!
//! In: the words of a report. Out: its [`Title`]s, from the determiner to the end of an attached "of …".
//! It does not know who holds them.

use std::ops::Range;

pub(super) use super::title_extent::is_determiner;
pub(in crate::annotate) use super::title_extent::known_at;
use super::title_extent::{left, right};
use super::words::Word;
use crate::annotate::Pos;
use crate::annotate::lexicon::{self, LONGEST_OFFICE, Office};

/// A noun phrase headed by an office, as ranges of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::annotate) struct Title {
    /// All of it.
    pub words: Range<usize>,
    /// The noun of office: "secretary of state".
    pub noun: Range<usize>,
    /// What sort of office it is.
    pub office: Office,
}

/// The titles among `words`, in order and without overlap of their nouns.
pub(in crate::annotate) fn find(words: &[Word]) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let before = titles.last().cloned();
        match title_at(words, at, before.as_ref()) {
            Some(title) => {
                at = title.noun.end;
                titles.push(title);
            }
            None => at += 1,
        }
    }
    titles
}

fn title_at(words: &[Word], at: usize, before: Option<&Title>) -> Option<Title> {
    let floor = before.map_or(0, |t| t.noun.end);
    let (noun, office) = noun_at(words, at)?;
    let head = words.get(noun.end - 1)?;
    let shouted = head.acronym() && head.text.chars().count() > 4;
    if head.furniture || shouted || in_longer_name(words, &noun) {
        return None;
    }
    let mut start = left(words, noun.start, floor);
    // "the Norwegian president’s adviser": the adviser's title holds the president's.
    if let Some(before) = before.filter(|t| t.noun.end == start && start > 0) {
        let owner = words.get(start - 1).zip(words.get(start));
        if owner.is_some_and(|(owner, word)| owner.possessive && word.touches(owner)) {
            start = before.words.start;
        }
    }
    let named = words.get(noun.end).is_some_and(|next| next.capitalised() && next.follows(head));
    let of = words.get(noun.end).is_some_and(|next| next.text == "of" && next.follows(head));
    if !named && start == noun.start && (office == Office::Occupation || !of) {
        return None;
    }
    if is_slippery(&head.lower()) && noun.len() == 1 && !fits(words, start, &noun, named) {
        return None;
    }
    if named && modifies(words, &noun) {
        return None;
    }
    if head.capitalised() && !named && start == noun.start && closes_name(words, noun.start) {
        return None;
    }
    let end = if named { noun.end } else { right(words, &noun) };
    Some(Title { words: start..end, noun, office })
}

/// The longest noun of office that starts at `at`.
fn noun_at(words: &[Word], at: usize) -> Option<(Range<usize>, Office)> {
    let first = words.get(at)?;
    if lexicon::is_rank(first.text) && first.capitalised() && !first.acronym() {
        let next = words.get(at + 1)?;
        let named = next.capitalised() && next.touches(first);
        return named.then_some((at..at + 1, Office::Held));
    }
    let mut phrase = String::new();
    let mut longest = None;
    for end in at..(at + LONGEST_OFFICE).min(words.len()) {
        let word = words.get(end)?;
        if end > at {
            if !words.get(end - 1).is_some_and(|before| word.follows(before)) {
                break;
            }
            phrase.push(' ');
        }
        phrase.push_str(&word.lower());
        longest = lexicon::office(&phrase).map(|office| (at..end + 1, office)).or(longest);
    }
    longest
}

/// Whether an office that can also be a modifier stands before another that it modifies: "Deputy" in "Deputy Foreign
/// Minister".
fn modifies(words: &[Word], noun: &Range<usize>) -> bool {
    let modifier = |i: usize| words.get(i).is_some_and(|w| lexicon::is_title_modifier(&w.lower()));
    let goes_on = |i: usize| words.get(i - 1).zip(words.get(i)).is_some_and(|(before, w)| w.follows(before));
    if noun.len() > 1 || !modifier(noun.start) {
        return false;
    }
    let next = (noun.end..noun.end + 3).find(|i| noun_at(words, *i).is_some());
    next.is_some_and(|next| {
        let rank = words.get(next).is_some_and(|w| is_rank_of_army(&w.lower()));
        (noun.end..=next).all(goes_on) && (noun.end..next).all(modifier) && !rank && !is_given(words, next)
    })
}

/// Ranks that stand beside an office and not under it: "Army Chief General Hale".
fn is_rank_of_army(word: &str) -> bool {
    matches!(
        word,
        "general" | "colonel" | "admiral" | "major" | "captain" | "lieutenant" | "brigadier" | "marshal"
    )
}

fn is_given(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| lexicon::is_given_name(w.text))
}

/// Whether the noun is part of a longer name: "General" in "General Assembly", "King" in "Stephen King".
fn in_longer_name(words: &[Word], noun: &Range<usize>) -> bool {
    let Some(first) = words.get(noun.start) else { return true };
    let hyphen = words.get(noun.end).is_some_and(|next| next.hyphenated() && !next.capitalised());
    if hyphen {
        return true;
    }
    if !first.capitalised() {
        return false;
    }
    let covering = (noun.start.saturating_sub(3)..=noun.start)
        .filter_map(|start| known_at(words, start))
        .any(|(range, _)| range.end > noun.start && range.len() > noun.len());
    if covering {
        return true;
    }
    let mut end = noun.end;
    while end > 0 && end < noun.end + 4 {
        let (Some(before), Some(word)) = (words.get(end - 1), words.get(end)) else { break };
        if !word.capitalised() || !word.follows(before) {
            break;
        }
        end += 1;
    }
    let last = words.get(end - 1).map(|w| w.text).unwrap_or_default();
    let given = is_given(words, noun.end);
    end > noun.end && !given && lexicon::last_word(last).is_some()
}

/// Whether the capitalised noun at `at` ends a person's name: "Stephen King".
fn closes_name(words: &[Word], at: usize) -> bool {
    let pair = at.checked_sub(1).and_then(|b| words.get(b)).zip(words.get(at));
    pair.is_some_and(|(before, word)| before.capitalised() && !before.initial && word.follows(before))
}

/// Nouns that are more often something else than an office.
fn is_slippery(noun: &str) -> bool {
    const SLIPPERY: [&str; 22] = [
        "head",
        "general",
        "major",
        "chief",
        "justice",
        "chair",
        "whip",
        "host",
        "deputy",
        "lead",
        "boss",
        "anchor",
        "cardinal",
        "principal",
        "major",
        "captain",
        "speaker",
        "judge",
        "coach",
        "dean",
        "marshal",
        "premier",
    ];
    SLIPPERY.contains(&noun)
}

/// Whether a slippery noun is used as an office here.
fn fits(words: &[Word], start: usize, noun: &Range<usize>, named: bool) -> bool {
    if named {
        // "captain Tom Bell", but not "to captain Orvik".
        let noun_word = words.get(noun.start);
        let given = || is_given(words, noun.end) && noun_word.is_some_and(|w| w.pos.is_none_or(Pos::is_noun));
        return noun_word.is_some_and(Word::capitalised) || start < noun.start || given();
    }
    let Some(next) = words.get(noun.end) else { return start < noun.start };
    let open = !next.touches(words.get(noun.end - 1).unwrap_or(next));
    let follows =
        matches!(next.text, "of" | "for" | "at" | "to" | "who" | "and" | "has" | "had" | "was" | "is")
            || matches!(next.pos, Some(Pos::VBD | Pos::VBZ | Pos::MD | Pos::VBN))
            || is_telling(next.text);
    let modified =
        start < noun.start && words.get(noun.start - 1).is_some_and(|w| !is_determiner(&w.lower()));
    let told = start < noun.start && is_telling(next.text) && next.gap == " ";
    (open || follows) && (modified || (next.text == "of" && start < noun.start))
        || told && is_one_who_tells(words, noun.start)
}

/// "the judge said": of the slippery nouns those that, as the subject of a verb of saying, are one person and nothing else.
fn is_one_who_tells(words: &[Word], noun: usize) -> bool {
    let [before, word] = [noun.checked_sub(1), Some(noun)].map(|i| i.and_then(|i| words.get(i)));
    before.is_some_and(|w| matches!(w.lower().as_str(), "the" | "a" | "an" | "another"))
        && word
            .is_some_and(|w| matches!(w.lower().as_str(), "judge" | "coach" | "captain" | "premier" | "dean"))
}

/// Verbs of saying that follow a source, for texts that no tagger has seen.
pub(super) fn is_telling(word: &str) -> bool {
    const TELLING: [&str; 22] = [
        "said",
        "says",
        "told",
        "added",
        "warned",
        "announced",
        "insisted",
        "argued",
        "stated",
        "claimed",
        "tweeted",
        "wrote",
        "denied",
        "confirmed",
        "declared",
        "vowed",
        "noted",
        "explained",
        "urged",
        "called",
        "accused",
        "reiterated",
    ];
    TELLING.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn titles(text: &str) -> Vec<&str> {
        let words = scan(text);
        let span = |t: Title| words[t.words.start].span.cover(words[t.words.end - 1].span);
        find(&words).into_iter().map(|t| span(t).of(text)).collect()
    }

    #[test]
    fn titles_take_their_modifiers() {
        for (text, title) in [
            ("He met US secretary of state Ann Hale there.", "US secretary of state"),
            ("Then Ukrainian President Olek Marko spoke.", "Ukrainian President"),
            ("It was the Freedonian foreign minister.", "the Freedonian foreign minister"),
            ("So Norway’s foreign minister, Ann Hale, left.", "Norway’s foreign minister"),
            ("So Hale’s chief foreign policy adviser, Bo Lund, left.", "Hale’s chief foreign policy adviser"),
            (
                "Ann Hale, the 49-year-old head of the Sylvan Fund, left.",
                "the 49-year-old head of the Sylvan Fund",
            ),
            (
                "Ann Hale, a spokeswoman for the US State Department, left.",
                "a spokeswoman for the US State Department",
            ),
            ("So Sen. Ann Hale left.", "Sen"),
            ("So New York Attorney General Ann Hale left.", "New York Attorney General"),
            ("So the company’s chief executive left.", "the company’s chief executive"),
            ("So Washington Post journalist Ann Hale left.", "Washington Post journalist"),
            ("So Ukrainian Deputy Foreign Minister Ann Hale left.", "Ukrainian Deputy Foreign Minister"),
            ("So captain Tom Bell left.", "captain"),
            ("Then the judge told him to sit.", "the judge"),
            ("So an Alden spokeswoman left.", "an Alden spokeswoman"),
        ] {
            assert_eq!(titles(text), [title], "{text}");
        }
    }

    #[test]
    fn other_uses_of_the_nouns_are_no_titles() {
        for text in [
            "He shook his head slowly.",
            "The head said no.",
            "A general election is a major step.",
            "The UN General Assembly voted.",
            "The novelist met Stephen King in Maine.",
            "It is president-elect season.",
        ] {
            assert_eq!(titles(text), [""; 0], "{text}");
        }
    }
}
