//! What was agreed, and by whom.
//!
//! In: the predicates of each account. Out: agreements, joined across reports. What is denied, conditional or
//! only possible is none. Where the reports say "the two sides", the parties are the pair that the reports
//! name together most often, if one pair stands out; else they stay open.

mod parties;

use std::collections::BTreeSet;

use self::parties::Sides;
use super::predicates::{self, Predicate};
use super::terms::TermSet;
use super::voices::{self, Voice, Whose};
use super::{COMPARED, Context, Spot, wholeness};
use crate::annotate::{EntityKind, Pos};
use crate::record::Agreement;
use crate::span::Span;

/// Verbs that make an agreement with one of [`PACTS`] as their object.
const MAKING: &[&str] = &["reach", "sign", "strike", "conclude", "seal", "ink", "secure", "clinch"];
const PACTS: &[&str] = &[
    "agreement",
    "deal",
    "accord",
    "pact",
    "treaty",
    "truce",
    "ceasefire",
    "cease-fire",
    "memorandum",
    "contract",
    "compromise",
    "settlement",
];

/// How alike two agreements must be to be one.
const ALIKE: f64 = 0.45;

struct Telling {
    parties: Vec<String>,
    clause: Spot,
    /// Whether the clause has its subject, so that it can stand alone.
    finite: bool,
    terms: TermSet,
    voice: Voice,
}

/// The agreements of the story, those that most reports give first.
pub fn find(context: &Context) -> Vec<Agreement> {
    let pair = parties::principals(context);
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for account in 0..context.accounts.len() {
        for telling in tellings(context, account, &pair) {
            let fits = |group: &Vec<Telling>| group.iter().take(COMPARED).any(|t| same(context, t, &telling));
            match groups.iter_mut().find(|group| fits(group)) {
                Some(group) => group.push(telling),
                None => groups.push(vec![telling]),
            }
        }
    }
    let reports =
        |group: &Vec<Telling>| group.iter().map(|t| t.clause.account).collect::<BTreeSet<_>>().len();
    groups.sort_by_key(|group| std::cmp::Reverse(reports(group)));
    groups.iter().filter_map(|group| agreement(context, group)).collect()
}

/// Whether both tell one agreement: in words that agree, or, of the same parties, one all but within the other.
fn same(context: &Context, a: &Telling, b: &Telling) -> bool {
    let shared = context.terms.shared(&a.terms, &b.terms).len();
    let parties = a.parties == b.parties || a.parties.is_empty() || b.parties.is_empty();
    let held = shared >= FEWEST_HELD && context.terms.containment(&a.terms, &b.terms) >= HELD;
    context.terms.similarity(&a.terms, &b.terms) >= ALIKE || parties && held
}

/// What part of the weight of the shorter of two agreements of the same parties the longer must hold, with how many terms.
/// Chosen on the seeds and the labelled stories.
const HELD: f64 = 0.4;
const FEWEST_HELD: usize = 4;

fn agreement(context: &Context, group: &[Telling]) -> Option<Agreement> {
    let fullest = group.iter().max_by_key(|t| (t.finite, t.terms.len(), std::cmp::Reverse(t.clause)))?;
    let parties = group.iter().map(|t| &t.parties).max_by_key(|p| p.len())?;
    let voices: Vec<Voice> = group.iter().map(|t| t.voice).collect();
    let Whose { attributed_to, source } = voices::whose(context, &voices);
    Some(Agreement {
        parties: parties.clone(),
        text: context.text(fullest.clause).to_owned(),
        evidence: context.evidence_of(group.iter().map(|t| t.clause)),
        attributed_to,
        source,
    })
}

fn tellings(context: &Context, account: usize, pair: &[String]) -> Vec<Telling> {
    context.predicates[account].iter().filter_map(|p| telling(context, p, pair)).collect()
}

