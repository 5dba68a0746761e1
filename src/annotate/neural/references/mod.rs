//! Which words refer to the same, as heads of the accurate network see it.
//!
//! In: a network's rows of numbers for the words of a report, and whom the rules say that its mentions refer to. Out: chains of
//! mentions. What the rules resolve stands; the heads are asked of what they leave open, and of things without a name. A chain is
//! likely, not sure: no line of a record rests on it. It knows no other report.
//!
//! The shape is that of Lee and others (2017), on mentions that are found first. `training/train_references.py` makes the weights.

mod finder;
mod linker;
mod pairs;
mod units;

use std::ops::Range;

use rashomon_network::matrix::Matrix;
use rashomon_network::network::Reading;
use rashomon_network::weights::Weights;

use super::features::WordFeatures;
use crate::annotate::{Annotations, Chain};
use crate::report::Report;
use finder::Finder;
use linker::Linker;
use units::Unit;

/// How many rows are mapped at a time.
const BLOCK: usize = 256;

/// The heads.
pub struct References {
    finder: Finder,
    linker: Linker,
}

/// What the heads see of a report.
pub(super) struct Seen<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its layers, with the entities.
    pub layers: &'a Annotations,
    /// What the network made of its words.
    pub reading: &'a Reading<'a>,
    /// What the network was told of them.
    pub told: &'a [WordFeatures],
}

impl Seen<'_> {
    /// The word at `index`, in lower case.
    fn word(&self, index: usize) -> String {
        self.report.slice(self.layers.tokens[index].span).to_lowercase()
    }

    /// The rows of `words`, one below the other.
    fn rows(&self, words: Range<usize>) -> Matrix {
        let values: Vec<f32> = words.flat_map(|word| self.reading.row(word)).copied().collect();
        Matrix { values, width: self.reading.width() }
    }
}

impl References {
    /// The heads of a file that the program was built with.
    pub fn new(file: &[u8]) -> Self {
        let weights = Weights::new(file);
        References { finder: Finder::new(&weights), linker: Linker::new(&weights) }
    }

    /// The chains of a report, in the order of their first mentions; a mention that nothing else refers to is alone in its.
    pub(super) fn chains(&self, seen: &Seen) -> Vec<Chain> {
        let units = units::united(seen, self.finder.mentions(seen));
        let referents = self.linker.link(seen, &units);
        let mut chains: Vec<Chain> = Vec::new();
        let mut place = vec![None; units.len()];
        for (Unit { mention, .. }, referent) in units.iter().zip(referents) {
            let place = *place[referent].get_or_insert_with(|| {
                chains.push(Chain::default());
                chains.len() - 1
            });
            chains[place].mentions.push(*mention);
        }
        chains
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::neural::accurate;
    use crate::annotate::testing::report;
    use crate::annotate::{Annotator, Chain};

    fn chains(text: &str) -> Vec<Vec<String>> {
        let report = report(text);
        let words = |chain: &Chain| chain.mentions.iter().map(|m| report.slice(m.span).to_owned()).collect();
        accurate().annotate(&report).chains.iter().map(words).collect()
    }

    #[test]
    fn what_the_rules_do_not_resolve_is_linked() {
        let text = "The council has approved a new bridge over the river. The bridge will cost nine million crowns, and it will open in May.";
        let bridge = chains(text).into_iter().find(|c| c.iter().any(|m| m == "The bridge")).expect("a chain");
        assert!(
            bridge.iter().any(|m| m.starts_with("a new bridge")) && bridge.iter().any(|m| m == "it"),
            "{bridge:?}"
        );
    }

    #[test]
    fn every_mention_is_in_one_chain_and_the_rules_stand() {
        let text = "Anna Dunn, the mayor of Osby, met Peter Lund on Monday. “I have told him that the plan is dead,” Dunn said. She left with her lawyer.";
        let report = report(text);
        let layers = accurate().annotate(&report);
        let all: Vec<_> = layers.chains.iter().flat_map(|c| &c.mentions).map(|m| m.span).collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len(), "each span once");
        for chain in &layers.chains {
            let mut entities: Vec<_> = chain.mentions.iter().filter_map(|m| m.entity).collect();
            entities.dedup();
            assert!(entities.len() < 2, "one entity of the rules at most: {chain:?}");
        }
        let dunn = chains(text).into_iter().find(|c| c.iter().any(|m| m == "Dunn")).expect("a chain");
        assert!(dunn.iter().any(|m| m == "I") && dunn.iter().any(|m| m == "She"), "{dunn:?}");
    }
}
