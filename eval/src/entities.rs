//! How well names are found and sorted.
//!
//! In: texts with the names that others marked in them, and the names that the program finds, or those of a file. Out:
//! F1 of the spans, and of the spans with their kind, beside what another program gets on the same texts. It does
//! not know how the names are found, and not whether two are of one bearer.

pub mod baseline;
pub mod sets;
pub mod tally;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::annotate::{EntityKind, MentionKind, Model};
use serde::{Deserialize, Serialize};

use crate::figures::{DATA, Figure};
use crate::{corpus, gum, tagger};
use sets::{Sample, Set};
use tally::{Kind, Name, Score};

/// Where the sets lie within the data that are not GUM's.
pub const CORPUS: &str = "ner";

/// What to compare, and where to write it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of the data.
    #[arg(long, default_value = DATA)]
    pub data: PathBuf,
    /// The annotator.
    #[arg(long, default_value_t = Model::Accurate)]
    pub model: Model,
    /// Score this file of names (JSON Lines: `id`, `names` as start, end in code points, kind) instead.
    #[arg(long)]
    pub pred: Option<PathBuf>,
    /// Keep the figures of `--pred` under this name, to be printed beside ours.
    #[arg(long, value_name = "NAME", requires = "pred")]
    pub keep: Option<String>,
    /// Where they are kept.
    #[arg(long, default_value = baseline::FILE)]
    pub baselines: PathBuf,
    /// Only write the texts (JSON Lines: `id`, `text`), for another program to find the names in.
    #[arg(long)]
    pub texts: Option<PathBuf>,
    /// Print what was missed, and what was found where nothing is.
    #[arg(long)]
    pub errors: bool,
}

/// What another program is given.
#[derive(Serialize)]
struct Text<'a> {
    id: &'a str,
    text: &'a str,
}

/// What it gives back.
#[derive(Deserialize)]
struct Found {
    id: String,
    names: Vec<(usize, usize, Kind)>,
}

/// Scores and prints, or writes the texts.
pub fn run(options: &Options) -> Result<()> {
    if let Some(path) = &options.texts {
        return write_texts(&options.data, path);
    }
    let read = options.pred.as_deref().map(read_names).transpose()?;
    let mut kept = baseline::read(&options.baselines)?;
    for set in Set::ALL {
        let mut score = Score::default();
        for sample in set.samples(&options.data)? {
            let found = match &read {
                None => names(&sample.text, options.model),
                Some(read) => given(&sample, read)?,
            };
            score.compare(&sample.text, &sample.gold, &found);
            if options.errors {
                tally::show(&sample.text, &sample.gold, &found);
            }
        }
        print!("{} ({}): {score}", set.name(), set.what());
        let sha256 = corpus::sha256(&options.data.join(set.corpus()))?;
        match &options.keep {
            Some(of) => baseline::keep(&mut kept, of, set, &sha256, &score),
            None => {
                baseline::of(&kept, set).for_each(|other| println!("  beside it: {}", other.beside(&sha256)))
            }
        }
    }
    if options.keep.is_some() { baseline::write(&options.baselines, &kept) } else { Ok(()) }
}

fn write_texts(data: &Path, path: &Path) -> Result<()> {
    let mut lines = String::new();
    for set in Set::ALL {
        for Sample { id, text, .. } in set.samples(data)? {
            lines += &(serde_json::to_string(&Text { id: &id, text: &text })? + "\n");
        }
    }
    fs::write(path, lines).with_context(|| format!("cannot write {}", path.display()))
}

fn read_names(path: &Path) -> Result<BTreeMap<String, Found>> {
    let lines = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut all = BTreeMap::new();
    for (number, line) in lines.lines().enumerate() {
        let place = || format!("{}:{}", path.display(), number + 1);
        let found: Found = serde_json::from_str(line).with_context(place)?;
        all.insert(found.id.clone(), found);
    }
    Ok(all)
}

fn given(sample: &Sample, read: &BTreeMap<String, Found>) -> Result<Vec<Name>> {
    let found = read.get(&sample.id).with_context(|| format!("no names for the text {}", sample.id))?;
    let text = rashomon::report::Text::new(sample.text.as_str());
    let name = |&(start, end, kind): &(usize, usize, Kind)| {
        let span = text.span_of_code_points(start, end);
        Ok((span.with_context(|| format!("{}: no span {start} to {end}", sample.id))?, kind))
    };
    found.names.iter().map(name).collect()
}

/// The names that the program finds in `text`.
fn names(text: &str, model: Model) -> Vec<Name> {
    let mentions = model.annotator().annotate(&tagger::gold::report(text)).mentions;
    let names = mentions.iter().filter(|m| m.kind == MentionKind::Name);
    names.map(|m| (m.span, kind_of(m.of))).collect()
}

fn kind_of(kind: EntityKind) -> Kind {
    match kind {
        EntityKind::Person => Kind::Person,
        EntityKind::Organization => Kind::Organization,
        EntityKind::Place => Kind::Place,
        _ => Kind::Other,
    }
}

/// The figures on CrossNER and Wikigold for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    const POLITICS: [Label; 2] = [
        ("names.politics_span", "names in texts on politics, F1"),
        ("names.politics", "names in texts on politics, with their kind, F1"),
    ];
    const WIKI: [Label; 2] = [
        ("names.wiki_span", "names in encyclopedic texts, F1"),
        ("names.wiki", "names in encyclopedic texts, with their kind, F1"),
    ];
    Ok([figures_of(Set::Politics, data, POLITICS)?, figures_of(Set::Wiki, data, WIKI)?].concat())
}

/// The figures on GUM.
pub fn gum_figures(data: &Path) -> Result<Vec<Figure>> {
    const DEV: [Label; 2] = [
        ("names.gum_dev_span", "names in texts of ten genres (dev), F1"),
        ("names.gum_dev", "names in texts of ten genres (dev), with their kind, F1"),
    ];
    const TEST: [Label; 2] = [
        ("names.gum_test_span", "names in texts of ten genres (test), F1"),
        ("names.gum_test", "names in texts of ten genres (test), with their kind, F1"),
    ];
    Ok([figures_of(Set::GumDev, data, DEV)?, figures_of(Set::GumTest, data, TEST)?].concat())
}

/// Where the figures of [`gum_figures`] are measured.
pub const GUM: &str = gum::CORPUS;

/// A figure's name, and what it says.
type Label = (&'static str, &'static str);

fn figures_of(set: Set, data: &Path, [span, kind]: [Label; 2]) -> Result<Vec<Figure>> {
    let mut score = Score::default();
    for sample in set.samples(data)? {
        score.compare(&sample.text, &sample.gold, &names(&sample.text, Model::Accurate));
    }
    let figure = |(name, what), value| Figure { name, what, value };
    Ok(vec![figure(span, score.span_f1()), figure(kind, score.kind_f1())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_file_are_code_points() {
        let sample = Sample { id: "a".into(), text: "Zoë met Ann.".into(), gold: vec![] };
        let names = |range| Found { id: "a".into(), names: vec![range] };
        let read = |range| BTreeMap::from([("a".to_owned(), names(range))]);
        let found = given(&sample, &read((8, 11, Kind::Person))).expect("it stands there");
        assert_eq!(found[0].0.of(&sample.text), "Ann");
        assert!(given(&sample, &read((8, 40, Kind::Person))).is_err());
        assert!(given(&sample, &BTreeMap::new()).is_err());
    }
}
