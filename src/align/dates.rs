//! To which clause a time belongs.
//!
//! In: an account, its predicates and one of its times. Out: the [`Owner`] of the time: the verb that it dates, and the
//! clause in which that stands. A time in a clause below another belongs to the lower one only. It does not know which
//! day is meant, nor whether the clause is worth a line.

use jiff::civil::Date;

use super::Account;
use super::concepts::concept;
use super::predicates::{self, Predicate};
use crate::annotate::{Pos, TimeExpression};
use crate::span::Span;

/// Whose the time is.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The clause with a subject in which the verb stands.
    pub clause: &'a Predicate,
    /// The verb that the time dates: that of the clause, or one that "and" joins to it without a subject of its own.
    pub verb: &'a Predicate,
    /// Whether the time stands before its verb.
    pub leads: bool,
}

/// The owner of `time` among all predicates of its account; `None` where its verb has no subject to be seen.
pub fn owner<'a>(of: &Account, all: &'a [Predicate], time: &TimeExpression) -> Option<Owner<'a>> {
    let sentence = &of.layers.sentences[of.layers.sentence_at(time.span.start)?];
    let told = around(all, sentence.span, time.span.start);
    let behind = |p: &&Predicate| time.span.end <= p.verb.start;
    let by_itself = |p| Owner { clause: p, verb: p, leads: true };
    let starts_with = |p: &Predicate, subject: Span| {
        let between = Span { start: subject.start, end: time.span.start.max(subject.start) };
        subject.start <= time.span.start
            && !told.iter().any(|other| other.verb != p.verb && between.contains(other.verb))
    };
    let gap = |p: &&Predicate| {
        p.subject.is_some_and(|subject| starts_with(p, subject)) && !predicates::is_relative(of, p)
    };
    let next = told.iter().find(behind);
    // "Enrolment for 2027 begins in May": the year says which enrolment.
    let says_which = |p: &&Predicate| p.subject.is_some_and(|subject| subject.contains(time.span));
    if next.filter(says_which).is_some() && matches!(preposition(of, time).as_str(), "for" | "of") {
        return None;
    }
    if let Some(p) = next.filter(gap) {
        return Some(by_itself(p));
    }
    let holds = |p: &&Predicate| p.verb.end <= time.span.start && p.object.contains(time.span);
    if let Some(at) = told.iter().rposition(|p| holds(&p)) {
        let clause = clause_of_last(of, &told[..=at])?;
        return Some(Owner { clause, verb: &told[at], leads: false });
    }
    // "On May 12 the ferry sank": the time stands before the clause that it belongs to.
    let opens = of.layers.tokens_in(time.span).start <= sentence.tokens.start + 1;
    // "On May 12, as the guests arrived, the ferry sank"
    let nested = |p: &Predicate| predicates::is_opened_by_conjunction(of, p.clause());
    let main = |p: &&Predicate| behind(p) && p.subject.is_some() && p.lemma != "be" && !nested(p);
    let first = told.iter().find(main).filter(|_| opens);
    first.map(by_itself)
}

/// Those of `predicates`, which are in order, that stand near the byte at `at` in the sentence at `span`.
fn around(predicates: &[Predicate], span: Span, at: u32) -> &[Predicate] {
    let place = |offset: u32| predicates.partition_point(|p| p.verb.start < offset);
    let (here, last) = (place(at), place(span.end));
    let to = (here + NEAR).min(last);
    &predicates[here.saturating_sub(NEAR).max(place(span.start)).min(to)..to]
}

/// How many verbs are looked at on either side of a time: more than a clause is long, so that a sentence without end costs
/// no more.
const NEAR: usize = 64;

/// The clause with a subject in which `predicate` stands: its own, or the one to which "and" joins it.
pub fn clause_of<'a>(
    of: &Account,
    predicates: &'a [Predicate],
    predicate: &Predicate,
) -> Option<&'a Predicate> {
    let sentence = &of.layers.sentences[of.layers.sentence_at(predicate.verb.start)?];
    let predicates = around(predicates, sentence.span, predicate.verb.start);
    let at = predicates.iter().position(|p| p.verb == predicate.verb)?;
    clause_of_last(of, &predicates[..=at])
}

