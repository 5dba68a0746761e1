//! What comes next, and who is committed to it.
//!
//! In: the predicates, times and statuses of each account. Out: planned, proposed, postponed and cancelled
//! things with their dates. What is conditional, denied or only hoped for is none. It does not know what has
//! happened since: "next" is as the reports saw it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::contrast::Told;
use super::dates;
use super::predicates::{self, Predicate};
use super::statuses;
use super::terms::TermSet;
use super::timeline;
use super::{Account, COMPARED, Context, Spot};
use crate::annotate::{Pos, TimeExpression};
use crate::record::Next;
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
    "go", "come", "have", "be", "rule", "change", "rise", "fall",
];

/// Verbs of that list that say it only with what follows them: "takes effect", "goes to the polls", "has until Friday",
/// "is to open", "the vote is on Friday".
const WITH_OBJECT: &[(&str, &[&str])] = &[
    ("take", &["effect", "place", "office", "over", "up"]),
    ("go", &["to the", "to a", "into", "on", "before", "ahead", "up"]),
    ("come", &["into", "before", "to a"]),
    ("have", &["until", "till"]),
    ("be", &["to"]),
];

/// What ends on a day by itself, and nobody plans.
const TERMS: &[&str] =
    &["term", "mandate", "contract", "lease", "tenure", "presidency", "licence", "license", "office"];

/// Participles after "be" that say that a thing is planned.
const PLANNED: &[&str] = &["schedule", "due", "set", "plan", "expect", "slate", "poise", "poised"];

/// What became of a plan that still says something of what comes.
const MOVED: &[&str] = &["cancelled", "postponed", "rescheduled"];

const PROPOSING: &[&str] = &["propose", "offer"];

/// How alike two plans must be to be one.
const ALIKE: f64 = 0.5;

/// A clause that begins so does not say by itself whom it is about.
const PRONOUNS: &[&str] = &["he ", "she ", "they ", "it ", "we ", "i "];

/// How alike they must be where both say that the same people do the same on one day.
const ALIKE_IN_ACT: f64 = 0.3;

/// How alike the words must be, names left out, of what comes on one day.
const ALIKE_ON_DAY: f64 = 0.35;

/// How long a value is that says the day.
const DAY: usize = "2031-05-14".len();

struct Telling<'a> {
    clause: Spot,
    /// Lemma of the noun of who does it or of what is done.
    head: String,
    told: Told<'a>,
    status: &'static str,
    when: Option<String>,
    who: Vec<String>,
    terms: TermSet,
    /// Concept of what is planned, moved or cancelled ("visit").
    matter: Option<String>,
}

/// What comes next, the dated first, in order of date.
pub fn find(context: &Context) -> Vec<Next> {
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for telling in (0..context.accounts.len()).flat_map(|account| tellings(context, account)) {
        let fits = |group: &Vec<Telling>| {
            group.iter().take(COMPARED).all(|t| {
                let enough = if same_act(t, &telling) { ALIKE_IN_ACT } else { ALIKE };
                t.status == telling.status
                    && same_time(t, &telling)
                    && !t.told.contradicts(&telling.told, context)
                    && (same_plan(t, &telling)
                        || same_event(context, t, &telling)
                        || context.terms.similarity(&t.terms, &telling.terms) >= enough)
            })
        };
        match groups.iter_mut().find(|group| fits(group)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let groups = join_moved(groups);
    let mut next: Vec<Next> = groups.iter().filter_map(|group| entry(context, group)).collect();
    let reports = |n: &Next| n.evidence.iter().map(|e| e.report().to_owned()).collect::<BTreeSet<_>>().len();
    next.sort_by_key(|n| (n.when.is_none(), n.when.clone(), std::cmp::Reverse(reports(n))));
    next
}

/// What is given up joins its own new day, where one is given: that is one thing to come.
fn join_moved<'a>(groups: Vec<Vec<Telling<'a>>>) -> Vec<Vec<Telling<'a>>> {
    let (off, mut kept): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| group.iter().all(|t| t.status == "cancelled"));
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
    let plain = |when: &str| when.trim_end_matches(['?', '~', '%']).to_owned();
    match (&a.when, &b.when) {
        (Some(x), Some(y)) => plain(x) == plain(y),
        _ => true,
    }
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
    let one_day = a.when.as_ref().is_some_and(|w| w.len() >= DAY && !w.contains('/')) && a.when == b.when;
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
    moved.status == "postponed" && same_plan(off, moved) && !off.who.is_empty() && off.who == moved.who
}

