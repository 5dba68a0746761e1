//! How it came out for somebody or something, where two reports tell the opposite.
//!
//! In: the predicates. Out: differences of the kind `status`: one report says that somebody survived, was convicted, has
//! resigned or will appeal, and another that the same somebody was killed, was acquitted, has not resigned or will not
//! appeal. It compares only what is said of the same subject and the same object as a fact or a firm plan, and does not
//! know which report is right.

use std::collections::{BTreeMap, BTreeSet};

use super::super::predicates::{self, Predicate};
use super::super::terms::TermSet;
use super::super::{Account, Context, Spot};
use super::words::{Subject, subject, terms_without_places};
use super::{Found, heading, in_order_of_time, one_after_another, readings};

/// How alike the objects must be where both have one.
const ALIKE: f64 = 0.7;

/// How alike they must be of how somebody votes, who may vote on much.
const ALIKE_BALLOTS: f64 = 0.5;

/// With how many outcomes of one matter each is compared; it bounds the cost of a story.
const MOST_OF_ONE: usize = 100;

/// Lemmas → the matter that they decide, and how.
const OUTCOMES: &[Entry] = &[
    Entry { lemma: "survive", voice: Voice::Active, matter: "life", value: "survived" },
    Entry { lemma: "kill", voice: Voice::Passive, matter: "life", value: "was killed" },
    Entry { lemma: "die", voice: Voice::Active, matter: "life", value: "died" },
    Entry { lemma: "convict", voice: Voice::Passive, matter: "verdict", value: "convicted" },
    Entry { lemma: "acquit", voice: Voice::Passive, matter: "verdict", value: "acquitted" },
    Entry { lemma: "approve", voice: Voice::Active, matter: "decision", value: "approved" },
    Entry { lemma: "pass", voice: Voice::Active, matter: "decision", value: "passed" },
    Entry { lemma: "adopt", voice: Voice::Active, matter: "decision", value: "adopted" },
    Entry { lemma: "reject", voice: Voice::Active, matter: "decision", value: "rejected" },
    Entry { lemma: "vote down", voice: Voice::Active, matter: "decision", value: "rejected" },
    Entry { lemma: "approve", voice: Voice::Passive, matter: "fate of a bill", value: "approved" },
    Entry { lemma: "pass", voice: Voice::Passive, matter: "fate of a bill", value: "passed" },
    Entry { lemma: "adopt", voice: Voice::Passive, matter: "fate of a bill", value: "adopted" },
    Entry { lemma: "reject", voice: Voice::Passive, matter: "fate of a bill", value: "rejected" },
    Entry { lemma: "open", voice: Voice::State, matter: "access", value: "open" },
    Entry { lemma: "reopen", voice: Voice::Active, matter: "access", value: "reopened" },
    Entry { lemma: "reopen", voice: Voice::Passive, matter: "access", value: "reopened" },
    Entry { lemma: "closed", voice: Voice::State, matter: "access", value: "closed" },
];

/// Values of one matter that are the same.
const SAME: &[(&str, &str)] = &[
    ("was killed", "died"),
    ("approved", "passed"),
    ("approved", "adopted"),
    ("passed", "adopted"),
    ("open", "reopened"),
];

/// What somebody does or does not do, once: a denial of these is news.
const DEEDS: &[&str] = &[
    "resign",
    "appeal",
    "attend",
    "testify",
    "withdraw",
    "step down",
    "stand down",
    "participate",
    "extradite",
    "surrender",
    "apologise",
    "apologize",
    "boycott",
    "publish",
    "return",
    "extend",
    "join",
];

/// What is or is not done to somebody or something, once.
const DONE_TO: &[&str] = &[
    "send",
    "publish",
    "release",
    "extradite",
    "deport",
    "charge",
    "submit",
    "pay",
    "sell",
    "dissolve",
    "extend",
    "prosecute",
    "reinstate",
    "broadcast",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    Active,
    Passive,
    /// "is open", "remains closed".
    State,
}

struct Entry {
    lemma: &'static str,
    voice: Voice,
    matter: &'static str,
    value: &'static str,
}

/// What a clause says of how something came out.
#[derive(Debug)]
struct Outcome {
    account: usize,
    matter: String,
    value: String,
    subject: Subject,
    object: TermSet,
    clause: Spot,
}

