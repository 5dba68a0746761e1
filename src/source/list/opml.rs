//! OPML: a list of feeds, as readers of feeds export it.
//!
//! In: its XML. Out: a link to each feed. Folders are passed through: whether a feed stands in one does not matter here.

use std::collections::BTreeSet;

use url::Url;

use super::{LeadsTo, Link, MAX_LINKS, Told, said, web};
use crate::source::xml::{Tag, walk};

/// The feeds that an OPML file names, each once.
pub(super) fn read(xml: &str, base: Option<&Url>) -> Result<Vec<Link>, String> {
    let mut links = Vec::new();
    let mut seen = BTreeSet::new();
    walk(xml, |tag| {
        let Tag::Open { name: "outline", attributes } = tag else { return };
        // Some readers write xmlurl.
        let address = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("xmlUrl"));
        let Some(url) = address.and_then(|(_, url)| web(url, base)) else { return };
        if links.len() < MAX_LINKS && seen.insert(url.clone()) {
            let outlet = ["title", "text"].iter().find_map(|key| said(attributes.get(*key)?));
            links.push(Link { url, leads_to: LeadsTo::List, told: Told { outlet, ..Told::default() } });
        }
    })?;
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_in_and_outside_of_folders_and_each_once() {
        let xml = r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="News &amp; more"><outline type="rss" text="Valley Post" xmlUrl="https://example.org/feed?a=1&amp;b=2"/></outline>
            <outline title="Herald" xmlurl="https://example.net/rss"/><outline text="again" xmlUrl="https://example.net/rss"/>
            <outline text="A note"/><outline text="bad" xmlUrl="not an address"/></body></opml>"#;
        let links = read(xml, None).expect("a list");
        let found: Vec<_> = links.iter().map(|l| (l.url.as_str(), l.told.outlet.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("https://example.org/feed?a=1&b=2", Some("Valley Post")),
                ("https://example.net/rss", Some("Herald"))
            ]
        );
        assert!(links.iter().all(|link| link.leads_to == LeadsTo::List));
    }

    #[test]
    fn a_broken_list_says_where() {
        let message = read("<opml><body><outline text='a'", None).expect_err("broken");
        assert!(message.starts_with("byte "), "{message}");
        let deep = format!("<opml>{}", "<outline text='x'>".repeat(10_000));
        assert!(read(&deep, None).expect_err("deep").contains("too deep"));
    }
}
