//! What two predicates share.
//!
//! In: two sentences. Out: [`Features`] for each pair of their predicates. It does not know what they are worth.

use super::{Grid, Proposition, Sentence, Word};
use crate::annotate::Pos;

/// How many features a pair has.
pub const FIRST: usize = 26;
/// How many more it has once all pairs of two sentences have a first probability.
pub const MORE: usize = 6;

/// What a pair of predicates shares: in a fixed order, from [`of`] to [`among`].
pub type Features = Vec<f64>;

/// How many words with matter on either side, and how far away, are a predicate's surroundings.
const NEIGHBOURS: usize = 6;
const REACH: usize = 10;

/// From which cosine words of like meaning hold two sentences together, and how much less than the same word.
pub(super) const LIKE: f64 = 0.35;
const LIKE_WEIGHS: f64 = 0.7;

/// Over how many words the weight of a shared word falls to a third: next to the predicate, and in its clause.
const NEAR: f64 = 3.0;
const CLAUSE: f64 = 8.0;

/// The features of each pair of predicates of two sentences.
pub fn of(a: &Sentence, b: &Sentence) -> Grid<Features> {
    let size = (a.propositions.len(), b.propositions.len());
    let read = Comparison::new(a, b);
    let cells: Grid<Cell> = Grid::new(size, |i, j| read.cell(&a.propositions[i], &b.propositions[j]));
    let verbs = Grid::new(size, |i, j| cells.at(i, j).verbs);
    let clauses = Grid::new(size, |i, j| cells.at(i, j).clause);
    let least = |(row, column): (f64, f64)| row.min(column);
    Grid::new(size, |i, j| {
        let mut features = cells.at(i, j).features.clone();
        features.push(least(clauses.margins(i, j, 0.0)));
        features.push(least(verbs.margins(i, j, 0.0)));
        features
    })
}

/// The same with what stands out once each pair has a first probability.
pub fn among(features: &Grid<Features>, first: &Grid<f64>) -> Grid<Features> {
    let logits = Grid::new(first.size, |i, j| {
        let p = first.at(i, j).clamp(1e-4, 1.0 - 1e-4);
        (p / (1.0 - p)).ln()
    });
    let all: f64 = first.cells.iter().sum();
    let at = |i: Option<usize>, j: Option<usize>| match (i, j) {
        (Some(i), Some(j)) if i < first.size.0 && j < first.size.1 => *first.at(i, j),
        _ => 0.0,
    };
    Grid::new(first.size, |i, j| {
        let p = *first.at(i, j);
        let (row, column) = logits.margins(i, j, IMPROBABLE);
        let rivals = (0..first.size.1).map(|k| *first.at(i, k)).sum::<f64>()
            + (0..first.size.0).map(|k| *first.at(k, j)).sum::<f64>();
        let before = at(i.checked_sub(1), j.checked_sub(1));
        let after = at(Some(i + 1), Some(j + 1));
        let more = [
            *logits.at(i, j),
            row.min(column),
            row.max(column),
            rivals - 2.0 * p,
            all - p,
            before.max(after),
        ];
        features.at(i, j).iter().copied().chain(more).collect()
    })
}

/// The logit that a pair without rivals is measured against.
const IMPROBABLE: f64 = -6.0;

/// Two sentences, word by word.
pub struct Comparison<'a> {
    a: &'a Sentence,
    b: &'a Sentence,
    /// How alike two words are, words of the first × words of the second, 0 to 1.
    alike: Vec<f64>,
    anchors: Vec<Anchor>,
    /// How alike the two sentences are as wholes.
    whole: f64,
}

/// Two words that hold two sentences together.
struct Anchor {
    at: [usize; 2],
    weight: f64,
    same: bool,
}

/// How alike two predicates are, and what fills their roles, 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alike {
    /// What they are done to.
    pub patients: f64,
    /// What prepositions join to them.
    pub obliques: f64,
}

/// The features of a pair that need no other pair, and what its margins are taken of.
struct Cell {
    features: Features,
    verbs: f64,
    clause: f64,
}

impl<'a> Comparison<'a> {
    /// Of `a` with `b`.
    pub fn new(a: &'a Sentence, b: &'a Sentence) -> Self {
        let alike = a.words.iter().flat_map(|x| b.words.iter().map(move |y| alike(x, y))).collect();
        let mut read = Comparison { a, b, alike, anchors: Vec::new(), whole: 0.0 };
        read.anchors = read.anchors();
        read.whole = read.likeness(&a.content, &b.content);
        read
    }

    fn alike(&self, i: usize, j: usize) -> f64 {
        self.alike[i * self.b.words.len() + j]
    }

