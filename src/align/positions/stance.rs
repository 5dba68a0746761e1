//! What a verb says of what its subject wants.
//!
//! In: a predicate. Out: its [`Stance`]: what it is called in the record, the verb as it reads before the issue, and the
//! words in which the issue stands. It does not know whose it is, nor what it is on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::predicates::Predicate;
use super::super::{Account, Context, Spot};
use crate::annotate::{Pos, lemma};

/// Lemma → stance, and stance when denied.
static STANCES: LazyLock<BTreeMap<&str, [Option<&str>; 2]>> = LazyLock::new(|| {
    let lines = include_str!("../stances.txt").lines().filter(|l| !l.starts_with('#'));
    let known = |stance: &'static str| (stance != "-").then_some(stance);
    let entry = |line: &'static str| {
        let mut columns = line.split_whitespace();
        let (lemma, stance, denied) = (columns.next()?, columns.next()?, columns.next()?);
        Some((lemma, [known(stance), known(denied)]))
    };
    lines.filter_map(entry).collect()
});

/// What a party wants of a matter.
pub struct Stance {
    /// demands, rejects, …
    pub name: &'static str,
    /// The verb as it reads before the issue ("calls", "would support"), where nobody denies it.
    pub verb: Option<String>,
    /// The tokens among which the issue stands.
    pub object: Range<usize>,
    /// Whether the first word of `object` belongs to the verb: "calls for", "insists on".
    pub particle: bool,
    /// Whether `verb` says all that stands before the issue.
    pub whole: bool,
}

/// The stance of a predicate.
pub fn of(context: &Context, predicate: &Predicate) -> Option<Stance> {
    let words = Words { of: context.accounts[predicate.account], predicate };
    let told = words.announced().or_else(|| words.resolved()).or_else(|| words.refused());
    let told =
        told.or_else(|| words.plain(context)).or_else(|| words.exchanged()).or_else(|| words.renewed());
    told.or_else(|| words.answered()).or_else(|| words.voiced())
}

/// Verbs that work against a matter, where somebody says that he will do it.
const RESISTING: &[&str] =
    &["block", "veto", "boycott", "resist", "fight", "oppose", "reject", "vote against", "campaign against"];

/// Verbs before an infinitive that say what their subject has made up its mind to do.
const RESOLVING: &[&str] = &["threaten", "vow", "vote", "pledge", "promise", "decide", "plan", "intend"];

/// What one refuses by not doing it: "would not sit in a cabinet", "will not sign".
const REFUSED: &[&str] = &[
    "sit",
    "join",
    "sign",
    "negotiate",
    "govern",
    "withdraw",
    "cede",
    "agree",
    "lift",
    "pay",
    "resign",
    "step down",
    "stand down",
    "quit",
    "attend",
    "allow",
    "release",
    "hand over",
    "sell",
    "pull out",
];

/// What a verb says in the passive with "by" of whom that names: "was rejected by the union".
pub fn suffered(predicate: &Predicate) -> Option<(&'static str, String)> {
    let sides = ["supports", "opposes", "rejects", "accepts", "demands"];
    let [stance, _] = *STANCES.get(predicate.lemma.replace(' ', "-").as_str())?;
    let stance = stance.filter(|stance| sides.contains(stance))?;
    let plain = !matches!(
        predicate.lemma.as_str(),
        "require"
            | "want"
            | "decline"
            | "refuse"
            | "urge"
            | "dismiss"
            | "accept"
            | "recognise"
            | "recognize"
            | "tolerate"
    );
    plain.then(|| (stance, third_person(&predicate.lemma)))
}

struct Words<'a> {
    of: &'a Account,
    predicate: &'a Predicate,
}

