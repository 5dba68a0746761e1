//! Where a run writes to.
//!
//! In: text. Out: the standard output or a file, and complaints on the standard error. A reader that went away
//! ([`is_broken_pipe`]) ends the run without a word.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context;

use crate::report::Refusal;
use crate::view::text::plain;

/// Where a run writes to.
pub struct Output {
    name: String,
    to: Box<dyn Write>,
}

impl Output {
    /// The standard output.
    pub fn stdout() -> Self {
        Output { name: "the standard output".to_owned(), to: Box::new(BufWriter::new(io::stdout().lock())) }
    }

    /// The file at `path`, emptied; without a path the standard output.
    pub fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Output::stdout()) };
        let file = File::create(path).with_context(|| path.display().to_string())?;
        Ok(Output { name: path.display().to_string(), to: Box::new(BufWriter::new(file)) })
    }

    /// Writes `text` and hands it on at once.
    pub fn write(&mut self, text: &str) -> anyhow::Result<()> {
        let written = self.to.write_all(text.as_bytes()).and_then(|()| self.to.flush());
        written.with_context(|| format!("cannot write to {}", self.name))
    }

    /// Writes `value` as a line of JSON.
    pub fn write_line(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(value)?;
        line.push('\n');
        self.write(&line)
    }
}

/// Whether `error` only says that nobody reads any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}

/// Says on the standard error, on one line, what could not be read.
pub fn refuse(refusal: &Refusal) {
    refuse_named(&refusal.source, &refusal.message);
}

/// The same, from the record.
pub fn refuse_named(source: &str, message: &str) {
    complain(&format!("{source}: {message}"));
}

/// One line on the standard error; where that is closed, nobody wants to know.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "rashomon: {}", plain(message));
}
