//! Whether a clause looks back or ahead.
//!
//! In: the pieces of a sentence and the place of an expression of time in it. Out: [`Direction`]. It does not know
//! parts of speech: it reads the words that carry tense and the words that schedule.

use super::super::numbers::Pieces;
use super::words::weekday;

/// Where the time lies that a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// At or before the report.
    Past,
    /// At or after it.
    Future,
}

/// How far a cue may stand from the expression, in pieces; longer clauses are rare in news.
const REACH: usize = 24;

/// The direction of the clause around the pieces `start..end`: the nearest cue to the left within the
/// clause, then to the right, then further to the left. News looks back where nothing says otherwise.
pub fn direction(pieces: &Pieces, start: usize, end: usize) -> Direction {
    if pieces.before(start, 1) == "since" {
        return Direction::Past;
    }
    if is_moved_to(pieces, start)
        || is_called_off(pieces, start, end)
        || is_timetabled(pieces, start)
        || is_set_for(pieces, start, end)
    {
        return Direction::Future;
    }
    let left = || (start.saturating_sub(REACH)..start).rev();
    let right = end..(end + REACH).min(pieces.len());
    let within = |i: &usize| !is_border(pieces, *i);
    // What is under way may be about something older: "are investigating Friday's attack".
    let owned = is_owner(pieces, end);
    let cue = |i: usize| cue(pieces, i).or_else(|| progressive(pieces, i).filter(|_| !owned));
    let near = left().take_while(within).find_map(cue);
    near.or_else(|| right.take_while(within).find_map(cue))
        .or_else(|| left().find_map(cue))
        .unwrap_or(Direction::Past)
}

/// Whether a noun after the expression is said to be its own: "Friday's".
fn is_owner(pieces: &Pieces, end: usize) -> bool {
    pieces.is(end, &["'", "’", "'s", "’s"])
}

/// "elections called for Friday", "a call was being prepared for June 3"; "figures for March" look back.
fn is_set_for(pieces: &Pieces, start: usize, end: usize) -> bool {
    let day = weekday(pieces.lower(start)).is_some() || (start..end).any(|i| pieces.digits(i));
    pieces.before(start, 1) == "for" && day && !is_owner(pieces, end)
}

/// "postponed the visit to Friday", "pushed back to March 10".
fn is_moved_to(pieces: &Pieces, start: usize) -> bool {
    const MOVES: [&str; 10] = [
        "put",
        "postponed",
        "moved",
        "pushed",
        "delayed",
        "shifted",
        "deferred",
        "brought",
        "extended",
        "rescheduled",
    ];
    pieces.before(start, 1) == "to" && (2..9).any(|back| MOVES.contains(&pieces.before(start, back)))
}

/// "Schools reopen on Tuesday", "The trial begins Monday", "The law takes effect on May 1": what is told in the present,
/// and dated, is ahead.
fn is_timetabled(pieces: &Pieces, start: usize) -> bool {
    const VERBS: [&str; 26] = [
        "reopen", "reopens", "open", "opens", "begin", "begins", "start", "starts", "resume", "resumes",
        "meet", "meets", "vote", "votes", "expire", "expires", "ends", "closes", "returns", "arrives",
        "leaves", "convenes", "is", "are", "take", "takes",
    ];
    const PAST: [&str; 7] = ["did", "didn", "not", "let", "helped", "made", "saw"];
    let last = if pieces.before(start, 1) == "on" { 2 } else { 1 };
    let light = matches!(pieces.before(start, last), "effect" | "place");
    let verb = last + usize::from(light);
    VERBS.contains(&pieces.before(start, verb))
        && !(1..=3).any(|back| PAST.contains(&pieces.before(start, verb + back)))
}

/// "Friday's visit has been postponed", "cancelled Friday's visit": what is called off was ahead.
fn is_called_off(pieces: &Pieces, start: usize, end: usize) -> bool {
    const OFF: [&str; 7] =
        ["postponed", "cancelled", "canceled", "scrapped", "delayed", "rescheduled", "off"];
    let near = start.saturating_sub(4)..(end + 14).min(pieces.len());
    is_owner(pieces, end) && near.into_iter().any(|i| pieces.is(i, &OFF))
}

fn is_border(pieces: &Pieces, i: usize) -> bool {
    const BORDERS: [&str; 17] = [
        "after", "before", "when", "while", "because", "which", "who", "whom", "whose", "that", "but",
        "although", "though", "where", "if", ";", ":",
    ];
    pieces.is(i, &BORDERS) || (pieces.is(i, &["and", "as"]) && pieces.is(i + 1, &["he", "she", "they", "it"]))
}

fn cue(pieces: &Pieces, i: usize) -> Option<Direction> {
    let word = pieces.lower(i);
    if FUTURE.contains(&word) || is_modal(pieces, i) || (word == "to" && is_infinitive(pieces, i + 1)) {
        return Some(Direction::Future);
    }
    looks_past(pieces, i).then(|| helped(pieces, i).unwrap_or(Direction::Past))
}

