//! Does the README say what is measured today?
//!
//! In: measured figures and the README. Out: the table between its marks, written or compared. It does not know how
//! to measure.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::figures::{DATA, Measured, measure_all};

const BEGIN: &str = "<!-- figures:begin -->\n";
const END: &str = "<!-- figures:end -->";

/// Where the table goes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of the data.
    #[arg(long, default_value = DATA)]
    pub data: PathBuf,
    /// The file with the marks.
    #[arg(long, default_value = "README.md")]
    pub readme: PathBuf,
}

/// Writes the table of figures.
pub fn run(options: &Options) -> Result<()> {
    let measured = measure_all(&options.data)?;
    if measured.is_empty() {
        println!("skipped: no figures without data");
        return Ok(());
    }
    print!("{}", table(&measured));
    let path = &options.readme;
    let Some(new) = outdated(path, &measured)? else { return Ok(()) };
    fs::write(path, new).with_context(|| format!("cannot write {}", path.display()))
}

/// Whether the file at `path` says what was `measured`; tells where it does not.
pub fn check(path: &Path, measured: &[Measured]) -> Result<bool> {
    if measured.is_empty() {
        return Ok(true);
    }
    let same = outdated(path, measured)?.is_none();
    if !same {
        println!("{} says otherwise: `just figures` writes the table", path.display());
    }
    Ok(same)
}

/// What the file at `path` ought to be; `None` where it is that.
fn outdated(path: &Path, measured: &[Measured]) -> Result<Option<String>> {
    let now = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let new = replaced(&now, &table(measured)).with_context(|| format!("{}: no {BEGIN}", path.display()))?;
    Ok(Some(new).filter(|new| *new != now))
}

fn table(measured: &[Measured]) -> String {
    let mut table = "| measured | on | today |\n|---|---|---:|\n".to_owned();
    for set in measured {
        for figure in &set.figures {
            // The seeds lie beside the other data.
            let corpus = set.corpus.trim_start_matches("../");
            table += &format!("| {} | {corpus} | {:.1} |\n", figure.what, figure.value);
        }
    }
    table
}

fn replaced(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{table}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Figure;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let text = format!("head\n{BEGIN}old\n{END}\ntail\n");
        let new = replaced(&text, "new\n").expect("marks");
        assert_eq!(new, format!("head\n{BEGIN}new\n{END}\ntail\n"));
        assert_eq!(replaced(&new, "new\n").as_deref(), Some(new.as_str()));
        assert_eq!(replaced("no marks", "new"), None);
    }

    #[test]
    fn one_row_for_each_figure() {
        let figures = vec![Figure { name: "a", what: "contents, F1", value: 41.26 }];
        let set = Measured { corpus: "polnear/dev", sha256: String::new(), figures };
        assert!(table(&[set]).ends_with("| contents, F1 | polnear/dev | 41.3 |\n"));
    }
}
