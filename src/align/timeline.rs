//! What happened, and will, when.
//!
//! In: the resolved dates of each account, and the plans. Out: the timeline, merged across reports. A date stands with the
//! clause of the verb to which it belongs, with the noun that it dates ("the 2018 election"), or with the main clause
//! that another sentence dates ([`neighbours`]). It does not know a day that no report gives.

mod neighbours;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::bodies;
use super::concepts::concept;
use super::contrast::Told;
use super::dates::{self, Owner};
use super::edges;
use super::next::Plans;
use super::predicates::{self, Predicate};
use super::statuses;
use super::terms::TermSet;
use super::voices::{self, Voice, Whose};
use super::{Account, COMPARED, Context, Spot, wholeness, wording};
use crate::annotate::{Attribution, Pos, TimeExpression, TimeKind, lemma};
use crate::record::TimelineEntry;
use crate::span::Span;

/// How alike two clauses of one day must be to be one entry.
const ALIKE: f64 = 0.45;

/// Nouns that a year can date though they end like no event.
const DATED: &[&str] = &[
    "war",
    "attack",
    "talks",
    "agreement",
    "treaty",
    "visit",
    "summit",
    "kill",
    "coup",
    "crisis",
    "revolution",
    "storm",
    "vote",
    "raid",
    "massacre",
    "disaster",
    "protest",
    "strike",
    "march",
    "rally",
    "race",
    "match",
    "ceremony",
    "debate",
    "speech",
    "earthquake",
    "flood",
    "blast",
    "crash",
    "fire",
];

/// A clause of these dates what is said, not what happens.
const SAYING: &[&str] = &[
    "say", "tell", "state", "add", "announce", "confirm", "report", "indicate", "note", "write", "claim",
    "explain", "insist", "warn", "tweet", "post", "joke", "hint", "respond", "reply", "comment", "suggest",
    "argue", "remark", "ask", "recall", "remember", "deny",
];

struct Dated<'a> {
    spot: Spot,
    /// As it is written (EDTF).
    when: String,
    /// The first and the last day of it.
    days: (Date, Date),
    /// The words that give the day, where they stand in another sentence.
    by: Option<Spot>,
    /// The verb of its clause; where a noun is dated, that noun.
    head: Span,
    terms: TermSet,
    /// The country by which a body that does it is named.
    country: Option<&'static str>,
    told: Told<'a>,
    voice: Voice,
}

/// From the first day to the last, and as it is written (EDTF), without the hour and the mark that it is not sure.
type When = (Date, Date, String);

/// The entries in order of time; of one day, those that most reports give first. What `plans` no longer hold is none, and what
/// they take for one plan is one.
pub fn find(context: &Context, plans: &Plans) -> Vec<TimelineEntry> {
    let mut by_time: BTreeMap<When, Vec<Vec<Dated>>> = BTreeMap::new();
    let others = neighbours::find(context);
    let told = (0..context.accounts.len()).flat_map(|account| dated(context, account));
    // "It happened on Monday" stands with what happened.
    let told = told.filter(|dated| !others.iter().filter_map(|o| o.by).any(|by| holds(&by, dated)));
    let told: Vec<Dated> = told.collect();
    let told = told.into_iter().chain(others).filter(|dated| !is_superseded(plans, dated));
    for dated in told {
        let (first, last) = dated.days;
        let groups = by_time.entry((first, last, day(&dated.when).to_owned())).or_default();
        match groups.iter_mut().find(|group| fits(context, plans, group, &dated)) {
            Some(group) => group.push(dated),
            None => groups.push(vec![dated]),
        }
    }
    let mut entries = Vec::new();
    for mut groups in by_time.into_values() {
        let held: Vec<bool> = groups.iter().map(|group| is_held(context, &groups, group)).collect();
        let mut held = held.into_iter();
        groups.retain(|_| !held.next().unwrap_or_default());
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().map(|d| d.spot)));
        let mut of_day: Vec<TimelineEntry> = groups.iter().map(|group| entry(context, group)).collect();
        of_day.sort_by(|a, b| a.when.cmp(&b.when));
        entries.extend(of_day);
    }
    entries
}

/// Whether a group only tells what was to be on a day that has passed, of which another tells how it went: "The vote will be held
/// on Friday" beside "survived a vote on Friday".
fn is_held(context: &Context, of_day: &[Vec<Dated>], group: &[Dated]) -> bool {
    let Some(first) = group.first() else { return false };
    let past = context.latest.is_some_and(|latest| first.days.1 < latest);
    if !past || !group.iter().all(|d| planned_matter(context, d).is_some()) {
        return false;
    }
    let matter = planned_matter(context, first).flatten().and_then(|matter| context.terms.id(&matter));
    let Some(matter) = matter else { return false };
    let tells = |d: &Dated| d.terms.binary_search(&matter).is_ok() && planned_matter(context, d).is_none();
    of_day.iter().take(MOST_OF_DAY).any(|other| other.iter().take(COMPARED).any(tells))
}

/// With how many groups of its day a plan is compared.
const MOST_OF_DAY: usize = 100;

