//! By what a cue is known: its word, its subject, what follows it, what governs it.
//!
//! In: a word that could be the head of a cue. Out: its features, by the names that the table of weights has
//! for them. It does not know the weights.

use super::super::{Pos, lemma};
use super::cues::Cue;
use super::frames::Frame;
use super::model::Feature;
use super::words::Words;
use super::{phrases, sources, unsaid};

/// Tells each feature of the head of `cue`.
pub fn tell(words: &Words, frame: &Frame, cue: &Cue, tell: &mut dyn FnMut(Feature)) {
    let i = cue.head;
    let base = lemma(words.word(i), words.pos(i)).into_owned();
    let pos = tag(words, i);
    let complement = cue.complement.name();
    let last = words.word(cue.tokens.end - 1);
    let subject = subject_class(words, frame, cue);
    let quotes = if frame.tokens.clone().any(|j| words.quote_of(j).is_some()) { "q" } else { "-" };
    let before = words.quote_before(frame.tokens.start.max(cue.tokens.start)).is_some();
    tell(["bias", "", "", ""]);
    tell(["w", words.word(i), "", ""]);
    tell(["l", &base, "", ""]);
    tell(["lc", &base, complement, ""]);
    tell(["lp", &base, &pos, ""]);
    tell(["lcp", &base, complement, &pos]);
    tell(["ls", &base, subject, ""]);
    tell(["lx", &base, last, ""]);
    tell(["cs", complement, subject, &pos]);
    tell(["p", &pos, "", ""]);
    tell(["w-1", word_or_edge(words, frame, cue.tokens.start.wrapping_sub(1)), &pos, ""]);
    tell(["aux", words.word(cue.tokens.start), &pos, if cue.tokens.start < i { "a" } else { "-" }]);
    tell(["w+1", word_or_edge(words, frame, cue.tokens.end), "", ""]);
    tell(["p+1", &tag(words, cue.tokens.end), complement, ""]);
    tell(["lw+1", &base, word_or_edge(words, frame, cue.tokens.end), ""]);
    tell(["lw-1", &base, word_or_edge(words, frame, cue.tokens.start.wrapping_sub(1)), ""]);
    tell(["q", quotes, complement, if before { "after" } else { "-" }]);
    tell(["lq", &base, quotes, ""]);
    tell(["sw", subject_word(words, cue), "", ""]);
    let own = sources::left(words, frame, cue.tokens.start);
    let head = own.as_ref().map_or("none".to_owned(), |s| {
        if words.pos(s.end - 1).is_name() { "NAME".to_owned() } else { words.word(s.end - 1).to_owned() }
    });
    let before = own.as_ref().map_or("none", |s| word_or_edge(words, frame, s.start.wrapping_sub(1)));
    tell(["sub", &head, "", ""]);
    tell(["subp", own.as_ref().map_or("none", |s| tag_name(words, s.end - 1)), complement, &pos]);
    tell(["sb", before, complement, ""]);
    tell(["lsb", &base, before, ""]);
    tell(["subl", &head, &base, ""]);
    let object = object(words, frame, cue);
    tell(["obj", &object, "", ""]);
    tell(["lobj", &base, &object, ""]);
    let governor = governor(words, frame, cue);
    tell(["gov", &governor, "", ""]);
    tell(["lgov", &base, &governor, complement]);
    tell(["pas", if cue.passive { "p" } else { "-" }, complement, last]);
}

/// The head of the noun phrase that follows the cue, or which part of speech does.
fn object(words: &Words, frame: &Frame, cue: &Cue) -> String {
    let start = cue.tokens.end;
    let Some(last) = phrases::end(words, start, frame.tokens.end).map(|e| e - 1) else {
        return "none".to_owned();
    };
    if words.pos(last).is_name() {
        "NAME".to_owned()
    } else {
        lemma(words.word(last), words.pos(last)).into_owned()
    }
}

/// The verb or adjective that an infinitive depends on ("refused to say"), or a negation.
fn governor(words: &Words, frame: &Frame, cue: &Cue) -> String {
    if unsaid::is_negated(words, &cue.tokens) {
        return "not".to_owned();
    }
    let governor = unsaid::governor(words, frame, cue);
    governor.map_or_else(|| "none".to_owned(), |i| lemma(words.word(i), words.pos(i)).into_owned())
}

fn tag_name(words: &Words, i: usize) -> &'static str {
    match words.pos(i) {
        Pos::PRP => "pronoun",
        p if p.is_name() => "name",
        Pos::NNS => "nouns",
        Pos::NN => "noun",
        _ => "other",
    }
}

fn tag(words: &Words, i: usize) -> String {
    format!("{:?}", words.pos(i))
}

fn word_or_edge<'a>(words: &'a Words, frame: &Frame, i: usize) -> &'a str {
    if frame.tokens.contains(&i) { words.word(i) } else { "^" }
}

/// What sort of subject seems to stand before the cue.
fn subject_class(words: &Words, frame: &Frame, cue: &Cue) -> &'static str {
    let Some(j) = cue.tokens.start.checked_sub(1).filter(|j| frame.tokens.contains(j)) else { return "edge" };
    match words.pos(j) {
        _ if words.quote_of(j).is_some() => "quote",
        _ if words.is(j, &["he", "she", "i", "we", "they"]) => "he",
        _ if words.is(j, &["it", "that", "this", "which"]) => "it",
        _ if words.is(j, &["who"]) => "who",
        _ if words.is(j, &[","]) => "comma",
        _ if words.is(j, &["and", "but", "or"]) => "and",
        Pos::NNP | Pos::NNPS => "name",
        Pos::NNS => "nouns",
        Pos::NN => "noun",
        Pos::TO => "to",
        Pos::DT | Pos::PRPS | Pos::POS => "determiner",
        Pos::IN => "in",
        _ => "other",
    }
}

fn subject_word<'a>(words: &'a Words, cue: &Cue) -> &'a str {
    let j = cue.tokens.start.wrapping_sub(1);
    if words.pos(j).is_name() { "NAME" } else { words.word(j) }
}
