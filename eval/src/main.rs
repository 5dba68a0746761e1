//! Measures Rashomon on public data. Run it from the repository's root.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rashomon_eval::{attributions, gate, idf, quotations, readme, record, stories, tagger};

/// Where the public data lies, and the tagger's model.
const DATA: &str = "../shared/data";
const TAGGER: &str = "models/pos/tagger.bin";

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
    /// Score quoted passages and their speakers against labels by span.
    Quotations(quotations::Options),
    /// Score the stories that reports are put into.
    Stories(stories::Options),
    /// Score the tagger of parts of speech.
    Tagger,
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
    /// Train the tagger of parts of speech: writes models/pos/tagger.bin and prints its scores.
    TrainTagger,
    /// Learn how rare words are: writes models/idf/idf.bin.
    TrainIdf(idf::Options),
}

/// `false` where something measured is not as it should be.
fn run(command: &Command) -> Result<bool> {
    let (data, model) = (Path::new(DATA), Path::new(TAGGER));
    match command {
        Command::Attributions(options) => attributions::run(options).map(|()| true),
        Command::Quotations(options) => quotations::run(options).map(|()| true),
        Command::Stories(options) => stories::run(options).map(|()| true),
        Command::Tagger => tagger::score(data, model).map(|scores| tagger::show(&scores)).map(|()| true),
        Command::Record { paths } => record::run(paths),
        Command::Gate(options) => gate::run(options),
        Command::Figures(options) => readme::run(options),
        Command::TrainTagger => tagger::train(data, model).map(|()| true),
        Command::TrainIdf(options) => idf::run(options).map(|()| true),
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
