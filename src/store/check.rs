//! Whether a database is whole.
//!
//! In: a store. Out: what is wrong with it, in words. It does not mend anything.

use super::{Result, Store};

/// What must hold of every report, as a question for those of which it does not.
const PROMISES: [(&str, &str); 6] = [
    ("a report without a version", "SELECT id FROM report WHERE newest IS NULL"),
    (
        "a report whose newest version is not its own last one",
        "SELECT id FROM report JOIN version ON version.key = newest
         WHERE version.report <> report.number
            OR version.number <> (SELECT count(*) FROM version WHERE version.report = report.number)",
    ),
    (
        "a version without layers",
        "SELECT key FROM version WHERE NOT EXISTS (SELECT 1 FROM layers WHERE layers.version = key)",
    ),
    (
        "a report without a story",
        "SELECT id FROM report WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.report = number)",
    ),
    (
        "a membership that is not in the diary",
        "SELECT report FROM membership WHERE story IS NOT
           (SELECT went_to FROM change WHERE change.report = membership.report ORDER BY number DESC LIMIT 1)",
    ),
    (
        "a report that cannot be searched",
        "SELECT id FROM report WHERE newest NOT IN (SELECT id FROM words_docsize)",
    ),
];

impl Store {
    /// What is wrong with the database; nothing where it is whole.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        self.ask(|db| {
            let mut pages = db.prepare("PRAGMA integrity_check")?;
            let found: Vec<String> =
                pages.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            wrong.extend(found.into_iter().filter(|line| line != "ok"));
            let mut keys = db.prepare("PRAGMA foreign_key_check")?;
            let found: Vec<String> =
                keys.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            wrong.extend(found.into_iter().map(|table| format!("{table} names a row that is not there")));
            for (what, question) in PROMISES {
                let broken = db.query_row(&format!("SELECT count(*) FROM ({question})"), [], |row| {
                    row.get::<_, u32>(0)
                })?;
                if broken > 0 {
                    wrong.push(format!("{what}: {broken}"));
                }
            }
            Ok(())
        })?;
        Ok(wrong)
    }
}
