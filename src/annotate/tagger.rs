//! Parts of speech.
//!
//! In: a report with its tokens and sentences. Out: the tokens' tags, by an averaged perceptron (Collins 2002)
//! that goes from left to right through each sentence. It does not know the texts that it was trained on:
//! `models/pos/README.md` does. Public for the trainer in `eval`, which must see the same features.

pub mod features;
pub mod model;

use std::ops::Range;
use std::sync::LazyLock;

use self::features::{Sentence, features};
use self::model::{Model, TAGS};
use super::{Annotations, Pos, times};
use crate::report::Report;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("../../models/pos/tagger.bin")).unwrap_or_default());

/// Writes the part of speech of each token.
pub fn tag(report: &Report, layers: &mut Annotations) {
    let text = report.text.as_str();
    let mut done = 0;
    let sentences = std::mem::take(&mut layers.sentences);
    for sentence in sentences.iter().map(|s| s.tokens.clone()) {
        tag_range(text, layers, done..sentence.start);
        done = sentence.end.max(done);
        tag_range(text, layers, sentence);
    }
    tag_range(text, layers, done..layers.tokens.len());
    layers.sentences = sentences;
}

fn tag_range(text: &str, layers: &mut Annotations, range: Range<usize>) {
    let Some(tokens) = layers.tokens.get_mut(range) else { return };
    let words: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
    let mut tags = tag_words(&MODEL, &words);
    with_verb(&words, &mut tags);
    for (token, pos) in tokens.iter_mut().zip(tags) {
        token.pos = pos;
    }
}

/// Participles of verbs that seldom stand in the passive: without another verb they are in the past ("The ferry overturned.").
const PAST_ALONE: &[&str] = &[
    "overturned",
    "capsized",
    "collapsed",
    "crashed",
    "derailed",
    "exploded",
    "erupted",
    "resigned",
    "escaped",
    "gathered",
    "landed",
    "vanished",
    "disappeared",
    "happened",
    "occurred",
    "emerged",
    "survived",
    "died",
    "opened",
    "reopened",
    "ruled",
];

/// Verbs whose past is spelt like their base: behind a subject and before an object, the only verb of a sentence is in the past.
const UNCHANGED: &[&str] = &["put", "set", "cut", "hit", "let", "quit", "beat"];

/// Participles after which a name is what somebody or something is called: "a man named Halden".
const CALLING: &[&str] =
    &["named", "called", "dubbed", "nicknamed", "titled", "entitled", "christened", "codenamed"];

/// "A man arrested Monday": the day is nothing that he arrested.
fn is_calendar(word: &str) -> bool {
    times::words::weekday(word).is_some() || times::words::month(word).is_some()
}

/// Gives a sentence without a finite verb the one that was taken for a participle: behind its subject, before an object or
/// of a verb that has no passive.
fn with_verb(words: &[&str], tags: &mut [Pos]) {
    let ends = words.last().is_some_and(|word| matches!(*word, "." | "!" | "?"));
    if !ends || tags.iter().any(|tag| tag.is_finite()) {
        return;
    }
    let names = |i: usize| {
        let called = words.get(i - 1).is_some_and(|word| CALLING.contains(&word.to_lowercase().as_str()));
        let calendar = words.get(i).is_some_and(|word| is_calendar(&word.to_lowercase()));
        tags.get(i) == Some(&Pos::NNP) && !called && !calendar
    };
    let opens = |i: usize| matches!(tags.get(i), Some(Pos::DT | Pos::PRPS | Pos::PRP)) || names(i);
    let verb = (1..words.len()).find(|i| {
        let alone = || PAST_ALONE.contains(&words[*i].to_lowercase().as_str());
        let unchanged = || matches!(tags[*i], Pos::VB | Pos::NN) && UNCHANGED.contains(&words[*i]);
        tags[i - 1].is_noun()
            && (tags[*i] == Pos::VBN && (opens(i + 1) || alone()) || unchanged() && opens(i + 1))
    });
    if let Some(verb) = verb {
        tags[verb] = Pos::VBD;
    }
}

