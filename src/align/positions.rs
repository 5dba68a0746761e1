//! Who wants what.
//!
//! In: the predicates of each account. Out: positions: party × issue × stance, dated, with the words, and with what a
//! party wanted before where it changed its mind. A party
//! is a country, an organization, or a person of whom no report says whom he speaks for. It does not know
//! whether a position is held: only that a report says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::dates;
use super::predicates::{self, Predicate};
use super::terms::TermSet;
use super::{Account, COMPARED, Context, Spot, timeline};
use crate::annotate::{Pos, TimeExpression, TimeKind};
use crate::record::{EarlierStance, Position};
use crate::span::Span;

/// Lemma → stance, and stance when denied.
static STANCES: LazyLock<BTreeMap<&str, (&str, Option<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("stances.txt").lines().filter(|l| !l.starts_with('#'));
    let entry = |line: &'static str| {
        let mut columns = line.split_whitespace();
        let (lemma, stance, denied) = (columns.next()?, columns.next()?, columns.next()?);
        Some((lemma, (stance, (denied != "-").then_some(denied))))
    };
    lines.filter_map(entry).collect()
});

/// The longest issue, in tokens: it is a name for a matter, not the matter.
const LONGEST_ISSUE: usize = 17;
const SHORTEST_ISSUE: usize = 2;

