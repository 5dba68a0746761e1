//! Reports and their versions.
//!
//! In: what a source gave. Out: the same, word for word. It does not know whether two reports are one.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ReportNumber, Result, Store, VersionKey, Writing};
use crate::intake::{self, Digest, Kept};
use crate::report::{PublishedAt, Report, Text};

/// A version of a report, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its report.
    pub number: ReportNumber,
    /// Its key.
    pub key: VersionKey,
    /// 1 for a report's first version, and on.
    pub version: u32,
    /// When it was read first (RFC 3339, UTC).
    pub retrieved_at: String,
    /// What it says.
    pub report: Report,
}

/// A version to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'a> {
    /// What it says.
    pub report: &'a Report,
    /// The digest of that.
    pub digest: Digest,
    /// RFC 3339, UTC.
    pub retrieved_at: &'a str,
}

const COLUMNS: &str = "report.number, report.id, version.key, version.number, retrieved_at, source, outlet, title, \
                       url, published_at, language, text, regions, credits, remarks, digest";

impl Store {
    /// The reports that are kept under `name`, the oldest first.
    pub fn named(&self, name: &str) -> Result<Vec<Kept>> {
        self.ask(|db| {
            let mut reports = db.prepare_cached(
                "SELECT report.number, title, text FROM report JOIN version ON version.key = newest
                 WHERE name = ?1 ORDER BY report.number",
            )?;
            let mut digests =
                db.prepare_cached("SELECT digest FROM version WHERE report = ?1 ORDER BY number")?;
            let mut found = Vec::new();
            let mut rows = reports.query([name])?;
            while let Some(row) = rows.next()? {
                let report: ReportNumber = row.get(0)?;
                let digests =
                    digests.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
                found.push(Kept { report, digests, title: row.get(1)?, text: row.get(2)? });
            }
            Ok(found)
        })
    }

    /// Whether a report has the id `id`.
    pub fn has_id(&self, id: &str) -> Result<bool> {
        self.ask(|db| db.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?.exists([id]))
    }

    /// The number of the report whose id is `id`.
    pub fn number_of(&self, id: &str) -> Result<Option<ReportNumber>> {
        self.ask(|db| {
            db.query_row("SELECT number FROM report WHERE id = ?1", [id], |row| row.get(0)).optional()
        })
    }

    /// The id of a report, and the number of its newest version.
    pub fn id_of(&self, report: ReportNumber) -> Result<(String, u32)> {
        self.ask(|db| {
            db.prepare_cached(
                "SELECT id, version.number FROM report JOIN version ON key = newest WHERE report.number = ?1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// The newest version of a report.
    pub fn newest(&self, report: ReportNumber) -> Result<Stored> {
        self.ask(|db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM report JOIN version ON version.key = newest WHERE report.number = ?1"
            );
            db.prepare_cached(&sql)?.query_row([report], stored)
        })
    }

    /// All versions of a report, the oldest first.
    pub fn versions(&self, report: ReportNumber) -> Result<Vec<Stored>> {
        self.ask(|db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM report JOIN version ON version.report = report.number
                 WHERE report.number = ?1 ORDER BY version.number"
            );
            db.prepare_cached(&sql)?.query_map([report], stored)?.collect()
        })
    }

    /// The versions after the one with the key `after`, in the order in which they came; at most `most`.
    pub fn versions_after(&self, after: VersionKey, most: usize) -> Result<Vec<Stored>> {
        self.ask(|db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM version JOIN report ON report.number = version.report
                 WHERE version.key > ?1 ORDER BY version.key LIMIT ?2"
            );
            db.prepare_cached(&sql)?.query_map((after, most as i64), stored)?.collect()
        })
    }

    /// The numbers of the reports after the one numbered `after`, at most `most`.
    pub fn numbers(&self, after: ReportNumber, most: usize) -> Result<Vec<ReportNumber>> {
        self.ask(|db| {
            db.prepare_cached("SELECT number FROM report WHERE number > ?1 ORDER BY number LIMIT ?2")?
                .query_map((after, most as i64), |row| row.get(0))?
                .collect()
        })
    }

    /// How many reports are kept up to the one numbered `until`.
    pub fn count_until(&self, until: ReportNumber) -> Result<u32> {
        self.ask(|db| {
            db.query_row("SELECT count(*) FROM report WHERE number <= ?1", [until], |row| row.get(0))
        })
    }

    /// How many reports are kept.
    pub fn count(&self) -> Result<u32> {
        self.ask(|db| db.query_row("SELECT count(*) FROM report", [], |row| row.get(0)))
    }
}

