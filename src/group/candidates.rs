//! Which pairs of reports are worth comparing.
//!
//! In: weighted vectors in canonical order. Out: pairs with their likeness. It does not compare everything
//! with everything: a report is looked up by its most telling terms, within the days in which likeness can
//! still decide, and compared with a bounded number of others.

use std::collections::HashMap;
use std::collections::btree_map::{BTreeMap, Entry};

use super::document::Term;
use super::vector::{Vectors, nearness};
use super::weights;

/// Two reports (the smaller index first) and how alike they are.
pub(super) type Pairs = BTreeMap<(u32, u32), f32>;

/// Where each term stands: reports ascending, which is by day, those without a day first.
type Index = HashMap<Term, Vec<(u32, f32)>>;

/// The pairs that are alike enough to matter in averages.
pub(super) fn find(vectors: &Vectors) -> Pairs {
    let index = index(vectors);
    let mut scores = Scores::new(vectors.len());
    let mut pairs = Pairs::new();
    for i in 0..vectors.len() {
        for other in candidates(i, vectors, &index, &mut scores) {
            // The pair was compared when the other one was looked up.
            let Entry::Vacant(pair) = pairs.entry((other.min(i) as u32, other.max(i) as u32)) else {
                continue;
            };
            let likeness = vectors.likeness(i, other);
            if likeness >= weights::THRESHOLD / 2.0 {
                pair.insert(likeness);
            }
        }
    }
    pairs
}

fn index(vectors: &Vectors) -> Index {
    let mut index = Index::new();
    for i in 0..vectors.len() {
        for (term, weight) in keys(i, vectors) {
            index.entry(term).or_default().push((i as u32, weight));
        }
    }
    index
}

/// The heaviest terms of report `i`, in descending order.
fn keys(i: usize, vectors: &Vectors) -> Vec<(Term, f32)> {
    let mut terms = vectors.get(i).all.clone();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms.truncate(weights::KEYS);
    terms
}

/// Partial likeness of every report with the one that is looked up; reset after each look-up.
struct Scores {
    of: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(len: usize) -> Self {
        Scores { of: vec![0.0; len], touched: Vec::new() }
    }

    fn add(&mut self, report: u32, score: f32) {
        let slot = &mut self.of[report as usize];
        if *slot == 0.0 {
            self.touched.push(report);
        }
        *slot += score;
    }

    /// The best `n`, ties by canonical order.
    fn drain_best(&mut self, n: usize) -> Vec<usize> {
        let of = &mut self.of;
        let mut found: Vec<(u32, f32)> =
            self.touched.drain(..).map(|r| (r, std::mem::take(&mut of[r as usize]))).collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(n);
        found.into_iter().map(|(r, _)| r as usize).collect()
    }
}

fn candidates(i: usize, vectors: &Vectors, index: &Index, scores: &mut Scores) -> Vec<usize> {
    let day = vectors.get(i).day;
    let mut postings: Vec<(&[(u32, f32)], f32)> = keys(i, vectors)
        .into_iter()
        .filter_map(|(term, weight)| Some((index.get(&term)?.as_slice(), weight)))
        .filter(|(posting, _)| posting.len() > 1)
        .collect();
    postings.sort_by_key(|(posting, _)| posting.len());
    let mut reads = weights::READS;
    for (posting, weight) in postings {
        for window in windows(posting, i, vectors) {
            for (other, other_weight) in around(window, i, reads) {
                if *other as usize != i {
                    let near = nearness(day, vectors.get(*other as usize).day);
                    scores.add(*other, weight * other_weight * near);
                }
                reads = reads.saturating_sub(1);
            }
        }
        if reads == 0 {
            break;
        }
    }
    scores.drain_best(weights::CANDIDATES)
}

/// The parts of a posting list whose reports lie near enough in time: those without a day, and those around its day.
fn windows<'a>(posting: &'a [(u32, f32)], i: usize, vectors: &Vectors) -> [&'a [(u32, f32)]; 2] {
    let Some(day) = vectors.get(i).day else { return [posting, &[]] };
    let of = |p: &(u32, f32)| vectors.get(p.0 as usize).day;
    let undated = posting.partition_point(|p| of(p).is_none());
    let from = posting.partition_point(|p| of(p).is_none_or(|d| d < day.saturating_sub(reach())));
    let to = posting.partition_point(|p| of(p).is_none_or(|d| d <= day.saturating_add(reach())));
    [&posting[..undated], &posting[from..to.max(from)]]
}

/// Days beyond which even equal reports are not joined.
fn reach() -> i32 {
    (-weights::THRESHOLD.ln() * weights::DECAY_DAYS).ceil() as i32
}

/// At most `most` entries of `window`, those next to report `i` in canonical order.
fn around(window: &[(u32, f32)], i: usize, most: usize) -> &[(u32, f32)] {
    let at = window.partition_point(|p| (p.0 as usize) < i);
    let from = at.saturating_sub(most / 2).min(window.len().saturating_sub(most));
    &window[from..(from + most).min(window.len())]
}

#[cfg(test)]
mod tests {
    use super::super::Rarity;
    use super::super::document::Document;
    use super::super::tests::report;
    use super::*;

    fn pairs(given: &[(Option<&str>, &str)]) -> Vec<(u32, u32)> {
        let make = |(day, text): &(Option<&str>, &str)| Document::of(&report("a", *day, "", text));
        let mut documents: Vec<Document> = given.iter().map(make).collect();
        documents.sort_by(|a, b| a.key().cmp(&b.key()));
        let vectors = Vectors::weigh(&documents.iter().collect::<Vec<_>>(), Rarity::shipped());
        find(&vectors).into_keys().collect()
    }

    #[test]
    fn only_reports_that_share_rare_words_within_days_are_paired() {
        let ferry = "ferry Alkyone aground";
        let given = [
            (None, ferry),
            (Some("2031-03-04"), ferry),
            (Some("2031-03-05"), ferry),
            (Some("2031-05-04"), ferry),
            (Some("2031-06-04"), "budget subsidies"),
        ];
        assert_eq!(pairs(&given), [(0, 1), (0, 2), (0, 3), (1, 2)]);
    }

    #[test]
    fn a_term_that_everyone_shares_costs_a_bounded_number_of_reads() {
        let window: Vec<(u32, f32)> = (0..1000).map(|i| (i, 1.0)).collect();
        let near = around(&window, 500, 10);
        assert_eq!((near.len(), near[0].0), (10, 495));
        assert_eq!(around(&window, 999, 10)[0].0, 990);
        assert_eq!(around(&window, 3, 5000).len(), 1000);
    }
}