impl Words<'_> {
    fn object(&self) -> Range<usize> {
        self.of.layers.tokens_in(self.predicate.object)
    }

    /// "will" or "would", where the subject says that it will do something.
    fn will(&self) -> Option<&'static str> {
        match self.predicate.modal.as_deref()? {
            "will" | "shall" | "’ll" | "'ll" | "wo" => Some("will"),
            "would" | "’d" => Some("would"),
            _ => None,
        }
    }

    /// "would boycott the summit", "will vote against the bill".
    fn announced(&self) -> Option<Stance> {
        let will = self.will().filter(|_| !self.predicate.negated && !self.predicate.passive)?;
        let object = self.object();
        let first = object.clone().next().map(|i| self.of.word(i)).unwrap_or_default();
        let lemma = self.predicate.lemma.as_str();
        let with_particle = format!("{lemma} {first}");
        let particle = RESISTING.contains(&with_particle.as_str());
        let matter = object.start + usize::from(particle);
        let phrase = matter < object.end && (self.is_of_phrase(matter) || self.of.pos(matter) == Pos::VBG);
        if !phrase || !particle && !RESISTING.contains(&lemma) {
            return None;
        }
        let verb = if particle { with_particle } else { lemma.to_owned() };
        Some(Stance {
            name: if lemma == "reject" { "rejects" } else { "opposes" },
            verb: Some(format!("{will} {verb}")),
            object: object.start + usize::from(particle)..object.end,
            particle,
            whole: true,
        })
    }

    /// "threatened to block the sale", "voted to oppose the closure": the second verb says what is wanted.
    fn resolved(&self) -> Option<Stance> {
        let object = self.object();
        let (to, verb) = (object.start, object.start + 1);
        let infinitive = verb < object.end && self.of.word(to) == "to" && self.of.pos(verb) == Pos::VB;
        let resolves = RESOLVING.contains(&self.predicate.lemma.as_str());
        if !infinitive || !resolves || self.predicate.negated || self.predicate.passive {
            return None;
        }
        let base = lemma(self.of.word(verb), Pos::VB).to_lowercase();
        let next = if verb + 1 < object.end { self.of.word(verb + 1) } else { "" };
        let with_particle = format!("{base} {next}");
        let resists = |verb: &str| RESISTING.contains(&verb) && verb != "reject";
        let adjective = |verb: &str| matches!(verb, "open" | "ready" | "willing" | "prepared");
        let known = |verb: &str| {
            let stances = STANCES.get(verb.replace(' ', "-").as_str()).filter(|_| !adjective(verb));
            stances.and_then(|stances| stances[0])
        };
        let takes_sides = |name: &&str| matches!(*name, "opposes" | "supports" | "rejects" | "accepts");
        let inner = [(&with_particle, 1), (&base, 0)].into_iter().find_map(|(verb, more)| {
            let name = if resists(verb) { Some("opposes") } else { known(verb).filter(takes_sides) };
            Some((name?, verb, more))
        });
        let (name, inner, more) = inner?;
        Some(Stance {
            name,
            verb: Some(format!("{} to {inner}", third_person(&self.predicate.lemma))),
            object: verb + 1 + more..object.end,
            particle: more > 0,
            whole: true,
        })
    }

    /// "would not sit in a cabinet that …": who will not do it refuses.
    fn refused(&self) -> Option<Stance> {
        let will = self.will().filter(|_| self.predicate.negated && !self.predicate.passive)?;
        let verb = self.of.layers.tokens_in(self.predicate.verb).rfind(|i| self.of.pos(*i) == Pos::VB)?;
        // "will not hear of a merger"
        let object = self.object();
        let of =
            self.predicate.lemma == "hear" && object.clone().next().is_some_and(|i| self.of.word(i) == "of");
        if of && object.len() > 1 {
            let verb = Some(format!("{will} not hear of"));
            let object = object.start + 1..object.end;
            return Some(Stance { name: "rejects", verb, object, particle: true, whole: true });
        }
        REFUSED.contains(&self.predicate.lemma.as_str()).then(|| Stance {
            name: "rejects",
            verb: Some(format!("{will} not")),
            object: verb..self.object().end.max(verb + 1),
            particle: false,
            whole: true,
        })
    }

    /// The stance that the verb has by itself, or with the preposition after it.
    fn plain(&self, context: &Context) -> Option<Stance> {
        let object = self.object();
        let nth = |n: usize| (object.start + n < object.end).then(|| self.of.word(object.start + n));
        let first = nth(0).unwrap_or_default();
        let lemma = self.predicate.lemma.as_str();
        let favours = lemma == "be"
            && first == "in"
            && nth(1).is_some_and(|w| matches!(w, "favour" | "favor"))
            && nth(2).is_some_and(|w| w == "of");
        let key = lemma.replace(' ', "-");
        let with_particle = if favours { "be-in-favour-of".to_owned() } else { format!("{lemma}-{first}") };
        let state =
            is_state(context, self.predicate).then(|| STANCES.get(last_word(context, self.predicate)));
        let state = state.flatten();
        let particle = STANCES.get(with_particle.as_str()).filter(|_| state.is_none());
        let [stance, denied] = *state.or(particle).or_else(|| STANCES.get(key.as_str()))?;
        let state_of_mind = matches!(lemma, "open" | "ready" | "willing" | "prepared");
        // "prepared for the strike to drag on"
        if lemma == "prepared" && first == "for" {
            return None;
        }
        // "has not recognised the Front": what was not done is not refused yet.
        if self.predicate.negated && self.is_perfect() {
            return None;
        }
        if lemma == "exclude" && !matches!(first, "any" | "all" | "every")
            || lemma == "hail" && !self.is_hailed_as()
            || lemma == "ready" && first == "for" && !self.is_for_talks()
        {
            return None;
        }
        if lemma == "open" && !self.is_predicative()
            || self.is_admission()
            || !self.asks_somebody(&with_particle)
        {
            return None;
        }
        // "put forward an amendment": its adverb is no part of what is put forward.
        let forward = particle.is_some() && first == "forward";
        let skipped = if favours { 3 } else { usize::from(forward) };
        let object = object.start + skipped..object.end;
        let (particle, whole) = (particle.is_some(), favours || forward);
        if self.predicate.negated {
            return denied.map(|name| Stance { name, verb: None, object, particle, whole: true });
        }
        let verb = self.of.layers.tokens_in(self.predicate.verb).next_back();
        // "Norway demands/NNS", "ruled out/RP".
        let acts = |i: usize| self.of.pos(i).is_verb() || matches!(self.of.pos(i), Pos::NNS | Pos::RP);
        let is_verb = verb.is_some_and(acts) && state.is_none() && !state_of_mind;
        let verb = match (favours, self.will()) {
            (true, _) => Some("is in favour of".to_owned()),
            (_, Some(will)) if is_verb => Some(format!("{will} {lemma}")),
            _ if forward => Some(format!("{} forward", third_person(lemma))),
            _ => is_verb.then(|| third_person(lemma)),
        };
        Some(Stance { name: stance?, verb, object, particle, whole })
    }

    /// Whether "has", "have" or "had" opens the verb.
    fn is_perfect(&self) -> bool {
        let mut verb = self.of.layers.tokens_in(self.predicate.verb);
        verb.next().is_some_and(|i| matches!(self.of.word(i), "has" | "have" | "had"))
    }

    /// "hailed the truce as a victory", not "hailed a taxi".
    fn is_hailed_as(&self) -> bool {
        let mut object = self.object();
        let definite = object.clone().next().is_some_and(|i| matches!(self.of.word(i), "the" | "this"));
        definite && object.any(|i| self.of.word(i) == "as")
    }

    /// "ready for talks", not "ready for the winter".
    fn is_for_talks(&self) -> bool {
        const TALKS: &[&str] = &[
            "talk",
            "negotiation",
            "mediation",
            "dialogue",
            "discussion",
            "compromise",
            "arbitration",
            "truce",
            "ceasefire",
            "peace",
        ];
        self.object().take(4).any(|i| TALKS.contains(&self.of.lemma_at(i)))
    }

    /// "said no to the merger", "says yes to talks".
    fn answered(&self) -> Option<Stance> {
        let object = self.object();
        let word = |n: usize| (object.start + n < object.end).then(|| self.of.word(object.start + n));
        let says = self.predicate.lemma == "say" && !self.predicate.negated && !self.predicate.passive;
        let (answer, to) = (word(0)?, word(1)?);
        let name = match answer {
            "no" => "rejects",
            "yes" => "accepts",
            _ => return None,
        };
        let verb = Some(format!("says {answer} to"));
        let comma = object.clone().find(|i| self.of.word(*i) == ",");
        let object = object.start..comma.unwrap_or(object.end);
        let phrase = object.start + 2 < object.end && self.is_of_phrase(object.start + 2);
        (says && to == "to" && phrase && self.predicate.modal.is_none()).then(|| Stance {
            name,
            verb,
            object: object.start + 2..object.end,
            particle: true,
            whole: true,
        })
    }

    /// "expressed support for the merger", "voiced its opposition to the dam": the noun says which side is taken.
    fn voiced(&self) -> Option<Stance> {
        const VOICING: &[&str] = &["express", "voice", "declare", "announce", "pledge", "signal", "state"];
        let object = self.object();
        // Who "had long voiced support" may not give it any more.
        let had =
            self.of.layers.tokens_in(self.predicate.verb).next().is_some_and(|i| self.of.word(i) == "had");
        let voices = VOICING.contains(&self.predicate.lemma.as_str()) && !had;
        let plain =
            voices && !self.predicate.negated && !self.predicate.passive && self.predicate.modal.is_none();
        let noun =
            object.clone().find(|i| self.of.pos(*i).is_noun()).filter(|i| *i < object.start + 3 && plain)?;
        let join = (noun + 1 < object.end).then(|| self.of.word(noun + 1))?;
        let (name, verb) = match (self.of.word(noun), join) {
            ("support" | "backing", "for") => ("supports", "supports"),
            ("opposition" | "resistance", "to") => ("opposes", "opposes"),
            _ => return None,
        };
        let whose = |i: usize| {
            self.of.pos(i) == Pos::PRPS || matches!(self.of.word(i), "full" | "strong" | "firm" | "clear")
        };
        (object.start..noun).all(whose).then(|| Stance {
            name,
            verb: Some(verb.to_owned()),
            object: noun + 2..object.end,
            particle: true,
            whole: true,
        })
    }

    /// "would free the captives in return for fuel": what is said to be done for something is an offer.
    fn exchanged(&self) -> Option<Stance> {
        let will = self.will().filter(|_| !self.predicate.negated && !self.predicate.passive)?;
        let gains = ["get", "receive", "gain", "obtain", "earn", "win", "be", "have", "take"];
        let object = self.object();
        let verb = self.of.layers.tokens_in(self.predicate.verb).rfind(|i| self.of.pos(*i) == Pos::VB)?;
        let text = object.clone().map(|i| self.of.word(i)).collect::<Vec<_>>().join(" ");
        let swaps = [" in return for ", " in exchange for "].iter().any(|words| text.contains(words));
        (swaps && !gains.contains(&self.predicate.lemma.as_str())).then(|| Stance {
            name: "offers",
            verb: Some(will.to_owned()),
            object: verb..object.end,
            particle: false,
            whole: true,
        })
    }

    /// "renewed his call for a vote": the noun says what is wanted.
    fn renewed(&self) -> Option<Stance> {
        let lemma = self.predicate.lemma.as_str();
        let object = self.object();
        // "stuck to its demand for a vote", "stood by its call for a vote"
        let keeps = object.clone().next().is_some_and(|i| match self.of.word(i) {
            "to" => ["stick", "stuck", "cling", "hold"].contains(&lemma),
            "by" => lemma == "stand",
            "on" => lemma == "insist",
            _ => false,
        });
        let again = ["renew", "repeat", "reiterate", "maintain"].contains(&lemma) || keeps;
        let object = object.start + usize::from(keeps)..object.end;
        let word = |n: usize| (object.start + n < object.end).then(|| self.of.word(object.start + n));
        let own = matches!(word(0)?, "his" | "her" | "its" | "their" | "a");
        let calls = matches!(word(1)?, "call" | "calls" | "demand" | "demands");
        let plain = again && !self.predicate.negated && !self.predicate.passive;
        (plain && own && calls && word(2)? == "for").then(|| Stance {
            name: "demands",
            verb: Some("calls for".to_owned()),
            object: object.start + 3..object.end,
            particle: false,
            whole: true,
        })
    }

    /// Whether an adjective stands behind a form of "be": "is open to talks", not "opened the bridge".
    fn is_predicative(&self) -> bool {
        let mut words = self.of.layers.tokens_in(self.predicate.verb).map(|i| self.of.word(i));
        words.any(|w| matches!(w, "is" | "are" | "was" | "were" | "be" | "been" | "’s" | "'s" | "’re"))
    }

    /// "accepted that the ship was overloaded": what is admitted is no matter on which somebody takes a stance.
    fn is_admission(&self) -> bool {
        let object = self.object();
        let admits = ["accept", "recognise", "recognize", "concede"].contains(&self.predicate.lemma.as_str());
        let begins =
            object.start + usize::from(object.clone().next().is_some_and(|i| self.of.word(i) == "that"));
        let of_phrase = |i: usize| self.is_of_phrase(i) || self.of.pos(i) == Pos::POS;
        let pronoun = usize::from(begins < object.end && self.of.pos(begins) == Pos::PRP);
        let verb = (begins + pronoun..object.end).find(|i| pronoun > 0 || !of_phrase(*i));
        let finite = verb.is_some_and(|i| i > begins && self.of.pos(i).is_finite());
        let clause = begins > object.start || finite;
        let asked = object.clone().any(|i| matches!(self.of.word(i), "should" | "must"));
        admits && clause && !asked
    }

    /// Of what is asked for: whether the words say whom, and what he is to do ("asked the league to suspend the final").
    fn asks_somebody(&self, with_particle: &str) -> bool {
        if self.predicate.lemma == "ask" && with_particle != "ask-for" {
            let object = self.object();
            return object.clone().next().is_some_and(|i| self.is_of_phrase(i))
                && self.has_infinitive(object);
        }
        !matches!(with_particle, "call-on" | "appeal-to") || self.has_infinitive(self.object())
    }

    fn is_of_phrase(&self, i: usize) -> bool {
        let pos = self.of.pos(i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD)
    }

    /// Whether "to" with a verb stands behind a noun.
    fn has_infinitive(&self, object: Range<usize>) -> bool {
        let noun = object.clone().find(|i| self.of.pos(*i).is_noun());
        let Some(noun) = noun else { return false };
        let asks = |i: usize| matches!(self.of.word(i), "whether" | "if" | "how" | "why" | "what" | "when");
        let mut rest = noun + 1..object.end.saturating_sub(1);
        rest.find(|i| asks(*i) || self.of.word(*i) == "to" && self.of.pos(i + 1) == Pos::VB)
            .is_some_and(|i| !asks(i))
    }
}

/// Whether what looks like a passive is a state of mind ("is prepared to", "was opposed to").
pub fn is_state(context: &Context, predicate: &Predicate) -> bool {
    predicate.passive && matches!(last_word(context, predicate), "prepared" | "opposed")
}

fn last_word<'a>(context: &'a Context, predicate: &Predicate) -> &'a str {
    let verb = Spot { account: predicate.account, span: predicate.verb };
    context.text(verb).split_whitespace().next_back().unwrap_or_default()
}

/// The verb that `words` begin with in the third person: "call for" → "calls for".
fn third_person(words: &str) -> String {
    let (verb, rest) =
        words.split_once(' ').map_or((words, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    let vowel_before = |c: char| verb.trim_end_matches(c).ends_with(['a', 'e', 'i', 'o', 'u']);
    let ending = match verb {
        "be" => return format!("is{rest}"),
        v if v.ends_with('y') && !vowel_before('y') => return format!("{}ies{rest}", &v[..v.len() - 1]),
        v if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| v.ends_with(end)) => "es",
        _ => "s",
    };
    format!("{verb}{ending}{rest}")
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
            ("be", "is"),
        ] {
            assert_eq!(third_person(verb), third);
        }
    }
}
