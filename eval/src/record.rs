//! Does the record keep its promises?
//!
//! In: paths of reports. Out: counts of what the record holds, and each promise that it breaks: every evidence is
//! the words that stand there, every line has evidence, none rests on what is not the report, and the order of the
//! files changes nothing. It does not know whether a line is true.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::splitmix::SplitMix;

/// The lists of a story whose every entry must rest on words of a report.
const LINES: [&str; 9] = [
    "quotations",
    "claims",
    "differences",
    "positions",
    "agreements",
    "next",
    "timeline",
    "events",
    "copies",
];

/// In how many orders the files are read.
const ORDERS: usize = 3;

/// Reads `paths`, checks, reads the same files in other orders, prints; `false` where a promise is broken.
pub fn run(paths: &[PathBuf]) -> Result<bool> {
    let reading: Value = serde_json::from_str(&read(paths)?)?;
    let mut files: Vec<PathBuf> = sources(&reading).map(|source| file_of(source).to_owned()).collect();
    files.sort();
    files.dedup();
    let texts = texts(&reading, &files)?;
    let mut check = Check::new(&reading, &texts);
    check.stories();
    let in_order = read(&files)?;
    let again: Value = serde_json::from_str(&in_order)?;
    check.promise(again["stories"] == reading["stories"], || "a folder and its files differ".to_owned());
    let mut chance = SplitMix::new(1);
    for _ in 0..ORDERS {
        shuffle(&mut files, &mut chance);
        check.promise(read(&files)? == in_order, || "the order of the files changes the record".to_owned());
    }
    print!("{check}");
    Ok(check.broken.is_empty())
}

/// What `rashomon read --format json` prints: the one call into the program.
fn read(paths: &[PathBuf]) -> Result<String> {
    let reading = rashomon::pipeline::read(paths, rashomon::annotate::Model::Accurate.annotator()).reading;
    Ok(serde_json::to_string(&reading)?)
}

fn shuffle(files: &mut [PathBuf], chance: &mut SplitMix) {
    for i in (1..files.len()).rev() {
        files.swap(i, chance.below(i + 1));
    }
}

fn sources(reading: &Value) -> impl Iterator<Item = &str> {
    items(reading, "reports").iter().map(|report| string(report, "source"))
}

/// The file of `path` or `path:line`.
fn file_of(source: &str) -> &Path {
    match source.rsplit_once(':') {
        Some((path, line)) if line.parse::<usize>().is_ok() && !Path::new(source).exists() => Path::new(path),
        _ => Path::new(source),
    }
}

/// The text of each report by id, read anew from the files.
fn texts(reading: &Value, files: &[PathBuf]) -> Result<BTreeMap<String, Vec<char>>> {
    let mut by_source = BTreeMap::new();
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let reports = rashomon::source::read(&file.to_string_lossy(), &bytes).reports;
        by_source.extend(reports.into_iter().map(|r| (r.source, r.text.as_str().chars().collect())));
    }
    let mut texts = BTreeMap::new();
    for summary in items(reading, "reports") {
        let (id, source) = (string(summary, "id"), string(summary, "source"));
        let text: &Vec<char> =
            by_source.get(source).with_context(|| format!("{id}: no report at {source}"))?;
        texts.insert(id.to_owned(), text.clone());
    }
    Ok(texts)
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The words that a line rests on.
struct Evidence<'a> {
    report: &'a str,
    start: usize,
    end: usize,
    exact: &'a str,
}

impl<'a> Evidence<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        let number = |key| value.get(key).and_then(Value::as_u64).map(|n| n as usize);
        let (report, exact) = (value.get("report")?.as_str()?, value.get("exact")?.as_str()?);
        Some(Evidence { report, start: number("start")?, end: number("end")?, exact })
    }
}

/// What has been checked so far.
pub struct Check<'a> {
    reading: &'a Value,
    texts: &'a BTreeMap<String, Vec<char>>,
    regions: BTreeMap<&'a str, Vec<(usize, usize)>>,
    counts: BTreeMap<&'static str, usize>,
    /// The broken promises.
    pub broken: Vec<String>,
}

impl<'a> Check<'a> {
    /// A check of `reading` against the `texts` of its reports, by id.
    pub fn new(reading: &'a Value, texts: &'a BTreeMap<String, Vec<char>>) -> Self {
        let regions = items(reading, "reports").iter().map(|r| (string(r, "id"), regions(r))).collect();
        Check { reading, texts, regions, counts: BTreeMap::new(), broken: Vec::new() }
    }

    fn promise(&mut self, kept: bool, otherwise: impl FnOnce() -> String) {
        if !kept {
            self.broken.push(otherwise());
        }
    }

