//! How well `group` finds the stories.
//!
//! In: JSON Lines, a report a line, with the `story` that editors put it in where that is known; or the
//! ECB+ corpus. Out: BCubed and pairwise precision, recall and F1 over the labelled reports. It does not
//! know how the stories were found.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::civil::Date;
use rashomon::annotate::{Annotator, Rules};
use rashomon::group::{Index, Model, Sketch, stories, stories_by};
use rashomon::report::{PublishedAt, Report, Text, mark_regions};
use serde::Deserialize;

use crate::baseline;
use crate::figures::Figure;

/// What the floors are measured on, within the data.
pub const CORPUS: &str = "stories/dev.jsonl";
/// The alike events, within the data.
pub const ALIKE_CORPUS: &str = "ecbplus";

/// What to score.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Labelled reports.
    #[arg(default_value = "../shared/data/stories/dev.jsonl")]
    pub labelled: PathBuf,
    /// Reports that arrive in between and have no label.
    #[arg(long)]
    pub stream: Option<PathBuf>,
    /// Judge by these weights in place of those in the binary.
    #[arg(long)]
    pub weights: Option<PathBuf>,
    /// Let the reports arrive one by one, by date.
    #[arg(long)]
    pub online: bool,
    /// Print the stories that were joined or parted wrongly.
    #[arg(long)]
    pub errors: bool,
    /// `labelled` is the folder of ECB+: each of the two alike events of a topic is a story.
    #[arg(long)]
    pub ecb: bool,
}

/// A report and the story that editors put it in.
pub struct Labelled {
    /// The report.
    pub report: Report,
    /// `None` where it is not known: it may belong to any story.
    pub story: Option<String>,
}

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prf {
    /// Of what was put together, how much belongs together.
    pub precision: f64,
    /// Of what belongs together, how much was put together.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The scores of one grouping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Averaged over reports (Bagga and Baldwin 1998).
    pub bcubed: Prf,
    /// Over pairs of reports.
    pub pairwise: Prf,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    story: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    published_at: Option<String>,
    text: String,
}

/// Groups, scores and prints.
pub fn run(options: &Options) -> Result<()> {
    let mut given = if options.ecb { read_ecb(&options.labelled)? } else { read(&options.labelled)? };
    if let Some(stream) = &options.stream {
        given.extend(read(stream)?.into_iter().map(|l| Labelled { story: None, ..l }));
    }
    let started = Instant::now();
    let sketches = sketches(&given);
    let read = started.elapsed();
    let model = match &options.weights {
        Some(path) => Model::read(&fs::read_to_string(path)?).with_context(|| path.display().to_string())?,
        None => Model::shipped().clone(),
    };
    let found = if options.online { online(&given, sketches, model) } else { stories_by(&model, sketches) };
    let predicted = assignment(&found, given.len());
    let took = started.elapsed() - read;
    println!("{}: {} reports, {} stories", options.labelled.display(), given.len(), found.len());
    let gold: Vec<Option<String>> = given.iter().map(|l| l.story.clone()).collect();
    let of_topics =
        |predicted: &[usize]| if options.ecb { within_topics(&gold, predicted) } else { predicted.to_vec() };
    print_score("group", &given, &of_topics(&predicted));
    if given.len() <= COMPARED {
        let reports: Vec<&Report> = given.iter().map(|l| &l.report).collect();
        print_score("TF-IDF", &given, &of_topics(&baseline::stories(&reports)));
    }
    println!("sketches {:.2} s, grouping {:.2} s", read.as_secs_f64(), took.as_secs_f64());
    if options.errors {
        print_errors(&given, &found, &predicted);
    }
    Ok(())
}

/// Reports up to which the baseline, which compares all with all, is measured too.
const COMPARED: usize = 1_000;

/// The stories where reports arrive one by one in the order of their dates.
fn online(given: &[Labelled], sketches: Vec<Sketch>, model: Model) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|i| (given[*i].report.published_at, *i));
    let mut sketches: Vec<Option<Sketch>> = sketches.into_iter().map(Some).collect();
    let mut index = Index::with(model);
    index.know(sketches.iter().flatten());
    for i in order {
        sketches[i].take().into_iter().for_each(|sketch| drop(index.arrive(sketch)));
    }
    let place: HashMap<&str, usize> =
        given.iter().enumerate().map(|(i, l)| (l.report.id.as_str(), i)).collect();
    let members = |ids: Vec<&str>| ids.into_iter().filter_map(|id| place.get(id).copied()).collect();
    index.stories().into_values().map(members).collect()
}

