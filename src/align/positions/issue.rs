//! The words for what a stance is on.
//!
//! In: a predicate and its stance. Out: the stretch that names the matter, with the terms on which the stance is taken
//! ("6 per cent if the guarantee ran for seven years"). It does not know whose stance it is.

use std::ops::Range;

use super::super::predicates::{self, Predicate};
use super::super::{Account, Context};
use super::ARTICLES;
use super::stance::Stance;
use crate::annotate::Pos;
use crate::span::Span;

/// The longest issue, in tokens: it is a name for a matter, not the matter.
const LONGEST: usize = 17;
const SHORTEST: usize = 2;

/// The longest issue with the terms on which a stance is taken.
const LONGEST_ON_TERMS: usize = 40;

/// What opens an adverbial before that "that": "warned on Monday that", "insisted throughout the talks that".
const OPENING_ASIDES: &[&str] =
    &["on", "in", "at", "for", "throughout", "during", "after", "before", "since", "again"];

/// How far from its verb the "that" of what is said may stand.
const LONGEST_ASIDE: usize = 9;

/// What is decided, and can be welcomed in one word.
const MEASURES: &[&str] = &[
    "merger",
    "takeover",
    "deal",
    "agreement",
    "accord",
    "pact",
    "treaty",
    "truce",
    "ceasefire",
    "decision",
    "ruling",
    "verdict",
    "judgment",
    "judgement",
    "sentence",
    "vote",
    "result",
    "law",
    "bill",
    "reform",
    "plan",
    "proposal",
    "offer",
    "move",
    "budget",
    "ban",
    "resolution",
    "settlement",
    "compromise",
    "resignation",
    "announcement",
    "appointment",
    "inquiry",
    "investigation",
    "suspension",
    "withdrawal",
    "release",
    "measure",
    "step",
    "initiative",
];

/// The longest apposition between commas that an issue goes on behind.
const LONGEST_APPOSITION: usize = 10;

/// What a stance is on.
pub struct Issue {
    /// Its words.
    pub span: Span,
    /// Whether they say on what terms the stance is taken.
    pub on_terms: bool,
}

/// The words that name what a stance is on: what follows the verb, without the words that only join it, up to
/// the first border of a phrase past a few words, or with the terms to their end.
pub fn find(context: &Context, predicate: &Predicate, stance: &Stance) -> Option<Issue> {
    let words = Words {
        of: context.accounts[predicate.account],
        published: context.published(predicate.account),
        predicate,
        stance,
    };
    words.issue()
}

struct Words<'a> {
    of: &'a Account,
    published: Option<jiff::civil::Date>,
    predicate: &'a Predicate,
    stance: &'a Stance,
}

