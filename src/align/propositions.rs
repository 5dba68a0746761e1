//! How likely two predicates say the same.
//!
//! In: two propositions, each a verb or a deed in its sentence with the words around it. Out: the probability that they
//! assert the same, by a linear model over their words, names, numbers and denials. It does not know a parse, nor what
//! is true. The weights were learnt by `eval train-claims`; `models/claims/README.md` says from what.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::concepts::concept;
use crate::annotate::{Annotations, Pos, lemma};
use crate::group::Rarity;
use crate::report::Report;

/// How many features a pair has.
pub const FEATURES: usize = 20;

/// What a pair of propositions shares, in a fixed order; see [`features`].
pub type Features = [f64; FEATURES];

/// How many words to either side of a predicate say who does what.
const REACH: usize = 10;

/// Words with their weights.
type Bag = BTreeMap<String, f64>;

/// A predicate in its sentence.
#[derive(Clone, Debug)]
pub struct Proposition {
    /// Index of its token.
    pub token: usize,
    lemma: String,
    concept: String,
    is_verb: bool,
    before: Bag,
    after: Bag,
    around: Bag,
    sentence: Bag,
    names: Bag,
    numbers: Vec<f64>,
    negated: bool,
    place: f64,
}

/// Verbs that say little, or only give words to somebody.
const LIGHT: &[&str] = &["be", "have", "do", "make", "take", "give", "get", "go", "come", "put", "become"];
const SAYING: &[&str] = &["say", "tell", "report", "add", "state", "announce", "note", "according"];

/// The propositions of the sentence whose tokens are `sentence`, in order.
pub fn find(report: &Report, layers: &Annotations, sentence: Range<usize>) -> Vec<Proposition> {
    let read = Reading { report, layers, sentence };
    let whole = read.bag(read.sentence.clone(), None);
    read.sentence.clone().filter(|i| read.is_predicate(*i)).map(|i| read.proposition(i, &whole)).collect()
}

struct Reading<'a> {
    report: &'a Report,
    layers: &'a Annotations,
    sentence: Range<usize>,
}

impl Reading<'_> {
    fn word(&self, i: usize) -> &str {
        self.report.slice(self.layers.tokens[i].span)
    }

    fn lemma(&self, i: usize) -> String {
        lemma(self.word(i), self.layers.tokens[i].pos).to_lowercase()
    }

    /// A verb that does not only help another, or a noun that is made of a verb.
    fn is_predicate(&self, i: usize) -> bool {
        let token = self.layers.tokens[i];
        let base = self.lemma(i);
        if token.pos.is_verb() {
            let helps = matches!(base.as_str(), "be" | "have" | "do")
                && (i + 1..self.sentence.end).take(4).any(|j| self.layers.tokens[j].pos.is_verb());
            return !helps;
        }
        matches!(token.pos, Pos::NN | Pos::NNS) && DEEDS.iter().any(|ending| base.ends_with(ending))
    }

    fn proposition(&self, i: usize, whole: &Bag) -> Proposition {
        let before = self.sentence.start.max(i.saturating_sub(REACH))..i;
        let after = i + 1..self.sentence.end.min(i + 1 + REACH);
        let window = before.start..after.end;
        let base = self.lemma(i);
        let names = window.clone().filter(|j| self.layers.tokens[*j].pos.is_name());
        let span = self.layers.tokens[window.start].span.cover(self.layers.tokens[window.end - 1].span);
        let quantities = self.layers.quantities.iter().filter(|q| span.contains(q.number));
        let near = i.saturating_sub(3).max(self.sentence.start)..i;
        Proposition {
            token: i,
            concept: concept(&base).to_owned(),
            is_verb: self.layers.tokens[i].pos.is_verb(),
            before: self.bag(before, None),
            after: self.bag(after, None),
            around: self.bag(window, Some(i)),
            sentence: whole.clone(),
            names: names.map(|j| (self.word(j).to_lowercase(), 1.0)).collect(),
            numbers: quantities.map(|q| q.interval.low).collect(),
            negated: near.into_iter().any(|j| {
                matches!(self.word(j).to_lowercase().as_str(), "not" | "n't" | "n’t" | "never" | "no")
            }),
            place: (i - self.sentence.start) as f64 / self.sentence.len().max(1) as f64,
            lemma: base,
        }
    }

    /// The concepts of the words that carry matter, with their rarity.
    fn bag(&self, tokens: Range<usize>, without: Option<usize>) -> Bag {
        let carries = |i: &usize| {
            let pos = self.layers.tokens[*i].pos;
            (pos.is_noun() || pos.is_adjective() || pos.is_verb() || pos == Pos::CD) && Some(*i) != without
        };
        let words = tokens.filter(carries).map(|i| self.lemma(i)).filter(|w| !LIGHT.contains(&w.as_str()));
        words.map(|w| (stem(concept(&w)).to_owned(), Rarity::shipped().of_word(&w).max(0.05))).collect()
    }
}

