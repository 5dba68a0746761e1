//! Rows of numbers, and what a layer of a network does with them.
//!
//! In: rows in 32-bit floating point, weights of 8 bits with a scale for each output. Out: rows. Every sum is taken in an
//! order that the code fixes, so that the bits are the same on every processor. It does not know what the numbers mean.

use super::kernel::{COLUMNS, DEPTH, LARGEST, Panel, Quads, ROWS, quad, widely};

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

    /// Each number as `of` makes it.
    pub fn change(&mut self, of: impl Fn(f32) -> f32) {
        widely(
            #[inline(always)]
            || {
                // Not `for_each`, which is not always inlined here.
                for value in &mut self.values {
                    *value = of(*value);
                }
            },
        );
    }

    /// Adds `other`, row by row.
    pub fn add(&mut self, other: &Matrix) {
        widely(
            #[inline(always)]
            || add(&mut self.values, &other.values),
        );
    }
}

/// Adds `other` to `row`.
#[inline(always)]
pub fn add(row: &mut [f32], other: &[f32]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

/// The sum of `term` over a row, in eight partial sums.
#[inline(always)]
pub fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += term(*value);
        }
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, value)| *lane += term(*value));
    fold(lanes)
}

/// The sum of the products of two rows, in eight partial sums.
#[inline(always)]
pub fn sum_of_products(a: &[f32], b: &[f32]) -> f32 {
    let ((a, rest), (b, other_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    let rest = rest.iter().zip(other_rest);
    lanes.iter_mut().zip(rest).for_each(|(lane, (a, b))| *lane += a * b);
    fold(lanes)
}

/// The place of the first of the largest numbers; 0 where there is none.
pub fn largest_at(values: impl Iterator<Item = f32>) -> usize {
    let (mut at, mut largest) = (0, f32::NEG_INFINITY);
    for (i, value) in values.enumerate() {
        if value > largest {
            (at, largest) = (i, value);
        }
    }
    at
}

/// The largest of what `of` makes of the numbers of a row.
#[inline(always)]
pub fn largest(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    // Not `max`: it asks of each number whether it is one.
    let greater = |a: f32, b: f32| if a > b { a } else { b };
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = greater(of(*value), *lane);
        }
    }
    rest.iter().map(|value| of(*value)).chain(lanes).fold(f32::NEG_INFINITY, greater)
}

#[inline(always)]
fn fold(lanes: [f32; LANES]) -> f32 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// Rows as bytes, packed for the kernel, with a scale for each row.
#[derive(Default)]
pub struct Activations {
    /// Tiles of [`ROWS`] rows; within one, the same four numbers of all rows lie together.
    tiles: Vec<Quads>,
    scales: Vec<f32>,
    /// Fours in a row.
    width: usize,
}

impl Activations {
    /// Rounds the rows of `matrix`, whose width is a multiple of four; the largest number of a row becomes 127.
    pub fn of(matrix: &Matrix) -> Self {
        let mut of = Activations::default();
        of.take(matrix);
        of
    }

    /// As [`Activations::of`], in the memory of what it held before.
    fn take(&mut self, matrix: &Matrix) {
        let (rows, width) = (matrix.rows(), matrix.width / DEPTH);
        self.width = width;
        self.tiles.resize(rows.div_ceil(ROWS) * width, [0; ROWS]);
        self.scales.clear();
        let mut bytes = vec![0; matrix.width];
        for (index, row) in matrix.values.chunks_exact(matrix.width.max(1)).enumerate() {
            self.scales.push(rounded(row, &mut bytes));
            let tile = self.tiles[index / ROWS * width..][..width].iter_mut();
            for (quads, bytes) in tile.zip(bytes.as_chunks::<DEPTH>().0) {
                quads[index % ROWS] = quad(*bytes);
            }
        }
    }

    /// What a whole number of the row at `index` stands for.
    pub fn scale(&self, index: usize) -> f32 {
        self.scales[index]
    }
}

/// Rounds numbers into as many bytes; gives what one stands for.
fn rounded(numbers: &[f32], bytes: &mut [i8]) -> f32 {
    widely(
        #[inline(always)]
        || {
            let largest = largest(numbers, f32::abs);
            let factor = if largest > 0.0 { LARGEST / largest } else { 0.0 };
            for (byte, number) in bytes.iter_mut().zip(numbers) {
                *byte = nearest(number * factor) as i8;
            }
            largest / LARGEST
        },
    )
}

/// Columns of bytes, packed for the kernel.
pub struct Panels(Vec<Panel>);

