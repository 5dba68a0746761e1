//! Events by PLOVER type.
//!
//! In: a report with its sentences, tags, times and mentions. Out: its [`Event`]s. It does not know what else was
//! reported of an event. An event without an actor, or in somebody's quoted words, is left out. The lexicon says which
//! verbs tell of events; a model over the words of the clause says of which type, and finds those of other verbs.

mod features;
mod lexicon;
mod modality;
mod types;

use std::ops::Range;

use super::chunks::VerbGroup;
use super::{Annotations, EntityKind, Event, MentionIndex, MentionKind, Pos, Sentence, TimeKind, lemma};
use crate::report::Report;
use crate::span::Span;
use lexicon::Rule;
pub(super) use lexicon::root;

pub use features::Feature;
pub use lexicon::ROOTS;
pub use types::Types;

/// How sure the model must be of a clause whose verb is in no lexicon, and how sure to overrule one that is.
/// Chosen on the training part of the sentences that `eval events` reads.
const SURE: f32 = 0.35;

/// Verbs that give words to somebody, or say little by themselves: alone they tell of no event.
const NO_EVENTS: &[&str] = &[
    "say", "tell", "be", "have", "do", "add", "report", "note", "think", "believe", "know", "see", "seem",
    "appear", "become", "remain", "go", "come", "get", "want", "hope", "expect",
];

/// What stands before whom a deed is done to or with.
const TOWARDS: [&str; 12] =
    ["with", "to", "on", "against", "upon", "at", "for", "of", "from", "over", "between", "towards"];

/// How many tokens after a verb its object can stand.
const REACH: usize = 10;

/// How many tokens after its verb a clause can end.
const CLAUSE: usize = 40;

/// How many bytes from its verb a clause can name its time.
const TIME_REACH: u32 = 200;

/// The events of the report of which a mention is the actor.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Event> {
    told(report, layers).map(|(event, _)| event).filter(|event| event.actor.is_some()).collect()
}

/// The root type of each event and the last words of the noun phrases of its actor and its recipient, whether or not they
/// are mentions: what `eval events` compares.
pub fn heads(report: &Report, layers: &Annotations) -> Vec<(&'static str, Heads)> {
    told(report, layers).map(|(event, heads)| (event.root, heads)).collect()
}

/// Where the last words of the noun phrases of actor and recipient stand.
pub type Heads = (Span, Option<Span>);

fn told<'a>(report: &'a Report, layers: &'a Annotations) -> impl Iterator<Item = (Event, Heads)> + 'a {
    let told = layers.sentences.iter().filter(|s| !s.furniture && !report.slice(s.span).ends_with('?'));
    told.flat_map(|sentence| in_sentence(report, layers, sentence))
}

fn in_sentence<'a>(
    report: &'a Report,
    layers: &'a Annotations,
    sentence: &'a Sentence,
) -> impl Iterator<Item = (Event, Heads)> + 'a {
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

/// Who does it and to whom, as ranges of tokens.
struct Roles {
    actor: Range<usize>,
    recipient: Option<Range<usize>>,
}

/// The features of the clauses of a report that tell who does what, each with the heads of the two: what
/// `eval train-events` learns from.
pub fn clauses(report: &Report, layers: &Annotations) -> Vec<(Vec<(Feature, f32)>, Heads)> {
    let sentences = layers.sentences.iter().filter(|s| !s.furniture);
    let of = |sentence: &Sentence| {
        let verbs = sentence.tokens.clone();
        let clause = |verb| {
            let clause = Clause { report, layers, sentence, verb };
            let (group, roles) = clause.told()?;
            Some((features::of(clause, roles.recipient.as_ref(), group.passive), clause.heads(&roles)))
        };
        verbs.filter_map(clause).collect::<Vec<_>>()
    };
    sentences.flat_map(of).collect()
}

