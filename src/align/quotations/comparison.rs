//! How two tellings of an utterance stand to each other, word by word.
//!
//! In: the words of two tellings. Out: the words that they share, and how one varies the other. It does not know
//! who speaks, nor whether the two are one utterance.

use super::words::Word;
use crate::annotate::value_of_word;

/// The longest telling that is compared word by word; a longer one is compared by its beginning. It bounds
/// the cost of a pair.
const LONGEST: usize = 400;

/// The longest common subsequence of two tellings by form, the words that carry content first, as pairs of indices.
pub fn shared(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let width = b.len() + 1;
    let mut best = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let take = if a[i].form == b[j].form { best[(i + 1) * width + j + 1] + a[i].weight } else { 0 };
            best[i * width + j] = skip.max(take);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        let here = best[i * width + j];
        if a[i].form == b[j].form && here == best[(i + 1) * width + j + 1] + a[i].weight {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The longest run of words in a row in both, as indices into `matched`.
pub fn longest_row(matched: &[(usize, usize)]) -> std::ops::Range<usize> {
    let (mut best, mut start) = (0..0, 0);
    for i in 0..matched.len() {
        let goes_on = i > 0 && matched[i - 1].0 + 1 == matched[i].0 && matched[i - 1].1 + 1 == matched[i].1;
        start = if goes_on { start } else { i };
        if i + 1 - start > best.len() {
            best = start..i + 1;
        }
    }
    best
}

/// How a telling stands to the fullest one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variation {
    /// Content words differ where both have words, or one preposition stands for another.
    pub wording: bool,
    /// Only function words or forms differ there.
    pub slight: bool,
    /// It lacks words of the fullest.
    pub truncated: bool,
    /// One number stands for another.
    pub number: bool,
}

/// At either end two tellings may begin or end at other points of one utterance; only as many words as this can
/// stand for each other there.
const LONGEST_SUBSTITUTION: usize = 4;

/// Compares `telling` with the `fullest` of its utterance, gap by gap between the words that they share. What is
/// left out without anything in its place is a cut, and so is what a report says that it left out.
pub fn compare(fullest: &[Word], telling: &[Word]) -> Variation {
    let matched = shared(fullest, telling);
    let mut found = Variation::default();
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return found };
    if 2 * matched.len() < telling.len().min(fullest.len()) {
        // Another part of the utterance, which a third telling joins to this one.
        return found;
    }
    for pair in matched.windows(2) {
        let (left, right) = (&fullest[pair[0].0 + 1..pair[1].0], &telling[pair[0].1 + 1..pair[1].1]);
        let cut = fullest[pair[0].0 + 1..=pair[1].0].iter().chain(&telling[pair[0].1 + 1..=pair[1].1]);
        found.take(left, right, cut.into_iter().any(|w| w.after_cut));
    }
    let head = (&fullest[..first.0], &telling[..first.1]);
    let tail = (&fullest[last.0 + 1..], &telling[last.1 + 1..]);
    for (left, right) in [head, tail] {
        let substitution = !left.is_empty()
            && !right.is_empty()
            && left.len() <= LONGEST_SUBSTITUTION
            && right.len() <= LONGEST_SUBSTITUTION;
        if substitution {
            found.take(left, right, left.iter().chain(right).skip(1).any(|w| w.after_cut));
        } else if !left.is_empty() {
            found.truncated = true;
        }
    }
    found.slight &= !found.wording;
    found
}

impl Variation {
    /// Takes what stands between two shared words: in the fullest, and in the telling.
    fn take(&mut self, left: &[Word], right: &[Word], cut: bool) {
        let content = |words: &[Word]| words.iter().any(|w| w.is_content() && !w.inserted);
        match (left, right) {
            ([], []) => {}
            _ if cut => self.truncated = true,
            (_, []) if content(left) => self.truncated = true,
            ([a], [b]) if numbers(a, b).is_some() => self.number |= numbers_apart(a, b),
            ([a], [b]) if a.particle && b.particle => self.wording = true,
            _ if right.is_empty() || right.iter().all(|w| w.inserted) => self.slight = true,
            _ if content(left) || content(right) => self.wording = true,
            _ => self.slight = true,
        }
    }
}

