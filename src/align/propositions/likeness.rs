//! What two sentences share as wholes.
//!
//! In: two sentences and how likely each pair of their predicates says the same. Out: [`Features`]: runs of words in common, rare words,
//! numbers, names and predicates. It does not know what they are worth: [`super::model`] does.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Comparison, Features};
use super::{Grid, Sentence};
use crate::annotate::Pos;

/// How many features two sentences have.
pub const COUNT: usize = 29;

/// Up to how many words runs are compared, and how many words of a sentence are looked at.
const LONGEST_RUN: usize = 4;
const LONGEST_SENTENCE: usize = 120;

/// What two sentences share as wholes.
pub fn of(a: &Sentence, b: &Sentence, probabilities: &Grid<f64>) -> Features {
    let (x, y) = (written(a), written(b));
    let mut features = Vec::with_capacity(COUNT);
    for length in 1..=LONGEST_RUN {
        features.extend(shares(runs(&x, length), runs(&y, length)));
    }
    features.extend(shares(rare(a), rare(b)));
    features.extend(sides(&numbers(a), &numbers(b)));
    let (fewer, more) = (x.len().min(y.len()) as f64, x.len().max(y.len()) as f64);
    features.extend([fewer / more.max(1.0), more.ln_1p(), more - fewer]);
    let (common, longest) = in_order(&x, &y);
    features.push(2.0 * common as f64 / (fewer + more).max(1.0));
    features.push(longest as f64 / fewer.max(1.0));
    let (names_a, names_b) = (names(a), names(b));
    let both = names_a.intersection(&names_b).count() as f64;
    features.push(both / (names_a.union(&names_b).count() as f64).max(1.0));
    features.push(f64::from(u8::from(!names_a.is_subset(&names_b) && !names_b.is_subset(&names_a))));
    features.push(Comparison::new(a, b).whole());
    features.extend(aligned(probabilities));
    features
}

/// The likeliest pair of predicates, and the mean of the best of each over as many as the sentence with fewer has.
fn aligned(probabilities: &Grid<f64>) -> [f64; 2] {
    let (rows, columns) = probabilities.size;
    if rows == 0 || columns == 0 {
        return [0.0; 2];
    }
    let best = |i: usize| (0..columns).map(|j| *probabilities.at(i, j)).fold(0.0, f64::max);
    let mut bests: Vec<f64> = (0..rows).map(best).collect();
    bests.sort_by(|x, y| y.total_cmp(x));
    let fewer = rows.min(columns);
    [bests[0], bests.iter().take(fewer).sum::<f64>() / fewer as f64]
}

/// The words without marks, in lower case.
fn written(of: &Sentence) -> Vec<&str> {
    let words = of.words.iter().filter(|w| w.pos != Pos::Punct);
    words.map(|w| w.lower.as_str()).take(LONGEST_SENTENCE).collect()
}

/// How often each run of `length` words stands there.
fn runs<'a>(words: &'a [&'a str], length: usize) -> BTreeMap<&'a [&'a str], f64> {
    let mut counts = BTreeMap::new();
    words.windows(length).for_each(|run| *counts.entry(run).or_default() += 1.0);
    counts
}

/// What each word with matter weighs, by its lemma.
fn rare(of: &Sentence) -> BTreeMap<&str, f64> {
    let senses = of.content.iter().map(|i| &of.words[*i].sense);
    senses.map(|sense| (sense.lemma.as_str(), sense.rarity)).collect()
}

/// What two weighed sets share: of both, of the lighter and of the heavier one.
fn shares<K: Ord>(a: BTreeMap<K, f64>, b: BTreeMap<K, f64>) -> [f64; 3] {
    let shared: f64 = a.iter().filter_map(|(key, of_a)| Some(of_a.min(*b.get(key)?))).sum();
    let (all_a, all_b) = (a.values().sum::<f64>(), b.values().sum::<f64>());
    let part = |of: f64| if of > 0.0 { shared / of } else { 0.0 };
    [2.0 * part(all_a + all_b), part(all_a.min(all_b)), part(all_a.max(all_b))]
}

fn numbers(of: &Sentence) -> BTreeSet<&str> {
    let words = of.words.iter().map(|w| w.lower.as_str());
    words.filter(|word| word.bytes().any(|b| b.is_ascii_digit())).collect()
}

fn names(of: &Sentence) -> BTreeSet<&str> {
    of.words.iter().filter(|w| w.pos.is_name()).map(|w| w.lower.as_str()).collect()
}

/// Whether two sets are equal, whether each has what the other lacks, whether only one is empty, and whether one holds the other.
fn sides(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> [f64; 4] {
    let (under, over) = (a.is_subset(b), b.is_subset(a));
    [under && over, !under && !over, a.is_empty() != b.is_empty(), under || over]
        .map(|holds| f64::from(u8::from(holds)))
}

/// How many words stand in both in the same order, and how many at most in one run.
fn in_order(a: &[&str], b: &[&str]) -> (usize, usize) {
    let mut common = vec![0usize; b.len() + 1];
    let mut run = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let (mut corner, mut before) = (0, 0);
        for (j, y) in b.iter().enumerate() {
            let (above, ran) = (common[j + 1], run[j + 1]);
            common[j + 1] = if x == y { corner + 1 } else { above.max(common[j]) };
            run[j + 1] = if x == y { before + 1 } else { 0 };
            longest = longest.max(run[j + 1]);
            (corner, before) = (above, ran);
        }
    }
    (common[b.len()], longest)
}

#[cfg(test)]
mod tests {
    use super::super::testing::sentence;
    use super::*;

    #[test]
    fn words_in_common_are_counted_in_order_and_in_runs() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert_eq!(in_order(&words("a b c d"), &words("b c x d")), (3, 2));
        assert_eq!(in_order(&words("a b"), &words("c")), (0, 0));
    }

    #[test]
    fn a_sentence_is_all_that_it_is_itself() {
        let a = sentence("Crews closed the northern pier on Monday.");
        let features = of(&a, &a, &Grid::new((1, 1), |_, _| 1.0));
        assert_eq!(features.len(), COUNT);
        assert!(features[..15].iter().all(|f| (f - 1.0).abs() < 1e-9), "{features:?}");
    }
}