impl Clause<'_> {
    /// The verb group and the roles of a clause that can tell of an event.
    fn told(self) -> Option<(VerbGroup, Roles)> {
        let token = *self.layers.tokens.get(self.verb)?;
        if !token.pos.is_verb() || self.is_quoted(token.span) {
            return None;
        }
        let lemma = lemma(self.report.slice(token.span), token.pos).to_lowercase();
        if NO_EVENTS.contains(&lemma.as_str()) {
            return None;
        }
        let group = self.layers.verb_group_at(self.report, self.verb).filter(|g| g.head == self.verb)?;
        let roles = self.roles(&group)?;
        Some((group, roles))
    }

    fn event(self) -> Option<(Event, Heads)> {
        let (group, roles) = self.told()?;
        let token = *self.layers.tokens.get(self.verb)?;
        let rules = lexicon::rules(&lemma(self.report.slice(token.span), token.pos));
        let rule = rules.iter().find(|rule| self.holds(rule));
        let features = features::of(self, roles.recipient.as_ref(), group.passive);
        let (root, probability) = Types::shipped().best(&features);
        let mention = |phrase: &Range<usize>| self.head_mention(phrase.clone());
        let actor = mention(&roles.actor);
        let recipient = roles.recipient.as_ref().and_then(mention).filter(|r| Some(*r) != actor);
        let root = match rule {
            Some(rule) if probability < SURE => rule.root,
            Some(_) => root,
            None if rules.is_empty() && probability >= SURE && roles.recipient.is_some() => root,
            None => return None,
        };
        let (happened, modality) = modality::of(self, &group)?;
        let heads = self.heads(&roles);
        let first = self.layers.tokens.get(roles.actor.start)?.span;
        let span = self.span(first.cover(heads.0).cover(token.span));
        let event = Event {
            span,
            trigger: token.span,
            root,
            actor,
            recipient,
            when: self.when(),
            place: self.place(span),
            happened,
            modality,
        };
        Some((event, heads))
    }

    /// The last words of both noun phrases.
    fn heads(self, roles: &Roles) -> Heads {
        let last = |phrase: &Range<usize>| {
            let head = phrase.end.checked_sub(1).and_then(|i| self.layers.tokens.get(i));
            head.map_or(Span::default(), |t| t.span)
        };
        (last(&roles.actor), roles.recipient.as_ref().map(last))
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
    fn roles(self, group: &VerbGroup) -> Option<Roles> {
        let subject = || self.layers.clause_subject(self.report, self.verb).filter(|p| !p.is_empty());
        if group.passive {
            let by = self.after().find(|i| self.word(*i) == "by")?;
            return Some(Roles { actor: self.phrase_at(by + 1)?, recipient: subject() });
        }
        let actor = subject()?;
        let recipient = self.object().filter(|object| *object != actor);
        Some(Roles { actor, recipient })
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
        self.head_mention(self.phrase_at(token)?)
    }

    fn phrase_at(self, token: usize) -> Option<Range<usize>> {
        self.layers.noun_phrase_starting_at(token).filter(|p| !p.is_empty() && !self.dated(p))
    }

    /// Whether a phrase says when: "on Monday" is done to nobody.
    fn dated(self, phrase: &Range<usize>) -> bool {
        let last = phrase.end.checked_sub(1).and_then(|i| self.layers.tokens.get(i));
        last.is_some_and(|t| self.layers.time_at(t.span.start))
    }

    /// Whom the verb is done to or with: the noun phrase right after it, or after its preposition. Where the verb's
    /// object is a deed or a thing ("imposed sanctions on", "rejected the call of"), it is whom that is done to.
    fn object(self) -> Option<Range<usize>> {
        let after = self.after();
        let direct = after.clone().find(|i| self.pos(*i) != Pos::RB)?;
        let joined = |from: usize| {
            let preposition = (from..after.end).find(|i| TOWARDS.contains(&self.word(*i).as_str()))?;
            self.phrase_at(preposition + 1)
        };
        if matches!(self.pos(direct), Pos::IN | Pos::TO) {
            return joined(direct);
        }
        let Some(phrase) = self.phrase_at(direct) else { return joined(direct) };
        let acts = phrase.end.checked_sub(1).is_some_and(|head| {
            self.pos(head).is_name()
                || self.pos(head) == Pos::PRP
                || self.head_mention(phrase.clone()).is_some()
        });
        let further = || joined(phrase.end).filter(|_| TOWARDS.contains(&self.word(phrase.end).as_str()));
        if acts { Some(phrase) } else { further().or(Some(phrase)) }
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
