//! Learns what each feature of a pair of reports is worth.
//!
//! In: `stories/train.jsonl` and the alike events of ECB+, and `stories/dev.jsonl` to choose by. Out: `models/group/pairs.tsv`. It does not know the reports: it sees
//! the features of the pairs that `group` compares, and whether editors put the two into one story.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rashomon::group::features::{self, COUNT, Features};
use rashomon::group::{Index, Model, Sketch, stories_by};
use sha2::{Digest, Sha256};

use crate::logistic::learn;
use crate::stories::{self, Labelled, Prf};

/// Where to read and write.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of all data.
    #[arg(long, default_value = crate::figures::DATA)]
    pub data: PathBuf,
    /// The weights.
    #[arg(long, default_value = "models/group/pairs.tsv")]
    pub output: PathBuf,
}

/// Thresholds that are tried, as log-odds.
const THRESHOLDS: [f32; 8] = [-2.25, -2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5];
/// Weight of the squares of weights (over features of unit variance) beside the loss of all pairs.
const RIDGE: f64 = 2.0;
/// Parts of the stories, each of which is left out once.
const FOLDS: usize = 3;

/// Labelled reports with their sketches.
struct Set {
    name: &'static str,
    sketches: Vec<Sketch>,
    gold: Vec<Option<String>>,
}

/// A compared pair: its features, whether it is one story, and the part that it is left out with.
struct Pair {
    features: Features,
    one: bool,
    fold: usize,
}

/// Learns from all and writes.
pub fn train(options: &Options) -> Result<()> {
    let from = |name: &str| options.data.join(name);
    let train = Set::of("train", stories::read(&from("stories/train.jsonl"))?);
    let ecb = Set::of("ECB+", stories::read_ecb(&from(stories::ALIKE_CORPUS))?);
    // Nothing is learnt from it; it only helps to choose the threshold.
    let dev = Set::of("dev", stories::read(&from(stories::CORPUS))?);
    let pairs: Vec<Pair> = [&train, &ecb].into_iter().flat_map(Set::pairs).collect();
    println!("{} pairs, {} of one story", pairs.len(), pairs.iter().filter(|p| p.one).count());
    let without: Vec<Model> = (0..FOLDS).map(|fold| fit_without(fold, &pairs)).collect();
    let mut model = fit(&pairs.iter().collect::<Vec<_>>());
    model.threshold = choose(&model, &without, &[&train, &ecb], &dev);
    let text = model.write();
    fs::write(&options.output, &text).with_context(|| options.output.display().to_string())?;
    let hash: String = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    println!("threshold {}, sha256 {hash}", model.threshold);
    Ok(())
}

/// What is learnt from all but one part.
fn fit_without(fold: usize, pairs: &[Pair]) -> Model {
    let (out, rest): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|p| p.fold == fold);
    let model = fit(&rest);
    println!("part {fold} left out: loss {:.4}, on the rest {:.4}", loss(&model, &out), loss(&model, &rest));
    model
}

/// By how much two means of F1 differ without saying anything.
const EVEN: f64 = 0.0005;

/// The threshold with the best mean of BCubed F1 over `learnt`, each part of them judged by what was learnt without it, and `dev`;
/// of those that are even with it the highest, which joins least.
fn choose(model: &Model, without: &[Model], learnt: &[&Set], dev: &Set) -> f32 {
    let mut means: Vec<(f64, f32)> = Vec::new();
    for threshold in THRESHOLDS {
        let at = |model: &Model| Model { threshold, ..model.clone() };
        let models: Vec<Model> = without.iter().map(at).collect();
        let mut scores: Vec<(&str, f64)> = learnt.iter().map(|s| (s.name, s.left_out(&models))).collect();
        scores.push((dev.name, dev.bcubed(&at(model), |_| true).f1));
        let mean = scores.iter().map(|s| s.1).sum::<f64>() / scores.len() as f64;
        let shown: Vec<String> = scores.iter().map(|(name, f1)| format!("{name} {f1:.4}")).collect();
        println!("threshold {threshold:5.2}: BCubed F1 {}, mean {mean:.4}", shown.join(", "));
        means.push((mean, threshold));
    }
    let best = means.iter().map(|(mean, _)| *mean).fold(f64::NEG_INFINITY, f64::max);
    means.iter().filter(|(mean, _)| *mean >= best - EVEN).map(|(_, at)| *at).fold(f32::NEG_INFINITY, f32::max)
}

