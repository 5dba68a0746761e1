//! What sort of thing each name names.
//!
//! In: the runs of a report with its titles. Out: the mentions that are names. A kind comes from the lexicons,
//! the shape of the name, the words beside it, or the other places where the report uses it. It does not know
//! which names are of one bearer.

use std::collections::{BTreeMap, BTreeSet};

use super::appositions;
use super::evidence;
use super::impersonal::{self, Impersonal};
use super::nobody::{is_phrase, is_plural_office, is_state};
use super::runs::{self, Run};
use super::shape;
use super::titles::{self, Title};
use super::usage::Usage;
use super::words::Word;
use crate::annotate::lexicon::{self, Known, Office};
use crate::annotate::{EntityKind, Mention, MentionKind, Pos};

/// The names among `words`.
pub(super) fn find(words: &[Word], titles: &[Title]) -> Vec<Mention> {
    let usage = Usage::of(words);
    let runs = runs::find(words, titles, &usage);
    let mut kinds: Vec<Option<EntityKind>> = runs.iter().map(|run| first_kind(words, titles, run)).collect();
    let alone = single_words(words, &runs);
    for (run, kind) in runs.iter().zip(&mut kinds) {
        *kind = kind.or_else(|| kind_by_short_form(words, run, &alone));
    }
    share_kinds(words, &runs, &mut kinds);
    let (surnames, heads) = parts(words, &runs, &kinds);
    for (run, kind) in runs.iter().zip(&mut kinds) {
        if run.words.len() == 1 {
            let word = words.get(run.words.start).map(|w| w.text).unwrap_or_default();
            *kind = single_kind(run, word, *kind, &surnames, &heads);
        }
    }
    let unknown: Vec<&Run> =
        runs.iter().zip(&kinds).filter(|(_, kind)| kind.is_none()).map(|(run, _)| run).collect();
    let persons = evidence::persons(words, &unknown);
    for (run, kind) in runs.iter().zip(&mut kinds).filter(|(run, _)| run.words.len() == 1) {
        let text = words.get(run.words.start).map_or("", |w| w.text);
        *kind = kind.or_else(|| persons.contains(text).then_some(EntityKind::Person));
    }
    correct_persons(words, titles, &runs, &mut kinds);
    let named = runs.iter().zip(kinds).filter(|(run, kind)| names_something(words, run, *kind, &usage));
    let mentions = named.filter_map(|(run, kind)| mention(words, run, kind));
    mentions.collect()
}

/// Says of names that may be a person's what they name where the report treats them as something else.
fn correct_persons(words: &[Word], titles: &[Title], runs: &[Run], kinds: &mut [Option<EntityKind>]) {
    let open = |(run, kind): &(&Run, &mut Option<EntityKind>)| {
        let unknown = kind.is_none() && run.words.len() == 1;
        run.known.is_none() && (unknown || **kind == Some(EntityKind::Person))
    };
    let names: Vec<_> = runs.iter().filter(|run| run.known.is_none()).map(|run| run.words.clone()).collect();
    let impersonal = Impersonal::of(words, titles, &names);
    for (run, kind) in runs.iter().zip(kinds).filter(open) {
        *kind = impersonal.kind(&impersonal::text(words, &run.words)).or(*kind);
    }
}

/// Whether a run is a name at all: not a slogan, not a common noun that a headline capitalises.
fn names_something(words: &[Word], run: &Run, kind: Option<EntityKind>, usage: &Usage) -> bool {
    let inner = words.get(run.words.clone()).unwrap_or_default();
    let [word] = inner else {
        let firm = matches!(kind, Some(kind) if kind != EntityKind::Person);
        return run.known.is_some() || firm || !is_phrase(inner);
    };
    if run.known.is_some() {
        return true;
    }
    let lower = word.lower();
    if is_plural_office(word.text) {
        return false;
    }
    let longer_acronym = word.acronym() && word.text.chars().count() >= 4;
    if longer_acronym
        && (usage.is_weak(word) || lexicon::is_common_word(&lower))
        && kind != Some(EntityKind::Person)
    {
        return !usage.holds_lower(&lower) && !lexicon::is_common_word(&lower);
    }
    let plain = lexicon::is_common_word(&lower)
        || lexicon::office(&lower).is_some()
        || lexicon::nominal(&lower).is_some()
        || lexicon::is_title_modifier(&lower);
    let next = words.get(run.words.end).filter(|next| next.follows(word));
    let acts = word.possessive
        || next.is_some_and(|n| titles::is_telling(n.text) || n.pos.is_some_and(|pos| pos.is_finite()));
    kind.is_some()
        || !(plain || usage.holds_lower(&lower) || (usage.is_weak(word) && !acts && !word.acronym()))
}

