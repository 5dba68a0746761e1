//! Opening a database, and bringing an older one up to date.
//!
//! In: a file. Out: a connection to a database of today's schema. Each schema is one numbered file of SQL, and a
//! database holds the number of its own; the steps that it lacks are carried out in one transaction, so that a
//! database is of one schema or of the next. It does not know what is kept.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::error::StoreErrorKind;

/// The steps from an empty file to today's schema. A step that was shipped is never changed; `tests/databases` holds
/// a database of each.
const STEPS: [&str; 3] = [
    include_str!("migrations/1-reports.sql"),
    include_str!("migrations/2-sketches.sql"),
    include_str!("migrations/3-watching.sql"),
];

/// SQLite's `application_id`: "Rsho". It tells Rashomon's databases from others.
const APPLICATION: i64 = 0x5273_686f;

/// How long a run waits for another one that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of the file is kept in memory, in KiB.
const CACHE_KIB: i64 = 16 << 10;

/// Today's schema.
pub const SCHEMA: i64 = STEPS.len() as i64;

/// Opens the database at `file` for writing, and makes it where there is none.
pub fn open(file: &Path) -> Result<Connection, StoreErrorKind> {
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let db = Connection::open_with_flags(
        file,
        flags(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE),
    )
    .map_err(|error| unopened(file, error))?;
    db.busy_timeout(PATIENCE)?;
    check(&db).map_err(unwritten)?;
    // Before the schema: a database that cannot be written says so here and not halfway.
    db.pragma_update(None, "journal_mode", "WAL")?;
    settle(&db)?;
    migrate(db)
}

/// Opens the database at `file`, which must be there, for reading; brings an older one up to date first.
pub fn open_to_read(file: &Path) -> Result<Connection, StoreErrorKind> {
    fs::metadata(file)?;
    // SQLite opens for reading what it cannot open for writing; who may write cleans up behind himself.
    let db = match Connection::open_with_flags(file, flags(OpenFlags::SQLITE_OPEN_READ_WRITE)) {
        Ok(db) if !matches!(number(&db, "user_version"), Err(error) if cannot_open(&error)) => db,
        _ => unchanging(file)?,
    };
    db.busy_timeout(PATIENCE)?;
    check(&db)?;
    if number(&db, "user_version")? < SCHEMA {
        drop(db);
        return open(file);
    }
    settle(&db)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

/// Where no write-ahead log can be made beside a database that opened, nobody writes to it.
fn unwritten(kind: StoreErrorKind) -> StoreErrorKind {
    match kind {
        StoreErrorKind::Sql(error) if cannot_open(&error) => StoreErrorKind::ReadOnly,
        kind => kind,
    }
}

fn cannot_open(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// A write-ahead log wants a file beside the database; where none can be made, nobody writes to it either.
fn unchanging(file: &Path) -> Result<Connection, StoreErrorKind> {
    let path = file.canonicalize()?;
    let escaped: String = path
        .to_string_lossy()
        .chars()
        .map(|c| match c {
            '%' => "%25".to_owned(),
            '?' => "%3f".to_owned(),
            '#' => "%23".to_owned(),
            c => c.to_string(),
        })
        .collect();
    let flags = flags(OpenFlags::SQLITE_OPEN_READ_ONLY) | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?)
}

/// One thread uses a connection, so SQLite need not lock for others.
fn flags(mode: OpenFlags) -> OpenFlags {
    mode | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// SQLite only says that it cannot open a file; the system says why.
fn unopened(file: &Path, error: rusqlite::Error) -> StoreErrorKind {
    match fs::OpenOptions::new().append(true).create(true).open(file) {
        Err(reason) => reason.into(),
        Ok(_) => error.into(),
    }
}

/// Refuses what is not Rashomon's, or of a schema that is not known yet.
fn check(db: &Connection) -> Result<(), StoreErrorKind> {
    let (application, schema) = (number(db, "application_id")?, number(db, "user_version")?);
    let empty = application == 0 && schema == 0 && tables(db)? == 0;
    if application != APPLICATION && !empty {
        return Err(StoreErrorKind::Foreign);
    }
    if schema > SCHEMA {
        return Err(StoreErrorKind::Newer { found: schema, known: SCHEMA });
    }
    Ok(())
}

fn settle(db: &Connection) -> Result<(), StoreErrorKind> {
    // With FULL a commit is on the disk when it returns: what was acknowledged survives a power cut too.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // A database may come from somebody else: its schema may call no function that does more than compute.
    db.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

fn migrate(mut db: Connection) -> Result<Connection, StoreErrorKind> {
    if number(&db, "user_version")? == SCHEMA {
        return Ok(db);
    }
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another run may have migrated it while this one waited.
    let from = usize::try_from(number(&step, "user_version")?).unwrap_or_default();
    for sql in STEPS.iter().skip(from) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", SCHEMA)?;
    step.commit()?;
    Ok(db)
}

fn number(db: &Connection, pragma: &str) -> Result<i64, rusqlite::Error> {
    db.pragma_query_value(None, pragma, |row| row.get(0))
}

fn tables(db: &Connection) -> Result<i64, rusqlite::Error> {
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}
