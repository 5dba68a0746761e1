//! Bytes to reports.
//!
//! In: named bytes, or a stream of them. Out: a [`Report`] for each report in them, and a [`Refusal`] for
//! whatever could not be read. It does not open files: `pipeline` hands it what it found.

mod charset;
mod compressed;
mod decode;
mod draft;
mod html;
mod json;
mod json_lines;
mod language;
mod layout;
pub mod list;
pub mod ninjs;
mod warc;
mod xml;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;

use url::Url;

use crate::report::{Refusal, RefusalKind, Report};
use draft::Draft;
use layout::Layout;
use list::Told;

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

/// Reads the stream named `source` and hands each report or refusal to `take` until that breaks off. JSON Lines
/// and WARC are read piece by piece and may have any length; of anything else at most [`MAX_REPORT_BYTES`] and
/// one are read. Fails only where `input` does.
pub fn read_from(source: &str, mut input: impl BufRead, take: &mut Sink) -> io::Result<()> {
    let first = input.fill_buf()?;
    if warc::is_archive(first) {
        return warc::read(source, input, take);
    }
    if compressed::is_gzip(first) {
        return compressed::read(source, input, take);
    }
    read_plain_from(source, input, take)
}

/// Reads what is not compressed.
fn read_plain_from(source: &str, mut input: impl BufRead, take: &mut Sink) -> io::Result<()> {
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
    read_whole(source, &head, take);
    Ok(())
}

/// Reads an input that is held as a whole.
fn read_whole(source: &str, bytes: &[u8], take: &mut Sink) {
    let id = stem(source);
    let place = html::Place { source, id: &id, url: None, content_type: None, told: &Told::default() };
    if bytes.len() > MAX_REPORT_BYTES {
        let _ = take(Err(too_large(source)));
    } else if list::is_feed(bytes) {
        read_feed(source, bytes, take);
    } else if list::is_list(bytes) {
        let message = "a list of addresses: name the file itself to have them fetched";
        let _ = take(refusal(source, RefusalKind::NoReports, message));
    } else if html::is_page(bytes) || is_named(source, &["html", "htm", "xhtml"]) {
        let _ = take(html::read(place, bytes));
    } else if is_named(source, &["json"]) || json::is_document(bytes) {
        json::read(source, bytes, take);
    } else {
        let _ = take(read_plain(&place, bytes));
    }
}

/// Reads what was got from `url`: a page, or plain text. `told` is what a list told of it.
pub fn read_page(url: &Url, content_type: Option<&str>, bytes: &[u8], told: &Told) -> Item {
    let id = id_of(url);
    let place = html::Place { source: url.as_str(), id: &id, url: Some(url), content_type, told };
    if bytes.len() > MAX_REPORT_BYTES {
        return Err(too_large(url.as_str()));
    }
    let says_html = content_type.is_some_and(|said| said.to_ascii_lowercase().contains("html"));
    if says_html || html::is_page(bytes) { html::read(place, bytes) } else { read_plain(&place, bytes) }
}

/// The entries of a feed that is read as a file: the reports that it carries, else what it says of them.
fn read_feed(source: &str, bytes: &[u8], take: &mut Sink) {
    let feed = match list::feed(bytes, None) {
        Ok(feed) => feed,
        Err(message) => {
            let _ = take(refusal(source, RefusalKind::BadList, message));
            return;
        }
    };
    if feed.entries.is_empty() {
        let _ = take(refusal(source, RefusalKind::Empty, "there are no entries in this feed"));
    }
    for (number, entry) in feed.entries.iter().enumerate() {
        let place = format!("{source}:{}", number + 1);
        let id = entry.url.as_ref().map_or_else(|| entry.id.clone(), id_of);
        let told =
            Told { outlet: entry.told.outlet.clone().or_else(|| feed.title.clone()), ..entry.told.clone() };
        let page =
            html::Place { source: &place, id: &id, url: entry.url.as_ref(), content_type: None, told: &told };
        let words = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
        let item = html::read_fragment(page, words).map(|mut report| {
            if entry.content.is_none() {
                report
                    .remarks
                    .push("only what the feed says of it was read, not the report itself".to_owned());
            }
            report
        });
        if take(item).is_break() {
            return;
        }
    }
}

/// Whether an input of more than [`MAX_REPORT_BYTES`] may still be readable, judged by its name and its
/// first bytes: only JSON Lines and archives may be that large.
pub fn may_be_large(source: &str, first: &[u8]) -> bool {
    json_lines::is_named_so(source)
        || json_lines::first_word(first) == Some(b'{')
        || warc::is_archive(first)
        || compressed::is_gzip(first)
}

