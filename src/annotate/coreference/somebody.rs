//! Somebody whom the report does not name: "a spokeswoman", "the judge", "she" where it is open who that is.
//!
//! In: mentions and sources that no entity settles. Out: whether one person is meant, and of which gender. Such a person is
//! whom a later pronoun may mean as well as anybody with a name.

use super::draft::Draft;
use super::scenes::Form;
use super::title_parts::TitleParts;
use crate::annotate::lexicon::{self, Gender, Nominal};
use crate::annotate::mentions::words::Word;
use crate::annotate::{EntityKind, MentionIndex, MentionKind};
use crate::span::Span;

/// Somebody without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unnamed {
    /// The gender that the words for him or her say.
    pub gender: Option<Gender>,
}

impl Unnamed {
    /// Whether a pronoun of `gender` can mean this person.
    pub fn fits(self, gender: Gender) -> bool {
        self.gender.is_none_or(|known| known == gender)
    }
}

/// Who the mention `i` speaks of, where it is one person and nobody knows which.
pub(super) fn of_mention(draft: &Draft, i: MentionIndex) -> Option<Unnamed> {
    let mention = draft.mentions.get(i).filter(|_| draft.referent(i).is_none())?;
    let head = draft.report.slice(mention.head).to_lowercase();
    let gender = match mention.kind {
        MentionKind::Pronoun => Some(Form::of(draft.report.slice(mention.span))?.gender),
        MentionKind::Title => TitleParts::of(&draft.words(mention.span), mention.head).gender,
        MentionKind::Nominal if mention.of == EntityKind::Person => gender_of_noun(&head),
        _ => return None,
    };
    Some(Unnamed { gender })
}

/// Who is the subject `i`, where that is somebody without a name and no pronoun, of which it is only open whom it means.
pub(super) fn acting(draft: &Draft, i: MentionIndex) -> Option<Unnamed> {
    let noun = draft.mentions.get(i).is_some_and(|m| m.kind != MentionKind::Pronoun);
    of_mention(draft, i).filter(|_| noun)
}

/// Who a source speaks of that names nobody: "a nurse at the hospital".
pub(super) fn of_phrase(draft: &Draft, source: Span) -> Option<Unnamed> {
    let words = draft.words(source);
    let ends = |w: &Word| w.gap.contains(',') || ENDING.contains(&w.lower().as_str());
    let phrase: Vec<&Word> =
        words.iter().enumerate().take_while(|(i, w)| *i == 0 || !ends(w)).map(|(_, w)| w).collect();
    // "the minister himself"
    let emphatic = |w: &&Word| matches!(w.lower().as_str(), "himself" | "herself");
    let phrase = phrase.split_last().filter(|(last, _)| emphatic(last)).map_or(&phrase[..], |(_, rest)| rest);
    let (first, last) = phrase.first().zip(phrase.last())?;
    let noun = last.lower();
    let person = gender_of_noun(&noun).is_some()
        || EITHER.contains(&noun.as_str())
        || lexicon::is_role(&noun)
        || lexicon::office(&noun).is_some()
        || lexicon::nominal(&noun) == Some(Nominal::Person);
    let one = DETERMINERS.contains(&first.lower().as_str()) && !last.possessive && phrase.len() > 1;
    (one && person).then(|| Unnamed { gender: gender_of_noun(&noun) })
}

/// Words that end a noun phrase.
const ENDING: [&str; 14] =
    ["of", "for", "from", "with", "in", "by", "at", "on", "near", "to", "who", "that", "and", "familiar"];

const DETERMINERS: [&str; 12] =
    ["a", "an", "one", "another", "the", "his", "her", "its", "their", "our", "my", "this"];

/// The gender that a noun for a person says.
fn gender_of_noun(noun: &str) -> Option<Gender> {
    match noun {
        _ if WOMEN.contains(&noun) => Some(Gender::Female),
        _ if MEN.contains(&noun) => Some(Gender::Male),
        _ => None,
    }
}

/// Whether `noun`, after an article, can be somebody of the gender.
pub(super) fn can_be(noun: &str, gender: Gender) -> bool {
    EITHER.contains(&noun) || gender_of_noun(noun) == Some(gender)
}

/// Nouns for somebody without a name.
const WOMEN: [&str; 9] =
    ["woman", "girl", "mother", "daughter", "sister", "wife", "widow", "grandmother", "spokeswoman"];
const MEN: [&str; 10] =
    ["man", "boy", "father", "son", "brother", "husband", "fisherman", "grandfather", "gunman", "spokesman"];
const EITHER: [&str; 22] = [
    "driver",
    "passenger",
    "worker",
    "student",
    "teacher",
    "officer",
    "resident",
    "soldier",
    "suspect",
    "victim",
    "patient",
    "protester",
    "employee",
    "customer",
    "teenager",
    "child",
    "doctor",
    "nurse",
    "farmer",
    "pilot",
    "tourist",
    "pedestrian",
];
