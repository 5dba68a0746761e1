//! Words that news uses for one thing.
//!
//! In: a lemma. Out: the concept that it stands for, itself where it stands for none. It does not know the
//! sentence: a word of two meanings is in no concept.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One concept a line: its name, then the lemmas. From general knowledge of news English; a line holds only
/// words that an editor would let stand for one another in a headline. What must be told apart
/// (cancelled / postponed, killed / injured, will / may) is in different lines. A verb with its particle is joined by `_`.
static CONCEPTS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("concepts.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .flat_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default();
            words.map(move |word| (word, name)).chain([(name, name)])
        })
        .collect()
});

/// The concept of `lemma` (lower case), which may be a verb with its particle ("step down").
pub fn concept(lemma: &str) -> &str {
    let found = match lemma.contains(' ') {
        true => CONCEPTS.get(lemma.replace(' ', "_").as_str()),
        false => CONCEPTS.get(lemma),
    };
    found.copied().unwrap_or(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn talks_are_negotiations_but_delays_are_not_cancellations() {
        assert_eq!(concept("talks"), concept("negotiation"));
        assert_eq!(concept("negotiator"), concept("talk"));
        assert_ne!(concept("cancel"), concept("postpone"));
        assert_eq!(concept("zebra"), "zebra");
        assert_eq!(concept("step down"), concept("resignation"));
        assert_eq!(concept("walk down"), "walk down");
    }

    #[test]
    fn no_word_stands_in_two_lines() {
        let mut seen = HashSet::new();
        let lines = include_str!("concepts.txt").lines().filter(|l| !l.starts_with('#'));
        for word in lines.flat_map(str::split_whitespace) {
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
