//! A text as its markup laid it out.
//!
//! In: headline, names and blocks of a page, or plain words. Out: one string, with what is known of it from the markup: which
//! lines are no part of the report, and which are, whatever they look like. It does not know what the words mean.

use crate::report::{Region, RegionKind};
use crate::span::Span;

/// The words of a report, frozen from here on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The words: a line for each block, and a blank line between paragraphs.
    pub string: String,
    /// What is no part of the report, in order.
    regions: Vec<Region>,
    /// What is part of it though it may look like a link or a heading: an item of a list, a row of a table.
    parts: Vec<Span>,
}

/// A stretch of a page's body that stands on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, on one line.
    pub text: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A paragraph, or a line of verse or of a quotation.
    Paragraph,
    /// A heading between paragraphs.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table, its cells joined.
    Row,
}

impl Layout {
    /// Plain words, of which nothing is known.
    pub fn plain(string: String) -> Self {
        Layout { string, ..Layout::default() }
    }

    /// A page: its headline and its byline, each on a line, then its body.
    pub fn page(title: Option<&str>, authors: &[String], body: &[Block]) -> Self {
        let mut layout = Layout::default();
        if let Some(title) = title {
            layout.region(RegionKind::Title, title);
        }
        if !authors.is_empty() {
            layout.region(RegionKind::Byline, &authors.join(", "));
        }
        let mut before = None;
        for block in body {
            let together = |kind| matches!(kind, BlockKind::Item | BlockKind::Row);
            let tight = before == Some(block.kind) && together(block.kind);
            match block.kind {
                BlockKind::Heading => layout.region(RegionKind::Heading, &block.text),
                BlockKind::Paragraph => drop(layout.line(&block.text, false)),
                BlockKind::Item => {
                    let span = layout.line(&format!("• {}", block.text), tight);
                    layout.parts.push(span);
                }
                BlockKind::Row => {
                    let span = layout.line(&block.text, tight);
                    layout.parts.push(span);
                }
            }
            before = Some(block.kind);
        }
        layout
    }

    /// Adds plain words, of which nothing is known.
    pub fn append(&mut self, words: &str) {
        self.line(words, false);
    }

    /// The regions: what the markup knows, and of `found` what does not contradict it.
    pub fn regions(&self, found: Vec<Region>) -> Vec<Region> {
        let meets = |spans: &[Span], span: Span| {
            let first = spans.partition_point(|known| known.end <= span.start);
            spans.get(first).is_some_and(|known| known.overlaps(span))
        };
        let marked: Vec<Span> = self.regions.iter().map(|region| region.span).collect();
        let known = |span| meets(&marked, span) || meets(&self.parts, span);
        let mut regions: Vec<Region> = found.into_iter().filter(|region| !known(region.span)).collect();
        regions.extend(&self.regions);
        regions.sort_by_key(|region| region.span.start);
        regions
    }

    fn region(&mut self, kind: RegionKind, text: &str) {
        let span = self.line(text, false);
        self.regions.push(Region { kind, span });
    }

    /// Adds a line, after a blank one unless it stands `tight` below the last.
    fn line(&mut self, text: &str, tight: bool) -> Span {
        if !self.string.is_empty() {
            self.string.push_str(if tight { "\n" } else { "\n\n" });
        }
        let start = self.string.len();
        self.string.push_str(text);
        Span::new(start..self.string.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, text: &str) -> Block {
        Block { kind, text: text.to_owned() }
    }

    #[test]
    fn a_page_is_laid_out_as_lines_with_what_is_known_of_them() {
        use BlockKind::{Heading, Item, Paragraph, Row};
        let body = [
            block(Paragraph, "It rained."),
            block(Heading, "The toll"),
            block(Item, "Lumbe, 12 houses"),
            block(Item, "Ostra, 14 houses"),
            block(Row, "Day | Level"),
        ];
        let layout = Layout::page(Some("Gates open"), &["Ana Brit".into(), "Jo Ray".into()], &body);
        let expected = "Gates open\n\nAna Brit, Jo Ray\n\nIt rained.\n\nThe toll\n\n• Lumbe, 12 houses\n• Ostra, 14 houses\n\nDay | Level";
        assert_eq!(layout.string, expected);
        let region = |kind, words: &str| {
            let start = expected.find(words).expect(words);
            Region { kind, span: Span::new(start..start + words.len()) }
        };
        let found =
            vec![region(RegionKind::Stamp, "It rained."), region(RegionKind::Related, "• Lumbe, 12 houses")];
        assert_eq!(
            layout.regions(found),
            [
                region(RegionKind::Title, "Gates open"),
                region(RegionKind::Byline, "Ana Brit, Jo Ray"),
                region(RegionKind::Stamp, "It rained."),
                region(RegionKind::Heading, "The toll"),
            ]
        );
    }
}
