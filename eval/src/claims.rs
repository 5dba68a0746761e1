//! Which propositions of two sentences say the same, and which sentences.
//!
//! In: pairs of sentences on one event in which crowd workers aligned propositions (QA-Align), pairs that others
//! called paraphrases or not (MRPC), and reports in which annotators marked what is one event ([`events`]). Out: F1 over what was
//! held out, beside what a baseline reached on the same candidates (`eval/baselines/minilm.tsv`). It does not know how a
//! proposition is read, nor how the weights are learnt: [`train`] does.

pub mod coverage;
pub mod draw;
pub mod events;
pub mod labels;
mod train;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::align::propositions::model::Model;
use rashomon::align::propositions::{Grid, Reader, Sentence};
use rashomon::annotate::{Annotations, Annotator, Rules};
use rashomon::report::Report;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::figures::Figure;

pub use train::train;

/// The pairs, within the data.
pub const CORPUS: &str = "facts/qa_align_crowd.jsonl";

/// Paraphrases, within the data.
const PARAPHRASES: &str = "facts/mrpc_test.tsv";

/// Where the weights stand, and what the baseline reached, seen from the repository's root.
pub const MODEL: &str = "models/claims/weights.tsv";
const BASELINE: &str = "eval/baselines/minilm.tsv";

/// A pair is held out where the SHA-256 of this and its key is divisible by three.
const SEED: &str = "claims-1";

#[derive(Deserialize)]
struct Line {
    key: String,
    topic: String,
    text_1: String,
    text_2: String,
    alignments: String,
}

/// One sentence of a pair.
struct Side {
    text: String,
    report: Report,
    layers: Annotations,
    sentence: Sentence,
}

/// Two sentences with the predicates that say the same.
struct Pair {
    sides: [Side; 2],
    /// What both tell of, as the set names it.
    topic: String,
    /// Pairs of tokens that at least one of two workers aligned; `None` where a predicate is none of our words.
    gold: BTreeSet<(Option<usize>, Option<usize>)>,
    held_out: bool,
}

/// What was reached on sentences, in percent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// F1 of aligned propositions.
    pub propositions: f64,
    /// Precision and recall of them.
    pub prf: (f64, f64),
    /// F1 of sentences that have some.
    pub sentences: f64,
    /// F1 of paraphrases.
    pub mrpc: f64,
    /// What the baseline reached, by measure.
    pub baseline: BTreeMap<String, f64>,
    /// Pairs that were measured, and how many alignments they have.
    pub measured: (usize, usize),
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let beside = |name: &str| {
            self.baseline.get(name).map_or_else(|| "not measured".to_owned(), |f1| format!("{f1:.1}"))
        };
        let (pairs, gold) = self.measured;
        writeln!(f, "{pairs} pairs of sentences held out, {gold} aligned propositions")?;
        writeln!(
            f,
            "propositions F1 {:5.1} (precision {:.1}, recall {:.1}), MiniLM at its best threshold {}",
            self.propositions,
            self.prf.0,
            self.prf.1,
            beside("propositions")
        )?;
        writeln!(f, "sentences    F1 {:5.1}, MiniLM {}", self.sentences, beside("sentences"))?;
        writeln!(f, "MRPC         F1 {:5.1}, MiniLM {}", self.mrpc, beside("mrpc"))
    }
}

/// What was reached on the statements of reports, over what is held out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfStatements {
    /// Pairs that tell one event, over the topics of ECB+.
    pub events: events::Counts,
    /// Pairs of ordinary news that are one claim.
    pub news: events::Counts,
    /// Claims and reports of ordinary news that do or do not tell them.
    pub coverage: coverage::Score,
}

