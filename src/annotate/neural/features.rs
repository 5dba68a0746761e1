//! What the networks are told about a word besides its letters.
//!
//! In: the layers that the rules made. Out: eight small numbers for each token, [`WordFeatures`], and the
//! attributions that the rules propose, as ranges of tokens. Training reads the same numbers
//! (`eval features`), so that learning and use cannot drift apart. It does not know what the networks make of them.

use std::ops::Range;

pub use rashomon_network::features::{COLUMNS, SIZES, WordFeatures};

use crate::annotate::{Annotations, EntityKind, MentionKind, Pos, Quote};
use crate::report::Report;
use crate::span::Span;

/// An attribution that the rules propose, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The words that attribute.
    pub cue: Vec<Range<usize>>,
    /// The words that are attributed.
    pub content: Vec<Range<usize>>,
    /// The words for whom it is given to.
    pub source: Vec<Range<usize>>,
}

/// The numbers of each token of `layers`.
pub fn words(report: &Report, layers: &Annotations) -> Vec<WordFeatures> {
    let mut words = vec![[0; COLUMNS]; layers.tokens.len()];
    for (word, token) in words.iter_mut().zip(&layers.tokens) {
        word[1] = token.pos as u8;
        word[3] = case(token.span.of(report.text.as_str()), token.pos);
    }
    layers.quotes.iter().for_each(|quote| mark_quote(layers, quote, &mut words));
    mark_layout(layers, &mut words);
    for attribution in &layers.attributions {
        mark_begin(layers, &attribution.cue, 4, 1, &mut words);
        mark_begin(layers, &attribution.content, 5, 1, &mut words);
        mark_begin(layers, &attribution.source, 6, 1, &mut words);
    }
    for mention in layers.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        let kind = match mention.of {
            EntityKind::Person => 1,
            EntityKind::Organization => 3,
            EntityKind::Place => 5,
            _ => 7,
        };
        mark_begin(layers, &[mention.span], 7, kind, &mut words);
    }
    words
}

/// What the rules propose.
pub fn proposals(layers: &Annotations) -> Vec<Proposal> {
    let ranges = |spans: &[Span]| spans.iter().map(|s| layers.tokens_in(*s)).collect();
    let proposal = |a: &crate::annotate::Attribution| Proposal {
        cue: ranges(&a.cue),
        content: ranges(&a.content),
        source: ranges(&a.source),
    };
    layers.attributions.iter().map(proposal).collect()
}

/// The first word of each span gets `begin`, the others `begin + 1`.
fn mark_begin(layers: &Annotations, spans: &[Span], column: usize, begin: u8, words: &mut [WordFeatures]) {
    for span in spans {
        for (i, word) in words[layers.tokens_in(*span)].iter_mut().enumerate() {
            word[column] = begin + u8::from(i > 0);
        }
    }
}

/// Opening mark, closing mark, between them (1 to 3); the same where the quote is open at an end (4 to 6); nested (7).
fn mark_quote(layers: &Annotations, quote: &Quote, words: &mut [WordFeatures]) {
    let range = layers.tokens_in(quote.outer);
    for i in range {
        let span = layers.tokens[i].span;
        let place = match (quote.inner.overlaps(span), span.start < quote.inner.start) {
            (true, _) => 3,
            (false, true) => 1,
            (false, false) => 2,
        };
        let open = if quote.closed && !quote.continues { 0 } else { 3 };
        words[i][0] = if quote.nested { 7 } else { place + open };
    }
}

/// In mid-sentence (0), at the start of a sentence (1) or of a paragraph (2); the same in furniture (3 to 5).
fn mark_layout(layers: &Annotations, words: &mut [WordFeatures]) {
    let mut paragraph = None;
    for sentence in &layers.sentences {
        let start = if paragraph == Some(sentence.paragraph) { 1 } else { 2 };
        paragraph = Some(sentence.paragraph);
        let furniture = if sentence.furniture { 3 } else { 0 };
        for (i, word) in words[sentence.tokens.clone()].iter_mut().enumerate() {
            word[2] = furniture + if i == 0 { start } else { 0 };
        }
    }
}

/// Lower (0), title (1), upper (2), mixed (3), with a digit (4), no letter (5), one upper letter (6), no word (7).
fn case(word: &str, pos: Pos) -> u8 {
    if pos == Pos::Punct {
        return 7;
    }
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let upper = letters().filter(|c| c.is_uppercase()).count();
    let all = letters().count();
    match word.chars().next() {
        _ if word.chars().any(|c| c.is_ascii_digit()) => 4,
        _ if all == 0 => 5,
        _ if upper == 0 => 0,
        _ if upper == all => {
            if all == 1 {
                6
            } else {
                2
            }
        }
        Some(first) if first.is_uppercase() && upper == 1 => 1,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::report;
    use crate::annotate::{Annotator, Rules};

    fn told(text: &str) -> Vec<(String, WordFeatures)> {
        let report = report(text);
        let layers = Rules.annotate(&report);
        let words = words(&report, &layers);
        let spans = layers.tokens.iter().map(|t| t.span.of(report.text.as_str()).to_owned());
        spans.zip(words).collect()
    }

    #[test]
    fn a_quotation_its_cue_and_its_source_are_told() {
        let words = told("“We will go,” Dunn said.");
        let column = |n: usize| words.iter().map(|(_, f)| f[n]).collect::<Vec<_>>();
        assert_eq!(column(0), [1, 3, 3, 3, 3, 2, 0, 0, 0], "quotation");
        assert_eq!(column(2), [2, 0, 0, 0, 0, 0, 0, 0, 0], "layout");
        assert_eq!(column(4), [0, 0, 0, 0, 0, 0, 0, 1, 0], "cue");
        assert_eq!(column(6), [0, 0, 0, 0, 0, 0, 1, 0, 0], "source");
    }

    #[test]
    fn every_number_is_within_its_column() {
        let texts = ["", "“", "NATO’s 12th “pack‘age", "A\n\nB said: “C\n“D” e", "U.S. iPhone x X !"];
        for (word, features) in texts.iter().flat_map(|t| told(t)) {
            let within = features.iter().zip(SIZES).all(|(f, size)| usize::from(*f) < size);
            assert!(within, "{word}: {features:?}");
        }
    }
}
