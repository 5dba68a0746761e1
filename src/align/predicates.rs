//! Who does what in a clause.
//!
//! In: an account. Out: its [`Predicate`]s: each verb that stands for itself with the words of its subject and
//! what follows it. It does not know a grammar: where the subject is not plain to see, there is none.

use super::cast::Cast;
use super::{Account, Spot, edges, pairs};
use crate::annotate::{EntityKind, Mention, MentionKind, Pos, lemma, lexicon};
use crate::span::Span;

/// A verb with its subject and what it is said of.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// Index of the account.
    pub account: usize,
    /// Lemma of the verb; for "be" with an adjective the adjective ("ready"), for a phrasal verb both ("rule out").
    pub lemma: String,
    /// The verb with its auxiliaries.
    pub verb: Span,
    /// Its subject's noun phrase.
    pub subject: Option<Span>,
    /// From after the verb to the end of the clause; empty where nothing follows.
    pub object: Span,
    /// Whether it is denied.
    pub negated: bool,
    /// "will", "would", "may", …, where one stands before it.
    pub modal: Option<String>,
    /// Whether the subject suffers it ("was rejected").
    pub passive: bool,
    /// Whether its finite word is in the present tense.
    pub present: bool,
    /// Whether "if", "unless" or "whether" opens its clause.
    pub conditional: bool,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// Whether it is a participle after a comma, with the subject of the sentence.
    pub participle: bool,
}

impl Predicate {
    /// The words of the whole: with its subject where that stands right before it.
    pub fn clause(&self) -> Span {
        let said = self.verb.cover(self.object);
        self.subject.filter(|s| !self.participle && s.end <= self.verb.start).map_or(said, |s| s.cover(said))
    }
}

/// The longest object, in tokens: longer ones are cut at a border of a phrase.
const LONGEST_OBJECT: usize = 45;

/// The predicates of an account in order, those in furniture left out.
pub fn find(account: usize, of: &Account) -> Vec<Predicate> {
    let mut predicates = Vec::new();
    for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
        let clause = Clause { account, of, start: sentence.tokens.start, end: sentence.tokens.end };
        let mut subject = None;
        for verb in sentence.tokens.clone() {
            if let Some(predicate) = clause.predicate(verb, subject) {
                subject = subject.or(predicate.subject);
                predicates.push(predicate);
            }
        }
    }
    predicates
}

/// Whether the tokens from `from` begin with a noun phrase and a finite verb.
pub fn opens_clause(account: &Account, from: usize, end: usize) -> bool {
    let tokens = &account.layers.tokens;
    let phrase = (from..end).take(LONGEST_SUBJECT).take_while(|i| {
        let pos = tokens[*i].pos;
        pos.is_noun()
            || pos.is_adjective()
            || matches!(
                pos,
                Pos::DT | Pos::PRP | Pos::PRPS | Pos::CD | Pos::POS | Pos::EX | Pos::CC | Pos::IN
            )
    });
    let length = phrase.count();
    let has_noun = (from..from + length).any(|i| tokens[i].pos.is_noun() || tokens[i].pos == Pos::PRP);
    let begins = tokens.get(from).is_some_and(|t| t.pos != Pos::IN && t.pos != Pos::CC);
    begins && has_noun && (from + length..end).next().is_some_and(|i| tokens[i].pos.is_finite())
}

/// Whether token `i` is a verb of demanding after a name, which the tagger takes for a plural noun ("Japan demands a share").
pub fn hides_verb(account: &Account, i: usize, end: usize) -> bool {
    let tokens = &account.layers.tokens;
    if i == 0 || i + 1 >= end || i + 1 >= tokens.len() {
        return false;
    }
    let longer = account.word(i - 1) == "longer";
    let takes = tokens[i - 1].pos.is_name() && takes_phrase(account, i);
    tokens[i].pos == Pos::NNS && (takes || longer) && is_demanding(account, i)
}

/// Whether the word at `i` is the third person of a verb of demanding.
fn is_demanding(account: &Account, i: usize) -> bool {
    account.word(i).strip_suffix('s').is_some_and(|verb| DEMANDING.contains(&verb))
}

/// Whether a phrase or what is demanded stands behind the word at `i`, as behind a verb: "demands that they leave", and not
/// "demands that were met"; "insist on a vote".
fn takes_phrase(account: &Account, i: usize) -> bool {
    let next = account.layers.tokens[i + 1].pos;
    let clause = account.word(i + 1) == "that"
        && account.layers.tokens.get(i + 2).is_some_and(|t| !t.pos.is_verb() && t.pos != Pos::MD);
    let on = account.word(i) == "insist" && account.word(i + 1) == "on";
    matches!(next, Pos::DT | Pos::PRPS | Pos::CD | Pos::PDT) || clause || on
}

/// Verbs of demanding that are spelt like a noun, or that stand behind names which hide them.
const DEMANDING: &[&str] =
    &["demand", "want", "oppose", "reject", "support", "back", "urge", "insist", "accept"];

/// How many tokens the subject of a further clause may have.
const LONGEST_SUBJECT: usize = 8;

/// How many tokens a relative clause between a name and its verb may have.
const LONGEST_INSERTION: usize = 16;

/// How many clauses within another are looked through.
const DEEPEST: usize = 1;

/// Within how many words before its verb a clause says that it is one of the terms of another.
const LONGEST_TERM: usize = 20;

/// The words of a sentence, looked at from one verb.
struct Clause<'a> {
    account: usize,
    of: &'a Account,
    start: usize,
    end: usize,
}

