//! Verbs by which somebody with a will is known.
//!
//! In: a verb with its auxiliaries and what follows it. Out: whether only a person, a body or a country does it, or suffers it: "hired",
//! "will close its mills", "was fined". It does not know who does it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::annotate::{Annotations, Pos, VerbGroup, lemma};
use crate::report::Report;

/// What verbs say of their subject.
struct Deeds {
    /// Only somebody with a will does it: "promise", "hire".
    willed: BTreeSet<&'static str>,
    /// So it is where something is counted or owned that it is done to: "run 120 buses", "close its mills".
    owned: BTreeSet<&'static str>,
    /// Only somebody suffers it: "was fined".
    suffered: BTreeSet<&'static str>,
}

static DEEDS: LazyLock<Deeds> = LazyLock::new(|| {
    let lines = || include_str!("deeds.txt").lines().filter(|line| !line.starts_with('#'));
    let of = |kind: &str| {
        let words = lines().filter_map(|line| line.split_once(' ')).filter(|(of, _)| *of == kind);
        words.flat_map(|(_, verbs)| verbs.split_whitespace()).collect()
    };
    Deeds { willed: of("willed"), owned: of("owned"), suffered: of("suffered") }
});

/// Whom or what only a body has.
const OF_BODIES: &[&str] = &[
    "member",
    "employee",
    "worker",
    "staff",
    "customer",
    "subscriber",
    "shareholder",
    "creditor",
    "supporter",
    "inspector",
    "officer",
    "delegate",
    "seat",
    "office",
    "branch",
];

impl Annotations {
    /// Whether only somebody with a will does, or suffers, what the verb says.
    pub(crate) fn is_willed(&self, report: &Report, group: &VerbGroup) -> bool {
        let clause = Clause { layers: self, report };
        let verb = clause.lemma(group.head);
        if group.passive {
            DEEDS.suffered.contains(verb.as_str())
        } else {
            clause.is_willed(&verb, group.head + 1)
        }
    }
}

/// The words of a report.
pub(super) struct Clause<'a> {
    pub layers: &'a Annotations,
    pub report: &'a Report,
}

impl Clause<'_> {
    /// The word at token `i`, in lower case; empty behind the last.
    pub fn word(&self, i: usize) -> String {
        self.layers.tokens.get(i).map_or_else(String::new, |t| self.report.slice(t.span).to_lowercase())
    }

    /// Its part of speech; a mark behind the last.
    pub fn pos(&self, i: usize) -> Pos {
        self.layers.tokens.get(i).map_or(Pos::Punct, |t| t.pos)
    }

    /// Whether it is part of a time.
    pub fn in_time(&self, i: usize) -> bool {
        self.layers.tokens.get(i).is_some_and(|t| self.layers.time_at(t.span.start))
    }

    /// Its dictionary form.
    pub fn lemma(&self, i: usize) -> String {
        lemma(&self.word(i), self.pos(i)).to_lowercase()
    }

    /// Whether `verb`, with what stands from `next` on, is done by somebody with a will.
    fn is_willed(&self, verb: &str, next: usize) -> bool {
        match verb {
            "have" => self.is_of_body(next),
            "call" => matches!(self.word(next).as_str(), "for" | "on"),
            // "It pays off"
            "pay" => !matches!(self.word(next).as_str(), "off" | "to"),
            // "It meets on Thursday", but not "It meets the standard".
            "meet" => self.in_time(next) || self.pos(next) == Pos::IN && self.in_time(next + 1),
            verb => {
                let owned = || self.is_counted_or_owned(next) || self.is_of_body(next);
                DEEDS.willed.contains(verb) || DEEDS.owned.contains(verb) && owned()
            }
        }
    }

    /// "has 1,900 employees", "has until May 3 to appeal": whether the words from `object` on are of people, whom only a body has.
    fn is_of_body(&self, object: usize) -> bool {
        let mut counted = (object..object + 4).take_while(|i| self.pos(*i) != Pos::Punct);
        self.word(object) == "until" || counted.any(|i| OF_BODIES.contains(&self.lemma(i).as_str()))
    }

    fn is_counted_or_owned(&self, object: usize) -> bool {
        match self.pos(object) {
            Pos::CD => !self.in_time(object),
            Pos::PRPS => matches!(self.word(object).as_str(), "its" | "their"),
            _ => false,
        }
    }
}
