//! What a page says in its `meta` elements: OpenGraph, and the names that outlets and their tools use.
//!
//! In: those elements of a parsed page. Out: what they say. It does not know any other witness.

use dom_query::NodeRef;

use super::{Metadata, authors, unescaped};
use crate::report::PublishedAt;

/// Names that give the headline, the most trusted first.
const TITLES: [&str; 6] =
    ["parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "twitter:title"];
/// Names that give who wrote it.
const AUTHORS: [&str; 9] = [
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "article.author",
    "cxenseparse:author",
];
/// Names that give the outlet.
const OUTLETS: [&str; 4] = ["dc.publisher", "dcterms.publisher", "publisher", "application-name"];
/// Names that give when it was published.
const DATES: [&str; 18] = [
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article_date_original",
    "datepublished",
    "date.published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "citation_publication_date",
    "date",
];

/// What the OpenGraph properties say.
pub(super) fn open_graph(tags: &Tags) -> Metadata {
    Metadata {
        title: tags.text(&["og:title"]),
        authors: authors::names(tags.all(&["article:author", "og:article:author"])),
        outlet: tags.text(&["og:site_name"]),
        published_at: tags.date(&[
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
        ]),
        language: tags.text(&["og:locale"]).map(|locale| locale.replace('_', "-")),
        url: tags.text(&["og:url"]),
        summary: tags.text(&["og:description"]),
        body: None,
    }
}

/// What the other `meta` elements say, and the `canonical` address.
pub(super) fn read(tags: &Tags, canonical: Option<&str>) -> Metadata {
    Metadata {
        title: tags.text(&TITLES),
        authors: authors::names(tags.all(&AUTHORS)),
        outlet: tags.text(&OUTLETS),
        published_at: tags.date(&DATES),
        language: tags.text(&["content-language", "dc.language"]),
        url: canonical.map(|href| href.trim().to_owned()).filter(|href| !href.is_empty()),
        summary: tags.text(&["description", "twitter:description"]),
        body: None,
    }
}

/// The `meta` elements, by name or property in lower case.
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Those of a page's `meta` elements that have a content.
    pub fn of(metas: &[NodeRef]) -> Self {
        let named = metas.iter().filter_map(|meta| {
            let meta = meta.element_ref()?;
            let said = |key: &str| meta.attrs.iter().find(|a| &a.name.local == key).map(|a| &*a.value);
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| said(key))?;
            Some((name.to_ascii_lowercase(), said("content")?.to_owned()))
        });
        Tags(named.collect())
    }

    /// The content of every tag of the first of `names` that there is.
    fn all(&self, names: &[&str]) -> Vec<&str> {
        let of = |name: &&str| -> Vec<&str> {
            let same = self.0.iter().filter(|(key, content)| key == name && !content.trim().is_empty());
            same.map(|(_, content)| content.as_str()).collect()
        };
        names
            .iter()
            .map(of)
            .find(|found| !authors::names(found.iter().copied()).is_empty())
            .unwrap_or_default()
    }

    fn each<'t>(&'t self, names: &'t [&str]) -> impl Iterator<Item = &'t str> {
        names
            .iter()
            .flat_map(|name| self.0.iter().filter(move |(key, _)| key == name).map(|(_, c)| c.as_str()))
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        self.each(names).find_map(unescaped)
    }

    fn date(&self, names: &[&str]) -> Option<PublishedAt> {
        self.each(names).find_map(PublishedAt::parse)
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::super::Seen;
    use super::*;

    #[test]
    fn open_graph_is_read_whatever_its_case() {
        let page = "<meta property='OG:title' content='Gates open'><meta property='og:locale' content='en_GB'>\
            <meta property='article:author' content='https://example.org/ana'>\
            <meta name='article:published_time' content='2031-05-14T08:00:00.000Z'>";
        let document = Document::from(page);
        let found = open_graph(&Tags::of(&Seen::of(&document).metas));
        assert_eq!((found.title.as_deref(), found.language.as_deref()), (Some("Gates open"), Some("en-GB")));
        assert!(found.authors.is_empty(), "an address is no name");
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00Z"));
    }

    #[test]
    fn a_date_that_cannot_be_read_gives_way_to_one_that_can() {
        let page = "<meta name=pubdate content='Thursday morning'><meta name=dc.date content=2031-05-14>\
            <meta name=author content='Ana Brit'><meta name=author content='Jo Ray'><meta name=byl content='By Al Moss'>";
        let document = Document::from(page);
        let found = read(&Tags::of(&Seen::of(&document).metas), None);
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14"));
        assert_eq!(found.authors, ["Ana Brit", "Jo Ray"]);
    }
}
