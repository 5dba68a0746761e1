//! How fast reports are put into stories, and how that changes with their number.
//!
//! In: reports as JSON Lines. Out: reports a second. It does not know which stories are right. Times are the processor's;
//! what they mean is their ratio within one run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rashomon::align::Account;
use rashomon::align::copies::Copies;
use rashomon::annotate::{Annotator, Rules};
use rashomon::group::{self, Index, Sketch};

use crate::processor::processor_seconds;
use crate::stories::{self, Labelled};

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Reports.
    #[arg(default_value = "../shared/data/stories/dev.jsonl")]
    pub reports: PathBuf,
    /// Numbers of reports that the index takes in, made from the given ones by other dates, names and numbers.
    #[arg(long, value_delimiter = ',', default_value = "5000,50000")]
    pub counts: Vec<usize>,
    /// Reports a day.
    #[arg(long, default_value_t = 500)]
    pub a_day: usize,
    /// A Python with scikit-learn and datasketch, to run `eval/peers/stories.py` beside.
    #[arg(long)]
    pub peer: Option<PathBuf>,
    /// Days after which a report is settled.
    #[arg(long, default_value_t = 14)]
    pub window: i32,
}

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let account = |l: Labelled| Account { layers: Rules.annotate(&l.report), report: l.report };
    let accounts: Vec<Account> = stories::read(&options.reports)?.into_iter().map(account).collect();
    let ours = whole(&accounts);
    if let Some(python) = &options.peer {
        match peer(python, &options.reports)? {
            Some(theirs) => println!("{:.0} times as fast as the peer", ours / theirs),
            None => println!("skipped: {} cannot run eval/peers/stories.py", python.display()),
        }
    }
    let sketches: Vec<Sketch> = accounts.iter().map(|a| Sketch::of(&a.report, &a.layers)).collect();
    for count in &options.counts {
        curve(&sketches, *count, options);
    }
    Ok(())
}

/// The reports a second of what a user would build; `None` where it does not run here.
fn peer(python: &Path, reports: &Path) -> Result<Option<f64>> {
    let run = Command::new(python).arg("eval/peers/stories.py").arg(reports).output();
    let Some(run) = run.ok().filter(|r| r.status.success()) else { return Ok(None) };
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    print!("peer: {said}");
    let first = said.split_whitespace().next().context("the peer said nothing")?;
    Ok(Some(first.parse().context("the peer's reports a second")?))
}

/// Stories and what was copied within them, once the reports are annotated. Gives the reports a second of both.
fn whole(accounts: &[Account]) -> f64 {
    let started = processor_seconds();
    let found = group::group(accounts);
    let grouped = processor_seconds() - started;
    let passages: usize = found
        .iter()
        .filter(|story| story.len() > 1)
        .map(|story| Copies::of(&story.iter().map(|i| &accounts[*i]).collect::<Vec<_>>()).passages.len())
        .sum();
    let all = processor_seconds() - started;
    let rate = |seconds: f64| accounts.len() as f64 / seconds.max(0.01);
    println!(
        "{} annotated reports: {:.0} a second into stories, {:.0} with copies ({passages} passages)",
        accounts.len(),
        rate(grouped),
        rate(all)
    );
    rate(all)
}

/// Takes in `count` reports one by one, and says how fast the last tenth went.
fn curve(sketches: &[Sketch], count: usize, options: &Options) {
    let mut index = Index::new();
    let started = processor_seconds();
    let mut last_tenth = started;
    let mut most_held = 0;
    for n in 0..count {
        if n == count - count / 10 {
            last_tenth = processor_seconds();
        }
        let given = &sketches[n % sketches.len()];
        let (day, salt) = ((n / options.a_day) as i32, (n / sketches.len()) as u32);
        let shift = day + BEGIN - given.day().unwrap_or(BEGIN + day);
        index.arrive(given.transposed(format!("r{n}"), shift, salt.wrapping_mul(0x85eb_ca6b)));
        if n % options.a_day == 0 {
            most_held = most_held.max(index.len());
            index.settle(BEGIN + day - options.window);
        }
    }
    let ended = processor_seconds();
    println!(
        "{count} reports, {} a day, at most {} held: {:.0} a second, the last tenth {:.0} a second{}",
        options.a_day,
        most_held.max(index.len()),
        count as f64 / (ended - started).max(0.01),
        (count / 10) as f64 / (ended - last_tenth).max(0.01),
        resident().map(|mb| format!(", {mb} MB resident")).unwrap_or_default()
    );
}

/// Megabytes that the process holds, the given reports included; `None` where the system does not say it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// The first day of the curve (2001-01-01), in days since 1970.
const BEGIN: i32 = 11_323;