/// What a clause says is to be, as a concept, where it is a plan: "vote" of "the vote will be held".
fn planned_matter(context: &Context, dated: &Dated) -> Option<Option<String>> {
    let all = &context.predicates[dated.spot.account];
    let at = all.partition_point(|p| p.verb.start < dated.head.start);
    let predicate = all.get(at).filter(|p| p.verb == dated.head)?;
    let ahead = predicate.modal.as_deref().is_some_and(|m| matches!(m, "will" | "would" | "’ll" | "'ll"));
    let subject = predicate.subject.filter(|_| ahead)?;
    Some(statuses::matter_of(context, Spot { account: dated.spot.account, span: subject }))
}

/// A time as it is written, without its hour and the mark that it is not sure.
fn day(when: &str) -> &str {
    let plain = when.trim_end_matches(UNSURE);
    plain.split_once('T').filter(|_| !plain.contains('/')).map_or(plain, |(day, _)| day)
}

/// Whether both say at what hour it was, and not at the same.
fn at_other_hours(a: &str, b: &str) -> bool {
    let hour = |when: &str| when.split_once('T').map(|(_, hour)| hour.trim_end_matches(UNSURE).to_owned());
    matches!((hour(a), hour(b)), (Some(x), Some(y)) if x != y)
}

/// Marks of EDTF that a time is not sure.
const UNSURE: [char; 3] = ['?', '~', '%'];

/// Whether the clause holds what is dated.
fn holds(clause: &Spot, dated: &Dated) -> bool {
    clause.account == dated.spot.account && clause.span.contains(dated.head)
}

/// Whether it tells for which day something was planned that was moved or called off since.
fn is_superseded(plans: &Plans, dated: &Dated) -> bool {
    plans.superseded.iter().any(|(clause, days)| *days == dated.days && holds(clause, dated))
}

/// Whether the clause is like one of the group, and none of the group tells otherwise.
fn fits(context: &Context, plans: &Plans, group: &[Dated], dated: &Dated) -> bool {
    let compared = || group.iter().take(COMPARED);
    let one_plan = || {
        let tells = |clauses: &[Spot], d: &Dated| clauses.iter().any(|clause| holds(clause, d));
        let mut of = plans.clauses.iter().filter(|clauses| tells(clauses, dated));
        of.any(|clauses| compared().any(|d| tells(clauses, d)))
    };
    let abroad = |d: &Dated| d.country.is_some() && dated.country.is_some() && d.country != dated.country;
    if compared().any(|d| at_other_hours(&d.when, &dated.when) || abroad(d)) {
        return false;
    }
    one_plan()
        || compared().any(|d| context.terms.similarity(&d.terms, &dated.terms) >= ALIKE)
            && compared().all(|d| d.told.may_be(&dated.told, context))
}

fn entry(context: &Context, group: &[Dated]) -> TimelineEntry {
    let pronouns = |d: &Dated| context.pronouns(d.spot, None);
    let shortest = group.iter().min_by_key(|d| (pronouns(d).len(), d.spot.span.len(), d.spot));
    // The words for a source are those of the telling whose words the entry repeats, where it has any.
    let voices: Vec<Voice> = shortest.into_iter().chain(group).map(|d| d.voice).collect();
    let Whose { attributed_to, source } = voices::whose(context, &voices);
    let unsure = |when: &str| when.len() - when.trim_end_matches(UNSURE).len();
    let surest = |d: &&Dated| (unsure(&d.when), std::cmp::Reverse(d.when.len()));
    let when = group.iter().min_by_key(surest).map_or_else(String::new, |d| d.when.clone());
    TimelineEntry {
        when,
        text: shortest.map_or_else(String::new, |d| context.text(d.spot).to_owned()),
        pronouns: shortest.map(pronouns).unwrap_or_default(),
        evidence: context.evidence_of(group.iter().flat_map(|d| std::iter::once(d.spot).chain(d.by))),
        attributed_to,
        source,
    }
}

/// What one account dates.
fn dated<'a>(context: &'a Context, account: usize) -> Vec<Dated<'a>> {
    let of = context.accounts[account];
    let predicates = &context.predicates[account];
    let mut found: Vec<Dated> = Vec::new();
    for time in of.layers.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)) {
        let Some((days, value)) = dates::stretch(of, time) else { continue };
        let Some((span, head)) = told_at(context, account, time, predicates) else { continue };
        if edges::opens_within(of, span) {
            continue;
        }
        let spot = Spot { account, span };
        let voice = Voice::at(context, account, head);
        if voice.is_open()
            || wording::tells_of_silence(of, span)
            || context.opens_with_an_open_pronoun(spot)
            || if head.start == span.start {
                wholeness::is_cut_noun(of, span) || wholeness::describes_a_noun(of, span)
            } else {
                wholeness::is_cut(of, span)
            }
        {
            continue;
        }
        let terms = context.terms.at(context.accounts, &context.cast, spot);
        // One clause is one line, under the first of its days: the one of its main verb.
        let again = found.iter().rev().take(COMPARED).any(|d| d.head == head);
        if terms.len() >= 2 && !again {
            let told = Told::read(context, spot);
            let at = predicates.partition_point(|p| p.verb.start < head.start);
            let subject = predicates.get(at).filter(|p| p.verb == head).and_then(|p| p.subject);
            let country = subject.and_then(|subject| bodies::country(of, subject));
            found.push(Dated { spot, when: value, days, by: None, head, terms, country, told, voice });
        }
    }
    found
}

