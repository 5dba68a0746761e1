//! How well `copies` finds what reports took from each other.
//!
//! In: pairs of passages by report and span, labelled copied or not (`eval/labels/copies.tsv`, where the rule is written
//! down, and `copies-check.tsv`, drawn blind, its scores in view while the judgement was made), and the reports. Out: precision
//! and recall, and where two readers labelled the pairs also how far they agree, and the same over the pairs on which they do.
//! It does not know how the passages were found.

pub mod draw;
pub mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::align::Account;
use rashomon::align::copies::Copies;
use rashomon::annotate::{Annotator, Rules};
use rashomon::record;

use crate::figures::{DATA, Figure};
use crate::stories::{self, Labelled};

/// What the labels point into, within the data.
pub const CORPUS: &str = "stories/train.jsonl";
const LABELS: &str = "eval/labels/copies.tsv";
/// More labels that weights were chosen on.
const MORE: &str = "eval/labels/copies-train.tsv";
/// Labels that no weight was chosen on, though their scores were in view.
const CHECK: &str = "eval/labels/copies-check.tsv";
/// Later labels by another reader, on which nothing was chosen; the second set has no report of any other.
const LATER: [&str; 2] = ["eval/labels/copies-more.tsv", "eval/labels/copies-blind.tsv"];
/// The last labels, of other stories, on which nothing was chosen.
const LAST: &str = "eval/labels/copies-last.tsv";
/// The part of the shorter of two passages that a found one must cover on both sides.
const COVERED: f64 = 0.4;

/// What to score.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Labelled pairs of passages.
    #[arg(default_values = [LABELS, MORE, CHECK, LATER[0], LATER[1], LAST])]
    pub labels: Vec<PathBuf>,
    /// Print the pairs that were judged wrongly.
    #[arg(long)]
    pub errors: bool,
}

/// A labelled pair of passages.
#[derive(Clone, Debug, PartialEq)]
struct Label {
    set: String,
    copied: bool,
    kind: String,
    /// Report, first code point, after the last.
    sides: [(String, usize, usize); 2],
    /// What a second reader held it for, who did not see the label; `None` where there was none.
    second: Option<bool>,
}

impl Label {
    /// Whether no reader held it for something else.
    fn is_agreed(&self) -> bool {
        self.second.is_none_or(|second| second == self.copied)
    }
}

/// What was found of the labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    found: usize,
    missed: usize,
    /// By kind of what is none: pairs taken for copies, and pairs.
    wrong: BTreeMap<String, (usize, usize)>,
}

impl Score {
    /// Of the pairs taken for copies, the share that are, from 0 to 1.
    pub fn precision(&self) -> f64 {
        let wrong: usize = self.wrong.values().map(|(taken, _)| taken).sum();
        self.found as f64 / (self.found + wrong).max(1) as f64
    }

    /// Of the copies, the share that was found.
    pub fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }
}

impl Score {
    fn add(&mut self, other: Score) {
        self.found += other.found;
        self.missed += other.missed;
        for (kind, (taken, of)) in other.wrong {
            let sum = self.wrong.entry(kind).or_default();
            *sum = (sum.0 + taken, sum.1 + of);
        }
    }
}

/// Scores and prints.
pub fn run(options: &Options) -> Result<()> {
    for path in &options.labels {
        let (labels, taken) = judge(path, Path::new(DATA))?;
        let score = tally(&labels, &taken, |_| true);
        println!("{}: {} copied passages found, {} missed", path.display(), score.found, score.missed);
        for (kind, (taken, of)) in &score.wrong {
            println!("{kind:>10}: {taken} of {of} taken for copies");
        }
        println!("precision {:.4}, recall {:.4}", score.precision(), score.recall());
        print_agreement(&labels, &taken);
        let wrong = labels.iter().zip(&taken).filter(|(label, taken)| label.copied != **taken);
        for (label, taken) in wrong.filter(|_| options.errors) {
            println!("{} {label:?}", if *taken { "wrong" } else { "missed" });
        }
    }
    wire::run(Path::new(DATA), options.errors)
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let (seen, unseen) = (score(Path::new(LABELS), data)?, score(Path::new(CHECK), data)?);
    let mut later = Score::default();
    for labels in LATER {
        later.add(score(Path::new(labels), data)?);
    }
    let last = score(Path::new(LAST), data)?;
    let figure = |name, what, share: f64| Figure { name, what, value: 100.0 * share };
    Ok(vec![
        figure("copies.precision", "copied passages, precision", seen.precision()),
        figure("copies.recall", "… recall", seen.recall()),
        figure(
            "copies.check_precision",
            "… on labels that no weight was chosen on, precision",
            unseen.precision(),
        ),
        figure("copies.check_recall", "… recall", unseen.recall()),
        figure("copies.later_precision", "… on later labels by another reader, precision", later.precision()),
        figure("copies.later_recall", "… recall", later.recall()),
        figure(
            "copies.last_precision",
            "… on labels of other stories and of ECB+, precision",
            last.precision(),
        ),
        figure("copies.last_recall", "… recall", last.recall()),
    ])
}

