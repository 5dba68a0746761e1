//! What a person said that the program has to heed.
//!
//! In: repairs with who, when and why. Out: the same, and what they mean for pairs. It does not know how they are heeded.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

use super::reports::{from_json, json};
use super::{Result, Store, VersionKey, Writing};
use crate::group::Repair;

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Its number.
    pub number: i64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
    /// move, join, split, same or different.
    pub kind: String,
    /// Of what, as it was typed.
    pub said_of: Vec<String>,
    /// The newest version when it was said.
    #[serde(skip)]
    pub after: VersionKey,
    /// When it was taken back.
    pub undone_at: Option<String>,
}

/// What a repair means for two things.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Of which sort they are.
    pub of: PairOf,
    /// One of them: the id of a report, or a place or name in a story.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether they are together, or the same.
    pub together: bool,
}

impl Pair {
    /// What it means to `group`.
    pub fn repair(self) -> Repair {
        if self.together {
            Repair::Together(self.one, self.other)
        } else {
            Repair::Apart(self.one, self.other)
        }
    }
}

/// What two things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairOf {
    /// Reports, which tell of one event or do not.
    Reports,
    /// Claims, each by a place where it stands.
    Claims,
    /// Entities, each by its name in a report.
    Entities,
}

impl PairOf {
    fn name(self) -> &'static str {
        match self {
            PairOf::Reports => "reports",
            PairOf::Claims => "claims",
            PairOf::Entities => "entities",
        }
    }
}

impl Store {
    /// All repairs, the first first.
    pub fn repairs(&self) -> Result<Vec<Said>> {
        self.ask(|db| {
            db.prepare(
                "SELECT number, at, who, why, kind, said_of, after, undone_at FROM repair ORDER BY number",
            )?
            .query_map([], said)?
            .collect()
        })
    }

    /// What the repairs that hold mean for things of one sort, by the number of the repair; the first first.
    pub fn repaired_pairs(&self, of: PairOf) -> Result<Vec<(i64, Pair)>> {
        self.ask(|db| {
            db.prepare_cached(
                "SELECT repair, one, other, together FROM repair_pair JOIN repair ON repair.number = repair
                 WHERE of = ?1 AND undone_at IS NULL ORDER BY repair_pair.rowid",
            )?
            .query_map([of.name()], |row| {
                Ok((row.get(0)?, Pair { of, one: row.get(1)?, other: row.get(2)?, together: row.get(3)? }))
            })?
            .collect()
        })
    }

    /// What a person said of reports, for `group`: of two sayings of one pair the later holds.
    pub fn report_repairs(&self) -> Result<Vec<Repair>> {
        let mut latest = BTreeMap::new();
        for (_, pair) in self.repaired_pairs(PairOf::Reports)? {
            let (one, other) = (pair.one.clone().min(pair.other.clone()), pair.one.max(pair.other));
            latest.insert((one, other), pair.together);
        }
        let repair = |((one, other), together)| Pair { of: PairOf::Reports, one, other, together }.repair();
        Ok(latest.into_iter().map(repair).collect())
    }

    /// The repairs of reports that hold: each with the version after which it was said.
    pub fn standing_repairs(&self) -> Result<Vec<(VersionKey, Vec<Repair>)>> {
        let mut pairs = BTreeMap::<i64, Vec<Repair>>::new();
        for (number, pair) in self.repaired_pairs(PairOf::Reports)? {
            pairs.entry(number).or_default().push(pair.repair());
        }
        let holds = |said: Said| Some((said.after, pairs.remove(&said.number)?));
        Ok(self.repairs()?.into_iter().filter_map(holds).collect())
    }

    /// The key of the newest version of all; 0 where there is none.
    pub fn last_version(&self) -> Result<VersionKey> {
        self.ask(|db| db.query_row("SELECT coalesce(max(key), 0) FROM version", [], |row| row.get(0)))
    }
}

impl Writing<'_> {
    /// Keeps what a person said and what it means. Gives its number.
    pub fn add_repair(&self, said: &Said, pairs: &[Pair]) -> Result<i64> {
        self.ask(|db| {
            let number = db
                .prepare(
                    "INSERT INTO repair (at, who, why, kind, said_of, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .insert((&said.at, &said.who, &said.why, &said.kind, json(&said.said_of)?, said.after))?;
            let mut row = db.prepare(
                "INSERT INTO repair_pair (repair, of, one, other, together) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for pair in pairs {
                row.execute((number, pair.of.name(), &pair.one, &pair.other, pair.together))?;
            }
            Ok(number)
        })
    }

    /// Takes back a repair that holds; whether there was one of this number.
    pub fn undo_repair(&self, number: i64, at: &str) -> Result<bool> {
        self.ask(|db| {
            let undone = db
                .prepare(
                    "UPDATE repair SET undone_at = ?2 WHERE number = ?1 AND undone_at IS NULL RETURNING 1",
                )?
                .query_row((number, at), |_| Ok(()))
                .optional()?;
            Ok(undone.is_some())
        })
    }
}

fn said(row: &Row) -> rusqlite::Result<Said> {
    Ok(Said {
        number: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        why: row.get(3)?,
        kind: row.get(4)?,
        said_of: from_json(row, 5)?,
        after: row.get(6)?,
        undone_at: row.get(7)?,
    })
}
