//! Learns which propositions say the same.
//!
//! In: the pairs of sentences, the topics of ECB+ and the labelled pairs of ordinary news that are not held out. Out: the weights of
//! `models/claims/`, and what cross-validation says of them. What is held out it does not know.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::align::propositions::Grid;
use rashomon::align::propositions::features::{self, Features};
use rashomon::align::propositions::likeness;
use rashomon::align::propositions::model::{Model, probabilities, probability};
use sha2::{Digest, Sha256};

use super::{Pair, counts, coverage, events, f1, labels, paraphrases, read};
use crate::logistic::{learn, learn_weighted};

/// A topic is in the part of the SHA-256 of this and its name, modulo [`PARTS`]: no topic is learnt from and judged.
const SEED: &str = "claims-parts-1";
const PARTS: u32 = 5;

/// What a weight costs: chosen by cross-validation (1, 3 and 10 were tried; less is better by a point).
const PENALTY: f64 = 1.0;

/// The same for sentences as wholes (3, 30 and 300 were tried) and for statements (3, 10 and 30 are nearly alike).
const PENALTY_OF_WHOLES: f64 = 30.0;
const PENALTY_OF_STATEMENTS: f64 = 10.0;

/// What a pair of ECB+ counts beside a labelled pair of ordinary news, of which there are a twentieth as many: by cross-validation on
/// the latter 0 and 0.01 are alike, 0.03 and more are worse, 1 far worse.
const EVENT_COUNTS: f64 = 0.01;

/// How precise what is taken for one in other words has to be, on stories that were left out.
const PRECISE: f64 = 0.97;

/// How often a report must not even tell in part what it is said to leave out, on stories that were left out.
const PRECISE_OMISSION: f64 = 0.75;

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
    (learnt.assertion, learnt.certain) = assertions(data, &learnt)?;
    (learnt.told, learnt.absent) = omissions(data, &learnt)?;
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

/// What two statements share, and whether they are one.
type Row = (Features, bool);

/// The weights for statements, and from which probability on two are one.
fn assertions(data: &Path, model: &Model) -> Result<(Vec<f64>, f64)> {
    let events = events::examples(&events::topics(data, model)?);
    let mut pairs = labels::read(data, model, |story| !labels::is_held_out(story))?;
    pairs.extend(coverage::statements(data, model, |story| !labels::is_held_out(story))?);
    let rows: Vec<(u32, bool, Row)> = pairs
        .into_iter()
        .filter_map(|p| Some((part(&p.story), p.may_be_one, (p.features?, p.one))))
        .collect();
    let learn = |of: &dyn Fn(u32) -> bool| {
        let news = rows.iter().filter(|(part, ..)| of(*part)).map(|(.., row)| row.clone());
        let all: Vec<Row> = events.iter().cloned().chain(news).collect();
        let counts = (0..all.len()).map(|n| if n < events.len() { EVENT_COUNTS } else { 1.0 });
        learn_weighted(&all, &counts.collect::<Vec<_>>(), PENALTY_OF_STATEMENTS)
    };
    let mut unseen = Vec::new();
    for left_out in 0..PARTS {
        let weights = learn(&|part| part != left_out);
        let of_part = rows.iter().filter(|(part, may_be_one, _)| *part == left_out && *may_be_one);
        unseen.extend(of_part.map(|(.., (features, one))| (probability(&weights, features), *one)));
    }
    Ok((learn(&|_| true), certain(&unseen)))
}

/// The weights for claims and reports that do not bear them out, and up to which probability these are taken to leave them out. What is told
/// in part is told.
fn omissions(data: &Path, model: &Model) -> Result<(Vec<f64>, f64)> {
    let pairs = coverage::read(data, model, |story| !labels::is_held_out(story))?;
    let rows: Vec<(u32, Row)> = pairs
        .into_iter()
        .filter_map(|p| Some((part(&p.story), (p.features?, p.told != coverage::Told::Not))))
        .collect();
    let learn = |of: &dyn Fn(u32) -> bool| {
        let rows: Vec<Row> = rows.iter().filter(|(part, _)| of(*part)).map(|(_, row)| row.clone()).collect();
        learn(&rows, PENALTY_OF_STATEMENTS)
    };
    let mut unseen = Vec::new();
    for left_out in 0..PARTS {
        let weights = learn(&|part| part != left_out);
        let of_part = rows.iter().filter(|(part, _)| *part == left_out);
        unseen.extend(of_part.map(|(_, (features, told))| (probability(&weights, features), *told)));
    }
    Ok((learn(&|_| true), absent(&unseen)))
}

/// The highest of probabilities a hundredth apart up to which claims are left out often enough.
fn absent(judged: &[(f64, bool)]) -> f64 {
    let taken = |at: f64| judged.iter().filter(move |(probable, _)| *probable < at);
    let right = |at: f64| taken(at).filter(|(_, told)| !told).count();
    let precision = |at: f64| right(at) as f64 / taken(at).count().max(1) as f64;
    let at = (1..=99).rev().map(|n| f64::from(n) / 100.0).find(|at| precision(*at) >= PRECISE_OMISSION);
    let at = at.unwrap_or_default();
    println!(
        "claims of stories that were left out: up to {at:.2} {} of {} are left out, of {} that are",
        right(at),
        taken(at).count(),
        right(1.01)
    );
    at
}

/// The lowest of probabilities a hundredth apart from which on pairs are precise enough, and stay so.
fn certain(judged: &[(f64, bool)]) -> f64 {
    let taken = |at: f64| judged.iter().filter(move |(probable, _)| *probable >= at);
    let right = |at: f64| taken(at).filter(|(_, one)| *one).count();
    let precision = |at: f64| right(at) as f64 / taken(at).count().max(1) as f64;
    let thresholds = (30..=95).rev().map(|n| f64::from(n) / 100.0);
    let at = thresholds.take_while(|at| precision(*at) >= PRECISE || taken(*at).count() == 0).last();
    let at = at.unwrap_or(0.95);
    println!(
        "statements of stories that were left out: from {at:.2} on {} of {} are right, of {} that are one",
        right(at),
        taken(at).count(),
        right(0.0)
    );
    at
}

/// The part of what is not held out to which a topic or story belongs.
fn part(name: &str) -> u32 {
    let digest = Sha256::digest(format!("{SEED}:{name}"));
    digest.iter().fold(0u32, |rest, byte| (rest * 256 + u32::from(*byte)) % PARTS)
}

fn example(pair: &Pair) -> Example<'_> {
    let [a, b] = pair.sides.each_ref().map(|side| &side.sentence);
    Example { pair, features: features::of(a, b), part: part(&pair.topic) }
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
