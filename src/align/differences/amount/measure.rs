//! A number with what it measures.
//!
//! In: the quantities of an account, and the clauses that hold them. Out: [`Measure`]s: those numbers of which
//! the words around them say what they measure. It compares nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::align::cast::MemberIndex;
use crate::align::concepts::concept;
use crate::align::predicates::Predicate;
use crate::align::terms::TermSet;
use crate::align::{Account, Context, Spot};
use crate::annotate::{EntityKind, Interval, Quantity, lemma};
use crate::span::Span;

/// A number with what it measures.
#[derive(Debug)]
pub struct Measure {
    /// The number with its hedge and unit.
    pub spot: Spot,
    /// What it can be, in `unit`.
    pub interval: Interval,
    /// A unit of time or money, "people", or the noun that is counted.
    pub unit: String,
    /// Whether the report gives no number ("dozens").
    pub vague: bool,
    /// What lasts, or what happens to those that are counted, as a concept.
    pub of: Option<String>,
    /// The smallest clause that holds the number.
    pub clause: Span,
    /// The concept of its verb, and whether the clause denies it or does not state it as a fact.
    pub verb: Option<(String, bool, bool)>,
    /// Who or what the clause is about, by the last word of its subject.
    pub subject: Option<String>,
    /// Whether the subject suffers what the verb says.
    pub passive: bool,
    /// The days that its clause names.
    pub days: Vec<(Date, Date)>,
    /// What its sentence is about.
    pub terms: TermSet,
    /// What its clause is about.
    pub clause_terms: TermSet,
    /// The places that its sentence names.
    pub places: BTreeSet<MemberIndex>,
}

/// Units of time, by which a quantity is a duration.
const TIME_UNITS: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year"];

/// What lasts, by concept.
pub const LASTING: &[&str] = &[
    "talks",
    "visit",
    "attack",
    "fire",
    "protest",
    "trial",
    "hearing",
    "flight",
    "siege",
    "blackout",
    "outage",
    "standoff",
    "search",
    "operation",
    "speech",
    "debate",
    "storm",
    "war",
    "vote",
    "ceremony",
    "evacuation",
    "flee",
    "interview",
    "strike",
    "chase",
    "occupation",
    "shutdown",
    "game",
    "match",
    "rescue",
    "surgery",
];

/// Verbs whose subject is what lasts.
const LAST: &[&str] = &["last", "take", "continue", "go on", "run", "endure"];

/// What happens to people that news counts, by concept.
const FATES: &[&str] =
    &["kill", "injure", "arrest", "missing", "flee", "rescue", "strand", "infect", "hospitalize"];

/// What happens to things that news counts, by concept.
const FATES_OF_THINGS: &[&str] =
    &["destroy", "damage", "flee", "contain", "containment", "seize", "capture", "recall", "cut-off"];

/// What a fire, a flood or a spill has taken is told with many verbs, and counted in these.
const AREAS: &[&str] = &["acre", "hectare", "square mile", "square kilometre", "square kilometer"];

/// Who is without these is a customer, a home or a household: one count.
const SUPPLIES: &[&str] = &["power", "electricity", "water", "gas", "heat"];

/// Words that open another clause: what stands beyond happens to something else.
const PARTING: &[&str] = &["because", "although", "though", "while", "whereas", "if", "when", "unless"];

/// Units that count people.
const PEOPLE: &[&str] = &[
    "people",
    "person",
    "man",
    "woman",
    "civilian",
    "worker",
    "employee",
    "passenger",
    "resident",
    "victim",
    "injured",
    "dead",
    "wounded",
    "protester",
    "kid",
    "other",
    "others",
    "casualty",
    "fatality",
    "death",
    "injury",
    "missing",
];

/// How far in tokens a number may stand from the word that says what it measures: the longest such distance
/// in a relative clause ("the talks at the palace in the capital, which lasted almost five hours").
const REACH: usize = 12;

impl Measure {
    /// Whether it is a length of time.
    pub fn is_duration(&self) -> bool {
        TIME_UNITS.contains(&self.unit.as_str())
    }
}

/// What the numbers of `account` measure.
pub fn find(context: &Context, account: usize) -> Vec<Measure> {
    let of = context.accounts[account];
    of.layers
        .quantities
        .iter()
        .filter_map(|quantity| Draft { context, account, of, quantity }.measure())
        .collect()
}

