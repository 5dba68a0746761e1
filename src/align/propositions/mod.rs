//! How likely two predicates say the same.
//!
//! In: sentences, each with its predicates: verbs, and nouns that are made of verbs. Out: for each pair of predicates of two
//! sentences the probability that they assert the same ([`model`]), by what their words, their roles ([`roles`]) and
//! their surroundings share ([`features`]). It does not know a parse, nor what is true, and numbers, days and denials hardly
//! count: those tell claims apart in [`super::claims`]. `models/claims/README.md` says from what the weights were learnt.

pub mod features;
pub mod likeness;
pub mod model;
mod roles;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::concepts::concept;
use crate::annotate::neural::meanings::Meaning;
use crate::annotate::{Annotations, Pos, lemma};
use crate::group::Rarity;
use crate::report::Report;
use roles::Roles;

/// A sentence with its predicates.
#[derive(Clone, Debug)]
pub struct Sentence {
    words: Vec<Word>,
    /// Its words that carry matter, as indices.
    content: Vec<usize>,
    /// Its predicates, in order.
    pub propositions: Vec<Proposition>,
}

impl Sentence {
    /// Whether the `i`-th predicate may be done to what the `j`-th of `other` is done to: what they are done to shares a noun,
    /// or one of like meaning, or one of them does not say.
    pub fn may_share_patient(&self, i: usize, other: &Sentence, j: usize) -> bool {
        let (a, b) = (self.patient(i), other.patient(j));
        a.is_empty()
            || b.is_empty()
            || a.iter().any(|x| b.iter().any(|y| features::alike(x, y) >= features::LIKE))
    }

    /// Whether the sentence names what the `j`-th predicate of `other` is done to, though not as who does the `i`-th.
    pub fn names_patient(&self, i: usize, other: &Sentence, j: usize) -> bool {
        let agent = &self.propositions[i].roles.agent;
        let mut words = self.content.iter().filter(|w| !agent.contains(w)).map(|w| &self.words[*w]);
        let patient = other.patient(j);
        words.any(|x| x.pos.is_noun() && patient.iter().any(|y| features::is_same(x, y)))
    }

    fn patient(&self, proposition: usize) -> Vec<&Word> {
        let words = self.propositions[proposition].roles.patient.iter().map(|i| &self.words[*i]);
        words.filter(|word| word.pos.is_noun()).collect()
    }
}

/// A predicate in its sentence.
#[derive(Clone, Debug)]
pub struct Proposition {
    /// Index of its token among those of the report.
    pub token: usize,
    /// Index of its word in the sentence.
    place: usize,
    is_verb: bool,
    is_light: bool,
    negated: bool,
    roles: Roles,
}

/// A word of a sentence.
#[derive(Clone, Debug)]
struct Word {
    lower: String,
    pos: Pos,
    sense: Arc<Sense>,
}

/// What is the same wherever a lemma stands.
#[derive(Debug)]
struct Sense {
    lemma: String,
    /// The stem of its concept, so that a noun agrees with the verb that it is made of.
    stem: String,
    /// How rare it is in news at large, from [`COMMONEST`] to 1.
    rarity: f64,
    meaning: Meaning,
}

/// What even the most common word weighs.
const COMMONEST: f64 = 0.05;

/// Verbs that say little.
const LIGHT: &[&str] = &["be", "have", "do", "make", "take", "give", "get", "go", "come", "put", "become"];

/// Forms of "be", "have" and "do", which help another verb.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "’s", "'s",
    "’re", "'re", "’ve", "'ve",
];

