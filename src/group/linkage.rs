//! Joins alike reports into stories.
//!
//! In: vectors and the pairs worth comparing. Out: groups of indices. It does not know words or days, only
//! likeness: the two most alike groups are joined, again and again, as long as the average over all pairs
//! between them reaches the threshold. Ties go to the smaller index, so that the result is one.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::candidates::Pairs;
use super::vector::Vectors;
use super::weights;

/// A group of reports under way.
struct Cluster {
    members: Vec<usize>,
    /// Average likeness with the groups that it is alike with at all.
    near: BTreeMap<usize, f32>,
}

/// Two groups that may be joined; the heap gives the most alike first.
#[derive(PartialEq)]
struct Offer {
    likeness: f32,
    pair: Reverse<(usize, usize)>,
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then(self.pair.cmp(&other.pair))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The groups, each ascending.
pub(super) fn join(vectors: &Vectors, pairs: &Pairs) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Option<Cluster>> = (0..vectors.len()).map(|i| Some(Cluster::of(i))).collect();
    let mut offers = BinaryHeap::new();
    for ((a, b), likeness) in pairs {
        let (a, b) = (*a as usize, *b as usize);
        link(&mut clusters, a, b, *likeness);
        offers.extend(offer(a, b, *likeness));
    }
    while let Some(Offer { likeness, pair: Reverse((a, b)) }) = offers.pop() {
        let current = clusters[a].as_ref().and_then(|c| c.near.get(&b));
        if current == Some(&likeness) && clusters[b].is_some() {
            merge(&mut clusters, a, b, vectors, &mut offers);
        }
    }
    clusters.into_iter().flatten().map(|c| c.members).collect()
}

impl Cluster {
    fn of(report: usize) -> Self {
        Cluster { members: vec![report], near: BTreeMap::new() }
    }
}

fn offer(a: usize, b: usize, likeness: f32) -> Option<Offer> {
    (likeness >= weights::THRESHOLD).then_some(Offer { likeness, pair: Reverse((a.min(b), a.max(b))) })
}

fn link(clusters: &mut [Option<Cluster>], a: usize, b: usize, likeness: f32) {
    for (from, to) in [(a, b), (b, a)] {
        if let Some(cluster) = &mut clusters[from] {
            cluster.near.insert(to, likeness);
        }
    }
}

/// Joins `b` into `a` and offers the result to the groups that either was alike with.
fn merge(
    clusters: &mut [Option<Cluster>],
    a: usize,
    b: usize,
    vectors: &Vectors,
    offers: &mut BinaryHeap<Offer>,
) {
    let (Some(first), Some(second)) = (clusters[a].take(), clusters[b].take()) else { return };
    let others: BTreeSet<usize> = first.near.keys().chain(second.near.keys()).copied().collect();
    let (n, m) = (first.members.len() as f32, second.members.len() as f32);
    let mut members = [first.members.as_slice(), &second.members].concat();
    members.sort_unstable();
    clusters[a] = Some(Cluster { members, near: BTreeMap::new() });
    for other in others {
        let Some(cluster) = &mut clusters[other].as_mut().filter(|_| other != a) else { continue };
        let known = |near: &BTreeMap<usize, f32>, own: &[usize]| {
            near.get(&other).copied().unwrap_or_else(|| average(vectors, own, &cluster.members))
        };
        let likeness =
            (n * known(&first.near, &first.members) + m * known(&second.near, &second.members)) / (n + m);
        cluster.near.remove(&b);
        cluster.near.remove(&a);
        link(clusters, a, other, likeness);
        offers.extend(offer(a, other, likeness));
    }
}

/// The average likeness of all pairs between two groups; of evenly spread members where a group is large.
fn average(vectors: &Vectors, a: &[usize], b: &[usize]) -> f32 {
    let sample = |group: &[usize]| -> Vec<usize> {
        group.iter().copied().step_by(group.len().div_ceil(weights::SAMPLE).max(1)).collect()
    };
    let (a, b) = (sample(a), sample(b));
    let sum: f32 = a.iter().flat_map(|x| b.iter().map(move |y| vectors.likeness(*x, *y))).sum();
    sum / (a.len() * b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::Rarity;
    use super::super::document::Document;
    use super::super::tests::report;
    use super::*;

    fn joined(texts: &[&str], pairs: &[(u32, u32, f32)]) -> Vec<Vec<usize>> {
        let documents: Vec<Document> =
            texts.iter().map(|t| Document::of(&report("a", None, "", t))).collect();
        let vectors = Vectors::weigh(&documents.iter().collect::<Vec<_>>(), Rarity::shipped());
        join(&vectors, &pairs.iter().map(|(a, b, l)| ((*a, *b), *l)).collect())
    }

    #[test]
    fn a_bridge_does_not_join_two_stories() {
        let texts = ["ferry wreck", "ferry wreck", "ferry budget", "budget cuts", "budget cuts"];
        let low = weights::THRESHOLD * 1.2;
        let pairs = [(0, 1, 0.9), (3, 4, 0.9), (0, 2, low), (2, 3, low)];
        let groups = joined(&texts, &pairs);
        assert!(groups.contains(&vec![0, 1]) || groups.contains(&vec![0, 1, 2]));
        assert!(!groups.iter().any(|g| g.contains(&0) && g.contains(&3)));
    }

    #[test]
    fn the_most_alike_are_joined_first_and_every_report_is_in_one_group() {
        let groups = joined(&["x1", "x2", "x3", "x4"], &[(0, 1, 0.2), (1, 2, 0.9)]);
        assert_eq!(groups, [vec![0], vec![1, 2], vec![3]]);
    }
}
