//! Whom the words of a source name.
//!
//! In: the source of an attribution. Out: the entity of its head, where it has one. "Hale, the Norwegian
//! president" is Hale; "a spokesman for Mr Hale" is not; "Hale and Lund" are two, and so nobody.

use super::draft::{Draft, Id};
use super::somebody;
use crate::annotate::{
    Annotations, Attribution, EntityKind, Mention, MentionIndex, MentionKind, value_of_word,
};
use crate::span::Span;

/// What the source of an attribution comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Somebody who is named.
    Known(Id),
    /// A pronoun, a title whose holder is not known yet, or a body without a name.
    Later(MentionIndex),
    /// Nobody, several, or somebody unknown.
    Open,
}

/// The source of `attribution`.
pub(super) fn of(draft: &Draft, attribution: &Attribution) -> Source {
    let found = |span: &Span| {
        let span = antecedent(draft, *span);
        person_at_end(draft, span)
            .or_else(|| named_in_apposition(draft, span))
            .map_or_else(|| of_span(draft, span), Source::Known)
    };
    attribution.source.first().map_or(Source::Open, found)
}

/// The person whom a source names in the end, after words that only say what the person is: "top ranking Senate
/// Democrat Ada Hale", "special agent in charge Karl Munk".
fn person_at_end(draft: &Draft, source: Span) -> Option<Id> {
    let names =
        draft.mentions_in(source).take(20).filter_map(|i| Some((*draft.mentions.get(i)?, draft.referent(i))));
    let persons: Vec<(Mention, Option<Id>)> = names
        .filter(|(m, _)| {
            m.kind == MentionKind::Name && m.of == EntityKind::Person && m.span.end <= source.end
        })
        .collect();
    let ((name, id), others) = persons.split_last()?;
    // "Hale spokesman Jon Reed", "Orvik Defence Minister Jon Reed": what stands before is only whose he is.
    let owns = |other: &Mention| {
        let between = Span { start: other.span.end, end: name.span.start.max(other.span.end) };
        let title = || {
            let heads = draft.mentions_in(between).filter_map(|i| draft.mentions.get(i));
            let within = |m: &Mention| m.kind == MentionKind::Title && m.head.end <= name.span.start;
            heads.take(4).any(within) || draft.titled(other.span).is_some_and(|title| within(&title))
        };
        draft.report.slice(between).trim_start().starts_with(char::is_lowercase)
            || (draft.report.slice(between) != " " && title())
    };
    if !others.iter().all(|(other, _)| owns(other)) {
        return None;
    }
    let lead = draft.report.slice(Span { start: source.start, end: name.span.start });
    let mut words = lead.split_whitespace();
    let parted = lead.contains([',', ';', '’', '\'', '('])
        || words.any(|w| PARTING.contains(&w.to_lowercase().as_str()));
    let rest = draft.report.slice(Span { start: name.span.end, end: source.end });
    let alone = rest.is_empty() || rest.starts_with([',', ' ']) && !goes_on(rest.trim_start());
    (!lead.is_empty() && !parted && alone).then_some(*id).flatten()
}

/// The person whom an apposition at the end of a source names, behind a phrase for one person without a name: "a lawyer for
/// the family, Ada Hale", "one of the freed men, Jon Reed, 47".
fn named_in_apposition(draft: &Draft, source: Span) -> Option<Id> {
    let (lead, _) = draft.report.slice(source).split_once(", ")?;
    let start = source.start + lead.len() as u32 + 2;
    let name = draft.mentions_in(Span { start, end: source.end }).next()?;
    let mention = draft.mentions.get(name).filter(|m| m.span.start == start && m.span.end <= source.end)?;
    let rest = draft.report.slice(Span { start: mention.span.end, end: source.end });
    let aged = rest
        .strip_prefix(", ")
        .is_some_and(|age| age.trim_end_matches(',').chars().all(|c| c.is_ascii_digit()));
    let one_of = ["one of ", "One of "].iter().any(|one| lead.starts_with(one));
    let one = one_of || somebody::of_phrase(draft, Span { start: source.start, end: start - 2 }).is_some();
    let person = mention.kind == MentionKind::Name && mention.of == EntityKind::Person;
    let full = draft.name_words(mention).len() > 1;
    (person && full && one && (rest.is_empty() || aged)).then(|| draft.referent(name)).flatten()
}

