//! How likely two predicates say the same.
//!
//! In: two sentences with their propositions, each a verb or a deed with the words around it. Out: the probability that two
//! of them assert the same, by a small network over their words, names, numbers, denials and the meaning of the words. It
//! does not know a parse, nor what is true. The weights were learnt by `eval train-claims`; `models/claims/README.md` says
//! from what.

mod model;
mod pairing;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub use model::{Model, Unit, dot, logistic};
pub use pairing::Pairing;
use pairing::Word;

use super::concepts::concept;
use crate::annotate::neural::likeness::meaning;
use crate::annotate::{Annotations, Pos, lemma};
use crate::group::Rarity;
use crate::report::Report;

/// How many features a pair has: of its words, and of their meaning.
pub const FEATURES: usize = PLAIN + pairing::FEATURES;
const PLAIN: usize = 20;

/// What a pair of propositions shares, in a fixed order; see [`features`].
pub type Features = [f64; FEATURES];

/// How many words to either side of a predicate say who does what.
const REACH: usize = 10;

/// Words with their weights.
type Bag = BTreeMap<String, f64>;

/// A sentence with what it tells.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its propositions, in order.
    pub propositions: Vec<Proposition>,
    words: Vec<Word>,
}

/// A predicate in its sentence.
#[derive(Clone, Debug)]
pub struct Proposition {
    /// Index of its token.
    pub token: usize,
    /// The same, counted within its sentence.
    word: usize,
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
pub fn find(report: &Report, layers: &Annotations, sentence: Range<usize>) -> Told {
    let read = Reading { report, layers, sentence };
    let whole = read.bag(read.sentence.clone(), None);
    let predicates = read.sentence.clone().filter(|i| read.is_predicate(*i));
    let propositions = predicates.map(|i| read.proposition(i, &whole)).collect();
    Told { propositions, words: read.sentence.clone().map(|i| read.meant(i)).collect() }
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

    fn meant(&self, i: usize) -> Word {
        let weight = if self.carries(i) { Rarity::shipped().of_word(&self.lemma(i)).max(0.05) } else { 0.0 };
        Word { meaning: meaning(self.word(i)), weight }
    }

    /// Whether a word carries matter.
    fn carries(&self, i: usize) -> bool {
        let pos = self.layers.tokens[i].pos;
        let matter = pos.is_noun() || pos.is_adjective() || pos.is_verb() || matches!(pos, Pos::CD | Pos::RP);
        matter && !matches!(self.lemma(i).as_str(), "be" | "have" | "do")
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
            word: i - self.sentence.start,
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

/// Whether two predicates are one word, or one concept.
fn alike_words(x: &Proposition, y: &Proposition) -> bool {
    x.lemma == y.lemma || stem(&x.concept) == stem(&y.concept)
}

/// The features of each pair of propositions of two sentences, in rows of the one.
pub fn features(a: &Told, b: &Told) -> Vec<Vec<Features>> {
    let pairing = Pairing::of(a, b);
    let cell = |i: usize, j: usize| {
        let mut all = [0.0; FEATURES];
        let plain = plain(&a.propositions, i, &b.propositions, j);
        all[..PLAIN].copy_from_slice(&plain);
        all[PLAIN..].copy_from_slice(&pairing.features(i, j));
        all
    };
    let row = |i: usize| (0..b.propositions.len()).map(|j| cell(i, j)).collect();
    (0..a.propositions.len()).map(row).collect()
}

/// The features of the words of `a[i]` and `b[j]` among the propositions of two sentences.
fn plain(a: &[Proposition], i: usize, b: &[Proposition], j: usize) -> [f64; PLAIN] {
    let (x, y) = (&a[i], &b[j]);
    let flag = |holds: bool| f64::from(u8::from(holds));
    let alike = alike_words;
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

/// The network that is shipped.
static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../models/claims/weights.tsv")));

/// The network in the binary.
pub fn shipped() -> &'static Model {
    &SHIPPED
}

/// How much less likely than the best of its row or column a pair may be and still count: a predicate seldom says the same
/// as two others. Chosen on folds of the pairs that the weights were learnt from.
const RIVAL: f64 = 0.85;

/// The pairs that say the same, of rows of probabilities: likely enough, and no likelier rival beside them.
pub fn aligned(probabilities: &[Vec<f64>], threshold: f64) -> Vec<(usize, usize)> {
    let cells = probabilities
        .iter()
        .enumerate()
        .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, p)| (*p, i, j)));
    let mut likely: Vec<(f64, usize, usize)> = cells.filter(|(p, ..)| *p >= threshold).collect();
    likely.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    let mut found = Vec::new();
    for (p, i, j) in likely {
        let rival = |best: Option<&f64>| best.is_some_and(|best| p < RIVAL * best);
        if !rival(rows.get(&i)) && !rival(columns.get(&j)) {
            rows.entry(i).or_insert(p);
            columns.entry(j).or_insert(p);
            found.push((i, j));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::testing::accounts;

    fn of(text: &str) -> Told {
        let account = accounts(&[text]).remove(0);
        find(&account.report, &account.layers, account.layers.sentences[0].tokens.clone())
    }

    #[test]
    fn verbs_and_deeds_are_predicates_and_helpers_are_not() {
        let found: Vec<String> = of("The dam has been closed after an announcement of the ministry.")
            .propositions
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
        let probability = |x: &Told, y: &Told| shipped().probability(&features(x, y)[0][0]);
        assert!(probability(&a, &b) > probability(&a, &c));
    }

    #[test]
    fn a_noun_agrees_with_its_verb() {
        assert_eq!(stem("announcement"), stem("announce"));
        assert_eq!(stem("deal"), "deal");
    }

    #[test]
    fn a_likelier_rival_takes_the_pair() {
        let probabilities = [vec![0.9, 0.5], vec![0.1, 0.85]];
        assert_eq!(aligned(&probabilities, 0.3), [(0, 0), (1, 1)]);
        assert_eq!(aligned(&[vec![0.2]], 0.3), []);
    }
}
