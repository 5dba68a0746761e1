//! Runs of capitalised words that may be names.
//!
//! In: the words and titles of a report. Out: its [`Run`]s: where a name may stand, cut where two names meet
//! ("Russian" and "Vladimir" in "Russian Vladimir"). It does not know what sort of thing a run names.

use std::ops::Range;

use super::descriptions;
use super::nobody::{is_calendar, is_given_name, is_never_name, is_plural_office};
use super::titles::{Title, known_at};
use super::unions;
use super::usage::Usage;
use super::words::Word;
use crate::annotate::Pos;
use crate::annotate::lexicon::{self, Known};

/// A name, as a range of words, and what the lexicons know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its words, with an honorific.
    pub words: Range<usize>,
    /// What the lexicons say that it names.
    pub known: Option<Known>,
}

/// The runs among `words` that `titles` leave over.
pub(super) fn find(words: &[Word], titles: &[Title], usage: &Usage) -> Vec<Run> {
    let taken = taken(words, titles);
    let is_taken = |i: usize| taken.get(i).copied().unwrap_or(true);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if is_taken(at) || words.get(at).is_none_or(|w| w.furniture) {
            at += 1;
            continue;
        }
        match run_at(words, at, &is_taken, usage) {
            Some(mut run) => {
                at = run.words.end;
                let floor = runs.last().map_or(0, |before: &Run| before.words.end);
                run.words.start = office_start(words, &run.words).max(floor);
                runs.push(run);
            }
            None => at += 1,
        }
    }
    runs
}

/// Where the name of an office begins that is somebody's: "Prosecutor’s Office".
fn office_start(words: &[Word], run: &Range<usize>) -> usize {
    let start = run.start;
    let office = run.len() == 1 && words.get(start).is_some_and(|w| w.text == "Office" && !w.initial);
    let owner = start.checked_sub(1).and_then(|i| words.get(i)).zip(words.get(start));
    let owned = owner.is_some_and(|(owner, w)| owner.possessive && owner.capitalised() && w.touches(owner));
    if !office || !owned {
        return start;
    }
    let title = |i: &usize| {
        let (word, next) = (words.get(*i), words.get(*i + 1));
        word.zip(next).is_some_and(|(w, next)| w.capitalised() && next.touches(w)) && !words[*i].initial
    };
    (start.saturating_sub(4)..start).rev().take_while(title).last().unwrap_or(start)
}

/// The words that belong to a title and to no name in it.
fn taken(words: &[Word], titles: &[Title]) -> Vec<bool> {
    let mut taken = vec![false; words.len()];
    for title in titles {
        for i in title.words.start..title.noun.end {
            let Some(word) = words.get(i) else { break };
            let modifier = !word.possessive
                && lexicon::is_title_modifier(&word.lower())
                && !unions::goes_on(words, i)
                && !closes_party(words, title, i);
            if title.noun.contains(&i) || modifier {
                taken.get_mut(i).into_iter().for_each(|mark| *mark = true);
            }
        }
        // A name that is made of modifiers ("White House") stays a name.
        let mut i = title.words.start;
        while i < title.noun.start {
            let known = known_at(words, i).filter(|(range, _)| range.end <= title.noun.start);
            let end = known.map_or(i + 1, |(range, _)| {
                range.clone().for_each(|j| taken.get_mut(j).into_iter().for_each(|mark| *mark = false));
                range.end
            });
            i = end;
        }
    }
    taken
}

/// Whether "Party" at `i` ends the name of what a title leads: "Centre Party leader".
fn closes_party(words: &[Word], title: &Title, i: usize) -> bool {
    let pair =
        i.checked_sub(1).filter(|b| *b >= title.words.start).and_then(|b| words.get(b)).zip(words.get(i));
    pair.is_some_and(|(before, word)| {
        let own = before.capitalised() && word.follows(before);
        own && matches!(word.text, "Party" | "Union") && known_at(words, i - 1).is_none()
    })
}

