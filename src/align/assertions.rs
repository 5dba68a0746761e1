//! How likely do two statements of different reports assert the same, in whatever words?
//!
//! In: two statements of a story. Out: what forbids it ([`Judge::may_be_one`]), what speaks for it ([`Features`]: their main
//! predicates, those who take part, their words, names and numbers) and the probability. The weights were learnt on
//! labelled pairs of ordinary news (`models/claims/README.md`). It does not know which statements are worth comparing, nor which
//! are taken for one: [`super::claims`] does.

use std::collections::HashMap;
use std::ops::Range;

use super::Context;
use super::acts;
use super::contrast;
use super::propositions::features::Comparison;
use super::propositions::model::{Model, probability};
use super::propositions::{Reader, Sentence};
use super::statements::{self, Statement};
use super::terms::TermSet;
use crate::annotate::Quantity;
use crate::span::Span;

/// How many features a pair has.
pub const COUNT: usize = 21;

/// Which feature says how well the main clause of each is found in the other, how well it must be where they tell no one act, and how
/// likely two statements are that share only what one of them tells in passing ("twelve people died when the ferry sank").
const FOUND: usize = 20;
const LEAST_FOUND: f64 = 0.4;
const UNDECIDED: f64 = 0.5;

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
    /// The words of its main clause.
    core: Vec<usize>,
    /// Whether it stands among the first of its report.
    lead: bool,
}

impl<'a> Judge<'a> {
    /// A judge of the statements of `context`, by `model`.
    pub fn new(context: &'a Context<'a>, model: &'a Model) -> Self {
        let kinds = kinds(context);
        let (read, judged) = (HashMap::new(), HashMap::new());
        Judge { context, model, reader: Reader::default(), read, kinds, judged }
    }

