//! How well names are found and sorted.
//!
//! In: sentences of words with labels of entities (CoNLL columns, BIO or IO). Out: F1 of the spans, and of the
//! spans with their kind. It does not know how the names are found, and not whether two are of one bearer.
//!
//! The kinds that are told apart are person, organization and place; all others are one. In CrossNER `politician`
//! is a person, `politicalparty` an organization, `country` a place, and `election`, `event` and `misc` (where
//! nationalities stand) are others; in Wikigold `MISC` is. Of Rashomon, groups, events, works and laws are others.
//! An honorific or "the" at the head of either span does not count.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::{EntityKind, MentionKind, Model};
use rashomon::report::{Report, Text};
use rashomon::span::Span;

use crate::figures::Figure;

/// What the floors are measured on, within the data.
pub const CORPUS: &str = "ner";

/// The sets, in the order of the figures.
const SETS: [&str; 2] = ["crossner_politics_dev.conll", "wikigold.conll"];

/// What stands between two documents.
const DOCUMENT: &str = "-DOCSTART- O\n";

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A body.
    Organization,
    /// A place.
    Place,
    /// Anything else with a name.
    Other,
}

/// Counts of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In the gold standard.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Found with the very span.
    pub span: usize,
    /// Found with the very span and the kind.
    pub kind: usize,
    /// For each kind: in the gold standard, found, right.
    pub by_kind: BTreeMap<Kind, [usize; 3]>,
}

fn f1(gold: usize, found: usize, hits: usize) -> f64 {
    200.0 * hits as f64 / (gold + found).max(1) as f64
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Score { gold, found, .. } = *self;
        writeln!(f, "{gold} in the gold standard, {found} found")?;
        writeln!(f, "  {:<13} F1 {:5.1}", "span", f1(gold, found, self.span))?;
        writeln!(f, "  {:<13} F1 {:5.1}", "span and kind", f1(gold, found, self.kind))?;
        for (kind, [gold, found, hits]) in &self.by_kind {
            writeln!(f, "    {:<11} F1 {:5.1}", format!("{kind:?}"), f1(*gold, *found, *hits))?;
        }
        Ok(())
    }
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let [politics, wiki] = SETS.map(|set| score(&data.join(CORPUS).join(set)));
    let (politics, wiki) = (politics?, wiki?);
    let value = |score: &Score, hits| f1(score.gold, score.found, hits);
    Ok(vec![
        Figure {
            name: "names.politics",
            what: "names in texts on politics, with their kind, F1",
            value: value(&politics, politics.kind),
        },
        Figure {
            name: "names.wiki",
            what: "names in encyclopedic texts, with their kind, F1",
            value: value(&wiki, wiki.kind),
        },
    ])
}

/// Prints the scores of the sets under `data`.
pub fn run(data: &Path) -> Result<()> {
    for set in SETS {
        print!("{set}: {}", score(&data.join(CORPUS).join(set))?);
    }
    Ok(())
}

/// Scores the rules on one file of sentences.
pub fn score(file: &Path) -> Result<Score> {
    let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut score = Score::default();
    let lines = lines.replace('\r', "");
    // Where no documents are marked, each sentence is from another.
    let border = if lines.contains(DOCUMENT) { DOCUMENT } else { "\n\n" };
    for document in lines.split(border) {
        let (text, gold) = read(document);
        compare(&text, &gold, &mut score);
    }
    Ok(score)
}

type Name = (Span, Kind);

/// The text of a document, a line for each sentence, and the names in it.
fn read(document: &str) -> (String, Vec<Name>) {
    let (mut text, mut names, mut open) = (String::new(), Vec::<Name>::new(), "");
    for line in document.lines() {
        let Some((word, label)) = line.rsplit_once(['\t', ' ']) else {
            text.push('\n');
            open = "";
            continue;
        };
        let closes = matches!(word, "," | "." | ";" | ":" | ")" | "?" | "!" | "%" | "'" | "''" | "n't")
            || word.starts_with("'s");
        if !closes && !text.is_empty() && !text.ends_with(['(', '$', '\n']) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        let span = Span::new(start..text.len());
        let (mark, of) = label.split_once('-').unwrap_or((label, ""));
        match names.last_mut().filter(|_| mark == "I" && of == open) {
            Some((name, _)) => *name = name.cover(span),
            None if mark != "O" => names.push((span, kind_of_label(of))),
            None => {}
        }
        open = of;
    }
    names.iter_mut().for_each(|(span, _)| *span = trimmed(&text, *span));
    (text, names)
}

