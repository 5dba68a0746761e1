//! Measures Rashomon on public data. Run it from the repository's root.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rashomon_eval::{attributions, gate, readme, record};

/// Measures Rashomon on public data and keeps its quality from falling.
#[derive(Parser)]
#[command(name = "eval")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score who said what against PolNeAR.
    Attributions(attributions::Options),
    /// Read reports and check what must hold of every record.
    Record {
        /// Files and folders.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Hold the measured figures to their floors.
    Gate(gate::Options),
    /// Write the measured figures into the README, or check them.
    Figures(readme::Options),
}

/// `false` where something measured is not as it should be.
fn run(command: &Command) -> Result<bool> {
    match command {
        Command::Attributions(options) => attributions::run(options).map(|()| true),
        Command::Record { paths } => record::run(paths),
        Command::Gate(options) => gate::run(options),
        Command::Figures(options) => readme::run(options),
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}