impl Clause<'_> {
    fn word(&self, i: usize) -> &str {
        self.of.word(i)
    }

    /// The part of speech. The tagger takes a verb like "demands" after a name for a plural noun; where the
    /// sentence would have no verb and words follow that a verb takes, it is one. It takes "called" in "the union called
    /// for a vote" for a participle.
    fn pos(&self, i: usize) -> Pos {
        let tag = |i: usize| self.of.layers.tokens[i].pos;
        let takes = |i: usize| matches!(tag(i), Pos::DT | Pos::PRPS | Pos::CD | Pos::TO | Pos::IN | Pos::PDT);
        let verbless = || !(self.start..self.end).any(|i| tag(i).is_finite());
        let inside = i > self.start && i + 1 < self.end;
        let scheduled = || self.is_dated(i + 1) && SCHEDULING.contains(&self.word(i));
        let after_name =
            || tag(i - 1).is_name() || tag(i - 1).is_noun() && scheduled() || self.closes_insertion(i - 1);
        let hidden = tag(i) == Pos::NNS && inside && takes(i + 1) && after_name() && verbless();
        if hidden || inside && tag(i) == Pos::NNS && (self.joins_demand(i) || self.is_demanded_by_body(i)) {
            return Pos::VBZ;
        }
        if inside && self.is_demanded_by_many(i) {
            return Pos::VBP;
        }
        if tag(i) == Pos::VBN && inside && tag(i - 1).is_noun() && self.is_active(i) && verbless() {
            return Pos::VBD;
        }
        let of_phrase = || matches!(tag(i + 1), Pos::DT | Pos::PRPS);
        if tag(i) == Pos::VBN
            && inside
            && (self.is_active(i) || of_phrase())
            && self.is_main_after_insertion(i)
        {
            return Pos::VBD;
        }
        if tag(i) == Pos::VBN && inside && tag(i - 1).is_noun() && takes(i + 1) && self.is_told_verbless(i) {
            return Pos::VBD;
        }
        let past = BURSTING.contains(&self.word(i)) && matches!(tag(i), Pos::NN | Pos::VB | Pos::VBN);
        let alone = || !(self.start..self.end).any(|j| j != i && tag(j).is_verb() && tag(j) != Pos::VBG);
        if past && inside && tag(i - 1).is_noun() && (takes(i + 1) || tag(i + 1) == Pos::RB) && alone() {
            return Pos::VBD;
        }
        tag(i)
    }

    /// "Hale, who leads in the polls, called for a vote", "the mayor, Ann Hale, called for a vote": whether the clause has no
    /// other verb than in what was put in.
    fn is_main_after_insertion(&self, i: usize) -> bool {
        let tokens = &self.of.layers.tokens;
        let before = (self.start..i - 1).rev().take(LONGEST_INSERTION).find(|j| self.word(*j) == ",");
        let opening = before.filter(|j| {
            self.word(i - 1) == ","
                && *j > self.start
                && tokens[j - 1].pos.is_noun()
                && (matches!(tokens[j + 1].pos, Pos::WP | Pos::WPS | Pos::WDT)
                    || !(j + 1..i).any(|k| tokens[k].pos.is_verb()))
        });
        opening.is_some_and(|j| !(self.start..j).chain(i + 1..self.end).any(|k| tokens[k].pos.is_finite()))
    }

    /// "said that Ostrian troops crossed the river": whether the clause behind "that" would have no verb but the one at `i`.
    fn is_told_verbless(&self, i: usize) -> bool {
        let tag = |i: usize| self.of.layers.tokens[i].pos;
        let near = (self.start + 1..i).rev().take(LONGEST_SUBJECT);
        let that = near.into_iter().find(|j| self.word(*j) == "that" && tag(*j - 1).is_verb());
        that.is_some_and(|that| {
            !(that..self.end).any(|j| tag(j).is_finite() || tag(j) == Pos::Punct && j < i)
        })
    }

    /// Whether a mark stands at `i` behind words that were put in after a name: "(Centre Party)", ", led by Ann Hale,".
    fn closes_insertion(&self, i: usize) -> bool {
        let opening = match self.word(i) {
            ")" => "(",
            "," => ",",
            _ => return false,
        };
        let opened = (self.start..i).rev().take(LONGEST_SUBJECT).find(|j| self.word(*j) == opening);
        opened.is_some_and(|j| j > self.start && self.of.layers.tokens[j - 1].pos.is_name())
    }

    /// "and Japan demands a share": a clause that "and" joins, with a verb that the tagger takes for a noun.
    fn joins_demand(&self, i: usize) -> bool {
        let before = i.checked_sub(2).filter(|b| *b >= self.start);
        // "the union no longer demands a vote"
        let joins = before.is_some_and(|b| self.of.layers.tokens[b].pos == Pos::CC || self.word(b) == "no");
        joins && hides_verb(self.of, i, self.end) || self.joins_second_demand(i)
    }

    /// "wants him to go and demands that a judge look into it": a second verb of demanding behind words that no noun ends.
    fn joins_second_demand(&self, i: usize) -> bool {
        let pos = |i: usize| self.of.layers.tokens[i].pos;
        let behind = |b: usize| !pos(b).is_noun() && !pos(b).is_adjective();
        pos(i - 1) == Pos::CC
            && i.checked_sub(2).is_some_and(|b| b >= self.start && behind(b))
            && is_demanding(self.of, i)
            && takes_phrase(self.of, i)
    }

    /// "The union demands a rise": a verb that the tagger takes for a noun behind the noun for a body.
    fn is_demanded_by_body(&self, i: usize) -> bool {
        let tokens = &self.of.layers.tokens;
        let body = i >= self.start + 2 && tokens[i - 1].pos == Pos::NN && tokens[i - 2].pos == Pos::DT;
        body && is_demanding(self.of, i)
            && takes_phrase(self.of, i)
            && lexicon::nominal(self.word(i - 1)) == Some(lexicon::Nominal::Body)
    }

    /// "The Greens reject any change": a verb that the tagger takes for something else behind the name of many.
    fn is_demanded_by_many(&self, i: usize) -> bool {
        let tokens = &self.of.layers.tokens;
        let many = matches!(tokens[i - 1].pos, Pos::NNS | Pos::NNPS)
            || tokens[i - 1].pos == Pos::NNP && self.word(i - 1).ends_with('s');
        let opens = i < self.start + 2 || !tokens[i - 2].pos.is_verb() && tokens[i - 2].pos != Pos::TO;
        many && opens
            && takes_phrase(self.of, i)
            && matches!(tokens[i].pos, Pos::VB | Pos::NN | Pos::NNP | Pos::JJ)
            && DEMANDING.contains(&self.word(i))
    }

    /// Whether a participle with its preposition is said of nobody: "called for", "insisted on".
    fn is_active(&self, i: usize) -> bool {
        let next = self.word(i + 1);
        let phrase = (i + 2 < self.end).then(|| self.of.layers.tokens[i + 2].pos);
        let takes = phrase.is_some_and(|p| {
            p.is_noun() || p.is_adjective() || matches!(p, Pos::DT | Pos::PRPS | Pos::CD | Pos::PRP)
        });
        let pair = (self.word(i), next);
        takes
            && matches!(
                (pair.0, pair.1),
                ("called", "for" | "on" | "off")
                    | ("ruled", "out")
                    | ("insisted" | "agreed", "on")
                    | ("agreed", "with")
                    | ("objected" | "appealed", "to")
                    | ("pushed" | "pressed" | "appealed", "for")
            )
    }

    /// Whether a preposition at `i` joins a time to what stands before it.
    fn is_dated(&self, i: usize) -> bool {
        let next = self.of.layers.tokens.get(i + 1).map(|t| t.span.start);
        matches!(self.word(i), "on" | "at" | "in") && next.is_some_and(|at| self.of.layers.time_at(at))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let tokens = &self.of.layers.tokens;
        Span { start: tokens[from].span.start, end: tokens[to].span.end }
    }

    /// The predicate of the verb at `verb`: a finite one, or a participle after a comma, whose subject is that
    /// of the sentence ("…, dismissing the idea").
    fn predicate(&self, verb: usize, sentence_subject: Option<Span>) -> Option<Predicate> {
        if !self.pos(verb).is_verb() || self.is_auxiliary(verb) || self.is_conjunction(verb) {
            return None;
        }
        let first = self.group_start(verb);
        let auxiliaries: Vec<&str> = (first..verb).map(|i| self.word(i)).collect();
        let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(a));
        let finite = (first..=verb).any(|i| self.pos(i).is_finite());
        let participle =
            self.pos(verb) == Pos::VBG && first == verb && first > self.start && self.word(first - 1) == ",";
        if !finite && !participle {
            return None;
        }
        let be = has(&["is", "are", "was", "were", "be", "been", "being", "’s", "'s", "’re", "'re"]);
        let (lemma, after) = self.meaning(verb);
        let subject = if participle { sentence_subject } else { self.subject(first) };
        Some(Predicate {
            account: self.account,
            lemma,
            verb: self.span(first, after - 1),
            subject,
            object: self.object(after),
            negated: has(&["not", "n't", "n’t", "never"])
                || self.negated_after(verb)
                || subject.is_some_and(|s| self.is_of_nobody(s)),
            modal: auxiliaries.iter().find(|a| MODALS.contains(a)).map(|a| (*a).to_owned()),
            passive: be && self.pos(verb) == Pos::VBN,
            present: (first..=verb).any(|i| matches!(self.pos(i), Pos::VBZ | Pos::VBP)),
            conditional: self.conditional(first),
            participle,
            quoted: self.of.layers.quote_at(self.of.layers.tokens[verb].span.start).is_some(),
        })
    }

    /// Whether the participle at `verb` joins a clause that says on what terms the one before it holds: "ready for talks, provided that the
    /// mine is closed".
    fn is_conjunction(&self, verb: usize) -> bool {
        let subject = |i: usize| matches!(self.pos(i), Pos::WP | Pos::WDT | Pos::PRP | Pos::CC);
        JOINING.contains(&self.word(verb))
            && self.word(verb + 1) == "that"
            && verb > self.start
            && self.group_start(verb) == verb
            && !subject(verb - 1)
            && (self.start..verb).any(|i| self.of.layers.tokens[i].pos.is_finite())
    }

    /// Whether the words of a subject say that none of those does it whom they name: "neither the Greens nor the Liberals".
    fn is_of_nobody(&self, subject: Span) -> bool {
        let first = self.of.layers.tokens_in(subject).start;
        // Of "not all of them" some do it.
        let none = self.word(first) == "not" && matches!(self.word(first + 1), "one" | "a");
        none || self.word(first) == "neither"
    }

    /// Whether the verb only helps another that follows.
    fn is_auxiliary(&self, verb: usize) -> bool {
        let next = || (verb + 1..self.end).find(|i| !self.skippable(*i));
        AUXILIARIES.contains(&self.word(verb))
            && next().is_some_and(|i| self.pos(i).is_verb() && self.pos(i) != Pos::VBP)
    }

    fn skippable(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::RB | Pos::RBR) || matches!(self.word(i), "not" | "n't" | "n’t")
    }

    /// The first token of the verb's group: its auxiliaries, modals and adverbs.
    fn group_start(&self, verb: usize) -> usize {
        let helps = |i: usize| {
            let auxiliary = AUXILIARIES.contains(&self.word(i)) && self.pos(i) != Pos::POS;
            self.pos(i) == Pos::MD || auxiliary || self.skippable(i)
        };
        let mut first = verb;
        while first > self.start && helps(first - 1) {
            first -= 1;
        }
        while first < verb
            && self.skippable(first)
            && !matches!(self.word(first), "not" | "n't" | "n’t" | "never")
        {
            first += 1;
        }
        first
    }

    /// The lemma that carries the meaning, and the token after the words that make it.
    fn meaning(&self, verb: usize) -> (String, usize) {
        let base = lemma(self.word(verb), self.pos(verb)).to_lowercase();
        let next = (verb + 1..self.end).find(|i| !self.skippable(*i) && !is_mark(self.word(*i)));
        match next {
            Some(i) if base == "be" && (self.pos(i).is_adjective() || self.pos(i) == Pos::VBN) => {
                (self.word(i).to_owned(), i + 1)
            }
            Some(i)
                if i == verb + 1
                    && matches!(self.word(i), "out" | "off" | "up" | "back" | "forward" | "down") =>
            {
                (format!("{base} {}", self.word(i)), i + 1)
            }
            _ => (base, verb + 1),
        }
    }

    fn negated_after(&self, verb: usize) -> bool {
        (verb + 1..self.end.min(verb + 3)).any(|i| matches!(self.word(i), "not" | "n't" | "n’t" | "never"))
            && lemma(self.word(verb), self.pos(verb)) == "be"
    }

    fn conditional(&self, first: usize) -> bool {
        let clause = (self.start..first).rev().take_while(|i| !matches!(self.word(*i), "," | ";" | "that"));
        let whole = (self.start..self.end).any(|i| {
            matches!(self.word(i), "if" | "unless")
                && i.checked_sub(1).is_none_or(|b| i == self.start || self.word(b) != "even")
        });
        whole || clause.into_iter().any(|i| self.word(i) == "whether") || self.is_a_term(first)
    }

    /// Whether the clause of the verb before `first` is one of the terms of another: "…, provided that the mine was closed".
    fn is_a_term(&self, first: usize) -> bool {
        let words = (self.start..first).rev().take_while(|i| !matches!(self.word(*i), "," | ";"));
        let words: Vec<&str> = words.take(LONGEST_TERM).map(|i| self.word(i)).collect();
        words.windows(2).any(|pair| {
            // From the verb back: "that provided".
            matches!(
                [pair[0], pair[1]],
                [
                    "that",
                    "provided" | "providing" | "condition" | "assuming" | "suppose" | "supposing" | "imagine"
                ] | ["as", "long"]
            )
        })
    }

    /// The noun phrase before the verb group, over an apposition between commas, a relative pronoun and the
    /// prepositional phrases, participles, purposes and relative clauses that belong to it.
    fn subject(&self, first: usize) -> Option<Span> {
        // "Hale again demanded": the adverb is no part of the verb.
        let mut at = (self.start..first).rev().find(|i| !self.skippable(*i))?;
        at = self.before_time(at).unwrap_or(at);
        if matches!(self.pos(at), Pos::WP | Pos::WDT) {
            at = self.named_before_description(at.checked_sub(1)?);
        }
        if self.word(at) == ")" {
            let opening = (self.start..at).rev().take(LONGEST_SUBJECT).find(|i| self.word(*i) == "(")?;
            at = opening.checked_sub(1).filter(|i| *i >= self.start)?;
        }
        if self.word(at) == "," {
            let relative = matches!(self.pos(at + 1), Pos::WP | Pos::WDT);
            let opening = (self.start..at).rev().take(20).find(|i| self.word(*i) == ",");
            at = if relative { self.named_by_apposition(at)? } else { opening?.checked_sub(1)? };
            at = self.named_before_age(at);
        }
        if self.pos(at).is_verb()
            && let Some(start) = self.clause_in_subject(at, DEEPEST)
        {
            return Some(self.span(start, at));
        }
        let (start, end) = self.noun_phrase(at)?;
        let mut start = self.with_quantifier(start);
        if self.is_time_since(start, end) {
            return None;
        }
        while let Some(further) =
            self.phrase_before_preposition(start).or_else(|| self.phrase_before_verb(start))
        {
            start = further;
        }
        // "at least one", "at most three"
        let least = matches!(self.word(start), "least" | "most");
        if least && start > self.start && self.word(start - 1) == "at" {
            start -= 1;
        }
        let start = self.with_quantifier(start);
        let span = self.span(start, end);
        // The hedge of a number ("more than 40 villages") belongs to its noun.
        let hedged =
            self.of.layers.quantities.iter().find(|q| q.span.overlaps(span) && q.span.start < span.start);
        let hangs = hedged.is_none() && start > self.start + 1 && self.is_preposition(start - 1);
        (!hangs).then(|| hedged.map_or(span, |q| span.cover(q.span)))
    }

    /// Where a subject begins with the words that say of how many it is told, or of none: "all but two of the ferries", "not one of the
    /// schools", "hardly any shops", "neither the Greens nor the Liberals".
    fn with_quantifier(&self, start: usize) -> usize {
        let mut start = start;
        while start > self.start {
            let before = start - 1;
            let word = self.word(before);
            let verb = |i: usize| i >= self.start && (self.pos(i).is_verb() || self.pos(i) == Pos::MD);
            let denied = before.checked_sub(1).is_some_and(verb);
            let earlier = before.checked_sub(1).filter(|i| *i >= self.start).map(|i| self.word(i));
            let earlier = earlier.unwrap_or_default();
            match word {
                "but" if WHOLES.contains(&earlier) => start -= 2,
                "than" if matches!(earlier, "fewer" | "less" | "more") => start -= 2,
                "not" if !denied => start -= 1,
                word if GRADING.contains(&word) => start -= 1,
                _ => break,
            }
        }
        start
    }

    /// Where the phrase begins that holds the clause of the verb at `verb` behind its noun, as the subject of another verb: "the number of people
    /// missing since the dam | burst", "the bridge that the army | built". Such a clause may hold another, up to `depth`.
    fn clause_in_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        let stops = |i: &usize| is_mark(self.word(*i)) || self.pos(*i).is_finite();
        let before = (self.start..self.group_start(verb)).rev().take(LONGEST_INSERTION);
        let opening = before.take_while(|i| !stops(i)).find(|i| {
            matches!(self.pos(*i), Pos::WP | Pos::WDT | Pos::WRB)
                || matches!(self.word(*i), "that" | "after" | "since" | "before" | "because" | "while")
        })?;
        let mut phrase = (self.start..opening).rev().take(LONGEST_INSERTION);
        let stop = phrase.find(stops);
        if let Some(outer) = stop.filter(|i| depth > 0 && self.pos(*i).is_finite()) {
            return self.clause_in_subject(outer, depth - 1);
        }
        let start = stop.map_or(self.start, |i| i + 1);
        // ", a move that could help her should she run": an apposition is no subject.
        let fronted = || self.word(start - 1) == "," && !(self.start..start).any(|i| self.pos(i).is_finite());
        let near = opening - start < LONGEST_INSERTION && (start == self.start || fronted());
        let nominal = self.pos(start).is_noun() || matches!(self.pos(start), Pos::DT | Pos::PRPS | Pos::CD);
        let in_time = self.of.layers.time_at(self.of.layers.tokens[start].span.start);
        let noun = (start..opening).any(|i| self.pos(i).is_noun());
        let describes = opening > start
            && (self.pos(opening - 1).is_noun() || matches!(self.pos(opening), Pos::WRB | Pos::IN));
        (near && nominal && noun && describes && !in_time).then_some(start)
    }

    /// The first token of the verb of the phrase that holds the clause of the verb before `from`: "since the dam burst above Orvek | rose".
    fn verb_around(&self, from: usize) -> Option<usize> {
        let inner = from.checked_sub(1).filter(|i| *i >= self.start && !self.is_cue(*i))?;
        self.clause_in_subject(inner, DEEPEST)?;
        let opens = |i: usize| {
            matches!(self.pos(i), Pos::WP | Pos::WDT | Pos::WRB) || CONJUNCTIONS.contains(&self.word(i))
        };
        let behind = (from..self.end).take(LONGEST_OBJECT);
        let mut behind = behind.take_while(|i| !is_mark(self.word(*i)) && !opens(*i));
        let verb = behind.find(|i| self.pos(*i).is_finite())?;
        let first = self.group_start(verb).max(from);
        let joined = first > from && self.pos(first - 1) == Pos::CC;
        // "told police he was hurt", "told the court a judge lied": a subject of its own.
        let pronoun = first > from && self.pos(first - 1) == Pos::PRP;
        let second = (from + 1..first).any(|i| self.is_opened_at(i));
        let led = first == from || self.is_preposition(from);
        (!(joined || pronoun || second) && (led || self.is_of_pronoun(inner))).then_some(first)
    }

    /// Whether a relative pronoun, or a word as "when", opens the clause of the verb at `verb`: "after" may as well stand before a noun ("the
    /// man held after the raid told police").
    fn is_of_pronoun(&self, verb: usize) -> bool {
        let mut before = (self.start..self.group_start(verb)).rev().take(LONGEST_INSERTION);
        let opens = |i: &usize| {
            matches!(self.pos(*i), Pos::WP | Pos::WDT | Pos::WRB | Pos::IN) && self.word(*i) != "of"
        };
        before.find(opens).is_some_and(|i| self.pos(i) != Pos::IN || self.word(i) == "that")
    }

    /// The noun before a time that ends at token `at` and is no part of it: "Norland" in "Norland on Monday imposed".
    fn before_time(&self, at: usize) -> Option<usize> {
        let layers = &self.of.layers;
        let end = layers.tokens[at].span;
        let after = layers.times.partition_point(|t| t.span.start <= end.start);
        let mut near = layers.times[..after].iter().rev().take(4);
        let time = near.find(|t| t.span.contains(end) && t.days.is_some())?;
        let before = layers.tokens_in(time.span).start.checked_sub(1)?;
        let led = matches!(self.word(before), "on" | "in" | "at" | "late" | "early");
        let noun = if led { before.checked_sub(1)? } else { before };
        (noun >= self.start && self.pos(noun).is_noun()).then_some(noun)
    }

    /// "Two governments that had not spoken since the winter signed": a time after such a word is no subject.
    fn is_time_since(&self, start: usize, end: usize) -> bool {
        let since = start.checked_sub(1).filter(|i| *i >= self.start).map(|i| self.word(i));
        let joins = since.is_some_and(|w| matches!(w, "since" | "until" | "till" | "before" | "after"));
        let season = matches!(self.word(end), "winter" | "spring" | "summer" | "autumn" | "fall");
        joins && (season || self.of.layers.time_at(self.of.layers.tokens[end].span.start))
    }

    /// The last token of what a relative clause after the comma at `comma` speaks of: of "a visit to the capital,
    /// Velnik, that …" the visit to the capital, not what only names it.
    fn named_by_apposition(&self, comma: usize) -> Option<usize> {
        let before = comma.checked_sub(1)?;
        let start = self.noun_phrase(before).map_or(before, |(start, _)| start);
        let opening = start.checked_sub(1).filter(|i| *i > self.start && self.word(*i) == ",");
        Some(opening.filter(|i| self.noun_phrase(i - 1).is_some()).map_or(before, |i| i - 1))
    }

    /// "Ann Hale, a minister who": the last token of the name that the description ending at `at` is of.
    fn named_before_description(&self, at: usize) -> usize {
        let start = self.noun_phrase(at).map_or(at, |(start, _)| start);
        let name = start.checked_sub(2).filter(|name| *name >= self.start && self.pos(*name).is_name());
        let described = self.pos(start) == Pos::DT && start > self.start && self.word(start - 1) == ",";
        name.filter(|_| described).unwrap_or(at)
    }

    /// "Orvel, 31, who joined the force in May, was fired": the last token of the name, where an age stands at `at`.
    fn named_before_age(&self, at: usize) -> usize {
        let name = at.checked_sub(2).filter(|name| *name >= self.start && self.pos(*name).is_noun());
        let age = self.pos(at) == Pos::CD && at > self.start && self.word(at - 1) == ",";
        name.filter(|_| age).unwrap_or(at)
    }

    fn is_preposition(&self, i: usize) -> bool {
        let word = self.word(i);
        (self.pos(i) == Pos::IN || word == "to") && !CONJUNCTIONS.contains(&word)
    }

    /// Where the noun phrase begins to which the preposition before token `start` joins what follows.
    fn phrase_before_preposition(&self, start: usize) -> Option<usize> {
        let before = start.checked_sub(1).filter(|b| *b > self.start)?;
        // "In the factories around 900 workers struck": before a number it only hedges.
        let hedges = self.pos(start) == Pos::CD
            && matches!(self.word(before), "around" | "about" | "over" | "under" | "some" | "nearly");
        (self.is_preposition(before) && !hedges)
            .then(|| self.noun_phrase(before - 1))
            .flatten()
            .map(|(further, _)| further)
    }

    /// Where the noun phrase begins that a participle or a relative clause before token `start` describes: "a bus carrying
    /// 40 passengers", "the talks planned for May 9", "the man who led the talks".
    fn phrase_before_verb(&self, start: usize) -> Option<usize> {
        let before = start.checked_sub(1).filter(|b| *b > self.start + 1)?;
        let joined = self.is_preposition(before);
        let verb = if joined { before - 1 } else { before };
        if !self.pos(verb).is_verb() || self.is_cue(verb) {
            return None;
        }
        let first = self.group_start(verb);
        let finite = self.pos(verb) == Pos::VBN || (first..=verb).any(|i| self.pos(i).is_finite());
        let described = || self.clause_in_subject(verb, DEEPEST).filter(|_| finite);
        let opening = first.checked_sub(1).filter(|o| *o > self.start)?;
        let relative = matches!(self.pos(opening), Pos::WP | Pos::WDT) || self.word(opening) == "that";
        let participle = first == verb
            && match self.pos(verb) {
                Pos::VBG => true,
                // Who did it is no part of what it was done to; who leads it, says which it is.
                Pos::VBN => joined && (self.word(before) != "by" || LEADING.contains(&self.word(verb))),
                _ => false,
            };
        // "a law to collect taxes"
        let purpose = first == verb && !joined && self.is_purpose(opening, verb);
        let noun = match () {
            () if relative || purpose => opening - 1,
            () => match described() {
                // "the bridge that the army built in May"
                Some(start) => return Some(start),
                None if participle => opening,
                None => return None,
            },
        };
        self.pos(noun).is_noun().then(|| self.noun_phrase(noun)).flatten().map(|(further, _)| further)
    }

    /// Whether "to" at `to` and the verb behind it say what the noun before them is for, and no clause hangs on the verb as
    /// in "a poll to show the left will win".
    fn is_purpose(&self, to: usize, verb: usize) -> bool {
        const OF_CLAUSES: &[&str] = &[
            "say", "indicate", "think", "believe", "show", "know", "see", "suggest", "claim", "warn", "hope",
            "ensure", "learn", "hear", "find", "prove", "argue", "admit", "predict", "confirm", "report",
            "announce", "let", "help",
        ];
        let before = to.checked_sub(1).map(|i| self.of.layers.tokens[i].span.start);
        self.pos(verb) == Pos::VB
            && self.pos(to) == Pos::TO
            && !OF_CLAUSES.contains(&self.word(verb))
            && before.is_some_and(|at| !self.of.layers.time_at(at))
    }

    /// Whether the word at `i` attributes something.
    fn is_cue(&self, i: usize) -> bool {
        let at = self.of.layers.tokens[i].span;
        self.of.layers.attributions.iter().flat_map(|a| &a.cue).any(|cue| cue.contains(at))
    }

    /// The noun phrase that ends at `end`, with what "and" joins to it.
    fn noun_phrase(&self, end: usize) -> Option<(usize, usize)> {
        self.noun_phrase_of(end, false)
    }

    /// The same; `joined` says that another phrase follows in a list.
    fn noun_phrase_of(&self, end: usize, joined: bool) -> Option<(usize, usize)> {
        let is_part = |i: usize| {
            let pos = self.pos(i);
            let part = pos.is_noun()
                || pos.is_adjective()
                || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD | Pos::POS | Pos::PDT)
                || self.word(i) == "&";
            part && !self.dates_the_clause(i)
        };
        if self.pos(end) == Pos::PRP {
            // "The consul himself, Omar Idri, left"
            let of = end.checked_sub(1).filter(|of| {
                *of >= self.start && self.word(end).ends_with("self") && self.pos(*of).is_noun()
            });
            let of = of.and_then(|of| self.noun_phrase_of(of, joined));
            return Some((of.map_or(end, |(start, _)| start), end));
        }
        let titled = || self.pos(end).is_adjective() && NOMINAL.contains(&self.word(end));
        let nominal = self.pos(end).is_noun() || matches!(self.pos(end), Pos::CD | Pos::DT) || titled();
        if end < self.start || !nominal {
            return None;
        }
        let mut start = self.time_start(end);
        while start > self.start
            && (is_part(start - 1) || self.is_attributive(start - 1))
            && !self.is_opened_at(start)
        {
            start -= 1;
        }
        // "Under a deal of Hale and Lund, the Senate will vote": an article opens no name of a list.
        let opened = self.pos(start) == Pos::DT && !joined;
        let list = |i: usize| {
            let names = self.pos(i - 1).is_name() && self.pos(end).is_name();
            let in_time = self.of.layers.time_at(self.of.layers.tokens[i - 1].span.start);
            self.word(i) == "," && names && !opened && !in_time
        };
        if start > self.start + 1
            && (matches!(self.word(start - 1), "and" | "or" | "nor") || list(start - 1))
            && is_part(start - 2)
        {
            start = self.noun_phrase_of(start - 2, true).map_or(start, |(further, _)| further);
        }
        Some((start, end))
    }

    /// Whether a determiner at `start` begins another phrase than the noun before it ends: "told the paper a strike",
    /// "under the deal the soldiers".
    fn is_opened_at(&self, start: usize) -> bool {
        let opens = matches!(self.pos(start), Pos::DT | Pos::PRPS);
        let at = self.of.layers.tokens[start].span.start;
        opens && self.pos(start - 1).is_noun() && !self.of.layers.time_at(at)
    }

    /// Where the expression of time that ends with token `end` begins ("May 9"); `end` where it is no time.
    fn time_start(&self, end: usize) -> usize {
        let layers = &self.of.layers;
        let at = layers.tokens[end].span;
        let time = layers.times.iter().find(|t| t.span.contains(at));
        time.map_or(end, |t| layers.tokens_in(t.span).start.clamp(self.start, end))
    }

    /// Whether a participle stands at `i` as an adjective does: "the confirmed toll", "its planned merger".
    fn is_attributive(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|b| *b >= self.start);
        let opens = before.is_some_and(|b| {
            matches!(self.pos(b), Pos::PRPS | Pos::POS) || matches!(self.word(b), "the" | "a" | "an")
        });
        // "Developing countries will receive …"
        let leads = i == self.start && self.pos(i) == Pos::VBG;
        matches!(self.pos(i), Pos::VBN | Pos::VBG | Pos::VBD) && (opens || leads)
    }

    /// "In 2010 Norway …", "On Monday police …": whether token `i` is of a time that belongs to no noun after it.
    fn dates_the_clause(&self, i: usize) -> bool {
        let layers = &self.of.layers;
        let at = layers.tokens[i].span;
        if !layers.time_at(at.start) {
            return false;
        }
        let Some(time) = layers.times.iter().find(|t| t.span.contains(at)) else { return false };
        let tokens = layers.tokens_in(time.span);
        let owns = tokens.end < self.end && self.pos(tokens.end) == Pos::POS;
        let before = tokens.start.checked_sub(1).filter(|i| *i >= self.start);
        let of_noun = before.is_some_and(|b| {
            self.pos(b).is_adjective() || matches!(self.pos(b), Pos::DT | Pos::PRPS | Pos::POS)
        });
        !owns && !of_noun
    }

    /// From `from` to where the clause ends.
    fn object(&self, from: usize) -> Span {
        let end = self.attributed_end(from);
        let limit = end.min(from + LONGEST_OBJECT);
        let mut to = (from..limit).find(|i| self.ends_clause(from, *i)).unwrap_or(limit);
        let around = self.verb_around(from).filter(|around| *around < to);
        to = around.unwrap_or(to);
        if to == limit && limit < end && around.is_none() {
            // Better a phrase less than half a phrase.
            let border =
                |i: &usize| self.word(*i) == "," || matches!(self.pos(*i), Pos::CC | Pos::WDT | Pos::WP);
            to = (from + LONGEST_OBJECT / 2..limit).rev().find(border).unwrap_or(limit);
        }
        while to > from && self.dangles(to - 1, (to..self.end).any(|i| !is_mark(self.word(i)))) {
            to -= 1;
        }
        if from >= to {
            let at = self.of.layers.tokens.get(from.saturating_sub(1)).map_or(0, |t| t.span.end);
            return Span { start: at, end: at };
        }
        self.balanced(self.span(from, to - 1))
    }

    /// Where the sentence or, of what is given to somebody, the content ends in which the verb before `from` stands: what
    /// follows says whose words it is.
    fn attributed_end(&self, from: usize) -> usize {
        let layers = &self.of.layers;
        let verb = layers.tokens[from.saturating_sub(1)].span;
        let behind = |a: &&crate::annotate::Attribution| {
            let whose = a.source.iter().chain(&a.cue).map(|s| s.start).min();
            let content = a.content.iter().find(|c| c.contains(verb));
            content.is_some_and(|c| whose.is_some_and(|w| w >= c.end))
        };
        let contents = layers.attributions.iter().filter(behind).flat_map(|a| &a.content);
        let ends = contents.filter(|c| c.contains(verb)).map(|c| layers.tokens_in(*c).end);
        ends.min().map_or(self.end, |end| end.clamp(from, self.end.max(from)))
    }

    /// Whether the comma at `i` opens whose words these are, with his name put in: ", the minister, Ana Holt, said".
    fn opens_source(&self, i: usize) -> bool {
        let phrase_end = |from: usize| {
            let limit = self.end.min(from + LONGEST_SUBJECT);
            (from..limit).find(|j| self.word(*j) == ",").filter(|end| *end > from)
        };
        let nominal = |from: usize, to: usize| {
            (from..to).any(|j| self.pos(j).is_noun()) && !(from..to).any(|j| self.pos(j).is_verb())
        };
        let Some(name) = phrase_end(i + 1).filter(|end| nominal(i + 1, *end)) else { return false };
        let Some(verb) = phrase_end(name + 1).filter(|end| nominal(name + 1, *end)) else { return false };
        verb + 1 < self.end && self.pos(verb + 1).is_finite()
    }

    /// Whether the clause of the object that begins at `from` ends before token `i`.
    fn ends_clause(&self, from: usize, i: usize) -> bool {
        let word = self.word(i);
        let next = (i + 1 < self.end).then(|| self.pos(i + 1));
        if self.in_quote_since(from, i) {
            return false;
        }
        if word == "," {
            let opens = next.is_some_and(|p| {
                matches!(p, Pos::VBG | Pos::CC | Pos::WP | Pos::WDT | Pos::RB | Pos::IN | Pos::WRB)
                    || p.is_finite()
            });
            // "when the minister, Ana Brit, left": the clause goes on behind the apposition.
            if next.is_some_and(Pos::is_finite) && self.is_unfinished(from, i) {
                return false;
            }
            return opens
                || opens_clause(self.of, i + 1, self.end)
                || self.opens_source(i)
                || self.subordinate(from)
                || self.outside_quote(from, i);
        }
        // "said that the strike would end and that talks would begin".
        if word == "and" && (i + 2 < self.end) && self.word(i + 1) == "that" {
            return opens_clause(self.of, i + 2, self.end);
        }
        matches!(
            word,
            "–" | "—" | ";" | ":" | "(" | "while" | "whereas" | "amid" | "although" | "though" | "because"
        ) || matches!(word, "”" | "\"") && self.outside_quote(from, i)
    }

    /// Whether a clause that begins in `from..to` has no verb yet, and something was put in before a comma.
    fn is_unfinished(&self, from: usize, to: usize) -> bool {
        let begins = |i: &usize| {
            matches!(
                self.word(*i),
                "when" | "after" | "before" | "because" | "that" | "if" | "where" | "as" | "until" | "since"
            )
        };
        let last = (from..to).rev().find(begins);
        last.is_some_and(|begun| {
            let mut inside = begun..to;
            !inside.clone().any(|i| self.pos(i).is_finite()) && inside.any(|i| self.word(i) == ",")
        })
    }

    /// Whether token `i` stands in a quotation that opened at or after token `from`.
    fn in_quote_since(&self, from: usize, i: usize) -> bool {
        let at = |i: usize| self.of.layers.tokens[i].span.start;
        let quote = self.of.layers.quote_at(at(i)).filter(|q| q.closed);
        quote.is_some_and(|q| q.outer.start >= at(from) && q.inner.contains(self.of.layers.tokens[i].span))
    }

    /// Whether a conjunction puts the clause of the verb before `from` under another ("While the UK offered …, "):
    /// it ends at its first comma.
    fn subordinate(&self, from: usize) -> bool {
        let clause = (self.start..from).rev().take_while(|i| !matches!(self.word(*i), "," | ";"));
        let first = clause.last().map(|i| self.word(i));
        first.is_some_and(|w| {
            matches!(
                w,
                "while" | "although" | "though" | "as" | "after" | "when" | "since" | "before" | "once"
            )
        })
    }

    /// Whether `from` stands in a quotation that has ended at token `i`.
    fn outside_quote(&self, from: usize, i: usize) -> bool {
        let at = |i: usize| self.of.layers.tokens[i].span.start;
        let Some(quote) = self.of.layers.quote_at(at(from)) else { return false };
        quote.inner.end <= at(i)
    }

    /// Whether an object cannot end with token `i`; `cut` says that words follow in the sentence.
    fn dangles(&self, i: usize, cut: bool) -> bool {
        let pos = self.pos(i);
        pos == Pos::Punct && !closes(self.word(i))
            || cut && matches!(pos, Pos::DT | Pos::IN | Pos::CC | Pos::PRPS | Pos::TO)
    }

    /// `span`, and the mark that closes a quotation which it opens; without the beginning of one that it would cut.
    fn balanced(&self, span: Span) -> Span {
        let halved = |q: &&crate::annotate::Quote| {
            q.outer.start > span.start && q.outer.start < span.end && q.inner.end > span.end
        };
        let before = self.of.layers.quotes.iter().find(halved).and_then(|q| {
            let tokens = self.of.layers.tokens_in(Span { start: span.start, end: q.outer.start });
            tokens.last().map(|i| self.of.layers.tokens[i].span.end)
        });
        let span = Span { end: before.unwrap_or(span.end), ..span };
        let opened = self
            .of
            .layers
            .quotes
            .iter()
            .filter(|q| q.closed && span.contains(Span { start: q.outer.start, end: q.inner.start }));
        opened
            .filter(|q| q.outer.start >= span.start && q.inner.end <= span.end)
            .fold(span, |span, q| span.cover(q.outer))
    }
}

