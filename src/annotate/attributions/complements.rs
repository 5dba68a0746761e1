//! What follows a cue: a clause, a quotation, an infinitive, a noun.
//!
//! In: words and a place among them. Out: the [`Complement`] that begins there. It does not know the cue.

use super::super::Pos;
use super::phrases;
use super::words::Words;

/// What follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complement {
    /// "that …"
    That,
    /// A quotation at once.
    Quote,
    /// A quotation after a comma or a colon.
    MarkQuote,
    /// "whether …", "how …"
    Question,
    /// "to …" with a verb.
    Infinitive,
    /// A subject with its verb.
    Clause,
    /// A noun phrase.
    Noun,
    /// An -ing form.
    Gerund,
    /// A preposition.
    Preposition,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// The end of the frame.
    End,
    /// Something else.
    Other,
}

impl Complement {
    /// Its name among the features.
    pub fn name(self) -> &'static str {
        match self {
            Complement::That => "that",
            Complement::Quote => "quote",
            Complement::MarkQuote => ",quote",
            Complement::Question => "wh",
            Complement::Infinitive => "to",
            Complement::Clause => "clause",
            Complement::Noun => "noun",
            Complement::Gerund => "ing",
            Complement::Preposition => "prep",
            Complement::Comma => "comma",
            Complement::Colon => "colon",
            Complement::End => "end",
            Complement::Other => "other",
        }
    }

    /// What stands at `i`.
    pub fn at(words: &Words, i: usize, limit: usize) -> Self {
        if i >= limit {
            return Complement::End;
        }
        if words.quote_from(i).is_some() {
            return Complement::Quote;
        }
        let mark = words.is(i, &[",", ":"]);
        match words.pos(i) {
            _ if mark && i + 1 < limit && words.quote_from(i + 1).is_some() => Complement::MarkQuote,
            _ if words.is(i, &[","]) => Complement::Comma,
            _ if words.is(i, &[":"]) => Complement::Colon,
            _ if !words.is_word(i) => Complement::End,
            _ if words.is(i, &["that"]) && opens_clause(words, i) => Complement::That,
            _ if words.is(i, &["whether", "how", "why", "what", "if", "who", "where", "when"]) => {
                Complement::Question
            }
            Pos::TO if words.pos(i + 1) == Pos::VB || words.pos(i + 2) == Pos::VB => Complement::Infinitive,
            Pos::VBG if subject_reaches_verb(words, i, limit) => Complement::Clause,
            Pos::VBG => Complement::Gerund,
            Pos::IN | Pos::TO => Self::nominal(words, i, limit).unwrap_or(Complement::Preposition),
            _ => Self::nominal(words, i, limit).unwrap_or(Complement::Other),
        }
    }

    fn nominal(words: &Words, i: usize, limit: usize) -> Option<Self> {
        let end = phrases::end_with_attachments(words, i, limit)?;
        let verb = (end..limit.min(end + 3)).find(|j| !words.pos(*j).eq(&Pos::RB)).filter(|j| *j < limit);
        let clause = verb.is_some_and(|j| words.pos(j).is_finite())
            || subject_reaches_verb(words, end, limit)
            || words.is(i, &["he", "she", "they", "i", "we", "there"]);
        Some(if clause { Complement::Clause } else { Complement::Noun })
    }
}

/// How many words may stand between the head of a subject and its verb. Set by hand.
const SUBJECT: usize = 16;

/// Whether a subject that goes on at `i` ("’s plan to leave the town and go", "leaving the town") comes to its
/// finite verb before a mark, a conjunction of clauses or another subject.
fn subject_reaches_verb(words: &Words, i: usize, limit: usize) -> bool {
    for j in i..limit.min(i + SUBJECT) {
        let pos = words.pos(j);
        if words.quote_of(j).is_some() || !words.is_word(j) && !words.is(j, &["'", "’", "-", "$", "%"]) {
            return false;
        }
        if pos.is_finite() {
            let joined = words.is(j - 1, &["and", "or", "but"]);
            return !joined && !words.is(j - 1, &["who", "which", "that"]);
        }
        let stops = matches!(pos, Pos::WP | Pos::WDT | Pos::WRB | Pos::WPS | Pos::PRP)
            || words
                .is(j, &["as", "after", "before", "while", "because", "since", "if", "when", "than", "but"]);
        let second = j > i && matches!(pos, Pos::DT | Pos::PRPS) && words.pos(j - 1).is_noun();
        if stops || second {
            return false;
        }
    }
    false
}

/// Whether the "that" at `i` is the conjunction, not the pronoun: no singular noun follows it.
fn opens_clause(words: &Words, i: usize) -> bool {
    let after = words.pos(i + 1);
    words.pos(i) != Pos::DT || after == Pos::NNS || after == Pos::DT || after == Pos::PRP || after.is_name()
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn a_long_subject_comes_to_its_verb() {
        assert_eq!(
            told(
                "Moe greeted her guests and said ending the strike could bring “a great relief to the town”."
            ),
            ["Moe | said | ending the strike could bring “a great relief to the town”"]
        );
        assert_eq!(
            told("The talks began after Dunn said Ruritania’s plan to leave the union was not “wise”."),
            ["Dunn | said | Ruritania’s plan to leave the union was not “wise”"]
        );
    }
}