    fn at(&self, i: usize) -> &'a Statement {
        &self.context.statements[i]
    }

    /// Whether two statements both say by a verb what is done, and news may use a word of the one and a word of the other of one act.
    pub fn may_tell_one_act(&self, a: usize, b: usize) -> bool {
        let verbs = |i: usize| self.context.statements[i].verb.is_some();
        let of_b = &self.kinds[b];
        verbs(a) && verbs(b) && self.kinds[a].iter().any(|kind| of_b.binary_search(kind).is_ok())
    }

    /// How likely two statements assert the same; 0 where something forbids it.
    pub fn probability(&mut self, a: usize, b: usize) -> f64 {
        if !self.may_be_one(a, b) {
            return 0.0;
        }
        let likely = self.likelihood(a, b);
        let taken = likely >= self.model.certain && !self.may_tell_one_act(a, b);
        if taken && self.features(a, b)[FOUND] < LEAST_FOUND { UNDECIDED } else { likely }
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

    /// Whether none of the obstacles forbids that two statements assert the same in other words: they are more than statements
    /// in the same words must pass.
    pub fn may_be_one(&mut self, a: usize, b: usize) -> bool {
        OBSTACLES.iter().all(|(_, forbids)| !forbids(self, a, b))
    }

    /// The names of all that forbids that two statements are one.
    pub fn obstacles(&mut self, a: usize, b: usize) -> Vec<&'static str> {
        OBSTACLES.iter().filter(|(_, forbids)| forbids(self, a, b)).map(|(name, _)| *name).collect()
    }

    /// Whether two share neither a number nor more than a word besides names: enough only where they tell one act.
    fn share_little(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.at(a), self.at(b));
        let terms = &self.context.terms;
        let shared = terms.shared(&x.terms, &y.terms);
        !share_number(x, y) && shared.iter().filter(|t| !terms.is_name(**t)).count() < FEWEST_BESIDES_NAMES
    }

    fn share_name(&mut self, a: usize, b: usize) -> bool {
        let context = self.context;
        let [x, y] = self.both(a, b);
        let shared = context.terms.shared(&x.names, &y.names);
        x.names.is_empty() || y.names.is_empty() || !shared.is_empty()
    }

    fn share_patient(&mut self, a: usize, b: usize) -> bool {
        let [x, y] = self.both(a, b);
        x.main.zip(y.main).is_none_or(|(i, j)| {
            let (a, b) = (&x.sentence, &y.sentence);
            a.may_share_patient(i, b, j) || a.names_patient(i, b, j) || b.names_patient(j, a, i)
        })
    }

    /// What two statements share.
    pub fn features(&mut self, a: usize, b: usize) -> Features {
        let (context, model) = (self.context, self.model);
        let one_act = flag(self.may_tell_one_act(a, b));
        let one_patient = flag(self.share_patient(a, b));
        let (terms, x, y) = (&context.terms, &context.statements[a], &context.statements[b]);
        let [of_x, of_y] = self.both(a, b);
        let read = Comparison::new(&of_x.sentence, &of_y.sentence);
        let pair = of_x.main.zip(of_y.main).map(|(i, j)| read.pair(i, j)).unwrap_or_default();
        let grid = model.probabilities(&of_x.sentence, &of_y.sentence);
        let likeliest = grid.places().map(|(i, j)| *grid.at(i, j)).fold(0.0, f64::max);
        let [cores, found] = read.cores(&of_x.core, &of_y.core);
        let names = terms.weight(&terms.shared(&of_x.names, &of_y.names));
        let of_one_only = |of: &Read| terms.weight(&of.names) - names;
        let same = |x: Option<usize>, y: Option<usize>| flag(x.is_some() && x == y);
        [
            read.whole(),
            terms.overlap(&x.terms, &y.terms),
            terms.weight(&terms.shared(&x.terms, &y.terms)),
            read.row(),
            log_odds(likeliest),
            flag(x.verb.is_some() && x.verb == y.verb),
            one_act,
            one_patient,
            pair.patients,
            pair.obliques,
            names,
            of_one_only(of_x).min(of_one_only(of_y)),
            same_numbers(x, y),
            other_numbers(x, y).min(other_numbers(y, x)) as f64,
            same(x.subject, y.subject),
            same(x.attributed_to, y.attributed_to),
            flag(of_x.lead && of_y.lead),
            flag(x.part || y.part),
            (x.terms.len().max(y.terms.len()) as f64).ln_1p(),
            cores,
            found,
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
        let sentence = self.reader.sentence(&account.report, &account.layers, tokens.clone());
        let main = s.main.and_then(|main| {
            let words = account.layers.tokens_in(main);
            sentence.propositions.iter().rposition(|p| words.contains(&p.token))
        });
        let core = core(context, s, tokens);
        let names = s.terms.iter().copied().filter(|t| context.terms.is_name(*t)).collect();
        let sentence_at = account.layers.sentence_at(s.spot.span.start).unwrap_or(usize::MAX);
        let lead =
            account.layers.sentences.iter().take(sentence_at).filter(|s| !s.furniture).take(LEAD).count()
                < LEAD;
        self.read.insert(i, Read { sentence, main, names, core, lead });
    }
}

