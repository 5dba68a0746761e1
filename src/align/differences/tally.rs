//! For and against, and how a match ended.
//!
//! In: the sentences. Out: differences of the kind `number` between two tallies of one vote ("88 votes to 84") or two
//! scores of one match ("beat Hale 3-1"). Two tallies are of one vote where as many voted and their sentences are alike;
//! it does not know which house voted.

use super::super::predicates::Predicate;
use super::super::terms::TermSet;
use super::super::{Account, Context, Spot};
use super::{Found, heading, in_order_of_time, readings};
use crate::annotate::{Sentence, value_of_word};
use crate::span::Span;

/// How alike the sentences around two tallies must be.
const ALIKE: f64 = 0.35;
const FEWEST_SHARED: usize = 2;

/// How alike they must be around two scores: a report tells of many matches.
const ALIKE_SCORES: f64 = 0.6;
const FEWEST_SHARED_BY_SCORES: usize = 3;

/// By what part of all votes two counts of one vote may be apart, or by one.
const APART: f64 = 0.05;

/// Words of a vote, near a tally.
const VOTES: &[&str] = &["vote", "votes", "voted", "ballot", "ballots", "majority"];

/// Words of a match, before a score.
const CONTESTS: &[&str] = &["beat", "beats", "defeated", "won", "lost"];

/// Words right before "112 to 98".
const LEADS: &[&str] =
    &["voted", "vote", "by", "of", "was", "split", "ruled", "decided", "passed", "approved", "rejected"];

/// How many words before its first number a tally is looked for the word that says what it is.
const REACH: usize = 5;

/// How many words may stand between those who voted for something and those against it.
const REACH_OF_SIDE: usize = 10;

/// From how many votes on a side that is the same says that the vote is.
const LARGE: f64 = 20.0;

/// How many tallies are compared with each other; it bounds the cost of a story.
const MOST: usize = 400;

/// The most digits of a number of votes.
const MOST_DIGITS: usize = 5;

/// Two numbers, one against the other.
#[derive(Debug)]
struct Tally {
    spot: Spot,
    pair: (u32, u32),
    is_vote: bool,
    clause: Spot,
    terms: TermSet,
    clause_terms: TermSet,
}

/// The differences between tallies.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let tallies: Vec<Tally> =
        (0..context.accounts.len()).flat_map(|account| tallies(context, account)).take(MOST).collect();
    let mut groups: Vec<Vec<&Tally>> = Vec::new();
    for tally in tallies.iter().filter(|t| !is_ambiguous(context, &tallies, t)) {
        match groups.iter_mut().find(|group| group.iter().all(|t| same(context, t, tally))) {
            Some(group) => group.push(tally),
            None => groups.push(vec![tally]),
        }
    }
    groups.iter().filter_map(|group| difference(context, group)).collect()
}

/// Whether `span` stands in a tally: then it is no count by itself.
pub(super) fn is_in_tally(account: &Account, span: Span) -> bool {
    let layers = &account.layers;
    let sentence = layers.sentence_at(span.start).map(|i| &layers.sentences[i]);
    sentence.is_some_and(|s| pairs(account, s).iter().any(|(tally, _, _)| tally.overlaps(span)))
}

fn tallies(context: &Context, account: usize) -> Vec<Tally> {
    let of = context.accounts[account];
    let mut tallies = Vec::new();
    for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
        for (span, pair, is_vote) in pairs(of, sentence) {
            if of.layers.quote_at(span.start).is_none() && !context.is_background(account, span) {
                let spot = Spot { account, span };
                let holding = context.predicates[account].iter().map(Predicate::clause);
                let clause = holding.filter(|c| c.contains(span)).min_by_key(|c| c.len());
                let clause = Spot { account, span: clause.unwrap_or(sentence.span) };
                let terms = |spot: Spot| context.terms.at(context.accounts, &context.cast, spot);
                tallies.push(Tally {
                    spot,
                    pair,
                    is_vote,
                    clause,
                    terms: terms(Spot { account, span: sentence.span }),
                    clause_terms: terms(clause),
                });
            }
        }
    }
    tallies
}

/// The tallies of a sentence, and whether they are of a vote.
fn pairs(account: &Account, sentence: &Sentence) -> Vec<(Span, (u32, u32), bool)> {
    let words = words(account, sentence.span);
    let found = (0..words.len()).filter_map(|i| {
        if let Some((end, pair)) = sides(&words, i) {
            return Some((words[i].0.cover(words[end - 1].0), pair, true));
        }
        let (end, pair, joined) = glued_pair(&words, i).or_else(|| spoken_pair(&words, i))?;
        let near = |cues: &[&str], from: usize, to: usize| {
            words[from..to.min(words.len())].iter().any(|(_, w)| cues.contains(w))
        };
        let counted = (i..end).any(|j| matches!(words[j].1, "vote" | "votes"));
        let led = i > 0 && LEADS.contains(&words[i - 1].1);
        let votes = counted || near(VOTES, i.saturating_sub(REACH), end + 2) && (joined || led);
        let scores = !votes && joined && near(CONTESTS, i.saturating_sub(REACH), i);
        let span = words[i].0.cover(words[end - 1].0);
        (votes || scores).then_some((span, pair, votes))
    });
    found.collect()
}

