//! Tests of the page: what is untrusted is escaped, every link has its anchor, nothing is loaded from outside.

use std::collections::BTreeSet;

use regex::Regex;

use super::*;
use crate::view::sample::{Sample, at, report, sample, summary};

fn page(sample: &Sample) -> String {
    render(&sample.reading, &sample.reports).expect("a page")
}

fn found(page: &str, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    pattern.captures_iter(page).map(|c| c[1].to_owned()).collect()
}

/// The text of a piece of the page, as a browser would show it.
fn unescape(html: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'")];
    let named = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")];
    entities.iter().chain(&named).fold(html.to_owned(), |s, (from, to)| s.replace(from, to))
}

#[test]
#[ignore = "for a look: writes the sample to target/sample.html"]
fn write_the_sample() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/target/sample.html");
    std::fs::write(path, page(&sample())).expect("a file");
}

#[test]
fn every_evidence_has_its_anchor_and_every_link_its_target() {
    let sample = sample();
    let page = page(&sample);
    let ids: Vec<String> = found(&page, r#"\bid="([^"]+)""#);
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    let links = found(&page, r##"href="#([^"]*)""##);
    assert!(links.len() > 60);
    for link in &links {
        assert!(unique.contains(link), "{link}");
    }
    let legend = Legend::new(&sample.reading);
    let story = &sample.reading.stories[0];
    let evidence = story
        .claims
        .iter()
        .flat_map(|c| &c.evidence)
        .chain(story.quotations.iter().flat_map(|q| q.variants.iter().map(|v| &v.evidence)));
    for evidence in evidence {
        let tag = legend.tag(evidence.report()).expect("a tag");
        assert!(unique.contains(&segments::key(tag, evidence)));
    }
}

#[test]
fn where_a_report_may_have_a_claim_its_nearest_words_are_linked() {
    let mut sample = sample();
    let unsure =
        sample.reports.iter().find(|r| sample.reading.stories[0].coverage[0].absent_from.contains(&r.id));
    let unsure = unsure.expect("a report without the first claim");
    let title = at(unsure, unsure.title.as_deref().expect("a title"), 0);
    let coverage = &mut sample.reading.stories[0].coverage[0];
    coverage.absent_from.retain(|id| *id != unsure.id);
    coverage.unclear = vec![unsure.id.clone()];
    coverage.nearest = vec![title.clone()];
    let page = page(&sample);
    let links = found(&page, r##"<a class="cell unsure" href="#([^"]*)""##);
    let key = segments::key(Legend::new(&sample.reading).tag(title.report()).expect("a tag"), &title);
    assert_eq!(links, std::slice::from_ref(&key));
    assert!(found(&page, r#"\bid="([^"]+)""#).contains(&key));
    // Marks say that a line rests on words; these are only where to look.
    assert_eq!(found(&page, r#"<mark class="near" data-e="([^"]+)">"#), [key]);
}

#[test]
fn marked_words_are_those_of_the_evidence() {
    let sample = sample();
    let page = page(&sample);
    let marks = Regex::new(r#"<mark data-e="([^"]+)">([^<]*)</mark>"#).expect("a pattern");
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for mark in marks.captures_iter(&page) {
        for key in mark[1].split(' ') {
            words.entry(key.to_owned()).or_default().push_str(&unescape(&mark[2]));
        }
    }
    let legend = Legend::new(&sample.reading);
    for claim in &sample.reading.stories[0].claims {
        for evidence in &claim.evidence {
            let key = segments::key(legend.tag(evidence.report()).expect("a tag"), evidence);
            assert_eq!(words.get(&key).map(String::as_str), Some(evidence.exact()));
        }
    }
}

#[test]
fn what_reports_say_is_escaped_and_stays_in_its_place() {
    let nasty =
        "“</p><script>alert(1)</script>” & \"so\" on 🌊🙂 שלום \u{202e}evil <img src=x onerror=y> end.";
    let hostile = report("x\" onload=\"y", "<b>Outlet</b>", 18, nasty);
    let mut sample = sample();
    let evidence = at(&hostile, "<script>alert(1)</script>” & \"so\" on 🌊🙂 שלום", 0);
    let story = &mut sample.reading.stories[0];
    story.reports = vec![hostile.id.clone()];
    story.title = "</title><script>alert(2)</script>".to_owned();
    story.claims.truncate(1);
    story.claims[0].text = evidence.exact().to_owned();
    story.claims[0].evidence = vec![evidence.clone()];
    sample.reading.reports = vec![summary(&hostile)];
    sample.reports = vec![hostile];
    let page = page(&sample);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<b>Outlet") && !page.contains("onload=\"y"));
    let marked = found(&page, r#"<mark data-e="[^"]+">([^<]*)</mark>"#).concat();
    assert_eq!(unescape(&marked), evidence.exact());
    assert!(page.contains(&format!("id=\"A-{}-{}\"", evidence.start(), evidence.end())));
}

#[test]
fn the_page_asks_for_nothing_from_outside() {
    let page = page(&sample());
    let loads =
        Regex::new(r#"(?i)(src|href|action|data|poster|srcset)\s*=\s*["']?\s*(https?:|//|file:|data:)"#);
    assert_eq!(loads.expect("a pattern").find(&page).map(|m| m.as_str().to_owned()), None);
    for load in ["http://", "https://", "@import", "url(", "<link", "<iframe", "<object", "fetch(", "XMLHttp"]
    {
        assert!(!page.contains(load), "{load}");
    }
    assert!(!page.contains("style=\""), "the policy forbids styles in attributes");
    assert!(Regex::new(r"\son[a-z]+=").expect("a pattern").find(&page).is_none());
}

#[test]
fn the_policy_is_that_of_what_stands_in_the_page() {
    let page = page(&sample());
    let style = &found(&page, r"(?s)<style>(.*?)</style>")[0];
    let script = &found(&page, r"(?s)<script>(.*?)</script>")[0];
    let policy = unescape(&found(&page, r#"Content-Security-Policy" content="([^"]*)""#)[0]);
    assert_eq!(policy, policy::of(style, script));
}

#[test]
fn a_report_without_its_text_leaves_links_but_no_paper() {
    let mut sample = sample();
    sample.reports.clear();
    assert!(!page(&sample).contains("<mark"));
    sample.reading.stories.clear();
    assert!(page(&sample).contains("<!doctype html>"));
}
