//! Whom an entity speaks for.
//!
//! In: entities with roles. Out: a party with the words that say it: the country or body inside a role, or the
//! party of the person whose adviser somebody is. Countries speak for themselves and have none.

use std::collections::BTreeMap;

use super::draft::{Draft, Id, Role};
use super::title_parts::without_determiner;
use crate::annotate::lexicon::{self, Known};
use crate::annotate::mentions::titles::known_at;
use crate::annotate::mentions::words::Word;
use crate::annotate::{EntityKind, MentionIndex, MentionKind, Party};
use crate::span::Span;

/// The parties of bodies whose name, or the possessive before it, says a country.
pub(super) fn of_names(draft: &mut Draft) {
    for i in 0..draft.mentions.len() {
        let Some(mention) = draft.mentions.get(i).copied() else { continue };
        let Some(id) = draft.referent(i).filter(|_| mention.kind == MentionKind::Name) else { continue };
        let body =
            draft.entities.get(id).is_some_and(|e| e.kind == EntityKind::Organization && e.party.is_none());
        if !body || lexicon::known(draft.report.slice(mention.span)).is_some_and(|k| !is_national(k)) {
            continue;
        }
        let words = draft.words(mention.span);
        let inner =
            known_at(&words, 0).filter(|(range, known)| range.end < words.len() && is_national(*known));
        let inner = inner.and_then(|(range, known)| Some((country(known)?, range_span(&words, range)?)));
        let found = inner.or_else(|| possessor(draft, i).filter(|_| is_of_state(&words)));
        let found = found.filter(|(_, evidence)| draft.is_evidence(*evidence));
        if let (Some(entity), Some((name, evidence))) = (draft.entities.get_mut(id), found) {
            entity.party = Some(Party { name: name.to_owned(), evidence });
        }
    }
}

/// Whether a body is a part of a state, and no company: "Norway’s Ministry of Defence", not "Norway’s Nordhav".
fn is_of_state(words: &[Word]) -> bool {
    const BODIES: &[&str] = &[
        "Ministry",
        "Department",
        "Government",
        "Cabinet",
        "Parliament",
        "Assembly",
        "Army",
        "Navy",
        "Force",
        "Forces",
        "Guard",
        "Guards",
        "Guardsmen",
        "Police",
        "Agency",
        "Authority",
        "Office",
        "Service",
        "Council",
        "Commission",
        "Committee",
        "Embassy",
        "Treasury",
        "Bank",
        "Court",
        "Administration",
        "Board",
    ];
    words.iter().any(|w| BODIES.contains(&w.text) || w.acronym())
}

fn range_span(words: &[Word], range: std::ops::Range<usize>) -> Option<Span> {
    Some(words.get(range.start)?.span.cover(words.get(range.end - 1)?.span))
}

fn is_national(known: Known) -> bool {
    matches!(known, Known::Country(_) | Known::Demonym(_))
}

fn country(known: Known) -> Option<&'static str> {
    match known {
        Known::Country(name) | Known::Demonym(name) => Some(name),
        _ => None,
    }
}

/// "Norway’s" before the mention `i`.
fn possessor(draft: &Draft, i: MentionIndex) -> Option<(&'static str, Span)> {
    let (mention, before) = (draft.mentions.get(i)?, draft.mentions.get(i.checked_sub(1)?)?);
    let gap = draft.between(before.span, mention.span)?;
    let country = lexicon::known(draft.report.slice(before.span)).and_then(country)?;
    matches!(gap, "’s " | "'s " | "’ " | "' ").then_some((country, before.span))
}

/// The parties of persons, from their roles.
pub(super) fn of_persons(draft: &mut Draft) {
    for id in 0..draft.entities.len() {
        let party = draft.entities.get(id).and_then(|entity| {
            let present = entity.roles.iter().filter(|role| !role.parts.former);
            let parties = present.filter_map(|role| role.parts.party.clone());
            parties
                .into_iter()
                .find(|party| draft.is_evidence(party.evidence) && !is_of_person(draft, party.evidence))
        });
        set(draft, id, party);
    }
    of_followers(draft);
    of_neighbours(draft);
    of_short_names(draft);
    let bodies = bodies(draft);
    for id in 0..draft.entities.len() {
        let party = draft.entities.get(id).filter(|e| e.party.is_none()).and_then(|entity| {
            let present = entity.roles.iter().filter(|role| !role.parts.former);
            present.filter_map(|role| body_of(draft, &bodies, role.span)).next()
        });
        set(draft, id, party);
    }
    // "Hale’s adviser" speaks for whom Hale speaks for; an adviser’s aide needs a second round.
    for _ in 0..2 {
        for id in 0..draft.entities.len() {
            let party = draft.entities.get(id).filter(|e| e.party.is_none()).and_then(|entity| {
                let present = entity.roles.iter().filter(|role| !role.parts.former);
                present.filter_map(|role| through_another(draft, id, role)).next()
            });
            set(draft, id, party);
        }
    }
}

