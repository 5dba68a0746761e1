//! Whether something that was planned is held, postponed, moved or cancelled.
//!
//! In: an account. Out: what its clauses say of the state of plans. It compares nothing, and does not know
//! which report came later to its news.

use super::cast::MemberIndex;
use super::concepts::concept;
use super::{Account, Context, Spot};
use crate::annotate::{EntityKind, Mention, Pos, Sentence, lemma};

/// What a clause says of the state of a plan.
#[derive(Clone, Debug)]
pub struct StatusClaim {
    /// cancelled, postponed, rescheduled or held.
    pub status: &'static str,
    /// Concept of what it is about ("trip").
    pub matter: String,
    /// Whose it is; `None` where the report does not say.
    pub who: Option<MemberIndex>,
    /// The new date (EDTF), where the clause gives one.
    pub to: Option<String>,
    /// From the verb to what it is about, with the date.
    pub spot: Spot,
    /// Index of the sentence.
    pub sentence: usize,
    /// Where the noun stands.
    pub noun: Spot,
}

/// Lemmas of verbs → status.
const STATUSES: &[(&str, &str)] = &[
    ("cancel", "cancelled"),
    ("scrap", "cancelled"),
    ("axe", "cancelled"),
    ("scrub", "cancelled"),
    ("postpone", "postponed"),
    ("delay", "postponed"),
    ("defer", "postponed"),
    ("adjourn", "postponed"),
    ("reschedule", "rescheduled"),
];

/// Verbs that need their particle → status.
const PHRASAL: &[(&str, &str, &str)] = &[
    ("call", "off", "cancelled"),
    ("put", "off", "postponed"),
    ("push", "back", "postponed"),
    ("go", "ahead", "held"),
];

/// What can be cancelled or moved, by concept.
const MATTERS: &[&str] = &[
    "visit",
    "talks",
    "election",
    "protest",
    "agreement",
    "launch",
    "hearing",
    "trial",
    "concert",
    "match",
    "game",
    "flight",
    "vote",
    "ceremony",
    "debate",
    "speech",
    "conference",
    "event",
    "festival",
    "interview",
    "appearance",
    "deadline",
    "strike",
    "execution",
    "tour",
    "race",
    "tournament",
    "exam",
    "wedding",
    "press-conference",
    "round",
];

/// How far from its verb the noun may stand, in tokens.
const REACH: usize = 8;

/// What the clauses of one account say of plans. A later clause that names no owner ("the visit was
/// rescheduled") speaks of the last thing of that kind that had one.
pub fn find(context: &Context, account: usize) -> Vec<StatusClaim> {
    let of = context.accounts[account];
    let mut claims: Vec<StatusClaim> = Vec::new();
    for (index, sentence) in of.layers.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        for verb in sentence.tokens.clone() {
            let Some(mut claim) = claim_at(context, account, index, sentence, verb) else { continue };
            if claim.who.is_none() {
                let last = claims.iter().rev().find(|c| c.matter == claim.matter && index - c.sentence <= 2);
                claim.who = last.and_then(|c| c.who);
            }
            claims.push(claim);
        }
    }
    claims
}

fn claim_at(
    context: &Context,
    account: usize,
    index: usize,
    sentence: &Sentence,
    verb: usize,
) -> Option<StatusClaim> {
    let Account { report, layers } = context.accounts[account];
    let token = layers.tokens[verb];
    if !token.pos.is_verb() || layers.quote_at(token.span.start).is_some() {
        return None;
    }
    let status = status(context.accounts[account], sentence, verb)?;
    let passive = token.pos == Pos::VBN && follows_be(context.accounts[account], sentence, verb);
    let noun = if passive {
        before(context.accounts[account], sentence, verb)
    } else {
        after(context.accounts[account], sentence, verb)
    }?;
    let when = layers.times.iter().find(|t| {
        t.days.is_some()
            && sentence.span.contains(t.span)
            && t.span.start > token.span.end
            && layers.tokens_in(t.span).start - verb <= 4 + REACH
    });
    let moved = status == "rescheduled" || passive;
    let to = when.filter(|_| moved).and_then(|t| t.value.clone());
    let noun_span = layers.tokens[noun].span;
    let mut span = token.span.cover(noun_span);
    if let Some(when) = when.filter(|_| to.is_some()) {
        span = span.cover(when.span);
    }
    let matter = concept(&lemma(report.slice(noun_span), layers.tokens[noun].pos).to_lowercase()).to_owned();
    Some(StatusClaim {
        status,
        matter,
        who: owner(context, account, sentence, verb, noun, passive),
        to,
        spot: Spot { account, span },
        sentence: index,
        noun: Spot { account, span: noun_span },
    })
}

