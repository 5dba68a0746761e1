//! Whether a clause looks back or ahead.
//!
//! In: the pieces of a sentence, tagged where the report is, and the place of an expression of time in it. Out:
//! [`Direction`]. It does not know a grammar: it reads the words that carry tense and the words that schedule.

use super::super::Pos;
use super::super::numbers::small;
use super::Words;
use super::words::{month, weekday};

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
pub fn direction(pieces: &Words, start: usize, end: usize) -> Direction {
    if pieces.before(start, 1) == "since" {
        return Direction::Past;
    }
    if is_moved_to(pieces, start)
        || is_moved_from(pieces, start, end)
        || is_called_off(pieces, start, end)
        || is_timetabled(pieces, start)
        || is_scheduled(pieces, start)
        || is_set_for(pieces, start, end)
        || is_wished(pieces, start)
        || is_in_force_from(pieces, start, end)
        || is_to_be_held(pieces, end)
    {
        return Direction::Future;
    }
    // "will vote before Friday": what stands right before a time joins no clause.
    let first = before_preposition(pieces, start);
    let left = || (start.saturating_sub(REACH)..first).rev();
    let right = end..(end + REACH).min(pieces.len());
    let within = |i: &usize| !is_border(pieces, *i);
    // What is under way may be about something older: "are investigating Friday's attack".
    let owned = is_owner(pieces, end);
    let cue = |i: usize| {
        cue(pieces, i)
            .or_else(|| progressive(pieces, i).filter(|_| !owned))
            .or_else(|| is_said_to_leave(pieces, i).then_some(Direction::Future))
    };
    let near = left().take_while(within).find_map(cue);
    near.or_else(|| right.take_while(within).find_map(cue))
        .or_else(|| left().find_map(cue))
        .unwrap_or(Direction::Past)
}

/// Where "before" stands that governs the expression from `start` on, over "mid-" and "the end of"; `start` where none does.
fn before_preposition(pieces: &Words, start: usize) -> usize {
    const OPENING: [&str; 9] = ["mid", "-", "early", "late", "the", "end", "of", "middle", "beginning"];
    let opens = (0..start).rev().take_while(|i| pieces.is(*i, &OPENING)).last().unwrap_or(start);
    if pieces.before(opens, 1) == "before" { opens - 1 } else { start }
}

/// Whether a noun after the expression is said to be its own: "Friday's".
fn is_owner(pieces: &Words, end: usize) -> bool {
    pieces.is(end, &["'", "’", "'s", "’s"])
}

/// "elections called for Friday", "a call was being prepared for June 3"; "figures for March" look back.
fn is_set_for(pieces: &Words, start: usize, end: usize) -> bool {
    let day = weekday(pieces.lower(start)).is_some() || (start..end).any(|i| pieces.digits(i));
    // "nobody had prepared for Friday"
    const SETTING: [&str; 8] =
        ["announced", "called", "set", "planned", "booked", "fixed", "scheduled", "arranged"];
    let over = pieces.before(start, 3) == "had"
        && start >= 2
        && looks_past(pieces, start - 2)
        && !SETTING.contains(&pieces.before(start, 2));
    pieces.before(start, 1) == "for" && day && !over && !is_owner(pieces, end)
}

/// Verbs that give a plan another day.
const MOVES: [&str; 13] = [
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
    "slipped",
    "slip",
    "adjourned",
];

/// "postponed the visit to Friday", "pushed back to March 10".
pub fn is_moved_to(pieces: &Words, start: usize) -> bool {
    pieces.before(start, 1) == "to" && (2..9).any(|back| MOVES.contains(&pieces.before(start, back)))
}

/// "moved from Friday to Sunday": the day that was given up was ahead as well.
fn is_moved_from(pieces: &Words, start: usize, end: usize) -> bool {
    pieces.before(start, 1) == "from"
        && pieces.is(end, &["to", "until"])
        && names_a_date(pieces, end + 1)
        && (2..9).any(|back| MOVES.contains(&pieces.before(start, back)))
}

/// Whether a date may begin at `i`.
fn names_a_date(pieces: &Words, i: usize) -> bool {
    let word = pieces.lower(i);
    weekday(word).is_some() || month(word).is_some() || pieces.digits(i) || matches!(word, "next" | "the")
}

