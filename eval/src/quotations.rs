//! Quoted passages and their speakers, against labels by report and span.
//!
//! In: a folder of reports and a label file (report, start, end, surname; see its head). Out: how many passages
//! the record holds, and how many of them with the right speaker, joined across reports.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rashomon::annotate::Model;
use rashomon::pipeline;
use rashomon::record::{Reading, Story};

use crate::figures::Figure;

/// The reports, seen from the folder of the data.
pub const CORPUS: &str = "../seeds";

/// Their labels, seen from the repository's root.
const LABELS: &str = "eval/labels/seeds-quotations.tsv";

/// What to read and what to compare it with.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The reports.
    #[arg(default_value = "../shared/seeds")]
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

/// Reads, compares and prints.
pub fn run(options: &Options) -> Result<()> {
    let reading = pipeline::read(std::slice::from_ref(&options.reports), options.model.annotator()).reading;
    let figures = score(&reading, &options.labels, |line| {
        if options.errors {
            println!("  {line}");
        }
    })?;
    let Figures { passages, found, named, right, nobodys, invented, entities } = &figures;
    println!(
        "{found} of {passages} quoted passages found, {invented} of {nobodys} that are nobody's words too"
    );
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

/// What `gate` and the README say of them.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let reading = pipeline::read(&[data.join(CORPUS)], Model::Accurate.annotator()).reading;
    let scored = score(&reading, Path::new(LABELS), |_| ())?;
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    Ok(vec![
        Figure {
            name: "quotations.found",
            what: "quoted passages found",
            value: share(scored.found, scored.passages),
        },
        Figure {
            name: "quotations.speaker",
            what: "… with the right speaker, joined across reports",
            value: share(scored.right, scored.named),
        },
        Figure {
            name: "quotations.invented",
            what: "… scare quotes and idioms left out",
            value: 100.0 - share(scored.invented, scored.nobodys),
        },
    ])
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
    /// Labelled as nobody's words.
    pub nobodys: usize,
    /// Of those, in the record.
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
                figures.nobodys += 1;
                figures.invented += 1;
                note(format!("{at}: nobody's words, yet a quotation"));
            }
            ("!", None) => figures.nobodys += 1,
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

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str =
        "“The lock is open,” said Ada Brandt. Its “silver mile” is a street. “Go home,” said Karl Munk.";

    fn scored(labels: &str) -> Figures {
        let name = format!("rashomon-quotations-{}-{}", std::process::id(), labels.len());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let (report, file) = (folder.join("a.txt"), folder.join("labels.tsv"));
        fs::write(&report, REPORT).expect("a report");
        fs::write(&file, labels).expect("labels");
        let reading = pipeline::read(&[report], Model::Rules.annotator()).reading;
        let figures = score(&reading, &file, |_| ()).expect("figures");
        fs::remove_dir_all(&folder).expect("the folder goes");
        figures
    }

    #[test]
    fn found_named_and_left_out() {
        let figures = scored("# head\na\t1\t17\tBrandt\na\t42\t53\t!\na\t69\t76\tBrandt\n");
        assert_eq!((figures.passages, figures.found, figures.named, figures.right), (2, 2, 2, 1));
        assert_eq!((figures.nobodys, figures.invented), (1, 0));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let figures = scored("a\t20\t35\tBrandt\na\t1\t17\t!\nb\t1\t17\t-\n");
        assert_eq!((figures.passages, figures.found, figures.nobodys, figures.invented), (2, 0, 1, 1));
    }

    #[test]
    fn a_label_has_four_columns() {
        assert!(label("a\t1\t2\tBrandt").is_ok());
        assert!(label("a\t1\t2").is_err() && label("a\tx\t2\t-").is_err());
    }

    #[test]
    fn a_surname_in_another_spelling_is_the_name() {
        assert!(names("Pavel Bystritskiy", "Bystritsky") && !names("Ada Brandt", "Munk"));
    }
}
