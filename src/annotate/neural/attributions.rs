//! Attributions from a network's scores.
//!
//! In: a reading, the layers of the rules. Out: attributions, ranges of tokens, in order. The scores are decoded
//! under what is exact: a label changes within quotation marks only against a cost. It does not know whom a source means.

use std::ops::Range;

use rashomon_network::heads::{CUES, ROLES, Told};
use rashomon_network::matrix::exp;
use rashomon_network::network::Reading;
use rashomon_network::viterbi;

use super::features::Proposal;
use crate::annotate::Annotations;

/// What decoding weighs, chosen on PolNeAR dev with `eval attributions`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighing {
    /// Added to the score of "no cue": greater values find fewer cues.
    pub caution: f32,
    /// The cost of a content that begins or ends between quotation marks.
    pub broken_quote: f32,
    /// Added to the score of a source's first word where none was found: most cues have one.
    pub eager_source: f32,
    /// The least probability of a cue times the mean probability of its content.
    pub least: f32,
    /// The same for a cue that the rules do not know.
    pub least_alone: f32,
}

/// An attribution with the probability that the network gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Its words.
    pub words: Proposal,
    /// From 0 to 1.
    pub probability: f32,
}

/// The attributions that the network reads.
pub fn find(reading: &Reading, layers: &Annotations, rules: &[Proposal], weighing: Weighing) -> Vec<Found> {
    let grounds = Grounds { inside: within_quotes(layers), islands: islands(layers) };
    let mut found: Vec<Found> = Vec::new();
    for cue in cues(reading, weighing) {
        let Some(attribution) = about(reading, cue, rules, &grounds, weighing) else { continue };
        let known =
            rules.iter().flat_map(|rule| &rule.cue).any(|cue| overlap(cue, &attribution.words.cue[0]));
        if attribution.probability < if known { weighing.least } else { weighing.least_alone } {
            continue;
        }
        match found.iter_mut().find(|other| other.words.content == attribution.words.content) {
            // A cue of several parts was read part by part ("has been … accused").
            Some(other) if !other.words.cue.contains(&attribution.words.cue[0]) => {
                other.words.cue.extend(attribution.words.cue);
                other.words.cue.sort_by_key(|range| range.start);
                if other.words.source.is_empty() {
                    other.words.source = attribution.words.source;
                }
            }
            Some(_) => {}
            None => found.push(attribution),
        }
    }
    found
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// Ranges of words that attribute, with their probabilities.
fn cues(reading: &Reading, weighing: Weighing) -> Vec<(Range<usize>, f32)> {
    let mut scores = reading.cues.values.clone();
    let probability = |word: usize, scores: &[f32]| 1.0 - exp(scores[word * CUES]);
    let plain = scores.clone();
    scores.chunks_exact_mut(CUES).for_each(|row| row[0] += weighing.caution);
    let change = |_, from: usize, to: usize| if to == 2 && from == 0 { f32::NEG_INFINITY } else { 0.0 };
    let labels = viterbi::best(&scores, CUES, change);
    let ranges = ranges(&labels, 1, 2);
    let most = |range: &Range<usize>| range.clone().map(|w| probability(w, &plain)).fold(0.0f32, f32::max);
    ranges.into_iter().map(|range| (range.clone(), most(&range))).collect()
}

/// The stretches that begin with the label `begin` and go on with labels after it, up to `last`.
fn ranges(labels: &[usize], begin: usize, last: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (word, label) in labels.iter().enumerate() {
        match found.last_mut() {
            // What begins where another ends goes on with it.
            Some(open) if (begin..=last).contains(label) && open.end == word => open.end = word + 1,
            _ if *label == begin => found.push(word..word + 1),
            _ => {}
        }
    }
    found
}

const BEGIN_SOURCE: usize = 1;
const BEGIN_CONTENT: usize = 3;
const END_CONTENT: usize = 5;

/// Whether a role may follow another: what goes on has begun, and a content of several words ends.
fn may_follow(from: usize, to: usize) -> bool {
    let open = from == BEGIN_CONTENT || from == BEGIN_CONTENT + 1;
    match to {
        2 => from == BEGIN_SOURCE || from == 2,
        4 | END_CONTENT => open,
        _ => from != BEGIN_CONTENT + 1,
    }
}

/// What is exact about each token.
struct Grounds {
    /// The number of the closed quotation that it belongs to, or 0.
    inside: Vec<u32>,
    /// The island that it stands on.
    islands: Vec<u32>,
}

fn about(
    reading: &Reading,
    (cue, certainty): (Range<usize>, f32),
    rules: &[Proposal],
    Grounds { inside, islands }: &Grounds,
    weighing: Weighing,
) -> Option<Found> {
    let rule = rules.iter().find(|rule| rule.cue.iter().any(|range| overlap(range, &cue)));
    let told = |word: usize| {
        let holds = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&word));
        match rule {
            None => Told::NoSuchCue,
            Some(rule) if holds(&rule.source) => Told::Source,
            Some(rule) if holds(&rule.content) => Told::Content,
            Some(_) => Told::Nothing,
        }
    };
    let (words, scores) = reading.roles(cue.clone(), &told)?;
    let mut scores = scores.values;
    let elsewhere = |word: &usize| cue.contains(word) || islands[*word] != islands[cue.start];
    for word in words.clone().filter(elsewhere) {
        let row = &mut scores[(word - words.start) * ROLES..][..ROLES];
        row[1..].fill(f32::NEG_INFINITY);
    }
    let change = |word: usize, from: usize, to: usize| {
        if !may_follow(from, to) {
            return f32::NEG_INFINITY;
        }
        let at = words.start + word;
        let breaks = word > 0
            && inside[at] != 0
            && inside[at] == inside[at - 1]
            && (from >= BEGIN_CONTENT) != (to >= BEGIN_CONTENT);
        if breaks { -weighing.broken_quote } else { 0.0 }
    };
    let mut labels = viterbi::best(&scores, ROLES, change);
    if !labels.contains(&BEGIN_SOURCE) {
        let mut eager = scores.clone();
        eager.chunks_exact_mut(ROLES).for_each(|row| row[BEGIN_SOURCE] += weighing.eager_source);
        let again = viterbi::best(&eager, ROLES, change);
        let content = |labels: &[usize]| labels.iter().map(|l| (*l).max(2)).collect::<Vec<_>>();
        if content(&again) == content(&labels) {
            labels = again;
        }
    }
    let shift = |range: Range<usize>| range.start + words.start..range.end + words.start;
    let content: Vec<_> = ranges(&labels, BEGIN_CONTENT, END_CONTENT).into_iter().map(shift).collect();
    let content = whole_quotes(content, &words, inside);
    let source: Vec<_> = ranges(&labels, BEGIN_SOURCE, 2).into_iter().map(shift).collect();
    let within = labels.iter().enumerate().filter(|(_, label)| **label >= BEGIN_CONTENT);
    let count = within.clone().count();
    let total: f32 = within.map(|(word, label)| exp(scores[word * ROLES + label])).sum();
    let probability = certainty * total / count.max(1) as f32;
    (count > 0).then_some(Found { words: Proposal { cue: vec![cue], content, source }, probability })
}