/// Words that head the name of a body whose people speak for it, as those of a university or a paper do not.
const SPOKEN_FOR: &[&str] = &[
    "party",
    "union",
    "federation",
    "confederation",
    "alliance",
    "front",
    "movement",
    "association",
    "coalition",
    "brotherhood",
    "guild",
    "congress",
    "greens",
    "liberals",
    "democrats",
    "conservatives",
    "socialists",
    "republicans",
];

/// Of these, whose people speak for it even where they are only said to be of it; members of a party may want something else.
const UNIONS: &[&str] = &["union", "federation", "confederation", "alliance", "association", "guild"];

/// What stands between a person's name and the body that he is of.
const OF_BODY: &[&str] = &[" of the ", " of ", ", of the ", ", of "];

/// What stands between a person's name and the body that he leads.
const LEADING: &[&str] = &[
    ", who leads the ",
    ", who leads ",
    ", who heads the ",
    ", who heads ",
    ", who speaks for the ",
    ", who chairs the ",
];

/// What stands between a body and who leads it.
const LED_BY: &[&str] = &[", led by ", ", led by the ", " led by ", ", headed by "];

/// "Stig Roos of the Paperworkers’ Federation", "Ann Hale, who leads the Alliance", "The Liberals, led by Finance Minister Bo
/// Lund": the body whose name stands beside a person's.
fn of_neighbours(draft: &mut Draft) {
    let named = |m: &crate::annotate::Mention| m.kind == MentionKind::Name;
    let names: Vec<MentionIndex> =
        (0..draft.mentions.len()).filter(|i| draft.mentions.get(*i).is_some_and(named)).collect();
    let mut found: Vec<(Id, Party)> = Vec::new();
    for pair in names.windows(2) {
        let [i, j] = *pair else { continue };
        let (Some(left), Some(right)) = (draft.mentions.get(i), draft.mentions.get(j)) else { continue };
        let (Some(a), Some(b)) = (draft.referent(i), draft.referent(j)) else { continue };
        let Some(gap) = draft.between(left.span, right.span) else { continue };
        // "led by Finance Minister Bo Lund": a title may lead the name.
        let title = draft.mentions_in(Span { start: left.span.end, end: right.span.start }).find_map(|k| {
            let title = draft.mentions.get(k).filter(|m| m.kind == MentionKind::Title)?;
            draft.between(left.span, title.span)
        });
        let leads = LED_BY.contains(&gap) || title.is_some_and(|gap| LED_BY.contains(&gap));
        let behind = OF_BODY.contains(&gap) || LEADING.contains(&gap);
        let pair = match () {
            () if draft.is_person(a) && !draft.is_person(b) && behind => Some((a, right.span)),
            () if !draft.is_person(a) && draft.is_person(b) && leads => Some((b, left.span)),
            () => None,
        };
        let Some((person, body)) = pair.filter(|(_, body)| draft.is_evidence(*body)) else { continue };
        let name = draft.report.slice(body);
        let last = name.split(" of ").next().unwrap_or_default().split_whitespace().next_back();
        let last = last.unwrap_or_default().to_lowercase();
        let bodies = if OF_BODY.contains(&gap) { UNIONS } else { SPOKEN_FOR };
        if bodies.contains(&last.as_str()) {
            found.push((person, Party { name: name.to_owned(), evidence: body }));
        }
    }
    for (id, party) in found {
        set(draft, id, Some(party));
    }
}

/// "the Alliance’s general secretary", "Front spokesman Bo Lund": the one body of the report whose name ends with the word in
/// a role.
fn of_short_names(draft: &mut Draft) {
    let mut bodies: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (i, mention) in draft.mentions.iter().enumerate() {
        let words = draft.words(mention.span);
        let body = mention.kind == MentionKind::Name && mention.of == EntityKind::Organization;
        let Some(last) = words.last().filter(|_| body && words.len() > 1).map(Word::lower) else { continue };
        if !SPOKEN_FOR.contains(&last.as_str()) || draft.referent(i).is_none_or(|id| draft.is_person(id)) {
            continue;
        }
        let name = draft.report.slice(mention.span).to_owned();
        let entry = bodies.entry(last).or_insert_with(|| Some(name.clone()));
        if entry.as_ref().is_some_and(|known| *known != name) {
            *entry = None;
        }
    }
    for id in 0..draft.entities.len() {
        let party = draft.entities.get(id).filter(|e| e.party.is_none()).and_then(|entity| {
            let present = entity.roles.iter().filter(|role| !role.parts.former);
            present.flat_map(|role| draft.words(role.span)).find_map(|word| {
                let name = bodies.get(&word.lower()).filter(|_| word.capitalised())?.clone()?;
                draft.is_evidence(word.span).then_some(Party { name, evidence: word.span })
            })
        });
        set(draft, id, party);
    }
}

/// Those who want something together and have a spokesman, in common nouns.
const FOLLOWED: &[&str] = &[
    "rebels",
    "insurgents",
    "separatists",
    "guerrillas",
    "militants",
    "strikers",
    "protesters",
    "kidnappers",
];

