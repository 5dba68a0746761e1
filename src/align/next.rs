//! What comes next, and who is committed to it.
//!
//! In: the predicates, times and statuses of each account. Out: planned, proposed, postponed, cancelled and barred ([`barred`])
//! things with their dates, each with what it took the place of ([`superseded`]), and with its condition where that stands
//! behind it ([`conditions`]). What else is conditional, denied or only hoped for is none, nor what was planned for a day before the last report. It does not know what has happened since.

mod anew;
mod barred;
mod conditions;
mod done;
mod superseded;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::bodies;
use super::concepts::concept;
use super::contrast::Told;
use super::dates;
use super::edges;
use super::predicates::{self, Predicate};
use super::statements;
use super::statuses;
use super::terms::TermSet;
use super::timeline;
use super::voices::{self, Voice, Whose};
use super::{Account, COMPARED, Context, Spot, wholeness};
use crate::annotate::{Pos, TimeExpression, lemma};
use crate::record::{EarlierPlan, Next};
use crate::span::Span;

/// What people and bodies announce that they will do: with these a plan needs no date.
const COMMITMENTS: &[&str] = &[
    "meet",
    "visit",
    "host",
    "hold",
    "sign",
    "send",
    "travel",
    "return",
    "vote",
    "launch",
    "appoint",
    "name",
    "form",
    "begin",
    "start",
    "resume",
    "continue",
    "publish",
    "appear",
    "convene",
    "attend",
    "deploy",
    "withdraw",
    "release",
    "open",
    "close",
    "deliver",
    "announce",
    "present",
    "discuss",
    "establish",
    "create",
    "reopen",
    "restore",
    "build",
];

/// What bodies and events do by the calendar: in the present and with a day, these are planned.
const BY_THE_CALENDAR: &[&str] = &[
    "begin", "start", "open", "reopen", "meet", "vote", "decide", "resume", "return", "convene", "hold",
    "host", "launch", "hear", "visit", "travel", "leave", "arrive", "fly", "play", "publish", "elect",
    "follow", "end", "close", "expire", "face", "run", "appear", "sign", "sit", "strike", "walk out", "take",
    "go", "come", "have", "be", "rule", "change", "rise", "fall", "enter", "depart", "sail", "address",
    "present", "unveil", "debate", "receive",
];

/// Verbs of that list that say it only with what follows them: "takes effect", "goes to the polls", "has until Friday",
/// "is to open", "the vote is on Friday".
const WITH_OBJECT: &[(&str, &[&str])] = &[
    ("take", &["effect", "place", "office", "over", "up"]),
    ("go", &["to the", "to a", "into", "on", "before", "ahead", "up"]),
    ("come", &["into", "before", "to a"]),
    ("enter", &["into"]),
    ("have", &["until", "till"]),
    ("be", &["to"]),
];

/// What ends on a day by itself, and nobody plans.
const TERMS: &[&str] =
    &["term", "mandate", "contract", "lease", "tenure", "presidency", "licence", "license", "office"];

/// Participles after "be" that say that a thing is planned.
const PLANNED: &[&str] =
    &["schedule", "due", "set", "plan", "expect", "slate", "poise", "poised", "intend", "aim"];

/// Verbs that call a thing for a day, of it as subject: "a meeting has been called for May 3".
const CALLED: &[&str] = &["call", "convene", "summon", "arrange", "fix", "book", "announce"];

/// Verbs of which what follows is only wanted, beside those that say so anywhere.
const PUSHING: &[&str] = &["push", "lobby", "campaign", "fight", "work", "hope"];

/// What became of a plan that still says something of what comes.
const MOVED: &[&str] = &["cancelled", "postponed", "rescheduled"];

/// Of what will not be: that somebody gave it up, or that a court forbade it.
fn is_off(status: &str) -> bool {
    matches!(status, "cancelled" | "barred")
}

/// Of what gets another day.
fn is_moving(status: &str) -> bool {
    matches!(status, "postponed" | "brought forward")
}

const PROPOSING: &[&str] = &["propose", "offer"];

/// How alike two plans must be to be one.
const ALIKE: f64 = 0.5;

/// A clause that begins so does not say by itself whom it is about.
const PRONOUNS: &[&str] = &["he ", "she ", "they ", "it ", "we ", "i "];

/// How alike they must be where both say that the same people do the same on one day.
const ALIKE_IN_ACT: f64 = 0.3;

/// How alike the words must be, names left out, of what comes on one day.
const ALIKE_ON_DAY: f64 = 0.35;

/// How many days may lie between the first and the last day of what is one day, or about one: "mid-June".
const DAYS: i32 = 12;

