//! A report's text, cut where evidence begins and ends.
//!
//! In: a [`Report`] and the evidence that rests on it. Out: its paragraphs as [`Segment`]s, each of which is
//! covered by the same evidence from its first to its last letter. It does not know what the evidence is for.

use std::collections::BTreeSet;

use crate::record::Evidence;
use crate::report::{RegionKind, Report};
use crate::span::Span;

/// No segment lists more anchors than this, so that the page stays in proportion to its text. On the stories at
/// hand the deepest segment has 9.
const MOST_KEYS: usize = 32;

/// A line of the text.
#[derive(Clone, Debug)]
pub struct Paragraph<'a> {
    /// In order.
    pub segments: Vec<Segment<'a>>,
    /// What it is, where the whole of it is not the report.
    pub region: Option<&'static str>,
}

/// Words that are covered by the same evidence.
#[derive(Clone, Debug)]
pub struct Segment<'a> {
    /// The words.
    pub text: &'a str,
    /// The anchors of the evidence that covers it, with spaces between.
    pub keys: String,
    /// The anchors that begin here.
    pub starts: Vec<String>,
    /// Whether no line rests on it, so that it is only where to look.
    pub near: bool,
    /// What it is, where it is not the report.
    pub region: Option<&'static str>,
}

/// The anchor of `evidence` in the report with this tag.
pub fn key(tag: &str, evidence: &Evidence) -> String {
    format!("{tag}-{}-{}", evidence.start(), evidence.end())
}

/// Words with an anchor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Anchor {
    span: Span,
    key: String,
    near: bool,
}

/// The paragraphs of `report`, cut at the borders of its regions, of `evidence` and of what is only `nearest` to a line. What does
/// not stand in the text as it says is left out.
pub fn paragraphs<'a>(
    report: &'a Report,
    tag: &str,
    evidence: &[&Evidence],
    nearest: &[&Evidence],
) -> Vec<Paragraph<'a>> {
    let all = evidence.iter().map(|e| (*e, false)).chain(nearest.iter().map(|e| (*e, true)));
    let mut anchors: Vec<Anchor> = all
        .filter_map(|(e, near)| Some((report.text.span_of_code_points(e.start(), e.end())?, e, near)))
        .filter(|(span, e, _)| report.slice(*span) == e.exact())
        .map(|(span, e, near)| Anchor { span, key: key(tag, e), near })
        .collect();
    anchors.sort();
    anchors.dedup_by(|again, first| again.key == first.key);
    let cuts = cuts(report, &anchors);
    let mut sweep = Sweep { anchors: &anchors, next: 0, open: Vec::new() };
    let lines = lines(report.text.as_str());
    lines.into_iter().map(|line| paragraph(report, line, &cuts, &mut sweep)).collect()
}

/// Every byte at which a segment begins or ends.
fn cuts(report: &Report, anchors: &[Anchor]) -> BTreeSet<u32> {
    let regions = report.regions.iter().map(|r| r.span);
    anchors.iter().map(|anchor| anchor.span).chain(regions).flat_map(|s| [s.start, s.end]).collect()
}

/// The lines with something in them.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        if !words.trim().is_empty() {
            lines.push(Span::new(start..start + words.len()));
        }
        start += line.len();
    }
    lines
}

fn paragraph<'a>(report: &'a Report, line: Span, cuts: &BTreeSet<u32>, sweep: &mut Sweep) -> Paragraph<'a> {
    let mut segments = Vec::new();
    let mut start = line.start;
    let inner = cuts.range(line.start + 1..line.end).copied();
    for end in inner.chain([line.end]) {
        let span = Span { start, end };
        let (keys, starts) = sweep.at(span);
        let near = sweep.is_near();
        let region = report.region_at(span).map(RegionKind::name);
        segments.push(Segment { text: report.slice(span), keys, starts, near, region });
        start = end;
    }
    let first = segments.first().and_then(|s| s.region);
    let whole = segments.iter().all(|s| s.region == first || s.text.trim().is_empty());
    Paragraph { region: first.filter(|_| whole), segments }
}

/// Goes through the anchors from the first to the last, as the segments are asked for from left to right.
struct Sweep<'s> {
    anchors: &'s [Anchor],
    next: usize,
    open: Vec<&'s Anchor>,
}

