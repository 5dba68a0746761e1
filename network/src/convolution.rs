//! The encoder of the fast network: convolutions with maxout over words (after Honnibal's tok2vec), at growing distances.
//!
//! In: the pieces and the features of the words of a window. Out: a row of numbers for each word. It does not know
//! what the heads read in them.

use super::features::{COLUMNS, WordFeatures};
use super::matrix::{Linear, Matrix, Norm, add};
use super::weights::{Table, Weights};
use super::window::Window;

struct Layer {
    /// How far the neighbours are that a word is mixed with.
    distance: usize,
    mix: Linear,
    norm: Norm,
}

/// The encoder.
pub struct Convolution {
    pieces: Table,
    /// A table for each column of the features.
    features: Vec<Matrix>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Convolution {
    /// The encoder of `weights`.
    pub fn new(weights: &Weights) -> Self {
        let distances = weights.floats("encoder.distances");
        let layer = |(i, distance): (usize, &f32)| Layer {
            distance: *distance as usize,
            mix: weights.linear(&format!("encoder.layers.{i}.mix")),
            norm: weights.norm(&format!("encoder.layers.{i}.norm")),
        };
        Convolution {
            pieces: weights.table("encoder.pieces"),
            features: (0..COLUMNS).map(|i| weights.matrix(&format!("encoder.features.{i}.weight"))).collect(),
            norm: weights.norm("encoder.norm"),
            layers: distances.iter().enumerate().map(layer).collect(),
        }
    }

    /// A row for each word of the window.
    pub fn encode(&self, window: &Window, pieces: &[Vec<u32>], features: &[WordFeatures]) -> Matrix {
        let words = window.words.clone();
        let mut rows = Matrix::zeros(words.len(), self.pieces.width());
        for (row, (pieces, features)) in pieces[words.clone()].iter().zip(&features[words]).enumerate() {
            self.embed(pieces, features, rows.row_mut(row));
        }
        self.norm.apply(&mut rows);
        self.layers.iter().for_each(|layer| layer.apply(&mut rows));
        rows
    }

    /// The mean of the pieces, and the features.
    fn embed(&self, pieces: &[u32], features: &WordFeatures, row: &mut [f32]) {
        pieces.iter().for_each(|piece| self.pieces.add_to(*piece as usize, row));
        row.iter_mut().for_each(|value| *value /= pieces.len().max(1) as f32);
        for (table, value) in self.features.iter().zip(features) {
            add(row, table.row(usize::from(*value)));
        }
    }
}

impl Layer {
    fn apply(&self, rows: &mut Matrix) {
        let (count, width) = (rows.rows(), rows.width);
        let mut near = Matrix::zeros(count, 3 * width);
        for word in 0..count {
            let neighbours = [word.checked_sub(self.distance), Some(word), Some(word + self.distance)];
            for (part, neighbour) in near.row_mut(word).chunks_exact_mut(width).zip(neighbours) {
                if let Some(neighbour) = neighbour.filter(|n| *n < count) {
                    part.copy_from_slice(rows.row(neighbour));
                }
            }
        }
        let mixed = self.mix.apply(&near);
        for word in 0..count {
            let (left, right) = mixed.row(word).split_at(width);
            let most = left.iter().zip(right).map(|(left, right)| left.max(*right));
            rows.row_mut(word).iter_mut().zip(most).for_each(|(value, most)| *value += most);
        }
        self.norm.apply(rows);
    }
}