struct Telling<'a> {
    clause: Spot,
    /// Lemma of the noun of who does it or of what is done.
    head: String,
    told: Told<'a>,
    status: &'static str,
    when: Option<String>,
    /// The first and the last day of `when`.
    days: Option<(Date, Date)>,
    who: Vec<String>,
    /// The names among the terms for who does it.
    doers: TermSet,
    /// The country by which a body that does it is named: "Poland" of "the Polish regulator".
    country: Option<&'static str>,
    terms: TermSet,
    /// Concept of what is planned, moved or cancelled ("visit").
    matter: Option<String>,
    /// Concepts of what it is about: its matter, its noun, its act ("talks" of "will meet").
    about: Vec<String>,
    /// Concept of what is to be done, of a plan.
    act: Option<String>,
    /// Whether it only says that something will not be: that is told where something was planned.
    denies: bool,
    /// Whether it tells of a new thing in place of an old one: "a new strike".
    anew: bool,
    voice: Voice,
}

/// A plan as its reports last told it.
#[derive(Default)]
struct Plan<'a> {
    tellings: Vec<Telling<'a>>,
    /// What it took the place of, the latest first.
    before: Vec<Vec<Telling<'a>>>,
}

/// What comes next, and which clauses tell of it.
pub struct Plans {
    /// The dated first, in order of date.
    pub next: Vec<Next>,
    /// The clauses of each plan that is told of a day.
    pub clauses: Vec<Vec<Spot>>,
    /// The clauses that tell a plan which no longer holds, and the first and the last day for which it was.
    pub superseded: Vec<(Spot, (Date, Date))>,
}

/// What comes next.
pub fn find(context: &Context) -> Plans {
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for telling in (0..context.accounts.len()).flat_map(|account| tellings(context, account)) {
        match groups.iter_mut().find(|group| fits(context, group, &telling)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let groups = join_moved(groups);
    let deeds = done::Deeds::read(context, &groups);
    let (over, groups): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| deeds.hold(context, group));
    let plans = superseded::fold(context, groups);
    let clauses = |group: &[Telling]| group.iter().map(|t| t.clause).collect::<Vec<Spot>>();
    let superseded = plans.iter().flat_map(|plan| plan.before.iter().flatten()).chain(over.iter().flatten());
    let superseded = superseded.filter_map(|t| Some((t.clause, t.days?))).collect();
    let dated = plans.iter().filter(|plan| plan.tellings.iter().any(|t| t.when.is_some()));
    let dated = dated.map(|plan| clauses(&plan.tellings)).collect();
    let mut next: Vec<Next> = plans.iter().filter_map(|plan| entry(context, plan)).collect();
    let reports = |n: &Next| n.evidence.iter().map(|e| e.report().to_owned()).collect::<BTreeSet<_>>().len();
    let when = |n: &Next| n.when.as_ref().map(|when| when.trim_start_matches("../").to_owned());
    next.sort_by_key(|n| (n.when.is_none(), when(n), std::cmp::Reverse(reports(n))));
    Plans { next, clauses: dated, superseded }
}

/// Whether a telling is like one of a group, and contradicts none of it.
fn fits(context: &Context, group: &[Telling], telling: &Telling) -> bool {
    let compared = || group.iter().take(COMPARED);
    let alike = |t: &Telling| {
        let enough = if same_act(t, telling) { ALIKE_IN_ACT } else { ALIKE };
        same_plan(t, telling)
            || same_event(context, t, telling)
            || context.terms.similarity(&t.terms, &telling.terms) >= enough
    };
    let abroad =
        |t: &Telling| t.country.is_some() && telling.country.is_some() && t.country != telling.country;
    let may_be = |t: &Telling| {
        t.status == telling.status
            && same_time(t, telling)
            && !abroad(t)
            && !t.told.contradicts(&telling.told, context)
    };
    compared().all(may_be) && compared().any(alike)
}

/// What is given up joins its own new day, where one is given: that is one thing to come.
fn join_moved<'a>(groups: Vec<Vec<Telling<'a>>>) -> Vec<Vec<Telling<'a>>> {
    let (off, mut kept): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| group.iter().all(|t| is_off(t.status)));
    for group in off {
        let moved = |other: &&mut Vec<Telling<'a>>| {
            let dated = other.iter().take(COMPARED).any(|t| t.when.is_some());
            dated && group.iter().take(COMPARED).any(|a| other.iter().take(COMPARED).any(|b| is_moved(a, b)))
        };
        match kept.iter_mut().find(moved) {
            Some(other) => other.extend(group),
            None => kept.push(group),
        }
    }
    kept
}

/// Whether two plans are for one time, as far as they say; how sure the time is does not matter.
fn same_time(a: &Telling, b: &Telling) -> bool {
    match (&a.when, &b.when) {
        (Some(x), Some(y)) => plain(x) == plain(y) || a.days.is_some() && a.days == b.days,
        _ => true,
    }
}

/// A time without the mark that it is not sure.
fn plain(when: &str) -> &str {
    when.trim_end_matches(['?', '~', '%'])
}