fn run_at(words: &[Word], at: usize, is_taken: &dyn Fn(usize) -> bool, usage: &Usage) -> Option<Run> {
    let first = words.get(at)?;
    if let Some(end) = election_end(words, at, is_taken) {
        return Some(Run { words: at..end, known: None });
    }
    let known = known_at(words, at).filter(|(range, _)| !range.clone().any(is_taken));
    let heading = usage.heading.get(at).copied().unwrap_or(false);
    let month = is_given_name(words, at);
    if known.is_none() && (!first.capitalised() || (is_never_name(first) && !month)) {
        return None;
    }
    let honorific = lexicon::gender_of_honorific(first.text).is_some();
    let addressed =
        honorific && words.get(at + 1).is_some_and(|next| next.capitalised() && next.touches(first));
    let body = unions::leads(words, at) || unions::goes_on(words, at + 1);
    if known.is_none() && first.initial && usage.is_plain(first) && !addressed && !body && !month {
        return None;
    }
    if known.is_none() && descriptions::describes(words, at, usage) {
        return None;
    }
    let end = run_end(words, at, is_taken);
    if let Some((range, known)) = known {
        return Some(with_known(words, range, known, end));
    }
    let given = end > at + 1 && lexicon::is_given_name(first.text);
    let titled = at
        .checked_sub(1)
        .is_some_and(|before| is_taken(before) && words.get(before).is_some_and(|b| first.follows(b)));
    if heading
        && !given
        && !titled
        && !(at..end).all(|i| words.get(i).is_some_and(|w| usage.capital.contains(w.text)))
    {
        return None;
    }
    let end = trimmed_end(words, at, end);
    let alone = end == at + 1 && first.initial;
    if alone && !is_name_alone(words, at, usage) {
        return None;
    }
    (end > at).then_some(Run { words: at..end, known: None })
}

/// The end of an election's name, which begins with its year: "2003 Norwegian local elections".
fn election_end(words: &[Word], at: usize, is_taken: &dyn Fn(usize) -> bool) -> Option<usize> {
    const LONGEST: usize = 8;
    let year = words.get(at)?;
    if year.text.len() != 4 || !year.text.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    for i in at + 1..at + LONGEST {
        let (before, word) = (words.get(i - 1)?, words.get(i)?);
        if !word.follows(before) || is_taken(i) {
            return None;
        }
        let lower = word.lower();
        if matches!(lower.as_str(), "election" | "elections" | "referendum") {
            return Some(i + 1);
        }
        let sort = [
            "general",
            "presidential",
            "parliamentary",
            "legislative",
            "federal",
            "state",
            "local",
            "municipal",
            "provincial",
            "regional",
            "gubernatorial",
            "primary",
            "midterm",
            "mayoral",
            "congressional",
            "by",
            "special",
            "snap",
            "leadership",
            "senate",
            "of",
            "and",
            "in",
            "the",
            "independence",
            "council",
            "city",
        ];
        if !word.capitalised() && !sort.contains(&lower.as_str()) {
            return None;
        }
    }
    None
}

/// A run that begins with a known name: the whole of it is one name where it ends like a body ("Russian
/// Direct Investment Fund"), begins like a person ("Georgia Hale") or goes on after a city ("Paris Match").
fn with_known(words: &[Word], range: Range<usize>, known: Known, end: usize) -> Run {
    let text = |i: usize| words.get(i).map(|w| w.text).unwrap_or_default();
    if end <= range.end {
        return Run { words: range, known: Some(known) };
    }
    let inner = (range.end..end).find_map(|i| known_at(words, i).filter(|(r, _)| r.end == end));
    // "US State Department" is one name, "Ukraine Nato" in "Ukraine Nato membership" is two.
    let body = matches!(&inner, Some((inner, Known::Organization { .. })) if inner.len() > 1);
    // Two peoples or countries side by side are two names.
    // "African Academy of Sciences" is headed by "Academy", "Supreme Court of Norway" by the known name.
    let of = (range.end..end).find(|i| matches!(text(*i), "of" | "for"));
    let heads = match of {
        Some(of) if of == range.end => matches!(known, Known::Organization { .. }),
        of => lexicon::last_word(text(of.unwrap_or(end) - 1)).is_some(),
    };
    let separate = inner.is_some() && !body && !heads;
    let person = range.len() == 1 && lexicon::is_given_name(text(range.start)) && !heads;
    let hyphen = words.get(range.end).is_some_and(Word::hyphenated);
    let whole = !separate && !hyphen && (heads || body || person || known == Known::Place);
    if whole {
        return Run { words: range.start..end, known: None };
    }
    Run { words: range, known: Some(known) }
}

