//! One cue, its source and its content.
//!
//! In: a frame and its cues. Out: [`Draft`]s in tokens. It does not know the frames around it.

use std::ops::Range;

use super::super::Pos;
use super::adjuncts::{self, Skipped};
use super::contents::{self, Reach};
use super::cues::{Complement, Cue};
use super::frames::Frame;
use super::words::Words;
use super::{phrases, sources};

/// An attribution in tokens.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The words for whom it is given to.
    pub source: Vec<Range<usize>>,
    /// The words that attribute.
    pub cue: Vec<Range<usize>>,
    /// The words that are attributed.
    pub content: Vec<Range<usize>>,
    /// To or through whom it was told.
    pub via: Vec<Range<usize>>,
}

impl Draft {
    /// Whether the token is in its content.
    pub fn holds(&self, i: usize) -> bool {
        self.content.iter().any(|c| c.contains(&i))
    }

    /// Whether it has a quotation in its content.
    pub fn quotes(&self, words: &Words) -> bool {
        self.content.iter().any(|c| c.clone().any(|i| words.quote_of(i).is_some()))
    }
}

/// A place in a frame from which one attribution is read.
struct Place<'a> {
    words: &'a Words<'a>,
    frame: &'a Frame,
    cues: &'a [Cue],
    cue: &'a Cue,
    /// What of the frame the attributions before it have taken.
    taken: usize,
}

/// The attributions of `frame`.
pub fn find(words: &Words, frame: &Frame, cues: &[Cue]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for cue in cues {
        let taken =
            drafts.iter().flat_map(|d| &d.content).filter(|c| c.end <= cue.tokens.start).map(|c| c.end).max();
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
    let Some(last) = drafts.last_mut().filter(|d| according && !d.source.is_empty()) else { return false };
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

    fn draft(
        &self,
        source: Option<Range<usize>>,
        content: Vec<Range<usize>>,
        via: Vec<Range<usize>>,
    ) -> Draft {
        let content = content.into_iter().filter(|c| !c.is_empty()).collect();
        Draft { source: source.into_iter().collect(), cue: vec![self.cue.tokens.clone()], content, via }
    }

    fn according(&self) -> Option<Draft> {
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

    /// The words of the frame before `end` that nobody has taken, if they are a clause.
    fn taken_to(&self, end: usize) -> Option<Range<usize>> {
        let end = self.without_comma(end);
        let start = self.left_start(end);
        (start < end).then_some(start..end)
    }

    fn reportedly(&self) -> Option<Draft> {
        let head = self.cue.head;
        let left = self.left_clause(head).filter(|l| l.len() < 30);
        let right = self.right_content(head + 1, Complement::Other);
        Some(self.draft(None, left.into_iter().chain(right).collect(), Vec::new()))
    }

    fn noun(&self) -> Option<Draft> {
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

    fn passive(&self) -> Option<Draft> {
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

    fn skipped(&self) -> Skipped {
        adjuncts::skip(self.words, self.cue.head, self.cue.tokens.end, self.frame.tokens.end)
    }

    /// The subject before the cue, unless the cue takes it from the clause that it depends on.
    fn subject(&self) -> Option<Range<usize>> {
        let start = self.cue.tokens.start;
        let before = start.checked_sub(1).filter(|b| *b >= self.frame.tokens.start)?;
        let depends = self.words.is(before, &["and", "or", "but", "to", "by", "without", "for", "in"])
            || ((self.words.is(before, &[","]) || self.words.pos(before) == Pos::IN)
                && self.words.pos(self.cue.head) == Pos::VBG)
            || self.words.pos(self.cue.head) == Pos::VB;
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

    /// The source of "said X" after a quotation or after the clause that X said.
    fn inverted(&self, subject: Option<&Range<usize>>) -> Option<Range<usize>> {
        let start = self.cue.tokens.start;
        let comma = start > self.frame.tokens.start && self.words.is(start - 1, &[","]);
        let quote = self.words.quote_before(start).is_some()
            || (comma && self.words.quote_before(start - 1).is_some());
        let opening = start == self.frame.tokens.start;
        if !(quote || (comma && subject.is_none()) || opening) || self.words.pos(self.cue.head) == Pos::VBG {
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
        ((quote && ends) || (ends && self.words.capital(source.start))).then_some(source).filter(|_| !opening)
    }

    fn is_postposed(&self, from: usize, skipped: &Skipped) -> bool {
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

    fn postposed(&self, source: Range<usize>, from: usize, skipped: Skipped) -> Option<Draft> {
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
        let comma = quote > from && self.words.is(quote - 1, &[",", ":"]);
        let cue = self.cues.iter().any(|c| (from..quote).contains(&c.head));
        (comma && !cue).then_some(quote)
    }

    fn left_clause(&self, end: usize) -> Option<Range<usize>> {
        let end = self.without_comma(end);
        let start = self.left_start(end);
        let quote_only = self.words.quote_before(end).map(|q| q.tokens.start).filter(|q| *q >= start);
        let start = match quote_only {
            Some(q)
                if !(start..q).any(|i| {
                    self.words.quote_of(i).is_none()
                        && self.words.is_word(i)
                        && !self.words.is(i, &["and", "but", "so", "still"])
                }) =>
            {
                q
            }
            _ => start,
        };
        (start < end).then_some(start..end)
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

    fn right_content(&self, start: usize, complement: Complement) -> Option<Range<usize>> {
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
