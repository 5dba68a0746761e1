//! What is read off a network's words: cues, names, and the role of each word for each cue.
//!
//! In: a row of numbers for each word of a window. Out: scores. The roles follow semantic role labelling: each word is
//! scored anew for every cue, so that nested contents and shared sources need no special case. It does not know
//! which scores win.

use std::ops::Range;

use super::matrix::{Linear, Matrix, add};
use super::weights::Weights;

/// Outside, begin, inside.
pub const CUES: usize = 3;
/// Outside, and begin and inside of each kind: person, organization, place, event, other.
pub const NAMES: usize = 11;
/// Outside, begin and inside of the source, begin, inside and end of the content (a content of one word only begins).
pub const ROLES: usize = 6;

/// Distances that are told apart, see [`bucket`]; the last is not in use.
const BUCKETS: usize = 24;

/// What the rules say of a word for a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is neither content nor source.
    Nothing = 0,
    /// It is attributed.
    Content = 1,
    /// It is the source.
    Source = 2,
    /// The rules know no such cue.
    NoSuchCue = 3,
}

/// A layer of rectified linear units and one that scores.
pub struct Scorer(Linear, Linear);

impl Scorer {
    /// The layers `name.0` and `name.2` of `weights`.
    pub fn new(weights: &Weights, name: &str) -> Self {
        Scorer(weights.linear(&format!("{name}.0")), weights.linear(&format!("{name}.2")))
    }

    /// How many scores a word gets.
    pub fn outputs(&self) -> usize {
        self.1.outputs()
    }

    /// Words × outputs.
    pub fn apply(&self, words: &Matrix) -> Matrix {
        let mut hidden = self.0.apply(words);
        hidden.values.iter_mut().for_each(|value| *value = value.max(0.0));
        self.1.apply(&hidden)
    }
}

/// The heads of a network.
pub struct Heads {
    cue: Scorer,
    name: Scorer,
    role_word: Linear,
    role_cue: Linear,
    role_place: Matrix,
    role_rule: Matrix,
    role: Linear,
}

impl Heads {
    /// The heads of `weights`.
    ///
    /// # Panics
    /// Where a head has another number of labels than this program decodes.
    pub fn new(weights: &Weights) -> Self {
        let heads = Heads {
            cue: Scorer::new(weights, "heads.cue"),
            name: Scorer::new(weights, "heads.name"),
            role_word: weights.linear("heads.role_word"),
            role_cue: weights.linear("heads.role_cue"),
            role_place: weights.matrix("heads.role_place.weight"),
            role_rule: weights.matrix("heads.role_rule.weight"),
            role: weights.linear("heads.role"),
        };
        assert_eq!(heads.cue.outputs(), CUES, "labels of cues");
        assert_eq!(heads.name.outputs(), NAMES, "labels of names");
        assert_eq!(heads.role.outputs(), ROLES, "labels of roles");
        assert_eq!(heads.role_place.rows(), BUCKETS, "distances");
        assert_eq!(heads.role_rule.rows(), 4, "what the rules say");
        heads
    }

    /// Words × [`CUES`].
    pub fn cues(&self, words: &Matrix) -> Matrix {
        self.cue.apply(words)
    }

    /// Words × [`NAMES`].
    pub fn names(&self, words: &Matrix) -> Matrix {
        self.name.apply(words)
    }

    /// The part of the roles' scores that is the same for every cue of a window.
    pub fn role_words(&self, words: &Matrix) -> Matrix {
        self.role_word.apply(words)
    }

    /// Words × [`ROLES`] for one cue, a range of the window's words; `shared` is what [`Heads::role_words`] gave, `told` says of
    /// each word what the rules think of it.
    pub fn roles(&self, words: &Matrix, shared: &Matrix, cue: Range<usize>, told: &[Told]) -> Matrix {
        let mut middle = Matrix::zeros(1, words.width);
        cue.clone().for_each(|word| add(middle.row_mut(0), words.row(word)));
        middle.values.iter_mut().for_each(|value| *value /= cue.len() as f32);
        let of_cue = self.role_cue.apply(&middle);
        let width = of_cue.width / 2;
        let (sum, factor) = of_cue.row(0).split_at(width);
        let mut hidden = Matrix::zeros(words.rows(), width);
        for (word, told) in told.iter().enumerate() {
            let (own_sum, own_factor) = shared.row(word).split_at(width);
            let place = self.role_place.row(bucket(word, &cue));
            let rule = self.role_rule.row(*told as usize);
            for (i, value) in hidden.row_mut(word).iter_mut().enumerate() {
                let score = own_sum[i] + sum[i] + own_factor[i] * factor[i] + place[i] + rule[i];
                *value = score.max(0.0);
            }
        }
        self.role.apply(&hidden)
    }
}

/// The distance of a word from a cue: 0 within it, 1 to 11 before, 12 to 22 after, in steps that double.
fn bucket(word: usize, cue: &Range<usize>) -> usize {
    let (distance, first) = match word {
        _ if word < cue.start => (cue.start - word, 1),
        _ if word >= cue.end => (word + 1 - cue.end, 12),
        _ => return 0,
    };
    let step = match distance {
        1..=4 => distance - 1,
        5 => 4,
        6..=7 => 5,
        8..=11 => 6,
        12..=15 => 7,
        16..=23 => 8,
        24..=31 => 9,
        _ => 10,
    };
    first + step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_double() {
        let cue = 100..102;
        let buckets: Vec<_> = [0, 76, 95, 99, 100, 101, 102, 106, 133, 300].map(|w| bucket(w, &cue)).into();
        assert_eq!(buckets, [11, 10, 5, 1, 0, 0, 12, 16, 22, 22]);
    }
}