/// What the time dates, and its head: the noun that a bare year stands before, else the clause of the verb to which the
/// time belongs.
fn told_at(
    context: &Context,
    account: usize,
    time: &TimeExpression,
    predicates: &[Predicate],
) -> Option<(Span, Span)> {
    let of = context.accounts[account];
    let sentence = &of.layers.sentences[of.layers.sentence_at(time.span.start)?];
    let tokens = of.layers.tokens_in(time.span);
    let before = word_before(of, time).unwrap_or_default();
    if sentence.furniture || is_bound(of, time, before) || is_spoken(of, time) {
        return None;
    }
    let next = of.layers.tokens.get(tokens.end).map(|t| t.pos);
    let year = time.value.as_ref().is_some_and(|v| v.len() == 4) && tokens.len() == 1;
    if year && next.is_some_and(|pos| pos.is_noun() || pos.is_adjective()) {
        return noun_dated(context, account, tokens, sentence.tokens.end).map(|span| (span, span));
    }
    if next == Some(Pos::POS) {
        // Whether "Friday's vote" is to come, only its sentence knows.
        let past = !is_ahead(context, account, time);
        let noun = noun_dated(context, account, tokens, sentence.tokens.end).filter(|_| past);
        return noun.map(|span| (span, span));
    }
    if dates::tells_which(of, time) || dates::is_one_of_years(of, time) {
        return None;
    }
    let owner = dates::owner(of, predicates, time)?;
    let open = |p: &Predicate| p.negated || p.conditional;
    // What is told beside the main clause is no sentence by itself: "Moe, who left on Monday", "…, leaving on Monday".
    let clause = owner.clause;
    let aside = clause.participle || predicates::is_relative(of, clause) || is_planned_for(of, clause);
    let denied = predicates::is_denied(of, clause)
        || is_demanded(of, clause)
        || edges::is_not_its_own(of, clause.clause(), clause.verb);
    if aside || open(clause) || open(owner.verb) || denied || !happens(context, owner.verb, time) {
        return None;
    }
    clause_dated(context, owner, time)
}

/// Whether the time lies ahead of its report.
fn is_ahead(context: &Context, account: usize, time: &TimeExpression) -> bool {
    time.days.zip(context.published(account)).is_some_and(|((first, _), day)| first > day)
}

/// Whether the verb tells of something that happens or will, on the day that the time gives.
fn happens(context: &Context, verb: &Predicate, time: &TimeExpression) -> bool {
    // Who "was told of the cracks on Monday" learnt of them then.
    let informed = verb.passive && verb.lemma == "tell";
    let said = SAYING.contains(&verb.lemma.as_str()) && !informed;
    let will = matches!(verb.modal.as_deref(), Some("will" | "would" | "shall" | "’ll" | "'ll"));
    // What will be on a day that has passed was read wrong.
    let day = time.days.filter(|(first, last)| first == last);
    let misread = will && day.zip(context.published(verb.account)).is_some_and(|((_, day), now)| day < now);
    if misread || will && is_ahead(context, verb.account, time) && is_hypothetical(context, verb) {
        return false;
    }
    let possible = matches!(verb.modal.as_deref(), Some("may" | "might" | "could" | "can" | "should"));
    let of = context.accounts[verb.account];
    let wished = is_wish(verb) && is_wanted(context, verb, time) && !is_called_for(context, verb, time);
    let no_day = dates::is_given_up(of, verb, time) || dates::is_object(of, time);
    let open = is_forecast(of, verb) || is_former_plan(context, verb, time);
    let empty = says_little(of, verb, time)
        || is_unfinished(of, verb)
        || is_of_time(of, verb)
        || is_told_before(of, verb)
        || is_bare_ruling(of, verb);
    !(said || possible || wished || no_day || open || empty)
}

/// Whether a verb of finding out has no object: "Last year, the paper found".
fn is_unfinished(of: &Account, verb: &Predicate) -> bool {
    const FINDING: &[&str] =
        &["find", "show", "reveal", "learn", "discover", "know", "see", "think", "believe"];
    let says = of.layers.tokens_in(verb.object).any(|i| {
        let pos = of.pos(i);
        (pos.is_noun() || pos == Pos::PRP) && !of.layers.time_at(of.layers.tokens[i].span.start)
    });
    FINDING.contains(&verb.lemma.as_str()) && !verb.passive && !says
}

/// Whether the verb only says who told what stands before it: "The mill must close, inspectors decided on Thursday".
fn is_told_before(of: &Account, verb: &Predicate) -> bool {
    // "A ruling is expected in March" has nobody who says it.
    let source = |a: &Attribution| a.source.iter().any(|s| verb.subject.is_some_and(|v| s.overlaps(v)));
    let tells = |a: &&Attribution| source(a) && a.cue.iter().any(|cue| cue.overlaps(verb.verb));
    let mut told = of.layers.attributions_about(verb.verb.start).iter().filter(tells);
    let before = told.any(|a| !a.content.is_empty() && a.content.iter().all(|c| c.end <= verb.verb.start));
    let names = |i: usize| of.pos(i).is_noun() && !of.layers.time_at(of.layers.tokens[i].span.start);
    before && !of.layers.tokens_in(verb.object).any(names)
}