/// Whether both tell what became of one plan: of the same kind, and of one owner as far as they say. What is only
/// planned must be planned for one day.
fn same_plan(a: &Telling, b: &Telling) -> bool {
    let owner = a.who.is_empty() || b.who.is_empty() || a.who == b.who;
    let dated = a.when.is_some() && b.when.is_some() || a.status != "planned" && b.status != "planned";
    a.matter.is_some() && a.matter == b.matter && owner && dated
}

/// Whether both tell of the same people, on the same day, that they do the same.
fn same_act(a: &Telling, b: &Telling) -> bool {
    a.when.is_some() && b.when.is_some() && !a.who.is_empty() && a.who == b.who && a.told.acts_alike(&b.told)
}

/// Whether both tell what comes on one day in words that agree without the names of those who do it; or that a body meets
/// then, and that it does something.
fn same_event(context: &Context, a: &Telling, b: &Telling) -> bool {
    let short = a.days.is_some_and(|(first, last)| (last - first).get_days() <= DAYS);
    let one_day = short && b.when.is_some() && same_time(a, b);
    let alike = || {
        let words =
            |t: &Telling| t.terms.iter().copied().filter(|term| !context.terms.is_name(*term)).collect();
        let (a, b): (TermSet, TermSet) = (words(a), words(b));
        context.terms.similarity(&a, &b)
    };
    let meets = |t: &Telling| t.told.acts_as(&["talks", "convene", "gather", "sit"]);
    let body = !a.head.is_empty() && a.head == b.head && a.who == b.who && (meets(a) || meets(b));
    one_day && (body || alike() >= ALIKE_ON_DAY)
}

/// Whether one tells that somebody's plan was given up and the other that it was put off.
fn is_moved(off: &Telling, moved: &Telling) -> bool {
    is_moving(moved.status) && same_plan(off, moved) && !off.who.is_empty() && off.who == moved.who
}

fn entry(context: &Context, plan: &Plan) -> Option<Next> {
    let group = &plan.tellings;
    let best = best(context, group)?;
    let passed = best.days.zip(context.latest).is_some_and(|((_, last), latest)| last < latest);
    if passed {
        return None;
    }
    let voices: Vec<Voice> = std::iter::once(best).chain(group).map(|t| t.voice).collect();
    let Whose { attributed_to, source } = voices::whose(context, &voices);
    // Who tells that it was given up does not tell the new day.
    let tells = |t: &&Telling| is_off(t.status) == is_off(best.status);
    Some(Next {
        text: context.text(best.clause).to_owned(),
        when: surest(group).or(best.when.clone()),
        status: best.status.to_owned(),
        who: group.iter().map(|t| &t.who).max_by_key(|who| who.len()).cloned().unwrap_or_default(),
        pronouns: context.pronouns(best.clause, None),
        evidence: context.evidence_of(group.iter().filter(tells).map(|t| t.clause)),
        attributed_to,
        source,
        before: plan.before.iter().filter_map(|group| earlier(context, group)).collect(),
    })
}

/// The telling of a group that a reader understands best.
fn best<'t, 'a>(context: &Context, group: &'t [Telling<'a>]) -> Option<&'t Telling<'a>> {
    let named = |t: &Telling| !PRONOUNS.iter().any(|p| context.text(t.clause).to_lowercase().starts_with(p));
    let moved = group.iter().any(|t| is_moving(t.status));
    group
        .iter()
        .filter(|t| !moved || t.status != "planned")
        .filter(|t| !context.opens_with_an_open_pronoun(t.clause))
        .max_by_key(|t| (t.when.is_some(), named(t), t.who.len(), std::cmp::Reverse(t.clause)))
}

/// The time of a group as the report gives it that knows it surest.
fn surest(group: &[Telling]) -> Option<String> {
    let times = group.iter().filter_map(|t| t.when.as_ref());
    times.min_by_key(|when| when.len() - plain(when).len()).cloned()
}

/// A plan that another took the place of.
fn earlier(context: &Context, group: &[Telling]) -> Option<EarlierPlan> {
    let best = best(context, group)?;
    Some(EarlierPlan {
        text: context.text(best.clause).to_owned(),
        when: surest(group),
        status: best.status.to_owned(),
        evidence: context.evidence_of(group.iter().filter(|t| t.status == best.status).map(|t| t.clause)),
    })
}

