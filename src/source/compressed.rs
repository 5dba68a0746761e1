//! What is compressed with gzip.
//!
//! In: a stream that begins with gzip's mark. Out: what the bytes within give. It does not know what they are, but for archives: they
//! are compressed record by record, and one damaged record must not cost the rest.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::{Sink, read_plain_from, refusal, warc};
use crate::report::RefusalKind;

/// How much is decompressed to see what it is.
const PEEK_BYTES: u64 = 512;

/// Whether `head` begins with gzip's mark.
pub(super) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 0x08])
}

/// Reads the stream `input`.
pub(super) fn read(source: &str, mut input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    let mut head = Vec::new();
    // Where the first bytes are damaged, the name must do.
    let _ = MultiGzDecoder::new(input.fill_buf()?).take(PEEK_BYTES).read_to_end(&mut head);
    if warc::is_archive(&head) || source.to_ascii_lowercase().contains(".warc") {
        return warc::read_compressed(source, input, take);
    }
    let inner = source.strip_suffix(".gz").unwrap_or(source);
    let mut within = |item: super::Item| {
        // The place is that of the file that is there.
        take(item.map_err(|mut refusal| {
            if refusal.source == inner {
                refusal.source = source.to_owned();
            }
            refusal
        }))
    };
    match read_plain_from(source, BufReader::new(MultiGzDecoder::new(input)), &mut within) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ) =>
        {
            let message = format!("it cannot be decompressed: {error}");
            let _ = take(refusal(source, RefusalKind::Unreadable, message));
            Ok(())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{MAX_REPORT_BYTES, read};
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn what_is_within_is_read_by_its_own_name() {
        let reading = read("news/a.html.gz", &gzip(b"<p>The dam held.</p>"));
        let report = &reading.reports[0];
        assert_eq!(
            (report.id.as_str(), report.source.as_str(), report.text.as_str()),
            ("a", "news/a.html.gz", "The dam held.")
        );
        let lines = read("a.jsonl.gz", &gzip(b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"));
        assert_eq!(
            lines.reports.iter().map(|r| r.source.as_str()).collect::<Vec<_>>(),
            ["a.jsonl.gz:1", "a.jsonl.gz:2"]
        );
    }

    #[test]
    fn a_bomb_and_a_damaged_file_are_refused() {
        let bomb = gzip(&vec![b'a'; MAX_REPORT_BYTES + 5]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(read("a.txt.gz", &bomb).refusals[0].kind, RefusalKind::TooLarge);
        let mut cut = gzip(b"The dam held, and it rained on all the houses.");
        cut.truncate(20);
        let reading = read("a.txt.gz", &cut);
        assert_eq!(
            (reading.refusals[0].kind, reading.refusals[0].source.as_str()),
            (RefusalKind::Unreadable, "a.txt.gz")
        );
    }
}