/// Whether a day of the news is the verb's own, whatever its sentence tells of before: "agreed on Tuesday to a truce, the first since
/// the war began two years ago".
fn is_of_the_news(context: &Context, predicate: &Predicate) -> bool {
    let layers = &context.accounts[predicate.account].layers;
    let whole = predicate.clause();
    let from = layers.times.partition_point(|t| t.span.start < whole.start);
    let mut times = layers.times[from..].iter().take_while(|t| t.span.start < whole.end);
    times.any(|t| {
        t.days.is_some()
            && !context.is_long_before(predicate.account, t)
            && super::next::owns(context, predicate, t)
    })
}

fn telling(context: &Context, predicate: &Predicate, pair: &[String]) -> Option<Telling> {
    let background = (context.is_background(predicate.account, predicate.clause())
        || is_aside(context, predicate))
        && !is_of_the_news(context, predicate);
    if predicate.negated || predicate.conditional || background {
        return None;
    }
    if let Some(span) = under_agreement(context, predicate) {
        return made_under(context, predicate, span);
    }
    if predicate.modal.is_some() || is_of_kind(context, predicate) {
        return None;
    }
    if predicate.passive {
        return made_by(context, predicate, pair);
    }
    if !agrees(context, predicate) {
        return None;
    }
    let subject = Spot { account: predicate.account, span: predicate.subject? };
    let sides = Sides::of(context.text(subject));
    // "It would see Halden agree to a limit": of one who agrees a report says "agrees" or "agreed".
    let bare = context.text(Spot { span: predicate.verb, ..subject }).eq_ignore_ascii_case(&predicate.lemma);
    // "Both sides accepted the proposal": of one it is his answer alone.
    if predicate.lemma == "accept" && sides.is_none() {
        return None;
    }
    if bare && sides.is_none() && !parties::is_plural(context, subject) {
        return None;
    }
    let mut parties = match sides {
        Some(Sides::Two) => pair.to_vec(),
        Some(Sides::Many) => Vec::new(),
        None => parties::sharers(context, subject, predicate.verb),
    };
    let with = parties::with_whom(context, predicate);
    if of_both(predicate) && sides.is_none() && !parties::is_plural(context, subject) && with.is_empty() {
        return None;
    }
    parties.extend(with);
    parties.sort();
    parties.dedup();
    let span = match list_after(context, predicate) {
        Listed::No => predicate.object,
        Listed::Here(list) => predicate.object.cover(list),
        Listed::Elsewhere => return None,
    };
    let object = Spot { account: predicate.account, span };
    let terms = context.terms.at(context.accounts, &context.cast, object);
    let clause =
        from_its_owner(context, Spot { account: predicate.account, span: predicate.clause().cover(span) });
    let finite = !predicate.participle;
    if finite && wholeness::is_cut(context.accounts[predicate.account], clause.span) {
        return None;
    }
    (!terms.is_empty() && (sides.is_some() || !parties.is_empty())).then_some(Telling {
        parties,
        clause,
        finite,
        terms,
        voice: Voice::at(context, predicate.account, predicate.verb),
    })
}

/// Whether the clause is said in passing of the one who does something else: "Hale, who signed the pact, called it a mistake".
fn is_aside(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let verb = of.layers.tokens_in(predicate.verb).start;
    verb >= 2 && matches!(of.pos(verb - 1), Pos::WDT | Pos::WP) && of.word(verb - 2) == ","
}

/// Whether a relative clause says of what kind somebody or something is: "a government that agrees", "a deal that both sides
/// sign".
fn is_of_kind(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let first = of.layers.tokens_in(predicate.verb).start;
    let relative =
        first.checked_sub(1).is_some_and(|i| matches!(of.layers.tokens[i].pos, Pos::WDT | Pos::WP));
    let subject =
        predicate.subject.map_or("", |span| context.text(Spot { account: predicate.account, span }));
    let subject = subject.to_lowercase();
    relative && ["a ", "an ", "any ", "no ", "some "].iter().any(|word| subject.starts_with(word))
}

