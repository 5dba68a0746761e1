//! Measures Rashomon on public data. Run it from the repository's root.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rashomon_eval::figures::DATA;
use rashomon_eval::{
    attributions, coreference, entities, features, gate, idf, lines, quotations, readme, record, speakers,
    stories, tagger, times,
};

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
    /// Score whose words quoted passages are, within one report.
    Speakers(speakers::Options),
    /// Score the stories that reports are put in.
    Stories(stories::Options),
    /// Score expressions of time on MEANTIME.
    Times,
    /// Score names and their kinds on CrossNER, Wikigold and GUM.
    #[command(alias = "names")]
    Entities(entities::Options),
    /// Score on GUM which words refer to the same.
    Coreference(coreference::Options),
    /// Score the tagger of parts of speech.
    Tagger,
    /// Train the tagger of parts of speech.
    TrainTagger,
    /// Write what the networks are told about texts, for training them.
    Features(features::Options),
    /// Learn how rare words are.
    Idf(idf::Options),
    /// Read reports and check what must hold of every record; without a path, score the lines of labelled stories.
    Record {
        /// Files and folders.
        paths: Vec<PathBuf>,
        /// Print every line that is wrong or missing.
        #[arg(long)]
        errors: bool,
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
        Command::Quotations(options) => quotations::run(options).map(|()| true),
        Command::Speakers(options) => speakers::run(options).map(|()| true),
        Command::Stories(options) => stories::run(options).map(|()| true),
        Command::Times => times::score(&Path::new(DATA).join(times::CORPUS)).map(|score| {
            print!("{score}");
            true
        }),
        Command::Entities(options) => entities::run(options).map(|()| true),
        Command::Coreference(options) => coreference::run(options).map(|()| true),
        Command::Tagger => tagger::score(Path::new(DATA), Path::new(tagger::MODEL)).map(|scores| {
            tagger::show(&scores);
            true
        }),
        Command::TrainTagger => tagger::train(Path::new(DATA), Path::new(tagger::MODEL)).map(|()| true),
        Command::Features(options) => features::run(options).map(|()| true),
        Command::Idf(options) => idf::run(options).map(|()| true),
        Command::Record { paths, errors } if paths.is_empty() => {
            let reports = Path::new(DATA).join(lines::CORPUS);
            let note = |line| {
                if *errors {
                    println!("  {line}");
                }
            };
            lines::score(&reports, Path::new(lines::LABELS), note).map(|score| {
                print!("{score}");
                true
            })
        }
        Command::Record { paths, .. } => record::run(paths),
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
