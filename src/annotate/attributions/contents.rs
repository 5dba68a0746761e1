//! How far a content goes.
//!
//! In: the words of a frame, a cue and where its content begins. Out: where it ends. It does not know
//! who speaks.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::{Pos, lemma};
use super::complements::Complement;
use super::cues::Cue;
use super::frames::Frame;
use super::model::{Feature, Model};
use super::words::Words;
use super::{adjuncts, sources};

/// Weights learnt from the training part of PolNeAR by `training/cues.py`, which writes them.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../lexicon/ends.tsv")));

/// How many words a feature looks at.
const NEAR: usize = 200;

/// A stretch of a frame in which the end of a content is sought.
pub struct Reach<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// All cues of the frame.
    pub cues: &'a [Cue],
    /// The cue that governs the content.
    pub cue: &'a Cue,
    /// What the content begins with.
    pub complement: Complement,
    /// Where it begins.
    pub start: usize,
}

/// The content that begins at `reach.start`: the end that is most probable, each possible end in turn
/// taken or passed over.
pub fn right(words: &Words, reach: &Reach) -> Option<Range<usize>> {
    let limit = sources::trimmed(words, reach.start, barrier(words, reach));
    if limit <= reach.start {
        return None;
    }
    let (mut best, mut best_score, mut passed) = (limit, 0.0, 1.0);
    for end in possible_ends(words, reach, limit) {
        let p = MODEL.probability(|add| features(words, reach, end, add));
        if passed * p > best_score {
            (best, best_score) = (end, passed * p);
        }
        passed *= 1.0 - p;
    }
    let end = if passed > best_score { limit } else { best };
    let end = sources::trimmed(words, reach.start, end);
    (end > reach.start).then_some(reach.start..end)
}

/// Forms that go on with the same speaker after a comma: "…, adding that".
const ADDING: [&str; 12] = [
    "adding",
    "saying",
    "noting",
    "claiming",
    "arguing",
    "stressing",
    "explaining",
    "insisting",
    "warning",
    "suggesting",
    "telling",
    "emphasizing",
];

/// The end of the frame, or where another attribution surely begins: "…, according to", "…, the paper reported."
fn barrier(words: &Words, reach: &Reach) -> usize {
    let limit = reach.frame.tokens.end;
    for cue in reach.cues.iter().filter(|c| c.tokens.start > reach.start + 1) {
        let start = cue.tokens.start;
        let after_comma = words.is(start - 1, &[","]);
        if after_comma && (words.is(cue.head, &ADDING) || words.is(cue.head, &["according"]))
            || words.is(start, &["according"])
        {
            return if after_comma { start - 1 } else { start };
        }
        let Some(subject) = sources::left(words, reach.frame, start) else { continue };
        let parenthesis = subject.start > reach.start && words.is(subject.start - 1, &[","]);
        let end = adjuncts::skip(words, cue.head, cue.tokens.end, limit).end;
        if parenthesis && matches!(Complement::at(words, end, limit), Complement::End | Complement::Comma) {
            return subject.start - 1;
        }
    }
    limit
}

/// Where a content can end before `limit`: at a mark, a conjunction, a preposition, beside a quotation.
pub fn possible_ends(words: &Words, reach: &Reach, limit: usize) -> Vec<usize> {
    let clause = matches!(reach.complement, Complement::That | Complement::Clause);
    let mut ends = Vec::new();
    let mut i = words.next(reach.start);
    let mut whole = !clause || words.quote_from(reach.start).is_some();
    while i < limit {
        whole = whole || words.quote_of(i).is_some() || words.pos(i).is_finite();
        let mark = !words.is_word(i) && !words.is(i, &["'", "’", "$", "%", "#", "@", "&", "/"]);
        let opens = matches!(
            words.pos(i),
            Pos::IN | Pos::CC | Pos::TO | Pos::WDT | Pos::WP | Pos::WRB | Pos::VBG | Pos::RB
        );
        let verb = (words.pos(i).is_verb() && words.pos(i) != Pos::VBG) || words.pos(i) == Pos::MD;
        let goes_on = verb && words.quote_before(i).is_some_and(|q| !words.ends_clause(q));
        let beside = !goes_on && (words.quote_before(i).is_some() || words.quote_from(i).is_some());
        let resumes = words.is(i, &[",", "—", "–"]) && words.pos(i + 1).is_finite();
        if whole && !resumes && (mark || opens || beside) {
            ends.push(i);
        }
        i = words.next(i);
    }
    ends
}

