//! A small network that weighs the features of a pair.
//!
//! In: features. Out: the probability that the pair says the same. It does not know what the features mean.

use super::{FEATURES, Features};

/// A unit of the hidden layer: its weights, its bias and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// A weight for each feature.
    pub weights: Features,
    /// What is added to their sum.
    pub bias: f64,
    /// What its output is multiplied with.
    pub out: f64,
}

/// The network: one hidden layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The mean of each feature where it was learnt, and one by its deviation.
    pub scale: Vec<(f64, f64)>,
    /// The hidden layer.
    pub units: Vec<Unit>,
    /// What is added to the sum of the units.
    pub bias: f64,
    /// From which probability on a pair counts as one.
    pub threshold: f64,
}

impl Model {
    /// The features, each with mean 0 and deviation 1 where it was learnt.
    pub fn scaled(&self, features: &Features) -> Features {
        let mut scaled = [0.0; FEATURES];
        for ((to, x), (mean, by)) in scaled.iter_mut().zip(features).zip(&self.scale) {
            *to = (x - mean) * by;
        }
        scaled
    }

    /// The probability that a pair says the same.
    pub fn probability(&self, features: &Features) -> f64 {
        let x = self.scaled(features);
        let unit = |u: &Unit| u.out * (u.bias + dot(&u.weights, &x)).tanh();
        logistic(self.bias + self.units.iter().map(unit).sum::<f64>())
    }

    /// Reads lines as [`Model::lines`] writes them; what is no number counts nothing.
    pub fn read(lines: &str) -> Self {
        let mut model = Model::default();
        for line in lines.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let numbers: Vec<f64> = columns.map(|n| n.parse().unwrap_or_default()).collect();
            match (name, numbers.as_slice()) {
                ("bias", [bias, threshold]) => (model.bias, model.threshold) = (*bias, *threshold),
                ("scale", [mean, by]) => model.scale.push((*mean, *by)),
                ("unit", [bias, out, weights @ ..]) => {
                    let Ok(weights) = Features::try_from(weights) else { continue };
                    model.units.push(Unit { weights, bias: *bias, out: *out });
                }
                _ => {}
            }
        }
        model
    }

    /// Its lines: the bias and the threshold, mean and scale of each feature, and a unit a line.
    pub fn lines(&self) -> String {
        let mut lines = format!("bias\t{:.4}\t{:.4}\n", self.bias, self.threshold);
        self.scale.iter().for_each(|(mean, by)| lines.push_str(&format!("scale\t{mean:.5}\t{by:.5}\n")));
        for unit in &self.units {
            lines.push_str(&format!("unit\t{:.4}\t{:.4}", unit.bias, unit.out));
            unit.weights.iter().for_each(|w| lines.push_str(&format!("\t{w:.4}")));
            lines.push('\n');
        }
        lines
    }
}

/// The sum of products.
pub fn dot(a: &Features, b: &Features) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Between 0 and 1.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_being_written() {
        let mut weights = [0.0; FEATURES];
        weights[1] = 1.5;
        let model = Model {
            scale: vec![(0.5, 2.0); FEATURES],
            units: vec![Unit { weights, bias: -0.25, out: 2.0 }],
            bias: -1.0,
            threshold: 0.3,
        };
        let read = Model::read(&model.lines());
        assert_eq!(read, model);
        let mut features = [0.5; FEATURES];
        let low = read.probability(&features);
        features[1] = 2.5;
        assert!(read.probability(&features) > low);
    }

    #[test]
    fn what_is_no_unit_counts_nothing() {
        assert!(Model::read("unit\t1\t2\t3\nnonsense\n").units.is_empty());
    }
}