impl fmt::Display for OfStatements {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { events, news, coverage } = self;
        writeln!(
            f,
            "events       F1 {:5.1} (precision {:.1}, recall {:.1} of {} pairs of statements that tell one event)",
            events.f1(),
            events.precision(),
            events.recall(),
            events.wanted
        )?;
        writeln!(
            f,
            "news         {} of {} pairs that were joined are one (precision {:.1}), of {} that are one (recall {:.1})",
            news.right,
            news.found,
            news.precision(),
            news.wanted,
            news.recall()
        )?;
        let [told, partly, not] = coverage.absent;
        writeln!(
            f,
            "left out     {not} of {} are, {partly} are told in part, {told} are told (precision {:.1}); of what is left out {:.1}, of what is told {:.1} is said to be",
            told + partly + not,
            coverage.precision(),
            coverage.recall(),
            coverage.denied()
        )?;
        let [told, partly, not] = coverage.unclear;
        let [found, all] = coverage.found;
        writeln!(
            f,
            "unclear      {told} are told, {partly} are told in part, {not} are left out; of {all} that are told {found} are pointed at"
        )
    }
}

/// Scores and prints.
pub fn run(data: &Path) -> Result<()> {
    print!("{}{}", score(data)?, score_statements(data)?);
    Ok(())
}

/// What `gate` and the README say of sentences.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(data)?;
    let figure = |name, what, value| Figure { name, what, value };
    Ok(vec![
        figure("claims.propositions", "propositions of two reports aligned, F1", score.propositions),
        figure("claims.sentences", "… sentences that share one, F1", score.sentences),
        figure("claims.paraphrases", "… sentences that say the same, F1", score.mrpc),
    ])
}

/// What they say of statements of ordinary news.
pub fn news_figures(data: &Path) -> Result<Vec<Figure>> {
    let (joined, absent) = (labels::score(data)?, coverage::score(data)?);
    let figure = |name, what, value| Figure { name, what, value };
    Ok(vec![
        figure(
            "claims.joined_precision",
            "statements of two reports taken for one claim, precision",
            joined.precision(),
        ),
        figure("claims.joined_recall", "… recall", joined.recall()),
        figure(
            "claims.absent_precision",
            "claims that a report is said to leave out, precision",
            absent.precision(),
        ),
        figure("claims.absent_recall", "… recall", absent.recall()),
    ])
}

/// Scores the statements of what is held out.
pub fn score_statements(data: &Path) -> Result<OfStatements> {
    Ok(OfStatements {
        events: events::score(data)?,
        news: labels::score(data)?,
        coverage: coverage::score(data)?,
    })
}

/// Scores the pairs of sentences that were held out.
pub fn score(data: &Path) -> Result<Score> {
    let pairs = read(data)?;
    let model = Model::shipped();
    let (learn, measure): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|p| !p.held_out);
    let scored: Vec<(&Pair, Grid<f64>)> =
        measure.iter().map(|pair| (*pair, pair.probabilities(model))).collect();
    let counts = counts(&scored, model.probable);
    let sentence = |pairs: &[&Pair]| -> Vec<(f64, bool)> {
        pairs.iter().map(|p| (p.share(model), !p.gold.is_empty())).collect()
    };
    let mrpc: Vec<(f64, bool)> = paraphrases(&data.join(PARAPHRASES))?
        .into_iter()
        .map(|([a, b], wanted)| (model.whole(&a.sentence, &b.sentence), wanted))
        .collect();
    Ok(Score {
        propositions: f1(counts),
        prf: (100.0 * counts[0] / counts[1].max(1.0), 100.0 * counts[0] / counts[2].max(1.0)),
        sentences: f1_at(&sentence(&measure), best(&sentence(&learn)).1),
        mrpc: best(&mrpc).0,
        baseline: baseline()?,
        measured: (measure.len(), counts[2] as usize),
    })
}

impl Pair {
    fn probabilities(&self, model: &Model) -> Grid<f64> {
        let [a, b] = self.sides.each_ref().map(|side| &side.sentence);
        model.probabilities(a, b)
    }

    /// How likely the two sentences share a proposition.
    fn share(&self, model: &Model) -> f64 {
        let [a, b] = self.sides.each_ref().map(|side| &side.sentence);
        model.share(a, b)
    }

