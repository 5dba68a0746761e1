//! Which reports leave a claim out?
//!
//! In: the sentences of a story and its claims. Out: for each claim the reports of which that is not certain, since they share so much with
//! it that they may tell it in words that nobody joined. It does not know how claims are joined, nor which wording is right: what is
//! neither joined nor unclear is taken to be left out, so what it asks is how likely a report that bears a claim out nowhere tells of it
//! all the same. The weights were learnt on labelled claims of ordinary news (`models/claims/README.md`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::assertions;
use super::claims::{Group, Joined};
use super::propositions::model::{Model, probability};
use super::terms::Term;
use super::{Context, Spot};

/// How many features a claim and a report have.
pub const COUNT: usize = 8;

/// What a claim and a report that does not bear it out share.
pub type Features = [f64; COUNT];

/// How many terms of a claim are looked for: they are marked in the bits of a number.
const MOST_TERMS: usize = 64;

/// How many sentences in a row may tell what a claim tells in one.
const WINDOW: usize = 3;

/// The sentences of a story, by what they speak of.
pub struct Sentences<'a, 'c> {
    context: &'a Context<'c>,
    /// For each account what the terms of each sentence weigh; furniture is none.
    weights: Vec<Vec<f64>>,
    /// Where each term stands, as account and sentence.
    with: HashMap<Term, Vec<(usize, usize)>>,
    /// For each account the numbers that it names.
    numbers: Vec<BTreeSet<u64>>,
}

impl<'a, 'c> Sentences<'a, 'c> {
    /// Looks through the sentences of a story.
    pub fn of(context: &'a Context<'c>) -> Self {
        let mut weights = Vec::new();
        let mut with: HashMap<Term, Vec<(usize, usize)>> = HashMap::new();
        for (account, of) in context.accounts.iter().enumerate() {
            let sentences = of.layers.sentences.iter().filter(|s| !s.furniture);
            let terms = sentences
                .map(|s| context.terms.at(context.accounts, &context.cast, Spot { account, span: s.span }));
            let weigh = |(sentence, terms): (usize, Vec<Term>)| {
                terms.iter().for_each(|term| with.entry(*term).or_default().push((account, sentence)));
                context.terms.weight(&terms)
            };
            weights.push(terms.enumerate().map(weigh).collect());
        }
        let numbers = |of: &&super::Account| of.layers.quantities.iter().map(bits).collect();
        let numbers = context.accounts.iter().map(numbers).collect();
        Sentences { context, weights, with, numbers }
    }

    /// What a claim shares with each account that holds any of its terms.
    pub fn features(&self, group: &[usize]) -> BTreeMap<usize, Features> {
        let statement = |i: &usize| &self.context.statements[*i];
        let Some(claim) = group.first().map(statement) else { return BTreeMap::new() };
        let terms = &claim.terms[..claim.terms.len().min(MOST_TERMS)];
        let weights: Vec<f64> = terms.iter().map(|term| self.context.terms.weight(&[*term])).collect();
        let weight = |shared: u64| of_bits(shared).map(|n| weights[n]).sum::<f64>();
        let all = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        // For each account, for each sentence, which of the terms it holds.
        let mut held: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for (n, term) in terms.iter().enumerate() {
            for (account, sentence) in self.with.get(term).into_iter().flatten() {
                *held.entry(*account).or_default().entry(*sentence).or_default() |= 1 << n;
            }
        }
        let position = group.iter().map(|i| self.position(statement(i).spot)).min().unwrap_or_default();
        let numbers: BTreeSet<u64> = claim.quantities.iter().map(bits).collect();
        let of_account = |(account, sentences): (usize, BTreeMap<usize, u64>)| {
            let alike = |(sentence, shared): (&usize, &u64)| {
                let size = all + self.weights[account].get(*sentence).copied().unwrap_or_default();
                2.0 * weight(*shared) / size
            };
            let window = |first: &usize| {
                let within = sentences.range(first..&(first + WINDOW));
                weight(within.fold(0, |all, (_, shared)| all | shared)) / all
            };
            let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
            let features = [
                most(&mut sentences.iter().map(alike)),
                most(&mut sentences.keys().map(window)),
                weight(sentences.values().fold(0, |all, shared| all | shared)) / all,
                most(&mut sentences.values().map(|shared| f64::from(shared.count_ones()))).ln_1p(),
                f64::from(u8::from(!numbers.is_disjoint(&self.numbers[account]))),
                (position as f64).ln_1p(),
                (terms.len() as f64).ln_1p(),
                (self.weights[account].len() as f64).ln_1p(),
            ];
            (account, features)
        };
        held.into_iter().map(of_account).collect()
    }

    /// How many sentences stand before a place in its report.
    fn position(&self, spot: Spot) -> usize {
        let sentences = &self.context.accounts[spot.account].layers.sentences;
        let before = sentences.partition_point(|s| s.span.end <= spot.span.start);
        sentences[..before].iter().filter(|s| !s.furniture).count()
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

fn bits(quantity: &crate::annotate::Quantity) -> u64 {
    assertions::number(quantity).to_bits()
}

/// For each claim the accounts that may tell it elsewhere, in the order of the claims.
pub fn unclear(context: &Context, joined: &Joined) -> Vec<BTreeSet<usize>> {
    let sentences = Sentences::of(context);
    let model = Model::shipped();
    let likely = |group: &Group| {
        let carrying: BTreeSet<usize> = group.iter().map(|i| context.statements[*i].spot.account).collect();
        let absent = context.accounts.len() - carrying.len();
        if !super::is_listed(absent, carrying.len()) {
            return BTreeSet::new();
        }
        let of = sentences.features(group).into_iter();
        let likely = of.filter(|(_, features)| probability(&model.told, features) >= model.absent);
        likely.map(|(account, _)| account).collect()
    };
    let mut unclear: Vec<BTreeSet<usize>> = joined.groups.iter().map(likely).collect();
    let groups = joined.groups.iter().enumerate();
    let of: BTreeMap<usize, usize> = groups.flat_map(|(n, g)| g.iter().map(move |i| (*i, n))).collect();
    for [a, b] in &joined.alike {
        for (of_group, other) in [(a, b), (b, a)] {
            if let Some(group) = of.get(of_group) {
                unclear[*group].insert(context.statements[*other].spot.account);
            }
        }
    }
    unclear
}
