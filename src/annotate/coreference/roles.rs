//! Who has which title.
//!
//! In: the entities of the names. Out: roles, and the entity of each title that one person of this report can
//! hold. A title belongs to a name beside it ("President Hale"; "Hale, the Norwegian president,"; "the
//! Norwegian president, Ann Hale,"); later uses of it refer to whoever has it, if one does.

use std::collections::BTreeMap;

use super::draft::{Draft, Id, Role};
use super::title_parts::{TitleParts, is_of_nominal, without_determiner};
use crate::annotate::lexicon;
use crate::annotate::mentions::words::Word;
use crate::annotate::{EntityKind, Mention, MentionIndex, MentionKind};
use crate::span::Span;

/// How many holders of one sort of office are compared; a report with more is a list.
const HOLDERS: usize = 60;

/// Gives titles to the names beside them. Returns the titles that stand alone.
pub(super) fn assign(draft: &mut Draft) -> Vec<(MentionIndex, TitleParts)> {
    let mut alone = Vec::new();
    // Backwards, so that in "Foreign Minister Prince Omar" the second title has its person before the first.
    for i in (0..draft.mentions.len()).rev() {
        let Some(mention) = draft.mentions.get(i).copied() else { continue };
        let office = || lexicon::office(&draft.report.slice(mention.head).to_lowercase()).is_some();
        let nominal = mention.kind == MentionKind::Nominal && mention.of == EntityKind::Person && office();
        if mention.kind != MentionKind::Title && !nominal {
            continue;
        }
        let mut parts = TitleParts::of(&draft.words(mention.span), mention.head);
        parts.party = parts.party.filter(|party| {
            let house = lexicon::is_institution(draft.report.slice(party.evidence));
            !house || draft.speaks_of(&party.name)
        });
        match holder_beside(draft, i, &mention, &parts) {
            Some(id) => give(draft, i, &mention, id, parts),
            None if mention.kind == MentionKind::Title => alone.push((i, parts)),
            None => {}
        }
    }
    draft.entities.iter_mut().for_each(|entity| entity.roles.reverse());
    alone.reverse();
    alone
}

fn give(draft: &mut Draft, i: MentionIndex, mention: &Mention, id: Id, parts: TitleParts) {
    draft.refer(i, id);
    let words = without_age(without_article(draft.words(mention.span)), mention.head);
    let Some((first, last)) = words.first().zip(words.last()) else { return };
    let span = first.span.cover(last.span);
    let Some(entity) = draft.entities.get_mut(id) else { return };
    entity.kind = EntityKind::Person;
    entity.gender = entity.gender.or(parts.gender);
    entity.roles.push(Role { span, parts });
}

/// The words of a title without an article or a possessive pronoun; "the council’s negotiator" needs its own.
fn without_article(words: Vec<Word>) -> Vec<Word> {
    let own = words.first().is_some_and(|w| w.lower() == "the") && is_of_nominal(&words);
    if own { words } else { without_determiner(words) }
}

/// The words of a title without what says how old its holder is, or since when: "49-year-old", "then-".
fn without_age<'t>(words: Vec<Word<'t>>, head: Span) -> Vec<Word<'t>> {
    let ages = |w: &Word| {
        let word = w.lower();
        w.span.end <= head.start
            && (matches!(word.as_str(), "year" | "old" | "then" | "now")
                || word.chars().all(|c| c.is_ascii_digit()))
    };
    let kept = words.iter().take_while(|w| ages(w)).count();
    words.into_iter().skip(kept).collect()
}

fn holder_beside(draft: &Draft, i: MentionIndex, title: &Mention, parts: &TitleParts) -> Option<Id> {
    if draft.after(title.span.end).starts_with(['’', '\'']) {
        return None;
    }
    right_beside(draft, i, title)
        .or_else(|| before_comma(draft, i, title))
        .or_else(|| after_comma(draft, i, title, parts))
}

