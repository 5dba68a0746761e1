//! Who wants what.
//!
//! In: the predicates of each account. Out: positions: party × issue × stance, dated, with the words, and with what a
//! party wanted before where it changed its mind. A party
//! is a country, an organization, or a person of whom no report says whom he speaks for. It does not know
//! whether a position is held: only that a report says so.

mod asked;
mod holder;
mod issue;
mod lapsed;
mod passive;
mod stance;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use holder::BODIES;

use super::dates;
use super::predicates::Predicate;
use super::terms::TermSet;
use super::{Account, COMPARED, Context, Spot, timeline, wholeness};
use crate::annotate::{EntityKind, Interval, Pos, Quantity, TimeExpression, TimeKind};
use crate::record::{EarlierStance, Lapse, Position};
use crate::span::Span;

/// The fewest terms that a judged subject needs to be an issue.
const SHORTEST_ISSUE: usize = 2;

/// How alike two issues must be to be one.
const ALIKE: f64 = 0.5;

/// What part of the shorter of two issues of one party and one stance the longer must hold, with how many terms: reports
/// name one matter at different lengths ("troops of the alliance", "the idea of peacekeeping troops led by …").
const HELD: f64 = 0.6;
const FEWEST_HELD: usize = 2;

/// One report's telling of a position.
pub struct Telling {
    /// Whose it is.
    pub party: String,
    /// demands, rejects, …
    pub stance: &'static str,
    /// The verb for it as it reads before the issue ("calls for"), where a verb that nobody denies says it.
    pub verb: Option<String>,
    /// The words for what it is on.
    pub issue: Spot,
    /// The clause that tells it.
    pub clause: Spot,
    /// Whether the issue says on what terms the stance is taken.
    pub on_terms: bool,
    /// What the issue is about.
    pub terms: TermSet,
    /// The day on which it was taken, the first and the last that it can have been, in EDTF: that of the clause, else
    /// that of the report.
    pub on: Option<(Date, Date, String)>,
}

