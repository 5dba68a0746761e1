//! Stretches of text that nothing runs across.
//!
//! In: a report. Out: its [`Block`]s: each paragraph (a line with words in it), cut at the borders of the
//! regions. It does not know sentences or quotations; they stay within a block.

use crate::report::{RegionKind, Report};
use crate::span::Span;

/// A paragraph, or the part of one that lies within or between regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it is, trimmed of white space.
    pub span: Span,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
    /// The region that it lies in.
    pub region: Option<RegionKind>,
}

impl Block {
    /// Whether it stands before the report's words on their own line, so that it is no sentence at all.
    pub fn is_label(&self) -> bool {
        matches!(self.region, Some(RegionKind::Metadata | RegionKind::Dateline))
    }
}

/// The blocks of `report`, in order.
pub fn find(report: &Report) -> Vec<Block> {
    let text = report.text.as_str();
    let mut blocks = Vec::new();
    let mut paragraph = 0;
    let mut region = 0;
    let mut start = 0;
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let end = start + line.len();
        if line.chars().any(char::is_alphanumeric) {
            cut(report, start..end, paragraph, &mut region, &mut blocks);
            paragraph += 1;
        }
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    blocks
}

/// Cuts one line at the borders of the regions; `region` is the first that may still matter.
fn cut(
    report: &Report,
    line: std::ops::Range<usize>,
    paragraph: usize,
    region: &mut usize,
    out: &mut Vec<Block>,
) {
    let mut push = |range: std::ops::Range<usize>, region| {
        let words = &report.text.as_str()[range.clone()];
        let lead = words.len() - words.trim_start().len();
        let trimmed = words.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let start = range.start + lead;
            out.push(Block { span: Span::new(start..start + trimmed.len()), paragraph, region });
        }
    };
    let mut at = line.start;
    while let Some(next) = report.regions.get(*region) {
        let (start, end) = (next.span.start as usize, next.span.end as usize);
        if start >= line.end {
            break;
        }
        if end > at {
            push(at..start.max(at), None);
            push(start.max(at)..end.min(line.end), Some(next.kind));
            at = end.min(line.end);
        }
        if end > line.end {
            break;
        }
        *region += 1;
    }
    push(at..line.end, None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::{report, report_with};

    fn shown(report: &Report) -> Vec<(&str, usize, bool)> {
        find(report).iter().map(|b| (report.slice(b.span), b.paragraph, b.region.is_some())).collect()
    }

    #[test]
    fn paragraphs_are_lines_with_words() {
        let report = report("One.\r\n\n***\n  Two.  \n");
        assert_eq!(shown(&report), [("One.", 0, false), ("Two.", 1, false)]);
    }

    #[test]
    fn regions_cut_lines_and_may_run_over_them() {
        let report = report_with(
            "OSLO (AP) — It rained. Read more\nand more\nEnd",
            &[(RegionKind::Dateline, "OSLO (AP) —"), (RegionKind::Appeal, "Read more\nand more")],
        );
        assert_eq!(
            shown(&report),
            [
                ("OSLO (AP) —", 0, true),
                ("It rained.", 0, false),
                ("Read more", 0, true),
                ("and more", 1, true),
                ("End", 2, false)
            ]
        );
    }
}
