//! How fast reports are put into stories, and how that changes with their number.
//!
//! In: reports as JSON Lines. Out: reports a second. It does not know which stories are right. Times are the processor's;
//! what they mean is their ratio within one run.

use std::collections::BTreeMap;
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
    /// Numbers of reports that the index takes in one by one, made from the given ones by other dates, names and numbers.
    #[arg(long, value_delimiter = ',', default_value = "5000,50000")]
    pub counts: Vec<usize>,
    /// Reports a day. So many that a given report is not told again while it is held: else countries that differ by names alone hang
    /// together.
    #[arg(long, default_value_t = 200)]
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
    let account = |l: Labelled| Account::new(Rules.annotate(&l.report), l.report);
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
    let (mut most_held, mut settled) = (0, BEGIN);
    for (n, sketch) in years(sketches, options.a_day).take(count).enumerate() {
        if n == count - count / 10 {
            last_tenth = processor_seconds();
        }
        let day = sketch.day().unwrap_or(settled);
        index.arrive(sketch);
        if day > settled {
            settled = day;
            most_held = most_held.max(index.len());
            index.settle(day - options.window);
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

/// The given reports told over and over, without end, about `a_day` of them a day: as many countries as that takes go through the
/// same days, each with names and numbers of its own and each at another place in them. So stories come as
/// densely as they do in the given reports, only more of them at once.
fn years(sketches: &[Sketch], a_day: usize) -> impl Iterator<Item = Sketch> {
    let mut of_day: BTreeMap<i32, Vec<&Sketch>> = BTreeMap::new();
    for sketch in sketches {
        of_day.entry(sketch.day().unwrap_or(BEGIN)).or_default().push(sketch);
    }
    let first = of_day.keys().next().copied().unwrap_or(BEGIN);
    let days = of_day.keys().last().map_or(1, |last| last - first + 1);
    let countries = (a_day * days as usize).div_ceil(sketches.len().max(1)) as i32;
    let apart = (days / countries.max(1)).max(1);
    (0..).flat_map(move |day: i32| {
        let of_country = |country: i32| {
            let passed = day + country * apart;
            let given = of_day.get(&(first + passed % days)).cloned().unwrap_or_default();
            let salt = (country + countries * (passed / days)) as u32;
            given.into_iter().enumerate().map(move |(n, given)| {
                let later = BEGIN + day - given.day().unwrap_or(BEGIN);
                given.transposed(format!("{day}-{country}-{n}"), later, salt.wrapping_mul(0x85eb_ca6b))
            })
        };
        (0..countries).flat_map(of_country).collect::<Vec<_>>()
    })
}

/// Megabytes that the process holds, the given reports included; `None` where the system does not say it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// The first day of the curve (2001-01-01), in days since 1970.
const BEGIN: i32 = 11_323;
