//! Are the lines of a record the ones that a reader would write?
//!
//! In: labelled stories (see `eval/labels/README.md`) and their reports. Out: precision and recall of the quotations
//! that reports share, of differences and of agreements. It does not know how the lines were found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon::align::{Account, align};
use rashomon::annotate::Model;
use rashomon::record::{Evidence, Story};
use serde::Deserialize;

use crate::figures::Figure;

/// The reports, within the data.
pub const CORPUS: &str = "stories/train.jsonl";

/// Their labels, seen from the repository's root.
pub const LABELS: &str = "eval/labels/train-record.tsv";

/// What is labelled of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    All,
    Agreements,
}

/// A place of a labelled line.
#[derive(Clone, Debug)]
struct Place {
    reading: String,
    report: String,
    start: usize,
    end: usize,
}

/// A line that a record of the story should, or may, hold.
#[derive(Clone, Debug)]
struct Label {
    kind: String,
    must: bool,
    places: Vec<Place>,
}

/// The labels of one story.
#[derive(Debug)]
struct Labelled {
    scope: Scope,
    lines: BTreeMap<String, Label>,
}

/// A line that the record holds: its readings, each with its evidence.
struct Printed<'a> {
    kind: &'a str,
    readings: Vec<Vec<&'a Evidence>>,
}

/// Counts of one sort of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Printed and right.
    pub right: usize,
    /// Printed and wrong.
    pub wrong: usize,
    /// Should be printed and was.
    pub met: usize,
    /// Should be printed and was not.
    pub missed: usize,
}

impl Tally {
    /// Of what was printed, the part that is right, in percent.
    pub fn precision(self) -> f64 {
        percent(self.right, self.right + self.wrong)
    }
    /// Of what should be printed, the part that was, in percent.
    pub fn recall(self) -> f64 {
        percent(self.met, self.met + self.missed)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The three sorts of lines that are scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Quotations that two reports share.
    pub quotations: Tally,
    /// Differences.
    pub differences: Tally,
    /// Agreements.
    pub agreements: Tally,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let lines = [
            ("shared quotations", self.quotations),
            ("differences", self.differences),
            ("agreements", self.agreements),
        ];
        for (name, tally) in lines {
            writeln!(
                f,
                "{name:<18} precision {:5.1} ({} of {})  recall {:5.1} ({} of {})",
                tally.precision(),
                tally.right,
                tally.right + tally.wrong,
                tally.recall(),
                tally.met,
                tally.met + tally.missed,
            )?;
        }
        Ok(())
    }
}

/// What `gate` and the README say of them.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(&data.join(CORPUS), Path::new(LABELS), |_| ())?;
    let figure = |name, what, value| Figure { name, what, value };
    Ok(vec![
        figure(
            "record.quotations.precision",
            "quotations that reports share, precision",
            score.quotations.precision(),
        ),
        figure("record.quotations.recall", "… recall", score.quotations.recall()),
        figure(
            "record.differences.precision",
            "differences between reports, precision",
            score.differences.precision(),
        ),
        figure("record.differences.recall", "… recall", score.differences.recall()),
        figure("record.agreements.precision", "agreements, precision", score.agreements.precision()),
        figure("record.agreements.recall", "… recall", score.agreements.recall()),
    ])
}

#[derive(Deserialize)]
struct InStory {
    id: String,
    story: String,
}

/// Scores the records of the labelled stories; every line that is wrong or missing goes to `note`.
pub fn score(reports: &Path, labels: &Path, mut note: impl FnMut(String)) -> Result<Score> {
    let labelled = read(labels)?;
    let text = fs::read_to_string(reports).with_context(|| format!("cannot read {}", reports.display()))?;
    let mut lines_of: BTreeMap<&str, String> = BTreeMap::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (n, line) in text.lines().enumerate() {
        let of: InStory =
            serde_json::from_str(line).with_context(|| format!("{}:{}", reports.display(), n + 1))?;
        if let Some((story, _)) = labelled.get_key_value(&of.story) {
            let lines = lines_of.entry(story).or_default();
            lines.push_str(line);
            lines.push('\n');
            ids.insert(of.id);
        }
    }
    let mut score = Score::default();
    for (story, labelled) in &labelled {
        let Some(lines) = lines_of.get(story.as_str()) else {
            bail!("{story} is not in {}", reports.display())
        };
        if let Some(place) =
            labelled.lines.values().flat_map(|l| &l.places).find(|p| !ids.contains(&p.report))
        {
            bail!("{}: {story} has no report {}", labels.display(), place.report);
        }
        let record = record(story, lines);
        count(&mut score, labelled, &record, |line| note(format!("{story} {line}")));
    }
    Ok(score)
}