/// How far two readers agree, and the score over the pairs on which they do.
fn print_agreement(labels: &[Label], taken: &[bool]) {
    let readers: Vec<[bool; 2]> = labels.iter().filter_map(|l| Some([l.copied, l.second?])).collect();
    if readers.is_empty() {
        return;
    }
    let (share, kappa) = agreement(&readers);
    println!("two readers of {} pairs: agreement {share:.4}, kappa {kappa:.4}", readers.len());
    let score = tally(labels, taken, Label::is_agreed);
    println!("where they agree: precision {:.4}, recall {:.4}", score.precision(), score.recall());
}

/// The share of pairs on which two readers agree, and Cohen's kappa: how much of what chance leaves they do.
fn agreement(readers: &[[bool; 2]]) -> (f64, f64) {
    let share = |holds: &dyn Fn(&[bool; 2]) -> bool| {
        readers.iter().filter(|r| holds(r)).count() as f64 / readers.len().max(1) as f64
    };
    let agreed = share(&|[first, second]| first == second);
    let (first, second) = (share(&|r| r[0]), share(&|r| r[1]));
    let chance = first * second + (1.0 - first) * (1.0 - second);
    (agreed, if chance < 1.0 { (agreed - chance) / (1.0 - chance) } else { 1.0 })
}

fn score(labels: &Path, data: &Path) -> Result<Score> {
    let (labels, taken) = judge(labels, data)?;
    Ok(tally(&labels, &taken, |_| true))
}

/// The labels, and which of their pairs are taken for copies.
fn judge(labels: &Path, data: &Path) -> Result<(Vec<Label>, Vec<bool>)> {
    let labels = read(&fs::read_to_string(labels).with_context(|| labels.display().to_string())?)?;
    let accounts = accounts(&labels, data)?;
    let judge = |label: &Label| -> Result<bool> {
        let side = |n: usize| {
            let (id, _, _) = &label.sides[n];
            accounts
                .get(&(label.set.as_str(), id.as_str()))
                .with_context(|| format!("{}: no report {id}", label.set))
        };
        let pair = [side(0)?, side(1)?];
        Ok(Copies::of(&pair).write(&pair).iter().any(|copy| covers(copy, label)))
    };
    let taken = labels.iter().map(judge).collect::<Result<_>>()?;
    Ok((labels, taken))
}

/// The score over the labels that `counts`.
fn tally(labels: &[Label], taken: &[bool], counts: impl Fn(&Label) -> bool) -> Score {
    let mut score = Score::default();
    for (label, taken) in labels.iter().zip(taken).filter(|(label, _)| counts(label)) {
        match (label.copied, *taken) {
            (true, true) => score.found += 1,
            (true, false) => score.missed += 1,
            (false, taken) => {
                let of_kind = score.wrong.entry(label.kind.clone()).or_default();
                of_kind.0 += usize::from(taken);
                of_kind.1 += 1;
            }
        }
    }
    score
}

/// Whether a found copy lies where the label says, on both sides.
fn covers(copy: &record::Copy, label: &Label) -> bool {
    copy.kind == "copy"
        && label.sides.iter().all(|(id, start, end)| {
            copy.passages.iter().filter(|p| p.report() == id).any(|p| {
                let shared = p.end().min(*end).saturating_sub(p.start().max(*start));
                shared as f64 >= COVERED * (end - start).min(p.end() - p.start()) as f64
            })
        })
}