/// The first mention that starts after the title.
fn next(draft: &Draft, i: MentionIndex, title: Span) -> Option<(MentionIndex, Mention)> {
    let mut rest = draft.mentions.iter().enumerate().skip(i + 1).take(12).map(|(j, m)| (j, *m));
    let first = rest.find(|(_, m)| m.span.start >= title.end)?;
    // "President Ann Hale’s adviser": the name stands beside the title, not the adviser.
    let name = rest.find(|(_, m)| m.kind == MentionKind::Name && m.of == EntityKind::Person);
    Some(name.filter(|(_, m)| m.span.start == first.1.span.start).unwrap_or(first))
}

/// "President Hale".
fn right_beside(draft: &Draft, i: MentionIndex, title: &Mention) -> Option<Id> {
    let (j, mention) = next(draft, i, title.span)?;
    let gap = draft.between(title.span, mention.span)?;
    let beside = matches!(gap, " " | "\u{a0}") || (gap == ". " && title.span == title.head);
    let named = matches!(mention.kind, MentionKind::Name | MentionKind::Title);
    let counterpart = draft.report.slice(title.head).eq_ignore_ascii_case("counterpart");
    let names = mention.of == EntityKind::Person && (beside || counterpart && gap == ", ");
    (named && names).then(|| draft.referent(j)).flatten()
}

/// "Hale, the Norwegian president".
fn before_comma(draft: &Draft, i: MentionIndex, title: &Mention) -> Option<Id> {
    let before = draft.mentions.iter().enumerate().take(i).rev().take(6);
    let (j, name) =
        before.filter(|(_, m)| m.kind == MentionKind::Name).find(|(_, m)| m.span.end <= title.span.start)?;
    let gap = draft.between(name.span, title.span)?;
    let person = name.of == EntityKind::Person && matches!(gap, ", " | " (" | " – " | " — ");
    let rest = draft.after(title.span.end);
    // Without a mark after it the title is a subject: "Praised by Hale, the president has left".
    let goes_on = [" and a ", " and former", " in ", " at ", " for ", " to ", " from ", " based ", " who "];
    let closed =
        rest.trim_start_matches(['”', '"', '’']).chars().next().is_none_or(|c| ",.;:)—–\n]".contains(c));
    let dashed = rest.starts_with(" –") || rest.starts_with(" —") || rest.starts_with(" -");
    (person && (closed || dashed || goes_on.iter().any(|words| rest.starts_with(words))))
        .then(|| draft.referent(j))
        .flatten()
}

/// "the Norwegian president, Ann Hale,".
fn after_comma(draft: &Draft, i: MentionIndex, title: &Mention, parts: &TitleParts) -> Option<Id> {
    let (first, beside) = next(draft, i, title.span)?;
    let gap = draft.between(title.span, beside.span)?;
    // "its leader, Agriculture Minister Ann Hale,": another title leads the name.
    let (j, name) = match beside.kind {
        MentionKind::Title => next(draft, first, beside.span)
            .filter(|(_, name)| draft.between(beside.span, name.span) == Some(" "))?,
        _ => (first, beside),
    };
    let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | ')' | '\n' | '—' | '–');
    let rest = draft.after(name.span.end);
    let closed =
        rest.is_empty() || rest.starts_with(closes) || rest.starts_with(" —") || rest.starts_with(" –");
    let bare = !parts.field.is_empty() || parts.definite || parts.owned;
    let fits = gap == ", " && closed && name.kind == MentionKind::Name && name.of == EntityKind::Person;
    let says = if parts.indefinite { is_inserted(draft, &name) } else { bare };
    (fits && says).then(|| draft.referent(j)).flatten()
}

/// "a spokeswoman, Ann Hale, said": whether a full name stands between commas and nothing is counted up after it.
fn is_inserted(draft: &Draft, name: &Mention) -> bool {
    let goes_on = draft.after(name.span.end).strip_prefix(", ");
    let listed = |rest: &str| {
        rest.starts_with(char::is_uppercase) || rest.starts_with("and ") || rest.starts_with("or ")
    };
    draft.name_words(name).len() > 1 && goes_on.is_some_and(|rest| !listed(rest))
}

