//! A span of a report's text.
//!
//! In: nothing. Out: [`Span`], a half-open range of **bytes**. It does not know which text it indexes;
//! [`crate::report::Text`] does, and turns it into code points at the edge of the program.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` into the frozen text of one report.
///
/// Both ends lie on character boundaries of that text. Ordered by start, then by end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`, whose ends are byte offsets. A report has fewer than 2³² bytes
    /// (`source` refuses larger ones), so the ends always fit.
    pub fn new(range: Range<usize>) -> Self {
        debug_assert!(range.start <= range.end && range.end <= u32::MAX as usize);
        Span { start: range.start as u32, end: range.end as u32 }
    }

    /// The byte range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies within it.
    pub fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` that it marks.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        let (a, b) = (Span::new(0..3), Span::new(3..5));
        assert!(!a.overlaps(b) && !b.overlaps(a));
        assert_eq!(a.cover(b), Span::new(0..5));
        assert!(a.cover(b).contains(a) && a.cover(b).contains(b));
        assert!(a.holds(2) && !a.holds(3));
    }
}
