//! How likely do two statements of different reports assert the same, in whatever words?
//!
//! In: two statements of a story. Out: what forbids it ([`Judge::may_be_one`]), what speaks for it ([`Features`]: their main
//! predicates, those who take part, their words and names) and the probability. The weights were learnt on events
//! that annotators found to be one across reports (`models/claims/README.md`). It does not know which statements are worth comparing, nor which
//! are taken for one: [`super::claims`] does.

use std::collections::HashMap;

use super::Context;
use super::acts;
use super::contrast;
use super::propositions::features::Comparison;
use super::propositions::model::{Model, probability};
use super::propositions::{Reader, Sentence};
use super::statements::Statement;
use super::terms::TermSet;
use crate::span::Span;

/// How many features a pair has.
pub const COUNT: usize = 13;

/// What two statements share.
pub type Features = [f64; COUNT];

/// Compares statements of a story; each is read once.
pub struct Judge<'a> {
    context: &'a Context<'a>,
    model: &'a Model,
    reader: Reader,
    read: HashMap<usize, Read>,
    /// For each statement the kinds of what it says is done, in ascending order: what two of one kind say may be one act.
    kinds: Vec<Vec<usize>>,
    judged: HashMap<[usize; 2], f64>,
}

/// A statement, read.
struct Read {
    sentence: Sentence,
    /// Which of the predicates is its main verb.
    main: Option<usize>,
    /// The names among its terms.
    names: TermSet,
}

impl<'a> Judge<'a> {
    /// A judge of the statements of `context`, by `model`.
    pub fn new(context: &'a Context<'a>, model: &'a Model) -> Self {
        let kinds = kinds(context);
        let (read, judged) = (HashMap::new(), HashMap::new());
        Judge { context, model, reader: Reader::default(), read, kinds, judged }
    }

    /// Whether two statements both say by a verb what is done, and news may use a word of the one and a word of the other of one act.
    pub fn may_tell_one_act(&self, a: usize, b: usize) -> bool {
        let verbs = |i: usize| self.context.statements[i].verb.is_some();
        let of_b = &self.kinds[b];
        verbs(a) && verbs(b) && self.kinds[a].iter().any(|kind| of_b.binary_search(kind).is_ok())
    }

    /// How likely two statements assert the same; 0 where something forbids it.
    pub fn probability(&mut self, a: usize, b: usize) -> f64 {
        if self.may_be_one(a, b) { self.likelihood(a, b) } else { 0.0 }
    }

    /// How likely two statements assert the same, whatever forbids it.
    pub fn likelihood(&mut self, a: usize, b: usize) -> f64 {
        let pair = [a.min(b), a.max(b)];
        if let Some(judged) = self.judged.get(&pair) {
            return *judged;
        }
        let model = self.model;
        let judged = probability(&model.assertion, &self.features(pair[0], pair[1]));
        self.judged.insert(pair, judged);
        judged
    }

    /// How likely the main verbs of two statements say the same; 0 where they do not mean the same, or are of something else.
    pub fn same_predicate(&mut self, a: usize, b: usize) -> f64 {
        let (context, model) = (self.context, self.model);
        let (x, y) = (&context.statements[a], &context.statements[b]);
        if x.verb.is_none() || x.verb != y.verb {
            return 0.0;
        }
        let [of_a, of_b] = self.both(a, b);
        match (of_a.main, of_b.main) {
            (Some(i), Some(j)) if of_a.sentence.may_share_patient(i, &of_b.sentence, j) => {
                *model.probabilities(&of_a.sentence, &of_b.sentence).at(i, j)
            }
            _ => 0.0,
        }
    }

    /// Whether nothing forbids that two statements assert the same in other words. It asks for more than statements in the same words
    /// need: an act that both may tell, somebody or something that both name, no other number of anything.
    pub fn may_be_one(&mut self, a: usize, b: usize) -> bool {
        let context = self.context;
        let (x, y) = (&context.statements[a], &context.statements[b]);
        let background = |s: &Statement| context.is_background(s.spot.account, s.spot.span);
        self.may_tell_one_act(a, b)
            && contrast::compatible(context, x, y)
            && !contrast::told_apart(context, x, y)
            && !contrast::other_number(x, y)
            && background(x) == background(y)
            && self.share_name_and_patient(a, b)
    }

    fn share_name_and_patient(&mut self, a: usize, b: usize) -> bool {
        let context = self.context;
        let [x, y] = self.both(a, b);
        let shared = context.terms.shared(&x.names, &y.names);
        let named = x.names.is_empty() || y.names.is_empty() || !shared.is_empty();
        let mains = x.main.zip(y.main);
        named && mains.is_some_and(|(i, j)| x.sentence.may_share_patient(i, &y.sentence, j))
    }