/// The end of the run that starts at `at`.
fn run_end(words: &[Word], at: usize, is_taken: &dyn Fn(usize) -> bool) -> usize {
    const LONGEST: usize = 12;
    let mut end = at + 1;
    while end < at + LONGEST {
        let (Some(before), Some(word)) = (words.get(end - 1), words.get(end)) else { break };
        let office = is_plural_office(word.text)
            && words.get(end + 1).is_some_and(|next| lexicon::is_given_name(next.text));
        if office
            || !(word.follows(before) || unions::goes_on(words, end) || is_joined_by_ampersand(before, word))
            || word.initial
            || is_taken(end)
            || (word.hyphenated() && splits(words, end))
        {
            break;
        }
        if word.capitalised() && !is_calendar(word) {
            end += 1;
        } else if let Some(after) = connected(words, at, end) {
            end = after;
        } else {
            break;
        }
    }
    end
}

/// "Hart & Stone": one name, in which both words have a capital; "Ann Hale & Jon Reed" are two.
pub(super) fn is_joined_by_ampersand(before: &Word, word: &Word) -> bool {
    let persons = lexicon::is_given_name(word.text);
    word.gap == " & " && before.capitalised() && !before.possessive && word.capitalised() && !persons
}

/// Whether the hyphen before `at` parts two names: "US-Russia", but not "Al-Aiban".
fn splits(words: &[Word], at: usize) -> bool {
    let (Some(before), Some(word)) = (at.checked_sub(1).and_then(|b| words.get(b)), words.get(at)) else {
        return false;
    };
    if !word.capitalised() {
        return !word.text.starts_with(char::is_numeric);
    }
    let alone = |i: usize| known_at(words, i).is_some_and(|(range, _)| range.len() == 1);
    let particle =
        matches!(before.text, "Al" | "El" | "Abu" | "Ben" | "Bin" | "Ibn" | "Jean" | "Anne" | "Marie");
    if particle || (!alone(at - 1) && lexicon::is_given_name(before.text)) {
        return false;
    }
    alone(at - 1) || alone(at) || recurs(words, at)
}

/// Whether both halves of the compound also stand apart nearby; looks at a bounded number of words.
fn recurs(words: &[Word], at: usize) -> bool {
    const NEAR: usize = 1500;
    let range = at.saturating_sub(NEAR)..(at + NEAR).min(words.len());
    let nearby = words.get(range).unwrap_or_default();
    let (Some(left), Some(right)) = (words.get(at - 1), words.get(at)) else { return false };
    let apart = |text: &str| {
        let pairs = nearby.windows(2);
        pairs.into_iter().any(|w| matches!(w, [a, b] if a.text == text && !a.hyphenated() && !b.hyphenated()))
    };
    apart(left.text) && apart(right.text)
}

/// A small word within a surname: "van", "bin".
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "bin"
            | "ibn"
            | "bint"
            | "al"
            | "el"
            | "van"
            | "von"
            | "de"
            | "da"
            | "di"
            | "del"
            | "della"
            | "der"
            | "den"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "ter"
            | "ten"
            | "zu"
            | "af"
            | "ul"
            | "ur"
            | "abu"
    )
}

