//! The best sequence of labels (Viterbi 1967).
//!
//! In: a score for each label of each word, and for each change of label. Out: a label for each word. It does not
//! know what the labels mean.

/// The labels with the greatest sum of scores; `change(word, from, to)` is added where word `word` has label `to` after `from`,
/// and where `word` is the first, `from` is 0.
pub fn best(scores: &[f32], labels: usize, change: impl Fn(usize, usize, usize) -> f32) -> Vec<usize> {
    let words = scores.len() / labels.max(1);
    let mut back = vec![0u8; words * labels];
    let mut sums = vec![f32::NEG_INFINITY; labels];
    for word in 0..words {
        let mut next = vec![f32::NEG_INFINITY; labels];
        for (to, sum) in next.iter_mut().enumerate() {
            let before = |from: usize| if word == 0 { 0.0 } else { sums[from] };
            for from in 0..if word == 0 { 1 } else { labels } {
                let total = before(from) + change(word, from, to);
                if total > *sum {
                    *sum = total;
                    back[word * labels + to] = from as u8;
                }
            }
            *sum += scores[word * labels + to];
        }
        sums = next;
    }
    let mut label = (0..labels).fold(0, |best, label| if sums[label] > sums[best] { label } else { best });
    let mut path = vec![0; words];
    for word in (0..words).rev() {
        path[word] = label;
        label = usize::from(back[word * labels + label]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_follow_does_not() {
        // Outside, begin, inside: inside scores best everywhere, but must follow a begin.
        let scores = [1.0, 0.8, 2.0, 0.0, 0.0, 2.0, 3.0, 0.0, 0.0];
        let change = |_, from, to| if to == 2 && from == 0 { f32::NEG_INFINITY } else { 0.0 };
        assert_eq!(best(&scores, 3, change), [1, 2, 0]);
    }

    #[test]
    fn no_words_have_no_labels() {
        assert!(best(&[], 3, |_, _, _| 0.0).is_empty());
    }
}
