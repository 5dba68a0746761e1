//! What a sentence states itself beside what it gives to somebody.
//!
//! In: a sentence with the parts of its attributions. Out: the clause that is the reporter's own, where one stands around
//! them: "The court fined the bank" of "The court fined the bank, saying that it had lied", "The minister resigned" of
//! "Hours after she told lawmakers that …, the minister resigned". It does not know what the contents state.

use std::ops::Range;

use super::Account;
use super::predicates::{self, Predicate};
use crate::annotate::{Pos, Sentence};
use crate::span::Span;

/// How many of a sentence's verbs are looked at for that of its main clause.
const FIRST: usize = 6;

/// Within how many words from its verb the noun of an object is looked for.
const NEAR_OBJECT: usize = 7;

/// How many words before "after" say how long after: "barely two and a half hours after".
const LONGEST_LAPSE: usize = 7;

/// Verbs of clauses that only lead to what is said, or say what else somebody said of it: "spoke to reporters on Tuesday,
/// saying that …".
const LEADING: &[&str] = &[
    "speak",
    "talk",
    "respond",
    "react",
    "reply",
    "answer",
    "comment",
    "write",
    "tweet",
    "post",
    "appear",
    "address",
    "testify",
    "come",
    "follow",
    "go",
    "say",
    "tell",
    "add",
    "note",
    "argue",
    "conclude",
    "insist",
    "lash",
    "weigh",
    "chime",
    "double",
    "explain",
    "remark",
    "state",
    "sound",
    "cite",
    "quote",
    "echo",
    "celebrate",
    "be",
];

/// Verbs that with "back" only answer.
const ANSWERING: &[&str] =
    &["hit", "push", "fire", "fight", "strike", "shoot", "write", "call", "snap", "punch"];

/// Verbs that leave it to their object to say what is done, and such objects as are nothing but words.
const GIVING: &[&str] =
    &["make", "deliver", "give", "offer", "take", "issue", "release", "hold", "open", "begin"];
const WORDS: &[&str] = &[
    "remarks",
    "remark",
    "comments",
    "comment",
    "statement",
    "statements",
    "announcement",
    "argument",
    "case",
    "point",
    "speech",
    "address",
    "claim",
    "claims",
    "interview",
    "twitter",
    "details",
    "assessment",
];

/// Conjunctions that put a clause under another.
const SUBORDINATING: &[&str] = &[
    "after", "as", "when", "while", "because", "although", "though", "since", "before", "once", "where",
    "whereas", "until",
];

/// Words that may stand before them.
const GRADING: &[&str] =
    &["shortly", "just", "only", "even", "soon", "immediately", "right", "barely", "partly"];

/// The main clause of `sentence`, which holds some of the `contents` of attributions, without what is said beside it;
/// the whole sentence where what is said stands within the clause.
pub fn of(
    account: &Account,
    sentence: &Sentence,
    predicates: &[Predicate],
    contents: &[(Span, usize)],
) -> Option<Span> {
    let first = predicates.partition_point(|p| p.verb.start < sentence.span.start);
    let inside = predicates[first..].iter().take_while(|p| sentence.span.contains(p.verb));
    inside.take(FIRST).find_map(|main| {
        let clause = Clause { account, sentence: sentence.span, main, subject: main.subject? };
        clause.is_plain().then_some(())?;
        clause.beside(&clause.told(contents)?)
    })
}

/// A clause that may be the main one of its sentence.
struct Clause<'a> {
    account: &'a Account,
    sentence: Span,
    main: &'a Predicate,
    subject: Span,
}

