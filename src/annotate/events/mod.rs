//! Events by PLOVER type.
//!
//! In: a report with its sentences, tags, times and mentions. Out: its [`Event`]s. A lexicon says what verbs usually tell
//! (`lexicon.rs`), linear models what they tell in their sentence (`reading.rs`), and who does it to whom (`parts.rs`, by the
//! links of `links.rs`).
//! It does not know what else was reported of an event. An event without an actor, or in somebody's quoted words, is
//! left out.

mod lexicon;
mod links;
mod modality;
mod parts;
mod reading;
mod weights;

use std::ops::Range;

use super::{Annotations, EntityKind, Event, MentionIndex, MentionKind, Pos, Sentence, TimeKind, lemma};
use crate::report::Report;
use crate::span::Span;
pub use lexicon::ROOTS;
use lexicon::Rule;
pub(super) use lexicon::root;
pub use reading::{Form, Phrase, Reading};
pub use weights::{ACTOR, Features, NONE, PARTS, RECIPIENT, Shape, TYPES, Weights};

/// How many tokens after a verb its object can stand.
const REACH: usize = 10;

/// How many tokens after its verb a clause can end.
const CLAUSE: usize = 40;

/// Words that belong to the verb before them.
const PARTICLES: [&str; 6] = ["out", "up", "off", "down", "back", "over"];

/// How many bytes from its verb a clause can name its time.
const TIME_REACH: u32 = 200;

/// The events of the report.
pub(super) fn find(report: &Report, layers: &Annotations) -> Vec<Event> {
    find_with(report, layers, Weights::shipped())
}

/// The events of the report by other weights.
pub fn find_with(report: &Report, layers: &Annotations, weights: &Weights) -> Vec<Event> {
    let told = layers.sentences.iter().filter(|s| !s.furniture && !report.slice(s.span).ends_with('?'));
    let events = told.flat_map(|sentence| {
        let reading = Reading::new(report, layers, sentence);
        reading.verbs().into_iter().filter_map(|verb| event(&reading, weights, verb)).collect::<Vec<_>>()
    });
    events.collect()
}

/// The event that `verb` tells.
fn event(reading: &Reading, weights: &Weights, verb: usize) -> Option<Event> {
    let Reading { report, layers, sentence, .. } = *reading;
    let clause = Clause { report, layers, sentence, verb };
    let token = *layers.tokens.get(verb)?;
    if clause.is_quoted(token.span) || clause.is_excluded() {
        return None;
    }
    let (happened, modality) = modality::of(clause, &reading.group(verb)?)?;
    let known = clause.lexical_root().is_some();
    let root = root_at(reading, weights, verb, known)?;
    let (actor, recipient) = parts(reading, weights, verb, root)?;
    if !known && !is_told(reading, verb, actor, recipient) {
        return None;
    }
    let words = reading.span(actor)?;
    let span = clause.span(words.cover(token.span));
    Some(Event {
        span,
        trigger: token.span,
        root: ROOTS.get(root)?,
        actor: reading.mention(actor),
        actor_words: Some(words),
        recipient: recipient.and_then(|r| reading.mention(r)),
        recipient_words: recipient.and_then(|r| reading.span(r)),
        when: clause.when(),
        place: clause.place(span),
        happened,
        modality,
    })
}

/// Whether a verb of which the lexicon says nothing tells an event: somebody known does it to somebody.
fn is_told(reading: &Reading, verb: usize, actor: &Phrase, recipient: Option<&Phrase>) -> bool {
    let does =
        reading.subject(verb).is_some_and(|s| s.contains(&actor.head)) || reading.is_agent(verb, actor);
    does && reading.mention(actor).is_some() && recipient.is_some_and(|r| reading.can_act(r))
}

/// The likeliest root type, where one is likelier than none, or the lexicon knows the verb.
fn root_at(reading: &Reading, weights: &Weights, verb: usize, known: bool) -> Option<usize> {
    let scores = weights.types(&reading.root_features(verb));
    let best = (0..NONE).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
    (known || scores[best] > scores[NONE]).then_some(best)
}

/// The score above which a phrase is the recipient: less than an actor's, since most events have one.
const LEAST_RECIPIENT: f32 = -0.7;

/// The root types of what two that "and" joins may do to each other.
const MUTUAL: [&str; 5] = ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"];

