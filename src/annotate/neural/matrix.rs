//! Rows of numbers, and what a layer of a network does with them.
//!
//! In: rows in 32-bit floating point, weights of 8 bits with a scale for each output. Out: rows. Every sum is taken in an
//! order that the code fixes, so that the bits are the same on every processor. It does not know what the numbers mean.

use super::kernel::{self, COLUMNS, LARGEST, ROWS};

/// How many partial sums a sum over a row keeps.
const LANES: usize = 8;

/// Rows of equal width, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The numbers, row by row.
    pub values: Vec<f32>,
    /// The numbers in a row.
    pub width: usize,
}

impl Matrix {
    /// `rows` rows of zeros.
    pub fn zeros(rows: usize, width: usize) -> Self {
        Matrix { values: vec![0.0; rows * width], width }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// The row at `index`.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    /// The row at `index`, to be changed.
    pub fn row_mut(&mut self, index: usize) -> &mut [f32] {
        &mut self.values[index * self.width..(index + 1) * self.width]
    }

    /// Adds `other`, row by row.
    pub fn add(&mut self, other: &Matrix) {
        add(&mut self.values, &other.values);
    }
}

/// Adds `other` to `row`.
pub fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(value, other)| *value += other);
}

/// The sum of `term` over a row, in eight partial sums.
pub fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, value)| *lane += term(*value));
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, value)| *lane += term(*value));
    fold(lanes)
}

/// The largest of what `of` makes of the numbers of a row.
pub fn largest(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    // Not `max`: it asks of each number whether it is one.
    let greater = |a: f32, b: f32| if a > b { a } else { b };
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, value)| *lane = greater(of(*value), *lane));
    }
    rest.iter().map(|value| of(*value)).chain(lanes).fold(f32::NEG_INFINITY, greater)
}

fn fold(lanes: [f32; LANES]) -> f32 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// Rows as 13-bit integers, in pairs, with a scale for each row.
pub struct Activations {
    pairs: Vec<i32>,
    scales: Vec<f32>,
    /// Pairs in a row.
    width: usize,
}

impl Activations {
    /// Rounds the rows of `matrix`, whose width is even; the largest number of a row becomes 8,191.
    pub fn of(matrix: &Matrix) -> Self {
        let rows = matrix.rows();
        let mut pairs = Vec::with_capacity(rows * matrix.width / 2);
        let mut scales = Vec::with_capacity(rows);
        for row in matrix.values.chunks_exact(matrix.width.max(1)) {
            let largest = largest(row, f32::abs);
            let factor = if largest > 0.0 { LARGEST / largest } else { 0.0 };
            pairs.extend(
                row.as_chunks::<2>()
                    .0
                    .iter()
                    .map(|[a, b]| kernel::pair(nearest(a * factor) as i16, nearest(b * factor) as i16)),
            );
            scales.push(largest / LARGEST);
        }
        Activations { pairs, scales, width: matrix.width / 2 }
    }

    /// What a whole number of the row at `index` stands for.
    pub fn scale(&self, index: usize) -> f32 {
        self.scales[index]
    }

    fn row(&self, index: usize) -> &[i32] {
        &self.pairs[index * self.width..(index + 1) * self.width]
    }
}

/// Columns of small integers, packed for the kernel.
pub struct Panels {
    /// Panels of 24 columns; within one, the numbers of each pair of inputs lie together, column by column.
    values: Vec<i16>,
    /// Numbers in a panel.
    size: usize,
}

impl Panels {
    /// `columns` columns of `inputs` numbers; `at(input, column)` gives one.
    pub fn new(inputs: usize, columns: usize, at: impl Fn(usize, usize) -> i16) -> Self {
        let size = inputs.next_multiple_of(2) * COLUMNS;
        let mut values = vec![0; columns.div_ceil(COLUMNS) * size];
        for column in 0..columns {
            let panel = &mut values[column / COLUMNS * size..][..size];
            for input in 0..inputs {
                panel[(input / 2 * COLUMNS + column % COLUMNS) * 2 + input % 2] = at(input, column);
            }
        }
        Panels { values, size }
    }

    /// Multiplies each row of `input` with each column; `take` gets the row, the first column and up to 24 sums.
    pub fn multiply(&self, input: &Activations, mut take: impl FnMut(usize, usize, &[i32; COLUMNS])) {
        let rows = input.scales.len();
        for (panel, first) in self.values.chunks_exact(self.size.max(1)).zip((0..).step_by(COLUMNS)) {
            for top in (0..rows).step_by(ROWS) {
                // The last tile repeats the last row, and its surplus is not kept.
                let views = std::array::from_fn(|r| input.row((top + r).min(rows - 1)));
                let tile = kernel::multiply(views, panel);
                (top..rows).zip(&tile).for_each(|(row, sums)| take(row, first, sums));
            }
        }
    }
}

/// A linear map: 8-bit weights, a scale and an addend for each output.
pub struct Linear {
    panels: Panels,
    scales: Vec<f32>,
    addends: Vec<f32>,
}

