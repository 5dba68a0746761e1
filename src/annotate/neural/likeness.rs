//! What a word means by itself, as a row of numbers.
//!
//! In: a word. Out: the mean of the rows of its pieces in the table that the accurate network begins with (MiniLM's own),
//! less the mean of all rows, of length one. It does not know the word's sentence: "bank" is one word.

use std::sync::OnceLock;

use super::weights::{Table, Weights};
use super::wordpiece::Vocabulary;

struct Meanings {
    vocabulary: Vocabulary,
    pieces: Table,
    mean: Vec<f32>,
}

/// Loaded once.
fn meanings() -> &'static Meanings {
    static MEANINGS: OnceLock<Meanings> = OnceLock::new();
    MEANINGS.get_or_init(|| {
        let pieces = Weights::new(super::ACCURATE_FILE).table("encoder.pieces");
        let rows = super::PIECES.lines().count();
        let mut mean = vec![0.0; pieces.width()];
        (0..rows).for_each(|row| pieces.add_to(row, &mut mean));
        mean.iter_mut().for_each(|sum| *sum /= rows.max(1) as f32);
        Meanings { vocabulary: Vocabulary::new(super::PIECES), pieces, mean }
    })
}

/// The meaning of a word, of length one; all zeros where nothing is known of it.
pub fn meaning(word: &str) -> Vec<f32> {
    let Meanings { vocabulary, pieces, mean } = meanings();
    let mut row = vec![0.0; pieces.width()];
    let of_word = vocabulary.pieces(word);
    of_word.iter().for_each(|piece| pieces.add_to(*piece as usize, &mut row));
    row.iter_mut().zip(mean).for_each(|(sum, mean)| *sum = *sum / of_word.len() as f32 - mean);
    let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|x| *x /= length);
    }
    row
}

/// How alike two meanings are, -1 to 1.
pub fn alike(a: &[f32], b: &[f32]) -> f64 {
    f64::from(a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_matter_are_more_alike_than_others() {
        let [shut, closed, cathedral] = ["shut", "closed", "cathedral"].map(meaning);
        assert!(alike(&shut, &closed) > alike(&shut, &cathedral) + 0.1);
        assert!((alike(&shut, &shut) - 1.0).abs() < 1e-3);
    }
}