/// Who does it and to whom: the phrases that score best. What cannot act does nothing.
fn parts<'r>(
    reading: &'r Reading,
    weights: &Weights,
    verb: usize,
    root: usize,
) -> Option<(&'r Phrase, Option<&'r Phrase>)> {
    let passive = reading.group(verb).is_some_and(|group| group.passive);
    let scored = |row: usize, actor: Option<&Phrase>| -> Vec<(&'r Phrase, f32)> {
        let score = |p| weights.parts(&reading.part_features(verb, root, p, actor))[row];
        reading.phrases(verb).map(|p| (p, score(p))).collect()
    };
    let best = |scored: &[(&'r Phrase, f32)], least: f32| {
        let above = scored.iter().filter(|(_, score)| *score > least);
        above.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(phrase, _)| *phrase)
    };
    let mut actors = scored(ACTOR, None);
    // Who tells that others did it did not do it: "Moe recalled that rebels had shelled the town".
    actors.retain(|(p, _)| !reading.tells_of(p, verb));
    // A passive without "by" has no actor, so that there is no event.
    actors.retain(|(p, _)| reading.can_act(p) && (!passive || reading.is_agent(verb, p)));
    let actor = best(&actors, 0.0)?;
    let mut recipients = scored(RECIPIENT, Some(actor));
    recipients.retain(|(p, _)| !reading.is_of_a_consequence(p, verb));
    recipients.retain(|(p, _)| {
        !overlap(&p.tokens, &actor.tokens) && (MUTUAL.contains(&ROOTS[root]) || !reading.are_joined(p, actor))
    });
    let entity =
        |phrase: &Phrase| reading.mention(phrase).and_then(|m| reading.layers.mentions.get(m)?.entity);
    let itself = |phrase: &&Phrase| entity(phrase).is_some() && entity(phrase) == entity(actor);
    let subject = reading.subject(verb).filter(|_| passive);
    // What a passive is told of has it done to itself.
    let told_of = subject
        .and_then(|subject| recipients.iter().map(|(phrase, _)| *phrase).find(|p| subject.contains(&p.head)));
    Some((actor, best(&recipients, LEAST_RECIPIENT).or(told_of).filter(|phrase| !itself(phrase))))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
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
    /// The root type that the lexicon gives the verb.
    fn lexical_root(self) -> Option<&'static str> {
        self.rule().map(|rule| rule.root)
    }

    /// The rule of the lexicon by which the verb tells what it tells.
    fn rule(self) -> Option<&'static Rule> {
        self.rules()?.iter().find(|rule| self.holds(rule))
    }

    fn rules(self) -> Option<&'static [Rule]> {
        let token = self.layers.tokens.get(self.verb)?;
        Some(lexicon::rules(&lemma(self.report.slice(token.span), token.pos)))
    }

    /// Whether the verb's object is one with which it tells no event ("met the demand").
    fn is_excluded(self) -> bool {
        let rules = self.rules().unwrap_or_default();
        rules.iter().any(Rule::only_excludes) && self.lexical_root().is_none()
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
            || (pos == Pos::Punct && self.parts(token) && !self.lists_adjectives(token))
            || matches!(pos, Pos::WDT | Pos::WP | Pos::WRB)
            || (pos == Pos::IN && self.word(token) == "that")
    }

    /// "direct, high-level talks": whether the mark only stands between adjectives.
    fn lists_adjectives(self, token: usize) -> bool {
        token > 0 && self.pos(token - 1).is_adjective() && self.pos(token + 1).is_adjective()
    }

    /// Whether a mark ends a clause: not a hyphen, nor a quotation mark.
    fn parts(self, token: usize) -> bool {
        matches!(self.word(token).as_str(), "," | ";" | ":" | "." | "(" | ")" | "—" | "–" | "…")
    }

    fn holds(self, rule: &Rule) -> bool {
        // What "on strike" is follows its preposition, what "out a raid" is its particle.
        let particle = PARTICLES.contains(&self.word(self.verb + 1).as_str());
        let skipped = usize::from(!rule.next.is_empty() || particle);
        let rest: Vec<usize> = self.after().skip(skipped).collect();
        let leads = |i: &usize| {
            matches!(self.pos(*i), Pos::IN | Pos::TO) && self.word(*i) != "of" && !self.measures(*i)
        };
        let object = rest.iter().position(leads).map_or(&rest[..], |end| &rest[..end]);
        let any = |list: &[&str], tokens: &[usize]| tokens.iter().any(|i| self.is_listed(*i, list));
        let next = self.word(self.verb + 1);
        (rule.next.is_empty() || rule.next.contains(&next.as_str()))
            && (rule.nouns.is_empty() || any(&rule.nouns, object))
            && (rule.anywhere.is_empty() || any(&rule.anywhere, &rest))
            && (rule.then.is_empty() || self.leads_to(&rule.then))
            && !any(&rule.without, object)
            && (rule.modals.is_empty()
                || self.said_modal().is_some_and(|m| rule.modals.contains(&m.as_str())))
    }

    /// Whether a preposition only says how exact a number is: "more than two raids".
    fn measures(self, token: usize) -> bool {
        let mut next = (token + 1..token + 3).map(|i| (self.pos(i), self.word(i)));
        let measure = |word: &str| links::MEASURES.contains(&word);
        measure(&self.word(token))
            && next.find(|(_, word)| !measure(word)).is_some_and(|(pos, _)| pos == Pos::CD)
    }

    /// Whether one of the prepositions stands behind the object of the verb: "to" in "returned the ring to her".
    fn leads_to(self, prepositions: &[&str]) -> bool {
        let rest = self.verb + 1..self.sentence.tokens.end.min(self.verb + 1 + REACH);
        let mut rest = rest.take_while(|i| !self.parts(*i) && !self.pos(*i).is_finite());
        let opens =
            rest.next().is_some_and(|i| !matches!(self.pos(i), Pos::IN | Pos::TO | Pos::RP | Pos::CC));
        opens && rest.into_iter().any(|i| prepositions.contains(&self.word(i).as_str()))
    }

    /// Whether a token is a noun or adjective of the list.
    fn is_listed(self, token: usize, list: &[&str]) -> bool {
        let pos = self.pos(token);
        let word = self.layers.tokens.get(token).map(|t| self.report.slice(t.span)).unwrap_or_default();
        (pos.is_noun() || pos.is_adjective()) && list.contains(&&*lemma(word, pos))
    }

    /// The modal of the clause that is the verb's object: "must" in "said that the union must go".
    fn said_modal(self) -> Option<String> {
        let mut after = self.verb + 1..self.sentence.tokens.end.min(self.verb + 1 + REACH);
        let first = after.find(|i| self.pos(*i) == Pos::MD || self.pos(*i).is_finite() || self.parts(*i))?;
        (self.pos(first) == Pos::MD).then(|| self.word(first))
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

    /// Whether a time dates the verb: no other verb stands between, unless "and" joins the two and the time stands outside both
    /// ("On Friday they seized and searched it", "was seized and searched on Friday"); what dates the verb before ("entered on
    /// Friday and have stayed") does not date it.
    fn same_clause(self, time: Span) -> bool {
        let tokens = self.layers.tokens_in(time);
        let group =
            self.layers.verb_group_at(self.report, self.verb).map_or(self.verb..self.verb + 1, |g| g.range);
        if tokens.end <= self.verb {
            let mut between = tokens.end..group.start.max(tokens.end);
            let apart = !between.clone().any(|i| self.is_verbal(i));
            let led = (self.sentence.tokens.start..tokens.start).any(|i| self.is_verbal(i));
            let mut joined = || between.any(|i| self.pos(i) == Pos::CC);
            return if led { apart && !joined() } else { apart || self.is_joined_at(group.start) };
        }
        let mut between = self.verb + 1..tokens.start;
        match between.find(|i| self.is_verbal(*i)) {
            None => true,
            // Nothing but "and" stands between the two.
            Some(next) => {
                next == self.verb + 2
                    && self.pos(self.verb + 1) == Pos::CC
                    && self.pos(next) == self.pos(self.verb)
                    && !between.any(|i| self.is_verbal(i) || self.pos(i) == Pos::CC)
            }
        }
    }

    fn is_verbal(self, i: usize) -> bool {
        self.pos(i).is_verb() || self.pos(i) == Pos::MD
    }

    /// Whether "and" stands right before the verb that begins at `first`, with no subject of its own, and one verb before that.
    fn is_joined_at(self, first: usize) -> bool {
        let verbs = (self.sentence.tokens.start..first).filter(|i| self.is_verbal(*i)).count();
        verbs == 1 && first.checked_sub(1).is_some_and(|i| self.pos(i) == Pos::CC)
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
