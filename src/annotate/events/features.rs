//! What the words of a clause say of the type of event that it tells.
//!
//! In: a clause with its verb and whom it is done to. Out: features, as hashes with values. It does not know the
//! types; `types.rs` weighs the features, and `eval train-events` learns the weights.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::lemma;
use super::{Clause, lexicon};

/// A feature of a clause.
pub type Feature = u32;

/// How many words count from the verb on, in whom it is done to, and after.
const FROM_VERB: usize = 12;
const IN_RECIPIENT: usize = 8;
const AFTER: usize = 14;

/// What a word after the recipient counts beside one before.
const FAR: f32 = 0.5;

/// The features of a clause, each once, scaled to length one.
pub fn of(clause: Clause, recipient: Option<&Range<usize>>, passive: bool) -> Vec<(Feature, f32)> {
    let end = clause.sentence.tokens.end;
    let from = clause.verb..recipient.filter(|r| r.start > clause.verb).map_or(end, |r| r.start);
    let told = words(clause, from.clone(), FROM_VERB);
    let whom = recipient.map_or(Vec::new(), |r| words(clause, r.clone(), IN_RECIPIENT));
    let rest = recipient.filter(|r| r.end > clause.verb).map_or(from.start + told.len(), |r| r.end);
    let after = words(clause, rest.min(end)..end, AFTER);
    let mut features: BTreeMap<Feature, f32> = BTreeMap::new();
    let mut add =
        |name: &str, word: &str, value: f32| *features.entry(hash(name, word)).or_default() += value;
    if let Some(verb) = told.first() {
        add("V", verb, 1.0);
    }
    if passive {
        add("P", "", 1.0);
    }
    for pair in told.windows(2) {
        add("BB", &format!("{}_{}", pair[0], pair[1]), 1.0);
    }
    for (list, name, value) in [(&told, "B", 1.0), (&whom, "T", 1.0), (&after, "A", FAR)] {
        for word in list {
            add(name, word, value);
            add("W", word, 1.0);
            for rule in lexicon::rules(word) {
                add(if name == "B" { "LB" } else { "LW" }, rule.root, value);
            }
        }
    }
    for rule in lexicon::rules(told.first().map_or("", String::as_str)) {
        add("LV", rule.root, 1.0);
        if clause.holds(rule) {
            add("LH", rule.root, 2.0);
        }
    }
    let length = features.values().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    features.into_iter().map(|(feature, value)| (feature, value / length)).collect()
}

/// The lemmas of the words, at most `most`.
fn words(clause: Clause, tokens: Range<usize>, most: usize) -> Vec<String> {
    let word = |i: usize| {
        let token = clause.layers.tokens.get(i)?;
        let text = clause.report.slice(token.span);
        text.starts_with(char::is_alphabetic).then(|| lemma(text, token.pos).to_lowercase())
    };
    tokens.filter_map(word).take(most).collect()
}

/// FNV-1a of the name and the word.
fn hash(name: &str, word: &str) -> Feature {
    let bytes = name.bytes().chain([b':']).chain(word.bytes());
    bytes.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
