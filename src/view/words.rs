//! Which words differ between tellings of one thing.
//!
//! In: texts. Out: each text as [`Piece`]s, of which some differ. It does not know what the words mean, nor
//! which telling is the true one.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Above these bounds nothing is marked: a page that marks hundreds of words says no more than the texts themselves.
const MOST_TEXTS: usize = 10;
const MOST_WORDS: usize = 400;

/// Words in a row that differ from another telling, or do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, one space between them.
    pub text: String,
    /// Whether they stand otherwise in some other telling.
    pub differs: bool,
}

/// Splits each of `texts` where it differs from another one. Words that another telling merely leaves out at
/// its beginning or end do not differ: it is shorter, not other. Nothing is marked between two texts that
/// share less than a third of the shorter one's words, for there all of it is other.
pub fn mark(texts: &[&str]) -> Vec<Vec<Piece>> {
    let words: Vec<Vec<&str>> = texts.iter().map(|t| t.split_whitespace().collect()).collect();
    let mut differs: Vec<Vec<bool>> = words.iter().map(|w| vec![false; w.len()]).collect();
    if texts.len() <= MOST_TEXTS && words.iter().all(|w| w.len() <= MOST_WORDS) {
        let keys: Vec<Vec<String>> = words.iter().map(|w| w.iter().map(|w| key(w)).collect()).collect();
        for (i, a) in keys.iter().enumerate() {
            for (_, b) in keys.iter().enumerate().filter(|(j, _)| *j != i) {
                mark_against(a, b, &mut differs[i]);
            }
        }
    }
    words.iter().zip(&differs).map(|(words, differs)| pieces(words, differs)).collect()
}

fn mark_against(a: &[String], b: &[String], differs: &mut [bool]) {
    let ops = capture_diff_slices(Algorithm::Myers, a, b);
    let shared: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    if shared * 3 < a.len().min(b.len()) {
        return;
    }
    for (n, op) in ops.iter().enumerate() {
        let at_an_end = n == 0 || n + 1 == ops.len();
        match op {
            DiffOp::Delete { .. } if at_an_end => {}
            DiffOp::Delete { .. } | DiffOp::Replace { .. } => differs[op.old_range()].fill(true),
            DiffOp::Equal { .. } | DiffOp::Insert { .. } => {}
        }
    }
}

/// What is compared of a word: neither case nor the marks around it.
fn key(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { word.to_owned() } else { bare.to_lowercase().replace('’', "'") }
}

fn pieces(words: &[&str], differs: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (word, differs) in words.iter().zip(differs.iter().copied()) {
        match pieces.last_mut().filter(|p| p.differs == differs) {
            Some(piece) => {
                piece.text.push(' ');
                piece.text.push_str(word);
            }
            None => pieces.push(Piece { text: (*word).to_owned(), differs }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bracketed(texts: &[&str]) -> Vec<String> {
        let show = |p: &Piece| if p.differs { format!("[{}]", p.text) } else { p.text.clone() };
        mark(texts).iter().map(|t| t.iter().map(show).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn only_the_other_words_are_marked() {
        assert_eq!(
            bracketed(&["a practical reality is this.", "the practical reality is this"]),
            ["[a] practical reality is this.", "[the] practical reality is this"]
        );
        assert_eq!(
            bracketed(&["more than four hours", "almost five hours"]),
            ["[more than four] hours", "[almost five] hours"]
        );
    }

    #[test]
    fn a_shorter_telling_is_not_another_one() {
        let texts = ["we will not sell the dam, not now", "We will not sell the dam"];
        assert_eq!(bracketed(&texts), texts);
    }

    #[test]
    fn texts_with_nothing_in_common_are_left_alone() {
        let texts = ["cancelled by the governor", "moved to March 10"];
        assert_eq!(bracketed(&texts), texts);
        assert_eq!(mark(&[]), Vec::<Vec<Piece>>::new());
        assert_eq!(bracketed(&["", "one"]), ["", "one"]);
    }
}
