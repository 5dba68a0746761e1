//! The rows of the tables that are exported.
//!
//! In: a kept report, or a story with its reports. Out: a row for each report, each telling of a quotation, each telling
//! of a claim. Whatever is quoted comes with its place.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Evidence, Reading, ReportSummary, Story};
use crate::report::PublishedAt;
use crate::store::Stored;

/// A row of a table; its fields serialise in the order of [`Row::NAMES`].
pub trait Row: Serialize + 'static {
    /// The names of the columns.
    const NAMES: &'static [&'static str];
    /// Those that hold whole numbers; the others hold text.
    const NUMBERS: &'static [&'static str];
}

/// A report. The names are those that `rashomon` reads in JSON Lines, and more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of the contract")]
pub struct ReportRow {
    pub id: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub published_at: Option<String>,
    pub retrieved_at: String,
    pub version: u32,
    pub language: Option<String>,
    pub byline: Option<String>,
    pub source: String,
    pub story: Option<String>,
    pub text: String,
}

impl Row for ReportRow {
    const NAMES: &'static [&'static str] = &[
        "id",
        "outlet",
        "title",
        "url",
        "published_at",
        "retrieved_at",
        "version",
        "language",
        "byline",
        "source",
        "story",
        "text",
    ];
    const NUMBERS: &'static [&'static str] = &["version"];
}

impl ReportRow {
    /// The row of `stored`, which tells `story`.
    pub fn new(stored: Stored, story: Option<String>) -> Self {
        let report = stored.report;
        ReportRow {
            byline: report.byline().map(str::to_owned),
            published_at: report.published_at.map(PublishedAt::edtf),
            text: report.text.as_str().to_owned(),
            id: report.id,
            outlet: report.outlet,
            title: report.title,
            url: report.url,
            retrieved_at: stored.retrieved_at,
            version: stored.version,
            language: report.language,
            source: report.source,
            story,
        }
    }
}

/// One telling of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of the contract")]
pub struct QuotationRow {
    pub story: String,
    pub quotation: String,
    pub speaker: Option<String>,
    pub kind: String,
    pub text: String,
    pub cue: Option<String>,
    pub via: Option<String>,
    pub origins: u64,
    pub origins_at_least: u64,
    pub outlet: Option<String>,
    pub published_at: Option<String>,
    pub report: String,
    pub version: u32,
    pub start: u64,
    pub end: u64,
    pub exact: String,
}

impl Row for QuotationRow {
    const NAMES: &'static [&'static str] = &[
        "story",
        "quotation",
        "speaker",
        "kind",
        "text",
        "cue",
        "via",
        "origins",
        "origins_at_least",
        "outlet",
        "published_at",
        "report",
        "version",
        "start",
        "end",
        "exact",
    ];
    const NUMBERS: &'static [&'static str] = &["origins", "origins_at_least", "version", "start", "end"];
}

impl QuotationRow {
    /// The rows of all stories of `reading`.
    pub fn of(reading: &Reading) -> Vec<Self> {
        let reports = by_id(reading);
        let rows = |story: &Story| -> Vec<Self> {
            let names: BTreeMap<&str, &str> =
                story.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
            let tellings = story.quotations.iter().flat_map(|q| q.variants.iter().map(move |v| (q, v)));
            let row = |(quotation, variant): (&crate::record::Quotation, &crate::record::Variant)| {
                let speaker = variant.speaker.as_deref().and_then(|id| names.get(id).copied());
                let place = Place::of(&variant.evidence, &reports);
                QuotationRow {
                    story: story.id.clone(),
                    quotation: quotation.id.clone(),
                    speaker: speaker.map(str::to_owned).or_else(|| quotation.speaker_name.clone()),
                    kind: variant.kind.clone(),
                    text: variant.text.clone(),
                    cue: variant.cue.clone(),
                    via: variant.via.clone(),
                    origins: quotation.origins as u64,
                    origins_at_least: quotation.origins_at_least as u64,
                    outlet: place.outlet,
                    published_at: place.published_at,
                    report: place.report,
                    version: place.version,
                    start: place.start,
                    end: place.end,
                    exact: place.exact,
                }
            };
            tellings.map(row).collect()
        };
        reading.stories.iter().flat_map(rows).collect()
    }
}

