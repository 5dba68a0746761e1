//! A reply in an archive to a report.
//!
//! In: a record's head and content. Out: the page in it as a report, a refusal, or nothing where it is no page. It does not
//! know where the record stands.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use url::Url;

use super::records::Head;
use crate::report::RefusalKind;
use crate::source::list::Told;
use crate::source::{Item, MAX_REPORT_BYTES, html, id_of, refusal};

/// More lines than a reply's head has.
const MAX_HEADERS: usize = 128;

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
    if !crate::source::compressed::is_gzip(body) {
        return match encoding {
            Some("br" | "zstd") if std::str::from_utf8(&body[..body.len().min(64)]).is_err() => {
                Err("this page is compressed in a way that is not read".to_owned())
            }
            _ => Ok(None),
        };
    }
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(body).take(MAX_REPORT_BYTES as u64 + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() > MAX_REPORT_BYTES => {
            Err(format!("larger than {} MiB, decompressed", MAX_REPORT_BYTES >> 20))
        }
        Ok(_) => Ok(Some(bytes)),
        Err(error) => Err(format!("this page cannot be decompressed: {error}")),
    }
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
}
