//! Sums of products of bytes, six rows by thirty-two columns at a time.
//!
//! In: six rows of activations, a panel of weights, both of 8 bits. Out: exact 32-bit sums. Integers, since their sums are the
//! same in any order: the vector paths and the portable one give the same bits on every processor.

/// Rows of a tile.
pub const ROWS: usize = 6;
/// Columns of a tile, and of a panel of weights.
pub const COLUMNS: usize = 32;
/// Products that are summed at once.
pub const DEPTH: usize = 4;
/// The largest magnitude of an activation and of a weight.
pub const LARGEST: f32 = 127.0;
/// What is added to an activation, so that no stored one is negative: one of the factors that processors multiply has no sign.
const OFFSET: i32 = 128;

/// Four neighbouring activations of each row of a tile, the first in the lowest byte, each with 128 added.
pub type Quads = [u32; ROWS];
/// The sums of a tile.
pub type Tile = [[i32; COLUMNS]; ROWS];

/// Activations as a row of a tile has them.
pub fn quad(activations: [i8; DEPTH]) -> u32 {
    u32::from_le_bytes(activations.map(|activation| activation.wrapping_add(OFFSET as u8 as i8) as u8))
}

/// Columns of weights.
pub struct Panel {
    /// Four weights of each column, then the next four: k × 32 × 4.
    weights: Vec<[[i8; DEPTH]; COLUMNS]>,
    /// What the offset of the activations adds to the sum of each column, negated.
    correction: [i32; COLUMNS],
}

impl Panel {
    /// `weights` as they lie in a panel.
    pub fn new(weights: Vec<[[i8; DEPTH]; COLUMNS]>) -> Self {
        let mut correction = [0; COLUMNS];
        for columns in &weights {
            for (sum, weights) in correction.iter_mut().zip(columns) {
                *sum -= OFFSET * weights.iter().map(|weight| i32::from(*weight)).sum::<i32>();
            }
        }
        Panel { weights, correction }
    }

    /// The products with `rows`: tile\[r\]\[c\] = Σ row_r · column_c.
    #[allow(unsafe_code, reason = "calls what the processor was just asked for")]
    pub fn multiply(&self, rows: &[Quads]) -> Tile {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx512f") && has!("avx512vnni") {
                return unsafe { avx512::multiply(rows, self) };
            }
            if has!("avx2") {
                return unsafe { avx2::multiply(rows, self) };
            }
        }
        portable(rows, self)
    }
}

/// Does `work`, compiled for vectors of eight numbers where the processor has them. They are the same operations in the same
/// order, so the bits are the same; what is to gain by it must be inlined into `work`.
#[inline(always)]
#[allow(unsafe_code, reason = "calls what the processor was just asked for")]
pub fn widely<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn with_avx2<T>(work: impl FnOnce() -> T) -> T {
            work()
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            return unsafe { with_avx2(work) };
        }
    }
    work()
}

fn portable(rows: &[Quads], panel: &Panel) -> Tile {
    let mut tile = [panel.correction; ROWS];
    for (quads, columns) in rows.iter().zip(&panel.weights) {
        for (quad, sums) in quads.iter().zip(&mut tile) {
            let [a, b, c, d] = quad.to_le_bytes().map(i32::from);
            for (sum, [e, f, g, h]) in sums.iter_mut().zip(columns) {
                *sum += a * i32::from(*e) + b * i32::from(*f) + c * i32::from(*g) + d * i32::from(*h);
            }
        }
    }
    tile
}

/// One instruction multiplies sixteen times four bytes and adds them up.
#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "vector loads and stores take pointers; 300 billion products a second on a Sapphire Rapids core"
)]
mod avx512 {
    use std::arch::x86_64::*;

    use super::{COLUMNS, Panel, Quads, ROWS, Tile};

    const VECTORS: usize = COLUMNS / 16;

    /// As [`Panel::multiply`], on a processor with AVX-512 and its instructions for neural networks.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub fn multiply(rows: &[Quads], panel: &Panel) -> Tile {
        // SAFETY: each load reads 64 of the 128 bytes of the corrections, unaligned.
        let start: [__m512i; VECTORS] = std::array::from_fn(|v| unsafe {
            _mm512_loadu_si512(panel.correction.as_ptr().add(16 * v).cast())
        });
        let mut sums = [start; ROWS];
        for (quads, columns) in rows.iter().zip(&panel.weights) {
            // SAFETY: each load reads 64 of the 128 bytes of `columns`, unaligned.
            let weights: [__m512i; VECTORS] =
                std::array::from_fn(|v| unsafe { _mm512_loadu_si512(columns.as_ptr().add(16 * v).cast()) });
            for (quad, sums) in quads.iter().zip(&mut sums) {
                let quad = _mm512_set1_epi32(*quad as i32);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, quad, weights);
                }
            }
        }
        let mut tile = [[0; COLUMNS]; ROWS];
        for (row, sums) in tile.iter_mut().zip(sums) {
            for (v, sum) in sums.into_iter().enumerate() {
                // SAFETY: each store writes 64 of the 128 bytes of `row`, unaligned.
                unsafe { _mm512_storeu_si512(row.as_mut_ptr().add(16 * v).cast(), sum) };
            }
        }
        tile
    }
}

