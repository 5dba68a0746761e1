//! Cues: the words that give something to somebody.
//!
//! In: the words of a frame. Out: its [`Cue`]s, each with a probability. It does not know who speaks, nor
//! how far the content goes.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::Pos;
use super::complements::Complement;
use super::frames::Frame;
use super::model::Model;
use super::saying::is_saying;
use super::words::Words;
use super::{adjuncts, cue_features, phrases, unsaid};

/// Weights learnt from the training part of PolNeAR by `training/cues.py`, which writes them.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../lexicon/cues.tsv")));

/// How sure a verb of saying, or a verb before a quotation, must be to be a cue. This one and the next four were
/// chosen on the development part of PolNeAR for soft F1, each changed alone; 0.33 to 0.45 score alike.
const SURE_SAYING: f32 = 0.4;
/// … a verb of attitude before "that", "to" or its preposition and a noun ("calls for").
const SURE_CLAUSE: f32 = 0.5;
/// … a verb before a bare noun phrase: "imposed sanctions", "signed a decree" are what somebody did, though
/// annotators often take them for what somebody wants. Higher than the best for soft F1 (0.65), of which it
/// costs 0.2: an attribution takes the claim from the sentence.
const SURE_NOUN: f32 = 0.85;
/// … any other word.
const SURE_OTHER: f32 = 0.65;
/// How sure a verb of saying must be that is followed by "that" or by a quotation. Annotators often pass over
/// such a clause within another clause, but it is one all the same. 0.1 and 0.03 score alike on the development
/// part of PolNeAR; the lower also finds a clause within a clause.
const SURE_FRAMED: f32 = 0.03;

/// Nouns and other words than verbs that can be cues.
static OTHERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../lexicon/cues_other.txt").lines().map(str::trim);
    let mut words: Vec<&str> = lines.filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    words.sort_unstable();
    words
});

/// Words that attribute something.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The verb or noun that does it.
    pub head: usize,
    /// With its auxiliaries, adverbs and preposition: "has also called for".
    pub tokens: Range<usize>,
    /// What follows it.
    pub complement: Complement,
    /// Whether it is a passive participle.
    pub passive: bool,
}

/// The cues of `frame`, in order. Nothing within quotation marks is one.
pub fn find(words: &Words, frame: &Frame) -> Vec<Cue> {
    let all = candidates(words, frame);
    let sure = |cue: &Cue| probability(words, frame, cue) >= least(words, cue, frame.tokens.end);
    all.into_iter().filter(|cue| !unsaid::is_unsaid(words, frame, cue) && sure(cue)).collect()
}

fn least(words: &Words, cue: &Cue, limit: usize) -> f32 {
    let told = adjuncts::skip(words, cue.head, cue.tokens.end, limit).end;
    let lands = Complement::at(words, told, limit);
    let framed = matches!(lands, Complement::That | Complement::Quote | Complement::MarkQuote);
    let put_it = words.is(cue.tokens.end - 1, &["it"]);
    let said = is_saying(words.word(cue.head));
    let bare = cue.tokens.end == cue.head + 1;
    match cue.complement {
        _ if put_it || (said && framed) => SURE_FRAMED,
        _ if said => SURE_SAYING,
        Complement::Quote | Complement::MarkQuote => SURE_SAYING,
        Complement::That | Complement::Infinitive => SURE_CLAUSE,
        Complement::Noun if bare => SURE_NOUN,
        Complement::Noun => SURE_CLAUSE,
        _ => SURE_OTHER,
    }
}

/// How probably `cue` is one.
pub fn probability(words: &Words, frame: &Frame, cue: &Cue) -> f32 {
    MODEL.probability(|add| cue_features::tell(words, frame, cue, add))
}

/// What of `frame` could be a cue, in order.
pub fn candidates(words: &Words, frame: &Frame) -> Vec<Cue> {
    let outside = frame.tokens.clone().filter(|i| words.quote_of(*i).is_none() && words.is_word(*i));
    let heads = outside.filter(|i| is_verb(words, *i) || OTHERS.binary_search(&words.word(*i)).is_ok());
    heads.map(|i| cue(words, frame, i)).collect()
}

