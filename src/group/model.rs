//! How likely it is that two reports tell of one event.
//!
//! In: two [`Sketch`]es. Out: log-odds: 0 is even, above 0 more likely than not. It does not know any other report.
//! The weights were learnt (`eval train-group`); their card is `models/group/README.md`.

use std::sync::LazyLock;

use super::features::{self, COUNT, Features, NAMES};
use super::limits::CERTAIN;
use super::sketch::Sketch;

/// Learnt weights: what each feature adds to the log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What the log-odds are without any feature.
    pub bias: f32,
    /// By feature, in the order of [`NAMES`].
    pub weights: [f32; COUNT],
    /// Log-odds from which two groups of reports are one story.
    pub threshold: f32,
}

impl Model {
    /// The weights in the binary.
    pub fn shipped() -> &'static Model {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            // A test holds that the shipped file is read; without it nothing would be joined.
            Model::read(include_str!("../../models/group/pairs.tsv")).unwrap_or(Model {
                bias: -CERTAIN,
                weights: [0.0; COUNT],
                threshold: CERTAIN,
            })
        });
        &SHIPPED
    }

    /// Log-odds of `a` and `b`, at most [`CERTAIN`] either way.
    pub fn log_odds(&self, a: &Sketch, b: &Sketch) -> f32 {
        self.weigh(&features::of(a, b))
    }

    /// Log-odds of a pair with `features`.
    pub fn weigh(&self, features: &Features) -> f32 {
        // Two that share no term at all were never seen while learning.
        if features[0] <= features::NOTHING_SHARED {
            return -CERTAIN;
        }
        let sum: f32 = self.weights.iter().zip(features).map(|(w, f)| w * f).sum();
        (self.bias + sum).clamp(-CERTAIN, CERTAIN)
    }

    /// The weights as lines of a name and a number.
    pub fn write(&self) -> String {
        let fixed = [("bias", self.bias), ("threshold", self.threshold)];
        let learnt = NAMES.into_iter().zip(self.weights);
        fixed.into_iter().chain(learnt).map(|(name, value)| format!("{name}\t{value}\n")).collect()
    }

    /// Reads what [`Model::write`] wrote; `None` where a name is missing or strange.
    pub fn read(text: &str) -> Option<Self> {
        let mut values = std::collections::BTreeMap::new();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (name, value) = line.split_once('\t')?;
            values.insert(name, value.trim().parse::<f32>().ok().filter(|v| v.is_finite())?);
        }
        let mut weights = [0.0; COUNT];
        for (weight, name) in weights.iter_mut().zip(NAMES) {
            *weight = values.remove(name)?;
        }
        let (bias, threshold) = (values.remove("bias")?, values.remove("threshold")?);
        values.is_empty().then_some(Model { bias, weights, threshold })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read() {
        let shipped = Model::read(include_str!("../../models/group/pairs.tsv")).expect("the shipped file");
        assert_eq!(&shipped, Model::shipped());
        assert_eq!(Model::read(&shipped.write()), Some(shipped));
    }

    #[test]
    fn a_file_with_other_features_is_refused() {
        let text = Model::shipped().write();
        assert!(Model::read(&text.replace("title\t", "headline\t")).is_none());
        assert!(Model::read(&format!("{text}more\t1\n")).is_none());
        assert!(Model::read(&text.replace("bias\t", "bias\tx")).is_none());
    }
}
