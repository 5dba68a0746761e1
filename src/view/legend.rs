//! Which letter stands for which report.
//!
//! In: a [`Reading`]. Out: a [`Source`] for each report, in the order in which the stories name them: A, B, …
//! It does not know what the reports say.

use std::collections::BTreeMap;

use crate::record::{Evidence, Reading, ReportSummary};

use super::when;

/// A report under its letter.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// "A", … "Z", "AA", …
    pub tag: String,
    /// The outlet, or the file where no outlet is known.
    pub name: String,
    /// When it was published, in words.
    pub date: Option<String>,
    /// The report.
    pub report: &'a ReportSummary,
}

/// A line's evidence, with the report that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Cite<'a> {
    /// Index into [`Legend::sources`].
    pub source: usize,
    /// The words.
    pub evidence: &'a Evidence,
}

/// The sources of a reading.
#[derive(Clone, Debug)]
pub struct Legend<'a> {
    /// In order of their tags.
    pub sources: Vec<Source<'a>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> Legend<'a> {
    /// Gives each report of `reading` its letter.
    pub fn new(reading: &'a Reading) -> Self {
        let reports: BTreeMap<&str, &ReportSummary> =
            reading.reports.iter().map(|r| (r.id.as_str(), r)).collect();
        let told = reading.stories.iter().flat_map(|s| &s.reports);
        let order = told.chain(reading.reports.iter().map(|r| &r.id));
        let (mut sources, mut by_id) = (Vec::new(), BTreeMap::new());
        for report in order.filter_map(|id| reports.get(id.as_str())) {
            by_id.entry(report.id.as_str()).or_insert_with(|| {
                sources.push(source(sources.len(), report));
                sources.len() - 1
            });
        }
        Legend { sources, by_id }
    }

    /// The source of the report with this id.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The tag of the report with this id.
    pub fn tag(&self, id: &str) -> Option<&str> {
        self.index(id).map(|i| self.sources[i].tag.as_str())
    }

    /// Cites `evidence`, leaving out what stands in no report of the reading.
    pub fn cite(&self, evidence: impl IntoIterator<Item = &'a Evidence>) -> Vec<Cite<'a>> {
        let cite = |evidence: &'a Evidence| Some(Cite { source: self.index(evidence.report())?, evidence });
        evidence.into_iter().filter_map(cite).collect()
    }

    /// The tags of what is cited, each once, in order.
    pub fn tags(&self, cites: &[Cite]) -> Vec<&str> {
        let mut indices: Vec<usize> = cites.iter().map(|c| c.source).collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().map(|i| self.sources[i].tag.as_str()).collect()
    }
}

fn source(index: usize, report: &ReportSummary) -> Source<'_> {
    let file = report.source.rsplit(['/', '\\']).next().unwrap_or(&report.source);
    let file = file.strip_suffix(".txt").unwrap_or(file);
    Source {
        tag: tag(index),
        name: report.outlet.clone().unwrap_or_else(|| file.to_owned()),
        date: report.published_at.as_deref().map(when::human),
        report,
    }
}

/// A, … Z, AA, AB, …
fn tag(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", tag(rest - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let tags: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(tag).collect();
        assert_eq!(tags, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn reports_are_lettered_in_the_order_of_their_stories() {
        let sample = crate::view::sample::sample();
        let legend = Legend::new(&sample.reading);
        let told: Vec<&str> =
            sample.reading.stories.iter().flat_map(|s| &s.reports).map(|s| s.as_str()).collect();
        let lettered: Vec<&str> = legend.sources.iter().map(|s| s.report.id.as_str()).collect();
        assert_eq!(lettered, told);
        assert_eq!(legend.tag(told[0]), Some("A"));
        assert_eq!(legend.tag("nobody"), None);
    }
}
