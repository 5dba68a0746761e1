//! Mentions that are to be linked.
//!
//! In: the mentions that the head finds, and those of the rules. Out: [`Unit`]s in the order of the text: the mention, its words, and
//! whom the rules say that it refers to. It does not know what is linked.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Seen;
use crate::annotate::{EntityKind, Mention, MentionKind, Pos};
use crate::span::Span;

/// Words that say nothing of what a mention refers to.
const EMPTY: [&str; 9] = ["the", "a", "an", "this", "that", "these", "those", "'s", "’s"];

/// The pronouns, by whom they can refer to.
const PRONOUNS: [&[&str]; 8] = [
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["it", "its", "itself"],
    &["they", "them", "their", "theirs", "themselves"],
    &["i", "me", "my", "mine", "myself"],
    &["we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself", "yourselves"],
    &["this", "that", "these", "those"],
];

/// No pronoun.
pub const NO_PRONOUN: usize = PRONOUNS.len();

/// A mention to be linked.
pub struct Unit {
    /// The mention; its entity is what the rules say.
    pub mention: Mention,
    /// Its words.
    pub words: Range<usize>,
    /// The word that heads it.
    pub at: usize,
    /// That word in lower case.
    pub noun: String,
    /// Its words in lower case, without the empty ones.
    pub telling: BTreeSet<String>,
    /// Those words in their order.
    pub in_order: Vec<String>,
    /// Which pronoun it is, up to [`NO_PRONOUN`].
    pub pronoun: usize,
    /// The number of its sentence.
    pub sentence: usize,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
}

impl Unit {
    /// The mention of `words` that the word `at` heads.
    pub fn found(seen: &Seen, words: Range<usize>, at: usize, of: EntityKind) -> Self {
        let tokens = &seen.layers.tokens;
        let kind = match tokens[at].pos {
            Pos::PRP | Pos::PRPS => MentionKind::Pronoun,
            pos if pos.is_name() => MentionKind::Name,
            _ => MentionKind::Nominal,
        };
        let named = |i: &usize| *i < words.end && (tokens[*i].pos.is_name() || tokens[*i].pos == Pos::CD);
        let last = (at + 1..).take_while(|i| kind == MentionKind::Name && named(i)).last().unwrap_or(at);
        let span = tokens[words.start].span.cover(tokens[words.end - 1].span);
        let mention = Mention { span, head: tokens[last].span, kind, of, entity: None };
        Unit::new(seen, mention, words, at)
    }

    /// The mention at `index` of the layers, with the title before it; `None` where it is such a title.
    fn ruled(seen: &Seen, index: usize) -> Option<Self> {
        let layers = seen.layers;
        let mention = layers.mentions[index];
        let span = layers.with_title(seen.report.text.as_str(), index)?;
        let of = mention.entity.map_or(mention.of, |entity| layers.entities[entity].kind);
        let words = layers.tokens_in(span);
        let at = layers.tokens_in(mention.head).next_back()?;
        words.contains(&at).then(|| Unit::new(seen, Mention { span, of, ..mention }, words, at))
    }

    fn new(seen: &Seen, mention: Mention, words: Range<usize>, at: usize) -> Self {
        let noun = seen.word(at);
        let class = PRONOUNS.iter().position(|class| class.contains(&noun.as_str()));
        let pronoun = class.filter(|_| words.len() == 1).unwrap_or(NO_PRONOUN);
        let all = words.clone().map(|i| seen.word(i));
        let in_order: Vec<String> = all.filter(|word| !EMPTY.contains(&word.as_str())).collect();
        let sentence = seen.layers.sentences.partition_point(|s| s.tokens.end <= at);
        let quoted = seen.told[at][0] > 0;
        let telling = in_order.iter().cloned().collect();
        Unit { mention, words, at, noun, telling, in_order, pronoun, sentence, quoted }
    }
}

/// The mentions that the head found, in the order of the text. One whose noun heads a mention of the rules refers to what they say;
/// what they resolve and the head did not find stands beside them.
pub fn united(seen: &Seen, mut found: Vec<Unit>) -> Vec<Unit> {
    let mut by_span: BTreeMap<Span, Unit> = BTreeMap::new();
    let mut by_noun: BTreeMap<usize, Span> = BTreeMap::new();
    for unit in (0..seen.layers.mentions.len()).filter_map(|i| Unit::ruled(seen, i)) {
        by_noun.entry(unit.at).or_insert(unit.mention.span);
        by_span.entry(unit.mention.span).or_insert(unit);
    }
    for unit in &mut found {
        let same = by_span.get(&unit.mention.span).and_then(|ruled| ruled.mention.entity);
        let noun = || by_noun.get(&unit.at).and_then(|span| by_span.get(span)?.mention.entity);
        unit.mention.entity = same.or_else(noun);
    }
    let headed: BTreeSet<usize> = found.iter().map(|unit| unit.at).collect();
    let taken: BTreeSet<Span> = found.iter().map(|unit| unit.mention.span).collect();
    let beside = by_noun.into_iter().filter(|(at, _)| !headed.contains(at)).map(|(_, span)| span);
    let beside = beside.filter(|span| !taken.contains(span)).filter_map(|span| by_span.remove(&span));
    found.extend(beside.filter(|unit| unit.mention.entity.is_some()));
    found.sort_by_key(|unit| (unit.words.start, Reverse(unit.words.end)));
    found
}
