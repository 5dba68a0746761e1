//! Whose words a quoted passage is, within one report.
//!
//! In: reports and labels (report, passage, a name of its speaker; see `eval/labels/README.md`). Out: how many
//! passages the annotator gives to the entity that this name refers to. It does not know other reports of the story.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rashomon::annotate::{Annotations, Attribution, AttributionKind, Model};
use rashomon::report::Report;
use rashomon::span::Span;

use crate::figures::Figure;

/// The reports, within the data.
pub const CORPUS: &str = "stories/dev.jsonl";

/// Their labels, seen from the repository's root.
const LABELS: &str = "eval/labels/dev-speakers.tsv";

/// What to read and what to compare it with.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The reports, as JSON Lines.
    #[arg(default_value = "../shared/data/stories/dev.jsonl")]
    pub reports: PathBuf,
    /// The labels.
    #[arg(long, default_value = LABELS)]
    pub labels: PathBuf,
    /// The annotator.
    #[arg(long, default_value_t = Model::Accurate)]
    pub model: Model,
    /// Print every wrong line.
    #[arg(long)]
    pub errors: bool,
}

/// What was found of the labelled passages.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Passages whose speaker the report names.
    pub named: usize,
    /// Of those, that some attribution holds as quoted words.
    pub found: usize,
    /// Of those, given to the right entity.
    pub right: usize,
    /// Of those, given to another.
    pub wrong: usize,
    /// Passages of nobody, or of nobody named.
    pub nobodys: usize,
    /// Of those, given to somebody.
    pub invented: usize,
}

/// Scores and prints.
pub fn run(options: &Options) -> Result<()> {
    let score = score(&options.reports, &options.labels, options.model, |line| {
        if options.errors {
            println!("  {line}");
        }
    })?;
    let Score { named, found, right, wrong, nobodys, invented } = score;
    println!("{right} of {named} quoted passages have the right speaker ({:.1} %)", share(right, named));
    println!("{wrong} have another, {} have none, {} are not found", found - right - wrong, named - found);
    println!("{invented} of the {nobodys} that nobody named has said are given to somebody");
    Ok(())
}

/// What `gate` and the README say of them.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(&data.join(CORPUS), Path::new(LABELS), Model::Accurate, |_| ())?;
    Ok(vec![Figure {
        name: "speakers.right",
        what: "quoted passages of one report with the right speaker",
        value: share(score.right, score.named),
    }])
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// A labelled passage, in code points.
struct Label {
    report: String,
    passage: (usize, usize),
    name: Option<(usize, usize)>,
}

fn score(reports: &Path, labels: &Path, model: Model, mut note: impl FnMut(String)) -> Result<Score> {
    let mut by_report: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for label in read_labels(labels)? {
        by_report.entry(label.report.clone()).or_default().push(label);
    }
    let bytes = fs::read(reports).with_context(|| format!("{}", reports.display()))?;
    let read = rashomon::source::read(&reports.to_string_lossy(), &bytes);
    let mut score = Score::default();
    for report in read.reports {
        let Some(labels) = by_report.remove(&report.id) else { continue };
        let layers = model.annotator().annotate(&report);
        for label in labels {
            count(&mut score, &report, &layers, &label, &mut note);
        }
    }
    match by_report.into_keys().next() {
        Some(missing) => bail!("{}: report {missing} is not there", reports.display()),
        None => Ok(score),
    }
}

fn count(
    score: &mut Score,
    report: &Report,
    layers: &Annotations,
    label: &Label,
    note: &mut impl FnMut(String),
) {
    let at = format!("{} {}-{}", report.id, label.passage.0, label.passage.1);
    let held = quoting(report, layers, label.passage);
    let speaker = held.and_then(|a| a.speaker);
    let speaks = speaker.map_or("nobody", |e| &layers.entities[e].name);
    let Some(name) = label.name else {
        score.nobodys += 1;
        score.invented += usize::from(speaker.is_some());
        if speaker.is_some() {
            note(format!("{at}: {speaks} instead of nobody"));
        }
        return;
    };
    score.named += 1;
    score.found += usize::from(held.is_some());
    let right = speaker.is_some_and(|entity| {
        layers.mentions.iter().any(|m| m.entity == Some(entity) && overlap(report, m.span, name) > 0)
    });
    score.right += usize::from(right);
    score.wrong += usize::from(speaker.is_some() && !right);
    if !right {
        let name: String = report.text.as_str().chars().skip(name.0).take(name.1 - name.0).collect();
        let found = if held.is_some() { speaks } else { "not found" };
        note(format!("{at}: {found} instead of {name}"));
    }
}

/// The attribution with the least content among those that quote at least half of the passage.
fn quoting<'a>(report: &Report, layers: &'a Annotations, passage: (usize, usize)) -> Option<&'a Attribution> {
    let half = (passage.1 - passage.0).div_ceil(2);
    let holds = |a: &&Attribution| {
        a.kind != AttributionKind::Indirect
            && a.content.iter().map(|c| overlap(report, *c, passage)).sum::<usize>() >= half
    };
    layers.attributions.iter().filter(holds).min_by_key(|a| a.content.iter().map(|c| c.len()).sum::<usize>())
}

fn overlap(report: &Report, span: Span, other: (usize, usize)) -> usize {
    let (start, end) = report.text.code_points(span);
    end.min(other.1).saturating_sub(start.max(other.0))
}

fn read_labels(file: &Path) -> Result<Vec<Label>> {
    let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.map(|(n, line)| label(line).with_context(|| format!("{}:{}", file.display(), n + 1))).collect()
}

fn label(line: &str) -> Result<Label> {
    let [report, start, end, from, to] = line.split('\t').collect::<Vec<_>>()[..] else {
        bail!("five columns are wanted: report, start and end of the passage, start and end of a name");
    };
    let name = if from == "-" { None } else { Some((from.parse()?, to.parse()?)) };
    Ok(Label { report: report.to_owned(), passage: (start.parse()?, end.parse()?), name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_wrong_and_nobodys() {
        let folder = std::env::temp_dir().join(format!("rashomon-speakers-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (reports, labels) = (folder.join("a.jsonl"), folder.join("labels.tsv"));
        let text =
            "“The lock is open,” said Ada Brandt. Its “silver mile” is a street. “Go home,” said Karl Munk.";
        fs::write(&reports, format!("{{\"id\": \"r1\", \"text\": \"{text}\"}}\n")).expect("a report");
        fs::write(&labels, "# head\nr1\t1\t18\t25\t35\nr1\t42\t53\t-\t-\nr1\t69\t76\t25\t35\n")
            .expect("labels");
        let score = score(&reports, &labels, Model::Rules, |_| ()).expect("a score");
        fs::remove_dir_all(&folder).expect("the folder goes");
        let expected = Score { named: 2, found: 2, right: 1, wrong: 1, nobodys: 1, invented: 0 };
        assert_eq!(score, expected);
    }

    #[test]
    fn a_label_has_five_columns() {
        assert!(label("a\t1\t2\t3\t4").is_ok() && label("a\t1\t2\t-\t-").is_ok());
        assert!(label("a\t1\t2\t3").is_err() && label("a\t1\t2\tx\t4").is_err());
    }
}
