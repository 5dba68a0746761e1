//! Which stretch of a report a network reads at a time.
//!
//! In: how many pieces each word has, and where sentences begin. Out: windows that overlap, so that each word has
//! its surroundings in one of them. It does not know the words.

use std::ops::Range;

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What is read.
    pub words: Range<usize>,
    /// What is answered for: the windows of a report answer for each word once.
    pub answers: Range<usize>,
}

/// Windows of at most `limit` pieces over words of `pieces` pieces each; neighbours share about `shared` pieces, and
/// part where a sentence begins (`starts` tells it of a word) if one does.
pub fn windows(pieces: &[usize], starts: impl Fn(usize) -> bool, limit: usize, shared: usize) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        let end = reach(pieces, first, limit).max(first + 1);
        let end = if end == pieces.len() {
            end
        } else {
            (first + 1..=end).rev().find(|i| starts(*i)).unwrap_or(end)
        };
        if let Some(last) = windows.last_mut() {
            // The border lies in the middle of what both read, at a sentence's start if there is one.
            let middle = first + (last.words.end - first) / 2;
            let border = (middle..last.words.end).find(|i| starts(*i)).unwrap_or(middle);
            last.answers.end = border;
            windows.push(Window { words: first..end, answers: border..end });
        } else {
            windows.push(Window { words: first..end, answers: first..end });
        }
        if end == pieces.len() {
            break;
        }
        first = back(pieces, first, end, shared, &starts);
    }
    windows
}

/// The end of the words from `first` whose pieces number at most `limit`.
fn reach(pieces: &[usize], first: usize, limit: usize) -> usize {
    let mut total = 0;
    let fits = |count: &&usize| {
        total += **count;
        total <= limit
    };
    first + pieces[first..].iter().take_while(fits).count()
}

/// Where the next window begins: `shared` pieces before `end`, at the start of a sentence; always after `first`.
fn back(pieces: &[usize], first: usize, end: usize, shared: usize, starts: impl Fn(usize) -> bool) -> usize {
    let (mut total, mut begin) = (0, end);
    while begin > first + 1 && total + pieces[begin - 1] <= shared {
        begin -= 1;
        total += pieces[begin];
    }
    (begin..=end).find(|i| starts(*i)).unwrap_or(begin).max(first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(windows: &[Window]) -> Vec<usize> {
        windows.iter().flat_map(|w| w.answers.clone()).collect()
    }

    #[test]
    fn every_word_is_answered_for_once_and_within_its_window() {
        for (count, limit, shared) in
            [(0, 10, 2), (1, 10, 2), (100, 10, 4), (57, 9, 3), (30, 1, 0), (40, 100, 20)]
        {
            let pieces = vec![1; count];
            let found = windows(&pieces, |i| i % 5 == 0, limit, shared);
            assert_eq!(answered(&found), (0..count).collect::<Vec<_>>(), "{count} {limit} {shared}");
            assert!(found.iter().all(|w| w.words.len() <= limit
                && w.words.start <= w.answers.start
                && w.answers.end <= w.words.end));
        }
    }

    #[test]
    fn windows_part_where_a_sentence_begins() {
        let found = windows(&[1; 30], |i| i % 6 == 0, 14, 6);
        assert_eq!(found[0].words, 0..12);
        assert_eq!(found[1].words.start, 6);
        assert!(found.windows(2).all(|pair| pair[1].words.start < pair[0].words.end));
    }

    #[test]
    fn a_word_larger_than_the_limit_stands_alone() {
        let found = windows(&[3, 50, 3], |_| false, 10, 2);
        assert_eq!(answered(&found), [0, 1, 2]);
    }
}
