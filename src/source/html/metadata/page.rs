//! What a page says to its readers: its heading, its byline, its clock, its address.
//!
//! In: a parsed page. Out: what it shows. It is the witness that is trusted least: what stands at the head of a page is laid
//! out for eyes.

use dom_query::{Document, Selection};
use jiff::civil::Date;

use super::{Metadata, authors, words};
use crate::report::PublishedAt;

/// Where a byline stands, the surest first.
const BYLINES: [&str; 5] = [
    "a[rel~='author']",
    "[class*='byline' i] a",
    "[class*='author-name' i]",
    "[class*='author' i] a",
    "[class*='byline' i]",
];

/// Between a headline and the outlet's name in a title.
const SEPARATORS: [&str; 6] = [" | ", " - ", " – ", " — ", " · ", " :: "];

/// What the page shows.
pub(super) fn read(document: &Document) -> Metadata {
    Metadata {
        title: heading(document),
        authors: byline(document),
        outlet: None,
        published_at: clock(document).or_else(|| address(document).and_then(|url| day_in(&url))),
        language: language(document),
        url: None,
        summary: None,
        body: None,
    }
}

/// The language that the page declares for all of it.
pub(super) fn language(document: &Document) -> Option<String> {
    let html = document.html_root();
    let language = html.attr("lang").or_else(|| html.attr("xml:lang"));
    language.and_then(|tag| words(&tag))
}

/// The only `h1`, or the title without the outlet's name.
fn heading(document: &Document) -> Option<String> {
    let headings: Vec<String> =
        document.select("h1").nodes().iter().filter_map(|h1| words(&h1.text())).collect();
    if let [only] = headings.as_slice() {
        return Some(only.clone());
    }
    let title = words(&document.select_single("head title").text())?;
    let cut = SEPARATORS.iter().filter_map(|separator| title.rfind(separator)).max();
    Some(cut.map_or(title.clone(), |at| title[..at].to_owned()))
}

fn byline(document: &Document) -> Vec<String> {
    let names = |place: &&str| {
        let found = document.select(place);
        let texts: Vec<String> =
            found.nodes().iter().filter(|n| !in_aside(n)).map(|n| n.text().to_string()).collect();
        authors::names(texts.iter().map(String::as_str))
    };
    BYLINES.iter().map(names).find(|names| !names.is_empty()).unwrap_or_default()
}

/// Whether it stands where a page shows other reports or its readers' words.
fn in_aside(node: &dom_query::NodeRef) -> bool {
    let aside = ["aside", "footer", "nav"];
    node.ancestors_it(None).any(|above| above.node_name().is_some_and(|name| aside.contains(&name.as_ref())))
}

/// The first `time` with a date for a program, the article's before the page's.
fn clock(document: &Document) -> Option<PublishedAt> {
    let first = |times: Selection| {
        let said: Vec<_> = times.iter().filter_map(|time| time.attr("datetime")).collect();
        said.iter().find_map(|said| PublishedAt::parse(said))
    };
    ["time[pubdate]", "article time[datetime]", "main time[datetime]", "time[datetime]"]
        .iter()
        .find_map(|place| first(document.select(place)))
}

fn address(document: &Document) -> Option<String> {
    let canonical = document.select_single("link[rel~='canonical' i]").attr("href");
    let url = canonical.or_else(|| document.select_single("meta[property='og:url']").attr("content"));
    url.map(|url| url.to_string())
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
        let of = |page: &str| heading(&Document::from(page));
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
        assert_eq!(byline(&Document::from(page)), ["Ana Brit"]);
    }

    #[test]
    fn an_address_may_hold_the_day() {
        let day = |url| day_in(url).map(PublishedAt::edtf);
        assert_eq!(day("https://example.org/world/2031/5/14/gates").as_deref(), Some("2031-05-14"));
        assert_eq!(day("https://example.org/2031/13/14/gates"), None);
        assert_eq!(day("https://example.org/1234/05/14/"), None);
    }
}