/// The labelled reports, annotated, by set and id.
fn accounts<'l>(labels: &'l [Label], data: &Path) -> Result<BTreeMap<(&'l str, &'l str), Account>> {
    let sets: BTreeSet<&str> = labels.iter().map(|l| l.set.as_str()).collect();
    let mut accounts = BTreeMap::new();
    for set in sets {
        let wanted: BTreeSet<&str> = labels
            .iter()
            .filter(|l| l.set == set)
            .flat_map(|l| l.sides.iter().map(|s| s.0.as_str()))
            .collect();
        for Labelled { report, .. } in reports(data, set)? {
            if let Some(id) = wanted.get(report.id.as_str()) {
                accounts.insert((set, *id), Account::new(Rules.annotate(&report), report));
            }
        }
    }
    Ok(accounts)
}

/// The reports of a set.
fn reports(data: &Path, set: &str) -> Result<Vec<Labelled>> {
    match set {
        stories::ALIKE_CORPUS => stories::read_ecb(&data.join(set)),
        _ => stories::read(&data.join(format!("stories/{set}.jsonl"))),
    }
}

fn read(text: &str) -> Result<Vec<Label>> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    lines.map(|(n, line)| label(line).with_context(|| format!("line {}", n + 1))).collect()
}

fn label(line: &str) -> Result<Label> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (columns, second) = columns.split_at(columns.len().min(9));
    let &[set, copied, kind, a, a_start, a_end, b, b_start, b_end] = columns else {
        anyhow::bail!("{} columns in place of 9", columns.len());
    };
    anyhow::ensure!(second.len() <= 1, "more than two readers");
    let side = |id: &str, start: &str, end: &str| -> Result<(String, usize, usize)> {
        Ok((id.to_owned(), start.parse()?, end.parse()?))
    };
    Ok(Label {
        set: set.to_owned(),
        copied: copied == "yes",
        kind: kind.to_owned(),
        sides: [side(a, a_start, a_end)?, side(b, b_start, b_end)?],
        second: second.first().map(|label| *label == "yes"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labels_are_read_and_hold_both_sorts() {
        let seen = read(include_str!("../labels/copies.tsv")).expect("labels");
        let unseen = read(include_str!("../labels/copies-check.tsv")).expect("labels");
        assert!(seen.len() >= 120 && unseen.len() >= 60);
        for labels in [&seen, &unseen] {
            assert!(labels.iter().any(|l| l.copied) && labels.iter().any(|l| !l.copied));
            assert!(labels.iter().all(|l| l.sides.iter().all(|(_, start, end)| start < end)));
        }
        assert!(unseen.iter().all(|label| !seen.contains(label)));
        let later = read(include_str!("../labels/copies-more.tsv")).expect("labels");
        let blind = read(include_str!("../labels/copies-blind.tsv")).expect("labels");
        assert!(later.len() >= 120 && blind.len() >= 120);
        let reports = |labels: &[Label]| -> BTreeSet<String> {
            labels.iter().flat_map(|l| l.sides.iter().map(|side| side.0.clone())).collect()
        };
        let train = read(include_str!("../labels/copies-train.tsv")).expect("labels");
        let others: BTreeSet<String> =
            [&seen, &train, &unseen, &later].into_iter().flat_map(|l| reports(l)).collect();
        assert!(reports(&blind).is_disjoint(&others));
        assert!(later.iter().chain(&blind).all(|label| label.second.is_some()));
        let last = read(include_str!("../labels/copies-last.tsv")).expect("labels");
        assert!(last.len() >= 250 && last.iter().filter(|label| label.copied).count() >= 30);
        assert!(reports(&last).is_disjoint(&others) && reports(&last).is_disjoint(&reports(&blind)));
    }

    #[test]
    fn readers_who_agree_no_more_than_chance_have_a_kappa_of_none() {
        let all = [[true, true], [true, false], [false, true], [false, false]];
        assert_eq!(agreement(&all), (0.5, 0.0));
        assert_eq!(agreement(&[[true, true], [false, false]]), (1.0, 1.0));
        assert_eq!(agreement(&[[false, false]]), (1.0, 1.0));
    }

    #[test]
    fn a_strange_line_is_named() {
        let error = read("# head\ntrain\tyes\tcopied\ta\t0").expect_err("five columns");
        assert_eq!(error.to_string(), "line 2");
    }

    #[test]
    fn scores_are_shares() {
        let wrong = BTreeMap::from([("post".to_owned(), (1, 4))]);
        let score = Score { found: 3, missed: 1, wrong };
        assert_eq!((score.precision(), score.recall()), (0.75, 0.75));
    }
}