fn agrees(context: &Context, predicate: &Predicate) -> bool {
    let object = context.text(Spot { account: predicate.account, span: predicate.object }).to_lowercase();
    let mut words = object.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    match predicate.lemma.as_str() {
        // "The court agreed and blocked the order": of one mind, not bound.
        "agree" => {
            let first = words.next();
            // "…, agreeing to continue talking": what goes on anyway, in passing.
            if predicate.participle
                && first == Some("to")
                && words.clone().next().is_some_and(|w| GOING_ON.contains(&w))
            {
                return false;
            }
            if first == Some("with") {
                return parties::binds_with(context, predicate).is_some();
            }
            // "agreed on everything but the night shifts": they did not agree.
            if first == Some("on") && words.clone().take(3).any(|w| w == "everything" || w == "nothing") {
                return false;
            }
            if first == Some("to") && words.clone().next() == Some("disagree") || judges(context, predicate) {
                return false;
            }
            let opinion = first == Some("that") && !words.take(NEAR_THAT).any(|w| BINDING.contains(&w));
            first.is_some_and(|w| !matches!(w, "and" | "but" | "or" | "than"))
                && !opinion
                && !is_of_one_mind(context, predicate)
        }
        "shake" => {
            let rest = object.strip_prefix("hands on ");
            let points = ["it", "them", "this", "that", "those", "these"];
            rest.is_some_and(|rest| !rest.split_whitespace().take(1).any(|w| points.contains(&w)))
        }
        "accept" => words.take(6).any(|w| PROPOSED.contains(&w) || PACTS.contains(&w)),
        "settle" => words.take(5).any(|w| SETTLED.contains(&w)),
        "adopt" => {
            let text = words.clone().take(5).any(|w| matches!(w, "text" | "declaration" | "communique"));
            let common = words.take(4).any(|w| matches!(w, "final" | "joint" | "common"));
            text && common
        }
        "come" => object.starts_with("to terms") && !object.starts_with("to terms with"),
        // "were reaching for a deal"
        _ if words.clone().next() == Some("for") => false,
        lemma => MAKING.contains(&lemma) && words.take(6).any(|w| PACTS.contains(&w)),
    }
}

/// "The ministry agrees the ruling should stand": who agrees now, by himself, that something is so, is bound to nobody.
fn is_of_one_mind(context: &Context, predicate: &Predicate) -> bool {
    let of = context.accounts[predicate.account];
    let one = of.layers.tokens_in(predicate.verb).all(|i| of.word(i) == "agrees");
    let mut object = of.layers.tokens_in(predicate.object).take(NEAR_THAT);
    let begins = object.clone().next().map(|i| of.pos(i));
    let clause = object.any(|i| of.pos(i).is_finite() || of.pos(i) == Pos::MD);
    one && clause && !matches!(begins, Some(Pos::IN | Pos::TO))
}

/// Whether those who agree only judge of others: "Analysts agreed that the state faces hard choices".
fn judges(context: &Context, predicate: &Predicate) -> bool {
    const JUDGING: &[&str] = &[
        "analyst",
        "expert",
        "economist",
        "observer",
        "scientist",
        "pollster",
        "commentator",
        "critic",
        "historian",
    ];
    let of = context.accounts[predicate.account];
    let noun = predicate.subject.and_then(|subject| of.head_noun(subject));
    noun.is_some_and(|noun| JUDGING.contains(&of.lemma_at(noun)))
}

/// What binds several who all accept it.
const PROPOSED: &[&str] = &["proposal", "proposals", "offer", "plan", "terms", "recommendation"];

