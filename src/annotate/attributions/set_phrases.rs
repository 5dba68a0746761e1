//! Cues that are no plain verbs: "according to", "reportedly", "in the words of", "X's claim", passives.
//!
//! In: a place with such a cue. Out: its [`Draft`]. It does not know verbs in the active voice.

use super::clause::Place;
use super::complements::Complement;
use super::drafts::Draft;
use super::sources;

/// What each such cue gives to whom.
impl Place<'_> {
    pub fn according(&self) -> Option<Draft> {
        let source = sources::right(self.words, self.frame, self.cue.tokens.end)?;
        let opens = self.cue.tokens.start == self.frame.tokens.start
            || source.end + 1 < self.frame.tokens.end && self.taken_to(self.cue.tokens.start).is_none();
        let content = if opens {
            self.right_content(
                source.end + usize::from(self.words.is(source.end, &[","])),
                Complement::Clause,
            )
        } else {
            self.left_clause(self.cue.tokens.start)
        };
        Some(self.draft(Some(source), content.into_iter().collect(), Vec::new()))
    }

    pub fn reportedly(&self) -> Option<Draft> {
        let head = self.cue.head;
        let left = self.left_clause(head).filter(|l| l.len() < 30);
        let right = self.right_content(head + 1, Complement::Other);
        Some(self.draft(None, left.into_iter().chain(right).collect(), Vec::new()))
    }

    pub fn noun(&self) -> Option<Draft> {
        if self.words.is(self.cue.head, &["words"]) && self.words.is(self.cue.head + 1, &["of"]) {
            return self.in_the_words_of();
        }
        let source = sources::holder(self.words, self.frame, self.cue.head)?;
        let start = self.cue.tokens.end;
        let content = match self.cue.complement {
            Complement::That | Complement::Infinitive | Complement::Quote | Complement::MarkQuote => {
                self.right_content(start, self.cue.complement)
            }
            complement if self.cue.tokens.end > self.cue.head + 1 => self.right_content(start, complement),
            _ => None,
        };
        Some(self.draft(Some(source), content.into_iter().collect(), Vec::new()))
    }

    fn in_the_words_of(&self) -> Option<Draft> {
        let source = sources::right(self.words, self.frame, self.cue.head + 2)?;
        let comma = self.words.is(source.end, &[",", ":"]);
        let content = if comma {
            self.right_content(source.end + 1, Complement::MarkQuote)
        } else {
            self.left_clause(self.cue.tokens.start)
        };
        Some(self.draft(Some(source), content.into_iter().collect(), Vec::new()))
    }

    pub fn passive(&self) -> Option<Draft> {
        let skipped = self.skipped();
        let by = (self.cue.head + 1..self.frame.tokens.end.min(self.cue.head + 4))
            .find(|i| self.words.is(*i, &["by"]));
        if let Some(by) = by {
            let source = sources::right(self.words, self.frame, by + 1)?;
            let left = sources::left(self.words, self.frame, self.cue.tokens.start);
            let right = self
                .right_content(source.end, Complement::at(self.words, source.end, self.frame.tokens.end))
                .filter(|_| self.words.is(source.end, &["as", "that", "to", "for"]));
            return Some(self.draft(Some(source), left.into_iter().chain(right).collect(), Vec::new()));
        }
        let complement = Complement::at(self.words, skipped.end, self.frame.tokens.end);
        let announced = matches!(complement, Complement::That | Complement::Question | Complement::MarkQuote)
            || (self.words.is(self.cue.head, &["quoted"]) && self.words.is(skipped.end, &["as"]));
        if !announced {
            return None;
        }
        let subject = sources::left(self.words, self.frame, self.cue.tokens.start);
        let speaks =
            self.words.is(self.cue.head, &["quoted", "convinced", "concerned", "worried", "committed"]);
        let content = self.right_content(skipped.end, complement);
        Some(self.draft(subject.filter(|_| speaks), content.into_iter().collect(), skipped.via))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn according_to() {
        let expected = ["the harbour police | according to | Two boats sank"];
        assert_eq!(told("Two boats sank, according to the harbour police."), expected);
        assert_eq!(
            told("According to the harbour police, two boats sank."),
            ["the harbour police | According to | two boats sank"]
        );
    }
}