/// The same for the last of `predicates`.
fn clause_of_last<'a>(of: &Account, predicates: &'a [Predicate]) -> Option<&'a Predicate> {
    let (last, before) = predicates.split_last()?;
    if last.subject.is_some() {
        return Some(last);
    }
    let first = of.layers.tokens_in(last.verb).start;
    let joined = (1..=2).any(|back| {
        first.checked_sub(back).is_some_and(|i| {
            of.layers.tokens[i].pos == Pos::CC || back == 1 && of.word(i) == "," && !last.participle
        })
    });
    let holding = before.iter().rfind(|p| p.subject.is_some() && p.object.contains(last.verb));
    holding.filter(|_| joined)
}

impl Owner<'_> {
    /// Whether a comma stands between a time and the verb behind it: "the exchange, set for Sunday, was put off".
    pub fn is_parted(&self, of: &Account, time: &TimeExpression) -> bool {
        let between = Span { start: time.span.end, end: self.verb.verb.start.max(time.span.end) };
        self.leads && of.layers.tokens_in(between).any(|i| of.word(i) == ",")
    }
}

/// The days and the value of a time; of "between 2027 and 2029" those of the whole stretch. `None` where it is open.
pub fn stretch(of: &Account, time: &TimeExpression) -> Option<((Date, Date), String)> {
    let (days, value) = (time.days?, time.value.clone()?);
    let behind = of.layers.tokens_in(time.span).end;
    let joins = match preposition(of, time).as_str() {
        "between" => of.word(behind) == "and",
        "from" => matches!(of.word(behind), "to" | "until" | "till"),
        _ => false,
    };
    let other = time_from(of, behind + 1).filter(|_| joins);
    let last = other.and_then(|t| Some((t.days?, t.value.clone()?)));
    Some(match last.filter(|(last, _)| days.1 < last.0 && !value.contains('/')) {
        Some((last, end)) if !end.contains('/') => ((days.0, last.1), format!("{value}/{end}")),
        _ => (days, value),
    })
}

/// The time that begins with token `i`.
fn time_from(of: &Account, i: usize) -> Option<&TimeExpression> {
    let start = of.layers.tokens.get(i)?.span.start;
    let at = of.layers.times.binary_search_by_key(&start, |t| t.span.start).ok()?;
    of.layers.times.get(at)
}

/// Whether the time is one of several years that a clause lists: "warnings in 2021, 2022 and 2024".
pub fn is_one_of_years(of: &Account, time: &TimeExpression) -> bool {
    let year = |t: &TimeExpression| t.value.as_ref().is_some_and(|v| v.len() == 4);
    let tokens = of.layers.tokens_in(time.span);
    let lists = |i: usize| matches!(of.word(i), "," | "and" | "or");
    let next = time_from(of, tokens.end + 1).is_some_and(|t| lists(tokens.end) && year(t));
    let after = |i: usize| {
        let before = of.layers.tokens.get(i.checked_sub(1)?)?.span;
        let times = &of.layers.times;
        let from = times.partition_point(|t| t.span.start < before.end);
        times[..from].iter().rev().take(OVERLAPPING).find(|t| t.span.end == before.end)
    };
    let before = tokens.start.checked_sub(1).filter(|i| lists(*i)).and_then(after);
    let between = preposition(of, time) == "between";
    year(time) && !between && (next || before.is_some_and(|t| year(t) && preposition(of, t) != "between"))
}

/// How many times can hold one word.
const OVERLAPPING: usize = 4;

/// Whether the time only says which thing a noun behind it means: "the December decision", "the crowded June 12 primary".
pub fn tells_which(of: &Account, time: &TimeExpression) -> bool {
    let tokens = of.layers.tokens_in(time.span);
    let pos = |i: usize| of.layers.tokens.get(i).map(|t| t.pos);
    let opens = tokens.start.checked_sub(1).and_then(pos).is_some_and(|p| {
        matches!(p, Pos::DT | Pos::PRPS | Pos::POS) || p.is_adjective() || p.is_noun() && !p.is_name()
    });
    let year = time.value.as_ref().is_some_and(|v| v.len() == 4) && tokens.len() == 1;
    let noun = pos(tokens.end).is_some_and(|p| matches!(p, Pos::NN | Pos::NNS) || p.is_adjective());
    let name = pos(tokens.end).is_some_and(Pos::is_noun);
    let joined = tokens.start.checked_sub(1).and_then(pos) == Some(Pos::IN);
    // "the country's bond due 2034"
    let due = tokens.start.checked_sub(1).is_some_and(|i| of.word(i) == "due");
    opens && noun
        || year && due
        || year && name && !joined && !of.layers.time_at(of.layers.tokens[tokens.end].span.start)
}

