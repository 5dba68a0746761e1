//! What stands in apposition to a name.
//!
//! In: words and a run of them. Out: whether a noun between commas says that the run names a person: "a survivor",
//! "the operator’s chief engineer". It does not know whose the name is, and reads no name of one word.

use super::runs::Run;
use super::words::Word;
use crate::annotate::lexicon;

/// How many words stand before the end of an apposition's noun; a longer one is a clause.
const REACH: usize = 8;

/// Whether a run of several words is followed by a noun in apposition that only a person can be.
pub(super) fn calls_a_person(words: &[Word], run: &Run) -> bool {
    let last = run.words.end.checked_sub(1).and_then(|i| words.get(i));
    let opened = words.get(run.words.end).is_some_and(|w| w.gap == ", " && !w.capitalised());
    (2..=4).contains(&run.words.len())
        && opened
        && last.is_some_and(|w| !w.possessive)
        && !is_placed(words, run)
        && noun_phrase(words, run.words.end).is_some_and(is_personal)
}

/// Whether the run is where something is: "In Buenos Aires, a nurse, …".
fn is_placed(words: &[Word], run: &Run) -> bool {
    let pair = run.words.start.checked_sub(1).and_then(|i| words.get(i)).zip(words.get(run.words.start));
    let joined = pair.filter(|(before, first)| first.follows(before));
    joined.is_some_and(|(before, _)| {
        let place = ["in", "at", "near", "outside", "inside", "around", "across", "through", "from", "on"];
        place.contains(&before.lower().as_str())
    })
}

/// The noun phrase that starts at `start`, up to a mark or a preposition. A verb would stand at its end, which no
/// role noun then has.
pub(super) fn noun_phrase<'w, 't>(words: &'w [Word<'t>], start: usize) -> Option<&'w [Word<'t>]> {
    let mut end = start + 1;
    while let Some((before, word)) = words.get(end - 1).zip(words.get(end)) {
        if !word.touches(before) || closes(word) {
            break;
        }
        if end - start >= REACH {
            return None;
        }
        end += 1;
    }
    words.get(start..end)
}

fn closes(word: &Word) -> bool {
    matches!(
        word.text,
        "of" | "at"
            | "in"
            | "from"
            | "for"
            | "to"
            | "with"
            | "who"
            | "whose"
            | "on"
            | "near"
            | "and"
            | "based"
    )
}

/// Whether the phrase is headed by a noun that is no body's.
fn is_personal(phrase: &[Word]) -> bool {
    let Some(last) = phrase.last().filter(|w| !w.possessive) else { return false };
    let noun = last.lower();
    let pair =
        phrase.len().checked_sub(2).and_then(|i| phrase.get(i)).map(|w| format!("{} {noun}", w.lower()));
    let office = |noun: &str| lexicon::office(noun).is_some() && !is_also_a_body(noun);
    lexicon::is_role(&noun) || office(&noun) || pair.is_some_and(|pair| office(&pair))
}

/// Nouns of office that a firm is called too: "the market leader", "an asset manager".
pub(super) fn is_also_a_body(noun: &str) -> bool {
    matches!(
        noun,
        "leader"
            | "owner"
            | "investor"
            | "host"
            | "player"
            | "consultant"
            | "designer"
            | "manager"
            | "anchor"
            | "lead"
            | "head"
            | "chief"
            | "banker"
            | "boss"
            | "chair"
            | "author"
            | "candidate"
            | "nominee"
    )
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn person(text: &str, run: std::ops::Range<usize>) -> bool {
        calls_a_person(&scan(text), &Run { words: run, known: None })
    }

    #[test]
    fn a_role_between_commas_makes_a_person() {
        for text in [
            "Ilvane Dorrec, a survivor.",
            "Ilvane Dorrec, a survivor, said so.",
            "Ilvane Dorrec, the operator’s chief engineer, left.",
            "Ilvane Dorrec, a retired truck driver from Orvik, left.",
            "Ilvane Dorrec, chief executive of the line, left.",
        ] {
            assert!(person(text, 0..2), "{text}");
        }
    }

    #[test]
    fn a_firm_a_place_and_a_subject_stay_what_they_are() {
        for text in [
            "Ilvane Dorrec, the operator, left.",
            "Ilvane Dorrec, the market leader, left.",
            "Ilvane Dorrec, a nurse said on Monday.",
            "Ilvane Dorrec’s, a nurse.",
            "Ilvane Dorrec",
            "Ilvane Dorrec, the",
        ] {
            assert!(!person(text, 0..2), "{text}");
        }
        assert!(!person("In Ilvane Dorrec, a nurse, unhurt, waited.", 1..3));
        assert!(!person("Dorrec, a nurse, left.", 0..1));
    }
}
