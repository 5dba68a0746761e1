//! One SQLite file: reports with all their versions, what was found in them, and the stories that they tell.
//!
//! In: reports, layers, memberships, questions. Out: the same again. It is the only room that says SQL. It does not
//! decide: what is kept, and what belongs to which story, is told to it.
//!
//! What is written is written in [`Store::write`]: all of it is there when that returns, and nothing of it
//! before, whenever the run is killed.

mod check;
mod error;
mod layers;
mod meant;
mod pages;
mod refusals;
mod repairs;
mod reports;
mod said;
mod schema;
mod search;
mod sketches;
mod stories;

use std::ops::Deref;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use error::{StoreError, StoreErrorKind};
pub use pages::{Visited, VisitedAt};
pub use repairs::{Pair, PairOf, Said};
pub use reports::{NewVersion, Stored};
pub use said::{Saying, Utterance};
pub use schema::SCHEMA;
pub use search::{Hit, SearchFilter, Snippet};
pub use stories::{Overlap, StoryFilter, StoryLine};

/// What a store gives, or what is wrong with its file.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The number of a report, in order of arrival.
pub type ReportNumber = i64;

/// The key of a version, over all reports.
pub type VersionKey = i64;

/// An open database.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    file: PathBuf,
}

/// A store whose changes come into force together, or not at all.
#[derive(Debug)]
pub struct Writing<'s>(&'s Store);

impl Store {
    /// Opens the database at `file` for reading and writing, and makes it where there is none.
    pub fn open(file: &Path) -> Result<Self> {
        let db = schema::open(file).map_err(|kind| StoreError::new(file, kind))?;
        Ok(Store { db, file: file.to_owned() })
    }

    /// Opens the database at `file`, which must be there, for reading. One of an earlier schema is brought up to date,
    /// for which it must be writable once.
    pub fn open_to_read(file: &Path) -> Result<Self> {
        let db = schema::open_to_read(file).map_err(|kind| StoreError::new(file, kind))?;
        Ok(Store { db, file: file.to_owned() })
    }

    /// Carries out `change`. When this returns well, all of it is on the disk; else nothing of it is. It waits for
    /// another run that writes.
    pub fn write<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&Writing) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let begin = |db| Transaction::new_unchecked(db, TransactionBehavior::Immediate);
        let transaction = begin(&self.db).map_err(|error| self.failed(error))?;
        let done = change(&Writing(self))?;
        transaction.commit().map_err(|error| self.failed(error))?;
        Ok(done)
    }

    /// A number that is another one when another run has changed the database.
    pub fn changes_by_others(&self) -> Result<i64> {
        self.ask(|db| db.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// Runs a query, and names the file where it fails.
    fn ask<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        query(&self.db).map_err(|error| self.failed(error))
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::new(&self.file, error.into())
    }
}

impl Deref for Writing<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Refusal, RefusalKind};

    /// A database of its own.
    fn store(name: &str) -> (PathBuf, Store) {
        let file = std::env::temp_dir().join(format!("rashomon-{name}-{}.db", std::process::id()));
        let _ = std::fs::remove_file(&file);
        let store = Store::open(&file).expect("a database");
        (file, store)
    }

    fn refuse(store: &Store, number: usize) -> Result<()> {
        let message = "no report was found in this page. ".repeat(1000);
        let refusal = Refusal { source: format!("{number}.html"), kind: RefusalKind::Empty, message };
        store.write(|store| store.put_refusal(&refusal, "2031-05-14T08:00:00Z"))
    }

    #[test]
    fn where_no_room_is_left_the_error_names_the_file_and_what_was_kept_stays() {
        let (file, store) = store("full");
        store.ask(|db| db.pragma_update(None, "max_page_count", 200)).expect("a bound");
        let (kept, error) =
            (0..100).find_map(|n| Some((n, refuse(&store, n).err()?))).expect("an end of the room");
        assert!(matches!(error.kind, StoreErrorKind::Full), "{error}");
        assert_eq!(error.to_string(), format!("{}: {}", file.display(), StoreErrorKind::Full));
        let count: i64 = store
            .ask(|db| db.query_row("SELECT count(*) FROM refusal", [], |row| row.get(0)))
            .expect("a number");
        assert!(kept > 0 && count == kept as i64, "{count} of {kept}");
        drop(store);
        let _ = std::fs::remove_file(file);
    }

    #[test]
    fn where_nothing_may_be_written_the_error_names_the_file() {
        let (file, store) = store("read-only");
        store.ask(|db| db.pragma_update(None, "query_only", true)).expect("a bound");
        let error = refuse(&store, 1).expect_err("nothing is written");
        assert!(matches!(error.kind, StoreErrorKind::ReadOnly), "{error}");
        assert!(error.to_string().starts_with(&file.display().to_string()));
        drop(store);
        let _ = std::fs::remove_file(file);
    }
}