/// "imposed a curfew from Friday", "suspended all flights from May 3": what is ordered from a day on begins with it.
fn is_in_force_from(pieces: &Words, start: usize, end: usize) -> bool {
    const ORDERED: [&str; 32] = [
        "imposed",
        "imposes",
        "imposing",
        "declared",
        "declares",
        "suspended",
        "suspends",
        "banned",
        "bans",
        "introduced",
        "introduces",
        "ordered",
        "orders",
        "halted",
        "halts",
        "lifted",
        "lifts",
        "raised",
        "raises",
        "cancelled",
        "canceled",
        "cancels",
        "restricted",
        "restricts",
        "announced",
        "announces",
        "scrapped",
        "abolished",
        "limited",
        "lowered",
        "granted",
        "proclaimed",
    ];
    let day = weekday(pieces.lower(start)).is_some() || (start..end).any(|i| pieces.digits(i));
    let ordered = || {
        let mut back = (start.saturating_sub(LONGEST_ORDER)..start).rev();
        back.find(|i| looks_past(pieces, *i) || ORDERED.contains(&pieces.lower(*i)))
            .is_some_and(|i| ORDERED.contains(&pieces.lower(i)))
    };
    pieces.before(start, 1) == "from"
        && day
        && !is_owner(pieces, end)
        && !pieces.is(end, &["to", "until", "-", "–", "onwards", "through"])
        && ordered()
}

/// How many pieces may stand between what is ordered and from when.
const LONGEST_ORDER: usize = 12;

/// "The strike on Friday would go ahead": what is to be held on a day is ahead.
fn is_to_be_held(pieces: &Words, end: usize) -> bool {
    let held = |i: usize| {
        pieces.is(i, &["go", "take"]) && pieces.is(i + 1, &["ahead", "place"])
            || pieces.is(i, &["be"]) && pieces.is(i + 1, &["held", "cancelled", "canceled", "postponed"])
    };
    pieces.is(end, &["will", "would", "should"]) && held(end + 1)
}

/// "demands a vote in February", "wants the ban lifted by May": what somebody wants is ahead. What he wants it for
/// ("answers about the crash on Friday") is not.
fn is_wished(pieces: &Words, start: usize) -> bool {
    const WISHES: [&str; 12] = [
        "want", "wants", "demand", "demands", "seek", "seeks", "request", "requests", "favour", "favours",
        "favor", "favors",
    ];
    const REASONS: [&str; 12] = [
        "over",
        "about",
        "into",
        "of",
        "against",
        "since",
        "following",
        "during",
        "amid",
        "behind",
        "on",
        "at",
    ];
    let wish = |i: usize| {
        let tag = pieces.tag(i);
        let verb = tag.is_none_or(|t| matches!(t, Pos::VBZ | Pos::VBP | Pos::VB));
        // The tagger takes "demands" after a name for a noun.
        let named = tag == Some(Pos::NNS) && i > 0 && pieces.capital(i - 1);
        WISHES.contains(&pieces.lower(i)) && (verb || named)
    };
    let Some(last) = start.checked_sub(2) else { return false };
    let mut back = (last.saturating_sub(LONGEST_ORDER)..=last).rev();
    let stops = |i: usize| {
        is_border(pieces, i) || REASONS.contains(&pieces.lower(i)) || looks_past(pieces, i) || wish(i)
    };
    matches!(pieces.before(start, 1), "in" | "on" | "by" | "for" | "from")
        && back.find(|i| stops(*i)).is_some_and(wish)
}