/// "5-2", "11–8".
fn glued_pair(words: &[(Span, &str)], i: usize) -> Option<(usize, (u32, u32), bool)> {
    let (a, b) = words[i].1.split_once(['-', '–', '—'])?;
    Some((i + 1, (digits(a)?, digits(b)?), true))
}

/// "88 votes to 84", "112 to 98".
fn spoken_pair(words: &[(Span, &str)], i: usize) -> Option<(usize, (u32, u32), bool)> {
    let word = |j: usize| words.get(j).map_or("", |(_, w)| *w);
    let a = number(word(i))?;
    let to = i + 1 + usize::from(matches!(word(i + 1), "vote" | "votes"));
    let b = number(word(to + 1)).filter(|_| matches!(word(to), "to" | "against"))?;
    let measured =
        matches!(word(to + 2), "percent" | "per" | "years" | "hours" | "days" | "million" | "billion");
    let ranged = i > 0 && matches!(word(i - 1), "from" | "between");
    (!measured && !ranged).then_some((to + 2, (a, b), false))
}

/// "88 members voted for it and 87 against".
fn sides(words: &[(Span, &str)], i: usize) -> Option<(usize, (u32, u32))> {
    let word = |j: usize| words.get(j).map_or("", |(_, w)| *w);
    let a = number(&word(i).to_lowercase())?;
    let voted = (i + 1..i + 4).find(|j| word(*j) == "voted")?;
    let pro = matches!(word(voted + 1), "for" | "in" | "yes");
    let con = (voted + 2..voted + 2 + REACH_OF_SIDE).find(|j| word(*j) == "against")?;
    let b = number(&word(con - 1).to_lowercase()).filter(|_| pro)?;
    Some((con + 1, (a, b)))
}

fn number(word: &str) -> Option<u32> {
    digits(word).or_else(|| match word.split_once('-') {
        Some((tens, ones)) => {
            Some((value_of_word(tens).filter(|n| *n >= 20.0)? + value_of_word(ones)?) as u32)
        }
        None => value_of_word(word).map(|n| n as u32),
    })
}

fn digits(word: &str) -> Option<u32> {
    (word.len() <= MOST_DIGITS && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}

/// The words between white space, without the marks around them.
fn words(account: &Account, sentence: Span) -> Vec<(Span, &str)> {
    let text = account.report.slice(sentence);
    let words = text.split_whitespace().map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        let start = sentence.start as usize + (word.as_ptr() as usize - text.as_ptr() as usize);
        (Span::new(start..start + word.len()), word)
    });
    words.filter(|(_, word)| !word.is_empty()).collect()
}

/// Whether another report gives its pair too, or its own gives another for the same: then nobody contradicts it.
fn is_ambiguous(context: &Context, tallies: &[Tally], tally: &Tally) -> bool {
    tallies.iter().any(|t| {
        t.spot.account == tally.spot.account && apart(t.pair, tally.pair) && same_vote(context, t, tally)
    })
}

fn same(context: &Context, a: &Tally, b: &Tally) -> bool {
    a.spot.account == b.spot.account && !apart(a.pair, b.pair)
        || a.spot.account != b.spot.account && same_vote(context, a, b)
}

fn same_vote(context: &Context, a: &Tally, b: &Tally) -> bool {
    let sum = |t: &Tally| f64::from(t.pair.0 + t.pair.1);
    let shared = context.terms.shared(&a.terms, &b.terms).len();
    let sentences = context.terms.similarity(&a.terms, &b.terms);
    let alike = sentences.max(context.terms.similarity(&a.clause_terms, &b.clause_terms));
    // A side of some size that both count alike is hardly that of another vote.
    let one_side =
        (a.pair.0 == b.pair.0 || a.pair.1 == b.pair.1) && sum(a).min(sum(b)) >= LARGE && shared > 0;
    let as_many = (sum(a) - sum(b)).abs() <= (APART * sum(a).max(sum(b))).max(1.0);
    a.is_vote == b.is_vote
        && if a.is_vote {
            as_many && (shared >= FEWEST_SHARED && alike >= ALIKE || one_side)
        } else {
            shared >= FEWEST_SHARED_BY_SCORES && alike >= ALIKE_SCORES
        }
}

fn apart(a: (u32, u32), b: (u32, u32)) -> bool {
    a != b && a != (b.1, b.0)
}

fn difference(context: &Context, group: &[&Tally]) -> Option<Found> {
    let first = group.first().filter(|first| group.iter().any(|t| apart(first.pair, t.pair)))?;
    let value = |t: &Tally| format!("{} to {}", t.pair.0, t.pair.1);
    Some(Found {
        kind: "number",
        about: heading(context, first.clause),
        compatible: Some(false),
        over_time: false,
        readings: in_order_of_time(context, readings(group.iter().map(|t| (value(t), t.spot)))),
    })
}