/// Tells each feature of `end` as the end of the content.
pub fn features(words: &Words, reach: &Reach, end: usize, tell: &mut dyn FnMut(Feature)) {
    let complement = reach.complement.name();
    let head = reach.cue.head;
    let base = lemma(words.word(head), words.pos(head)).into_owned();
    let tag = |i: usize| format!("{:?}", words.pos(i));
    let (next, after) = (words.word(end), word_class(words, end + 1));
    let verb = (reach.start..end).take(NEAR).any(|i| words.quote_of(i).is_none() && words.pos(i).is_finite());
    let verb = if verb { "v" } else { "-" };
    let length = bucket(end - reach.start);
    let commas = (reach.start.max(end.saturating_sub(NEAR))..end)
        .filter(|i| words.is(*i, &[","]) && words.quote_of(*i).is_none())
        .count();
    let closed = if words.quote_before(end).is_some() { "closed" } else { "-" };
    let cue = next_cue(words, reach, end);
    let next_verb = (end..reach.frame.tokens.end.min(end + 8))
        .find(|i| words.pos(*i).is_verb() || words.pos(*i) == Pos::MD);
    let next_verb = next_verb.map_or_else(|| "none".to_owned(), tag);
    tell(["bias", "", "", ""]);
    tell(["c", complement, "", ""]);
    tell(["n", next, "", ""]);
    tell(["nc", next, complement, ""]);
    tell(["nv", next, complement, verb]);
    tell(["na", next, &after, ""]);
    tell(["nac", next, &after, complement]);
    tell(["npa", next, &tag(end + 1), verb]);
    tell(["p", &tag(end), complement, verb]);
    tell(["pp", &tag(end.saturating_sub(1)), next, ""]);
    tell(["bn", &base, next, ""]);
    tell(["bc", &base, complement, ""]);
    tell(["len", length, complement, verb]);
    tell(["ln", length, next, ""]);
    tell(["cue", cue, next, ""]);
    tell(["cuea", cue, next, &tag(end + 1)]);
    tell(["q", closed, next, complement]);
    tell(["qs", closed, if commas > 1 { "many" } else { "few" }, next]);
    tell(["nvb", next, &next_verb, verb]);
    tell(["prev", words.word(end.saturating_sub(1)), next, ""]);
}

fn word_class(words: &Words, i: usize) -> String {
    if words.pos(i).is_name() { "NAME".to_owned() } else { words.word(i).to_owned() }
}

fn bucket(length: usize) -> &'static str {
    match length {
        0..=1 => "1",
        2..=3 => "3",
        4..=6 => "6",
        7..=11 => "11",
        12..=20 => "20",
        _ => "more",
    }
}

/// How soon another cue follows, and in which form.
fn next_cue(words: &Words, reach: &Reach, end: usize) -> &'static str {
    let cue = reach.cues.iter().find(|c| c.tokens.start >= end);
    match cue.map(|c| (c.tokens.start - end, words.pos(c.head))) {
        Some((0, _)) => "here",
        Some((1, Pos::VBG)) => "ing",
        Some((1, _)) => "next",
        Some((2..=3, Pos::VBG)) => "ing-near",
        Some((2..=3, _)) => "near",
        Some((4..=7, _)) => "soon",
        Some(_) => "far",
        None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn a_new_speaker_ends_a_content() {
        let text = "Moe said the bridge was safe, and Dunn said the road was not.";
        assert_eq!(told(text), ["Moe | said | the bridge was safe", "Dunn | said | the road was not"]);
    }

    #[test]
    fn a_trailing_agency_ends_a_content() {
        let text = "Officials believe that the bridge will be closed, the Gazette reported.";
        assert!(
            told(text).contains(&"Officials | believe | that the bridge will be closed".to_owned()),
            "{:?}",
            told(text)
        );
    }
}
