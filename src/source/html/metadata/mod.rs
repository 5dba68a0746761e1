//! What a page says about the report in it.
//!
//! In: a parsed page. Out: its [`Metadata`], each line of it from the witness that is trusted most: JSON-LD, then
//! OpenGraph, then the `meta` elements, then microdata, then what a reader sees. It does not know the body.

mod authors;
mod json_ld;
mod meta;
mod microdata;
mod page;

use dom_query::{Document, NodeRef};

use crate::report::PublishedAt;

/// What one witness says, or all of them together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The names of who wrote it.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// When it was published.
    pub published_at: Option<PublishedAt>,
    /// The declared BCP 47 tag.
    pub language: Option<String>,
    /// Its canonical address, perhaps relative.
    pub url: Option<String>,
    /// What it is about, in a sentence or two.
    pub summary: Option<String>,
    /// Its words, where they are given apart: whole, or only an extract.
    pub body: Option<String>,
}

/// The elements of a page that say something of it, gathered in one walk.
#[derive(Default)]
struct Seen<'d> {
    /// `meta` with a content.
    metas: Vec<NodeRef<'d>>,
    /// JSON-LD.
    scripts: Vec<NodeRef<'d>>,
    /// With an `itemprop`.
    properties: Vec<NodeRef<'d>>,
    /// The address of the canonical link.
    canonical: Option<String>,
}

impl<'d> Seen<'d> {
    fn of(document: &'d Document) -> Self {
        let mut seen = Seen::default();
        document.root().descendants_it().for_each(|node| seen.see(node));
        seen
    }

    fn see(&mut self, node: NodeRef<'d>) {
        let Some(element) = node.element_ref() else { return };
        let said = |key: &str| element.attrs.iter().find(|a| &a.name.local == key).map(|a| &*a.value);
        match element.name.local.as_ref() {
            "meta" if said("content").is_some() => self.metas.push(node),
            "script" if said("type").is_some_and(|of| of.eq_ignore_ascii_case("application/ld+json")) => {
                self.scripts.push(node);
            }
            "link" if self.canonical.is_none() => {
                let is_canonical =
                    |rel: &str| rel.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case("canonical"));
                self.canonical =
                    said("href").filter(|_| said("rel").is_some_and(is_canonical)).map(str::to_owned);
            }
            _ => {}
        }
        if said("itemprop").is_some() {
            self.properties.push(node);
        }
    }
}

/// What `document` says. A witness is heard only where those before it left something open: most pages say all in their head.
pub(super) fn read(document: &Document) -> Metadata {
    let seen = Seen::of(document);
    let tags = meta::Tags::of(&seen.metas);
    let canonical = seen.canonical.as_deref();
    let head = json_ld::read(&seen.scripts).or(meta::open_graph(&tags)).or(meta::read(&tags, canonical));
    let head = Metadata { language: head.language.clone().or_else(|| page::language(document)), ..head };
    if head.is_complete() {
        return head;
    }
    let read = head.or(microdata::read(&seen.properties));
    if read.is_complete() {
        return read;
    }
    let address = read.url.clone();
    read.or(page::read(document, address.as_deref()))
}

impl Metadata {
    /// Whether no other witness could add to it.
    fn is_complete(&self) -> bool {
        self.title.is_some()
            && !self.authors.is_empty()
            && self.published_at.is_some_and(|at| at.offset_minutes.is_some())
            && self.language.is_some()
    }

    /// What `self` says, and what `less_trusted` says where `self` is silent.
    fn or(self, less_trusted: Metadata) -> Metadata {
        Metadata {
            title: self.title.or(less_trusted.title),
            authors: if self.authors.is_empty() { less_trusted.authors } else { self.authors },
            outlet: self.outlet.or(less_trusted.outlet),
            published_at: more_exact(self.published_at, less_trusted.published_at),
            language: self.language.or(less_trusted.language),
            url: self.url.or(less_trusted.url),
            summary: self.summary.or(less_trusted.summary),
            body: self.body.or(less_trusted.body),
        }
    }
}

/// `trusted`, unless `other` gives the same day with a zone that `trusted` lacks.
fn more_exact(trusted: Option<PublishedAt>, other: Option<PublishedAt>) -> Option<PublishedAt> {
    match (trusted, other) {
        (Some(a), Some(b))
            if a.date == b.date && a.offset_minutes.is_none() && b.offset_minutes.is_some() =>
        {
            Some(b)
        }
        (a, b) => a.or(b),
    }
}

/// `text` with its white space made single spaces; nothing where no word is left.
fn words(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.contains(char::is_alphanumeric).then_some(words)
}

/// `text`, in which a page may have written `&` and the like once more than HTML wants.
fn unescaped(text: &str) -> Option<String> {
    if !text.contains('&') {
        return words(text);
    }
    // What looks like a tag stays: it is text here.
    let markup = text.replace('<', "&lt;");
    words(&Document::fragment(markup).text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(page: &str) -> Option<String> {
        read(&Document::from(page)).published_at.map(PublishedAt::edtf)
    }

    #[test]
    fn each_line_is_from_the_witness_that_is_trusted_most() {
        let page = r#"<html lang="en-GB"><head><title>Gates open | Valley Post</title>
            <link rel="canonical" href="/2031/05/14/gates">
            <meta property="og:title" content="Gates open at last"><meta property="og:site_name" content="Valley Post">
            <meta name="author" content="Ana Brit">
            <script type="application/ld+json">{"@type": "NewsArticle", "headline": "The gates open"}</script>
            </head><body><h1>Gates!</h1><time datetime="2031-05-14T08:00:00+02:00">today</time></body></html>"#;
        let found = read(&Document::from(page));
        assert_eq!(found.title.as_deref(), Some("The gates open"));
        assert_eq!(found.outlet.as_deref(), Some("Valley Post"));
        assert_eq!(found.authors, ["Ana Brit"]);
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert_eq!(found.url.as_deref(), Some("/2031/05/14/gates"));
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
    }

    #[test]
    fn a_zone_is_taken_from_whoever_knows_it_but_not_another_day() {
        let page = |day: &str| {
            format!(
                "<meta property='article:published_time' content='2031-05-14'>\
                 <time datetime='{day}T23:30:00Z'>then</time>"
            )
        };
        assert_eq!(edtf(&page("2031-05-14")).as_deref(), Some("2031-05-14T23:30:00Z"));
        assert_eq!(edtf(&page("2031-05-15")).as_deref(), Some("2031-05-14"));
    }

    #[test]
    fn a_page_that_says_nothing_has_nothing() {
        assert_eq!(read(&Document::from("<p>It rained.</p>")), Metadata::default());
    }

    #[test]
    fn entities_are_read_once_more_and_tags_are_not() {
        assert_eq!(unescaped("Brit &amp; Moss&#8217;s plan").as_deref(), Some("Brit & Moss’s plan"));
        assert_eq!(unescaped("a &lt; b <b>c</b>").as_deref(), Some("a < b <b>c</b>"));
        assert_eq!(unescaped(" \n- "), None);
    }
}
