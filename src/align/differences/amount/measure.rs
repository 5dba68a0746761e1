//! A number with what it measures.
//!
//! In: the quantities of an account, and the clauses that hold them. Out: [`Measure`]s: those numbers of which
//! the words around them say what they measure. It compares nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::frame::Frame;
use super::super::{dating, tally, words};
use crate::align::cast::MemberIndex;
use crate::align::concepts::concept;
use crate::align::counts::counts_on;
use crate::align::predicates::Predicate;
use crate::align::terms::TermSet;
use crate::align::{Account, Context, Spot};
use crate::annotate::{EntityKind, Interval, Pos, Quantity, TimeExpression};
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
    /// Whether it is so many of more ("52 of the 175 seats").
    pub part: bool,
    /// Whether nothing but all the words around it say what it measures: it can be compared only where they are the same.
    pub bare: bool,
    /// What is so much: the "fine" of "a fine of €4 million", "fined him €4 million" and "a €4 million fine".
    pub attribute: Option<String>,
    /// Those with a name in its clause, each by whom it speaks for.
    pub owners: BTreeSet<String>,
    /// Whether it is the toll of what the whole story tells: "the number of dead stood at 71".
    pub of_story: bool,
    /// Whether no other toll stands before it in its report.
    pub first: bool,
    /// The clause and the sentence, or what of it is told, without the number.
    pub frames: [Frame; 2],
    /// Whether its clause tells of what is so now, which another day may find otherwise.
    pub present: bool,
    /// What lasts, or what happens to those that are counted, as a concept.
    pub of: Option<String>,
    /// The word of the report for what lasts, where that is a noun.
    pub noun: Option<String>,
    /// The smallest clause that holds the number.
    pub clause: Span,
    /// The concept of its verb, and whether the clause denies it or does not state it as a fact.
    pub verb: Option<(String, bool, bool)>,
    /// Who or what the clause is about, by the last word of its subject.
    pub subject: Option<String>,
    /// Whether the subject suffers what the verb says.
    pub passive: bool,
    /// The days on which it happened, as its sentence names them.
    pub days: Vec<(Date, Date)>,
    /// Whether its sentence names a day some days before the report: such a count is not that of news that develops.
    pub settled: bool,
    /// What its sentence is about.
    pub terms: TermSet,
    /// What its clause is about.
    pub clause_terms: TermSet,
    /// The places that its sentence names.
    pub places: BTreeSet<MemberIndex>,
    /// Whether it is what somebody offers.
    pub offered: bool,
    /// Of which nations those are that are counted: "Norlandic" of "nine Norlandic sailors", "the Norlandic death toll".
    pub nations: BTreeSet<String>,
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

/// Penalties that last, by concept, and where they are served.
pub const PENALTIES: &[&str] =
    &["ban", "suspend", "suspension", "sentence", "disqualify", "disqualification"];
const SERVED: &[&str] = &["prison", "jail", "custody", "detention"];

/// Verbs of one who is in prison already.
const SERVING: &[&str] = &["serve", "spend", "remain", "be", "stay"];

/// Verbs whose subject is what lasts.
const LAST: &[&str] = &["last", "take", "continue", "go on", "run", "endure"];

/// What happens to people that news counts, by concept.
const FATES: &[&str] =
    &["kill", "injure", "arrest", "missing", "flee", "rescue", "strand", "infect", "hospitalize", ABOARD];

/// Verbs of those who are in hospital.
const TREATING: &[&str] = &["take", "treat", "rush", "admit", "bring", "transport", "airlift", "remain"];

/// What those are who travel in what the story is about ("carrying 340 passengers", "nine people on board").
const ABOARD: &str = "aboard";

/// What those do who are counted where nothing else happens to them.
const PROTEST: &str = "protest";

/// What happens to things that news counts, by concept.
const FATES_OF_THINGS: &[&str] = &[
    "destroy",
    "damage",
    "flee",
    "contain",
    "containment",
    "seize",
    "capture",
    "recall",
    "cut-off",
    "convict",
];

/// What is counted that only grows while news comes in; who is on board, or how strong a quake was, does not.
const GROWING: &[&str] = &[
    "kill",
    "injure",
    "arrest",
    "missing",
    "flee",
    "rescue",
    "strand",
    "infect",
    "hospitalize",
    "destroy",
    "damage",
    "seize",
    "recall",
    "area",
];

/// Quakes, each with a strength of its own.
const QUAKES: &[&str] = &["quake", "aftershock", "foreshock"];

/// What a motion is carried by, rather than what is cast for it.
const MARGIN: &str = "margin";

/// Verbs by which lives are lost.
const LOSING: &[&str] = &["lose", "give", "claim", "take", "cost"];

