//! What somebody said over time.
//!
//! In: a name. Out: what reports give to whom it means ([`super::meant`]), the latest first. It does not know who says what in a
//! report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Row;
use serde::Serialize;

use super::layers::surname;
use super::meant::{Given, Judgements, Wanted, is_given_to};
use super::reports::{damaged, from_json};
use super::search::tells_of;
use super::{Result, Store};
use crate::align::Said as Judged;
use crate::report::Text;
use crate::span::Span;

/// What somebody said, with every report that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saying {
    /// The story in which it is told.
    pub story: Option<String>,
    /// When the first of the reports was published (EDTF).
    pub published_at: Option<String>,
    /// The name that the first of them gives.
    pub speaker: String,
    /// The words, fragments joined by a space.
    pub text: String,
    /// direct, mixed or indirect.
    pub kind: String,
    /// Where it stands.
    pub evidence: Vec<Utterance>,
}

/// One report's telling of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Utterance {
    /// The report.
    pub report: String,
    /// The version that it was read from.
    pub version: u32,
    /// The outlet.
    pub outlet: Option<String>,
    /// From its first to its last word, in code points of the text.
    pub start: usize,
    /// After the last.
    pub end: usize,
    /// The words there.
    pub exact: String,
}

/// A row of what was said.
struct Told {
    /// Its place among the attributions of the report.
    number: i64,
    story: Option<String>,
    published_at: Option<String>,
    speaker: String,
    kind: String,
    text: String,
    utterance: Utterance,
}

/// Somebody speaks in a version.
struct Speaking {
    version: i64,
    story: Option<String>,
    report: String,
    speaker: String,
}

impl Speaking {
    fn given(&self) -> Given<'_> {
        Given { story: self.story.as_deref(), report: &self.report, name: &self.speaker }
    }
}

impl Store {
    /// What reports give to `name`, about all of `about`'s words; at most `most`, the latest first. What a person said of two
    /// names is heeded: `judged`.
    pub fn said(&self, name: &str, about: &str, most: usize, judged: &[Judged]) -> Result<Vec<Saying>> {
        let mut found = BTreeMap::new();
        for told in self.theirs(name, judged, |surname| self.given_to_surname(surname), Told::given)? {
            if tells_of(&told.text, about) {
                found.insert(told.order(), told);
            }
        }
        Ok(joined(found.values(), most))
    }

    /// The newest versions, by key, in which somebody speaks whom `name` means; what a person said of two names is heeded.
    pub(super) fn spoken_by(&self, name: &str, judged: &[Judged]) -> Result<BTreeSet<i64>> {
        let rows = |surname: &str| {
            self.ask(|db| {
                db.prepare_cached(
                    "SELECT DISTINCT report.newest, story, report.id, speaker
                     FROM utterance
                     JOIN report ON report.newest = utterance.version
                     LEFT JOIN membership ON membership.report = report.number
                     WHERE surname = ?1",
                )?
                .query_map([surname], |row| {
                    Ok(Speaking {
                        version: row.get(0)?,
                        story: row.get(1)?,
                        report: row.get(2)?,
                        speaker: row.get(3)?,
                    })
                })?
                .collect()
            })
        };
        let theirs = self.theirs(name, judged, rows, Speaking::given)?;
        Ok(theirs.iter().map(|speaking| speaking.version).collect())
    }

    /// Of the rows that `of_surname` gives for a surname, those in which `given` names whom `name` means.
    fn theirs<T>(
        &self,
        name: &str,
        judged: &[Judged],
        of_surname: impl Fn(&str) -> Result<Vec<T>>,
        given: impl Fn(&T) -> Given<'_>,
    ) -> Result<Vec<T>> {
        let story_of = |report: &str| match self.number_of(report)? {
            Some(number) => self.story_of(number),
            None => Ok(None),
        };
        let judgements = Judgements::new(judged, story_of)?;
        let mut found = Vec::new();
        for Wanted { story, name } in judgements.wanted(name) {
            let rows = of_surname(&surname(&name))?;
            let names = full_names(rows.iter().map(&given));
            let is_theirs = |row: &T| {
                let row = given(row);
                let others = row.story.and_then(|story| names.get(story));
                let here = story.is_none() || row.story == story.as_deref();
                here && is_given_to(&name, row.name, others) && !judgements.part(&name, row)
            };
            found.extend(rows.into_iter().filter(is_theirs));
        }
        Ok(found)
    }