fn status(account: &Account, sentence: &Sentence, verb: usize) -> Option<&'static str> {
    let word = |i: usize| account.report.slice(account.layers.tokens[i].span).to_lowercase();
    let base = lemma(&word(verb), account.layers.tokens[verb].pos).to_lowercase();
    let denied = (sentence.tokens.start.max(verb.saturating_sub(3))..verb).any(|i| {
        matches!(
            word(i).as_str(),
            "not" | "n't" | "n’t" | "never" | "may" | "might" | "could" | "would" | "if"
        )
    });
    if denied {
        return None;
    }
    let plain = STATUSES.iter().find(|(verb, _)| *verb == base).map(|(_, status)| *status);
    plain.or_else(|| {
        let near = (verb + 1..sentence.tokens.end).take(5);
        let phrasal =
            PHRASAL.iter().find(|(v, particle, _)| *v == base && near.clone().any(|i| word(i) == *particle));
        phrasal.map(|(_, _, status)| *status)
    })
}

fn follows_be(account: &Account, sentence: &Sentence, verb: usize) -> bool {
    let word = |i: usize| account.report.slice(account.layers.tokens[i].span).to_lowercase();
    let before = (sentence.tokens.start.max(verb.saturating_sub(3))..verb).map(word);
    before.into_iter().any(|w| matches!(w.as_str(), "was" | "were" | "been" | "is" | "are" | "be" | "being"))
}

fn is_matter(account: &Account, i: usize) -> bool {
    let token = account.layers.tokens[i];
    let base = lemma(account.report.slice(token.span), token.pos).to_lowercase();
    token.pos.is_noun() && MATTERS.contains(&concept(&base))
}

fn after(account: &Account, sentence: &Sentence, verb: usize) -> Option<usize> {
    (verb + 1..sentence.tokens.end).take(REACH).find(|i| is_matter(account, *i))
}

fn before(account: &Account, sentence: &Sentence, verb: usize) -> Option<usize> {
    (sentence.tokens.start.max(verb.saturating_sub(2 * REACH))..verb).rev().find(|i| is_matter(account, *i))
}

/// Whose plan it is: the possessor of the noun ("his trip", "Smith's visit"), else the subject of the verb.
fn owner(
    context: &Context,
    account: usize,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
    passive: bool,
) -> Option<MemberIndex> {
    let layers = &context.accounts[account].layers;
    let token = |i: usize| layers.tokens[i].span;
    let member = |mention: &Mention| mention.entity.map(|entity| context.cast.member(account, entity));
    let possessor = layers
        .mentions
        .iter()
        .filter(|m| m.span.end <= token(noun).start && m.span.start >= sentence.span.start);
    let near = possessor.filter(|m| layers.tokens_in(m.span).end + 3 >= noun).filter(|m| {
        let next = layers.tokens_in(m.span).end;
        layers.tokens.get(next).is_some_and(|t| t.pos == Pos::POS)
            || layers.tokens.get(next - 1).is_some_and(|t| t.pos == Pos::PRPS)
    });
    if let Some(found) = near.filter_map(member).next_back() {
        return Some(found);
    }
    if passive {
        return None;
    }
    let subjects = layers
        .mentions
        .iter()
        .filter(|m| m.span.start >= sentence.span.start && m.span.end <= token(verb).start);
    let people = subjects.filter(|m| m.entity.is_some_and(|e| layers.entities[e].kind == EntityKind::Person));
    people.filter_map(member).next_back()
}