/// Words of all, from which "but" takes some: "all but two of the ferries".
const WHOLES: &[&str] = &[
    "all",
    "every",
    "none",
    "nothing",
    "everyone",
    "everybody",
    "everything",
    "nobody",
    "anything",
    "anyone",
];

/// Adverbs and conjunctions that belong to the number of those of whom something is told.
const GRADING: &[&str] = &[
    "hardly",
    "scarcely",
    "barely",
    "almost",
    "nearly",
    "virtually",
    "practically",
    "only",
    "just",
    "merely",
    "neither",
    "both",
    "no",
];

/// Participles that with "that" open a clause of the terms.
const JOINING: &[&str] = &["provided", "providing", "granted", "assuming", "supposing", "given"];

/// Participles that say with "by" which body is meant.
const LEADING: &[&str] = &["led", "headed", "chaired", "run", "hosted", "organised", "organized"];

/// Forms of "be", "have" and "do", which help another verb.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "’s", "'s",
    "’re", "'re", "’ve", "'ve",
];

/// Words tagged as prepositions that open a clause.
const CONJUNCTIONS: &[&str] = &[
    "that", "because", "while", "after", "before", "as", "if", "whether", "although", "though", "since",
    "whereas",
];

/// Whether the word, tagged as a preposition, can open a clause.
pub fn joins_clause(word: &str) -> bool {
    CONJUNCTIONS.contains(&word)
        || matches!(word, "until" | "till" | "once" | "unless" | "so" | "like" | "except" | "lest")
}

