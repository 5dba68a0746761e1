//! Which PLOVER root type a clause tells of, by what its words say.
//!
//! In: the features of a clause. Out: the likeliest root type with its probability. It does not know the words. What
//! the weights were learnt from stands in `models/plover/README.md`.

use std::sync::LazyLock;

use super::features::Feature;
use super::lexicon::ROOTS;

const MAGIC: &[u8; 4] = b"RPLV";

/// A linear model over features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Types {
    /// Ascending.
    features: Vec<Feature>,
    /// For each feature a weight for each root type, in steps of `step`.
    weights: Vec<[i8; ROOTS.len()]>,
    step: f32,
}

impl Types {
    /// The model in the binary.
    pub fn shipped() -> &'static Types {
        static SHIPPED: LazyLock<Types> = LazyLock::new(|| {
            Types::read(include_bytes!("../../../models/plover/types.bin")).unwrap_or_default()
        });
        &SHIPPED
    }

    /// A model of these weights; features whose weights are all next to nothing are left out.
    pub fn new(weights: &[(Feature, [f32; ROOTS.len()])]) -> Self {
        let largest = weights.iter().flat_map(|(_, w)| w).fold(0.0f32, |most, w| most.max(w.abs()));
        let step = largest.max(f32::MIN_POSITIVE) / 127.0;
        let mut steps: Vec<(Feature, [i8; ROOTS.len()])> =
            weights.iter().map(|(feature, w)| (*feature, w.map(|w| (w / step).round() as i8))).collect();
        steps.retain(|(_, w)| w.iter().any(|w| w.unsigned_abs() > 1));
        steps.sort_unstable();
        steps.dedup_by_key(|(feature, _)| *feature);
        let (features, weights) = steps.into_iter().unzip();
        Types { features, weights, step }
    }

    /// The probability of each root type, in the order of [`ROOTS`].
    pub fn probabilities(&self, features: &[(Feature, f32)]) -> [f32; ROOTS.len()] {
        let mut scores = [0.0f32; ROOTS.len()];
        for (feature, value) in features {
            let Ok(i) = self.features.binary_search(feature) else { continue };
            for (score, weight) in scores.iter_mut().zip(&self.weights[i]) {
                *score += value * self.step * f32::from(*weight);
            }
        }
        let largest = scores.iter().fold(f32::MIN, |most, s| most.max(*s));
        let powers = scores.map(|s| (s - largest).exp());
        let all: f32 = powers.iter().sum();
        powers.map(|p| p / all)
    }

    /// The likeliest root type and its probability.
    pub fn best(&self, features: &[(Feature, f32)]) -> (&'static str, f32) {
        let probabilities = self.probabilities(features);
        let pairs = ROOTS.into_iter().zip(probabilities);
        pairs.reduce(|best, next| if next.1 > best.1 { next } else { best }).unwrap_or((ROOTS[0], 0.0))
    }

    /// Its bytes: "RPLV", the number of features, the step, the features, the weights; little-endian.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.features.len() as u32).to_le_bytes());
        bytes.extend(self.step.to_le_bytes());
        self.features.iter().for_each(|f| bytes.extend(f.to_le_bytes()));
        self.weights.iter().flatten().for_each(|w| bytes.extend(w.to_le_bytes()));
        bytes
    }

    /// Reads what [`Types::bytes`] wrote; `None` where it is something else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (step, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (features, weights) = rest.split_at_checked(count.checked_mul(4)?)?;
        let features: Vec<Feature> =
            features.as_chunks::<4>().0.iter().map(|c| Feature::from_le_bytes(*c)).collect();
        let (weights, left) = weights.as_chunks::<{ ROOTS.len() }>();
        let weights: Vec<[i8; ROOTS.len()]> =
            weights.iter().map(|w| w.map(|byte| i8::from_le_bytes([byte]))).collect();
        (left.is_empty() && weights.len() == count).then(|| Types {
            features,
            weights,
            step: f32::from_le_bytes(*step),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Types {
        let row = |root: &str| ROOTS.map(|r| if r == root { 2.0 } else { -1.0 });
        Types::new(&[(7, row("AID")), (3, row("ASSAULT")), (9, [0.0; ROOTS.len()])])
    }

    #[test]
    fn a_model_survives_being_written() {
        let model = model();
        assert_eq!(Types::read(&model.bytes()), Some(model.clone()));
        assert_eq!(model.features, [3, 7]);
        assert!(Types::read(&model.bytes()[..20]).is_none() && Types::read(b"").is_none());
    }

    #[test]
    fn the_feature_decides() {
        let (root, probability) = model().best(&[(7, 1.0)]);
        assert_eq!(root, "AID");
        assert!(probability > 0.5 && probability < 1.0);
        assert!(model().best(&[(1, 1.0)]).1 < 0.1);
    }
}