/// What two words say, where both are numbers.
fn numbers(a: &Word, b: &Word) -> Option<(f64, f64)> {
    let value = |word: &Word| value_of_word(&word.form).or_else(|| word.form.replace(',', "").parse().ok());
    Some((value(a)?, value(b)?))
}

fn numbers_apart(a: &Word, b: &Word) -> bool {
    numbers(a, b).is_some_and(|(x, y)| x != y)
}

/// The numbers that stand for each other in two tellings, as pairs of indices.
pub fn changed_numbers(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let matched = shared(a, b);
    let alone = |w: &[(usize, usize)]| w[0].0 + 2 == w[1].0 && w[0].1 + 2 == w[1].1;
    let between = matched.windows(2).filter(|w| alone(w)).map(|w| (w[0].0 + 1, w[0].1 + 1));
    between.filter(|(i, j)| numbers_apart(&a[*i], &b[*j])).collect()
}

/// Whether one telling denies where the other does not: in the words that stand for each other, or by a word
/// put in. What is cut denies nothing.
pub fn one_denies(a: &[Word], b: &[Word], matched: &[(usize, usize)]) -> bool {
    let denials = |words: &[Word]| {
        let denies = |w: &&Word| {
            matches!(w.form.as_str(), "not" | "no" | "never" | "none" | "nobody" | "without" | "cannot")
        };
        words.iter().filter(denies).count()
    };
    matched.windows(2).any(|w| {
        let (left, right) = (&a[w[0].0 + 1..w[1].0], &b[w[0].1 + 1..w[1].1]);
        let replaced = !left.is_empty() && !right.is_empty() || left.len() + right.len() <= 2;
        replaced && denials(left) % 2 != denials(right) % 2
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::words;
    use super::*;

    fn varied(fullest: &str, telling: &str) -> Variation {
        compare(&words(fullest), &words(telling))
    }

    #[test]
    fn another_word_is_another_wording_and_another_article_a_slight_one() {
        let full = "a False Flag over the Bridge";
        assert!(varied(full, "a Foreign Flag over the Bridge").wording);
        let slight = varied(full, "the False Flag over the Bridge");
        assert!(slight.slight && !slight.wording && !slight.truncated);
    }

    #[test]
    fn one_who_begins_elsewhere_or_cuts_words_no_other() {
        let cut = Variation { truncated: true, ..Variation::default() };
        let whole = "the Presence of Troops does not Change anything and is Unacceptable to us";
        assert_eq!(varied(whole, "the Presence of Troops is Unacceptable to us"), cut);
        let long = "we Went to the Moon and Made Tools that Changed the World our Mission must be to Rise";
        assert_eq!(varied(long, "our Mission must be to Rise"), cut);
        assert_eq!(varied(long, "our Mission must be to Rise it is Felt today"), cut);
        assert_eq!(varied("we Waited for … Two Years", "we Waited for this Court for Two Years"), cut);
    }

    #[test]
    fn a_preposition_for_another_is_another_wording() {
        assert!(varied("as Time Goes >on", "as Time Goes >by").wording);
        assert!(varied("a Word >with the Envoy", "a Word >to the Envoy").wording);
    }

    #[test]
    fn another_number_is_no_other_wording() {
        let (full, other) = ("the Patrol was 400 Metres inside us", "the Patrol was 600 Metres inside us");
        let found = varied(full, other);
        assert!(found.number && !found.wording);
        assert_eq!(changed_numbers(&words(full), &words(other)), [(3, 3)]);
        assert!(!varied("we Lost three Men", "we Lost 3 Men").number);
    }

    #[test]
    fn the_longest_row() {
        assert_eq!(longest_row(&[(0, 3), (1, 4), (3, 5), (4, 6), (5, 7)]), 2..5);
        assert!(longest_row(&[]).is_empty());
    }
}