/// The differences in outcome.
pub(super) fn find(context: &Context) -> Vec<Found> {
    let mut by_matter: BTreeMap<String, Vec<Outcome>> = BTreeMap::new();
    for outcome in context.predicates.iter().flatten().filter_map(|p| outcome(context, p)) {
        by_matter.entry(outcome.matter.clone()).or_default().push(outcome);
    }
    by_matter.values_mut().for_each(|outcomes| outcomes.truncate(MOST_OF_ONE));
    by_matter.values().flat_map(|outcomes| of_matter(context, outcomes)).collect()
}

/// The outcomes of one subject together, where they are opposed and no report has two of them.
fn of_matter(context: &Context, outcomes: &[Outcome]) -> Vec<Found> {
    let mut groups: Vec<Vec<&Outcome>> = Vec::new();
    for outcome in outcomes {
        match groups.iter_mut().find(|group| group.iter().all(|o| same(context, o, outcome))) {
            Some(group) => group.push(outcome),
            None => groups.push(vec![outcome]),
        }
    }
    groups.iter().filter_map(|group| difference(context, group)).collect()
}

fn same(context: &Context, a: &Outcome, b: &Outcome) -> bool {
    let alike = || context.terms.similarity(&a.object, &b.object);
    if a.matter == BALLOT {
        return alike() >= ALIKE_BALLOTS && a.subject.is(&b.subject, context);
    }
    let objects = matches!(a.matter.as_str(), "life" | "access")
        || a.object.is_empty() && b.object.is_empty()
        || alike() >= ALIKE
        || a.matter != "decision" && (a.object.is_empty() || b.object.is_empty());
    objects && a.subject.is(&b.subject, context)
}

fn opposed(a: &Outcome, b: &Outcome) -> bool {
    let same = |x: &str, y: &str| SAME.contains(&(x, y)) || SAME.contains(&(y, x));
    a.value != b.value && !same(&a.value, &b.value)
}

fn difference(context: &Context, group: &[&Outcome]) -> Option<Found> {
    let torn: BTreeSet<usize> = group
        .iter()
        .filter(|a| group.iter().any(|b| a.account == b.account && opposed(a, b)))
        .map(|o| o.account)
        .collect();
    let clear: Vec<&&Outcome> = group.iter().filter(|o| !torn.contains(&o.account)).collect();
    let first = clear.first().filter(|a| clear.iter().any(|b| opposed(a, b)))?;
    let offered = clear.iter().any(|o| o.value == OFFERED);
    let readings = readings(clear.iter().map(|o| (o.value.clone(), o.clause)));
    let develops = one_after_another(context, &readings);
    // What was shut and opens later, or was not done and is done later, is no difference at all.
    if develops && (first.matter == "access" || first.matter.starts_with("to ") && !offered) {
        return None;
    }
    // Somebody may have changed his mind, or have died since; nothing says so.
    let settled = matches!(first.matter.as_str(), "verdict" | "decision" | "fate of a bill");
    let open = offered || develops && !settled;
    Some(Found {
        kind: "status",
        about: heading(context, first.clause),
        compatible: (!open).then_some(false),
        over_time: false,
        readings: in_order_of_time(context, readings),
    })
}

/// A resignation that is only offered.
const OFFERED: &str = "offered to resign";

/// What a predicate that states a fact or a firm plan says of how something came out.
fn outcome(context: &Context, predicate: &Predicate) -> Option<Outcome> {
    let plain = predicate.modal.is_none();
    let firm = predicate.modal.as_deref().is_none_or(|m| matches!(m, "will" | "would"));
    if predicate.conditional || predicate.quoted || predicate.participle || !firm {
        return None;
    }
    let of = context.accounts[predicate.account];
    if is_subordinate(of, predicate) || predicates::is_denied(of, predicate) {
        return None;
    }
    let decided = decided(of, predicate).filter(|_| plain).or_else(|| ballot(of, predicate));
    let (matter, value) = decided.or_else(|| deed(of, predicate))?;
    let clause = Spot { account: predicate.account, span: predicate.clause() };
    let object = Spot { account: predicate.account, span: predicate.object };
    Some(Outcome {
        account: predicate.account,
        matter,
        value,
        subject: subject(context, predicate)?,
        object: terms_without_places(context, object),
        clause,
    })
}

/// Whether a word that makes a condition or a time of the clause opens it ("before he resigned").
fn is_subordinate(of: &Account, predicate: &Predicate) -> bool {
    let start = of.layers.tokens_in(predicate.clause()).start;
    let before = start.checked_sub(1).map(|i| of.word(i)).unwrap_or_default();
    matches!(before, "before" | "until" | "till" | "if" | "unless" | "whether" | "once" | "or" | "when")
}

