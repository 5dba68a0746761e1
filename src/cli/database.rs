//! Where the reports are kept.
//!
//! In: `--db`, `RASHOMON_DB`, the folder for a user's data. Out: the file. It does not know what is in it.

use std::path::PathBuf;

use anyhow::Context;
use etcetera::BaseStrategy;

use crate::annotate::{Annotator, Model};
use crate::store::Store;

/// The flag that says where reports are kept.
#[derive(Debug, clap::Args)]
pub struct Database {
    /// The database file [default: rashomon/rashomon.db in the folder for your data, such as ~/.local/share]
    #[arg(long, value_name = "FILE", env = "RASHOMON_DB")]
    db: Option<PathBuf>,
}

impl Database {
    /// The file.
    pub fn path(&self) -> anyhow::Result<PathBuf> {
        if let Some(path) = self.db.clone().filter(|path| !path.as_os_str().is_empty()) {
            return Ok(path);
        }
        let folders =
            etcetera::choose_base_strategy().context("no folder for data is known: say --db FILE")?;
        Ok(folders.data_dir().join("rashomon").join("rashomon.db"))
    }

    /// The database, made where there is none.
    pub fn open(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.path()?)?)
    }

    /// The database, which must be there.
    pub fn open_to_read(&self) -> anyhow::Result<Store> {
        Ok(Store::open_to_read(&self.path()?)?)
    }

    /// The database, which must be there, to change it.
    pub fn open_to_change(&self) -> anyhow::Result<Store> {
        self.open_to_read()?;
        self.open()
    }
}

/// The annotator of a database: the one that `asked` names, which must be the one that its layers were made by; without a
/// name that one, and for a new database the one for streams.
pub fn annotator(store: &Store, asked: Option<Model>) -> anyhow::Result<&'static dyn Annotator> {
    let kept = store.annotator()?.and_then(|name| name.parse::<Model>().ok());
    match (asked, kept) {
        (Some(asked), Some(kept)) if asked != kept => anyhow::bail!(
            "this database was annotated with `{kept}`; `rashomon rebuild --model {asked}` annotates it anew"
        ),
        (asked, kept) => Ok(asked.or(kept).unwrap_or(Model::KEPT).annotator()),
    }
}
