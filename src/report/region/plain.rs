//! Lines for patterns, with all letters in ASCII.
//!
//! In: a line. Out: [`Plain`]: each letter and digit outside of ASCII as "X", "x" or "0", and the way back to the line's
//! own bytes. It does not know what a pattern looks for: a pattern over it needs no tables of Unicode, and such
//! tables made nine tenths of the time that the program took to start.

use std::borrow::Cow;

use regex::Regex;

/// A line with its letters in ASCII; every other character is as it was.
pub(super) struct Plain<'t> {
    line: &'t str,
    words: Cow<'t, str>,
}

impl<'t> Plain<'t> {
    /// `line` with its letters in ASCII.
    pub fn of(line: &'t str) -> Self {
        Plain { line, words: plain(line) }
    }

    /// What a pattern of [`pattern`] is matched with.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// The byte of the line that stands at the byte `at` of [`Plain::as_str`].
    pub fn byte(&self, at: usize) -> usize {
        if matches!(self.words, Cow::Borrowed(_)) {
            return at;
        }
        let before = self.words.get(..at).map_or(usize::MAX, |words| words.chars().count());
        self.line.char_indices().nth(before).map_or(self.line.len(), |(byte, _)| byte)
    }
}

/// `words` with their letters in ASCII.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    let foreign = |c: char| !c.is_ascii() && c.is_alphanumeric();
    if words.is_ascii() || !words.contains(foreign) {
        return Cow::Borrowed(words);
    }
    let letter = |c: char| match c {
        _ if !foreign(c) => c,
        _ if c.is_uppercase() => 'X',
        _ if c.is_alphabetic() => 'x',
        _ => '0',
    };
    Cow::Owned(words.chars().map(letter).collect())
}

/// A pattern for [`Plain`] lines, whose classes of letters and digits need only ASCII.
pub(super) fn pattern(pattern: &str) -> Regex {
    let classes = [(r"\p{Lu}", "[A-Z]"), (r"\p{Ll}", "[a-z]"), (r"\p{L}", "[A-Za-z]"), (r"\p{N}", "[0-9]")];
    let ascii =
        classes.iter().fold(pattern.to_owned(), |pattern, (wide, ascii)| pattern.replace(wide, ascii));
    Regex::new(&ascii).expect("a pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_ascii_and_bytes_are_found_again() {
        let line = Plain::of("ÅRE — Émile ٣ “ß”");
        assert_eq!(line.as_str(), "XRE — Xmile 0 “x”");
        let at = |plain: &str, own: &str| {
            assert_eq!(
                line.byte(line.as_str().find(plain).expect("there")),
                line.line.find(own).expect("there")
            );
        };
        at("RE", "RE");
        at("—", "—");
        at("mile", "mile");
        at("“x", "“ß");
        assert_eq!(line.byte(line.as_str().len()), line.line.len());
        assert!(matches!(plain("“Åre” in ASCII: no, but here: “so” – yes"), Cow::Owned(_)));
        assert!(matches!(plain("“so” – yes…"), Cow::Borrowed(_)));
    }

    #[test]
    fn classes_may_stand_within_others() {
        let pattern = pattern(r"^[^\p{L}\p{N}]+\p{Lu}[\p{L}.’-]*$");
        assert!(pattern.is_match(&plain("— Ærø’s")));
        assert!(!pattern.is_match(&plain("Ærø")));
        assert!(!pattern.is_match(&plain("— ærø")));
    }
}
