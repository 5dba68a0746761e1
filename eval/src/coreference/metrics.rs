//! How alike two ways are to put mentions together.
//!
//! In: the clusters of the gold standard (the key) and those that were found (the response). Out: MUC (Vilain and
//! others 1995), B³ (Bagga and Baldwin 1998) and CEAF_e with φ4 (Luo 2005), as defined for found mentions by Pradhan
//! and others 2014: a mention that only one side has is wrong on that side, and never matches. Counts are summed over
//! documents before they are divided. It does not know what a mention is but for its span.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rashomon::span::Span;

use crate::attributions::matching::{Edges, heaviest_pairs};

/// The mentions that refer to one thing.
pub type Cluster = BTreeSet<Span>;

/// What was counted for one metric: how much of it was right, of how much.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Right and all, seen from the key.
    pub recall: (f64, f64),
    /// Right and all, seen from the response.
    pub precision: (f64, f64),
}

fn share((right, all): (f64, f64)) -> f64 {
    if all > 0.0 { right / all } else { 0.0 }
}

impl Counts {
    fn add(&mut self, recall: (f64, f64), precision: (f64, f64)) {
        for (sum, part) in [(&mut self.recall, recall), (&mut self.precision, precision)] {
            *sum = (sum.0 + part.0, sum.1 + part.1);
        }
    }

    /// Harmonic mean of precision and recall, from 0 to 1.
    pub fn f1(&self) -> f64 {
        let (recall, precision) = (share(self.recall), share(self.precision));
        if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
    }
}

/// All metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Whether the mentions are found at all.
    pub mentions: Counts,
    /// By links.
    pub muc: Counts,
    /// By mentions.
    pub b_cubed: Counts,
    /// By entities.
    pub ceaf_e: Counts,
}

impl Scores {
    /// Adds a document. In neither side may a mention be in two clusters.
    pub fn add(&mut self, key: &[Cluster], response: &[Cluster]) {
        let (sides, total) = (Sides::new(key, response), |clusters: &[Cluster]| {
            clusters.iter().map(Cluster::len).sum::<usize>() as f64
        });
        let both = sides.shared.values().flat_map(BTreeMap::values).sum::<usize>() as f64;
        self.mentions.add((both, total(key)), (both, total(response)));
        self.muc.add(sides.links(key, true), sides.links(response, false));
        self.b_cubed
            .add((sides.overlaps(key, true), total(key)), (sides.overlaps(response, false), total(response)));
        let alike = sides.alike();
        self.ceaf_e.add((alike, key.len() as f64), (alike, response.len() as f64));
    }

    /// The mean F1 of MUC, B³ and CEAF_e, from 0 to 1.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let rows =
            [("mentions", self.mentions), ("MUC", self.muc), ("B³", self.b_cubed), ("CEAF_e", self.ceaf_e)];
        for (name, counts) in rows {
            let (p, r) = (100.0 * share(counts.precision), 100.0 * share(counts.recall));
            writeln!(f, "  {name:<9} P {p:5.1}  R {r:5.1}  F1 {:5.1}", 100.0 * counts.f1())?;
        }
        writeln!(f, "  {:<9} {:25.1}", "CoNLL", 100.0 * self.conll())
    }
}

/// How many mentions each key cluster shares with each response cluster.
struct Sides<'a> {
    key: &'a [Cluster],
    response: &'a [Cluster],
    shared: BTreeMap<usize, BTreeMap<usize, usize>>,
}

impl<'a> Sides<'a> {
    fn new(key: &'a [Cluster], response: &'a [Cluster]) -> Self {
        let of: BTreeMap<Span, usize> =
            response.iter().enumerate().flat_map(|(r, c)| c.iter().map(move |m| (*m, r))).collect();
        let mut shared: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (k, cluster) in key.iter().enumerate() {
            for r in cluster.iter().filter_map(|mention| of.get(mention)) {
                *shared.entry(k).or_default().entry(*r).or_default() += 1;
            }
        }
        Sides { key, response, shared }
    }

    /// How many mentions each cluster of one side shares with clusters of the other.
    fn parts(&self, cluster: usize, of_key: bool) -> Vec<usize> {
        if of_key {
            self.shared.get(&cluster).map_or(vec![], |others| others.values().copied().collect())
        } else {
            self.shared.values().filter_map(|others| others.get(&cluster)).copied().collect()
        }
    }

    /// MUC: a cluster of n mentions wants n − 1 links; each part that the other side cuts it into, and each mention
    /// that the other side lacks, costs one.
    fn links(&self, clusters: &[Cluster], of_key: bool) -> (f64, f64) {
        let each = clusters.iter().enumerate().map(|(i, cluster)| {
            let parts = self.parts(i, of_key);
            let found: usize = parts.iter().sum();
            (found - parts.len(), cluster.len().saturating_sub(1))
        });
        each.fold((0.0, 0.0), |sum, (right, all)| (sum.0 + right as f64, sum.1 + all as f64))
    }