/// Whether a conjunction opens the clause: what is joined behind it may belong to the clause around it.
pub fn is_opened_by_conjunction(of: &Account, clause: Span) -> bool {
    let before = of.layers.tokens_in(clause).start.checked_sub(1);
    before.is_some_and(|i| CONJUNCTIONS.contains(&of.word(i)))
}

/// Verbs whose past is their base, and which the tagger takes for nouns: "a dam burst above the town".
const BURSTING: &[&str] = &["burst", "hit", "cut", "shut", "split", "quit"];

/// Adjectives that head a phrase: "the chief executive, Karl Dunn, resigned".
const NOMINAL: &[&str] =
    &["executive", "official", "representative", "general", "veteran", "suspect", "native"];

/// Plural nouns that before a day are the verb of what stands before them: "the council votes on Tuesday".
const SCHEDULING: &[&str] = &["votes", "starts", "ends", "returns", "rules"];

const MODALS: &[&str] = &[
    "will", "would", "shall", "may", "might", "could", "can", "should", "must", "’ll", "'ll", "’d", "wo",
    "ca",
];

fn is_mark(word: &str) -> bool {
    !word.starts_with(char::is_alphanumeric)
}

fn closes(word: &str) -> bool {
    matches!(word, "”" | "’" | ")" | "%" | "\"")
}

