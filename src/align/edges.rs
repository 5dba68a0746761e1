//! Can a clause that was cut out of its sentence be printed as it begins and ends?
//!
//! In: an account and the span of a clause. Out: whether it begins within the words that say of whom it is told, says that not all do
//! it, runs over the verb of the clause around it, is only what a rumour says, or is what another source tells. It does not know what
//! the clause tells.

use super::Account;
use crate::annotate::Pos;
use crate::span::Span;

/// Whether a clause begins within the words that say of whom it is told: "neither the Greens nor | the Liberals", "not | only the mayor".
pub fn opens_within(of: &Account, clause: Span) -> bool {
    let first = of.layers.tokens_in(clause).start;
    let before = before(of, clause).map(|i| of.word(i)).unwrap_or_default();
    matches!(before, "neither" | "nor") || before == "not" && of.word(first) == "only"
}

/// Whether a clause says that not all do it, or none: "not all of the schools will open", "neither of them will stay".
pub fn is_not_of_all(of: &Account, clause: Span) -> bool {
    let first = of.word(of.layers.tokens_in(clause).start);
    matches!(first, "not" | "hardly" | "barely" | "scarcely" | "neither" | "none")
}

/// Whether a clause is no fact of its report, or none by itself: it goes on over the verb of the clause around it, or somebody else says it
/// whom the words before it name.
pub fn is_not_its_own(of: &Account, clause: Span, verb: Span) -> bool {
    is_supposed(of, clause) || is_told_by_another(of, clause) || runs_over(of, clause, verb)
}

/// The token before a clause, in its sentence.
fn before(of: &Account, clause: Span) -> Option<usize> {
    let sentence = &of.layers.sentences[of.layers.sentence_at(clause.start)?];
    of.layers.tokens_in(clause).start.checked_sub(1).filter(|i| *i >= sentence.tokens.start)
}

/// Nouns whose content may be so or not.
const RUMOURS: &[&str] = &[
    "rumour",
    "rumor",
    "report",
    "claim",
    "speculation",
    "fear",
    "suggestion",
    "allegation",
    "prediction",
    "possibility",
    "prospect",
    "idea",
    "notion",
    "gossip",
    "concern",
    "doubt",
    "hope",
    "chance",
    "likelihood",
];

/// How many words may stand between such a noun and its "that": "reports by two papers that".
const LONGEST_OWNER: usize = 5;

/// "Reports that the mill would close are wrong": whether the clause is what such a noun says.
pub fn is_rumour(of: &Account, clause: Span) -> bool {
    let Some(that) = before(of, clause).filter(|i| of.word(*i) == "that") else { return false };
    let near = (that.saturating_sub(LONGEST_OWNER)..that).rev();
    let mut near = near.take_while(|i| !of.pos(*i).is_verb() && of.word(*i) != ",");
    let noun = near.find(|i| of.pos(*i).is_noun() && RUMOURS.contains(&of.lemma_at(*i)));
    noun.is_some_and(|noun| !is_confirmed(of, noun))
}

/// "confirmed a report that": whether the verb before the noun says that it is so.
fn is_confirmed(of: &Account, noun: usize) -> bool {
    let verb = (noun.saturating_sub(LONGEST_OWNER)..noun).rev().find(|i| of.pos(*i).is_verb());
    verb.is_some_and(|i| matches!(of.lemma_at(i), "confirm" | "verify" | "acknowledge" | "admit"))
}

/// "Suppose that the Liberals rejoined", "not | sure the talks will go on".
fn is_supposed(of: &Account, clause: Span) -> bool {
    if matches!(of.word(of.layers.tokens_in(clause).start), "sure" | "certain" | "unsure") {
        return true;
    }
    let Some(last) = before(of, clause) else { return false };
    let verb = if of.word(last) == "that" { last.checked_sub(1) } else { Some(last) };
    verb.is_some_and(|i| {
        matches!(of.word(i), "suppose" | "imagine" | "assume" | "assuming" | "supposing")
            && of.layers.sentences[of.layers.sentence_at(clause.start).unwrap_or_default()].tokens.start == i
    })
}

/// "…, according to which | the first warnings came in 2031".
fn is_told_by_another(of: &Account, clause: Span) -> bool {
    let Some(which) = before(of, clause).filter(|i| *i >= 2) else { return false };
    matches!(of.word(which), "which" | "whom")
        && of.word(which - 1) == "to"
        && of.word(which - 2) == "according"
}

/// How far before a clause the subject of the clause around it is looked for, in words.
const REACH: usize = 60;

/// "The number of people who died when | the dam burst rose to 41": whether a conjunction opens the clause within the subject of
/// another, whose verb stands in the clause.
fn runs_over(of: &Account, clause: Span, verb: Span) -> bool {
    const JOINING: &[&str] = &[
        "that", "when", "where", "how", "why", "whether", "who", "which", "whose", "after", "before",
        "because", "since", "until", "as", "while",
    ];
    let Some(conjunction) = before(of, clause).filter(|i| JOINING.contains(&of.word(*i))) else {
        return false;
    };
    // "In Orvik, where 30 people were held, a crowd gathered": a comma closes what a comma opens.
    if conjunction > 0 && of.word(conjunction - 1) == "," {
        return false;
    }
    let sentence =
        of.layers.sentence_at(clause.start).map_or(0..0, |i| of.layers.sentences[i].tokens.clone());
    // "people known to have died": the tagger takes the helping verb for a finite one.
    let is_told =
        |i: usize| of.pos(i).is_finite() && of.word(i - usize::from(i > 0)) != "to" && !is_of_relative(of, i);
    let around = sentence.start.max(conjunction.saturating_sub(REACH))..conjunction;
    let (mut noun, mut told) = (false, is_content(of, clause, conjunction));
    for i in around {
        noun |= of.pos(i).is_noun() && !of.layers.time_at(of.layers.tokens[i].span.start);
        told |= is_told(i);
    }
    let rest = Span { start: verb.end, end: clause.end.max(verb.end) };
    let goes_on = || of.layers.tokens_in(rest).any(is_told);
    // Without another verb behind the clause, its own is that of the sentence.
    let alone = || !(of.layers.tokens_in(clause).end..sentence.end).any(is_told);
    noun && !told && (goes_on() || alone())
}

/// Whether an attribution gives to somebody what begins with the clause, or with the conjunction before it.
fn is_content(of: &Account, clause: Span, conjunction: usize) -> bool {
    let that = of.layers.tokens[conjunction].span.start;
    let mut contents = of.layers.attributions_about(clause.start).iter().flat_map(|a| &a.content);
    contents.any(|content| content.start == clause.start || content.start == that)
}

/// Whether a relative pronoun stands before the finite verb at `i`, over adverbs.
fn is_of_relative(of: &Account, i: usize) -> bool {
    let before = (i.saturating_sub(3)..i).rev().find(|j| of.pos(*j) != Pos::RB);
    before.is_some_and(|j| matches!(of.pos(j), Pos::WP | Pos::WDT) || of.word(j) == "that")
}
