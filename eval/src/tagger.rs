//! Trains the tagger of parts of speech, and scores it.
//!
//! In: the folder with `gum/` and `ud_ewt/` (CoNLL-U). Out: `models/pos/tagger.bin`, and accuracies. The words are
//! cut as the program cuts them; it does not know the treebanks' own tokens except through their offsets.

mod clusters;
pub(crate) mod gold;
mod perceptron;

use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::Pos;
use rashomon::annotate::tagger::model::Model;
use rashomon::annotate::tagger::tag_words;

use self::gold::{Sentence, Split};
use crate::figures::Figure;

/// Where the model lies, seen from the repository's root.
pub const MODEL: &str = "models/pos/tagger.bin";

/// What the floors are measured on, within the data.
pub const CORPUS: &str = "gum";

/// The tagger on one set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// What it was measured on.
    pub set: String,
    /// Tokens with the right tag.
    pub right: usize,
    /// All tokens.
    pub all: usize,
    /// The most frequent confusions: right tag, given tag, how often.
    pub confusions: Vec<(Pos, Pos, usize)>,
}

impl Score {
    /// Part of the tokens with the right tag, in percent.
    pub fn accuracy(&self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

/// Trains on GUM train and EWT train in `data`, and writes the model to `out`. The number of iterations was
/// chosen on GUM dev and EWT dev.
pub fn train(data: &Path, out: &Path) -> Result<()> {
    let train = gold::read(data, Split::Train)?;
    let dev = gold::read(data, Split::Dev)?;
    println!("{} sentences to train on, {} to choose on", train.len(), dev.len());
    let words = clusters::read(data)?;
    let bytes = perceptron::train(&train, &dev, &words);
    std::fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}: {} bytes", out.display(), bytes.len());
    show(&score(data, out)?);
    Ok(())
}

/// The model's accuracy on GUM's news that it was not trained on.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = measure(&read(Path::new(MODEL))?, "GUM news test", &gold::read(data, Split::NewsTest)?);
    let what = "parts of speech in news, accuracy";
    Ok(vec![Figure { name: "tagger.news", what, value: score.accuracy() }])
}

/// Scores the model at `path` on the sets in `data`.
pub fn score(data: &Path, path: &Path) -> Result<Vec<Score>> {
    let model = read(path)?;
    let sets = [
        ("GUM dev + EWT dev", gold::read(data, Split::Dev)?),
        ("GUM news test", gold::read(data, Split::NewsTest)?),
        ("GUM test", gold::read(data, Split::GumTest)?),
        ("EWT dev", gold::read(data, Split::EwtDev)?),
        ("EWT test", gold::read(data, Split::EwtTest)?),
    ];
    let start = std::time::Instant::now();
    let scores: Vec<Score> = sets.iter().map(|(name, sentences)| measure(&model, name, sentences)).collect();
    let tokens: usize = scores.iter().map(|s| s.all).sum();
    println!("{:.0} tokens a second", tokens as f64 / start.elapsed().as_secs_f64());
    Ok(scores)
}

fn read(path: &Path) -> Result<Model> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Model::read(&bytes).context("not a tagger's model")
}

/// Scores `model` on `sentences`.
pub fn measure(model: &Model, set: &str, sentences: &[Sentence]) -> Score {
    let mut score = Score { set: set.to_owned(), ..Score::default() };
    let mut confusions = std::collections::BTreeMap::new();
    for sentence in sentences {
        let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
        for (given, right) in tag_words(model, &words).into_iter().zip(&sentence.tags) {
            score.all += 1;
            if given == *right {
                score.right += 1;
            } else {
                *confusions.entry((*right, given)).or_insert(0) += 1;
            }
        }
    }
    score.confusions = confusions.into_iter().map(|((right, given), n)| (right, given, n)).collect();
    score.confusions.sort_by_key(|c| std::cmp::Reverse(c.2));
    score.confusions.truncate(12);
    score
}

/// Prints scores.
pub fn show(scores: &[Score]) {
    scores.iter().for_each(print);
}

fn print(score: &Score) {
    println!("{:<20} {:.2} % of {} tokens", score.set, score.accuracy(), score.all);
    let shown: Vec<String> = score.confusions.iter().map(|(r, g, n)| format!("{r:?}→{g:?} {n}")).collect();
    println!("{:<20} {}", "", shown.join(", "));
}