/// The refusal of an input of more than [`MAX_REPORT_BYTES`].
pub fn too_large(source: &str) -> Refusal {
    let message = format!("larger than {} MiB, which no report is", MAX_REPORT_BYTES >> 20);
    Refusal { source: source.to_owned(), kind: RefusalKind::TooLarge, message }
}

fn read_plain(place: &html::Place, bytes: &[u8]) -> Item {
    let source = place.source;
    match decode::decode(bytes) {
        Err(reason) => refusal(source, RefusalKind::Binary, reason),
        Ok(decoded) if !has_words(&decoded.string) => {
            refusal(source, RefusalKind::Empty, "there are no words in it")
        }
        Ok(decoded) => {
            let draft = Draft {
                id: place.id.to_owned(),
                outlet: place.told.outlet.clone(),
                title: place.told.title.clone(),
                url: place.url.map(Url::to_string),
                published_at: place.told.published_at,
                language: place.told.language.clone(),
                text: Layout::plain(decoded.string),
                remarks: decoded.remark.into_iter().collect(),
            };
            Ok(draft.finish(source))
        }
    }
}

/// Whether anything but white space, marks of byte order and invisible joiners stands in `text`.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether the name `source` ends in one of `extensions`, perhaps before `.gz`.
fn is_named(source: &str, extensions: &[&str]) -> bool {
    let name = source.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Path::new(name).extension().is_some_and(|e| extensions.iter().any(|known| e == *known))
}

/// The id of what stands in `source`: the file's name without its extension.
fn stem(source: &str) -> String {
    if source == "-" {
        return "stdin".to_owned();
    }
    let path = Path::new(source.strip_suffix(".gz").unwrap_or(source));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if stem.is_empty() { source.to_owned() } else { stem.into_owned() }
}

/// The id of what stands at `url`: the address without its scheme.
fn id_of(url: &Url) -> String {
    let address = &url[url::Position::BeforeHost..url::Position::AfterQuery];
    address.trim_end_matches('/').to_owned()
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
    fn a_feed_that_is_a_file_gives_what_it_carries() {
        let feed = "<rss version='2.0'><channel><title>Valley Post</title>\
            <item><title>Gates</title><link>https://example.org/2031/gates</link><pubDate>Wed, 14 May 2031 08:00:00 +0200</pubDate>\
            <description>&lt;p&gt;The gates of the dam opened.&lt;/p&gt;</description></item>\
            <item><title>Nothing</title><link>https://example.org/2</link></item></channel></rss>";
        let reading = read("post.xml", feed.as_bytes());
        let report = &reading.reports[0];
        assert_eq!((report.id.as_str(), report.source.as_str()), ("example.org/2031/gates", "post.xml:1"));
        assert_eq!(report.text.as_str(), "Gates\n\nThe gates of the dam opened.");
        assert_eq!((report.outlet.as_deref(), report.remarks.len()), (Some("Valley Post"), 1));
        assert_eq!(
            (reading.refusals[0].source.as_str(), reading.refusals[0].kind),
            ("post.xml:2", RefusalKind::Empty)
        );
    }

    #[test]
    fn a_list_of_addresses_is_no_report() {
        let reading = read("feeds.opml", b"<?xml version='1.0'?><opml><body/></opml>");
        assert_eq!(kinds(&reading), [RefusalKind::NoReports]);
    }

    #[test]
    fn a_page_is_read_as_one_by_its_first_tag_or_its_name() {
        for (name, page) in [
            ("a", "<!DOCTYPE html><p>The dam held.</p>"),
            ("a.htm", "<p>The dam held.</p>"),
            ("a.html.gz", "<p>The dam held.</p>"),
        ] {
            let reading = read(name, page.as_bytes());
            assert_eq!(reading.reports[0].text.as_str(), "The dam held.", "{name}");
        }
        assert_eq!(read("a.txt", b"<p>The dam held.").reports[0].text.as_str(), "<p>The dam held.");
        let url = "https://example.org/x/".parse().expect("url");
        let report =
            read_page(&url, Some("text/html"), b"<p>The dam held.", &Told::default()).expect("a report");
        assert_eq!(
            (report.id.as_str(), report.url.as_deref()),
            ("example.org/x", Some("https://example.org/x/"))
        );
    }
}
