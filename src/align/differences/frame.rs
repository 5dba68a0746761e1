//! What a clause says beside one of its values.
//!
//! In: a clause, and where in it a number, a day or a place stands. Out: its [`Frame`]: who does what, with the words, numbers
//! and days around that value. Two reports whose frames are one say the same but for the value, so that another value is a
//! difference, whatever it counts. It does not know what kind of value it is, nor whether two values are apart.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::concepts::concept;
use super::super::predicates::Predicate;
use super::super::statements::{mood, verb_of};
use super::super::{Account, Context, Spot};
use super::words::{Subject, subject};
use crate::annotate::{Mention, Pos, lexicon};
use crate::span::Span;

/// A clause without one of its values.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Its names, by their keys, and its other words, by their concepts; without words that only join.
    words: BTreeSet<String>,
    /// Its other numbers.
    numbers: BTreeSet<String>,
    /// The days that it names, and the words of its times that are no days.
    days: BTreeSet<(Date, Date)>,
    times: BTreeSet<String>,
    /// Whether its days are those of the news itself: then another report need not name them.
    of_news: bool,
    /// The preposition before the value: "to" five is not "by" five.
    lead: Option<String>,
    /// Whether it denies, and whether it tells a fact, a plan or a possibility.
    mood: (bool, &'static str),
    passive: bool,
    subject: Option<Subject>,
    /// Whether its verb says something.
    says: bool,
    /// Whether the value counts what the clause is about: "some 2,300 dockers will strike".
    counts_subject: bool,
}

/// The fewest words and numbers of a frame whose subject has a name, is a certain one, or is neither: the more loosely it is
/// said who does it, the more must be said of what is done.
const FEWEST_NAMED: usize = 2;
const FEWEST_DEFINITE: usize = 3;
const FEWEST: usize = 4;

/// From how many words in common on two frames may have a word each that the other has not: a copy with a word put otherwise.
const LONG: usize = 6;
const MOST_OTHER: usize = 1;

/// How many days a report may be from a day that only one of two names: it is that of the news itself.
const NEWS_DAYS: i32 = 7;

/// Prepositions and particles that turn what is said.
const TURNING: &[&str] = &[
    "against",
    "without",
    "before",
    "after",
    "since",
    "above",
    "below",
    "under",
    "over",
    "until",
    "till",
    "between",
    "among",
    "per",
    "except",
    "excluding",
    "including",
    "outside",
    "inside",
    "within",
    "up",
    "down",
    "off",
    "out",
    "than",
    "if",
    "unless",
    "whether",
    "though",
    "although",
];

/// Determiners that say how many.
const COUNTING: &[&str] = &["no", "all", "another", "each", "every", "both", "some", "any", "half"];

/// Adverbs that change nothing of what is said.
const NEUTRAL: &[&str] =
    &["also", "only", "just", "about", "around", "roughly", "approximately", "meanwhile", "however", "too"];

/// Verbs that only help another or join a noun to its subject.
const HELPING: &[&str] = &["be", "have", "do"];

/// Verbs by which somebody has what is his: a stake is held or owned.
const HOLDING: &[&str] = &["own", "hold", "possess"];

impl Frame {
    /// The frame of the clause at `clause` around the value at `hole`; `predicate` is its verb.
    pub(super) fn read(context: &Context, clause: Spot, hole: Span, predicate: Option<&Predicate>) -> Self {
        let of = context.accounts[clause.account];
        let (negated, modality) = mood(of, clause.span);
        let subject_at = predicate.and_then(|p| p.subject);
        let times = of.layers.times.iter().filter(|t| clause.span.contains(t.span) && !hole.overlaps(t.span));
        let (dated, undated): (Vec<_>, Vec<_>) = times.partition(|t| t.days.is_some());
        let days: BTreeSet<(Date, Date)> = dated.into_iter().filter_map(|t| t.days).collect();
        let published = context.published(clause.account);
        let near = |day: &(Date, Date)| {
            let apart = published.and_then(|p| day.0.until(p).ok());
            day.0 == day.1 && apart.is_some_and(|apart| apart.get_days().abs() <= NEWS_DAYS)
        };
        let reader = Reader { context, of, clause, hole };
        Frame {
            words: reader.words(),
            numbers: reader.numbers(),
            of_news: days.iter().all(near),
            days,
            times: undated.into_iter().map(|t| of.report.slice(t.span).to_lowercase()).collect(),
            lead: reader.lead(),
            mood: (negated, modality.name()),
            passive: predicate.is_some_and(|p| p.passive),
            subject: predicate.and_then(|p| subject(context, p)),
            says: predicate.is_some_and(|p| verb_of(p).is_some()),
            counts_subject: subject_at.is_some_and(|s| s.overlaps(hole)),
        }
    }

