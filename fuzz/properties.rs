//! What must hold of any bytes, by the format that they pretend to be of.
//!
//! The targets of cargo-fuzz (`fuzz/fuzz_targets/`) and the seeded mutations of `tests/fuzzing.rs` both call it.

use rashomon::annotate::{Annotations, Annotator, Rules};
use rashomon::report::{Report, agency_credits, mark_regions};
use rashomon::source::{self, list, ninjs};
use rashomon::span::Span;

/// Any bytes become reports or refusals, under any name; their regions stand in order, and every span of every layer slices
/// the text.
pub fn text(bytes: &[u8]) {
    for name in ["fuzz.txt", "-"] {
        let reading = source::read(name, bytes);
        assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
        reading.reports.iter().for_each(regions);
        for report in reading.reports.iter().filter(|_| name == "fuzz.txt") {
            let regions = mark_regions(&report.text);
            for span in agency_credits(&report.text, &regions) {
                assert!(regions.iter().any(|region| region.span.contains(span)));
            }
            let text = report.text.as_str();
            for span in spans(&Rules.annotate(report)) {
                assert!(text.get(span.range()).is_some(), "{span:?}");
            }
        }
    }
}

/// Any bytes under a page's name become a report or a refusal.
pub fn html(bytes: &[u8]) {
    let reading = source::read("fuzz.html", bytes);
    assert_eq!(reading.reports.len() + reading.refusals.len(), 1);
    for report in &reading.reports {
        regions(report);
        let _ = report.body();
    }
}

/// Any bytes are a list of addresses of the web, a broken one, or none; and a feed's entries are read.
pub fn feed(bytes: &[u8]) {
    if let Some(Ok(links)) = list::links("https://example.org/feed", bytes) {
        assert!(links.len() <= list::MAX_LINKS);
        assert!(links.iter().all(|link| matches!(link.url.scheme(), "http" | "https")));
    }
    let reading = source::read("fuzz.xml", bytes);
    assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
    reading.reports.iter().for_each(regions);
}

/// Any bytes after an archive's mark, plain and compressed, are read to their end.
pub fn warc(bytes: &[u8]) {
    source::read("fuzz.warc", bytes).reports.iter().for_each(regions);
    source::read("fuzz.warc", &[b"WARC/1.0\r\n", bytes].concat());
    source::read("fuzz.warc.gz", &[&[0x1f, 0x8b, 0x08], bytes].concat());
}

/// Any bytes become reports or refusals as lines and as one document, and a report goes out as ninjs and comes back with its id.
pub fn json_lines(bytes: &[u8]) {
    for name in ["fuzz.jsonl", "fuzz.json", "fuzz.jsonl.gz"] {
        let reading = source::read(name, bytes);
        assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
        for report in &reading.reports {
            regions(report);
            let item = serde_json::to_vec(&ninjs::item(report)).expect("json");
            let back = source::read("fuzz.json", &item);
            assert!(back.reports.iter().all(|back| back.id == report.id));
        }
    }
}

/// The regions of a report stand in order, and each slices it.
fn regions(report: &Report) {
    let mut end = 0;
    for region in &report.regions {
        assert!(end <= region.span.start && !report.slice(region.span).is_empty());
        end = region.span.end;
    }
}

fn spans(layers: &Annotations) -> Vec<Span> {
    let mut spans: Vec<Span> = layers.tokens.iter().map(|t| t.span).collect();
    spans.extend(layers.quotes.iter().flat_map(|q| [q.outer, q.inner]));
    spans.extend(layers.sentences.iter().map(|s| s.span));
    spans.extend(layers.times.iter().map(|t| t.span));
    spans.extend(layers.quantities.iter().flat_map(|q| [q.span, q.number].into_iter().chain(q.of)));
    spans.extend(layers.mentions.iter().flat_map(|m| [m.span, m.head]));
    spans.extend(layers.entities.iter().flat_map(|e| e.roles.iter().copied()));
    spans.extend(layers.entities.iter().filter_map(|e| e.party.as_ref()).map(|p| p.evidence));
    spans.extend(
        layers
            .attributions
            .iter()
            .flat_map(|a| [&a.source, &a.cue, &a.content, &a.via].into_iter().flatten().copied()),
    );
    spans.extend(layers.events.iter().flat_map(|e| [e.span, e.trigger]));
    spans
}
