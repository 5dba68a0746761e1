//! What of a page is no report by its own markup.
//!
//! In: a parsed page. Out: the page without menus, forms, pictures with their captions, other reports, appeals and buttons, which outlets name
//! for what they are in `class` and `id`. It does not know which part is the report, only that no such part is.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dom_query::{Document, NodeData, NodeRef};

/// Elements that are no report whatever they are called.
const ELEMENTS: [&str; 14] = [
    "nav",
    "aside",
    "footer",
    "form",
    "figure",
    "figcaption",
    "button",
    "dialog",
    "menu",
    "noscript",
    "template",
    "video",
    "audio",
    "select",
];

/// The share of a page's paragraphs above which nothing is dropped for its name: "with-newsletter" may name the whole page.
const MAX_SHARE: f64 = 0.3;

/// So many elements are spared for their share; then names count no more, so that no page takes long.
const MAX_SPARED: usize = 64;

/// Roles of elements that are no report.
const ROLES: [&str; 6] = ["navigation", "complementary", "contentinfo", "dialog", "banner", "search"];

/// The length from which a word of the list also stands for what begins with it.
const STEM: usize = 7;

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("furniture.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Removes the furniture from `document`.
pub(super) fn strip(document: &Document) {
    let Some(body) = document.body() else { return };
    let most = (words_in_paragraphs(&body) as f64 * MAX_SHARE) as usize;
    let mut at = body.first_child();
    let (mut spared, mut names) = (0, Names::default());
    while let Some(node) = at {
        let suspect = spared < MAX_SPARED && is_furniture(&node, &mut names);
        let goes = suspect && words_in_paragraphs(&node) <= most;
        spared += usize::from(suspect && !goes);
        let next = if goes { None } else { node.first_child() };
        at = next.or_else(|| following(node, &body));
        if goes {
            node.remove_from_parent();
        }
    }
}

/// The next node that is neither `node` nor within it.
fn following<'a>(node: NodeRef<'a>, root: &NodeRef) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        if node.id == root.id {
            return None;
        }
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
}

fn is_furniture(node: &NodeRef, names: &mut Names) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let name: &str = &element.name.local;
    if matches!(name, "article" | "main" | "p" | "h1" | "table" | "tbody" | "tr" | "td") {
        return false;
    }
    if name == "figure" && holds_words(node) {
        return false;
    }
    ELEMENTS.contains(&name)
        || element.attrs.iter().any(|attribute| {
            let value: &str = &attribute.value;
            match attribute.name.local.as_ref() {
                "aria-hidden" => value == "true",
                "role" => ROLES.contains(&value),
                "class" | "id" | "data-testid" | "data-component" => names.are_furniture(value),
                _ => false,
            }
        })
}

/// Classes and ids of a page, of which most stand there many times, and whether each names furniture.
#[derive(Default)]
struct Names(HashMap<String, bool>);

impl Names {
    fn are_furniture(&mut self, value: &str) -> bool {
        if let Some(known) = self.0.get(value) {
            return *known;
        }
        let found = is_named_so(value);
        self.0.insert(value.to_owned(), found);
        found
    }
}

/// Whether a figure is a quotation or a table, and no picture.
fn holds_words(figure: &NodeRef) -> bool {
    figure.descendants_it().any(|inner| inner.has_name("blockquote") || inner.has_name("table"))
}

/// What names of two words begin with.
static FIRST_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| NAMES.iter().filter_map(|name| Some(name.split_once('-')?.0)).collect());

/// What names begin with that are long enough to be stems.
static STEMS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| NAMES.iter().filter_map(|name| name.get(..STEM)).collect());

/// Whether a class or an id names furniture.
fn is_named_so(value: &str) -> bool {
    let words = words(value);
    let alone = |word: &str| {
        let begins = word.get(..STEM).is_some_and(|stem| STEMS.contains(stem));
        NAMES.contains(word)
            || begins
                && (STEM..word.len()).any(|end| word.is_char_boundary(end) && NAMES.contains(&word[..end]))
    };
    let together = |pair: &[String]| {
        FIRST_WORDS.contains(pair[0].as_str()) && NAMES.contains(format!("{}-{}", pair[0], pair[1]).as_str())
    };
    words.iter().any(|word| alone(word)) || words.windows(2).any(together)
}

/// The words of a class or id: "RelatedLinks__item read-more" has five.
fn words(value: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in value.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if (begins || !c.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// How many words stand in the paragraphs within `node`.
fn words_in_paragraphs(node: &NodeRef) -> usize {
    let paragraphs = node.descendants_it().filter(|inner| inner.has_name("p"));
    paragraphs.map(|paragraph| paragraph.descendants_it().map(|inner| words_of(&inner)).sum::<usize>()).sum()
}

/// How many words a node holds itself.
fn words_of(node: &NodeRef) -> usize {
    let count = |data: &NodeData| match data {
        NodeData::Text { contents } => contents.split_ascii_whitespace().count(),
        _ => 0,
    };
    node.query_or(0, |inner| count(&inner.data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for name in [
            "related",
            "RelatedLinks__item",
            "article read-more",
            "onetrust-pc-sdk",
            "newsletterBox",
            "c-ad",
            "js-share-bar",
            "subscriptions2",
        ] {
            assert!(is_named_so(name), "{name}");
        }
        for name in ["article-body", "header", "shadow", "adapt", "read", "unrelated", "content", ""] {
            assert!(!is_named_so(name), "{name}");
        }
    }

    #[test]
    fn furniture_goes_and_the_report_stays() {
        let text =
            "The gates of the dam were opened on Tuesday, the ministry said in a statement. ".repeat(5);
        let page = format!(
            "<body class='with-newsletter'><nav>Home</nav><div class='page newsletter-on'><p>{text}</p><figure><figcaption>A dam</figcaption></figure>\
            <div class='related-links'><p>Other</p></div><p class='credit'>kept</p></div><div id='cookie-banner'>We use cookies</div>"
        );
        let document = Document::from(page.as_str());
        strip(&document);
        let left = document.body().expect("a body").text().to_string();
        assert_eq!(left.split_whitespace().collect::<Vec<_>>().join(" "), format!("{}kept", text));
    }
}
