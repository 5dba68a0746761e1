//! How far a title reaches on either side of its noun.
//!
//! In: words and the place of a noun of office. Out: where its title begins ("the Norwegian" before "minister")
//! and ends ("of the Sylvan Fund" after "head"). It does not know whether the noun is an office here.

use std::ops::Range;

use super::words::Word;
use crate::annotate::lexicon::{self, Known, LONGEST_NAME, Office};
use crate::annotate::tagger;
use crate::annotate::{EntityKind, Pos};

/// How many words a title can have on either side of its noun.
const REACH: usize = 10;

/// The first word of the title whose noun starts at `noun`: modifiers, names and a determiner before it.
pub(super) fn left(words: &[Word], noun: usize, floor: usize) -> usize {
    let mut start = noun;
    while start > floor && noun - start < REACH {
        let (Some(before), Some(word)) = (words.get(start - 1), words.get(start)) else { break };
        if !word.touches(before) {
            break;
        }
        if let Some(name) = known_ending(words, start) {
            start = name.start.max(floor);
            continue;
        }
        let lower = before.lower();
        if is_determiner(&lower) && !before.possessive {
            return start - 1;
        }
        if before.possessive {
            return possessor(words, start, floor);
        }
        // "then" and "ex" are modifiers only with their hyphen.
        let hyphen = !matches!(lower.as_str(), "then" | "ex") || word.hyphenated();
        if (lexicon::is_title_modifier(&lower) && hyphen)
            || is_age(words, start)
            || is_field(words, start - 1)
        {
            start -= 1;
        } else if before.capitalised()
            && (!before.initial || opens_name(before, word, start < noun))
            && !takes_no_name(words, start, noun)
        {
            let run = run_start(words, start, floor);
            start = if run < start { run } else { start - 1 };
            start = body_before_of(words, start, floor).unwrap_or(start);
        } else if is_sort(words, start - 1, noun) {
            start -= 1;
        } else {
            break;
        }
    }
    // A sentence-initial capital that is only a common word ("Top", "Former") is kept: it is a modifier.
    start
}

/// Whether a capital at the head of a sentence begins the name of what a title leads: "Centre" in "Centre Party leader", "Left"
/// in "Left Alliance leader", "VKF" in "VKF chief".
fn opens_name(before: &Word, word: &Word, within: bool) -> bool {
    let plain = !lexicon::is_common_word(&before.lower()) || before.pos == Some(Pos::JJ);
    let body = matches!(before.pos, Some(Pos::NN | Pos::NNP | Pos::VBD | Pos::VBN))
        && lexicon::last_word(word.text) == Some(EntityKind::Organization);
    let acronym = !within && before.acronym() && before.text.len() < 6 && !word.capitalised() && plain;
    (acronym || within && word.capitalised() && (plain || body)) && !before.possessive
}

/// Where "Bank of Orvik" begins in "Bank of Orvik governor", whose last name begins at `start`.
fn body_before_of(words: &[Word], start: usize, floor: usize) -> Option<usize> {
    let head = start.checked_sub(2).filter(|head| *head >= floor)?;
    let (body, of, name) = (words.get(head)?, words.get(head + 1)?, words.get(start)?);
    let joined = of.text == "of" && of.follows(body) && name.follows(of);
    let named =
        joined && body.capitalised() && lexicon::last_word(body.text) == Some(EntityKind::Organization);
    named.then(|| run_start(words, start - 1, floor).min(head))
}

/// Whether the plain noun at `at` says of what sort the holder of an office beside a name is: "shop" in "shop owner Ann Hale".
fn is_sort(words: &[Word], at: usize, noun: usize) -> bool {
    let Some((sort, head)) = words.get(at).zip(words.get(noun)) else { return false };
    let named = words.get(noun + 1).is_some_and(|name| name.capitalised() && name.follows(head));
    let pos = matches!(sort.pos, Some(Pos::NN)) || at + 1 < noun && sort.pos == Some(Pos::JJ);
    let plain = pos && !sort.capitalised() && !sort.possessive && !sort.hyphenated();
    named && plain && !head.capitalised() && noun - at < 3
}

