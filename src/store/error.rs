//! What can go wrong with the database file.
//!
//! In: an error of SQLite, and the file. Out: [`StoreError`], which names the file and says what a person can do. It
//! does not know what was being kept.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The store could not do what was asked of it. What was acknowledged before is kept.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", file.display())]
pub struct StoreError {
    /// The database file.
    pub file: PathBuf,
    /// What is wrong.
    pub kind: StoreErrorKind,
}

/// What is wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum StoreErrorKind {
    /// No file, and the command does not make one.
    #[error("there is no such database; `rashomon add` makes one")]
    Missing,
    /// Another file.
    #[error("this is not a database of Rashomon's")]
    Foreign,
    /// Made by a later program.
    #[error(
        "this database has schema {found}, and this program knows none after {known}: use a later program"
    )]
    Newer {
        /// Its schema.
        found: i64,
        /// The last one known.
        known: i64,
    },
    /// Nothing can be written.
    #[error("it cannot be written to: the file or its folder is read-only")]
    ReadOnly,
    /// No room is left.
    #[error("the disk is full; what was kept before stays kept")]
    Full,
    /// Another run writes.
    #[error("another run is writing to it; try again when that has ended")]
    Busy,
    /// The file is broken.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// The system would not give it.
    #[error("{0}")]
    Io(io::Error),
    /// Anything else that SQLite says.
    #[error("{0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// `kind` of the database at `file`.
    pub fn new(file: &Path, kind: StoreErrorKind) -> Self {
        StoreError { file: file.to_owned(), kind }
    }
}

impl From<rusqlite::Error> for StoreErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::FromSqlConversionFailure(_, _, what) = &error {
            return StoreErrorKind::Damaged(what.to_string());
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreErrorKind::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreErrorKind::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreErrorKind::Busy,
            Some(ErrorCode::NotADatabase) => StoreErrorKind::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => StoreErrorKind::Damaged(error.to_string()),
            _ => StoreErrorKind::Sql(error),
        }
    }
}

impl From<io::Error> for StoreErrorKind {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => StoreErrorKind::Missing,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreErrorKind::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreErrorKind::Full,
            _ => StoreErrorKind::Io(error),
        }
    }
}
