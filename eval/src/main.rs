//! Measures Rashomon on public data. Run it from the repository's root.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rashomon_eval::figures::DATA;
use rashomon_eval::{
    attributions, claims, copies, coreference, entities, events, extraction, features, gate, idf, lines,
    pairs, quotations, readme, record, speakers, speed, stories, tagger, times,
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
    /// Score copied passages against labels by span.
    Copies(copies::Options),
    /// Draw pairs of passages to label, copied or not.
    DrawCopies(copies::draw::Options),
    /// Measure how fast reports are put into stories.
    Speed(speed::Options),
    /// Learn what the features of a pair of reports are worth.
    TrainGroup(pairs::Options),
    /// Score expressions of time on MEANTIME.
    Times,
    /// Score names and their kinds on CrossNER, Wikigold and GUM.
    #[command(alias = "names")]
    Entities(entities::Options),
    /// Score on GUM which words refer to the same.
    Coreference(coreference::Options),
    /// Score aligned propositions; or write the pairs for a baseline.
    Claims {
        /// Where to write the pairs with our candidates, as JSON Lines.
        #[arg(long)]
        export: Option<PathBuf>,
    },
    /// Draw pairs of statements to label, one claim or two.
    DrawClaims(claims::draw::Options),
    /// Learn which propositions say the same.
    TrainClaims,
    /// Score the types of events, who does them and to whom.
    Events(events::Options),
    /// Learn the types of events, and who has which part in them.
    TrainEvents(events::train::Options),
    /// Score the bodies, bylines and dates of web pages, and count pages a second.
    Extraction(extraction::Options),
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
        /// The labels, where no path is given.
        #[arg(long, default_value = lines::LABELS)]
        labels: PathBuf,
    },
    /// Hold the measured figures to their floors.
    Gate(gate::Options),
    /// Write the measured figures into the README; `gate --readme` checks them.
    Figures(readme::Options),
}

/// `false` where something measured is not as it should be.
fn run(command: &Command) -> Result<bool> {
    match command {
        Command::Attributions(options) => attributions::run(options).map(|()| true),
        Command::Quotations(options) => quotations::run(options).map(|()| true),
        Command::Speakers(options) => speakers::run(options).map(|()| true),
        Command::Copies(options) => copies::run(options).map(|()| true),
        Command::DrawCopies(options) => copies::draw::run(options).map(|()| true),
        Command::Speed(options) => speed::run(options).map(|()| true),
        Command::TrainGroup(options) => pairs::train(options).map(|()| true),
        Command::Stories(options) => stories::run(options).map(|()| true),
        Command::Times => times::score(&Path::new(DATA).join(times::CORPUS)).map(|score| {
            print!("{score}");
            true
        }),
        Command::Entities(options) => entities::run(options).map(|()| true),
        Command::Coreference(options) => coreference::run(options).map(|()| true),
        Command::Claims { export } => match export {
            Some(to) => claims::export(Path::new(DATA), to).map(|()| true),
            None => claims::run(Path::new(DATA)).map(|()| true),
        },
        Command::DrawClaims(options) => claims::draw::run(options).map(|()| true),
        Command::TrainClaims => claims::train(Path::new(DATA), Path::new(claims::MODEL)).map(|()| true),
        Command::Events(options) => events::run(Path::new(DATA), options).map(|()| true),
        Command::TrainEvents(options) => {
            events::train::run(Path::new(DATA), Path::new(events::train::MODEL), options).map(|()| true)
        }
        Command::Extraction(options) => extraction::run(options).map(|()| true),
        Command::Tagger => tagger::score(Path::new(DATA), Path::new(tagger::MODEL)).map(|scores| {
            tagger::show(&scores);
            true
        }),
        Command::TrainTagger => tagger::train(Path::new(DATA), Path::new(tagger::MODEL)).map(|()| true),
        Command::Features(options) => features::run(options).map(|()| true),
        Command::Idf(options) => idf::run(options).map(|()| true),
        Command::Record { paths, errors, labels } if paths.is_empty() => {
            let reports = Path::new(DATA).join(lines::CORPUS);
            let note = |line| {
                if *errors {
                    println!("  {line}");
                }
            };
            lines::score(&reports, labels, note).map(|score| {
                print!("{score}");
                true
            })
        }
        Command::Record { paths, .. } => record::run(paths),
        Command::Gate(options) => gate::run(options),
        Command::Figures(options) => readme::run(options).map(|()| true),
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
