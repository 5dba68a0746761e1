//! `rashomon repair`.

use anyhow::Context;

use crate::pipeline::repair::{self, Wish, Wisher};
use crate::store::Said;
use crate::view::text::plain;

use super::Outcome;
use super::database::{self, Database};
use super::keep_args::ListFormat;
use super::output::Output;

/// Flags of `repair`.
#[derive(Debug, clap::Args)]
pub struct RepairArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// A report tells another story than the one that it is in
    Move {
        /// Id of the report
        report: String,
        /// Id of the story that it tells
        story: String,
        #[command(flatten)]
        by: By,
    },
    /// Stories are one
    Join {
        /// Ids of the stories
        #[arg(required = true, num_args = 2.., value_name = "STORY")]
        stories: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// Reports of a story tell another one, together
    Split {
        /// Id of the story
        story: String,
        /// Ids of the reports that leave it
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// Two claims or two entities of a story are the same
    Same(Two),
    /// Two claims or two entities of a story are not the same, or two reports' words for one are not
    Different(Two),
    /// Take a repair back
    Undo {
        /// Its number, as `repair list` gives it
        number: i64,
        #[command(flatten)]
        database: Database,
    },
    /// List the repairs
    List {
        #[command(flatten)]
        database: Database,
        /// What to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
}

/// Two claims or entities.
#[derive(Debug, clap::Args)]
struct Two {
    /// Id of the story
    story: String,
    /// Id of a claim or an entity in its record, such as c3 or e2; c3@REPORT is that report's words for it
    one: String,
    /// The other
    other: String,
    #[command(flatten)]
    by: By,
}

/// Who says so, and why.
#[derive(Debug, clap::Args)]
struct By {
    #[command(flatten)]
    database: Database,
    /// Why it is so
    #[arg(long, value_name = "WORDS")]
    why: String,
    /// Who says so [default: the name that you are logged in with]
    #[arg(long, value_name = "NAME", env = "RASHOMON_WHO")]
    who: Option<String>,
}

impl By {
    fn wisher(&self) -> anyhow::Result<Wisher> {
        let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let who = self.who.clone().or_else(login).filter(|who| !who.trim().is_empty());
        let who = who.context("it is not known who says so: say --who NAME")?;
        Ok(Wisher { who, why: self.why.clone(), at: super::now() })
    }
}

/// Carries out a repair, takes one back, or lists them.
pub fn run(args: RepairArgs) -> anyhow::Result<Outcome> {
    match args.command {
        Command::Move { report, story, by } => carry_out(&Wish::Move { report, story }, &by),
        Command::Join { stories, by } => carry_out(&Wish::Join { stories }, &by),
        Command::Split { story, reports, by } => carry_out(&Wish::Split { story, reports }, &by),
        Command::Same(two) => judge(two, true),
        Command::Different(two) => judge(two, false),
        Command::Undo { number, database } => {
            let store = database.open_to_change()?;
            repair::undo(&store, database::annotator(&store, None)?, number, &super::now())?;
            Ok(Outcome::Read)
        }
        Command::List { database, format } => {
            super::kept::list(&database.open_to_read()?.repairs()?, format, line)
        }
    }
}

fn judge(two: Two, same: bool) -> anyhow::Result<Outcome> {
    let Two { story, one, other, by } = two;
    carry_out(&Wish::Judge { story, one, other, same }, &by)
}

fn carry_out(wish: &Wish, by: &By) -> anyhow::Result<Outcome> {
    let store = by.database.open_to_change()?;
    let number = repair::repair(&store, database::annotator(&store, None)?, wish, by.wisher()?)?;
    Output::stdout().write(&format!("repair {number}; `rashomon repair undo {number}` takes it back\n"))?;
    Ok(Outcome::Read)
}

fn line(said: &Said) -> String {
    let Said { number, at, who, why, kind, said_of, undone_at, .. } = said;
    let undone = undone_at.as_ref().map(|at| format!(" (taken back {at})")).unwrap_or_default();
    format!("{number}  {at}  {}: {kind} {} — {}{undone}\n", plain(who), plain(&said_of.join(" ")), plain(why))
}