/// The positions of the story, by party, those that most reports give first.
pub fn find(context: &Context) -> Vec<Position> {
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for telling in tellings(context) {
        let fits = |group: &Vec<Telling>| {
            let mut compared = group.iter().take(COMPARED);
            compared.any(|t| {
                t.party == telling.party
                    && t.stance == telling.stance
                    && same_issue(context, &t.terms, &telling.terms)
            }) && !group.iter().take(COMPARED).any(|t| of_one_day_and_another(context, t, &telling))
        };
        match groups.iter_mut().find(|group| fits(group)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let before = before(context, &groups);
    let turns = lapsed::Turns::read(context);
    let positions = groups.iter().zip(before).filter_map(|(group, before)| {
        let lapsed = lapsed::of(context, group, &turns);
        position(context, group, before, lapsed)
    });
    let mut positions: Vec<Position> = positions.collect();
    let reports =
        |p: &Position| p.evidence.iter().map(|e| e.report().to_owned()).collect::<BTreeSet<_>>().len();
    positions.sort_by_key(|p| (p.party.clone(), std::cmp::Reverse(reports(p))));
    positions
}

/// Whether a party of one stance takes it on one matter.
fn same_issue(context: &Context, a: &TermSet, b: &TermSet) -> bool {
    let held = context.terms.shared(a, b).len() >= FEWEST_HELD && context.terms.containment(a, b) >= HELD;
    held || context.terms.similarity(a, b) >= ALIKE
}

/// Whether two tellings name other numbers of one thing, or other days, though both were told on one day: then they are two
/// stances, and of reports of different days one took the place of the other.
fn of_one_day_and_another(context: &Context, a: &Telling, b: &Telling) -> bool {
    let told = |t: &Telling| context.published(t.clause.account);
    let one_day = told(a) == told(b) || told(a).is_none() || told(b).is_none();
    one_day && (asks_other_number(context, a, b) || differ_in_day(context, a, b))
}

/// Whether both issues name numbers of one unit, and no one in common.
fn asks_other_number(context: &Context, a: &Telling, b: &Telling) -> bool {
    let numbers = |t: &Telling| -> Vec<&Quantity> {
        let quantities = &context.accounts[t.issue.account].layers.quantities;
        let first = quantities.partition_point(|q| q.span.start < t.issue.span.start);
        quantities[first..].iter().take_while(|q| q.span.start < t.issue.span.end).collect()
    };
    let (these, those) = (numbers(a), numbers(b));
    let comparable = |x: &&Quantity| those.iter().any(|y| x.unit == y.unit);
    let apart = |x: &Quantity, y: &Quantity| {
        let both = written(x).zip(written(y));
        both.is_some_and(|(a, b)| (a - b).abs() > f64::EPSILON)
    };
    let meets = |x: &&Quantity| {
        those.iter().any(|y| x.unit == y.unit && x.interval.intersects(y.interval) && !apart(x, y))
    };
    // "9 percent over two years" and "12 percent over two years" share the years.
    let of_unit_meets = |x: &&Quantity| these.iter().filter(|other| other.unit == x.unit).any(meets);
    these.iter().any(|x| comparable(x) && !of_unit_meets(x))
}

/// The number of a quantity without a hedge: a demand is not rounded, so that 4.5 is not 5.
fn written(quantity: &Quantity) -> Option<f64> {
    let Interval { low, high, .. } = quantity.interval;
    let plain = quantity.span.start == quantity.number.start && low.is_finite() && high.is_finite();
    plain.then_some((low + high) / 2.0)
}

/// With how many of a party's stances each is compared; it bounds the cost of a story.
const MOST_OF_ONE: usize = 200;

/// For each group, the last that tells the opposite of an earlier day.
fn before(context: &Context, groups: &[Vec<Telling>]) -> Vec<Option<EarlierStance>> {
    let mut of_party: BTreeMap<&str, Vec<&Vec<Telling>>> = BTreeMap::new();
    for group in groups {
        let party = group.first().map_or("", |t| t.party.as_str());
        of_party.entry(party).or_default().push(group);
    }
    let earlier = |group: &Vec<Telling>| {
        let others = of_party.get(group.first()?.party.as_str())?.iter().take(MOST_OF_ONE);
        let last = others.filter(|other| changed(context, other, group)).max_by_key(|other| taken(other))?;
        Some(EarlierStance {
            stance: last.first()?.stance.to_owned(),
            on: taken(last).map(|(.., on)| on),
            evidence: context.evidence_of(last.iter().map(|t| t.clause)),
        })
    };
    groups.iter().map(earlier).collect()
}

/// When a stance was first taken.
fn taken(group: &[Telling]) -> Option<(Date, Date, String)> {
    group.iter().filter_map(|t| t.on.clone()).min()
}

/// Whether `earlier` is what a party wanted before it wanted the opposite, `later`.
fn changed(context: &Context, earlier: &[Telling], later: &[Telling]) -> bool {
    let ((Some((_, last, _)), Some((first, ..))), (Some(a), Some(b))) =
        ((taken(earlier), taken(later)), (earlier.first(), later.first()))
    else {
        return false;
    };
    let (x, y) = (&earlier[..earlier.len().min(COMPARED)], &later[..later.len().min(COMPARED)]);
    let same = |x: &Telling, y: &Telling| x.terms == y.terms || alike(context, x, y);
    last < first && opposed(a, b) && x.iter().any(|x| y.iter().any(|y| same(x, y)))
}

/// Stances of which one excludes the other.
const OPPOSED: &[(&str, &str)] = &[
    ("supports", "opposes"),
    ("supports", "rejects"),
    ("accepts", "opposes"),
    ("accepts", "rejects"),
    ("offers", "rejects"),
    ("demands", "opposes"),
    ("demands", "rejects"),
];

/// Whether a party cannot want both at once: on terms it can.
pub fn opposed(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (a.stance, b.stance);
    a.party == b.party
        && !a.on_terms
        && !b.on_terms
        && (OPPOSED.contains(&(x, y)) || OPPOSED.contains(&(y, x)))
}

/// How alike two issues must be for a contradiction: stricter than for one position, since a party may support a part.
const ALIKE_FOR_CONTRADICTION: f64 = 0.6;
const FEWEST_SHARED: usize = 2;

/// Whether two tellings are on one issue, so that opposed stances contradict each other.
pub fn alike(context: &Context, a: &Telling, b: &Telling) -> bool {
    context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE_FOR_CONTRADICTION
        && !differ_in_number(context, a, b)
}

/// Whether the one is on another number of the same than the other: who rejects 7 percent may offer 4.
fn differ_in_number(context: &Context, a: &Telling, b: &Telling) -> bool {
    let numbers = |t: &Telling| -> Vec<&Quantity> {
        let quantities = &context.accounts[t.clause.account].layers.quantities;
        let first = quantities.partition_point(|q| q.span.start < t.clause.span.start);
        quantities[first..].iter().take_while(|q| q.span.start < t.clause.span.end).collect()
    };
    let (these, those) = (numbers(a), numbers(b));
    let apart = |x: &&Quantity, y: &&Quantity| x.unit == y.unit && !x.interval.intersects(y.interval);
    these.iter().any(|x| those.iter().any(|y| apart(x, y)))
}

fn position(
    context: &Context,
    group: &[Telling],
    before: Option<EarlierStance>,
    lapsed: Option<Lapse>,
) -> Option<Position> {
    let (current, past) = latest(context, group);
    let to = |t: &Telling| context.text(t.issue).starts_with("to ");
    let shortest = current.iter().min_by_key(|t| (to(t), t.issue.span.len(), t.issue))?;
    let on = |tellings: &[&Telling]| tellings.iter().filter_map(|t| t.on.clone()).min().map(|(.., on)| on);
    let revised = past.first().map(|first| EarlierStance {
        stance: first.stance.to_owned(),
        on: on(&past),
        evidence: context.evidence_of(past.iter().map(|t| t.clause)),
    });
    Some(Position {
        party: shortest.party.clone(),
        issue: within_sentence(context, shortest.issue),
        stance: shortest.stance.to_owned(),
        verb: shortest.verb.clone(),
        on: on(&current),
        before: revised.or(before),
        lapsed,
        evidence: context.evidence_of(current.iter().map(|t| t.clause)),
    })
}

/// The words of an issue, without the capital of a sentence that it opens.
fn within_sentence(context: &Context, issue: Spot) -> String {
    let of = context.accounts[issue.account];
    let words = context.text(issue);
    let determiner =
        of.layers.tokens_in(issue.span).next().is_some_and(|i| matches!(of.pos(i), Pos::DT | Pos::PRPS));
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if determiner => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// The tellings of a position that agree with the last of them in numbers and days, and those of earlier reports that do not:
/// who offered 3 percent until 2036 and then 4 until 2037 no longer offers 3.
fn latest<'t>(context: &Context, group: &'t [Telling]) -> (Vec<&'t Telling>, Vec<&'t Telling>) {
    let told = |t: &Telling| context.published(t.clause.account);
    let last = group.iter().filter(|t| names_measure(context, t)).max_by_key(|t| told(t));
    let Some(last) = last else { return (group.iter().collect(), Vec::new()) };
    let revised = |t: &&Telling| {
        told(t).zip(told(last)).is_some_and(|(x, y)| x < y)
            && (differ_in_number(context, t, last) || differ_in_day(context, t, last))
    };
    let (past, current) = group.iter().partition(revised);
    (current, past)
}

/// Whether an issue names a number or a day.
fn names_measure(context: &Context, telling: &Telling) -> bool {
    let layers = &context.accounts[telling.issue.account].layers;
    !days_of(context, telling).is_empty()
        || layers.quantities.iter().any(|q| telling.issue.span.contains(q.span))
}

fn days_of(context: &Context, telling: &Telling) -> Vec<(Date, Date)> {
    let times = &context.accounts[telling.issue.account].layers.times;
    times.iter().filter(|t| telling.issue.span.contains(t.span)).filter_map(|t| t.days).collect()
}

/// Whether both issues name days, and no one in common.
fn differ_in_day(context: &Context, a: &Telling, b: &Telling) -> bool {
    let (x, y) = (days_of(context, a), days_of(context, b));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|day| y.contains(day))
}

/// What each report tells of the parties' stances, in order of the reports.
pub fn tellings(context: &Context) -> Vec<Telling> {
    let of_account = |(account, predicates): (usize, &Vec<Predicate>)| {
        let told: Vec<Telling> = predicates.iter().filter_map(|p| telling(context, p)).collect();
        told.into_iter().chain(asked::in_nouns(context, account)).collect::<Vec<_>>()
    };
    context.predicates.iter().enumerate().flat_map(of_account).collect()
}

/// Whether a relative clause only says which of many are meant: "Democrats who refuse to join".
fn is_of_some(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let first = of.layers.tokens_in(predicate.verb).start;
    let who = first.checked_sub(1).filter(|i| of.word(*i) == "who");
    let noun = who.and_then(|i| i.checked_sub(1)).filter(|i| of.word(*i) != ",");
    noun.is_some_and(|i| {
        matches!(of.pos(i), Pos::NNS | Pos::NNPS) || of.pos(i).is_name() && of.word(i).ends_with('s')
    })
}

/// "had first offered 3 percent", "initially opposed the plan": what a party wanted before it wanted something else.
fn is_of_first_round(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let verb = of.layers.tokens_in(predicate.verb);
    let first = of.word(verb.start);
    let perfect = first == "had";
    let before = verb.start.saturating_sub(1);
    (before..verb.end).any(|i| match of.word(i) {
        "initially" | "originally" | "formerly" | "once" => true,
        "previously" => !matches!(first, "has" | "have"),
        "first" | "earlier" => perfect,
        _ => false,
    })
}

/// Whether somebody only had been ready for something: "had been willing to sell".
fn was_ready(context: &Context, predicate: &Predicate) -> bool {
    let verb = context.text(Spot { account: predicate.account, span: predicate.verb }).to_lowercase();
    verb.starts_with("had been ")
        && matches!(predicate.lemma.as_str(), "ready" | "willing" | "prepared" | "open")
}

fn telling(context: &Context, predicate: &Predicate) -> Option<Telling> {
    if let Some(telling) =
        passive::telling(context, predicate).or_else(|| asked::of_others(context, predicate))
    {
        return Some(telling);
    }
    let stance = stance::of(context, predicate)?;
    let subject = holder::subject(context, predicate)?;
    if UNACCEPTABLE.contains(&predicate.lemma.as_str()) {
        return judged(context, predicate);
    }
    if predicate.passive && !stance::is_state(context, predicate)
        || lapsed::is_given_up(context, predicate)
        || is_doubtful(context, predicate)
        || is_of_before(context, predicate)
        || was_ready(context, predicate)
        || is_of_first_round(context, predicate)
        || under_doubt(context, predicate)
    {
        return None;
    }
    if is_of_some(context, predicate)
        || wholeness::describes_a_noun(context.accounts[predicate.account], predicate.clause())
    {
        return None;
    }
    let party = holder::of(context, predicate, subject)?;
    if !holder::told_by_itself(context, predicate, &party) {
        return None;
    }
    let issue::Issue { span, on_terms } = issue::find(context, predicate, &stance)?;
    let issue = Spot { account: predicate.account, span };
    let given = context.text(issue).to_lowercase();
    if predicate.conditional && !(on_terms && is_on_terms_after_it(context, predicate))
        || is_no_stance(context, predicate, stance.name, &given)
    {
        return None;
    }
    let verb = match stance.verb {
        Some(verb) if !stance.whole => Some(with_preposition(context, predicate, verb, issue.span)),
        verb => verb,
    };
    let terms = matter(context, issue);
    let clause = predicate.subject.map_or(subject.cover(predicate.verb), |_| predicate.clause());
    let clause = Spot { account: predicate.account, span: clause.cover(issue.span) };
    let on = taken_on(context, predicate, issue.span);
    let stance = stance.name;
    (!terms.is_empty()).then_some(Telling { party, stance, verb, issue, on_terms, clause, terms, on })
}

/// Whether what is accepted, offered, rejected or wished for is nothing that a party takes a stance on.
fn is_no_stance(context: &Context, predicate: &Predicate, stance: &str, given: &str) -> bool {
    match stance {
        "accepts" => is_given(given),
        "offers" => HANDED.iter().any(|what| given.split_whitespace().take(3).any(|w| w == *what)),
        "rejects" => is_denial(context, predicate) || is_silence(given),
        "warns" if is_somebody(context, predicate) => true,
        "supports" => says_nothing(given),
        _ => is_own_wish(context, predicate, given) || is_left_open(context, predicate, given),
    }
}

/// "warned the guests", "warns those involved": whether the words behind the verb say only whom, and not of what.
fn is_somebody(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let those = tokens.clone().next().is_some_and(|i| of.word(i) == "those");
    let person = || of.layers.mentions_in(predicate.object).any(|m| m.of == EntityKind::Person);
    let says = |i: usize| {
        let pos = of.pos(i);
        matches!(pos, Pos::IN | Pos::TO | Pos::MD) || pos.is_verb() && !(those && pos == Pos::VBN)
    };
    (those || person()) && !tokens.into_iter().any(says)
}

/// "urged the Rockets": whether the words say whom, but not what he is to do.
fn is_left_open(context: &Context, predicate: &Predicate, issue: &str) -> bool {
    let object = context.text(Spot { account: predicate.account, span: predicate.object });
    let asks = match predicate.lemma.as_str() {
        "urge" => true,
        "ask" => !object.starts_with("for"),
        "call" => object.starts_with("on "),
        "appeal" => object.starts_with("to "),
        _ => false,
    };
    asks && !issue.split_whitespace().any(|w| w == "to") && !object.contains("that ")
}

/// Whether a phrase is headed by what one accepts without any stance: "the Veldt prize for her reporting".
fn is_given(issue: &str) -> bool {
    let ends = |word: &&str| {
        matches!(
            *word,
            "of" | "for" | "in" | "on" | "from" | "to" | "as" | "at" | "by" | "with" | "if" | "unless"
        )
    };
    let head = issue.split_whitespace().take_while(|w| !ends(w)).last().unwrap_or_default();
    GIVEN.contains(&head.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a verb says only what may be; who "cannot accept" a thing rejects it, and "would have accepted" is past.
fn is_doubtful(context: &Context, predicate: &Predicate) -> bool {
    let verb = Spot { account: predicate.account, span: predicate.verb };
    match predicate.modal.as_deref() {
        Some("may" | "might" | "should" | "must") => true,
        Some("could" | "can" | "ca") => {
            let only = |w: &str| matches!(w, "just" | "only" | "simply" | "merely");
            !predicate.negated || context.text(verb).split_whitespace().any(only)
        }
        Some(_) => context.text(verb).split_whitespace().any(|w| w == "have"),
        None => false,
    }
}

/// "who had supported Hale", "In 1998 Hungary rejected the loan": what somebody wanted before what the report tells, in
/// passing.
fn is_of_before(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let sentence = of.layers.sentence_at(predicate.verb.start).map(|i| of.layers.sentences[i].span);
    let start = sentence.map_or(predicate.verb.start, |s| s.start);
    let time = of.layers.times.get(of.layers.times.partition_point(|t| t.span.start < start));
    let opens =
        |t: &TimeExpression| of.layers.tokens_in(Span { start, end: t.span.start.max(start) }).len() < 2;
    if time.is_some_and(|t| opens(t) && context.is_background(predicate.account, t.span)) {
        return true;
    }
    let first = of.layers.tokens_in(predicate.verb).start;
    let relative =
        first.checked_sub(1).is_some_and(|i| matches!(of.layers.tokens[i].pos, Pos::WP | Pos::WDT));
    relative && of.report.slice(of.layers.tokens[first].span) == "had"
}

/// Whether the terms of a stance stand behind its verb, and nothing before it makes it one of what may be.
fn is_on_terms_after_it(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let Some(sentence) = of.layers.sentence_at(predicate.verb.start) else { return false };
    let before = before_verb(of, sentence, predicate);
    let opens = |i: usize| {
        let word = of.word(i);
        matches!(word, "if" | "unless" | "whether")
    };
    !before.into_iter().any(opens)
}

/// How far before a verb in its sentence is looked at: a longer sentence is a list, or none.
const FURTHEST: usize = 80;

/// The tokens of the sentence before the verb, of a very long one the last.
fn before_verb(of: &Account, sentence: usize, predicate: &Predicate) -> std::ops::Range<usize> {
    let start = of.layers.sentences[sentence].span.start;
    let tokens = of.layers.tokens_in(Span { start, end: predicate.verb.start.max(start) });
    tokens.start.max(tokens.end.saturating_sub(FURTHEST))..tokens.end
}

const ARTICLES: [&str; 4] = ["the", "a", "an", "any"];

/// Whether an issue is one word that does not say which of its kind is meant: "supports talks".
fn says_nothing(issue: &str) -> bool {
    const OPEN: &[&str] = &[
        "talks",
        "negotiations",
        "discussions",
        "dialogue",
        "plans",
        "proposals",
        "ideas",
        "moves",
        "deals",
        "efforts",
        "steps",
        "measures",
        "change",
        "changes",
        "initiatives",
        "reforms",
        "action",
        "progress",
    ];
    let bare =
        issue.split_once(' ').filter(|(first, _)| ARTICLES.contains(first)).map_or(issue, |(_, rest)| rest);
    OPEN.contains(&bare)
}

/// When a stance on `issue` was taken: at the time of its clause ("on Tuesday Norway rejected …"), where no other verb stands
/// between the two and the time is no part of the matter ("the borders of 2014"), else when the report was published.
fn taken_on(context: &Context, predicate: &Predicate, issue: Span) -> Option<(Date, Date, String)> {
    let Account { report, layers, .. } = context.accounts[predicate.account];
    let published = context.published(predicate.account);
    let sentence = &layers.sentences[layers.sentence_at(predicate.verb.start)?];
    let verb = layers.tokens_in(predicate.verb);
    let near = |t: &&TimeExpression| {
        let at = layers.tokens_in(t.span);
        let mut between = if at.end <= verb.start { at.end..verb.start } else { verb.end..at.start };
        let parts = |i: usize| {
            let token = layers.tokens[i];
            token.pos.is_verb()
                || token.pos == Pos::MD
                || matches!(report.slice(token.span), ";" | ":" | "that")
        };
        let past = t.days.zip(published).is_some_and(|((first, _), day)| first <= day);
        sentence.span.contains(t.span)
            && !issue.contains(t.span)
            && past
            && timeline::dates_the_verb(context.accounts[predicate.account], t)
            && is_when_taken(context, predicate, t)
            && t.kind == TimeKind::Date
            && !between.any(parts)
    };
    let times = layers.times.iter().filter(near);
    let nearest = times.min_by_key(|t| t.span.start.abs_diff(predicate.verb.start));
    let dated = nearest.and_then(|t| Some((t.days?, t.value.clone()?)));
    match dated {
        Some(((first, last), value)) => Some((first, last, value)),
        None => published.map(|day| (day, day, day.to_string())),
    }
}

/// Whether the time can be when the stance was taken: it is of no clause below it, and does not stand as a month or a year
/// behind what is wanted ("demanded a vote in February").
fn is_when_taken(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[predicate.account];
    let owner = dates::owner(of, &context.predicates[predicate.account], time);
    let its = owner.is_none_or(|o| o.verb.verb == predicate.verb && !o.is_parted(of, time));
    let long = timeline::is_wish(predicate) && time.days.is_some_and(|(first, last)| first < last);
    let verb = of.layers.tokens_in(predicate.verb).end;
    let behind = of.layers.tokens_in(time.span).start > verb + 1;
    its && !dates::is_object(of, time) && !(long && behind && time.span.start > predicate.verb.end)
}

/// Nouns by which a matter is brought up and that are not the matter: "the idea of troops", "the presence of troops".
const BRINGING_UP: &[&str] = &[
    "idea",
    "presence",
    "prospect",
    "possibility",
    "notion",
    "appearance",
    "deployment",
    "use",
    "plan",
    "proposal",
    "question",
    "kind",
    "form",
    "call",
    "role",
];

/// What an issue is about.
fn matter(context: &Context, issue: Spot) -> TermSet {
    let all = context.terms.at(context.accounts, &context.cast, issue);
    let brings_up = |term: &u32| BRINGING_UP.iter().any(|noun| context.terms.id(noun) == Some(*term));
    let matter: TermSet = all.iter().copied().filter(|term| !brings_up(term)).collect();
    if matter.is_empty() { all } else { matter }
}

/// What is said of a thing, not of who says it: the stance is the speaker's, the thing is the issue.
const UNACCEPTABLE: &[&str] = &["unacceptable", "intolerable", "inadmissible"];

/// "Smith said that the presence of troops was unacceptable": the speaker rejects the subject.
fn judged(context: &Context, predicate: &Predicate) -> Option<Telling> {
    if predicate.negated || predicate.conditional {
        return None;
    }
    let party = holder::speaker_party(context, predicate)?;
    let issue = Spot { account: predicate.account, span: judged_subject(context, predicate)? };
    let terms = matter(context, issue);
    let clause = Spot { account: predicate.account, span: issue.span.cover(predicate.verb) };
    let on = taken_on(context, predicate, issue.span);
    let enough = terms.len() >= SHORTEST_ISSUE;
    let stance = "rejects";
    enough.then_some(Telling { party, stance, verb: None, issue, on_terms: false, clause, terms, on })
}

/// The subject of what is judged, which may be long: from where the content or its last clause begins to its
/// first comma.
fn judged_subject(context: &Context, predicate: &Predicate) -> Option<Span> {
    let of = context.accounts[predicate.account];
    let contents =
        of.layers.attributions.iter().flat_map(|a| &a.content).filter(|c| c.contains(predicate.verb));
    let content = contents.min_by_key(|c| c.len())?;
    let word = |i: usize| of.word(i);
    let tokens = of.layers.tokens_in(Span { start: content.start, end: predicate.verb.start });
    let start = tokens.clone().find(|i| !matches!(word(*i), "that" | "“" | "\"" | ","))?;
    let end =
        (start..tokens.end).find(|i| matches!(word(*i), "," | "…" | "even" | "if")).unwrap_or(tokens.end);
    (end > start).then(|| of.layers.tokens[start].span.cover(of.layers.tokens[end - 1].span))
}

/// What is accepted without any stance.
const GIVEN: &[&str] = &[
    "prize",
    "award",
    "medal",
    "trophy",
    "nomination",
    "invitation",
    "apology",
    "resignation",
    "job",
    "post",
];

/// What is offered without any stance: words, and a look at something.
const HANDED: &[&str] = &[
    "condolences",
    "remarks",
    "words",
    "indication",
    "hint",
    "hints",
    "nothing",
    "insight",
    "glimpse",
    "explanation",
    "information",
    "pushback",
    "apology",
    "apologies",
    "sympathy",
    "sympathies",
    "prayers",
    "thanks",
    "praise",
    "congratulations",
    "details",
    "detail",
    "evidence",
    "glimpse",
    "insight",
    "insights",
    "look",
    "view",
    "explanation",
    "clues",
    "comment",
    "criticism",
    "reassurance",
    "reassurances",
];

/// Whether what is refused is only to speak: "declined to say whether", "refused to comment".
fn is_silence(refused: &str) -> bool {
    const SPEAK: [&str; 14] = [
        "say",
        "criticise",
        "criticize",
        "comment",
        "answer",
        "elaborate",
        "confirm",
        "identify",
        "specify",
        "discuss",
        "disclose",
        "name",
        "speculate",
        "provide details",
    ];
    let refused = refused.trim_start_matches("to ");
    SPEAK
        .iter()
        .any(|verb| refused.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// Whether what is rejected is that something is so ("rejected claims that …"): that is no stance on a matter.
fn is_denial(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let nouns = of.layers.tokens_in(predicate.object).filter(|i| of.layers.tokens[*i].pos.is_noun());
    let Some(noun) = nouns.into_iter().next() else { return false };
    let word = of.word(noun);
    let next = of.layers.tokens.get(noun + 1);
    let states = next.is_some_and(|t| {
        t.pos.is_name() || t.pos == Pos::PRP || of.report.slice(t.span).eq_ignore_ascii_case("that")
    });
    let said =
        ["claim", "claims", "allegation", "allegations", "suggestion", "suggestions", "assertion", "reports"];
    states && said.contains(&word)
}

/// Whether the clause hangs on a noun that takes it back ("no sign that …", "fears that …").
fn under_doubt(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let Some(sentence) = of.layers.sentence_at(predicate.verb.start) else { return true };
    let words = before_verb(of, sentence, predicate).map(|i| of.word(i));
    words.into_iter().any(|w| {
        matches!(
            w,
            "sign"
                | "signs"
                | "indication"
                | "fear"
                | "fears"
                | "doubt"
                | "doubts"
                | "unclear"
                | "denied"
                | "denies"
                | "deny"
                | "denying"
                | "speculation"
                | "rumours"
                | "rumors"
                | "whether"
        )
    })
}

/// The verb with the preposition that joins the issue to it: "calls for", "warns about".
fn with_preposition(context: &Context, predicate: &Predicate, verb: String, issue: Span) -> String {
    let of = context.accounts[predicate.account];
    let before = of.layers.tokens_in(issue).start.checked_sub(1).map(|i| &of.layers.tokens[i]);
    let joins = |token: &&crate::annotate::Token| {
        let word = of.report.slice(token.span);
        predicate.object.contains(token.span) && (token.pos == Pos::IN && word != "that" || word == "to")
    };
    before.filter(joins).map_or(verb.clone(), |token| format!("{verb} {}", of.report.slice(token.span)))
}

/// Whether a party wants or insists on something for itself alone ("wants to expand", "insists that it was right"): only what
/// others are to do is a demand.
fn is_own_wish(context: &Context, predicate: &Predicate, issue: &str) -> bool {
    let of = context.accounts[predicate.account];
    let first = of.layers.tokens_in(predicate.object).next();
    let opens_with_verb = first.is_some_and(|i| of.layers.tokens[i].pos == Pos::TO);
    let on = first.is_some_and(|i| of.report.slice(of.layers.tokens[i].span) == "on");
    match predicate.lemma.as_str() {
        "want" => opens_with_verb || issue.starts_with("to "),
        "insist" => !on && !issue.split_whitespace().any(|w| w == "be"),
        _ => false,
    }
}
