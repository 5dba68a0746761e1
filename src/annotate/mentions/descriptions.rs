//! Words that describe a name and are no part of it, though a sentence gives them a capital.
//!
//! In: words. Out: whether the word at the head of a sentence only says what the name after it is: "Rival Salvik Foods",
//! "Carmaker Orvik", "Forecaster Tom Bell". It does not know what sort of thing the name names.

use super::usage::Usage;
use super::words::Word;
use crate::annotate::{lexicon, tagger};

/// Whether the word at `at` describes the name that follows it.
pub(super) fn describes(words: &[Word], at: usize, usage: &Usage) -> bool {
    let Some((word, next)) = words.get(at).zip(words.get(at + 1)) else { return false };
    let follows = next.capitalised() && next.follows(word) && !next.hyphenated();
    if !word.initial || !word.capitalised() || !follows || usage.capital.contains(word.text) {
        return false;
    }
    let lower = word.lower();
    let named = tagger::is_ordinary(next.text) || lexicon::last_word(next.text).is_some();
    (is_firm(&lower) && !named) || (is_job(word, &lower) && is_full_name(words, at + 1))
}

/// Whether a given name at `at` goes on with another capitalised word.
fn is_full_name(words: &[Word], at: usize) -> bool {
    let pair = words.get(at).zip(words.get(at + 1));
    pair.is_some_and(|(given, name)| {
        lexicon::is_given_name(given.text) && name.capitalised() && name.follows(given)
    })
}

/// Nouns for a firm that stand before its name without an article.
pub(super) fn is_firm(word: &str) -> bool {
    word.len() > 6 && word.ends_with("maker")
        || matches!(
            word,
            "rival"
                | "rivals"
                | "lender"
                | "operator"
                | "retailer"
                | "insurer"
                | "airline"
                | "broadcaster"
                | "supermarket"
                | "brewer"
                | "utility"
                | "newspaper"
                | "supplier"
                | "startup"
                | "shipbuilder"
                | "newcomer"
                | "subsidiary"
                | "parent"
                | "charity"
        )
}

/// Whether the word says what somebody does: an office, a role, or a noun that ends like one and is no name.
fn is_job(word: &Word, lower: &str) -> bool {
    let ending = ["er", "or", "ist", "man", "woman", "ian"].iter().any(|ending| lower.ends_with(ending));
    let known = lexicon::office(lower).is_some() || lexicon::is_role(lower);
    !lexicon::is_given_name(word.text) && (known || (ending && !tagger::is_mostly_capitalised(lower)))
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn described(text: &str) -> bool {
        let words = scan(text);
        describes(&words, 0, &Usage::of(&words))
    }

    #[test]
    fn what_a_firm_or_a_person_is_stands_before_the_name() {
        for text in [
            "Rival Salvik Foods left.",
            "Carmaker Orvik left.",
            "Forecaster Tom Bell left.",
            "Welder Ann Hale left.",
        ] {
            assert!(described(text), "{text}");
        }
    }

    #[test]
    fn a_name_keeps_its_first_word() {
        for text in [
            "Fair Table left.",
            "Tom Bell left.",
            "Parker Ann Hale left.",
            "Rival Salvik left, and so did Rival Orvik.",
            "Rival firms left.",
            "Rival",
        ] {
            assert!(!described(text), "{text}");
        }
    }
}
