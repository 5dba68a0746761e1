//! What a stretch of text is about, as weighted terms.
//!
//! In: the accounts of a story and its cast. Out: for any span, the terms that stand in it, and how alike two
//! sets of terms are. A term is an entity of the cast, a country, a concept or a lemma. It does not know
//! negation, modality or numbers: [`super::statements`] keeps those apart.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{Cast, MemberIndex};
use super::concepts::concept;
use super::{Account, Spot};
use crate::annotate::{Pos, Token, lemma, lexicon};
use crate::group::Rarity;

/// A term, as an index into the vocabulary of the story.
pub type Term = u32;

/// The terms of one stretch, each once, in ascending order.
pub type TermSet = Vec<Term>;

/// The vocabulary of a story with the weight of each term.
#[derive(Debug)]
pub struct Terms {
    ids: BTreeMap<String, Term>,
    weights: Vec<f64>,
}

/// Verbs that carry no subject matter: who says is not what is said.
const EMPTY_VERBS: &[&str] = &[
    "be", "have", "do", "say", "tell", "add", "go", "get", "make", "take", "give", "come", "put", "state",
    "note", "let", "see", "know", "think", "become", "seem", "appear", "remain", "describe", "call", "use",
    "want",
];

/// Nouns and adjectives that stand in any report.
const EMPTY_WORDS: &[&str] = &[
    "people",
    "thing",
    "time",
    "way",
    "other",
    "many",
    "more",
    "most",
    "such",
    "same",
    "own",
    "last",
    "first",
    "next",
    "new",
    "mr",
    "mrs",
    "ms",
    "dr",
    "very",
    "part",
    "number",
    "lot",
    "side",
    "official",
    "statement",
    "reporter",
];

impl Terms {
    /// Collects the vocabulary of `accounts` and weighs it: a term is worth more the rarer it is in news at
    /// large, and the fewer sentences of this story hold it.
    pub fn collect(accounts: &[&Account], cast: &Cast) -> Self {
        let mut terms = Terms { ids: BTreeMap::new(), weights: Vec::new() };
        let mut sentences_with: Vec<usize> = Vec::new();
        let mut rarities: Vec<f64> = Vec::new();
        let mut sentences = 0;
        for (account, of) in accounts.iter().enumerate() {
            for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
                sentences += 1;
                for (name, rarity) in names(accounts, cast, Spot { account, span: sentence.span }) {
                    let next = terms.ids.len() as Term;
                    let id = *terms.ids.entry(name).or_insert(next) as usize;
                    if id == sentences_with.len() {
                        sentences_with.push(0);
                        rarities.push(rarity);
                    }
                    sentences_with[id] += 1;
                }
            }
        }
        // One more than the odds, so that what both sentences of a story of two hold still counts.
        let all = (sentences as f64 + 2.0).ln();
        let local = |n: usize| ((sentences as f64 + 1.0) / n as f64 + 1.0).ln() / all;
        terms.weights = sentences_with.iter().zip(rarities).map(|(n, rarity)| rarity * local(*n)).collect();
        terms
    }

    /// The terms that stand at `spot`.
    pub fn at(&self, accounts: &[&Account], cast: &Cast, spot: Spot) -> TermSet {
        let ids: BTreeSet<Term> =
            names(accounts, cast, spot).keys().filter_map(|name| self.ids.get(name).copied()).collect();
        ids.into_iter().collect()
    }

    /// The term of `concept`, if any sentence holds it.
    pub fn id(&self, concept: &str) -> Option<Term> {
        self.ids.get(concept).copied()
    }

    /// The term that stands for `member`, if any sentence names it.
    pub fn of_member(&self, cast: &Cast, member: MemberIndex) -> Option<Term> {
        self.ids.get(&format!("@{}", cast.key(member))).copied()
    }

    /// What part of the weight of the smaller set the other holds, 0 to 1.
    pub fn containment(&self, a: &[Term], b: &[Term]) -> f64 {
        self.part(a, b, f64::min)
    }

    /// What part of the weight of the larger set the other holds, 0 to 1.
    pub fn overlap(&self, a: &[Term], b: &[Term]) -> f64 {
        self.part(a, b, f64::max)
    }

    fn part(&self, a: &[Term], b: &[Term], of: fn(f64, f64) -> f64) -> f64 {
        let weight = |terms: &[Term]| terms.iter().map(|t| self.weights[*t as usize]).sum::<f64>();
        let whole = of(weight(a), weight(b));
        if whole == 0.0 { 0.0 } else { weight(&self.shared(a, b)) / whole }
    }

    /// The terms that stand in both.
    pub fn shared(&self, a: &[Term], b: &[Term]) -> TermSet {
        a.iter().filter(|t| b.binary_search(t).is_ok()).copied().collect()
    }

    /// How alike two sets of terms are: the cosine of their weights, 0 to 1.
    pub fn similarity(&self, a: &[Term], b: &[Term]) -> f64 {
        let squared = |terms: &[Term]| terms.iter().map(|t| self.weights[*t as usize].powi(2)).sum::<f64>();
        let product = squared(a) * squared(b);
        if product == 0.0 { 0.0 } else { squared(&self.shared(a, b)) / product.sqrt() }
    }
}

/// The names of the terms at `spot`, each with its rarity in news at large.
fn names(accounts: &[&Account], cast: &Cast, spot: Spot) -> BTreeMap<String, f64> {
    let Account { report, layers } = accounts[spot.account];
    let mut names = BTreeMap::new();
    let resolved = layers.mentions_in(spot.span).filter_map(|m| Some((m, m.entity?)));
    let mut covered = Vec::new();
    for (mention, entity) in resolved {
        let member = cast.member(spot.account, entity);
        covered.push(mention.span);
        let key = cast.key(member);
        let rarity = rarity(&key);
        names.insert(format!("@{key}"), rarity);
    }
    for token in &layers.tokens[layers.tokens_in(spot.span)] {
        // When it was is compared as days, not as words.
        if covered.iter().any(|c| c.overlaps(token.span)) || layers.time_at(token.span.start) {
            continue;
        }
        if let Some((name, rarity)) = term(report.slice(token.span), token) {
            names.insert(name, rarity);
        }
    }
    names
}

fn term(word: &str, token: &Token) -> Option<(String, f64)> {
    if let Some(party) = lexicon::party_of_place(word) {
        return Some((format!("@{}", party.to_lowercase()), rarity(party)));
    }
    let carries = token.pos.is_noun() || token.pos.is_verb() || token.pos.is_adjective();
    if !carries || token.pos == Pos::MD || word.chars().count() < 2 || !word.starts_with(char::is_alphabetic)
    {
        return None;
    }
    let lemma = lemma(word, token.pos).to_lowercase();
    let empty =
        EMPTY_WORDS.contains(&lemma.as_str()) || token.pos.is_verb() && EMPTY_VERBS.contains(&lemma.as_str());
    (!empty).then(|| (concept(&lemma).to_owned(), rarity(&lemma)))
}

/// How rare a word is in news at large.
fn rarity(word: &str) -> f64 {
    Rarity::shipped().of_word(word)
}
