//! Learns which propositions say the same.
//!
//! In: the pairs of sentences and the topics of ECB+ that are not held out. Out: the weights of `models/claims/`, and what cross-validation
//! says of them. From the topics that are held out it only chooses from which probability on two statements are one; the pairs of
//! sentences that are held out it does not know.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::align::propositions::Grid;
use rashomon::align::propositions::features::{self, Features};
use rashomon::align::propositions::likeness;
use rashomon::align::propositions::model::{Model, probabilities, probability};
use sha2::{Digest, Sha256};

use super::{Pair, counts, events, f1, paraphrases, read};
use crate::logistic::learn;

/// A topic is in the part of the SHA-256 of this and its name, modulo [`PARTS`]: no topic is learnt from and judged.
const SEED: &str = "claims-parts-1";
const PARTS: u32 = 5;

/// What a weight costs: chosen by cross-validation (1, 3 and 10 were tried; less is better by a point).
const PENALTY: f64 = 1.0;

/// The same for sentences as wholes (3, 30 and 300 were tried) and for statements (5, 20, 50 and 200 are nearly alike).
const PENALTY_OF_WHOLES: f64 = 30.0;
const PENALTY_OF_STATEMENTS: f64 = 20.0;

/// How precise what is taken for one in other words has to be, on the topics that are held out.
const PRECISE: f64 = 0.97;

/// What is learnt from for the judgement of wholes, within the data.
const PARAPHRASES: &str = "facts/mrpc_train.tsv";

/// A pair with the features of its predicates.
struct Example<'a> {
    pair: &'a Pair,
    features: Grid<Features>,
    part: u32,
}

/// Learns the weights from the pairs that were not held out, and writes them.
pub fn train(data: &Path, model: &Path) -> Result<()> {
    let pairs = read(data)?;
    let mut examples: Vec<Example> = pairs.iter().filter(|pair| !pair.held_out).map(example).collect();
    let first_unseen = unseen(&examples);
    let first = learn(&rows(examples.iter()), PENALTY);
    let before = best_threshold(&examples, &first_unseen);
    // The second model learns from what the first says of topics that it was not taught.
    for (example, unseen) in examples.iter_mut().zip(&first_unseen) {
        example.features = features::among(&example.features, unseen);
    }
    let second_unseen = self::unseen(&examples);
    let after = best_threshold(&examples, &second_unseen);
    let second = learn(&rows(examples.iter()), PENALTY);
    let share = learn(&shares(&examples, &second_unseen), PENALTY_OF_WHOLES);
    let mut learnt = Model { first, second, probable: after.1, share, ..Model::shipped().clone() };
    learnt.whole = learn(&wholes(data, &learnt)?, PENALTY_OF_WHOLES);
    let topics = events::topics(data, &learnt)?;
    learnt.assertion = learn(&events::examples(&topics, false), PENALTY_OF_STATEMENTS);
    learnt.certain = certain(&learnt.assertion, &events::examples(&topics, true));
    let head =
        "# model, number of the feature in src/align/propositions/features.rs (the constant last), weight\n";
    fs::write(model, format!("{head}{}", learnt.write()))
        .with_context(|| format!("cannot write {}", model.display()))?;
    println!(
        "{} pairs of sentences; F1 on topics that were left out: first model {:.1}, both {:.1} (from {:.2} on)",
        examples.len(),
        before.0,
        after.0,
        after.1
    );
    Ok(())
}

/// What the sentences of pairs share as wholes, with whether they share a proposition.
fn shares(examples: &[Example], probabilities: &[Grid<f64>]) -> Vec<(Features, bool)> {
    let row = |(example, grid): (&Example, &Grid<f64>)| {
        let [a, b] = example.pair.sides.each_ref().map(|side| &side.sentence);
        (likeness::of(a, b, grid), !example.pair.gold.is_empty())
    };
    examples.iter().zip(probabilities).map(row).collect()
}

/// The same for paraphrases, with whether the two are.
fn wholes(data: &Path, model: &Model) -> Result<Vec<(Features, bool)>> {
    let pairs = paraphrases(&data.join(PARAPHRASES))?;
    let row = |([a, b], wanted): ([super::Side; 2], bool)| {
        let (a, b) = (a.sentence, b.sentence);
        (likeness::of(&a, &b, &model.probabilities(&a, &b)), wanted)
    };
    Ok(pairs.into_iter().map(row).collect())
}

/// The lowest of probabilities a hundredth apart from which on pairs are precise enough, and stay so.
fn certain(weights: &[f64], examples: &[(Features, bool)]) -> f64 {
    let precision = |at: f64| {
        let taken = examples.iter().filter(|(features, _)| probability(weights, features) >= at);
        let right = taken.clone().filter(|(_, one)| *one).count();
        let taken = taken.count();
        if taken == 0 { 1.0 } else { right as f64 / taken as f64 }
    };
    let thresholds = (30..=95).rev().map(|n| f64::from(n) / 100.0);
    let at = thresholds.take_while(|at| precision(*at) >= PRECISE).last().unwrap_or(0.95);
    println!("statements of one event: from {at:.2} on {:.1} % right", 100.0 * precision(at));
    at
}

fn example(pair: &Pair) -> Example<'_> {
    let [a, b] = pair.sides.each_ref().map(|side| &side.sentence);
    let digest = Sha256::digest(format!("{SEED}:{}", pair.topic));
    let part = digest.iter().fold(0u32, |rest, byte| (rest * 256 + u32::from(*byte)) % PARTS);
    Example { pair, features: features::of(a, b), part }
}

fn rows<'a>(examples: impl Iterator<Item = &'a Example<'a>>) -> Vec<(Features, bool)> {
    let cells = examples.flat_map(|e| e.features.places().map(move |(i, j)| (e, i, j)));
    cells.map(|(e, i, j)| (e.features.at(i, j).clone(), e.pair.wanted(i, j))).collect()
}

/// For each example what a model says that was not taught its topic.
fn unseen(examples: &[Example]) -> Vec<Grid<f64>> {
    let models: Vec<Vec<f64>> =
        (0..PARTS).map(|part| learn(&rows(examples.iter().filter(|e| e.part != part)), PENALTY)).collect();
    examples.iter().map(|e| probabilities(&models[e.part as usize], &e.features)).collect()
}

/// The best F1 over thresholds a hundredth apart, and the threshold.
fn best_threshold(examples: &[Example], probabilities: &[Grid<f64>]) -> (f64, f64) {
    let scored: Vec<(&Pair, Grid<f64>)> =
        examples.iter().zip(probabilities).map(|(e, grid)| (e.pair, grid.clone())).collect();
    let thresholds = (5..95).map(|n| f64::from(n) / 100.0);
    let all = thresholds.map(|at| (f1(counts(&scored, at)), at));
    all.max_by(|x, y| x.0.total_cmp(&y.0)).unwrap_or((0.0, 0.5))
}
