//! Which names are of one bearer.
//!
//! In: the mentions that are names. Out: an entity for each bearer. Persons are joined by surname and given
//! name, bodies by their full name, its acronym or its first words, countries by the lexicon.

use std::collections::BTreeMap;

use super::draft::{Draft, Id};
use crate::annotate::lexicon::{
    self, Gender, Known, fold, gender_of_honorific, gender_of_name, same_given_name, surname_key,
};
use crate::annotate::mentions::{is_short_for_whole, surname, words::Word};
use crate::annotate::{EntityKind, MentionIndex, MentionKind, Party, tagger};

/// How many persons of one surname are told apart; more than that are left open.
const NAMESAKES: usize = 40;

/// A person that is named in full.
struct Person {
    id: Id,
    words: Vec<String>,
    /// The first mention in full.
    first: MentionIndex,
}

#[derive(Default)]
struct Index {
    by_surname: BTreeMap<String, Vec<Person>>,
    by_given: BTreeMap<String, Vec<Id>>,
    /// The first words (two or more) of a name.
    by_beginning: BTreeMap<String, Vec<Id>>,
    /// The last words (two or more) of a name.
    by_end: BTreeMap<String, Vec<Id>>,
    /// Whom a surname alone has meant so far.
    bare: BTreeMap<String, Id>,
    /// Whole names of what is no person.
    by_name: BTreeMap<String, Id>,
    /// The first words and the initials of bodies.
    by_short: BTreeMap<String, Vec<Id>>,
    /// The first words of bodies that go on with an ordinary word: "Brannock" of "Brannock Paper". Only another body is called so.
    by_start: BTreeMap<String, Vec<Id>>,
}

/// Joins the names.
pub(super) fn join(draft: &mut Draft) {
    let mut index = Index::default();
    let names: Vec<MentionIndex> = (0..draft.mentions.len())
        .filter(|i| draft.mentions.get(*i).is_some_and(|m| m.kind == MentionKind::Name))
        .collect();
    for i in &names {
        full_person(draft, &mut index, *i);
    }
    for i in &names {
        full_body(draft, &mut index, *i);
    }
    for i in &names {
        short_name(draft, &mut index, *i);
    }
}

fn push_once(list: &mut Vec<Id>, id: Id) {
    if !list.contains(&id) && list.len() < NAMESAKES {
        list.push(id);
    }
}

fn only<T: Copy>(list: &[T]) -> Option<T> {
    match list {
        [one] => Some(*one),
        _ => None,
    }
}

fn full_person(draft: &mut Draft, index: &mut Index, i: MentionIndex) {
    let Some(mention) = draft.mentions.get(i).copied().filter(|m| m.of == EntityKind::Person) else { return };
    let words = draft.name_words(&mention);
    let Some(last) = surname(&words).filter(|_| words.len() > 1) else { return };
    let key = surname_key(last.text);
    let texts: Vec<String> = words.iter().map(|w| fold(w.text)).collect();
    let namesakes = index.by_surname.entry(key).or_default();
    let same = namesakes.iter().find(|person| same_person(&person.words, &texts)).map(|p| p.id);
    let whole = index.by_beginning.get(&texts.join(" ")).and_then(|ids| only(ids));
    let id = same.or(whole).unwrap_or_else(|| draft.add(EntityKind::Person));
    if same.is_none() && namesakes.len() < NAMESAKES {
        namesakes.push(Person { id, words: texts.clone(), first: i });
    }
    register(index, &texts, id);
    let honorific = draft.words(mention.span).first().and_then(|w| gender_of_honorific(w.text)).flatten();
    let gender = honorific.or_else(|| gender_of_name(words.first()?.text));
    if let Some(entity) = draft.entities.get_mut(id) {
        entity.gender = entity.gender.or(gender);
    }
    draft.refer(i, id);
}

fn register(index: &mut Index, texts: &[String], id: Id) {
    if let Some(first) = texts.first() {
        push_once(index.by_given.entry(first.clone()).or_default(), id);
    }
    for length in 2..texts.len() {
        let beginning = texts.get(..length).unwrap_or_default().join(" ");
        push_once(index.by_beginning.entry(beginning).or_default(), id);
        let end = texts.get(texts.len() - length..).unwrap_or_default().join(" ");
        push_once(index.by_end.entry(end).or_default(), id);
    }
}

/// Whether two full names with one surname are one person's: given names that match, or one within the other.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return false };
    let given = |names: &[String]| names.get(..names.len().saturating_sub(1)).unwrap_or_default().to_vec();
    let (a, b) = (given(a), given(b));
    same_given_name(first_a, first_b) || a.contains(first_b) || b.contains(first_a)
}

