//! The averaged perceptron (Collins 2002).
//!
//! In: sentences with the right tags. Out: the bytes of a model, pruned and in 8-bit weights. Seeded: the same
//! sentences give the same bytes.

use std::collections::{BTreeMap, HashMap};

use rashomon::annotate::Pos;
use rashomon::annotate::tagger::features::{self, features};
use rashomon::annotate::tagger::fixed;
use rashomon::annotate::tagger::model::{Entry, Model, Rows, TAGS, key};

use super::clusters::Clusters;
use super::gold::Sentence;
use super::measure;

/// Chosen on GUM dev and EWT dev, where later iterations add nothing.
const ITERATIONS: usize = 8;
/// A feature seen less often in training is left out.
const MIN_COUNT: u32 = 2;
/// How many features of a thousand are left out at random, each time anew, so that no word is learnt by heart.
/// Chosen on dev from 0 (94.4 %), 100, 150, 200, 300: all but the first give 95.3 to 95.4 %.
const DROPPED: usize = 150;
/// A word is in the lexicon if it was seen this often.
const LEXICON_COUNT: usize = 3;
/// It has one tag only if it was seen this often, and never with another.
const ONLY_COUNT: usize = 30;
/// The part of a word's uses that a tag must have to be in its set.
const SET_SHARE: f64 = 0.03;
/// The size that the file may have.
const MAX_BYTES: usize = 1_500_000;

type Lexicon = Vec<(u32, Entry)>;

/// Trains on `train`, with what is known of `words` from untagged text; prints the accuracy on `dev` after each iteration.
pub fn train(train: &[Sentence], dev: &[Sentence], words: &Clusters) -> Vec<u8> {
    let train = with_headlines(train);
    let lexicon = lexicon(&train, words);
    let model = Model::of_lexicon(&lexicon);
    let mut weights = Weights::new(&train, &model);
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut bytes = Vec::new();
    for iteration in 1..=ITERATIONS {
        random.shuffle(&mut order);
        let wrong: usize = order.iter().map(|i| weights.learn(&model, &train[*i], &mut random)).sum();
        bytes = weights.write(&lexicon);
        let score = Model::read(&bytes).map(|m| measure(&m, "dev", dev).accuracy()).unwrap_or_default();
        println!(
            "iteration {iteration}: {wrong} wrong in training, {score:.2} % right on dev, {} bytes",
            bytes.len()
        );
    }
    bytes
}

/// The sentences, and some of them again in capitals or in the case of headlines.
fn with_headlines(sentences: &[Sentence]) -> Vec<Sentence> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut all = sentences.to_vec();
    for sentence in sentences {
        let recased: fn((&String, &Pos)) -> String = match random.below(40) {
            0 => |(word, _)| word.to_uppercase(),
            1 => |(word, pos)| if is_small(*pos) { word.clone() } else { capitalized(word) },
            _ => continue,
        };
        let words = sentence.words.iter().zip(&sentence.tags).map(recased).collect();
        all.push(Sentence { words, tags: sentence.tags.clone() });
    }
    all
}

