//! Quoted passages and their speakers, against labels by report and span.
//!
//! In: a folder of reports and a label file (report, start, end, surname; see its head). Out: how many passages
//! the record holds, and how many of them with the right speaker, joined across reports.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rashomon::annotate::Rules;
use rashomon::pipeline;
use rashomon::record::{Reading, Story};

/// What to read and what to compare it with.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The reports.
    #[arg(default_value = "../shared/seeds")]
    pub reports: PathBuf,
    /// The labels.
    #[arg(long, default_value = "eval/labels/seeds-quotations.tsv")]
    pub labels: PathBuf,
    /// Print every wrong line.
    #[arg(long)]
    pub errors: bool,
}

/// Reads, compares and prints.
pub fn run(options: &Options) -> Result<()> {
    let reading = pipeline::read(std::slice::from_ref(&options.reports), &Rules).reading;
    let figures = score(&reading, &options.labels, |line| {
        if options.errors {
            println!("  {line}");
        }
    })?;
    let Figures { passages, found, named, right, invented, entities } = &figures;
    println!("{found} of {passages} quoted passages found, {invented} invented");
    let share = 100.0 * *right as f64 / (*named).max(1) as f64;
    println!("{right} of the {named} that name a speaker have the right one ({share:.1} %)");
    let split: Vec<String> =
        entities.iter().filter(|(_, n)| **n > 1).map(|(name, n)| format!("{name} ({n})")).collect();
    println!(
        "entities that should be one and are more: {}",
        if split.is_empty() { "none".to_owned() } else { split.join(", ") }
    );
    Ok(())
}

/// A labelled passage.
struct Label {
    report: String,
    start: usize,
    end: usize,
    speaker: String,
}

/// What was found of the labelled passages.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Passages that are somebody's words.
    pub passages: usize,
    /// Of those, in the record.
    pub found: usize,
    /// Of those found, with a label that names the speaker.
    pub named: usize,
    /// Of those, with the right one.
    pub right: usize,
    /// Labelled as nobody's words, yet in the record.
    pub invented: usize,
    /// For each surname, the number of entities that the record has for it.
    pub entities: BTreeMap<String, usize>,
}

/// Compares the record of `reading` with the labels in `file`; every wrong line goes to `note`.
pub fn score(reading: &Reading, file: &Path, mut note: impl FnMut(String)) -> Result<Figures> {
    let mut figures = Figures::default();
    for label in labels(file)? {
        let found = reading.stories.iter().find_map(|story| Some((story, speaker_at(story, &label)?)));
        let at = format!("{} {}-{}", label.report, label.start, label.end);
        match (label.speaker.as_str(), found) {
            ("!", Some(_)) => {
                figures.invented += 1;
                note(format!("{at}: nobody's words, yet a quotation"));
            }
            ("!", None) => {}
            (_, None) => {
                figures.passages += 1;
                note(format!("{at}: not found ({})", label.speaker));
            }
            (speaker, Some((story, name))) => {
                figures.passages += 1;
                figures.found += 1;
                if speaker != "-" {
                    figures.named += 1;
                    let right = name.as_deref().is_some_and(|n| names(n, speaker));
                    figures.right += usize::from(right);
                    let entities =
                        story.entities.iter().filter(|e| e.kind == "person" && names(&e.name, speaker));
                    figures.entities.insert(speaker.to_owned(), entities.count());
                    if !right {
                        note(format!("{at}: {} instead of {speaker}", name.as_deref().unwrap_or("nobody")));
                    }
                }
            }
        }
    }
    Ok(figures)
}

/// The name of whom the record gives the passage to, if the record has at least half of it.
fn speaker_at(story: &Story, label: &Label) -> Option<Option<String>> {
    let half = (label.end - label.start).div_ceil(2);
    let holds = |e: &rashomon::record::Evidence| {
        e.report() == label.report
            && e.end().min(label.end).saturating_sub(e.start().max(label.start)) >= half
    };
    let mut variants = story.quotations.iter().flat_map(|q| &q.variants);
    let variant = variants.find(|v| v.fragments.iter().any(holds))?;
    let id = variant.speaker.as_ref();
    Some(id.and_then(|id| story.entities.iter().find(|e| e.id == *id)).map(|e| e.name.clone()))
}

/// Whether `name` ends in `surname`, whatever the spelling of its last letters and its diacritics.
fn names(name: &str, surname: &str) -> bool {
    rashomon::annotate::lexicon::same_surname_spelling(
        name.split_whitespace().last().unwrap_or_default(),
        surname,
    ) || name.to_lowercase().ends_with(&surname.to_lowercase())
}

fn labels(file: &Path) -> Result<Vec<Label>> {
    let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.map(|(n, line)| label(line).with_context(|| format!("{}:{}", file.display(), n + 1))).collect()
}

fn label(line: &str) -> Result<Label> {
    match line.split('\t').collect::<Vec<_>>()[..] {
        [report, start, end, speaker] => Ok(Label {
            report: report.to_owned(),
            start: start.parse()?,
            end: end.parse()?,
            speaker: speaker.to_owned(),
        }),
        _ => bail!("four columns are wanted: report, start, end, speaker"),
    }
}
