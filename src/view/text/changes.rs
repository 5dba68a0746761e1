//! What outlets changed in their reports.
//!
//! In: the versions of a story. Out: rows on a [`Page`]: the line as it was, and as it is. It does not know why.

use crate::record::{LineChange, Version};
use crate::view::legend::Legend;

use super::page::{Page, Paint, cut};

/// How many versions, and how many lines of one, are shown without `--all`.
const VERSIONS: usize = 6;
const LINES: usize = 8;

/// The section; none where nothing changed.
pub fn section(page: &mut Page, versions: &[Version], legend: &Legend) {
    if versions.is_empty() {
        return;
    }
    page.heading("Changed");
    let all = page.look.all;
    for version in versions.iter().take(if all { versions.len() } else { VERSIONS }) {
        let tag = legend.tag(&version.report).unwrap_or_default();
        let outlet = version.outlet.as_deref().unwrap_or(&version.report);
        let seen = format!("{outlet}, seen {}", version.retrieved_at);
        let head = page.paint(&seen, Paint::Strong);
        page.row(tag, &head);
        if let Some(title) = &version.title {
            put(page, "−", title.before.as_deref());
            put(page, "+", title.after.as_deref());
        }
        for change in version.changes.iter().take(if all { version.changes.len() } else { LINES }) {
            let LineChange { before, after, .. } = change;
            put(page, "−", before.as_ref().map(|e| e.exact()));
            put(page, "+", after.as_ref().map(|e| e.exact()));
        }
        if !all && version.changes.len() > LINES {
            page.note(&format!("… and {} more lines (--all)", version.changes.len() - LINES));
        }
    }
    if !all && versions.len() > VERSIONS {
        page.note(&format!("… and {} more (--all)", versions.len() - VERSIONS));
    }
}

fn put(page: &mut Page, sign: &str, words: Option<&str>) {
    if let Some(words) = words {
        let short = if page.look.all { words.to_owned() } else { cut(words, page.body_room() * 3) };
        let body = page.paint(&format!("{sign} {short}"), Paint::Plain);
        page.row("", &body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::TitleChange;
    use crate::view::sample;
    use crate::view::text::{Look, render};

    #[test]
    fn a_line_stands_as_it_was_and_as_it_is() {
        let sample::Sample { mut reading, reports } = sample::sample();
        let (before, after) = ("more than four hours", "almost five hours");
        reading.stories[0].versions = vec![Version {
            report: "harbour".to_owned(),
            outlet: Some("The Harbour Post".to_owned()),
            before: 1,
            after: 2,
            published_at: None,
            retrieved_at: "2031-03-18T16:05:00Z".to_owned(),
            title: Some(TitleChange {
                before: Some("Talks".to_owned()),
                after: Some("Talks end".to_owned()),
            }),
            changes: vec![LineChange {
                kind: "changed".to_owned(),
                before: Some(sample::at(&reports[0], before, 0)),
                after: Some(sample::at(&reports[2], after, 0)),
            }],
        }];
        let text = render(&reading, Look { width: 88, colour: false, all: false });
        let section = text.split("\nCHANGED\n").nth(1).expect("a section");
        for line in ["The Harbour Post, seen 2031-03-18T16:05:00Z", "− Talks\n", "+ Talks end", before, after]
        {
            assert!(section.contains(line), "{line:?} is not in {section}");
        }
    }
}