    /// Whether both say the same but for the value, and enough that it leaves no doubt of what. `unit` is what the value
    /// counts, where that says something.
    pub(super) fn is(&self, other: &Frame, unit: Option<&str>) -> bool {
        self.has_all_of(other) && self.size_beside(other, unit) >= self.fewest(other, unit)
    }

    /// Whether both say the same but for the value, in `fewest` words or more.
    pub(super) fn is_at_length(&self, other: &Frame, fewest: usize) -> bool {
        self.has_all_of(other) && self.size_beside(other, None) >= fewest
    }

    fn has_all_of(&self, other: &Frame) -> bool {
        self.mood == other.mood
            && self.lead == other.lead
            && self.numbers == other.numbers
            && self.times == other.times
            && self.has_days_of(other)
            && self.has_roles_of(other)
            && self.has_words_of(other)
    }

    /// Whether they turn on their value another way: "to" five, and "by" five; one denies what the other says.
    pub(super) fn turns_otherwise_than(&self, other: &Frame) -> bool {
        let leads = matches!((&self.lead, &other.lead), (Some(a), Some(b)) if a != b);
        leads || self.mood.0 != other.mood.0
    }

    /// Whether both name who does it, and not the same.
    pub(super) fn has_another_actor_than(&self, other: &Frame) -> bool {
        let named = |f: &'_ Frame| f.subject.as_ref().filter(|s| s.named).map(|s| s.key.clone());
        let others = matches!((named(self), named(other)), (Some(a), Some(b)) if a != b);
        others && self.passive == other.passive
    }

    /// Whether it is said of a certain thing without a name: "the strike begins".
    pub(super) fn is_of_a_thing(&self) -> bool {
        self.subject.as_ref().is_some_and(|s| s.definite && !s.named)
    }

    /// Whether the same does it in both: the subject of the one voice is none of the other.
    fn has_roles_of(&self, other: &Frame) -> bool {
        match (&self.subject, &other.subject) {
            (Some(a), Some(b)) => (a.key == b.key) == (self.passive == other.passive),
            (None, None) => true,
            _ => self.words.len() >= FEWEST,
        }
    }

    fn has_days_of(&self, other: &Frame) -> bool {
        self.days == other.days
            || self.days.is_empty() && other.of_news
            || other.days.is_empty() && self.of_news
    }

    fn has_words_of(&self, other: &Frame) -> bool {
        let only = |a: &Frame, b: &Frame| -> Vec<String> { a.words.difference(&b.words).cloned().collect() };
        let (mine, theirs) = (only(self, other), only(other, self));
        let long = self.words.intersection(&other.words).count() >= LONG;
        let few = |extra: &[String]| {
            extra.is_empty() || long && extra.len() <= MOST_OTHER && extra.iter().all(|w| !is_telling(w))
        };
        few(&mine) && few(&theirs)
    }

    /// How much both say: words, numbers, a day, and what is counted.
    fn size_beside(&self, other: &Frame, unit: Option<&str>) -> usize {
        let day = !self.days.is_empty() && self.days == other.days;
        self.words.intersection(&other.words).count()
            + self.numbers.len()
            + usize::from(day)
            + usize::from(unit.is_some())
    }

    /// How much both must say.
    fn fewest(&self, other: &Frame, unit: Option<&str>) -> usize {
        let subjects =
            |known: fn(&Subject) -> bool| [self, other].iter().all(|f| f.subject.as_ref().is_some_and(known));
        let counted = self.counts_subject && other.counts_subject && unit.is_some();
        match () {
            () if subjects(|s| s.named) && self.says => FEWEST_NAMED,
            () if subjects(|s| s.definite) || counted => FEWEST_DEFINITE,
            () => FEWEST,
        }
    }
}

