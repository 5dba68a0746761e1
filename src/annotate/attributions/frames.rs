//! Frames: the sentences in which somebody says something, with each quotation as one word of them.
//!
//! In: words and sentences. Out: [`Frame`]s in order. A quotation of five sentences is still one word of the
//! frame that introduces it. It does not know cues.

use std::ops::Range;

use super::super::Annotations;
use super::words::Words;

/// A frame has at most so many words, a quotation counting as one; what is longer is no sentence but a list or
/// a page without marks, and is cut so that work on a frame stays bounded.
const LONGEST: usize = 400;

/// A sentence outside quotation marks.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its paragraph.
    pub paragraph: usize,
}

impl Frame {
    /// Whether it is nothing but one quotation, or a run of them.
    pub fn is_quotation(&self, words: &Words) -> bool {
        self.tokens.clone().all(|i| words.quote_of(i).is_some() || !words.is_word(i))
            && self.tokens.clone().any(|i| words.quote_of(i).is_some())
    }
}

/// The frames of a report; furniture has none.
pub fn find(words: &Words, layers: &Annotations) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut open: Option<Frame> = None;
    for sentence in layers.sentences.iter().filter(|s| !s.furniture && !s.tokens.is_empty()) {
        open = match open.take() {
            Some(o) if o.paragraph == sentence.paragraph && goes_on(words, &o, sentence.tokens.start) => {
                Some(Frame { tokens: o.tokens.start..sentence.tokens.end, ..o })
            }
            Some(o) => {
                split(words, o, &mut frames);
                Some(Frame { tokens: sentence.tokens.clone(), paragraph: sentence.paragraph })
            }
            None => Some(Frame { tokens: sentence.tokens.clone(), paragraph: sentence.paragraph }),
        };
    }
    if let Some(o) = open {
        split(words, o, &mut frames);
    }
    frames
}

/// Whether the sentence that begins at `next` belongs to `frame`: the border lies within a quotation, or a
/// quotation that ends in a question is followed by who asked it.
fn goes_on(words: &Words, frame: &Frame, next: usize) -> bool {
    if frame.tokens.end != next {
        return false;
    }
    match words.quote_of(next) {
        Some(q) if q.tokens.start < next => true,
        Some(_) => false,
        None => words.quote_before(next).is_some() && !words.capital(next),
    }
}

/// Cuts a frame after each quotation that ends a sentence and is followed by a new one.
fn split(words: &Words, frame: Frame, into: &mut Vec<Frame>) {
    let mut start = frame.tokens.start;
    let mut i = start;
    let mut length = 0;
    while i < frame.tokens.end {
        let ends = words.quote_from(i).is_some_and(|q| words.ends_sentence(q));
        i = words.next(i);
        length += 1;
        let cut = length >= LONGEST || (ends && starts_sentence(words, i));
        if cut && i < frame.tokens.end {
            length = 0;
            into.push(Frame { tokens: start..i, paragraph: frame.paragraph });
            start = i;
        }
    }
    if start < frame.tokens.end {
        into.push(Frame { tokens: start..frame.tokens.end, paragraph: frame.paragraph });
    }
}

/// After a full stop within marks, a capital letter or another quotation begins a sentence; after a question
/// or an exclamation, a capital letter may also begin the name of who asked it.
fn starts_sentence(words: &Words, i: usize) -> bool {
    let asked = (1..4).rev().filter_map(|n| i.checked_sub(n)).any(|j| words.raw(j).ends_with(['?', '!']));
    words.quote_from(i).is_some() || (words.capital(i) && !asked)
}

#[cfg(test)]
mod tests {
    use super::super::testing::framed;

    #[test]
    fn a_quotation_of_many_sentences_is_one_word() {
        let text = "“We are late. We must go,” Dunn said. “Now.” He left.";
        assert_eq!(framed(text), ["“We are late. We must go,” Dunn said.", "“Now.”", "He left."]);
    }

    #[test]
    fn who_asks_stays_with_the_question() {
        assert_eq!(
            framed("“Who goes there?” asked Dunn. Nobody spoke."),
            ["“Who goes there?” asked Dunn.", "Nobody spoke."]
        );
    }

    #[test]
    fn two_quotations_are_two_frames() {
        let text = "Moe said: “It is over.” “It is not,” said Dunn.";
        assert_eq!(framed(text), ["Moe said: “It is over.”", "“It is not,” said Dunn."]);
    }
}
