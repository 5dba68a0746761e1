//! The texts in which others marked the names.
//!
//! In: columns of words and labels (CoNLL, BIO or IO), and GUM. Out: texts with names. It does not know what finds them.
//!
//! The kinds that are told apart are person, organization and place; all others are one. In CrossNER `politician`
//! is a person, `politicalparty` an organization, `country` a place, and `election`, `event` and `misc` (where
//! nationalities stand) are others; in Wikigold `MISC` is; in GUM events, objects and abstract things are.
//! The networks are trained on two thirds of Wikigold's documents, so that only every third is measured on.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::span::Span;

use super::tally::{Kind, Name};
use crate::gum;

/// A text with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The set and its place or name there: "wiki/2".
    pub id: String,
    /// The text.
    pub text: String,
    /// Its names, in order.
    pub gold: Vec<Name>,
}

/// A set of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// The development set of CrossNER's politics.
    Politics,
    /// Every third document of Wikigold.
    Wiki,
    /// GUM's development documents.
    GumDev,
    /// GUM's test documents.
    GumTest,
}

impl Set {
    /// All of them.
    pub const ALL: [Set; 4] = [Set::Politics, Set::Wiki, Set::GumDev, Set::GumTest];

    /// Its name, in the ids of its texts too.
    pub fn name(self) -> &'static str {
        match self {
            Set::Politics => "politics",
            Set::Wiki => "wiki",
            Set::GumDev => "gum-dev",
            Set::GumTest => "gum-test",
        }
    }

    /// What it holds.
    pub fn what(self) -> &'static str {
        match self {
            Set::Politics => "CrossNER politics, dev",
            Set::Wiki => "every third document of Wikigold",
            Set::GumDev => "GUM, dev",
            Set::GumTest => "GUM, test",
        }
    }

    /// The folder within the data that it lies in.
    pub fn corpus(self) -> &'static str {
        match self {
            Set::Politics | Set::Wiki => super::CORPUS,
            Set::GumDev | Set::GumTest => gum::CORPUS,
        }
    }

    /// Its texts.
    pub fn samples(self, data: &Path) -> Result<Vec<Sample>> {
        let folder = data.join(self.corpus());
        let samples = match self {
            Set::Politics => columns(&folder.join("crossner_politics_dev.conll"), |_| true)?,
            Set::Wiki => columns(&folder.join("wikigold.conll"), |number| number % 3 == 2)?,
            Set::GumDev => treebank(data, "dev")?,
            Set::GumTest => treebank(data, "test")?,
        };
        let named = |(id, text, gold)| Sample { id: format!("{}/{id}", self.name()), text, gold };
        Ok(samples.into_iter().map(named).collect())
    }
}

/// Id within the set, text, names.
type Marked = (String, String, Vec<Name>);

fn treebank(data: &Path, part: &str) -> Result<Vec<Marked>> {
    let documents = gum::documents(data, part)?.into_iter();
    let marked = documents.map(|document| {
        let names = document.names().into_iter();
        let gold = names.map(|(words, kind)| (document.span(words), kind_of_label(kind))).collect();
        (document.name, document.text, gold)
    });
    Ok(marked.collect())
}

/// What stands between two documents.
const DOCUMENT: &str = "-DOCSTART- O\n";

/// The documents of a file of words and labels whose number, from 0, is `wanted`.
fn columns(file: &Path, wanted: fn(usize) -> bool) -> Result<Vec<Marked>> {
    let lines = fs::read_to_string(file).with_context(|| file.display().to_string())?.replace('\r', "");
    // Where no documents are marked, each sentence is from another.
    let border = if lines.contains(DOCUMENT) { DOCUMENT } else { "\n\n" };
    let documents = lines.split(border).enumerate().filter(|(number, _)| wanted(*number));
    let marked = documents.map(|(number, document)| {
        let (text, names) = read(document);
        (number.to_string(), text, names)
    });
    Ok(marked.collect())
}

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
    (text, names)
}

fn kind_of_label(label: &str) -> Kind {
    match label {
        "person" | "politician" | "PER" => Kind::Person,
        "organization" | "organisation" | "politicalparty" | "ORG" => Kind::Organization,
        "place" | "country" | "location" | "LOC" => Kind::Place,
        _ => Kind::Other,
    }
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
}