/// Whether the word at `at` says which office it is, right after what says whose: "water" in "the city’s water minister",
/// "commerce" in "the commerce secretary".
fn is_field(words: &[Word], at: usize) -> bool {
    let Some((owner, field)) = at.checked_sub(1).and_then(|i| words.get(i)).zip(words.get(at)) else {
        return false;
    };
    let noun = matches!(field.pos, Some(Pos::NN | Pos::JJ)) && !field.capitalised() && !field.possessive;
    let owned = owner.possessive || matches!(owner.lower().as_str(), "the" | "its" | "their");
    noun && owned && field.touches(owner)
}

/// A capitalised run before a capitalised noun is a name of its own unless it names a body.
fn takes_no_name(words: &[Word], start: usize, noun: usize) -> bool {
    // "an Alden spokeswoman": a person's name has no article.
    let article = start.checked_sub(2).and_then(|i| words.get(i)).zip(words.get(start - 1));
    let article = article.is_some_and(|(before, name)| {
        matches!(before.text, "a" | "an" | "A" | "An" | "the" | "The") && name.follows(before)
    });
    let person = !article && words.get(start - 1).is_some_and(|w| lexicon::is_given_name(w.text));
    let capital = words.get(noun).is_some_and(Word::capitalised);
    person || (capital && words.get(noun).is_some_and(|w| lexicon::office(&w.lower()).is_none()))
}

/// The start of the capitalised run that ends before `end`.
fn run_start(words: &[Word], end: usize, floor: usize) -> usize {
    let mut start = end;
    while start > floor && end - start < 5 {
        let Some(before) = words.get(start - 1).filter(|w| w.capitalised()) else { break };
        let joined = start == end || words.get(start).is_some_and(|w| w.follows(before));
        let common = lexicon::is_common_word(&before.lower()) && before.initial;
        if !joined || common {
            break;
        }
        start -= 1;
    }
    start
}

