//! Events by PLOVER type.
//!
//! In: a report with its sentences, tags, times and mentions. Out: its [`Event`]s. It does not know what else was
//! reported of an event. An event without an actor, or in somebody's quoted words, is left out.

mod lexicon;
mod modality;

use super::chunks::VerbGroup;
use super::{Annotations, EntityKind, Event, MentionIndex, MentionKind, Pos, Sentence, TimeKind, lemma};
use crate::report::Report;
use crate::span::Span;
use lexicon::Rule;
pub(super) use lexicon::root;

/// How many tokens after a verb its object can stand.
const REACH: usize = 10;

/// How many tokens after its verb a clause can end.
const CLAUSE: usize = 40;

/// How many bytes from its verb a clause can name its time.
const TIME_REACH: u32 = 200;

/// The events of the report.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Event> {
    let told = layers.sentences.iter().filter(|s| !s.furniture && !report.slice(s.span).ends_with('?'));
    told.flat_map(|sentence| in_sentence(report, layers, sentence)).collect()
}

fn in_sentence<'a>(
    report: &'a Report,
    layers: &'a Annotations,
    sentence: &'a Sentence,
) -> impl Iterator<Item = Event> + 'a {
    let verbs = sentence.tokens.clone().filter(|i| layers.tokens.get(*i).is_some_and(|t| t.pos.is_verb()));
    verbs.filter_map(move |verb| Clause { report, layers, sentence, verb }.event())
}

/// One verb in its sentence.
#[derive(Clone, Copy)]
struct Clause<'a> {
    report: &'a Report,
    layers: &'a Annotations,
    sentence: &'a Sentence,
    verb: usize,
}