/// Whom the words of a noun phrase speak for or name: the parties of those that it mentions, each once.
pub fn parties(accounts: &[&Account], cast: &Cast, spot: Spot) -> Vec<String> {
    let Account { report, layers, .. } = accounts[spot.account];
    let head = head_phrase(accounts[spot.account], spot.span);
    if let Some(pair) = pairs::meant(accounts[spot.account], spot.span) {
        let members = pair.map(|entity| cast.member(spot.account, entity));
        return distinct(members.into_iter().map(|m| cast.party(m).unwrap_or(cast.name(m))));
    }
    let mentions = layers.mentions_in(head).filter(|m| {
        (m.kind != MentionKind::Nominal || is_named_elsewhere(accounts[spot.account], m))
            && !is_possessive(accounts[spot.account], m.span)
            && !is_of_compound(accounts[spot.account], m.span)
            && !is_followed(accounts[spot.account], cast, spot.account, head, m)
            && !owns(accounts[spot.account], head, m)
    });
    let members = mentions.filter_map(|m| Some(cast.member(spot.account, m.entity?)));
    let members = members.filter(|m| cast.party(*m).is_some() || cast.is_named(*m));
    let parties = distinct(members.map(|member| cast.party(member).unwrap_or(cast.name(member))));
    if !parties.is_empty() {
        return parties;
    }
    let tokens = &layers.tokens[layers.tokens_in(head)];
    distinct(tokens.iter().filter_map(|t| lexicon::party_of_place(report.slice(t.span))))
}