    /// Whether the `i`-th predicate of the first sentence and the `j`-th of the second were aligned.
    fn wanted(&self, i: usize, j: usize) -> bool {
        let [a, b] = self.sides.each_ref().map(|side| &side.sentence.propositions);
        self.gold.contains(&(Some(a[i].token), Some(b[j].token)))
    }
}

/// Right, found, wanted, where what is at least as probable as `at` is taken.
fn counts(scored: &[(&Pair, Grid<f64>)], at: f64) -> [f64; 3] {
    let mut counts = [0.0; 3];
    for (pair, probabilities) in scored {
        for (i, j) in probabilities.places().filter(|(i, j)| *probabilities.at(*i, *j) >= at) {
            counts[0] += f64::from(u8::from(pair.wanted(i, j)));
            counts[1] += 1.0;
        }
        counts[2] += pair.gold.len() as f64;
    }
    counts
}

fn f1([right, found, wanted]: [f64; 3]) -> f64 {
    100.0 * 2.0 * right / (found + wanted).max(1.0)
}

/// The best F1 over all thresholds, and the threshold.
fn best(scored: &[(f64, bool)]) -> (f64, f64) {
    let thresholds = scored.iter().map(|(score, _)| *score);
    let all = thresholds.map(|at| (f1_at(scored, at), at));
    all.max_by(|x, y| x.0.total_cmp(&y.0)).unwrap_or((0.0, 0.5))
}

fn f1_at(scored: &[(f64, bool)], at: f64) -> f64 {
    let found = scored.iter().filter(|(score, _)| *score >= at);
    let right = found.clone().filter(|(_, wanted)| *wanted).count() as f64;
    f1([right, found.count() as f64, scored.iter().filter(|(_, wanted)| *wanted).count() as f64])
}

/// Two sentences, and whether they were called paraphrases.
fn paraphrases(path: &Path) -> Result<Vec<([Side; 2], bool)>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut read = Vec::new();
    let mut reader = Reader::default();
    for line in text.lines().skip(1) {
        let [wanted, _, _, a, b] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        read.push(([side(&mut reader, a)?, side(&mut reader, b)?], wanted == "1"));
    }
    Ok(read)
}

fn baseline() -> Result<BTreeMap<String, f64>> {
    let Ok(text) = fs::read_to_string(BASELINE) else { return Ok(BTreeMap::new()) };
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let pairs = lines.filter_map(|l| l.split_once('\t'));
    pairs.map(|(name, figure)| Ok((name.to_owned(), figure.parse().context(BASELINE)?))).collect()
}

/// Reads the pairs, each key once.
fn read(data: &Path) -> Result<Vec<Pair>> {
    let path = data.join(CORPUS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut by_key: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let line: Line =
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), n + 1))?;
        by_key.entry(line.key.clone()).or_default().push(line);
    }
    let mut reader = Reader::default();
    by_key.into_iter().map(|(key, lines)| pair(&mut reader, &key, &lines)).collect()
}

fn pair(reader: &mut Reader, key: &str, lines: &[Line]) -> Result<Pair> {
    let first = &lines[0];
    let sides = [side(reader, &first.text_1)?, side(reader, &first.text_2)?];
    let named: BTreeSet<[Named; 2]> = lines.iter().flat_map(|l| predicates(&l.alignments)).collect();
    let gold = named.iter().map(|[a, b]| (place(&sides[0], a), place(&sides[1], b))).collect();
    Ok(Pair { sides, topic: first.topic.clone(), gold, held_out: third(key) })
}

fn side(reader: &mut Reader, text: &str) -> Result<Side> {
    let report = rashomon::source::read("sentence.txt", text.as_bytes()).reports.pop();
    let report = report.context("a sentence cannot be read")?;
    let layers = Rules.annotate(&report);
    let sentence = reader.sentence(&report, &layers, 0..layers.tokens.len());
    Ok(Side { text: text.to_owned(), report, layers, sentence })
}

/// A predicate as the set names it: the position of its word, and the word.
type Named = (usize, String);

