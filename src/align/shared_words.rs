//! How much of a claim's wording does a report hold?
//!
//! In: the reports of a story. Out: for the words of a claim, by what they weigh in news at large, the sentences that hold them, and what
//! part of its pairs of neighbouring words a report holds. It does not know what the words mean, nor who is meant by them: that is
//! [`super::terms`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Account, Spot};
use crate::group::Rarity;
use crate::span::Span;

/// A word, as an index into the vocabulary of the story.
pub type Word = u32;

/// How many words of a claim are looked at.
const MOST_WORDS: usize = 64;

/// What stands in more sentences than this is what the whole story is about, or says nothing, and is not looked for.
pub const COMMON: usize = 300;

/// The words of a story's reports.
#[derive(Debug, Default)]
pub struct SharedWords {
    /// For each account, for each of its tokens, its dictionary form; a mark has none.
    words: Vec<Vec<Option<Word>>>,
    /// How rare each word is in news at large, 0 to 1.
    weights: Vec<f64>,
    /// The sentences that hold a word.
    with: HashMap<Word, Vec<Spot>>,
    /// For each account the words that stand side by side.
    pairs: Vec<HashSet<[Word; 2]>>,
}

/// What one report holds of a claim's wording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// The largest part of its words, by weight, that a sentence holds, 0 to 1.
    pub words: f64,
    /// The first sentence that holds that much.
    pub sentence: Span,
}

impl SharedWords {
    /// Counts the words of `accounts`.
    pub fn of(accounts: &[&Account]) -> Self {
        let mut shared = SharedWords::default();
        let mut known: HashMap<&str, Word> = HashMap::new();
        for (account, of) in accounts.iter().enumerate() {
            let layers = &of.layers;
            let mut word = |i: usize| {
                let form = of.lemma_at(i);
                form.contains(char::is_alphanumeric).then(|| {
                    *known.entry(form).or_insert_with(|| {
                        shared.weights.push(Rarity::shipped().of_word(form));
                        (shared.weights.len() - 1) as Word
                    })
                })
            };
            let words: Vec<Option<Word>> = (0..layers.tokens.len()).map(&mut word).collect();
            let mut pairs = HashSet::new();
            for sentence in layers.sentences.iter().filter(|s| !s.furniture) {
                let of_sentence: Vec<Word> =
                    words[sentence.tokens.clone()].iter().flatten().copied().collect();
                pairs.extend(of_sentence.array_windows::<2>().copied());
                for word in of_sentence.into_iter().collect::<BTreeSet<Word>>() {
                    shared.with.entry(word).or_default().push(Spot { account, span: sentence.span });
                }
            }
            shared.words.push(words);
            shared.pairs.push(pairs);
        }
        shared.with.retain(|_, sentences| sentences.len() <= COMMON);
        shared
    }

    /// The words at `spot`, in their order.
    pub fn at(&self, accounts: &[&Account], spot: Spot) -> Vec<Word> {
        let tokens = accounts[spot.account].layers.tokens_in(spot.span);
        self.words[spot.account][tokens].iter().flatten().copied().take(MOST_WORDS).collect()
    }

    /// For each account that has a sentence with a word of `words` that weighs anything, the sentence that holds most of them.
    pub fn held(&self, words: &[Word]) -> BTreeMap<usize, Held> {
        let weight = |word: &Word| self.weights[*word as usize];
        let distinct: BTreeSet<Word> = words.iter().copied().filter(|word| weight(word) > 0.0).collect();
        let all = distinct.iter().map(weight).sum::<f64>().max(f64::MIN_POSITIVE);
        let mut of_sentences: BTreeMap<Spot, f64> = BTreeMap::new();
        for word in &distinct {
            for sentence in self.with.get(word).into_iter().flatten() {
                *of_sentences.entry(*sentence).or_default() += weight(word) / all;
            }
        }
        let mut held: BTreeMap<usize, Held> = BTreeMap::new();
        for (Spot { account, span: sentence }, words) in of_sentences {
            let most = held.entry(account).or_insert(Held { words, sentence });
            if words > most.words {
                *most = Held { words, sentence };
            }
        }
        held
    }

    /// What part of the neighbouring `words` stand side by side in `account` too, 0 to 1.
    pub fn pairs(&self, words: &[Word], account: usize) -> f64 {
        let pairs: BTreeSet<[Word; 2]> = words.array_windows::<2>().copied().collect();
        let there = pairs.iter().filter(|pair| self.pairs[account].contains(*pair)).count();
        there as f64 / pairs.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::accounts;
    use super::*;

    /// The words of the first sentence of the first of `texts`, and what each of the others holds of them.
    fn held(texts: &[&str]) -> (SharedWords, Vec<Word>, BTreeMap<usize, Held>) {
        let accounts = accounts(texts);
        let accounts: Vec<&Account> = accounts.iter().collect();
        let shared = SharedWords::of(&accounts);
        let span = accounts[0].layers.sentences[0].span;
        let words = shared.at(&accounts, Spot { account: 0, span });
        let held = shared.held(&words);
        (shared, words, held)
    }

    #[test]
    fn the_sentence_with_the_rarest_words_holds_most() {
        const TOWN: &str =
            "The people said on Monday that they were in the town. Ferries moor there. It was the end.";
        let (_, _, held) = held(&["The ferry to Sundhaven was moored.", TOWN]);
        assert!(held[&1].sentence.of(TOWN).starts_with("Ferries moor there."));
        assert!(held[&0].words > 0.99 && held[&1].words > 0.2 && held[&1].words < 0.9, "{held:?}");
    }

    #[test]
    fn words_side_by_side_count_in_any_form() {
        let (shared, words, _) =
            held(&["Striking dockers blocked a bridge.", "A bridge that docker block.", "Trams ran."]);
        assert_eq!(shared.pairs(&words, 0), 1.0);
        // "dockers blocked" and "a bridge", of four pairs.
        assert_eq!(shared.pairs(&words, 1), 0.5);
        assert_eq!(shared.pairs(&words, 2), 0.0);
    }

    #[test]
    fn a_report_that_shares_no_word_holds_nothing() {
        let (_, _, held) = held(&["Dockers struck.", "Trams ran."]);
        assert_eq!(held.keys().collect::<Vec<_>>(), [&0]);
    }
}
