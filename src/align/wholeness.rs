//! Is a clause that was cut out of its sentence whole?
//!
//! In: an account and the span of a clause. Out: whether it lost words that it belongs to: its subject, its auxiliary, the
//! noun that a relative clause describes. It does not know what the clause tells.

use super::Account;
use super::predicates;
use super::statements::ADDRESSING;
use crate::annotate::Pos;
use crate::span::Span;

/// Whether a clause lost what its first words belong to: "brother was seized" of "whose brother was seized", "docked 12
/// points and their owner" of "was docked 12 points", "the winner gave on Monday" of "the sample that the winner gave".
pub fn is_cut(of: &Account, clause: Span) -> bool {
    let tokens = of.layers.tokens_in(clause);
    let first = of.word(tokens.start);
    if first.ends_with("self") || first.ends_with("selves") || matches!(first, "him" | "them") {
        return true;
    }
    let Some(before) = tokens.start.checked_sub(1).map(|i| of.layers.tokens[i]) else { return false };
    let same = of.layers.sentence_at(before.span.start) == of.layers.sentence_at(clause.start);
    opens_with_that(of, tokens.start)
        || same
            && (loses_a_word(of, tokens.start)
                || is_of_a_relative(of, tokens.start)
                || is_joined(of, tokens.start))
}

/// The same for a noun with what dates it ("Monday's attack in Oslo"), which may stand behind whatever word.
pub fn is_cut_noun(of: &Account, noun: Span) -> bool {
    let first = of.layers.tokens_in(noun).start;
    begins_within_sentence(of, first) && loses_a_word(of, first)
}

/// Whether token `first` has a word of its sentence before it.
fn begins_within_sentence(of: &Account, first: usize) -> bool {
    let sentence = |i: usize| of.layers.tokens.get(i).and_then(|t| of.layers.sentence_at(t.span.start));
    first > 0 && sentence(first).is_some() && sentence(first - 1) == sentence(first)
}

/// Whether the clause that begins with token `first` lost its auxiliary or a word of its subject.
fn loses_a_word(of: &Account, first: usize) -> bool {
    let before = first - 1;
    let helping = matches!(
        of.word(before),
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "has" | "have" | "had" | "-"
    );
    // "said that Ostrian troops crossed the river": the tagger takes "that" for a determiner before an adjective.
    let joining = first >= 2 && of.word(before) == "that" && of.pos(first - 2).is_verb();
    let opened = of.pos(before).is_adjective()
        || matches!(of.pos(before), Pos::DT | Pos::PRPS | Pos::POS | Pos::WPS | Pos::MD | Pos::CD);
    let wanted = of.pos(first) == Pos::VB
        || of.pos(before) == Pos::VB
            && of.pos(first) != Pos::DT
            && first >= 2
            && of.pos(first - 2) == Pos::TO;
    // "the “Full House” | actress filed"
    let named = matches!(of.word(before), "”" | "’" | "\"") && of.pos(first) == Pos::NN;
    wanted || named || (helping || opened && !joining) && of.pos(first) != Pos::DT
}

/// Whether the clause begins with "that", over a time: "Friday that the cuts would end".
fn opens_with_that(of: &Account, first: usize) -> bool {
    let in_time = |i: &usize| of.layers.tokens.get(*i).is_some_and(|t| of.layers.time_at(t.span.start));
    let that = (first..first + LONGEST_TIME).find(|i| !in_time(i)).unwrap_or(first);
    let next = of.layers.tokens.get(that + 1).map(|t| t.pos);
    let determines = of.layers.tokens.get(that).is_some_and(|t| t.pos == Pos::DT)
        && next.is_some_and(|p| p.is_noun() || p.is_adjective() || p == Pos::CD)
        && next != Some(Pos::NNS);
    of.word(that) == "that" && !determines
}

/// How many tokens a time may have that stands before "that".
const LONGEST_TIME: usize = 4;

/// Whether a clause only describes the noun before it: "a plan the parties put forward".
pub fn describes_a_noun(of: &Account, clause: Span) -> bool {
    let first = of.layers.tokens_in(clause).start;
    begins_within_sentence(of, first) && is_of_a_relative(of, first)
}

/// Whether the clause that begins with token `first` only describes the noun before it, which it lacks: "a plan the president
/// unveiled on Saturday", "the sample that the winner gave", "which the House is to consider".
fn is_of_a_relative(of: &Account, first: usize) -> bool {
    let before = first - 1;
    let noun = |i: usize| of.pos(i).is_noun() && !of.layers.time_at(of.layers.tokens[i].span.start);
    let describes = match of.word(before) {
        "that" => first >= 2 && noun(first - 2) && !gives_content(of, first - 2),
        // "talks in which the president urged them", but not the sayer of "a group, according to which the agency was warned"
        "which" | "whom" => first < 3 || of.pos(first - 2) != Pos::IN || of.word(first - 3) == "according",
        "who" | "what" => true,
        _ => noun(before) && of.pos(first) != Pos::Punct && !follows_a_phrase(of, before),
    };
    describes && !opens_content(of, first)
}

/// Whether an attribution gives to somebody what begins with token `first`, or with the "that" before it.
fn opens_content(of: &Account, first: usize) -> bool {
    let at = of.layers.tokens[first].span.start;
    let that = first.checked_sub(1).filter(|i| of.word(*i) == "that");
    let that = that.map_or(at, |i| of.layers.tokens[i].span.start);
    let mut contents = of.layers.attributions_about(at).iter().flat_map(|a| &a.content);
    contents.any(|content| content.start == at || content.start == that)
}