fn entry(context: &Context, group: &[Telling]) -> Option<Next> {
    let named = |t: &Telling| !PRONOUNS.iter().any(|p| context.text(t.clause).to_lowercase().starts_with(p));
    let best = group
        .iter()
        .filter(|t| !context.opens_with_an_open_pronoun(t.clause))
        .max_by_key(|t| (t.when.is_some(), named(t), t.who.len(), std::cmp::Reverse(t.clause)))?;
    Some(Next {
        text: context.text(best.clause).to_owned(),
        when: best.when.clone(),
        status: best.status.to_owned(),
        who: group.iter().map(|t| &t.who).max_by_key(|who| who.len()).cloned().unwrap_or_default(),
        pronouns: context.pronouns(best.clause, None),
        // Who tells that it was given up does not tell the new day.
        evidence: context.evidence_of(group.iter().filter(|t| t.status == best.status).map(|t| t.clause)),
    })
}

fn tellings<'a>(context: &'a Context, account: usize) -> Vec<Telling<'a>> {
    let planned = &context.predicates[account];
    let moved = statuses::find(context, account)
        .into_iter()
        .filter(|c| MOVED.contains(&c.status))
        .filter(|claim| !context.is_background(account, claim.sentence.span))
        .map(|claim| {
            let told = planned.iter().find(|p| p.verb.overlaps(claim.spot.span));
            let spot =
                Spot { account, span: told.map_or(claim.spot.span, |p| p.clause().cover(claim.spot.span)) };
            let status = if claim.status == "cancelled" { "cancelled" } else { "postponed" };
            let terms = context.terms.at(context.accounts, &context.cast, spot);
            let who = claim.who.map(|m| context.cast.name(m).to_owned()).into_iter().collect();
            let told = Told::read(context, spot);
            let (head, matter) = (String::new(), Some(claim.matter));
            Telling { clause: spot, head, told, status, when: claim.to, who, terms, matter }
        });
    let moved: Vec<Telling> = moved.collect();
    let said: Vec<Span> = moved.iter().map(|t| t.clause.span).collect();
    let planned = planned.iter().filter_map(|p| planned_by(context, p));
    moved.into_iter().chain(planned.filter(|t| !said.iter().any(|s| s.contains(t.clause.span)))).collect()
}

fn planned_by<'a>(context: &'a Context, predicate: &Predicate) -> Option<Telling<'a>> {
    let of = context.accounts[predicate.account];
    let head = dates::clause_of(of, &context.predicates[predicate.account], predicate)?;
    let subject = head.subject?;
    let open = predicate.conditional || hoped(context, predicate) || is_no_act(of, predicate);
    if predicate.negated || open || predicates::is_denied(of, head) || timeline::is_demanded(of, head) {
        return None;
    }
    let clause = head.clause().cover(predicate.clause());
    let time = future_time(context, predicate);
    // What "and" joins to another verb has a line of its own only with a day of its own.
    if time.is_none() && head.verb != predicate.verb {
        return None;
    }
    let status = match time.filter(|t| dates::is_new_day(of, predicate, t)) {
        Some(_) if is_put_off(context, predicate) => "postponed",
        _ => status_of(context, predicate, time.is_some())?,
    };
    if timeline::is_cut(of, clause) {
        return None;
    }
    let clause = Spot { account: predicate.account, span: time.map_or(clause, |t| clause.cover(t.span)) };
    let named = predicates::parties(
        context.accounts,
        &context.cast,
        Spot { account: predicate.account, span: subject },
    );
    let who = people(context, predicate.account, subject).unwrap_or(named);
    let terms = context.terms.at(context.accounts, &context.cast, clause);
    let matter = statuses::matter_of(context, Spot { account: predicate.account, span: subject });
    let told = Told::read(context, clause);
    let head = timeline::head_of(of, subject);
    Some(Telling { clause, head, told, status, when: time.and_then(|t| t.value.clone()), who, terms, matter })
        .filter(|t| t.terms.len() >= 2 && (t.when.is_some() || !t.who.is_empty()))
}

