//! The command line. Only this module prints.
//!
//! In: the arguments. Out: text, JSON, JSON Lines or a page on the standard output or in a file, what could not
//! be read on the standard error, and an exit code: 0 where everything was read, 2 where something was not,
//! 1 where nothing was or the run could not go on. It does not know how a record is made.

mod add;
mod args;
mod database;
mod export;
mod interrupt;
mod keep_args;
mod kept;
mod output;
mod progress;
mod read;
mod rebuild;
mod repair;
mod stream;
mod terminal;
mod watch;
mod why;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, SchemaOf};
use output::Output;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was read.
    Read,
    /// Something was not.
    SomeRefused,
    /// Nothing was.
    NothingRead,
    /// A person stopped it.
    Stopped,
}

/// What a shell expects of a program that Ctrl-C ended.
const STOPPED: u8 = 130;

impl Outcome {
    fn of(reports: usize, refusals: usize) -> Self {
        match (reports, refusals) {
            (0, _) => Outcome::NothingRead,
            (_, 0) => Outcome::Read,
            _ => Outcome::SomeRefused,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Outcome::Read) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRefused) => ExitCode::from(2),
        Ok(Outcome::NothingRead) => ExitCode::FAILURE,
        Ok(Outcome::Stopped) => ExitCode::from(STOPPED),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Read(args) => read::run(args.resolve()),
        Command::Annotate(args) => stream::annotate(&args.filter, args.model),
        Command::Group(args) => stream::group(&args),
        Command::Why { one, other } => why::run(&one, &other),
        Command::Text(args) => stream::text(&args),
        Command::Add(args) => add::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Stories(args) => kept::stories(args),
        Command::Story(args) => kept::story(args),
        Command::Search(args) => kept::search(args),
        Command::Said(args) => kept::said(args),
        Command::Export(args) => export::run(args),
        Command::Repair(args) => repair::run(args),
        Command::Rebuild(args) => rebuild::run(args),
        Command::Schema { of } => schema(of),
    }
}

fn schema(of: SchemaOf) -> anyhow::Result<Outcome> {
    let schema = match of {
        SchemaOf::Read => crate::view::json::schema()?,
        SchemaOf::Annotate => crate::view::annotation::schema()?,
    };
    Output::stdout().write(&schema)?;
    Ok(Outcome::Read)
}

/// The time, to the second (RFC 3339, UTC). Only the command line has a clock.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_read_nothing_failed() {
        assert_eq!(Outcome::of(0, 0), Outcome::NothingRead);
        assert_eq!(Outcome::of(0, 3), Outcome::NothingRead);
        assert_eq!(Outcome::of(3, 1), Outcome::SomeRefused);
        assert_eq!(Outcome::of(3, 0), Outcome::Read);
    }
}
