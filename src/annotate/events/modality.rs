//! How a clause presents an event.
//!
//! In: a verb group in its clause. Out: whether the event is said to have happened or to come, and its [`Modality`];
//! nothing where that cannot be told. It does not know which event it is.

use super::super::chunks::{Tense, VerbGroup};
use super::super::{Modality, lemma};
use super::Clause;

/// Verbs whose infinitive is planned.
const PLANS: [&str; 21] = [
    "plan",
    "intend",
    "expect",
    "agree",
    "set",
    "schedule",
    "prepare",
    "pledge",
    "promise",
    "vow",
    "decide",
    "commit",
    "go",
    "determine",
    "resolve",
    "undertake",
    "slate",
    "aim",
    "send",
    "dispatch",
    "deploy",
];

/// Verbs whose infinitive is wished for, demanded or tried.
const WISHES: [&str; 25] = [
    "want", "seek", "try", "urge", "ask", "demand", "propose", "offer", "hope", "threaten", "attempt",
    "call", "tell", "order", "allow", "invite", "push", "press", "need", "wish", "seem", "appear", "like",
    "consider", "have",
];

/// Adjectives whose infinitive is planned.
const READY: [&str; 4] = ["due", "willing", "ready", "prepared"];

/// Verbs whose infinitive does not come about.
const DENIALS: [&str; 6] = ["refuse", "decline", "fail", "stop", "avoid", "neglect"];

/// How many tokens before an infinitive the verb stands that rules it.
const RULED: usize = 8;

/// Whether the event is affirmed, and how it is presented.
pub fn of(clause: Clause, group: &VerbGroup) -> Option<(bool, Modality)> {
    let happened = !group.negated;
    let possible = Some((happened, Modality::Possible));
    if is_conditional(clause, group) {
        return possible;
    }
    match group.tense {
        Tense::Past | Tense::Perfect | Tense::Present => Some((happened, Modality::Asserted)),
        Tense::Future => Some((happened, Modality::Future)),
        Tense::Conditional if group.modal.is_some_and(|m| clause.word(m) == "would") => {
            Some((happened, Modality::Future))
        }
        Tense::Conditional => possible,
        Tense::Infinitive => infinitive(clause, group),
        // "killed by": a participle tells what happened to the noun before it.
        Tense::Participle if group.passive => Some((happened, Modality::Asserted)),
        Tense::Participle => Some((happened, Modality::Asserted)).filter(|_| !group.negated),
        Tense::Base => None,
    }
}

fn infinitive(clause: Clause, group: &VerbGroup) -> Option<(bool, Modality)> {
    let negated = group.negated;
    let near = clause.sentence.tokens.start.max(group.range.start.saturating_sub(RULED))..group.range.start;
    let state = |i: usize| READY.contains(&clause.word(i).as_str());
    let ruler = near.clone().rev().find(|i| clause.pos(*i).is_verb() || state(*i))?;
    let lemma = match clause.word(ruler) {
        word if state(ruler) => word,
        word => lemma(&word, clause.pos(ruler)).into_owned(),
    };
    // "is not willing to": the verb before the adjective denies it.
    let verb = near.rev().find(|i| clause.pos(*i).is_verb() && *i <= ruler);
    let group = verb.and_then(|verb| clause.layers.verb_group_at(clause.report, verb));
    let denied =
        group.is_some_and(|g| g.negated) || state(ruler) && clause.word(ruler.saturating_sub(1)) == "not";
    let happened = negated == denied;
    match lemma.as_str() {
        word if PLANS.contains(&word) || READY.contains(&word) => Some((happened, Modality::Future)),
        word if WISHES.contains(&word) => Some((happened, Modality::Possible)),
        word if DENIALS.contains(&word) => Some((!happened, Modality::Asserted)),
        _ => None,
    }
}

/// Whether "if" or the like opens the clause.
fn is_conditional(clause: Clause, group: &VerbGroup) -> bool {
    let start = clause.sentence.tokens.start.max(group.range.start.saturating_sub(8));
    let left = (start..group.range.start).rev();
    let clause_words = left.take_while(|i| !clause.parts(*i) && !clause.pos(*i).is_finite());
    clause_words.into_iter().any(|i| matches!(clause.word(i).as_str(), "if" | "unless" | "whether"))
}