/// Verbs of deciding, of which what was decided must be told.
const RULING: &[&str] = &["rule", "decide", "conclude", "order", "find", "determine", "agree"];

/// "…, judges in Orvik ruled on Monday": whether the verb says that something was decided, and what stands elsewhere.
fn is_bare_ruling(of: &Account, verb: &Predicate) -> bool {
    let in_time = |i: usize| of.layers.time_at(of.layers.tokens[i].span.start);
    let joins = |i: usize| matches!(of.pos(i), Pos::IN | Pos::RB | Pos::Punct);
    let bare = of.layers.tokens_in(verb.object).all(|i| in_time(i) || joins(i));
    let past = verb.modal.is_none() && !verb.present && !verb.passive;
    RULING.contains(&verb.lemma.as_str()) && past && bare
}

/// Whether the subject is only a time: "This week offers a lesson".
fn is_of_time(of: &Account, verb: &Predicate) -> bool {
    let in_time = |i: usize| of.layers.time_at(of.layers.tokens[i].span.start);
    verb.subject.is_some_and(|s| of.layers.tokens_in(s).all(in_time))
}

/// Verbs of which the object is only wanted.
const WISHING: &[&str] = &[
    "want",
    "wish",
    "hope",
    "demand",
    "urge",
    "ask",
    "request",
    "seek",
    "require",
    "call",
    "appeal",
    "insist",
    "recommend",
    "propose",
    "suggest",
    "favour",
    "favor",
    "beg",
    "press",
    "consider",
    "need",
];

/// Whether somebody calls or announces a thing for a day: "the union called a new strike for June 3".
pub fn is_called_for(context: &Context, verb: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[verb.account];
    let thing = || statuses::matter_of(context, Spot { account: verb.account, span: verb.object });
    is_calling(verb) && dates::preposition(of, time) == "for" && thing().is_some()
}

/// Whether the verb can call or announce a thing for a day.
pub fn is_calling(verb: &Predicate) -> bool {
    const CALLING: &[&str] = &["call", "announce", "schedule", "convene", "set", "fix", "plan"];
    CALLING.contains(&verb.lemma.as_str()) && !verb.passive
}

/// Whether the verb only says that something is wanted.
pub fn is_wish(verb: &Predicate) -> bool {
    WISHING.contains(&verb.lemma.as_str())
}

/// Whether the clause is what somebody wants to be so: "demands that pensions rise in January".
pub fn is_demanded(of: &Account, clause: &Predicate) -> bool {
    let tokens = &of.layers.tokens;
    let start = of.layers.tokens_in(clause.clause()).start;
    let Some(that) = start.checked_sub(1).filter(|i| of.word(*i) == "that") else { return false };
    let verb =
        (that.saturating_sub(3)..that).rev().find(|i| tokens[*i].pos.is_verb() || tokens[*i].pos == Pos::NNS);
    verb.is_some_and(|i| WISHING.contains(&of.lemma_at(i))) && clause.modal.is_none()
}

/// What would do something only if it came into force.
const DRAFTS: &[&str] = &[
    "draft",
    "bill",
    "plan",
    "proposal",
    "law",
    "measure",
    "text",
    "amendment",
    "legislation",
    "reform",
    "deal",
    "budget",
    "scheme",
    "project",
];

/// Whether "would" tells what might be, not what somebody said that he will do: of a draft, of nobody's words, and of
/// "any".
pub fn is_hypothetical(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let layers = &of.layers;
    let reported = || layers.attributions.iter().flat_map(|a| &a.content).any(|c| c.contains(predicate.verb));
    let any = layers.tokens_in(predicate.object).take(3).any(|i| of.word(i) == "any");
    let draft = predicate.subject.is_some_and(|s| DRAFTS.contains(&head_of(of, s)));
    let active = !predicate.passive && predicate.modal.as_deref() == Some("would");
    predicate.modal.as_deref() == Some("would") && (any || !reported()) || active && draft
}

/// The lemma of the last noun of a noun phrase, before its prepositions.
pub fn head_of(of: &Account, phrase: Span) -> &str {
    of.head_noun(phrase).map(|noun| of.lemma_at(noun)).unwrap_or_default()
}

/// The same, where it is no name: "questioning" of "the questioning of Karl Dunn".
pub fn common_head_of(of: &Account, phrase: Span) -> Option<&str> {
    of.head_noun(phrase).filter(|noun| !of.pos(*noun).is_name()).map(|noun| of.lemma_at(noun))
}

/// Whether the time dates what the verb wants, and not when it was wanted: it lies ahead, or stands as a month or a
/// year behind the thing.
fn is_wanted(context: &Context, verb: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[verb.account];
    let long = time.days.is_some_and(|(first, last)| first < last);
    let between = of.layers.tokens_in(Span { start: verb.verb.end, end: time.span.start.max(verb.verb.end) });
    let behind = verb.verb.end < time.span.start && between.len() > 1;
    is_ahead(context, verb.account, time) || long && behind
}