/// Whether the word at `i` has the form of a past tense or participle and stands for an event: of "a group led by a
/// judge" the participle only says which group.
fn looks_past(pieces: &Pieces, i: usize) -> bool {
    const DESCRIBING: [&str; 8] =
        ["led", "headed", "chaired", "backed", "hosted", "organised", "organized", "supported"];
    let word = pieces.lower(i);
    let describes =
        DESCRIBING.contains(&word) && pieces.is(i + 1, &["by"]) && !BE.contains(&pieces.before(i, 1));
    let regular = word.len() > 3 && word.ends_with("ed") && !pieces.capital(i) && !PAST_LOOK.contains(&word);
    (regular || PAST.contains(&word)) && !describes
}

/// What the words that help the participle at `i` say of it: "will be opened" and "is to be opened" look ahead, "may
/// have been opened" back; `None` where nothing helps it, or only what looks back anyway.
fn helped(pieces: &Pieces, i: usize) -> Option<Direction> {
    let first = (i.saturating_sub(LONGEST_GROUP)..i).rev().find(|j| !joins_group(pieces, *j))?;
    let has = |words: &[&str]| (first + 1..i).any(|j| pieces.is(j, words));
    let perfect = has(&["have"]);
    match pieces.lower(first) {
        "will" | "shall" => Some(Direction::Future),
        _ if is_modal(pieces, first) => (!perfect).then_some(Direction::Future),
        "to" if has(&["be"]) && !perfect && !is_looked_back_on(pieces, first) => Some(Direction::Future),
        "to" if first + 1 == i && is_infinitive(pieces, i) => Some(Direction::Future),
        "is" | "are" if has(&["being"]) => Some(Direction::Future),
        _ => None,
    }
}

/// How many words a verb group may have before its participle.
const LONGEST_GROUP: usize = 8;

/// Whether the word at `i` only joins a participle to the word that opens its verb group: "be", "not", "quickly", and
/// the first of "opened and blessed".
fn joins_group(pieces: &Pieces, i: usize) -> bool {
    const BETWEEN: [&str; 18] = [
        "be", "been", "being", "have", "not", "t", "'", "’", "also", "now", "then", "first", "soon", "never",
        "still", "once", "again", "both",
    ];
    let word = pieces.lower(i);
    let listed = |j: usize| pieces.is(j, &["and", "or"]) && pieces.lower(j + 1).ends_with("ed");
    let conjunction = listed(i) && i > 0 && pieces.lower(i - 1).ends_with("ed");
    BETWEEN.contains(&word) || word.ends_with("ly") || conjunction || word.ends_with("ed") && listed(i + 1)
}

/// Whether "to be" at `to` tells what was: "seems to be delayed", "the first man to be tried".
fn is_looked_back_on(pieces: &Pieces, to: usize) -> bool {
    const SEEMING: [&str; 14] = [
        "seem", "seems", "seemed", "appear", "appears", "appeared", "believed", "thought", "said", "known",
        "reported", "claimed", "claims", "found",
    ];
    const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "last", "latest", "only"];
    let ordinal = (1..=6).any(|back| ORDINALS.contains(&pieces.before(to, back)));
    ordinal || SEEMING.contains(&pieces.before(to, 1))
}

/// "will", "can", "won’t", "they’ll".
fn is_modal(pieces: &Pieces, i: usize) -> bool {
    const MODALS: [&str; 10] =
        ["will", "would", "shall", "may", "might", "could", "can", "cannot", "must", "should"];
    const DENIED: [&str; 5] = ["won", "wouldn", "couldn", "shouldn", "mustn"];
    let apostrophe = |j: usize| pieces.is(j, &["'", "’"]);
    let named = pieces.is(i, &["may"]) && pieces.capital(i);
    let contracted = pieces.is(i, &["ll"]) && i > 0 && apostrophe(i - 1);
    (pieces.is(i, &MODALS) && !named) || contracted || (pieces.is(i, &DENIED) && apostrophe(i + 1))
}

/// "is meeting", "are only returning": what is told so, and dated, is ahead.
fn progressive(pieces: &Pieces, i: usize) -> Option<Direction> {
    const NOUNS: [&str; 8] =
        ["nothing", "something", "anything", "everything", "evening", "morning", "during", "spring"];
    let word = pieces.lower(i);
    let form = word.len() > 4 && word.ends_with("ing") && !pieces.capital(i) && !NOUNS.contains(&word);
    let first = (i.saturating_sub(LONGEST_GROUP)..i).rev().find(|j| !joins_group(pieces, *j));
    let present = first.is_some_and(|j| pieces.is(j, &["is", "are", "re"]));
    (form && present).then_some(Direction::Future)
}

/// "to meet", but not "to the", "to Paris", "to 12", "to wounded".
fn is_infinitive(pieces: &Pieces, i: usize) -> bool {
    const NOT: [&str; 24] = [
        "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
        "those", "him", "them", "us", "it", "me", "some", "any", "all", "what", "date",
    ];
    let word = pieces.lower(i);
    let plural = word.ends_with('s') && (!word.ends_with("ss") || word.ends_with("ness")) && word != "focus";
    let participle = word.ends_with("ed") && !PAST_LOOK.contains(&word);
    pieces.letters(i) && !pieces.capital(i) && !NOT.contains(&word) && !plural && !participle
}