fn tellings<'a>(context: &'a Context, account: usize) -> Vec<Telling<'a>> {
    let planned = &context.predicates[account];
    let moved = statuses::find(context, account)
        .into_iter()
        .filter(|c| MOVED.contains(&c.status))
        .filter(|claim| !is_of_before(context, account, claim))
        .map(|claim| {
            let told = planned.iter().find(|p| p.verb.overlaps(claim.spot.span));
            let spot =
                Spot { account, span: told.map_or(claim.spot.span, |p| p.clause().cover(claim.spot.span)) };
            let spot = Spot { span: from_determiner(context.accounts[account], spot.span), ..spot };
            let status = match claim.status {
                "cancelled" => "cancelled",
                _ if is_earlier(context.accounts[account], claim.spot.span) => "brought forward",
                _ => "postponed",
            };
            let terms = context.terms.at(context.accounts, &context.cast, spot);
            let who = claim.who.map(|m| context.cast.name(m).to_owned()).into_iter().collect();
            let doers = claim.who.and_then(|m| context.terms.of_member(m)).into_iter().collect();
            let at = told.map_or(claim.spot.span, |p| p.verb);
            let told = Told::read(context, spot);
            let voice = Voice::at(context, account, at);
            let about = vec![claim.matter.clone()];
            let (head, matter, days) = (String::new(), Some(claim.matter), claim.to_days);
            let (when, denies, anew, act) = (claim.to, false, false, None);
            Telling {
                clause: spot,
                head: head.to_owned(),
                told,
                status,
                when,
                days,
                who,
                doers,
                country: None,
                terms,
                matter,
                about,
                act,
                denies,
                anew,
                voice,
            }
        });
    let moved: Vec<Telling> = moved.filter(|t| !t.voice.is_open()).collect();
    let said: Vec<Span> = moved.iter().map(|t| t.clause.span).collect();
    let barred = barred::find(context, account);
    let said: Vec<Span> = said.into_iter().chain(barred.iter().map(|t| t.clause.span)).collect();
    let planned = planned.iter().filter_map(|p| planned_by(context, p));
    let moved = moved.into_iter().chain(barred);
    moved.into_iter().chain(planned.filter(|t| !said.iter().any(|s| s.contains(t.clause.span)))).collect()
}

/// A clause with the words of its first noun phrase before it: "The general strike which …".
fn from_determiner(of: &Account, clause: Span) -> Span {
    let first = of.layers.tokens_in(clause).start;
    let part = |i: &usize| {
        let pos = of.pos(*i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD | Pos::POS)
    };
    let noun = of.layers.tokens.get(first).is_some_and(|t| t.pos.is_noun() || t.pos.is_adjective());
    let start = of.layers.sentence_at(clause.start).map_or(first, |i| of.layers.sentences[i].tokens.start);
    let from = (start..first).rev().take_while(|i| noun && part(i)).last().unwrap_or(first);
    Span { start: of.layers.tokens[from].span.start.min(clause.start), ..clause }
}

/// Whether the clause of a change of plans tells of a time long before its report, or its sentence opens with one: not "Sole, who
/// swore in May to stay, has cancelled the speech".
fn is_of_before(context: &Context, account: usize, claim: &statuses::StatusClaim) -> bool {
    let layers = &context.accounts[account].layers;
    let sentence = claim.sentence.span;
    let verb = claim.spot.span;
    let aside = |from: u32, to: u32| {
        let between = Span { start: from.min(to), end: to.max(from) };
        let of = context.accounts[account];
        layers.tokens_in(between).any(|i| matches!(of.word(i), "who" | "which" | "whose"))
    };
    let mut times = layers.times.iter().filter(|t| sentence.contains(t.span));
    let told = |t: &TimeExpression| {
        t.span.start >= verb.start || !aside(sentence.start, t.span.start) || aside(t.span.end, verb.start)
    };
    context.is_background(account, sentence) && times.any(|t| told(t) && context.is_long_before(account, t))
}