fn kind_of_label(label: &str) -> Kind {
    match label {
        "person" | "politician" | "PER" => Kind::Person,
        "organisation" | "politicalparty" | "ORG" => Kind::Organization,
        "country" | "location" | "LOC" => Kind::Place,
        _ => Kind::Other,
    }
}

fn kind_of(kind: EntityKind) -> Kind {
    match kind {
        EntityKind::Person => Kind::Person,
        EntityKind::Organization => Kind::Organization,
        EntityKind::Place => Kind::Place,
        _ => Kind::Other,
    }
}

/// The span without "the" and without an honorific.
fn trimmed(text: &str, span: Span) -> Span {
    const LEADS: [&str; 8] = ["The ", "the ", "Mr. ", "Mrs. ", "Ms. ", "Mr ", "Dr. ", "Sir "];
    let lead = LEADS.iter().find(|lead| span.of(text).starts_with(*lead)).map_or(0, |lead| lead.len());
    Span { start: span.start + lead as u32, end: span.end }
}

fn compare(text: &str, gold: &[Name], score: &mut Score) {
    let report = Report {
        id: "gold".into(),
        source: "gold".into(),
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: Some("en".into()),
        credits: vec![],
        text: Text::new(text),
        regions: vec![],
        remarks: vec![],
    };
    let mentions = model().annotator().annotate(&report).mentions;
    let names = mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let found: Vec<Name> = names.map(|m| (trimmed(text, m.span), kind_of(m.of))).collect();
    score.gold += gold.len();
    score.found += found.len();
    score.span += found.iter().filter(|(span, _)| gold.iter().any(|(other, _)| other == span)).count();
    score.kind += found.iter().filter(|name| gold.contains(name)).count();
    for (_, kind) in gold {
        score.by_kind.entry(*kind).or_default()[0] += 1;
    }
    for name in &found {
        let counts = score.by_kind.entry(name.1).or_default();
        counts[1] += 1;
        counts[2] += usize::from(gold.contains(name));
    }
    show(text, gold, &found);
}

/// Prints the disagreements where `EVAL_SHOW` is set.
fn show(text: &str, gold: &[Name], found: &[Name]) {
    if std::env::var_os("EVAL_SHOW").is_none() {
        return;
    }
    let touching = |names: &[Name], span: Span| -> String {
        let names = names.iter().filter(|(other, _)| other.overlaps(span));
        names.map(|(span, kind)| format!("{kind:?} {:?}", span.of(text))).collect::<Vec<_>>().join(", ")
    };
    for name in gold.iter().filter(|name| !found.contains(name)) {
        let line = line_of(text, name.0);
        eprintln!("missed: {:?} {:?} | {} | {line}", name.1, name.0.of(text), touching(found, name.0));
    }
    for name in found.iter().filter(|name| !gold.iter().any(|(span, _)| span.overlaps(name.0))) {
        eprintln!("surplus: {:?} {:?} | | {}", name.1, name.0.of(text), line_of(text, name.0));
    }
}

fn line_of(text: &str, span: Span) -> &str {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_schemes_of_labels_are_read() {
        for marks in [["B", "I"], ["I", "I"]] {
            let sentence =
                format!("The\tO\nAnn\t{}-PER\nHale\t{}-PER\nin\tO\nOslo\tI-LOC\n.\tO", marks[0], marks[1]);
            let (text, names) = read(&sentence);
            assert_eq!(text, "The Ann Hale in Oslo.");
            let names: Vec<_> = names.iter().map(|(span, kind)| (span.of(&text), *kind)).collect();
            assert_eq!(names, [("Ann Hale", Kind::Person), ("Oslo", Kind::Place)]);
        }
    }

    #[test]
    fn two_names_side_by_side_stay_two() {
        let (text, names) = read("Norway\tB-country\nOslo\tB-country");
        assert_eq!((text.as_str(), names.len()), ("Norway Oslo", 2));
    }

    #[test]
    fn kind_and_span_are_scored_apart() {
        let mut score = Score::default();
        let text = "Later Ann Hale left Norway.";
        let at =
            |words: &str| text.find(words).map(|i| Span::new(i..i + words.len())).expect("it stands there");
        compare(text, &[(at("Ann Hale"), Kind::Place), (at("Norway"), Kind::Place)], &mut score);
        assert_eq!((score.gold, score.found, score.span, score.kind), (2, 2, 2, 1));
    }
}

fn model() -> Model {
    std::env::var("MODEL").ok().and_then(|m| m.parse().ok()).unwrap_or(Model::Accurate)
}
