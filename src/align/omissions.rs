//! Which reports leave a claim out?
//!
//! In: the sentences of a story and its claims. Out: for each claim the reports of which that is not certain, since they share so much with
//! it that they may tell it in words that nobody joined, and where in each of them to look. It does not know how claims are joined, nor
//! which wording is right: what is neither joined nor unclear is taken to be left out, so what it asks is how likely a report that bears
//! a claim out nowhere tells of it all the same. The weights were learnt on labelled claims of ordinary news (`models/claims/README.md`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::assertions;
use super::claims::{Group, Joined};
use super::propositions::model::{Model, probability};
use super::shared_words::{COMMON, SharedWords};
use super::terms::Term;
use super::{Account, Context, Spot};
use crate::annotate::Quantity;
use crate::span::Span;

/// How many features a claim and a report have.
pub const COUNT: usize = 10;

/// What a claim and a report that does not bear it out share.
pub type Features = [f64; COUNT];

/// A claim and a report that does not bear it out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// What they share.
    pub features: Features,
    /// The sentence of the report that holds most of the claim's wording.
    pub nearest: Span,
}

/// For each account that may tell a claim elsewhere, where.
pub type Unclear = BTreeMap<usize, Span>;

/// How many terms of a claim are looked for: they are marked in the bits of a number.
const MOST_TERMS: usize = 64;

/// How many sentences in a row may tell what a claim tells in one.
const WINDOW: usize = 3;

/// The sentences of a story, by what they speak of. They are numbered through, report after report; furniture is none.
pub struct Sentences<'a, 'c> {
    context: &'a Context<'c>,
    /// For each account the number of its first sentence, and after the last account how many there are.
    first: Vec<usize>,
    /// Where each sentence stands in its report.
    spans: Vec<Span>,
    /// What the terms of each sentence weigh.
    weights: Vec<f64>,
    /// The sentences that hold a term.
    with: HashMap<Term, Vec<usize>>,
    /// For each account the numbers that it names.
    numbers: Vec<BTreeSet<u64>>,
    words: SharedWords,
}

impl<'a, 'c> Sentences<'a, 'c> {
    /// Looks through the sentences of a story.
    pub fn of(context: &'a Context<'c>) -> Self {
        let (mut first, mut spans, mut weights) = (vec![0], Vec::new(), Vec::new());
        let mut with: HashMap<Term, Vec<usize>> = HashMap::new();
        for (account, of) in context.accounts.iter().enumerate() {
            for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
                let spot = Spot { account, span: sentence.span };
                let terms = context.terms.at(context.accounts, &context.cast, spot);
                terms.iter().for_each(|term| with.entry(*term).or_default().push(spans.len()));
                spans.push(sentence.span);
                weights.push(context.terms.weight(&terms));
            }
            first.push(spans.len());
        }
        with.retain(|_, sentences| sentences.len() <= COMMON);
        let numbers = |of: &&Account| of.layers.quantities.iter().map(bits).collect();
        let numbers = context.accounts.iter().map(numbers).collect();
        let words = SharedWords::of(context.accounts);
        Sentences { context, first, spans, weights, with, numbers, words }
    }

    /// What a claim shares with each account that holds any of its terms.
    pub fn likeness(&self, group: &[usize]) -> BTreeMap<usize, Likeness> {
        let statement = |i: &usize| &self.context.statements[*i];
        let Some(claim) = group.first().map(statement) else { return BTreeMap::new() };
        let terms = &claim.terms[..claim.terms.len().min(MOST_TERMS)];
        let weights: Vec<f64> = terms.iter().map(|term| self.context.terms.weight(&[*term])).collect();
        let all = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let position = group.iter().map(|i| self.position(statement(i).spot)).min().unwrap_or_default();
        let numbers: BTreeSet<u64> = claim.quantities.iter().map(bits).collect();
        let held = self.holding(terms);
        let words = self.words.at(self.context.accounts, claim.spot);
        let worded = self.words.held(&words);
        let mut found = BTreeMap::new();
        for of_account in held.chunk_by(|x, y| self.account_of(x.0) == self.account_of(y.0)) {
            let Some(account) = of_account.first().map(|held| self.account_of(held.0)) else { continue };
            let sentences = self.first[account + 1] - self.first[account];
            let shared = Shared { weights: &weights, all, held: of_account };
            let worded = worded.get(&account);
            // Where no sentence shares a word that counts, one shares who or what is meant.
            let Some(meant) = shared.nearest(&self.weights) else { continue };
            let nearest = worded.map_or(self.spans[meant], |held| held.sentence);
            let features = [
                shared.most_alike(&self.weights),
                shared.in_a_row(),
                shared.anywhere(),
                shared.most_terms().ln_1p(),
                f64::from(u8::from(!numbers.is_disjoint(&self.numbers[account]))),
                (position as f64).ln_1p(),
                (terms.len() as f64).ln_1p(),
                (sentences as f64).ln_1p(),
                worded.map_or(0.0, |held| held.words),
                self.words.pairs(&words, account),
            ];
            found.insert(account, Likeness { features, nearest });
        }
        found
    }

    /// The sentences that hold any of `terms`, in their order, each with the bits of those that it holds.
    fn holding(&self, terms: &[Term]) -> Vec<(usize, u64)> {
        let places = terms.iter().enumerate().flat_map(|(n, term)| {
            let sentences = self.with.get(term).into_iter().flatten();
            sentences.map(move |sentence| (*sentence, 1u64 << n))
        });
        let mut places: Vec<(usize, u64)> = places.collect();
        places.sort_unstable();
        let mut held: Vec<(usize, u64)> = Vec::with_capacity(places.len());
        for (sentence, bit) in places {
            match held.last_mut().filter(|last| last.0 == sentence) {
                Some(last) => last.1 |= bit,
                None => held.push((sentence, bit)),
            }
        }
        held
    }

    fn account_of(&self, sentence: usize) -> usize {
        self.first.partition_point(|first| *first <= sentence) - 1
    }

    /// How many sentences stand before a place in its report.
    fn position(&self, spot: Spot) -> usize {
        let of_account = &self.spans[self.first[spot.account]..self.first[spot.account + 1]];
        of_account.partition_point(|span| span.end <= spot.span.start)
    }
}