/// How nouns end that are made of verbs.
const DEEDS: &[&str] =
    &["tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "attack", "death", "vote", "talk"];

/// Reads sentences, and looks each lemma up once.
#[derive(Debug, Default)]
pub struct Reader {
    senses: HashMap<String, Arc<Sense>>,
}

impl Reader {
    /// The sentence, or clause, whose tokens are `tokens`.
    pub fn sentence(&mut self, report: &Report, layers: &Annotations, tokens: Range<usize>) -> Sentence {
        let first = tokens.start;
        let words: Vec<Word> = layers.tokens[tokens]
            .iter()
            .map(|token| {
                let word = report.slice(token.span);
                let sense = self.sense(&lemma(word, token.pos));
                Word { lower: word.to_lowercase(), pos: token.pos, sense }
            })
            .collect();
        let content = (0..words.len()).filter(|i| words[*i].carries_matter()).collect();
        let predicates = (0..words.len()).filter(|i| is_predicate(&words, *i));
        let propositions = predicates.map(|place| proposition(&words, place, first + place)).collect();
        Sentence { words, content, propositions }
    }

    fn sense(&mut self, lemma: &str) -> Arc<Sense> {
        let lemma = lemma.to_lowercase();
        if let Some(sense) = self.senses.get(&lemma) {
            return Arc::clone(sense);
        }
        let sense = Arc::new(Sense {
            stem: stem(concept(&lemma)).to_owned(),
            rarity: Rarity::shipped().of_word(&lemma).max(COMMONEST),
            meaning: Meaning::of(&lemma),
            lemma: lemma.clone(),
        });
        self.senses.insert(lemma, Arc::clone(&sense));
        sense
    }
}

impl Word {
    fn carries_matter(&self) -> bool {
        let open = self.pos.is_noun() || self.pos.is_adjective() || self.pos.is_verb() || self.pos == Pos::CD;
        open && !self.is_light()
    }

    fn is_light(&self) -> bool {
        LIGHT.contains(&self.sense.lemma.as_str())
    }
}

/// A verb that does not only help another, or a noun that is made of a verb.
fn is_predicate(words: &[Word], i: usize) -> bool {
    let (base, pos) = (words[i].sense.lemma.as_str(), words[i].pos);
    if pos.is_verb() {
        let helps = matches!(base, "be" | "have" | "do")
            && words[i + 1..].iter().take(4).any(|word| word.pos.is_verb());
        return !helps;
    }
    matches!(pos, Pos::NN | Pos::NNS) && DEEDS.iter().any(|ending| base.ends_with(ending))
}

fn proposition(words: &[Word], place: usize, token: usize) -> Proposition {
    let near = &words[place.saturating_sub(3)..place];
    let denies = |word: &Word| matches!(word.lower.as_str(), "not" | "n't" | "n’t" | "never" | "no");
    Proposition {
        token,
        place,
        is_verb: words[place].pos.is_verb(),
        is_light: words[place].is_light(),
        negated: near.iter().any(denies),
        roles: roles::roles(words, place),
    }
}

/// A word without the endings that make a noun of a verb, so that "announce" and "announcement" agree.
fn stem(word: &str) -> &str {
    let cut = [
        "ement", "ments", "ment", "ation", "ition", "tion", "sion", "ance", "ence", "ing", "al", "er", "or",
        "ed", "e",
    ];
    let ending = cut.iter().find(|e| word.strip_suffix(**e).is_some_and(|stem| stem.chars().count() > 3));
    ending.and_then(|e| word.strip_suffix(e)).unwrap_or(word)
}

/// A number for each pair of predicates of two sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid<T> {
    /// Predicates of the first sentence, and of the second.
    pub size: (usize, usize),
    cells: Vec<T>,
}

impl<T> Grid<T> {
    fn new(size: (usize, usize), of: impl Fn(usize, usize) -> T) -> Self {
        let cells = (0..size.0 * size.1).map(|n| of(n / size.1, n % size.1)).collect();
        Grid { size, cells }
    }

    /// What stands at the `i`-th predicate of the first sentence and the `j`-th of the second.
    pub fn at(&self, i: usize, j: usize) -> &T {
        &self.cells[i * self.size.1 + j]
    }

    /// The places of all cells.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<T> {
        let (rows, columns) = self.size;
        (0..rows).flat_map(move |i| (0..columns).map(move |j| (i, j)))
    }
}

impl Grid<f64> {
    /// By how much the cell exceeds the largest of the others in its row, and in its column; what a row of one has to
    /// exceed is `least`.
    fn margins(&self, i: usize, j: usize, least: f64) -> (f64, f64) {
        let row = (0..self.size.1).filter(|k| *k != j).map(|k| *self.at(i, k)).fold(least, f64::max);
        let column = (0..self.size.0).filter(|k| *k != i).map(|k| *self.at(k, j)).fold(least, f64::max);
        (self.at(i, j) - row, self.at(i, j) - column)
    }
}

#[cfg(test)]
mod testing {
    use super::{Reader, Sentence};
    use crate::align::testing::accounts;

    /// The first sentence of `text`.
    pub fn sentence(text: &str) -> Sentence {
        let account = accounts(&[text]).remove(0);
        let tokens = account.layers.sentences[0].tokens.clone();
        Reader::default().sentence(&account.report, &account.layers, tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::sentence;
    use super::*;

    #[test]
    fn verbs_and_deeds_are_predicates_and_helpers_are_not() {
        let sentence = sentence("The dam has been closed after an announcement of the ministry.");
        let lemmas = sentence.propositions.iter().map(|p| sentence.words[p.place].sense.lemma.as_str());
        assert_eq!(lemmas.collect::<Vec<_>>(), ["close", "announcement"]);
    }

    #[test]
    fn what_is_done_to_quite_another_thing_is_told_apart() {
        let budget = sentence("The council approved the budget.");
        let of = |text: &str| budget.may_share_patient(0, &sentence(text), 0);
        assert!(of("The budget was approved by the council.") && of("The council approved it."));
        assert!(!of("The council approved the tunnel."));
    }

    #[test]
    fn a_noun_agrees_with_its_verb() {
        assert_eq!(stem("announcement"), stem("announce"));
        assert_eq!(stem("deal"), "deal");
    }

    #[test]
    fn a_margin_is_over_the_best_of_row_and_column() {
        let grid = Grid::new((2, 2), |i, j| [[0.9, 0.4], [0.7, 0.1]][i][j]);
        let (row, column) = grid.margins(0, 0, 0.0);
        assert!((row - 0.5).abs() < 1e-9 && (column - 0.2).abs() < 1e-9);
        assert_eq!(Grid::new((1, 1), |_, _| 0.5).margins(0, 0, 0.0), (0.5, 0.5));
    }
}
