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
use crate::span::Span;

/// A term, as an index into the vocabulary of the story.
pub type Term = u32;

/// The terms of one stretch, each once, in ascending order.
pub type TermSet = Vec<Term>;

/// The vocabulary of a story with the weight of each term.
#[derive(Debug)]
pub struct Terms {
    ids: BTreeMap<String, Term>,
    weights: Vec<f64>,
    /// For each account, for each of its tokens, the term that the word stands for by itself.
    of_tokens: Vec<Vec<Option<Term>>>,
    /// For each member of the cast the term that stands for it.
    of_members: Vec<Option<Term>>,
    /// All of these.
    names: BTreeSet<Term>,
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
        let mut terms = Terms {
            ids: BTreeMap::new(),
            names: BTreeSet::new(),
            weights: Vec::new(),
            of_tokens: Vec::new(),
            of_members: Vec::new(),
        };
        let words: Vec<Vec<Option<Word>>> = accounts.iter().map(|account| words(account)).collect();
        let mut sentences_with: Vec<usize> = Vec::new();
        let mut rarities: Vec<f64> = Vec::new();
        let mut sentences = 0;
        for (account, of) in accounts.iter().enumerate() {
            for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
                sentences += 1;
                let found = found(accounts, cast, Spot { account, span: sentence.span });
                let members = found.members.iter().map(|member| {
                    let key = cast.key(*member);
                    let rarity = rarity(&key);
                    (format!("@{key}"), rarity)
                });
                let tokens = found.tokens.iter().filter_map(|i| words[account][*i].clone());
                for (name, rarity) in members.chain(tokens).collect::<BTreeMap<String, f64>>() {
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
        let id = |name: &str| terms.ids.get(name).copied();
        let of_word = |word: &Option<Word>| word.as_ref().and_then(|(name, _)| id(name));
        let of_tokens = words.iter().map(|words| words.iter().map(of_word).collect()).collect();
        let of_members: Vec<Option<Term>> =
            (0..cast.count()).map(|member| id(&format!("@{}", cast.key(member)))).collect();
        let names = of_members.iter().flatten().copied().collect();
        Terms { of_tokens, of_members, names, ..terms }
    }

    /// The terms that stand at `spot`.
    pub fn at(&self, accounts: &[&Account], cast: &Cast, spot: Spot) -> TermSet {
        let found = found(accounts, cast, spot);
        let members = found.members.iter().filter_map(|member| self.of_members[*member]);
        let tokens = found.tokens.iter().filter_map(|i| self.of_tokens[spot.account][*i]);
        let mut terms: TermSet = members.chain(tokens).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// The term of `concept`, if any sentence holds it.
    pub fn id(&self, concept: &str) -> Option<Term> {
        self.ids.get(concept).copied()
    }

    /// Whether a term is somebody's or something's name.
    pub fn is_name(&self, term: Term) -> bool {
        self.names.contains(&term)
    }

    /// The term that stands for `member`, if any sentence names it.
    pub fn of_member(&self, member: MemberIndex) -> Option<Term> {
        self.of_members[member]
    }

    /// What part of the weight of the smaller set the other holds, 0 to 1.
    pub fn containment(&self, a: &[Term], b: &[Term]) -> f64 {
        self.part(a, b, f64::min)
    }

    /// What part of the weight of the larger set the other holds, 0 to 1.
    pub fn overlap(&self, a: &[Term], b: &[Term]) -> f64 {
        self.part(a, b, f64::max)
    }

    /// What part of the weight of `a` the other holds, 0 to 1.
    pub fn borne_out(&self, a: &[Term], b: &[Term]) -> f64 {
        self.part(a, b, |of_a, _| of_a)
    }

    fn part(&self, a: &[Term], b: &[Term], of: fn(f64, f64) -> f64) -> f64 {
        let whole = of(self.weight(a), self.weight(b));
        if whole == 0.0 { 0.0 } else { self.weight(&self.shared(a, b)) / whole }
    }

    /// What terms weigh together.
    pub fn weight(&self, terms: &[Term]) -> f64 {
        terms.iter().map(|t| self.weights[*t as usize]).sum()
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

/// The name of a term with its rarity in news at large.
type Word = (String, f64);

/// What each token of an account stands for by itself.
fn words(account: &Account) -> Vec<Option<Word>> {
    let Account { report, layers, .. } = account;
    layers.tokens.iter().map(|token| term(report.slice(token.span), token)).collect()
}

/// What a stretch speaks of.
struct Found {
    /// The members of the cast that it mentions.
    members: Vec<MemberIndex>,
    /// The other tokens, without those that say when it was: that is compared as days, not as words.
    tokens: Vec<usize>,
}

fn found(accounts: &[&Account], cast: &Cast, spot: Spot) -> Found {
    let layers = &accounts[spot.account].layers;
    let resolved: Vec<(Span, MemberIndex)> = layers
        .mentions_in(spot.span)
        .filter_map(|m| Some((m.span, cast.member(spot.account, m.entity?))))
        .collect();
    let alone = |i: &usize| {
        let span = layers.tokens[*i].span;
        !resolved.iter().any(|(covered, _)| covered.overlaps(span)) && !layers.time_at(span.start)
    };
    let tokens = layers.tokens_in(spot.span).filter(alone).collect();
    Found { members: resolved.into_iter().map(|(_, member)| member).collect(), tokens }
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