/// The words of a clause that the time dates, and their head: the clause, or a noun with the participle that describes it;
/// nothing where the time belongs to something else in it.
fn clause_dated(context: &Context, owner: Owner, time: &TimeExpression) -> Option<(Span, Span)> {
    let Owner { clause, verb, leads } = owner;
    let of = context.accounts[verb.account];
    let words = clause.clause();
    let between = Span { start: verb.verb.end, end: time.span.start };
    // Before its verb a time can belong to what describes the subject: "the duties, announced on Monday, take effect".
    let region =
        if leads { Span { start: words.start.min(time.span.start), end: time.span.start } } else { between };
    if let Some(participle) = participle_before(of, region).filter(|p| !is_of_object(of, region, *p)) {
        let near = is_near(of, participle, time) && !RULING.contains(&of.lemma_at(participle));
        let noun = participle_dated(of, region, participle).filter(|_| near);
        return noun.map(|noun| (noun.cover(time.span), noun));
    }
    if leads && !words.contains(time.span) {
        let sentence = of.layers.sentence_at(time.span.start)?;
        let start = of.layers.sentences[sentence].span.start;
        return Some((words.cover(Span { start, ..time.span }), clause.verb));
    }
    let of_another = || {
        apposed(of, between)
            || contradicts(context, verb, time)
            || belongs_to_another(of, between)
            || belongs_to_gerund(of, between)
            || is_of_a_noun(of, verb, time)
    };
    let misses = if leads { owner.is_parted(of, time) } else { of_another() };
    let nested = !leads && predicates::is_opened_by_conjunction(of, words);
    let words = if nested { before_joined(of, words, time) } else { words };
    (!misses).then_some((words, clause.verb))
}

/// The words of a clause within another before a verb that is joined behind the time: of "a rift that widened since Norway left
/// in 2014 and only deepened later" what deepened is the rift.
fn before_joined(of: &Account, words: Span, time: &TimeExpression) -> Span {
    let tokens = &of.layers.tokens;
    let behind = of.layers.tokens_in(Span { start: time.span.end, end: words.end.max(time.span.end) });
    let joins = |i: &usize| {
        let verb = (i + 1..behind.end).find(|j| of.pos(*j) != Pos::RB);
        of.pos(*i) == Pos::CC && verb.is_some_and(|j| of.pos(j).is_finite() || of.pos(j) == Pos::VBN)
    };
    let last = behind.clone().find(joins).and_then(|i| (0..i).rev().find(|j| tokens[*j].pos != Pos::Punct));
    last.map_or(words, |last| Span { end: tokens[last].span.end, ..words })
}

/// Whether the time only says to when something lasts, or with what it is compared: "before May", "worse than in 2029".
fn is_bound(of: &Account, time: &TimeExpression, before: &str) -> bool {
    let hedged = dates::preposition(of, time);
    let bounds = |word: &str| matches!(word, "after" | "before" | "until" | "till");
    let ends = (bounds(before) || bounds(&hedged)) && time.kind == TimeKind::Date
        || dates::is_within_bound(of, time);
    ends && !is_new_date(of, time) || matches!(before, "even" | "than") || measures(of, time)
}

/// Whether the time says from when something has lasted, or how far it goes: "the third since Monday", "dates up to June 3".
fn measures(of: &Account, time: &TimeExpression) -> bool {
    let moved = || word_at(of, time, 3).is_some_and(|w| matches!(w, "moved" | "brought" | "shifted"));
    let up = || word_at(of, time, 2).is_some_and(|w| w == "up") && !moved();
    word_at(of, time, 1).is_some_and(|w| w == "since" || w == "to" && up())
}

/// Whether "until" gives the day to which something was put off.
fn is_new_date(of: &Account, time: &TimeExpression) -> bool {
    let moved = |w: &str| matches!(w, "off" | "postponed" | "delayed" | "deferred" | "adjourned");
    (2..=4).any(|back| word_at(of, time, back).is_some_and(moved))
}

/// Whether a plan is told that was given up or has passed: "had been due to sign", "was to open on Monday".
fn is_former_plan(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    const INTENDING: &[&str] = &["intend", "hope", "want", "mean", "promise", "aim"];
    let lemma = predicate.lemma.as_str();
    if !PLANNING.contains(&lemma) && !INTENDING.contains(&lemma) {
        return false;
    }
    let verb = context.text(Spot { account: predicate.account, span: predicate.verb }).to_lowercase();
    let ahead =
        time.days.zip(context.published(predicate.account)).is_some_and(|((_, last), day)| last > day);
    let was = verb.starts_with("was ") || verb.starts_with("were ");
    let moves = dates::is_moving(context.accounts[predicate.account], predicate);
    !moves && (verb.starts_with("had ") || was && !ahead)
}

