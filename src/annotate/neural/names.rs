//! Names from a network's scores.
//!
//! In: a reading, the mentions of the rules. Out: the mentions with better names. Where both see a name in the same words the
//! network says what it names, but for the finer kinds, which only the lexicons know; where the spans differ the
//! network's stands; a name that only one of them sees needs the network's consent. It does not know who bears a name.

use std::ops::Range;

use super::heads::NAMES;
use super::matrix::{exp, softmax};
use super::network::Reading;
use super::viterbi;
use crate::annotate::{Annotations, EntityKind, Mention, MentionKind, Pos, lexicon};

/// A name of the rules stays where the network's mean probability of "no name" is below this. The better of two
/// settings (0.9 with 0.6, 0.6 with 0.5) on CrossNER politics dev.
const SURE: f32 = 0.9;
/// A name that only the network sees must have this mean probability. Chosen with [`SURE`].
const LEAST: f32 = 0.6;

/// A name that the network reads.
struct Name {
    words: Range<usize>,
    kind: EntityKind,
    probability: f32,
}

/// Corrects the names among the mentions of `layers`.
pub fn correct(reading: &Reading, text: &str, layers: &mut Annotations) {
    let probabilities = probabilities(reading);
    let names = read(&probabilities, text, layers);
    let mut taken = vec![false; names.len()];
    let mut out: Vec<Mention> = Vec::new();
    for mention in &layers.mentions {
        if mention.kind != MentionKind::Name {
            out.push(*mention);
            continue;
        }
        let words = layers.tokens_in(mention.span);
        let over: Vec<usize> = (0..names.len()).filter(|i| overlap(&names[*i].words, &words)).collect();
        match over[..] {
            [] if none(&probabilities, &words) >= SURE => {}
            [] => out.push(*mention),
            [one] if !taken[one] && same(layers, text, &names[one].words, &words) => {
                taken[one] = true;
                out.push(Mention { of: kind(mention.of, &names[one]), ..*mention });
            }
            _ => {}
        }
    }
    for (name, taken) in names.iter().zip(taken) {
        let span = layers.tokens[name.words.start].span.cover(layers.tokens[name.words.end - 1].span);
        let free = !layers.sentence_at(span.start).is_none_or(|s| layers.sentences[s].furniture)
            && !out.iter().any(|m| m.kind == MentionKind::Name && m.span.overlaps(span));
        if !taken && free && name.probability >= LEAST {
            let head = layers.tokens[name.words.end - 1].span;
            let head = if name.kind == EntityKind::Person { head } else { span };
            out.push(Mention { span, head, kind: MentionKind::Name, of: name.kind, entity: None });
        }
    }
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
    layers.mentions = out;
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// Whether two names are one but for an article or a mark at an end.
fn same(layers: &Annotations, text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let bare = |range: &Range<usize>| -> Vec<usize> {
        let plain = |i: &usize| {
            let token = layers.tokens[*i];
            let word = token.span.of(text);
            let honorific =
                matches!(word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr." | "Sir");
            !matches!(token.pos, Pos::DT | Pos::Punct | Pos::POS) && !honorific
        };
        range.clone().filter(plain).collect()
    };
    bare(left) == bare(right)
}

/// The network's kind where it is sure, the rules' where it is not. Groups, works and laws are told by lexicons; the
/// network knows them as "other".
fn kind(rule: EntityKind, name: &Name) -> EntityKind {
    let finer = name.kind == EntityKind::Other && rule != EntityKind::Other;
    let sure = rule == EntityKind::Other || name.probability >= SURE;
    if sure && !finer { name.kind } else { rule }
}

fn probabilities(reading: &Reading) -> Vec<f32> {
    let mut rows = reading.names.values.clone();
    rows.chunks_exact_mut(NAMES).for_each(softmax);
    rows
}

/// The mean probability that the words are no name.
fn none(probabilities: &[f32], words: &Range<usize>) -> f32 {
    let total: f32 = words.clone().map(|word| probabilities[word * NAMES]).sum();
    total / words.len().max(1) as f32
}

fn read(probabilities: &[f32], text: &str, layers: &Annotations) -> Vec<Name> {
    const KINDS: [EntityKind; 5] = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Event,
        EntityKind::Other,
    ];
    let scores: Vec<f32> = probabilities.iter().map(|p| p.max(exp(-30.0)).ln()).collect();
    let starts: Vec<bool> = starts(layers);
    let change = |word: usize, from: usize, to: usize| {
        let inside = to > 0 && to.is_multiple_of(2);
        let goes_on = inside && (from == to || from == to - 1) && !starts[word];
        if inside && !goes_on { f32::NEG_INFINITY } else { 0.0 }
    };
    let labels = viterbi::best(&scores, NAMES, change);
    let mut names: Vec<Name> = Vec::new();
    for (word, label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        let probability = probabilities[word * NAMES + label];
        match names.last_mut().filter(|_| label % 2 == 0) {
            Some(name) => {
                let before = name.words.len() as f32;
                name.probability = (name.probability * before + probability) / (before + 1.0);
                name.words.end = word + 1;
            }
            None => names.push(Name { words: word..word + 1, kind: KINDS[(label - 1) / 2], probability }),
        }
    }
    let titles: Vec<Range<usize>> = layers
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Title)
        .map(|m| layers.tokens_in(m.span))
        .collect();
    // "President Ann Hale" is a title and a name.
    for name in names.iter_mut().filter(|name| name.kind == EntityKind::Person) {
        let title =
            titles.iter().find(|title| title.contains(&name.words.start) && title.end < name.words.end);
        name.words.start = title.map_or(name.words.start, |title| title.end);
    }
    // An honorific alone is nobody's name.
    names.retain(|name| name.words.clone().any(|word| !is_honorific(layers.tokens[word].span.of(text))));
    names
}

fn is_honorific(word: &str) -> bool {
    matches!(word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr." | "Sir" | ".")
        || lexicon::is_rank(word)
}

/// Whether a sentence begins at each token.
fn starts(layers: &Annotations) -> Vec<bool> {
    let mut starts = vec![false; layers.tokens.len()];
    for sentence in &layers.sentences {
        starts.get_mut(sentence.tokens.start).into_iter().for_each(|start| *start = true);
    }
    starts
}
