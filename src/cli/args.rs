//! What may stand on the command line.
//!
//! In: the raw flags. Out: [`ReadOptions`] and the like, in which every flag has its meaning. It opens nothing.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

use crate::annotate::Model;
use crate::fetch::{Fetcher, Options, Private};
use crate::view::text::Look;

use super::keep_args::{
    AddArgs, ExportArgs, RebuildArgs, SaidArgs, SearchArgs, StoriesArgs, StoryArgs, WatchArgs,
};
use super::repair::RepairArgs;
use super::terminal;

/// Reads many reports of one story and keeps one record of it, in which every line points at the exact words
/// that it came from.
#[derive(Debug, Parser)]
#[command(name = "rashomon", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "Examples:
  rashomon read kyiv/*.html             the record of the stories in some files
  rashomon read --format html -o r.html https://example.org/1 https://example.org/2
  rashomon add reports.jsonl feeds/     keep reports; then list, read and search them:
  rashomon stories
  rashomon story ID
  rashomon search 'grain exports' --from 2031-05-01

Exit codes: 0 everything was read; 2 something could not be read (one line each on the standard error); \
1 nothing could be read, or the run could not go on; 130 Ctrl-C ended it.";

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and print the record of their stories
    Read(ReadArgs),
    /// Print the layers of each report as a line of JSON: sentences, entities, attributions, times, quantities, events
    Annotate(AnnotateArgs),
    /// Sort reports by the story that they tell, as a line of JSON each: id and story
    Group(FilterArgs),
    /// Say why two reports tell of one event or not, as a line of JSON with the words that both share
    Why {
        /// A file of one report, or FILE.jsonl:LINE
        #[arg(value_name = "REPORT")]
        one: String,
        /// The other, given likewise
        #[arg(value_name = "REPORT")]
        other: String,
    },
    /// Print the text of each report as a line of JSON, with what is known of it
    Text(FilterArgs),
    /// Keep reports in the database: files, folders, addresses or `-`; what is known already changes nothing
    Add(AddArgs),
    /// Follow lists of feeds, and keep what is new in them, round after round
    Watch(WatchArgs),
    /// List the stories that are kept, the latest first
    Stories(StoriesArgs),
    /// Print the record of a story that is kept
    Story(StoryArgs),
    /// Find the reports that hold given words
    Search(SearchArgs),
    /// Print what somebody said over time, across stories
    Said(SaidArgs),
    /// Print what is kept for other programs: reports, quotations, claims, records
    Export(ExportArgs),
    /// Put right what was judged wrongly: which story a report tells, which stories, claims or entities are one; every later run heeds it
    Repair(RepairArgs),
    /// Make everything that is derived from the kept reports anew
    Rebuild(RebuildArgs),
    /// Print the JSON Schema of what a command prints
    Schema {
        /// The command
        #[arg(value_enum, default_value_t)]
        of: SchemaOf,
    },
}

/// Flags of `read`.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// Files (text, HTML, feeds, WARC, JSON Lines, ninjs; also .gz), folders, addresses, or `-` for the standard input
    #[arg(required = true, value_name = "PATH|URL")]
    paths: Vec<PathBuf>,
    /// What annotates the reports: `accurate`, `fast`, or `rules` alone, which is faster still; the record says which
    #[arg(long, value_name = "NAME", default_value_t = Model::Accurate)]
    model: Model,
    /// Make one record of all reports, however little they share: they are known to be of one story
    #[arg(long)]
    one_story: bool,
    #[command(flatten)]
    web: WebArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// How a record is shown.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// What to print; the text is the same whether a terminal reads it or a pipe
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write to this file instead of the standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whether the text has colours; `auto` looks at the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// Width of the text in columns [default: that of the terminal, at most 100; 88 elsewhere]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(24..))]
    width: Option<u16>,
    /// Show long lists and all stories in full
    #[arg(long)]
    all: bool,
}

/// Flags of the filters.
#[derive(Debug, clap::Args)]
pub struct FilterArgs {
    /// Files (text, HTML, feeds, WARC, JSON Lines, ninjs; also .gz), folders, addresses, or `-` for the standard input
    #[arg(required = true, value_name = "PATH|URL")]
    pub paths: Vec<PathBuf>,
    /// How pages are got.
    #[command(flatten)]
    pub web: WebArgs,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub format: FilterFormat,
}

/// Flags of `annotate`.
#[derive(Debug, clap::Args)]
pub struct AnnotateArgs {
    #[command(flatten)]
    pub filter: FilterArgs,
    /// What annotates the reports: `accurate`, `fast`, or `rules` alone, which is faster still; each line says which
    #[arg(long, value_name = "NAME", default_value_t = Model::Accurate)]
    pub model: Model,
}

/// How pages are got.
#[derive(Debug, clap::Args)]
pub struct WebArgs {
    /// Connect to private, loopback and link-local addresses too, or only to the one that is given (127.0.0.1:8080)
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    allow_private: Option<Option<SocketAddr>>,
    /// Seconds between two requests to one host; its robots.txt may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pause: f64,
}

fn seconds(given: &str) -> Result<f64, String> {
    let seconds: f64 = given.parse().map_err(|_| "it is no number".to_owned())?;
    if (0.0..=3600.0).contains(&seconds) {
        Ok(seconds)
    } else {
        Err("it is not between 0 and 3600".to_owned())
    }
}

impl WebArgs {
    /// What gets the pages.
    pub fn fetcher(&self) -> Fetcher {
        self.fetcher_until(|| false)
    }

    /// The same, until `stop` says that somebody asked for an end.
    pub fn fetcher_until(&self, stop: fn() -> bool) -> Fetcher {
        let private = match self.allow_private {
            None => Private::Refused,
            Some(None) => Private::Allowed,
            Some(Some(address)) => Private::Only(vec![address]),
        };
        let pause = Duration::from_secs_f64(self.pause);
        Fetcher::new(Options { private, pause, stop, ..Options::default() })
    }
}

/// Formats of `read`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    #[default]
    Text,
    /// One object, by the contract rashomon/1
    Json,
    /// One page that needs nothing else
    Html,
}

/// Formats of the filters.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FilterFormat {
    /// A line of JSON for each report
    #[default]
    Jsonl,
}

/// Whose schema is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum SchemaOf {
    /// `read --format json`
    #[default]
    Read,
    /// A line of `annotate`
    Annotate,
}

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where a terminal shows them and nobody objects
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `read` is to do.
#[derive(Debug)]
pub struct ReadOptions {
    /// What to read.
    pub paths: Vec<PathBuf>,
    /// What annotates.
    pub model: Model,
    /// What gets the pages.
    pub web: Fetcher,
    /// Whether all reports are of one story.
    pub one_story: bool,
    /// How to show it.
    pub show: Show,
}

/// How a record is shown.
#[derive(Debug)]
pub struct Show {
    /// What to print.
    pub format: Format,
    /// Where; `None` is the standard output.
    pub output: Option<PathBuf>,
    /// How the text looks.
    pub look: Look,
}

impl ReadArgs {
    /// The flags, with what the terminal and the environment say filled in.
    pub fn resolve(self) -> ReadOptions {
        let web = self.web.fetcher();
        let ReadArgs { paths, model, one_story, show, .. } = self;
        ReadOptions { paths, model, web, one_story, show: show.resolve() }
    }
}

impl ShowArgs {
    /// The flags, with what the terminal and the environment say filled in.
    pub fn resolve(self) -> Show {
        let stdout = self.output.is_none();
        let look = Look {
            width: terminal::width(self.width, stdout),
            colour: terminal::colour(self.color, stdout),
            all: self.all,
        };
        Show { format: self.format, output: self.output, look }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn raw_flags_become_options() {
        let line = ["rashomon", "read", "a", "-", "--format", "html", "-o", "x.html", "--width", "60"];
        let Command::Read(args) = Args::parse_from(line).command else { panic!("read") };
        let ReadOptions { paths, model, show: options, .. } = args.resolve();
        assert_eq!(model, Model::Accurate);
        assert_eq!(paths, [PathBuf::from("a"), PathBuf::from("-")]);
        assert_eq!((options.format, options.look.width), (Format::Html, 60));
        assert_eq!(options.output, Some(PathBuf::from("x.html")));
        assert!(!options.look.all);
    }

    #[test]
    fn a_path_is_required_and_a_width_must_hold_words() {
        assert!(Args::try_parse_from(["rashomon", "read"]).is_err());
        assert!(Args::try_parse_from(["rashomon", "read", "a", "--width", "5"]).is_err());
    }
}