impl Linear {
    /// `weights` has a row of weights for each output.
    pub fn new(weights: &[i8], scales: Vec<f32>, addends: Vec<f32>) -> Self {
        let inputs = weights.len() / scales.len().max(1);
        let at = |input: usize, output: usize| i16::from(weights[output * inputs + input]);
        Linear { panels: Panels::new(inputs, scales.len(), at), scales, addends }
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The rows of `input` mapped.
    pub fn apply(&self, input: &Matrix) -> Matrix {
        let input = Activations::of(input);
        let mut output = Matrix::zeros(input.scales.len(), self.scales.len());
        self.panels.multiply(&input, |row, first, sums| {
            let columns = self.scales[first..].iter().zip(&self.addends[first..]);
            let values = output.row_mut(row)[first..].iter_mut().zip(sums);
            for ((value, sum), (scale, addend)) in values.zip(columns) {
                *value = *sum as f32 * (input.scales[row] * scale) + addend;
            }
        });
        output
    }
}

/// Layer normalisation (Ba et al. 2016): each row is brought to mean 0 and variance 1, then scaled and shifted.
pub struct Norm {
    /// The factor for each column.
    pub gain: Vec<f32>,
    /// The addend for each column.
    pub shift: Vec<f32>,
}

impl Norm {
    /// Normalises every row of `matrix`.
    pub fn apply(&self, matrix: &mut Matrix) {
        let width = matrix.width as f32;
        for row in matrix.values.chunks_exact_mut(matrix.width.max(1)) {
            let mean = sum(row, |value| value) / width;
            let variance = sum(row, |value| (value - mean) * (value - mean)) / width;
            let factor = 1.0 / (variance + 1e-12).sqrt();
            for (value, (gain, shift)) in row.iter_mut().zip(self.gain.iter().zip(&self.shift)) {
                *value = (*value - mean) * factor * gain + shift;
            }
        }
    }
}

/// 1.5 · 2²³: a number below 2²² that is added to it is rounded to a whole one, which stands in the lowest bits.
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number of one below 2²² in magnitude; of two as near, the even one.
pub fn nearest(x: f32) -> i32 {
    // Not `round`: without the processor's own instruction that is a call for each number.
    (x + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32
}

/// eˣ by a polynomial of degree six over [-ln 2 / 2, ln 2 / 2], to about 2⁻²²; the same bits on every processor.
pub fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 88.0);
    let power = nearest(x * LOG2_E);
    let whole = power as f32;
    let r = (x - whole * LN2_HIGH) - whole * LN2_LOW;
    let series = 1.0
        + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0))))));
    series * f32::from_bits(((power + 127) << 23) as u32)
}

/// The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016).
pub fn gelu(x: f32) -> f32 {
    x / (1.0 + exp(-1.595_769 * (x + 0.044_715 * x * x * x)))
}

/// Makes a row of scores a distribution.
pub fn softmax(row: &mut [f32]) {
    let largest = largest(row, |value| value);
    row.iter_mut().for_each(|value| *value = exp(*value - largest));
    let factor = 1.0 / sum(row, |value| value);
    row.iter_mut().for_each(|value| *value *= factor);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_gelu_are_close() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 2e-6, "{x}");
        }
        assert!((gelu(1.0) - 0.841_192).abs() < 1e-5 && gelu(-20.0).abs() < 1e-6 && gelu(20.0) == 20.0);
    }

    #[test]
    fn a_linear_map_is_the_sum_of_products() {
        // 3 rows of 4, 26 outputs: the last panel and the last tile are not full.
        let input = Matrix { values: (0..12).map(|i| i as f32 / 3.0 - 1.5).collect(), width: 4 };
        let weights: Vec<i8> = (0..26 * 4).map(|i| (i * 37 % 255 - 127) as i8).collect();
        let linear = Linear::new(&weights, vec![0.01; 26], (0..26).map(|o| o as f32).collect());
        let output = linear.apply(&input);
        for row in 0..3 {
            for out in 0..26 {
                let exact: f32 =
                    (0..4).map(|i| input.row(row)[i] * f32::from(weights[out * 4 + i]) * 0.01).sum();
                let found = output.row(row)[out];
                assert!(
                    (found - exact - out as f32).abs() < 2e-3,
                    "row {row}, output {out}: {found}, {exact}"
                );
            }
        }
    }

    #[test]
    fn a_normalised_row_has_mean_zero_and_variance_one() {
        let norm = Norm { gain: vec![1.0; 10], shift: vec![0.0; 10] };
        let mut matrix = Matrix { values: (0..20).map(|i| (i * i) as f32).collect(), width: 10 };
        norm.apply(&mut matrix);
        let (mean, square) = (sum(matrix.row(1), |v| v) / 10.0, sum(matrix.row(1), |v| v * v) / 10.0);
        assert!(mean.abs() < 1e-5 && (square - 1.0).abs() < 1e-4);
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut row = [1.0, 2.0, -50.0, 3.0];
        softmax(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6 && row[3] > row[1] && row[2] < 1e-20);
    }

    #[test]
    fn no_rows_give_no_rows() {
        let linear = Linear::new(&[1, 2], vec![1.0], vec![0.0]);
        assert_eq!(linear.apply(&Matrix::zeros(0, 2)).rows(), 0);
    }
}
