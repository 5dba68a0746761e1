//! Which predicted attribution answers which gold one.
//!
//! In: the word sets of both. Out: pairs, one to one: as many identical ones as possible, then as many with
//! Jaccard ≥ 0.8, then the greatest sum of F1. It does not know sources and cues.
//!
//! Among assignments of equal worth the choice is that of `score_attributions.py`, step for step, so that the
//! figures that depend on it (the sources of two predictions for one content) agree too.

use std::collections::{BTreeMap, BTreeSet};

use super::words::WordSet;

/// From which Jaccard on two contents count as the same, softly.
pub const SOFT: f64 = 0.8;

/// The pairs (index into `gold`, index into `predicted`), in order.
pub fn assign(gold: &[WordSet], predicted: &[WordSet]) -> Vec<(usize, usize)> {
    heaviest_pairs(&edges(gold, predicted))
}

/// Row → column → weight above 0; what is not in it weighs nothing.
pub type Edges = BTreeMap<usize, BTreeMap<usize, f64>>;

/// The one-to-one assignment of greatest weight, as (row, column), in order.
pub fn heaviest_pairs(edges: &Edges) -> Vec<(usize, usize)> {
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::new();
    for &first in edges.keys() {
        if seen.contains(&first) {
            continue;
        }
        let (rows, columns) = component(first, edges);
        let weight = |row: &usize, column: &usize| edges[row].get(column).copied().unwrap_or(0.0);
        let weights: Vec<Vec<f64>> =
            rows.iter().map(|row| columns.iter().map(|column| weight(row, column)).collect()).collect();
        pairs.extend(heaviest(&weights).into_iter().map(|(r, c)| (rows[r], columns[c])));
        seen.extend(rows);
    }
    pairs.sort_unstable();
    pairs
}

/// The weights of the pairs that share a word.
fn edges(gold: &[WordSet], predicted: &[WordSet]) -> Edges {
    let mut holders: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (j, set) in predicted.iter().enumerate() {
        set.iter().for_each(|word| holders.entry(word).or_default().push(j));
    }
    let mut edges = Edges::new();
    for (i, set) in gold.iter().enumerate() {
        for &j in set.iter().filter_map(|word| holders.get(&word)).flatten() {
            let row = edges.entry(i).or_default();
            row.entry(j).or_insert_with(|| weight(set, &predicted[j]));
        }
    }
    edges
}

/// 100 outweighs every sum of 10s that one pair could be traded for, and 10 every F1.
fn weight(gold: &WordSet, predicted: &WordSet) -> f64 {
    let identical = if gold == predicted { 100.0 } else { 0.0 };
    let soft = if gold.jaccard(predicted) >= SOFT { 10.0 } else { 0.0 };
    gold.f1(predicted) + identical + soft
}

/// The gold and predicted indices that are joined to `first` by a chain of edges, each in order.
fn component(first: usize, edges: &Edges) -> (Vec<usize>, Vec<usize>) {
    let mut back: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&row, columns) in edges {
        columns.keys().for_each(|&column| back.entry(column).or_default().push(row));
    }
    let (mut rows, mut columns, mut to_do) = (BTreeSet::new(), BTreeSet::new(), vec![first]);
    while let Some(row) = to_do.pop() {
        if !rows.insert(row) {
            continue;
        }
        for &column in edges[&row].keys() {
            if columns.insert(column) {
                to_do.extend(&back[&column]);
            }
        }
    }
    (rows.into_iter().collect(), columns.into_iter().collect())
}

/// The assignment of greatest weight, as (row, column) pairs with a weight above 0.
fn heaviest(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (weights.len(), weights[0].len());
    if rows > columns {
        let transposed: Vec<Vec<f64>> =
            (0..columns).map(|c| weights.iter().map(|row| row[c]).collect()).collect();
        return heaviest(&transposed).into_iter().map(|(c, r)| (r, c)).collect();
    }
    let most = weights.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let row_of = hungarian(rows, columns, |r, c| most - weights[r][c]);
    let pairs = row_of.into_iter().enumerate().filter_map(|(c, r)| Some((r?, c)));
    pairs.filter(|&(r, c)| weights[r][c] > 0.0).collect()
}

/// The Hungarian method with potentials (rows ≤ columns): for each column, its row in the cheapest assignment.
/// Rows and columns count from 1 inside, 0 being "none".
fn hungarian(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<Option<usize>> {
    let (mut u, mut v) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let (mut row_of, mut way) = (vec![0; columns + 1], vec![0; columns + 1]);
    for row in 1..=rows {
        row_of[0] = row;
        let (mut at, mut least, mut used) = (0, vec![f64::INFINITY; columns + 1], vec![false; columns + 1]);
        loop {
            used[at] = true;
            let (from, mut delta, mut next) = (row_of[at], f64::INFINITY, 0);
            for j in (1..=columns).filter(|&j| !used[j]) {
                let reduced = cost(from - 1, j - 1) - u[from] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, at);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=columns {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    row_of[1..].iter().map(|row| row.checked_sub(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::splitmix::SplitMix;

    fn set(words: &[i32]) -> WordSet {
        words.iter().copied().collect()
    }

    #[test]
    fn an_identical_pair_goes_before_two_near_ones() {
        // Crosswise both pairs would be soft; the identical one is worth more.
        let gold = [set(&[1, 2, 3, 4, 5]), set(&[1, 2, 3, 4, 5, 6])];
        let predicted = [set(&[1, 2, 3, 4, 5, 6]), set(&[9])];
        assert_eq!(assign(&gold, &predicted), [(1, 0)]);
    }

    #[test]
    fn pairs_that_share_no_word_are_not_matched() {
        assert_eq!(assign(&[set(&[1]), set(&[2])], &[set(&[2]), set(&[3])]), [(1, 0)]);
        assert_eq!(assign(&[], &[set(&[3])]), []);
    }

    #[test]
    fn as_heavy_as_the_best_of_all_assignments() {
        let mut chance = SplitMix::new(11);
        for _ in 0..200 {
            let (rows, columns) = (1 + chance.below(4), 1 + chance.below(4));
            let weights: Vec<Vec<f64>> =
                (0..rows).map(|_| (0..columns).map(|_| chance.below(4) as f64).collect()).collect();
            let sum: f64 = heaviest(&weights).iter().map(|&(r, c)| weights[r][c]).sum();
            assert_eq!(sum, best(&weights, 0, &mut vec![false; columns]), "{weights:?}");
        }
    }

    fn best(weights: &[Vec<f64>], row: usize, taken: &mut Vec<bool>) -> f64 {
        if row == weights.len() {
            return 0.0;
        }
        let mut most = best(weights, row + 1, taken);
        for column in 0..taken.len() {
            if !taken[column] {
                taken[column] = true;
                most = most.max(weights[row][column] + best(weights, row + 1, taken));
                taken[column] = false;
            }
        }
        most
    }
}
