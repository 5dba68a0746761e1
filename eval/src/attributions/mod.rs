//! Does Rashomon find who said what?
//!
//! In: PolNeAR articles with their gold attributions, and predictions: those of a file, or Rashomon's own. Out: the
//! figures that `SCORER.md` defines, in agreement with `score_attributions.py` to the last digit (but for the
//! bootstrap, whose draws are our own). It does not know who made the predictions.

pub mod heads;
pub mod marks;
pub mod matching;
pub mod standoff;
pub mod summary;
pub mod tally;
pub mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::annotate::Model;
use rashomon::report::{Report, Text, mark_regions};
use rashomon::span::Span;

use crate::figures::Figure;
use standoff::{Article, Prediction, Spans};
use summary::Summary;
use tally::Measure;

/// What the floors are measured on, within the data.
pub const CORPUS: &str = "polnear/dev";

/// What to compare, and where to write it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of a split of PolNeAR.
    #[arg(long, default_value = "../shared/data/polnear/dev")]
    pub data: PathBuf,
    /// Print 95 % intervals of F1 from this many resamplings of the articles.
    #[arg(long, default_value_t = 0)]
    pub bootstrap: usize,
    /// Write the figures as JSON.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Score this file of predictions instead of annotating the texts.
    #[arg(long)]
    pub pred: Option<PathBuf>,
    /// Print the figures for each outlet too: what stands before the first `_` in an article's name.
    #[arg(long)]
    pub by_outlet: bool,
    /// The annotator.
    #[arg(long, default_value_t = Model::Accurate)]
    pub model: Model,
    /// Write Rashomon's own predictions, for reading or for another scorer.
    #[arg(long, conflicts_with = "pred")]
    pub save: Option<PathBuf>,
}

/// Scores, and prints the figures.
pub fn run(options: &Options) -> Result<()> {
    let articles = standoff::read_articles(&options.data)?;
    anyhow::ensure!(!articles.is_empty(), "{}: no annotated article", options.data.display());
    if options.data.join("corenlp").is_dir() {
        eprintln!("note: the parses in corenlp/ are not read; heads are found by rule");
    }
    let predictions = match &options.pred {
        Some(path) => standoff::read_predictions(path)?,
        None => annotate(&articles, options.model),
    };
    let unknown: Vec<&String> = predictions.keys().filter(|doc| !articles.contains_key(*doc)).collect();
    if let Some(first) = unknown.first() {
        eprintln!("warning: {} predicted articles are not in the gold set, e.g. {first}", unknown.len());
    }
    if let Some(path) = &options.save {
        save(path, predictions.clone())?;
    }
    let summary = score(&articles, &predictions, options.bootstrap);
    print!("{summary}");
    if options.by_outlet {
        show_outlets(&articles, &predictions);
    }
    if let Some(path) = &options.json {
        fs::write(path, serde_json::to_string_pretty(&summary)? + "\n")
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn show_outlets(articles: &BTreeMap<String, Article>, predictions: &BTreeMap<String, Vec<Spans>>) {
    let mut outlets: BTreeMap<&str, BTreeMap<String, Article>> = BTreeMap::new();
    for (doc, article) in articles {
        let outlet = doc.split('_').next().unwrap_or_default();
        outlets.entry(outlet).or_default().insert(doc.clone(), article.clone());
    }
    for (outlet, articles) in outlets {
        let summary = score(&articles, predictions, 0);
        let f1 = |measure| 100.0 * summary.content[measure].f1;
        let (soft, partial) = (f1(Measure::Soft), f1(Measure::Partial));
        println!("{outlet:<12} {:>3} articles  soft F1 {soft:5.1}  partial F1 {partial:5.1}", articles.len());
    }
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let articles = standoff::read_articles(&data.join(CORPUS))?;
    let summary = score(&articles, &annotate(&articles, Model::Accurate), 0);
    let f1 = |name, what, value: f64| Figure { name, what, value: 100.0 * value };
    Ok(vec![
        f1("attributions.soft", "who said what: content found, F1", summary.content[Measure::Soft].f1),
        f1(
            "attributions.partial",
            "… worth its share of the words, F1",
            summary.content[Measure::Partial].f1,
        ),
        f1(
            "attributions.quoted",
            "… with quotation marks, F1",
            summary.strata.quoted.figures[Measure::Soft].f1,
        ),
        f1("attributions.source", "… and with the right source, F1", summary.content[Measure::FullSource].f1),
        f1(
            "attributions.fast",
            "… content found by the fast model, F1",
            score(&articles, &annotate(&articles, Model::Fast), 0).content[Measure::Soft].f1,
        ),
    ])
}

/// The figures of `predictions`; an article without any counts as empty.
pub fn score(
    articles: &BTreeMap<String, Article>,
    predictions: &BTreeMap<String, Vec<Spans>>,
    resamples: usize,
) -> Summary {
    let of = |doc: &String| predictions.get(doc).map_or(&[][..], Vec::as_slice);
    let tallies: Vec<_> = articles.iter().map(|(doc, article)| tally::tally(article, of(doc))).collect();
    summary::summarise(&tallies, resamples)
}

/// Rashomon's own attributions of `articles`.
pub fn annotate(articles: &BTreeMap<String, Article>, model: Model) -> BTreeMap<String, Vec<Spans>> {
    articles.iter().map(|(doc, article)| (doc.clone(), predict(doc, &article.text, model))).collect()
}

fn predict(doc: &str, text: &str, model: Model) -> Vec<Spans> {
    let report = report(doc, text);
    let offsets = |spans: &[Span]| {
        let code_points = |&span: &Span| report.text.code_points(span);
        spans.iter().map(code_points).map(|(start, end)| (start as i64, end as i64)).collect()
    };
    let layers = model.annotator().annotate(&report);
    let attributions = layers.attributions.iter().map(|a| Spans {
        source: offsets(&a.source),
        cue: offsets(&a.cue),
        content: offsets(&a.content),
    });
    attributions.collect()
}

/// A report that is `text` and nothing else, its furniture marked.
fn report(doc: &str, text: &str) -> Report {
    let text = Text::new(text);
    Report {
        id: doc.to_owned(),
        source: doc.to_owned(),
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        regions: mark_regions(&text),
        remarks: Vec::new(),
        text,
    }
}

fn save(path: &Path, predictions: BTreeMap<String, Vec<Spans>>) -> Result<()> {
    let lines: Result<Vec<String>, _> = predictions
        .into_iter()
        .map(|(doc, attributions)| serde_json::to_string(&Prediction { doc, attributions }))
        .collect();
    fs::write(path, lines?.join("\n") + "\n").with_context(|| format!("cannot write {}", path.display()))
}
