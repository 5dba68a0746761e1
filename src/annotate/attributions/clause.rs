//! One cue, its source and its content.
//!
//! In: a frame and its cues. Out: [`Draft`]s in tokens. It does not know the frames around it. What stands before
//! its cue is in `preceding`, what is given by other words than verbs in `set_phrases`.

use std::ops::Range;

use super::super::Pos;
use super::adjuncts::{self, Skipped};
use super::complements::Complement;
use super::contents::{self, Reach};
use super::cues::Cue;
use super::drafts::Draft;
use super::frames::Frame;
use super::words::Words;
use super::{phrases, sources};

/// A place in a frame from which one attribution is read.
pub struct Place<'a> {
    /// The words of the report.
    pub words: &'a Words<'a>,
    /// The frame.
    pub frame: &'a Frame,
    /// All cues of the frame.
    pub cues: &'a [Cue],
    /// The cue of this attribution.
    pub cue: &'a Cue,
    /// Where what the attributions before it have taken of the frame ends.
    pub taken: usize,
}

/// The attributions of `frame`.
pub fn find(words: &Words, frame: &Frame, cues: &[Cue]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for cue in cues {
        let said = drafts.iter().filter(|d| d.says(words)).flat_map(|d| &d.content);
        let taken = said.map(|c| c.end).filter(|e| *e <= cue.tokens.start).max();
        let place = Place { words, frame, cues, cue, taken: taken.unwrap_or(frame.tokens.start) };
        if is_agency_of_last(&place, &mut drafts) {
            continue;
        }
        if let Some(draft) = place.read(&drafts).filter(|d| !d.content.is_empty()) {
            drafts.push(draft);
        }
    }
    drafts
}

/// "…, according to the Tass news agency" after words that somebody already has is the way they came.
fn is_agency_of_last(place: &Place, drafts: &mut [Draft]) -> bool {
    let according = place.words.is(place.cue.head, &["according"]);
    let Some(last) = drafts.last_mut().filter(|d| according && !d.source.is_empty() && d.says(place.words))
    else {
        return false;
    };
    let comma = place.cue.tokens.start.saturating_sub(1);
    let touches = last.content.iter().chain(&last.cue).any(|c| c.end == comma || c.end == comma + 1);
    if touches && let Some(source) = sources::right(place.words, place.frame, place.cue.tokens.end) {
        last.via.push(source);
        return true;
    }
    false
}