/// The offset is taken off, and the sign of an activation goes to its weight: two products of magnitudes up to 127 fit sixteen bits.
#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "vector loads and stores take pointers; on the same core 49 billion, the portable loop 3"
)]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{COLUMNS, OFFSET, Panel, Quads, ROWS, Tile};

    /// Vectors of a half of the columns: its sums and what they are made from fit the sixteen registers.
    const VECTORS: usize = COLUMNS / 16;

    /// As [`Panel::multiply`], on a processor with AVX2.
    #[target_feature(enable = "avx2")]
    pub fn multiply(rows: &[Quads], panel: &Panel) -> Tile {
        let (ones, offset) = (_mm256_set1_epi16(1), _mm256_set1_epi8(OFFSET as i8));
        let mut tile = [[0; COLUMNS]; ROWS];
        for half in [0, COLUMNS / 2] {
            let mut sums = [[_mm256_setzero_si256(); VECTORS]; ROWS];
            for (quads, columns) in rows.iter().zip(&panel.weights) {
                let columns = &columns[half..][..COLUMNS / 2];
                // SAFETY: each load reads 32 of the 64 bytes of `columns`, unaligned.
                let weights: [__m256i; VECTORS] = std::array::from_fn(|v| unsafe {
                    _mm256_loadu_si256(columns.as_ptr().add(8 * v).cast())
                });
                for (quad, sums) in quads.iter().zip(&mut sums) {
                    let quad = _mm256_xor_si256(_mm256_set1_epi32(*quad as i32), offset);
                    let magnitude = _mm256_abs_epi8(quad);
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        let pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(weights, quad));
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (row, sums) in tile.iter_mut().zip(sums) {
                for (v, sum) in sums.into_iter().enumerate() {
                    let row = &mut row[half + 8 * v..][..8];
                    // SAFETY: the store writes the 32 bytes of `row`, unaligned.
                    unsafe { _mm256_storeu_si256(row.as_mut_ptr().cast(), sum) };
                }
            }
        }
        tile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(i: usize) -> i8 {
        ((i as i64 * 7919 + 13) % 255 - 127) as i8
    }

    fn check(rows: &[Quads], panel: &Panel, expected: &Tile) {
        assert_eq!(portable(rows, panel), *expected);
        assert_eq!(panel.multiply(rows), *expected);
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            #[allow(unsafe_code, reason = "where AVX-512 is there, this path is tested too")]
            let found = unsafe { avx2::multiply(rows, panel) };
            assert_eq!(found, *expected);
        }
    }

    #[test]
    fn all_paths_give_the_exact_sums() {
        let depth = 37;
        let activation = |row: usize, k: usize| number(row + 8 * k);
        let weight = |k: usize, column: usize| number(k * COLUMNS + 3 * column + 1);
        let four = |of: &dyn Fn(usize) -> i8, k: usize| std::array::from_fn(|i| of(k * DEPTH + i));
        let rows: Vec<Quads> =
            (0..depth).map(|k| std::array::from_fn(|row| quad(four(&|k| activation(row, k), k)))).collect();
        let weights = (0..depth).map(|k| std::array::from_fn(|c| four(&|k| weight(k, c), k))).collect();
        let mut expected = [[0; COLUMNS]; ROWS];
        for (row, sums) in expected.iter_mut().enumerate() {
            for (column, sum) in sums.iter_mut().enumerate() {
                let product = |k| i32::from(activation(row, k)) * i32::from(weight(k, column));
                *sum = (0..depth * DEPTH).map(product).sum();
            }
        }
        check(&rows, &Panel::new(weights), &expected);
    }

    #[test]
    fn the_largest_sums_are_exact() {
        for (activation, weight) in [(127, 127), (-127, 127), (127, -127), (-127, -127)] {
            let rows = vec![[quad([activation; DEPTH]); ROWS]; 384];
            let panel = Panel::new(vec![[[weight; DEPTH]; COLUMNS]; 384]);
            let sum = 1536 * i32::from(activation) * i32::from(weight);
            check(&rows, &panel, &[[sum; COLUMNS]; ROWS]);
        }
    }
}
