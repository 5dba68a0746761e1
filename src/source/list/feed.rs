//! Feeds: RSS, Atom, JSON Feed.
//!
//! In: bytes. Out: the [`Feed`] with its entries, each with what the feed tells of it. It does not fetch the pages.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use feed_rs::model;
use url::Url;

use super::{LeadsTo, Link, MAX_LINKS, Told, charset, said, web};
use crate::report::PublishedAt;

/// How many of the first bytes tell a feed from another file.
pub(super) const PEEK_BYTES: usize = 4096;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Its name: most often the outlet's, with a section.
    pub title: Option<String>,
    /// Its entries, in the order in which they stand there.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its own id: an address or any string.
    pub id: String,
    /// The page that it leads to.
    pub url: Option<Url>,
    /// What the feed tells of that page.
    pub told: Told,
    /// The whole report as HTML, where the feed carries it.
    pub content: Option<String>,
    /// What the feed says it is about, as HTML.
    pub summary: Option<String>,
}

impl Feed {
    /// Its entries that lead to a page.
    pub fn links(self) -> Vec<Link> {
        let link = |entry: Entry| Some(Link { url: entry.url?, leads_to: LeadsTo::Page, told: entry.told });
        self.entries.into_iter().filter_map(link).collect()
    }
}

/// Whether `bytes` begin a feed.
pub fn is_feed(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PEEK_BYTES)];
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let first = head.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or_default();
    let head = String::from_utf8_lossy(&head[first..]);
    if head.starts_with('{') {
        return head.contains("jsonfeed.org/version/");
    }
    match super::root(&head) {
        Some("rss" | "RDF") => true,
        Some("feed") => !head.contains("schemas.google.com/merchants"),
        _ => false,
    }
}

/// Reads a feed; relative addresses in it are resolved against `base`. The error says what is wrong with it.
pub fn read(bytes: &[u8], base: Option<&Url>) -> Result<Feed, String> {
    let dates = Dates::default();
    let seen = dates.clone();
    let parser = feed_rs::parser::Builder::new()
        .base_uri(base.map(Url::as_str))
        .timestamp_parser(move |given| seen.instant(given))
        .build();
    let decoded = charset::decode_xml(bytes, None)?;
    let feed = parser.parse(undeclared(&decoded.string).as_bytes()).map_err(|error| error.to_string())?;
    let title = feed.title.and_then(|title| plain(&title.content));
    let entries = feed.entries.into_iter().take(MAX_LINKS);
    let language = feed.language;
    let entries = entries.map(|found| entry(found, language.as_deref(), base, &dates)).collect();
    Ok(Feed { title, entries })
}

/// The most bytes of a declaration.
const MAX_DECLARATION: usize = 256;

/// A decoded feed without declarations of an encoding: the parser follows them wherever they stand, and panics where one that is
/// late or long names another encoding than it began with. What stands in a text like one ("<?xml … encoding=…?>") loses
/// a letter by it, since only the parser knows what is a text.
fn undeclared(feed: &str) -> Cow<'_, str> {
    let declares = |rest: &str| {
        let head = &rest.as_bytes()[..rest.len().min(MAX_DECLARATION)];
        let end = head.windows(2).position(|two| two == b"?>");
        end.is_none_or(|end| head[..end].windows(8).any(|eight| eight == b"encoding"))
    };
    let found = feed.match_indices("<?xml").map(|(at, _)| at);
    let declarations: Vec<usize> = found.filter(|at| declares(&feed[*at..])).collect();
    if declarations.is_empty() {
        return Cow::Borrowed(feed);
    }
    let (mut out, mut copied) = (String::with_capacity(feed.len()), 0);
    for at in declarations {
        // An instruction of another name says nothing to the parser.
        out.push_str(&feed[copied..at]);
        out.push_str("<?xm_");
        copied = at + "<?xml".len();
    }
    out.push_str(&feed[copied..]);
    Cow::Owned(out)
}

fn entry(entry: model::Entry, language: Option<&str>, base: Option<&Url>, dates: &Dates) -> Entry {
    let told = Told {
        title: entry.title.and_then(|title| plain(&title.content)),
        authors: entry.authors.into_iter().filter_map(|person| said(&person.name?)).collect(),
        outlet: None,
        published_at: entry.published.or(entry.updated).and_then(|at| dates.given(at)),
        language: entry.language.as_deref().or(language).and_then(said),
    };
    let page = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = page.and_then(|link| web(&link.href, base)).or_else(|| web(&entry.id, None));
    Entry {
        id: entry.id,
        url,
        told,
        content: entry.content.and_then(|content| said(&content.body?)),
        summary: entry.summary.and_then(|summary| said(&summary.content)),
    }
}

