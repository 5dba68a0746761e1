//! Is it still as good as it was?
//!
//! In: measured figures and `floors.toml`. Out: a verdict for each figure; with `--update`, higher floors. It does
//! not know how to measure. A floor only rises by itself; to lower one, a person names it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::figures::{DATA, Figure, Measured, measure_all};
use crate::readme;

/// By how many points a figure may fall below its floor. The program is deterministic, so that no chance is
/// allowed for; the margin leaves room for a change that gains more elsewhere.
const MARGIN: f64 = 0.5;

const HEADER: &str = "\
# What the measured figures must not fall below. `just gate` checks, `just gate --update` raises, and
# `just gate --lower NAME` sets one anew, which wants a reason in the commit. `sha256` ties a floor to its data.

";

/// What to do with the floors.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of the data.
    #[arg(long, default_value = DATA)]
    pub data: PathBuf,
    /// File of the floors.
    #[arg(long, default_value = "eval/floors.toml")]
    pub floors: PathBuf,
    /// Check as well that the table of figures in this file says what is measured.
    #[arg(long)]
    pub readme: Option<PathBuf>,
    /// Raise the floors to what is measured; add those that are missing.
    #[arg(long)]
    pub update: bool,
    /// Set this floor to what is measured, even if that is lower.
    #[arg(long, value_name = "NAME")]
    pub lower: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Floors {
    #[serde(default)]
    floor: Vec<Floor>,
}

/// What one figure must not fall below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    /// The figure's name.
    pub name: String,
    /// What it was.
    pub floor: f64,
    /// How far below that it may be.
    pub margin: f64,
    /// The data that it was measured on.
    pub corpus: String,
    /// Their hash.
    pub sha256: String,
}

/// How a figure stands to its floor.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// At or above the floor, less its margin.
    Holds(f64),
    /// Below that.
    Fell(f64),
    /// The data are not those that the floor was set on.
    OtherData,
    /// There is no floor yet.
    NoFloor,
    /// The figure is no longer measured although its data are there.
    Gone,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Holds(floor) => write!(f, "holds (floor {floor:.1})"),
            Verdict::Fell(floor) => write!(f, "FELL below its floor of {floor:.1}"),
            Verdict::OtherData => write!(f, "OTHER DATA than its floor was set on"),
            Verdict::NoFloor => write!(f, "has no floor yet (--update sets one)"),
            Verdict::Gone => write!(f, "has a floor but is no longer MEASURED"),
        }
    }
}

impl Verdict {
    fn passes(&self) -> bool {
        matches!(self, Verdict::Holds(_) | Verdict::NoFloor)
    }
}

/// Measures, compares, prints; `false` where a figure fell.
pub fn run(options: &Options) -> Result<bool> {
    let mut floors = read(&options.floors)?;
    let measured = measure_all(&options.data)?;
    if options.update || !options.lower.is_empty() {
        settle(&mut floors, &measured, options);
        let text = HEADER.to_owned() + &toml::to_string(&floors)?;
        fs::write(&options.floors, text)
            .with_context(|| format!("cannot write {}", options.floors.display()))?;
    }
    let mut passes = true;
    for set in &measured {
        for (name, value, verdict) in judge(&floors.floor, set) {
            passes &= verdict.passes();
            println!("{name:24} {value:>6}  {verdict}");
        }
    }
    if let Some(path) = &options.readme {
        passes &= readme::check(path, &measured)?;
    }
    Ok(passes)
}

