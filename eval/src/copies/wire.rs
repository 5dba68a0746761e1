//! How well the agencies are found that reports credit with their words.
//!
//! In: PolNeAR's reports, and the `wire` column of its table, in which its makers put down the agency that a report is from. Out:
//! precision and recall over reports. It does not know which reports copied from which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::align::copies::credited;
use rashomon::report::agency_credits;

use crate::figures::Figure;
use crate::stories;

/// The set, within the data.
pub const CORPUS: &str = "polnear";
const PARTS: [&str; 2] = ["train/text", "dev/text"];

/// What was found of the agencies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Reports in which the right agency was found.
    pub found: usize,
    /// Reports of an agency in which it was not found.
    pub missed: Vec<String>,
    /// Reports in which an agency was found that the table does not name.
    pub wrong: Vec<String>,
    /// Reports of which the table says whether they are an agency's.
    pub reports: usize,
}

impl Score {
    /// Of the reports in which an agency was found, the share that it is right for, from 0 to 1.
    pub fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.wrong.len()).max(1) as f64
    }

    /// Of the reports of an agency, the share in which it was found.
    pub fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed.len()).max(1) as f64
    }
}

/// Scores and prints.
pub fn run(data: &Path, errors: bool) -> Result<()> {
    let score = score(&data.join(CORPUS))?;
    println!("{CORPUS}: {} reports, {} of an agency", score.reports, score.found + score.missed.len());
    println!("agency found: precision {:.4}, recall {:.4}", score.precision(), score.recall());
    if errors {
        score.wrong.iter().for_each(|name| println!("wrong {name}"));
        score.missed.iter().for_each(|name| println!("missed {name}"));
    }
    Ok(())
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(&data.join(CORPUS))?;
    let figure = |name, what, share: f64| Figure { name, what, value: 100.0 * share };
    Ok(vec![
        figure("credits.precision", "agencies that reports credit, precision", score.precision()),
        figure("credits.recall", "… recall", score.recall()),
    ])
}

fn score(folder: &Path) -> Result<Score> {
    let table = folder.join("metadata.tsv");
    let table = fs::read_to_string(&table).with_context(|| table.display().to_string())?;
    let gold = gold(&table)?;
    let mut score = Score::default();
    for (name, wire) in gold {
        let paths = PARTS.map(|part| folder.join(part).join(format!("{name}.txt")));
        // The table also names reports that the set does not hold.
        let Some(text) = paths.iter().find_map(|path| fs::read_to_string(path).ok()) else { continue };
        let mut report = stories::report(name.to_owned(), text);
        report.credits = agency_credits(&report.text, &report.regions);
        score.add(name, wire, &credited(&report));
    }
    Ok(score)
}

impl Score {
    fn add(&mut self, name: &str, wire: Option<&str>, found: &BTreeSet<&str>) {
        self.reports += 1;
        let right = wire.is_some_and(|wire| found.contains(wire));
        self.found += usize::from(right);
        if wire.is_some() && !right {
            self.missed.push(name.to_owned());
        }
        if !right && !found.is_empty() {
            self.wrong.push(name.to_owned());
        }
    }
}

/// For each report the agency that it is from by the table, `None` where it is from none; without those of which the table
/// does not say it.
fn gold(table: &str) -> Result<BTreeMap<&str, Option<&'static str>>> {
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().context("an empty table")?.split('\t').collect();
    let column =
        |name: &str| head.iter().position(|c| *c == name).with_context(|| format!("no column {name}"));
    let (file, wire) = (column("filename")?, column("wire")?);
    let mut gold = BTreeMap::new();
    for (n, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).with_context(|| format!("line {}: too few columns", n + 2));
        let agency = match cell(wire)?.to_lowercase().as_str() {
            "ap" => Some("Associated Press"),
            "afp" => Some("Agence France-Presse"),
            "upi" => Some("United Press International"),
            "reuters" => Some("Reuters"),
            "none" => None,
            _ => continue,
        };
        gold.insert(*cell(file)?, agency);
    }
    Ok(gold)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "filename\tlevel\twire\none\t1\tAP\ntwo\t1\tNone\nthree\t1\tNA\nfour\t2\treuters\n";

    #[test]
    fn the_table_says_which_agency_or_none_or_nothing() {
        let gold = gold(TABLE).expect("a table");
        assert_eq!(gold.len(), 3);
        assert_eq!((gold["one"], gold["two"]), (Some("Associated Press"), None));
        assert!(super::gold("filename\nx").is_err());
    }

    #[test]
    fn another_agency_is_wrong_and_a_miss() {
        let mut score = Score::default();
        score.add("one", Some("Associated Press"), &BTreeSet::from(["Reuters"]));
        score.add("two", None, &BTreeSet::new());
        score.add("four", Some("Reuters"), &BTreeSet::from(["Reuters"]));
        assert_eq!((score.precision(), score.recall(), score.reports), (0.5, 0.5, 3));
    }
}