    fn anchors(&self) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        for (i, j) in self.a.content.iter().flat_map(|i| self.b.content.iter().map(move |j| (*i, *j))) {
            let (alike, rarity) = (self.alike(i, j), self.rarity(i, j));
            let same = is_same(&self.a.words[i], &self.b.words[j]);
            if same || alike > LIKE {
                let weight = if same { rarity } else { rarity * LIKE_WEIGHS * alike };
                anchors.push(Anchor { at: [i, j], weight, same });
            }
        }
        anchors
    }

    fn rarity(&self, i: usize, j: usize) -> f64 {
        self.a.words[i].sense.rarity.min(self.b.words[j].sense.rarity)
    }

    /// How well each of two lists of words finds its like in the other, by rarity, 0 to 1.
    fn likeness(&self, of_a: &[usize], of_b: &[usize]) -> f64 {
        let [a, b] = self.found(of_a, of_b);
        (a + b) / 2.0
    }

    /// How well each of two lists of words finds its like in the other.
    fn found(&self, of_a: &[usize], of_b: &[usize]) -> [f64; 2] {
        if of_a.is_empty() || of_b.is_empty() {
            return [0.0; 2];
        }
        let best_b = |i: usize| of_b.iter().map(|j| self.alike(i, *j)).fold(0.0, f64::max);
        let best_a = |j: usize| of_a.iter().map(|i| self.alike(*i, j)).fold(0.0, f64::max);
        [
            mean(of_a.iter().map(|i| (best_b(*i), self.a.words[*i].sense.rarity))),
            mean(of_b.iter().map(|j| (best_a(*j), self.b.words[*j].sense.rarity))),
        ]
    }

    /// What the anchors about two predicates weigh, on the same side of both and on different sides: the less the
    /// farther away.
    fn drawn(&self, x: &Proposition, y: &Proposition, reach: f64) -> (f64, f64) {
        let (mut same, mut crossed) = (0.0, 0.0);
        for Anchor { at: [i, j], weight, .. } in &self.anchors {
            if *i == x.place || *j == y.place {
                continue;
            }
            let away = (i.abs_diff(x.place) + j.abs_diff(y.place)) as f64;
            let sum = if (*i < x.place) == (*j < y.place) { &mut same } else { &mut crossed };
            *sum += weight * (-away / reach).exp();
        }
        (same, crossed)
    }

    /// How alike the sentences are as wholes.
    pub fn whole(&self) -> f64 {
        self.whole
    }

    /// How alike what the two sentences say at `of_a` and `of_b` is, and how well each of these is found in the other sentence, the less
    /// well found first.
    pub fn cores(&self, of_a: &[usize], of_b: &[usize]) -> [f64; 2] {
        let carrying = |content: &[usize], of: &[usize]| -> Vec<usize> {
            of.iter().copied().filter(|i| content.binary_search(i).is_ok()).collect()
        };
        let (a, b) = (carrying(&self.a.content, of_a), carrying(&self.b.content, of_b));
        let [found_a, _] = self.found(&a, &self.b.content);
        let [_, found_b] = self.found(&self.a.content, &b);
        [self.likeness(&a, &b), found_a.min(found_b)]
    }

    /// What the words weigh that stand in both in a row, in the heaviest row.
    pub fn row(&self) -> f64 {
        let (mut above, mut heaviest) = (vec![0.0; self.b.words.len() + 1], 0.0);
        for i in 0..self.a.words.len() {
            let mut here = vec![0.0; above.len()];
            for j in 0..self.b.words.len() {
                if self.alike(i, j) >= 1.0 {
                    here[j + 1] = above[j] + self.rarity(i, j);
                    heaviest = f64::max(heaviest, here[j + 1]);
                }
            }
            above = here;
        }
        heaviest
    }

    /// How alike the `i`-th predicate of the first and the `j`-th of the second are, and what fills their roles.
    pub fn pair(&self, i: usize, j: usize) -> Alike {
        let (x, y) = (&self.a.propositions[i], &self.b.propositions[j]);
        let (rx, ry) = (&x.roles, &y.roles);
        Alike {
            patients: self.likeness(&rx.patient, &ry.patient),
            obliques: self.likeness(&rx.oblique, &ry.oblique),
        }
    }

    fn cell(&self, x: &Proposition, y: &Proposition) -> Cell {
        let (of_x, of_y) = (&self.a.words[x.place], &self.b.words[y.place]);
        let verbs = self.alike(x.place, y.place);
        let [(left_x, right_x), (left_y, right_y)] = [around(self.a, x), around(self.b, y)];
        let crossed = self.likeness(left_x, right_y).max(self.likeness(right_x, left_y));
        let (rx, ry) = (&x.roles, &y.roles);
        let turned = self.likeness(&rx.patient, &ry.oblique).max(self.likeness(&rx.oblique, &ry.patient));
        let all = self.likeness(&rx.all(), &ry.all());
        let (near_same, near_crossed) = self.drawn(x, y, NEAR);
        let (clause_same, clause_crossed) = self.drawn(x, y, CLAUSE);
        let near = (near_same + near_crossed) / (own(self.a, x, NEAR) * own(self.b, y, NEAR));
        let clause = (clause_same + clause_crossed) / (own(self.a, x, CLAUSE) * own(self.b, y, CLAUSE));
        let shared: f64 = self.anchors.iter().filter(|a| a.same).map(|a| a.weight).sum();
        let fewer = self.a.propositions.len().min(self.b.propositions.len());
        let past = |word: &Word| u8::from(word.pos == Pos::VBN);
        let features = vec![
            flag(is_same(of_x, of_y)),
            verbs,
            self.whole,
            self.likeness(right_x, right_y),
            crossed,
            self.likeness(&rx.agent, &ry.agent),
            self.likeness(&rx.patient, &ry.patient),
            self.likeness(&rx.oblique, &ry.oblique),
            turned,
            all,
            flag(rx.agent.is_empty() || ry.agent.is_empty()),
            near_same,
            near_crossed,
            near,
            clause_crossed,
            flag(x.is_verb && y.is_verb),
            flag(x.is_verb != y.is_verb),
            flag(x.is_light || y.is_light),
            flag(x.negated != y.negated),
            flag(rx.passive == ry.passive),
            f64::from(past(of_x) + past(of_y)),
            (fewer as f64).ln_1p(),
            shared.ln_1p(),
            verbs * all,
        ];
        Cell { features, verbs, clause }
    }
}

