//! What could not be read.
//!
//! In: refusals. Out: the same. It does not know what they mean.

use super::{Result, Writing};
use crate::report::Refusal;

impl Writing<'_> {
    /// Keeps a refusal; the same one of an earlier run is replaced.
    pub fn put_refusal(&self, refusal: &Refusal, at: &str) -> Result<()> {
        self.ask(|db| {
            db.prepare_cached(
                "INSERT OR REPLACE INTO refusal (source, kind, message, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((&refusal.source, refusal.kind.name(), &refusal.message, at))?;
            Ok(())
        })
    }
}