/// Whether somebody only says what he thinks will be: "the bank expects a rise in May", "snow was expected on Friday".
pub fn is_forecast(of: &Account, predicate: &Predicate) -> bool {
    const WEATHER: &[&str] = &[
        "rain",
        "snow",
        "snowfall",
        "rainfall",
        "storm",
        "wind",
        "gust",
        "temperature",
        "weather",
        "shower",
        "frost",
    ];
    let of_what = || predicate.subject.map(|s| head_of(of, s)).unwrap_or_default();
    let weather = || WEATHER.contains(&of_what());
    // "The deficit would come to 4 percent in 2030": nobody plans that.
    let told = matches!(predicate.modal.as_deref(), Some("will" | "would" | "’ll" | "'ll"));
    if told && (MEASURED.contains(&of_what()) || weather()) || is_state_to_come(of, predicate) {
        return true;
    }
    FORECASTING.contains(&predicate.lemma.as_str()) && (!predicate.passive || weather())
}

/// "The reservoirs will be empty by Friday", "Supplies will last until Friday": what will be so, and nobody brings about.
fn is_state_to_come(of: &Account, predicate: &Predicate) -> bool {
    const STATES: &[&str] = &["suffice", "need", "lack", "run out", "exceed", "amount", "total"];
    const SUPPLIES: &[&str] = &[
        "supply",
        "stock",
        "food",
        "water",
        "fuel",
        "medicine",
        "reserve",
        "money",
        "oil",
        "gas",
        "power",
        "battery",
        "cash",
        "store",
        "provision",
    ];
    // What somebody sees to.
    const ARRANGED: &[&str] = &[
        "open",
        "closed",
        "available",
        "due",
        "present",
        "ready",
        "free",
        "effective",
        "valid",
        "live",
        "able",
        "subject",
        "eligible",
        "responsible",
        "back",
    ];
    let told = matches!(predicate.modal.as_deref(), Some("will" | "would" | "’ll" | "'ll"));
    let adjective = of.layers.tokens_in(predicate.verb).next_back().is_some_and(|i| of.pos(i).is_adjective());
    let lasts = || predicate.subject.is_some_and(|s| SUPPLIES.contains(&head_of(of, s)));
    let verb = predicate.lemma.as_str();
    let state = adjective && !ARRANGED.contains(&verb) && !verb.ends_with("ed");
    told && (state || STATES.contains(&verb) || matches!(verb, "last" | "hold out") && lasts())
}

/// What is measured when it has come, and not decided.
const MEASURED: &[&str] = &[
    "deficit",
    "inflation",
    "growth",
    "economy",
    "debt",
    "unemployment",
    "population",
    "profit",
    "revenue",
    "turnover",
    "demand",
    "output",
    "gdp",
];

/// Verbs of which the object is a thought of what will be.
const FORECASTING: &[&str] = &["expect", "forecast", "predict", "project", "anticipate", "foresee"];

/// Whether another time stands between the verb and this one, and a purpose after it: "called on Tuesday to discuss the
/// summit on May 9".
fn belongs_to_another(of: &Account, between: Span) -> bool {
    let time = of.layers.times.iter().find(|t| between.contains(t.span) && t.days.is_some());
    let Some(after) = time.map(|t| Span { start: t.span.end, ..between }) else { return false };
    let tokens = of.layers.tokens_in(after);
    tokens.into_iter().any(|i| {
        let next = of.layers.tokens.get(i + 1).map(|t| t.pos);
        of.layers.tokens[i].pos == Pos::TO && next == Some(Pos::VB)
    })
}

/// Whether the time is of an act that a preposition joins to the verb: "accused them of moving guns on May 9".
fn belongs_to_gerund(of: &Account, between: Span) -> bool {
    const JOINING: &[&str] = &["of", "for", "after", "before", "from", "without", "about", "over", "against"];
    let tokens = of.layers.tokens_in(between);
    tokens.clone().skip(1).any(|i| of.pos(i) == Pos::VBG && JOINING.contains(&of.word(i - 1)))
}

/// Whether "for" joins a stretch of time to the noun before it: "cut its forecast for this year".
fn is_of_a_noun(of: &Account, predicate: &Predicate, time: &TimeExpression) -> bool {
    let long = time.days.is_some_and(|(first, last)| first < last);
    let noun = of.layers.tokens_in(time.span).start.checked_sub(2).map(|i| of.layers.tokens[i].pos);
    let scheduled = PLANNING.contains(&predicate.lemma.as_str());
    long && !scheduled
        && word_at(of, time, 1).is_some_and(|w| w == "for")
        && noun.is_some_and(|pos| pos.is_noun() && !pos.is_name())
}

/// "a visit planned for Friday", which looks like a clause: what became of the visit, other clauses say.
fn is_planned_for(of: &Account, predicate: &Predicate) -> bool {
    let next = of.layers.tokens.get(of.layers.tokens_in(predicate.verb).end);
    let bare = of.layers.tokens_in(predicate.verb).len() == 1;
    bare && PLANNING.contains(&predicate.lemma.as_str())
        && next.is_some_and(|token| of.report.slice(token.span) == "for")
}

/// Whether a verb that says little has an object that says no more: "went a step further on Tuesday".
fn says_little(of: &Account, predicate: &Predicate, time: &TimeExpression) -> bool {
    const LIGHT: &[&str] = &["go", "come", "get", "make", "take", "do", "have"];
    const EMPTY: &[&str] = &["step", "way", "turn", "thing", "point", "length", "progress", "distance"];
    let named = |i: &usize| of.pos(*i).is_noun() && !time.span.contains(of.layers.tokens[*i].span);
    let mut nouns = of.layers.tokens_in(predicate.object).filter(named).peekable();
    LIGHT.contains(&predicate.lemma.as_str())
        && nouns.peek().is_some()
        && nouns.all(|i| EMPTY.contains(&of.lemma_at(i)))
}

