//! What speaks for which type of event, and for which part in it.
//!
//! In: features, and the weights that `eval train-events` learnt (`models/events/README.md`). Out: scores. It does not
//! know a sentence.

use std::hash::Hasher;
use std::sync::LazyLock;

use fnv::FnvHasher;

use super::super::neural::meanings;
use super::lexicon::ROOTS;

/// How many vectors there are: for a type of the verb, of what follows it, of all words; for a part of the phrase's noun, of
/// the noun it hangs on, of all its words.
const VECTORS: usize = 3;

/// The numbers of all vectors.
const DENSE: usize = VECTORS * meanings::WIDTH;

/// How many places named features have, by the hash of their names.
const PLACES: usize = 1 << 17;

/// The row for "no event", after one for each root type.
pub const NONE: usize = ROOTS.len();

/// The row of the parts for who does it.
pub const ACTOR: usize = 0;

/// The row of the parts for to or with whom.
pub const RECIPIENT: usize = 1;

/// The rows of a table, and how many places its named features share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// A number for each of these at every place.
    pub rows: usize,
    places: usize,
}

/// The table for types of events: a row each, and one for none.
pub const TYPES: Shape = Shape { rows: NONE + 1, places: 1 << 13 };

/// The table for parts: actor and recipient.
pub const PARTS: Shape = Shape { rows: 2, places: PLACES };

impl Shape {
    /// How many weights the table has.
    pub const fn size(self) -> usize {
        (DENSE + self.places) * self.rows
    }

    /// Where the weights of a feature begin.
    pub fn at(self, place: u32) -> usize {
        let place = place as usize;
        self.rows * if place < DENSE { place } else { DENSE + (place - DENSE) % self.places }
    }

    /// How many bytes the table takes: a scale for each row, then a byte for each weight.
    const fn bytes(self) -> usize {
        self.rows * 4 + self.size()
    }
}

/// Features with their values, by their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(pub Vec<(u32, f32)>);

impl Features {
    /// Adds the feature `name`.
    pub fn add(&mut self, name: &str, value: f32) {
        // FNV-1a: the same on every machine.
        let mut hasher = FnvHasher::default();
        hasher.write(name.as_bytes());
        let hash = hasher.finish();
        self.0.push((DENSE as u32 + ((hash ^ (hash >> 29)) % PLACES as u64) as u32, value));
    }

    /// Adds the mean of the vectors of `words` as the vector at `place`, times `scale`.
    pub(super) fn add_vector<'w>(
        &mut self,
        place: usize,
        scale: f32,
        words: impl Iterator<Item = &'w [f32; meanings::WIDTH]>,
    ) {
        let (mut sum, mut count) = ([0.0; meanings::WIDTH], 0u16);
        for word in words {
            sum.iter_mut().zip(word).for_each(|(sum, value)| *sum += value);
            count += 1;
        }
        let factor = scale / f32::from(count.max(1));
        let first = (place * meanings::WIDTH) as u32;
        self.0.extend((first..).zip(sum).map(|(at, value)| (at, value * factor)));
    }
}

/// A table of weights: for each place of a feature a number for each row.
#[derive(Clone, Debug)]
struct Table {
    shape: Shape,
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl Table {
    fn read(shape: Shape, bytes: &[u8]) -> Self {
        let (head, rest) = bytes.split_at(shape.rows * 4);
        let scales = head.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Table { shape, scales, values: rest.iter().map(|byte| *byte as i8).collect() }
    }

    /// The weights `learnt` (for each place a number for each row) as bytes: a scale for each row, then 8 bits a number.
    fn bytes(shape: Shape, learnt: &[f32]) -> Vec<u8> {
        let mut largest = vec![0.0f32; shape.rows];
        for place in learnt.chunks_exact(shape.rows) {
            largest.iter_mut().zip(place).for_each(|(most, value)| *most = most.max(value.abs()));
        }
        let scales: Vec<f32> = largest.iter().map(|most| most / 127.0).collect();
        let rounded =
            |(value, scale): (&f32, &f32)| (value / scale.max(f32::MIN_POSITIVE)).round() as i8 as u8;
        let values = learnt.chunks_exact(shape.rows).flat_map(|place| place.iter().zip(&scales).map(rounded));
        scales.iter().flat_map(|scale| scale.to_le_bytes()).chain(values).collect()
    }

    /// What each row makes of `features`.
    fn scores<const N: usize>(&self, features: &Features) -> [f32; N] {
        let mut sums = [0.0; N];
        for (place, value) in &features.0 {
            let first = self.shape.at(*place);
            let weights = self.values.get(first..first + N).unwrap_or_default();
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f32::from(*weight) * value);
        }
        sums.iter_mut().zip(&self.scales).for_each(|(sum, scale)| *sum *= scale);
        sums
    }
}

/// The weights: a table for types, one for parts.
#[derive(Clone, Debug)]
pub struct Weights {
    types: Table,
    parts: Table,
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
        let nothing = vec![0; TYPES.bytes() + PARTS.bytes()];
        let whole = if bytes.len() == nothing.len() { bytes } else { &nothing };
        let (types, parts) = whole.split_at(TYPES.bytes());
        Weights { types: Table::read(TYPES, types), parts: Table::read(PARTS, parts) }
    }

    /// The weights that were learnt for [`TYPES`] and for [`PARTS`], as bytes.
    pub fn bytes(types: &[f32], parts: &[f32]) -> Vec<u8> {
        [Table::bytes(TYPES, types), Table::bytes(PARTS, parts)].concat()
    }

    /// How likely each root type is by the features of a verb, and none.
    pub fn types(&self, features: &Features) -> [f32; NONE + 1] {
        self.types.scores(features)
    }

    /// How likely the phrase with `features` is actor and recipient.
    pub fn parts(&self, features: &Features) -> [f32; 2] {
        self.parts.scores(features)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written() {
        let (mut types, mut parts) = (vec![0.0; TYPES.size()], vec![0.0; PARTS.size()]);
        let mut features = Features::default();
        features.add("condemn", 1.0);
        let place = features.0[0].0;
        types[TYPES.at(place) + 3] = 1.5;
        parts[PARTS.at(place) + RECIPIENT] = -0.25;
        let weights = Weights::read(&Weights::bytes(&types, &parts));
        let scores = weights.types(&features);
        assert!((scores[3] - 1.5).abs() < 1e-3 && scores[NONE] == 0.0);
        let scores = weights.parts(&features);
        assert!((scores[RECIPIENT] + 0.25).abs() < 1e-3 && scores[ACTOR] == 0.0);
    }

    #[test]
    fn a_damaged_file_weighs_nothing() {
        let mut features = Features::default();
        features.add("condemn", 1.0);
        let weights = Weights::read(&[7; 99]);
        assert_eq!(weights.types(&features), [0.0; NONE + 1]);
        assert_eq!(weights.parts(&features), [0.0; 2]);
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        let weights = Weights::shipped();
        assert!(weights.types.scales.iter().chain(&weights.parts.scales).all(|scale| *scale > 0.0));
    }
}
