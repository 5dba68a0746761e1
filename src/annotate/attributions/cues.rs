//! Cues: the words that give something to somebody.
//!
//! In: the words of a frame. Out: its [`Cue`]s, each with a probability. It does not know who speaks, nor
//! how far the content goes.

use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::{Pos, lemma};
use super::adjuncts;
use super::frames::Frame;
use super::model::Model;
use super::words::Words;
use super::{phrases, sources};

/// Weights learnt from the training part of PolNeAR by `training/cues.py`, which writes them.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../lexicon/cues.tsv")));

/// How sure a cue must be; chosen on the development part of PolNeAR.
const SURE: f32 = 0.4;

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

/// What follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complement {
    /// "that …"
    That,
    /// A quotation at once.
    Quote,
    /// A quotation after a comma or a colon.
    MarkQuote,
    /// "whether …", "how …"
    Question,
    /// "to …" with a verb.
    Infinitive,
    /// A subject with its verb.
    Clause,
    /// A noun phrase.
    Noun,
    /// An -ing form.
    Gerund,
    /// A preposition.
    Preposition,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// The end of the frame.
    End,
    /// Something else.
    Other,
}

impl Complement {
    /// Its name among the features.
    pub fn name(self) -> &'static str {
        match self {
            Complement::That => "that",
            Complement::Quote => "quote",
            Complement::MarkQuote => ",quote",
            Complement::Question => "wh",
            Complement::Infinitive => "to",
            Complement::Clause => "clause",
            Complement::Noun => "noun",
            Complement::Gerund => "ing",
            Complement::Preposition => "prep",
            Complement::Comma => "comma",
            Complement::Colon => "colon",
            Complement::End => "end",
            Complement::Other => "other",
        }
    }

    /// What stands at `i`.
    pub fn at(words: &Words, i: usize, limit: usize) -> Self {
        if i >= limit {
            return Complement::End;
        }
        if words.quote_from(i).is_some() {
            return Complement::Quote;
        }
        let mark = words.is(i, &[",", ":"]);
        match words.pos(i) {
            _ if mark && i + 1 < limit && words.quote_from(i + 1).is_some() => Complement::MarkQuote,
            _ if words.is(i, &[","]) => Complement::Comma,
            _ if words.is(i, &[":"]) => Complement::Colon,
            _ if !words.is_word(i) => Complement::End,
            _ if words.is(i, &["that"]) && words.pos(i) != Pos::DT => Complement::That,
            _ if words.is(i, &["whether", "how", "why", "what", "if", "who", "where", "when"]) => {
                Complement::Question
            }
            Pos::TO if words.pos(i + 1) == Pos::VB || words.pos(i + 2) == Pos::VB => Complement::Infinitive,
            Pos::VBG => Complement::Gerund,
            Pos::IN | Pos::TO => Self::nominal(words, i, limit).unwrap_or(Complement::Preposition),
            _ => Self::nominal(words, i, limit).unwrap_or(Complement::Other),
        }
    }

    fn nominal(words: &Words, i: usize, limit: usize) -> Option<Self> {
        let end = phrases::end_with_attachments(words, i, limit)?;
        let verb = (end..limit.min(end + 3)).find(|j| !words.pos(*j).eq(&Pos::RB)).filter(|j| *j < limit);
        let clause = verb.is_some_and(|j| words.pos(j).is_finite())
            || words.is(i, &["he", "she", "they", "i", "we", "there"]);
        Some(if clause { Complement::Clause } else { Complement::Noun })
    }
}

/// The cues of `frame`, in order. Nothing within quotation marks is one.
pub fn find(words: &Words, frame: &Frame) -> Vec<Cue> {
    let candidates = candidates(words, frame);
    let sure = candidates.into_iter().filter(|i| probability(words, frame, *i) >= SURE);
    sure.map(|i| cue(words, frame, i)).collect()
}

/// How probably the word at `i` is the head of a cue.
pub fn probability(words: &Words, frame: &Frame, i: usize) -> f32 {
    MODEL.probability(|say| features(words, frame, i, say))
}

/// The words of `frame` that could be the head of a cue.
pub fn candidates(words: &Words, frame: &Frame) -> Vec<usize> {
    let outside = frame.tokens.clone().filter(|i| words.quote_of(*i).is_none() && words.is_word(*i));
    outside.filter(|i| is_verb(words, *i) || OTHERS.binary_search(&words.word(*i)).is_ok()).collect()
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
pub fn cue(words: &Words, frame: &Frame, i: usize) -> Cue {
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
    if words.is(i, &["put", "puts"]) && words.is(end, &["it"]) {
        end += 1;
    } else if (words.is(end, &PARTICLES) || (passive && words.is(end, &["as"])))
        && !words.is(i, &PLAIN)
        && !adjuncts::reaches_content(words, i, end, limit)
        && words.pos(end) != Pos::VB
        && end < limit
        && takes_noun(words, end + 1, limit)
    {
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
    start
}

/// Says each feature of the word at `i` as a head of a cue.
pub fn features(words: &Words, frame: &Frame, i: usize, say: &mut dyn FnMut(&str)) {
    let mut buffer = String::with_capacity(48);
    let mut tell = |parts: [&str; 4]| {
        buffer.clear();
        let _ = write!(buffer, "{}={}|{}|{}", parts[0], parts[1], parts[2], parts[3]);
        say(&buffer);
    };
    let cue = cue(words, frame, i);
    let base = lemma(words.word(i), words.pos(i)).into_owned();
    let pos = tag(words, i);
    let complement = cue.complement.name();
    let last = words.word(cue.tokens.end - 1);
    let subject = subject_class(words, frame, &cue);
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
    tell(["sw", subject_word(words, &cue), "", ""]);
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
    tell(["pas", if cue.passive { "p" } else { "-" }, complement, last]);
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