fn read(path: &Path) -> Result<Floors> {
    if !path.exists() {
        return Ok(Floors::default());
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{}: not a file of floors", path.display()))
}

/// Name, value and verdict of each figure of a set, and of each floor on it that has no figure.
fn judge(floors: &[Floor], set: &Measured) -> Vec<(String, String, Verdict)> {
    let of = |figure: &Figure| {
        let floor = floors.iter().find(|floor| floor.name == figure.name);
        (figure.name.to_owned(), format!("{:.1}", figure.value), verdict(floor, figure, &set.sha256))
    };
    let measured = |floor: &Floor| set.figures.iter().any(|figure| figure.name == floor.name);
    let gone = floors.iter().filter(|floor| floor.corpus == set.corpus && !measured(floor));
    let gone = gone.map(|floor| (floor.name.clone(), "-".to_owned(), Verdict::Gone));
    set.figures.iter().map(of).chain(gone).collect()
}

fn verdict(floor: Option<&Floor>, figure: &Figure, sha256: &str) -> Verdict {
    match floor {
        None => Verdict::NoFloor,
        Some(floor) if floor.sha256 != sha256 => Verdict::OtherData,
        Some(floor) if figure.value < floor.floor - floor.margin => Verdict::Fell(floor.floor),
        Some(floor) => Verdict::Holds(floor.floor),
    }
}

/// Raises, adds, and lowers what is named.
fn settle(floors: &mut Floors, measured: &[Measured], options: &Options) {
    for set in measured {
        for figure in &set.figures {
            let lower = options.lower.iter().any(|name| name == figure.name);
            // A floor is kept to the digit that is printed, rounded down, so that it holds today.
            let value = (figure.value * 10.0).floor() / 10.0;
            match floors.floor.iter_mut().find(|floor| floor.name == figure.name) {
                Some(floor) if lower || (options.update && value >= floor.floor) => {
                    floor.floor = value;
                    floor.sha256.clone_from(&set.sha256);
                }
                Some(_) => {}
                None if options.update => floors.floor.push(Floor {
                    name: figure.name.to_owned(),
                    floor: value,
                    margin: MARGIN,
                    corpus: set.corpus.to_owned(),
                    sha256: set.sha256.clone(),
                }),
                None => {}
            }
        }
    }
    floors.floor.sort_by(|a, b| a.name.cmp(&b.name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(value: f64, sha256: &str) -> Measured {
        let figure = Figure { name: "a.soft", what: "a", value };
        Measured { corpus: "a", sha256: sha256.to_owned(), figures: vec![figure] }
    }

    fn options(update: bool, lower: &[&str]) -> Options {
        let lower = lower.iter().map(|&name| name.to_owned()).collect();
        Options { data: PathBuf::new(), floors: PathBuf::new(), readme: None, update, lower }
    }

    fn floors(floor: f64) -> Floors {
        let (name, corpus, sha256) = ("a.soft".to_owned(), "a".to_owned(), "1".to_owned());
        Floors { floor: vec![Floor { name, floor, margin: 0.5, corpus, sha256 }] }
    }

    fn verdict_on(value: f64, sha256: &str) -> Verdict {
        judge(&floors(40.0).floor, &measured(value, sha256)).remove(0).2
    }

    #[test]
    fn a_figure_may_fall_by_the_margin_and_no_further() {
        assert_eq!(verdict_on(39.5, "1"), Verdict::Holds(40.0));
        assert_eq!(verdict_on(39.4, "1"), Verdict::Fell(40.0));
        assert_eq!(verdict_on(90.0, "2"), Verdict::OtherData);
        assert!(!Verdict::Fell(40.0).passes() && !Verdict::OtherData.passes() && !Verdict::Gone.passes());
    }

    #[test]
    fn update_raises_and_never_lowers() {
        let mut held = floors(40.0);
        settle(&mut held, &[measured(39.9, "2")], &options(true, &[]));
        assert_eq!(held.floor, floors(40.0).floor);
        settle(&mut held, &[measured(41.27, "2")], &options(true, &[]));
        assert_eq!((held.floor[0].floor, held.floor[0].sha256.as_str()), (41.2, "2"));
    }

    #[test]
    fn lowering_takes_the_name() {
        let mut held = floors(40.0);
        settle(&mut held, &[measured(30.0, "1")], &options(false, &["b.soft"]));
        assert_eq!(held.floor[0].floor, 40.0);
        settle(&mut held, &[measured(30.0, "1")], &options(false, &["a.soft"]));
        assert_eq!(held.floor[0].floor, 30.0);
    }

    #[test]
    fn missing_floors_are_added_by_update_only() {
        let mut held = Floors::default();
        settle(&mut held, &[measured(30.0, "1")], &options(false, &[]));
        assert!(held.floor.is_empty());
        settle(&mut held, &[measured(30.0, "1")], &options(true, &[]));
        assert_eq!(held.floor.len(), 1);
        let text = toml::to_string(&held).expect("floors are TOML");
        assert_eq!(toml::from_str::<Floors>(&text).expect("and back").floor, held.floor);
    }

    #[test]
    fn a_floor_without_a_figure_is_noticed() {
        let mut set = measured(50.0, "1");
        set.figures.clear();
        assert_eq!(judge(&floors(40.0).floor, &set)[0].2, Verdict::Gone);
    }
}
