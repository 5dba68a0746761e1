//! What a report says of a name of one word.
//!
//! In: words and runs. Out: the names that the report treats as persons: whoever believes, has an adviser or
//! heads a presidency is one. One sign that bodies never give is enough; of those that bodies give too
//! ("said", "under"), two of different sorts are wanted. It does not know the names.

use std::collections::{BTreeMap, BTreeSet};

use super::runs::Run;
use super::titles::is_determiner;
use super::words::Word;
use crate::annotate::lexicon;

/// Signs for one name.
#[derive(Default)]
struct Signs {
    /// Only persons give it.
    person: bool,
    /// Bodies give them too, by sort.
    weak: BTreeSet<&'static str>,
    /// Only things give it: "the Guardian".
    thing: bool,
}

/// The names of one word, among `runs` of which no kind is known, that are persons in this report.
pub(super) fn persons<'t>(words: &[Word<'t>], runs: &[&Run]) -> BTreeSet<&'t str> {
    let mut signs: BTreeMap<&str, Signs> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.words.len() == 1) {
        let Some(word) = words.get(run.words.start).filter(|w| !w.acronym()) else { continue };
        look(words, run.words.start, signs.entry(word.text).or_default());
    }
    let persons = signs.into_iter().filter(|(_, s)| !s.thing && (s.person || s.weak.len() >= 2));
    persons.map(|(name, _)| name).collect()
}

fn look(words: &[Word], at: usize, signs: &mut Signs) {
    let Some(word) = words.get(at) else { return };
    let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|before| word.follows(before));
    let next = words.get(at + 1);
    let preposition = before.map(Word::lower).unwrap_or_default();
    let of_person =
        next.is_some_and(|n| matches!(n.text, "administration" | "presidency" | "family" | "campaign"));
    signs.thing |= !of_person && before.is_some_and(|b| is_determiner(&b.lower()));
    if matches!(preposition.as_str(), "under" | "against" | "with" | "by") {
        signs.weak.insert("object");
    }
    let Some(next) = next else { return };
    if word.possessive && next.touches(word) {
        owned(words, at + 1, signs);
    } else if next.gap == " " {
        signs.person |=
            is_personal_verb(&next.lower()) || matches!(next.text, "himself" | "herself" | "administration");
        if super::titles::is_telling(next.text) || matches!(next.text, "ordered" | "wants" | "hopes") {
            signs.weak.insert("teller");
        }
        let with = words.get(at + 2).filter(|_| next.text == "and");
        if with.is_some_and(|w| lexicon::is_given_name(w.text)) {
            signs.weak.insert("pair");
        }
    }
}

/// What stands after "X’s": up to three modifiers, then the noun.
fn owned(words: &[Word], start: usize, signs: &mut Signs) {
    for i in start..start + 4 {
        let Some(word) = words.get(i) else { return };
        if i > start && words.get(i - 1).is_some_and(|before| !word.follows(before)) {
            return;
        }
        let lower = word.lower();
        if is_personal_noun(&lower) {
            signs.person = true;
            return;
        }
        if matches!(
            lower.as_str(),
            "plan" | "decision" | "remarks" | "comments" | "words" | "policy" | "claims"
        ) {
            signs.weak.insert("owner");
            return;
        }
        if !lexicon::is_title_modifier(&lower) && !word.capitalised() {
            return;
        }
    }
}

/// What only a person does.
pub(super) fn is_personal_verb(word: &str) -> bool {
    matches!(
        word,
        "believes"
            | "believed"
            | "thinks"
            | "thought"
            | "smiled"
            | "laughed"
            | "recalled"
            | "testified"
            | "married"
            | "died"
            | "tweeted"
            | "replied"
            | "resigned"
            | "knew"
            | "knows"
            | "felt"
            | "remembered"
            | "arrived"
            | "quipped"
            | "joked"
            | "met"
            | "travelled"
            | "traveled"
            | "flew"
            | "shrugged"
            | "nodded"
            | "pleaded"
            | "apologised"
            | "apologized"
            | "sat"
            | "spoke"
    )
}

/// What only a person has.
pub(super) fn is_personal_noun(word: &str) -> bool {
    matches!(
        word,
        "adviser"
            | "advisor"
            | "advisers"
            | "advisors"
            | "envoy"
            | "aide"
            | "aides"
            | "presidency"
            | "premiership"
            | "inauguration"
            | "wife"
            | "husband"
            | "son"
            | "daughter"
            | "father"
            | "mother"
            | "brother"
            | "sister"
            | "widow"
            | "family"
            | "lawyer"
            | "lawyers"
            | "attorney"
            | "attorneys"
            | "predecessor"
            | "administration"
            | "tweet"
            | "tweets"
            | "death"
            | "childhood"
            | "career"
            | "life"
            | "successor"
            | "critics"
            | "supporters"
    )
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn persons_in(text: &str, names: &[&str]) -> Vec<String> {
        let words = scan(text);
        let at = words.iter().enumerate().filter(|(_, w)| names.contains(&w.text));
        let runs: Vec<Run> = at.map(|(i, _)| Run { words: i..i + 1, known: None }).collect();
        persons(&words, &runs.iter().collect::<Vec<_>>()).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn whoever_has_an_adviser_or_believes_is_a_person() {
        let text =
            "Talks with Orvik’s chief policy adviser ended. Then Zoltar said so. Later Maruk believes it.";
        assert_eq!(persons_in(text, &["Orvik", "Zoltar", "Maruk"]), ["Maruk", "Orvik"]);
    }

    #[test]
    fn two_weak_signs_make_one() {
        assert_eq!(persons_in("Life under Orvik was hard, Orvik said.", &["Orvik"]), ["Orvik"]);
        assert!(persons_in("Orvik said it rained; Orvik said it snowed.", &["Orvik"]).is_empty());
    }

    #[test]
    fn orders_and_talks_make_a_person() {
        let text = "It was late when Orvik ordered a halt. Talks with Orvik failed.";
        assert_eq!(persons_in(text, &["Orvik"]), ["Orvik"]);
    }

    #[test]
    fn a_name_with_an_article_is_no_person() {
        assert!(persons_in("It was in the Orvik. Orvik’s wife read it.", &["Orvik"]).is_empty());
    }
}
