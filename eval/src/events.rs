//! Events by PLOVER root type, and who does what to whom.
//!
//! In: sentences of which others said the root type, the source and the target. Out: macro F1 of the root type over a
//! third that was held out, and how often the heads of actor and recipient are right; or the weights of the types,
//! learnt from the other two thirds and the records of the PLOVER codebook. It does not know how a clause is read.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon::annotate::events::{Feature, ROOTS, Types, clauses, heads};
use rashomon::annotate::{Annotations, Annotator, Rules};
use rashomon::report::Report;
use rashomon::span::Span;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::figures::Figure;
use crate::splitmix::SplitMix;

/// The sentences, within the data.
pub const CORPUS: &str = "events/plover_sentences_train.tsv";

/// The codebook's records, within the data.
const CODEBOOK: &str = "events/plover_gsr.json";

/// Where the weights stand, seen from the repository's root.
pub const MODEL: &str = "models/plover/types.bin";

/// A sentence is held out where the SHA-256 of this and its number is divisible by three.
const SEED: &str = "events-1";

/// A sentence with its event.
struct Told {
    sentence: String,
    source: String,
    target: String,
    root: String,
    held_out: bool,
}

/// How well the held-out sentences were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Sentences.
    pub all: usize,
    /// With the right root type.
    pub right: usize,
    /// Mean over the root types, in percent.
    pub macro_f1: f64,
    /// F1 of each root type, in percent.
    pub by_root: BTreeMap<String, f64>,
    /// With the right head of the actor, and of the recipient.
    pub heads: (usize, usize),
    /// Without any event.
    pub silent: usize,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let share = |n: usize| 100.0 * n as f64 / self.all.max(1) as f64;
        writeln!(
            f,
            "root type: macro F1 {:.1}, right {:.1} % of {} sentences, {} without an event",
            self.macro_f1,
            share(self.right),
            self.all,
            self.silent
        )?;
        writeln!(
            f,
            "heads right: actor {:.1} %, recipient {:.1} %",
            share(self.heads.0),
            share(self.heads.1)
        )?;
        let roots: Vec<String> = self.by_root.iter().map(|(root, f1)| format!("{root} {f1:.0}")).collect();
        writeln!(f, "F1: {}", roots.join(", "))
    }
}

/// What `gate` and the README say of them.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(data)?;
    let share = |n: usize| 100.0 * n as f64 / score.all.max(1) as f64;
    let figure = |name, what, value| Figure { name, what, value };
    Ok(vec![
        figure("events.root", "events, PLOVER root type, macro F1", score.macro_f1),
        figure("events.actor", "… with the right head of the actor", share(score.heads.0)),
        figure("events.recipient", "… with the right head of the recipient", share(score.heads.1)),
    ])
}

/// Scores the sentences that were held out.
pub fn score(data: &Path) -> Result<Score> {
    let mut score = Score::default();
    let mut counts: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for told in read(data)?.iter().filter(|t| t.held_out) {
        let (report, layers) = annotated(&told.sentence)?;
        // The event of the sentence is the first that has both roles, else the first.
        let events = heads(&report, &layers);
        let both = events.iter().find(|(_, heads)| heads.1.is_some());
        let event = both.or(events.first());
        score.all += 1;
        score.silent += usize::from(event.is_none());
        let found = event.map_or("none", |(root, _)| root);
        score.right += usize::from(found == told.root);
        count(&mut counts, &told.root, found);
        let (source, target) =
            (head_of(&report, &layers, &told.source), head_of(&report, &layers, &told.target));
        score.heads.0 += usize::from(event.is_some_and(|(_, heads)| Some(heads.0) == source));
        score.heads.1 += usize::from(event.is_some_and(|(_, heads)| heads.1.is_some() && heads.1 == target));
    }
    let f1 = |[both, found, told]: &[f64; 3]| 100.0 * 2.0 * both / (found + told).max(1.0);
    counts.remove("none");
    score.by_root =
        counts.iter().filter(|(_, c)| c[2] > 0.0).map(|(root, c)| (root.clone(), f1(c))).collect();
    score.macro_f1 = score.by_root.values().sum::<f64>() / score.by_root.len().max(1) as f64;
    Ok(score)
}