/// "A truce was agreed by the two sides", "A deal was reached between the firm and the union".
fn made_by(context: &Context, predicate: &Predicate, pair: &[String]) -> Option<Telling> {
    let of = context.accounts[predicate.account];
    let subject = Spot { account: predicate.account, span: predicate.subject? };
    let pact = || of.head_noun(subject.span).is_some_and(|i| PACTS.contains(&of.lemma_at(i)));
    let lemma = predicate.lemma.as_str();
    let makes = lemma == "agree" || MAKING.contains(&lemma) && pact();
    let person = || of.layers.mentions_in(subject.span).any(|m| m.of == EntityKind::Person);
    if !makes
        || predicate.participle
        || predicates::is_relative(of, predicate)
        || lemma == "agree" && person()
    {
        return None;
    }
    let makers = parties::makers(context, predicate)?;
    let parties = match Sides::of(context.text(makers)) {
        Some(Sides::Two) => pair.to_vec(),
        Some(Sides::Many) => Vec::new(),
        None => Some(parties::sharers(context, makers, predicate.verb)).filter(|p| !p.is_empty())?,
    };
    let clause = Spot { span: predicate.clause().cover(makers.span), ..subject };
    let terms = context.terms.at(context.accounts, &context.cast, subject);
    let voice = Voice::at(context, predicate.account, predicate.verb);
    let whole = !wholeness::is_cut(of, clause.span) && !terms.is_empty();
    whole.then_some(Telling { parties, clause, finite: true, terms, voice })
}

/// What several parties settle between them.
const SETTLED: &[&str] =
    &["dispute", "differences", "row", "feud", "strike", "lawsuit", "claim", "claims", "case", "chapters"];

/// Whether the verb makes an agreement only where several do it: a court settles a dispute alone.
fn of_both(predicate: &Predicate) -> bool {
    matches!(predicate.lemma.as_str(), "settle" | "adopt" | "come")
}

/// A clause with the words before it that say whose "their union" is, where it stands at no head of a sentence.
fn from_its_owner(context: &Context, clause: Spot) -> Spot {
    let words = context.text(clause).to_lowercase();
    let owned = ["their ", "its ", "his ", "her "].iter().any(|own| words.starts_with(own));
    let layers = &context.accounts[clause.account].layers;
    let sentence = layers.sentence_at(clause.span.start).map(|i| layers.sentences[i].span);
    let whole =
        sentence.filter(|s| owned && s.contains(clause.span) && layers.tokens_in(*s).len() <= LONGEST_WHOLE);
    let span = whole.map_or(clause.span, |s| Span { start: s.start, end: clause.span.end });
    Spot { span, ..clause }
}

/// The longest sentence, in tokens, that stands whole for an agreement.
const LONGEST_WHOLE: usize = 60;

/// "Under the agreement, wages will rise": what the clause tells was agreed. Gives the words that say so, up to the comma.
fn under_agreement(context: &Context, predicate: &Predicate) -> Option<Span> {
    let of = context.accounts[predicate.account];
    let sentence = &of.layers.sentences[of.layers.sentence_at(predicate.verb.start)?];
    let word = |i: usize| of.word(i);
    let start = sentence.tokens.start;
    let verb = of.layers.tokens_in(predicate.verb).start;
    let binds = predicate.modal.as_deref().is_some_and(|m| matches!(m, "will" | "shall" | "must"));
    if !binds || verb < start + 5 || of.layers.tokens_in(sentence.span).len() > LONGEST_WHOLE {
        return None;
    }
    let comma = (start..verb).find(|i| word(*i) == ",")?;
    let noun = (start + 2..comma.min(start + 4)).find(|i| PACTS.contains(&word(*i)))?;
    let opens = match word(start) {
        "under" => word(start + 1) == "the" && noun == start + 2,
        // "In a deal hammered out with the council": made, and with somebody.
        "in" => word(start + 1) == "a" && (noun + 1..comma).any(|i| word(i) == "with"),
        _ => false,
    };
    let comma = of.layers.tokens[comma].span.start;
    let all = &context.predicates[predicate.account];
    let after = all.get(all.partition_point(|p| p.verb.start < comma)..).unwrap_or_default();
    let first = after.iter().find(|p| p.modal.is_some());
    let named = Span { start: sentence.span.start, end: comma };
    (opens && first.is_some_and(|p| p.verb == predicate.verb)).then_some(named)
}

