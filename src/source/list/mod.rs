//! Lists of addresses: feeds, lists of feeds (OPML), sitemaps.
//!
//! In: bytes, and where they were read. Out: [`Link`]s to pages and to further lists, with what the list tells of each; or
//! nothing, where the bytes are no list. It does not go there.

mod feed;
mod opml;
mod sitemap;

use url::Url;

use super::charset;
use crate::report::{PublishedAt, Refusal, RefusalKind};
pub use feed::{Entry, Feed, is_feed, read as feed};

/// More addresses than one list may hold (the limit of a sitemap); the rest is dropped.
pub const MAX_LINKS: usize = 50_000;

/// What a list leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    /// A page with a report.
    Page,
    /// A further list.
    List,
}

/// One address of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The address, absolute.
    pub url: Url,
    /// What stands there.
    pub leads_to: LeadsTo,
    /// What the list tells of it.
    pub told: Told,
}

/// What is told of a page from outside. What the page says itself is trusted more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its outlet's name.
    pub outlet: Option<String>,
    /// When it was published, in the zone that was given.
    pub published_at: Option<PublishedAt>,
    /// The BCP 47 tag of its language.
    pub language: Option<String>,
}

/// The links of `bytes`, which were read from `source`; `None` where they are no list. Relative addresses are resolved
/// against `source` where that is an address itself.
pub fn links(source: &str, bytes: &[u8]) -> Option<Result<Vec<Link>, Refusal>> {
    let base = Url::parse(source).ok();
    let found = if feed::is_feed(bytes) {
        feed::read(bytes, base.as_ref()).map(Feed::links)
    } else {
        let decoded = charset::decode_xml(bytes, None).ok()?;
        match root(&decoded.string)? {
            "opml" => opml::read(&decoded.string, base.as_ref()),
            "urlset" | "sitemapindex" => sitemap::read(&decoded.string, base.as_ref()),
            _ => return None,
        }
    };
    Some(found.map_err(|message| Refusal { source: source.to_owned(), kind: RefusalKind::BadList, message }))
}

/// Whether `head`, the first bytes of an input, begins a list.
pub fn is_list(head: &[u8]) -> bool {
    let known = ["opml", "urlset", "sitemapindex"];
    feed::is_feed(head)
        || charset::decode_xml(&head[..head.len().min(feed::PEEK_BYTES)], None)
            .is_ok_and(|d| root(&d.string).is_some_and(|name| known.contains(&name)))
}

/// The local name of the first element, after declarations and comments.
fn root(xml: &str) -> Option<&str> {
    let mut rest = xml.trim_start_matches('\u{feff}').trim_start();
    loop {
        let tag = rest.strip_prefix('<')?;
        rest = match tag {
            _ if tag.starts_with("!--") => after(tag, "-->")?,
            _ if tag.starts_with('?') => after(tag, "?>")?,
            _ if tag.starts_with('!') => after(tag, ">")?,
            _ => {
                let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
                return tag[..end].rsplit(':').next();
            }
        };
    }
}

fn after<'s>(string: &'s str, end: &str) -> Option<&'s str> {
    string.find(end).map(|at| string[at + end.len()..].trim_start())
}

/// `address` as one of the web, resolved against `base`.
fn web(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_is_none() {
        for bytes in [
            &b"It rained."[..],
            b"<!DOCTYPE html><html><body>x",
            b"<p>x",
            b"{\"text\": \"x\"}",
            b"",
            b"<",
            b"<!--",
            b"\xff\xfe<",
        ] {
            assert!(links("a", bytes).is_none(), "{bytes:?}");
            assert!(!is_list(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn the_first_element_is_found_behind_what_precedes_it() {
        assert_eq!(
            root("\u{feff}<?xml version='1.0'?>\n<!-- <opml> -->\n<!DOCTYPE x>\n<s:urlset xmlns:s='x'>"),
            Some("urlset")
        );
        assert_eq!(root("<opml"), None);
    }
}