/// Whether a plan got another day, and is not only to get one: "has been put back to June".
fn is_put_off(context: &Context, predicate: &Predicate) -> bool {
    let moved = Spot { account: predicate.account, span: predicate.object };
    let by_itself = predicate.passive || predicate.lemma.starts_with("slip");
    let earlier = predicate.lemma.starts_with("bring");
    predicate.modal.is_none() && !earlier && (by_itself || statuses::matter_of(context, moved).is_some())
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
    let start = of.layers.sentence_at(predicate.verb.start).map_or(0, |i| of.layers.sentences[i].span.start);
    let mut before = of.layers.tokens_in(Span { start, end: predicate.verb.start });
    let hoping = |word: &str| HOPES.iter().any(|hope| word.starts_with(hope));
    cues.any(|cue| HOPES.iter().any(|hope| cue.contains(hope)))
        || before.any(|i| {
            let word = of.word(i);
            of.layers.tokens[i].pos.is_verb() && hoping(&word)
                || matches!(word.as_str(), "nobody" | "none" | "neither")
        })
}

/// Whether the clause says what somebody thinks, owns or guarantees, not what he will do: "expects a rise", "will hold 58
/// percent", "there will be no cuts".
fn is_no_act(of: &Account, predicate: &Predicate) -> bool {
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    let first = tokens.clone().next();
    let forecast = timeline::is_forecast(of, predicate)
        && (predicate.passive || first.is_none_or(|i| of.layers.tokens[i].pos != Pos::TO));
    let part =
        |i: usize| matches!(word(i).as_str(), "percent" | "%" | "stake" | "share" | "shares" | "majority");
    let owned = matches!(predicate.lemma.as_str(), "hold" | "own") && tokens.clone().take(6).any(part);
    let none = |i: usize| matches!(word(i).as_str(), "no" | "nobody" | "none" | "neither" | "nothing");
    let subject = predicate.subject.and_then(|s| of.layers.tokens_in(s).next());
    let in_time = |i: usize| of.layers.time_at(of.layers.tokens[i].span.start);
    let of_time = predicate.subject.is_some_and(|s| of.layers.tokens_in(s).all(in_time));
    forecast || owned || of_time || first.is_some_and(none) || subject.is_some_and(none)
}

/// Stems of verbs whose content is no plan.
const HOPES: &[&str] = &["hope", "hoping", "want", "wish", "fear", "believ", "doubt", "predict", "speculat"];

fn status_of(context: &Context, predicate: &Predicate, dated: bool) -> Option<&'static str> {
    let of = context.accounts[predicate.account];
    let modal = predicate.modal.as_deref();
    let will = matches!(modal, Some("will" | "would" | "shall" | "’ll" | "'ll"))
        && !timeline::is_hypothetical(context, predicate);
    let must = modal == Some("must") && !predicate.quoted;
    let committed = COMMITMENTS.contains(&predicate.lemma.as_str());
    let progressive =
        context.text(Spot { account: predicate.account, span: predicate.verb }).ends_with("ing")
            && predicate.present;
    let verb = context.text(Spot { account: predicate.account, span: predicate.verb }).to_lowercase();
    // What was once planned may have passed.
    let past = verb.starts_with("was ") || verb.starts_with("were ") || verb.starts_with("had ");
    let set = PLANNED.contains(&predicate.lemma.as_str()) && !past;
    let perfect = verb.starts_with("has ") || verb.starts_with("have ");
    let given = perfect
        && predicate.passive
        && predicate.lemma == "give"
        && opens_with(context, predicate, &["until"]);
    let present = predicate.present
        && !perfect
        && !predicate.quoted
        && by_the_calendar(context, predicate)
        && !predicates::is_relative(of, predicate);
    match () {
        () if will && !predicate.quoted && (dated || committed) => Some("planned"),
        () if dated && must => Some("planned"),
        () if dated && modal.is_none() && (set || progressive || present || given) => Some("planned"),
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
    let term = matches!(verb, "end" | "expire" | "run" | "close")
        && predicate.subject.is_some_and(|s| TERMS.contains(&timeline::head_of(of, s).as_str()));
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
fn owns(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[predicate.account];
    let owner = dates::owner(of, &context.predicates[predicate.account], time);
    owner.is_some_and(|o| o.verb.verb == predicate.verb && !o.is_parted(of, time))
}

/// The people that a subject names.
fn people(context: &Context, account: usize, subject: Span) -> Option<Vec<String>> {
    let layers = &context.accounts[account].layers;
    let subject = predicates::head_phrase(context.accounts[account], subject);
    let mut names: Vec<String> = Vec::new();
    for entity in layers.mentions_in(subject).filter_map(|m| m.entity) {
        let member = context.cast.member(account, entity);
        let name = context.cast.name(member).to_owned();
        let person = context.cast.kind(member) == crate::annotate::EntityKind::Person;
        if person && context.cast.is_named(member) && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
}
