//! Reports as weighted vectors, and how alike two of them are.
//!
//! In: documents in canonical order and the rarity of terms. Out: [`Vectors`]. It does not know which pairs
//! are worth comparing, nor which reports are joined.

use std::collections::HashMap;

use super::Rarity;
use super::document::{Document, Term};
use super::weights;

/// The weighted documents of one run.
pub(super) struct Vectors {
    vectors: Vec<Vector>,
}

/// One report: unit vectors over terms, ascending by term.
pub(super) struct Vector {
    pub day: Option<i32>,
    /// How much more alike a report of its length counts as.
    help: f32,
    pub all: Vec<(Term, f32)>,
    title: Vec<(Term, f32)>,
}

impl Vectors {
    /// Weighs the terms of `documents` by how rare they are in the background and in this run together.
    pub fn weigh(documents: &[&Document], background: &Rarity) -> Self {
        let mut local: HashMap<Term, u32> = HashMap::new();
        for document in documents {
            document.distinct().for_each(|t| *local.entry(t).or_default() += 1);
        }
        let reports = background.reports() as f32 + documents.len() as f32 + 1.0;
        let worth = |term: Term| {
            let seen = background.frequency(term) + local.get(&term).map_or(0.0, |n| *n as f32);
            (reports / (seen + 0.5)).ln().max(0.0)
        };
        Vectors { vectors: documents.iter().map(|d| Vector::new(d, &worth)).collect() }
    }

    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    pub fn get(&self, i: usize) -> &Vector {
        &self.vectors[i]
    }

    /// How alike reports `a` and `b` are, from 0 to 1.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.vectors[a], &self.vectors[b]);
        let near = nearness(a.day, b.day);
        if near < weights::THRESHOLD / 4.0 {
            return 0.0;
        }
        let all = dot(&a.all, &b.all);
        let both = !a.title.is_empty() && !b.title.is_empty();
        let titled = |all| (all + weights::TITLES * dot(&a.title, &b.title)) / (1.0 + weights::TITLES);
        let words = if both { titled(all) } else { all };
        (words * a.help * b.help).min(1.0) * near
    }
}

impl Vector {
    fn new(document: &Document, worth: &impl Fn(Term) -> f32) -> Self {
        let length = (document.words as f32).clamp(weights::LEAST_LENGTH, weights::FULL_LENGTH);
        Vector {
            day: document.day,
            help: (weights::FULL_LENGTH / length).powf(weights::SHORTNESS / 2.0),
            all: unit(document.terms.iter().map(|(t, count)| (*t, count * worth(*t)))),
            title: unit(document.title.iter().map(|t| (*t, worth(*t)))),
        }
    }
}

/// What the days between two reports leave of their likeness.
pub(super) fn nearness(a: Option<i32>, b: Option<i32>) -> f32 {
    match (a, b) {
        (Some(a), Some(b)) => (-(a.abs_diff(b) as f32) / weights::DECAY_DAYS).exp(),
        _ => weights::UNDATED,
    }
}

fn unit(weights: impl Iterator<Item = (Term, f32)>) -> Vec<(Term, f32)> {
    let mut vector: Vec<(Term, f32)> = weights.filter(|(_, w)| *w > 0.0).collect();
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|(_, w)| *w /= length);
    vector
}

fn dot(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((term_a, weight_a)), Some((term_b, weight_b))) = (a.get(i), b.get(j)) {
        if term_a == term_b {
            sum += weight_a * weight_b;
        }
        i += usize::from(term_a <= term_b);
        j += usize::from(term_b <= term_a);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;

    fn vectors(texts: &[(Option<&str>, &str)]) -> Vectors {
        let make = |(day, text): &(Option<&str>, &str)| Document::of(&report("a", *day, "", text));
        let documents: Vec<Document> = texts.iter().map(make).collect();
        Vectors::weigh(&documents.iter().collect::<Vec<_>>(), Rarity::shipped())
    }

    #[test]
    fn likeness_falls_with_days_and_is_symmetric() {
        let text = "The ferry Alkyone ran aground off Port Meridia.";
        let v =
            vectors(&[(Some("2031-03-04"), text), (Some("2031-03-04"), text), (Some("2031-03-06"), text)]);
        assert!(v.likeness(0, 1) > 0.99);
        assert!(v.likeness(0, 2) < 0.6 && v.likeness(0, 2) > 0.5);
        assert_eq!(v.likeness(0, 2), v.likeness(2, 0));
    }

    #[test]
    fn a_rare_word_weighs_more_than_a_common_one() {
        let v = vectors(&[(None, "ferry people"), (None, "ferry said"), (None, "budget people")]);
        assert!(v.likeness(0, 1) > v.likeness(0, 2));
    }

    #[test]
    fn a_report_without_a_date_counts_for_less() {
        assert!(nearness(None, Some(3)) < nearness(Some(3), Some(3)));
        assert!(nearness(None, Some(3)) > nearness(Some(1), Some(3)));
    }
}
