//! The pieces that a word is made of (WordPiece, Wu et al. 2016, as BERT cuts English in lower case).
//!
//! In: a word of the report. Out: numbers of pieces in the vocabulary, at least one and at most eight. It does
//! not know the word's neighbours.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most pieces of one word; what is longer is cut.
const MOST: usize = 8;
/// A longer run of letters is not looked up.
const LONGEST: usize = 100;

/// The pieces and their numbers.
pub struct Vocabulary {
    numbers: HashMap<&'static str, u32>,
    unknown: u32,
    /// The piece that begins a window.
    pub begin: u32,
    /// The piece that ends a window.
    pub end: u32,
}

impl Vocabulary {
    /// `text` holds a piece a line; its number is that of its line, from 0.
    pub fn new(text: &'static str) -> Self {
        let numbers: HashMap<&str, u32> = text.lines().zip(0..).collect();
        let number = |piece| numbers.get(piece).copied().unwrap_or_default();
        let (unknown, begin, end) = (number("[UNK]"), number("[CLS]"), number("[SEP]"));
        Vocabulary { numbers, unknown, begin, end }
    }

    /// The pieces of `word`.
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        let mut pieces = Vec::new();
        for run in runs(&normalised(word)) {
            self.cut(&run, &mut pieces);
            if pieces.len() >= MOST {
                break;
            }
        }
        pieces.truncate(MOST);
        if pieces.is_empty() {
            pieces.push(self.unknown);
        }
        pieces
    }

    /// The longest piece that the run begins with, then the longest that the rest begins with, and so on.
    fn cut(&self, run: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        let mut rest = run;
        let mut candidate = String::new();
        let short = run.chars().count() <= LONGEST;
        while short && !rest.is_empty() {
            let mark = if rest.len() < run.len() { "##" } else { "" };
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let longest = ends.rev().find_map(|end| {
                candidate.clear();
                candidate.push_str(mark);
                candidate.push_str(&rest[..end]);
                self.numbers.get(candidate.as_str()).map(|number| (end, *number))
            });
            let Some((end, number)) = longest else { break };
            pieces.push(number);
            rest = &rest[end..];
        }
        if !(short && rest.is_empty()) {
            pieces.truncate(before);
            pieces.push(self.unknown);
        }
    }
}

/// In lower case, without accents and control characters.
fn normalised(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|c| !c.is_control()).map(|c| c.to_ascii_lowercase()).collect();
    }
    let kept = word.chars().filter(|c| !matches!(c, '\0' | '\u{fffd}') && !is_format_or_control(*c));
    let stripped: String = kept.nfd().filter(|c| !is_combining_mark(*c)).collect();
    stripped.to_lowercase()
}

fn is_format_or_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Runs of letters and digits; each mark and each ideograph is a run of its own.
fn runs(word: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut open = false;
    for c in word.chars() {
        let alone = is_mark(c) || is_ideograph(c);
        if c.is_whitespace() {
            open = false;
        } else if open && !alone {
            runs.last_mut().expect("a run is open").push(c);
        } else {
            runs.push(c.to_string());
            open = !alone;
        }
    }
    runs
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
            && !matches!(c, '⁄' | '⁒')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\n’\ns\nsaid\ncafe\n##s\n-\n東";

    fn pieces(word: &str) -> Vec<&'static str> {
        let lines: Vec<&str> = PIECES.lines().collect();
        Vocabulary::new(PIECES).pieces(word).into_iter().map(|n| lines[n as usize]).collect()
    }

    #[test]
    fn the_longest_piece_comes_first() {
        assert_eq!(pieces("Unaffable"), ["un", "##aff", "##able"]);
        assert_eq!(pieces("Cafés"), ["cafe", "##s"]);
        assert_eq!(pieces("’s"), ["’", "s"]);
        assert_eq!(pieces("said-said"), ["said", "-", "said"]);
        assert_eq!(pieces("東東"), ["東", "東"]);
    }

    #[test]
    fn what_is_not_in_the_vocabulary_is_unknown() {
        assert_eq!(pieces("xyz"), ["[UNK]"]);
        assert_eq!(pieces("unx"), ["[UNK]"]);
        assert_eq!(pieces("\u{ad}"), ["[UNK]"]);
        assert_eq!(pieces(""), ["[UNK]"]);
    }

    #[test]
    fn a_hostile_word_has_few_pieces() {
        assert_eq!(pieces(&"-".repeat(100_000)).len(), MOST);
        assert_eq!(pieces(&"s".repeat(100_000)), ["[UNK]"]);
    }
}
