//! The words of an account, as the differences look at them.
//!
//! In: an account and a place in it. Out: its words, their concepts, and what a subject comes to. It compares nothing.

use std::collections::BTreeSet;

use crate::align::cast::MemberIndex;
use crate::align::predicates::Predicate;
use crate::align::terms::TermSet;
use crate::align::{Account, Context, Spot};
use crate::annotate::{EntityKind, MentionKind, Pos};
use crate::span::Span;

impl Account {
    /// The word before `span`.
    pub(super) fn word_before(&self, span: Span) -> Option<&str> {
        self.layers.tokens_in(span).start.checked_sub(1).map(|i| self.word(i))
    }
}

/// Nouns whose plural has no rule, and their plural.
const IRREGULAR: &[(&str, &str)] = &[
    ("man", "men"),
    ("policeman", "policemen"),
    ("fisherman", "fishermen"),
    ("grandchild", "grandchildren"),
    ("woman", "women"),
    ("child", "children"),
    ("foot", "feet"),
    ("life", "lives"),
    ("wife", "wives"),
    ("half", "halves"),
    ("aircraft", "aircraft"),
];

/// The plural of a noun: "body" → "bodies".
pub(super) fn plural(noun: &str) -> String {
    if let Some((_, plural)) = IRREGULAR.iter().find(|(one, _)| *one == noun) {
        return (*plural).to_owned();
    }
    let of_y = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| noun.ends_with(ending));
    match of_y {
        Some(stem) => format!("{stem}ies"),
        None if hisses => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

/// How many mentions back one may begin that holds a word: a name within a title within a phrase.
const NESTED: usize = 4;

/// Whom the mention refers to that holds a word; the shortest, where one stands within another.
pub(super) fn member_at(context: &Context, account: usize, token: usize) -> Option<MemberIndex> {
    let layers = &context.accounts[account].layers;
    let span = layers.tokens[token].span;
    let after = layers.mentions.partition_point(|m| m.span.start <= span.start);
    let near = layers.mentions[..after].iter().rev().take(NESTED);
    let mention = near.filter(|m| m.span.contains(span)).find_map(|m| m.entity)?;
    Some(context.cast.member(account, mention))
}

/// What a predicate is said of.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The key of whom it names, else the concept of its head.
    pub key: String,
    /// Whether it names somebody, or says by an article or an owner which one it means.
    pub definite: bool,
    /// Whether it names somebody.
    pub named: bool,
    /// What its words are about.
    pub terms: TermSet,
    /// Its adjectives: an old bridge is not the new one.
    adjectives: BTreeSet<String>,
}

/// The subject of a predicate.
pub(super) fn subject(context: &Context, predicate: &Predicate) -> Option<Subject> {
    let of = context.accounts[predicate.account];
    let phrase = predicate.subject?;
    let tokens = of.layers.tokens_in(phrase);
    let pronoun = tokens.len() == 1 && of.layers.tokens[tokens.start].pos == Pos::PRP;
    let head = if pronoun { tokens.start } else { of.head_noun(phrase)? };
    let member = member_at(context, predicate.account, head).filter(|m| context.cast.is_named(*m));
    let member = member.or_else(|| named_beside(context, predicate, phrase).filter(|_| !pronoun));
    if pronoun && member.is_none() {
        return None;
    }
    let marks = |i: usize| {
        matches!(of.layers.tokens[i].pos, Pos::POS | Pos::PRPS)
            || matches!(of.word(i), "the" | "this" | "that" | "these" | "those" | "all")
    };
    let adjectives = tokens.clone().filter(|i| of.layers.tokens[*i].pos.is_adjective());
    Some(Subject {
        adjectives: adjectives.map(|i| of.word(i).to_owned()).collect(),
        key: member.map_or_else(|| of.concept_at(head).to_owned(), |m| context.cast.key(m)),
        definite: member.is_some() || (tokens.start..=head).any(marks),
        named: member.is_some(),
        terms: context.terms.at(
            context.accounts,
            &context.cast,
            Spot { account: predicate.account, span: phrase },
        ),
    })
}

/// Whom an apposition between a subject and its verb names: "a third defendant, the banker Elke Stahl, was acquitted".
fn named_beside(context: &Context, predicate: &Predicate, phrase: Span) -> Option<MemberIndex> {
    let of = context.accounts[predicate.account];
    let between = Span { start: phrase.end, end: predicate.verb.start.max(phrase.end) };
    let mut tokens = of.layers.tokens_in(between);
    let opens = tokens.next().is_some_and(|i| of.word(i) == ",");
    let plain = |i: usize| {
        let pos = of.layers.tokens[i].pos;
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS) || of.word(i) == ","
    };
    let mention = of.layers.mentions_in(between).last().filter(|_| opens && tokens.all(plain))?;
    let member = context.cast.member(predicate.account, mention.entity?);
    (mention.kind == MentionKind::Name && context.cast.is_named(member)).then_some(member)
}

impl Subject {
    /// Whether two subjects are one: the same somebody, or the same sort of thing, both of them a certain one, and
    /// where both say more of it, something in common.
    pub(super) fn is(&self, other: &Subject, context: &Context) -> bool {
        let own = |s: &Subject| {
            let mut terms = s.terms.clone();
            let key = context.terms.id(&s.key);
            terms.retain(|t| Some(*t) != key);
            terms
        };
        let (mine, theirs) = (own(self), own(other));
        let meet = mine.is_empty() || theirs.is_empty() || !context.terms.shared(&mine, &theirs).is_empty();
        let (these, those) = (&self.adjectives, &other.adjectives);
        let one_sort = these.is_empty() || those.is_empty() || !these.is_disjoint(those);
        self.key == other.key && one_sort && self.definite && other.definite && (self.named || meet)
    }
}

/// The terms at `spot` without those of the places that stand there.
pub(super) fn terms_without_places(context: &Context, spot: Spot) -> TermSet {
    let layers = &context.accounts[spot.account].layers;
    let places = layers.mentions_in(spot.span).filter(|m| m.of == EntityKind::Place);
    let places: BTreeSet<_> = places
        .filter_map(|m| context.terms.of_member(context.cast.member(spot.account, m.entity?)))
        .collect();
    let mut terms = context.terms.at(context.accounts, &context.cast, spot);
    terms.retain(|t| !places.contains(t));
    terms
}
