//! Nouns of office and the words around them.
//!
//! In: words in lower case. Out: whether they head a title, stand before one, or speak of people without a
//! name. It does not know who holds an office.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::entries;

/// The longest noun of office, in words.
pub(crate) const LONGEST_OFFICE: usize = 4;

/// What sort of noun heads a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Office {
    /// One that one person holds at a time in one place: "president".
    Held,
    /// An occupation: "journalist".
    Occupation,
}

/// What a noun without a name speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nominal {
    /// People: "officials".
    People,
    /// A body: "the company".
    Body,
    /// One person: "a spokesman".
    Person,
}

static OFFICES: LazyLock<BTreeMap<String, Office>> = LazyLock::new(|| {
    let lines = entries(include_str!("offices.txt")).filter_map(|line| line.split_once(' '));
    let class = |class| if class == "office" { Office::Held } else { Office::Occupation };
    lines.map(|(of, noun)| (noun.replace('-', " "), class(of))).collect()
});

static MODIFIERS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| entries(include_str!("modifiers.txt")).collect());

static COMMON: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| entries(include_str!("common_words.txt")).collect());

static NOBODY: LazyLock<BTreeSet<&str>> = LazyLock::new(|| entries(include_str!("nobody.txt")).collect());

static NOMINALS: LazyLock<BTreeMap<&str, Nominal>> = LazyLock::new(|| {
    let lines = entries(include_str!("nominals.txt")).filter_map(|line| line.split_once(' '));
    let class = |class| match class {
        "p" => Nominal::People,
        "b" => Nominal::Body,
        _ => Nominal::Person,
    };
    lines.map(|(of, noun)| (noun, class(of))).collect()
});

static ROLES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| entries(include_str!("roles.txt")).collect());

/// Whether `noun` (in lower case) is what only a person can be, without being an office: "survivor".
pub(crate) fn is_role(noun: &str) -> bool {
    ROLES.contains(noun)
}

/// What sort of office the words `noun` (in lower case, a space between them) name.
pub(crate) fn office(noun: &str) -> Option<Office> {
    OFFICES.get(noun).copied()
}

/// Whether `word` (in lower case) stands between a country and an office: "foreign".
pub(crate) fn is_title_modifier(word: &str) -> bool {
    MODIFIERS.contains(word)
}

/// Whether `word` (in lower case) often heads a sentence, and so is no name where it does.
pub(crate) fn is_common_word(word: &str) -> bool {
    COMMON.contains(word)
}

/// Whether `word`, as it is written, has capitals wherever it stands and names nobody: "GMT", "PHOTO".
pub(crate) fn names_nobody(word: &str) -> bool {
    NOBODY.contains(word)
}

/// What the noun `word` (in lower case) speaks of, where it has no name.
pub(crate) fn nominal(word: &str) -> Option<Nominal> {
    NOMINALS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_have_at_most_four_words() {
        assert!(OFFICES.keys().all(|noun| noun.split(' ').count() <= LONGEST_OFFICE));
        assert_eq!(office("secretary general"), Some(Office::Held));
        assert_eq!(office("journalist"), Some(Office::Occupation));
        assert_eq!(office("presidency"), None);
        assert!(is_role("survivor") && !is_role("operator"));
    }

    #[test]
    fn nouns_speak_of_people_and_bodies() {
        assert_eq!(nominal("officials"), Some(Nominal::People));
        assert_eq!(nominal("ministry"), Some(Nominal::Body));
        assert_eq!(nominal("table"), None);
        assert!(is_title_modifier("foreign") && !is_title_modifier("green"));
        assert!(is_common_word("however") && !is_common_word("lisbon"));
    }
}