impl Clause<'_> {
    fn word(&self, i: usize) -> &str {
        self.account.word(i)
    }

    fn pos(&self, i: usize) -> Pos {
        self.account.layers.tokens[i].pos
    }

    fn tokens(&self, start: u32, end: u32) -> Range<usize> {
        self.account.layers.tokens_in(Span { start, end: end.max(start) })
    }

    fn is_plain(&self) -> bool {
        let main = self.main;
        !main.participle
            && !main.quoted
            && !main.conditional
            && self.subject.end <= main.verb.start
            && !self.is_of_pronoun()
            && !self.leads()
            && !predicates::is_relative(self.account, main)
    }

    /// Whether it is said of somebody, or of something, that the sentence does not name.
    fn is_of_pronoun(&self) -> bool {
        let pronoun = |i: usize| matches!(self.pos(i), Pos::PRP | Pos::DT | Pos::EX);
        let tokens = &self.account.layers;
        let subject = tokens.tokens_in(self.subject);
        let object = tokens.tokens_in(self.main.object);
        let alone = !object.is_empty()
            && (self.pos(object.start) == Pos::PRP
                || pronoun(object.start) && object.clone().nth(1).is_none_or(|i| !self.is_of_noun(i)));
        subject.len() == 1 && pronoun(subject.start) || alone && !self.is_article(object.start)
    }

    fn is_of_noun(&self, i: usize) -> bool {
        let pos = self.pos(i);
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::CD | Pos::VBN | Pos::VBG | Pos::RB)
    }

    fn is_article(&self, i: usize) -> bool {
        matches!(self.word(i), "the" | "a" | "an")
    }

    /// Whether it only tells that somebody speaks or answers: "hit back on Friday, saying that …", "made the remarks in May".
    fn leads(&self) -> bool {
        let lemma = self.main.lemma.split(' ').next().unwrap_or_default();
        let after = self.tokens(self.main.verb.start, self.sentence.end).take(NEAR_OBJECT);
        let words: Vec<&str> = after.map(|i| self.word(i)).collect();
        LEADING.contains(&lemma)
            || ANSWERING.contains(&lemma) && words.contains(&"back")
            || GIVING.contains(&lemma) && words.iter().any(|word| WORDS.contains(word))
    }

    /// The parts of the attributions that give the `contents`, but for the subject of the clause where it is their source;
    /// nothing where one of them holds the verb of the clause.
    fn told(&self, contents: &[(Span, usize)]) -> Option<Vec<Span>> {
        let attributions = &self.account.layers.attributions;
        let of = |(_, i): &(Span, usize)| {
            let told = &attributions[*i];
            let source = told.source.iter().filter(|source| !source.overlaps(self.subject));
            source.chain(&told.cue).chain(&told.content).filter(|part| part.overlaps(self.sentence))
        };
        let parts: Vec<Span> = contents.iter().flat_map(of).copied().collect();
        let mine = parts.iter().any(|part| part.overlaps(self.main.verb) || part.overlaps(self.subject));
        (!mine && !parts.is_empty()).then_some(parts)
    }

    fn beside(&self, told: &[Span]) -> Option<Span> {
        let start = told.iter().map(|part| part.start).min()?;
        let end = told.iter().map(|part| part.end).max()?;
        if start >= self.main.verb.end {
            return self.before(start).filter(|_| self.opens_sentence(self.sentence.start));
        }
        if end <= self.subject.start {
            return self.after(end);
        }
        let within = start >= self.subject.end && end <= self.main.verb.start;
        (within && self.opens_sentence(self.sentence.start)).then_some(self.sentence)
    }

    /// Whether nothing between `from` and the subject puts the clause under another, or is one.
    fn opens_sentence(&self, from: u32) -> bool {
        let mut before = self.tokens(from, self.subject.start);
        let subordinate = |i: usize| {
            let dates = self.account.layers.time_at(self.account.layers.tokens[i + 1].span.start);
            SUBORDINATING.contains(&self.word(i)) && !dates
        };
        let clause = |i: usize| {
            let pos = self.pos(i);
            pos.is_finite() || matches!(pos, Pos::WP | Pos::WDT | Pos::WRB | Pos::VBG)
        };
        !before.any(|i| clause(i) || subordinate(i))
    }

    /// The sentence up to the words that lead to what is said from `told` on: a comma, a conjunction, how long after.
    fn before(&self, told: u32) -> Option<Span> {
        let tokens = &self.account.layers.tokens;
        let least = self.tokens(self.sentence.start, self.main.verb.end).end;
        let first = self.tokens(self.sentence.start, told).end;
        let helps = |i: usize| self.pos(i) == Pos::RB || matches!(self.word(i), "has" | "have" | "had");
        let helped = (least..first).rev().find(|i| !helps(*i)).map_or(least, |i| i + 1);
        let joined = (least..helped).rev().find(|i| !self.joins(*i, first)).map_or(least, |i| i + 1);
        let opens = (joined..helped).any(|i| !GRADING.contains(&self.word(i)));
        let after = || (joined..helped).any(|i| matches!(self.word(i), "after" | "before"));
        let end = if opens && after() { self.without_lapse(least, joined) } else { joined };
        let end = self.without_tail(least, end);
        (opens && end >= least).then(|| Span { end: tokens[end - 1].span.end, ..self.sentence })
    }

    /// Whether the word at `i` joins what begins at token `told` to the clause before it.
    fn joins(&self, i: usize, told: usize) -> bool {
        let word = self.word(i);
        matches!(word, "," | "–" | "—" | ";" | "and" | "but" | "yet")
            || matches!(self.pos(i), Pos::WP | Pos::WDT)
            || SUBORDINATING.contains(&word)
            || GRADING.contains(&word)
            || i + 1 == told && word == "by" && self.pos(told) == Pos::VBG
    }

    /// `end` without what opens the next clause: "broke the treaty, and on Thursday |", "a part of it, in |".
    fn without_tail(&self, least: usize, end: usize) -> usize {
        let last = (least..end).rev().take(LONGEST_LAPSE).find(|i| self.pos(*i) == Pos::CC && *i > least);
        let opens = |i: usize| {
            let adverbial = i + 1 < end && matches!(self.pos(i + 1), Pos::IN | Pos::RB | Pos::TO);
            (adverbial && self.word(i - 1) == "," || i + 1 < end && self.word(i + 1) == ",")
                && !(i..end).any(|j| self.pos(j).is_finite())
        };
        let end = last.filter(|i| opens(*i)).unwrap_or(end);
        let dangles = |i: usize| {
            matches!(self.pos(i), Pos::IN | Pos::TO | Pos::DT | Pos::CC | Pos::WP | Pos::WDT)
                || self.word(i) == ","
        };
        (least..end).rev().find(|i| !dangles(*i)).map_or(least, |i| i + 1)
    }

    /// `end` without how long after the clause tells of: "resigned on Monday, barely two hours | after", "a day | after".
    fn without_lapse(&self, least: usize, end: usize) -> usize {
        let counts = |i: &usize| {
            let pos = self.pos(*i);
            pos.is_adjective()
                || matches!(pos, Pos::CD | Pos::DT | Pos::RB | Pos::RBR | Pos::NN | Pos::NNS | Pos::CC)
                || self.word(*i) == "than"
        };
        let is_unit = |i: usize| UNITS.contains(&self.word(i));
        if end <= least || !is_unit(end - 1) {
            return end;
        }
        let apart = (least..end).rev().take(LONGEST_LAPSE).take_while(counts).last().unwrap_or(end);
        if apart > least && self.word(apart - 1) == "," {
            return apart - 1;
        }
        let number = |i: &usize| matches!(self.pos(*i), Pos::CD | Pos::DT);
        (least..end - 1).rev().take_while(number).last().unwrap_or(end - 1)
    }

    /// The sentence from the clause on that stands behind a comma after what is said, where a conjunction or a participle
    /// puts that under it: "After the union said that …, the company gave in".
    fn after(&self, told: u32) -> Option<Span> {
        let tokens = self.tokens(self.sentence.start, self.sentence.end);
        let leading = self.tokens(self.sentence.start, told);
        let next = leading.end;
        let subordinate =
            |i: usize| SUBORDINATING.contains(&self.word(i)) || i == tokens.start && self.pos(i) == Pos::VBG;
        let under = leading.clone().take(LONGEST_LAPSE).any(subordinate);
        let start = (tokens.contains(&(next + 1)) && self.word(next) == ",").then_some(next + 1)?;
        let start = self.account.layers.tokens[start].span.start;
        (under && start <= self.subject.start && self.opens_sentence(start))
            .then_some(Span { start, ..self.sentence })
    }
}

