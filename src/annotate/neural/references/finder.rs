//! The head that finds mentions.
//!
//! In: rows of the words of a sentence. Out: which words head a mention, of what sort of thing, and where it begins and ends. It
//! does not know what a mention refers to.

use std::collections::BTreeSet;
use std::ops::Range;

use rashomon_network::heads::Scorer;
use rashomon_network::matrix::{Linear, Matrix, largest_at, sum_of_products};
use rashomon_network::weights::Weights;

use super::Seen;
use super::units::Unit;
use crate::annotate::EntityKind;
use crate::span::Span;

/// The distance in words from which on distances are one.
const REACH: usize = 24;

/// How far from the word that heads it a mention may begin or end, in words. Training asks for no limit; of GUM's mentions fewer
/// than one in 5,000 is longer.
const LONGEST: usize = 80;

/// What the product of a head and a border is divided by, as in training.
const SCALE: f32 = 8.0;

/// No mention, and the sorts of things.
const SORTS: [Option<EntityKind>; 5] = [
    None,
    Some(EntityKind::Person),
    Some(EntityKind::Organization),
    Some(EntityKind::Place),
    Some(EntityKind::Other),
];

pub struct Finder {
    sort: Scorer,
    head: Linear,
    border: Linear,
    /// For each distance what it adds to a first and to a last word.
    place: Matrix,
}

/// Which border of a mention.
#[derive(Clone, Copy)]
enum Border {
    First,
    Last,
}

impl Finder {
    /// The head in `weights`.
    ///
    /// # Panics
    /// Where it has another shape than this program reads.
    pub fn new(weights: &Weights) -> Self {
        let finder = Finder {
            sort: Scorer::new(weights, "finder.sort"),
            head: weights.linear("finder.head"),
            border: weights.linear("finder.border"),
            place: weights.matrix("finder.place.weight"),
        };
        assert_eq!(finder.sort.outputs(), SORTS.len(), "sorts of mentions");
        assert_eq!(finder.place.rows(), 2 * REACH + 1, "distances");
        finder
    }

    /// The mentions in the sentences of a report, each span once.
    pub(super) fn mentions(&self, seen: &Seen) -> Vec<Unit> {
        let sentences = seen.layers.sentences.iter().filter(|s| !s.furniture);
        sentences.flat_map(|s| self.in_sentence(seen, s.tokens.clone())).collect()
    }

    fn in_sentence(&self, seen: &Seen, words: Range<usize>) -> Vec<Unit> {
        let rows = seen.rows(words.clone());
        let sorts = self.sort.apply(&rows);
        let (heads, borders) = (self.head.apply(&rows), self.border.apply(&rows));
        let (mut found, mut spans): (Vec<Unit>, BTreeSet<Span>) = Default::default();
        for at in 0..words.len() {
            let Some(sort) = SORTS[largest_at(sorts.row(at).iter().copied())] else { continue };
            let first = self.border(Border::First, heads.row(at), &borders, at);
            let last = self.border(Border::Last, heads.row(at), &borders, at);
            let unit = Unit::found(seen, words.start + first..words.start + last + 1, words.start + at, sort);
            if spans.insert(unit.mention.span) {
                found.push(unit);
            }
        }
        found
    }

    /// The first or the last word of the mention that the word `at` heads.
    fn border(&self, which: Border, head: &[f32], borders: &Matrix, at: usize) -> usize {
        let width = head.len() / 2;
        let (from, to, part) = match which {
            Border::First => (at.saturating_sub(LONGEST), at, 0..width),
            Border::Last => (at, (at + LONGEST).min(borders.rows() - 1), width..2 * width),
        };
        let score = |word: usize| {
            let apart = (word + REACH).saturating_sub(at).min(2 * REACH);
            let product = sum_of_products(&head[part.clone()], &borders.row(word)[part.clone()]);
            product / SCALE + self.place.row(apart)[which as usize]
        };
        from + largest_at((from..=to).map(score))
    }
}