impl Place<'_> {
    fn read(&self, before: &[Draft]) -> Option<Draft> {
        let head = self.cue.head;
        if self.words.is(head, &["according"]) {
            return self.according();
        }
        if self.words.is(head, &["reportedly", "allegedly", "supposedly", "purportedly"]) {
            return self.reportedly();
        }
        if self.words.pos(head).is_noun() {
            return self.noun();
        }
        if self.cue.passive { self.passive() } else { self.active(before) }
    }

    pub fn draft(
        &self,
        source: Option<Range<usize>>,
        content: Vec<Range<usize>>,
        via: Vec<Range<usize>>,
    ) -> Draft {
        let content = content.into_iter().filter(|c| !c.is_empty()).collect();
        Draft {
            source: source.into_iter().collect(),
            cue: Vec::from([self.cue.tokens.clone()]),
            content,
            via,
        }
    }

    fn active(&self, before: &[Draft]) -> Option<Draft> {
        let subject = self.subject();
        let inverted = self.inverted(subject.as_ref());
        if let Some(source) = inverted {
            let skipped = adjuncts::skip(self.words, self.cue.head, source.end, self.frame.tokens.end);
            return self.postposed(source.clone(), self.cue.tokens.start, skipped);
        }
        let skipped = self.skipped();
        if let Some(draft) = subject.as_ref().and_then(|s| self.as_said(s, &skipped)) {
            return Some(draft);
        }
        if let Some(subject) = &subject
            && self.is_postposed(subject.start, &skipped)
        {
            return self.postposed(subject.clone(), subject.start, skipped);
        }
        let source = subject.or_else(|| self.inherited(before))?;
        let source = Some(source).filter(|s| !self.seems(s));
        let (start, complement) = self.content_start(&skipped)?;
        let content = self.right_content(start, complement)?;
        Some(self.draft(source, vec![content], skipped.via))
    }

    /// "it appears that": nobody.
    fn seems(&self, subject: &Range<usize>) -> bool {
        let verb = ["appear", "appears", "appeared", "seem", "seems", "seemed"];
        self.words.is(subject.start, &["it"]) && self.words.is(self.cue.head, &verb)
    }

    /// "As X put it, …" and "…, as X put it".
    fn as_said(&self, subject: &Range<usize>, skipped: &Skipped) -> Option<Draft> {
        let (words, start) = (self.words, self.frame.tokens.start);
        let as_at = subject.start.checked_sub(1).filter(|i| *i >= start && words.is(*i, &["as"]))?;
        let end = skipped.end + usize::from(words.is(skipped.end, &["it"]));
        let content = if as_at <= start + 2 && words.is(end, &[","]) {
            self.right_content(end + 1, Complement::Clause)
        } else if as_at > start
            && matches!(
                Complement::at(words, end, self.frame.tokens.end),
                Complement::End | Complement::Comma
            )
        {
            self.left_clause(as_at)
        } else {
            None
        };
        content.map(|c| self.draft(Some(subject.clone()), vec![c], skipped.via.clone()))
    }

    pub fn skipped(&self) -> Skipped {
        adjuncts::skip(self.words, self.cue.head, self.cue.tokens.end, self.frame.tokens.end)
    }

    /// The subject before the cue, unless the cue takes it from the clause that it depends on.
    fn subject(&self) -> Option<Range<usize>> {
        let start = self.cue.tokens.start;
        let before = start.checked_sub(1).filter(|b| *b >= self.frame.tokens.start)?;
        let depends = self.words.is(before, &["and", "or", "but", "to", "by", "without", "for", "in"])
            || ((self.words.is(before, &[","]) || self.words.pos(before) == Pos::IN)
                && self.words.pos(self.cue.head) == Pos::VBG)
            || self.cue.tokens.clone().any(|i| i < self.cue.head && self.words.pos(i) == Pos::TO);
        if depends { None } else { sources::left(self.words, self.frame, start) }
    }

    fn inherited(&self, before: &[Draft]) -> Option<Range<usize>> {
        let near = |d: &&Draft| d.cue.first().is_some_and(|c| c.end <= self.cue.tokens.start);
        let last = before.iter().rev().find(near).filter(|d| !d.source.is_empty());
        if let Some(last) = last.filter(|d| self.goes_on_from(d)) {
            return last.source.first().cloned();
        }
        let contents: Vec<Range<usize>> =
            before.iter().filter(near).flat_map(|d| d.content.clone()).collect();
        sources::inherited(self.words, self.frame, self.cue, &contents)
            .or_else(|| last.and_then(|d| d.source.first().cloned()))
            .or_else(|| sources::following(self.words, self.frame, self.cue))
    }

    /// Whether the cue follows the content of `draft` at once: "said …, adding"; "said … and vowed".
    fn goes_on_from(&self, draft: &Draft) -> bool {
        let end = draft.content.iter().chain(&draft.cue).map(|c| c.end).max().unwrap_or(0);
        (end..=end + 1).contains(&self.cue.tokens.start.saturating_sub(1)) || end == self.cue.tokens.start
    }

    /// Where the content after the cue begins, and with what.
    fn content_start(&self, skipped: &Skipped) -> Option<(usize, Complement)> {
        let (words, limit) = (self.words, self.frame.tokens.end);
        let complement = Complement::at(words, skipped.end, limit);
        match complement {
            Complement::MarkQuote => Some((skipped.end + 1, Complement::MarkQuote)),
            Complement::Colon => Some((skipped.end + 1, Complement::Colon)),
            Complement::Comma => self.after_aside(skipped.end),
            Complement::End => None,
            Complement::Noun if skipped.end == self.cue.tokens.end && self.told_nothing(skipped.end) => None,
            _ => Some((skipped.end, complement)),
        }
    }

    fn told_nothing(&self, i: usize) -> bool {
        let end = phrases::end(self.words, i, self.frame.tokens.end);
        end.is_some_and(|e| {
            self.words.is(self.cue.head, &["said", "says", "say"]) && e >= self.frame.tokens.end
        })
    }

    /// "said, in part, “…”"; "said, however, that …".
    fn after_aside(&self, comma: usize) -> Option<(usize, Complement)> {
        let limit = self.frame.tokens.end.min(comma + 12);
        let close =
            (comma + 1..limit).find(|i| self.words.is(*i, &[","]) && self.words.quote_of(*i).is_none())?;
        let aside =
            !(comma + 1..close).any(|i| self.words.pos(i).is_finite() || self.words.quote_of(i).is_some());
        let complement = Complement::at(self.words, close + 1, self.frame.tokens.end);
        let opens = matches!(complement, Complement::That | Complement::Quote);
        (aside && opens).then_some((close + 1, complement))
    }

    pub fn right_content(&self, start: usize, complement: Complement) -> Option<Range<usize>> {
        if start >= self.frame.tokens.end {
            return None;
        }
        if let Some(quote) = self.words.quote_from(start)
            && (self.words.ends_sentence(quote) || quote.tokens.end >= self.frame.tokens.end)
        {
            return Some(quote.tokens.clone());
        }
        let reach = Reach { frame: self.frame, cues: self.cues, cue: self.cue, complement, start };
        contents::right(self.words, &reach)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{told, via};

    #[test]
    fn quotations_with_the_cue_after_before_and_between() {
        assert_eq!(told("“The bridge is safe,” he said."), ["he | said | “The bridge is safe,”"]);
        assert_eq!(
            told("Dunn told reporters: “The bridge is safe.”"),
            ["Dunn | told | “The bridge is safe.”"]
        );
        assert_eq!(
            told("“The bridge is safe,” Dunn said on Friday, “but the road is not.”"),
            ["Dunn | said | “The bridge is safe,” / “but the road is not.”"]
        );
    }

    #[test]
    fn an_agency_at_the_end_is_the_chain() {
        let text = "Dunn told reporters the talks were “very useful”, according to the Gazette news agency.";
        assert_eq!(told(text), ["Dunn | told | the talks were “very useful”"]);
        assert_eq!(via(text), ["the Gazette news agency"]);
    }

    #[test]
    fn as_somebody_put_it() {
        assert_eq!(
            told("As Dunn put it, the talks were a waste of time."),
            ["Dunn | put it | the talks were a waste of time"]
        );
    }
}
