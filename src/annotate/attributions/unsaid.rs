//! What nobody said: "refused to say", "declined to comment", "would not say how many".
//!
//! In: a frame and what could be a cue in it. Out: whether it says that something was not said. It does not
//! know what was not said.

use std::ops::Range;

use super::super::{Pos, lemma};
use super::cues::Cue;
use super::frames::Frame;
use super::words::Words;

/// Verbs that leave nothing said where they are negated or refused. "Deny" and "accept" are none of them: who
/// does not deny something says something.
const SAYING: [&str; 19] = [
    "say",
    "comment",
    "respond",
    "reply",
    "answer",
    "disclose",
    "reveal",
    "specify",
    "elaborate",
    "tell",
    "explain",
    "discuss",
    "state",
    "mention",
    "address",
    "provide",
    "give",
    "speak",
    "identify",
];

/// Verbs and adjectives before an infinitive that is not done.
const REFUSING: [&str; 6] = ["refuse", "decline", "fail", "unable", "unwilling", "neglect"];

/// Whether `cue` is a verb of saying that is negated or refused, or the verb that refuses it.
pub fn is_unsaid(words: &Words, frame: &Frame, cue: &Cue) -> bool {
    let base = lemma(words.word(cue.head), words.pos(cue.head));
    if SAYING.contains(&base.as_ref()) {
        return is_negated(words, &cue.tokens)
            || governor(words, frame, cue).is_some_and(|g| refuses(words, g));
    }
    refuses(words, cue.head) && refused(words, frame, cue).is_some_and(|i| SAYING.contains(&words.word(i)))
}

fn refuses(words: &Words, i: usize) -> bool {
    REFUSING.contains(&lemma(words.word(i), words.pos(i)).as_ref())
}

/// The verb of the infinitive that follows the cue.
fn refused(words: &Words, frame: &Frame, cue: &Cue) -> Option<usize> {
    let after = cue.head + 1..frame.tokens.end.min(cue.head + 4);
    let to = after.into_iter().find(|i| words.pos(*i) == Pos::TO)?;
    Some(to + 1).filter(|i| *i < frame.tokens.end)
}

/// Whether one of the words of a cue negates it.
pub fn is_negated(words: &Words, cue: &Range<usize>) -> bool {
    cue.clone().any(|i| words.is(i, &["not", "n't", "never"]) || words.word(i).ends_with("n't"))
}

/// The word that the infinitive depends on: "refused" in "refused to say".
pub fn governor(words: &Words, frame: &Frame, cue: &Cue) -> Option<usize> {
    let inside = |i: &usize| frame.tokens.contains(i);
    let to = cue.tokens.start.checked_sub(1).filter(inside).filter(|i| words.pos(*i) == Pos::TO)?;
    to.checked_sub(1).filter(inside)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cues, told};

    #[test]
    fn what_is_refused_or_negated_is_not_said() {
        for text in [
            "The minister refused to say whether the bridge was safe.",
            "The company declined to comment on the closure.",
            "The police did not respond to questions about the boat.",
            "Dunn would not say how many boats had sunk.",
        ] {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn what_is_not_denied_is_said() {
        assert_eq!(cues("Dunn did not deny that the bridge was closed."), ["did not deny"]);
        assert_eq!(cues("Dunn said that the bridge was not safe."), ["said"]);
    }
}
