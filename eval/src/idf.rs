//! Learns how rare words are.
//!
//! In: reports as JSON Lines. Out: the table that `group` weighs terms with. It does not know stories: only
//! the number of reports that a term stands in is counted, no text is kept.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rashomon::group::{Document, Rarity};
use sha2::{Digest, Sha256};

use crate::stories;

/// Where to read and write.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Reports, JSON Lines.
    #[arg(default_values = ["../shared/data/stories/train.jsonl", "../shared/data/stories/stream.jsonl"])]
    pub inputs: Vec<PathBuf>,
    /// The table.
    #[arg(long, default_value = "models/idf/idf.bin")]
    pub output: PathBuf,
}

/// Learns the table from all inputs and writes it.
pub fn run(options: &Options) -> Result<()> {
    let mut documents = Vec::new();
    for input in &options.inputs {
        documents.extend(stories::read(input)?.iter().map(|l| Document::of(&l.report)));
    }
    let table = Rarity::learn(&documents);
    let bytes = table.bytes();
    fs::write(&options.output, &bytes).with_context(|| options.output.display().to_string())?;
    let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    println!("{} reports, {} terms, {} bytes, sha256 {hash}", table.reports(), table.terms(), bytes.len());
    Ok(())
}
