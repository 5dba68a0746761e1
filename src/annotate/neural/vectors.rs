//! What a word is like, by itself.
//!
//! In: a word. Out: its vector, the mean of the fast network's pieces brought to length 1. Words that are used alike
//! have vectors that point alike. It does not know the word's neighbours.

use std::sync::LazyLock;

use super::weights::{Table, Weights};
use super::wordpiece::Vocabulary;
use super::{FAST_FILE, PIECES};

/// The numbers of a vector.
pub const WIDTH: usize = 128;

struct Vectors {
    vocabulary: Vocabulary,
    pieces: Table,
}

static VECTORS: LazyLock<Vectors> = LazyLock::new(|| Vectors {
    vocabulary: Vocabulary::new(PIECES),
    pieces: Weights::new(FAST_FILE).table("encoder.pieces"),
});

/// The vector of `word`.
pub fn of(word: &str) -> [f32; WIDTH] {
    let mut row = [0.0; WIDTH];
    VECTORS.vocabulary.pieces(word).iter().for_each(|piece| VECTORS.pieces.add_to(*piece as usize, &mut row));
    let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|value| *value /= length);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::of;

    fn cosine(a: &str, b: &str) -> f32 {
        of(a).iter().zip(of(b)).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn words_that_are_used_alike_are_nearer() {
        assert!(cosine("condemned", "criticised") > cosine("condemned", "harvested"));
        assert!((cosine("treaty", "treaty") - 1.0).abs() < 1e-5);
    }

    #[test]
    fn any_word_has_a_vector() {
        assert!(of("").iter().chain(&of("\u{ad}東")).all(|value| value.is_finite()));
    }
}
