//! Contents that stand before their cue: "“…,” said X", "…, X said".
//!
//! In: a place with a cue in the active voice. Out: whether its content stands before it, and the [`Draft`]
//! if so, with what goes on behind it. It does not know contents that only follow.

use std::ops::Range;

use super::super::Pos;
use super::adjuncts::{self, Skipped};
use super::clause::Place;
use super::complements::Complement;
use super::drafts::Draft;
use super::sources;

/// What stands before the cue.
impl Place<'_> {
    /// The words of the frame before `end` that nobody has taken, if they are a clause.
    pub fn taken_to(&self, end: usize) -> Option<Range<usize>> {
        let end = self.without_comma(end);
        let start = self.left_start(end);
        (start < end).then_some(start..end)
    }

    /// The source of "said X" after a quotation or after the clause that X said.
    pub fn inverted(&self, subject: Option<&Range<usize>>) -> Option<Range<usize>> {
        let start = self.cue.tokens.start;
        let comma = start > self.frame.tokens.start && self.words.is(start - 1, &[","]);
        let quote = self.words.quote_before(start).is_some()
            || (comma && self.words.quote_before(start - 1).is_some());
        let opening = start == self.frame.tokens.start;
        let said = comma && self.words.is(self.cue.head, &["said", "says", "added", "explained"]);
        if !(quote || (comma && subject.is_none()) || said || opening)
            || self.words.pos(self.cue.head) == Pos::VBG
        {
            return None;
        }
        let source = sources::right(self.words, self.frame, self.cue.head + 1)?;
        let ends = matches!(
            Complement::at(self.words, source.end, self.frame.tokens.end),
            Complement::End
                | Complement::Comma
                | Complement::Quote
                | Complement::MarkQuote
                | Complement::Preposition
                | Complement::Colon
        );
        let last = sources::trimmed(self.words, source.end, self.frame.tokens.end) == source.end
            && !adjuncts::is_time(self.words, source.start);
        let ends = if subject.is_some() && !quote { last } else { ends };
        let names = quote || last || self.words.capital(source.start);
        (ends && names && !opening).then_some(source)
    }

    pub fn is_postposed(&self, from: usize, skipped: &Skipped) -> bool {
        if from <= self.frame.tokens.start {
            return false;
        }
        let complement = Complement::at(self.words, skipped.end, self.frame.tokens.end);
        let comma = self.words.is(from - 1, &[","]);
        let quote =
            self.words.quote_before(from).is_some() || (comma && self.words.quote_before(from - 1).is_some());
        let told = complement == Complement::Noun
            && skipped.end == self.cue.tokens.end
            && self.cue.complement == Complement::Noun;
        let own = told
            || matches!(
                complement,
                Complement::That | Complement::Clause | Complement::Question | Complement::Infinitive
            );
        if quote {
            return self.opens_frame(from) || (!own && self.opens_with_speech(from));
        }
        let silent = matches!(complement, Complement::End | Complement::Comma | Complement::Preposition)
            && matches!(
                self.cue.complement,
                Complement::End
                    | Complement::Comma
                    | Complement::Preposition
                    | Complement::Other
                    | Complement::Noun
            );
        let broken = skipped.end + 2 < self.frame.tokens.end
            && self.words.is(skipped.end, &[","])
            && self.words.pos(self.cue.head).is_finite();
        comma
            && silent
            && self
                .taken_to(from)
                .is_some_and(|left| self.is_clause(left.clone()) || (broken && left.len() < 16))
    }

    /// Whether all before `from` is one quotation that ends with a comma or a question.
    fn opens_frame(&self, from: usize) -> bool {
        let Some(quote) = self.words.quote_before(from) else { return false };
        let marked = quote.tokens.clone().rev().take(2).any(|i| self.words.is(i, &[",", "?", "!"]));
        marked && quote.tokens.start <= self.frame.tokens.start && quote.tokens.len() > 4
    }

    /// Whether the quotation before `from` is what is said: it begins the frame, ends with a comma, or stands
    /// in a clause of its own.
    fn opens_with_speech(&self, from: usize) -> bool {
        let close = self.without_comma(from);
        let Some(quote) = self.words.quote_before(close) else { return false };
        let long = quote.tokens.len() > 6;
        let marked = quote.tokens.clone().rev().take(2).any(|i| self.words.is(i, &[",", "?", "!", ".", "…"]))
            || close < from;
        quote.tokens.start <= self.frame.tokens.start + 1 || long || marked
    }

    fn is_clause(&self, range: Range<usize>) -> bool {
        range.clone().any(|i| self.words.quote_of(i).is_some())
            || range.clone().any(|i| self.words.pos(i).is_finite())
            || range.clone().any(|i| self.words.word(i).contains('\''))
    }

    pub fn postposed(&self, source: Range<usize>, from: usize, skipped: Skipped) -> Option<Draft> {
        let left = self.left_clause(from)?;
        let rest = self.continuation(&left, &skipped);
        let when = self.words.pos(left.start) == Pos::IN && !self.is_clause(left.clone()) && rest.is_some();
        let mut content = if when { Vec::new() } else { vec![left] };
        content.extend(rest);
        Some(self.draft(Some(source), content, skipped.via))
    }

    /// What goes on after a cue that breaks its content.
    fn continuation(&self, left: &Range<usize>, skipped: &Skipped) -> Option<Range<usize>> {
        let (words, limit) = (self.words, self.frame.tokens.end);
        let comma = usize::from(words.is(skipped.end, &[",", ":"]));
        let i = skipped.end + comma;
        if words.quote_from(i).is_some() {
            return self.right_content(i, Complement::Quote);
        }
        let quoted = left.clone().any(|i| words.quote_of(i).is_some());
        if quoted && let Some(quote) = self.quote_after_aside(skipped.end) {
            return self.right_content(quote, Complement::Quote);
        }
        let whole = left.clone().any(|i| words.pos(i).is_finite());
        if quoted || whole || comma == 0 || i >= limit {
            return None;
        }
        self.right_content(i, Complement::Clause)
    }

    /// The quotation that goes on after "he said as the crowd grew quiet, ".
    fn quote_after_aside(&self, from: usize) -> Option<usize> {
        let limit = self.frame.tokens.end.min(from + 24);
        let quote = (from..limit).find(|i| self.words.quote_from(*i).is_some())?;
        let joined =
            usize::from(quote > from + 1 && self.words.is(quote - 1, &["but", "and", "so", "because"]));
        let comma = quote > from + joined && self.words.is(quote - 1 - joined, &[",", ":"]);
        let cue = self.cues.iter().any(|c| (from..quote).contains(&c.head));
        (comma && !cue).then_some(quote)
    }

    pub fn left_clause(&self, end: usize) -> Option<Range<usize>> {
        let end = self.without_comma(end);
        let start = self.left_start(end);
        let quote = self.words.quote_before(end).map(|q| q.tokens.start).filter(|q| *q >= start);
        let start = quote.filter(|q| self.stands_alone(start..*q)).unwrap_or(start);
        (start < end).then_some(start..end)
    }

    /// Whether the quotation behind `before` is what is said, and `before` no part of it: nothing but a conjunction, or words
    /// that a colon ends ("Moe scolded him: “…,” she said").
    fn stands_alone(&self, before: Range<usize>) -> bool {
        let colon = before.clone().next_back().is_some_and(|i| self.words.is(i, &[":"]));
        let joins = |i: usize| self.words.is(i, &["and", "but", "so", "still"]);
        let plain = |i: usize| self.words.quote_of(i).is_none() && self.words.is_word(i);
        colon || !before.into_iter().any(|i| plain(i) && !joins(i))
    }

    fn left_start(&self, end: usize) -> usize {
        let (words, mut start) = (self.words, self.frame.tokens.start.max(self.taken));
        let mut i = start;
        while i < end {
            if words.is(i, &[";"]) {
                start = i + 1;
            }
            i = words.next(i);
        }
        while start < end && !words.is_word(start) && words.quote_from(start).is_none() {
            start += 1;
        }
        let joins = words.is(start, &["and", "but", "yet"]) && words.quote_from(start).is_none();
        if joins { start + 1 } else { start }
    }

    fn without_comma(&self, end: usize) -> usize {
        let mut end = end;
        while end > self.frame.tokens.start
            && self.words.is(end - 1, &[",", "—", "–", "-", ";"])
            && self.words.quote_of(end - 1).is_none()
        {
            end -= 1;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn a_clause_with_who_said_it_behind_it() {
        assert_eq!(
            told("Two boats sank off the coast on Sunday, the harbour police said."),
            ["the harbour police | said | Two boats sank off the coast on Sunday"]
        );
    }
}
