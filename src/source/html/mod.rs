//! A web page to a report.
//!
//! In: a page's bytes, and what is told of it from outside. Out: a report whose text is the headline, the byline and the body
//! without boilerplate, or why there is none. It does not fetch, and does not know what the words mean.

mod blocks;
mod body;
mod furniture;
mod metadata;
mod nesting;
mod slim;

use dom_query::Document;
use url::Url;

use super::charset::decode_page;
use super::layout::{Block, BlockKind, Layout};
use super::list::Told;
use super::{Draft, Item, has_words, refusal};
use crate::report::RefusalKind;
use metadata::Metadata;

/// Where a page was read, and what is known of it from there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The path or the address.
    pub source: &'a str,
    /// The report's id.
    pub id: &'a str,
    /// The address that it was got from.
    pub url: Option<&'a Url>,
    /// The `Content-Type` that it came with.
    pub content_type: Option<&'a str>,
    /// What a list told of it.
    pub told: &'a Told,
}

/// Whether `head`, the first bytes of an input, begins a page.
pub(super) fn is_page(head: &[u8]) -> bool {
    let head = &head[..head.len().min(1024)];
    let start =
        String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
        // A comment or an XML declaration may come first.
        || (start.starts_with("<!--") || start.starts_with("<?xml")) && start.contains("<html")
}

/// Reads a page.
pub(super) fn read(place: Place, bytes: &[u8]) -> Item {
    let decoded = match decode_page(bytes, place.content_type) {
        Ok(decoded) => decoded,
        Err(reason) => return refusal(place.source, RefusalKind::Binary, reason),
    };
    let document = Document::from(slim::slim(&decoded.string));
    let found = metadata::read(&document);
    let base = place.url.cloned();
    let body = body::find(document, found.body.as_deref(), found.summary.as_deref());
    if !body.iter().any(|block| has_words(&block.text)) {
        return refusal(place.source, RefusalKind::Empty, "no report was found in this page");
    }
    Ok(draft(place, found, base, &body, decoded.remark).finish(place.source))
}

/// Reads the HTML of a report that a feed carries.
pub(super) fn read_fragment(place: Place, html: &str) -> Item {
    let body = blocks::blocks(Document::fragment(slim::slim(html)).root());
    if body.is_empty() {
        return refusal(place.source, RefusalKind::Empty, "there are no words in it");
    }
    Ok(draft(place, Metadata::default(), None, &body, None).finish(place.source))
}

fn draft(place: Place, found: Metadata, base: Option<Url>, body: &[Block], remark: Option<String>) -> Draft {
    let told = place.told;
    let title = found.title.or_else(|| told.title.clone());
    let authors = if found.authors.is_empty() { &told.authors } else { &found.authors };
    let body = without_title(body, title.as_deref());
    Draft {
        id: place.id.to_owned(),
        outlet: found.outlet.or_else(|| told.outlet.clone()),
        url: canonical(found.url.as_deref(), base).or_else(|| place.url.map(Url::to_string)),
        published_at: found.published_at.or(told.published_at),
        language: found.language.or_else(|| told.language.clone()),
        text: Layout::page(title.as_deref(), authors, body),
        title,
        remarks: remark.into_iter().collect(),
    }
}

/// `body` without the headline that some pages repeat at its head.
fn without_title<'b>(body: &'b [Block], title: Option<&str>) -> &'b [Block] {
    match body.split_first() {
        Some((first, rest))
            if first.kind == BlockKind::Heading && Some(first.text.as_str()) == title && !rest.is_empty() =>
        {
            rest
        }
        _ => body,
    }
}