/// The part that a story is left out with. A part holds whole topics of ECB+, whose two events are each other's hard negatives.
fn fold(story: &str) -> usize {
    Sha256::digest(story.trim_end_matches("plus"))[0] as usize % FOLDS
}

impl Set {
    fn of(name: &'static str, given: Vec<Labelled>) -> Self {
        let sketches = stories::sketches(&given);
        Set { name, sketches, gold: given.into_iter().map(|l| l.story).collect() }
    }

    /// The pairs that are compared.
    fn pairs(&self) -> Vec<Pair> {
        let gold: std::collections::HashMap<&str, &String> =
            self.sketches.iter().zip(&self.gold).filter_map(|(s, g)| Some((s.id(), g.as_ref()?))).collect();
        let mut index = Index::new();
        index.know(&self.sketches);
        index.arrive_all(self.sketches.iter().cloned());
        let pair = |(a, b, _): (&Sketch, &Sketch, f32)| {
            let (x, y) = (gold.get(a.id())?, gold.get(b.id())?);
            Some(Pair { features: features::of(a, b), one: x == y, fold: fold(x.min(y)) })
        };
        index.pairs().filter_map(pair).collect()
    }

    /// BCubed F1 where each part is judged by the model that was learnt without it.
    fn left_out(&self, models: &[Model]) -> f64 {
        let parts = models.iter().enumerate().map(|(n, model)| self.bcubed(model, |story| fold(story) == n));
        let (mut precision, mut recall) = (0.0, 0.0);
        for (n, part) in parts.enumerate() {
            let share = self.gold.iter().flatten().filter(|g| fold(g) == n).count() as f64;
            precision += share * part.precision;
            recall += share * part.recall;
        }
        2.0 * precision * recall / ((precision + recall) * self.gold.iter().flatten().count().max(1) as f64)
    }

    /// BCubed over the reports of the stories that `counts`; the two events of a topic of ECB+ are told apart within it.
    fn bcubed(&self, model: &Model, counts: impl Fn(&str) -> bool) -> Prf {
        let found = stories_by(model, self.sketches.clone());
        let found = stories::assignment(&found, self.sketches.len());
        let found = if self.name == "ECB+" { stories::within_topics(&self.gold, &found) } else { found };
        let gold: Vec<Option<&String>> =
            self.gold.iter().map(|g| g.as_ref().filter(|story| counts(story))).collect();
        stories::score(&gold, &found).bcubed
    }
}

/// Weights by logistic regression.
fn fit(pairs: &[&Pair]) -> Model {
    let example = |pair: &&Pair| (pair.features.iter().map(|value| f64::from(*value)).collect(), pair.one);
    let weights = learn(&pairs.iter().map(example).collect::<Vec<_>>(), RIDGE);
    Model {
        bias: weights[COUNT] as f32,
        weights: std::array::from_fn(|feature| weights[feature] as f32),
        threshold: 0.0,
    }
}

/// Mean logarithmic loss of the judgements.
fn loss(model: &Model, pairs: &[&Pair]) -> f64 {
    let of = |p: &&Pair| {
        let odds = f64::from(model.weigh(&p.features));
        (1.0 + (if p.one { -odds } else { odds }).exp()).ln()
    };
    pairs.iter().map(of).sum::<f64>() / pairs.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_stories_apart_gets_its_sign() {
        let pair = |value: f32, one| {
            let mut features = [0.0; COUNT];
            features[0] = value;
            Pair { features, one, fold: 0 }
        };
        let pairs: Vec<Pair> = (0..40).map(|i| pair(i as f32, i > 20 || i == 3)).collect();
        let model = fit(&pairs.iter().collect::<Vec<_>>());
        assert!(model.weights[0] > 0.0 && model.weights[1] == 0.0);
        assert!(loss(&model, &pairs.iter().collect::<Vec<_>>()) < 0.5);
    }
}