/// Whether a noun such as "the company" stands for a body that the report calls by its name elsewhere.
fn is_named_elsewhere(account: &Account, mention: &Mention) -> bool {
    let words = account.report.slice(mention.span).to_lowercase();
    let plain = words.starts_with("the ") && words.split(' ').count() == 2;
    let named = |entity: usize| {
        let mentions = account.layers.entities[entity].mentions.iter();
        mentions.map(|m| &account.layers.mentions[*m]).any(|m| m.kind == MentionKind::Name)
    };
    plain && mention.entity.is_some_and(named)
}

/// Whether a person's name only says whose people a noun behind it means: "Hale" of "several Hale associates". Of a body it says
/// whose stance it is: "the Hale government".
fn is_followed(account: &Account, cast: &Cast, index: usize, phrase: Span, mention: &Mention) -> bool {
    const BODIES: &[&str] = &[
        "government",
        "administration",
        "campaign",
        "team",
        "camp",
        "office",
        "ministry",
        "cabinet",
        "family",
    ];
    let person = mention.entity.is_some_and(|e| cast.kind(cast.member(index, e)) == EntityKind::Person);
    let next = account.layers.tokens_in(mention.span).end;
    let behind = account.layers.tokens.get(next).filter(|t| t.span.end <= phrase.end);
    person
        && mention.kind == MentionKind::Name
        && behind.is_some_and(|t| matches!(t.pos, Pos::NN | Pos::NNS))
        && !BODIES.contains(&account.word(next))
}

