//! Whether something that was planned is held, postponed, moved or cancelled.
//!
//! In: an account. Out: what its clauses say of the state of plans. It compares nothing, and does not know
//! which report came later to its news.

use jiff::civil::Date;

use super::cast::MemberIndex;
use super::concepts::concept;
use super::dates;
use super::predicates::{self, Predicate};
use super::{Account, Context, Spot};
use crate::annotate::{EntityKind, Mention, Pos, Sentence, TimeExpression};

/// What a clause says of the state of a plan.
#[derive(Clone, Debug)]
pub struct StatusClaim {
    /// cancelled, postponed, rescheduled, held, signed or not signed; scheduled, of [`plans`].
    pub status: &'static str,
    /// Concept of what it is about ("trip").
    pub matter: String,
    /// Whose it is; `None` where the report does not say.
    pub who: Option<MemberIndex>,
    /// The new date (EDTF), where the clause gives one.
    pub to: Option<String>,
    /// The first and the last day of `to`.
    pub to_days: Option<(Date, Date)>,
    /// From the verb to what it is about, with the date.
    pub spot: Spot,
    /// Where the noun stands.
    pub noun: Spot,
    /// Where its sentence stands.
    pub sentence: Spot,
}

/// Lemmas of verbs → status.
const STATUSES: &[(&str, &str)] = &[
    ("cancel", "cancelled"),
    ("scrap", "cancelled"),
    ("axe", "cancelled"),
    ("scrub", "cancelled"),
    ("postpone", "postponed"),
    ("delay", "postponed"),
    ("defer", "postponed"),
    ("adjourn", "postponed"),
    ("reschedule", "rescheduled"),
];

/// Verbs that say "rescheduled" only with a new date.
const MOVING: &[&str] = &["move", "shift", "push", "bring"];

/// Verbs that need their particle → status.
const PHRASAL: &[(&str, &str, &str)] = &[
    ("call", "off", "cancelled"),
    ("put", "off", "postponed"),
    ("push", "back", "postponed"),
    ("go", "ahead", "held"),
];

/// Verbs before an infinitive that say that it is done, or as good as done.
const DOING: &[&str] = &[
    "agree", "decide", "vote", "choose", "opt", "have", "force", "oblige", "compel", "resolve", "order",
    "announce", "go",
];

/// What can be cancelled or moved, by concept.
const MATTERS: &[&str] = &[
    "visit",
    "talks",
    "election",
    "protest",
    "agreement",
    "launch",
    "hearing",
    "trial",
    "concert",
    "match",
    "game",
    "flight",
    "vote",
    "ceremony",
    "debate",
    "speech",
    "conference",
    "event",
    "festival",
    "interview",
    "appearance",
    "deadline",
    "strike",
    "execution",
    "tour",
    "race",
    "tournament",
    "exam",
    "wedding",
    "press-conference",
    "round",
    "exchange",
    "handover",
    "signing",
];

/// Lemmas that say on which day something is to be, of it as subject.
const SCHEDULING: &[&str] =
    &["hold", "plan", "schedule", "set", "due", "slate", "begin", "start", "open", "take", "expect"];

/// What can be signed, by concept.
const SIGNABLE: &[&str] = &[
    "agreement",
    "treaty",
    "bill",
    "law",
    "order",
    "contract",
    "declaration",
    "memorandum",
    "communique",
    "charter",
    "protocol",
    "petition",
    "letter",
];

/// How far from its verb the noun may stand, in tokens.
const REACH: usize = 8;

/// What the clauses of one account say of plans. Where a clause names no owner ("the visit was rescheduled"), the
/// thing is the last of its kind that had one, a few sentences before.
pub fn find(context: &Context, account: usize) -> Vec<StatusClaim> {
    let of = context.accounts[account];
    let mut claims: Vec<StatusClaim> = Vec::new();
    for (index, sentence) in of.layers.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        let clause = Clause { context, account, of, sentence };
        for verb in sentence.tokens.clone() {
            let Some(mut claim) = clause.claim(verb) else { continue };
            claim.who = claim.who.or_else(|| {
                let earlier = (index.saturating_sub(SENTENCES_BACK)..index).rev();
                let earlier = earlier.map(|i| Clause { sentence: &of.layers.sentences[i], ..clause });
                earlier.into_iter().find_map(|c| c.owner_of_any(&claim.matter))
            });
            claims.push(claim);
        }
    }
    claims
}