/// The key of what is not a person: a country by its canonical name, a seat and a people apart from it.
fn body_key(words: &[Word], text: &str) -> String {
    match lexicon::known(text) {
        Some(Known::Country(name)) => format!("country {name}"),
        Some(Known::Demonym(name)) => format!("people {name}"),
        Some(Known::Organization { name, .. }) => format!("body {name}"),
        _ => {
            let words = words.iter().map(|w| fold(w.text.trim_end_matches('.')).replace('.', ""));
            let mut words: Vec<String> = words.collect();
            if words.len() > 1 && words.first().is_some_and(|w| w == "the") {
                words.remove(0);
            }
            words.join(" ")
        }
    }
}

/// "Pole said", where the report names an Anna Pole: the one person whose surname a word for one of a people is. Behind an
/// article, and before the noun that it describes, the word means the people.
fn namesake(draft: &Draft, index: &Index, i: MentionIndex) -> Option<Id> {
    let mention = draft.mentions.get(i).filter(|m| m.of != EntityKind::Person)?;
    let text = draft.report.slice(mention.span);
    let people = !text.contains(' ') && matches!(lexicon::known(text), Some(Known::Demonym(_)));
    let bearers = index.by_surname.get(&surname_key(text)).filter(|_| people)?;
    let exact = |person: &&Person| person.words.len() > 1 && person.words.last() == Some(&fold(text));
    let mut bearers = bearers.iter().filter(exact);
    let (Some(one), None) = (bearers.next(), bearers.next()) else { return None };
    let before = draft.report.text.as_str().get(..mention.span.start as usize).unwrap_or_default();
    let before = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let counted = matches!(before.as_str(), "the" | "a" | "an" | "another" | "every" | "each" | "no" | "one");
    let rest = draft.after(mention.span.end);
    let next: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let tells = !rest.starts_with('-') && (next.is_empty() || is_verb_of_person(&next));
    (one.first < i && !counted && tells).then_some(one.id)
}

/// Whether the word behind a name alone makes it the name of somebody who says or does something.
fn is_verb_of_person(word: &str) -> bool {
    let helping = ["has", "had", "was", "is", "will", "would", "could", "did", "does", "may", "also", "then"];
    crate::annotate::attributions::is_saying(word) || helping.contains(&word) || word.ends_with("ed")
}

fn full_body(draft: &mut Draft, index: &mut Index, i: MentionIndex) {
    if let Some(id) = namesake(draft, index, i) {
        return draft.refer(i, id);
    }
    let Some(mention) = draft.mentions.get(i).copied() else { return };
    let text = draft.report.slice(mention.span);
    let words = draft.name_words(&mention);
    let known = lexicon::known(text);
    if draft.referent(i).is_some()
        || mention.of == EntityKind::Person
        || (words.len() == 1 && known.is_none())
    {
        return;
    }
    let key = body_key(&words, text);
    let id = *index.by_name.entry(key).or_insert_with(|| draft.add(mention.of));
    if words.len() > 1 && mention.of != EntityKind::Place && mention.of != EntityKind::Group {
        let texts: Vec<String> = words.iter().map(|w| fold(w.text)).collect();
        let initials: String =
            words.iter().filter(|w| w.capitalised()).filter_map(|w| w.text.chars().next()).collect();
        push_once(index.by_short.entry(initials.to_lowercase()).or_default(), id);
        for length in (1..texts.len()).filter(|length| is_short_for_whole(&words, *length)) {
            let short = texts.get(..length).unwrap_or_default().join(" ");
            push_once(index.by_short.entry(short).or_default(), id);
        }
        let rest = words.get(1..).unwrap_or_default();
        let ordinary = |w: &Word| {
            tagger::is_ordinary(&w.lower()) && lexicon::last_word(w.text).is_none() && w.capitalised()
        };
        if mention.of == EntityKind::Organization
            && rest.iter().all(ordinary)
            && let Some(first) = texts.first()
        {
            push_once(index.by_start.entry(first.clone()).or_default(), id);
        }
    }
    if let Some(known) = known {
        give_party(draft, id, known, mention.span);
    }
    draft.refer(i, id);
}