/// "decides on the budget on Monday", "go to the polls in November": what bodies do by the calendar, told in the
/// present and dated, is ahead.
fn is_scheduled(pieces: &Words, start: usize) -> bool {
    const VERBS: [&str; 27] = [
        "decides",
        "votes",
        "vote",
        "resumes",
        "begins",
        "convenes",
        "reconvenes",
        "elects",
        "rules",
        "chooses",
        "decide",
        "starts",
        "opens",
        "meets",
        "meet",
        "returns",
        "reopens",
        "hosts",
        "sits",
        "plays",
        "publishes",
        "expires",
        "ends",
        "kicks",
        "holds",
        "hold",
        "travels",
    ];
    // What only its part of speech tells from a noun.
    const TAGGED: [&str; 22] = [
        "flies",
        "fly",
        "departs",
        "depart",
        "sails",
        "sail",
        "arrives",
        "arrive",
        "addresses",
        "presents",
        "unveils",
        "visits",
        "debates",
        "receives",
        "hears",
        "closes",
        "launches",
        "signs",
        "appears",
        "open",
        "begin",
        "start",
    ];
    let phrase = |i: usize| match pieces.lower(i) {
        "go" | "goes" if pieces.is(i + 1, &["to"]) => {
            let at = i + 2 + usize::from(pieces.is(i + 2, &["the", "a"]));
            pieces.is(at, &["polls", "vote", "voters", "country"])
        }
        "go" | "goes" => {
            pieces.is(i + 1, &["into", "on"])
                && pieces.is(i + 2, &["effect", "force", "sale", "trial", "strike"])
        }
        "come" | "comes" => pieces.is(i + 1, &["into"]) && pieces.is(i + 2, &["effect", "force"]),
        "take" | "takes" => pieces.is(i + 1, &["office", "effect", "place"]),
        "enter" | "enters" => {
            pieces.is(i + 1, &["into"]) && pieces.is(i + 2, &["effect", "force", "service"])
        }
        word => {
            let plain = VERBS.contains(&word) && !DETERMINERS.contains(&pieces.before(i, 1));
            plain || TAGGED.contains(&word) && matches!(pieces.tag(i), Some(Pos::VBZ | Pos::VBP))
        }
    };
    let present = |i: usize| pieces.tag(i).is_none_or(|t| matches!(t, Pos::VBZ | Pos::VBP));
    let Some(last) = start.checked_sub(1) else { return false };
    let mut back = (last.saturating_sub(LONGEST_ORDER)..=last).rev();
    let verb = |i: usize| pieces.tag(i).is_some_and(Pos::is_verb);
    let stops = |i: &usize| is_border(pieces, *i) || looks_past(pieces, *i) || verb(*i) || phrase(*i);
    let by_the_calendar = |i: usize| phrase(i) && present(i);
    pieces.is(last, &["on", "in", "at", "next", "this", "by", "off", "again"])
        && back.find(stops).is_some_and(by_the_calendar)
}

/// "demanded a snap election on January 30", "named 6 February as the likely date": whether the last verb before the expression
/// says what somebody wanted or chose a day for.
pub fn is_wanted_then(pieces: &Words, start: usize) -> bool {
    const WANTED: [&str; 16] = [
        "demanded",
        "called",
        "wanted",
        "proposed",
        "suggested",
        "named",
        "favoured",
        "favored",
        "sought",
        "requested",
        "urged",
        "set",
        "fixed",
        "mentioned",
        "floated",
        "announced",
    ];
    let verb = |i: &usize| match pieces.tag(*i) {
        Some(tag) => tag.is_verb(),
        None => looks_past(pieces, *i),
    };
    let mut back = (start.saturating_sub(LONGEST_ORDER)..start).rev();
    back.find(|i| is_border(pieces, *i) || verb(i)).is_some_and(|i| WANTED.contains(&pieces.lower(i)))
}

/// "Schools reopen on Tuesday", "The trial begins Monday", "The law takes effect on May 1": what is told in the present,
/// and dated, is ahead.
fn is_timetabled(pieces: &Words, start: usize) -> bool {
    const VERBS: [&str; 26] = [
        "reopen", "reopens", "open", "opens", "begin", "begins", "start", "starts", "resume", "resumes",
        "meet", "meets", "vote", "votes", "expire", "expires", "ends", "closes", "returns", "arrives",
        "leaves", "convenes", "is", "are", "take", "takes",
    ];
    const PAST: [&str; 7] = ["did", "didn", "not", "let", "helped", "made", "saw"];
    let last = if pieces.before(start, 1) == "on" { 2 } else { 1 };
    let light = matches!(pieces.before(start, last), "effect" | "place");
    let verb = last + usize::from(light);
    // "The vote on Friday ended"
    let noun = DETERMINERS.contains(&pieces.before(start, verb + 1));
    VERBS.contains(&pieces.before(start, verb))
        && !noun
        && !(1..=3).any(|back| PAST.contains(&pieces.before(start, verb + back)))
}

/// "Friday's visit has been postponed", "cancelled Friday's visit": what is called off was ahead.
fn is_called_off(pieces: &Words, start: usize, end: usize) -> bool {
    const OFF: [&str; 7] =
        ["postponed", "cancelled", "canceled", "scrapped", "delayed", "rescheduled", "off"];
    let near = start.saturating_sub(4)..(end + 14).min(pieces.len());
    is_owner(pieces, end) && near.into_iter().any(|i| pieces.is(i, &OFF))
}

fn is_border(pieces: &Words, i: usize) -> bool {
    const BORDERS: [&str; 17] = [
        "after", "before", "when", "while", "because", "which", "who", "whom", "whose", "that", "but",
        "although", "though", "where", "if", ";", ":",
    ];
    let clock = pieces.is(i, &[":"]) && pieces.glued(i + 1);
    !clock && pieces.is(i, &BORDERS)
        || (pieces.is(i, &["and", "as"]) && pieces.is(i + 1, &["he", "she", "they", "it"]))
}