impl Sweep<'_> {
    /// The anchors that cover `span`, and those that begin at or before it and were not told yet.
    fn at(&mut self, span: Span) -> (String, Vec<String>) {
        self.open.retain(|anchor| anchor.span.end > span.start);
        let mut starts = Vec::new();
        while let Some(anchor) = self.anchors.get(self.next).filter(|anchor| anchor.span.start < span.end) {
            starts.push(anchor.key.clone());
            if anchor.span.end > span.start && self.open.len() < MOST_KEYS {
                self.open.push(anchor);
            }
            self.next += 1;
        }
        let keys: Vec<&str> = self.open.iter().map(|anchor| anchor.key.as_str()).collect();
        (keys.join(" "), starts)
    }

    /// Whether what was asked for last is only nearest to a line.
    fn is_near(&self) -> bool {
        self.open.iter().all(|anchor| anchor.near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{at, report};

    fn covered(paragraphs: &[Paragraph], key: &str) -> String {
        let segments = paragraphs.iter().flat_map(|p| &p.segments);
        segments.filter(|s| s.keys.split(' ').any(|k| k == key)).map(|s| s.text).collect()
    }

    #[test]
    fn overlapping_evidence_is_whole_in_its_segments() {
        let report = report("r", "R", 18, "One 🌊 two <three>.\n\nקול four “five”\r\nsix.");
        let evidence = [
            at(&report, "🌊 two <three>", 0),
            at(&report, "two", 0),
            at(&report, "<three>.\n\nקול four", 0),
            at(&report, "קול", 0),
        ];
        let paragraphs = paragraphs(&report, "A", &evidence.iter().collect::<Vec<_>>(), &[]);
        assert_eq!(paragraphs.len(), 3);
        for evidence in &evidence {
            assert_eq!(covered(&paragraphs, &key("A", evidence)), evidence.exact().replace('\n', ""));
        }
        let starts: Vec<&String> =
            paragraphs.iter().flat_map(|p| &p.segments).flat_map(|s| &s.starts).collect();
        assert_eq!(starts.len(), evidence.len());
        let whole: String = paragraphs.iter().flat_map(|p| &p.segments).map(|s| s.text).collect();
        assert_eq!(whole, "One 🌊 two <three>.קול four “five”six.");
    }

    #[test]
    fn evidence_of_another_text_is_left_out() {
        let (one, other) = (report("r", "R", 18, "It rained a lot."), report("r", "R", 18, "It snowed."));
        let paragraphs = paragraphs(&other, "A", &[&at(&one, "a lot", 0), &at(&one, "rained", 0)], &[]);
        assert!(
            paragraphs.iter().flat_map(|p| &p.segments).all(|s| s.keys.is_empty() && s.starts.is_empty())
        );
    }

    #[test]
    fn evidence_between_two_lines_is_not_lost() {
        let report = report("r", "R", 18, "One.\n\nTwo.");
        let paragraphs = paragraphs(&report, "A", &[&at(&report, "\n\n", 0)], &[]);
        let starts: usize = paragraphs.iter().flat_map(|p| &p.segments).map(|s| s.starts.len()).sum();
        assert_eq!(starts, 1);
    }

    #[test]
    fn much_evidence_on_one_word_stays_bounded() {
        let words = "word ".repeat(300);
        let report = report("r", "R", 18, &words);
        let evidence: Vec<Evidence> =
            (0..300).map(|n| Evidence::new(&report, Span::new(n * 5..words.len()))).collect();
        let paragraphs = paragraphs(&report, "A", &evidence.iter().collect::<Vec<_>>(), &[]);
        let keys = paragraphs.iter().flat_map(|p| &p.segments).map(|s| s.keys.split(' ').count());
        assert_eq!(keys.max(), Some(MOST_KEYS));
        let starts: usize = paragraphs.iter().flat_map(|p| &p.segments).map(|s| s.starts.len()).sum();
        assert_eq!(starts, 300);
    }

    #[test]
    fn a_line_that_is_furniture_is_told_from_a_line_that_holds_some() {
        let sample = crate::view::sample::sample();
        let paragraphs = paragraphs(&sample.reports[0], "A", &[], &[]);
        let regions: Vec<Option<&str>> = paragraphs.iter().map(|p| p.region).collect();
        assert_eq!(regions, [Some("title"), Some("byline"), None, None, None, Some("appeal"), None, None]);
        assert_eq!(paragraphs[2].segments[0].region, Some("dateline"));
    }
}