/// The end of the run where the small word at `at` joins what follows to it.
fn connected(words: &[Word], start: usize, at: usize) -> Option<usize> {
    let word = words.get(at)?;
    let last = words.get(at - 1)?;
    let follows = |i: usize| {
        let pair = words.get(i - 1).zip(words.get(i));
        pair.is_some_and(|(before, word)| word.follows(before) && word.capitalised() && !is_calendar(word))
    };
    match word.text {
        particle if is_particle(particle) => {
            let next = (at + 1..at + 3).find(|i| follows(*i))?;
            let between = words.get(at + 1..next).unwrap_or_default();
            between.iter().all(|w| matches!(w.text, "la" | "der" | "den" | "al" | "el")).then_some(next + 1)
        }
        "of" | "for" if takes_of(words, start, at) => {
            let the = usize::from(words.get(at + 1).is_some_and(|w| w.text == "the"));
            follows(at + 1 + the).then_some(at + 2 + the)
        }
        "and" if lists_fields(words, start, at) || names_fields(words, start, at) => {
            follows(at + 1).then_some(at + 2)
        }
        _ if word.hyphenated() && word.text.starts_with(char::is_numeric) => {
            (last.acronym() || last.text.len() == 1).then_some(at + 1)
        }
        _ => None,
    }
}

/// Whether the run before "of" is the head of a longer name: "Ministry of Defence".
fn takes_of(words: &[Word], start: usize, of: usize) -> bool {
    let Some(last) = words.get(of - 1) else { return false };
    let heads = [
        "House", "State", "States", "Republic", "Kingdom", "Duke", "Duchess", "Bay", "Gulf", "Isle", "Tower",
    ];
    let parts = [
        "Battle",
        "Treaty",
        "Declaration",
        "Chamber",
        "Church",
        "Bureau",
        "Archbishop",
        "Statue",
        "Secretary",
    ];
    let known =
        lexicon::last_word(last.text).is_some() || heads.contains(&last.text) || parts.contains(&last.text);
    known && (of - start) <= 5
}

/// Whether "and" stands between the fields of one body: "Department of Health and Human Services".
fn lists_fields(words: &[Word], start: usize, and: usize) -> bool {
    let bodies = [
        "Department",
        "Ministry",
        "Committee",
        "Centers",
        "Office",
        "Agency",
        "Institute",
        "Bureau",
        "Commission",
    ];
    let run = words.get(start..and).unwrap_or_default();
    let head = run.first().is_some_and(|w| bodies.contains(&w.text));
    let another = known_at(words, and + 1).is_some() || words.get(and + 1).is_some_and(Word::acronym);
    head && !another && run.iter().any(|w| matches!(w.text, "of" | "for" | "on"))
}

/// Whether "and" stands between the fields by which a body is named: "the Competition and Markets Authority".
fn names_fields(words: &[Word], start: usize, and: usize) -> bool {
    let field = |w: &Word| w.capitalised() && matches!(w.pos, Some(Pos::NN | Pos::NNS)) && !w.acronym();
    let the = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower() == "the");
    let first = words.get(start).is_some_and(|w| field(w) && known_at(words, start).is_none());
    let body = words.get(and + 2).zip(words.get(and + 1)).is_some_and(|(last, before)| {
        let heads =
            ["Authority", "Commission", "Agency", "Board", "Council", "Office", "Committee", "Ministry"];
        last.follows(before) && heads.contains(&last.text)
    });
    the && and == start + 1 && first && body
}

/// The run without a day or a month at its end.
fn trimmed_end(words: &[Word], start: usize, mut end: usize) -> usize {
    while end > start && words.get(end - 1).is_some_and(is_calendar) {
        end -= 1;
    }
    end
}

/// Whether a single word at the head of a sentence is a name.
fn is_name_alone(words: &[Word], at: usize, usage: &Usage) -> bool {
    let Some(word) = words.get(at) else { return false };
    if usage.capital.contains(word.text) || lexicon::is_given_name(word.text) || word.acronym() {
        return true;
    }
    if let Some(pos) = word.pos {
        return pos.is_name();
    }
    let plain_ending = ["ing", "ed", "ly", "s"].iter().any(|ending| word.text.ends_with(ending));
    let goes_on = words.get(at + 1).is_some_and(|next| next.touches(word) && !next.capitalised());
    (word.possessive || !plain_ending) && goes_on && word.text.chars().count() >= 4
}
