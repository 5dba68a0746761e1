//! What the features of two predicates, of two sentences and of two statements are worth.
//!
//! In: two sentences. Out: for each pair of their predicates the probability that they say the same, by two linear models:
//! the first sees one pair, the second also what the first thinks of its rivals and neighbours; how likely the sentences share a proposition;
//! and how likely they say the same as wholes. It also holds what [`crate::align`] gives the features of statements, and of claims and
//! reports that may leave them out. The weights were
//! learnt by `eval train-claims`. It does not know which pairs are taken for one: `probable` and `certain` say from where on.

use std::sync::LazyLock;

use super::features::{self, FIRST, Features, MORE};
use super::{Grid, Sentence, likeness};
use crate::align::{assertions, omissions};

/// The linear models; the constant of each is last.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The weight of each feature of a pair of predicates.
    pub first: Vec<f64>,
    /// The same for the features with what stands out among the pairs.
    pub second: Vec<f64>,
    /// From which probability on two predicates are taken to say the same.
    pub probable: f64,
    /// The weight of each feature of two sentences where it is asked whether they share a proposition.
    pub share: Vec<f64>,
    /// The same where it is asked whether they say the same as wholes.
    pub whole: Vec<f64>,
    /// The weight of each feature of two statements.
    pub assertion: Vec<f64>,
    /// From which probability on two statements are taken to assert the same in other words.
    pub certain: f64,
    /// The weight of each feature of a claim and a report that does not bear it out.
    pub told: Vec<f64>,
    /// Up to which probability a report is taken to leave out what it does not bear out.
    pub absent: f64,
}

static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../models/claims/weights.tsv")));

impl Model {
    /// The model in the program.
    pub fn shipped() -> &'static Model {
        &SHIPPED
    }

    /// A model out of lines "name of the weights, tab, number, tab, weight"; what is missing weighs nothing.
    pub fn read(lines: &str) -> Model {
        let mut model = Model {
            first: vec![0.0; FIRST + 1],
            second: vec![0.0; FIRST + MORE + 1],
            share: vec![0.0; likeness::COUNT + 1],
            whole: vec![0.0; likeness::COUNT + 1],
            assertion: vec![0.0; assertions::COUNT + 1],
            certain: 1.0,
            told: vec![0.0; omissions::COUNT + 1],
            ..Model::default()
        };
        for line in lines.lines().filter(|l| !l.starts_with('#')) {
            let [of, number, weight] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let (Ok(number), Ok(weight)) = (number.parse::<usize>(), weight.parse::<f64>()) else { continue };
            let slot = match of {
                "first" => model.first.get_mut(number),
                "second" => model.second.get_mut(number),
                "share" => model.share.get_mut(number),
                "whole" => model.whole.get_mut(number),
                "assertion" => model.assertion.get_mut(number),
                "probable" => Some(&mut model.probable),
                "certain" => Some(&mut model.certain),
                "told" => model.told.get_mut(number),
                "absent" => Some(&mut model.absent),
                _ => None,
            };
            if let Some(slot) = slot {
                *slot = weight;
            }
        }
        model
    }

    /// The lines that [`Model::read`] reads.
    pub fn write(&self) -> String {
        let lines = |name: &'static str, weights: &[f64]| -> Vec<String> {
            weights.iter().enumerate().map(|(n, weight)| format!("{name}\t{n}\t{weight:.4}\n")).collect()
        };
        [
            lines("first", &self.first),
            lines("second", &self.second),
            lines("probable", &[self.probable]),
            lines("share", &self.share),
            lines("whole", &self.whole),
            lines("assertion", &self.assertion),
            lines("certain", &[self.certain]),
            lines("told", &self.told),
            lines("absent", &[self.absent]),
        ]
        .concat()
        .concat()
    }

    /// For each pair of predicates the probability that they say the same.
    pub fn probabilities(&self, a: &Sentence, b: &Sentence) -> Grid<f64> {
        let features = features::of(a, b);
        let first = probabilities(&self.first, &features);
        probabilities(&self.second, &features::among(&features, &first))
    }

    /// How likely two sentences share a proposition.
    pub fn share(&self, a: &Sentence, b: &Sentence) -> f64 {
        probability(&self.share, &likeness::of(a, b, &self.probabilities(a, b)))
    }

    /// How likely two sentences say the same as wholes.
    pub fn whole(&self, a: &Sentence, b: &Sentence) -> f64 {
        probability(&self.whole, &likeness::of(a, b, &self.probabilities(a, b)))
    }
}

/// The probabilities by one linear model, whose constant is last.
pub fn probabilities(weights: &[f64], of: &Grid<Features>) -> Grid<f64> {
    Grid::new(of.size, |i, j| probability(weights, of.at(i, j)))
}

/// The probability of one pair.
pub fn probability(weights: &[f64], features: &[f64]) -> f64 {
    let constant = weights.last().copied().unwrap_or_default();
    let score: f64 = constant + weights.iter().zip(features).map(|(w, f)| w * f).sum::<f64>();
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::super::testing::sentence;
    use super::*;

    #[test]
    fn the_same_words_are_likelier_than_others() {
        let a = sentence("Halden closed the mine in Ostervik.");
        let b = sentence("Halden shut the mine in Ostervik on Monday.");
        let c = sentence("A choir sang in the cathedral of Varn.");
        let (alike, other) = (Model::shipped().probabilities(&a, &b), Model::shipped().probabilities(&a, &c));
        assert!(*alike.at(0, 0) > Model::shipped().probable, "{alike:?}");
        assert!(*other.at(0, 0) < 0.1, "{other:?}");
    }

    #[test]
    fn what_is_written_is_read() {
        let mut model = Model::read("# head\nfirst\t0\t-1.5\nsecond\t3\t2\nsecond\t999\t9\nx\t1\n");
        assert_eq!((model.first[0], model.second[3], model.second[4]), (-1.5, 2.0, 0.0));
        (model.probable, model.certain, model.assertion[1]) = (0.25, 0.75, -3.0);
        let again = Model::read(&model.write());
        assert_eq!((again.first, again.second, again.probable), (model.first, model.second, 0.25));
        assert_eq!((again.assertion, again.certain), (model.assertion, 0.75));
    }

    #[test]
    fn what_is_told_in_other_words_is_likelier_than_another_event() {
        let a = sentence("The ferry Halka sank off Ostervik on Monday.");
        let b = sentence("On Monday the ferry Halka went down off Ostervik.");
        let c = sentence("The owner of the ferry Halka was sued in Varn.");
        let model = Model::shipped();
        assert!(model.whole(&a, &b) > model.whole(&a, &c) + 0.2);
        assert!(model.share(&a, &b) > model.share(&a, &c));
    }
}
