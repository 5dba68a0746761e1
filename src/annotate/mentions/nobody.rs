//! Capitalised words that name nobody.
//!
//! In: a word, or a run of them. Out: whether it is the calendar's, a label's ("PHOTO"), a handle's, a slogan's.
//! It does not know what the others name.

use super::words::{Word, singular};
use crate::annotate::lexicon;

/// Whether a word that is capitalised everywhere names nobody, so that no name begins with it.
pub(super) fn is_never_name(word: &Word) -> bool {
    is_calendar(word)
        || word.text == "I"
        || word.text.starts_with("I’")
        || word.text.starts_with("I'")
        || (word.text.len() == 1 && !word.initial)
        || word.gap.ends_with(['#', '@'])
        || lexicon::names_nobody(word.text)
}

/// Whether the word is a day or a month.
pub(super) fn is_calendar(word: &Word) -> bool {
    const CALENDAR: &str = " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May \
        June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ";
    word.text.len() >= 3 && CALENDAR.contains(&format!(" {} ", word.text))
}

/// Whether the month at `at` is somebody's given name: "Jan Orvik", "April Hale"; a capitalised name follows, and before
/// it stands nothing that a date follows.
pub(super) fn is_given_name(words: &[Word], at: usize) -> bool {
    let Some((month, name)) = words.get(at).zip(words.get(at + 1)) else { return false };
    let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|before| month.follows(before));
    let dated = before.is_some_and(|w| {
        matches!(
            w.lower().as_str(),
            "in" | "by"
                | "since"
                | "until"
                | "till"
                | "from"
                | "to"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
                | "of"
                | "for"
                | "during"
                | "and"
                | "or"
        ) || w.text.starts_with(char::is_numeric)
    });
    lexicon::is_given_name(month.text)
        && is_calendar(month)
        && !dated
        && name.capitalised()
        && name.follows(month)
        && !is_calendar(name)
}

/// Whether the word is the plural of an office: "Senators", "Secretaries".
pub(super) fn is_plural_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    singular(&lower).is_some_and(|noun| lexicon::office(&noun).is_some()) && lexicon::office(&lower).is_none()
}

/// Whether a capitalised run is a headline's or a slogan's: it holds a word that no name of a person or place does.
pub(super) fn is_phrase(run: &[Word]) -> bool {
    let function = |w: &Word| {
        matches!(
            w.text,
            "Our"
                | "My"
                | "Your"
                | "We"
                | "They"
                | "You"
                | "Is"
                | "IS"
                | "Are"
                | "Be"
                | "To"
                | "Not"
                | "It"
                | "If"
                | "How"
                | "What"
                | "Why"
                | "When"
                | "Who"
                | "Could"
                | "Should"
                | "Will"
                | "Can"
                | "Do"
                | "Does"
                | "Don’t"
                | "Don't"
                | "Never"
                | "For"
                | "From"
                | "With"
                | "Their"
                | "More"
                | "Must"
                | "Was"
                | "Has"
                | "Have"
        )
    };
    // A surname can be "Do" or "To", and a given name "Will": those words alone say nothing in a pair.
    run.iter().any(function)
        && (run.len() > 2 || !run.iter().any(|w| matches!(w.text, "Do" | "To" | "Will" | "Can" | "Be")))
}

/// Whether the word abbreviates a state of the United States where a stop follows it: "Alpharetta, Ga."
pub(super) fn is_state(word: &Word) -> bool {
    const STATES: &str = " Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb \
        Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo ";
    word.stopped && word.gap == ", " && STATES.contains(&format!(" {} ", word.text))
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    #[test]
    fn labels_and_handles_name_nobody() {
        let words = scan("PHOTO of Ann Hale on #OrvikNow in May, Va. and Oslo");
        let nobody: Vec<_> = words.iter().filter(|w| is_never_name(w)).map(|w| w.text).collect();
        assert_eq!(nobody, ["PHOTO", "OrvikNow", "May"]);
        let states: Vec<_> = words.iter().filter(|w| is_state(w)).map(|w| w.text).collect();
        assert_eq!(states, ["Va"]);
    }

    #[test]
    fn a_month_before_a_surname_is_a_given_name() {
        let given = |text: &str, at: usize| is_given_name(&scan(text), at);
        assert!(given("Jan Orvik left", 0) && given("spokeswoman April Hale", 1));
        assert!(!given("In April Hale left", 1) && !given("Jan 3", 0) && !given("Tom Bell left", 0));
        assert!(!given("June, Hale said", 0) && !given("June", 0));
    }

    #[test]
    fn slogans_and_offices_are_told_from_names() {
        assert!(is_phrase(&scan("To Take Back Our Streets")) && is_phrase(&scan("Our Lives")));
        assert!(!is_phrase(&scan("Will Hale")) && !is_phrase(&scan("Oslo Trade Union")));
        assert!(is_plural_office("Senators") && is_plural_office("Secretaries"));
        assert!(!is_plural_office("Wales") && !is_plural_office("Senator"));
    }
}