/// The words of a title, in which feeds write tags and entities.
fn plain(title: &str) -> Option<String> {
    let text = if title.contains(['<', '&']) {
        dom_query::Document::fragment(title).text().to_string()
    } else {
        title.to_owned()
    };
    said(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The dates of a feed as they were given: the parser keeps instants only, and with the zone the day would be lost.
#[derive(Clone, Default)]
struct Dates(Arc<Mutex<HashMap<DateTime<Utc>, PublishedAt>>>);

impl Dates {
    /// The instant of a date as a feed gives it.
    fn instant(&self, given: &str) -> Option<DateTime<Utc>> {
        let at = PublishedAt::parse(given)?;
        let local = at.time.unwrap_or_else(|| at.date.to_datetime(jiff::civil::Time::midnight()));
        let seconds = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
        let instant =
            DateTime::from_timestamp(seconds - 60 * i64::from(at.offset_minutes.unwrap_or_default()), 0)?;
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(instant, at);
        Some(instant)
    }

    /// How `instant` was given.
    fn given(&self, instant: DateTime<Utc>) -> Option<PublishedAt> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&instant).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Valley Post &amp;amp; Herald</title><language>en-gb</language>
        <item><title>Gates &lt;i&gt;open&lt;/i&gt;</title><link>https://example.org/1</link><guid isPermaLink="false">n1</guid>
          <pubDate>Wed, 14 May 2031 00:30:00 +0300</pubDate><dc:creator>Ana Brit</dc:creator>
          <description>It rained.</description><content:encoded><![CDATA[<p>It rained all day.</p>]]></content:encoded></item>
        <item><title>Undated</title><link>/2</link></item>
        <item><title>Future</title><link>https://example.org/3</link><pubDate>Tue, 01 Jan 2199 00:00:00 GMT</pubDate></item>
        <item><title>Bad date</title><link>javascript:alert(1)</link><pubDate>soon</pubDate></item>
        </channel></rss>"#;

    fn url(url: &str) -> Url {
        url.parse().expect(url)
    }

    #[test]
    fn no_declaration_of_an_encoding_breaks_the_parser() {
        let item = "<item><title>Gates</title><link>https://example.org/1</link></item>";
        let padding = "<!-- <?xml version='1.0' encoding='utf-16'?> -->".repeat(400);
        let later = "<?xml version='1.0' encoding='utf-16'?>";
        let text = "<description><![CDATA[<?xml version='1.0'?> is how it begins]]></description>";
        let feed = format!(
            "\n <?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{text}{padding}{later}{item}</channel></rss>"
        );
        let read = read(feed.as_bytes(), None).expect("a feed");
        assert_eq!(read.entries.len(), 1);
        // A declaration that is only somewhat long, of the encoding that the feed is in.
        let slow = format!(
            "<?xml version='1.0'{}encoding='iso-8859-1'?><rss version='2.0'><channel>{}</channel></rss>",
            " ".repeat(60),
            item.replace("Gates", "Tür")
        );
        let slow: Vec<u8> = slow.chars().map(|c| u8::try_from(c).expect("a letter of Latin 1")).collect();
        let read = super::read(&slow, None).expect("a feed");
        assert_eq!(read.entries[0].told.title.as_deref(), Some("Tür"));
        let long = format!(
            "<?xml version='1.0'{}encoding='utf-16'?><rss version='2.0'><channel>{item}</channel></rss>",
            " ".repeat(20_000)
        );
        assert_eq!(super::read(long.as_bytes(), None).map(|feed| feed.entries.len()), Ok(1));
        let broken = format!("<rss version='2.0'><channel></<![CDATA[{}{item}", later.repeat(300));
        assert!(super::read(broken.as_bytes(), None).is_err());
        assert!(matches!(undeclared(text), Cow::Borrowed(_)));
    }

    #[test]
    fn an_rss_feed_is_read_with_the_day_of_its_own_zone() {
        assert!(is_feed(RSS.as_bytes()));
        let feed = read(RSS.as_bytes(), Some(&url("https://example.org/feed.xml"))).expect("a feed");
        assert_eq!(feed.title.as_deref(), Some("Valley Post & Herald"));
        let first = &feed.entries[0];
        assert_eq!(first.told.title.as_deref(), Some("Gates open"));
        assert_eq!(
            first.told.published_at.map(PublishedAt::edtf).as_deref(),
            Some("2031-05-14T00:30:00+03:00")
        );
        assert_eq!(
            (first.told.authors.as_slice(), first.told.language.as_deref()),
            (&["Ana Brit".to_owned()][..], Some("en-gb"))
        );
        assert_eq!(first.content.as_deref(), Some("<p>It rained all day.</p>"));
        let dates: Vec<_> =
            feed.entries.iter().map(|e| e.told.published_at.map(|at| at.date.year())).collect();
        assert_eq!(dates, [Some(2031), None, Some(2199), None]);
        let urls: Vec<String> = feed.links().iter().map(|link| link.url.to_string()).collect();
        assert_eq!(urls, ["https://example.org/1", "https://example.org/2", "https://example.org/3"]);
    }

    #[test]
    fn atom_and_json_feeds_are_read() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>urn:1</id><title>Gates</title>
            <link rel="enclosure" href="https://example.org/1.mp3"/><link href="https://example.org/1"/>
            <updated>2031-05-14T10:00:00+02:00</updated></entry></feed>"#;
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": "1", "title": "Gates",
            "url": "https://example.org/1", "content_html": "<p>x", "date_published": "2031-05-14T10:00:00+02:00"}]}"#;
        for bytes in [atom, json] {
            assert!(is_feed(bytes.as_bytes()));
            let feed = read(bytes.as_bytes(), None).expect("a feed");
            let entry = &feed.entries[0];
            assert_eq!(entry.url.as_ref().map(Url::as_str), Some("https://example.org/1"));
            assert_eq!(
                entry.told.published_at.map(PublishedAt::edtf).as_deref(),
                Some("2031-05-14T10:00:00+02:00")
            );
        }
    }

    #[test]
    fn a_broken_feed_says_what_is_wrong() {
        assert!(is_feed(b"<rss><channel><item>"));
        for broken in
            ["<rss><channel></item>", "<feed><entry>", "{\"version\": \"https://jsonfeed.org/version/9\"}"]
        {
            match read(broken.as_bytes(), None) {
                Ok(feed) => assert!(feed.links().is_empty(), "{broken}"),
                Err(message) => assert!(!message.is_empty()),
            }
        }
    }
}