    /// What reports give to anybody of this surname.
    fn given_to_surname(&self, surname: &str) -> Result<Vec<Told>> {
        self.ask(|db| {
            db.prepare_cached(
                "SELECT story, published_at, speaker, kind, text, content, report.id, version.number, outlet,
                        utterance.number
                 FROM utterance
                 JOIN report ON report.newest = utterance.version
                 JOIN version ON version.key = report.newest
                 LEFT JOIN membership ON membership.report = report.number
                 WHERE surname = ?1",
            )?
            .query_map([surname], told)?
            .collect()
        })
    }
}

impl Told {
    /// The latest first; of one report, as it stands there.
    fn order(&self) -> (Reverse<Option<String>>, String, i64) {
        (Reverse(self.published_at.clone()), self.utterance.report.clone(), self.number)
    }

    fn given(&self) -> Given<'_> {
        Given { story: self.story.as_deref(), report: &self.utterance.report, name: &self.speaker }
    }
}

fn told(row: &Row) -> rusqlite::Result<Told> {
    let text = Text::new(row.get::<_, String>(4)?);
    let content: Vec<Span> = from_json(row, 5)?;
    let fragment = |span: &Span| text.as_str().get(span.range());
    let fragments = content.iter().map(fragment).collect::<Option<Vec<&str>>>();
    let (Some(fragments), Some(first), Some(last)) = (fragments, content.first(), content.last()) else {
        return Err(damaged(5, "words that do not stand there".to_owned()));
    };
    let whole = first.cover(*last);
    let (start, end) = text.code_points(whole);
    Ok(Told {
        number: row.get(9)?,
        story: row.get(0)?,
        published_at: row.get(1)?,
        speaker: row.get(2)?,
        kind: row.get(3)?,
        text: fragments.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
        utterance: Utterance {
            report: row.get(6)?,
            version: row.get(7)?,
            outlet: row.get(8)?,
            start,
            end,
            exact: text.slice(whole).to_owned(),
        },
    })
}

/// For each story, the names of more than a surname that its reports give.
fn full_names<'r>(rows: impl Iterator<Item = Given<'r>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut names = BTreeMap::<String, BTreeSet<String>>::new();
    for Given { story, name, .. } in rows.filter(|given| given.name.contains(' ')) {
        if let Some(story) = story {
            names.entry(story.to_owned()).or_default().insert(name.to_owned());
        }
    }
    names
}

/// The rows of one story with the same words, whatever their marks and case, as one.
fn joined<'r>(rows: impl Iterator<Item = &'r Told>, most: usize) -> Vec<Saying> {
    let key = |told: &Told| -> String {
        told.text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let mut sayings: Vec<Saying> = Vec::new();
    let mut place = BTreeMap::new();
    for told in rows {
        let key = (&told.story, key(told));
        match place.get(&key) {
            Some(at) => {
                let saying: &mut Saying = &mut sayings[*at];
                saying.published_at = told.published_at.clone().or(saying.published_at.take());
                saying.evidence.push(told.utterance.clone());
            }
            None if sayings.len() < most => {
                place.insert(key, sayings.len());
                sayings.push(Saying {
                    story: told.story.clone(),
                    published_at: told.published_at.clone(),
                    speaker: told.speaker.clone(),
                    text: told.text.clone(),
                    kind: told.kind.clone(),
                    evidence: vec![told.utterance.clone()],
                });
            }
            None => {}
        }
    }
    sayings
}