impl Words<'_> {
    fn issue(&self) -> Option<Issue> {
        let object = self.stance.object.clone();
        // "services that they object to on principle": the matter stands before the verb.
        let stranded = |i: usize| i < object.end && self.of.pos(i) == Pos::IN;
        if self.stance.particle && !self.stance.whole && stranded(object.start + 1) {
            return None;
        }
        let tokens = if self.stance.particle { object } else { self.after_length(object) };
        let tokens = self.reported(tokens);
        let tokens = self.after_day(tokens);
        let start = tokens.clone().find(|i| !self.joins(*i))?;
        let pronoun = self.of.pos(start) == Pos::PRP && !self.is_asked_of_pronoun(start, tokens.end);
        // "what we asked for and what they gave": the matter stands before the verb.
        let adverbial = self.of.pos(start) == Pos::IN && self.stance.name != "warns";
        if pronoun || adverbial || self.of.pos(start) == Pos::CC {
            return None;
        }
        let reach = self.reach(tokens.end);
        if let Some(end) = self.terms_end(start, reach) {
            let span = Some(self.from(start, end - 1)).filter(|_| end - start <= LONGEST_ON_TERMS);
            return span.map(|span| Issue { span, on_terms: true });
        }
        let span = self.named(start, reach)?;
        Some(Issue { span, on_terms: false })
    }

    fn joins(&self, i: usize) -> bool {
        let joins =
            matches!(self.of.word(i), "that" | "for" | "to" | "on" | "out" | "against" | "of" | "about");
        joins || self.of.pos(i) == Pos::Punct
    }

    /// "warned for years about the signals": the object from behind the length of time that opens it.
    fn after_length(&self, object: Range<usize>) -> Range<usize> {
        let in_time = |i: &usize| self.of.layers.time_at(self.of.layers.tokens[*i].span.start);
        let is_preposition = |i: usize| object.contains(&i) && self.of.pos(i) == Pos::IN;
        let opens = object.start + usize::from(is_preposition(object.start));
        let after = (opens..object.end).take_while(in_time).last().map(|i| i + 1);
        after.filter(|i| is_preposition(*i)).map_or(object.clone(), |i| i + 1..object.end)
    }

    /// "offered last night to support a cabinet": the object from behind the day on which the stance was taken.
    fn after_day(&self, object: Range<usize>) -> Range<usize> {
        let in_time = |i: &usize| self.of.layers.time_at(self.of.layers.tokens[*i].span.start);
        let day = object.clone().next().is_some_and(|i| {
            matches!(self.of.word(i), "last" | "this" | "yesterday" | "today" | "tonight")
                || self.of.report.slice(self.of.layers.tokens[i].span).ends_with("day")
                    && self.of.pos(i).is_name()
        });
        let after = object.clone().take_while(in_time).last().map(|i| i + 1).filter(|_| day);
        let goes_on = |i: &usize| *i < object.end && matches!(self.of.word(*i), "to" | "that" | "for");
        after.filter(goes_on).map_or(object.clone(), |i| i..object.end)
    }

    /// "warned on Monday that …": what is said stands after "that".
    fn reported(&self, tokens: Range<usize>) -> Range<usize> {
        let opens = tokens.clone().next().map(|i| self.of.word(i)).unwrap_or_default();
        let mut near = tokens.clone().take(LONGEST_ASIDE);
        // Behind a noun the tagger takes "that" for a relative pronoun.
        let opens_clause =
            |i: usize| self.of.pos(i) == Pos::IN || i + 1 < tokens.end && !self.of.pos(i + 1).is_verb();
        // "ready for talks provided that the army leaves": terms, and nothing that is said.
        let terms = |i: usize| {
            let before = i.checked_sub(1).map(|b| self.of.word(b)).unwrap_or_default();
            matches!(
                before,
                "provided"
                    | "providing"
                    | "assuming"
                    | "given"
                    | "granted"
                    | "condition"
                    | "so"
                    | "now"
                    | "such"
            )
        };
        let said = near.find(|i| self.of.word(*i) == "that" && opens_clause(*i) && !terms(*i));
        let aside = said.filter(|_| OPENING_ASIDES.contains(&opens) && !self.stance.particle);
        aside.map_or(tokens.clone(), |that| that..tokens.end)
    }

    /// "demanded that they be given the report", "warned that it would leave": of a pronoun only what is to become of it
    /// is a matter.
    fn is_asked_of_pronoun(&self, start: usize, end: usize) -> bool {
        let next = (start + 1 < end).then(|| self.of.pos(start + 1));
        match self.stance.name {
            "demands" => next == Some(Pos::VB),
            "warns" => next == Some(Pos::MD),
            _ => false,
        }
    }

    /// The first token from `from` on that ends a clause, within the sentence and within the words of one speaker.
    fn clause_end(&self, from: usize) -> usize {
        let layers = &self.of.layers;
        let sentence = layers.sentence_at(self.predicate.verb.start).map(|i| layers.sentences[i].tokens.end);
        let around = layers.attributions.iter().flat_map(|a| &a.content);
        let said = around.filter(|c| c.contains(self.predicate.verb)).map(|c| layers.tokens_in(*c).end).min();
        let limit = sentence.unwrap_or(from).min(said.unwrap_or(usize::MAX));
        let closes = |i: &usize| {
            let word = self.of.word(*i);
            matches!(word, "," | ";" | ":" | "—" | "–" | "”" | "\"" | "(" | "." | "!" | "?")
        };
        (from..limit).find(closes).unwrap_or(limit.max(from))
    }

    /// Where the words end among which the issue stands: those of the predicate end at a comma before "to …", "for …" and
    /// before terms, which belong to the issue.
    fn reach(&self, end: usize) -> usize {
        let word = |i: usize| if i < self.of.layers.tokens.len() { self.of.word(i) } else { "" };
        if word(end) != "," {
            return end;
        }
        let after = self.clause_end(end + 1);
        let has_infinitive =
            || (end + 1..after.saturating_sub(1)).any(|i| word(i) == "to" && self.of.pos(i + 1) == Pos::VB);
        // "demands that a commission, with a judge from abroad, look into it".
        if let Some(closing) = self.apposition_after(end, self.of.layers.tokens.len().min(after + 2))
            && self.stance.name == "demands"
            && !self.stance.object.clone().any(|i| self.of.pos(i).is_verb())
        {
            return self.clause_end(closing + 1);
        }
        let goes_on = matches!(word(end + 1), "to" | "for")
            && has_infinitive()
            && self.apposition_before(end).is_some();
        if goes_on || self.opens_terms(end + 1, after).is_some() { after } else { end }
    }

    /// Where the apposition opens that the comma at `comma` closes: "the secretary, Ada Holt,".
    fn apposition_before(&self, comma: usize) -> Option<usize> {
        let from = comma.saturating_sub(LONGEST_APPOSITION).max(self.stance.object.start);
        let opening = (from..comma).rfind(|i| self.of.word(*i) == ",")?;
        self.is_apposition(opening, comma).then_some(opening)
    }

    /// Whether nothing but a phrase that names somebody stands between two commas.
    fn is_apposition(&self, opening: usize, closing: usize) -> bool {
        let mut inside = opening + 1..closing;
        let noun = inside.clone().any(|i| self.of.pos(i).is_noun());
        let clause =
            inside.any(|i| self.of.pos(i).is_finite() || matches!(self.of.pos(i), Pos::CC | Pos::WP));
        noun && !clause
    }

    /// The comma that closes the words which the comma at `opening` puts in, where "to …", "for …" or the verb follows.
    fn apposition_after(&self, opening: usize, end: usize) -> Option<usize> {
        let limit = end.min(opening + LONGEST_APPOSITION);
        let closing = (opening + 1..limit).find(|i| self.of.word(*i) == ",")?;
        let goes_on = closing + 1 < end
            && (matches!(self.of.word(closing + 1), "to" | "for") || self.of.pos(closing + 1) == Pos::VB);
        (goes_on && self.is_apposition(opening, closing)).then_some(closing)
    }

    /// How many words at `i` open the terms on which a stance is taken.
    fn opens_terms(&self, i: usize, end: usize) -> Option<usize> {
        const OPENING: &[&[&str]] = &[
            &["if"],
            &["unless"],
            &["provided"],
            &["providing"],
            &["assuming"],
            &["as", "long", "as"],
            &["so", "long", "as"],
            &["only", "if"],
            &["on", "condition"],
            &["on", "the", "condition"],
            &["in", "return", "for"],
            &["in", "exchange", "for"],
        ];
        let before = i.checked_sub(1).map(|b| self.of.word(b)).unwrap_or_default();
        let asks = [
            "even", "as", "say", "see", "know", "ask", "decide", "tell", "explain", "clarify", "what", "and",
        ];
        let stands = |words: &&&[&str]| {
            i + words.len() < end && words.iter().enumerate().all(|(n, word)| self.of.word(i + n) == *word)
        };
        let opening = OPENING.iter().find(stands)?;
        (!asks.contains(&before)).then_some(opening.len())
    }

    /// The end of an issue with its terms, where some follow it.
    fn terms_end(&self, start: usize, reach: usize) -> Option<usize> {
        let hard = |i: &usize| matches!(self.of.word(*i), ";" | ":" | "—" | "–" | "”" | "\"" | "(");
        let limit = reach.min(start + LONGEST + SHORTEST);
        let stop = (start..limit).find(|i| hard(i) || *i > start && self.leaves(*i, start, reach));
        let opening = (start + 1..stop.unwrap_or(limit)).find(|i| self.opens_terms(*i, reach).is_some())?;
        let end = self.clause_end(opening + 1).min(reach);
        let says = (opening + 1..end).any(|i| self.of.pos(i).is_noun() || self.of.pos(i) == Pos::PRP);
        (says && end > opening + 1).then_some(end)
    }

    /// "called for calm and left": another verb of the subject begins; "and Japan wants it kept": another clause;
    /// "welcomed the pact as a step": a judgement of it; "by 7 votes to 2": how many took the stance.
    fn leaves(&self, i: usize, start: usize, end: usize) -> bool {
        let verb = |j: usize| j < end && self.of.pos(j).is_finite();
        let joined = self.of.pos(i) == Pos::CC
            && (verb(i + 1) || i + 2 < end && verb(i + 2) && matches!(self.of.pos(i + 1), Pos::RB | Pos::MD));
        let participle = self.of.pos(i) == Pos::CC
            && i + 2 < end
            && self.of.pos(i + 1) == Pos::VBN
            && matches!(self.of.pos(i + 2), Pos::TO | Pos::DT | Pos::PRPS);
        // "We accept the judgment and close the case"
        let bare = self.of.pos(i) == Pos::CC
            && i + 1 < end
            && self.of.pos(i + 1) == Pos::VB
            && !(self.stance.object.start.min(start)..i)
                .any(|j| self.of.pos(j) == Pos::VB || self.of.pos(j) == Pos::TO);
        // "that gas be recognised as a fuel": as what belongs to the verb.
        let judged = self.of.word(i) == "as"
            && !self.of.pos(i - 1).is_verb()
            && i + 1 < end
            && self.of.pos(i + 1) == Pos::DT
            && !(self.stance.particle && self.of.pos(start) == Pos::CD);
        joined
            || bare
            || participle
            || judged
            || self.opens_another_clause(i, start, end)
            || self.counts_votes(i, end)
    }

    /// Whether "and" at `i` joins another clause, and not the second half of a subject ("warned that fish and birds would die").
    fn opens_another_clause(&self, i: usize, start: usize, end: usize) -> bool {
        let opens = self.of.pos(i) == Pos::CC
            && i + 1 < end
            && (predicates::opens_clause(self.of, i + 1, end) || predicates::hides_verb(self.of, i + 2, end));
        let said = self.stance.name == "warns"
            || self.predicate.lemma == "insist" && !self.stance.particle
            || start > 0 && self.of.word(start - 1) == "that";
        opens && (!said || (start..i).any(|j| self.of.pos(j).is_verb()))
    }

    fn counts_votes(&self, i: usize, end: usize) -> bool {
        let number = i + 1 < end && self.of.pos(i + 1) == Pos::CD;
        let votes = || (i + 2..end.min(i + 5)).any(|j| matches!(self.of.word(j), "vote" | "votes"));
        let to = || i + 3 < end && self.of.word(i + 2) == "to" && self.of.pos(i + 3) == Pos::CD;
        let counted = || end.min(i + 4) == end || !self.of.pos(i + 4).is_noun() && self.of.word(i + 4) != "%";
        self.of.word(i) == "by" && number && (votes() || to() && counted())
    }

    /// Whether the phrase ends before token `i`; a day to come belongs to the matter ("no dismissals before 2035").
    fn is_border(&self, i: usize, start: usize) -> bool {
        let word = self.of.word(i);
        let dates = matches!(word, "after" | "before" | "until" | "during") && self.time_to_come(i + 1);
        let clause = i > start
            && matches!(word, "after" | "while" | "because")
            && predicates::opens_clause(self.of, i + 1, self.of.layers.tokens.len().min(i + 9));
        if clause && self.stance.name != "warns" {
            return true;
        }
        // "demands that the text be laid before parliament"
        let place = word == "before"
            && self.of.layers.tokens.get(i + 1).is_some_and(|t| t.pos.is_noun() || t.pos == Pos::DT)
            && !self.of.layers.time_at(self.of.layers.tokens[i + 1].span.start)
            && (start..i).any(|j| self.of.pos(j) == Pos::VBN);
        i >= start + 4
            && !dates
            && !place
            && matches!(
                word,
                "," | "after" | "before" | "while" | "until" | "during" | "when" | "who" | "which"
            )
    }

    /// Whether a time that lies ahead of the report begins at token `i`.
    fn time_to_come(&self, i: usize) -> bool {
        let layers = &self.of.layers;
        let Some(at) = layers.tokens.get(i).map(|t| t.span) else { return false };
        let after = layers.times.partition_point(|t| t.span.start <= at.start);
        let time = layers.times[..after].iter().rev().take(4).find(|t| t.span.contains(at));
        let first = time.and_then(|t| t.days).map(|(first, _)| first);
        first.zip(self.published).is_some_and(|(first, published)| first > published)
    }

    /// The issue from `start` to the first border.
    fn named(&self, start: usize, reach: usize) -> Option<Span> {
        let end = self.first_border(start, reach);
        let end = self.undangled(start, self.without_date(start, end));
        let opened = (start..end).find(|i| {
            self.of.layers.quotes.iter().any(|q| {
                let span = self.of.layers.tokens[*i].span;
                q.outer.start == span.start && q.inner.end >= self.of.layers.tokens[end - 1].span.end
            })
        });
        let before_quote = opened.filter(|i| *i >= start + SHORTEST);
        let end = self.undangled(start, before_quote.unwrap_or(end));
        let whole = |span: Span| match (opened, before_quote) {
            (Some(i), None) => self
                .of
                .layers
                .quote_at(self.of.layers.tokens[i].span.start)
                .map_or(span, |q| span.cover(q.outer)),
            _ => span,
        };
        (self.says_something(start, end, reach) && !self.points_back(start, end))
            .then(|| whole(self.from(start, end - 1)))
    }

    /// The tokens from `first` to `last`; "offers to host": without its "to" a verb is no phrase.
    fn from(&self, first: usize, last: usize) -> Span {
        let infinitive = self.of.pos(first) == Pos::VB
            && first > self.stance.object.start
            && self.of.word(first - 1) == "to";
        let first = if infinitive { first - 1 } else { first };
        self.of.layers.tokens[first].span.cover(self.of.layers.tokens[last].span)
    }

    fn first_border(&self, start: usize, reach: usize) -> usize {
        // "not just a pledge … but a treaty": its two halves stand or fall together.
        let halves = self.of.word(start) == "not"
            && start + 1 < reach
            && matches!(self.of.word(start + 1), "just" | "only" | "merely" | "simply");
        let mut limit = reach.min(start + if halves { 2 * LONGEST } else { LONGEST });
        let mut i = start;
        while i < limit {
            let apposition = if self.of.word(i) == "," { self.apposition_after(i, reach) } else { None };
            match apposition {
                Some(closing) => {
                    limit = reach.min(limit + closing - i);
                    i = closing + 1;
                }
                None if self.is_border(i, start) || i > start && self.leaves(i, start, reach) => return i,
                None => i += 1,
            }
        }
        if limit == reach {
            return limit;
        }
        // A phrase that the limit cuts through goes whole.
        let joint = |i: &usize| matches!(self.of.pos(*i), Pos::IN | Pos::CC | Pos::TO);
        (start + SHORTEST..limit).rev().find(joint).unwrap_or(limit)
    }

    /// `end` without a time behind a preposition, which dates the stance ("rejected the budget on Monday"), unless it lies
    /// ahead: then it belongs to the matter ("wants an election in June").
    fn without_date(&self, start: usize, end: usize) -> usize {
        let in_time = |i: &usize| self.of.layers.time_at(self.of.layers.tokens[*i].span.start);
        let time = (start..end).rev().take_while(in_time).last().unwrap_or(end);
        let joined = time > start && matches!(self.of.word(time - 1), "on" | "in" | "at");
        let now = || {
            matches!(self.of.word(time), "this" | "last" | "earlier" | "yesterday" | "today")
                && (start..time).any(|i| self.of.pos(i).is_noun())
        };
        match () {
            () if time == end || self.time_to_come(time) => end,
            () if joined => time - 1,
            () if now() => time,
            () => end,
        }
    }

    fn undangled(&self, start: usize, mut end: usize) -> usize {
        let dangling = |i: usize| {
            matches!(
                self.of.pos(i),
                Pos::IN | Pos::TO | Pos::DT | Pos::CC | Pos::Punct | Pos::PRPS | Pos::WP | Pos::WDT
            ) || matches!(self.of.word(i), "not" | "never" | "being")
        };
        // "a deal that both sides agree on" ends with its verb's preposition.
        // "ruled out stepping in": a gerund keeps its particle.
        let particle = |i: usize| {
            i == start + 1
                && self.of.pos(start) == Pos::VBG
                && matches!(self.of.word(i), "in" | "out" | "off" | "down" | "up" | "back" | "aside")
        };
        let stranded = |i: usize| {
            particle(i) || self.of.pos(i) == Pos::IN && i > start && self.of.pos(i - 1).is_finite()
        };
        while end > start && dangling(end - 1) && !stranded(end - 1) {
            end -= 1;
        }
        end
    }

    /// "to talk about it", "to discuss one", "postpone it until 2029": whether all that a matter is named by stands elsewhere.
    fn points_back(&self, start: usize, end: usize) -> bool {
        let in_time = |i: usize| self.of.layers.time_at(self.of.layers.tokens[i].span.start);
        let says = |i: usize| (self.of.pos(i).is_noun() || self.of.pos(i) == Pos::VBG) && !in_time(i);
        let one = |i: usize| {
            self.of.word(i) == "one" && i > start && (i + 1 == end || !self.of.pos(i + 1).is_noun())
        };
        let points = |i: usize| matches!(self.of.word(i), "it" | "this" | "that" | "them") || one(i);
        !(start..end).any(says) && (start..end).any(points)
    }

    /// Whether the words name a matter: two at least, or a noun that the verb makes one ("opposes the closure").
    fn says_something(&self, start: usize, end: usize, reach: usize) -> bool {
        let named = start + usize::from(ARTICLES.contains(&self.of.word(start)));
        if end >= named + SHORTEST {
            return true;
        }
        // "refused to resign": what one will not do is a matter.
        let refused =
            self.predicate.lemma == "refuse" || self.stance.name == "rejects" && self.predicate.negated;
        let undone = end > named && refused && self.of.pos(named) == Pos::VB;
        if end <= named || !self.of.pos(named).is_noun() {
            return undone;
        }
        let vague = ["want", "refuse", "decline", "dismiss", "offer", "welcome", "urge", "warn", "threaten"];
        let takes_sides =
            matches!(self.stance.name, "demands" | "opposes" | "rejects" | "proposes" | "supports");
        let definite = matches!(self.of.word(start), "the" | "any") && self.stance.name == "accepts";
        let empty = [
            "idea",
            "notion",
            "suggestion",
            "possibility",
            "claim",
            "claims",
            "allegation",
            "allegations",
            "accusation",
            "accusations",
            "charge",
            "charges",
        ];
        if empty.contains(&self.of.word(named)) {
            return end < reach;
        }
        // "welcomed the merger", not "welcomed the guests".
        let welcomed = matches!(self.predicate.lemma.as_str(), "welcome" | "hail")
            && matches!(self.of.word(start), "the" | "this")
            && MEASURES.contains(&self.of.lemma_at(named));
        let vague = !self.stance.whole && vague.contains(&self.predicate.lemma.as_str()) && !welcomed;
        end < reach || !vague && (takes_sides || definite)
    }
}