impl Clause<'_> {
    fn event(self) -> Option<Event> {
        let token = *self.layers.tokens.get(self.verb)?;
        let rules = lexicon::rules(&lemma(self.report.slice(token.span), token.pos));
        let root = rules.iter().find(|rule| self.holds(rule))?.root;
        let group = self.layers.verb_group_at(self.report, self.verb).filter(|g| g.head == self.verb)?;
        let (happened, modality) = modality::of(self, &group)?;
        let (actor, recipient) = self.roles(&group)?;
        let quoted = self.is_quoted(token.span);
        let subject = self.layers.mentions.get(actor)?.span;
        let span = self.span(subject.cover(token.span));
        (!quoted).then(|| Event {
            span,
            trigger: token.span,
            root,
            actor: Some(actor),
            recipient,
            when: self.when(),
            place: self.place(span),
            happened,
            modality,
        })
    }

    fn is_quoted(self, span: Span) -> bool {
        // Quotes are in order and nest once, so the last two that begin before it decide.
        let next = self.layers.quotes.partition_point(|q| q.outer.start <= span.start);
        self.layers.quotes[next.saturating_sub(2)..next].iter().any(|q| q.outer.contains(span))
    }

    fn word(self, token: usize) -> String {
        self.layers.tokens.get(token).map(|t| self.report.slice(t.span).to_lowercase()).unwrap_or_default()
    }

    fn pos(self, token: usize) -> Pos {
        self.layers.tokens.get(token).map_or(Pos::Punct, |t| t.pos)
    }

    /// The tokens after the verb, up to the next clause.
    fn after(self) -> std::ops::Range<usize> {
        let all = self.verb + 1..self.sentence.tokens.end.min(self.verb + 1 + REACH);
        let end = all.clone().find(|i| self.ends_clause(*i)).unwrap_or(all.end);
        all.start..end
    }

    fn ends_clause(self, token: usize) -> bool {
        let pos = self.pos(token);
        pos.is_finite()
            || pos == Pos::TO && self.pos(token + 1) == Pos::VB
            || (pos == Pos::Punct && self.parts(token))
            || matches!(pos, Pos::WDT | Pos::WP | Pos::WRB)
            || (pos == Pos::IN && self.word(token) == "that")
    }

    /// Whether a mark ends a clause: not a hyphen, nor a quotation mark.
    fn parts(self, token: usize) -> bool {
        matches!(self.word(token).as_str(), "," | ";" | ":" | "." | "(" | ")" | "—" | "–" | "…")
    }

    fn holds(self, rule: &Rule) -> bool {
        let object =
            self.after().take_while(|i| !matches!(self.pos(*i), Pos::IN | Pos::TO) || self.word(*i) == "of");
        let mut nouns = object.filter(|i| self.pos(*i).is_noun()).map(|i| {
            let token = self.layers.tokens.get(i).map(|t| self.report.slice(t.span)).unwrap_or_default();
            lemma(token, self.pos(i)).into_owned()
        });
        let next = rule.next.is_empty() || rule.next.contains(&self.word(self.verb + 1).as_str());
        let noun = |list: &[&str], noun: &String| list.contains(&noun.as_str());
        next && match (rule.nouns.is_empty(), rule.without.is_empty()) {
            (false, _) => nouns.any(|n| noun(&rule.nouns, &n)),
            (true, false) => !nouns.any(|n| noun(&rule.without, &n)),
            (true, true) => true,
        }
    }

    /// Who does it and to whom. A passive without "by" has no actor, so there is no event.
    fn roles(self, group: &VerbGroup) -> Option<(MentionIndex, Option<MentionIndex>)> {
        let subject = || {
            self.layers.clause_subject(self.report, self.verb).and_then(|phrase| self.head_mention(phrase))
        };
        if group.passive {
            let by = self.after().find(|i| self.word(*i) == "by")?;
            return Some((self.mention_from(by + 1)?, subject()));
        }
        let actor = subject()?;
        Some((actor, self.object().filter(|object| *object != actor)))
    }

    /// The mention whose head is the head of `phrase`; a pronoun only where it is known whom it means.
    fn head_mention(self, phrase: std::ops::Range<usize>) -> Option<MentionIndex> {
        let first = self.layers.tokens.get(phrase.start)?.span;
        let last = self.layers.tokens.get(phrase.end.checked_sub(1)?)?.span;
        let within = self.mentions_in(first.cover(last));
        within.filter(|(_, head)| head.overlaps(last)).map(|(m, _)| m).last().filter(|m| self.can_act(*m))
    }

    /// The mentions that overlap `span`, with their heads.
    fn mentions_in(self, span: Span) -> impl Iterator<Item = (MentionIndex, Span)> {
        let mentions = &self.layers.mentions;
        // Mentions are in order of their starts and short, so a few before the first suffice.
        let first = mentions.partition_point(|m| m.span.start < span.start).saturating_sub(3);
        let near = mentions.iter().enumerate().skip(first).take_while(move |(_, m)| m.span.start < span.end);
        near.filter(move |(_, m)| m.span.overlaps(span)).map(|(i, m)| (i, m.head))
    }

    fn can_act(self, mention: MentionIndex) -> bool {
        let Some(mention) = self.layers.mentions.get(mention) else { return false };
        let thing = matches!(mention.of, EntityKind::Work | EntityKind::Law | EntityKind::Event);
        !thing && (mention.kind != MentionKind::Pronoun || mention.entity.is_some())
    }

    /// The mention that begins a noun phrase at `token`, its title before it or not.
    fn mention_from(self, token: usize) -> Option<MentionIndex> {
        let phrase = self.layers.noun_phrase_starting_at(token)?;
        self.head_mention(phrase)
    }

    /// Whom the verb is done to or with: the noun phrase right after it, or after its preposition.
    fn object(self) -> Option<MentionIndex> {
        const TO: [&str; 6] = ["with", "to", "on", "against", "upon", "at"];
        let after = self.after();
        let direct = after.clone().find(|i| self.pos(*i) != Pos::RB)?;
        let is_direct = !matches!(self.pos(direct), Pos::IN | Pos::TO);
        if let Some(mention) = self.mention_from(direct).filter(|_| is_direct) {
            return Some(mention);
        }
        let to = after.into_iter().find(|i| TO.contains(&self.word(*i).as_str()))?;
        self.mention_from(to + 1)
    }

    /// From the subject to the end of the verb's clause.
    fn span(self, start: Span) -> Span {
        let after = self.verb + 1..self.sentence.tokens.end.min(self.verb + 1 + CLAUSE);
        let end = after.clone().find(|i| self.parts(*i)).unwrap_or(after.end);
        let last = self.layers.tokens.get(end.saturating_sub(1)).map_or(start, |t| t.span);
        start.cover(last)
    }

    /// The time nearest to the verb, where no other finite verb stands between.
    fn when(self) -> Option<usize> {
        let verb = self.layers.tokens.get(self.verb)?.span;
        let from = self.sentence.span.start.max(verb.start.saturating_sub(TIME_REACH));
        let to = self.sentence.span.end.min(verb.end.saturating_add(TIME_REACH));
        let first = self.layers.times.partition_point(|t| t.span.end <= from);
        let inside = self.layers.times.iter().enumerate().skip(first);
        let inside = inside.take_while(|(_, t)| t.span.start < to);
        let dated = inside
            .filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time) && self.same_clause(t.span));
        dated.min_by_key(|(_, t)| t.span.start.abs_diff(verb.start)).map(|(i, _)| i)
    }

    fn same_clause(self, span: Span) -> bool {
        let tokens = self.layers.tokens_in(span);
        let between =
            if tokens.end <= self.verb { tokens.end..self.verb } else { self.verb + 1..tokens.start };
        let group =
            self.layers.verb_group_at(self.report, self.verb).map_or(self.verb..self.verb, |g| g.range);
        between.into_iter().all(|i| group.contains(&i) || !(self.pos(i).is_verb() || self.pos(i) == Pos::MD))
    }

    /// The place after "in" or "at" in the clause.
    fn place(self, clause: Span) -> Option<MentionIndex> {
        let tokens = self.layers.tokens_in(clause);
        let preposition = tokens.into_iter().filter(|i| matches!(self.word(*i).as_str(), "in" | "at"));
        let mention = preposition.filter_map(|i| self.mention_from(i + 1));
        mention.into_iter().find(|m| self.layers.mentions.get(*m).is_some_and(|m| m.of == EntityKind::Place))
    }
}

#[cfg(test)]
mod tests;