fn cue(pieces: &Words, i: usize) -> Option<Direction> {
    let word = pieces.lower(i);
    let infinitive = word == "to" && is_infinitive(pieces, i + 1) && !SEEMED.contains(&pieces.before(i, 1));
    if FUTURE.contains(&word) || is_modal(pieces, i) || infinitive {
        return Some(Direction::Future);
    }
    looks_past(pieces, i).then(|| helped(pieces, i).unwrap_or(Direction::Past))
}

/// Verbs whose infinitive tells of the day on which it seemed so.
const SEEMED: [&str; 5] = ["seemed", "appeared", "failed", "managed", "used"];

/// Whether the word at `i` has the form of a past tense or participle and stands for an event: of "a group led by a
/// judge" the participle only says which group.
fn looks_past(pieces: &Words, i: usize) -> bool {
    const DESCRIBING: [&str; 8] =
        ["led", "headed", "chaired", "backed", "hosted", "organised", "organized", "supported"];
    let word = pieces.lower(i);
    let describes =
        DESCRIBING.contains(&word) && pieces.is(i + 1, &["by"]) && !BE.contains(&pieces.before(i, 1));
    let regular = word.len() > 3 && word.ends_with("ed") && !pieces.capital(i) && !PAST_LOOK.contains(&word);
    (regular || PAST.contains(&word)) && !describes && !is_attributive(pieces, i)
}

/// Whether the participle at `i` stands before its noun: "the delayed treaty", "freed captives".
fn is_attributive(pieces: &Words, i: usize) -> bool {
    const NO_NOUNS: [&str; 24] = [
        "the", "a", "an", "in", "on", "at", "by", "to", "of", "for", "from", "with", "and", "or", "after",
        "before", "when", "while", "as", "that", "who", "which", "during", "last",
    ];
    let next = pieces.lower(i + 1);
    let noun = match pieces.tag(i + 1) {
        Some(tag) => tag.is_noun() || tag.is_adjective(),
        None => pieces.letters(i + 1) && !NO_NOUNS.contains(&next),
    };
    if !noun || weekday(next).is_some() || month(next).is_some() || matches!(next, "yesterday" | "today") {
        return false;
    }
    let adverbs = (0..i).rev().take(4).take_while(|j| pieces.lower(*j).ends_with("ly")).count();
    let before = pieces.before(i, adverbs + 1);
    let helped = BE.contains(&before) || HAVE.contains(&before) || before == "that";
    // Without a determiner only the tags tell "receive freed captives" from "the rebels freed captives".
    let led = i
        .checked_sub(adverbs + 1)
        .and_then(|j| pieces.tag(j))
        .is_some_and(|t| matches!(t, Pos::VB | Pos::VBP | Pos::VBZ | Pos::VBG | Pos::IN | Pos::CD));
    let described = matches!(pieces.tag(i), Some(Pos::VBN | Pos::JJ)) && led && !helped;
    DETERMINERS.contains(&before) || described
}

/// What the words that help the participle at `i` say of it: "will be opened" and "is to be opened" look ahead, "may
/// have been opened" back; `None` where nothing helps it, or only what looks back anyway.
fn helped(pieces: &Words, i: usize) -> Option<Direction> {
    let first = (i.saturating_sub(LONGEST_GROUP)..i).rev().find(|j| !joins_group(pieces, *j))?;
    let has = |words: &[&str]| (first + 1..i).any(|j| pieces.is(j, words));
    let perfect = has(&["have"]);
    match pieces.lower(first) {
        "will" | "shall" => Some(Direction::Future),
        _ if is_modal(pieces, first) => (!perfect).then_some(Direction::Future),
        "to" if has(&["be"]) && !perfect && !is_looked_back_on(pieces, first) => Some(Direction::Future),
        "to" if first + 1 == i && is_infinitive(pieces, i) => Some(Direction::Future),
        "is" | "are" if has(&["being"]) => Some(Direction::Future),
        // "demands that the toll be lifted"
        _ if has(&["be"]) && !perfect && !pieces.is(first, &["to"]) => Some(Direction::Future),
        _ => None,
    }
}

/// How many words a verb group may have before its participle.
const LONGEST_GROUP: usize = 8;