/// "spokesman for the rebels", "the rebels’ envoy": who speaks for many without a name.
fn of_followers(draft: &mut Draft) {
    for id in 0..draft.entities.len() {
        let party = draft.entities.get(id).filter(|e| e.party.is_none()).and_then(|entity| {
            let present = entity.roles.iter().filter(|role| !role.parts.former);
            let mut speaking = present.filter(|role| {
                matches!(role.parts.noun.as_str(), "spokes" | "envoy" | "leader" | "negotiator" | "commander")
            });
            speaking.find_map(|role| {
                let words = draft.words(role.span);
                let many = words.iter().find(|w| FOLLOWED.contains(&w.text))?;
                let named = words.iter().any(|w| w.capitalised() && w.lower() != "the");
                let party = Party { name: many.text.to_owned(), evidence: many.span };
                (!named && draft.is_evidence(many.span)).then_some(party)
            })
        });
        set(draft, id, party);
    }
}

/// The bodies that the report names with their country, by their words without it: "foreign ministry" where
/// "Norway’s foreign ministry" stands. `None` where two countries have one.
fn bodies(draft: &Draft) -> BTreeMap<String, Option<Party>> {
    let mut bodies: BTreeMap<String, Option<Party>> = BTreeMap::new();
    for mention in &draft.mentions {
        let body = mention.of == EntityKind::Organization && draft.is_evidence(mention.span);
        if !body || !matches!(mention.kind, MentionKind::Name | MentionKind::Nominal) {
            continue;
        }
        let words = without_determiner(draft.words(mention.span));
        let Some((range, known)) = known_at(&words, 0) else { continue };
        // "US State Department" is one entry of the lexicon and begins with another.
        let first = words.first().and_then(|w| Some((0..1, lexicon::known(w.text)?)));
        let national =
            [Some((range, known)), first].into_iter().flatten().find(|(_, known)| is_national(*known));
        let Some((name, evidence, rest)) = national.and_then(|(range, known)| {
            let rest: Vec<String> = words.get(range.end..)?.iter().map(|w| w.lower()).collect();
            Some((country(known)?, range_span(&words, range)?, rest.join(" ")))
        }) else {
            continue;
        };
        let party = Party { name: name.to_owned(), evidence };
        let entry = bodies.entry(rest).or_insert_with(|| Some(party.clone()));
        if entry.as_ref().is_some_and(|known| known.name != party.name) {
            *entry = None;
        }
    }
    bodies.remove("");
    bodies
}

/// The party of a spokesman whose ministry the report names elsewhere with its country.
fn body_of(draft: &Draft, bodies: &BTreeMap<String, Option<Party>>, role: Span) -> Option<Party> {
    let words: Vec<String> = draft.words(role).iter().map(|w| w.lower()).collect();
    let body = words.split_last().map(|(_, before)| before.join(" "))?;
    bodies.get(&body).cloned().flatten()
}

fn set(draft: &mut Draft, id: Id, party: Option<Party>) {
    if let (Some(entity), Some(party)) = (draft.entities.get_mut(id), party) {
        entity.party.get_or_insert(party);
    }
}

/// Whether a name that is also a company's ("Ford") is a person's in this report.
fn is_of_person(draft: &Draft, name: Span) -> bool {
    let mut same = draft.mentions_in(name).filter(|i| draft.mentions.get(*i).is_some_and(|m| m.span == name));
    same.any(|i| draft.referent(i).is_some_and(|id| draft.is_person(id)))
}

/// Whether the holder of an office speaks for the country whose it is.
fn is_of_government(noun: &str) -> bool {
    let last = noun.split(' ').next_back().unwrap_or_default();
    matches!(
        last,
        "minister" | "president" | "chancellor" | "ambassador" | "king" | "queen" | "emir" | "spokes"
    )
}

fn chamber(draft: &Draft, name: Span) -> bool {
    let words = draft.report.slice(name);
    words.starts_with("Senate") || words.starts_with("House") || matches!(words, "Congress" | "Supreme Court")
}

/// The party of a person or body that is named inside the role: "Hale" in "Hale’s adviser".
fn through_another(draft: &Draft, id: Id, role: &Role) -> Option<Party> {
    let mut inside = draft.mentions_in(role.span).take(12);
    inside.find_map(|i| {
        let mention =
            draft.mentions.get(i).filter(|m| m.kind == MentionKind::Name && role.span.contains(m.span))?;
        let other = draft.referent(i).filter(|other| *other != id)?;
        let entity = draft.entities.get(other)?;
        match entity.kind {
            EntityKind::Person => entity.party.clone(),
            EntityKind::Organization if chamber(draft, mention.span) => None,
            // "Quillaro’s trade minister": a country that no lexicon knows.
            EntityKind::Place | EntityKind::Group
                if is_of_government(&role.parts.noun)
                    && lexicon::known(draft.report.slice(mention.span)).is_none()
                    && draft.is_evidence(mention.span) =>
            {
                let name = draft.report.slice(mention.span).to_owned();
                Some(Party { name, evidence: mention.span })
            }
            EntityKind::Organization if draft.is_evidence(mention.span) => {
                let own =
                    || Party { name: draft.report.slice(mention.span).to_owned(), evidence: mention.span };
                Some(entity.party.clone().unwrap_or_else(own))
            }
            _ => None,
        }
    })
}