/// What the clauses of one account say is planned for a certain day, as claims of the status "scheduled".
pub fn plans(context: &Context, account: usize) -> Vec<StatusClaim> {
    context.predicates[account].iter().filter_map(|p| plan(context, p)).collect()
}

fn plan(context: &Context, predicate: &Predicate) -> Option<StatusClaim> {
    let account = predicate.account;
    let of = context.accounts[account];
    let told = predicate.modal.as_deref().map_or(predicate.present, |modal| modal == "will");
    let set = SCHEDULING.contains(&predicate.lemma.as_str());
    // "A strike is planned for Monday if there is no deal": the terms behind it leave it a plan.
    let on_terms = predicate.conditional && !has_terms_behind(of, predicate);
    if !told || !set || predicate.negated || on_terms || predicate.quoted {
        return None;
    }
    let noun = Spot { account, span: predicate.subject? };
    let matter = matter_of(context, noun)?;
    let within =
        |t: &&TimeExpression| predicate.clause().contains(t.span) && t.span.start >= predicate.verb.end;
    let first = of.layers.times.partition_point(|t| t.span.start < predicate.verb.end);
    let near = of.layers.times[first..].iter().take_while(|t| t.span.start < predicate.clause().end);
    let short = |(first, last): (Date, Date)| (last - first).get_days() < DAYS_OF_A_PLAN;
    let mut times = near.filter(within).filter(|t| t.days.is_some_and(short));
    let (Some(time), None) = (times.next(), times.next()) else { return None };
    let sentence = &of.layers.sentences[of.layers.sentence_at(predicate.verb.start)?];
    let clause = Clause { context, account, of, sentence };
    let last = of.layers.tokens_in(noun.span).next_back()?;
    Some(StatusClaim {
        status: SCHEDULED,
        matter,
        who: clause.possessor(last),
        to: time.value.clone(),
        to_days: time.days,
        spot: Spot { account, span: predicate.verb.cover(time.span) },
        noun,
        sentence: Spot { account, span: sentence.span },
    })
}

/// How many days a plan may last.
const DAYS_OF_A_PLAN: i32 = 7;

/// Whether only words behind the verb say on what terms a plan holds.
fn has_terms_behind(of: &Account, predicate: &Predicate) -> bool {
    let Some(sentence) = of.layers.sentence_at(predicate.verb.start) else { return false };
    let verb = of.layers.tokens_in(predicate.verb).start;
    let tokens = of.layers.sentences[sentence].tokens.clone();
    let opens = |i: usize| matches!(of.word(i), "if" | "unless");
    tokens.clone().any(|i| i > verb && opens(i))
        && !(tokens.start..verb).any(|i| opens(i) || of.word(i) == "whether")
}

/// The status of what is planned for a day, and neither moved nor cancelled.
pub const SCHEDULED: &str = "scheduled";

/// The concept of the thing that a noun phrase names, where it is one that is planned and moved ("round" of "a second
/// round of talks").
pub fn matter_of(context: &Context, phrase: Spot) -> Option<String> {
    let of = context.accounts[phrase.account];
    let tokens = of.layers.tokens_in(phrase.span);
    let end = tokens.clone().find(|i| of.layers.tokens[*i].pos == Pos::IN).unwrap_or(tokens.end);
    let noun = (tokens.start..end).rev().find(|i| of.layers.tokens[*i].pos.is_noun())?;
    let noun = of.lemma_at(noun);
    let matter = if noun == "walkout" { "strike" } else { concept(noun) };
    MATTERS.contains(&matter).then(|| matter.to_owned())
}

/// How many sentences back "the visit" can mean one that had an owner.
const SENTENCES_BACK: usize = 3;

/// One sentence, looked at for what it says of plans.
#[derive(Clone, Copy)]
struct Clause<'a> {
    context: &'a Context<'a>,
    account: usize,
    of: &'a Account,
    sentence: &'a Sentence,
}