/// Resolves titles that stand alone to the one person of the report who can be meant.
pub(super) fn resolve(draft: &mut Draft, alone: &[(MentionIndex, TitleParts)]) {
    let mut holders: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for (id, entity) in draft.entities.iter().enumerate() {
        for role in &entity.roles {
            let last = role.parts.noun.split(' ').next_back().unwrap_or_default().to_owned();
            let list = holders.entry(last).or_default();
            if !list.contains(&id) && list.len() < HOLDERS {
                list.push(id);
            }
        }
    }
    for (i, parts) in alone {
        let at = draft.mentions.get(*i).map_or(0, |m| m.span.start);
        if let Some(id) = holder(draft, &holders, parts).filter(|id| !is_of_another(draft, *id, parts, at)) {
            draft.refer(*i, id);
        }
    }
}

/// Whether only words behind a title say that the person holds it, and of somebody else: "The foreign minister …. Norland
/// protested. Its foreign minister, Ann Hale, …".
fn is_of_another(draft: &Draft, id: Id, title: &TitleParts, at: u32) -> bool {
    let roles = draft.entities.get(id).map(|entity| entity.roles.as_slice()).unwrap_or_default();
    let mut fitting = roles.iter().filter(|role| title.fits(&role.parts)).peekable();
    !title.owned && fitting.peek().is_some() && fitting.all(|role| role.parts.owned && role.span.start > at)
}

fn holder(draft: &Draft, holders: &BTreeMap<String, Vec<Id>>, title: &TitleParts) -> Option<Id> {
    // "its leader" is of something else than "their leader".
    let elsewhere = title.owned && (title.leads_something() || title.noun == "spokes");
    if title.indefinite || !title.definite || title.noun == "counterpart" || elsewhere {
        return None;
    }
    let last = title.noun.split(' ').next_back()?;
    let same = holders.get(last).map(Vec::as_slice).unwrap_or_default();
    let fit = same.iter().copied().filter(|id| is_held(draft, *id, title, false));
    let mut found: Vec<Id> = fit.collect();
    if found.is_empty() && title.noun == "leader" && title.party.is_some() && title.field.is_empty() {
        let leaders = ["president", "minister", "chancellor", "king", "emir", "prince"];
        let all = leaders.iter().filter_map(|noun| holders.get(*noun)).flatten().copied();
        found = all.filter(|id| is_held(draft, *id, title, true)).collect();
        found.dedup();
    }
    match found.as_slice() {
        [one] => Some(*one),
        several => at_home(draft, several, title),
    }
}

/// Of several holders of an office the one whom the report calls by it without a country, as a paper calls its own
/// president; those abroad are "the Norwegian president".
fn at_home(draft: &Draft, holders: &[Id], title: &TitleParts) -> Option<Id> {
    let bare = |id: &&Id| {
        let roles = draft.entities.get(**id).map(|entity| entity.roles.as_slice()).unwrap_or_default();
        roles.iter().any(|role| role.parts.party.is_none() && title.fits(&role.parts))
    };
    let mut home = holders.iter().filter(bare);
    home.next().filter(|_| home.next().is_none() && title.party.is_none()).copied()
}

/// Whether the person has an office that the title can mean, of no other party; `leads`: any by which one leads a country.
pub(super) fn is_held(draft: &Draft, id: Id, title: &TitleParts, leads: bool) -> bool {
    let Some(entity) = draft.entities.get(id) else { return false };
    let party = title
        .party
        .as_ref()
        .is_none_or(|wanted| entity.party.as_ref().is_some_and(|p| p.name == wanted.name));
    let gender = title.gender.is_none() || entity.gender.is_none() || title.gender == entity.gender;
    let role =
        entity.roles.iter().any(|role| if leads { role.parts.leads() } else { title.fits(&role.parts) });
    party && gender && role
}
