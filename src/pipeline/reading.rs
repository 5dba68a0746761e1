//! From reports to the record.
//!
//! In: the reports of a run, an annotator. Out: the [`record::Reading`], and the accounts that it rests on. It
//! carries out the stages in their order, on as many threads as there are cores; the threads never reach the
//! output.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::align::{Account, align};
use crate::annotate::{Annotations, Annotator};
use crate::fetch::Fetcher;
use crate::group::Sketch;
use crate::record::{self, Evidence, RegionSummary, ReportSummary, SCHEMA};
use crate::report::Report;
use crate::source;

/// A reading with the accounts that it rests on, in the order of [`record::Reading::reports`].
#[derive(Debug)]
pub struct Outcome {
    /// What `rashomon read` prints.
    pub reading: record::Reading,
    /// The reports with their layers.
    pub accounts: Vec<Account>,
}

/// Which reports make a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Those that tell of one event, as far as their words show it.
    ByEvent,
    /// All of them: the user knows that they tell of one story.
    OneStory,
}

/// Reads `paths` (files, folders, `-`) and makes the record of each story in them.
pub fn read(paths: &[PathBuf], annotator: &dyn Annotator) -> Outcome {
    reading(super::inputs::collect(paths), annotator, Grouping::ByEvent)
}

/// The same, with what stands at addresses got by `web`, and stories by `grouping`.
pub fn read_with(paths: &[PathBuf], web: &Fetcher, annotator: &dyn Annotator, grouping: Grouping) -> Outcome {
    reading(super::inputs::collect_with(paths, web), annotator, grouping)
}

/// Makes the records of what was read.
pub fn reading(read: source::Reading, annotator: &dyn Annotator, grouping: Grouping) -> Outcome {
    let layers = annotate(&read.reports, annotator);
    let accounts: Vec<Account> =
        read.reports.into_iter().zip(layers).map(|(report, layers)| Account::new(layers, report)).collect();
    let groups = match grouping {
        Grouping::ByEvent => crate::group::group(&accounts),
        Grouping::OneStory if accounts.is_empty() => Vec::new(),
        Grouping::OneStory => vec![(0..accounts.len()).collect()],
    };
    let mut stories: Vec<record::Story> = groups
        .into_iter()
        .map(|story| align(&story.into_iter().map(|i| &accounts[i]).collect::<Vec<_>>()))
        .collect();
    stories.sort_by(|a, b| (b.reports.len(), &a.reports).cmp(&(a.reports.len(), &b.reports)));
    let reading = record::Reading {
        schema: SCHEMA.to_owned(),
        model: annotator.name().to_owned(),
        reports: accounts.iter().map(summary).collect(),
        refusals: read.refusals.iter().map(Into::into).collect(),
        stories,
    };
    Outcome { reading, accounts }
}

/// For each of `reports`, the id of its story.
pub fn stories(reports: &[Report], annotator: &dyn Annotator) -> Vec<String> {
    let layers = annotate(reports, annotator);
    let sketches = reports.iter().zip(&layers).map(|(report, layers)| Sketch::of(report, layers)).collect();
    let mut ids = vec![String::new(); reports.len()];
    for story in crate::group::stories(sketches) {
        let id = crate::group::story_id(story.iter().map(|i| &reports[*i]));
        story.into_iter().for_each(|i| ids[i].clone_from(&id));
    }
    ids
}

/// The layers of each report, in the order of `reports`.
pub fn annotate<R: Borrow<Report> + Sync>(reports: &[R], annotator: &dyn Annotator) -> Vec<Annotations> {
    let threads = thread::available_parallelism().map_or(1, |n| n.get()).min(reports.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((i, report)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, reports.get(i)?)))
        {
            done.push((i, annotator.annotate(report.borrow())));
        }
        done
    };
    let done: BTreeMap<usize, Annotations> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        // A worker that panics takes the run with it: a panic is a bug, never an answer to an input.
        workers
            .into_iter()
            .flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.into_values().collect()
}

pub(super) fn summary(account: &Account) -> ReportSummary {
    let Account { report, layers, .. } = account;
    let region = |region: &crate::report::Region| {
        let (start, end) = report.text.code_points(region.span);
        RegionSummary { kind: region.kind.name().to_owned(), start, end }
    };
    let is_word =
        |span| report.slice(span).starts_with(char::is_alphanumeric) && report.region_at(span).is_none();
    ReportSummary {
        id: report.id.clone(),
        source: report.source.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        byline: report.byline().map(str::to_owned),
        published_at: report.published_at.map(|p| p.edtf()),
        language: report.language.clone(),
        words: layers.tokens.iter().filter(|t| is_word(t.span)).count(),
        credits: report.credits.iter().map(|span| Evidence::new(report, *span)).collect(),
        regions: report.regions.iter().map(region).collect(),
    }
}
