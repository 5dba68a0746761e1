//! A text as its lines.
//!
//! In: a text. Out: its [`Page`]: each line with words or marks in it, trimmed, with what stands around it
//! and what it turned out to be. It does not know what the lines mean.

use std::ops::Range;

use super::RegionKind;
use crate::span::Span;

/// The lines of a text.
pub(super) struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// Its lines, in order; blank ones are left out.
    pub lines: Vec<Line>,
    /// Whether its paragraphs are broken over lines, so that a line's end says nothing.
    pub wrapped: bool,
}

/// One line.
pub(super) struct Line {
    /// Where it is, without the white space around it.
    pub span: Span,
    /// Whether a blank line, or nothing, stands before it.
    pub blank_before: bool,
    /// Whether a blank line, or nothing, stands after it.
    pub blank_after: bool,
    /// What it is, once that is known; a line of the report itself has none.
    pub kind: Option<RegionKind>,
}

impl<'t> Page<'t> {
    /// The lines of `text` from the byte `start` on.
    pub fn new(text: &'t str, start: usize) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut offset = start;
        let mut blank = true;
        for raw in text[start..].split(['\n', '\r']) {
            let line = raw.trim();
            if line.is_empty() {
                // The second half of "\r\n" is no blank line.
                let crlf =
                    raw.is_empty() && text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                if !crlf {
                    blank = true;
                    if let Some(last) = lines.last_mut() {
                        last.blank_after = true;
                    }
                }
            } else {
                let at = offset + (raw.len() - raw.trim_start().len());
                let span = Span::new(at..at + line.len());
                lines.push(Line { span, blank_before: blank, blank_after: false, kind: None });
                blank = false;
            }
            offset += raw.len() + 1;
        }
        if let Some(last) = lines.last_mut() {
            last.blank_after = true;
        }
        let wrapped = is_wrapped(text, &lines);
        Page { text, lines, wrapped }
    }

    /// The words of line `i`.
    pub fn line(&self, i: usize) -> &'t str {
        self.lines.get(i).map_or("", |line| line.span.of(self.text))
    }

    /// What line `i` is so far.
    pub fn kind(&self, i: usize) -> Option<RegionKind> {
        self.lines.get(i).and_then(|line| line.kind)
    }

    /// Whether line `i` is there and nothing has claimed it.
    pub fn is_open(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|line| line.kind.is_none())
    }

    /// Claims line `i`, unless it is claimed already.
    pub fn claim(&mut self, i: usize, kind: RegionKind) {
        if let Some(line) = self.lines.get_mut(i) {
            line.kind.get_or_insert(kind);
        }
    }

    /// The lines that nothing has claimed.
    pub fn open_lines(&self) -> impl Iterator<Item = usize> + use<'t> {
        let open: Vec<usize> = (0..self.lines.len()).filter(|i| self.is_open(*i)).collect();
        open.into_iter()
    }

    /// The lines after line `i`.
    pub fn after(&self, i: usize) -> Range<usize> {
        i + 1..self.lines.len()
    }
}

/// A text is wrapped where most lines that follow one another directly are cut within a sentence: reports have
/// hardly a paragraph in ten that ends without a mark.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let inner = lines.iter().filter(|l| !l.blank_after);
    let (mut all, mut cut) = (0, 0);
    for line in inner {
        all += 1;
        cut += usize::from(!ends_sentence(line.span.of(text)));
    }
    all >= 4 && cut * 2 > all
}

/// Whether `line` ends as a sentence does: with a full stop, a question or exclamation mark, an ellipsis, and
/// then perhaps closing marks.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ', '*'])
        .ends_with(['.', '!', '?', '…', '。'])
}

/// Number of words.
pub(super) fn word_count(line: &str) -> usize {
    line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Whether `word` begins with a capital letter, after marks.
pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether `line` has letters and all of them are capitals.
pub(super) fn is_all_capitals(line: &str) -> bool {
    line.contains(char::is_uppercase) && !line.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_know_their_neighbours() {
        let text = "\r\n  One. \r\nTwo\n\n \nThree\rFour\r\n\r\nFive";
        let page = Page::new(text, 0);
        let seen: Vec<_> = (0..page.lines.len())
            .map(|i| (page.line(i), page.lines[i].blank_before, page.lines[i].blank_after))
            .collect();
        assert_eq!(
            seen,
            [
                ("One.", true, false),
                ("Two", false, true),
                ("Three", true, false),
                ("Four", false, true),
                ("Five", true, true)
            ]
        );
    }

    #[test]
    fn a_wrapped_text_is_seen_as_one() {
        let wrapped = "The gates of the dam\nopened on Tuesday, and\nthe water reached the\nfirst villages before\nnoon.";
        assert!(Page::new(wrapped, 0).wrapped);
        assert!(!Page::new("One.\nTwo.\nA heading\nThree.\nFour.", 0).wrapped);
    }

    #[test]
    fn closing_marks_do_not_hide_the_end_of_a_sentence() {
        for line in ["It held.", "“It held.”", "It held (so far).)", "Did it?", "It held …"] {
            assert!(ends_sentence(line), "{line}");
        }
        for line in ["A way out", "The minister said:", "Oslo,", ""] {
            assert!(!ends_sentence(line), "{line}");
        }
    }
}
