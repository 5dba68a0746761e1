//! Officials, ministries and armies that are named only by their country.
//!
//! In: nominal mentions. Out: an entity for each country's or body's ("US officials", "Norway’s foreign
//! ministry"); "the ministry" refers to the one ministry of the report. Nominals without a country stay open.

use std::collections::BTreeMap;

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
    for i in nominals {
        if let Some(id) = later_use(draft, &bodies, i) {
            draft.refer(i, id);
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