/// Forms of "be" that can stand right before a participle.
const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "re"];

/// Words that set a date ahead, whatever the tense around them ("was scheduled for").
const FUTURE: [&str; 23] = [
    "due",
    "planned",
    "plans",
    "planning",
    "scheduled",
    "rescheduled",
    "slated",
    "expected",
    "expects",
    "upcoming",
    "coming",
    "deadline",
    "tentatively",
    "until",
    "till",
    "forthcoming",
    "intends",
    "hopes",
    "aims",
    "proposed",
    "prepares",
    "preparing",
    "starting",
];

/// Irregular pasts that news uses.
const PAST: [&str; 75] = [
    "said",
    "told",
    "was",
    "were",
    "had",
    "met",
    "began",
    "came",
    "went",
    "held",
    "took",
    "gave",
    "made",
    "left",
    "spoke",
    "wrote",
    "saw",
    "found",
    "led",
    "sent",
    "hit",
    "struck",
    "fell",
    "rose",
    "won",
    "lost",
    "broke",
    "built",
    "bought",
    "brought",
    "caught",
    "chose",
    "cut",
    "did",
    "drew",
    "drove",
    "fled",
    "flew",
    "fought",
    "got",
    "grew",
    "heard",
    "kept",
    "knew",
    "laid",
    "lay",
    "paid",
    "put",
    "ran",
    "read",
    "sat",
    "shot",
    "shook",
    "shut",
    "sold",
    "spent",
    "split",
    "stood",
    "stole",
    "swore",
    "swept",
    "thought",
    "threw",
    "understood",
    "withdrew",
    "woke",
    "wore",
    "became",
    "been",
    "done",
    "taken",
    "given",
    "seen",
    "shown",
    "known",
];

/// Words that end like a past and are none.
const PAST_LOOK: [&str; 12] = [
    "united", "need", "indeed", "speed", "hundred", "indebted", "proceed", "exceed", "feed", "succeed",
    "shed", "bleed",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn of(text: &str) -> Direction {
        let lower = text.to_ascii_lowercase();
        let pieces = Pieces::cut(text, &lower, Span::new(0..text.len()));
        let at = (0..pieces.len()).find(|i| pieces.is(*i, &["friday"])).unwrap_or(0);
        direction(&pieces, at, at + 1)
    }

    #[test]
    fn what_is_called_off_was_ahead() {
        assert_eq!(of("Friday's visit has been postponed"), Direction::Future);
        assert_eq!(of("The minister cancelled Friday's visit"), Direction::Future);
        assert_eq!(of("Friday's vote was close"), Direction::Past);
    }

    #[test]
    fn a_participle_looks_where_its_helpers_look() {
        for text in [
            "The quay would be mended by Friday",
            "The dykes will be raised and widened on Friday",
            "The gate must be opened on Friday",
            "The list is to be published on Friday",
            "The envoy is to address the assembly on Friday",
            "The duty won’t be cut on Friday",
            "The line is being reopened on Friday",
            "The council is meeting on Friday",
            "A call was being prepared for Friday",
            "She will receive a group led by a judge on Friday",
            "He expects to be freed on Friday",
            "The law takes effect on Friday",
            "The vote is on Friday",
        ] {
            assert_eq!(of(text), Direction::Future, "{text}");
        }
        for text in [
            "The gate may have been opened on Friday",
            "He is believed to have been freed on Friday",
            "She was the first guard to be wounded on Friday",
            "The envoy appeared to be delayed on Friday",
            "Police are investigating Friday's blaze",
            "The line has been closed since Friday",
            "They will try a man who was arrested on Friday",
            "The law took effect on Friday",
            "The fire spread to parked cars on Friday",
        ] {
            assert_eq!(of(text), Direction::Past, "{text}");
        }
    }

    #[test]
    fn the_nearest_verb_decides() {
        for text in [
            "Ministers met on Friday to discuss grain",
            "The mayor said on Friday that the bridge would close",
            "The mayor on Friday opened the bridge, which will close",
            "She will host a dinner after a summit on Friday brought them together",
            "Friday's vote was close",
            "Returning to the capital on Friday, she smiled",
            "He said after talks in Oslo on Friday that it would rain",
            "The shop did not open on Friday",
            "The shop didn’t open on Friday",
        ] {
            assert_eq!(of(text), Direction::Past, "{text}");
        }
        for text in [
            "Ministers will meet on Friday",
            "The visit was scheduled for Friday",
            "talks planned for Friday",
            "The trial had been due to open on Friday",
            "She said she would host a dinner on Friday",
            "He promised to resign on Friday",
            "They’ll vote on Friday",
            "He postponed the visit to Friday",
            "The mayor said that schools reopen on Friday",
            "The trial begins Friday",
        ] {
            assert_eq!(of(text), Direction::Future, "{text}");
        }
    }
}
