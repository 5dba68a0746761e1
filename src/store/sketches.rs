//! What is kept of a report to compare it with others.
//!
//! In: sketches. Out: the same, or nothing where they are of another layout: they can be made anew. It does not know
//! how they are compared.

use jiff::civil::Date;
use rusqlite::OptionalExtension;

use super::{ReportNumber, Result, Store, Writing};
use crate::group::Sketch;

impl Store {
    /// The sketch of a report.
    pub fn sketch(&self, report: ReportNumber) -> Result<Option<Sketch>> {
        let bytes: Option<Vec<u8>> = self.ask(|db| {
            db.prepare_cached("SELECT bytes FROM sketch WHERE report = ?1")?
                .query_row([report], |row| row.get(0))
                .optional()
        })?;
        Ok(bytes.and_then(|bytes| Sketch::read(&bytes)))
    }

    /// The reports that were published from one day to another, and those without a date.
    pub fn near(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<ReportNumber>> {
        self.ask(|db| {
            db.prepare_cached(
                "SELECT report.number FROM version JOIN report ON newest = version.key
                 WHERE published_at IS NULL
                 UNION
                 SELECT report.number FROM version JOIN report ON newest = version.key
                 WHERE published_at >= ?1 AND published_at < date(?2, '+1 day')
                 ORDER BY 1",
            )?
            .query_map((from.map(|d| d.to_string()), to.map(|d| d.to_string())), |row| row.get(0))?
            .collect()
        })
    }

    /// Whether a report in a story was published from one day to another.
    pub fn any_dated(&self, from: Date, to: Date) -> Result<bool> {
        self.ask(|db| {
            db.prepare_cached(
                "SELECT 1 FROM version JOIN report ON newest = version.key
                 JOIN membership ON membership.report = report.number
                 WHERE published_at >= ?1 AND published_at < date(?2, '+1 day')",
            )?
            .exists([from.to_string(), to.to_string()])
        })
    }
}

impl Writing<'_> {
    /// Keeps the sketch of a report, in place of an earlier one.
    pub fn put_sketch(&self, report: ReportNumber, sketch: &Sketch) -> Result<()> {
        self.ask(|db| {
            db.prepare_cached("INSERT OR REPLACE INTO sketch (report, bytes) VALUES (?1, ?2)")?
                .execute((report, sketch.bytes()))?;
            Ok(())
        })
    }
}