/// The stories cut along the topics of ECB+, so that only the two alike events of a topic can be taken for each other.
pub fn within_topics(gold: &[Option<String>], predicted: &[usize]) -> Vec<usize> {
    let mut numbers: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let mut cut = Vec::with_capacity(gold.len());
    for (story, found) in gold.iter().zip(predicted) {
        let topic = story.as_deref().unwrap_or("").trim_end_matches("plus");
        let next = numbers.len();
        cut.push(*numbers.entry((topic, *found)).or_insert(next));
    }
    cut
}

fn print_score(name: &str, given: &[Labelled], predicted: &[usize]) {
    let gold: Vec<Option<&str>> = given.iter().map(|l| l.story.as_deref()).collect();
    let score = score(&gold, predicted);
    println!("{name}");
    print_prf("BCubed", score.bcubed);
    print_prf("pairwise", score.pairwise);
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let given = read(&data.join(CORPUS))?;
    let predicted = assignment(&stories(sketches(&given)), given.len());
    let gold: Vec<Option<&str>> = given.iter().map(|l| l.story.as_deref()).collect();
    let score = score(&gold, &predicted);
    let f1 = |name, what, prf: Prf| Figure { name, what, value: 100.0 * prf.f1 };
    Ok(vec![
        f1("stories.bcubed", "reports put into stories, BCubed F1", score.bcubed),
        f1("stories.pairwise", "… by pairs, F1", score.pairwise),
    ])
}

/// The reports as they are compared.
pub fn sketches(given: &[Labelled]) -> Vec<Sketch> {
    given.iter().map(|l| Sketch::of(&l.report, &Rules.annotate(&l.report))).collect()
}

/// The figure of ECB+: the two alike events of each topic, told apart.
pub fn alike_figures(data: &Path) -> Result<Vec<Figure>> {
    let given = read_ecb(&data.join(ALIKE_CORPUS))?;
    let predicted = assignment(&stories(sketches(&given)), given.len());
    let gold: Vec<Option<String>> = given.into_iter().map(|l| l.story).collect();
    let score = score(&gold, &within_topics(&gold, &predicted));
    Ok(vec![Figure {
        name: "stories.alike",
        what: "alike events told apart, BCubed F1",
        value: 100.0 * score.bcubed.f1,
    }])
}

