//! The frozen text of a report.
//!
//! In: a decoded string. Out: [`Text`], which never changes and turns byte spans into the code points
//! of the outside world and back. It does not know what the words mean.

use crate::span::Span;

/// How many bytes lie between two remembered positions; a conversion scans at most this many.
const STRIDE: usize = 256;

/// A report's text, frozen when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    string: Box<str>,
    /// Number of code points that start before byte `i * STRIDE`; empty where every byte is ASCII.
    code_points_before: Vec<u32>,
    version: Option<u32>,
}

impl Text {
    /// Freezes `string`.
    pub fn new(string: impl Into<Box<str>>) -> Self {
        let string = string.into();
        let code_points_before = if string.is_ascii() {
            Vec::new()
        } else {
            let mut before = 0;
            let count = |chunk: &[u8]| chunk.iter().filter(|b| !is_continuation(**b)).count() as u32;
            let chunks = string.as_bytes().chunks(STRIDE);
            chunks.map(|chunk| (before, before += count(chunk)).0).collect()
        };
        Text { string, code_points_before, version: None }
    }

    /// The text of the `version`th version of a report that is kept.
    pub fn of_version(string: impl Into<Box<str>>, version: u32) -> Self {
        Text { version: Some(version), ..Text::new(string) }
    }

    /// Which version of its report it is, where the report is kept; 1 is the first.
    pub fn version(&self) -> Option<u32> {
        self.version
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The words that `span` marks.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.string)
    }

    /// `span` in Unicode code points, end-exclusive (W3C TextPositionSelector).
    pub fn code_points(&self, span: Span) -> (usize, usize) {
        (self.code_point(span.start as usize), self.code_point(span.end as usize))
    }

    /// The span of the code points `[start, end)`, or `None` where they lie outside the text.
    pub fn span_of_code_points(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.byte(start)?, self.byte(end)?);
        (start <= end).then(|| Span::new(start..end))
    }

    fn code_point(&self, byte: usize) -> usize {
        if self.code_points_before.is_empty() {
            return byte;
        }
        let block = (byte / STRIDE).min(self.code_points_before.len() - 1);
        let rest = &self.string.as_bytes()[block * STRIDE..byte];
        let within = rest.iter().filter(|b| !is_continuation(**b)).count();
        self.code_points_before[block] as usize + within
    }

    fn byte(&self, code_point: usize) -> Option<usize> {
        if self.code_points_before.is_empty() {
            return (code_point <= self.string.len()).then_some(code_point);
        }
        let block = self.code_points_before.partition_point(|n| *n as usize <= code_point).saturating_sub(1);
        let mut seen = self.code_points_before[block] as usize;
        for (i, b) in self.string.as_bytes()[block * STRIDE..].iter().enumerate() {
            if !is_continuation(*b) {
                if seen == code_point {
                    return Some(block * STRIDE + i);
                }
                seen += 1;
            }
        }
        (seen == code_point).then_some(self.string.len())
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_bytes_agree_with_chars() {
        let string = "“Zelenskyy” said – in Ağrı – “nò”. 🙂 ".repeat(40);
        let text = Text::new(string.as_str());
        let offsets: Vec<usize> = string.char_indices().map(|(i, _)| i).chain([string.len()]).collect();
        for (n, byte) in offsets.iter().enumerate() {
            assert_eq!(text.code_points(Span::new(*byte..string.len())), (n, offsets.len() - 1));
            assert_eq!(text.span_of_code_points(n, offsets.len() - 1), Some(Span::new(*byte..string.len())));
        }
        assert_eq!(text.span_of_code_points(0, offsets.len()), None);
    }

    #[test]
    fn ascii_needs_no_table() {
        let text = Text::new("plain");
        assert_eq!(text.code_points(Span::new(1..3)), (1, 3));
        assert_eq!(text.span_of_code_points(5, 6), None);
    }
}
