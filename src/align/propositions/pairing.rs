//! How alike the words around two predicates are, whatever words they are.
//!
//! In: two sentences as words with their meaning and rarity. Out: for each two of their predicates, how well the words
//! around the one can be matched with those around the other (as BERTScore does, greedily and weighted by rarity). It does
//! not know which pairs are wanted.

use super::{Proposition, Told, alike_words};
use crate::annotate::neural::likeness::alike;

/// How many features it gives.
pub const FEATURES: usize = 25;

/// Below this, the likeness of two words is chance.
const CHANCE: f64 = 0.2;

/// A word of a sentence.
#[derive(Clone, Debug)]
pub struct Word {
    /// What it means.
    pub meaning: Vec<f32>,
    /// How rare it is; 0 where it carries no matter.
    pub weight: f64,
}

/// Two sentences beside each other.
pub struct Pairing<'a> {
    a: &'a Told,
    b: &'a Told,
    /// For each word of `a` and each of `b`, how alike they are.
    alike: Vec<Vec<f64>>,
    /// The same without what is chance.
    matched: Vec<Vec<f64>>,
    /// How well both sentences match.
    whole: f64,
    /// For each predicate of `a` and each of `b`.
    cells: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy)]
struct Cell {
    word: f64,
    near: f64,
    wide: f64,
}

impl Cell {
    fn sum(self) -> f64 {
        self.word.max(0.0) + self.near + self.wide
    }
}

impl<'a> Pairing<'a> {
    /// The sentences `a` and `b`.
    pub fn of(a: &'a Told, b: &'a Told) -> Self {
        let row = |x: &Word| b.words.iter().map(|y| alike(&x.meaning, &y.meaning)).collect();
        let alike: Vec<Vec<f64>> = a.words.iter().map(row).collect();
        let clear = |x: &f64| ((x - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0);
        let matched = alike.iter().map(|row| row.iter().map(clear).collect()).collect();
        let mut pairing = Pairing { a, b, alike, matched, whole: 0.0, cells: Vec::new() };
        let all =
            |told: &Told| (0..told.words.len()).filter(|i| told.words[*i].weight > 0.0).collect::<Vec<_>>();
        pairing.whole = pairing.match_of(&all(a), &all(b));
        let cell = |x: &Proposition, y: &Proposition| Cell {
            word: pairing.alike[x.word][y.word],
            near: pairing.around((x, -4, 4), (y, -4, 4)),
            wide: pairing.around((x, -10, 10), (y, -10, 10)),
        };
        let cells = a.propositions.iter().map(|x| b.propositions.iter().map(|y| cell(x, y)).collect());
        pairing.cells = cells.collect();
        pairing
    }

    /// The features of the predicates `i` of the one and `j` of the other.
    pub fn features(&self, i: usize, j: usize) -> [f64; FEATURES] {
        let (x, y) = (&self.a.propositions[i], &self.b.propositions[j]);
        let cell = self.cells[i][j];
        let flag = |holds: bool| f64::from(u8::from(holds));
        let same = flag(alike_words(x, y));
        let rivals = |of: fn(Cell) -> f64| {
            let row = (0..self.cells[i].len()).filter(|k| *k != j).map(|k| of(self.cells[i][k]));
            let column = (0..self.cells.len()).filter(|k| *k != i).map(|k| of(self.cells[k][j]));
            [row.fold(0.0, f64::max), column.fold(0.0, f64::max)]
        };
        let [row, column] = rivals(Cell::sum);
        let [word_row, word_column] = rivals(|c| c.word);
        let beside = |from: i8, to: i8| {
            let (p, q) = (self.neighbour(self.a, x, from), self.neighbour(self.b, y, to));
            p.zip(q).map_or(0.0, |(p, q)| self.matched[p][q])
        };
        let rarity = |told: &Told, p: &Proposition| told.words[p.word].weight.min(1.0);
        let (rare_a, rare_b) = (rarity(self.a, x), rarity(self.b, y));
        let crossed = self.around((x, -8, -1), (y, 1, 8)).max(self.around((x, 1, 8), (y, -8, -1)));
        [
            cell.word,
            cell.word.max(0.0).powi(2),
            cell.near,
            cell.wide,
            self.around((x, -8, -1), (y, -8, -1)),
            self.around((x, 1, 8), (y, 1, 8)),
            crossed,
            beside(-1, -1),
            beside(1, 1),
            beside(-1, 1).max(beside(1, -1)),
            self.whole,
            flag(cell.sum() >= row),
            flag(cell.sum() >= column),
            cell.sum() - row,
            cell.sum() - column,
            cell.word - word_row,
            cell.word - word_column,
            cell.word * cell.near,
            same * cell.near,
            same * cell.wide,
            rare_a,
            rare_b,
            rare_a * rare_b,
            same * rare_a,
            self.cells.len().min(self.cells[i].len()) as f64 / 10.0,
        ]
    }

    /// How well the words at these distances from two predicates match.
    fn around(&self, x: (&Proposition, isize, isize), y: (&Proposition, isize, isize)) -> f64 {
        let words = |told: &Told, (p, from, to): (&Proposition, isize, isize)| -> Vec<usize> {
            let place = |distance: isize| p.word.checked_add_signed(distance).filter(|i| *i != p.word);
            let all =
                (from..=to).filter_map(place).filter(|i| told.words.get(*i).is_some_and(|w| w.weight > 0.0));
            all.collect()
        };
        self.match_of(&words(self.a, x), &words(self.b, y))
    }

    /// The harmonic mean of what part of the weight of either side finds its like on the other.
    fn match_of(&self, left: &[usize], right: &[usize]) -> f64 {
        if left.is_empty() || right.is_empty() {
            return 0.0;
        }
        let row = |i: usize| right.iter().map(|j| self.matched[i][*j]).fold(0.0, f64::max);
        let column = |j: usize| left.iter().map(|i| self.matched[*i][j]).fold(0.0, f64::max);
        let share = |told: &Told, words: &[usize], best: &dyn Fn(usize) -> f64| {
            let all: f64 = words.iter().map(|i| told.words[*i].weight).sum();
            words.iter().map(|i| told.words[*i].weight * best(*i)).sum::<f64>() / all
        };
        let (held, covered) = (share(self.a, left, &row), share(self.b, right, &column));
        if held + covered == 0.0 { 0.0 } else { 2.0 * held * covered / (held + covered) }
    }

    /// The next word that carries matter and is no predicate, before (-1) or after (1) `p`.
    fn neighbour(&self, told: &Told, p: &Proposition, step: i8) -> Option<usize> {
        let mut at = p.word;
        loop {
            at = at.checked_add_signed(isize::from(step))?;
            let word = told.words.get(at)?;
            if word.weight > 0.0 && told.propositions.iter().all(|other| other.word != at) {
                return Some(at);
            }
        }
    }
}