/// Verbs of a toll: what dates them dates no death.
const RISING: &[&str] =
    &["rise", "increase", "stand", "reach", "jump", "mount", "put", "pass", "revise", "top"];

/// How many days before its report something happened of which the count is no news any more.
const SETTLED_DAYS: i32 = 3;

/// The most terms of a sentence that does not say what happened ("At least 14 people were killed, the police said"):
/// then the sentence before it does.
const FEW_TERMS: usize = 3;

/// How far "half an hour" reaches on either side: nobody means 30 minutes sharp.
const ROUND: f64 = 0.2;

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
    "civilian",
    "worker",
    "employee",
    "passenger",
    "resident",
    "victim",
    "patient",
    "injured",
    "dead",
    "wounded",
    "protester",
    "demonstrator",
    "life",
    "other",
    "others",
    "casualty",
    "fatality",
    "death",
    "injury",
    "missing",
];

/// Units that count people of one sort: each is a count of its own, of the same fates.
const SORTS: &[&str] = &[
    "soldier",
    "guard",
    "officer",
    "policeman",
    "child",
    "student",
    "miner",
    "sailor",
    "firefighter",
    "villager",
    "migrant",
    "hostage",
    "fighter",
    "militant",
    "journalist",
    "tourist",
    "trooper",
    "guardsman",
    "man",
    "woman",
    "boy",
    "girl",
];

/// How far in tokens a number may stand from the word that says what it measures: the longest such distance
/// in a relative clause ("the talks at the palace in the capital, which lasted almost five hours").
const REACH: usize = 12;

/// Verbs by which a sum is asked for, offered or expected: another may come of it.
const UNSETTLED: &[&str] = &[
    "ask", "seek", "demand", "want", "request", "propose", "offer", "suggest", "urge", "call", "threaten",
    "face", "risk", "expect", "estimate", "hope", "plan", "predict", "consider", "reject", "refuse",
];

/// Verbs that say how high something stands, before "to" or "at" or by themselves.
const LEVELS: &[&str] = &[
    "rise", "fall", "climb", "drop", "increase", "decrease", "stand", "reach", "peak", "crest", "hit", "be",
    "top", "swell", "measure",
];

/// Words that say only that there is a sum, or that it goes from one to another.
const NO_ATTRIBUTES: &[&str] = &[
    "be",
    "have",
    "do",
    "get",
    "give",
    "make",
    "take",
    "total",
    "amount",
    "sum",
    "figure",
    "number",
    "value",
    "record",
    "average",
    "maximum",
    "minimum",
    "most",
    "pay",
    "spend",
    "raise",
    "receive",
    "donate",
    "contribute",
    "send",
    "sell",
    "buy",
    "invest",
    "lend",
    "transfer",
    "cut",
    "add",
    "deal",
    "package",
    "bill",
    "plan",
];

/// Modals by which something is only possible.
const POSSIBLE: &[&str] = &["may", "might", "could", "can", "should", "must"];

/// How many tokens before its number a toll may say whom it counts.
const TOLL_REACH: usize = 20;

/// How many tokens before a number "a week after" may stand.
const NEAR_AFTER: usize = 12;

/// What goes up and down while news comes in.
const CHANGING: &[&str] = &["missing", "strand", "flee"];

impl Measure {
    /// Whether it counts what may be less in a later report.
    pub fn is_changing(&self) -> bool {
        self.of.as_deref().is_some_and(|of| CHANGING.contains(&of) || of.starts_with("without "))
    }

    /// Whether it is so much for each of something.
    pub fn is_rate(&self) -> bool {
        self.unit.contains(" a ")
    }

    /// Whether it counts the dead.
    fn is_toll(&self) -> bool {
        self.of.as_deref() == Some("kill")
    }

    /// Whether both count the dead of what the whole story tells, as far as they say.
    pub fn is_toll_with(&self, other: &Measure) -> bool {
        let first = |m: &Measure| m.of_story || m.first;
        self.is_toll()
            && other.is_toll()
            && (self.of_story || other.of_story)
            && first(self)
            && first(other)
            && !(self.settled || other.settled)
    }

    /// Whether both say how much the same is: a fine, the height of a river.
    pub fn is_of_attribute(&self, other: &Measure) -> bool {
        let (Some((verb, negated, _)), Some((theirs, denied, _))) = (&self.verb, &other.verb) else {
            return false;
        };
        let settled = |verb: &str| !UNSETTLED.contains(&verb);
        self.attribute.is_some()
            && self.attribute == other.attribute
            && !(*negated || *denied)
            && (verb == theirs || settled(verb) && settled(theirs))
            && !self.frames[0].has_another_actor_than(&other.frames[0])
    }

