//! Measures Rashomon on public data.

mod tagger;
mod times;

use std::path::Path;

use clap::{Parser, Subcommand};

/// Measures Rashomon on public data and keeps its quality from falling.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train the tagger of parts of speech: writes models/pos/tagger.bin and prints its scores.
    TrainTagger,
    /// Print the tagger's scores.
    Tagger,
    /// Score expressions of time.
    Times,
}

fn main() -> anyhow::Result<()> {
    let (data, model) = (Path::new("../shared/data"), Path::new("models/pos/tagger.bin"));
    match Args::parse().command {
        Command::TrainTagger => tagger::train(data, model),
        Command::Tagger => tagger::score(data, model).map(|scores| tagger::show(&scores)),
        Command::Times => times::score(&data.join("meantime")).map(|score| println!("{score}")),
    }
}
