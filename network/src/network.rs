//! A network and what it reads in a report.
//!
//! In: the words of a report as pieces and features. Out: a [`Reading`]: scores of cues and names for each word, and on
//! request the roles of the words about a cue. It does not know which scores win, nor the text.

use std::ops::Range;

use super::convolution::Convolution;
use super::features::{self, WordFeatures};
use super::heads::{CUES, Heads, NAMES, Told};
use super::matrix::{Matrix, exp, largest};
use super::transformer::{MOST_PIECES, Transformer};
use super::weights::Weights;
use super::window::{Window, windows};
use super::wordpiece::Vocabulary;

/// The pieces of a window, without those that begin and end it: as many as in training. On PolNeAR dev 180, 190, 210 and
/// 254 were tried as well; 254 finds 0.8 points less.
const LIMIT: usize = 200;
/// What neighbouring windows share at most, in pieces: more gives a cue more of its surroundings and costs time. On PolNeAR dev 32 to 54
/// find up to 0.7 points less, 80 and 96 no more.
const SHARED: usize = 64;

/// A trained network.
pub struct Network {
    vocabulary: Vocabulary,
    encoder: Encoder,
    heads: Heads,
}

/// What turns words into rows of numbers.
enum Encoder {
    Transformer(Transformer),
    Convolution(Convolution),
}

impl Encoder {
    fn encode(
        &self,
        window: &Window,
        pieces: &[Vec<u32>],
        features: &[WordFeatures],
        ends: [u32; 2],
    ) -> Matrix {
        match self {
            Encoder::Transformer(transformer) => transformer.encode(window, pieces, features, ends),
            Encoder::Convolution(convolution) => convolution.encode(window, pieces, features),
        }
    }
}

/// What a network, or two, make of one report: logarithms of probabilities.
pub struct Reading<'a> {
    heads: &'a Heads,
    windows: Vec<Read>,
    /// Words × [`CUES`].
    pub cues: Matrix,
    /// Words × [`NAMES`].
    pub names: Matrix,
    /// What another network makes of the same words, and its share, from 0 to 1.
    second: Option<(Box<Reading<'a>>, f32)>,
}

/// A window that was read.
struct Read {
    window: Window,
    words: Matrix,
    shared: Matrix,
}

impl Network {
    /// The network of a safetensors file and of a list of pieces that the program was built with.
    pub fn new(file: &[u8], pieces: &'static str) -> Self {
        let weights = Weights::new(file);
        let encoder = if weights.has("encoder.distances") {
            Encoder::Convolution(Convolution::new(&weights))
        } else {
            Encoder::Transformer(Transformer::new(&weights))
        };
        let heads = Heads::new(&weights);
        Network { vocabulary: Vocabulary::new(pieces), encoder, heads }
    }

    /// Reads the words of a report, in windows.
    pub fn read<'w>(&self, words: impl Iterator<Item = &'w str>, features: &[WordFeatures]) -> Reading<'_> {
        let pieces: Vec<Vec<u32>> = words.map(|word| self.vocabulary.pieces(word)).collect();
        let counts: Vec<usize> = pieces.iter().map(Vec::len).collect();
        let ease = |word: usize| features::ease(&features[word]);
        const { assert!(LIMIT + 2 <= MOST_PIECES) };
        let mut reading = Reading {
            heads: &self.heads,
            windows: Vec::new(),
            cues: Matrix::zeros(pieces.len(), CUES),
            names: Matrix::zeros(pieces.len(), NAMES),
            second: None,
        };
        let ends = [self.vocabulary.begin, self.vocabulary.end];
        for window in windows(&counts, ease, LIMIT, SHARED) {
            let words = self.encoder.encode(&window, &pieces, features, ends);
            reading.take(window, words);
        }
        reading
    }
}

impl<'a> Reading<'a> {
    /// The opinion of both networks: the mean of their logarithms, where that of `other` has `share` of the weight.
    pub fn with(mut self, other: Reading<'a>, share: f32) -> Self {
        mix(&mut self.cues, &other.cues, share);
        mix(&mut self.names, &other.names, share);
        self.second = Some((Box::new(other), share));
        self
    }

    /// The numbers for a word, from the window that answers for it; of two networks, those of the first.
    pub fn row(&self, word: usize) -> &[f32] {
        let read = &self.windows[self.answering(word)];
        read.words.row(word - read.window.words.start)
    }

    /// How many numbers a word has.
    pub fn width(&self) -> usize {
        self.windows.first().map_or(0, |read| read.words.width)
    }

    fn answering(&self, word: usize) -> usize {
        self.windows.partition_point(|read| read.window.answers.end <= word)
    }

    fn take(&mut self, window: Window, words: Matrix) {
        let [mut cues, mut names] = [self.heads.cues(&words), self.heads.names(&words)];
        log_softmax(&mut cues);
        log_softmax(&mut names);
        for word in window.answers.clone() {
            let inside = word - window.words.start;
            self.cues.row_mut(word).copy_from_slice(cues.row(inside));
            self.names.row_mut(word).copy_from_slice(names.row(inside));
        }
        let shared = self.heads.role_words(&words);
        self.windows.push(Read { window, words, shared });
    }

    /// The words about a cue and the logarithms of the probabilities of their roles, words × [`super::heads::ROLES`]; `told` says what the rules think of a
    /// word. The window is the one that answers for the cue's first word; a cue beyond it is cut.
    pub fn roles(&self, cue: Range<usize>, told: &dyn Fn(usize) -> Told) -> Option<(Range<usize>, Matrix)> {
        let read = self.windows.get(self.answering(cue.start))?;
        let words = read.window.words.clone();
        let inside = cue.start - words.start..cue.end.min(words.end) - words.start;
        let named: Vec<Told> = words.clone().map(told).collect();
        let mut roles = self.heads.roles(&read.words, &read.shared, inside, &named);
        log_softmax(&mut roles);
        if let Some((second, share)) = &self.second {
            // Both read the same windows, since they have the same pieces.
            let (_, theirs) = second.roles(cue, told)?;
            mix(&mut roles, &theirs, *share);
        }
        Some((words, roles))
    }
}

/// Makes each row of scores logarithms of probabilities.
fn log_softmax(rows: &mut Matrix) {
    for row in rows.values.chunks_exact_mut(rows.width.max(1)) {
        let largest = largest(row, |value| value);
        let total: f32 = row.iter().map(|value| exp(value - largest)).sum();
        // In 64 bits, whose rounding hides what libraries make of the last bit.
        let total = f64::from(total).ln() as f32;
        row.iter_mut().for_each(|value| *value = *value - largest - total);
    }
}

/// The mean of two rows of logarithms, as logarithms of probabilities.
fn mix(rows: &mut Matrix, others: &Matrix, share: f32) {
    rows.values.iter_mut().zip(&others.values).for_each(|(own, other)| *own += share * (other - *own));
    log_softmax(rows);
}
