//! The head that links mentions to earlier ones.
//!
//! In: mentions in the order of the text, with the rows of two of their words. Out: for each the first mention of its chain. Each is scored
//! with each of some earlier mentions, in the form in which roles are: a sum and a product of both, and what is told of the pair. To
//! refer to nothing earlier scores 0. It does not know who found the mentions.

use std::collections::HashMap;

use rashomon_network::matrix::{Linear, Matrix, add, largest_at, sum_of_products};
use rashomon_network::weights::Weights;

use super::pairs::{self, SIZES};
use super::units::{NO_PRONOUN, Unit};
use super::{BLOCK, Seen};

/// How many mentions before it a mention may refer to, and how many earlier ones with the same noun.
const NEAR: usize = 40;
const ALIKE: usize = 8;

pub struct Linker {
    later: Linear,
    earlier: Linear,
    /// A row for each value of each number of [`pairs::told`].
    told: Matrix,
    score: Vec<f32>,
    /// What is added to every score.
    addend: f32,
}

impl Linker {
    /// The head in `weights`.
    ///
    /// # Panics
    /// Where it has another shape than this program reads.
    pub fn new(weights: &Weights) -> Self {
        let one = |name: &str| weights.floats(name).first().copied().unwrap_or_default();
        let linker = Linker {
            later: weights.linear("linker.later"),
            earlier: weights.linear("linker.earlier"),
            told: weights.matrix("linker.told.weight"),
            score: weights.floats("linker.score.weight"),
            addend: one("linker.score.bias") + one("bias"),
        };
        assert_eq!(linker.told.rows(), SIZES.iter().sum::<usize>(), "what is told of a pair");
        linker
    }

    /// For each mention the place of the first one of its chain.
    pub(super) fn link(&self, seen: &Seen, units: &[Unit]) -> Vec<usize> {
        let (later, earlier) = self.sides(seen, units);
        let mut referents: Vec<usize> = Vec::with_capacity(units.len());
        let mut of_entity: HashMap<usize, usize> = HashMap::new();
        let mut by_noun: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, unit) in units.iter().enumerate() {
            let alike = by_noun.entry(&unit.noun).or_default();
            let referent = match unit.mention.entity {
                Some(entity) => *of_entity.entry(entity).or_insert(n),
                None => {
                    let near = n.saturating_sub(NEAR)..n;
                    let far = alike.iter().rev().take(ALIKE).rev().copied();
                    let far = far.filter(|j| unit.pronoun == NO_PRONOUN && *j + NEAR < n);
                    let before: Vec<usize> = near.clone().chain(far).collect();
                    let score = |j: &usize| {
                        let told = pairs::told(unit, &units[*j], n - j);
                        self.score(later.row(n), earlier.row(*j), told)
                    };
                    let best = largest_at([0.0].into_iter().chain(before.iter().map(score)));
                    best.checked_sub(1).map_or(n, |i| referents[before[i]])
                }
            };
            alike.push(n);
            referents.push(referent);
        }
        referents
    }

    /// What each mention is as the later and as the earlier of a pair.
    fn sides(&self, seen: &Seen, units: &[Unit]) -> (Matrix, Matrix) {
        let (mut later, mut earlier) = (Matrix::default(), Matrix::default());
        for block in units.chunks(BLOCK) {
            let rows = |unit: &Unit| [unit.at, unit.words.start].map(|word| seen.reading.row(word));
            let values: Vec<f32> = block.iter().flat_map(rows).flatten().copied().collect();
            let rows = Matrix { values, width: 2 * seen.reading.width() };
            for (side, map) in [(&mut later, &self.later), (&mut earlier, &self.earlier)] {
                let mapped = map.apply(&rows);
                side.width = mapped.width;
                side.values.extend(mapped.values);
            }
        }
        (later, earlier)
    }

    fn score(&self, later: &[f32], earlier: &[f32], told: [usize; 8]) -> f32 {
        let width = self.score.len();
        let ((sum, factor), (other_sum, other_factor)) = (later.split_at(width), earlier.split_at(width));
        let mut hidden: Vec<f32> =
            (0..width).map(|i| sum[i] + other_sum[i] + factor[i] * other_factor[i]).collect();
        let mut first = 0;
        for (value, size) in told.into_iter().zip(SIZES) {
            add(&mut hidden, self.told.row(first + value));
            first += size;
        }
        hidden.iter_mut().for_each(|value| *value = value.max(0.0));
        sum_of_products(&hidden, &self.score) + self.addend
    }
}