fn give_party(draft: &mut Draft, id: Id, known: Known, evidence: crate::span::Span) {
    let name = match known {
        Known::Demonym(name) => Some(name),
        Known::Seat { country, .. } => Some(country),
        Known::Organization { country, .. } => country,
        Known::Group(party) => party,
        Known::Country(_) | Known::Place => None,
    };
    let spoken_of = |name: &str| !known.is_institution() || draft.speaks_of(name);
    let name = name.filter(|name| spoken_of(name));
    let evident = draft.is_evidence(evidence);
    if let (Some(entity), Some(name), true) = (draft.entities.get_mut(id), name, evident) {
        entity.party.get_or_insert(Party { name: name.to_owned(), evidence });
    }
}

fn short_name(draft: &mut Draft, index: &mut Index, i: MentionIndex) {
    let Some(mention) = draft.mentions.get(i).copied().filter(|_| draft.referent(i).is_none()) else {
        return;
    };
    let words = draft.name_words(&mention);
    let Some(last) = surname(&words) else { return };
    let honorific = draft.words(mention.span).first().and_then(|w| gender_of_honorific(w.text)).flatten();
    if mention.of == EntityKind::Person {
        if shares_surname(draft, i) {
            return;
        }
        match person_called(draft, index, i, last, honorific) {
            Called::One(id) => {
                index.bare.entry(surname_key(last.text)).or_insert(id);
                return draft.refer(i, id);
            }
            Called::Several => return,
            Called::Nobody => {}
        }
        let id = draft.add(EntityKind::Person);
        let gender = honorific.or_else(|| gender_of_name(last.text));
        draft.entities.last_mut().into_iter().for_each(|entity| entity.gender = gender);
        let person = Person { id, words: vec![fold(last.text)], first: i };
        index.by_surname.entry(surname_key(last.text)).or_default().push(person);
        return draft.refer(i, id);
    }
    let key = body_key(&words, draft.report.slice(mention.span));
    // A town is not its bank.
    let short = index.by_short.get(&key).filter(|_| mention.of != EntityKind::Place);
    let short = short.map(Vec::as_slice).unwrap_or_default();
    let id = match (index.by_name.get(&key), short) {
        (Some(id), _) => *id,
        (None, [one]) => *one,
        (None, []) => {
            // "O’Reilly" beside "The O’Reilly Factor" is still somebody.
            let somebody = index.by_surname.contains_key(&surname_key(last.text));
            let body = mention.of == EntityKind::Organization && !somebody;
            let whole = index.by_start.get(&key).filter(|_| body);
            whole.and_then(|ids| only(ids)).unwrap_or_else(|| draft.add(mention.of))
        }
        _ => return,
    };
    index.by_name.insert(key, id);
    draft.refer(i, id);
}

/// "Sergei" in "Sergei and Yulia Orlov": the surname is still to come.
fn shares_surname(draft: &Draft, i: MentionIndex) -> bool {
    let pair = draft.mentions.get(i).zip(draft.mentions.get(i + 1));
    pair.is_some_and(|(mention, next)| {
        let given = lexicon::is_given_name(draft.report.slice(mention.span));
        let two = next.kind == MentionKind::Name && draft.name_words(next).len() > 1;
        given && two && draft.between(mention.span, next.span) == Some(" and ")
    })
}

enum Called {
    One(Id),
    Several,
    Nobody,
}

/// The person whom the word `name` alone can mean, at the mention `i`.
fn person_called(
    draft: &Draft,
    index: &Index,
    i: MentionIndex,
    name: &Word,
    gender: Option<Gender>,
) -> Called {
    let agrees = |id: &Id| {
        let known = draft.entities.get(*id).and_then(|e| e.gender);
        gender.is_none() || known.is_none() || known == gender
    };
    let bearers = index.by_surname.get(&surname_key(name.text)).map(Vec::as_slice).unwrap_or_default();
    let bearers: Vec<&Person> = bearers.iter().filter(|p| agrees(&p.id)).collect();
    let given = index.by_given.get(&fold(name.text)).map(Vec::as_slice).unwrap_or_default();
    let given: Vec<Id> = given.iter().copied().filter(|id| agrees(id)).collect();
    // Of a family, a surname alone means whoever has been named so far, if one has.
    let mut named = bearers.iter().filter(|person| person.first < i);
    match (bearers.as_slice(), given.as_slice()) {
        ([one], _) => Called::One(one.id),
        ([], [one]) => Called::One(*one),
        ([], []) => Called::Nobody,
        _ => match (named.next(), named.next()) {
            (Some(one), None) => Called::One(one.id),
            // Once "Hale" alone has meant one of two, the other is named in full.
            _ => match index.bare.get(&surname_key(name.text)).filter(|id| gender.is_none() || agrees(id)) {
                Some(id) => Called::One(*id),
                None => Called::Several,
            },
        },
    }
}