/// A name is of one kind all through a report: what its words say in one place holds in the others.
fn share_kinds(words: &[Word], runs: &[Run], kinds: &mut [Option<EntityKind>]) {
    let text = |run: &Run| -> Vec<&str> {
        words.get(run.words.clone()).into_iter().flatten().map(|w| w.text).collect()
    };
    let mut by_text: BTreeMap<Vec<&str>, EntityKind> = BTreeMap::new();
    for (run, kind) in runs.iter().zip(kinds.iter()).filter(|(run, _)| run.known.is_none()) {
        if let Some(kind) = kind {
            by_text.entry(text(run)).or_insert(*kind);
        }
    }
    for (run, kind) in runs.iter().zip(kinds.iter_mut()) {
        *kind = kind.or_else(|| by_text.get(&text(run)).copied());
    }
}

fn first_kind(words: &[Word], titles: &[Title], run: &Run) -> Option<EntityKind> {
    if let Some(known) = run.known {
        return Some(known.kind());
    }
    let shape = shape::shape(words, run);
    if shape.is_some_and(|kind| kind != EntityKind::Organization || run.words.len() > 1) {
        return shape;
    }
    if words.get(run.words.clone()).is_some_and(|inner| matches!(inner, [word] if is_state(word))) {
        return Some(EntityKind::Place);
    }
    if after_title(words, titles, run) || before_title(words, titles, run) {
        return Some(EntityKind::Person);
    }
    if appositions::calls_a_person(words, run) {
        return Some(EntityKind::Person);
    }
    shape.or_else(|| kind_beside(words, run))
}

/// Whether a title stands right before the run: "President Hale".
fn after_title(words: &[Word], titles: &[Title], run: &Run) -> bool {
    let i = titles.partition_point(|t| t.noun.end <= run.words.start);
    let title = i.checked_sub(1).and_then(|i| titles.get(i));
    let Some(title) = title.filter(|t| t.noun.end == run.words.start) else { return false };
    let pair = words.get(title.noun.end - 1).zip(words.get(run.words.start));
    pair.is_some_and(|(before, first)| first.follows(before))
}

/// Whether a title of somebody stands after the run and a comma: "Hale, the Norwegian president".
fn before_title(words: &[Word], titles: &[Title], run: &Run) -> bool {
    let i = titles.partition_point(|t| t.words.start < run.words.end);
    let Some(title) = titles.get(i).filter(|t| t.words.start == run.words.end) else { return false };
    let last = run.words.end.checked_sub(1).and_then(|i| words.get(i));
    let comma = words.get(title.words.start).is_some_and(|w| w.gap == ", ");
    run.words.len() <= 4
        && comma
        && last.is_some_and(|w| !w.possessive)
        && title.office == Office::Held
        && run.words.len() >= 2
}

/// What the words on either side of a run say.
fn kind_beside(words: &[Word], run: &Run) -> Option<EntityKind> {
    let before = run.words.start.checked_sub(1).and_then(|i| words.get(i));
    let first = words.get(run.words.start)?;
    let last = words.get(run.words.end - 1)?;
    let after = words.get(run.words.end);
    let joined = before.filter(|before| first.follows(before)).map(|w| w.text);
    let next = after.filter(|next| next.follows(last)).map(|w| w.text);
    let age = after
        .is_some_and(|n| n.gap == ", " && n.text.len() <= 3 && n.text.chars().all(|c| c.is_ascii_digit()));
    if age || next == Some("who") || after.is_some_and(|n| n.gap == ", " && n.text == "who") {
        return Some(EntityKind::Person);
    }
    let short = (2..=3).contains(&run.words.len());
    let acts =
        after.is_some_and(|w| w.follows(last) && w.pos.is_some_and(|pos| matches!(pos, Pos::VBD | Pos::VBZ)));
    let determined = before.is_some_and(|w| titles::is_determiner(&w.lower()) || w.possessive);
    let known = inner_known(words, run);
    if short && !known && (next.is_some_and(titles::is_telling) || (acts && !determined)) {
        return Some(EntityKind::Person);
    }
    if run.words.len() <= 2 && matches!(joined, Some("in" | "near" | "outside")) && !first.acronym() {
        return Some(EntityKind::Place);
    }
    None
}

