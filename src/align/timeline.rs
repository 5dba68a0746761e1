//! What happened, and will, when.
//!
//! In: the resolved dates of each account. Out: the timeline, merged across reports. A date stands with the
//! smallest clause that holds it, or with the noun that it dates ("the 2018 election"). It does not know a day
//! that no report gives.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::concepts::concept;
use super::predicates::Predicate;
use super::terms::TermSet;
use super::{Account, COMPARED, Context, Spot};
use crate::annotate::{Pos, TimeExpression, TimeKind, lemma};
use crate::record::TimelineEntry;
use crate::span::Span;

/// How alike two clauses of one day must be to be one entry.
const ALIKE: f64 = 0.45;

/// Nouns that a year can date though they end like no event.
const DATED: &[&str] = &[
    "war",
    "attack",
    "talks",
    "agreement",
    "treaty",
    "visit",
    "summit",
    "kill",
    "coup",
    "crisis",
    "revolution",
    "storm",
    "vote",
    "raid",
    "massacre",
    "disaster",
    "protest",
    "strike",
    "march",
    "rally",
    "race",
    "match",
    "ceremony",
    "debate",
    "speech",
    "earthquake",
    "flood",
    "blast",
    "crash",
    "fire",
];

/// A clause of these dates what is said, not what happens.
const SAYING: &[&str] = &[
    "say", "tell", "state", "add", "announce", "confirm", "report", "indicate", "note", "write", "claim",
    "explain", "insist", "warn", "tweet", "post", "joke", "hint", "respond", "reply", "comment", "suggest",
    "argue", "remark", "ask", "recall", "remember",
];

struct Dated {
    spot: Spot,
    terms: TermSet,
}

/// The entries in order of time; of one day, those that most reports give first.
pub fn find(context: &Context) -> Vec<TimelineEntry> {
    let mut by_time: BTreeMap<(Date, Date, String), Vec<Vec<Dated>>> = BTreeMap::new();
    for account in 0..context.accounts.len() {
        for (key, dated) in dated(context, account) {
            let groups = by_time.entry(key).or_default();
            let fits = |group: &Vec<Dated>| {
                group.iter().take(COMPARED).any(|d| context.terms.similarity(&d.terms, &dated.terms) >= ALIKE)
            };
            match groups.iter_mut().find(|group| fits(group)) {
                Some(group) => group.push(dated),
                None => groups.push(vec![dated]),
            }
        }
    }
    let mut entries = Vec::new();
    for ((_, _, when), mut groups) in by_time {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().map(|d| d.spot)));
        entries.extend(groups.into_iter().map(|group| entry(context, &when, &group)));
    }
    entries
}

fn entry(context: &Context, when: &str, group: &[Dated]) -> TimelineEntry {
    let pronouns = |d: &Dated| context.pronouns(d.spot, None);
    let shortest = group.iter().min_by_key(|d| (pronouns(d).len(), d.spot.span.len(), d.spot));
    TimelineEntry {
        when: when.to_owned(),
        text: shortest.map_or_else(String::new, |d| context.text(d.spot).to_owned()),
        pronouns: shortest.map(pronouns).unwrap_or_default(),
        evidence: context.evidence_of(group.iter().map(|d| d.spot)),
    }
}

/// What one account dates.
fn dated(context: &Context, account: usize) -> Vec<((Date, Date, String), Dated)> {
    let of = context.accounts[account];
    let predicates = &context.predicates[account];
    let mut found: Vec<((Date, Date, String), Dated)> = Vec::new();
    for time in of.layers.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)) {
        let (Some((first, last)), Some(value)) = (time.days, &time.value) else { continue };
        let Some(span) = told_at(context, account, time, predicates) else { continue };
        let spot = Spot { account, span };
        if context.opens_with_an_open_pronoun(spot) {
            continue;
        }
        let terms = context.terms.at(context.accounts, &context.cast, spot);
        let again = found.iter().any(|(key, d)| d.spot == spot && key.2 == *value);
        if terms.len() >= 2 && !again {
            found.push(((first, last, value.clone()), Dated { spot, terms }));
        }
    }
    found
}