impl Writing<'_> {
    /// Keeps a report, still without a version, under `id`, which no other report may have.
    pub fn add_report(&self, id: &str, name: &str) -> Result<ReportNumber> {
        self.ask(|db| db.prepare_cached("INSERT INTO report (id, name) VALUES (?1, ?2)")?.insert((id, name)))
    }

    /// Keeps `new` as the newest version of `report`, and what is searched is that from now on.
    pub fn add_version(&self, report: ReportNumber, new: NewVersion) -> Result<VersionKey> {
        self.forget_words(report)?;
        let NewVersion { report: said, digest, retrieved_at } = new;
        self.ask(|db| {
            let key = db
                .prepare_cached(
                    "INSERT INTO version (report, number, digest, retrieved_at, source, outlet, title, url,
                                          published_at, language, text, regions, credits, remarks)
                     VALUES (:report, (SELECT count(*) + 1 FROM version WHERE report = :report), :digest,
                             :retrieved_at, :source, :outlet, :title, :url, :published_at, :language, :text,
                             :regions, :credits, :remarks)",
                )?
                .insert(named_params! {
                    ":report": report,
                    ":digest": digest,
                    ":retrieved_at": retrieved_at,
                    ":source": said.source,
                    ":outlet": said.outlet,
                    ":title": said.title,
                    ":url": said.url,
                    ":published_at": said.published_at.map(PublishedAt::edtf),
                    ":language": said.language,
                    ":text": said.text.as_str(),
                    ":regions": json(&said.regions)?,
                    ":credits": json(&said.credits)?,
                    ":remarks": json(&said.remarks)?,
                })?;
            db.prepare_cached("UPDATE report SET newest = ?2 WHERE number = ?1")?.execute((report, key))?;
            db.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute((
                key,
                &said.title,
                said.text.as_str(),
            ))?;
            Ok(key)
        })
    }

    /// Takes the newest version of `report`, where it has one, out of the index.
    fn forget_words(&self, report: ReportNumber) -> Result<()> {
        self.ask(|db| {
            db.prepare_cached(
                "INSERT INTO words (words, rowid, title, text)
                 SELECT 'delete', key, title, text FROM report JOIN version ON key = newest
                 WHERE report.number = ?1",
            )?
            .execute([report])?;
            Ok(())
        })
    }
}

/// The version in a row of [`COLUMNS`].
pub(super) fn stored(row: &Row) -> rusqlite::Result<Stored> {
    let version: u32 = row.get(3)?;
    let text: String = row.get(11)?;
    let published_at: Option<String> = row.get(9)?;
    let report = Report {
        id: row.get(1)?,
        source: row.get(5)?,
        outlet: row.get(6)?,
        title: row.get(7)?,
        url: row.get(8)?,
        published_at: published_at.as_deref().and_then(PublishedAt::parse),
        language: row.get(10)?,
        credits: from_json(row, 13)?,
        regions: from_json(row, 12)?,
        remarks: from_json(row, 14)?,
        text: Text::of_version(text, version),
    };
    if !is_whole(&report) || intake::digest(&report) != row.get::<_, Digest>(15)? {
        return Err(damaged(11, format!("{} does not say what was kept of it", report.id)));
    }
    Ok(Stored { number: row.get(0)?, key: row.get(2)?, version, retrieved_at: row.get(4)?, report })
}

/// Whether what is marked in its text stands there.
fn is_whole(report: &Report) -> bool {
    let spans = report.regions.iter().map(|region| region.span).chain(report.credits.iter().copied());
    spans.into_iter().all(|span| span.start <= span.end && report.text.as_str().get(span.range()).is_some())
}

pub(super) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

pub(super) fn from_json<T: DeserializeOwned>(row: &Row, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| damaged(column, error.to_string()))
}

pub(super) fn damaged(column: usize, message: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, message.into())
}