struct Draft<'a> {
    context: &'a Context<'a>,
    account: usize,
    of: &'a Account,
    quantity: &'a Quantity,
}

impl Draft<'_> {
    fn measure(&self) -> Option<Measure> {
        let Draft { context, account, of, quantity } = *self;
        let sentence = &of.layers.sentences[of.layers.sentence_at(quantity.span.start)?];
        let quoted = of.layers.quote_at(quantity.span.start).is_some();
        if sentence.furniture || quoted || context.is_background(account, quantity.span) || self.is_partial()
        {
            return None;
        }
        let holding = context.predicates[account].iter().filter(|p| p.clause().contains(quantity.number));
        let predicate = holding.min_by_key(|p| p.clause().len());
        let duration = TIME_UNITS.contains(&quantity.unit.as_str());
        let clause = predicate.map_or(sentence.span, Predicate::clause);
        let (kind, unit) = if duration {
            (self.lasting(sentence.span, predicate), quantity.unit.clone())
        } else {
            self.counted(sentence.span)
        };
        if unit.is_empty() || duration && kind.is_none() || self.has_rival(clause, &kind) {
            return None;
        }
        Some(Measure {
            spot: Spot { account, span: quantity.span },
            interval: quantity.interval,
            unit,
            vague: is_vague(of.report.slice(quantity.number)),
            of: kind,
            clause,
            verb: predicate.map(|p| (concept(&p.lemma).to_owned(), p.negated, p.modal.is_some())),
            subject: predicate.and_then(|p| p.subject).and_then(|s| self.head_of(s)),
            passive: predicate.is_some_and(|p| p.passive),
            days: self.days(sentence.span),
            terms: context.terms.at(context.accounts, &context.cast, Spot { account, span: sentence.span }),
            clause_terms: context.terms.at(context.accounts, &context.cast, Spot { account, span: clause }),
            places: self.places(sentence.span),
        })
    }

    /// What happens to those that are counted, and the unit in which reports count them.
    fn counted(&self, sentence: Span) -> (Option<String>, String) {
        let unit = self.quantity.unit.as_str();
        if AREAS.contains(&unit) {
            return (Some("area".to_owned()), unit.to_owned());
        }
        if let Some(supply) = self.lacks() {
            return (Some(format!("without {supply}")), "customer".to_owned());
        }
        let fate = self.nearest(sentence, FATES);
        // "100 missing-person reports" counts people too.
        let reported = unit == "report" && fate.as_deref() == Some("missing");
        if PEOPLE.contains(&unit) || unit.is_empty() && fate.is_some() || reported {
            return (fate, "people".to_owned());
        }
        (self.nearest(sentence, FATES_OF_THINGS), unit.to_owned())
    }

    /// What those that are counted are without ("99,000 customers were without power").
    fn lacks(&self) -> Option<String> {
        let layers = &self.of.layers;
        let from = layers.tokens_in(self.quantity.span).end;
        let word = |i: usize| layers.tokens.get(i).map(|t| self.of.report.slice(t.span).to_lowercase());
        let without = (from..from + REACH).find(|i| word(*i).as_deref() == Some("without"))?;
        (without + 1..without + 3).filter_map(word).find(|w| SUPPLIES.contains(&w.as_str()))
    }

    /// Whether it is so much for each of something ("€10 million a year"), over a time, or of a part ("three were
    /// among those killed", "40 of its soldiers").
    fn is_partial(&self) -> bool {
        let layers = &self.of.layers;
        let next = layers.tokens_in(self.quantity.span).end;
        let word = |i: usize| {
            layers.tokens.get(i).map_or(String::new(), |t| self.of.report.slice(t.span).to_lowercase())
        };
        let unit = |i: usize| TIME_UNITS.contains(&word(i).as_str());
        matches!(word(next).as_str(), "a" | "an" | "each" | "every") && unit(next + 1)
            || matches!(word(next).as_str(), "per" | "over" | "annually" | "yearly" | "monthly" | "daily")
            || word(next) == "of"
                && matches!(word(next + 1).as_str(), "its" | "their" | "his" | "her" | "our")
            || (next..next + 6).any(|i| word(i) == "among")
    }

    /// The last word of a subject, or the key of whom it names.
    fn head_of(&self, subject: Span) -> Option<String> {
        let layers = &self.of.layers;
        let last = layers.tokens_in(subject).rfind(|i| layers.tokens[*i].pos.is_noun())?;
        let named = layers.mentions_in(subject).filter(|m| m.span.overlaps(layers.tokens[last].span));
        let member = named.filter_map(|m| m.entity).next().map(|e| self.context.cast.member(self.account, e));
        Some(member.map_or_else(|| self.concept_at(last), |m| self.context.cast.key(m)))
    }

    fn days(&self, sentence: Span) -> Vec<(Date, Date)> {
        self.of.layers.times.iter().filter(|t| sentence.contains(t.span)).filter_map(|t| t.days).collect()
    }

    /// Whether its clause gives another number of the same unit and fate ("52 percent, and her rival 44 percent").
    fn has_rival(&self, clause: Span, fate: &Option<String>) -> bool {
        let rivals = self.of.layers.quantities.iter().filter(|q| {
            q.unit == self.quantity.unit && clause.contains(q.number) && q.number != self.quantity.number
        });
        let sentence = self.of.layers.sentence_at(self.quantity.span.start);
        let span = sentence.map_or(clause, |i| self.of.layers.sentences[i].span);
        rivals.into_iter().any(|quantity| {
            let rival = Draft { quantity, ..*self };
            fate.is_none() || rival.counted(span).0 == *fate
        })
    }

    /// The places that its sentence names.
    fn places(&self, sentence: Span) -> BTreeSet<MemberIndex> {
        let mentions = self.of.layers.mentions_in(sentence).filter(|m| m.of == EntityKind::Place);
        mentions.filter_map(|m| m.entity).map(|e| self.context.cast.member(self.account, e)).collect()
    }

    /// What lasts so long: the subject of "lasted", else the nearest word for something that lasts.
    fn lasting(&self, sentence: Span, predicate: Option<&Predicate>) -> Option<String> {
        let subject = predicate.filter(|p| LAST.contains(&p.lemma.as_str())).and_then(|p| p.subject);
        let layers = &self.of.layers;
        let nouns = subject
            .map(|s| layers.tokens_in(s).filter(|i| layers.tokens[*i].pos.is_noun()).collect::<Vec<_>>());
        match nouns.as_deref().and_then(<[usize]>::last) {
            // "the talks in the capital, which lasted": a place does not last; what stands before it does.
            Some(head) if !layers.tokens[*head].pos.is_name() => {
                let nouns = nouns.iter().flatten().map(|i| self.concept_at(*i));
                nouns.into_iter().rfind(|c| LASTING.contains(&c.as_str()))
            }
            _ => self.nearest(sentence, LASTING),
        }
    }

    fn word(&self, token: usize) -> String {
        self.of.report.slice(self.of.layers.tokens[token].span).to_lowercase()
    }

    fn concept_at(&self, token: usize) -> String {
        let token = self.of.layers.tokens[token];
        concept(&lemma(self.of.report.slice(token.span), token.pos).to_lowercase()).to_owned()
    }

    /// The nearest word of one of `kinds` in the sentence, as its concept.
    fn nearest(&self, sentence: Span, kinds: &[&str]) -> Option<String> {
        let layers = &self.of.layers;
        let here = layers.tokens_in(self.quantity.span);
        let from = here.start.saturating_sub(REACH)..(here.end + REACH).min(layers.tokens.len());
        let found = from.filter(|i| sentence.contains(layers.tokens[*i].span)).filter_map(|i| {
            let whole = self.concept_at(i);
            let concept = match whole.strip_suffix("-person").unwrap_or(&whole) {
                "miss" => "missing".to_owned(),
                other => other.to_owned(),
            };
            let distance = if i < here.start { here.start - i } else { (i + 1).saturating_sub(here.end) };
            let between = if i < here.start { i + 1..here.start } else { here.end..i };
            let parted = between.into_iter().any(|j| PARTING.contains(&self.word(j).as_str()));
            (kinds.contains(&concept.as_str()) && !parted).then_some((distance, i, concept))
        });
        found.min().map(|(_, _, concept)| concept)
    }
}

fn is_vague(number: &str) -> bool {
    let number = number.to_lowercase();
    [
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "millions",
        "several",
        "many",
        "few",
        "some",
        "handful",
        "couple",
    ]
    .iter()
    .any(|word| number.contains(word))
}