/// The words of the main clause of a statement with these tokens: without relative clauses, reasons and other circumstances.
fn core(context: &Context, s: &Statement, tokens: Range<usize>) -> Vec<usize> {
    let account = context.accounts[s.spot.account];
    let of = |span: Span| account.layers.tokens_in(span);
    let Some(main) = context.main_predicate(s) else { return (0..tokens.len()).collect() };
    let behind = of(main.object).take_while(|i| !statements::opens_circumstances(account, *i));
    let subject = main.subject.into_iter().flat_map(of);
    let mut words: Vec<usize> = subject.chain(of(main.verb)).chain(behind).collect();
    words.retain(|i| tokens.contains(i));
    words.iter_mut().for_each(|i| *i -= tokens.start);
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words besides names two statements of different acts must share.
const FEWEST_BESIDES_NAMES: usize = 2;

/// How many sentences open a report.
const LEAD: usize = 3;

/// What forbids that two statements are one, by name.
type Obstacle = (&'static str, fn(&mut Judge, usize, usize) -> bool);

const OBSTACLES: &[Obstacle] = &[
    ("mood", |of, a, b| contrast::other_mood(of.at(a), of.at(b))),
    ("opposed", |of, a, b| contrast::opposed(of.context, &of.at(a).terms, &of.at(b).terms)),
    ("quantity", |of, a, b| contrast::other_quantity(of.at(a), of.at(b))),
    ("count", |of, a, b| contrast::other_count(of.at(a), of.at(b))),
    ("days", |of, a, b| contrast::other_days(of.at(a), of.at(b))),
    ("exclusive", |of, a, b| contrast::exclusive(of.at(a), of.at(b))),
    ("actor", |of, a, b| contrast::other_actor(of.context, of.at(a), of.at(b))),
    ("people", |of, a, b| contrast::other_people(of.context, of.at(a), of.at(b))),
    ("source", |of, a, b| contrast::other_source(of.context, of.at(a), of.at(b))),
    ("part", |of, a, b| contrast::other_part(of.context, of.at(a), of.at(b))),
    ("number", |of, a, b| contrast::other_number(of.at(a), of.at(b))),
    ("little", |of, a, b| !of.may_tell_one_act(a, b) && of.share_little(a, b)),
    ("name", |of, a, b| !of.share_name(a, b) && !share_number(of.at(a), of.at(b))),
];

/// How distinctive the numbers are that both name of one unit: one digit says little, three say much.
fn same_numbers(x: &Statement, y: &Statement) -> f64 {
    let same = |q: &&Quantity| y.quantities.iter().any(|r| is_same_number(q, r));
    x.quantities.iter().filter(same).map(distinctive).sum::<f64>().min(2.0)
}

/// Whether two quantities are of one number: "some 8,000 jobs", "8,000 jobs"; of a large number, whatever each calls what it counts.
fn is_same_number(x: &Quantity, y: &Quantity) -> bool {
    let counted = |q: &Quantity| number(q) >= LARGE && !is_measured(&q.unit);
    number(x) == number(y) && (contrast::same_unit(x, y) || counted(x) && counted(y))
}

/// From which on a number of things is rarely that of other things.
const LARGE: f64 = 1000.0;

/// The number that a quantity names, whatever its hedge.
pub fn number(quantity: &Quantity) -> f64 {
    quantity.interval.number()
}

/// How seldom a number is met twice, 0 to 1.
fn distinctive(quantity: &Quantity) -> f64 {
    let number = number(quantity);
    let digits = format!("{number}");
    let told = digits.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count();
    match (number < FEW && number.fract() == 0.0, told) {
        _ if quantity.unit.is_empty() => 0.0,
        (true, _) if is_measured(&quantity.unit) => 0.7,
        (true, _) => 0.4,
        (false, 1) => 0.7,
        _ => 1.0,
    }
}

/// Up to which a number of things is met everywhere.
const FEW: f64 = 13.0;

/// Whether a unit is a share or money: of these even a small number is seldom met twice.
fn is_measured(unit: &str) -> bool {
    unit == "percent" || unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether both name a number that is seldom met twice.
pub fn share_number(x: &Statement, y: &Statement) -> bool {
    same_numbers(x, y) >= DISTINCTIVE
}

/// From which on a number is distinctive.
const DISTINCTIVE: f64 = 0.7;

/// How many numbers of the one are none of the other.
fn other_numbers(x: &Statement, y: &Statement) -> usize {
    let same = |q: &Quantity| {
        y.quantities.iter().any(|r| contrast::same_unit(q, r) && q.interval.intersects(r.interval))
    };
    x.quantities.iter().filter(|q| !same(q)).count()
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
    let named = nouns.map(|i| (of.layers.tokens[i].span, of.concept_at(i).to_owned()));
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