fn count(counts: &mut BTreeMap<String, [f64; 3]>, told: &str, found: &str) {
    counts.entry(told.to_owned()).or_default()[2] += 1.0;
    counts.entry(found.to_owned()).or_default()[1] += 1.0;
    if told == found {
        counts.entry(told.to_owned()).or_default()[0] += 1.0;
    }
}

/// The last noun of the phrase that `words` begin with, up to their first preposition, mark or relative pronoun.
fn head_of(report: &Report, layers: &Annotations, words: &str) -> Option<Span> {
    let start = report.text.as_str().find(words)?;
    let tokens = layers.tokens_in(Span::new(start..start + words.len()));
    let ends = |i: &usize| {
        let token = layers.tokens[*i];
        let word = report.slice(token.span);
        matches!(
            word,
            "of" | "in" | "on" | "from" | "for" | "who" | "which" | "that" | "," | "(" | "at" | "by"
        )
    };
    let end = tokens.clone().skip(1).find(ends).unwrap_or(tokens.end);
    let noun = (tokens.start..end).rfind(|i| layers.tokens[*i].pos.is_noun());
    noun.or(end.checked_sub(1)).map(|i| layers.tokens[i].span)
}

fn annotated(text: &str) -> Result<(Report, Annotations)> {
    let report = rashomon::source::read("sentence.txt", text.as_bytes()).reports.pop();
    let report = report.context("a sentence cannot be read")?;
    let layers = Rules.annotate(&report);
    Ok((report, layers))
}

fn read(data: &Path) -> Result<Vec<Told>> {
    let path = data.join(CORPUS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        names.iter().position(|n| *n == name).with_context(|| format!("{}: no column {name}", path.display()))
    };
    let columns = [
        column("sentence_id")?,
        column("sentence")?,
        column("source")?,
        column("target")?,
        column("gold_root")?,
    ];
    let mut all = Vec::new();
    for (n, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [Some(id), Some(sentence), Some(source), Some(target), Some(root)] =
            columns.map(|c| cells.get(c).copied())
        else {
            bail!("{}:{}: too few columns", path.display(), n + 2);
        };
        let plain = |cell: &str| cell.trim_matches('"').replace("\"\"", "\"");
        all.push(Told {
            sentence: plain(sentence),
            source: plain(source),
            target: plain(target),
            root: root.to_owned(),
            held_out: third(id),
        });
    }
    Ok(all)
}

fn third(id: &str) -> bool {
    let digest = Sha256::digest(format!("{SEED}:{id}"));
    digest.iter().fold(0u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 3) == 0
}

#[derive(Deserialize)]
struct Record {
    event: String,
    #[serde(rename = "eventText")]
    text: Option<String>,
}

/// A clause with its root type, as an index into [`ROOTS`].
type Example = (Vec<(Feature, f32)>, usize);

const EPOCHS: usize = 20;
const RATE: f32 = 0.5;
const SHRINK: f32 = 0.01;

/// Learns the weights of the types from what was not held out, and writes them.
pub fn train(data: &Path, model: &Path) -> Result<()> {
    let mut examples: Vec<Example> = Vec::new();
    for told in read(data)?.iter().filter(|t| !t.held_out) {
        let (report, layers) = annotated(&told.sentence)?;
        let source = head_of(&report, &layers, &told.source);
        let target = head_of(&report, &layers, &told.target);
        examples.extend(example(&report, &layers, &told.root, (source, target)));
    }
    let sentences = examples.len();
    let path = data.join(CODEBOOK);
    let records: Vec<Record> = serde_json::from_slice(&fs::read(&path)?)
        .with_context(|| format!("cannot read {}", path.display()))?;
    for record in &records {
        let Some(text) = &record.text else { continue };
        // The codebook gives the words of the verb alone; two invented countries stand around them.
        let (report, layers) = annotated(&format!("Karsova {text} Tamira."))?;
        examples.extend(example(&report, &layers, &record.event, (None, None)));
    }
    let types = learn(&examples);
    fs::write(model, types.bytes()).with_context(|| format!("cannot write {}", model.display()))?;
    println!("{sentences} clauses of sentences and {} of the codebook", examples.len() - sentences);
    Ok(())
}