/// The start of "Putin’s", "the company’s", "her country’s" before `end`.
fn possessor(words: &[Word], end: usize, floor: usize) -> usize {
    if words.get(end - 1).is_some_and(Word::capitalised) {
        let start = run_start(words, end, floor);
        return if start == end { end - 1 } else { start };
    }
    let mut start = end - 1;
    while start > floor && end - start < 5 {
        let (Some(before), Some(word)) = (words.get(start - 1), words.get(start)) else { break };
        if !word.follows(before) {
            break;
        }
        let lower = before.lower();
        if is_determiner(&lower) {
            return start - 1;
        }
        if !lexicon::is_title_modifier(&lower) && !before.capitalised() && before.pos != Some(Pos::JJ) {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether the word before `start` is part of an age: "49-year-old".
fn is_age(words: &[Word], start: usize) -> bool {
    let Some(before) = words.get(start - 1) else { return false };
    matches!(before.text, "year" | "old") || before.text.chars().all(|c| c.is_ascii_digit())
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "my" | "another")
}

/// The known name that ends before `end`, the longest first.
fn known_ending(words: &[Word], end: usize) -> Option<Range<usize>> {
    let starts = end.saturating_sub(LONGEST_NAME)..end;
    let ranges = starts.filter_map(|start| known_at(words, start).map(|(range, _)| range));
    ranges.into_iter().find(|range| range.end == end)
}

/// The longest known name that starts at `start`.
pub(in crate::annotate) fn known_at(words: &[Word], start: usize) -> Option<(Range<usize>, Known)> {
    let first = words.get(start)?;
    if !first.capitalised() && first.text != "al" && !first.text.starts_with(char::is_numeric) {
        return None;
    }
    let mut name = String::new();
    let mut longest = None;
    for end in start..(start + LONGEST_NAME).min(words.len()) {
        let word = words.get(end)?;
        if end > start {
            if !words.get(end - 1).is_some_and(|before| word.follows(before)) {
                break;
            }
            name.push(' ');
        }
        name.push_str(word.text);
        longest = lexicon::known(&name).map(|known| (start..end + 1, known)).or(longest);
    }
    let longest = longest.filter(|(range, known)| match known {
        Known::Group(Some(_)) => !is_within_party_name(words, range),
        _ => true,
    });
    longest.filter(|(range, _)| words.get(range.start).is_some_and(Word::capitalised) || range.len() > 1)
}

/// Whether a word for the members of a party is only a part of another party's name: "Democrats" in "Free Democrats",
/// "Labour" in "National Labour Front". "House Democrats" and "Labour MP" are theirs.
fn is_within_party_name(words: &[Word], range: &Range<usize>) -> bool {
    let Some((first, last)) = words.get(range.start).zip(words.get(range.end - 1)) else { return false };
    let before = range.start.checked_sub(1).and_then(|i| words.get(i));
    let before = before.filter(|w| w.capitalised() && first.follows(w));
    let plain = |w: &Word| {
        let title = lexicon::office(&w.lower()).is_some() || lexicon::is_rank(w.text);
        title
            || matches!(w.text, "House" | "Senate" | "State")
            || lexicon::known(w.text).is_some_and(|known| !matches!(known, Known::Group(None)))
    };
    let qualified = before.is_some_and(|w| !plain(w) && (!w.initial || tagger::is_ordinary(w.text)));
    let next = words.get(range.end).filter(|w| w.capitalised() && w.follows(last));
    let goes_on = next.is_some_and(|w| {
        (lexicon::last_word(w.text).is_some() && w.text != "Party")
            || matches!(w.text, "Front" | "Republic" | "Left")
    });
    qualified || goes_on
}

/// The end of the title whose noun is `noun`: "of …", "for …" and the like belong to it.
pub(super) fn right(words: &[Word], noun: &Range<usize>) -> usize {
    let end = noun.end;
    let (Some(head), Some(preposition)) = (words.get(end - 1), words.get(end)) else { return end };
    let noun = head.lower();
    let takes = match preposition.text {
        "of" => true,
        "for" => {
            noun.starts_with("spokes")
                || ["secretary", "minister", "envoy", "director"].contains(&noun.as_str())
        }
        "to" => ["adviser", "advisor", "envoy", "ambassador", "aide", "secretary"].contains(&noun.as_str()),
        "at" => lexicon::office(&noun) == Some(Office::Occupation) || noun == "director",
        _ => false,
    };
    if !takes || !preposition.follows(head) {
        return end;
    }
    let attached = attachment(words, end + 1);
    if attached > end + 1 { attached } else { end }
}

/// The end of the noun phrase that starts at `start`.
fn attachment(words: &[Word], start: usize) -> usize {
    let mut end = start;
    let mut nouns = 0;
    while end < start + REACH {
        let (Some(before), Some(word)) = (end.checked_sub(1).and_then(|b| words.get(b)), words.get(end))
        else {
            break;
        };
        if !word.touches(before) {
            break;
        }
        let lower = word.lower();
        let inner = if word.capitalised() {
            nouns += 1;
            true
        } else if end == start && is_determiner(&lower) {
            true
        } else if matches!(lower.as_str(), "of" | "for") && nouns > 0 {
            words.get(end + 1).is_some_and(|w| w.capitalised() || w.text == "the")
        } else if matches!(lower.as_str(), "the" | "bin" | "al" | "van" | "de" | "von") {
            words.get(end + 1).is_some_and(Word::capitalised)
        } else {
            let noun = is_nounish(word, before);
            nouns += usize::from(noun);
            noun || lexicon::is_title_modifier(&lower)
        };
        if !inner {
            break;
        }
        end += 1;
    }
    if nouns == 0 { start } else { end }
}

fn is_nounish(word: &Word, before: &Word) -> bool {
    match word.pos {
        Some(pos) => pos.is_noun() || pos.is_adjective(),
        // Without a tagger only the word after ’s or a modifier is safely a noun.
        None => {
            before.possessive || is_determiner(&before.lower()) || lexicon::is_title_modifier(&before.lower())
        }
    }
}
