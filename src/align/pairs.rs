//! Whom "they" means, where that are two.
//!
//! In: an account and a pronoun that opens a sentence. Out: the two entities that "and" joins as those who act in the sentence
//! before, where the verb says what only somebody with a will does and no others are several there. It does not know the other
//! reports.

use super::Account;
use crate::annotate::{Entity, EntityIndex, EntityKind, MentionKind, Pos, lexicon};
use crate::span::Span;

/// Over how many sentences that begin with "they" or "the two sides" the two are looked for.
const FURTHEST: usize = 3;

/// Within how many tokens of its sentence the second of the two ends.
const LONGEST_SUBJECT: usize = 16;

/// How many tokens may stand between those who act and their verb.
const FURTHEST_VERB: usize = 4;

/// Whom the pronoun at `pronoun` means; none, where that is not sure.
pub fn meant(of: &Account, pronoun: Span) -> Option<[EntityIndex; 2]> {
    let layers = &of.layers;
    let sentence = layers.sentence_at(pronoun.start)?;
    let first = opening(of, sentence)?;
    let they = layers.tokens[first].span == pronoun && of.word(first) == "they";
    if !they || layers.quote_at(pronoun.start).is_some() {
        return None;
    }
    let verb = (first + 1..first + FURTHEST_VERB)
        .find(|i| of.layers.tokens.get(*i).is_some_and(|t| t.pos != Pos::RB))?;
    let group = layers.verb_group_at(&of.report, verb)?;
    if !layers.is_willed(&of.report, &group) {
        return None;
    }
    let mut here = sentence;
    for _ in 0..FURTHEST {
        let before = before(of, here)?;
        if let Some(pair) = joined(of, before) {
            return Some(pair);
        }
        if !goes_on(of, before) {
            return None;
        }
        here = before;
    }
    None
}

/// The first token of a sentence behind what joins it to the one before, or says when.
fn opening(of: &Account, sentence: usize) -> Option<usize> {
    let tokens = of.layers.sentences[sentence].tokens.clone();
    let in_time = |i: usize| of.layers.time_at(of.layers.tokens[i].span.start);
    tokens.take(8).find(|i| !matches!(of.pos(*i), Pos::CC | Pos::RB | Pos::Punct | Pos::IN) && !in_time(*i))
}

/// The sentence before in the same paragraph, or the last of the one before.
fn before(of: &Account, sentence: usize) -> Option<usize> {
    let sentences = &of.layers.sentences;
    let before = (0..sentence).rev().take(FURTHEST).find(|i| !sentences[*i].furniture)?;
    let near = sentences[sentence].paragraph <= sentences[before].paragraph + 1;
    (near && of.layers.quote_at(sentences[before].span.start).is_none()).then_some(before)
}

/// The two whom "and" joins at the head of a sentence as those who act in it, where it speaks of no others who are several.
fn joined(of: &Account, sentence: usize) -> Option<[EntityIndex; 2]> {
    let layers = &of.layers;
    let tokens = layers.sentences[sentence].tokens.clone();
    let start = opening(of, sentence)?;
    let near = Span { start: layers.tokens[start].span.start, end: layers.sentences[sentence].span.end };
    let mut names = layers.mentions_in(near).filter(|m| m.kind == MentionKind::Name);
    let (a, b) = (names.next()?, names.next()?);
    let first = layers.tokens_in(a.span);
    let second = layers.tokens_in(b.span);
    let opens =
        (start..first.start).all(|i| of.pos(i) == Pos::DT || of.pos(i).is_noun() || of.pos(i).is_adjective());
    let and = second.start == first.end + 1 && of.word(first.end) == "and";
    let verb = (second.end..tokens.end).take(FURTHEST_VERB).any(|i| of.pos(i).is_finite());
    let short = second.end <= tokens.start + LONGEST_SUBJECT;
    let entities = (a.entity?, b.entity?);
    let person = |entity: EntityIndex| is_person(&layers.entities[entity]);
    let distinct = entities.0 != entities.1 && person(entities.0) == person(entities.1);
    let alone = !(second.end..tokens.end).any(|i| is_several(of, i));
    (opens && and && verb && short && distinct && alone).then_some([entities.0, entities.1])
}

/// Whether an entity that is held for a person has more than one word to its name, or a role.
fn is_person(entity: &Entity) -> bool {
    entity.kind == EntityKind::Person && (entity.name.contains(' ') || !entity.roles.is_empty())
}

/// Whether the word at `i` is of several who can act, or ends as if it were: "ministers", "crews", "trawlers".
fn is_several(of: &Account, i: usize) -> bool {
    let word = of.word(i);
    let people = || {
        let one = of.lemma_at(i);
        lexicon::nominal(word).is_some()
            || lexicon::nominal(one).is_some()
            || lexicon::is_role(one)
            || lexicon::office(one).is_some()
            || ["ors", "ers", "ials", "ists", "ants", "ents", "ives", "men", "ians", "crews", "people"]
                .iter()
                .any(|end| word.ends_with(end))
    };
    of.pos(i) == Pos::NNPS || of.pos(i) == Pos::NNS && people()
}

/// Whether a sentence only goes on about the same two: "They met for eleven hours", "The two sides met for eleven hours".
fn goes_on(of: &Account, sentence: usize) -> bool {
    let Some(first) = opening(of, sentence) else { return false };
    let tokens = of.layers.sentences[sentence].tokens.clone();
    let words = [0, 1, 2].map(|n| of.word(first + n));
    let two = words[0] == "the" && words[1] == "two" || words[0] == "both";
    let noun = if words[0] == "both" { words[1] } else { words[2] };
    let sides = matches!(
        noun,
        "sides"
            | "countries"
            | "companies"
            | "governments"
            | "leaders"
            | "men"
            | "women"
            | "parties"
            | "nations"
            | "ministers"
            | "presidents"
    );
    (words[0] == "they" || two && sides) && !(first + 3..tokens.end).any(|i| is_several(of, i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::testing::accounts;

    fn names(text: &str) -> Vec<String> {
        let account = accounts(&[text]).remove(0);
        let at = text.rfind("They").unwrap_or_default();
        let pair = meant(&account, Span::new(at..at + 4));
        pair.into_iter().flatten().map(|e| account.layers.entities[e].name.clone()).collect()
    }

    #[test]
    fn they_are_the_two_who_act_before() {
        let met = "Norway and Japan met in Lindhaven on Tuesday.";
        assert_eq!(names(&format!("{met} They signed the treaty.")), ["Norway", "Japan"]);
        assert_eq!(names(&format!("{met} They spoke. They signed the treaty.")), ["Norway", "Japan"]);
        assert_eq!(
            names(&format!("{met} The two sides spoke until noon. They agreed on a truce.")),
            ["Norway", "Japan"]
        );
    }

    #[test]
    fn others_who_are_several_leave_it_open() {
        assert_eq!(names("Norway and Japan sent inspectors. They demanded a share."), [""; 0]);
        assert_eq!(names("Norway and Japan met. The ministers left. They signed the treaty."), [""; 0]);
        assert_eq!(names("Norway and Japan met. They lie far apart."), [""; 0]);
        assert_eq!(names("Norway met Japan. They signed the treaty."), [""; 0]);
    }
}
