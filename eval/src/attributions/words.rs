//! Words of a text, and sets of them.
//!
//! In: a text and spans of code points. Out: fragments without white space at their edges, and the set of words
//! that they touch, which can be compared. It does not know what the spans mean.
//!
//! Words and white space are Python's (`\w`, `str.isspace`), because the figures must agree with
//! `score_attributions.py`; Rust's own notions count combining marks as letters and leave out U+001C to U+001F.

use std::sync::LazyLock;

use regex::Regex;

/// A span of code points as somebody gave it: it may lie outside the text or be empty.
pub type Given = (i64, i64);

/// A span of code points within the text that begins and ends with a word or mark.
pub type Fragment = (usize, usize);

static LETTER_OR_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{L}\p{N}]$").expect("a valid expression"));

/// Python's `\w`: letters (without combining marks), numbers of every kind, and the underscore.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    LETTER_OR_NUMBER.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Python's `str.isspace`.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A text as code points, with the word that each belongs to.
#[derive(Clone, Debug)]
pub struct Words {
    chars: Vec<char>,
    word_at: Vec<Option<i32>>,
}

impl Words {
    /// Finds the words of `text`.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut word_at = vec![None; chars.len()];
        for (number, (start, end)) in runs(&chars, 0, chars.len()).into_iter().enumerate() {
            word_at[start..end].fill(Some(number as i32));
        }
        Words { chars, word_at }
    }

    /// The code points of the text.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The words that lie in `fragments`, cut where a fragment cuts them.
    pub fn within(&self, fragments: &[Fragment]) -> Vec<Fragment> {
        fragments.iter().flat_map(|&(start, end)| runs(&self.chars, start, end)).collect()
    }

    /// The words of `fragment` in lower case, as a string.
    pub fn lower(&self, (start, end): Fragment) -> String {
        self.chars[start..end].iter().collect::<String>().to_lowercase()
    }

    /// The set of the words that `fragments` touch; where they touch none ("?"), their characters stand in.
    pub fn set(&self, fragments: &[Fragment]) -> WordSet {
        let offsets = || fragments.iter().flat_map(|&(start, end)| start..end);
        let words: WordSet = offsets().filter_map(|i| self.word_at[i]).collect();
        if !words.is_empty() {
            return words;
        }
        offsets().filter(|&i| !is_space(self.chars[i])).map(|i| -1 - i as i32).collect()
    }

    /// Trims white space off each fragment, drops empty ones, sorts them, and joins those that only white
    /// space parts.
    pub fn normalise(&self, given: &[Given]) -> Vec<Fragment> {
        let mut given = given.to_vec();
        given.sort_unstable();
        let mut fragments: Vec<Fragment> = Vec::new();
        for (start, end) in given.into_iter().filter_map(|span| self.trim(span)) {
            match fragments.last_mut() {
                Some(last) if start <= last.1 || self.is_blank(last.1, start) => last.1 = last.1.max(end),
                _ => fragments.push((start, end)),
            }
        }
        fragments
    }

    fn trim(&self, (start, end): Given) -> Option<Fragment> {
        let mut start = usize::try_from(start).unwrap_or(0);
        let mut end = usize::try_from(end).unwrap_or(0).min(self.chars.len());
        while start < end && is_space(self.chars[start]) {
            start += 1;
        }
        while end > start && is_space(self.chars[end - 1]) {
            end -= 1;
        }
        (start < end).then_some((start, end))
    }

    fn is_blank(&self, start: usize, end: usize) -> bool {
        self.chars[start..end].iter().all(|&c| is_space(c))
    }
}

/// The maximal runs of word characters in `chars[start..end]`.
fn runs(chars: &[char], start: usize, end: usize) -> Vec<Fragment> {
    let mut runs: Vec<Fragment> = Vec::new();
    for i in (start..end).filter(|&i| is_word(chars[i])) {
        match runs.last_mut() {
            Some(last) if last.1 == i => last.1 = i + 1,
            _ => runs.push((i, i + 1)),
        }
    }
    runs
}

/// A set of words: their numbers, or, where there was no word, `-1 - offset` of each character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordSet(Vec<i32>);

impl FromIterator<i32> for WordSet {
    fn from_iter<I: IntoIterator<Item = i32>>(words: I) -> Self {
        let mut words: Vec<i32> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        WordSet(words)
    }
}

impl WordSet {
    /// Its members, in order.
    pub fn iter(&self) -> impl Iterator<Item = i32> + '_ {
        self.0.iter().copied()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many it shares with `other`.
    pub fn shared(&self, other: &WordSet) -> usize {
        self.0.iter().filter(|word| other.0.binary_search(word).is_ok()).count()
    }

    /// Twice the shared over the sum of both; 1 for two empty sets.
    pub fn f1(&self, other: &WordSet) -> f64 {
        match (self.len() + other.len(), self.shared(other)) {
            (0, _) => 1.0,
            (_, 0) => 0.0,
            (sum, shared) => 2.0 * shared as f64 / sum as f64,
        }
    }

    /// The shared over the union; 1 for two empty sets.
    pub fn jaccard(&self, other: &WordSet) -> f64 {
        let shared = self.shared(other);
        match self.len() + other.len() - shared {
            0 => 1.0,
            union => shared as f64 / union as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[i32]) -> WordSet {
        words.iter().copied().collect()
    }

    #[test]
    fn letters_and_spaces_are_pythons() {
        assert!(['a', '_', '7', 'é', '½', '²', 'Ⅷ', '字'].into_iter().all(is_word));
        assert!(!['\u{301}', 'ा', 'Ⓐ', '“', '-', '\u{200d}'].into_iter().any(is_word));
        assert!([' ', '\n', '\u{1c}', '\u{85}', '\u{a0}', '\u{3000}'].into_iter().all(is_space));
        assert!(!is_space('\u{200b}'));
    }

    #[test]
    fn fragments_are_trimmed_sorted_and_joined_over_white_space() {
        let words = Words::new("one  two, three ");
        assert_eq!(words.normalise(&[(9, 99), (4, 8), (-3, 4)]), [(0, 8), (10, 15)]);
        assert_eq!(words.normalise(&[(10, 15), (0, 3)]), [(0, 3), (10, 15)]);
        assert_eq!(words.normalise(&[(3, 5), (7, 2), (-5, -2), (40, 50)]), []);
    }

    #[test]
    fn a_word_belongs_to_a_span_that_touches_it() {
        let words = Words::new("“well-known” ?");
        assert_eq!(words.set(&[(2, 7)]), set(&[0, 1]));
        assert_eq!(words.set(&[(0, 12), (13, 14)]), set(&[0, 1]));
        assert_eq!(words.set(&[(12, 14)]), set(&[-14]));
        assert_eq!(words.within(&[(3, 8)]), [(3, 5), (6, 8)]);
    }

    #[test]
    fn overlap_measures() {
        let (a, b) = (set(&[1, 2, 3]), set(&[2, 3, 4, 5]));
        assert_eq!(a.shared(&b), 2);
        assert_eq!(a.f1(&b), 4.0 / 7.0);
        assert_eq!(a.jaccard(&b), 2.0 / 5.0);
        assert_eq!((set(&[]).f1(&set(&[])), a.f1(&set(&[]))), (1.0, 0.0));
    }
}
