//! `rashomon add`.

use std::ops::ControlFlow;

use crate::pipeline::Meter;
use crate::pipeline::add::{self, Became, Keeper, News};

use super::keep_args::{AddArgs, KeepArgs, ListFormat};
use super::output::{self, Output};
use super::progress::Progress;
use super::{Outcome, database, interrupt};

/// What a run did.
#[derive(Default)]
pub struct Tally {
    new: usize,
    versions: usize,
    known: usize,
    refused: usize,
}

/// Keeps the reports in the paths.
pub fn run(args: AddArgs) -> anyhow::Result<Outcome> {
    interrupt::listen()?;
    let KeepArgs { web, database: place, model, format } = args.keep;
    let store = place.open()?;
    let annotator = database::annotator(&store, model)?;
    let keeper = Keeper { store: &store, annotator, now: &super::now, batch: args.batch as usize };
    let meter = Meter::default();
    let mut listener = Listener::new(format, &meter)?;
    let web = web.fetcher_until(interrupt::asked);
    let added = add::add(&keeper, &args.paths, &web, &meter, &mut |news| listener.hear(news));
    let tally = listener.end()?;
    added?;
    if format == ListFormat::Text {
        let stories = store.count_stories()?;
        let file = place.path()?;
        Output::stdout().write(&format!("{} · {stories} stories in {}\n", tally.told(), file.display()))?;
    }
    Ok(tally.outcome())
}

/// Counts and prints the news of a run.
pub struct Listener<'m> {
    meter: &'m Meter,
    progress: Progress,
    tally: Tally,
    lines: Option<Output>,
    failed: Option<anyhow::Error>,
}

impl<'m> Listener<'m> {
    /// Of a run that prints in `format`, and is as far as `meter` says.
    pub fn new(format: ListFormat, meter: &'m Meter) -> anyhow::Result<Self> {
        let lines = (format == ListFormat::Jsonl).then(Output::stdout);
        Ok(Listener { meter, progress: Progress::new()?, tally: Tally::default(), lines, failed: None })
    }

    /// Takes a piece of news; breaks where a person asked for an end, or nobody reads any more.
    pub fn hear(&mut self, news: News) -> ControlFlow<()> {
        self.progress.far(self.meter.read(), self.meter.all());
        match news {
            News::Kept(report) => {
                self.progress.report();
                match report.became {
                    Became::New => self.tally.new += 1,
                    Became::Version => self.tally.versions += 1,
                    Became::Known => self.tally.known += 1,
                }
                if let Some(lines) = self.lines.as_mut().filter(|_| self.failed.is_none()) {
                    self.failed = lines.write_line(report).err();
                }
            }
            News::Refused(refusal) => {
                self.tally.refused += 1;
                self.progress.refusal(|| output::refuse(refusal));
            }
        }
        if interrupt::asked() || self.failed.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// What was counted.
    pub fn end(self) -> anyhow::Result<Tally> {
        self.progress.end();
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.tally),
        }
    }
}

impl Tally {
    /// The counts in words.
    pub fn told(&self) -> String {
        let mut told = format!("{} new, {} changed, {} known", self.new, self.versions, self.known);
        if self.refused > 0 {
            told.push_str(&format!(", {} not read", self.refused));
        }
        if interrupt::asked() {
            told.push_str("; stopped, and the same command goes on from here");
        }
        told
    }

    /// How much could not be read.
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// How the run ended.
    pub fn outcome(&self) -> Outcome {
        if interrupt::asked() {
            return Outcome::Stopped;
        }
        Outcome::of(self.new + self.versions + self.known, self.refused)
    }
}