/// The pairs of predicates in an alignment: a Python literal whose strings are "…~!~position~!~word~!~number".
fn predicates(alignments: &str) -> BTreeSet<[Named; 2]> {
    let mut pairs = BTreeSet::new();
    for alignment in alignments.split("'sent1'").skip(1) {
        let Some((left, right)) = alignment.split_once("'sent2'") else { continue };
        for a in named(left) {
            pairs.extend(named(right).into_iter().map(|b| [a.clone(), b]));
        }
    }
    pairs
}

fn named(side: &str) -> BTreeSet<Named> {
    let ids = side.split(['\'', '"']).filter(|s| s.matches("~!~").count() >= 3);
    let name = |id: &str| {
        let mut parts = id.rsplit("~!~").skip(1);
        let word = parts.next()?;
        Some((parts.next()?.parse().ok()?, word.to_owned()))
    };
    ids.filter_map(name).collect()
}

/// The word that a predicate means: of those that are written so, the one nearest to its position.
fn place(side: &Side, (position, word): &Named) -> Option<usize> {
    let written = |i: &usize| side.report.slice(side.layers.tokens[*i].span).eq_ignore_ascii_case(word);
    let places = (0..side.layers.tokens.len()).filter(written);
    places.min_by_key(|i| i.abs_diff(*position))
}

fn third(key: &str) -> bool {
    let digest = Sha256::digest(format!("{SEED}:{key}"));
    digest.iter().fold(0u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 3) == 0
}

/// A word of a sentence, for a baseline.
#[derive(Serialize)]
struct Word {
    start: usize,
    end: usize,
    predicate: bool,
}

#[derive(Serialize)]
struct Exported<'a> {
    texts: [&'a str; 2],
    words: [Vec<Word>; 2],
    gold: &'a BTreeSet<(Option<usize>, Option<usize>)>,
    held_out: bool,
}

/// Writes the pairs with our candidates as JSON Lines.
pub fn export(data: &Path, to: &Path) -> Result<()> {
    let mut lines = String::new();
    for pair in read(data)? {
        let words = |side: &Side| -> Vec<Word> {
            let predicate = |i: usize| side.sentence.propositions.iter().any(|p| p.token == i);
            let word = |i: usize| {
                let (start, end) = side.report.text.code_points(side.layers.tokens[i].span);
                Word { start, end, predicate: predicate(i) }
            };
            (0..side.layers.tokens.len()).map(word).collect()
        };
        let [a, b] = &pair.sides;
        let exported = Exported {
            texts: [&a.text, &b.text],
            words: [words(a), words(b)],
            gold: &pair.gold,
            held_out: pair.held_out,
        };
        lines.push_str(&serde_json::to_string(&exported)?);
        lines.push('\n');
    }
    fs::write(to, lines).with_context(|| format!("cannot write {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_are_read_out_of_a_python_literal() {
        let text = "[{'sent1': [['set~!~7~!~12~!~closed~!~88', \"Who's there? - she\", 'closed']], 'sent2': [['set~!~9~!~3~!~shut~!~99', 'What was shut? - the lock', 'shut']]}]";
        let pairs: Vec<[Named; 2]> = predicates(text).into_iter().collect();
        assert_eq!(pairs, [[(12, "closed".to_owned()), (3, "shut".to_owned())]]);
        assert!(predicates("[]").is_empty());
    }

    #[test]
    fn the_nearest_of_two_alike_words_is_meant() {
        let side = side(&mut Reader::default(), "The lock closed and the gate closed.").expect("a sentence");
        assert_eq!(place(&side, &(6, "closed".to_owned())), Some(6));
        assert_eq!(place(&side, &(1, "closed".to_owned())), Some(2));
        assert_eq!(place(&side, &(1, "opened".to_owned())), None);
    }

    #[test]
    fn the_best_threshold_parts_right_from_wrong() {
        let scored = [(0.9, true), (0.8, true), (0.3, false)];
        assert_eq!(best(&scored), (100.0, 0.8));
        assert_eq!(f1_at(&scored, 0.1), 80.0);
    }
}
