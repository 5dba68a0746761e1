//! What somebody says that others should do, and what a noun says that somebody wants.
//!
//! In: a predicate within what somebody says, or a noun behind whose it is. Out: the telling: "Lund said the firm should pay", "the
//! union’s demand for a vote". It does not know the stances that a verb has by itself.

use super::super::predicates::{self, Predicate};
use super::super::{Account, Context, Spot};
use super::stance::Stance;
use super::{Telling, holder, issue, matter, taken_on, under_doubt};
use crate::annotate::{Attribution, MentionKind, Pos, lexicon};
use crate::span::Span;

/// Lemmas of cues by which somebody who says what others should do asks for it.
const SAYING: &[&str] = &[
    "say", "tell", "add", "insist", "argue", "write", "stress", "declare", "warn", "maintain", "tweet",
    "state",
];

/// Verbs of what nobody does of his own will: with "should" they tell only what is expected.
const UNWILLED: &[&str] = &[
    "be",
    "have",
    "become",
    "remain",
    "get",
    "know",
    "see",
    "expect",
    "feel",
    "need",
    "come",
    "look",
    "seem",
    "happen",
    "remember",
    "note",
    "understand",
    "cost",
    "last",
    "rise",
    "fall",
    "help",
    "want",
    "arrive",
    "hope",
    "worry",
    "fear",
    "thank",
    "wait",
    "watch",
    "enjoy",
    "care",
    "think",
    "realise",
    "realize",
    "believe",
    "like",
    "love",
    "learn",
    "hear",
    "find",
    "face",
    "lose",
    "win",
    "count",
    "die",
    "live",
    "deserve",
    "suffer",
    "trust",
    "wonder",
];

/// "Lund said the firm should pay for the damage": what somebody says that others should do, he demands.
pub fn of_others(context: &Context, predicate: &Predicate) -> Option<Telling> {
    let of = context.accounts[predicate.account];
    let asked = matches!(predicate.modal.as_deref(), Some("should" | "must"));
    let open = predicate.negated || predicate.conditional || predicate.passive || predicate.participle;
    let subject = predicate.subject.filter(|_| asked && !open)?;
    if UNWILLED.contains(&predicate.lemma.as_str())
        || of.layers.tokens_in(predicate.verb).any(|i| of.word(i) == "have")
        || !holder::opens_content(context, predicate, subject)
        || under_doubt(context, predicate)
    {
        return None;
    }
    let around =
        of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    let attribution = around.min_by_key(|a| a.content.iter().map(|c| c.len()).min())?;
    let party = holder::speaker_party(context, predicate).filter(|_| says(of, attribution))?;
    if !is_somebody_else(context, Spot { account: predicate.account, span: subject }, &party) {
        return None;
    }
    let words = of.layers.tokens_in(predicate.clause());
    let stance = Stance { name: "demands", verb: None, object: words, particle: false, whole: true };
    let span = issue::find(context, predicate, &stance)?.span;
    // Cut before its verb it says nothing.
    let whole = span.contains(predicate.verb) && span.end > predicate.verb.end;
    let telling =
        Wanted { party, stance: "demands", verb: "says", on_issue: span, clause: predicate.clause() };
    whole.then(|| telling.told(context, predicate))?
}

/// What is told of a party.
struct Wanted {
    party: String,
    stance: &'static str,
    verb: &'static str,
    on_issue: Span,
    clause: Span,
}

impl Wanted {
    fn told(self, context: &Context, predicate: &Predicate) -> Option<Telling> {
        let issue = Spot { account: predicate.account, span: self.on_issue };
        let terms = matter(context, issue);
        let on = taken_on(context, predicate, self.on_issue);
        let clause = Spot { span: self.clause.cover(self.on_issue), ..issue };
        let Wanted { party, stance, verb, .. } = self;
        let verb = Some(verb.to_owned());
        (!terms.is_empty()).then_some(Telling {
            party,
            stance,
            verb,
            issue,
            on_terms: false,
            clause,
            terms,
            on,
        })
    }
}

/// Whether the cue says it, and is not denied.
fn says(of: &Account, attribution: &Attribution) -> bool {
    let cue: Vec<usize> = attribution.cue.iter().flat_map(|span| of.layers.tokens_in(*span)).collect();
    let denied = |i: &usize| {
        let before = i.checked_sub(1).map(|i| of.word(i)).unwrap_or_default();
        [of.word(*i), before].iter().any(|w| matches!(*w, "not" | "n't" | "n’t" | "never"))
    };
    cue.iter().any(|i| SAYING.contains(&of.lemma_at(*i))) && !cue.iter().any(denied)
}

/// Whether a subject names somebody who acts, and who is not of `party`.
fn is_somebody_else(context: &Context, subject: Spot, party: &str) -> bool {
    let of = context.accounts[subject.account];
    // "A president must commit a crime to be impeached": that is how it is, and asks for nothing.
    let first = of.layers.tokens_in(subject.span).start;
    if matches!(of.word(first), "a" | "an" | "any" | "every" | "each" | "no" | "all") {
        return false;
    }
    let named = predicates::parties(context.accounts, &context.cast, subject);
    if !named.is_empty() {
        return !named.iter().any(|name| name == party);
    }
    let pronoun = of.layers.tokens_in(subject.span).any(|i| matches!(of.pos(i), Pos::PRP | Pos::PRPS));
    let Some(noun) = of.head_noun(subject.span).filter(|_| !pronoun) else { return false };
    let word = of.word(noun);
    lexicon::nominal(word).is_some() || lexicon::office(word).is_some() || ACTING.contains(&word)
}

