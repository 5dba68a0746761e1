//! A reply in an archive to a report.
//!
//! In: a record's head and content. Out: the page in it as a report, a refusal, or nothing where it is no page. It does not
//! know where the record stands.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::FrameDecoderError;
use url::Url;

use super::records::Head;
use crate::report::RefusalKind;
use crate::source::compressed::is_gzip;
use crate::source::list::Told;
use crate::source::{Item, MAX_REPORT_BYTES, html, id_of, refusal};

/// More lines than a reply's head has.
const MAX_HEADERS: usize = 128;

/// What every frame of Zstandard begins with.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The most that a page may ask a reader of Zstandard to hold, in bytes (RFC 9659).
const MAX_WINDOW_BYTES: u64 = 8 << 20;

/// How much of what is compressed with Brotli is held at once.
const BUFFER_BYTES: usize = 4096;

/// Whether a record with this head may hold a page.
pub(super) fn may_be_page(head: &Head) -> bool {
    match head.kind.as_str() {
        "response" => head.content_type.is_empty() || head.content_type.contains("http"),
        "resource" => head.content_type.contains("html"),
        _ => false,
    }
}

/// The page of a record; a reply that is no success, or no page, is passed over: crawls are full of them.
pub(super) fn read(place: &str, head: &Head, content: &[u8]) -> Option<Item> {
    if head.kind == "resource" {
        return Some(page(place, head, Some(&head.content_type), content));
    }
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut reply = httparse::Response::new(&mut headers);
    let broken = |message: String| Some(refusal(place, RefusalKind::BadArchive, message));
    let body = match reply.parse(content) {
        Ok(httparse::Status::Complete(at)) => &content[at..],
        Ok(httparse::Status::Partial) => {
            return broken("the reply in this record ends within its head".to_owned());
        }
        Err(error) => return broken(format!("the reply in this record is no HTTP: {error}")),
    };
    let said = |name: &str| {
        let header = reply.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
    };
    let content_type = said("content-type");
    let is_page = content_type.as_deref().is_none_or(|said| said.contains("html"));
    if reply.code != Some(200) || !is_page {
        return None;
    }
    let whole = if said("transfer-encoding").is_some_and(|said| said.contains("chunked")) {
        unchunked(body)
    } else {
        None
    };
    let body = whole.as_deref().unwrap_or(body);
    match decompressed(body, said("content-encoding").as_deref()) {
        Ok(unpacked) => Some(page(place, head, content_type.as_deref(), unpacked.as_deref().unwrap_or(body))),
        Err(message) => Some(refusal(place, RefusalKind::Unreadable, message)),
    }
}

fn page(place: &str, head: &Head, content_type: Option<&str>, body: &[u8]) -> Item {
    let url = head.target.as_deref().and_then(|target| Url::parse(target).ok());
    let id = url.as_ref().map_or_else(|| place.to_owned(), id_of);
    html::read(
        html::Place { source: place, id: &id, url: url.as_ref(), content_type, told: &Told::default() },
        body,
    )
}

/// What `body` holds where it is compressed; crawlers mostly store it plain, and say the encoding all the same.
fn decompressed(body: &[u8], encoding: Option<&str>) -> Result<Option<Vec<u8>>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("this page cannot be decompressed: {error}");
    let Some(unpacking) = unpacking(body, encoding).map_err(|error| broken(&error))? else { return Ok(None) };
    let mut bytes = Vec::new();
    match unpacking.take(MAX_REPORT_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > MAX_REPORT_BYTES => {
            Err(format!("larger than {} MiB, decompressed", MAX_REPORT_BYTES >> 20))
        }
        Ok(_) => Ok(Some(bytes)),
        Err(error) => Err(broken(&error)),
    }
}