/// Words that part somebody who is only mentioned from the one who speaks: "a lawyer for Hale".
const PARTING: [&str; 18] = [
    "that", "which", "to", "of", "for", "from", "with", "by", "at", "against", "and", "or", "on", "who",
    "near", "around", "behind", "under",
];

/// The name or title that a relative pronoun stands right after ("Hale, who said"), or else the source itself.
fn antecedent(draft: &Draft, source: Span) -> Span {
    if !matches!(draft.report.slice(source), "who" | "which" | "that") {
        return source;
    }
    // A name is seldom longer.
    let near = Span { start: source.start.saturating_sub(80), end: source.start };
    let between = |m: &Mention| draft.report.slice(Span { start: m.span.end, end: source.start });
    let named = |m: &Mention| m.kind <= MentionKind::Title && matches!(between(m), " " | ", ");
    let mut before = draft.mentions_in(near).take(60).filter_map(|i| draft.mentions.get(i));
    before.rfind(|m| m.span.end <= source.start && named(m)).map_or(source, |m| m.span)
}

fn of_span(draft: &Draft, source: Span) -> Source {
    // A source may begin within a title ("minister Hale" in "foreign minister Hale").
    let near = Span { start: source.start.saturating_sub(80), end: source.end };
    let overlapping = draft.mentions_in(near).take(60).filter_map(|i| Some((i, *draft.mentions.get(i)?)));
    let mut outer: Vec<(MentionIndex, Mention)> = overlapping
        .filter(|(_, m)| m.span.overlaps(source) && m.head.overlaps(source) && m.head.start >= source.start)
        .collect();
    outer.sort_by_key(|(_, m)| (m.span.start.max(source.start), std::cmp::Reverse(m.span.end), m.kind));
    let mut from = 0;
    while let Some((at, (i, mention))) = next_from(&outer, from) {
        let possessor = draft.after(mention.span.end).starts_with(['’', '\'']);
        let lead = Span { start: source.start, end: mention.span.start.max(source.start) };
        if from == 0 && holds_preposition(draft.report.slice(lead)) {
            return Source::Open;
        }
        // "Hale’s mother, who was with her": what stands in a clause of its own speaks for nobody.
        let owner = from.checked_sub(1).and_then(|before| outer.get(before)).map(|(_, m)| m.span.end);
        let gap = owner.filter(|end| *end <= mention.span.start);
        if gap.is_some_and(|end| {
            holds_preposition(draft.report.slice(Span { start: end, end: mention.span.start }))
        }) {
            return Source::Open;
        }
        // "his aide" is not him: what a possessive pronoun begins ends in its noun.
        let own = mention.kind == MentionKind::Pronoun
            && mention.span.end < source.end
            && is_possessive(draft, mention.span);
        let owner = (possessor || own) && outer.iter().any(|(_, m)| m.span.start >= mention.span.end);
        if owner {
            from = at + 1;
            continue;
        }
        if own || (possessor && rest_is_noun(draft, mention.span, source)) {
            return Source::Open;
        }
        return settle(draft, &outer, at, i, mention, source);
    }
    Source::Open
}

fn next_from(outer: &[(MentionIndex, Mention)], from: usize) -> Option<(usize, (MentionIndex, Mention))> {
    outer.get(from).map(|found| (from, *found))
}

fn settle(
    draft: &Draft,
    outer: &[(MentionIndex, Mention)],
    at: usize,
    i: MentionIndex,
    mention: Mention,
    source: Span,
) -> Source {
    // The name that a title stands before ends the first of possibly several persons.
    let Some(id) = draft.referent(i) else {
        let body = mention.kind == MentionKind::Nominal && mention.of == EntityKind::Organization;
        return if body || matches!(mention.kind, MentionKind::Pronoun | MentionKind::Title) {
            Source::Later(i)
        } else {
            Source::Open
        };
    };
    // A country's name right before a noun is only its adjective: "Norwegian officials".
    let last =
        outer.iter().skip(at).filter(|(j, _)| draft.referent(*j) == Some(id)).map(|(_, m)| m.span.end).max();
    let end = last.unwrap_or(mention.span.end);
    let rest = Span { start: end.min(source.end), end: source.end };
    let rest = draft.report.slice(rest);
    let text = rest.trim_start_matches(',').trim_start();
    if text.starts_with("and ")
        && outer.iter().any(|(j, m)| m.span.start >= end && draft.referent(*j) != Some(id))
    {
        return Source::Open;
    }
    if mention.kind == MentionKind::Name && !draft.is_person(id) && goes_on(text) && !is_apposition(rest) {
        return Source::Open;
    }
    if text.is_empty() && is_one_of(draft, &mention, source) {
        return Source::Open;
    }
    Source::Known(id)
}

