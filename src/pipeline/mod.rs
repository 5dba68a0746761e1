//! Carries out what the stages decide: opens files, reads, annotates, groups, aligns.

use std::path::PathBuf;

use crate::record::{Reading, RefusalSummary, SCHEMA, Story};
use crate::report::Report;

pub mod inputs;

/// Reads `paths` into the record of their stories, with the reports that it is of.
pub fn read(paths: &[PathBuf]) -> (Reading, Vec<Report>) {
    let read = inputs::collect(paths);
    let refusals = read.refusals.iter().map(RefusalSummary::from).collect();
    let reports = read.reports.iter().map(summary).collect();
    let stories = if read.reports.is_empty() { vec![] } else { vec![story(&read.reports)] };
    let reading = Reading { schema: SCHEMA.to_owned(), reports, refusals, stories };
    (reading, read.reports)
}

/// A story of which nothing is known yet but its reports.
fn story(reports: &[Report]) -> Story {
    Story {
        id: String::new(),
        title: reports.iter().find_map(|r| r.title.clone()).unwrap_or_default(),
        from: None,
        to: None,
        reports: reports.iter().map(|r| r.id.clone()).collect(),
        entities: vec![],
        quotations: vec![],
        claims: vec![],
        differences: vec![],
        positions: vec![],
        agreements: vec![],
        next: vec![],
        timeline: vec![],
        events: vec![],
        coverage: vec![],
        copies: vec![],
        limits: vec![],
    }
}

fn summary(report: &Report) -> crate::record::ReportSummary {
    crate::record::ReportSummary {
        id: report.id.clone(),
        source: report.source.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        byline: report.byline().map(str::to_owned),
        published_at: report.published_at.map(|at| at.edtf()),
        language: report.language.clone(),
        words: report.text.as_str().split_whitespace().count(),
        credits: report.credits.iter().map(|span| crate::record::Evidence::new(report, *span)).collect(),
        regions: vec![],
    }
}

/// For each of `reports`, the id of its story.
pub fn stories(reports: &[Report]) -> Vec<String> {
    reports.iter().map(|_| String::new()).collect()
}
