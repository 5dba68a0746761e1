//! Which verbs name an event of which PLOVER root type.
//!
//! In: `verbs.txt`. Out: the [`Rule`]s of a lemma. It does not know the sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, Error};

/// A root type and what must follow the verb for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The PLOVER root type.
    pub root: &'static str,
    /// The next word is one of these, where there are any.
    pub next: Vec<&'static str>,
    /// One of these nouns follows, where there are any.
    pub nouns: Vec<&'static str>,
    /// None of these nouns follows.
    pub without: Vec<&'static str>,
}

/// PLOVER's root types, in the order of the weights' rows.
pub const ROOTS: [&str; 15] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

static RULES: LazyLock<BTreeMap<&'static str, Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
    for line in include_str!("verbs.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let (Some(root), Some(lemma)) = (words.next(), words.next()) {
            rules.entry(lemma).or_default().extend(rule(root, words));
        }
    }
    rules
});

fn rule(root: &str, conditions: impl Iterator<Item = &'static str>) -> Option<Rule> {
    let root = ROOTS.into_iter().find(|r| *r == root)?;
    let mut rule = Rule { root, ..Rule::default() };
    for condition in conditions {
        let list = |sign| condition.strip_prefix(sign).map(|words: &'static str| words.split(',').collect());
        rule.next = list('+').unwrap_or(rule.next);
        rule.nouns = list('=').unwrap_or(rule.nouns);
        rule.without = list('!').unwrap_or(rule.without);
    }
    Some(rule)
}

/// The root type of the name that `from` gives; fails where there is none.
pub fn root<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(from)?;
    let root = ROOTS.into_iter().find(|root| *root == name);
    root.ok_or_else(|| D::Error::custom(format!("{name} is no root type")))
}

/// The rules of the verb `lemma`, in order.
pub fn rules(lemma: &str) -> &'static [Rule] {
    RULES.get(lemma).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_rule() {
        let lines = include_str!("verbs.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        assert_eq!(lines.count(), RULES.values().map(Vec::len).sum::<usize>());
        assert_eq!(
            rules("strike").iter().map(|r| r.root).collect::<Vec<_>>(),
            ["AGREE", "ASSAULT", "ASSAULT"]
        );
        assert_eq!(rules("call")[0].next, ["for", "on", "upon"]);
        assert!(rules("walk").is_empty());
    }
}
