//! What is learnt of events.
//!
//! In: the sentences that are not held out, PLOVER's codebook records, and reports whose verbs mostly tell no event. Out: the
//! weights. Which verb tells the event nobody marked: it is taken from where the marked parties stand and what
//! the lexicon says. It does not know how the features are made.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::events::{
    ACTOR, Features, NONE, PARTS, Phrase, RECIPIENT, ROOTS, Reading, Shape, TYPES, Weights,
};
use rashomon::annotate::{Annotations, Annotator, Rules};
use rashomon::report::Report;
use rashomon::span::Span;
use serde::Deserialize;

use super::{Example, Score};
use crate::splitmix::SplitMix;

/// Where the weights stand, seen from the repository's root.
pub const MODEL: &str = "models/events/weights.bin";

/// Records of the codebook, and reports for verbs that tell no event, within the data.
const CODEBOOK: &str = "events/plover_gsr.json";
const REPORTS: &str = "stories/train.jsonl";

/// How many of the reports, how many of their sentences, and one in how many of their verbs.
const BACKGROUND: (usize, usize, usize) = (250, 12, 4);

/// How to learn.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Options {
    /// Times through the examples.
    #[arg(long, default_value_t = 10)]
    pub epochs: usize,
    /// How far a step goes.
    #[arg(long, default_value_t = 0.04)]
    pub rate: f32,
    /// How much weights shrink at a step.
    #[arg(long, default_value_t = 3e-4)]
    pub shrink: f32,
    /// How much a rare type counts more than a frequent one: 0 not, 1 so that all count the same.
    #[arg(long, default_value_t = 0.6)]
    pub balance: f32,
    /// What a verb beside the event's counts.
    #[arg(long, default_value_t = 0.3)]
    pub beside: f32,
    /// What a verb of the reports counts.
    #[arg(long, default_value_t = 0.1)]
    pub background: f32,
    /// What a record of the codebook counts.
    #[arg(long, default_value_t = 0.7)]
    pub codebook: f32,
    /// How far a step for parts goes.
    #[arg(long, default_value_t = 0.02)]
    pub part_rate: f32,
    /// How much the weights for parts shrink at a step.
    #[arg(long, default_value_t = 1e-3)]
    pub part_shrink: f32,
    /// Times through the parts.
    #[arg(long, default_value_t = 12)]
    pub part_epochs: usize,
    /// By how much the score of no event is lowered after learning: more makes more events of verbs that were never seen.
    #[arg(long, default_value_t = 1.5)]
    pub margin: f32,
    /// Only score on parts of what is not held out, each learnt without; write nothing.
    #[arg(long)]
    pub folds: bool,
}

/// A verb and the type of what it tells.
struct Verb {
    features: Features,
    root: usize,
    weight: f32,
}

/// The phrases that could have a part, and which of them would be right; where there is none, that there is none.
struct Part {
    row: usize,
    phrases: Vec<Features>,
    right: Vec<usize>,
}

/// All that is learnt from.
#[derive(Default)]
struct Lessons {
    verbs: Vec<Verb>,
    parts: Vec<Part>,
}

/// Learns the weights from the sentences that are not held out, and writes them.
pub fn run(data: &Path, model: &Path, options: &Options) -> Result<()> {
    let examples = super::read(data)?;
    let learn: Vec<&Example> = examples.iter().filter(|e| !e.held_out()).collect();
    let held: Vec<&str> =
        examples.iter().filter(|e| e.held_out()).map(|e| e.report.text.as_str().trim()).collect();
    let mut common = Lessons::default();
    add_codebook(data, &held, options, &mut common)?;
    add_background(data, options, &mut common)?;
    let mut total = Score::default();
    for fold in 0..4 {
        let rest: Vec<&Example> = learn.iter().copied().filter(|e| e.draw.1 != fold).collect();
        let weights = Weights::read(&weights(&rest, &common, options));
        learn.iter().filter(|e| e.draw.1 == fold).for_each(|e| total.add(e, &weights));
    }
    if options.folds {
        let all = Weights::read(&weights(&learn, &common, options));
        println!("{:.1} events in a report of the background", in_reports(data, &all)?);
    }
    print!("on each quarter of what is not held out, learnt from the others:\n{total}");
    if options.folds {
        return Ok(());
    }
    fs::write(model, weights(&learn, &common, options))
        .with_context(|| format!("cannot write {}", model.display()))
}