fn planned_by<'a>(context: &'a Context, predicate: &Predicate) -> Option<Telling<'a>> {
    let of = context.accounts[predicate.account];
    let head = dates::clause_of(of, &context.predicates[predicate.account], predicate)?;
    // "The talks had been set for Monday. It will now be held on Friday": what it is stands in the sentence before.
    let before = anew::told_before(context, head);
    let subject = before.as_ref().map(|b| b.subject).or(head.subject)?;
    let terms_end = if predicate.conditional { conditions::end(of, predicate) } else { None };
    let conditional = predicate.conditional && terms_end.is_none();
    let open = conditional || hoped(context, predicate) || is_no_act(of, predicate);
    let denies = predicate.negated && will_not_be(context, predicate);
    if predicate.negated && !denies
        || open
        || predicates::is_denied(of, head)
        || timeline::is_demanded(of, head)
        || edges::is_not_its_own(of, head.clause(), head.verb)
    {
        return None;
    }
    let clause = head.clause().cover(predicate.clause());
    let clause = before.as_ref().map_or(clause, |b| b.clause.cover(clause));
    let time = future_time(context, predicate).filter(|_| !denies);
    if time.is_none() && !denies && is_of_its_day(context, predicate) {
        return None;
    }
    // What "and" joins to another verb has a line of its own only with a day of its own.
    if time.is_none() && head.verb != predicate.verb {
        return None;
    }
    let moved = before.as_ref().zip(time).and_then(|(before, time)| before.moved(time));
    let status = match time.filter(|t| dates::is_new_day(of, predicate, t)) {
        _ if denies => "cancelled",
        Some(_) if is_put_off(context, predicate) && is_earlier(of, predicate.verb) => "brought forward",
        Some(_) if is_put_off(context, predicate) => "postponed",
        _ => status_of(context, predicate, time)?,
    };
    let status = moved.unwrap_or(status);
    let (clause, subject) = whole(context, predicate, (clause, subject))?;
    if edges::opens_within(of, clause) || edges::is_not_of_all(of, clause) {
        return None;
    }
    let clause = terms_end.map_or(clause, |end| Span { end: end.max(clause.end), ..clause });
    let clause = Spot { account: predicate.account, span: time.map_or(clause, |t| clause.cover(t.span)) };
    let named = predicates::parties(
        context.accounts,
        &context.cast,
        Spot { account: predicate.account, span: subject },
    );
    let people_of = |span: Span| people(context, predicate.account, span);
    // "the questioning of the firm's director, Karl Dunn": of what is moved, whoever stands in its name.
    let whole = || is_moving(status).then(|| people_of(subject.cover(head.verb))).flatten();
    let body = || {
        let phrase = Spot { account: predicate.account, span: predicates::head_phrase(of, subject) };
        bodies::within_place(context, phrase).or_else(|| bodies::around_place(context, phrase))
    };
    let body = || body().map(|name| vec![name]);
    let who = people_of(predicates::head_phrase(of, subject)).or_else(whole).or_else(body).unwrap_or(named);
    let country = bodies::country(of, subject);
    let terms = context.terms.at(context.accounts, &context.cast, clause);
    let matter = statuses::matter_of(context, Spot { account: predicate.account, span: subject });
    let told = Told::read(context, clause);
    let doers = context.terms.at(context.accounts, &context.cast, Spot { span: subject, ..clause });
    let doers = doers.into_iter().filter(|term| context.terms.is_name(*term)).collect();
    let about = about(context, predicate, subject, status);
    let head = timeline::head_of(of, subject);
    let (when, days) = (time.and_then(|t| when_of(of, t)), time.and_then(|t| t.days));
    let voice = Voice::at(context, predicate.account, predicate.verb);
    let anew = anew::is_new(context, predicate);
    let act = statements::act(of, predicate).filter(|_| !denies);
    let telling = Telling {
        clause,
        head: head.to_owned(),
        told,
        status,
        when,
        days,
        who,
        doers,
        country,
        terms,
        matter,
        about,
        act,
        denies,
        anew,
        voice,
    };
    let says_enough =
        telling.terms.len() >= 2 && (telling.when.is_some() || !telling.who.is_empty() || denies);
    Some(telling).filter(|t| says_enough && !t.voice.is_open())
}

/// The clause, if it is whole; of "will take part in the strike, which would begin on Monday" from the thing on that is planned.
/// Gives the clause and its subject.
fn whole(context: &Context, predicate: &Predicate, (clause, subject): (Span, Span)) -> Option<(Span, Span)> {
    let of = context.accounts[predicate.account];
    if !wholeness::is_cut(of, clause) {
        return Some((clause, subject));
    }
    let subject = predicate.subject.filter(|_| predicates::is_relative(of, predicate))?;
    // Of "the approval of the owners, who will vote" the owners vote.
    let joins = of.layers.tokens_in(subject).rfind(|i| of.pos(*i) == Pos::IN);
    let nearest = joins.map_or(subject, |i| Span { start: of.layers.tokens[i + 1].span.start, ..subject });
    if is_set_off(of, predicate) && opens_phrase(of, nearest) {
        return Some((Span { start: nearest.start, ..clause }, nearest));
    }
    let tokens = of.layers.tokens_in(subject);
    let joins = tokens.clone().rev().find(|i| of.pos(*i) == Pos::IN)?;
    let thing = Span { start: of.layers.tokens[joins + 1].span.start, end: subject.end };
    let spot = Spot { account: predicate.account, span: thing };
    statuses::matter_of(context, spot).map(|_| (Span { start: thing.start, ..clause }, thing))
}

/// Whether a comma stands before the relative clause of the predicate, so that it tells more of what is named before it.
fn is_set_off(of: &Account, predicate: &Predicate) -> bool {
    let Some(subject) = predicate.subject else { return false };
    let between = Span { start: subject.end, end: predicate.verb.start.max(subject.end) };
    of.layers.tokens_in(between).next().is_some_and(|i| of.word(i) == ",")
}

/// Whether "which" joins a relative clause, and not "who".
fn is_of_thing(of: &Account, predicate: &Predicate) -> bool {
    let verb = of.layers.tokens_in(predicate.verb).start;
    (verb.saturating_sub(3)..verb).any(|i| of.word(i) == "which")
}

