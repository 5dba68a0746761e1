//! What a page says to its readers: its heading, its byline, its clock, its address.
//!
//! In: a parsed page. Out: what it shows. It is the witness that is trusted least: what stands at the head of a page is laid
//! out for eyes.

use dom_query::{Document, NodeRef};
use jiff::civil::Date;

use super::{Metadata, authors, words};
use crate::report::PublishedAt;

/// Between a headline and the outlet's name in a title.
const SEPARATORS: [&str; 6] = [" | ", " - ", " – ", " — ", " · ", " :: "];

/// What the page shows; `address` is its own, where it is known.
pub(super) fn read(document: &Document, address: Option<&str>) -> Metadata {
    let shown = Shown::of(document);
    Metadata {
        title: shown.heading(document),
        authors: shown.byline(),
        outlet: None,
        published_at: shown.clock().or_else(|| address.and_then(day_in)),
        language: language(document),
        url: None,
        summary: None,
        body: None,
    }
}

/// The elements that a page shows it with, gathered in one walk.
#[derive(Default)]
struct Shown<'d> {
    /// `h1`.
    headings: Vec<NodeRef<'d>>,
    /// `time`.
    times: Vec<NodeRef<'d>>,
    /// Links to an author.
    authors: Vec<NodeRef<'d>>,
    /// What a class calls a byline, and an author.
    called_byline: Vec<NodeRef<'d>>,
    called_author: Vec<NodeRef<'d>>,
    /// What a class calls an author's name.
    called_name: Vec<NodeRef<'d>>,
}

/// The language that the page declares for all of it.
pub(super) fn language(document: &Document) -> Option<String> {
    let html = document.html_root();
    let language = html.attr("lang").or_else(|| html.attr("xml:lang"));
    language.and_then(|tag| words(&tag))
}

impl<'d> Shown<'d> {
    fn of(document: &'d Document) -> Self {
        let mut shown = Shown::default();
        document.root().descendants_it().for_each(|node| shown.see(node));
        shown
    }

    fn see(&mut self, node: NodeRef<'d>) {
        let Some(element) = node.element_ref() else { return };
        let said = |key: &str| element.attrs.iter().find(|a| &a.name.local == key).map(|a| &*a.value);
        match element.name.local.as_ref() {
            "h1" => self.headings.push(node),
            "time" => self.times.push(node),
            "a" if said("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|one| one == "author")) => {
                self.authors.push(node);
            }
            _ => {}
        }
        let Some(class) = said("class").map(str::to_ascii_lowercase) else { return };
        let called = [
            ("byline", &mut self.called_byline),
            ("author-name", &mut self.called_name),
            ("author", &mut self.called_author),
        ];
        called.into_iter().filter(|(name, _)| class.contains(name)).for_each(|(_, nodes)| nodes.push(node));
    }

    /// The only `h1`, or the title without the outlet's name.
    fn heading(&self, document: &Document) -> Option<String> {
        let headings: Vec<String> = self.headings.iter().filter_map(|h1| words(&h1.text())).collect();
        if let [only] = headings.as_slice() {
            return Some(only.clone());
        }
        let title = words(&document.select_single("head title").text())?;
        let cut = SEPARATORS.iter().filter_map(|separator| title.rfind(separator)).max();
        Some(cut.map_or(title.clone(), |at| title[..at].to_owned()))
    }

    /// Who wrote it, by where a byline stands: the surest place first.
    fn byline(&self) -> Vec<String> {
        let places = [
            self.authors.clone(),
            links(&self.called_byline),
            self.called_name.clone(),
            links(&self.called_author),
            self.called_byline.clone(),
        ];
        let names = |place: &Vec<NodeRef>| {
            let texts: Vec<String> =
                place.iter().filter(|n| !in_one_of(n, &ASIDE)).map(|n| n.text().to_string()).collect();
            authors::names(texts.iter().map(String::as_str))
        };
        places.iter().map(names).find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// The first `time` with a date for a program, the article's before the page's.
    fn clock(&self) -> Option<PublishedAt> {
        let first = |wanted: &dyn Fn(&NodeRef) -> bool| {
            let said = self.times.iter().filter(|time| wanted(time)).filter_map(|time| time.attr("datetime"));
            said.into_iter().find_map(|said| PublishedAt::parse(&said))
        };
        first(&|time| time.has_attr("pubdate"))
            .or_else(|| first(&|time| in_one_of(time, &["article"])))
            .or_else(|| first(&|time| in_one_of(time, &["main"])))
            .or_else(|| first(&|_| true))
    }
}

/// Where a page shows other reports or its readers' words.
const ASIDE: [&str; 3] = ["aside", "footer", "nav"];

/// The links in `places`.
fn links<'d>(places: &[NodeRef<'d>]) -> Vec<NodeRef<'d>> {
    places.iter().flat_map(NodeRef::descendants_it).filter(|inner| inner.has_name("a")).collect()
}

/// Whether `node` stands in an element of one of these names.
fn in_one_of(node: &NodeRef, names: &[&str]) -> bool {
    let is_one = |above: NodeRef| above.element_ref().is_some_and(|e| names.contains(&e.name.local.as_ref()));
    node.ancestors_it(None).any(is_one)
}

/// The day in an address like `/2031/05/14/gates-open`.
fn day_in(url: &str) -> Option<PublishedAt> {
    let parts: Vec<&str> = url.split('/').collect();
    let day = parts.windows(3).find_map(|three| {
        let [year, month, day] = three else { return None };
        let whole = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
    });
    day.filter(|day| (1990..2200).contains(&day.year())).map(PublishedAt::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_only_one_or_the_titles_first_part() {
        let of = |page: &str| {
            let document = Document::from(page);
            Shown::of(&document).heading(&document)
        };
        assert_eq!(
            of("<title>Gates - all of them - open | Valley Post</title>").as_deref(),
            Some("Gates - all of them - open")
        );
        assert_eq!(of("<title>x | y</title><h1>Gates\nopen</h1>").as_deref(), Some("Gates open"));
        assert_eq!(of("<title>Gates | Post</title><h1>a</h1><h1>b</h1>").as_deref(), Some("Gates"));
        assert_eq!(of("<p>x"), None);
    }

    #[test]
    fn a_byline_beside_another_report_is_not_this_ones() {
        let page =
            "<aside><a rel=author>Jo Ray</a></aside><p class='article-byline'>By <a href=/x>Ana Brit</a></p>";
        let document = Document::from(page);
        assert_eq!(Shown::of(&document).byline(), ["Ana Brit"]);
    }

    #[test]
    fn an_address_may_hold_the_day() {
        let day = |url| day_in(url).map(PublishedAt::edtf);
        assert_eq!(day("https://example.org/world/2031/5/14/gates").as_deref(), Some("2031-05-14"));
        assert_eq!(day("https://example.org/2031/13/14/gates"), None);
        assert_eq!(day("https://example.org/1234/05/14/"), None);
    }
}