/// Whether "that" behind the noun at `noun` opens what is said, and describes nothing: "a report by the agency that …", "told the
/// paper that …", "It was in Osmar that …".
fn gives_content(of: &Account, noun: usize) -> bool {
    let phrase = (noun.saturating_sub(LONGEST_PHRASE)..=noun).rev().take_while(|i| of.pos(*i) != Pos::Punct);
    for i in phrase {
        if CONTENT.contains(&of.lemma_at(i)) {
            return true;
        }
        if of.pos(i).is_verb() {
            let cleft = of.lemma_at(i) == "be" && i > 0 && of.word(i - 1) == "it";
            return cleft || says(of, i) || addresses(of.lemma_at(i));
        }
    }
    false
}

/// How many tokens the phrase before "that" may have.
const LONGEST_PHRASE: usize = 10;

/// Whether a verb says to whom something is told or shown.
fn addresses(verb: &str) -> bool {
    ADDRESSING.contains(&verb) || matches!(verb, "show" | "teach")
}

/// Whether the noun at `noun` ends what stands before a clause by itself: a phrase with its preposition ("In Geneva the
/// ministers agreed"), or whom a verb tells something ("told reporters the strike would end").
fn follows_a_phrase(of: &Account, noun: usize) -> bool {
    let sentence = of.layers.sentence_at(of.layers.tokens[noun].span.start);
    let start = sentence.map_or(0, |i| of.layers.sentences[i].tokens.start);
    let opens = |i: &usize| matches!(of.word(*i), "," | ";" | ":" | "–" | "—" | "“" | "\"" | "‘");
    let from = (start..=noun).rev().find(opens).map_or(start, |i| i + 1);
    let led = (from..=noun).find(|i| of.pos(*i) != Pos::RB && of.pos(*i) != Pos::CC);
    led.is_some_and(|i| of.pos(i) == Pos::IN)
        || (from..noun).any(|i| of.pos(i).is_verb() && addresses(of.lemma_at(i)))
}

/// Whether a preposition or a verb that says nothing joins the clause that begins with token `first` to what stands before it:
/// "who pocketed | 3 million in bribes was jailed".
fn is_joined(of: &Account, first: usize) -> bool {
    let before = first - 1;
    let word = of.word(before);
    let in_time = of.layers.time_at(of.layers.tokens[before].span.start);
    let preposition = matches!(of.pos(before), Pos::IN | Pos::TO) && !predicates::joins_clause(word);
    let verb = of.pos(before).is_verb() && !says(of, before);
    !in_time && (preposition || verb)
}

/// Whether a clause can be what the verb at `i` says: it is of a cue, or of thinking and knowing.
fn says(of: &Account, i: usize) -> bool {
    const THINKING: &[&str] = &[
        "say",
        "think",
        "believe",
        "know",
        "hope",
        "fear",
        "expect",
        "mean",
        "show",
        "find",
        "learn",
        "hear",
        "realise",
        "realize",
        "see",
        "feel",
        "suggest",
        "agree",
        "decide",
        "insist",
        "ensure",
        "claim",
        "add",
        "argue",
        "warn",
        "announce",
        "report",
        "predict",
        "assume",
        "imagine",
        "understand",
        "note",
        "admit",
        "acknowledge",
        "confirm",
        "conclude",
        "reveal",
        "estimate",
        "bet",
        "wish",
        "promise",
        "pray",
        "guess",
        "hint",
        "indicate",
        "forecast",
        "rule",
        "order",
        "demand",
        "propose",
        "recommend",
        "vow",
        "threaten",
        "recall",
        "remember",
        "deny",
        "doubt",
        "explain",
        "stress",
        "write",
    ];
    let at = of.layers.tokens[i].span;
    let mut cues = of.layers.attributions_about(at.start).iter().flat_map(|a| &a.cue);
    THINKING.contains(&of.lemma_at(i)) || cues.any(|cue| cue.contains(at))
}

/// Nouns whose content "that" opens: "the fact that the winner left".
const CONTENT: &[&str] = &[
    "fact",
    "report",
    "claim",
    "statement",
    "news",
    "warning",
    "evidence",
    "hope",
    "fear",
    "belief",
    "view",
    "idea",
    "allegation",
    "accusation",
    "rumour",
    "rumor",
    "assurance",
    "promise",
    "threat",
    "sign",
    "word",
    "decision",
    "ruling",
    "conclusion",
    "possibility",
    "chance",
    "risk",
    "concern",
    "suggestion",
    "argument",
    "assumption",
    "proof",
    "confirmation",
    "indication",
    "impression",
    "announcement",
    "demand",
    "proposal",
    "condition",
    "admission",
    "theory",
    "guarantee",
    "pledge",
    "message",
    "reminder",
    "notice",
    "doubt",
    "finding",
    "assertion",
    "expectation",
    "complaint",
    "criticism",
    "speculation",
    "insistence",
    "thought",
    "verdict",
    "agreement",
    "prediction",
    "forecast",
    "suspicion",
    "notion",
    "prospect",
    "likelihood",
    "hint",
    "request",
    "order",
    "notification",
    "confidence",
    "certainty",
    "reassurance",
    "testimony",
    "email",
    "letter",
    "tweet",
    "extent",
    "point",
    "day",
    "time",
    "moment",
    "way",
    "reason",
    "reporter",
    "journalist",
    "paper",
];