/// Whether a noun phrase has its first word: a determiner or a name behind a verb or a preposition.
fn opens_phrase(of: &Account, phrase: Span) -> bool {
    let first = of.layers.tokens_in(phrase).start;
    let opens = matches!(of.pos(first), Pos::DT | Pos::PRPS) || of.pos(first).is_name();
    let before = first.checked_sub(1).map(|i| of.pos(i));
    opens && before.is_some_and(|pos| pos.is_verb() || matches!(pos, Pos::IN | Pos::TO))
}

/// Whether the words behind the verb at `verb` say that the new day is an earlier one: "has been moved up to Monday", "brought
/// forward to May".
fn is_earlier(of: &Account, verb: Span) -> bool {
    const MOVING: &[&str] = &["move", "bring", "shift", "push", "put"];
    let tokens = of.layers.tokens_in(verb);
    let earlier = |i: usize| {
        matches!(of.word(i + 1), "up" | "forward" | "forwards") && MOVING.contains(&of.lemma_at(i))
    };
    tokens.into_iter().any(earlier)
}

/// Whether the predicate tells what is to be on the day of its report, or was to be before: that has come.
fn is_of_its_day(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let Some(published) = context.published(predicate.account) else { return false };
    let whole = predicate.clause();
    let from = of.layers.times.partition_point(|t| t.span.start < whole.start);
    let mut times = of.layers.times[from..].iter().take_while(|t| t.span.start < whole.end);
    times.any(|t| t.days.is_some_and(|(_, last)| last <= published) && owns(context, predicate, t))
}

/// Whether the clause says that something will not take place: "the vote will not be held".
fn will_not_be(context: &Context, predicate: &Predicate) -> bool {
    let will = matches!(predicate.modal.as_deref(), Some("will" | "would" | "wo" | "’ll" | "'ll"));
    let place = predicate.lemma == "take" && opens_with(context, predicate, &["place"]);
    let happens =
        matches!(predicate.lemma.as_str(), "happen" | "occur" | "go" | "travel" | "strike" | "walk out");
    will && !predicate.quoted && (place || happens || COMMITMENTS.contains(&predicate.lemma.as_str()))
}

/// A time as it is written (EDTF); "before May 20" is open at its beginning.
fn when_of(of: &Account, time: &TimeExpression) -> Option<String> {
    let value = time.value.clone()?;
    let first = value.split('/').next().unwrap_or_default();
    let before = dates::preposition(of, time) == "before";
    Some(if before { format!("../{first}") } else { value })
}

/// What a clause says is planned or moved, as concepts: the noun of its subject, or of what is moved, and the act.
fn about(context: &Context, predicate: &Predicate, subject: Span, status: &str) -> Vec<String> {
    let of = context.accounts[predicate.account];
    let moves = is_moving(status);
    let phrase = if moves && !predicate.passive && !predicate.lemma.starts_with("slip") {
        predicate.object
    } else {
        subject
    };
    let spot = Spot { account: predicate.account, span: phrase };
    let mut about: Vec<String> = statuses::matter_of(context, spot).into_iter().collect();
    let common = timeline::common_head_of(of, phrase);
    about.extend(common.iter().map(|noun| concept(noun).to_owned()));
    // "the questioning of the director": what is done, as a noun.
    let stem = common.iter().filter(|noun| noun.ends_with("ing")).map(|noun| lemma(noun, Pos::VBG));
    about.extend(stem.map(|verb| concept(&verb).to_owned()));
    let called = Spot { account: predicate.account, span: predicate.object };
    about.extend(statuses::matter_of(context, called).filter(|_| timeline::is_calling(predicate)));
    let act = statements::act(of, predicate).filter(|_| !moves);
    let out = of.layers.tokens_in(predicate.verb).end;
    let walks = predicate.lemma.starts_with("walk") && (of.word(out) == "out" || of.word(out - 1) == "out");
    about.extend(act.map(|act| match act.as_str() {
        _ if walks => "strike".to_owned(),
        // Who is to address the nation gives a speech.
        "address" => "speech".to_owned(),
        _ => act,
    }));
    about
}

/// Whether a plan got another day, and is not only to get one: "has been put back to June".
fn is_put_off(context: &Context, predicate: &Predicate) -> bool {
    let moved = Spot { account: predicate.account, span: predicate.object };
    let by_itself = predicate.passive || predicate.lemma.starts_with("slip");
    predicate.modal.is_none() && (by_itself || statuses::matter_of(context, moved).is_some())
}