/// What the time dates: the noun that a bare year stands before, else the smallest clause that holds the time.
fn told_at(
    context: &Context,
    account: usize,
    time: &TimeExpression,
    predicates: &[Predicate],
) -> Option<Span> {
    let of = context.accounts[account];
    let sentence = &of.layers.sentences[of.layers.sentence_at(time.span.start)?];
    let tokens = of.layers.tokens_in(time.span);
    let before = word_before(of, time).unwrap_or_default();
    let bounds =
        time.kind == TimeKind::Date && matches!(before.as_str(), "after" | "before" | "until" | "till");
    if sentence.furniture || bounds || matches!(before.as_str(), "even" | "than") || is_spoken(of, time) {
        return None;
    }
    let next = of.layers.tokens.get(tokens.end).map(|t| t.pos);
    let year = time.value.as_ref().is_some_and(|v| v.len() == 4) && tokens.len() == 1;
    if year && next.is_some_and(|pos| pos.is_noun() || pos.is_adjective()) {
        return noun_dated(context, account, tokens, sentence.tokens.end);
    }
    if next == Some(Pos::POS) {
        // Whether "Friday's vote" is to come, only its sentence knows.
        let ahead = time.days.zip(context.published(account)).is_some_and(|((first, _), day)| first > day);
        return noun_dated(context, account, tokens, sentence.tokens.end).filter(|_| !ahead);
    }
    let told = predicates.iter().filter(|p| p.subject.is_some() && !p.negated && !p.conditional);
    // What is told beside the main clause is no sentence by itself: "Moe, who left on Monday", "…, leaving on Monday".
    let aside = |p: &Predicate| p.participle || is_relative(of, p) || is_planned_for(of, p);
    let holding = told.clone().filter(|p| p.clause().contains(time.span)).min_by_key(|p| p.clause().len());
    // "On May 12 the ferry sank": the time stands before the clause that it belongs to.
    let opens = tokens.start <= sentence.tokens.start + 1;
    let first = || {
        told.clone().find(|p| {
            opens && p.lemma != "be" && sentence.span.contains(p.verb) && p.verb.start > time.span.end
        })
    };
    let smallest = holding.or_else(first).filter(|p| !SAYING.contains(&p.lemma.as_str()) && !aside(p))?;
    if says_little(of, smallest, time) {
        return None;
    }
    // "the biggest conflict since 1945" dates no event.
    let superlative = of.layers.tokens_in(smallest.clause()).any(|i| of.layers.tokens[i].pos == Pos::JJS);
    let possible = matches!(smallest.modal.as_deref(), Some("may" | "might" | "could" | "can" | "should"));
    if before == "since" && superlative || possible {
        return None;
    }
    let between = Span { start: smallest.verb.end, end: time.span.start };
    if between.start > between.end {
        let from_start = Span { start: sentence.span.start, ..time.span };
        let clause = smallest.clause();
        return Some(if clause.contains(time.span) { clause } else { clause.cover(from_start) });
    }
    if let Some(noun) = participle_dated(of, between) {
        return Some(noun.cover(time.span));
    }
    (!apposed(of, between) && !contradicts(context, smallest, time)).then(|| smallest.clause())
}

/// Whether a relative pronoun joins the verb to its subject.
fn is_relative(of: &Account, predicate: &Predicate) -> bool {
    let Some(subject) = predicate.subject.filter(|s| s.end <= predicate.verb.start) else { return false };
    let between = of.layers.tokens_in(Span { start: subject.end, end: predicate.verb.start });
    between.into_iter().any(|i| {
        let token = of.layers.tokens[i];
        matches!(token.pos, Pos::WDT | Pos::WP) || of.report.slice(token.span).eq_ignore_ascii_case("that")
    })
}

/// "a visit planned for Friday", which looks like a clause: what became of the visit, other clauses say.
fn is_planned_for(of: &Account, predicate: &Predicate) -> bool {
    let next = of.layers.tokens.get(of.layers.tokens_in(predicate.verb).end);
    let bare = of.layers.tokens_in(predicate.verb).len() == 1;
    bare && PLANNING.contains(&predicate.lemma.as_str())
        && next.is_some_and(|token| of.report.slice(token.span) == "for")
}

/// Whether a verb that says little has an object that says no more: "went a step further on Tuesday".
fn says_little(of: &Account, predicate: &Predicate, time: &TimeExpression) -> bool {
    const LIGHT: &[&str] = &["go", "come", "get", "make", "take", "do", "have"];
    const EMPTY: &[&str] = &["step", "way", "turn", "thing", "point", "length", "progress", "distance"];
    let object = of.layers.tokens_in(predicate.object).map(|i| of.layers.tokens[i]);
    let mut nouns = object.filter(|t| t.pos.is_noun() && !time.span.contains(t.span)).peekable();
    let empty = |t: crate::annotate::Token| {
        EMPTY.contains(&lemma(of.report.slice(t.span), t.pos).to_lowercase().as_str())
    };
    LIGHT.contains(&predicate.lemma.as_str()) && nouns.peek().is_some() && nouns.all(empty)
}

fn word_before(of: &Account, time: &TimeExpression) -> Option<String> {
    let word = |i: usize| of.report.slice(of.layers.tokens[i].span).to_lowercase();
    let before = of.layers.tokens_in(time.span).start.checked_sub(1)?;
    match before.checked_sub(1) {
        // "before the May 23 deadline"
        Some(further) if word(before) == "the" => Some(word(further)),
        _ => Some(word(before)),
    }
}