    /// B³: of each mention's cluster, how much its cluster on the other side holds.
    fn overlaps(&self, clusters: &[Cluster], of_key: bool) -> f64 {
        let each = clusters.iter().enumerate().map(|(i, cluster)| {
            let squares: usize = self.parts(i, of_key).iter().map(|part| part * part).sum();
            squares as f64 / cluster.len().max(1) as f64
        });
        each.sum()
    }

    /// CEAF_e: the sum of φ4 over the best one-to-one assignment of clusters.
    fn alike(&self) -> f64 {
        let phi = |k: usize, r: usize, shared: usize| {
            2.0 * shared as f64 / (self.key[k].len() + self.response[r].len()) as f64
        };
        let row = |(k, others): (&usize, &BTreeMap<usize, usize>)| {
            (*k, others.iter().map(|(r, shared)| (*r, phi(*k, *r, *shared))).collect())
        };
        let edges: Edges = self.shared.iter().map(row).collect();
        heaviest_pairs(&edges).iter().map(|(k, r)| edges[k][r]).sum()
    }
}

/// The clusters of more than one mention.
pub fn without_singles(clusters: &[Cluster]) -> Vec<Cluster> {
    clusters.iter().filter(|cluster| cluster.len() > 1).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clusters of mentions that are written as letters: "abc de".
    fn clusters(letters: &str) -> Vec<Cluster> {
        let mention = |letter: u8| Span::new(letter as usize..letter as usize + 1);
        letters.split(' ').map(|cluster| cluster.bytes().map(mention).collect()).collect()
    }

    fn scores(key: &str, response: &str) -> Scores {
        let mut scores = Scores::default();
        scores.add(&clusters(key), &clusters(response));
        scores
    }

    fn near(counts: Counts, recall: f64, precision: f64) {
        let (r, p) = (share(counts.recall), share(counts.precision));
        assert!((r - recall).abs() < 1e-9 && (p - precision).abs() < 1e-9, "R {r} P {p}");
    }

    #[test]
    fn the_same_clusters_are_perfect() {
        let scores = scores("abc de f", "f de abc");
        assert_eq!(scores.conll(), 1.0);
    }

    #[test]
    fn a_response_that_lacks_and_adds_mentions() {
        // The example of Pradhan and others 2014, worked anew: c is lacking, h and i are added.
        let scores = scores("abc defg", "ab cd fghi");
        // Parts: {ab|c} keeps 1 of 2 links, {d|e|fg} 1 of 3; ab keeps its 1, c|d none of 1, fg|h|i 1 of 3.
        near(scores.muc, 2.0 / 5.0, 2.0 / 5.0);
        // Key: (4 + 1) / 3 and (1 + 4) / 4 of 7; response: 4/2, (1 + 1) / 2 and 4/4 of 8.
        near(scores.b_cubed, (5.0 / 3.0 + 5.0 / 4.0) / 7.0, 4.0 / 8.0);
        // abc with ab: 4/5; defg with fghi: 4/8. Of 2 and of 3.
        near(scores.ceaf_e, 1.3 / 2.0, 1.3 / 3.0);
        near(scores.mentions, 6.0 / 7.0, 6.0 / 8.0);
    }

    #[test]
    fn all_in_one_pays_in_precision_only() {
        // 5 links of 5 to keep, of 6 given; B³: 7 of 7, (9 + 16) / 7 of 7; CEAF: the larger alone, 8/11.
        let scores = scores("abc defg", "abcdefg");
        near(scores.muc, 1.0, 5.0 / 6.0);
        near(scores.b_cubed, 1.0, 25.0 / 49.0);
        near(scores.ceaf_e, 4.0 / 11.0, 8.0 / 11.0);
    }

    #[test]
    fn single_mentions_count_but_for_links() {
        let scores = scores("ab c", "a b c");
        near(scores.muc, 0.0, 0.0);
        near(scores.b_cubed, 2.0 / 3.0, 1.0);
        // ab with a: 2/3; c with c: 1.
        near(scores.ceaf_e, 5.0 / 6.0, 5.0 / 9.0);
        assert_eq!(without_singles(&clusters("ab c")), clusters("ab"));
    }

    #[test]
    fn documents_are_summed_before_they_are_divided() {
        let mut scores = scores("abc", "abc");
        scores.add(&clusters("ab"), &clusters("a b"));
        near(scores.muc, 2.0 / 3.0, 1.0);
        near(scores.b_cubed, 4.0 / 5.0, 1.0);
    }

    #[test]
    fn nothing_found_is_worth_nothing() {
        let mut scores = Scores::default();
        scores.add(&clusters("ab"), &[]);
        assert_eq!(scores.conll(), 0.0);
    }
}