/// One report's telling of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of the contract")]
pub struct ClaimRow {
    pub story: String,
    pub claim: String,
    pub text: String,
    pub attributed_to: Option<String>,
    pub origins: u64,
    pub origins_at_least: u64,
    pub outlet: Option<String>,
    pub published_at: Option<String>,
    pub report: String,
    pub version: u32,
    pub start: u64,
    pub end: u64,
    pub exact: String,
}

impl Row for ClaimRow {
    const NAMES: &'static [&'static str] = &[
        "story",
        "claim",
        "text",
        "attributed_to",
        "origins",
        "origins_at_least",
        "outlet",
        "published_at",
        "report",
        "version",
        "start",
        "end",
        "exact",
    ];
    const NUMBERS: &'static [&'static str] = &["origins", "origins_at_least", "version", "start", "end"];
}

impl ClaimRow {
    /// The rows of all stories of `reading`.
    pub fn of(reading: &Reading) -> Vec<Self> {
        let reports = by_id(reading);
        let rows = |story: &Story| -> Vec<Self> {
            let names: BTreeMap<&str, &str> =
                story.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
            let tellings = story.claims.iter().flat_map(|c| c.evidence.iter().map(move |e| (c, e)));
            let row = |(claim, evidence): (&crate::record::Claim, &Evidence)| {
                let named = claim.attributed_to.as_deref().and_then(|id| names.get(id).copied());
                let attributed_to = named.or(claim.source.as_ref().map(|source| source.text.as_str()));
                let place = Place::of(evidence, &reports);
                ClaimRow {
                    story: story.id.clone(),
                    claim: claim.id.clone(),
                    text: claim.text.clone(),
                    attributed_to: attributed_to.map(str::to_owned),
                    origins: claim.origins as u64,
                    origins_at_least: claim.origins_at_least as u64,
                    outlet: place.outlet,
                    published_at: place.published_at,
                    report: place.report,
                    version: place.version,
                    start: place.start,
                    end: place.end,
                    exact: place.exact,
                }
            };
            tellings.map(row).collect()
        };
        reading.stories.iter().flat_map(rows).collect()
    }
}

/// Where words stand.
struct Place {
    outlet: Option<String>,
    published_at: Option<String>,
    report: String,
    version: u32,
    start: u64,
    end: u64,
    exact: String,
}

impl Place {
    fn of(evidence: &Evidence, reports: &BTreeMap<&str, &ReportSummary>) -> Self {
        let report = reports.get(evidence.report());
        Place {
            outlet: report.and_then(|r| r.outlet.clone()),
            published_at: report.and_then(|r| r.published_at.clone()),
            report: evidence.report().to_owned(),
            version: evidence.version().unwrap_or(1),
            start: evidence.start() as u64,
            end: evidence.end() as u64,
            exact: evidence.exact().to_owned(),
        }
    }
}

fn by_id(reading: &Reading) -> BTreeMap<&str, &ReportSummary> {
    reading.reports.iter().map(|report| (report.id.as_str(), report)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn names(row: &impl Row) -> Vec<String> {
        let value = serde_json::to_value(row).expect("JSON");
        value.as_object().expect("an object").keys().cloned().collect()
    }

    #[test]
    fn columns_are_named_as_the_fields_and_every_telling_has_a_row() {
        let reading = sample::sample().reading;
        let (quotations, claims) = (QuotationRow::of(&reading), ClaimRow::of(&reading));
        assert_eq!(names(&quotations[0]), QuotationRow::NAMES);
        assert_eq!(names(&claims[0]), ClaimRow::NAMES);
        let tellings: usize = reading.stories[0].quotations.iter().map(|q| q.variants.len()).sum();
        assert_eq!(quotations.len(), tellings);
        assert!(quotations.iter().any(|row| row.speaker.as_deref() == Some("Ilse Maren")));
        let numbers = [QuotationRow::NUMBERS, ClaimRow::NUMBERS, ReportRow::NUMBERS];
        let all = [QuotationRow::NAMES, ClaimRow::NAMES, ReportRow::NAMES];
        for (numbers, names) in numbers.iter().zip(all) {
            assert!(numbers.iter().all(|number| names.contains(number)));
        }
    }
}
