//! Names against names.
//!
//! In: a text, the names that are in it and those that were found. Out: counts and F1. It does not know who found them.
//!
//! An honorific or an article at the head of either span does not count, nor does "'s" at its end: sets and programs differ
//! in whether these belong to a name.

use std::collections::BTreeMap;
use std::fmt;

use rashomon::span::Span;
use serde::Deserialize;

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// Where a name stands, and what it names.
pub type Name = (Span, Kind);

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

/// F1 in percent.
fn f1(gold: usize, found: usize, hits: usize) -> f64 {
    200.0 * hits as f64 / (gold + found).max(1) as f64
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Score { gold, found, .. } = *self;
        writeln!(f, "{gold} in the gold standard, {found} found")?;
        writeln!(f, "  {:<13} F1 {:5.1}", "span", self.span_f1())?;
        writeln!(f, "  {:<13} F1 {:5.1}", "span and kind", self.kind_f1())?;
        for (kind, [gold, found, hits]) in &self.by_kind {
            writeln!(f, "    {:<11} F1 {:5.1}", format!("{kind:?}"), f1(*gold, *found, *hits))?;
        }
        Ok(())
    }
}

impl Score {
    /// F1 of the spans, in percent.
    pub fn span_f1(&self) -> f64 {
        f1(self.gold, self.found, self.span)
    }

    /// F1 of the spans with their kinds, in percent.
    pub fn kind_f1(&self) -> f64 {
        f1(self.gold, self.found, self.kind)
    }

    /// Adds the names of one text.
    pub fn compare(&mut self, text: &str, gold: &[Name], found: &[Name]) {
        let [gold, found] = [gold, found].map(|names| trimmed(text, names));
        self.gold += gold.len();
        self.found += found.len();
        self.span += found.keys().filter(|span| gold.contains_key(span)).count();
        for kind in gold.values() {
            self.by_kind.entry(*kind).or_default()[0] += 1;
        }
        for (span, kind) in &found {
            let right = gold.get(span) == Some(kind);
            let counts = self.by_kind.entry(*kind).or_default();
            counts[1] += 1;
            counts[2] += usize::from(right);
            self.kind += usize::from(right);
        }
    }
}

/// The names by their spans, without what does not count; one that is nothing else is none.
fn trimmed(text: &str, names: &[Name]) -> BTreeMap<Span, Kind> {
    let names = names.iter().map(|(span, kind)| (without_leads(text, *span), *kind));
    names.filter(|(span, _)| !span.is_empty()).collect()
}

/// The span without an article, an honorific and a possessive ending.
pub fn without_leads(text: &str, span: Span) -> Span {
    const LEADS: [&str; 11] =
        ["The ", "the ", "A ", "a ", "an ", "Mr. ", "Mrs. ", "Ms. ", "Mr ", "Dr. ", "Sir "];
    let words = span.of(text);
    let lead = LEADS.iter().find(|lead| words.starts_with(*lead)).map_or(0, |lead| lead.len());
    let end = ["'s", "’s"].iter().find(|end| words.ends_with(*end)).map_or(0, |end| end.len());
    let start = span.start + lead as u32;
    Span { start, end: start.max(span.end - end as u32) }
}

/// Prints the disagreements.
pub fn show(text: &str, gold: &[Name], found: &[Name]) {
    let [gold, found] = [gold, found].map(|names| trimmed(text, names));
    let touching = |names: &BTreeMap<Span, Kind>, span: Span| -> String {
        let names = names.iter().filter(|(other, _)| other.overlaps(span));
        names.map(|(span, kind)| format!("{kind:?} {:?}", span.of(text))).collect::<Vec<_>>().join(", ")
    };
    for (span, kind) in gold.iter().filter(|(span, kind)| found.get(span) != Some(kind)) {
        let line = line_of(text, *span);
        println!("missed: {kind:?} {:?} | {} | {line}", span.of(text), touching(&found, *span));
    }
    for (span, kind) in found.iter().filter(|(span, _)| !gold.keys().any(|other| other.overlaps(**span))) {
        println!("surplus: {kind:?} {:?} | | {}", span.of(text), line_of(text, *span));
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

    fn at(text: &str, words: &str, kind: Kind) -> Name {
        text.find(words).map(|i| (Span::new(i..i + words.len()), kind)).expect("it stands there")
    }

    #[test]
    fn kind_and_span_are_scored_apart() {
        let text = "Later Ann Hale left Norway for the Moon.";
        let gold = [at(text, "Ann Hale", Kind::Person), at(text, "Norway", Kind::Place)];
        let found = [
            at(text, "Ann Hale", Kind::Place),
            at(text, "Norway", Kind::Place),
            at(text, "the Moon", Kind::Place),
        ];
        let mut score = Score::default();
        score.compare(text, &gold, &found);
        // 2 of 2 and of 3: F1 2·2 / (2 + 3); with the kind 2·1 / (2 + 3).
        assert_eq!((score.span_f1(), score.kind_f1()), (80.0, 40.0));
        assert_eq!(score.by_kind[&Kind::Place], [1, 3, 1]);
        assert_eq!(score.by_kind[&Kind::Person], [1, 0, 0]);
    }

    #[test]
    fn articles_honorifics_and_the_possessive_do_not_count() {
        let text = "the Hague's court heard Mr. Hale";
        let gold = [at(text, "Hague", Kind::Place), at(text, "Hale", Kind::Person)];
        let found = [at(text, "the Hague's", Kind::Place), at(text, "Mr. Hale", Kind::Person)];
        let mut score = Score::default();
        score.compare(text, &gold, &found);
        assert_eq!((score.span_f1(), score.kind_f1()), (100.0, 100.0));
    }
}
