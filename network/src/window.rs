//! Which stretch of a report a network reads at a time.
//!
//! In: how many pieces each word has, and where the text parts. Out: windows that overlap, so that each word has
//! its surroundings in one of them. It does not know the words.

use std::cmp::Reverse;
use std::ops::Range;

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What is read.
    pub words: Range<usize>,
    /// What is answered for: the windows of a report answer for each word once.
    pub answers: Range<usize>,
}

/// Windows of at most `limit` pieces over words of `pieces` pieces each; neighbours share at most about `shared` pieces.
/// `ease` tells how well a text parts before a word: 0 in mid-sentence, and the more the better.
pub fn windows(pieces: &[usize], ease: impl Fn(usize) -> u8, limit: usize, shared: usize) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        let end = last_break(pieces, first, &ease, limit);
        if let Some(last) = windows.last_mut() {
            // The border lies where the text parts best, as near to the middle of what both read as can be.
            let middle = first + (last.words.end - first) / 2;
            let border = (first + 1..last.words.end).max_by_key(|i| (ease(*i), Reverse(i.abs_diff(middle))));
            let border = border.unwrap_or(middle);
            last.answers.end = border;
            windows.push(Window { words: first..end, answers: border..end });
        } else {
            windows.push(Window { words: first..end, answers: first..end });
        }
        if end == pieces.len() {
            break;
        }
        first = back(pieces, first, end, shared, &ease);
    }
    windows
}

/// Where a window that begins at `first` ends: where the text parts best within its last sixth, or else at the last place
/// where it parts at all.
fn last_break(pieces: &[usize], first: usize, ease: impl Fn(usize) -> u8, limit: usize) -> usize {
    let end = reach(pieces, first, limit).max(first + 1);
    if end == pieces.len() {
        return end;
    }
    let sixth = reach(pieces, first, limit - limit / 6).max(first + 1);
    let best = (sixth..=end).max_by_key(|i| (ease(*i), *i)).filter(|i| ease(*i) > 0);
    best.or_else(|| (first + 1..=end).rev().find(|i| ease(*i) > 0)).unwrap_or(end)
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

/// Where the next window begins, always after `first`: where the text parts best in the farther half of the `shared` pieces
/// before `end`.
fn back(pieces: &[usize], first: usize, end: usize, shared: usize, ease: impl Fn(usize) -> u8) -> usize {
    let begin = |most: usize| {
        let mut total = 0;
        let fits = |i: &usize| {
            total += pieces[*i];
            total <= most
        };
        (first + 1..end).rev().take_while(fits).last().unwrap_or(end)
    };
    let (far, near) = (begin(shared), begin(shared / 2));
    let best = (far..=near).max_by_key(|i| (ease(*i), Reverse(*i))).filter(|i| ease(*i) > 0);
    best.or_else(|| (near..=end).find(|i| ease(*i) > 0)).unwrap_or(far).max(first + 1)
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
            let found = windows(&pieces, |i| u8::from(i % 5 == 0), limit, shared);
            assert_eq!(answered(&found), (0..count).collect::<Vec<_>>(), "{count} {limit} {shared}");
            assert!(found.iter().all(|w| w.words.len() <= limit
                && w.words.start <= w.answers.start
                && w.answers.end <= w.words.end));
        }
    }

    #[test]
    fn windows_part_where_a_sentence_begins() {
        let found = windows(&[1; 30], |i| u8::from(i % 6 == 0), 14, 6);
        assert_eq!(found[0].words, 0..12);
        assert_eq!(found[1].words.start, 6);
        assert!(found.windows(2).all(|pair| pair[1].words.start < pair[0].words.end));
    }

    #[test]
    fn a_paragraph_parts_better_than_a_sentence() {
        // Sentences of 4 words, paragraphs of 12.
        let ease = |i: usize| u8::from(i.is_multiple_of(4)) + u8::from(i.is_multiple_of(12));
        let found = windows(&[1; 60], ease, 26, 14);
        let [one, two, ..] = &found[..] else { panic!("{found:?}") };
        assert_eq!((one.words.clone(), two.words.start, two.answers.start), (0..24, 12, 20));
    }

    #[test]
    fn a_word_larger_than_the_limit_stands_alone() {
        let found = windows(&[3, 50, 3], |_| 0, 10, 2);
        assert_eq!(answered(&found), [0, 1, 2]);
    }
}