/// The weights learnt from `examples` and `common`, as bytes.
fn weights(examples: &[&Example], common: &Lessons, options: &Options) -> Vec<u8> {
    let mut own = Lessons::default();
    examples.iter().for_each(|example| own.add(example, options));
    let verbs: Vec<&Verb> = own.verbs.iter().chain(&common.verbs).collect();
    let mut types = Learner::new(TYPES, options.rate, options.shrink);
    types.learn_types(&verbs, options);
    let mut of_parts = Learner::new(PARTS, options.part_rate, options.part_shrink);
    of_parts.learn_parts(&own.parts, options);
    Weights::bytes(&types.weights, &of_parts.weights)
}

/// Verbs that give words to somebody or say little.
const SAYING: &[&str] =
    &["say", "tell", "report", "add", "state", "announce", "note", "accord", "be", "have", "do", "become"];

impl Lessons {
    fn add(&mut self, example: &Example, options: &Options) {
        let (report, layers) = (&example.report, &example.layers);
        let source = example.sources.first().copied().unwrap_or_default();
        let target = example.targets.first().copied().unwrap_or_default();
        let Some(sentence) = layers.sentence_at(source.start) else { return };
        let reading = Reading::new(report, layers, &layers.sentences[sentence]);
        let Some(verb) = telling(&reading, layers, source, target, example.root) else { return };
        self.add_verbs(&reading, verb, example.root, 1.0, options.beside);
        let heads = [example.heads(&example.sources), example.heads(&example.targets)];
        self.add_parts(&reading, verb, example.root, &heads);
    }

    /// Who does it and to whom, where the phrases with these heads are right.
    fn add_parts(&mut self, reading: &Reading, verb: usize, root: usize, heads: &[Vec<usize>; 2]) {
        let mut actor = None;
        for (row, heads) in [ACTOR, RECIPIENT].into_iter().zip(heads) {
            let phrases: Vec<&Phrase> = reading.phrases(verb).collect();
            let right: Vec<usize> =
                (0..phrases.len()).filter(|i| heads.contains(&phrases[*i].head)).collect();
            let features = phrases.iter().map(|p| reading.part_features(verb, root, p, actor)).collect();
            actor = right.iter().map(|i| phrases[*i]).min_by_key(|p| p.head.abs_diff(verb));
            self.parts.push(Part { row, phrases: features, right });
        }
    }

    /// The verb with its type, and the others of its sentence, of which the lexicon says nothing, as no event.
    fn add_verbs(&mut self, reading: &Reading, verb: usize, root: usize, weight: f32, beside: f32) {
        self.verbs.push(Verb { features: reading.root_features(verb), root, weight });
        for other in reading.verbs().into_iter().filter(|v| *v != verb && reading.lexical_root(*v).is_none())
        {
            self.verbs.push(Verb { features: reading.root_features(other), root: NONE, weight: beside });
        }
    }
}

/// The verb that tells what the source does to the target: one between the two that the lexicon knows for the type, or
/// anywhere; else the first between them that says something; else the first after the source.
fn telling(
    reading: &Reading,
    layers: &Annotations,
    source: Span,
    target: Span,
    root: usize,
) -> Option<usize> {
    let verbs = reading.verbs();
    let place = |verb: &usize| layers.tokens[*verb].span.start;
    let (from, to) = (source.end.min(target.end), source.start.max(target.start));
    let between = |verb: &&usize| (from..to).contains(&place(verb));
    let known = |verb: &&usize| reading.lexical_root(**verb).is_some_and(|r| ROOTS.get(root) == Some(&r));
    let says = |verb: &&usize| !SAYING.contains(&reading.lemma(**verb));
    let after = |verb: &&usize| place(verb) >= source.end;
    let all = || verbs.iter();
    let found = all().filter(between).find(known).or_else(|| all().find(known));
    let found = found.or_else(|| all().filter(between).find(says)).or_else(|| all().find(between));
    found.or_else(|| all().filter(after).find(says)).or_else(|| verbs.first()).copied()
}

#[derive(Deserialize)]
struct Record {
    event: Option<String>,
    #[serde(rename = "textInfo", default)]
    marked: serde_json::Value,
}

/// The root types that the codebook's records name otherwise.
const RENAMED: [(&str, &str); 6] = [
    ("DEMAND", "REQUEST"),
    ("FIGHT", "ASSAULT"),
    ("DISAPPROVE", "ACCUSE"),
    ("INVESTIGATE", "ACCUSE"),
    ("RETREAT", "YIELD"),
    ("CONCEDE", "YIELD"),
];

