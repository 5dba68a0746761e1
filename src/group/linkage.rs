//! Joins alike reports into stories.
//!
//! In: how likely pairs are of one event (log-odds), what a person said of them, and groups to begin with. Out: groups of
//! indices. It does not know words or days. The two groups with the highest average over all pairs between them are joined,
//! again and again, as long as it reaches the threshold, so that one bridging report does not join two stories.
//! Ties go to the smaller index, so that the result is one.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::limits;

/// What is known of the pairs; indices are the caller's, in the order of reports.
pub(super) struct Links<'a> {
    /// The pairs whose log-odds reach the threshold, as far as they were looked for, the smaller index first.
    pub likely: Vec<((usize, usize), f32)>,
    /// Pairs that a person keeps apart.
    pub apart: BTreeSet<(usize, usize)>,
    /// Log-odds of any pair.
    pub odds: &'a dyn Fn(usize, usize) -> f32,
    /// Average from which two groups are joined.
    pub threshold: f32,
}

/// A group of reports under way.
struct Group {
    members: Vec<usize>,
    /// The groups that it may be joined with, and the average log-odds. There are few: what speaks against a pair is looked up
    /// only where another pair brings the two together.
    near: BTreeMap<usize, f32>,
}

/// Two groups that may be joined; the heap gives the most alike first.
#[derive(PartialEq)]
struct Offer {
    average: f32,
    pair: Reverse<(usize, usize)>,
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.average.total_cmp(&other.average).then(self.pair.cmp(&other.pair))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Joins `begun` (each ascending, disjoint) as far as the links go. The groups come out ascending, in order of their first.
pub(super) fn join(mut begun: Vec<Vec<usize>>, links: &Links) -> Vec<Vec<usize>> {
    begun.sort_unstable();
    let mut groups: Vec<Option<Group>> =
        begun.into_iter().map(|members| Some(Group { members, near: BTreeMap::new() })).collect();
    let mut offers = BinaryHeap::new();
    for (a, b) in met(&groups, links) {
        let average = average(&groups[a], &groups[b], links);
        link(&mut groups, a, b, average, links, &mut offers);
    }
    while let Some(Offer { average, pair: Reverse((a, b)) }) = offers.pop() {
        let current = groups[a].as_ref().and_then(|g| g.near.get(&b));
        if current == Some(&average) && groups[b].is_some() {
            merge(&mut groups, a, b, links, &mut offers);
        }
    }
    let mut joined: Vec<Vec<usize>> = groups.into_iter().flatten().map(|g| g.members).collect();
    joined.sort_unstable();
    joined
}

/// The pairs of groups between which a pair is likely.
fn met(groups: &[Option<Group>], links: &Links) -> BTreeSet<(usize, usize)> {
    let members = |(g, group): (usize, &Option<Group>)| {
        group.iter().flat_map(move |x| x.members.iter().map(move |m| (*m, g))).collect::<Vec<_>>()
    };
    let of: BTreeMap<usize, usize> = groups.iter().enumerate().flat_map(members).collect();
    let pair = |(a, b): &(usize, usize)| {
        let (a, b) = (of.get(a)?, of.get(b)?);
        (a != b).then_some((*a.min(b), *a.max(b)))
    };
    links.likely.iter().map(|(pair, _)| pair).filter_map(pair).collect()
}

/// Offers `a` and `b` where they may be joined.
fn link(
    groups: &mut [Option<Group>],
    a: usize,
    b: usize,
    average: f32,
    links: &Links,
    offers: &mut BinaryHeap<Offer>,
) {
    if average < links.threshold {
        return;
    }
    for (from, to) in [(a, b), (b, a)] {
        if let Some(group) = &mut groups[from] {
            group.near.insert(to, average);
        }
    }
    offers.push(Offer { average, pair: Reverse((a.min(b), a.max(b))) });
}

/// Joins `b` into `a` and offers the result to the groups that either was compared with.
fn merge(groups: &mut [Option<Group>], a: usize, b: usize, links: &Links, offers: &mut BinaryHeap<Offer>) {
    let (Some(first), Some(second)) = (groups[a].take(), groups[b].take()) else { return };
    let others: BTreeSet<usize> = first.near.keys().chain(second.near.keys()).copied().collect();
    let (n, m) = (first.members.len() as f32, second.members.len() as f32);
    let mut averages = Vec::with_capacity(others.len());
    for other in others {
        let with = &groups[other];
        if with.is_none() {
            continue;
        }
        let known = |group: &Group| {
            group.near.get(&other).copied().unwrap_or_else(|| between(&group.members, with, links))
        };
        averages.push((other, (n * known(&first) + m * known(&second)) / (n + m)));
    }
    let mut members = [first.members.as_slice(), &second.members].concat();
    members.sort_unstable();
    groups[a] = Some(Group { members, near: BTreeMap::new() });
    for (other, average) in averages {
        if let Some(group) = &mut groups[other] {
            group.near.remove(&b);
            group.near.remove(&a);
        }
        link(groups, a, other, average, links, offers);
    }
}

fn average(a: &Option<Group>, b: &Option<Group>, links: &Links) -> f32 {
    a.as_ref().map_or(f32::NEG_INFINITY, |a| between(&a.members, b, links))
}

/// The average log-odds of the pairs between two groups; of evenly spread members where a group is large.
/// A pair that a person keeps apart keeps the groups apart.
fn between(a: &[usize], b: &Option<Group>, links: &Links) -> f32 {
    let b = b.as_ref().map_or(&[][..], |b| &b.members);
    let pair = |x: usize, y: usize| (x.min(y), x.max(y));
    if !links.apart.is_empty() && a.iter().any(|x| b.iter().any(|y| links.apart.contains(&pair(*x, *y)))) {
        return f32::NEG_INFINITY;
    }
    let few = |group: &[usize]| -> Vec<usize> {
        group.iter().copied().step_by(group.len().div_ceil(limits::SAMPLE).max(1)).collect()
    };
    let (a, b) = (few(a), few(b));
    let sum: f32 = a.iter().flat_map(|x| b.iter().map(|y| (links.odds)(*x, *y))).sum();
    sum / (a.len() * b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(n: usize, known: &[(usize, usize, f32)], apart: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let known: BTreeMap<(usize, usize), f32> = known.iter().map(|(a, b, l)| ((*a, *b), *l)).collect();
        let links = Links {
            likely: known
                .iter()
                .filter(|(_, odds)| **odds >= 0.0)
                .map(|(pair, odds)| (*pair, *odds))
                .collect(),
            apart: apart.iter().copied().collect(),
            odds: &|a, b| known.get(&(a.min(b), a.max(b))).copied().unwrap_or(-6.0),
            threshold: 0.0,
        };
        join((0..n).map(|i| vec![i]).collect(), &links)
    }

    #[test]
    fn a_bridge_does_not_join_two_stories() {
        let known = [(0, 1, 4.0), (3, 4, 4.0), (0, 2, 1.0), (2, 3, 1.0)];
        let groups = joined(5, &known, &[]);
        assert!(groups.contains(&vec![0, 1]) && groups.contains(&vec![3, 4]));
    }

    #[test]
    fn the_most_alike_are_joined_first_and_every_report_is_in_one_group() {
        assert_eq!(joined(4, &[(0, 1, 0.2), (1, 2, 0.9)], &[]), [vec![0], vec![1, 2], vec![3]]);
    }

    #[test]
    fn what_a_person_keeps_apart_stays_apart() {
        let known = [(0, 1, 4.0), (0, 2, 4.0), (1, 2, 4.0)];
        assert_eq!(joined(3, &known, &[]), [vec![0, 1, 2]]);
        assert_eq!(joined(3, &known, &[(1, 2)]), [vec![0, 1], vec![2]]);
    }
}