/// The clause of a text that tells of its event: the one with its source or its target, else the first.
fn example(
    report: &Report,
    layers: &Annotations,
    root: &str,
    heads: (Option<Span>, Option<Span>),
) -> Option<Example> {
    let root = ROOTS.iter().position(|r| *r == root)?;
    let all = clauses(report, layers);
    let matches = |found: &(Span, Option<Span>)| {
        usize::from(Some(found.0) == heads.0) + usize::from(found.1.is_some() && found.1 == heads.1)
    };
    let best = all.into_iter().rev().max_by_key(|(_, found)| matches(found))?;
    Some((best.0, root))
}

/// Logistic regression by AdaGrad; rare types weigh more, with the root of their rarity.
fn learn(examples: &[Example]) -> Types {
    let mut weights: BTreeMap<Feature, ([f32; ROOTS.len()], [f32; ROOTS.len()])> = BTreeMap::new();
    let mut counts = [0usize; ROOTS.len()];
    examples.iter().for_each(|(_, root)| counts[*root] += 1);
    let kinds = counts.iter().filter(|n| **n > 0).count().max(1);
    let rarity = |root: usize| (examples.len() as f32 / kinds as f32 / counts[root].max(1) as f32).sqrt();
    let mut chance = SplitMix::new(1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            order.swap(i, chance.below(i + 1));
        }
        for (features, root) in order.iter().map(|i| &examples[*i]) {
            let mut scores = [0.0f32; ROOTS.len()];
            for (feature, value) in features {
                let row = weights.entry(*feature).or_insert(([0.0; ROOTS.len()], [1e-6; ROOTS.len()]));
                for (score, weight) in scores.iter_mut().zip(row.0) {
                    *score += value * weight;
                }
            }
            let largest = scores.iter().fold(f32::MIN, |most, s| most.max(*s));
            let powers = scores.map(|s| (s - largest).exp());
            let all: f32 = powers.iter().sum();
            for (feature, value) in features {
                let Some((row, squares)) = weights.get_mut(feature) else { continue };
                for k in 0..ROOTS.len() {
                    let wrong = powers[k] / all - f32::from(u8::from(k == *root));
                    let slope = value * wrong * rarity(*root) + SHRINK * row[k];
                    squares[k] += slope * slope;
                    row[k] -= RATE * slope / squares[k].sqrt();
                }
            }
        }
    }
    let rows: Vec<(Feature, [f32; ROOTS.len()])> =
        weights.into_iter().map(|(f, (row, _))| (f, row)).collect();
    Types::new(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_feature_decides_after_learning() {
        let aid = ROOTS.iter().position(|r| *r == "AID").expect("a root");
        let assault = ROOTS.iter().position(|r| *r == "ASSAULT").expect("a root");
        let examples: Vec<Example> =
            (0..20).map(|i| (vec![(i % 2, 1.0), (9, 0.2)], if i % 2 == 0 { aid } else { assault })).collect();
        let types = learn(&examples);
        assert_eq!((types.best(&[(0, 1.0)]).0, types.best(&[(1, 1.0)]).0), ("AID", "ASSAULT"));
    }

    #[test]
    fn the_head_stands_before_the_first_preposition() {
        let (report, layers) =
            annotated("The home of a fisherman was searched by two officers from Varn.").expect("a report");
        let head = |words: &str| head_of(&report, &layers, words).map(|span| report.slice(span).to_owned());
        assert_eq!(head("The home of a fisherman").as_deref(), Some("home"));
        assert_eq!(head("two officers from Varn").as_deref(), Some("officers"));
        assert_eq!(head("a bishop"), None);
    }

    #[test]
    fn about_a_third_is_held_out() {
        let held = (0..3000).filter(|i: &usize| third(&i.to_string())).count();
        assert!((900..1100).contains(&held), "{held}");
    }
}
