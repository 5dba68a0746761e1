//! What a page says in microdata: `itemprop` on the elements that a reader sees.
//!
//! In: those elements of a parsed page. Out: what the first of each property says. It does not follow `itemref`, which no outlet uses.

use dom_query::{Attr, NodeRef};

use super::{Metadata, authors, words};
use crate::report::PublishedAt;

/// What the page's elements with an `itemprop` say.
pub(super) fn read(properties: &[NodeRef]) -> Metadata {
    let of = |name: &'static str| properties.iter().filter(move |property| is(property, name));
    let first = |name| of(name).find_map(said);
    let names = |name| of(name).filter_map(named).collect::<Vec<String>>();
    Metadata {
        title: first("headline"),
        authors: authors::names(names("author").iter().map(String::as_str)),
        outlet: names("publisher").into_iter().next(),
        published_at: of("datePublished").filter_map(said).find_map(|said| PublishedAt::parse(&said)),
        language: first("inLanguage"),
        url: first("mainEntityOfPage").filter(|url| url.contains('/')),
        summary: None,
        body: None,
    }
}

/// Whether `node` gives the property `name`.
fn is(node: &NodeRef, name: &str) -> bool {
    let given = |attribute: &Attr| {
        &attribute.name.local == "itemprop" && attribute.value.split_ascii_whitespace().any(|one| one == name)
    };
    node.element_ref().is_some_and(|element| element.attrs.iter().any(given))
}

/// The name of somebody: within an item, what its own `name` says.
fn named(person: &NodeRef) -> Option<String> {
    match person.descendants_it().find(|inner| is(inner, "name")) {
        Some(name) => said(&name),
        None => said(person),
    }
}

/// What a property says: for a program where it is said so, else what a reader sees.
fn said(property: &NodeRef) -> Option<String> {
    let for_a_program = ["content", "datetime"].iter().find_map(|key| property.attr(key));
    for_a_program.and_then(|said| words(&said)).or_else(|| words(&property.text()))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::super::Seen;
    use super::*;

    #[test]
    fn properties_are_read_for_a_program_first() {
        let page = "<article itemscope><h1 itemprop='headline'>Gates\n open</h1>\
            <span itemprop='author' itemscope><a itemprop='name'>Ana Brit</a> of Ostrava</span>\
            <b itemprop='author'>Jo Ray</b><div itemprop='publisher' itemscope><meta itemprop='name' content='Valley Post'></div>\
            <time itemprop='datePublished' datetime='2031-05-14T08:00+02:00'>this morning</time></article>";
        let document = Document::from(page);
        let found = read(&Seen::of(&document).properties);
        assert_eq!(found.title.as_deref(), Some("Gates open"));
        assert_eq!(found.authors, ["Ana Brit", "Jo Ray"]);
        assert_eq!(found.outlet.as_deref(), Some("Valley Post"));
        assert_eq!(found.published_at.map(PublishedAt::edtf).as_deref(), Some("2031-05-14T08:00:00+02:00"));
    }
}
