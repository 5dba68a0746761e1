//! The encoder of the accurate network: a transformer (Vaswani et al. 2017) in MiniLM's shape.
//!
//! In: the pieces of a window and the features of the words that they belong to. Out: a row of numbers for each word.
//! It does not know what the heads read in them.

use super::features::WordFeatures;
use super::kernel::{DEPTH, widely};
use super::matrix::{Activations, Linear, Matrix, Norm, Panels, add, gelu, softmax};
use super::weights::{Table, Weights};
use super::window::Window;

/// The numbers of a head of attention.
const HEAD: usize = 32;
/// MiniLM's places.
pub const MOST_PIECES: usize = 512;

struct Layer {
    attention: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// The encoder.
pub struct Transformer {
    pieces: Table,
    places: Matrix,
    norm: Norm,
    /// A table for each column of the features.
    features: Vec<Matrix>,
    /// The layers below the features, and those above.
    layers: (Vec<Layer>, Vec<Layer>),
}

impl Transformer {
    /// The encoder of `weights`.
    pub fn new(weights: &Weights) -> Self {
        let frozen = weights.floats("encoder.frozen")[0] as usize;
        let name = |i: usize| format!("encoder.layers.{i}");
        let depth = (0..).take_while(|i| weights.has(&format!("{}.qkv.scale", name(*i)))).count();
        let layer = |i: usize| Layer {
            attention: weights.linear(&format!("{}.qkv", name(i))),
            out: weights.linear(&format!("{}.out", name(i))),
            norm1: weights.norm(&format!("{}.norm1", name(i))),
            up: weights.linear(&format!("{}.up", name(i))),
            down: weights.linear(&format!("{}.down", name(i))),
            norm2: weights.norm(&format!("{}.norm2", name(i))),
        };
        Transformer {
            pieces: weights.table("encoder.pieces"),
            places: weights.matrix("encoder.places.weight"),
            norm: weights.norm("encoder.norm"),
            features: (0..super::features::COLUMNS)
                .map(|i| weights.matrix(&format!("encoder.features.{i}.weight")))
                .collect(),
            layers: ((0..frozen).map(layer).collect(), (frozen..depth).map(layer).collect()),
        }
    }

    /// A row for each word of the window, which stands between the pieces `begin` and `end`.
    pub fn encode(
        &self,
        window: &Window,
        pieces: &[Vec<u32>],
        features: &[WordFeatures],
        [begin, end]: [u32; 2],
    ) -> Matrix {
        let words = window.words.clone();
        let inner = pieces[words.clone()].iter().flatten().copied();
        let ids: Vec<u32> = std::iter::once(begin).chain(inner).chain([end]).collect();
        let mut rows = self.embed(&ids);
        let mut work = Workspace::default();
        self.layers.0.iter().for_each(|layer| layer.apply(&mut rows, &mut work));
        let starts = self.add_features(&mut rows, &pieces[words.clone()], &features[words]);
        let Some((last, others)) = self.layers.1.split_last() else { return picked(&rows, &starts) };
        others.iter().for_each(|layer| layer.apply(&mut rows, &mut work));
        last.apply_to(&rows, &starts, &mut work)
    }

    fn embed(&self, ids: &[u32]) -> Matrix {
        let mut rows = Matrix::zeros(ids.len(), self.pieces.width());
        for (place, id) in ids.iter().enumerate() {
            let row = rows.row_mut(place);
            self.pieces.add_to(*id as usize, row);
            add(row, self.places.row(place));
        }
        self.norm.apply(&mut rows);
        rows
    }