fn is_verb(words: &Words, i: usize) -> bool {
    words.pos(i).is_verb() && !is_auxiliary(words, i)
}

/// Whether the word at `i` only helps a verb after it.
fn is_auxiliary(words: &Words, i: usize) -> bool {
    const FORMS: [&str; 24] = [
        "has", "have", "had", "is", "was", "were", "are", "been", "be", "being", "did", "does", "do", "am",
        "'s", "'ve", "'re", "'m", "'d", "didn't", "doesn't", "don't", "isn't", "wasn't",
    ];
    words.is(i, &FORMS) || words.pos(i) == Pos::MD
}

/// The cue whose head is at `i`.
fn cue(words: &Words, frame: &Frame, i: usize) -> Cue {
    let start = span_start(words, frame, i);
    let passive = words.pos(i) == Pos::VBN
        && (start..i).any(|j| words.is(j, &["is", "was", "were", "are", "been", "be", "being"]));
    let mut end = i + 1;
    let limit = frame.tokens.end;
    if words.is(i, &["according"]) && words.is(i + 1, &["to"]) {
        end = i + 2;
    } else if words.pos(end) == Pos::RP && end < limit {
        end += 1;
    }
    let put_it = words.is(i, &["put", "puts"]) && words.is(end, &["it"]);
    let particle = (words.is(end, &PARTICLES) && words.pos(end) != Pos::TO
        || (passive && words.is(end, &["as"])))
        && !words.is(i, &PLAIN)
        && !adjuncts::reaches_content(words, i, end, limit)
        && words.pos(end) != Pos::VB
        && end < limit
        && takes_noun(words, end + 1, limit);
    if put_it || particle {
        end += 1;
    }
    let complement = Complement::at(words, end, limit);
    Cue { head: i, tokens: start..end, complement, passive }
}

/// Prepositions that belong to the cue before them.
const PARTICLES: [&str; 11] =
    ["for", "of", "about", "on", "against", "with", "at", "over", "to", "from", "into"];

/// Verbs of saying whose prepositions only tell where, to whom or of what.
const PLAIN: [&str; 20] = [
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "telling",
    "added",
    "adds",
    "adding",
    "wrote",
    "writes",
    "writing",
    "tweeted",
    "posted",
    "continued",
    "explained",
    "announced",
    "asked",
    "stated",
];

fn takes_noun(words: &Words, i: usize, limit: usize) -> bool {
    i < limit
        && (phrases::end(words, i, limit).is_some()
            || words.quote_from(i).is_some()
            || words.pos(i) == Pos::VBG)
}

fn span_start(words: &Words, frame: &Frame, i: usize) -> usize {
    let mut start = i;
    if words.pos(i) == Pos::RB || words.pos(i).is_noun() {
        return i;
    }
    let mut j = i;
    while j > frame.tokens.start && i - j < 5 && words.quote_of(j - 1).is_none() {
        j -= 1;
        let adverb = matches!(words.pos(j), Pos::RB | Pos::RBR) || words.is(j, &["not", "n't", "also"]);
        let to = words.pos(j) == Pos::TO && words.pos(i) == Pos::VB;
        if is_auxiliary(words, j) || adverb {
            start = j;
        } else if !to {
            break;
        }
    }
    let goes = words.is(start, &["on"])
        && start > frame.tokens.start
        && words.is(start - 1, &["went", "goes", "go", "going"]);
    if goes { start - 1 } else { start }
}

#[cfg(test)]
mod tests {
    use super::super::testing::cues;

    #[test]
    fn cues_have_their_auxiliaries_and_prepositions() {
        let text =
            "The minister has also called for calm. He did not deny that talks went on. Dunn wants to leave.";
        assert_eq!(cues(text), ["has also called for", "did not deny", "wants"]);
    }

    #[test]
    fn nothing_within_quotation_marks_is_a_cue() {
        assert_eq!(cues("“I believe that she said so,” Dunn said."), ["said"]);
    }
}