/// What the verb decides by itself. What is denied decides nothing: it may be open.
fn decided(of: &Account, predicate: &Predicate) -> Option<(String, String)> {
    if predicate.negated {
        return None;
    }
    let (word, voice) = state(of, predicate).unwrap_or_else(|| {
        let voice = if predicate.passive { Voice::Passive } else { Voice::Active };
        (predicate.lemma.clone(), voice)
    });
    let entry = OUTCOMES.iter().find(|e| word == e.lemma && e.voice == voice)?;
    Some((entry.matter.to_owned(), entry.value.to_owned()))
}

/// Where a verb of being says it: "is open", "remains closed", and "was acquitted", of which a tagger may make an adjective.
fn state(of: &Account, predicate: &Predicate) -> Option<(String, Voice)> {
    let stays = matches!(predicate.lemma.as_str(), "remain" | "stay");
    let word = match stays {
        true => of.word(of.layers.tokens_in(predicate.object).find(|i| of.word(*i) != "still")?),
        false => predicate.lemma.as_str(),
    };
    match word {
        "open" | "closed" | "close" | "shut" if stays || is_being(of, predicate) => {
            let open = word == "open";
            Some(((if open { word } else { "closed" }).to_owned(), Voice::State))
        }
        "acquitted" => Some(("acquit".to_owned(), Voice::Passive)),
        "find" | "found" if predicate.passive || is_being(of, predicate) => found_guilty(of, predicate),
        "convicted" => Some(("convict".to_owned(), Voice::Passive)),
        _ => None,
    }
}

/// "was found guilty", "was found not guilty".
fn found_guilty(of: &Account, predicate: &Predicate) -> Option<(String, Voice)> {
    let mut words = of.layers.tokens_in(predicate.object).map(|i| of.word(i));
    let first = words.next()?;
    let verdict = match first {
        "guilty" => "convict",
        "not" if words.next()? == "guilty" => "acquit",
        _ => return None,
    };
    Some((verdict.to_owned(), Voice::Passive))
}

fn is_being(of: &Account, predicate: &Predicate) -> bool {
    of.layers.tokens_in(predicate.verb).any(|i| matches!(of.word(i), "is" | "are"))
}

/// How somebody votes.
const BALLOT: &str = "ballot";

/// Whether somebody votes for something, against it or not at all.
fn ballot(of: &Account, predicate: &Predicate) -> Option<(String, String)> {
    let mut words = of.layers.tokens_in(predicate.object).map(|i| of.word(i));
    let value = match (predicate.lemma.as_str(), words.next()?) {
        ("abstain", _) => "abstain",
        ("vote", "against") => "vote against",
        ("vote", "for") => "vote for",
        ("vote", "in") if matches!(words.next()?, "favour" | "favor") => "vote for",
        _ => return None,
    };
    (!predicate.negated && !predicate.passive).then(|| (BALLOT.to_owned(), value.to_owned()))
}

/// Verbs for giving up an office, which are one deed.
const RESIGNING: &[&str] = &["resign", "quit", "step down", "stand down"];

/// Whether somebody does or does not do a thing that is done once, or has offered to.
fn deed(of: &Account, predicate: &Predicate) -> Option<(String, String)> {
    let offers = matches!(predicate.lemma.as_str(), "offer" | "tender" | "submit");
    let resigns = || of.layers.tokens_in(predicate.object).take(3).any(|i| of.word(i) == "resignation");
    if offers && !predicate.negated && predicate.modal.is_none() && resigns() {
        return Some(("to resign".to_owned(), OFFERED.to_owned()));
    }
    let done = of.layers.tokens_in(predicate.verb).any(|i| matches!(of.word(i), "has" | "have"));
    let list = if predicate.passive { DONE_TO } else { DEEDS };
    let resigns = !predicate.passive && RESIGNING.contains(&predicate.lemma.as_str());
    let lemma = if resigns { "resign" } else { predicate.lemma.as_str() };
    if predicate.present && !done || !list.contains(&lemma) {
        return None;
    }
    let will = if predicate.modal.is_some() { "will" } else { "to" };
    let voice = if predicate.passive { "be " } else { "" };
    let matter = format!("{will} {voice}{lemma}");
    let participle = of.layers.tokens_in(predicate.verb).next_back().filter(|_| predicate.passive);
    let value = participle.map_or_else(|| lemma.to_owned(), |i| of.word(i).to_owned());
    Some((matter, if predicate.negated { format!("not {value}") } else { value }))
}