/// How far from its verb the "that" of what is said may stand.
const LONGEST_ASIDE: usize = 6;

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
            group.iter().take(COMPARED).any(|t| {
                t.party == telling.party
                    && t.stance == telling.stance
                    && same_issue(context, &t.terms, &telling.terms)
            })
        };
        match groups.iter_mut().find(|group| fits(group)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let before = before(context, &groups);
    let positions = groups.iter().zip(before).filter_map(|(group, before)| position(context, group, before));
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

/// Whether a party cannot want both at once.
pub fn opposed(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (a.stance, b.stance);
    a.party == b.party && (OPPOSED.contains(&(x, y)) || OPPOSED.contains(&(y, x)))
}

/// How alike two issues must be for a contradiction: stricter than for one position, since a party may support a part.
const ALIKE_FOR_CONTRADICTION: f64 = 0.6;
const FEWEST_SHARED: usize = 2;

/// Whether two tellings are on one issue, so that opposed stances contradict each other.
pub fn alike(context: &Context, a: &Telling, b: &Telling) -> bool {
    context.terms.shared(&a.terms, &b.terms).len() >= FEWEST_SHARED
        && context.terms.similarity(&a.terms, &b.terms) >= ALIKE_FOR_CONTRADICTION
}

fn position(context: &Context, group: &[Telling], before: Option<EarlierStance>) -> Option<Position> {
    let to = |t: &Telling| context.text(t.issue).starts_with("to ");
    let shortest = group.iter().min_by_key(|t| (to(t), t.issue.span.len(), t.issue))?;
    Some(Position {
        party: shortest.party.clone(),
        issue: context.text(shortest.issue).to_owned(),
        stance: shortest.stance.to_owned(),
        verb: shortest.verb.clone(),
        on: taken(group).map(|(.., on)| on),
        before,
        evidence: context.evidence_of(group.iter().map(|t| t.clause)),
    })
}

/// What each report tells of the parties' stances, in order of the reports.
pub fn tellings(context: &Context) -> Vec<Telling> {
    context.predicates.iter().flatten().filter_map(|p| telling(context, p)).collect()
}

fn telling(context: &Context, predicate: &Predicate) -> Option<Telling> {
    let (stance, verb) = stance(context, predicate)?;
    let subject = predicate.subject?;
    if UNACCEPTABLE.contains(&predicate.lemma.as_str()) {
        return judged(context, predicate);
    }
    let doubtful = predicate
        .modal
        .as_deref()
        .is_some_and(|m| matches!(m, "may" | "might" | "could" | "can" | "should" | "ca"));
    if predicate.conditional
        || predicate.passive && !is_state(context, predicate)
        || doubtful
        || under_doubt(context, predicate)
    {
        return None;
    }
    let party = holder(context, predicate, subject)?;
    if !told_by_itself(context, predicate, &party) {
        return None;
    }
    let issue = Spot { account: predicate.account, span: issue(context, predicate)? };
    let verb = verb.map(|verb| with_preposition(context, predicate, verb, issue.span));
    let given = context.text(issue).to_lowercase();
    if stance == "accepts" && GIVEN.iter().any(|what| given.contains(what))
        || stance == "offers"
            && HANDED.iter().any(|what| given.split_whitespace().take(3).any(|w| w == *what))
        || stance == "rejects" && (is_denial(context, predicate) || is_silence(&given))
        || is_own_wish(context, predicate, &given)
        || is_on_terms(context, predicate)
    {
        return None;
    }
    if stance == "supports" && says_nothing(&given) {
        return None;
    }
    let terms = matter(context, issue);
    let clause = Spot { account: predicate.account, span: predicate.clause().cover(issue.span) };
    let on = taken_on(context, predicate);
    (!terms.is_empty()).then_some(Telling { party, stance, verb, issue, clause, terms, on })
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

/// When a stance was taken: at the time of its clause ("on Tuesday Norway rejected …"), where no other verb stands
/// between the two, else when the report was published.
fn taken_on(context: &Context, predicate: &Predicate) -> Option<(Date, Date, String)> {
    let Account { report, layers } = context.accounts[predicate.account];
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
    let party = speaker_party(context, predicate)?;
    let issue = Spot { account: predicate.account, span: judged_subject(context, predicate)? };
    let terms = matter(context, issue);
    let clause = Spot { account: predicate.account, span: issue.span.cover(predicate.verb) };
    let on = taken_on(context, predicate);
    let enough = terms.len() >= SHORTEST_ISSUE;
    enough.then_some(Telling { party, stance: "rejects", verb: None, issue, clause, terms, on })
}

/// The subject of what is judged, which may be long: from where the content or its last clause begins to its
/// first comma.
fn judged_subject(context: &Context, predicate: &Predicate) -> Option<Span> {
    let of = context.accounts[predicate.account];
    let contents =
        of.layers.attributions.iter().flat_map(|a| &a.content).filter(|c| c.contains(predicate.verb));
    let content = contents.min_by_key(|c| c.len())?;
    let word = |i: usize| of.report.slice(of.layers.tokens[i].span).to_lowercase();
    let tokens = of.layers.tokens_in(Span { start: content.start, end: predicate.verb.start });
    let start = tokens.clone().find(|i| !matches!(word(*i).as_str(), "that" | "“" | "\"" | ","))?;
    let end = (start..tokens.end)
        .find(|i| matches!(word(*i).as_str(), "," | "…" | "even" | "if"))
        .unwrap_or(tokens.end);
    (end > start).then(|| of.layers.tokens[start].span.cover(of.layers.tokens[end - 1].span))
}

/// The party of whom the words around `predicate` are given to.
fn speaker_party(context: &Context, predicate: &Predicate) -> Option<String> {
    let layers = &context.accounts[predicate.account].layers;
    let within = layers.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    let speaker = within.filter_map(|a| a.speaker).next_back()?;
    let member = context.cast.member(predicate.account, speaker);
    Some(context.cast.party(member).unwrap_or(context.cast.name(member)).to_owned())
}

/// Whether the report states the stance itself or gives it to the party whose it is: what others believe that a
/// party wants is no position of it.
fn told_by_itself(context: &Context, predicate: &Predicate, party: &str) -> bool {
    let layers = &context.accounts[predicate.account].layers;
    let told = layers.attributions.iter().any(|a| a.content.iter().any(|c| c.contains(predicate.verb)));
    !told || speaker_party(context, predicate).is_some_and(|speaker| speaker == party)
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
    const SPEAK: [&str; 12] = [
        "say",
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
    let word = of.report.slice(of.layers.tokens[noun].span).to_lowercase();
    let next = of.layers.tokens.get(noun + 1);
    let states = next.is_some_and(|t| {
        t.pos.is_name() || t.pos == Pos::PRP || of.report.slice(t.span).eq_ignore_ascii_case("that")
    });
    let said =
        ["claim", "claims", "allegation", "allegations", "suggestion", "suggestions", "assertion", "reports"];
    states && said.contains(&word.as_str())
}

/// Whether the clause hangs on a noun that takes it back ("no sign that …", "fears that …").
fn under_doubt(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let Some(sentence) = of.layers.sentence_at(predicate.verb.start) else { return true };
    let before = Span { start: of.layers.sentences[sentence].span.start, end: predicate.verb.start };
    let words = of.layers.tokens_in(before).map(|i| of.report.slice(of.layers.tokens[i].span).to_lowercase());
    words.into_iter().any(|w| {
        matches!(
            w.as_str(),
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

/// Whether what looks like a passive is a state of mind ("is prepared to", "was opposed to").
fn is_state(context: &Context, predicate: &Predicate) -> bool {
    predicate.passive && matches!(last_word(context, predicate), "prepared" | "opposed")
}

fn last_word<'a>(context: &'a Context, predicate: &Predicate) -> &'a str {
    let verb = Spot { account: predicate.account, span: predicate.verb };
    context.text(verb).split_whitespace().next_back().unwrap_or_default()
}

/// The stance of a predicate, and its verb where that is not denied.
fn stance(context: &Context, predicate: &Predicate) -> Option<(&'static str, Option<String>)> {
    let first =
        context.text(Spot { account: predicate.account, span: predicate.object }).split_whitespace().next();
    let with_particle = format!("{}-{}", predicate.lemma, first.unwrap_or_default());
    let key = predicate.lemma.replace(' ', "-");
    let state = is_state(context, predicate).then(|| STANCES.get(last_word(context, predicate))).flatten();
    let particle = STANCES.get(with_particle.as_str()).filter(|_| state.is_none());
    let (stance, denied) = state.or(particle).or_else(|| STANCES.get(key.as_str()))?;
    if predicate.negated {
        return denied.map(|stance| (stance, None));
    }
    let verb = context.accounts[predicate.account].layers.tokens_in(predicate.verb).next_back();
    let is_verb = verb.is_some_and(|i| context.accounts[predicate.account].layers.tokens[i].pos.is_verb());
    Some((stance, (is_verb && state.is_none()).then(|| third_person(&predicate.lemma))))
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

/// The verb that `words` begin with in the third person: "call for" → "calls for".
fn third_person(words: &str) -> String {
    let (verb, rest) =
        words.split_once(' ').map_or((words, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    let vowel_before = |c: char| verb.trim_end_matches(c).ends_with(['a', 'e', 'i', 'o', 'u']);
    let ending = match verb {
        v if v.ends_with('y') && !vowel_before('y') => return format!("{}ies{rest}", &v[..v.len() - 1]),
        v if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| v.ends_with(end)) => "es",
        _ => "s",
    };
    format!("{verb}{ending}{rest}")
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

/// "supports the minister as long as she stays": on terms.
fn is_on_terms(context: &Context, predicate: &Predicate) -> bool {
    let object = context.text(Spot { account: predicate.account, span: predicate.object }).to_lowercase();
    ["as long as ", "provided ", "unless ", "only if "].iter().any(|terms| object.contains(terms))
}

/// The one party that a subject is or speaks for; in quoted words "we" and "I" speak for the speaker.
fn holder(context: &Context, predicate: &Predicate, subject: Span) -> Option<String> {
    let spot = Spot { account: predicate.account, span: subject };
    let words = context.text(spot).to_lowercase();
    // "Ankara said that it would not accept …": what a government says of itself.
    if matches!(words.as_str(), "we" | "i" | "it") {
        return speaker_party(context, predicate);
    }
    if let Some(body) = domestic_body(context, spot) {
        return Some(body);
    }
    match &predicates::parties(context.accounts, &context.cast, spot)[..] {
        [party] => Some(party.clone()),
        [] => body(context, spot),
        _ => None,
    }
}

/// Bodies within a country, whose stance is not the country's.
const DOMESTIC: &[&str] =
    &["parliament", "senate", "congress", "opposition", "mayor", "governor", "court", "council", "union"];

/// Bodies that are a party where the report names them by no other words.
const BODIES: &[&str] = &[
    "union",
    "unions",
    "opposition",
    "council",
    "coalition",
    "government",
    "ministry",
    "company",
    "party",
    "foundation",
    "alliance",
    "association",
    "federation",
    "movement",
    "committee",
    "operator",
    "employers",
    "rebels",
    "delegation",
];

/// "The parliament of Norway": a body within the country, in its own words, where no name of its own stands there.
fn domestic_body(context: &Context, subject: Spot) -> Option<String> {
    let layers = &context.accounts[subject.account].layers;
    let report = &context.accounts[subject.account].report;
    let noun = layers.tokens_in(subject.span).find(|i| layers.tokens[*i].pos.is_noun())?;
    let word = report.slice(layers.tokens[noun].span);
    let of = layers.tokens.get(noun + 1).is_some_and(|t| report.slice(t.span) == "of");
    (of && DOMESTIC.contains(&word)).then(|| predicates::without_article(context.text(subject)).to_owned())
}

/// "The union": the words of a subject that is nothing but a body of which no name is known.
fn body(context: &Context, subject: Spot) -> Option<String> {
    let whole = context.text(subject);
    let words = predicates::without_article(whole);
    (whole.to_lowercase().starts_with("the ") && BODIES.contains(&words)).then(|| words.to_owned())
}

/// "warned for years about the signals": the object from behind the length of time that opens it.
fn after_length(of: &Account, object: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let in_time = |i: &usize| of.layers.time_at(of.layers.tokens[*i].span.start);
    let is_preposition = |i: usize| object.contains(&i) && of.layers.tokens[i].pos == Pos::IN;
    let opens = object.start + usize::from(is_preposition(object.start));
    let after = (opens..object.end).take_while(in_time).last().map(|i| i + 1);
    after.filter(|i| is_preposition(*i)).map_or(object.clone(), |i| i + 1..object.end)
}

/// `end` without a time behind a preposition, which dates the stance: "rejected the budget on Monday".
fn without_date(of: &Account, start: usize, end: usize) -> usize {
    let in_time = |i: &usize| of.layers.time_at(of.layers.tokens[*i].span.start);
    let time = (start..end).rev().take_while(in_time).last().unwrap_or(end);
    let joined =
        time > start && matches!(of.report.slice(of.layers.tokens[time - 1].span), "on" | "in" | "at");
    if time < end && joined { time - 1 } else { end }
}

/// The words that name what a stance is on: what follows the verb, without the words that only join it, up to
/// the first border of a phrase past a few words.
fn issue(context: &Context, predicate: &Predicate) -> Option<Span> {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.report.slice(of.layers.tokens[i].span).to_lowercase();
    let pos = |i: usize| of.layers.tokens[i].pos;
    let joins = |i: &usize| {
        matches!(word(*i).as_str(), "that" | "for" | "to" | "on" | "out" | "against" | "of" | "about")
            || pos(*i) == Pos::Punct
    };
    let tokens = after_length(of, tokens);
    // "warned on Monday that …": what is said stands after "that".
    let said = tokens.clone().take(LONGEST_ASIDE).find(|i| word(*i) == "that" && pos(*i) == Pos::IN);
    let aside = said
        .filter(|_| tokens.clone().next().is_some_and(|i| matches!(word(i).as_str(), "on" | "in" | "at")));
    let tokens = aside.map_or(tokens.clone(), |that| that..tokens.end);
    let start = tokens.clone().find(|i| !joins(i))?;
    if matches!(pos(start), Pos::PRP) {
        return None;
    }
    let border = |i: &usize| {
        *i >= start + 4
            && matches!(
                word(*i).as_str(),
                "," | "after" | "before" | "while" | "until" | "during" | "when" | "who" | "which"
            )
    };
    // "called for calm and left": another verb of the subject begins; "welcomed the pact as a step": a judgement of it.
    let leaves = |i: &usize| {
        let verb = |j: usize| j < tokens.end && pos(j).is_finite();
        let joined =
            pos(*i) == Pos::CC && (verb(i + 1) || verb(i + 2) && matches!(pos(i + 1), Pos::RB | Pos::MD));
        let judged = word(*i) == "as" && *i > start && *i + 1 < tokens.end && pos(i + 1) == Pos::DT;
        joined || judged
    };
    // "not just a pledge … but a treaty": its two halves stand or fall together.
    let halves = word(start) == "not"
        && start + 1 < tokens.end
        && matches!(word(start + 1).as_str(), "just" | "only" | "merely" | "simply");
    let longest = if halves { 2 * LONGEST_ISSUE } else { LONGEST_ISSUE };
    let limit = tokens.end.min(start + longest);
    let mut end = (start..limit).find(|i| border(i) || *i > start && leaves(i)).unwrap_or(limit);
    if end == start + longest && end < tokens.end {
        // A phrase that the limit cuts through goes whole.
        end = (start + SHORTEST_ISSUE..end)
            .rev()
            .find(|i| matches!(pos(*i), Pos::IN | Pos::CC | Pos::TO))
            .unwrap_or(end);
    }
    let dangling =
        |i: usize| matches!(pos(i), Pos::IN | Pos::TO | Pos::DT | Pos::CC | Pos::Punct | Pos::PRPS);
    end = without_date(of, start, end);
    while end > start && dangling(end - 1) {
        end -= 1;
    }
    let opened = (start..end).find(|i| {
        of.layers.quotes.iter().any(|q| {
            let span = of.layers.tokens[*i].span;
            q.outer.start == span.start && q.inner.end >= of.layers.tokens[end - 1].span.end
        })
    });
    let before_quote = opened.filter(|i| *i >= start + SHORTEST_ISSUE);
    end = before_quote.unwrap_or(end);
    while end > start && dangling(end - 1) {
        end -= 1;
    }
    let span = |from: usize, to: usize| of.layers.tokens[from].span.cover(of.layers.tokens[to].span);
    let whole = |span: Span| match (opened, before_quote) {
        (Some(i), None) => {
            of.layers.quote_at(of.layers.tokens[i].span.start).map_or(span, |q| span.cover(q.outer))
        }
        _ => span,
    };
    // "offers to host": without its "to" a verb is no phrase.
    let infinitive =
        pos(start) == Pos::VB && start > 0 && word(start - 1) == "to" && tokens.contains(&(start - 1));
    let first = if infinitive { start - 1 } else { start };
    let named = start + usize::from(ARTICLES.contains(&word(start).as_str()));
    (end >= named + SHORTEST_ISSUE || end > named && pos(named).is_noun() && end < tokens.end)
        .then(|| whole(span(first, end - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_stands_in_the_third_person() {
        for (verb, third) in [
            ("call", "calls"),
            ("press", "presses"),
            ("refuse", "refuses"),
            ("decry", "decries"),
            ("delay", "delays"),
            ("rule out", "rules out"),
        ] {
            assert_eq!(third_person(verb), third);
        }
    }
}