/// Whether the last word of a run is a name of its own: "Democrats" in "House Judiciary Democrats".
fn inner_known(words: &[Word], run: &Run) -> bool {
    words.get(run.words.end - 1).is_some_and(|w| lexicon::known(w.text).is_some())
}

/// Names of one word, each with whether it stands alone somewhere.
fn single_words<'t>(words: &[Word<'t>], runs: &[Run]) -> BTreeSet<&'t str> {
    let single = runs.iter().filter(|run| run.words.len() == 1 && run.known.is_none());
    single.filter_map(|run| words.get(run.words.start)).map(|w| w.text).collect()
}

/// A person is later called by the last word of the name, a body by the first.
fn kind_by_short_form(words: &[Word], run: &Run, alone: &BTreeSet<&str>) -> Option<EntityKind> {
    let inner = words.get(run.words.clone())?;
    let (first, last) = (inner.first()?, inner.last()?);
    if !(2..=4).contains(&inner.len()) {
        return None;
    }
    match (alone.contains(first.text), alone.contains(last.text)) {
        (false, true)
            if !last.acronym() && !first.text.contains(char::is_numeric) && !first.text.ends_with("ing") =>
        {
            Some(EntityKind::Person)
        }
        (true, false) => Some(EntityKind::Organization),
        _ => None,
    }
}

type Parts<'t> = (BTreeSet<&'t str>, BTreeMap<&'t str, EntityKind>);

/// The surnames of the persons, and the first words of the bodies, that are named in full.
fn parts<'t>(words: &[Word<'t>], runs: &[Run], kinds: &[Option<EntityKind>]) -> Parts<'t> {
    let (mut surnames, mut heads) = (BTreeSet::new(), BTreeMap::new());
    for (run, kind) in runs.iter().zip(kinds).filter(|(run, _)| run.words.len() > 1) {
        let Some(inner) = words.get(run.words.clone()) else { continue };
        let (Some(first), Some(last)) = (inner.first(), surname(inner)) else { continue };
        match kind {
            Some(EntityKind::Person) => _ = surnames.insert(last.text),
            Some(kind) if run.known.is_none() && shape::is_short_for_whole(inner, 1) => {
                heads.insert(first.text, *kind);
            }
            _ => {}
        }
    }
    (surnames, heads)
}

fn single_kind(
    run: &Run,
    word: &str,
    kind: Option<EntityKind>,
    surnames: &BTreeSet<&str>,
    heads: &BTreeMap<&str, EntityKind>,
) -> Option<EntityKind> {
    // "Ford" is a person in a report that names Ann Ford in full; a country stays one.
    let may_be_surname = matches!(run.known, None | Some(Known::Organization { .. } | Known::Place));
    if may_be_surname && surnames.contains(word) {
        return Some(EntityKind::Person);
    }
    let given = lexicon::is_given_name(word).then_some(EntityKind::Person);
    kind.or_else(|| heads.get(word).copied()).or(given)
}

/// The last word of a name that is not "Jr" or a numeral.
pub(in crate::annotate) fn surname<'a, 't>(inner: &'a [Word<'t>]) -> Option<&'a Word<'t>> {
    let suffix = |w: &&Word| matches!(w.text, "Jr" | "Sr" | "Jr." | "Sr." | "II" | "III" | "IV");
    inner.iter().rev().find(|w| !suffix(w)).or(inner.last())
}

fn mention(words: &[Word], run: &Run, kind: Option<EntityKind>) -> Option<Mention> {
    let inner = words.get(run.words.clone())?;
    let span = inner.first()?.span.cover(inner.last()?.span);
    let whole = run.known.is_some();
    let head = if whole { span } else { surname(inner)?.span };
    let of = kind.unwrap_or(EntityKind::Other);
    Some(Mention { span, head, kind: MentionKind::Name, of, entity: None })
}