/// Nouns for those who can be asked to do something, beside those that the lexicon knows.
const ACTING: &[&str] = &[
    "state",
    "authorities",
    "lawmakers",
    "legislators",
    "countries",
    "nations",
    "governments",
    "employers",
    "companies",
    "regulators",
    "operator",
    "owner",
    "owners",
    "banks",
    "police",
    "parties",
    "unions",
    "opposition",
    "coalition",
    "cabinet",
];

/// What a noun says that those want whose it is, with the preposition behind it: stance, and the verb as it reads before the issue.
fn wanted(noun: &str, preposition: &str) -> Option<(&'static str, &'static str)> {
    match (noun, preposition) {
        ("demand" | "demands" | "request" | "requests" | "insistence", "for" | "on") => {
            Some(("demands", "demands"))
        }
        ("call" | "calls" | "appeal", "for") => Some(("demands", "calls for")),
        ("opposition" | "objection" | "objections" | "resistance", "to") => Some(("opposes", "opposes")),
        ("rejection", "of") => Some(("rejects", "rejects")),
        _ => None,
    }
}

/// Adjectives that may stand between whose a demand is and its noun; of an earlier one nobody knows whether it holds.
const STANDING: &[&str] = &[
    "repeated",
    "renewed",
    "latest",
    "own",
    "main",
    "key",
    "central",
    "strong",
    "continued",
    "longstanding",
];

/// Lemmas of verbs by which somebody gives up what he wanted.
const GIVING_UP: &[&str] = &[
    "drop",
    "withdraw",
    "abandon",
    "shelve",
    "retract",
    "rescind",
    "waive",
    "relinquish",
    "deny",
    "meet",
    "grant",
];

/// How many words around such a noun are looked at.
const NEAR: usize = 40;

/// "The union’s demand for a vote": the positions that nouns tell in the clauses of an account's own.
pub fn in_nouns(context: &Context, account: usize) -> Vec<Telling> {
    let of = context.accounts[account];
    let owns = (1..of.layers.tokens.len()).filter(|i| of.pos(*i) == Pos::POS);
    owns.filter_map(|i| in_noun(context, account, i)).collect()
}

/// The position that the noun behind the possessive mark at `mark` tells.
fn in_noun(context: &Context, account: usize, mark: usize) -> Option<Telling> {
    let of = context.accounts[account];
    let noun = if STANDING.contains(&of.word(mark + 1)) { mark + 2 } else { mark + 1 };
    let (stance, verb) = wanted(of.word(noun), of.word(noun + 1))?;
    let span = |i: usize| of.layers.tokens.get(i).map(|t| t.span);
    let at = span(noun)?;
    let sentence = &of.layers.sentences[of.layers.sentence_at(at.start)?];
    let told = of.layers.quote_at(at.start).is_some()
        || of.layers.attributions_about(at.start).iter().any(|a| a.content.iter().any(|c| c.contains(at)));
    let near = noun.saturating_sub(NEAR).max(sentence.tokens.start)..(noun + NEAR).min(sentence.tokens.end);
    let given_up = || near.clone().any(|i| GIVING_UP.contains(&of.lemma_at(i)));
    if sentence.furniture || told || given_up() || context.is_background(account, at) {
        return None;
    }
    let owner = owner(of, mark)?;
    let start = noun + 2;
    let goes_on =
        |i: &usize| !of.pos(*i).is_finite() && !matches!(of.pos(*i), Pos::WP | Pos::WDT | Pos::Punct);
    let end = (start..near.end).take_while(goes_on).last()? + 1;
    let object = span(start)?.cover(span(end - 1)?);
    let predicate = Predicate {
        account,
        lemma: of.lemma_at(noun).to_owned(),
        verb: at.cover(span(noun + 1)?),
        subject: Some(owner),
        object,
        negated: false,
        modal: None,
        passive: false,
        present: true,
        conditional: false,
        quoted: false,
        participle: false,
    };
    let party = holder::of(context, &predicate, owner)?;
    let words = Stance { name: stance, verb: None, object: start..end, particle: false, whole: true };
    let on_issue = issue::find(context, &predicate, &words)?.span;
    Wanted { party, stance, verb, on_issue, clause: owner.cover(predicate.verb) }.told(context, &predicate)
}

/// The phrase before the possessive mark at `mark`, that says whose.
fn owner(of: &Account, mark: usize) -> Option<Span> {
    let last = of.layers.tokens.get(mark.checked_sub(1)?)?.span;
    let near = Span { start: last.start.saturating_sub(80), end: last.end };
    let mut mentions = of.layers.mentions_in(near);
    let mention = mentions
        .find(|m| m.span.end >= last.end && m.span.start <= last.start && m.kind != MentionKind::Pronoun)?;
    Some(Span { end: last.end, ..mention.span })
}
