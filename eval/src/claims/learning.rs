//! How the network that weighs pairs of propositions is learnt.
//!
//! In: features of pairs, and which of them say the same. Out: a [`Model`]. Seeded: the same examples give the same model.
//! It does not know what the features mean, nor which pairs were held out.

use rashomon::align::propositions::{FEATURES, Features, Model, Unit, dot, logistic};

use crate::splitmix::SplitMix;

/// Units of each network, and networks whose scores are averaged. Chosen by the folds of the pairs that are learnt from.
const UNITS: usize = 16;
const NETWORKS: u64 = 3;
const EPOCHS: i32 = 150;
const RATE: f64 = 0.02;
const DECAY: f64 = 0.1;

/// A pair and whether it says the same.
pub type Example = (Features, bool);

/// The mean of [`NETWORKS`] networks, as one: its threshold is for the caller to set.
pub fn learn(examples: &[Example]) -> Model {
    let scale = scale(examples);
    let scaler = Model { scale: scale.clone(), ..Model::default() };
    let scaled: Vec<Example> = examples.iter().map(|(x, wanted)| (scaler.scaled(x), *wanted)).collect();
    let mut all = Model { scale, ..Model::default() };
    let share = 1.0 / NETWORKS as f64;
    for seed in 1..=NETWORKS {
        let network = Network::fitted(&scaled, seed);
        all.bias += network.values[Network::BIAS] * share;
        all.units.extend((0..UNITS).map(|u| {
            let at = u * Network::UNIT;
            let mut weights = [0.0; FEATURES];
            weights.copy_from_slice(&network.values[at..at + FEATURES]);
            let [bias, out] = [network.values[at + FEATURES], network.values[at + FEATURES + 1]];
            Unit { weights, bias, out: out * share }
        }));
    }
    all
}

/// Mean and one by the deviation of each feature.
fn scale(examples: &[Example]) -> Vec<(f64, f64)> {
    let n = examples.len().max(1) as f64;
    let of = |k: usize| {
        let mean = examples.iter().map(|(x, _)| x[k]).sum::<f64>() / n;
        let variance = examples.iter().map(|(x, _)| (x[k] - mean).powi(2)).sum::<f64>() / n;
        // What never changes says nothing.
        if variance < 1e-9 { (mean, 0.0) } else { (mean, 1.0 / variance.sqrt()) }
    };
    (0..FEATURES).map(of).collect()
}

/// All numbers of a network in a row: for each unit its weights, its bias and what it counts; then the bias.
struct Network {
    values: Vec<f64>,
}

impl Network {
    const UNIT: usize = FEATURES + 2;
    const BIAS: usize = UNITS * Self::UNIT;

    /// Fitted by AdamW over all examples at once.
    fn fitted(examples: &[Example], seed: u64) -> Self {
        let mut chance = SplitMix::new(seed);
        let width = 1.0 / (FEATURES as f64).sqrt();
        let mut start = || (chance.below(2_000_001) as f64 / 1e6 - 1.0) * width;
        let mut network = Network { values: (0..=Self::BIAS).map(|_| start()).collect() };
        let (mut first, mut second) = (vec![0.0; Self::BIAS + 1], vec![0.0; Self::BIAS + 1]);
        for step in 1..=EPOCHS {
            let slopes = network.slopes(examples);
            for (k, slope) in slopes.into_iter().enumerate() {
                first[k] = 0.9 * first[k] + 0.1 * slope;
                second[k] = 0.999 * second[k] + 0.001 * slope * slope;
                let mean = first[k] / (1.0 - 0.9f64.powi(step));
                let square: f64 = second[k] / (1.0 - 0.999f64.powi(step));
                let value = &mut network.values[k];
                *value -= RATE * (DECAY * *value + mean / (square.sqrt() + 1e-8));
            }
        }
        network
    }

    /// The mean slope of the cross-entropy.
    fn slopes(&self, examples: &[Example]) -> Vec<f64> {
        let mut slopes = vec![0.0; Self::BIAS + 1];
        let mut outs = [0.0; UNITS];
        for (x, wanted) in examples {
            let mut sum = self.values[Self::BIAS];
            for (u, out) in outs.iter_mut().enumerate() {
                let unit = &self.values[u * Self::UNIT..(u + 1) * Self::UNIT];
                let mut weights = [0.0; FEATURES];
                weights.copy_from_slice(&unit[..FEATURES]);
                *out = (unit[FEATURES] + dot(&weights, x)).tanh();
                sum += unit[FEATURES + 1] * *out;
            }
            let wrong = (logistic(sum) - f64::from(u8::from(*wanted))) / examples.len() as f64;
            slopes[Self::BIAS] += wrong;
            for (u, out) in outs.iter().enumerate() {
                let at = u * Self::UNIT;
                slopes[at + FEATURES + 1] += wrong * out;
                let back = wrong * self.values[at + FEATURES + 1] * (1.0 - out * out);
                slopes[at + FEATURES] += back;
                slopes[at..at + FEATURES].iter_mut().zip(x).for_each(|(slope, x)| *slope += back * x);
            }
        }
        slopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_features_say_only_together_is_learnt() {
        let example = |a: f64, b: f64, wanted| {
            let mut features = [0.0; FEATURES];
            (features[1], features[2]) = (a, b);
            (features, wanted)
        };
        let corners = [
            example(0.0, 0.0, false),
            example(1.0, 1.0, false),
            example(1.0, 0.0, true),
            example(0.0, 1.0, true),
        ];
        let model = learn(&corners.repeat(8));
        let likely = |i: usize| model.probability(&corners[i].0);
        assert!(likely(2) > likely(0) && likely(2) > likely(1) && likely(3) > likely(0), "{model:?}");
    }
}