    /// Whether all that both say but for the number is the same.
    pub fn is_told_as(&self, other: &Measure) -> bool {
        let unit = self.unit.split(" a ").next().unwrap_or_default();
        let money = unit.len() == 3 && unit.chars().all(char::is_uppercase);
        let common = matches!(unit, "people" | "percent") || TIME_UNITS.contains(&unit) || money;
        let unit = (!common).then_some(unit);
        self.frames.iter().zip(&other.frames).any(|(a, b)| a.is(b, unit))
    }

    /// Whether it is a length of time.
    pub fn is_duration(&self) -> bool {
        TIME_UNITS.contains(&self.unit.as_str())
    }

    /// Whether it counts what only grows while news comes in.
    pub fn is_growing(&self) -> bool {
        self.of.as_deref().is_some_and(|of| GROWING.contains(&of) || of.starts_with("without "))
    }
}

/// What the numbers of `account` measure.
pub fn find(context: &Context, account: usize) -> Vec<Measure> {
    let of = context.accounts[account];
    let mut measures: Vec<Measure> = of
        .layers
        .quantities
        .iter()
        .filter_map(|quantity| Draft { context, account, of, quantity }.measure())
        .collect();
    if let Some(toll) = measures.iter_mut().find(|m| m.is_toll()) {
        toll.first = true;
    }
    measures
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
        if sentence.furniture || quoted || self.is_gone_on_counting(sentence.span) {
            return None;
        }
        let holding = context.predicates[account].iter().filter(|p| p.clause().contains(quantity.number));
        let predicate = holding.min_by_key(|p| p.clause().len());
        // What is offered over some years is offered.
        let offered = predicate.is_some_and(|p| self.is_offered(p));
        if !offered && self.is_partial() {
            return None;
        }
        let duration = TIME_UNITS.contains(&quantity.unit.as_str());
        let clause = predicate.map_or(sentence.span, Predicate::clause);
        if self.is_of_an_earlier_event(sentence.span) {
            return None;
        }
        let lasting = if duration {
            self.penalty(predicate).or_else(|| self.lasting(sentence.span, predicate))
        } else {
            None
        };
        let (kind, unit) = match &lasting {
            _ if !duration => self.counted(self.reach_of_fate(sentence.span, predicate)),
            lasting => (lasting.map(|i| of.concept_at(i).to_owned()), quantity.unit.clone()),
        };
        let beside_dead = kind.as_deref().is_some_and(|k| FATES.contains(&k) && k != "kill");
        if unit.is_empty() || !beside_dead && self.is_increment() {
            return None;
        }
        let each = self.each();
        let bare = duration && kind.is_none()
            || kind.is_some() && each.is_some()
            || self.is_background(&kind)
            || self.has_rival(clause, &kind);
        let unit = each.map_or(unit.clone(), |each| format!("{unit} a {each}"));
        let terms = |span: Span| context.terms.at(context.accounts, &context.cast, Spot { account, span });
        let told = if FATES.contains(&kind.as_deref().unwrap_or_default()) {
            self.told(sentence.span, clause)
        } else {
            sentence.span
        };
        // Nobody measures a prison.
        let named = |i: usize| match of.word(i) {
            word if SERVED.contains(&word) => "sentence".to_owned(),
            word => word.to_owned(),
        };
        let noun = lasting.filter(|i| of.layers.tokens[*i].pos.is_noun()).map(named);
        Some(Measure {
            spot: Spot { account, span: quantity.span },
            interval: self.interval(),
            unit,
            vague: is_vague(of.report.slice(quantity.number)),
            part: self.is_part(),
            bare,
            frames: self.frames(sentence.span, predicate),
            present: predicate.is_some_and(|p| p.present),
            attribute: predicate.and_then(|p| self.attribute(p)),
            owners: self.owners(clause),
            of_story: self.is_of_story(sentence.span, clause),
            first: false,
            of: kind,
            noun,
            clause,
            verb: predicate.map(|p| (self.verb(p), p.negated, p.modal.is_some())),
            subject: predicate.and_then(|p| p.subject).and_then(|s| self.head_of(s)),
            passive: predicate.is_some_and(|p| p.passive),
            days: self.days(sentence.span, predicate),
            settled: self.is_settled(sentence.span),
            terms: terms(told),
            clause_terms: terms(clause),
            places: self.places(sentence.span),
            offered,
            nations: self.nations(sentence.span),
        })
    }

    /// Whether it stands in a clause that only says how long after something else the sentence tells of: "a week after a gunman wounded four in
    /// Lusk".
    fn is_of_an_earlier_event(&self, sentence: Span) -> bool {
        const MEASURES: &[&str] = &["day", "week", "month", "year", "decade"];
        let of = self.of;
        let from = of.layers.tokens_in(sentence).start;
        let before = (from..of.layers.tokens_in(self.quantity.span).start).rev();
        let mut near = before.take(NEAR_AFTER).take_while(|i| of.word(*i) != ",");
        let after = near.find(|i| matches!(of.word(*i), "after" | "since"));
        after.is_some_and(|i| {
            i > from && MEASURES.contains(&of.lemma_at(i - 1)) && (from..i).any(|j| of.pos(j).is_finite())
        })
    }

    /// The adjectives of nations among the words of what is counted, or before its toll.
    fn nations(&self, sentence: Span) -> BTreeSet<String> {
        const TOLLS: &[&str] = &["death", "toll", "dead", "casualties", "losses"];
        let of = self.of;
        let capital = |i: usize| {
            of.pos(i).is_adjective()
                && of.report.slice(of.layers.tokens[i].span).starts_with(char::is_uppercase)
        };
        let counted = of.layers.tokens_in(self.quantity.span).filter(|i| capital(*i));
        let toll = |i: &usize| capital(*i) && TOLLS.contains(&of.word(i + 1));
        let tolls = of.layers.tokens_in(sentence).filter(toll);
        counted.chain(tolls).map(|i| of.word(i).to_owned()).collect()
    }

    /// What it can be; "half an hour" is as round as "about half an hour".
    fn interval(&self) -> Interval {
        let Interval { low, high, .. } = self.quantity.interval;
        let lasts = TIME_UNITS.contains(&self.quantity.unit.as_str());
        let round = lasts && self.of.report.slice(self.quantity.span).to_lowercase().starts_with("half a");
        match round && low == high {
            true => {
                Interval { low: low * (1.0 - ROUND), high: high * (1.0 + ROUND), ..self.quantity.interval }
            }
            false => self.quantity.interval,
        }
    }

    /// The concept of its verb; whoever owns a share holds it.
    fn verb(&self, predicate: &Predicate) -> String {
        let owns =
            self.quantity.unit == "percent" && matches!(predicate.lemma.as_str(), "own" | "hold" | "have");
        if owns { "own".to_owned() } else { concept(&predicate.lemma).to_owned() }
    }

    /// Where the word for what happens to those who are counted may stand: where they are the subject of a verb, within its
    /// clause ("there were four dead, and 29 people have been treated").
    fn reach_of_fate(&self, sentence: Span, predicate: Option<&Predicate>) -> Span {
        let subject = |p: &&Predicate| p.subject.is_some_and(|s| s.contains(self.quantity.number));
        predicate.filter(subject).map_or(sentence, Predicate::clause)
    }

    /// Whether the sentence counts on behind the number: "four were killed at the scene; a fifth person died".
    fn is_gone_on_counting(&self, sentence: Span) -> bool {
        let next = self.of.layers.tokens_in(self.quantity.span).end;
        let end = self.of.layers.tokens_in(sentence).end;
        (next..end).any(|i| self.of.word(i) == "a" && counts_on(self.of.word(i + 1)))
    }

    /// The sentence, with the one before it where it does not say what happened.
    fn told(&self, sentence: Span, clause: Span) -> Span {
        let Draft { context, account, of, .. } = *self;
        let spot = Spot { account, span: clause };
        let thin = context.terms.at(context.accounts, &context.cast, spot).len() <= FEW_TERMS;
        let index = of.layers.sentence_at(sentence.start);
        let before = index.and_then(|i| i.checked_sub(1)).map(|i| &of.layers.sentences[i]);
        let relative = |i: usize| matches!(of.layers.tokens[i].pos, Pos::WDT | Pos::WP);
        let opening = Span { start: sentence.start, end: self.quantity.span.start };
        let related = of.layers.tokens_in(opening).any(relative);
        let before =
            before.filter(|s| thin && !related && !s.furniture && !context.is_background(account, s.span));
        before.map_or(sentence, |s| s.span.cover(sentence))
    }

    /// What happens to those that are counted, and the unit in which reports count them.
    fn counted(&self, sentence: Span) -> (Option<String>, String) {
        let unit = self.quantity.unit.as_str();
        if AREAS.contains(&unit) {
            return (Some("area".to_owned()), unit.to_owned());
        }
        if unit == "vote" {
            return self.votes();
        }
        if unit == "magnitude" {
            let quake = self.nearest(sentence, QUAKES).map(|i| self.kind_at(i));
            let unit = if quake.is_some() { unit } else { "" };
            return (quake, unit.to_owned());
        }
        if let Some(supply) = self.lacks() {
            return (Some(format!("without {supply}")), "customer".to_owned());
        }
        let fate = self.toll().or_else(|| self.nearest(sentence, FATES).map(|i| self.kind_at(i)));
        // A passenger is not everybody on board.
        if fate.as_deref() == Some(ABOARD) {
            return (fate, unit.to_owned());
        }
        let protest = || self.nearest(sentence, &[PROTEST]).map(|i| self.kind_at(i));
        // "100 missing-person reports" counts people too.
        let reported = unit == "report" && fate.as_deref() == Some("missing");
        if PEOPLE.contains(&unit) || unit.is_empty() && fate.is_some() || reported {
            return (fate.or_else(protest), "people".to_owned());
        }
        if SORTS.contains(&unit) && fate.is_some() {
            return (fate, unit.to_owned());
        }
        (self.nearest(sentence, FATES_OF_THINGS).map(|i| self.kind_at(i)), unit.to_owned())
    }

    /// Whether its sentence tells of a time long before the report. Since when something was not so high dates no sum.
    fn is_background(&self, kind: &Option<String>) -> bool {
        let layers = &self.of.layers;
        let Some(sentence) = layers.sentence_at(self.quantity.span.start) else { return false };
        let sentence = layers.sentences[sentence].span;
        let mut times = layers.times.iter().filter(|t| sentence.contains(t.span));
        let since = |t: &TimeExpression| self.of.word_before(t.span).is_some_and(|w| w == "since");
        let only_since = kind.is_none() && times.all(since);
        !only_since && self.context.is_background(self.account, self.quantity.span)
    }

    /// What a toll counts that stands alone behind its verb: of "the death toll rose to 53, with 47 missing" the dead.
    fn toll(&self) -> Option<String> {
        if !self.quantity.unit.is_empty() {
            return None;
        }
        let layers = &self.of.layers;
        let here = layers.tokens_in(self.quantity.span).start;
        let sentence =
            layers.sentence_at(self.quantity.span.start).map_or(0, |i| layers.sentences[i].tokens.start);
        let before = (here.saturating_sub(TOLL_REACH).max(sentence)..here).rev();
        before.map(|i| self.kind_at(i)).find(|kind| FATES.contains(&kind.as_str()))
    }

    /// "by three votes" is a margin; "88 votes to 84" is compared as a whole, not here.
    fn votes(&self) -> (Option<String>, String) {
        let by = self.of.word_before(self.quantity.span).is_some_and(|w| w == "by");
        match tally::is_in_tally(self.of, self.quantity.span) {
            true => (None, String::new()),
            false => (by.then(|| MARGIN.to_owned()), self.quantity.unit.clone()),
        }
    }

    /// "six more people", "another six", "a further 20": so many beside those who were counted before. Only of those who
    /// were hurt or are missing it may be all of them, counted beside the dead.
    fn is_increment(&self) -> bool {
        let tokens = self.of.layers.tokens_in(self.quantity.span);
        let number = self.of.layers.tokens_in(self.quantity.number);
        let adds = |w: &str| matches!(w, "more" | "another" | "further" | "additional" | "extra" | "other");
        let before = (tokens.start.saturating_sub(1)..number.start).any(|i| {
            let word = self.of.word(i);
            adds(word) && word != "more" && word != "other"
        });
        let after = (number.end..tokens.end.max(number.end + 1)).any(|i| adds(self.of.word(i)));
        before || after && self.of.word(number.end) != "or"
    }

    /// "52 of the 175 seats".
    fn is_part(&self) -> bool {
        self.of.word(self.of.layers.tokens_in(self.quantity.number).end) == "of"
    }

    /// What those that are counted are without ("99,000 customers were without power").
    fn lacks(&self) -> Option<String> {
        let layers = &self.of.layers;
        let from = layers.tokens_in(self.quantity.span).end;
        let without = (from..from + REACH).find(|i| self.of.word(*i) == "without")?;
        let mut words = (without + 1..without + 3).map(|i| self.of.word(i));
        words.find(|word| SUPPLIES.contains(word)).map(str::to_owned)
    }

    /// What is so much, as a concept, where the words right beside the number, its verb or the subject say it. It asks only
    /// of sums and measures: what is counted says itself what it is.
    fn attribute(&self, predicate: &Predicate) -> Option<String> {
        let Draft { of, quantity, .. } = *self;
        let layers = &of.layers;
        let measured = quantity.of.is_none()
            && !matches!(quantity.unit.as_str(), "" | "percent" | "people")
            && !TIME_UNITS.contains(&quantity.unit.as_str());
        let possible = predicate.modal.as_deref().is_some_and(|m| POSSIBLE.contains(&m));
        if !measured || possible || predicate.conditional {
            return None;
        }
        let here = layers.tokens_in(quantity.span);
        // A tagger takes the "fine" of "a €30,000 fine" for an adjective; before no noun it is none.
        let names = |i: usize| layers.tokens.get(i).is_some_and(|t| t.pos.is_noun() || t.pos.is_adjective());
        let common = |i: usize| match layers.tokens[i].pos {
            Pos::NN | Pos::NNS => true,
            pos => pos.is_adjective() && !names(i + 1),
        };
        let noun = |i: usize| (i < layers.tokens.len() && common(i)).then(|| of.concept_at(i));
        let lead = here.start.checked_sub(1)?;
        let joined = matches!(of.word(lead), "of" | "at" | "to" | "totalling" | "totaling" | "worth");
        let behind = noun(here.end).filter(|_| self.each().is_none());
        let before = || noun(self.head_before(lead)?).filter(|_| joined);
        let level = LEVELS.contains(&predicate.lemma.as_str()) && (joined || self.is_object_of(predicate));
        let subject = || noun(of.head_noun(predicate.subject?)?).filter(|_| level);
        let verb = || {
            let plain = layers.tokens[lead].pos != Pos::IN && layers.tokens[lead].pos != Pos::TO;
            (plain && self.is_object_of(predicate)).then(|| concept(&predicate.lemma))
        };
        let light = |attribute: &&str| !NO_ATTRIBUTES.contains(attribute);
        behind.or_else(before).or_else(subject).or_else(verb).filter(light).map(str::to_owned)
    }

    /// The noun of the phrase that ends before a token: of "the cost of a stoppage" the cost.
    fn head_before(&self, token: usize) -> Option<usize> {
        let layers = &self.of.layers;
        let last = token.checked_sub(1)?;
        let part = |i: usize| {
            let pos = layers.tokens[i].pos;
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS)
        };
        let before = (0..last).rev().find(|i| !part(*i));
        match before.filter(|i| self.of.word(*i) == "of" && part(last)) {
            Some(of) => of.checked_sub(1).filter(|i| layers.tokens[*i].pos.is_noun()).or(Some(last)),
            None => Some(last),
        }
    }

    /// Whether the number stands behind the verb, and no other preposition between the two.
    fn is_object_of(&self, predicate: &Predicate) -> bool {
        let layers = &self.of.layers;
        let between =
            Span { start: predicate.verb.end, end: self.quantity.span.start.max(predicate.verb.end) };
        predicate.object.contains(self.quantity.number)
            && !layers.tokens_in(between).any(|i| matches!(layers.tokens[i].pos, Pos::IN | Pos::TO))
    }

    /// Whom the names of a clause speak for.
    fn owners(&self, clause: Span) -> BTreeSet<String> {
        let cast = &self.context.cast;
        let members = self.of.layers.mentions_in(clause).filter_map(|m| m.entity);
        let members = members.map(|entity| cast.member(self.account, entity)).filter(|m| cast.is_named(*m));
        members.map(|m| cast.party(m).map_or_else(|| cast.key(m), str::to_lowercase)).collect()
    }

    /// Whether a toll stands alone, and nothing in its clause says of what it is.
    fn is_of_story(&self, sentence: Span, clause: Span) -> bool {
        self.toll().is_some() && self.owners(clause).is_empty() && self.places(sentence).is_empty()
    }

    /// For each of what it is so much: "€10 million a year", "12 percent annually", "40 litres per head".
    fn each(&self) -> Option<String> {
        let next = self.of.layers.tokens_in(self.quantity.span).end;
        let (word, noun) = (self.of.word(next), self.of.word(next + 1));
        match word {
            "a" | "an" | "each" | "every" if TIME_UNITS.contains(&noun) => Some(noun.to_owned()),
            "per" if !noun.is_empty() => Some(noun.to_owned()),
            "annually" | "yearly" => Some("year".to_owned()),
            "monthly" => Some("month".to_owned()),
            "weekly" => Some("week".to_owned()),
            "daily" => Some("day".to_owned()),
            _ => self.each_by_noun(),
        }
    }

    /// The same where an adjective of what is so much says it: "the annual savings at £140 million".
    fn each_by_noun(&self) -> Option<String> {
        let layers = &self.of.layers;
        let lead = layers.tokens_in(self.quantity.span).start.checked_sub(1)?;
        let noun = lead.checked_sub(1).filter(|i| layers.tokens[*i].pos.is_noun())?;
        let joined = matches!(self.of.word(lead), "of" | "at" | "to");
        let each = match self.of.word(noun.checked_sub(1)?) {
            "annual" | "yearly" => "year",
            "monthly" => "month",
            "weekly" => "week",
            "daily" => "day",
            _ => return None,
        };
        joined.then(|| each.to_owned())
    }

    /// The smallest clause that holds the number, and the sentence or the content of it that is told, without the number.
    fn frames(&self, sentence: Span, predicate: Option<&Predicate>) -> [Frame; 2] {
        let Draft { context, account, of, quantity } = *self;
        let contents = of.layers.attributions.iter().flat_map(|a| &a.content).copied();
        let told = contents.filter(|c| c.contains(quantity.span) && sentence.contains(*c));
        let whole = told.max_by_key(|c| c.len()).unwrap_or(sentence);
        let main = context.predicates[account].iter().find(|p| whole.contains(p.verb) && !p.participle);
        let clause = predicate.map_or(sentence, Predicate::clause);
        [(clause, predicate), (whole, main)]
            .map(|(span, verb)| Frame::read(context, Spot { account, span }, quantity.span, verb))
    }

    /// Whether it is so much over a time, or of a part ("three were among those killed", "40 of its soldiers").
    fn is_partial(&self) -> bool {
        let layers = &self.of.layers;
        let next = layers.tokens_in(self.quantity.span).end;
        let word = |i: usize| self.of.word(i);
        let number = layers.tokens_in(self.quantity.number).end;
        word(next) == "over"
            && (next + 1..next + 5).any(|i| TIME_UNITS.contains(&word(i).trim_end_matches('s')))
            || word(number) == "of"
                && layers.tokens.get(number + 2).is_none_or(|t| t.pos != Pos::CD)
                && matches!(word(number + 1), "its" | "their" | "his" | "her" | "our")
            || (next..next + 6).any(|i| word(i) == "among")
    }

    /// Whether its clause says that somebody offers so much now: not what he "had first offered".
    fn is_offered(&self, predicate: &Predicate) -> bool {
        let of = self.of;
        let behind = of.layers.tokens_in(predicate.object).map(|i| of.word(i)).collect::<Vec<_>>();
        let tabled =
            predicate.lemma == "put" && behind.windows(3).any(|words| words == ["on", "the", "table"]);
        let verb = of.layers.tokens_in(predicate.verb);
        let mut words = (verb.start.saturating_sub(2)..verb.end).map(|i| of.word(i));
        let before = words.any(|word| matches!(word, "had" | "first"));
        (predicate.lemma == "offer" || tabled)
            && predicate.object.contains(self.quantity.number)
            && !(before || predicate.passive || predicate.negated || predicate.conditional)
    }

    /// The last word of a subject, or the key of whom it names.
    fn head_of(&self, subject: Span) -> Option<String> {
        let layers = &self.of.layers;
        let last = layers.tokens_in(subject).rfind(|i| layers.tokens[*i].pos.is_noun())?;
        let member = words::member_at(self.context, self.account, last);
        Some(member.map_or_else(|| self.of.concept_at(last).to_owned(), |m| self.context.cast.key(m)))
    }

    /// The days on which it happened. What dates the rise of a toll dates nobody's death.
    fn days(&self, sentence: Span, predicate: Option<&Predicate>) -> Vec<(Date, Date)> {
        let rises = predicate.is_some_and(|p| RISING.contains(&concept(&p.lemma)));
        let counts = self.quantity.unit.is_empty() && rises;
        let times = self.of.layers.times.iter().filter(|t| sentence.contains(t.span));
        // "By Tuesday 12 people were dead": so many were counted then.
        let by = |t: &TimeExpression| self.of.word_before(t.span).is_some_and(|w| w == "by");
        let dating = times.filter(|t| {
            (by(t) || dating::may_date(self.of, self.quantity.number, t))
                && !(counts && dating::dates(self.of, self.quantity.number, t))
        });
        dating.filter_map(|t| t.days).collect()
    }

    fn is_settled(&self, sentence: Span) -> bool {
        let Some(published) = self.context.published(self.account) else { return false };
        let times = self.of.layers.times.iter().filter(|t| sentence.contains(t.span));
        let mut days = times.filter_map(|t| t.days);
        days.any(|(_, last)| last.until(published).is_ok_and(|before| before.get_days() > SETTLED_DAYS))
    }

    /// Whether its clause gives another number of the same unit and fate ("52 percent, and her rival 44 percent").
    fn has_rival(&self, clause: Span, fate: &Option<String>) -> bool {
        // "up from £140 million" says what it was.
        let from = |q: &Quantity| self.of.word_before(q.span).is_some_and(|w| w == "from");
        let own = from(self.quantity);
        let rivals = self.of.layers.quantities.iter().filter(|q| {
            q.unit == self.quantity.unit
                && clause.contains(q.number)
                && q.number != self.quantity.number
                && (own || !from(q))
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

    /// The penalty that is so long: "banned for four years", "a four-year ban", "four years in prison".
    fn penalty(&self, predicate: Option<&Predicate>) -> Option<usize> {
        let of = self.of;
        let here = of.layers.tokens_in(self.quantity.span);
        let is_penalty = |i: &usize| PENALTIES.contains(&of.concept_at(*i));
        let behind = Some(here.end).filter(|i| *i < of.layers.tokens.len());
        let place = |i: usize| SERVED.contains(&of.word(i));
        let served = of.word(here.end) == "in" && place(here.end + 1);
        let led = matches!(of.word(here.start.saturating_sub(1)), "for" | "to");
        let verb = || of.layers.tokens_in(predicate?.verb).next_back().filter(is_penalty);
        let plain = behind.filter(is_penalty).or_else(|| if led || served { verb() } else { None });
        // "got six years in prison", "a prison term of eight years", "go to prison for six years"
        let settled = predicate.is_some_and(|p| {
            let open = UNSETTLED.contains(&p.lemma.as_str()) || SERVING.contains(&p.lemma.as_str());
            !(open || p.negated || p.modal.as_deref().is_some_and(|m| POSSIBLE.contains(&m) && m != "must"))
        });
        let lead = |back: usize| here.start.checked_sub(back);
        let term = lead(3)
            .filter(|i| of.word(i + 2) == "of" && matches!(of.word(i + 1), "term" | "sentence") && place(*i));
        let sent = lead(2).filter(|i| of.word(i + 1) == "for" && place(*i));
        let behind_bars = of.word(here.end) == "in" && place(here.end + 1);
        let place = term.or(sent).or(behind_bars.then_some(here.end + 1));
        plain.or(place.filter(|_| settled))
    }

    /// What lasts so long: the subject of "lasted", else the nearest word for something that lasts.
    fn lasting(&self, sentence: Span, predicate: Option<&Predicate>) -> Option<usize> {
        let subject = predicate.filter(|p| LAST.contains(&p.lemma.as_str())).and_then(|p| p.subject);
        let layers = &self.of.layers;
        let nouns = subject
            .map(|s| layers.tokens_in(s).filter(|i| layers.tokens[*i].pos.is_noun()).collect::<Vec<_>>());
        match nouns.as_deref().and_then(<[usize]>::last) {
            // "the talks in the capital, which lasted": a place does not last; what stands before it does.
            Some(head) if !layers.tokens[*head].pos.is_name() => {
                let mut nouns = nouns.into_iter().flatten();
                nouns.rfind(|i| LASTING.contains(&self.of.concept_at(*i)))
            }
            _ => self.nearest(sentence, LASTING),
        }
    }

    /// What the word at a token says of those that are counted, by concept.
    fn kind_at(&self, token: usize) -> String {
        let whole = self.of.concept_at(token);
        let kind = match whole.strip_suffix("-person").unwrap_or(whole) {
            "miss" | "unaccounted" => "missing",
            "life" if self.is_lost(token) => "kill",
            "guilty" => "convict",
            "carry" => ABOARD,
            "board" if token > 0 && self.of.word(token - 1) == "on" => ABOARD,
            "ill" | "sick" => "infect",
            "hospital" if self.is_of_patients(token) => "hospitalize",
            other => other,
        };
        kind.to_owned()
    }

    /// Whether people are taken to the hospital that is named at a token, or treated there.
    fn is_of_patients(&self, token: usize) -> bool {
        let before = (token.saturating_sub(3)..token).rev();
        let joins = before.into_iter().find(|i| matches!(self.of.word(*i), "in" | "to" | "at"));
        let verb = joins.and_then(|i| i.checked_sub(1)).map(|i| self.of.lemma_at(i));
        verb.is_some_and(|verb| TREATING.contains(&verb))
    }

    /// Whether a verb beside the word says that lives were lost.
    fn is_lost(&self, token: usize) -> bool {
        let near = token.saturating_sub(4)..(token + 4).min(self.of.layers.tokens.len());
        near.into_iter().any(|i| LOSING.contains(&self.of.lemma_at(i)))
    }

    /// The nearest word of one of `kinds` in the sentence.
    fn nearest(&self, sentence: Span, kinds: &[&str]) -> Option<usize> {
        let layers = &self.of.layers;
        let here = layers.tokens_in(self.quantity.span);
        let from = here.start.saturating_sub(REACH)..(here.end + REACH).min(layers.tokens.len());
        let found = from.filter(|i| sentence.contains(layers.tokens[*i].span)).filter_map(|i| {
            let kind = self.kind_at(i);
            let distance = if i < here.start { here.start - i } else { (i + 1).saturating_sub(here.end) };
            let between = if i < here.start { i + 1..here.start } else { here.end..i };
            let parted = between.into_iter().any(|j| PARTING.contains(&self.of.word(j)));
            (kinds.contains(&kind.as_str()) && !parted).then_some((distance, i))
        });
        found.min().map(|(_, i)| i)
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