/// The word `back` tokens before the time, in lower case.
fn word_at<'a>(of: &'a Account, time: &TimeExpression, back: usize) -> Option<&'a str> {
    Some(of.word(of.layers.tokens_in(time.span).start.checked_sub(back)?))
}

fn word_before<'a>(of: &'a Account, time: &TimeExpression) -> Option<&'a str> {
    let before = word_at(of, time, 1)?;
    // "before the May 23 deadline"
    if before == "the" { word_at(of, time, 2).or(Some(before)) } else { Some(before) }
}

/// Whether somebody says the time in quoted words and means it from the day on which he speaks ("tomorrow"): which day
/// that was, the report does not say.
fn is_spoken(of: &Account, time: &TimeExpression) -> bool {
    let words = of.report.slice(time.span);
    let by_itself = words.chars().filter(char::is_ascii_digit).count() >= 4;
    of.layers.quote_at(time.span.start).is_some() && !by_itself
}

/// Whether a time in a clause can be when its verb happens: neither a noun owns it ("Sunday's fire") nor a
/// speaker, and it measures nothing ("since Sunday").
pub fn dates_the_verb(of: &Account, time: &TimeExpression) -> bool {
    let next = of.layers.tokens.get(of.layers.tokens_in(time.span).end);
    next.is_none_or(|t| t.pos != Pos::POS) && !is_spoken(of, time) && !measures(of, time)
}

/// The participle to which a time after `between` belongs: the last verb there, where it describes the noun before it
/// ("the memo released", "the duties, announced by the president").
pub fn participle_before(of: &Account, between: Span) -> Option<usize> {
    let tokens = &of.layers.tokens;
    let within = of.layers.tokens_in(between);
    let verb = within.clone().rev().find(|i| tokens[*i].pos.is_verb()).filter(|verb| *verb > within.start)?;
    let word = |i: usize| of.word(i);
    let set_off = word(verb - 1) == "," && verb > within.start + 1;
    let noun = if set_off { verb - 2 } else { verb - 1 };
    // The tagger takes what ends a clause for a participle at times: "took its systems offline".
    let base = of.lemma_at(verb);
    let inflected =
        base != word(verb) || matches!(base, "put" | "set" | "cut" | "hit" | "shut" | "read" | "split");
    let form = inflected && tokens[verb].pos == Pos::VBN || tokens[verb].pos == Pos::VBG && !set_off;
    (form && tokens[noun].pos.is_noun() && !PREPOSITIONS.contains(&word(verb))).then_some(verb)
}

/// Verbs with a participle that says in what state their object is.
const KEEPING: &[&str] = &["keep", "leave", "get", "render", "have", "see", "find", "want", "need"];

/// "had kept the islands supplied": whether the participle says in which state the verb keeps its object.
fn is_of_object(of: &Account, between: Span, participle: usize) -> bool {
    let part = |i: &usize| {
        let pos = of.pos(*i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::CD)
    };
    let start = of.layers.tokens_in(between).start;
    let phrase = (start..participle).rev().take_while(part).last();
    let verb = phrase.and_then(|first| first.checked_sub(1));
    verb.is_some_and(|i| of.pos(i).is_verb() && KEEPING.contains(&of.lemma_at(i)))
}

/// Whether between a participle and a time stands nothing but by whom or where it was done: not "hit by storms to 270 million
/// a year by 2035".
fn is_near(of: &Account, participle: usize, time: &TimeExpression) -> bool {
    let between = participle + 1..of.layers.tokens_in(time.span).start;
    let joins = between.clone().filter(|i| matches!(of.pos(*i), Pos::IN | Pos::TO)).count();
    let last = between.clone().next_back().is_some_and(|i| of.pos(i) == Pos::IN);
    joins <= 1 + usize::from(last) && !between.into_iter().any(|i| of.pos(i) == Pos::TO)
}

/// The noun phrase with the participle `verb` after it, which the time dates. What became of "a visit planned for Friday",
/// other clauses say.
fn participle_dated(of: &Account, between: Span, verb: usize) -> Option<Span> {
    let tokens = &of.layers.tokens;
    let word = |i: usize| of.report.slice(tokens[i].span);
    let base = lemma(word(verb), tokens[verb].pos).to_lowercase();
    if PLANNING.contains(&base.as_str()) {
        return None;
    }
    let noun = if word(verb - 1) == "," { verb - 2 } else { verb - 1 };
    let part = |i: &usize| {
        let pos = tokens[*i].pos;
        pos.is_noun()
            || pos.is_adjective()
            || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::CD)
            || word(*i) == "%"
    };
    let start = (of.layers.tokens_in(between).start..=noun).rev().take_while(part).last()?;
    // "the plan the president unveiled": two phrases.
    if (start + 1..=noun).any(|i| of.pos(i) == Pos::DT) {
        return None;
    }
    let before = start.checked_sub(1);
    // "the bridge that the army built"
    let of_clause = before.is_some_and(|i| matches!(of.pos(i), Pos::WDT | Pos::WP) || of.word(i) == "that");
    // "judges in Lunden ruled": no participle tells one bearer of a name from others.
    let named = word(verb - 1) != "," && (start..=noun).all(|i| tokens[i].pos.is_name());
    if of_clause || named {
        return None;
    }
    Some(tokens[start].span.cover(tokens[verb].span))
}

