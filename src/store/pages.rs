//! What servers said of pages, so that the next visit can ask whether they changed.
//!
//! In: addresses with what was said. Out: the same. It does not know how a page is got.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::{Result, Store, Writing};

/// A page that was visited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visited {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
    /// When it was visited last.
    pub at: Option<Timestamp>,
}

impl Store {
    /// The last visit to `address`.
    pub fn visited(&self, address: &str) -> Result<Option<Visited>> {
        self.ask(|db| {
            db.prepare_cached("SELECT etag, last_modified, visited_at FROM page WHERE address = ?1")?
                .query_row([address], |row| {
                    let at: String = row.get(2)?;
                    Ok(Visited { etag: row.get(0)?, last_modified: row.get(1)?, at: at.parse().ok() })
                })
                .optional()
        })
    }
}

impl Writing<'_> {
    /// Keeps a visit to `address`, in place of an earlier one.
    pub fn put_visit(&self, address: &str, visited: &Visited, now: &str) -> Result<()> {
        self.ask(|db| {
            db.prepare_cached(
                "INSERT OR REPLACE INTO page (address, etag, last_modified, visited_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((address, &visited.etag, &visited.last_modified, now))?;
            Ok(())
        })
    }
}