/// Whether a pronoun only says whose somebody is: "her" of "two of her directors".
pub fn is_possessive(account: &Account, pronoun: Span) -> bool {
    let tokens = account.layers.tokens_in(pronoun);
    tokens.len() == 1 && account.pos(tokens.start) == Pos::PRPS
}

/// Whether a name only says of what kind others are: "Tamira" in "Tamira-led growers".
fn is_of_compound(account: &Account, name: Span) -> bool {
    let end = account.layers.tokens_in(name).end;
    let last = end.checked_sub(1).map(|i| account.layers.tokens[i].span);
    let rest = last.filter(|l| l.end > name.end).map(|l| Span { start: name.end, end: l.end });
    let mut after = rest.map_or("", |rest| account.report.slice(rest)).chars();
    after.next().is_some_and(|c| matches!(c, '-' | '‑')) && after.next().is_some_and(char::is_lowercase)
}

/// Whether a name stands before ’s and the phrase ends with another name: "Norway’s" in "Norway’s Nordhav".
fn owns(account: &Account, phrase: Span, mention: &Mention) -> bool {
    let layers = &account.layers;
    let after = layers.tokens_in(mention.span).end;
    let possessive = layers.tokens.get(after).is_some_and(|t| t.pos == Pos::POS);
    let owned = |m: &Mention| {
        m.kind == MentionKind::Name && m.span.start > mention.span.end && m.span.end == phrase.end
    };
    possessive && mention.kind == MentionKind::Name && layers.mentions_in(phrase).any(owned)
}

