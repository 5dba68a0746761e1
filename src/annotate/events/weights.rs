//! What speaks for which type of event, and for which part in it.
//!
//! In: features, and the weights that `eval train-events` learnt (`models/events/README.md`). Out: scores. It does not
//! know a sentence.

use std::sync::LazyLock;

use super::super::neural::meanings;
use super::lexicon::ROOTS;

/// How many vectors a sentence gives: of the verb, of what follows it, of all words.
const VECTORS: usize = 3;

/// The numbers of all vectors.
const DENSE: usize = VECTORS * meanings::WIDTH;

/// Named features share so many places, by the hash of their names.
const BUCKETS: usize = 1 << 13;

/// How many weights a row has.
pub const WIDTH: usize = DENSE + BUCKETS;

/// The row for "no event", after one for each root type.
pub const NONE: usize = ROOTS.len();

/// The row for who does it.
pub const ACTOR: usize = NONE + 1;

/// The row for to or with whom.
pub const RECIPIENT: usize = NONE + 2;

/// How many rows there are.
pub const ROWS: usize = NONE + 3;

/// How much a vector counts beside a named feature. Chosen with the rest by cross-validation on the train thirds.
const SCALE: f32 = 2.5;

/// Features with their values, by their place in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(pub Vec<(u32, f32)>);

impl Features {
    /// Adds the feature `name`.
    pub fn add(&mut self, name: &str, value: f32) {
        // FNV-1a: the same on every machine.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        self.0.push((DENSE as u32 + ((hash ^ (hash >> 29)) % BUCKETS as u64) as u32, value));
    }

    /// Adds the mean of the vectors of `words` as the vector at `place`.
    pub(super) fn add_vector<'w>(
        &mut self,
        place: usize,
        words: impl Iterator<Item = &'w [f32; meanings::WIDTH]>,
    ) {
        let (mut sum, mut count) = ([0.0; meanings::WIDTH], 0u16);
        for word in words {
            sum.iter_mut().zip(word).for_each(|(sum, value)| *sum += value);
            count += 1;
        }
        let factor = SCALE / f32::from(count.max(1));
        let first = (place * meanings::WIDTH) as u32;
        self.0.extend((first..).zip(sum).map(|(at, value)| (at, value * factor)));
    }
}

/// The weights: for each place of a feature a number for each row.
#[derive(Clone, Debug)]
pub struct Weights {
    scales: [f32; ROWS],
    values: Vec<i8>,
}

static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_bytes!("../../../models/events/weights.bin")));

impl Weights {
    /// The weights that the program was built with.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads what [`Weights::bytes`] gives; weights of another size weigh nothing.
    pub fn read(bytes: &[u8]) -> Self {
        let mut scales = [0.0; ROWS];
        let (head, rest) = bytes.split_at(bytes.len().min(ROWS * 4));
        if rest.len() == WIDTH * ROWS {
            let numbers = head.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
            scales.iter_mut().zip(numbers).for_each(|(scale, number)| *scale = number);
        }
        let mut values: Vec<i8> = rest.iter().map(|byte| *byte as i8).collect();
        values.resize(WIDTH * ROWS, 0);
        Weights { scales, values }
    }

    /// The weights `learnt` (for each place a number for each row) as bytes: a scale for each row, then 8 bits a number.
    pub fn bytes(learnt: &[f32]) -> Vec<u8> {
        let mut largest = [0.0f32; ROWS];
        for place in learnt.as_chunks::<ROWS>().0 {
            largest.iter_mut().zip(place).for_each(|(most, value)| *most = most.max(value.abs()));
        }
        let scales = largest.map(|most| most / 127.0);
        let mut bytes: Vec<u8> = scales.iter().flat_map(|scale| scale.to_le_bytes()).collect();
        let rounded =
            |(value, scale): (&f32, &f32)| (value / scale.max(f32::MIN_POSITIVE)).round() as i8 as u8;
        bytes.extend(
            learnt.as_chunks::<ROWS>().0.iter().flat_map(|place| place.iter().zip(&scales).map(rounded)),
        );
        bytes
    }

    /// What each row makes of `features`.
    pub fn scores(&self, features: &Features) -> [f32; ROWS] {
        let mut sums = [0.0; ROWS];
        for (place, value) in &features.0 {
            let first = *place as usize * ROWS;
            let weights = self.values.get(first..first + ROWS).unwrap_or_default();
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f32::from(*weight) * value);
        }
        sums.iter_mut().zip(self.scales).for_each(|(sum, scale)| *sum *= scale);
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written() {
        let mut learnt = vec![0.0; WIDTH * ROWS];
        let mut features = Features::default();
        features.add("condemn", 1.0);
        let place = features.0[0].0 as usize;
        learnt[place * ROWS + 3] = 1.5;
        learnt[place * ROWS + ACTOR] = -0.25;
        let scores = Weights::read(&Weights::bytes(&learnt)).scores(&features);
        assert!((scores[3] - 1.5).abs() < 1e-3 && (scores[ACTOR] + 0.25).abs() < 1e-3 && scores[NONE] == 0.0);
    }

    #[test]
    fn a_damaged_file_weighs_nothing() {
        let mut features = Features::default();
        features.add("condemn", 1.0);
        assert_eq!(Weights::read(&[7; 99]).scores(&features), [0.0; ROWS]);
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        assert!(Weights::shipped().scales.iter().all(|scale| *scale > 0.0));
    }
}