    /// Adds a word's features to each of its pieces; gives the place of each word's first piece.
    fn add_features(&self, rows: &mut Matrix, pieces: &[Vec<u32>], features: &[WordFeatures]) -> Vec<usize> {
        let mut starts = Vec::with_capacity(pieces.len());
        let mut place = 1;
        let none = [0; super::features::COLUMNS];
        let mut told = |place: usize, word: &WordFeatures| {
            for (table, value) in self.features.iter().zip(word) {
                add(rows.row_mut(place), table.row(usize::from(*value)));
            }
        };
        told(0, &none);
        for (pieces, word) in pieces.iter().zip(features) {
            starts.push(place);
            (place..place + pieces.len()).for_each(|place| told(place, word));
            place += pieces.len();
        }
        told(place, &none);
        starts
    }
}

/// The rows of `matrix` at `places`.
fn picked(matrix: &Matrix, places: &[usize]) -> Matrix {
    let mut values = Vec::with_capacity(places.len() * matrix.width);
    for place in places {
        values.extend_from_slice(matrix.row(*place));
    }
    Matrix { values, width: matrix.width }
}

/// The memory that all layers of a window work in.
#[derive(Default)]
struct Workspace {
    rounded: Activations,
    qkv: Matrix,
    inner: Matrix,
    out: Matrix,
}

impl Layer {
    fn apply(&self, rows: &mut Matrix, work: &mut Workspace) {
        self.attention.apply_to(rows, &mut work.rounded, &mut work.qkv);
        let mixed = attend(&work.qkv, &work.qkv);
        self.rest(rows, &mixed, work);
    }

    /// What the layer makes of the rows at `places`: of the last layer nothing else is wanted.
    fn apply_to(&self, rows: &Matrix, places: &[usize], work: &mut Workspace) -> Matrix {
        self.attention.apply_to(rows, &mut work.rounded, &mut work.qkv);
        let mixed = attend(&picked(&work.qkv, places), &work.qkv);
        let mut rows = picked(rows, places);
        self.rest(&mut rows, &mixed, work);
        rows
    }

    fn rest(&self, rows: &mut Matrix, mixed: &Matrix, work: &mut Workspace) {
        let Workspace { rounded, inner, out, .. } = work;
        self.out.apply_to(mixed, rounded, out);
        rows.add(out);
        self.norm1.apply(rows);
        self.up.apply_to(rows, rounded, inner);
        inner.change(gelu);
        self.down.apply_to(inner, rounded, out);
        rows.add(out);
        self.norm2.apply(rows);
    }
}

/// Scaled dot-product attention of every head: a row of `qkv` holds the queries, the keys and the values; the rows that ask are those of
/// `asking`, which is made alike.
fn attend(asking: &Matrix, qkv: &Matrix) -> Matrix {
    let (count, width) = (qkv.rows(), qkv.width / 3);
    let mut mixed = Matrix::zeros(asking.rows(), width);
    let mut scores = Matrix::zeros(asking.rows(), count.next_multiple_of(DEPTH));
    for head in (0..width).step_by(HEAD) {
        let queries = Activations::of(&part(asking, head));
        let (keys, key_scale) = Panels::of(&part(qkv, width + head), true);
        let scale = key_scale / (HEAD as f32).sqrt();
        keys.multiply(&queries, |row, first, sums| {
            let scale = scale * queries.scale(row);
            let scores = scores.row_mut(row)[..count][first..].iter_mut();
            scores.zip(sums).for_each(|(score, sum)| *score = *sum as f32 * scale);
        });
        widely(
            #[inline(always)]
            || {
                for row in 0..asking.rows() {
                    softmax(&mut scores.row_mut(row)[..count]);
                }
            },
        );
        let weights = Activations::of(&scores);
        let (values, value_scale) = Panels::of(&part(qkv, 2 * width + head), false);
        values.multiply(&weights, |row, first, sums| {
            let scale = value_scale * weights.scale(row);
            let mixed = mixed.row_mut(row)[head..head + HEAD][first..].iter_mut();
            mixed.zip(sums).for_each(|(value, sum)| *value = *sum as f32 * scale);
        });
    }
    mixed
}

/// The numbers of one head: 32 columns from `first`.
fn part(qkv: &Matrix, first: usize) -> Matrix {
    let mut values = Vec::with_capacity(qkv.rows() * HEAD);
    for row in qkv.values.chunks_exact(qkv.width) {
        values.extend_from_slice(&row[first..first + HEAD]);
    }
    Matrix { values, width: HEAD }
}
