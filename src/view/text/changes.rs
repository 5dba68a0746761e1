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
