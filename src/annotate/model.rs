//! Which annotator.
//!
//! In: a name. Out: an [`Annotator`]. It does not know which one serves a command; `cli` does.

use std::fmt;
use std::str::FromStr;

use super::{Annotator, Rules, neural};

/// An annotator by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Rules and lexicons alone: the fastest.
    Rules,
    /// Rules corrected by convolutions: for streams and archives.
    Fast,
    /// Rules corrected by a transformer: for a record of a few reports.
    Accurate,
}

impl Model {
    /// All of them.
    pub const ALL: [Model; 3] = [Model::Rules, Model::Fast, Model::Accurate];

    /// What annotates streams and archives.
    pub const KEPT: Model = Model::Fast;

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Model::Rules => "rules",
            Model::Fast => "fast",
            Model::Accurate => "accurate",
        }
    }

    /// The annotator; its weights are read when it is first asked for.
    pub fn annotator(self) -> &'static dyn Annotator {
        match self {
            Model::Rules => &Rules,
            Model::Fast => neural::fast(),
            Model::Accurate => neural::accurate(),
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Model {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Model::ALL.map(Model::name).join(", ");
        Model::ALL.into_iter().find(|model| model.name() == name).ok_or_else(|| format!("one of {}", known()))
    }
}
