//! What a page says in microdata: `itemprop` on the elements that a reader sees.
//!
//! In: a parsed page. Out: what the first of each property says. It does not follow `itemref`, which no outlet uses.

use dom_query::{Document, NodeRef, Selection};

use super::{Metadata, authors, words};
use crate::report::PublishedAt;

/// What the page's microdata say.
pub(super) fn read(document: &Document) -> Metadata {
    let of = |name: &str| document.select(&format!("[itemprop~='{name}']"));
    let first = |name| of(name).nodes().iter().find_map(said);
    Metadata {
        title: first("headline"),
        authors: authors::names(names(&of("author")).iter().map(String::as_str)),
        outlet: names(&of("publisher")).into_iter().next(),
        published_at: of("datePublished")
            .nodes()
            .iter()
            .filter_map(said)
            .find_map(|said| PublishedAt::parse(&said)),
        language: first("inLanguage"),
        url: first("mainEntityOfPage").filter(|url| url.contains('/')),
        summary: None,
        body: None,
    }
}

/// The name of each of `people`: within an item, what its own `name` says.
fn names(people: &Selection) -> Vec<String> {
    let name =
        |person: &NodeRef| match Selection::from(*person).select_single("[itemprop~='name']").nodes().first()
        {
            Some(name) => said(name),
            None => said(person),
        };
    people.nodes().iter().filter_map(name).collect()
}

/// What a property says: for a program where it is said so, else what a reader sees.
fn said(property: &NodeRef) -> Option<String> {
    let for_a_program = ["content", "datetime"].iter().find_map(|key| property.attr(key));
    for_a_program.and_then(|said| words(&said)).or_else(|| words(&property.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_for_a_program_first() {
        let page = "<article itemscope><h1 itemprop='headline'>Gates\n open</h1>\
            <span itemprop='author' itemscope><a itemprop='name'>Ana Brit</a> of Ostrava</span>\
            <b itemprop='author'>Jo Ray</b><div itemprop='publisher' itemscope><meta itemprop='name' content='Valley Post'></div>\
            <time itemprop='datePublished' datetime='2031-05-14T08:00+02:00'>this morning</time></article>";
        let found = read(&Document::from(page));
        assert_eq!(found.title.as_deref(), Some("Gates open"));
        assert_eq!(found.authors, ["Ana Brit", "Jo Ray"]);
        assert_eq!(found.outlet.as_deref(), Some("Valley Post"));
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
    }
}
