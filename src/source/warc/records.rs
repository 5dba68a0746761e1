//! The records of an archive.
//!
//! In: a stream of bytes. Out: each record's page, or a refusal; after a damaged record the next line that begins one is looked
//! for. It does not know compression.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::response;
use crate::report::RefusalKind;
use crate::source::{MAX_REPORT_BYTES, Sink, refusal};

/// What every record begins with.
pub(super) const MARK: &[u8] = b"WARC/";

/// The most that a record's own lines may hold, in bytes.
const MAX_HEAD_BYTES: u64 = 64 << 10;

/// What a record says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `response`, `request`, `warcinfo`, ….
    pub kind: String,
    /// The address of the page.
    pub target: Option<String>,
    /// The type of what is in it.
    pub content_type: String,
    /// How many bytes are in it.
    pub length: u64,
}

/// Reads the records of `input`, which begins at byte `start` of `source`; without `start` all have the place of the first.
pub(super) fn read(
    source: &str,
    start: u64,
    input: impl BufRead,
    take: &mut Sink,
) -> io::Result<ControlFlow<()>> {
    let mut input = Pushback { front: VecDeque::new(), rest: input, at: start };
    let mut line = Vec::new();
    // A gap is told once, however many lines it has.
    let mut lost = false;
    loop {
        let at = input.at;
        if next_line(&mut input, &mut line)? == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let item = match begun(&line, &mut input) {
            Ok(None) if lost => continue,
            Ok(None) => {
                lost = true;
                damaged(source, at, "what stands here is no record; the next one is looked for")
            }
            Ok(Some(head)) => {
                lost = false;
                let Some(item) = content(source, at, &head, &mut input)? else { continue };
                item
            }
            Err(Broken::Read(error)) => return Err(error),
            Err(Broken::Head(message)) => {
                lost = true;
                damaged(source, at, message)
            }
        };
        if take(item).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

fn damaged(source: &str, at: u64, message: impl Into<String>) -> crate::source::Item {
    refusal(format!("{source}:{at}"), RefusalKind::BadArchive, message)
}

enum Broken {
    Read(io::Error),
    Head(&'static str),
}

/// The head that begins with `line`; nothing where no record begins.
fn begun(line: &[u8], input: &mut impl BufRead) -> Result<Option<Head>, Broken> {
    if !line.starts_with(MARK) {
        return Ok(None);
    }
    let mut head = Head::default();
    let mut length = None;
    let mut line = Vec::new();
    let mut left = MAX_HEAD_BYTES;
    loop {
        let read = input.by_ref().take(left).read_until(b'\n', &mut line).map_err(Broken::Read)?;
        left = left.saturating_sub(read as u64);
        if read == 0 {
            return Err(Broken::Head("this record ends within its head"));
        }
        let text = String::from_utf8_lossy(&line).into_owned();
        line.clear();
        if text.trim().is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => head.target = Some(value.trim_matches(['<', '>']).to_owned()),
            "content-type" => head.content_type = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    head.length = length.ok_or(Broken::Head("this record does not say how long it is"))?;
    Ok(Some(head))
}

/// Reads what is in a record, and gives its page, a refusal, or nothing where no page is in it.
fn content<R: BufRead>(
    source: &str,
    at: u64,
    head: &Head,
    input: &mut Pushback<R>,
) -> io::Result<Option<crate::source::Item>> {
    if !response::may_be_page(head) {
        let skipped = io::copy(&mut input.by_ref().take(head.length), &mut io::sink())?;
        return Ok((skipped < head.length).then(|| damaged(source, at, "this record is cut off")));
    }
    let mut bytes = Vec::new();
    let held = head.length.min(MAX_REPORT_BYTES as u64);
    input.by_ref().take(held).read_to_end(&mut bytes)?;
    // A length that is too great swallows the records that follow: they are given back.
    if let Some(inner) = swallowed(&bytes) {
        input.give_back(bytes.split_off(inner));
        return Ok(Some(damaged(source, at, "this record says that it is longer than it is")));
    }
    if head.length > held {
        io::copy(&mut input.by_ref().take(head.length - held), &mut io::sink())?;
        let message = format!("larger than {} MiB, which no report is", MAX_REPORT_BYTES >> 20);
        return Ok(Some(refusal(format!("{source}:{at}"), RefusalKind::TooLarge, message)));
    }
    if (bytes.len() as u64) < head.length {
        return Ok(Some(damaged(source, at, "this record is cut off")));
    }
    Ok(response::read(&format!("{source}:{at}"), head, &bytes))
}

/// Where in `bytes` the next record begins, if one does.
fn swallowed(bytes: &[u8]) -> Option<usize> {
    let begins = |rest: &[u8]| {
        let Some(rest) = rest.strip_prefix(b"\r\n\r\nWARC/1.") else { return false };
        // A page may speak of archives; a record goes on with its own lines.
        [&b"\r\nWARC-"[..], b"\r\nContent-"]
            .iter()
            .any(|line| rest.get(1..).is_some_and(|rest| rest.starts_with(line)))
    };
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == b'\r') {
        from += at;
        if begins(&bytes[from..]) {
            return Some(from);
        }
        from += 1;
    }
    None
}

fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    line.clear();
    input.by_ref().take(MAX_HEAD_BYTES).read_until(b'\n', line)
}

/// A stream to which bytes can be given back; it counts where it is.
struct Pushback<R> {
    front: VecDeque<u8>,
    rest: R,
    at: u64,
}

impl<R> Pushback<R> {
    fn give_back(&mut self, bytes: Vec<u8>) {
        self.at -= bytes.len() as u64;
        // What was given back before stands behind it.
        let mut front = VecDeque::from(bytes);
        front.append(&mut self.front);
        self.front = front;
    }
}

impl<R: BufRead> Read for Pushback<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut from = self.fill_buf()?;
        let read = from.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Pushback<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.is_empty() { self.rest.fill_buf() } else { Ok(self.front.as_slices().0) }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        if self.front.is_empty() {
            self.rest.consume(amount);
        } else {
            self.front.drain(..amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::RefusalKind;
    use crate::source::{MAX_REPORT_BYTES, Reading, read};

    fn page(number: usize) -> String {
        format!(
            "<html><body><p>The dam number {number} held through the night, the ministry of water said on Tuesday morning.</p></body></html>"
        )
    }

    fn record(number: usize) -> String {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(number));
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    }

    fn ids(reading: &Reading) -> Vec<&str> {
        reading.reports.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn pages_are_read_and_other_records_are_passed_over() {
        let other = "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 4\r\n\r\nGET \r\n\r\n";
        let archive = [other, &record(1), other, &record(2)].concat();
        let reading = read("crawl.warc", archive.as_bytes());
        assert_eq!(ids(&reading), ["example.org/1", "example.org/2"]);
        assert!(reading.refusals.is_empty(), "{:?}", reading.refusals);
        let first = &reading.reports[0];
        assert_eq!(
            (first.url.as_deref(), first.source.as_str()),
            (Some("https://example.org/1"), format!("crawl.warc:{}", other.len()).as_str())
        );
    }

    #[test]
    fn damaged_records_are_refused_one_by_one() {
        let no_length = "WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n";
        let too_long = record(7).replace("Content-Length: ", "Content-Length: 1");
        let too_short = record(8).replace("Content-Length: ", "Content-Length: 4\r\nX-Was: ");
        let archive = [
            &record(1),
            no_length,
            &record(2),
            "garbage\nand more\n",
            &record(3),
            &too_long,
            &record(4),
            &too_short,
            &record(5),
        ]
        .concat();
        let reading = read("crawl.warc", archive.as_bytes());
        assert_eq!(
            ids(&reading),
            ["example.org/1", "example.org/2", "example.org/3", "example.org/4", "example.org/5"]
        );
        let places: Vec<usize> = [no_length, "garbage", &too_long]
            .iter()
            .map(|part| archive.find(*part).expect("there"))
            .collect();
        for place in places {
            assert!(
                reading.refusals.iter().any(|r| r.source == format!("crawl.warc:{place}")),
                "{place}: {:?}",
                reading.refusals
            );
        }
        assert!(reading.refusals.iter().all(|r| r.kind == RefusalKind::BadArchive));
    }

    #[test]
    fn a_cut_archive_keeps_what_was_whole() {
        let archive = [record(1), record(2)].concat();
        let reading = read("crawl.warc", &archive.as_bytes()[..archive.len() - 40]);
        assert_eq!(ids(&reading), ["example.org/1"]);
        assert!(reading.refusals[0].message.contains("cut off"), "{:?}", reading.refusals);
    }

    #[test]
    fn a_record_that_is_too_large_is_passed_over() {
        let huge = "x".repeat(MAX_REPORT_BYTES + 10);
        let record_of = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{huge}\r\n\r\n",
            huge.len()
        );
        let reading = read("crawl.warc", [record_of, record(2)].concat().as_bytes());
        assert_eq!(
            (reading.refusals[0].kind, ids(&reading).as_slice()),
            (RefusalKind::TooLarge, &["example.org/2"][..])
        );
    }
}