fn add_codebook(data: &Path, held: &[&str], options: &Options, lessons: &mut Lessons) -> Result<()> {
    let path = data.join(CODEBOOK);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let records: Vec<Record> = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    for record in records {
        let name = record.event.unwrap_or_default();
        let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name.as_str(), |(_, new)| *new);
        let root = ROOTS.iter().position(|root| *root == name);
        let (Some(root), Some(markup)) = (root, record.marked.get("markup").and_then(|m| m.as_str())) else {
            continue;
        };
        let (text, told) = without_codes(markup);
        let is_held = held.iter().any(|other| letters(other) == letters(&text));
        let Some((report, layers)) = super::annotated(&text).filter(|_| !is_held) else { continue };
        for sentence in &layers.sentences {
            let reading = Reading::new(&report, &layers, sentence);
            let marked = |verb: &&usize| told.iter().any(|span| span.overlaps(layers.tokens[**verb].span));
            let verbs = reading.verbs();
            let says = |verb: &&usize| !SAYING.contains(&reading.lemma(**verb));
            let verb = verbs.iter().filter(marked).find(says).or_else(|| verbs.iter().find(marked));
            if let Some(verb) = verb {
                lessons.add_verbs(&reading, *verb, root, options.codebook, options.beside * options.codebook);
            }
        }
    }
    Ok(())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text of a record without its codes "(SRC: …)", and where "(EVT: …)" stood.
