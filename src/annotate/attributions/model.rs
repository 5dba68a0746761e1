//! A log-linear model read from a table of features and weights.
//!
//! In: a table, one `feature<TAB>weight` a line. Out: [`Model`], which turns the features of a place into a
//! probability. It does not know what the features mean.

use std::collections::HashMap;

/// Weights of features.
pub struct Model {
    weights: HashMap<&'static str, f32>,
}

impl Model {
    /// Reads `table`; a line that is no feature with its weight is passed over.
    pub fn read(table: &'static str) -> Self {
        let lines = table.lines().filter(|l| !l.starts_with('#'));
        let pairs = lines.filter_map(|l| l.rsplit_once('\t'));
        Model { weights: pairs.filter_map(|(f, w)| Some((f, w.parse().ok()?))).collect() }
    }

    /// The probability of the place that `features` describes: it calls what it is given once a feature.
    pub fn probability(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> f32 {
        let mut sum = 0.0;
        features(&mut |feature| sum += self.weights.get(feature).copied().unwrap_or(0.0));
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_features_weigh_nothing() {
        let model = Model::read("# a comment\nw=said\t2.0\nbad line\nw=x\tnot a number\n");
        let p = |feature: &str| model.probability(|say| say(feature));
        assert_eq!(p("w=other"), 0.5);
        assert_eq!(p("w=x"), 0.5);
        assert!(p("w=said") > 0.85 && p("w=said") < 0.9);
    }
}
