//! Phrases: noun phrases and verb groups.
//!
//! In: tagged tokens. Out: ranges of tokens, found on request around a token. It does not parse: what the tags near
//! a word do not settle is left open (`None`). No search looks further than [`REACH`] tokens.

mod nouns;
mod subjects;
mod verbs;

pub use verbs::{Tense, VerbGroup};

use std::ops::Range;

use super::{Annotations, Pos};
use crate::report::Report;

/// How many tokens a search looks to either side; longer phrases are lists and tables.
const REACH: usize = 40;

impl Annotations {
    /// The tag of a token; [`Pos::Punct`] outside the text.
    fn pos_at(&self, token: usize) -> Pos {
        self.tokens.get(token).map_or(Pos::Punct, |t| t.pos)
    }

    /// The words of a token; nothing outside the text.
    fn word_at<'r>(&self, report: &'r Report, token: usize) -> &'r str {
        self.tokens.get(token).map_or("", |t| report.slice(t.span))
    }

    /// The tokens near `token` in its own sentence, at most [`REACH`] to either side.
    fn window(&self, token: usize) -> Range<usize> {
        let i = self.sentences.partition_point(|s| s.tokens.end <= token);
        let sentence = self.sentences.get(i).map(|s| s.tokens.clone()).filter(|r| r.contains(&token));
        let all = sentence.unwrap_or(0..self.tokens.len());
        all.start.max(token.saturating_sub(REACH))..all.end.min(token + REACH)
    }
}

#[cfg(test)]
mod testing {
    use crate::annotate::testing::report;
    use crate::annotate::{Annotations, Pos, tokens};
    use crate::report::Report;

    /// A report and its tokens with the tags that follow each word's last slash: "the/DT deal/NN".
    pub fn tagged(text: &str) -> (Report, Annotations) {
        let pairs = text.split(' ').filter_map(|p| p.rsplit_once('/'));
        let (words, tags): (Vec<&str>, Vec<&str>) = pairs.unzip();
        let report = report(&words.join(" "));
        let mut layers = Annotations { tokens: tokens::find(&report), ..Annotations::default() };
        assert_eq!(layers.tokens.len(), tags.len());
        for (token, tag) in layers.tokens.iter_mut().zip(tags) {
            token.pos = tag_named(tag);
        }
        (report, layers)
    }

    fn tag_named(name: &str) -> Pos {
        let tags = crate::annotate::tagger::model::TAGS;
        tags.into_iter().find(|t| format!("{t:?}") == name).unwrap_or(Pos::Punct)
    }

    /// The words of a range of tokens.
    pub fn words<'r>(
        report: &'r Report,
        layers: &Annotations,
        range: std::ops::Range<usize>,
    ) -> Vec<&'r str> {
        range.map(|i| report.slice(layers.tokens[i].span)).collect()
    }
}
