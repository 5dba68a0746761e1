//! Paragraphs that ask the reader for money or an address.
//!
//! In: a page. Out: each paragraph that is thick with the words of `appeals.txt` is an appeal. It does not
//! know who asks; what stands between quotation marks is somebody's speech and does not count.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::RegionKind;
use super::lines::{Page, word_count};

/// The longest appeal that is looked for.
const MOST_BYTES: usize = 4000;
/// The weight that makes an appeal. The appeals in `../shared/seeds` and the first 300 reports of
/// `../shared/data/stories` weigh 5 and more; their paragraphs on fund-raising and on papers at most 3.
const LEAST_WEIGHT: usize = 4;
/// An appeal has at least one unit of weight in so many words.
const WORDS_A_UNIT: usize = 25;

struct Words {
    find: AhoCorasick,
    weights: Vec<usize>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rows = include_str!("appeals.txt").lines().filter(|row| !row.starts_with('#'));
    let rows: Vec<_> = rows.filter_map(|row| row.split_once(' ')).collect();
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    Words {
        find: builder.build(rows.iter().map(|(_, words)| words)).expect("words"),
        weights: rows.iter().map(|(weight, _)| weight.parse().expect("a weight")).collect(),
    }
});

/// Marks the appeals of `page`.
pub(super) fn mark(page: &mut Page) {
    for i in page.open_lines() {
        let line = page.line(i);
        if line.len() <= MOST_BYTES && is_appeal(line) {
            page.claim(i, RegionKind::Appeal);
        }
    }
}

fn is_appeal(line: &str) -> bool {
    let weight = weight(line);
    weight >= LEAST_WEIGHT && weight * WORDS_A_UNIT >= word_count(line)
}

fn weight(line: &str) -> usize {
    let (mut weight, mut seen, mut in_quotes) = (0, 0, false);
    for found in WORDS.find.find_iter(line) {
        for c in line[seen..found.start()].chars() {
            in_quotes = match c {
                '“' => true,
                '”' => false,
                '"' => !in_quotes,
                _ => in_quotes,
            };
        }
        seen = found.start();
        if !in_quotes && is_whole(line, found.start(), found.end()) {
            weight += WORDS.weights[found.pattern().as_usize()];
        }
    }
    weight
}

fn is_whole(line: &str, start: usize, end: usize) -> bool {
    let before = line[..start].chars().next_back();
    let after = line[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appeal_is_thick_with_its_words() {
        assert!(is_appeal(
            "Your support helps us send people to the valley. We believe that everyone should be able to read about \
             the river, and not only those who can pay. Donate now. Read more"
        ));
        assert!(is_appeal("Already a subscriber? Log in. Subscribe today for unlimited access."));
    }

    #[test]
    fn a_report_on_papers_and_donations_is_no_appeal() {
        for line in [
            "The party asked for a donation of $5 in a newsletter, and subscribers complained to the regulator.",
            "“Your support makes all the difference, donate now, subscribe today,” the candidate told the crowd.",
            "The minister said that \"your contribution, your donation and your support\" had saved the dam.",
            "The paper will end its subscription model in June, its publisher said, and open its archive to all.",
        ] {
            assert!(!is_appeal(line), "{line}");
        }
    }
}