/// The canonical address, unless it is only the outlet's front page.
fn canonical(given: Option<&str>, base: Option<Url>) -> Option<String> {
    let given = given?;
    let url = match &base {
        Some(base) => base.join(given),
        None => Url::parse(given),
    };
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none();
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && !is_front(url)).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{PublishedAt, RegionKind, Report};

    /// A page as outlets make them, with a body of `paragraphs`.
    fn page(head: &str, paragraphs: &str) -> String {
        format!(
            "<!DOCTYPE html><html lang=en><head><title>Gates of the Lumbe dam open | Valley Post</title>{head}</head><body>\
             <nav class=menu><ul><li><a href=/>Home</a><li><a href=/world>World</a><li><a href=/sport>Sport</a></ul></nav>\
             <article><h1>Gates of the Lumbe dam open</h1>{paragraphs}</article>\
             <footer><p>© Valley Post. All rights reserved.</p></footer></body></html>"
        )
    }

    const BODY: &str = "<p>The gates of the Lumbe dam were opened on Tuesday after three weeks of rain, the ministry of water said.</p>\
        <p>“It was time,” said Ana Brit, the minister, who had come to watch. “Nobody downstream was in danger at any moment.”</p>\
        <h2>What the water did</h2><ul><li>Twelve houses in Lumbe were flooded, the mayor said.</li><li>A road to Ostra is closed until June.</li></ul>\
        <blockquote><p>We will pay for every chair that was lost, and we will do so before the summer ends.</p></blockquote>\
        <table><tr><th>Day</th><th>Level</th></tr><tr><td>Monday</td><td>4.1 metres</td></tr></table>\
        <p>The next talks on the river are planned for June 12 in Ostra, where both governments will meet again.</p>";

    fn read_page(page: &str, url: Option<&str>) -> Report {
        let url: Option<Url> = url.map(|url| url.parse().expect(url));
        let place = Place {
            source: "a.html",
            id: "a",
            url: url.as_ref(),
            content_type: None,
            told: &Told::default(),
        };
        read(place, page.as_bytes()).expect("a report")
    }

    #[test]
    fn a_page_becomes_headline_byline_and_body() {
        let head = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Gates of the Lumbe dam open\",
            \"author\": [{\"name\": \"Jo Ray\"}, {\"name\": \"Al Moss\"}], \"publisher\": {\"name\": \"Valley Post\"},
            \"datePublished\": \"2031-05-14T08:00:00+02:00\", \"url\": \"/2031/gates\"}</script>";
        let report = read_page(&page(head, BODY), Some("https://example.org/x?from=feed"));
        let text = report.text.as_str();
        assert!(
            text.starts_with(
                "Gates of the Lumbe dam open\n\nJo Ray, Al Moss\n\nThe gates of the Lumbe dam were"
            ),
            "{text}"
        );
        assert_eq!(report.title.as_deref(), Some("Gates of the Lumbe dam open"));
        assert_eq!(
            (report.byline(), report.outlet.as_deref()),
            (Some("Jo Ray, Al Moss"), Some("Valley Post"))
        );
        assert_eq!(report.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
        assert_eq!(report.url.as_deref(), Some("https://example.org/2031/gates"));
        assert_eq!(report.language.as_deref(), Some("en"));
        for line in [
            "What the water did",
            "• Twelve houses in Lumbe",
            "We will pay for every chair",
            "Monday | 4.1 metres",
        ] {
            assert!(text.contains(&format!("\n{line}")), "{line}: {text}");
        }
        for furniture in ["World", "rights reserved"] {
            assert!(!text.contains(furniture), "{furniture}");
        }
        let heading = report.regions.iter().find(|r| r.kind == RegionKind::Heading).expect("a heading");
        assert_eq!(report.slice(heading.span), "What the water did");
    }

    #[test]
    fn what_a_list_tells_fills_in_what_the_page_does_not_say() {
        let told = Told {
            title: Some("From the feed".into()),
            outlet: Some("Herald".into()),
            authors: vec!["Ed Lum".into()],
            published_at: PublishedAt::parse("2031-05-14"),
            language: None,
        };
        let place = Place { source: "u", id: "u", url: None, content_type: None, told: &told };
        let report = read(place, page("", BODY).as_bytes()).expect("a report");
        assert_eq!(report.title.as_deref(), Some("Gates of the Lumbe dam open"), "the page is trusted more");
        assert_eq!((report.outlet.as_deref(), report.byline()), (Some("Herald"), Some("Ed Lum")));
        assert_eq!(report.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14"));
    }

    #[test]
    fn a_page_without_words_is_refused() {
        let place =
            Place { source: "a.html", id: "a", url: None, content_type: None, told: &Told::default() };
        for page in ["<html></html>", "<html><body><script>var x = 'words'</script><img src=x>"] {
            assert_eq!(read(place, page.as_bytes()).expect_err("refused").kind, RefusalKind::Empty);
        }
    }

    #[test]
    fn a_page_is_known_by_its_first_tag() {
        for page in [
            "<!DOCTYPE HTML>x",
            "\u{feff}\n <html>",
            "<!-- saved --><!DOCTYPE html><html>",
            "<?xml version='1.0'?><html>",
        ] {
            assert!(is_page(page.as_bytes()), "{page}");
        }
        for other in ["It rained.", "<p>It rained.", "<?xml version='1.0'?><rss>", "{\"html\": 1}"] {
            assert!(!is_page(other.as_bytes()), "{other}");
        }
    }
}
