//! `rashomon add`.

use std::ops::ControlFlow;

use crate::pipeline::add::{self, Became, Keeper, News};

use super::keep_args::{AddArgs, ListFormat};
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
    let store = args.database.open()?;
    let annotator = database::annotator(&store, args.model)?;
    let keeper = Keeper { store: &store, annotator, now: &super::now, batch: args.batch as usize };
    let mut listener = Listener::new(args.format)?;
    let added = add::add(&keeper, &args.paths, &mut |news| listener.hear(news));
    let tally = listener.end()?;
    added?;
    if args.format == ListFormat::Text {
        let stories = store.count_stories()?;
        let file = args.database.path()?;
        Output::stdout().write(&format!("{} · {stories} stories in {}\n", tally.told(), file.display()))?;
    }
    Ok(tally.outcome())
}

/// Counts and prints the news of a run.
pub struct Listener {
    progress: Progress,
    tally: Tally,
    lines: Option<Output>,
    failed: Option<anyhow::Error>,
}

impl Listener {
    /// Of a run that prints in `format`.
    pub fn new(format: ListFormat) -> anyhow::Result<Self> {
        let lines = (format == ListFormat::Jsonl).then(Output::stdout);
        Ok(Listener { progress: Progress::new(None)?, tally: Tally::default(), lines, failed: None })
    }

    /// Takes a piece of news; breaks where a person asked for an end, or nobody reads any more.
    pub fn hear(&mut self, news: News) -> ControlFlow<()> {
        match news {
            News::Kept(report) => {
                self.progress.report();
                match report.became {
                    Became::New => self.tally.new += 1,
                    Became::Version => self.tally.versions += 1,
                    Became::Known => self.tally.known += 1,
                }
                if let Some(lines) = &mut self.lines {
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

    /// How the run ended.
    pub fn outcome(&self) -> Outcome {
        if interrupt::asked() {
            return Outcome::Stopped;
        }
        Outcome::of(self.new + self.versions + self.known, self.refused)
    }
}