/// Whether somebody says the time in quoted words and means it from the day on which he speaks ("tomorrow"): which day
/// that was, the report does not say.
fn is_spoken(of: &Account, time: &TimeExpression) -> bool {
    let words = of.report.slice(time.span);
    let by_itself = words.chars().filter(char::is_ascii_digit).count() >= 4;
    of.layers.quote_at(time.span.start).is_some() && !by_itself
}

/// Whether a time in a clause can be when its verb happens: neither a noun owns it ("Sunday's fire") nor a speaker.
pub fn dates_the_verb(of: &Account, time: &TimeExpression) -> bool {
    let next = of.layers.tokens.get(of.layers.tokens_in(time.span).end);
    next.is_none_or(|t| t.pos != Pos::POS) && !is_spoken(of, time)
}

/// The noun phrase with the participle after it ("the memo released"), where that is the last verb of `between`: the time
/// after it dates the participle.
fn participle_dated(of: &Account, between: Span) -> Option<Span> {
    let tokens = &of.layers.tokens;
    let within = of.layers.tokens_in(between);
    let verb = within.clone().rev().find(|i| tokens[*i].pos.is_verb())?;
    let of_noun = matches!(tokens[verb].pos, Pos::VBN | Pos::VBG) && verb > within.start;
    // "a visit planned for Friday": what became of it, other clauses say.
    let base = lemma(of.report.slice(tokens[verb].span), tokens[verb].pos).to_lowercase();
    if PLANNING.contains(&base.as_str()) {
        return None;
    }
    let word = of.report.slice(tokens[verb].span).to_lowercase();
    if !of_noun || !tokens[verb - 1].pos.is_noun() || PREPOSITIONS.contains(&word.as_str()) {
        return None;
    }
    let part = |i: &usize| {
        let pos = tokens[*i].pos;
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::CD)
    };
    let start = (within.start..verb).rev().take_while(part).last()?;
    Some(tokens[start].span.cover(tokens[verb].span))
}

/// Participles that only join a noun, as prepositions do.
const PREPOSITIONS: &[&str] =
    &["following", "including", "regarding", "concerning", "according", "during", "pending"];

/// Whether a comma of `between` opens an apposition, whose noun the time may date ("…, a truce from 1945").
fn apposed(of: &Account, between: Span) -> bool {
    let tokens = &of.layers.tokens;
    let comma = |i: &usize| of.report.slice(tokens[*i].span) == ",";
    of.layers.tokens_in(between).filter(comma).any(|i| tokens.get(i + 1).is_some_and(|t| t.pos == Pos::DT))
}

/// Whether the clause tells as past what would lie ahead: then the day was misread. What was moved "to Friday" or is
/// agreed "to meet on Friday" does lie ahead.
fn contradicts(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[predicate.account];
    let Some(published) = context.published(predicate.account) else { return false };
    let ahead = time.days.is_some_and(|(first, _)| first > published);
    let verb = of.layers.tokens_in(predicate.verb);
    let past = verb.clone().any(|i| of.layers.tokens[i].pos == Pos::VBD) && predicate.modal.is_none();
    let between = of.layers.tokens_in(Span { start: predicate.verb.end, end: time.span.start });
    let towards = |i: usize| {
        let word = of.report.slice(of.layers.tokens[i].span).to_lowercase();
        of.layers.tokens[i].pos == Pos::TO || matches!(word.as_str(), "to" | "for" | "until" | "by" | "from")
    };
    let planned = verb.clone().any(|i| {
        let token = of.layers.tokens[i];
        PLANNING.contains(&lemma(of.report.slice(token.span), token.pos).to_lowercase().as_str())
    });
    ahead && past && !planned && !between.into_iter().any(towards)
}

/// Verbs that in the past tense speak of days to come.
const PLANNING: &[&str] =
    &["plan", "schedule", "set", "expect", "due", "postpone", "move", "book", "slate", "delay"];

/// "2018 killing of a journalist", "Sunday's fire in the port": from the time over the noun to the end of what "of" joins
/// to it.
fn noun_dated(context: &Context, account: usize, time: Range<usize>, end: usize) -> Option<Span> {
    let of = context.accounts[account];
    let tokens = &of.layers.tokens;
    let phrase = |from: usize| {
        (from..end).take_while(|i| {
            let pos = tokens[*i].pos;
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::VBN)
        })
    };
    let last = phrase(time.end).last()?;
    let noun = lemma(of.report.slice(tokens[last].span), tokens[last].pos).to_lowercase();
    let happens = ["ion", "ing", "ment", "ance", "al"].iter().any(|ending| noun.ends_with(ending));
    if !happens && !DATED.contains(&concept(&noun)) {
        return None;
    }
    // Without what or where, the noun only names what other lines tell ("Monday's meeting").
    let of_it = last + 1 < end && matches!(of.report.slice(tokens[last + 1].span), "of" | "in" | "on" | "at");
    let to = phrase(last + 2).last().filter(|_| of_it)?;
    Some(tokens[time.start].span.cover(tokens[to].span))
}