    /// Checks every line of every story.
    pub fn stories(&mut self) {
        for list in ["reports", "refusals", "stories"] {
            self.counts.insert(list, items(self.reading, list).len());
        }
        for story in items(self.reading, "stories") {
            for list in LINES {
                for line in items(story, list) {
                    *self.counts.entry(list).or_default() += 1;
                    let found = self.evidence(line);
                    self.promise(found > 0, || {
                        format!("{list} {}: a line without evidence", string(line, "id"))
                    });
                }
            }
            for entity in items(story, "entities") {
                *self.counts.entry("entities").or_default() += 1;
                self.evidence(entity);
            }
            self.differences(story);
        }
    }

    fn differences(&mut self, story: &Value) {
        for difference in items(story, "differences") {
            let readings = items(difference, "readings");
            let id = string(difference, "id");
            self.promise(readings.len() > 1, || format!("differences {id}: fewer than two readings"));
            for reading in readings {
                let kept = !items(reading, "evidence").is_empty();
                self.promise(kept, || format!("differences {id}: a reading without evidence"));
            }
        }
    }

    /// Checks all evidence within `value`; how much there is.
    fn evidence(&mut self, value: &Value) -> usize {
        if let Some(evidence) = Evidence::of(value) {
            self.one(&evidence, false);
            return 1;
        }
        match value {
            Value::Array(values) => values.iter().map(|value| self.evidence(value)).sum(),
            Value::Object(fields) => {
                // A quotation's evidence reaches over its cue, and may reach over a caption; its fragments may not.
                let whole = fields.get("evidence").filter(|_| fields.contains_key("fragments"));
                let whole = whole.and_then(Evidence::of);
                let rest = fields.iter().filter(|(key, _)| whole.is_none() || *key != "evidence");
                let found: usize = rest.map(|(_, value)| self.evidence(value)).sum();
                found + whole.map_or(0, |evidence| (self.one(&evidence, true), 1).1)
            }
            _ => 0,
        }
    }

    fn one(&mut self, evidence: &Evidence, reaches_over: bool) {
        let Evidence { report, start, end, exact } = *evidence;
        *self.counts.entry("evidence").or_default() += 1;
        let words = self.texts.get(report).and_then(|text| text.get(start..end));
        let stands_there =
            !exact.is_empty() && words.is_some_and(|words| exact.chars().eq(words.iter().copied()));
        self.promise(stands_there, || format!("{report} {start}..{end}: “{exact}” does not stand there"));
        let regions = self.regions.get(report).map_or(&[][..], Vec::as_slice);
        let rests = regions.iter().any(|&(from, to)| match reaches_over {
            true => (from..to).contains(&start) || (from + 1..=to).contains(&end),
            false => start < to && from < end,
        });
        self.promise(!rests, || {
            format!("{report} {start}..{end}: “{exact}” rests on what is not the report")
        });
    }
}

fn regions(report: &Value) -> Vec<(usize, usize)> {
    let offset = |region: &Value, key| region.get(key).and_then(Value::as_u64).map(|n| n as usize);
    let region = |region| Some((offset(region, "start")?, offset(region, "end")?));
    items(report, "regions").iter().filter_map(region).collect()
}

impl fmt::Display for Check<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, count) in &self.counts {
            writeln!(f, "{what:12} {count:6}")?;
        }
        for broken in &self.broken {
            writeln!(f, "BROKEN {broken}")?;
        }
        writeln!(f, "{} promises broken", self.broken.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn broken(line: Value) -> usize {
        let reading = json!({
            "reports": [{ "id": "a", "regions": [{ "kind": "caption", "start": 8, "end": 12 }] }],
            "stories": [{ "claims": [line] }],
        });
        let texts = BTreeMap::from([("a".to_owned(), "Æ dam Sea view broke".chars().collect())]);
        let mut check = Check::new(&reading, &texts);
        check.stories();
        check.broken.len()
    }

    fn evidence(start: usize, end: usize, exact: &str) -> Value {
        json!({ "report": "a", "start": start, "end": end, "exact": exact })
    }

    #[test]
    fn words_that_stand_there_hold() {
        assert_eq!(
            broken(json!({ "id": "c1", "evidence": [evidence(2, 5, "dam"), evidence(0, 1, "Æ")] })),
            0
        );
    }

    #[test]
    fn each_promise_can_break() {
        assert_eq!(broken(json!({ "id": "c1", "evidence": [] })), 1);
        assert_eq!(broken(json!({ "id": "c1", "evidence": [evidence(2, 5, "Dam")] })), 1);
        assert_eq!(broken(json!({ "id": "c1", "evidence": [evidence(15, 50, "broke")] })), 1);
        assert_eq!(broken(json!({ "id": "c1", "evidence": [evidence(6, 9, "Sea")] })), 1);
    }

    #[test]
    fn a_quotation_may_reach_over_a_region_but_not_rest_on_it() {
        let over = json!({ "evidence": evidence(2, 20, "dam Sea view broke"), "fragments": [evidence(2, 5, "dam")] });
        assert_eq!(broken(over), 0);
        let on = json!({ "evidence": evidence(2, 9, "dam Sea"), "fragments": [evidence(2, 5, "dam")] });
        assert_eq!(broken(on), 1);
    }
}
