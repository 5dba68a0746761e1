//! Keeps what is read.
//!
//! In: a stream of reports and refusals, a store, an annotator. Out: the store with them, and a word on each as soon as
//! it is on the disk. It carries out what [`intake::decide`] and [`super::placing`] say, a batch of reports at a time:
//! a batch is kept as a whole or not at all. It does not know what a report says.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::annotate::{Annotations, Annotator};
use crate::fetch::Fetcher;
use crate::intake::{self, Intent};
use crate::report::{Refusal, Report};
use crate::source::Item;
use crate::store::{NewVersion, ReportNumber, Result, Store, StoreError, Writing};

use super::placing::Placing;
use super::watch::Memory;
use super::{Meter, NoVisits, Reach};

/// A batch is kept when it has this many bytes of text, however few its reports are.
const BATCH_BYTES: usize = 8 << 20;

/// What the keeping needs of the world.
pub struct Keeper<'a> {
    /// Where reports are kept.
    pub store: &'a Store,
    /// What reads them.
    pub annotator: &'a dyn Annotator,
    /// The time now (RFC 3339, UTC).
    pub now: &'a dyn Fn() -> String,
    /// How many reports are kept together.
    pub batch: usize,
}

/// A report that is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Acknowledged {
    /// Its id.
    pub id: String,
    /// Where it was read.
    pub source: String,
    /// What became of it.
    pub became: Became,
    /// Its newest version.
    pub version: u32,
    /// The story that it tells.
    pub story: String,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It was not known.
    New,
    /// Its outlet changed it.
    Version,
    /// It was known, and nothing changed.
    Known,
}

/// News of the run.
#[derive(Debug)]
pub enum News<'n> {
    /// A report is on the disk.
    Kept(&'n Acknowledged),
    /// Something could not be read.
    Refused(&'n Refusal),
}

/// Who hears the news; a break ends the run after the batch in hand.
pub type Listener<'a> = dyn FnMut(News) -> ControlFlow<()> + 'a;

/// Keeps the reports in `paths` (files, folders, `-`, addresses).
pub fn add(
    keeper: &Keeper,
    paths: &[PathBuf],
    web: &Fetcher,
    meter: &Meter,
    tell: &mut Listener,
) -> Result<()> {
    add_within(keeper, paths, Reach { web, visits: &NoVisits, meter }, None, tell)
}

/// The same, with what is known of earlier visits: what `memory` hears is kept together with the reports that it is of.
pub(super) fn add_within(
    keeper: &Keeper,
    paths: &[PathBuf],
    reach: Reach,
    memory: Option<&Memory>,
    tell: &mut Listener,
) -> Result<()> {
    let mut intake = Intake::open(keeper, memory)?;
    let mut failed = None;
    super::inputs::each_within(paths, reach, &mut |item| {
        intake.take(item, tell).unwrap_or_else(|error| {
            failed = Some(error);
            ControlFlow::Break(())
        })
    });
    failed.map_or(Ok(()), Err)?;
    intake.finish(tell)
}

/// Reports on their way into the store.
pub struct Intake<'k> {
    keeper: &'k Keeper<'k>,
    memory: Option<&'k Memory<'k>>,
    placing: Placing<'k>,
    batch: Vec<Incoming>,
    refusals: Vec<Refusal>,
    bytes: usize,
}

/// A report that is not kept yet.
struct Incoming {
    report: Report,
    name: String,
}

impl<'k> Intake<'k> {
    /// Begins to take reports.
    pub(super) fn open(keeper: &'k Keeper, memory: Option<&'k Memory<'k>>) -> Result<Self> {
        let placing = Placing::new(keeper.annotator);
        Ok(Intake { keeper, memory, placing, batch: Vec::new(), refusals: Vec::new(), bytes: 0 })
    }

    /// Takes a report or a refusal; where the batch is full, keeps it.
    pub fn take(&mut self, item: Item, tell: &mut Listener) -> Result<ControlFlow<()>> {
        match item {
            Err(refusal) => {
                let flow = tell(News::Refused(&refusal));
                self.refusals.push(refusal);
                if flow.is_break() {
                    return Ok(flow);
                }
            }
            Ok(report) => {
                self.bytes += report.text.as_str().len();
                let name = intake::name(&report, &place(&report.source));
                self.batch.push(Incoming { report, name });
            }
        }
        let full = self.bytes >= BATCH_BYTES || self.batch.len() + self.refusals.len() >= self.keeper.batch;
        if full { self.keep(tell) } else { Ok(ControlFlow::Continue(())) }
    }

    /// Keeps what is in hand.
    pub fn finish(mut self, tell: &mut Listener) -> Result<()> {
        self.keep(tell).map(|_| ())
    }

