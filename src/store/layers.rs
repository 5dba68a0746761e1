//! What was found in a version, kept so that it is found once.
//!
//! In: annotations. Out: the same, or nothing where they were made by another program or are damaged: they can be made
//! anew. It does not know what they mean.
//!
//! The encoding has no names in it, so that it holds only as long as the types do: a digest of their source is part of
//! who made them.

use std::sync::LazyLock;

use rusqlite::OptionalExtension;
use sha2::{Digest as _, Sha256};

use super::reports::json;
use super::{ReportNumber, Result, Store, VersionKey, Writing};
use crate::annotate::Annotations;
use crate::annotate::lexicon;

/// What the encoding depends on.
const TYPES: [&str; 2] = [include_str!("../annotate/layers.rs"), include_str!("../span.rs")];

static SHAPE: LazyLock<String> = LazyLock::new(|| {
    let digest = TYPES.iter().fold(Sha256::new(), |digest, source| digest.chain_update(source)).finalize();
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
});

/// Who makes layers: the program, the annotator `annotator` in it, and the shape of what they are kept as.
fn maker(annotator: &str) -> String {
    format!("{} {annotator} {}", env!("CARGO_PKG_VERSION"), *SHAPE)
}

impl Store {
    /// Which annotator made the layers that are kept; `None` where none are.
    pub fn annotator(&self) -> Result<Option<String>> {
        let made_by: Option<String> = self.ask(|db| {
            db.query_row("SELECT made_by FROM layers ORDER BY version DESC LIMIT 1", [], |row| row.get(0))
                .optional()
        })?;
        Ok(made_by.and_then(|maker| maker.split(' ').nth(1).map(str::to_owned)))
    }

    /// The last report whose layers a rebuild by today's `annotator` made before it was stopped; 0 where none was.
    pub fn rebuilt_until(&self, annotator: &str) -> Result<ReportNumber> {
        let found: Option<ReportNumber> = self.ask(|db| {
            db.query_row("SELECT report FROM rebuild WHERE made_by = ?1", [maker(annotator)], |row| {
                row.get(0)
            })
            .optional()
        })?;
        Ok(found.unwrap_or(0))
    }

    /// The layers of a version, where today's `annotator` made them and they are whole.
    pub fn layers(&self, version: VersionKey, annotator: &str) -> Result<Option<Annotations>> {
        let found: Option<(Vec<u8>, [u8; 32])> = self.ask(|db| {
            db.prepare_cached("SELECT bytes, digest FROM layers WHERE version = ?1 AND made_by = ?2")?
                .query_row((version, maker(annotator)), |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })?;
        let whole = found.filter(|(bytes, digest)| Sha256::digest(bytes).as_slice() == digest);
        Ok(whole.and_then(|(bytes, _)| postcard::from_bytes(&bytes).ok()))
    }
}

impl Writing<'_> {
    /// Notes how far a rebuild by `annotator` is; with `None`, that it came to its end.
    pub fn note_rebuilt(&self, annotator: &str, until: Option<ReportNumber>) -> Result<()> {
        self.ask(|db| {
            match until {
                Some(report) => db.execute(
                    "INSERT OR REPLACE INTO rebuild (only, made_by, report) VALUES (1, ?1, ?2)",
                    (maker(annotator), report),
                )?,
                None => db.execute("DELETE FROM rebuild", [])?,
            };
            Ok(())
        })
    }

    /// Keeps the layers that `annotator` found in a version, and who says something in it.
    pub fn put_layers(&self, version: VersionKey, layers: &Annotations, annotator: &str) -> Result<()> {
        // Plain data is always encoded; without layers they would only be made anew.
        let bytes = postcard::to_allocvec(layers).unwrap_or_default();
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        self.ask(|db| {
            db.prepare_cached(
                "INSERT OR REPLACE INTO layers (version, made_by, digest, bytes) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((version, maker(annotator), digest, bytes))?;
            db.prepare_cached("DELETE FROM utterance WHERE version = ?1")?.execute([version])?;
            let mut row = db.prepare_cached("INSERT INTO utterance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
            for (number, attribution) in layers.attributions.iter().enumerate() {
                let Some(speaker) = attribution.speaker.and_then(|entity| layers.entities.get(entity)) else {
                    continue;
                };
                let (content, cue) = (json(&attribution.content)?, json(&attribution.cue)?);
                let (name, kind) = (&speaker.name, attribution.kind.name());
                row.execute((version, number as i64, name, surname(name), kind, content, cue))?;
            }
            Ok(())
        })
    }
}

/// The last word of `name` as it is looked up, in any of its spellings.
pub(super) fn surname(name: &str) -> String {
    name.split_whitespace().next_back().map(lexicon::surname_key).unwrap_or_default()
}