impl Panels {
    /// `columns` columns of `inputs` numbers; `at(input, column)` gives one.
    pub fn new(inputs: usize, columns: usize, at: impl Fn(usize, usize) -> i8) -> Self {
        let panel = |first: usize| {
            let mut weights = vec![[[0; DEPTH]; COLUMNS]; inputs.div_ceil(DEPTH)];
            for input in 0..inputs {
                let row = &mut weights[input / DEPTH];
                for (column, four) in (first..columns).zip(row.iter_mut()) {
                    four[input % DEPTH] = at(input, column);
                }
            }
            Panel::new(weights)
        };
        Panels((0..columns).step_by(COLUMNS).map(panel).collect())
    }

    /// The rows of `matrix` as columns, or its columns where `by_row` is false; and what a whole number stands for.
    pub fn of(matrix: &Matrix, by_row: bool) -> (Self, f32) {
        let mut bytes = vec![0; matrix.values.len()];
        let scale = rounded(&matrix.values, &mut bytes);
        let at = |row: usize, column: usize| bytes[row * matrix.width + column];
        let panels = if by_row {
            Panels::new(matrix.width, matrix.rows(), |input, column| at(column, input))
        } else {
            Panels::new(matrix.rows(), matrix.width, at)
        };
        (panels, scale)
    }

    /// Multiplies each row of `input` with each column; `take` gets the row, the first column and up to 32 sums.
    pub fn multiply(&self, input: &Activations, take: impl FnMut(usize, usize, &[i32; COLUMNS])) {
        widely(
            #[inline(always)]
            || self.tiles(input, take),
        );
    }

    #[inline(always)]
    fn tiles(&self, input: &Activations, mut take: impl FnMut(usize, usize, &[i32; COLUMNS])) {
        let rows = input.scales.len();
        for (panel, first) in self.0.iter().zip((0..).step_by(COLUMNS)) {
            let tiles = input.tiles.chunks_exact(input.width.max(1));
            for (tile, top) in tiles.zip((0..).step_by(ROWS)) {
                // The last tile may have more rows than are there; their sums are not kept.
                for (row, sums) in (top..rows).zip(&panel.multiply(tile)) {
                    take(row, first, sums);
                }
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
        let at = |input: usize, output: usize| weights[output * inputs + input];
        Linear { panels: Panels::new(inputs, scales.len(), at), scales, addends }
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The rows of `input` mapped.
    pub fn apply(&self, input: &Matrix) -> Matrix {
        let mut output = Matrix::default();
        self.apply_to(input, &mut Activations::default(), &mut output);
        output
    }

    /// As [`Linear::apply`], in the memory of what `rounded` and `output` held before.
    pub fn apply_to(&self, input: &Matrix, rounded: &mut Activations, output: &mut Matrix) {
        rounded.take(input);
        let input = &*rounded;
        output.width = self.scales.len();
        output.values.resize(input.scales.len() * output.width, 0.0);
        self.panels.multiply(input, |row, first, sums| {
            let of_row = input.scales[row];
            let columns = self.scales[first..].iter().zip(&self.addends[first..]);
            let values = output.row_mut(row)[first..].iter_mut().zip(sums);
            for ((value, sum), (scale, addend)) in values.zip(columns) {
                *value = *sum as f32 * (of_row * scale) + addend;
            }
        });
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
        widely(
            #[inline(always)]
            || self.normalise(matrix),
        );
    }

    #[inline(always)]
    fn normalise(&self, matrix: &mut Matrix) {
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
#[inline(always)]
pub fn nearest(x: f32) -> i32 {
    // Not `round`: without the processor's own instruction that is a call for each number.
    (x + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32
}

/// eˣ by a polynomial of degree six over [-ln 2 / 2, ln 2 / 2], to about 2⁻²²; the same bits on every processor.
#[inline(always)]
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
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    x / (1.0 + exp(-1.595_769 * (x + 0.044_715 * x * x * x)))
}

/// Makes a row of scores a distribution.
#[inline(always)]
pub fn softmax(row: &mut [f32]) {
    let largest = largest(row, |value| value);
    for value in &mut *row {
        *value = exp(*value - largest);
    }
    let factor = 1.0 / sum(row, |value| value);
    for value in row {
        *value *= factor;
    }
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
        // 3 rows of 4, 26 outputs: the panel and the tile are not full. Each of four activations up to 2.2 is rounded to a 127th of
        // that, and meets a weight of up to 1.27.
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
                    (found - exact - out as f32).abs() < 4.0 * 1.27 * 2.2 / 254.0,
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
