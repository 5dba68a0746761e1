//! Does Rashomon know which words refer to the same?
//!
//! In: GUM's documents with their mentions and entities, and what the program finds in their texts. Out: the CoNLL
//! score (the mean F1 of MUC, B³ and CEAF_e) of all mentions, and of those that a record uses. It does not know how
//! the references were resolved.

pub mod mentions;
pub mod metrics;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use rashomon::annotate::Model;

use crate::figures::{DATA, Figure};
use crate::{gum, tagger};
use mentions::View;
use metrics::Scores;

/// Where it is measured, within the data.
pub const CORPUS: &str = gum::CORPUS;

/// What to compare.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of the data.
    #[arg(long, default_value = DATA)]
    pub data: PathBuf,
    /// The annotator.
    #[arg(long, default_value_t = Model::Accurate)]
    pub model: Model,
}

/// The scores of one part of GUM.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Number of documents.
    pub documents: usize,
    /// All mentions, by their exact spans; those of which there is one count too.
    pub all: Scores,
    /// All mentions, without those of which there is one.
    pub chains: Scores,
    /// Names, titles and pronouns of persons, organizations and places; single ones count too.
    pub record: Scores,
    /// The same without single ones.
    pub record_chains: Scores,
    /// Those that a record uses as the rules alone resolve them: what a record rests on. Single ones count.
    pub resolved: Scores,
}

/// Scores and prints.
pub fn run(options: &Options) -> Result<()> {
    for part in ["dev", "test"] {
        let scores = score(&options.data, part, options.model)?;
        println!("GUM {part}, {} documents", scores.documents);
        println!(" all mentions, by exact spans; one that is alone counts, as in GUM");
        print!("{}", scores.all);
        println!(" … without those that are alone, on either side, as in OntoNotes");
        print!("{}", scores.chains);
        println!(
            " names, titles and pronouns of persons, organizations and places; one that is alone counts"
        );
        print!("{}", scores.record);
        println!(" … without those that are alone");
        print!("{}", scores.record_chains);
        println!(
            " … as the entities have them, without what a network only thinks likely; one that is alone counts"
        );
        print!("{}", scores.resolved);
    }
    Ok(())
}

/// Scores one part of GUM.
pub fn score(data: &Path, part: &str, model: Model) -> Result<Part> {
    let documents = gum::documents(data, part)?;
    ensure!(!documents.is_empty(), "no documents of GUM's part {part} in {}", data.display());
    let mut scores = Part { documents: documents.len(), ..Part::default() };
    for document in documents {
        let report = tagger::gold::report(&document.text);
        let layers = model.annotator().annotate(&report);
        for (view, singles, chains) in [
            (View::All, &mut scores.all, &mut scores.chains),
            (View::Record, &mut scores.record, &mut scores.record_chains),
        ] {
            let key = mentions::of_gum(&document, view);
            let response = mentions::of_layers(&document.text, &layers, view);
            singles.add(&key, &response);
            chains.add(&metrics::without_singles(&key), &metrics::without_singles(&response));
        }
        let resolved = mentions::of_entities(&document.text, &layers, View::Record);
        scores.resolved.add(&mentions::of_gum(&document, View::Record), &resolved);
    }
    Ok(scores)
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let [dev, test] = ["dev", "test"].map(|part| score(data, part, Model::Accurate));
    let (dev, test) = (dev?, test?);
    let figure = |name, what, scores: &Scores| Figure { name, what, value: 100.0 * scores.conll() };
    Ok(vec![
        figure("coreference.dev", "which words refer to the same (dev), CoNLL F1", &dev.all),
        figure("coreference.dev_record", "… of names, titles and pronouns", &dev.record),
        figure("coreference.dev_resolved", "… as a record resolves them", &dev.resolved),
        figure("coreference.test", "which words refer to the same (test), CoNLL F1", &test.all),
        figure("coreference.test_record", "… of names, titles and pronouns", &test.record),
        figure("coreference.test_resolved", "… as a record resolves them", &test.resolved),
    ])
}