    fn keep(&mut self, tell: &mut Listener) -> Result<ControlFlow<()>> {
        let (mut batch, refusals) = (std::mem::take(&mut self.batch), std::mem::take(&mut self.refusals));
        self.bytes = 0;
        // Every page that it heard of was handed on: it is in this batch, or in one that is kept.
        let visits = self.memory.map(Memory::take).unwrap_or_default();
        if batch.is_empty() && refusals.is_empty() && visits.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let layers = self.annotate(&batch)?;
        let at = (self.keeper.now)();
        let kept = self.keeper.store.write(|store| {
            visits.iter().try_for_each(|(address, visited)| store.put_visit(address, visited, &at))?;
            refusals.iter().try_for_each(|refusal| store.put_refusal(refusal, &at))?;
            let mut kept = Vec::with_capacity(batch.len());
            for (incoming, layers) in batch.iter_mut().zip(&layers) {
                kept.push(self.carry_out(store, incoming, layers.as_ref(), &at)?);
            }
            self.placing.settle(store, Some(&at))?;
            acknowledge(store, &batch, kept)
        })?;
        // All of it is on the disk: all of it is told, even where somebody asked for an end.
        let mut flow = ControlFlow::Continue(());
        for acknowledged in &kept {
            if tell(News::Kept(acknowledged)).is_break() {
                flow = ControlFlow::Break(());
            }
        }
        Ok(flow)
    }

    /// The layers of those reports that are not known: nothing is annotated twice.
    fn annotate(&self, batch: &[Incoming]) -> Result<Vec<Option<Annotations>>> {
        let unknown = |incoming: &Incoming| -> Result<bool> {
            let kept = self.keeper.store.named(&incoming.name)?;
            Ok(!matches!(intake::decide(&incoming.report, &kept), Intent::Leave(_)))
        };
        let unknown = batch.iter().map(unknown).collect::<Result<Vec<bool>>>()?;
        let reports: Vec<&Report> =
            batch.iter().zip(&unknown).filter(|(_, unknown)| **unknown).map(|(i, _)| &i.report).collect();
        let mut made = super::annotate(&reports, self.keeper.annotator).into_iter();
        Ok(unknown.into_iter().map(|unknown| unknown.then(|| made.next()).flatten()).collect())
    }

    /// Carries out what is decided of one report. It is decided here, beside what the batch itself brought.
    fn carry_out(
        &mut self,
        store: &Writing,
        incoming: &mut Incoming,
        layers: Option<&Annotations>,
        at: &str,
    ) -> Result<(ReportNumber, Became)> {
        let Incoming { report, name } = incoming;
        let (number, became) = match intake::decide(report, &store.named(name)?) {
            Intent::Leave(number) => return Ok((number, Became::Known)),
            Intent::Amend(number) => {
                report.id = store.id_of(number)?.0;
                (number, Became::Version)
            }
            Intent::Add => {
                report.id = free_id(store, report)?;
                (store.add_report(&report.id, name)?, Became::New)
            }
        };
        let digest = intake::digest(report);
        let version = store.add_version(number, NewVersion { report, digest, retrieved_at: at })?;
        // What is unknown now was unknown before the batch, and has its layers.
        if let Some(layers) = layers {
            store.put_layers(version, layers, self.keeper.annotator.name())?;
            self.placing.put(store, number, report, layers)?;
        }
        Ok((number, became))
    }
}

fn acknowledge(
    store: &Store,
    batch: &[Incoming],
    kept: Vec<(ReportNumber, Became)>,
) -> std::result::Result<Vec<Acknowledged>, StoreError> {
    let of = |(incoming, (number, became)): (&Incoming, (ReportNumber, Became))| {
        let (id, version) = store.id_of(number)?;
        let story = store.story_of(number)?.unwrap_or_default();
        Ok(Acknowledged { id, source: incoming.report.source.clone(), became, version, story })
    };
    batch.iter().zip(kept).map(of).collect()
}

/// The id under which `report` is kept: its own, or where another report has that, with what tells them apart.
fn free_id(store: &Store, report: &Report) -> Result<String> {
    if !store.has_id(&report.id)? {
        return Ok(report.id.clone());
    }
    let tagged = format!("{}-{}", report.id, super::inputs::tag(report));
    for number in 2.. {
        let id = if number == 2 { tagged.clone() } else { format!("{tagged}-{number}") };
        if !store.has_id(&id)? {
            return Ok(id);
        }
    }
    Ok(tagged)
}

/// Where `source` lies, the same from whatever folder it is named.
fn place(source: &str) -> String {
    let (path, line) = intake::split_line(source);
    let absolute = std::fs::canonicalize(Path::new(path));
    let path = absolute.map_or(path.to_owned(), |path| path.to_string_lossy().into_owned());
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path,
    }
}
