//! Bytes to reports.
//!
//! In: named bytes, or a stream of them. Out: a [`Report`] for each report in them, and a [`Refusal`] for
//! whatever could not be read. It does not open files: `pipeline` hands it what it found.

mod decode;
mod draft;
mod json_lines;
mod language;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;

use crate::report::{Refusal, RefusalKind, Report};
use draft::Draft;

/// The largest report, and the largest line of a JSON Lines file, in bytes. The longest report of
/// `../shared/data/stories` has 0.3 MiB, a novel about one: what is larger is not one report. It also keeps every
/// offset within [`crate::span::Span`]'s 32 bits.
pub const MAX_REPORT_BYTES: usize = 32 << 20;

/// What came out of one input.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The reports, in the order in which they stand there.
    pub reports: Vec<Report>,
    /// What could not be read.
    pub refusals: Vec<Refusal>,
}

impl Reading {
    /// Adds a report or a refusal.
    pub fn push(&mut self, item: Item) {
        match item {
            Ok(report) => self.reports.push(report),
            Err(refusal) => self.refusals.push(refusal),
        }
    }
}

/// A report, or what could not be read as one.
pub type Item = Result<Report, Refusal>;

/// What is done with each item, and whether more are wanted.
pub type Sink<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

fn refusal(source: impl Into<String>, kind: RefusalKind, message: impl Into<String>) -> Item {
    Err(Refusal { source: source.into(), kind, message: message.into() })
}

/// Reads the bytes of the input named `source`.
pub fn read(source: &str, bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    // Bytes in memory can always be read.
    let _ = read_from(source, bytes, &mut |item| {
        reading.push(item);
        ControlFlow::Continue(())
    });
    reading
}

/// Reads the stream named `source` and hands each report or refusal to `take` until that breaks off. A JSON
/// Lines stream is read line by line and may have any length; of anything else at most [`MAX_REPORT_BYTES`] and
/// one are read. Fails only where `input` does.
pub fn read_from(source: &str, mut input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    let mut head = Vec::new();
    let limit = MAX_REPORT_BYTES as u64 + 1;
    (&mut input).take(limit).read_until(b'\n', &mut head)?;
    while head.len() < MAX_REPORT_BYTES && head.iter().all(u8::is_ascii_whitespace) {
        let left = limit - head.len() as u64;
        if (&mut input).take(left).read_until(b'\n', &mut head)? == 0 {
            break;
        }
    }
    if json_lines::is_named_so(source) || json_lines::starts(&head) {
        return json_lines::read(source, head.chain(input), take);
    }
    input.take(limit - head.len() as u64).read_to_end(&mut head)?;
    let _ = take(read_plain(source, &head));
    Ok(())
}

/// Whether an input of more than [`MAX_REPORT_BYTES`] may still be readable, judged by its name and its
/// first bytes: only JSON Lines may be that large.
pub fn may_be_large(source: &str, first: &[u8]) -> bool {
    json_lines::is_named_so(source) || json_lines::first_word(first) == Some(b'{')
}

/// The refusal of an input of more than [`MAX_REPORT_BYTES`].
pub fn too_large(source: &str) -> Refusal {
    let message = format!("larger than {} MiB, which no report is", MAX_REPORT_BYTES >> 20);
    Refusal { source: source.to_owned(), kind: RefusalKind::TooLarge, message }
}

fn read_plain(source: &str, bytes: &[u8]) -> Item {
    if bytes.len() > MAX_REPORT_BYTES {
        return Err(too_large(source));
    }
    match decode::decode(bytes) {
        Err(reason) => refusal(source, RefusalKind::Binary, reason),
        Ok(decoded) if !has_words(&decoded.string) => {
            refusal(source, RefusalKind::Empty, "there are no words in it")
        }
        Ok(decoded) => {
            let remarks = decoded.remark.into_iter().chain(web_page_remark(&decoded.string)).collect();
            let draft = Draft { id: stem(source), text: decoded.string, remarks, ..Draft::default() };
            Ok(draft.finish(source))
        }
    }
}

/// Whether anything but white space, marks of byte order and invisible joiners stands in `text`.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn web_page_remark(text: &str) -> Option<String> {
    let head = text.trim_start_matches('\u{feff}').trim_start().get(..14)?.to_ascii_lowercase();
    let is_page = head.starts_with("<!doctype html") || head.starts_with("<html");
    is_page.then(|| "looks like a web page: its tags were read as text".to_owned())
}

/// The id of what stands in `source`: the file's name without its extension.
fn stem(source: &str) -> String {
    if source == "-" {
        return "stdin".to_owned();
    }
    let stem = Path::new(source).file_stem().unwrap_or_default().to_string_lossy();
    if stem.is_empty() { source.to_owned() } else { stem.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RegionKind;

    fn kinds(reading: &Reading) -> Vec<RefusalKind> {
        reading.refusals.iter().map(|r| r.kind).collect()
    }

    #[test]
    fn text_stays_exactly_as_it_is() {
        let text = " date 2031-05-14 The dam held.\r\n\r\n“It will,” Ana Brit said.\r\n\t\n";
        let reading = read("news/the.valley.txt", text.as_bytes());
        let report = &reading.reports[0];
        assert_eq!(report.text.as_str(), text);
        assert_eq!((report.id.as_str(), report.source.as_str()), ("the.valley", "news/the.valley.txt"));
        assert_eq!(report.published_at.map(|at| at.edtf()).as_deref(), Some("2031-05-14"));
        assert_eq!(report.regions[0].kind, RegionKind::Metadata);
        assert_eq!(report.slice(report.regions[0].span), " date 2031-05-14");
        assert!(reading.refusals.is_empty() && report.remarks.is_empty());
    }

    #[test]
    fn a_mark_of_byte_order_stays_and_is_metadata() {
        let reading = read("a.txt", "\u{feff}The dam held on Tuesday.".as_bytes());
        let report = &reading.reports[0];
        assert!(report.text.as_str().starts_with('\u{feff}'));
        assert_eq!(report.regions[0].kind, RegionKind::Metadata);
        assert_eq!(report.regions[0].span, crate::span::Span::new(0..3));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        assert_eq!(kinds(&read("a.txt", b"")), [RefusalKind::Empty]);
        assert_eq!(kinds(&read("a.txt", " \n\u{feff}\u{200b}\t ".as_bytes())), [RefusalKind::Empty]);
        assert_eq!(kinds(&read("a.txt", b"GIF89a\x00\x01\x02")), [RefusalKind::Binary]);
        assert_eq!(kinds(&read("a", &vec![b'a'; MAX_REPORT_BYTES + 1])), [RefusalKind::TooLarge]);
        assert_eq!(kinds(&read("a", &vec![b' '; MAX_REPORT_BYTES + 1])), [RefusalKind::TooLarge]);
    }

    #[test]
    fn only_a_first_line_with_a_text_makes_json_lines() {
        let lines = "\n {\"text\": \"The dam held.\"}\n";
        assert_eq!(read("-", lines.as_bytes()).reports[0].source, "-:2");
        let prose = "{Editor's note} The dam held.";
        assert_eq!(read("-", prose.as_bytes()).reports[0].text.as_str(), prose);
        let other = "{\"title\": \"The dam\"}\n";
        assert_eq!(read("-", other.as_bytes()).reports[0].text.as_str(), other);
    }

    #[test]
    fn a_web_page_is_read_with_a_remark() {
        let reading = read("a.html", b"<!DOCTYPE html><p>The dam held.</p>");
        assert_eq!(reading.reports[0].remarks.len(), 1);
        assert_eq!(web_page_remark("<htm“”“”“”"), None);
    }
}