/// A content that ends where its window does goes on to the border of the quotation that the window cut.
fn whole_quotes(content: Vec<Range<usize>>, window: &Range<usize>, inside: &[u32]) -> Vec<Range<usize>> {
    let mut out = content;
    for range in &mut out {
        let same = |at: usize, other: usize| inside[at] != 0 && inside.get(other) == Some(&inside[at]);
        while range.start <= window.start && range.start > 0 && same(range.start, range.start - 1) {
            range.start -= 1;
        }
        while range.end >= window.end && same(range.end - 1, range.end) {
            range.end += 1;
        }
    }
    out
}

/// For each token the island that it stands on: the report is one, each paragraph of a headline, a caption or other furniture
/// one of its own, and so is what no sentence holds. Nothing is said across two: in "Toll rises, minister says ¶ The dam
/// burst on Monday." the minister says nothing of the dam.
fn islands(layers: &Annotations) -> Vec<u32> {
    const REPORT: u32 = 1;
    let mut islands = vec![0; layers.tokens.len()];
    for sentence in &layers.sentences {
        let furniture =
            u32::try_from(sentence.paragraph).map_or(u32::MAX, |paragraph| paragraph + REPORT + 1);
        islands[sentence.tokens.clone()].fill(if sentence.furniture { furniture } else { REPORT });
    }
    islands
}

/// For each token the number of the closed outermost quote whose marks or words it belongs to, or 0.
fn within_quotes(layers: &Annotations) -> Vec<u32> {
    let mut inside = vec![0; layers.tokens.len()];
    for (quote, number) in layers.quotes.iter().filter(|quote| quote.closed && !quote.nested).zip(1..) {
        inside[layers.tokens_in(quote.outer)].fill(number);
    }
    inside
}
