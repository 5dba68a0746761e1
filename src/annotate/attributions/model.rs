//! A log-linear model read from a table of features and weights.
//!
//! In: a table, one `feature<TAB>weight` a line. Out: [`Model`], which turns the features of a place into a
//! probability. It does not know what the features mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use fnv::FnvHasher;

/// A feature in parts; the table has it as `name=a|b|c`.
pub type Feature<'a> = [&'a str; 4];

/// What the table has between the parts of a feature.
const BETWEEN: [&str; 4] = ["", "=", "|", "|"];

/// Weights of features, each feature by a hash of 64 bits of its text: two of a table of ten thousands fall
/// together with a chance of one in a thousand million, and then only a weight is wrong.
pub struct Model {
    weights: HashMap<u64, f32, BuildHasherDefault<Hashed>>,
}

impl Model {
    /// Reads `table`; a line that is no feature with its weight is passed over.
    pub fn read(table: &str) -> Self {
        let lines = table.lines().filter(|l| !l.starts_with('#'));
        let pairs = lines.filter_map(|l| l.rsplit_once('\t'));
        let mut weights = HashMap::with_capacity_and_hasher(table.len() / 24, BuildHasherDefault::default());
        weights.extend(pairs.filter_map(|(f, w)| Some((hash([f]), w.parse().ok()?))));
        Model { weights }
    }

    /// The probability of the place that `features` describes: it calls what it is given once a feature.
    pub fn probability(&self, features: impl FnOnce(&mut dyn FnMut(Feature))) -> f32 {
        let mut sum = 0.0;
        features(&mut |feature| sum += self.weights.get(&hash(texts(&feature))).copied().unwrap_or(0.0));
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The text of a feature as the table has it, in pieces.
pub fn texts<'a>(feature: &'a Feature) -> impl Iterator<Item = &'a str> {
    BETWEEN.iter().zip(feature).flat_map(|(mark, part)| [*mark, *part])
}

/// FNV-1a.
fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = FnvHasher::default();
    texts.into_iter().for_each(|text| hasher.write(text.as_bytes()));
    hasher.finish()
}

/// Leaves a hash as it is.
#[derive(Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_features_weigh_nothing() {
        let model = Model::read("# a comment\nw=said||\t2.0\nbad line\nw=x||\tnot a number\n");
        let p = |word: &str| model.probability(|add| add(["w", word, "", ""]));
        assert_eq!(p("other"), 0.5);
        assert_eq!(p("x"), 0.5);
        assert!(p("said") > 0.85 && p("said") < 0.9);
    }
}