/// BCubed and pairwise scores over the reports whose gold story is known.
pub fn score(gold: &[Option<impl AsRef<str>>], predicted: &[usize]) -> Score {
    let labelled = || gold.iter().zip(predicted).filter_map(|(g, p)| Some((g.as_ref()?.as_ref(), *p)));
    let (mut in_gold, mut in_predicted, mut in_both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (gold, predicted) in labelled() {
        *in_gold.entry(gold).or_insert(0.0) += 1.0;
        *in_predicted.entry(predicted).or_insert(0.0) += 1.0;
        *in_both.entry((gold, predicted)).or_insert(0.0) += 1.0;
    }
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for (cell, n) in &in_both {
        precision += n * n / in_predicted[&cell.1];
        recall += n * n / in_gold[&cell.0];
        count += n;
    }
    let count = f64::max(count, 1.0);
    let pairs = |n: &f64| n * (n - 1.0) / 2.0;
    let both: f64 = in_both.values().map(pairs).sum();
    let share = |all: f64| if all > 0.0 { both / all } else { 1.0 };
    Score {
        bcubed: Prf::of(precision / count, recall / count),
        pairwise: Prf::of(
            share(in_predicted.values().map(pairs).sum()),
            share(in_gold.values().map(pairs).sum()),
        ),
    }
}

impl Prf {
    fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Prf { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// The number of its story for each of `len` reports.
pub fn assignment(stories: &[Vec<usize>], len: usize) -> Vec<usize> {
    let mut of = vec![0; len];
    for (number, story) in stories.iter().enumerate() {
        story.iter().for_each(|i| of[*i] = number);
    }
    of
}

/// Reads reports from JSON Lines.
pub fn read(path: &Path) -> Result<Vec<Labelled>> {
    let all = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let parse = |line: &str| -> Result<Labelled> {
        let line: Line = serde_json::from_str(line)?;
        let published_at = line.published_at.as_deref().and_then(|d| d.get(..10)?.parse::<Date>().ok());
        let mut report = report(line.id, line.text);
        report.outlet = line.outlet;
        report.title = line.title.filter(|t| !t.is_empty());
        report.url = line.url;
        report.published_at = published_at.map(PublishedAt::day);
        Ok(Labelled { report, story: line.story })
    };
    let lines = all.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, l)| parse(l).with_context(|| format!("{}:{}", path.display(), n + 1))).collect()
}

/// Reads ECB+: `TOPIC/TOPIC_NUMBERecb.xml` and `…ecbplus.xml`, tokens joined by spaces, a sentence a line.
pub fn read_ecb(folder: &Path) -> Result<Vec<Labelled>> {
    let token = regex::Regex::new(r#"<token [^>]*sentence="(\d+)"[^>]*>([^<]*)</token>"#)?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for topic in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let topic = topic?.path();
        if topic.is_dir() {
            for file in fs::read_dir(topic)? {
                paths.push(file?.path());
            }
        }
    }
    paths.retain(|p| p.extension().is_some_and(|e| e == "xml"));
    paths.sort();
    paths.iter().map(|path| ecb_report(path, &token)).collect()
}

fn ecb_report(path: &Path, token: &regex::Regex) -> Result<Labelled> {
    let xml = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let plus = name.ends_with("plus");
    let (mut text, mut last) = (String::new(), String::new());
    for found in token.captures_iter(&xml) {
        // The first sentence of an ECB+ text is the page's address, which would give the story away.
        if plus && &found[1] == "0" {
            continue;
        }
        text.push(if found[1] == last { ' ' } else { '\n' });
        last = found[1].to_owned();
        text.push_str(&found[2].replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'"));
    }
    let topic = name.split('_').next().unwrap_or_default();
    let story = format!("{topic}{}", if plus { "plus" } else { "" });
    Ok(Labelled { report: report(name, text), story: Some(story) })
}

/// A report of plain text.
pub fn report(id: String, text: String) -> Report {
    let text = Text::new(text);
    let regions = mark_regions(&text);
    Report {
        source: id.clone(),
        id,
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        text,
        regions,
        remarks: Vec::new(),
    }
}

fn print_prf(name: &str, prf: Prf) {
    println!("{name:>9}  P {:.4}  R {:.4}  F1 {:.4}", prf.precision, prf.recall, prf.f1);
}

fn print_errors(given: &[Labelled], found: &[Vec<usize>], predicted: &[usize]) {
    let mut gold: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, labelled) in given.iter().enumerate() {
        if let Some(story) = &labelled.story {
            gold.entry(story).or_default().push(i);
        }
    }
    let show = |what: &str, members: &[usize]| {
        println!("{what}");
        for i in members {
            let Labelled { report, story } = &given[*i];
            let day = report.published_at.map_or_else(|| "undated   ".to_owned(), |p| p.date.to_string());
            let story = story.as_deref().unwrap_or("-");
            println!("  {day} {story} #{} {}", predicted[*i], report.title.as_deref().unwrap_or(&report.id));
        }
    };
    for story in found {
        let mut labels: Vec<&str> = story.iter().filter_map(|i| given[*i].story.as_deref()).collect();
        labels.dedup();
        if labels.len() > 1 {
            show("joined", story);
        }
    }
    for story in gold.values().filter(|s| s.iter().any(|i| predicted[*i] != predicted[s[0]])) {
        show("parted", story);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_grouping_scores_one_and_unlabelled_reports_do_not_count() {
        let gold = [Some("a"), Some("a"), None, Some("b")];
        let score = score(&gold, &[0, 0, 0, 1]);
        assert_eq!((score.bcubed.f1, score.pairwise.f1), (1.0, 1.0));
    }

    #[test]
    fn joining_two_pairs_halves_precision() {
        let gold = [Some("a"), Some("a"), Some("b"), Some("b")];
        let score = score(&gold, &[0, 0, 0, 0]);
        assert_eq!(score.bcubed, Prf::of(0.5, 1.0));
        assert_eq!(score.pairwise, Prf::of(2.0 / 6.0, 1.0));
    }

    #[test]
    fn parting_a_pair_costs_its_recall() {
        let gold = [Some("a"), Some("a"), Some("b")];
        let score = score(&gold, &[0, 1, 2]);
        assert_eq!(score.bcubed, Prf::of(1.0, 2.0 / 3.0));
        assert_eq!(score.pairwise.recall, 0.0);
    }

    #[test]
    fn stories_become_numbers() {
        assert_eq!(assignment(&[vec![0, 2], vec![1]], 3), [0, 1, 0]);
    }
}