/// The record of the reports in `lines`, whether or not they would be grouped.
fn record(story: &str, lines: &str) -> Story {
    let read = rashomon::source::read(&format!("{story}.jsonl"), lines.as_bytes());
    let account = |report| Account::new(Model::Accurate.annotator().annotate(&report), report);
    let accounts: Vec<Account> = read.reports.into_iter().map(account).collect();
    align(&accounts.iter().collect::<Vec<_>>())
}

fn count(score: &mut Score, labelled: &Labelled, record: &Story, mut note: impl FnMut(String)) {
    let sorts: [(&mut Tally, Vec<Printed>, &[&str]); 3] = [
        (&mut score.quotations, shared_quotations(record), &["quotation"]),
        (&mut score.differences, differences(record), DIFFERENCES),
        (&mut score.agreements, agreements(record), &["agreement"]),
    ];
    for (tally, printed, kinds) in sorts {
        if labelled.scope == Scope::Agreements && kinds != ["agreement"] {
            continue;
        }
        let labels: Vec<(&String, &Label)> =
            labelled.lines.iter().filter(|(_, l)| kinds.contains(&l.kind.as_str())).collect();
        for line in &printed {
            let meets = |must: bool| labels.iter().any(|(_, l)| l.must == must && line.meets(l));
            match (meets(true), meets(false)) {
                (true, _) => tally.right += 1,
                (false, true) => {}
                _ => {
                    tally.wrong += 1;
                    note(format!("wrong {line}"));
                }
            }
        }
        for (name, label) in labels.iter().filter(|(_, l)| l.must) {
            if printed.iter().any(|line| line.meets(label)) {
                tally.met += 1;
            } else {
                tally.missed += 1;
                let places: Vec<String> =
                    label.places.iter().map(|p| format!("{} {}-{}", p.report, p.start, p.end)).collect();
                note(format!("missed {name} {}", places.join(", ")));
            }
        }
    }
}

const DIFFERENCES: &[&str] =
    &["speaker", "wording", "number", "duration", "date", "status", "place", "name", "stance"];

fn shared_quotations(record: &Story) -> Vec<Printed<'_>> {
    let quotations = record.quotations.iter().map(|q| {
        let readings = q.variants.iter().map(|v| v.fragments.iter().collect()).collect();
        Printed { kind: "quotation", readings }
    });
    quotations.filter(|q| reports(q.readings.iter().flatten().copied()) > 1).collect()
}

fn differences(record: &Story) -> Vec<Printed<'_>> {
    let differences = record.differences.iter();
    let readings =
        |d: &'_ rashomon::record::Difference| -> usize { d.readings.iter().map(|r| r.evidence.len()).sum() };
    differences
        .filter(|d| readings(d) > 1)
        .map(|d| Printed {
            kind: &d.kind,
            readings: d.readings.iter().map(|r| r.evidence.iter().collect()).collect(),
        })
        .collect()
}

fn agreements(record: &Story) -> Vec<Printed<'_>> {
    let agreements = record.agreements.iter();
    agreements.map(|a| Printed { kind: "agreement", readings: vec![a.evidence.iter().collect()] }).collect()
}

fn reports<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> usize {
    evidence.map(Evidence::report).collect::<BTreeSet<_>>().len()
}

impl Printed<'_> {
    fn meets(&self, label: &Label) -> bool {
        if self.kind != label.kind {
            return false;
        }
        let on = |reading: &Vec<&Evidence>, place: &Place| reading.iter().any(|e| place.overlaps(e));
        match self.kind {
            "agreement" => self.readings.iter().any(|r| label.places.iter().any(|p| on(r, p))),
            "quotation" => {
                let met = label.places.iter().filter(|p| self.readings.iter().any(|r| on(r, p)));
                met.map(|p| &p.report).collect::<BTreeSet<_>>().len() > 1
            }
            _ => {
                let of = |r: &Vec<&Evidence>| -> BTreeSet<&String> {
                    label.places.iter().filter(|p| on(r, p)).map(|p| &p.reading).collect()
                };
                let met: Vec<BTreeSet<&String>> = self.readings.iter().map(of).collect();
                let differ = |(i, a): (usize, &BTreeSet<&String>)| {
                    met[i + 1..].iter().any(|b| a.iter().any(|x| b.iter().any(|y| x != y)))
                };
                met.iter().enumerate().any(differ)
            }
        }
    }
}