/// The words with matter before and after a predicate.
fn around<'a>(sentence: &'a Sentence, of: &Proposition) -> (&'a [usize], &'a [usize]) {
    let content = &sentence.content;
    let at = content.partition_point(|i| *i < of.place);
    let after = content.partition_point(|i| *i <= of.place);
    let first = content.partition_point(|i| i + REACH < of.place).max(at.saturating_sub(NEIGHBOURS));
    let last = content.partition_point(|i| *i <= of.place + REACH).min(after + NEIGHBOURS);
    (&content[first.min(at)..at], &content[after..last.max(after)])
}

/// What a predicate's surroundings would draw of themselves.
fn own(sentence: &Sentence, of: &Proposition, reach: f64) -> f64 {
    let others = sentence.content.iter().filter(|i| **i != of.place);
    let drawn = others.map(|i| {
        let away = i.abs_diff(of.place) as f64;
        sentence.words[*i].sense.rarity.powi(2) * (-2.0 * away / reach).exp()
    });
    (drawn.sum::<f64>() + 1e-6).sqrt()
}

pub(super) fn is_same(x: &Word, y: &Word) -> bool {
    x.sense.lemma == y.sense.lemma || x.sense.stem == y.sense.stem
}

pub(super) fn alike(x: &Word, y: &Word) -> f64 {
    if is_same(x, y) { 1.0 } else { x.sense.meaning.cosine(&y.sense.meaning).max(0.0) }
}

/// The mean of values with their weights.
fn mean(of: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, weight) = of.fold((0.0, 0.0), |(s, w), (value, weight)| (s + value * weight, w + weight));
    if weight > 0.0 { sum / weight } else { 0.0 }
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

#[cfg(test)]
mod tests {
    use super::super::testing::sentence;
    use super::*;

    #[test]
    fn every_pair_has_all_features_and_they_are_numbers() {
        let (a, b) = (sentence("Crews closed the pier and left."), sentence("The pier was shut by crews."));
        let grid = of(&a, &b);
        assert_eq!(grid.size, (2, 1));
        let more = among(&grid, &Grid::new(grid.size, |_, _| 1.0));
        for (i, j) in grid.places() {
            assert_eq!(grid.at(i, j).len(), FIRST);
            assert_eq!(more.at(i, j).len(), FIRST + MORE);
            assert!(more.at(i, j).iter().all(|f| f.is_finite()), "{:?}", more.at(i, j));
        }
    }

    #[test]
    fn roles_are_compared_and_not_places() {
        let (a, b) = (sentence("Crews closed the pier."), sentence("The pier was shut by crews."));
        let features = of(&a, &b).at(0, 0).clone();
        let (agents, patients) = (features[5], features[6]);
        assert!(agents > 0.99 && patients > 0.99, "{features:?}");
    }

    #[test]
    fn the_order_of_the_sentences_changes_nothing() {
        let (a, b) = (sentence("Crews closed the pier and left."), sentence("The pier was shut by crews."));
        let (one, other) = (of(&a, &b), of(&b, &a));
        for (x, y) in one.at(1, 0).iter().zip(other.at(0, 1)) {
            assert!((x - y).abs() < 1e-9);
        }
    }
}