/// Whether the word at `i` only joins a participle to the word that opens its verb group: "be", "not", "quickly", and
/// the first of "opened and blessed".
fn joins_group(pieces: &Words, i: usize) -> bool {
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
fn is_looked_back_on(pieces: &Words, to: usize) -> bool {
    const SEEMING: [&str; 14] = [
        "seem", "seems", "seemed", "appear", "appears", "appeared", "believed", "thought", "said", "known",
        "reported", "claimed", "claims", "found",
    ];
    const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "last", "latest", "only"];
    const TELLING: [&str; 9] = ["is", "are", "was", "were", "has", "have", "had", "due", "expected"];
    let mut back = (1..=6).map(|back| pieces.before(to, back));
    let ordinal = back.find(|word| ORDINALS.contains(word) || TELLING.contains(word));
    ordinal.is_some_and(|word| ORDINALS.contains(&word)) || SEEMING.contains(&pieces.before(to, 1))
}

/// "will", "can", "won’t", "they’ll".
fn is_modal(pieces: &Words, i: usize) -> bool {
    const MODALS: [&str; 10] =
        ["will", "would", "shall", "may", "might", "could", "can", "cannot", "must", "should"];
    const DENIED: [&str; 5] = ["won", "wouldn", "couldn", "shouldn", "mustn"];
    let apostrophe = |j: usize| pieces.is(j, &["'", "’"]);
    let named = pieces.is(i, &["may"]) && pieces.capital(i);
    let contracted = pieces.is(i, &["ll"]) && i > 0 && apostrophe(i - 1);
    (pieces.is(i, &MODALS) && !named) || contracted || (pieces.is(i, &DENIED) && apostrophe(i + 1))
}

/// "is meeting", "are only returning": what is told so, and dated, is ahead.
fn progressive(pieces: &Words, i: usize) -> Option<Direction> {
    const NOUNS: [&str; 8] =
        ["nothing", "something", "anything", "everything", "evening", "morning", "during", "spring"];
    let word = pieces.lower(i);
    let form = word.len() > 4 && word.ends_with("ing") && !pieces.capital(i) && !NOUNS.contains(&word);
    let first = (i.saturating_sub(LONGEST_GROUP)..i).rev().find(|j| !joins_group(pieces, *j));
    let present = first.is_some_and(|j| pieces.is(j, &["is", "are", "re"]));
    (form && present).then_some(Direction::Future)
}

/// "said he was leaving", "confirmed that they were travelling": what people say they were about to do.
fn is_said_to_leave(pieces: &Words, i: usize) -> bool {
    const MOTIONS: [&str; 11] = [
        "leaving",
        "going",
        "coming",
        "returning",
        "travelling",
        "traveling",
        "flying",
        "arriving",
        "resigning",
        "quitting",
        "retiring",
    ];
    const SAID: [&str; 8] =
        ["said", "says", "told", "announced", "confirmed", "added", "declared", "replied"];
    let was = i.checked_sub(1).filter(|j| pieces.is(*j, &["was", "were"]));
    let said = |was: usize| (1..=LONGEST_GROUP).any(|back| SAID.contains(&pieces.before(was, back)));
    MOTIONS.contains(&pieces.lower(i)) && was.is_some_and(said)
}

/// "to meet", but not "to the", "to Paris", "to 12", "to wounded", "to seven".
fn is_infinitive(pieces: &Words, i: usize) -> bool {
    const NOT: [&str; 24] = [
        "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
        "those", "him", "them", "us", "it", "me", "some", "any", "all", "what", "date",
    ];
    let word = pieces.lower(i);
    let plural = word.ends_with('s') && (!word.ends_with("ss") || word.ends_with("ness")) && word != "focus";
    let participle = word.ends_with("ed") && !PAST_LOOK.contains(&word);
    let number = small(word).is_some() || pieces.tag(i) == Some(Pos::CD);
    pieces.letters(i) && !pieces.capital(i) && !NOT.contains(&word) && !plural && !participle && !number
}

/// What opens a noun phrase.
const DETERMINERS: [&str; 13] =
    ["the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "these", "those", "s"];

/// Forms of "have" that can stand right before a participle.
const HAVE: [&str; 6] = ["has", "have", "had", "ve", "having", "get"];

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
    use super::super::super::numbers::Pieces;
    use super::*;
    use crate::span::Span;

    fn of(text: &str) -> Direction {
        let lower = text.to_ascii_lowercase();
        let pieces = Pieces::cut(text, &lower, Span::new(0..text.len()));
        let pieces = Words { pieces, tags: Vec::new() };
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
            "The board meets again on Friday",
            "The season kicks off Friday night",
            "The assembly will vote before Friday, the speaker said",
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
            "The board met again on Friday",
            "The vote on Friday ended in a tie",
            "Nobody had prepared for Friday",
            "He resigned before Friday, and will leave",
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
