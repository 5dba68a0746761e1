//! Which verbs name an event of which PLOVER root type.
//!
//! In: `verbs.txt`. Out: the [`Rule`]s of a lemma. It does not know the sentence.

use std::collections::{BTreeMap, BTreeSet};
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
    /// One of these nouns stands somewhere in the rest of the clause, where there are any.
    pub anywhere: Vec<&'static str>,
    /// One of these prepositions stands behind its object, where there are any.
    pub then: Vec<&'static str>,
    /// None of these nouns follows.
    pub without: Vec<&'static str>,
    /// What is said has one of these modals, where there are any.
    pub modals: Vec<&'static str>,
}

impl Rule {
    /// Whether the verb tells what it tells but with the nouns of the rule: "met", but not "met the demand".
    pub fn only_excludes(&self) -> bool {
        self.generality() == 1
    }

    /// 0 where it asks for something beside the verb, 1 where it only excludes, 2 where the verb is enough.
    fn generality(&self) -> u8 {
        let wanted = [&self.next, &self.nouns, &self.anywhere, &self.then, &self.modals];
        match () {
            () if wanted.iter().any(|list| !list.is_empty()) => 0,
            () if !self.without.is_empty() => 1,
            () => 2,
        }
    }
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
        if let (Some(root), Some(lemmas)) = (words.next(), words.next()) {
            let rule = rule(root, words);
            for lemma in lemmas.split(',') {
                rules.entry(lemma).or_default().extend(rule.clone());
            }
        }
    }
    // What asks for more is asked first, wherever its line stands.
    rules.values_mut().for_each(|of_lemma| of_lemma.sort_by_key(Rule::generality));
    rules
});

fn rule(root: &str, conditions: impl Iterator<Item = &'static str>) -> Option<Rule> {
    let root = ROOTS.into_iter().find(|r| *r == root)?;
    let mut rule = Rule { root, ..Rule::default() };
    for condition in conditions {
        let list = |sign| condition.strip_prefix(sign).map(|words: &'static str| words.split(',').collect());
        rule.next = list('+').unwrap_or(rule.next);
        rule.nouns = list('=').unwrap_or(rule.nouns);
        rule.anywhere = list('&').unwrap_or(rule.anywhere);
        rule.then = list('>').unwrap_or(rule.then);
        rule.without = list('!').unwrap_or(rule.without);
        rule.modals = list('^').unwrap_or(rule.modals);
    }
    Some(rule)
}

/// The root type of the name that `from` gives; fails where there is none.
pub fn root<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(from)?;
    let root = ROOTS.into_iter().find(|root| *root == name);
    root.ok_or_else(|| D::Error::custom(format!("{name} is no root type")))
}

/// Nouns that say with a verb what is done: "attack", "sanction".
static DEEDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let rules = RULES.values().flatten();
    rules.flat_map(|rule| rule.nouns.iter().copied()).collect()
});

/// Whether a noun says with some verb what is done.
pub fn is_deed(noun: &str) -> bool {
    DEEDS.contains(noun)
}

/// The rules of the verb `lemma`: those with conditions first, each kind in the order of its lines.
pub fn rules(lemma: &str) -> &'static [Rule] {
    RULES.get(lemma).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_rule() {
        let lines = include_str!("verbs.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let lemmas = lines.map(|l| l.split_whitespace().nth(1).map_or(0, |lemmas| lemmas.split(',').count()));
        assert_eq!(lemmas.sum::<usize>(), RULES.values().map(Vec::len).sum::<usize>());
        assert_eq!(
            rules("strike").iter().map(|r| r.root).collect::<Vec<_>>(),
            ["AGREE", "ASSAULT", "REJECT", "ASSAULT"]
        );
        assert_eq!(rules("mount").first(), rules("stage").iter().find(|r| r.root == "ASSAULT"));
        assert_eq!(rules("call")[0].next, ["for", "on", "upon"]);
        assert!(rules("stroll").is_empty());
    }
}