/// What is made under an agreement that `opening` names: the sentence says it.
fn made_under(context: &Context, predicate: &Predicate, opening: Span) -> Option<Telling> {
    let of = context.accounts[predicate.account];
    let account = predicate.account;
    let sentence = of.layers.sentences[of.layers.sentence_at(predicate.verb.start)?].span;
    let said = of.layers.attributions.iter().flat_map(|a| &a.content).find(|c| c.contains(predicate.verb));
    let said = said.map_or(sentence.end, |c| c.end.min(sentence.end));
    let span = Span { start: sentence.start, end: said.max(predicate.object.end) };
    let mut parties = parties::with_in(context, Spot { account, span: opening });
    // Without a subject it is what stands between the last comma and the verb.
    let behind = Span { start: opening.end, end: predicate.verb.start };
    let comma = of.layers.tokens_in(behind).rfind(|i| of.report.slice(of.layers.tokens[*i].span) == ",");
    let behind = comma.map(|i| Span { start: of.layers.tokens[i].span.end, ..behind });
    if let Some(subject) = predicate.subject.or(behind) {
        parties.extend(predicates::parties(context.accounts, &context.cast, Spot { account, span: subject }));
    }
    parties.sort();
    parties.dedup();
    let told = Span { start: predicate.subject.map_or(predicate.verb.start, |s| s.start), end: span.end };
    let terms = context.terms.at(context.accounts, &context.cast, Spot { account, span: told });
    let clause = Spot { account, span: without_stop(context, Spot { account, span }) };
    let voice = Voice::at(context, account, predicate.verb);
    (!terms.is_empty()).then_some(Telling { parties, clause, finite: true, terms, voice })
}

/// A sentence without the mark that ends it.
fn without_stop(context: &Context, spot: Spot) -> Span {
    let stop = context.text(spot).chars().next_back().filter(|c| matches!(c, '.' | '!' | ','));
    Span { end: spot.span.end - stop.map_or(0, |c| c.len_utf8() as u32), ..spot.span }
}

/// Verbs for what is done already.
const GOING_ON: &[&str] = &["continue", "keep", "go", "proceed", "carry", "remain", "stay"];

/// Within how many words behind "agreed that" the content says so.
const NEAR_THAT: usize = 10;

/// What a content says that binds who agrees to it; without, it is only what they think ("agree that the ice is thin").
const BINDING: &[&str] = &["will", "would", "shall", "should", "must", "not", "to"];

/// Nouns that a list gives what it is about ("agreed to pursue three goals").
const LISTED: &[&str] = &[
    "goals",
    "points",
    "steps",
    "things",
    "issues",
    "principles",
    "measures",
    "priorities",
    "aims",
    "objectives",
    "matters",
    "items",
    "topics",
    "areas",
    "chapters",
];

/// Where the list stands whose head an object is.
enum Listed {
    /// It heads none.
    No,
    /// After a colon.
    Here(Span),
    /// Not in this sentence: then the clause does not say what was agreed.
    Elsewhere,
}

fn list_after(context: &Context, predicate: &Predicate) -> Listed {
    let of = context.accounts[predicate.account];
    let tokens = of.layers.tokens_in(predicate.object);
    let word = |i: usize| of.word(i);
    let is_word = |i: &usize| of.layers.tokens[*i].pos != Pos::Punct;
    let Some(last) = tokens.clone().rev().find(is_word) else { return Listed::No };
    let counted = tokens.clone().any(|i| i + 3 > last && i < last && of.layers.tokens[i].pos == Pos::CD);
    let settled = predicate.lemma == "settle";
    if !settled && (!counted || !LISTED.contains(&word(last))) {
        return Listed::No;
    }
    let Some(sentence) = of.layers.sentence_at(predicate.object.start) else { return Listed::Elsewhere };
    let end = of.layers.sentences[sentence].tokens.end;
    let colon = (last + 1..end).next().filter(|i| word(*i) == ":");
    let rest = colon.and_then(|colon| (colon + 1..end).rev().find(is_word));
    let none = if settled { Listed::No } else { Listed::Elsewhere };
    rest.map_or(none, |to| Listed::Here(of.layers.tokens[last].span.cover(of.layers.tokens[to].span)))
}