/// "a senior Republican", "one Social Democrat", "two Republicans": members without a name, who are not the party.
fn is_one_of(draft: &Draft, mention: &Mention, source: Span) -> bool {
    let members = matches!(mention.of, EntityKind::Group | EntityKind::Organization);
    let lead = Span { start: source.start, end: mention.span.start.max(source.start) };
    let lead = draft.report.slice(lead).to_lowercase();
    let words = || lead.split_whitespace();
    let one = words().next().is_some_and(|w| {
        matches!(w, "a" | "an" | "another" | "some" | "several" | "many" | "most" | "few" | "other")
            || value_of_word(w).is_some()
    });
    members && mention.kind == MentionKind::Name && one && words().count() <= 3
}

/// Whether another noun follows a name within the source, so that the name is only its modifier.
fn goes_on(rest: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or_default();
    let closes = [
        "in", "at", "on", "and", "of", "which", "who", "that", "itself", "has", "have", "is", "was", "also",
        "(", "–", "—",
    ];
    first.starts_with(char::is_alphabetic) && !closes.contains(&first)
}

/// Whether what follows a name within the source only says what it is: ", the operator of the line", ", the Norwegian
/// group that". "Norway, the Netherlands and Peru" is a list.
fn is_apposition(rest: &str) -> bool {
    let Some(phrase) = rest.strip_prefix(", ") else { return false };
    let mut words = phrase.split_whitespace();
    let determined = words.next().is_some_and(|w| matches!(w, "a" | "an" | "the" | "its" | "their" | "one"));
    let mut plain =
        words.take_while(|w| !matches!(*w, "that" | "which" | "who" | "whose")).take(12).enumerate();
    let noun = plain.clone().take(3).find(|(_, w)| w.starts_with(char::is_lowercase));
    let noun = noun.is_some_and(|(at, w)| at == 0 || !matches!(w, "of" | "for" | "and" | "in"));
    determined && noun && !plain.any(|(_, w)| w == "and")
}

fn rest_is_noun(draft: &Draft, owner: Span, source: Span) -> bool {
    let rest = Span { start: owner.end.min(source.end), end: source.end };
    draft.report.slice(rest).trim_start_matches(['’', '\'', 's']).trim().chars().any(char::is_alphabetic)
}

fn is_possessive(draft: &Draft, span: Span) -> bool {
    matches!(draft.report.slice(span).to_lowercase().as_str(), "his" | "her" | "their" | "its" | "my" | "our")
}

fn holds_preposition(lead: &str) -> bool {
    lead.split_whitespace()
        .map(str::to_lowercase)
        .any(|word| word == "in" || PARTING.contains(&word.as_str()))
}

/// Says that I, me and my within a quotation are its speaker.
pub(super) fn refer_within(draft: &mut Draft, layers: &Annotations, speakers: &[Option<Id>]) {
    let mut shortest: std::collections::BTreeMap<MentionIndex, (usize, Id)> = Default::default();
    for (attribution, speaker) in layers.attributions.iter().zip(speakers) {
        let Some(id) = speaker.filter(|id| draft.is_person(*id)) else { continue };
        for content in &attribution.content {
            // A quotation is seldom longer; the bound keeps nested contents from being read over and over.
            for i in draft.mentions_in(*content).take(400) {
                let Some(mention) = draft.mentions.get(i) else { break };
                let own =
                    mention.kind == MentionKind::Pronoun && is_first_person(draft.report.slice(mention.span));
                if !own || layers.quote_holding(mention.span.start).is_none() {
                    continue;
                }
                let entry = shortest.entry(i).or_insert((content.len(), id));
                if content.len() < entry.0 {
                    *entry = (content.len(), id);
                }
            }
        }
    }
    for (i, (_, id)) in shortest {
        draft.refer(i, id);
    }
}

fn is_first_person(word: &str) -> bool {
    let word = word.replace('’', "'");
    let word = word.split('\'').next().unwrap_or_default();
    matches!(word, "I" | "me" | "my" | "My" | "myself" | "Me")
}
