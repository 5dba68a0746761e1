//! The command line. Only this module prints.
//!
//! In: the arguments. Out: text, JSON, JSON Lines or a page on the standard output or in a file, what could not
//! be read on the standard error, and an exit code: 0 where everything was read, 2 where something was not,
//! 1 where nothing was or the run could not go on. It does not know how a record is made.

mod args;
mod output;
mod read;
mod stream;
mod terminal;

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
}

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
        Command::Annotate(args) => stream::annotate(&args),
        Command::Group(args) => stream::group(&args),
        Command::Text(args) => stream::text(&args),
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
