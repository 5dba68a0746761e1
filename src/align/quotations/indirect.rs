//! What one report quotes and another tells without marks.
//!
//! In: the utterances and the indirect attributions of the story. Out: indirect tellings, put with the words that
//! they render, or with each other where nobody quotes them. It does not know paraphrase: the words that carry the
//! matter must be mostly the same, of the same speaker, with the same numbers and the same denial.

use std::collections::BTreeMap;

use super::{Telling, Utterance, is_attitude, words};
use crate::align::cast::MemberIndex;
use crate::align::statements::{is_denial, mood};
use crate::align::terms::TermSet;
use crate::align::{Context, Spot};
use crate::annotate::AttributionKind;
use crate::span::Span;

/// How much of an indirect telling the words must hold that it renders, and how much of the longer of two indirect
/// ones the other. Chosen on `tests/cases/quotations.md`.
const RENDERED: f64 = 0.7;
const ALIKE: f64 = 0.6;

/// A telling of fewer words ("asked for 200") says too little to be told as an utterance of its own.
const FEWEST_WORDS: usize = 4;

/// The fewest terms that two tellings must share.
const FEWEST_SHARED: usize = 3;

/// What somebody is told to have said, in all the tellings that say the same.
struct Content {
    speaker: MemberIndex,
    terms: TermSet,
    numbers: Vec<u64>,
    negated: bool,
    tellings: Vec<Telling>,
    /// The utterance that quotes it.
    utterance: Option<usize>,
}

/// Contents by speaker, each once: five hundred copies of one report are compared as one.
type BySpeaker = BTreeMap<MemberIndex, BTreeMap<(TermSet, Vec<u64>, bool), Content>>;

fn add(contents: &mut BySpeaker, content: Content) {
    let key = (content.terms.clone(), content.numbers.clone(), content.negated);
    let of_speaker = contents.entry(content.speaker).or_default();
    match of_speaker.get_mut(&key) {
        Some(same) => same.tellings.extend(content.tellings),
        None => _ = of_speaker.insert(key, content),
    }
}

/// Puts indirect tellings with the utterances that they render; those that only each other tell become utterances.
pub fn join(context: &Context, utterances: &mut Vec<Utterance>) {
    let mut quoted = BySpeaker::new();
    for (i, utterance) in utterances.iter().enumerate() {
        for telling in &utterance.tellings {
            if let Some(content) = content_of(context, telling.clone(), Some(i)) {
                add(&mut quoted, content);
            }
        }
    }
    let mut told = BySpeaker::new();
    for account in 0..context.accounts.len() {
        indirect(context, account).into_iter().for_each(|content| add(&mut told, content));
    }
    for (speaker, contents) in told {
        let mut rest = Vec::new();
        for content in contents.into_values() {
            let words = quoted.get(&speaker).into_iter().flat_map(BTreeMap::values);
            let likeness = |words: &Content| context.terms.similarity(&content.terms, &words.terms);
            let rendered = words.take(MOST_OF_ONE).filter(|words| renders(context, &content, words));
            let best = rendered.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            match best {
                Some(Content { utterance: Some(i), .. }) => utterances[*i].tellings.extend(content.tellings),
                _ => rest.push(content),
            }
        }
        utterances.extend(among_themselves(context, rest));
    }
}

/// How many contents of one speaker are compared with each other; it bounds the cost of a story.
const MOST_OF_ONE: usize = 400;

/// Whether `told` renders the quoted `words` of another report.
fn renders(context: &Context, told: &Content, words: &Content) -> bool {
    let elsewhere = told.tellings.iter().any(|t| words.tellings.iter().any(|w| w.account != t.account));
    elsewhere
        && fits(context, told, words)
        && told.terms.len() <= words.terms.len() + 2
        && context.terms.containment(&told.terms, &words.terms) >= RENDERED
}

fn among_themselves(context: &Context, contents: Vec<Content>) -> Vec<Utterance> {
    let mut groups: Vec<Vec<Content>> = Vec::new();
    for told in contents.into_iter().take(MOST_OF_ONE) {
        let with = |group: &Vec<Content>| {
            group.iter().all(|other| {
                fits(context, &told, other) && context.terms.overlap(&told.terms, &other.terms) >= ALIKE
            })
        };
        match groups.iter_mut().find(|group| with(group)) {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    let tellings = groups.into_iter().map(|g| g.into_iter().flat_map(|c| c.tellings).collect::<Vec<_>>());
    let several = |tellings: &Vec<Telling>| tellings.iter().any(|t| t.account != tellings[0].account);
    tellings.filter(several).map(|tellings| Utterance { tellings }).collect()
}

fn fits(context: &Context, a: &Content, b: &Content) -> bool {
    a.negated == b.negated
        && a.numbers.iter().all(|n| b.numbers.contains(n))
        && context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
}

/// What one account gives to somebody without marks.
fn indirect(context: &Context, account: usize) -> Vec<Content> {
    let of = context.accounts[account];
    let told = of.layers.attributions.iter().enumerate().filter(|(i, a)| {
        let said = !is_attitude(of, a) && !is_denial(of, *i);
        a.kind == AttributionKind::Indirect && !a.content.is_empty() && said
    });
    let telling = |(i, a): (usize, &crate::annotate::Attribution)| {
        let stretches: Vec<Span> = a.content.clone();
        let furniture = stretches
            .iter()
            .any(|s| of.layers.sentence_at(s.start).is_none_or(|i| of.layers.sentences[i].furniture));
        let speaker = a.speaker.map(|entity| context.cast.member(account, entity));
        let words = words::of(of, &stretches);
        let kind = AttributionKind::Indirect;
        (!furniture).then_some(Telling { account, attribution: Some(i), kind, stretches, words, speaker })
    };
    let whole = told.filter_map(telling).filter(|telling| telling.words.len() >= FEWEST_WORDS);
    whole.filter_map(|telling| content_of(context, telling, None)).collect()
}

fn content_of(context: &Context, telling: Telling, utterance: Option<usize>) -> Option<Content> {
    let account = telling.account;
    let of = context.accounts[account];
    let mut terms: TermSet = telling
        .stretches
        .iter()
        .flat_map(|span| context.terms.at(context.accounts, &context.cast, Spot { account, span: *span }))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    let within = |span: Span| telling.stretches.iter().any(|s| s.contains(span));
    let quantities = of.layers.quantities.iter().filter(|q| within(q.span));
    let numbers = quantities.map(|q| q.interval.low.to_bits()).collect();
    let negated = telling.stretches.iter().filter(|s| mood(of, **s).0).count() % 2 == 1;
    let speaker = telling.speaker?;
    Some(Content { speaker, terms, numbers, negated, tellings: vec![telling], utterance })
}
