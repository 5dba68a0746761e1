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
use super::saying::is_saying;
use super::words::Words;
use super::{phrases, sources};

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
            _ if words.is(i, &["that"]) && opens_clause(words, i) => Complement::That,
            _ if words.is(i, &["whether", "how", "why", "what", "if", "who", "where", "when"]) => {
                Complement::Question
            }
            Pos::TO if words.pos(i + 1) == Pos::VB || words.pos(i + 2) == Pos::VB => Complement::Infinitive,
            Pos::VBG if subject_reaches_verb(words, i, limit) => Complement::Clause,
            Pos::VBG => Complement::Gerund,
            Pos::IN | Pos::TO => Self::nominal(words, i, limit).unwrap_or(Complement::Preposition),
            _ => Self::nominal(words, i, limit).unwrap_or(Complement::Other),
        }
    }

    fn nominal(words: &Words, i: usize, limit: usize) -> Option<Self> {
        let end = phrases::end_with_attachments(words, i, limit)?;
        let verb = (end..limit.min(end + 3)).find(|j| !words.pos(*j).eq(&Pos::RB)).filter(|j| *j < limit);
        let clause = verb.is_some_and(|j| words.pos(j).is_finite())
            || subject_reaches_verb(words, end, limit)
            || words.is(i, &["he", "she", "they", "i", "we", "there"]);
        Some(if clause { Complement::Clause } else { Complement::Noun })
    }
}

/// How many words may stand between the head of a subject and its verb. Set by hand.
const SUBJECT: usize = 16;

/// Whether a subject that goes on at `i` ("’s plan to leave the town and go", "leaving the town") comes to its
/// finite verb before a mark, a conjunction of clauses or another subject.
fn subject_reaches_verb(words: &Words, i: usize, limit: usize) -> bool {
    for j in i..limit.min(i + SUBJECT) {
        let pos = words.pos(j);
        if words.quote_of(j).is_some() || !words.is_word(j) && !words.is(j, &["'", "’", "-", "$", "%"]) {
            return false;
        }
        if pos.is_finite() {
            let joined = words.is(j - 1, &["and", "or", "but"]);
            return !joined && !words.is(j - 1, &["who", "which", "that"]);
        }
        let stops = matches!(pos, Pos::WP | Pos::WDT | Pos::WRB | Pos::WPS | Pos::PRP)
            || words
                .is(j, &["as", "after", "before", "while", "because", "since", "if", "when", "than", "but"]);
        let second = j > i && matches!(pos, Pos::DT | Pos::PRPS) && words.pos(j - 1).is_noun();
        if stops || second {
            return false;
        }
    }
    false
}

/// Whether the "that" at `i` is the conjunction, not the pronoun: no singular noun follows it.
fn opens_clause(words: &Words, i: usize) -> bool {
    let after = words.pos(i + 1);
    words.pos(i) != Pos::DT || after == Pos::NNS || after == Pos::DT || after == Pos::PRP || after.is_name()
}

/// The cues of `frame`, in order. Nothing within quotation marks is one.
pub fn find(words: &Words, frame: &Frame) -> Vec<Cue> {
    let candidates = candidates(words, frame);
    let least = |i: usize| least(words, &cue(words, frame, i), frame.tokens.end);
    let sure = candidates.into_iter().filter(|i| probability(words, frame, *i) >= least(*i));
    sure.map(|i| cue(words, frame, i)).collect()
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
    let object = object(words, frame, &cue);
    tell(["obj", &object, "", ""]);
    tell(["lobj", &base, &object, ""]);
    let governor = governor(words, frame, &cue);
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
    let negation = |i: &usize| words.is(*i, &["not", "n't", "never"]) || words.word(*i).ends_with("n't");
    if cue.tokens.clone().any(|i| negation(&i)) {
        return "not".to_owned();
    }
    let to = cue.tokens.start.checked_sub(1).filter(|i| frame.tokens.contains(i) && words.pos(*i) == Pos::TO);
    match to.and_then(|i| i.checked_sub(1)).filter(|i| frame.tokens.contains(i)) {
        Some(i) => lemma(words.word(i), words.pos(i)).into_owned(),
        None => "none".to_owned(),
    }
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