/// Participles that only join a noun, as prepositions do.
const PREPOSITIONS: &[&str] =
    &["following", "including", "regarding", "concerning", "according", "during", "pending"];

/// Whether a comma of `between` opens an apposition, whose noun the time may date ("…, a truce from 1945").
fn apposed(of: &Account, between: Span) -> bool {
    let tokens = &of.layers.tokens;
    let comma = |i: &usize| of.report.slice(tokens[*i].span) == ",";
    of.layers.tokens_in(between).filter(comma).any(|i| tokens.get(i + 1).is_some_and(|t| t.pos == Pos::DT))
}

/// Whether the clause tells as past what would lie ahead: then the day was misread, or is one of something else. What was
/// moved "to Friday" or is agreed "to meet on Friday" does lie ahead.
fn contradicts(context: &Context, predicate: &Predicate, time: &TimeExpression) -> bool {
    let of = context.accounts[predicate.account];
    let verb = of.layers.tokens_in(predicate.verb);
    let perfect = verb.clone().next().is_some_and(|i| matches!(of.word(i), "has" | "have" | "had"));
    let past = perfect || verb.clone().any(|i| of.layers.tokens[i].pos == Pos::VBD);
    if !is_ahead(context, predicate.account, time) || !past || predicate.modal.is_some() {
        return false;
    }
    let planned = verb.clone().any(|i| PLANNING.contains(&of.lemma_at(i)));
    let between = of.layers.tokens_in(Span { start: predicate.verb.end, end: time.span.start });
    let infinitive =
        between.clone().rev().find(|i| of.layers.tokens[*i].pos == Pos::TO && is_verb_next(of, *i));
    match infinitive {
        _ if planned => false,
        Some(to) => !promises(of, predicate, between.start, to),
        None => {
            !matches!(dates::preposition(of, time).as_str(), "to" | "for" | "until" | "till" | "by" | "from")
        }
    }
}

fn is_verb_next(of: &Account, to: usize) -> bool {
    (to + 1..to + 3).any(|i| of.layers.tokens.get(i).is_some_and(|t| t.pos == Pos::VB))
}

/// Whether what was done sets the infinitive at `to` ahead: "agreed to meet", "ordered the port to open", "announced plans
/// to close the plant". What plans were given up says nothing of what comes.
fn promises(of: &Account, predicate: &Predicate, from: usize, to: usize) -> bool {
    const PROMISING: &[&str] = &[
        "agree",
        "decide",
        "vote",
        "promise",
        "pledge",
        "vow",
        "intend",
        "choose",
        "commit",
        "order",
        "instruct",
        "arrange",
        "resolve",
        "undertake",
        "invite",
        "prepare",
        "oblige",
        "bind",
        "swear",
        "opt",
        "allow",
    ];
    const SHOWING: &[&str] =
        &["announce", "unveil", "confirm", "present", "reveal", "outline", "approve", "sign", "reach"];
    const PLANS: &[&str] =
        &["plan", "decision", "deal", "agreement", "pledge", "promise", "pact", "intention"];
    let noun = to.checked_sub(1).filter(|i| *i >= from).map(|i| of.lemma_at(i));
    let verb = predicate.lemma.as_str();
    PROMISING.contains(&verb) || SHOWING.contains(&verb) && noun.is_some_and(|noun| PLANS.contains(&noun))
}

/// Verbs that in the past tense speak of days to come.
const PLANNING: &[&str] = &[
    "plan",
    "schedule",
    "set",
    "expect",
    "due",
    "postpone",
    "move",
    "book",
    "slate",
    "delay",
    "put off",
    "put back",
    "push back",
    "slip",
    "reschedule",
    "defer",
    "bring forward",
];

/// "2018 killing of a journalist", "Sunday's fire in the port": from the time over the noun to the end of what "of" joins
/// to it.
fn noun_dated(context: &Context, account: usize, time: Range<usize>, end: usize) -> Option<Span> {
    let of = context.accounts[account];
    let tokens = &of.layers.tokens;
    let phrase = |from: usize| {
        (from..end).take_while(|i| {
            let pos = tokens[*i].pos;
            pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::POS | Pos::PRPS | Pos::VBN)
        })
    };
    let last = phrase(time.end).last()?;
    let noun = of.lemma_at(last);
    let happens = ["ion", "ing", "ment", "ance", "al"].iter().any(|ending| noun.ends_with(ending));
    if !happens && !DATED.contains(&concept(noun)) {
        return None;
    }
    // Without what or where, the noun only names what other lines tell ("Monday's meeting").
    let of_it = last + 1 < end && matches!(of.report.slice(tokens[last + 1].span), "of" | "in" | "on" | "at");
    let to = phrase(last + 2).last().filter(|_| of_it)?;
    Some(tokens[time.start].span.cover(tokens[to].span))
}
