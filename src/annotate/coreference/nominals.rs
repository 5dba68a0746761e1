//! Officials, ministries and armies that are named only by their country.
//!
//! In: nominal mentions. Out: an entity for each country's or body's ("US officials", "Norway’s foreign
//! ministry"); "the ministry" refers to the one ministry of the report, and "the union" to the one that it names.
//! Other nominals without a country stay open.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::head_of_name;
use super::draft::{Draft, Id};
use super::title_parts::{is_chamber, without_determiner};
use crate::annotate::lexicon::{self, Known};
use crate::annotate::mentions::titles::known_at;
use crate::annotate::mentions::words::Word;
use crate::annotate::{EntityKind, MentionIndex, MentionKind, Party};

/// Joins the nominals.
pub(super) fn join(draft: &mut Draft) {
    let mut ids: BTreeMap<(String, String), Id> = BTreeMap::new();
    let mut bodies: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    let nominals: Vec<MentionIndex> = (0..draft.mentions.len())
        .filter(|i| {
            draft
                .mentions
                .get(*i)
                .is_some_and(|m| m.kind == MentionKind::Nominal && m.of != EntityKind::Person)
        })
        .collect();
    for i in &nominals {
        let Some((party, rest)) = parts(draft, *i) else { continue };
        let Some(of) = draft.mentions.get(*i).map(|m| m.of) else { continue };
        let id = *ids.entry((party.name.clone(), rest.join(" "))).or_insert_with(|| draft.add(of));
        let evident = draft.is_evidence(party.evidence);
        if let (Some(entity), true) = (draft.entities.get_mut(id), evident) {
            entity.party.get_or_insert(party);
        }
        draft.refer(*i, id);
        if of == EntityKind::Organization {
            for start in 0..rest.len() {
                let list = bodies.entry(rest.get(start..).unwrap_or_default().join(" ")).or_default();
                if !list.contains(&id) && list.len() < 3 {
                    list.push(id);
                }
            }
        }
    }
    for i in nominals.iter().copied() {
        if let Some(id) = later_use(draft, &bodies, i) {
            draft.refer(i, id);
        }
    }
    join_by_head(draft, &nominals);
}

/// Nouns by which a body is called again whose name ends in them: "the union" is the Dockers’ Union.
const HEADS: [&str; 14] = [
    "union",
    "council",
    "ministry",
    "commission",
    "committee",
    "agency",
    "university",
    "bank",
    "parliament",
    "department",
    "hospital",
    "embassy",
    "airline",
    "alliance",
];

/// Joins "the union" to the one body of the report whose name says that it is a union, behind that name; not where the report
/// speaks of another in other words ("a teachers’ union").
fn join_by_head(draft: &mut Draft, nominals: &[MentionIndex]) {
    let mut named: BTreeMap<&str, Vec<(Id, MentionIndex)>> = BTreeMap::new();
    for (i, mention) in draft.mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionKind::Name) {
        let head = head_of_name(draft.report.slice(mention.span));
        let Some(head) =
            HEADS.into_iter().find(|noun| *noun == head || *noun == "union" && head == "federation")
        else {
            continue;
        };
        let Some(id) = draft.referent(i) else { continue };
        let bodies = named.entry(head).or_default();
        if bodies.len() < 2 && bodies.iter().all(|(known, _)| *known != id) {
            bodies.push((id, i));
        }
    }
    let mut plain: BTreeMap<&str, Vec<MentionIndex>> = BTreeMap::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for i in nominals.iter().copied() {
        let Some(mention) = draft.mentions.get(i) else { continue };
        let head = draft.report.slice(mention.head).to_lowercase();
        let Some(noun) = HEADS.into_iter().find(|noun| *noun == head) else { continue };
        if draft.report.slice(mention.span).to_lowercase() == format!("the {noun}") {
            plain.entry(noun).or_default().push(i);
        } else {
            others.insert(noun);
        }
    }
    for (noun, mentions) in plain {
        let Some([(id, first)]) = named.get(noun).map(Vec::as_slice) else { continue };
        let organization = draft.entities.get(*id).is_some_and(|e| e.kind == EntityKind::Organization);
        for i in mentions.into_iter().filter(|i| organization && !others.contains(noun) && i > first) {
            if draft.referent(i).is_none() {
                draft.refer(i, *id);
            }
        }
    }
}

/// Whether a body with this noun is a part of a state or of another body, and so can be named by it alone.
fn speaks(of: EntityKind, noun: &str) -> bool {
    let bodies = [
        "ministry",
        "department",
        "government",
        "military",
        "army",
        "navy",
        "force",
        "parliament",
        "embassy",
        "delegation",
        "administration",
        "agency",
        "campaign",
        "committee",
        "commission",
        "council",
        "court",
        "mission",
        "side",
    ];
    of != EntityKind::Organization || bodies.contains(&noun)
}

/// Whose a nominal is, and the words that say what.
fn parts(draft: &Draft, i: MentionIndex) -> Option<(Party, Vec<String>)> {
    let mention = draft.mentions.get(i)?;
    let words = draft.words(mention.span);
    let vague = |w: &Word| matches!(w.lower().as_str(), "a" | "an" | "another" | "some" | "many" | "several");
    if words.first().is_some_and(vague) || !speaks(mention.of, &words.last()?.lower()) {
        return None;
    }
    let words = without_determiner(words);
    // "numerous Norwegian troops" are Norway's troops.
    let (range, known) = (0..words.len().min(3)).find_map(|i| known_at(&words, i))?;
    // "Norwegian-backed rebels" are not Norway's.
    if words.get(range.end).is_some_and(|next| next.hyphenated() && !next.capitalised()) {
        return None;
    }
    let name = match known {
        Known::Country(name) | Known::Demonym(name) => name,
        // "Kyiv’s army" is the country's, "Kyiv police" the city's.
        Known::Seat { country, institution } => {
            let spoken_of = institution && draft.speaks_of(country);
            let whole = spoken_of || !institution && words.get(range.end - 1)?.possessive;
            if whole { country } else { return None }
        }
        Known::Organization { name, .. } if is_chamber(name) => return None,
        Known::Organization { name, country } => country.unwrap_or(name),
        Known::Group(party) => party?,
        Known::Place => return None,
    };
    let evidence = words.get(range.start)?.span.cover(words.get(range.end - 1)?.span);
    let rest: Vec<String> = words.get(range.end..)?.iter().map(|w| w.lower()).collect();
    (!rest.is_empty()).then(|| (Party { name: name.to_owned(), evidence }, rest))
}

/// "the ministry", where the report speaks of one.
fn later_use(draft: &Draft, bodies: &BTreeMap<String, Vec<Id>>, i: MentionIndex) -> Option<Id> {
    let mention = draft.mentions.get(i).filter(|m| m.of == EntityKind::Organization)?;
    if draft.referent(i).is_some() {
        return None;
    }
    let words = draft.words(mention.span);
    let the = words.first().is_some_and(|w| w.lower() == "the");
    let rest: Vec<String> = words.iter().skip(1).map(|w| w.lower()).collect();
    let general = matches!(rest.last()?.as_str(), "country" | "kingdom" | "government" | "side" | "sides");
    let known = lexicon::known(draft.report.slice(mention.head)).is_some();
    match bodies.get(&rest.join(" "))?.as_slice() {
        [one] if the && !general && !known => Some(*one),
        _ => None,
    }
}