/// Whether the time is what the verb is done to: "had offered 2035".
pub fn is_object(of: &Account, time: &TimeExpression) -> bool {
    let tokens = of.layers.tokens_in(time.span);
    let year = time.value.as_ref().is_some_and(|v| v.len() == 4) && tokens.len() == 1;
    let before = tokens.start.checked_sub(1).map(|i| of.layers.tokens[i].pos);
    let digits = of.report.slice(time.span).bytes().all(|b| b.is_ascii_digit());
    year && digits && before.is_some_and(|p| p.is_verb() || p == Pos::DT)
}

/// The preposition that joins the time to what stands before it, over "the" and "at least"; empty where there is none.
pub fn preposition(of: &Account, time: &TimeExpression) -> String {
    let mut at = of.layers.tokens_in(time.span).start;
    let before = |at: usize, back: usize| at.checked_sub(back).map(|i| of.word(i)).unwrap_or_default();
    loop {
        match before(at, 1) {
            "least" | "most" if before(at, 2) == "at" => at -= 2,
            "the" | "about" | "around" | "early" | "late" => at -= 1,
            word => return word.to_owned(),
        }
    }
}

/// The preposition "until" or "before" that governs the noun phrase in which the time stands: "until the end of her term
/// in 2032", "before a vote on Friday".
pub fn is_within_bound(of: &Account, time: &TimeExpression) -> bool {
    let start = of.layers.tokens_in(time.span).start;
    let part = |i: &usize| {
        let pos = of.layers.tokens[*i].pos;
        let word = of.word(*i);
        let bound = matches!(word, "until" | "till" | "before");
        !bound
            && (pos.is_noun()
                || pos.is_adjective()
                || matches!(pos, Pos::DT | Pos::PRPS | Pos::POS | Pos::CD)
                || matches!(word, "of" | "in" | "on" | "at" | "least"))
    };
    let from = start.saturating_sub(LONGEST_PHRASE);
    let opening = (from..start).rev().take_while(part).last().unwrap_or(start);
    let event = || (opening..start).any(|i| EVENTS.contains(&concept(of.lemma_at(i))));
    opening.checked_sub(1).is_some_and(|i| match of.word(i) {
        "until" | "till" => true,
        "before" => event(),
        _ => false,
    })
}

/// What "before" is a bound of, by concept; one appears before a court, and a quake strikes before dawn.
const EVENTS: &[&str] = &[
    "election",
    "talks",
    "visit",
    "trial",
    "hearing",
    "match",
    "game",
    "ceremony",
    "deadline",
    "begin",
    "end",
    "strike",
    "launch",
    "speech",
    "conference",
    "event",
    "debate",
    "expiry",
    "term",
    "budget",
];

/// How many words a noun phrase may have between its preposition and a time in it.
const LONGEST_PHRASE: usize = 8;

/// Whether the time is the one that a plan gave up: "moved from Friday to Sunday".
pub fn is_given_up(of: &Account, verb: &Predicate, time: &TimeExpression) -> bool {
    let next = of.word(of.layers.tokens_in(time.span).end);
    preposition(of, time) == "from" && matches!(next, "to" | "until") && is_moving(of, verb)
}

/// Verbs by which a plan gets another day.
const MOVING: &[&str] = &[
    "postpone",
    "delay",
    "defer",
    "put off",
    "put back",
    "push back",
    "push",
    "move",
    "shift",
    "slip",
    "reschedule",
    "adjourn",
    "bring forward",
    "move back",
    "move forward",
    "slip back",
    "hold over",
];

/// Whether the verb can give a plan another day.
pub fn is_moving(of: &Account, verb: &Predicate) -> bool {
    let particle = of.word(of.layers.tokens_in(verb.verb).end);
    let light = matches!(verb.lemma.as_str(), "put" | "hold" | "bring" | "set");
    MOVING.contains(&verb.lemma.as_str()) || light && matches!(particle, "off" | "back" | "forward" | "over")
}

/// Whether the time is the new day that the verb gives a plan: "has been put back to September".
pub fn is_new_day(of: &Account, verb: &Predicate, time: &TimeExpression) -> bool {
    is_moving(of, verb)
        && verb.verb.end <= time.span.start
        && matches!(preposition(of, time).as_str(), "to" | "until" | "till")
}