fn without_codes(markup: &str) -> (String, Vec<Span>) {
    let (mut text, mut told, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = markup;
    while let Some(c) = rest.chars().next() {
        let code = rest
            .strip_prefix('(')
            .and_then(|r| r.split_once(": "))
            .filter(|(code, _)| !code.is_empty() && code.chars().all(|c| c.is_ascii_uppercase() || c == '/'));
        if let Some((code, after)) = code {
            open.push((code == "EVT", text.len()));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match (c, open.pop()) {
            (')', Some((event, start))) => told.extend(event.then(|| Span::new(start..text.len()))),
            (_, last) => {
                open.extend(last);
                text.push(c);
            }
        }
    }
    (text, told)
}

#[derive(Deserialize)]
struct Line {
    text: String,
}

fn add_background(data: &Path, options: &Options, lessons: &mut Lessons) -> Result<()> {
    let path = data.join(REPORTS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut chance = SplitMix::new(1);
    let lines: Vec<&str> = text.lines().collect();
    let (reports, sentences, one_in) = BACKGROUND;
    for _ in 0..reports {
        let line: Line = serde_json::from_str(lines[chance.below(lines.len())])
            .with_context(|| path.display().to_string())?;
        let Some(report) = rashomon::source::read("report.txt", line.text.as_bytes()).reports.pop() else {
            continue;
        };
        let layers = Rules.annotate(&report);
        lessons.add_report(&report, &layers, (sentences, one_in), &mut chance, options.background);
    }
    Ok(())
}

/// How many events an ordinary report has.
fn in_reports(data: &Path, weights: &Weights) -> Result<f64> {
    let path = data.join("stories/dev.jsonl");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut reports, mut events) = (0, 0);
    for line in text.lines().step_by(8) {
        let line: Line = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        let Some(report) = rashomon::source::read("report.txt", line.text.as_bytes()).reports.pop() else {
            continue;
        };
        let found = rashomon::annotate::events::find_with(&report, &Rules.annotate(&report), weights);
        if std::env::var_os("EVAL_SHOW").is_some() {
            for e in &found {
                let words = |s: Option<Span>| s.map_or("-", |s| report.slice(s));
                eprintln!(
                    "BG {} {}: {} → {}",
                    e.root,
                    report.slice(e.trigger),
                    words(e.actor_words),
                    words(e.recipient_words)
                );
            }
        }
        events += found.len();
        reports += 1;
    }
    Ok(f64::from(events as u32) / f64::from(reports.max(1)))
}

impl Lessons {
    fn add_report(
        &mut self,
        report: &Report,
        layers: &Annotations,
        (sentences, one_in): (usize, usize),
        chance: &mut SplitMix,
        weight: f32,
    ) {
        for sentence in layers.sentences.iter().filter(|s| !s.furniture).take(sentences) {
            let reading = Reading::new(report, layers, sentence);
            for verb in reading.verbs() {
                if chance.one_in(one_in) && reading.lexical_root(verb).is_none() {
                    self.verbs.push(Verb { features: reading.root_features(verb), root: NONE, weight });
                }
            }
        }
    }
}

/// Softmax regression by AdaGrad.
struct Learner {
    shape: Shape,
    /// How far a step goes, and how much weights shrink at it.
    rate: f32,
    shrink: f32,
    weights: Vec<f32>,
    squares: Vec<f32>,
    /// The sum of the weights after each of the later times through, and how many.
    sum: (Vec<f32>, u16),
    chance: SplitMix,
}

impl Learner {
    fn new(shape: Shape, rate: f32, shrink: f32) -> Self {
        let zeros = vec![0.0; shape.size()];
        let (squares, sum) = (vec![1e-3; shape.size()], (zeros.clone(), 0));
        Learner { shape, rate, shrink, weights: zeros, squares, sum, chance: SplitMix::new(1) }
    }

    fn score(&self, row: usize, features: &Features) -> f32 {
        features.0.iter().map(|(place, value)| self.weights[self.shape.at(*place) + row] * value).sum()
    }

    /// A step of `row` by `slope` for each of `features`.
    fn step(&mut self, row: usize, features: &Features, slope: f32) {
        for (place, value) in &features.0 {
            let at = self.shape.at(*place) + row;
            let gradient = slope * value + self.shrink * self.weights[at];
            self.squares[at] += gradient * gradient;
            self.weights[at] -= self.rate * gradient / self.squares[at].sqrt();
        }
    }

    /// Goes through `len` examples `times` times, in another order each time, and keeps the mean of the weights after the later
    /// half: it sways less with the order.
    fn learn(&mut self, len: usize, times: usize, example: impl Fn(&mut Self, usize)) {
        for time in 0..times {
            let mut order: Vec<usize> = (0..len).collect();
            (1..len).rev().for_each(|i| order.swap(i, self.chance.below(i + 1)));
            order.into_iter().for_each(|i| example(self, i));
            if time >= times / 2 {
                self.sum.0.iter_mut().zip(&self.weights).for_each(|(sum, weight)| *sum += weight);
                self.sum.1 += 1;
            }
        }
        let count = f32::from(self.sum.1.max(1));
        self.weights.iter_mut().zip(&self.sum.0).for_each(|(weight, sum)| *weight = sum / count);
    }

    fn learn_types(&mut self, verbs: &[&Verb], options: &Options) {
        let mut mass = [0.0f32; NONE + 1];
        verbs.iter().for_each(|verb| mass[verb.root] += verb.weight);
        let mean = mass[..NONE].iter().sum::<f32>() / NONE as f32;
        let factor = mass.map(|m| (mean / m.max(1e-3)).powf(options.balance));
        self.learn(verbs.len(), options.epochs, |learner, i| {
            let verb = verbs[i];
            let weight = verb.weight * if verb.root == NONE { 1.0 } else { factor[verb.root] };
            let scores: Vec<f32> = (0..=NONE).map(|row| learner.score(row, &verb.features)).collect();
            for (row, share) in softmax(&scores).into_iter().enumerate() {
                let wanted = f32::from(u8::from(row == verb.root));
                learner.step(row, &verb.features, weight * (share - wanted));
            }
        });
        // What every verb has for telling no event is lowered.
        let mut bias = Features::default();
        bias.add("bias", 1.0);
        bias.0.iter().for_each(|(place, _)| self.weights[self.shape.at(*place) + NONE] -= options.margin);
    }

    /// Each phrase, and that there is none (with score 0), compete for a part.
    fn learn_parts(&mut self, parts: &[Part], options: &Options) {
        self.learn(parts.len(), options.part_epochs, |learner, i| {
            let part = &parts[i];
            let mut scores: Vec<f32> = part.phrases.iter().map(|p| learner.score(part.row, p)).collect();
            scores.push(0.0);
            let shares = softmax(&scores);
            // Of several that are right, each is wanted as far as it is likelier than the others.
            let right: f32 = part.right.iter().map(|n| shares[*n]).sum();
            for (n, phrase) in part.phrases.iter().enumerate() {
                let wanted =
                    if part.right.contains(&n) { shares[n] / right.max(f32::MIN_POSITIVE) } else { 0.0 };
                learner.step(part.row, phrase, shares[n] - wanted);
            }
        });
    }
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_out_and_events_kept() {
        let (text, told) =
            without_codes("(SRC/TAR: Halden) (and Varn) have (EVT: agreed to (EVT: share) water).");
        assert_eq!(text, "Halden (and Varn) have agreed to share water.");
        assert_eq!(
            told.iter().map(|span| span.of(&text)).collect::<Vec<_>>(),
            ["share", "agreed to share water"]
        );
    }

    #[test]
    fn two_types_are_told_apart() {
        let options = Options {
            epochs: 20,
            rate: 0.1,
            shrink: 0.0,
            balance: 0.0,
            beside: 0.0,
            background: 0.0,
            codebook: 0.0,
            margin: 0.0,
            part_rate: 0.1,
            part_shrink: 0.0,
            part_epochs: 1,
            folds: false,
        };
        let verb = |place, root| Verb { features: Features(vec![(place, 1.0)]), root, weight: 1.0 };
        let (a, b) = (verb(5, 0), verb(9, NONE));
        let mut learner = Learner::new(TYPES, options.rate, options.shrink);
        learner.learn_types(&[&a, &b], &options);
        assert!(learner.score(0, &a.features) > learner.score(NONE, &a.features));
        assert!(learner.score(0, &b.features) < learner.score(NONE, &b.features));
    }
}