/// How nouns end that are made of verbs.
const DEEDS: &[&str] =
    &["tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "attack", "death", "vote", "talk"];

/// A word without the endings that make a noun of a verb, so that "announce" and "announcement" agree.
fn stem(word: &str) -> &str {
    let cut = [
        "ement", "ments", "ment", "ation", "ition", "tion", "sion", "ance", "ence", "ing", "al", "er", "or",
        "ed", "e",
    ];
    let ending = cut.iter().find(|e| word.strip_suffix(**e).is_some_and(|stem| stem.chars().count() > 3));
    ending.and_then(|e| word.strip_suffix(e)).unwrap_or(word)
}

/// The cosine of two bags.
fn cosine(a: &Bag, b: &Bag) -> f64 {
    let length = |bag: &Bag| bag.values().map(|v| v * v).sum::<f64>().sqrt();
    let shared: f64 = a.iter().filter_map(|(word, x)| Some(x * b.get(word)?)).sum();
    let lengths = length(a) * length(b);
    if lengths == 0.0 { 0.0 } else { shared / lengths }
}

/// The features of the pair `a[i]`, `b[j]` among the propositions of two sentences.
pub fn features(a: &[Proposition], i: usize, b: &[Proposition], j: usize) -> Features {
    let (x, y) = (&a[i], &b[j]);
    let flag = |holds: bool| f64::from(u8::from(holds));
    let alike = |x: &Proposition, y: &Proposition| x.lemma == y.lemma || stem(&x.concept) == stem(&y.concept);
    let (left, right) = (cosine(&x.before, &y.before), cosine(&x.after, &y.after));
    let crossed = cosine(&x.before, &y.after).max(cosine(&x.after, &y.before));
    let around = cosine(&x.around, &y.around);
    let same = alike(x, y);
    // Another predicate of either sentence is the same word: then these two are not each other's.
    let taken = b.iter().enumerate().any(|(k, other)| k != j && alike(x, other))
        || a.iter().enumerate().any(|(k, other)| k != i && alike(other, y));
    let row = b.iter().all(|other| cosine(&x.around, &other.around) <= around);
    let column = a.iter().all(|other| cosine(&other.around, &y.around) <= around);
    let numbers = match (x.numbers.is_empty(), y.numbers.is_empty()) {
        (false, false) if x.numbers.iter().any(|n| y.numbers.contains(n)) => 1.0,
        (false, false) => -1.0,
        _ => 0.0,
    };
    let light = LIGHT.contains(&x.lemma.as_str()) || LIGHT.contains(&y.lemma.as_str());
    let saying = |p: &Proposition| SAYING.contains(&p.lemma.as_str());
    [
        1.0,
        flag(x.lemma == y.lemma),
        flag(same),
        flag(same) * Rarity::shipped().of_word(&x.lemma),
        left,
        right,
        crossed,
        around,
        cosine(&x.sentence, &y.sentence),
        cosine(&x.names, &y.names),
        numbers,
        flag(x.is_verb && y.is_verb),
        flag(light),
        flag(saying(x) && saying(y)),
        flag(saying(x) != saying(y)),
        flag(x.negated != y.negated),
        flag(taken && !same),
        flag(row && column && around > 0.0),
        (x.place - y.place).abs(),
        flag(same) * around,
    ]
}

/// The weights, one for each feature.
static WEIGHTS: LazyLock<Features> = LazyLock::new(|| read(include_str!("../../models/claims/weights.tsv")));

/// Weights out of lines "number tab weight"; what is missing weighs nothing.
fn read(lines: &str) -> Features {
    let mut weights = [0.0; FEATURES];
    for line in lines.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let place = columns.next().and_then(|n| n.parse::<usize>().ok());
        let weight = columns.next().and_then(|w| w.parse::<f64>().ok());
        if let (Some(slot), Some(weight)) = (place.and_then(|n| weights.get_mut(n)), weight) {
            *slot = weight;
        }
    }
    weights
}

/// The probability that a pair says the same, by the weights that are shipped.
pub fn probability(features: &Features) -> f64 {
    with(&WEIGHTS, features)
}

/// The probability by other weights.
pub fn with(weights: &Features, features: &Features) -> f64 {
    let score: f64 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::testing::accounts;

    fn of(text: &str) -> Vec<Proposition> {
        let account = accounts(&[text]).remove(0);
        find(&account.report, &account.layers, account.layers.sentences[0].tokens.clone())
    }

    #[test]
    fn verbs_and_deeds_are_predicates_and_helpers_are_not() {
        let found: Vec<String> = of("The dam has been closed after an announcement of the ministry.")
            .into_iter()
            .map(|p| p.lemma)
            .collect();
        assert_eq!(found, ["close", "announcement"]);
    }

    #[test]
    fn the_same_words_are_likelier_than_others() {
        let (a, b) =
            (of("Halden closed the mine in Ostervik."), of("Halden shut the mine in Ostervik on Monday."));
        let c = of("A choir sang in the cathedral of Varn.");
        let alike = probability(&features(&a, 0, &b, 0));
        assert!(alike > probability(&features(&a, 0, &c, 0)));
    }

    #[test]
    fn a_noun_agrees_with_its_verb() {
        assert_eq!(stem("announcement"), stem("announce"));
        assert_eq!(stem("deal"), "deal");
    }

    #[test]
    fn weights_are_read_by_their_number() {
        let weights = read("# head\n0\t-1.5\tbias\n19\t2\n77\t9\nx\t1\n");
        assert_eq!((weights[0], weights[19], weights[1]), (-1.5, 2.0, 0.0));
    }
}
