//! Whether a clause looks back or ahead.
//!
//! In: the pieces of a sentence and the place of an expression of time in it. Out: [`Direction`]. It does not know
//! parts of speech: it reads the words that carry tense and the words that schedule.

use super::super::numbers::Pieces;

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
    if is_moved_to(pieces, start) || is_called_off(pieces, start, end) || is_timetabled(pieces, start) {
        return Direction::Future;
    }
    let left = || (start.saturating_sub(REACH)..start).rev();
    let right = end..(end + REACH).min(pieces.len());
    let within = |i: &usize| !is_border(pieces, *i);
    let near = left().take_while(within).find_map(|i| cue(pieces, i));
    near.or_else(|| right.take_while(within).find_map(|i| cue(pieces, i)))
        .or_else(|| left().find_map(|i| cue(pieces, i)))
        .unwrap_or(Direction::Past)
}

/// "postponed the visit to Friday", "pushed back to March 10".
fn is_moved_to(pieces: &Pieces, start: usize) -> bool {
    const MOVES: [&str; 9] = [
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

/// "Schools reopen on Tuesday", "The trial begins Monday": what is told in the present, and dated, is ahead.
fn is_timetabled(pieces: &Pieces, start: usize) -> bool {
    const VERBS: [&str; 22] = [
        "reopen", "reopens", "open", "opens", "begin", "begins", "start", "starts", "resume", "resumes",
        "meet", "meets", "vote", "votes", "expire", "expires", "ends", "closes", "returns", "arrives",
        "leaves", "convenes",
    ];
    const PAST: [&str; 7] = ["did", "didn", "not", "let", "helped", "made", "saw"];
    let verb = if pieces.before(start, 1) == "on" { 2 } else { 1 };
    VERBS.contains(&pieces.before(start, verb))
        && !(1..=3).any(|back| PAST.contains(&pieces.before(start, verb + back)))
}

/// "Friday's visit has been postponed", "cancelled Friday's visit": what is called off was ahead.
fn is_called_off(pieces: &Pieces, start: usize, end: usize) -> bool {
    const OFF: [&str; 7] =
        ["postponed", "cancelled", "canceled", "scrapped", "delayed", "rescheduled", "off"];
    let owns = pieces.is(end, &["'", "’", "'s", "’s"]);
    let near = start.saturating_sub(4)..(end + 14).min(pieces.len());
    owns && near.into_iter().any(|i| pieces.is(i, &OFF))
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
    if FUTURE.contains(&word) || (word == "to" && is_infinitive(pieces, i + 1)) {
        return Some(Direction::Future);
    }
    let contracted = |ending: &str| word == ending && pieces.is(i.wrapping_sub(1), &["'", "’"]);
    if contracted("ll") {
        return Some(Direction::Future);
    }
    let regular = word.len() > 3 && word.ends_with("ed") && !pieces.capital(i) && !PAST_LOOK.contains(&word);
    (regular || PAST.contains(&word)).then_some(Direction::Past)
}

/// "to meet", but not "to the", "to Paris", "to 12".
fn is_infinitive(pieces: &Pieces, i: usize) -> bool {
    const NOT: [&str; 24] = [
        "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
        "those", "him", "them", "us", "it", "me", "some", "any", "all", "what", "date",
    ];
    pieces.letters(i) && !pieces.capital(i) && !pieces.is(i, &NOT) && !pieces.lower(i).ends_with('s')
}

/// Words that set a date ahead, whatever the tense around them ("was scheduled for").
const FUTURE: [&str; 29] = [
    "will",
    "would",
    "shall",
    "may",
    "might",
    "could",
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
const PAST_LOOK: [&str; 8] =
    ["united", "need", "indeed", "speed", "hundred", "indebted", "proceed", "exceed"];

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
