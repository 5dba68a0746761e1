//! What another program gets on the same texts.
//!
//! In: a small file of figures, each with the hash of the data that it was measured on. Out: lines to print beside ours.
//! It does not know how to run the other program; the scripts in `eval/baselines/` do, and `eval entities --keep`
//! writes the file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::sets::Set;
use super::tally::Score;

/// Where the figures are kept, seen from the repository's root.
pub const FILE: &str = "eval/baselines/names.toml";

const HEADER: &str = "\
# What other programs get on the texts of `eval entities`, by the same scoring. eval/baselines/spacy_names.py says how
# the figures are made again. `sha256` is the data's.

";

/// The file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Baselines {
    #[serde(default)]
    baseline: Vec<Baseline>,
}

/// The figures of one program on one set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// The program and its version.
    pub of: String,
    /// The set's name.
    pub set: String,
    /// Hash of the data.
    pub sha256: String,
    /// F1 of the spans, in percent.
    pub span: f64,
    /// F1 of the spans with their kinds, in percent.
    pub kind: f64,
}

impl Baseline {
    /// What to print on data with the hash `sha256`.
    pub fn beside(&self, sha256: &str) -> String {
        if self.sha256 != sha256 {
            return format!("{} was measured on OTHER DATA", self.of);
        }
        format!("{}, span F1 {:.1}, span and kind F1 {:.1}", self.of, self.span, self.kind)
    }
}

/// Reads the file; without one nothing is kept.
pub fn read(path: &Path) -> Result<Baselines> {
    if !path.exists() {
        return Ok(Baselines::default());
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{}: not a file of baselines", path.display()))
}

/// Writes it.
pub fn write(path: &Path, kept: &Baselines) -> Result<()> {
    let text = HEADER.to_owned() + &toml::to_string(kept)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The figures on `set`.
pub fn of(kept: &Baselines, set: Set) -> impl Iterator<Item = &Baseline> {
    kept.baseline.iter().filter(move |baseline| baseline.set == set.name())
}

/// Sets the figures of the program `of` on `set`.
pub fn keep(kept: &mut Baselines, of: &str, set: Set, sha256: &str, score: &Score) {
    let round = |value: f64| (value * 10.0).round() / 10.0;
    kept.baseline.retain(|baseline| (baseline.of.as_str(), baseline.set.as_str()) != (of, set.name()));
    kept.baseline.push(Baseline {
        of: of.to_owned(),
        set: set.name().to_owned(),
        sha256: sha256.to_owned(),
        span: round(score.span_f1()),
        kind: round(score.kind_f1()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_replaced_and_only_stands_beside_its_own_data() {
        let mut kept = Baselines::default();
        let score = |span| Score { gold: 3, found: 3, span, kind: 1, ..Score::default() };
        keep(&mut kept, "a", Set::Wiki, "1", &score(2));
        keep(&mut kept, "a", Set::Wiki, "1", &score(3));
        keep(&mut kept, "a", Set::GumDev, "1", &score(3));
        let wiki: Vec<&Baseline> = of(&kept, Set::Wiki).collect();
        assert_eq!(wiki.len(), 1);
        assert_eq!(wiki[0].beside("1"), "a, span F1 100.0, span and kind F1 33.3");
        assert!(wiki[0].beside("2").contains("OTHER DATA"));
        let back: Baselines = toml::from_str(&toml::to_string(&kept).expect("TOML")).expect("and back");
        assert_eq!(back.baseline, kept.baseline);
    }
}
