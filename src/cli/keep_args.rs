//! What may stand on the command line of what keeps reports.
//!
//! In: the raw flags. Out: typed ones. It opens nothing.

use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;

use crate::annotate::Model;

use super::args::{ShowArgs, WebArgs};
use super::database::Database;

/// What `add` and `watch` have in common.
#[derive(Debug, clap::Args)]
pub struct KeepArgs {
    #[command(flatten)]
    pub web: WebArgs,
    #[command(flatten)]
    pub database: Database,
    /// What annotates the reports: `fast`, `rules`, or `accurate`, which is slower [default: what the database began with, for a new one `fast`]
    #[arg(long, value_name = "NAME")]
    pub model: Option<Model>,
    /// What to print: a summary, or a line of JSON for each report as soon as it is on the disk
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Flags of `add`.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Files (text, HTML, feeds, WARC, JSON Lines, ninjs; also .gz), folders, addresses, or `-` for the standard input
    #[arg(required = true, value_name = "PATH|URL")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub keep: KeepArgs,
    /// How many reports are put on the disk together: fewer are safe sooner, more take less time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub batch: u32,
}

/// Flags of `watch`.
#[derive(Debug, clap::Args)]
pub struct WatchArgs {
    /// Lists of feeds (OPML), feeds or sitemaps: files or addresses
    #[arg(required = true, value_name = "PATH|URL")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub keep: KeepArgs,
    /// How long to wait between two rounds, a minute at least: 10m, 1h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = wait, conflicts_with = "once")]
    pub every: Duration,
    /// One round, and no more
    #[arg(long)]
    pub once: bool,
}

/// The least time between two rounds: no feed changes faster, and no server likes to be asked more often.
const LEAST_WAIT: Duration = Duration::from_secs(60);

fn wait(given: &str) -> Result<Duration, String> {
    let wait: jiff::SignedDuration =
        given.parse().map_err(|_| "it is no length of time such as 10m".to_owned())?;
    let wait = Duration::try_from(wait).map_err(|_| "it lies in the past".to_owned())?;
    if wait < LEAST_WAIT { Err("it is shorter than a minute".to_owned()) } else { Ok(wait) }
}

/// Flags of `stories`.
#[derive(Debug, clap::Args)]
pub struct StoriesArgs {
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub days: Days,
    /// Only stories that this outlet tells
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only stories that at least so many reports tell
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub reports: u32,
    /// At most so many stories
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub most: u32,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Days between which something was published.
#[derive(Debug, clap::Args)]
pub struct Days {
    /// Only what was published on this day or later (YYYY-MM-DD)
    #[arg(long, value_name = "DAY")]
    pub from: Option<jiff::civil::Date>,
    /// Only what was published on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub to: Option<jiff::civil::Date>,
}

/// Flags of `story`.
#[derive(Debug, clap::Args)]
pub struct StoryArgs {
    /// The id of the story, as `stories` lists it
    pub id: String,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub show: ShowArgs,
}

/// Flags of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// Words that must all be there; also "words in a row", -not, begin*, this OR that: the whole query in single quotation marks, as in 'council "open gates" -velm'
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub days: Days,
    /// Only reports of this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only reports in which this person or body says something
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only reports of this story
    #[arg(long, value_name = "ID")]
    pub story: Option<String>,
    /// The latest first, instead of the best
    #[arg(long)]
    pub newest: bool,
    /// At most so many reports
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub most: u32,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Flags of `said`.
#[derive(Debug, clap::Args)]
pub struct SaidArgs {
    /// Who: a name, or a surname
    pub name: String,
    #[command(flatten)]
    pub database: Database,
    /// Only what holds all of these words, in any form
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub about: String,
    /// At most so many sayings
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub most: u32,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Flags of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub database: Database,
    /// What to export
    #[arg(long, value_name = "WHAT", value_enum, default_value_t)]
    pub of: ExportOf,
    /// As what
    #[arg(long, value_enum, default_value_t)]
    pub format: ExportFormat,
    #[command(flatten)]
    pub days: Days,
    /// Only of this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only of this story
    #[arg(long, value_name = "ID")]
    pub story: Option<String>,
    /// Write to this file instead of the standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportOf {
    /// Reports with their texts
    #[default]
    Reports,
    /// A row for each telling of a quotation
    Quotations,
    /// A row for each telling of a claim
    Claims,
    /// The record of each story, by the contract rashomon/1 (as json or jsonl)
    Stories,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A line of JSON for each; `rashomon` reads reports again from it
    #[default]
    Jsonl,
    /// One array
    Json,
    /// Comma-separated values, with a head line
    Csv,
    /// IPTC ninjs 3.0, an item a line (reports only)
    Ninjs,
    /// Parquet, in a build with the feature of that name
    Parquet,
}

/// Flags of `rebuild`.
#[derive(Debug, clap::Args)]
pub struct RebuildArgs {
    #[command(flatten)]
    pub database: Database,
    /// What annotates the reports from now on: `accurate`, `fast` or `rules` [default: what did so far]
    #[arg(long, value_name = "NAME")]
    pub model: Option<Model>,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For a terminal
    #[default]
    Text,
    /// A line of JSON for each
    Jsonl,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_a_minute_at_least() {
        assert_eq!(wait("10m"), Ok(Duration::from_secs(600)));
        assert_eq!(wait("1h 30m"), Ok(Duration::from_secs(5400)));
        assert!(wait("5s").is_err() && wait("-10m").is_err() && wait("soon").is_err());
    }
}
