//! WARC archives (ISO 28500), as crawlers write them.
//!
//! In: a stream of records, each perhaps compressed on its own. Out: a report for each page in it, and a refusal with the
//! byte where it begins for each record that is damaged; the records around it are read. It holds one record at a time. It does not
//! know what the pages say.
//!
//! The framing is read here, not by a crate: those there are end, or lose the place, at the first damaged record.

mod members;
mod records;
mod response;

use std::io::{self, BufRead};

use super::Sink;

/// Whether `head` begins a record that is not compressed.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(records::MARK)
}

/// Reads an archive that is not compressed.
pub(super) fn read(source: &str, input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    records::read(source, 0, input, take).map(drop)
}

/// Reads an archive whose records are compressed.
pub(super) fn read_compressed(source: &str, input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    members::read(source, input, take)
}