/// Units in which it is told how long after something else a thing was done.
const UNITS: &[&str] = &[
    "moments", "seconds", "minutes", "minute", "hours", "hour", "days", "day", "weeks", "week", "months",
    "month", "years", "year",
];

#[cfg(test)]
mod tests {
    use crate::align::testing::accounts;
    use crate::align::{Repairs, read};

    /// What a sentence states that stands, the lines parted by bars.
    fn stated(sentence: &str) -> String {
        let accounts = accounts(&[sentence]);
        let accounts: Vec<&crate::align::Account> = accounts.iter().collect();
        let context = read(&accounts, &Repairs::default());
        let stands = context.statements.iter().filter(|s| s.stands && !s.part);
        stands.map(|s| context.text(s.spot)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_is_done_stands_beside_what_is_said_of_it() {
        assert_eq!(
            stated(
                "The harbour board closed the northern pier on Friday, saying that two pillars had cracked."
            ),
            "The harbour board closed the northern pier on Friday | two pillars had cracked"
        );
        assert_eq!(
            stated(
                "Ana Lund resigned as mayor of Ostervik on Friday, barely two hours after the auditor said that she had hidden a loan."
            ),
            "Ana Lund resigned as mayor of Ostervik on Friday | she had hidden a loan"
        );
    }

    #[test]
    fn what_only_leads_to_what_is_said_states_nothing() {
        assert_eq!(
            stated("Ana Lund spoke to reporters on Friday, saying that two pillars had cracked."),
            "two pillars had cracked"
        );
        assert_eq!(
            stated("As the storm reached the coast, Ana Lund said that two pillars had cracked."),
            "two pillars had cracked"
        );
        assert_eq!(
            stated("Two pillars had cracked, Ana Lund said, and the pier would stay closed."),
            "Two pillars had cracked"
        );
    }
}