/// Whether the clause is what somebody hopes, wants or fears.
fn hoped(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let within =
        of.layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    if HOPES.iter().any(|hope| predicate.lemma.starts_with(hope)) {
        return true;
    }
    let mut cues = within.flat_map(|a| &a.cue).map(|cue| of.report.slice(*cue).to_lowercase());
    let guessing = |cue: &str| HOPES.iter().chain(GUESSES).any(|hope| cue.contains(hope));
    let start = of.layers.sentence_at(predicate.verb.start).map_or(0, |i| of.layers.sentences[i].span.start);
    let mut before = of.layers.tokens_in(Span { start, end: predicate.verb.start });
    let hoping = |word: &str| HOPES.iter().any(|hope| word.starts_with(hope));
    cues.any(|cue| guessing(&cue))
        || before.any(|i| {
            let word = of.word(i);
            of.layers.tokens[i].pos.is_verb() && hoping(word) || matches!(word, "nobody" | "none" | "neither")
        })
}

/// Whether the clause says what somebody thinks, owns or guarantees, not what he will do: "expects a rise", "will hold 58
/// percent", "there will be no cuts".
fn is_no_act(of: &Account, predicate: &Predicate) -> bool {
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    let first = tokens.clone().next();
    let to_do = first.is_some_and(|i| of.pos(i) == Pos::TO && tokens.len() > 1 && of.pos(i + 1) == Pos::VB);
    let forecast = timeline::is_forecast(of, predicate) && (predicate.passive || !to_do);
    let part = |i: usize| matches!(word(i), "percent" | "%" | "stake" | "share" | "shares" | "majority");
    let owned = matches!(predicate.lemma.as_str(), "hold" | "own") && tokens.clone().take(6).any(part);
    let none = |i: usize| matches!(word(i), "no" | "nobody" | "none" | "neither" | "nothing");
    let subject = predicate.subject.and_then(|s| of.layers.tokens_in(s).next());
    let in_time = |i: usize| of.layers.time_at(of.layers.tokens[i].span.start);
    let of_time = predicate.subject.is_some_and(|s| of.layers.tokens_in(s).all(in_time));
    forecast || owned || of_time || first.is_some_and(none) || subject.is_some_and(none)
}

/// Stems of verbs whose content is no plan.
const HOPES: &[&str] = &["hope", "hoping", "want", "wish", "fear", "believ", "doubt", "predict", "speculat"];

/// Stems of cues that say what somebody only thinks will be: "40 drivers will retire, the union expects".
const GUESSES: &[&str] = &["expect", "estimat", "forecast", "think", "reckon", "assum"];

fn status_of(
    context: &Context,
    predicate: &Predicate,
    time: Option<&TimeExpression>,
) -> Option<&'static str> {
    let dated = time.is_some();
    let of = context.accounts[predicate.account];
    let modal = predicate.modal.as_deref();
    let will = matches!(modal, Some("will" | "would" | "shall" | "’ll" | "'ll"))
        && !timeline::is_hypothetical(context, predicate);
    let must = modal == Some("must") && !predicate.quoted;
    let committed = COMMITMENTS.contains(&predicate.lemma.as_str());
    let wished = timeline::is_wish(predicate) || PUSHING.contains(&predicate.lemma.as_str());
    // "is willing" is no act under way.
    let gerund = of.layers.tokens_in(predicate.verb).next_back().is_some_and(|i| of.pos(i) == Pos::VBG);
    let progressive =
        context.text(Spot { account: predicate.account, span: predicate.verb }).ends_with("ing")
            && predicate.present
            && gerund
            && !wished;
    let verb = context.text(Spot { account: predicate.account, span: predicate.verb }).to_lowercase();
    // What was once planned may have passed.
    let past = verb.starts_with("was ") || verb.starts_with("were ") || verb.starts_with("had ");
    let aimed = matches!(predicate.lemma.as_str(), "aim" | "intend") && predicate.passive;
    let set = PLANNED.contains(&predicate.lemma.as_str()) && !past && !aimed;
    let perfect = verb.starts_with("has ") || verb.starts_with("have ");
    let given = perfect
        && predicate.passive
        && predicate.lemma == "give"
        && opens_with(context, predicate, &["until"]);
    let called = perfect
        && predicate.passive
        && CALLED.contains(&predicate.lemma.as_str())
        && time.is_some_and(|t| dates::preposition(of, t) == "for");
    let present = predicate.present
        && !perfect
        && !predicate.quoted
        && by_the_calendar(context, predicate)
        && (!predicates::is_relative(of, predicate)
            || is_set_off(of, predicate) && is_of_thing(of, predicate));
    match () {
        () if will && !predicate.quoted && (dated || committed) => Some("planned"),
        () if dated && must => Some("planned"),
        () if modal.is_none() && time.is_some_and(|t| timeline::is_called_for(context, predicate, t)) => {
            Some("planned")
        }
        () if dated && modal.is_none() && (set || progressive || present || given || called) => {
            Some("planned")
        }
        () if modal.is_none()
            && PROPOSING.contains(&predicate.lemma.as_str())
            && !predicate.passive
            && proposes_to_act(context, predicate) =>
        {
            Some("proposed")
        }
        () => None,
    }
}