/// A noun phrase up to its first preposition other than "of", or its relative clause: "growers at the
/// mouth of the river" and "growers who met the king" are growers.
pub fn head_phrase(account: &Account, phrase: Span) -> Span {
    let layers = &account.layers;
    let preposition = |i: &usize| {
        matches!(account.pos(*i), Pos::IN | Pos::TO | Pos::WP | Pos::WDT | Pos::WRB)
            && !matches!(account.word(*i), "of" | "for")
    };
    let end = layers.tokens_in(phrase).skip(1).find(preposition).map(|i| layers.tokens[i].span.start);
    Span { start: phrase.start, end: end.unwrap_or(phrase.end) }
}

/// Whether a relative pronoun joins the verb to its subject, or owns that.
pub fn is_relative(of: &Account, predicate: &Predicate) -> bool {
    let Some(subject) = predicate.subject.filter(|s| s.end <= predicate.verb.start) else { return false };
    let owner = of.layers.tokens_in(subject).start.checked_sub(1).map(|i| of.layers.tokens[i].pos);
    if owner == Some(Pos::WPS) {
        return true;
    }
    let between = of.layers.tokens_in(Span { start: subject.end, end: predicate.verb.start });
    // "the inquiry, which was to open on Tuesday, was moved": the relative clause has ended before the verb.
    if between.clone().next_back().is_some_and(|i| of.word(i) == ",") {
        return false;
    }
    between.into_iter().any(|i| {
        let token = of.layers.tokens[i];
        matches!(token.pos, Pos::WDT | Pos::WP) || of.report.slice(token.span).eq_ignore_ascii_case("that")
    })
}

/// Whether the clause is what somebody denies: "dismissed reports that …", "had never promised that …".
pub fn is_denied(of: &Account, predicate: &Predicate) -> bool {
    let layers = &of.layers;
    let start = layers.sentence_at(predicate.verb.start).map_or(0, |i| layers.sentences[i].tokens.start);
    let clause = layers.tokens_in(predicate.clause()).start;
    let before = (start..clause).rev().take_while(|i| !matches!(of.word(*i), "," | ";" | "”"));
    if edges::is_rumour(of, predicate.clause()) {
        return true;
    }
    let Some(verb) = before.into_iter().find(|i| layers.tokens[*i].pos.is_verb()) else { return false };
    let base = of.lemma_at(verb);
    let negated = (start.max(verb.saturating_sub(3))..verb)
        .any(|i| matches!(of.word(i), "never" | "not" | "n't" | "n’t"));
    DENYING.contains(&base) || negated && ASSERTING.contains(&base)
}

/// Verbs whose content is said not to be so.
pub const DENYING: &[&str] = &["deny", "reject", "dismiss", "refute", "rebut", "disavow", "debunk"];

/// Verbs whose content is not so, or not said to be, where they are negated.
pub const ASSERTING: &[&str] = &[
    "promise", "say", "claim", "suggest", "announce", "agree", "decide", "confirm", "propose", "state",
    "mean", "pledge", "vow",
];

/// A phrase without the article that opens it.
pub fn without_article(words: &str) -> &str {
    words
        .split_once(' ')
        .filter(|(first, _)| matches!(*first, "the" | "The" | "a" | "A"))
        .map_or(words, |(_, rest)| rest)
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|d| d == name) {
            distinct.push(name.to_owned());
        }
    }
    distinct
}
