//! What words mean, as directions: words that stand in like company point alike.
//!
//! In: a word. Out: a direction of [`WIDTH`] numbers, made of the fast network's table of pieces less the mean of the
//! table. It does not know the sentence: a word of two meanings has one direction.

use std::sync::LazyLock;

use rashomon_network::weights::{Table, Weights};
use rashomon_network::wordpiece::Vocabulary;

/// How many numbers a direction has.
pub const WIDTH: usize = 128;

/// How many partial sums a product keeps, so that it is taken in a fixed order and fast.
const LANES: usize = 8;

/// A vector of length one.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning([f32; WIDTH]);

impl Meaning {
    /// The direction of `word`.
    pub fn of(word: &str) -> Meaning {
        let pieces = TABLE.vocabulary.pieces(word);
        let mut sum = [0.0; WIDTH];
        pieces.iter().for_each(|piece| TABLE.pieces.add_to(*piece as usize, &mut sum));
        let count = pieces.len() as f32;
        sum.iter_mut().zip(&TABLE.mean).for_each(|(value, mean)| *value -= mean * count);
        let length = dot(&sum, &sum).sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|value| *value /= length);
        }
        Meaning(sum)
    }

    /// Its numbers.
    pub fn numbers(&self) -> &[f32; WIDTH] {
        &self.0
    }

    /// The cosine of two directions, from -1 to 1.
    pub fn cosine(&self, other: &Meaning) -> f64 {
        f64::from(dot(&self.0, &other.0))
    }
}

fn dot(a: &[f32; WIDTH], b: &[f32; WIDTH]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += a * b);
    }
    lanes.iter().sum()
}

struct Pieces {
    vocabulary: Vocabulary,
    pieces: Table,
    mean: [f32; WIDTH],
}

static TABLE: LazyLock<Pieces> = LazyLock::new(|| {
    let vocabulary = Vocabulary::new(super::PIECES);
    let pieces = Weights::new(super::FAST_FILE).table("encoder.pieces");
    let mut mean = [0.0; WIDTH];
    (0..pieces.rows()).for_each(|row| pieces.add_to(row, &mut mean));
    mean.iter_mut().for_each(|value| *value /= pieces.rows().max(1) as f32);
    Pieces { vocabulary, pieces, mean }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_like_meaning_point_alike() {
        let near = |a: &str, b: &str| Meaning::of(a).cosine(&Meaning::of(b));
        assert!(near("soldier", "troops") > near("soldier", "apple") + 0.1);
        assert!(near("buy", "purchase") > near("buy", "rain") + 0.1);
        assert!((near("dam", "dam") - 1.0).abs() < 1e-5);
    }

    #[test]
    fn any_word_has_a_direction() {
        for word in ["", "\u{0}", "東東", &"x".repeat(10_000)] {
            assert!(Meaning::of(word).cosine(&Meaning::of("dam")).is_finite());
        }
    }
}
