//! The gzip members of an archive, one for each record.
//!
//! In: the compressed stream. Out: what the records in its members give; after a damaged member the next one is looked for. It
//! does not know records.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use flate2::bufread::GzDecoder;

use super::records;
use crate::report::RefusalKind;
use crate::source::{Item, Sink, compressed, refusal};

/// How many bytes of a decompressed member are held at once.
const BUFFER_BYTES: usize = 64 << 10;

/// So many items of a member are held until its checksum was seen. A member of more is an archive that was compressed as a whole,
/// and is not held.
const HELD: usize = 8;

/// Reads every member of `input`.
pub(super) fn read(source: &str, input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    let mut input = Counted { rest: input, at: 0 };
    while find(&mut input)? {
        let at = input.at;
        let mut held = Held { items: Vec::new(), flowing: false, take };
        let mut member = BufReader::with_capacity(BUFFER_BYTES, GzDecoder::new(&mut input));
        let read = records::read(source, at, &mut member, &mut |item| held.add(item));
        if read.as_ref().is_ok_and(ControlFlow::is_break) {
            return Ok(());
        }
        let read = read.and_then(|_| io::copy(&mut member, &mut io::sink()));
        drop(member);
        let flow = match read {
            Ok(_) => held.release(),
            Err(error) => {
                let message =
                    format!("this record cannot be decompressed: {error}; the next one is looked for");
                take(refusal(format!("{source}:{at}"), RefusalKind::BadArchive, message))
            }
        };
        if flow.is_break() {
            return Ok(());
        }
        if input.at == at {
            input.consume(1);
        }
    }
    Ok(())
}

/// What a member gave, until it is known to be whole.
struct Held<'t, 's> {
    items: Vec<Item>,
    flowing: bool,
    take: &'t mut Sink<'s>,
}

impl Held<'_, '_> {
    fn add(&mut self, item: Item) -> ControlFlow<()> {
        self.items.push(item);
        self.flowing |= self.items.len() > HELD;
        if self.flowing { self.release() } else { ControlFlow::Continue(()) }
    }

    fn release(&mut self) -> ControlFlow<()> {
        for item in self.items.drain(..) {
            (self.take)(item)?;
        }
        ControlFlow::Continue(())
    }
}

/// Moves to the next byte that may begin a member; whether there is one.
fn find(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        match buffer.iter().position(|b| *b == 0x1f) {
            // At the end of the buffer the mark cannot be seen whole: the decoder will tell.
            Some(at) if at + 3 > buffer.len() || compressed::is_gzip(&buffer[at..]) => {
                input.consume(at);
                return Ok(true);
            }
            Some(at) => input.consume(at + 1),
            None => {
                let all = buffer.len();
                input.consume(all);
            }
        }
    }
}

/// A stream that counts where it is.
struct Counted<R> {
    rest: R,
    at: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(to)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.rest.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.rest.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use crate::report::RefusalKind;
    use crate::source::read;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn member(number: usize) -> Vec<u8> {
        let page = format!(
            "<html><p>The dam number {number} held through the night, the ministry of water said on Tuesday.</p></html>"
        );
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http\r\n\
             Content-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(record.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn a_damaged_member_costs_only_itself() {
        let mut broken = member(2);
        let middle = broken.len() / 2;
        broken[middle..middle + 8].fill(0xff);
        let mut cut = member(5);
        cut.truncate(40);
        let archive = [member(1), broken, member(3), b"between".to_vec(), member(4), cut].concat();
        let reading = read("crawl.warc.gz", &archive);
        let ids: Vec<&str> = reading.reports.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["example.org/1", "example.org/3", "example.org/4"]);
        assert!(reading.refusals.len() >= 2, "{:?}", reading.refusals);
        assert!(reading.refusals.iter().all(|r| r.kind == RefusalKind::BadArchive));
        assert_eq!(reading.refusals[0].source, format!("crawl.warc.gz:{}", member(1).len()));
    }

    #[test]
    fn records_may_share_a_member() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        for number in 1..=2 {
            let mut record = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&member(number)[..]), &mut record)
                .expect("record");
            encoder.write_all(&record).expect("memory");
        }
        let reading = read("crawl.warc.gz", &encoder.finish().expect("memory"));
        assert_eq!(reading.reports.len(), 2, "{:?}", reading.refusals);
    }
}