/// Whether a word alone may make it another thing: a name, or a word that turns what is said.
fn is_telling(word: &str) -> bool {
    word.starts_with('@') || TURNING.contains(&word) || COUNTING.contains(&word)
}

struct Reader<'a> {
    context: &'a Context<'a>,
    of: &'a Account,
    clause: Spot,
    hole: Span,
}

impl Reader<'_> {
    fn tokens(&self) -> impl Iterator<Item = usize> {
        let layers = &self.of.layers;
        let outside = |i: &usize| {
            let span = layers.tokens[*i].span;
            !self.hole.overlaps(span) && !layers.time_at(span.start)
        };
        layers.tokens_in(self.clause.span).filter(outside)
    }

    /// The named members of the cast that the clause mentions, each with its place.
    fn names(&self) -> Vec<(Span, String)> {
        let Reader { context, of, clause, .. } = self;
        let member = |m: &Mention| {
            let member = context.cast.member(clause.account, m.entity?);
            context.cast.is_named(member).then(|| (m.span, format!("@{}", context.cast.key(member))))
        };
        of.layers
            .mentions_in(clause.span)
            .filter(|m| !m.span.overlaps(self.hole))
            .filter_map(member)
            .collect()
    }

    fn words(&self) -> BTreeSet<String> {
        let names = self.names();
        let covered = |i: &usize| {
            let span = self.of.layers.tokens[*i].span;
            names.iter().any(|(name, _)| name.overlaps(span))
        };
        let words: BTreeSet<String> =
            self.tokens().filter(|i| !covered(i)).filter_map(|i| self.word(i)).collect();
        words.into_iter().chain(names.iter().map(|(_, key)| key.clone())).collect()
    }

    /// What the word at token `i` says by itself; nothing where it only joins, helps or counts.
    fn word(&self, i: usize) -> Option<String> {
        let word = self.of.word(i);
        let pos = self.of.layers.tokens[i].pos;
        if let Some(party) = lexicon::party_of_place(self.of.report.slice(self.of.layers.tokens[i].span)) {
            return Some(format!("@{}", party.to_lowercase()));
        }
        let lemma = self.of.lemma_at(i);
        let keeps = match pos {
            Pos::MD | Pos::POS | Pos::Punct | Pos::PRPS | Pos::CD | Pos::EX => false,
            Pos::DT | Pos::PDT => COUNTING.contains(&word),
            Pos::IN | Pos::TO | Pos::CC => TURNING.contains(&word),
            Pos::RB if matches!(word, "not" | "n't" | "n’t" | "never") => false,
            Pos::RB => !NEUTRAL.contains(&word),
            _ => !(pos.is_verb() && HELPING.contains(&lemma)),
        };
        let said = if HOLDING.contains(&lemma) && pos.is_verb() { "own" } else { concept(lemma) };
        (keeps && word.starts_with(char::is_alphabetic)).then(|| said.to_owned())
    }

    fn numbers(&self) -> BTreeSet<String> {
        let layers = &self.of.layers;
        let other = |number: Span| self.clause.span.contains(number) && !number.overlaps(self.hole);
        let quantities = layers.quantities.iter().filter(|q| other(q.number));
        let counted = quantities.map(|q| format!("{} {} {}", q.interval.low, q.interval.high, q.unit));
        let taken = |i: &usize| layers.quantities.iter().any(|q| q.number.overlaps(layers.tokens[*i].span));
        let loose = self.tokens().filter(|i| layers.tokens[*i].pos == Pos::CD && !taken(i));
        counted.chain(loose.map(|i| self.of.word(i).to_owned())).collect()
    }

    /// The preposition before the value, but for "of", which joins it to a noun, and what only says "in" or "for".
    fn lead(&self) -> Option<String> {
        let before = self.of.layers.tokens_in(self.hole).start.checked_sub(1)?;
        let word = self.of.word(before);
        let joins = matches!(self.of.layers.tokens[before].pos, Pos::IN | Pos::TO);
        (joins && !matches!(word, "of" | "with" | "in" | "for" | "on")).then(|| word.to_owned())
    }
}