/// Whether a verb in the present says what is done by the calendar.
fn by_the_calendar(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let verb = predicate.lemma.as_str();
    let lasts = verb == "run" && opens_with(context, predicate, &["until", "till", "to", "through"]);
    let term = matches!(verb, "end" | "expire" | "close")
        && predicate.subject.is_some_and(|s| TERMS.contains(&timeline::head_of(of, s)));
    let term = term || lasts;
    let object = WITH_OBJECT.iter().find(|(v, _)| *v == verb);
    let with_it = object.is_none_or(|(_, words)| opens_with(context, predicate, words));
    BY_THE_CALENDAR.contains(&verb) && !term && (with_it || verb == "be" && is_its_day(of, predicate))
}

/// Whether right after "be" comes a day: "the vote is on Friday".
fn is_its_day(of: &Account, predicate: &Predicate) -> bool {
    let tokens = of.layers.tokens_in(predicate.object);
    let event = predicate.subject.is_some_and(|s| !of.layers.time_at(s.start));
    event && tokens.take(2).any(|i| of.layers.time_at(of.layers.tokens[i].span.start))
}

/// Whether what follows the verb begins with one of `words`.
fn opens_with(context: &Context, predicate: &Predicate, words: &[&str]) -> bool {
    let object = context.text(Spot { account: predicate.account, span: predicate.object }).to_lowercase();
    let begins = |w: &str| object.strip_prefix(w).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    words.iter().any(|w| begins(w))
}

/// Whether what is proposed is an act ("to host …", "that Europe send …"), not a thought ("that the line moved").
fn proposes_to_act(context: &Context, predicate: &Predicate) -> bool {
    let layers = &context.accounts[predicate.account].layers;
    let tokens = layers.tokens_in(predicate.object);
    let to = layers.tokens.get(tokens.start).is_some_and(|t| t.pos == Pos::TO);
    to || tokens.take(8).any(|i| layers.tokens[i].pos == Pos::VB)
}

/// The time that lies on or after the day of publication, is not the day itself, and says when the verb happens, not when
/// what it is about was planned: the new day where there is one, else the first.
fn future_time<'a>(context: &'a Context, predicate: &Predicate) -> Option<&'a TimeExpression> {
    let of = context.accounts[predicate.account];
    let published: Date = of.report.published_at?.date;
    let clause = predicate.clause();
    let described = |t: &TimeExpression| {
        let start = if t.span.start < predicate.verb.start { clause.start } else { predicate.verb.end };
        let between = Span { start: start.min(t.span.start), end: t.span.start };
        timeline::participle_before(of, between).is_some()
    };
    let whole = clause.cover(predicate.verb);
    let from = of.layers.times.partition_point(|t| t.span.start < whole.start);
    let times = of.layers.times[from..].iter().take_while(|t| t.span.start < whole.end);
    let times = times.filter(|t| {
        let ahead = t.days.is_some_and(|(first, last)| last > published && first >= published);
        ahead
            && whole.contains(t.span)
            && timeline::dates_the_verb(of, t)
            && !dates::tells_which(of, t)
            && !dates::is_object(of, t)
            && !dates::is_given_up(of, predicate, t)
            && !is_end_of_term(of, t)
            && owns(context, predicate, t)
            && !described(t)
    });
    let times: Vec<&TimeExpression> = times.collect();
    times.iter().find(|t| dates::is_new_day(of, predicate, t)).or(times.first()).copied()
}

/// Whether the time is only when something else ends: "until the end of her term in 2032".
fn is_end_of_term(of: &Account, time: &TimeExpression) -> bool {
    dates::is_within_bound(of, time)
        && !matches!(dates::preposition(of, time).as_str(), "until" | "till" | "before")
}

/// Whether the time is the predicate's own, not one of what its subject was or of a clause below it.
pub fn owns(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[predicate.account];
    let owner = dates::owner(of, &context.predicates[predicate.account], time);
    owner.is_some_and(|o| o.verb.verb == predicate.verb && !o.is_parted(of, time))
}

/// The people that a subject names.
fn people(context: &Context, account: usize, subject: Span) -> Option<Vec<String>> {
    let layers = &context.accounts[account].layers;
    let mut names: Vec<String> = Vec::new();
    let whose = |m: &crate::annotate::Mention| predicates::is_possessive(context.accounts[account], m.span);
    for entity in layers.mentions_in(subject).filter(|m| !whose(m)).filter_map(|m| m.entity) {
        let member = context.cast.member(account, entity);
        let name = context.cast.name(member).to_owned();
        let person = context.cast.kind(member) == crate::annotate::EntityKind::Person;
        if person && context.cast.is_named(member) && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
}
