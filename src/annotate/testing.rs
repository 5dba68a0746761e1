//! Reports for the tests of the annotators.
//!
//! In: a text and the words that regions cover. Out: a [`Report`]. It does not read files.

use crate::report::{Region, RegionKind, Report, Text};
use crate::span::Span;

/// A report that holds `text` and nothing else.
pub fn report(text: &str) -> Report {
    report_with(text, &[])
}

/// A report that holds `text`, with a region over the first occurrence of each of the given words.
pub fn report_with(text: &str, regions: &[(RegionKind, &str)]) -> Report {
    let region = |(kind, words): &(RegionKind, &str)| {
        let start = text.find(words).expect("the words of a region stand in the text");
        Region { kind: *kind, span: Span::new(start..start + words.len()) }
    };
    Report {
        id: "test".into(),
        source: "test.txt".into(),
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: Some("en".into()),
        credits: Vec::new(),
        text: Text::new(text),
        regions: regions.iter().map(region).collect(),
        remarks: Vec::new(),
    }
}