fn is_small(pos: Pos) -> bool {
    matches!(pos, Pos::DT | Pos::IN | Pos::TO | Pos::CC | Pos::POS)
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn lexicon(sentences: &[Sentence], words: &Clusters) -> Lexicon {
    let mut counts: BTreeMap<String, BTreeMap<u8, usize>> = BTreeMap::new();
    let mut form = String::new();
    for (word, pos) in sentences.iter().flat_map(|s| s.words.iter().zip(&s.tags)) {
        if fixed(word).is_none() {
            features::normalize(word, &mut form);
            *counts.entry(form.clone()).or_default().entry(*pos as u8).or_default() += 1;
        }
    }
    counts.retain(|_, tags| tags.values().sum::<usize>() >= LEXICON_COUNT);
    let mut classes: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    let mut lexicon = BTreeMap::new();
    for (word, seen) in words {
        let entry = Entry { class: 0, only: 255, cluster: seen.cluster, capital: seen.capital };
        lexicon.insert(key(features::hash(word)), entry);
    }
    for (word, tags) in &counts {
        let all: usize = tags.values().sum();
        let frequent = |n: usize| n as f64 >= SET_SHARE * all as f64;
        let mut set: Vec<u8> = tags.iter().filter(|t| frequent(*t.1)).map(|t| *t.0).collect();
        let only = if tags.len() == 1 && all >= ONLY_COUNT { set[0] } else { 255 };
        // The most frequent tag comes first: it tells more than the set.
        set.sort_by_key(|t| std::cmp::Reverse((tags[t], *t)));
        set[1..].sort_unstable();
        let next = classes.len() as u16 + 1;
        let class = *classes.entry(set).or_insert(next);
        let unseen = Entry { class, only, cluster: 0, capital: 0 };
        let entry = lexicon.entry(key(features::hash(word))).or_insert(unseen);
        (entry.class, entry.only) = (class, only);
    }
    lexicon.into_iter().collect()
}

/// The weight of one tag for one feature.
#[derive(Clone, Copy)]
struct Weight {
    tag: u8,
    now: f32,
    /// Sum of the weight over all examples until `since`.
    sum: f64,
    since: u32,
}

/// All weights; the clock counts the examples.
struct Weights {
    rows: HashMap<u32, u32>,
    weights: Vec<Vec<Weight>>,
    clock: u32,
}

impl Weights {
    /// No weights, for the features that `sentences` have often enough.
    fn new(sentences: &[Sentence], model: &Model) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for sentence in sentences {
            let mut state = state(model, sentence);
            for (at, pos) in sentence.tags.iter().enumerate() {
                if fixed(&sentence.words[at]).or(state.known(at)).is_none() {
                    features(&state, at).iter().for_each(|f| *counts.entry(key(*f)).or_default() += 1);
                }
                state.tag(at, *pos);
            }
        }
        let mut kept: Vec<u32> = counts.into_iter().filter(|c| c.1 >= MIN_COUNT).map(|c| c.0).collect();
        kept.sort_unstable();
        println!("{} features", kept.len());
        let weights = vec![Vec::new(); kept.len()];
        Weights { rows: kept.into_iter().zip(0..).collect(), weights, clock: 0 }
    }

    /// Tags `sentence`, corrects the weights after each mistake, and returns how many there were.
    fn learn(&mut self, model: &Model, sentence: &Sentence, random: &mut Random) -> usize {
        let mut state = state(model, sentence);
        let mut wrong = 0;
        for (at, right) in sentence.tags.iter().enumerate() {
            let mut pos = fixed(&sentence.words[at]).or(state.known(at));
            if pos.is_none() {
                let features = features(&state, at);
                let kept = features.iter().filter(|_| random.below(1000) >= DROPPED);
                let rows: Vec<u32> = kept.filter_map(|f| self.rows.get(&key(*f))).copied().collect();
                let guess = self.guess(&rows);
                self.clock += 1;
                if guess != *right {
                    wrong += 1;
                    rows.iter().for_each(|r| self.change(*r, *right as u8, 1.0));
                    rows.iter().for_each(|r| self.change(*r, guess as u8, -1.0));
                }
                pos = Some(guess);
            }
            state.tag(at, pos.unwrap_or(*right));
        }
        wrong
    }

    fn guess(&self, rows: &[u32]) -> Pos {
        let mut scores = [0.0f32; TAGS.len()];
        for weight in rows.iter().flat_map(|r| &self.weights[*r as usize]) {
            scores[usize::from(weight.tag)] += weight.now;
        }
        let best = (0..TAGS.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        TAGS[best.unwrap_or(0)]
    }

    fn change(&mut self, row: u32, tag: u8, by: f32) {
        let clock = self.clock;
        let row = &mut self.weights[row as usize];
        let at = row.iter().position(|w| w.tag == tag).unwrap_or_else(|| {
            row.push(Weight { tag, now: 0.0, sum: 0.0, since: clock });
            row.len() - 1
        });
        let weight = &mut row[at];
        weight.sum += f64::from(clock - weight.since) * f64::from(weight.now);
        weight.since = clock;
        weight.now += by;
    }

    /// The model with averaged weights, as many of the largest as the file may hold.
    fn write(&self, lexicon: &Lexicon) -> Vec<u8> {
        let clock = f64::from(self.clock);
        let average = |w: &Weight| (w.sum + (clock - f64::from(w.since)) * f64::from(w.now)) / clock;
        let mut averaged: Vec<(u32, Vec<(u8, f64)>)> = self
            .rows
            .iter()
            .map(|(key, row)| {
                (*key, self.weights[*row as usize].iter().map(|w| (w.tag, average(w))).collect())
            })
            .collect();
        averaged.sort_unstable_by_key(|r| r.0);
        let mut sizes: Vec<f64> = averaged.iter().flat_map(|r| r.1.iter().map(|w| w.1.abs())).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        let scale = 127.0 / sizes.get(sizes.len() / 2000).copied().unwrap_or(1.0);
        let mut kept = sizes.len();
        loop {
            let least = sizes[..kept].last().copied().unwrap_or(0.0);
            let rows = quantized(&averaged, least, scale);
            let bytes = Model::write(lexicon, &rows);
            if bytes.len() <= MAX_BYTES {
                return bytes;
            }
            kept = kept * 9 / 10;
        }
    }
}

fn quantized(averaged: &[(u32, Vec<(u8, f64)>)], least: f64, scale: f64) -> Rows {
    let mut rows = Rows::new();
    for (key, weights) in averaged {
        let small = weights.iter().filter(|w| w.1.abs() >= least);
        let small = small.map(|(tag, w)| (*tag, (w * scale).round().clamp(-127.0, 127.0) as i8));
        let mut row: Vec<(u8, i8)> = small.filter(|w| w.1 != 0).collect();
        row.sort_unstable();
        if !row.is_empty() {
            rows.push((*key, row));
        }
    }
    rows
}

fn state(model: &Model, sentence: &Sentence) -> features::Sentence {
    let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
    features::Sentence::new(model, &words)
}

/// A xorshift generator: the order of training is part of the model.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.below(i + 1));
        }
    }
}
