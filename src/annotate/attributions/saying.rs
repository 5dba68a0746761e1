//! Verbs of saying.
//!
//! In: a word in lower case. Out: whether it is a form of one. It does not know in which sense.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static FORMS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../lexicon/cues_saying.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether `word` is a form of a verb of saying.
pub fn is_saying(word: &str) -> bool {
    FORMS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_saying() {
        assert!(["said", "warns", "wrote", "according"].into_iter().all(is_saying));
        assert!(!["offered", "#", "form", "after"].into_iter().any(is_saying));
    }
}