/// What unpacks `body`; nothing where it is plain. Only Brotli has no mark of its own: there the header is believed, unless the
/// body begins as a text does.
fn unpacking<'b>(
    body: &'b [u8],
    encoding: Option<&str>,
) -> Result<Option<Box<dyn Read + 'b>>, FrameDecoderError> {
    if is_gzip(body) {
        return Ok(Some(Box::new(MultiGzDecoder::new(body))));
    }
    if body.starts_with(&ZSTD) {
        let unpacking = StreamingDecoder::new_with_max_window_size(body, MAX_WINDOW_BYTES)?;
        return Ok(Some(Box::new(unpacking)));
    }
    if encoding == Some("br") && !is_plain(body) {
        return Ok(Some(Box::new(brotli_decompressor::Decompressor::new(body, BUFFER_BYTES))));
    }
    Ok(None)
}

/// Whether `body` begins with text: no stream of Brotli goes far without a byte that none has.
fn is_plain(body: &[u8]) -> bool {
    let head = &body[..body.len().min(64)];
    // A character that the end of the head cuts is no fault.
    let is_utf8 = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    head.trim_ascii_start().starts_with(b"<") || (is_utf8 && head.iter().all(|byte| *byte >= b'\t'))
}

/// The body without the lines that say how long each chunk is; nothing where it has none after all.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = body.iter().position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<p>The dam held through the night, the ministry of water said on Tuesday morning.</p>";

    fn reply(head: &str, body: &[u8]) -> Option<Item> {
        let record =
            Head { kind: "response".into(), target: Some("https://example.org/1".into()), ..Head::default() };
        read("a.warc:0", &record, &[head.as_bytes(), b"\r\n\r\n", body].concat())
    }

    #[test]
    fn only_a_success_that_is_a_page_is_read() {
        let read = reply("HTTP/1.1 200 OK\r\nContent-Type: text/html", PAGE.as_bytes()).expect("an item");
        assert_eq!(read.expect("a report").id, "example.org/1");
        assert!(reply("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()).is_none());
        assert!(reply("HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG").is_none());
        let refused = reply("nonsense", b"").expect("an item").expect_err("refused");
        assert_eq!(refused.kind, RefusalKind::BadArchive);
    }

    #[test]
    fn chunks_are_joined_and_a_false_claim_of_chunks_is_forgiven() {
        let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", PAGE.len(), PAGE);
        for body in [chunked.as_str(), PAGE] {
            let report = reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", body.as_bytes())
                .expect("an item")
                .expect("a report");
            assert!(report.text.as_str().starts_with("The dam held"), "{}", report.text.as_str());
        }
    }

    /// `bytes` as a stream of Brotli that stores them as they are (RFC 7932, 9.2): the window, the length, that it is stored.
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let head = ((bytes.len() as u32 - 1) << 4) | (1 << 20);
        [&head.to_le_bytes()[..3], bytes, &[3]].concat()
    }

    #[test]
    fn a_page_is_unpacked_whatever_it_is_packed_with() {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let zstd = compress_to_vec(PAGE.as_bytes(), CompressionLevel::Fastest);
        for (encoding, body) in [
            ("br", brotli(PAGE.as_bytes())),
            ("zstd", zstd.clone()),
            ("br", PAGE.as_bytes().to_vec()),
            ("zstd", PAGE.as_bytes().to_vec()),
            ("gzip", PAGE.as_bytes().to_vec()),
        ] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}");
            let report = reply(&head, &body).expect("an item").expect("a report");
            assert!(report.text.as_str().starts_with("The dam held"), "{encoding}: {}", report.text.as_str());
        }
        let cut = &zstd[..zstd.len() - 9];
        for (encoding, body) in [("br", &b"\xff\xff\xff\xff"[..]), ("zstd", cut)] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}");
            let refused = reply(&head, body).expect("an item").expect_err("refused");
            assert!(refused.message.starts_with("this page cannot be decompressed"), "{}", refused.message);
        }
    }

    #[test]
    fn a_bomb_in_a_record_is_refused() {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let bomb = compress_to_vec(&vec![b' '; MAX_REPORT_BYTES + 5][..], CompressionLevel::Fastest);
        let refused = reply("HTTP/1.1 200 OK\r\nContent-Encoding: zstd", &bomb);
        let refused = refused.expect("an item").expect_err("refused");
        assert!(refused.message.starts_with("larger than"), "{}", refused.message);
    }
}