impl Place {
    fn overlaps(&self, evidence: &Evidence) -> bool {
        evidence.report() == self.report && evidence.start() < self.end && self.start < evidence.end()
    }
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        for reading in &self.readings {
            let places: Vec<String> = reading
                .iter()
                .map(|e| format!("{} {}-{} “{}”", e.report(), e.start(), e.end(), e.exact()))
                .collect();
            write!(f, " | {}", places.join(" = "))?;
        }
        Ok(())
    }
}

fn read(file: &Path) -> Result<BTreeMap<String, Labelled>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut stories: BTreeMap<String, Labelled> = BTreeMap::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        take(&mut stories, line).with_context(|| format!("{}:{}", file.display(), n + 1))?;
    }
    Ok(stories)
}

fn take(stories: &mut BTreeMap<String, Labelled>, line: &str) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    match columns[..] {
        ["story", story] => {
            stories.insert(story.to_owned(), Labelled { scope: Scope::All, lines: BTreeMap::new() });
        }
        ["agreements", story] => {
            stories.insert(story.to_owned(), Labelled { scope: Scope::Agreements, lines: BTreeMap::new() });
        }
        [story, name, must, reading, report, start, end] => {
            let story = stories.get_mut(story).context("its story is not among those named above")?;
            let must = match must {
                "must" => true,
                "may" => false,
                _ => bail!("{must} is neither must nor may"),
            };
            let kind = name.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let label =
                story.lines.entry(name.to_owned()).or_insert(Label { kind, must, places: Vec::new() });
            let (start, end) = (start.parse()?, end.parse()?);
            label.places.push(Place { reading: reading.to_owned(), report: report.to_owned(), start, end });
        }
        _ => bail!("a line has two columns, or seven"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "“The lock was never open,” said Ada Brandt. Karsova agreed to close the dam. Twelve people died when the Halka sank.";
    const B: &str = "“The lock was never open,” said Ada Brandt. Fourteen people died when the Halka sank.";

    fn scored(labels: &str) -> Score {
        let folder =
            std::env::temp_dir().join(format!("rashomon-lines-{}-{}", std::process::id(), labels.len()));
        fs::create_dir_all(&folder).expect("a folder");
        let (reports, file) = (folder.join("a.jsonl"), folder.join("labels.tsv"));
        let line =
            |id: &str, text: &str| serde_json::json!({"id": id, "story": "s", "text": text}).to_string();
        fs::write(&reports, format!("{}\n{}\n", line("A", A), line("B", B))).expect("reports");
        fs::write(&file, labels).expect("labels");
        let score = score(&reports, &file, |_| ()).expect("a score");
        fs::remove_dir_all(&folder).expect("the folder goes");
        score
    }

    #[test]
    fn right_wrong_met_and_missed() {
        let score = scored(
            "story\ts\ns\tquotation1\tmust\ta\tA\t1\t10\ns\tquotation1\tmust\ta\tB\t1\t10\ns\tnumber1\tmust\ta\tA\t77\t90\ns\tnumber1\tmust\tb\tB\t44\t60\ns\tdate1\tmust\ta\tA\t1\t2\n",
        );
        assert_eq!(score.quotations, Tally { right: 1, wrong: 0, met: 1, missed: 0 });
        assert_eq!(score.differences, Tally { right: 1, wrong: 0, met: 1, missed: 1 });
        assert_eq!(score.agreements, Tally { right: 0, wrong: 1, met: 0, missed: 0 });
    }

    #[test]
    fn what_may_be_printed_counts_neither_way() {
        let score = scored("agreements\ts\ns\tagreement1\tmay\ta\tA\t44\t60\n");
        assert_eq!(score, Score::default());
    }

    #[test]
    fn a_line_has_two_columns_or_seven() {
        let mut stories = BTreeMap::new();
        assert!(take(&mut stories, "story\ts").is_ok());
        assert!(take(&mut stories, "s\tdate1\tmust\ta\tA\t1\t2").is_ok());
        assert!(take(&mut stories, "t\tdate1\tmust\ta\tA\t1\t2").is_err());
        assert!(take(&mut stories, "s\tdate1\tmust\ta\tA\t1").is_err());
    }
}