/// The parts of speech of the words of one sentence.
pub fn tag_words(model: &Model, words: &[&str]) -> Vec<Pos> {
    let mut sentence = Sentence::new(model, words);
    for (at, word) in words.iter().enumerate() {
        let pos = match fixed(word).or_else(|| sentence.known(at)) {
            Some(pos) => pos,
            None => best(&model.scores(&features(&sentence, at))),
        };
        sentence.tag(at, pos);
    }
    sentence.tags()
}

/// Whether a word is hardly ever capitalised in mid-sentence, in whatever case it stands here: "table", but neither
/// "Hale" nor "Brown".
pub(crate) fn is_ordinary(word: &str) -> bool {
    matches!(features::entry(&MODEL, word).map(|entry| entry.capital), Some(1 | 2))
}

/// Whether a word has a capital in mid-sentence more often than not.
pub(crate) fn is_mostly_capitalised(word: &str) -> bool {
    features::entry(&MODEL, word).is_some_and(|entry| entry.capital > 4)
}

/// The tag with the highest score; the first of equals.
pub fn best(scores: &[i32; TAGS.len()]) -> Pos {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    TAGS[best]
}

/// The tag of what is no word, and of a number in digits: nothing to learn there.
pub fn fixed(word: &str) -> Option<Pos> {
    let mut chars = word.chars();
    let first = chars.next()?;
    if word.chars().any(char::is_alphabetic) || matches!(word, "'" | "’") {
        return None;
    }
    if first.is_numeric() {
        return Some(Pos::CD);
    }
    Some(match first {
        '$' | '€' | '£' | '¥' | '₹' | '₽' | '+' | '=' | '°' | '×' | '§' => Pos::SYM,
        '%' => Pos::NN,
        '&' => Pos::CC,
        _ => Pos::Punct,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::report;
    use crate::annotate::{quotes, sentences, tokens};

    fn tagged(text: &str) -> String {
        let report = report(text);
        let mut layers = Annotations { tokens: tokens::find(&report), ..Annotations::default() };
        layers.quotes = quotes::find(&report);
        layers.sentences = sentences::find(&report, &layers);
        tag(&report, &mut layers);
        let show = |t: &super::super::Token| format!("{}/{:?}", report.slice(t.span), t.pos);
        layers.tokens.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_plain_sentence() {
        assert_eq!(
            tagged("The minister has not been invited to the talks, officials said on Friday."),
            "The/DT minister/NN has/VBZ not/RB been/VBN invited/VBN to/IN the/DT talks/NNS ,/Punct \
             officials/NNS said/VBD on/IN Friday/NNP ./Punct"
        );
        assert_eq!(
            tagged("Anna Moe’s plan won't cost $3.5 million."),
            "Anna/NNP Moe/NNP ’s/POS plan/NN wo/MD n't/RB cost/VB $/SYM 3.5/CD million/CD ./Punct"
        );
    }

    #[test]
    fn a_sentence_has_a_verb() {
        assert!(tagged("The ferry overturned off Amadi on Monday.").contains("overturned/VBD"));
        let caption = tagged("A man arrested in Varn on Monday.");
        assert!(!caption.contains("arrested/VBD"), "{caption}");
        assert!(tagged("The court sentenced Lena Voss to four years in prison.").contains("sentenced/VBD"));
        let caption = tagged("A ferry named Lena Voss.");
        assert!(!caption.contains("named/VBD"), "{caption}");
    }

    #[test]
    fn capitals_do_not_make_names() {
        let headline = tagged("MINISTERS REJECT THE PLAN FOR NEW TALKS");
        assert!(headline.contains("THE/DT PLAN/NN FOR/IN NEW/JJ TALKS/NNS"), "{headline}");
    }

    #[test]
    fn a_surname_is_no_ordinary_word() {
        assert!(["Table", "blue", "Food", "mild"].into_iter().all(is_ordinary));
        assert!(!["Brown", "Hale", "ford", ""].into_iter().any(is_ordinary));
        assert!(is_mostly_capitalised("parker") && !is_mostly_capitalised("welder"));
    }

    #[test]
    fn hostile_input_ends() {
        let words = vec!["’"; 5000];
        assert_eq!(tag_words(&MODEL, &words).len(), 5000);
        assert_eq!(tagged(""), "");
        assert!(tagged("e\u{301}\u{301} \u{200d} İİ ’’’").contains('/'));
    }
}