/// What the sentences of one report hold of a claim.
struct Shared<'a> {
    /// What each term of the claim weighs, and all together.
    weights: &'a [f64],
    all: f64,
    /// Those that hold any of its terms, each with the bits of these.
    held: &'a [(usize, u64)],
}

impl Shared<'_> {
    fn weight(&self, terms: u64) -> f64 {
        of_bits(terms).map(|n| self.weights[n]).sum()
    }

    /// How alike the most alike sentence is: what it shares as a part of both, 0 to 1.
    fn most_alike(&self, sentences: &[f64]) -> f64 {
        let alike =
            |(sentence, terms): &(usize, u64)| 2.0 * self.weight(*terms) / (self.all + sentences[*sentence]);
        self.held.iter().map(alike).fold(0.0, f64::max)
    }

    /// The sentence that holds most of the claim, of equals the one that says least beside it.
    fn nearest(&self, sentences: &[f64]) -> Option<usize> {
        let holds =
            |(sentence, terms): &(usize, u64)| (self.weight(*terms), -sentences[*sentence], *sentence);
        let held = self.held.iter().map(holds);
        held.max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1))).map(|(.., sentence)| sentence)
    }

    /// What part of the claim stands at most in a few sentences in a row.
    fn in_a_row(&self) -> f64 {
        let row = |n: usize| {
            let within = self.held[n..].iter().take_while(|(s, _)| *s < self.held[n].0 + WINDOW);
            self.weight(within.fold(0, |all, (_, terms)| all | terms)) / self.all
        };
        (0..self.held.len()).map(row).fold(0.0, f64::max)
    }

    /// What part of it stands anywhere.
    fn anywhere(&self) -> f64 {
        self.weight(self.held.iter().fold(0, |all, (_, terms)| all | terms)) / self.all
    }

    /// How many of its terms one sentence holds at most.
    fn most_terms(&self) -> f64 {
        f64::from(self.held.iter().map(|(_, terms)| terms.count_ones()).max().unwrap_or_default())
    }
}

/// Which bits of a number are set.
fn of_bits(mut number: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (number != 0).then(|| number.trailing_zeros() as usize)?;
        number &= number - 1;
        Some(lowest)
    })
}

fn bits(quantity: &Quantity) -> u64 {
    assertions::number(quantity).to_bits()
}

/// For each claim the accounts that may tell it elsewhere, in the order of the claims.
pub fn unclear(context: &Context, joined: &Joined) -> Vec<Unclear> {
    let sentences = Sentences::of(context);
    let model = Model::shipped();
    let likely = |group: &Group| {
        let carrying: BTreeSet<usize> = group.iter().map(|i| context.statements[*i].spot.account).collect();
        let absent = context.accounts.len() - carrying.len();
        if absent == 0 || !super::is_listed(absent, carrying.len()) {
            return Unclear::new();
        }
        let of = sentences.likeness(group).into_iter();
        let likely = of.filter(|(_, like)| probability(&model.told, &like.features) >= model.absent);
        likely.map(|(account, like)| (account, like.nearest)).collect()
    };
    let mut unclear: Vec<Unclear> = joined.groups.iter().map(likely).collect();
    let groups = joined.groups.iter().enumerate();
    let of: BTreeMap<usize, usize> = groups.flat_map(|(n, g)| g.iter().map(move |i| (*i, n))).collect();
    // What was found nearly the same is where to look, whatever else shares more; of several the first in the text.
    let mut alike: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for [a, b] in &joined.alike {
        for (of_group, other) in [(a, b), (b, a)] {
            if let Some(group) = of.get(of_group) {
                let Spot { account, span } = context.statements[*other].spot;
                alike.entry((*group, account)).and_modify(|first| *first = span.min(*first)).or_insert(span);
            }
        }
    }
    for ((group, account), span) in alike {
        unclear[group].insert(account, span);
    }
    unclear
}