    /// What two statements share.
    pub fn features(&mut self, a: usize, b: usize) -> Features {
        let (context, model) = (self.context, self.model);
        let (terms, x, y) = (&context.terms, &context.statements[a], &context.statements[b]);
        let [of_x, of_y] = self.both(a, b);
        let read = Comparison::new(&of_x.sentence, &of_y.sentence);
        let mains = of_x.main.zip(of_y.main);
        let pair = mains.map(|(i, j)| read.pair(i, j)).unwrap_or_default();
        let grid = || model.probabilities(&of_x.sentence, &of_y.sentence);
        let probable = mains.map_or(0.0, |(i, j)| *grid().at(i, j));
        let verbs = x.verb.as_deref().zip(y.verb.as_deref());
        let names = terms.weight(&terms.shared(&of_x.names, &of_y.names));
        let of_one_only = |of: &Read| terms.weight(&of.names) - names;
        let (many, few) = (x.terms.len().max(y.terms.len()), x.terms.len().min(y.terms.len()));
        [
            terms.similarity(&x.terms, &y.terms),
            terms.overlap(&x.terms, &y.terms),
            read.whole(),
            log_odds(probable),
            flag(verbs.is_some_and(|(v, w)| v == w)),
            flag(verbs.is_some_and(|(v, w)| v != w && acts::akin(v, w))),
            pair.verbs,
            pair.patients,
            pair.obliques,
            names,
            of_one_only(of_x).min(of_one_only(of_y)),
            few as f64 / many.max(1) as f64,
            (many as f64).ln_1p(),
        ]
    }

    fn both(&mut self, a: usize, b: usize) -> [&Read; 2] {
        self.look_at(a);
        self.look_at(b);
        [&self.read[&a], &self.read[&b]]
    }

    fn look_at(&mut self, i: usize) {
        if self.read.contains_key(&i) {
            return;
        }
        let context = self.context;
        let s = &context.statements[i];
        let account = context.accounts[s.spot.account];
        let tokens = account.layers.tokens_in(s.spot.span);
        let sentence = self.reader.sentence(&account.report, &account.layers, tokens);
        let main = s.main.and_then(|main| {
            let words = account.layers.tokens_in(main);
            sentence.propositions.iter().rposition(|p| words.contains(&p.token))
        });
        let names = s.terms.iter().copied().filter(|t| context.terms.is_name(*t)).collect();
        self.read.insert(i, Read { sentence, main, names });
    }
}

/// For each statement the kinds of its acts. Every act is of a kind of its own, and of those in which it stands beside others.
fn kinds(context: &Context) -> Vec<Vec<usize>> {
    let mut own: HashMap<String, usize> = HashMap::new();
    let mut of = |(_, act): (Span, String)| {
        let next = own.len();
        let shared = acts::kinds(&act);
        let own = *own.entry(act).or_insert(next);
        shared.iter().map(|kind| 2 * kind).chain([2 * own + 1]).collect::<Vec<usize>>()
    };
    let mut kinds = |s: &Statement| {
        let mut kinds: Vec<usize> = acts_of(context, s).into_iter().flat_map(&mut of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    context.statements.iter().map(&mut kinds).collect()
}

/// Within how many tokens behind a verb, and in its subject, a noun may name what is done.
const NEAR: usize = 8;

/// What a statement says is done: by its main verb first, then by the nouns around it that name acts; the words and the concept
/// of each.
pub fn acts_of(context: &Context, s: &Statement) -> Vec<(Span, String)> {
    let of = context.accounts[s.spot.account];
    let Some(main) = s.main else { return Vec::new() };
    let mut found: Vec<(Span, String)> = s.verb.iter().map(|verb| (main, verb.clone())).collect();
    let around = context.main_predicate(s).into_iter().flat_map(|p| p.subject.into_iter().chain([p.object]));
    let nouns = around.flat_map(|span| of.layers.tokens_in(span).take(NEAR));
    let nouns = nouns.filter(|i| of.pos(*i).is_noun() && !of.pos(*i).is_name());
    let named = nouns.map(|i| (of.layers.tokens[i].span, of.concept_at(i)));
    found.extend(named.filter(|(_, noun)| acts::is_act(noun)));
    found
}

/// The logarithm of the odds, within bounds.
fn log_odds(probability: f64) -> f64 {
    let p = probability.clamp(0.003, 0.997);
    (p / (1.0 - p)).ln()
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