impl Clause<'_> {
    fn word(&self, i: usize) -> &str {
        self.of.word(i)
    }

    fn lemma(&self, i: usize) -> &str {
        self.of.lemma_at(i)
    }

    /// The words before `verb` that can change what it says.
    fn before(&self, verb: usize) -> impl Iterator<Item = &str> {
        (self.sentence.tokens.start.max(verb.saturating_sub(3))..verb).map(|i| self.word(i))
    }

    fn claim(&self, verb: usize) -> Option<StatusClaim> {
        let layers = &self.of.layers;
        let token = layers.tokens[verb];
        if !token.pos.is_verb() || layers.quote_at(token.span.start).is_some() {
            return None;
        }
        let when = self.new_day_after(verb);
        let status = self.status(verb, when.is_some())?;
        let be = |w: &str| matches!(w, "was" | "were" | "been" | "is" | "are" | "be" | "being");
        let passive = token.pos == Pos::VBN && self.before(verb).any(be);
        let of = if self.lemma(verb) == "sign" { SIGNABLE } else { MATTERS };
        let before = passive || status == "held";
        let noun = if before { self.matter_before(verb, of) } else { self.matter_after(verb, of) }?;
        // "a rescheduled summit" tells of no change.
        let describes = token.pos == Pos::VBN && noun == verb + 1 && verb > self.sentence.tokens.start;
        let described = describes
            && matches!(layers.tokens[verb - 1].pos, Pos::DT | Pos::JJ | Pos::IN | Pos::PRPS | Pos::POS);
        if described && matches!(status, "rescheduled" | "postponed") {
            return None;
        }
        let to = when.filter(|_| matches!(status, "rescheduled" | "postponed"));
        let noun_span = layers.tokens[noun].span;
        let span = to.map_or(token.span.cover(noun_span), |t| token.span.cover(noun_span).cover(t.span));
        Some(StatusClaim {
            status,
            matter: concept(self.lemma(noun)).to_owned(),
            who: self.owner(verb, noun, passive),
            to: to.and_then(|t| t.value.clone()),
            to_days: to.and_then(|t| t.days),
            spot: Spot { account: self.account, span },
            noun: Spot { account: self.account, span: noun_span },
            sentence: Spot { account: self.account, span: self.sentence.span },
        })
    }

    /// The new day that the words after `verb` give: "to June 2", "until Friday", "from Friday to Sunday". On which day it was
    /// put off, and when that was said, is none.
    fn new_day_after(&self, verb: usize) -> Option<&TimeExpression> {
        let layers = &self.of.layers;
        let after = layers.tokens[verb].span.end;
        let from = layers.times.partition_point(|t| t.span.start <= after);
        let within = layers.times[from..].iter().take_while(|t| self.sentence.span.contains(t.span));
        let leads = |t: &&TimeExpression| {
            let word = dates::preposition(self.of, t);
            matches!(word.as_str(), "to" | "until" | "till" | "for")
        };
        // "the talks planned for Friday": of what was put off, and not its new day.
        let planned = |t: &TimeExpression| {
            let for_it = layers.tokens_in(t.span).start.checked_sub(2).filter(|i| *i > verb);
            for_it.is_some_and(|i| SCHEDULING.contains(&self.lemma(i)))
        };
        let near = |t: &&TimeExpression| layers.tokens_in(t.span).start <= verb + 2 * REACH;
        within.filter(|t| t.days.is_some()).take_while(near).filter(leads).find(|t| !planned(t))
    }

    fn status(&self, verb: usize, dated: bool) -> Option<&'static str> {
        let denies =
            |w: &str| matches!(w, "not" | "n't" | "n’t" | "never" | "may" | "might" | "could" | "if");
        let base = self.lemma(verb);
        if base == "sign" {
            return self.signed(verb);
        }
        if self.before(verb).any(denies) || !self.is_told(verb) {
            return None;
        }
        let would = self.before(verb).any(|w| w == "would");
        let plain = STATUSES.iter().find(|(verb, _)| *verb == base).map(|(_, status)| *status);
        let near: Vec<&str> = (verb + 1..self.sentence.tokens.end).take(5).map(|i| self.word(i)).collect();
        let phrasal =
            || PHRASAL.iter().find(|(v, particle, _)| *v == base && near.iter().any(|w| w == particle));
        let moved = || (dated && MOVING.contains(&base)).then_some("rescheduled");
        let status = plain.or_else(|| phrasal().map(|(_, _, status)| *status)).or_else(moved);
        // What would be cancelled is not; what would go ahead is as good as held.
        status.filter(|status| !would || *status == "held")
    }

    /// Whether the verb tells that something is done: not "tried to delay the vote", "accused of delaying the vote".
    fn is_told(&self, verb: usize) -> bool {
        let be = |word: &str| matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being");
        match self.of.layers.tokens[verb].pos {
            Pos::VB if verb >= 2 && self.word(verb - 1) == "to" => {
                be(self.word(verb - 2)) || DOING.contains(&self.lemma(verb - 2))
            }
            Pos::VBG => self.before(verb).any(be),
            _ => true,
        }
    }

    /// Whether something was signed, or was not although it could have been; what is to be signed is neither.
    fn signed(&self, verb: usize) -> Option<&'static str> {
        let refuses = |w: &&str| matches!(*w, "refused" | "declined" | "failed" | "refusing" | "refuses");
        let denies = |w: &&str| matches!(*w, "not" | "n't" | "n’t" | "never" | "without");
        let open = |w: &&str| {
            matches!(
                *w,
                "may"
                    | "might"
                    | "could"
                    | "if"
                    | "will"
                    | "would"
                    | "should"
                    | "must"
                    | "can"
                    | "to"
                    | "shall"
            )
        };
        let before: Vec<&str> = self.before(verb).collect();
        match () {
            () if before.iter().any(refuses) => Some("not signed"),
            () if before.iter().any(open) => None,
            () if before.iter().any(denies) => Some("not signed"),
            () if matches!(self.of.layers.tokens[verb].pos, Pos::VBD | Pos::VBN) => Some("signed"),
            () => None,
        }
    }

    fn is_matter(&self, i: usize, of: &[&str]) -> bool {
        self.of.layers.tokens[i].pos.is_noun() && of.contains(&concept(self.lemma(i)))
    }

    fn matter_after(&self, verb: usize, of: &[&str]) -> Option<usize> {
        (verb + 1..self.sentence.tokens.end).take(REACH).find(|i| self.is_matter(*i, of))
    }

    fn matter_before(&self, verb: usize, of: &[&str]) -> Option<usize> {
        (self.sentence.tokens.start.max(verb.saturating_sub(2 * REACH))..verb)
            .rev()
            .find(|i| self.is_matter(*i, of))
    }

    /// Whose the first thing of the kind `matter` is that the sentence names with an owner.
    fn owner_of_any(&self, matter: &str) -> Option<MemberIndex> {
        let nouns = self.sentence.tokens.clone().filter(|i| self.is_matter(*i, &[matter]));
        nouns.into_iter().find_map(|noun| self.possessor(noun).or_else(|| self.subject_of(noun)))
    }

    /// Whose plan it is: the possessor of the noun ("his trip", "Smith's visit", "a visit by Smith"), else the
    /// subject of the verb.
    fn owner(&self, verb: usize, noun: usize, passive: bool) -> Option<MemberIndex> {
        self.possessor(noun).or_else(|| if passive { None } else { self.subject_of(verb) })
    }

    /// The person who is the subject of the clause in which token `i` stands: of "the minister said that Smith cancelled the
    /// trip" Smith.
    fn subject_of(&self, i: usize) -> Option<MemberIndex> {
        let at = self.of.layers.tokens[i].span;
        let predicates = &self.context.predicates[self.account];
        let first = predicates.partition_point(|p| p.verb.start < self.sentence.span.start);
        let near = predicates[first..].iter().take_while(|p| p.verb.start <= at.start);
        let last = near.filter(|p| p.verb.overlaps(at) || p.object.contains(at)).last()?;
        let clause = dates::clause_of(self.of, predicates, last)?;
        let head = predicates::head_phrase(self.of, clause.subject?);
        let mentions = self.of.layers.mentions_in(head);
        mentions.filter(|m| self.is_person(m)).filter_map(|m| self.member(m)).last()
    }

    fn possessor(&self, noun: usize) -> Option<MemberIndex> {
        let layers = &self.of.layers;
        let before = |m: &&Mention| {
            let end = layers.tokens_in(m.span).end;
            let possessive = layers.tokens.get(end).is_some_and(|t| t.pos == Pos::POS)
                || end.checked_sub(1).and_then(|i| layers.tokens.get(i)).is_some_and(|t| t.pos == Pos::PRPS);
            end <= noun && end + 3 >= noun && possessive
        };
        let by =
            (noun + 1..self.sentence.tokens.end).take(REACH).find(|i| matches!(self.word(*i), "by" | "of"));
        let after =
            |m: &&Mention| by.is_some_and(|by| (by + 1..by + 4).contains(&layers.tokens_in(m.span).start));
        let possessor = self.mentions().filter(before).filter_map(|m| self.member(m)).last();
        possessor.or_else(|| {
            self.mentions().filter(after).filter(|m| self.is_person(m)).find_map(|m| self.member(m))
        })
    }

    fn is_person(&self, mention: &Mention) -> bool {
        mention.entity.is_some_and(|e| self.of.layers.entities[e].kind == EntityKind::Person)
    }

    fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.of.layers.mentions_in(self.sentence.span)
    }

    fn member(&self, mention: &Mention) -> Option<MemberIndex> {
        mention.entity.map(|entity| self.context.cast.member(self.account, entity))
    }
}
