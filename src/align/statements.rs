//! What each report states.
//!
//! In: the accounts and the cast. Out: the [`Statement`]s of each: a sentence, the clauses that a conjunction
//! joins in it, or the content that it gives to somebody; and what these state besides, in a relative clause, a
//! participle or around one. A quotation that is nothing but quoted words is no statement; it stands among the
//! quotations. An apposition states who somebody is: that stands among the roles of the cast. It does not know the
//! other reports.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::acts;
use super::cast::{Cast, MemberIndex};
use super::concepts::concept;
use super::counts::Counts;
use super::main_clauses;
use super::pairs;
use super::predicates::{self, Predicate};
use super::terms::{TermSet, Terms};
use super::wording;
use super::{Account, Spot};
use crate::annotate::{AttributionKind, Modality, Pos, Quantity, Sentence, TimeExpression};
use crate::span::Span;

/// What a report states, itself or in somebody's name.
#[derive(Debug)]
pub struct Statement {
    /// Its words.
    pub spot: Spot,
    /// What it is about.
    pub terms: TermSet,
    /// Its numbers.
    pub quantities: Vec<Quantity>,
    /// Its numbers that are no quantities.
    pub counts: Counts,
    /// The days that it names, each from the first to the last that it can mean.
    pub days: Vec<(Date, Date)>,
    /// Whether it denies.
    pub negated: bool,
    /// Whether it is fact, plan or possibility.
    pub modality: Modality,
    /// How far it says that somebody has made up his mind, where it is about that.
    pub resolve: Option<Resolve>,
    /// The concept of its main verb, where that says something.
    pub verb: Option<String>,
    /// Where its main verb stands, with the words that help it.
    pub main: Option<Span>,
    /// Who does it, where the main verb is active and names somebody.
    pub subject: Option<MemberIndex>,
    /// Whose words they are, where the report gives them to somebody that it names.
    pub attributed_to: Option<MemberIndex>,
    /// The words for whoever the report says states it; `None` where it states it itself, or the words name nobody.
    pub source: Option<Span>,
    /// Whether the report gives it to somebody.
    pub told: bool,
    /// The reporter's own "falsely".
    pub disputed: Option<Span>,
    /// Whether its words read as a statement by themselves: only then can it be a line of the record.
    pub stands: bool,
    /// Whether it is only a part of another statement, which states it besides: then it bears out what other reports
    /// state, and is no line itself.
    pub part: bool,
}

/// How far somebody has made up his mind to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolve {
    /// "has not decided whether to appeal", "is considering an appeal"
    Open,
    /// "ruled out an appeal"
    Refused,
    /// "decided to appeal"
    Firm,
}

/// The fewest terms that make a statement worth a line; fewer is a fragment ("That changed.").
const FEWEST_TERMS: usize = 3;

/// The fewest where it says of somebody with a name what he does, or when it is done ("Elise Kern was acquitted.").
const FEWEST_OF_A_DEED: usize = 2;

/// The fewest where it says how many ("Two people have died.").
const FEWEST_WITH_NUMBER: usize = 1;

/// A reporter's own judgement of what somebody says.
const DISPUTING: &[&str] =
    &["falsely", "wrongly", "incorrectly", "baselessly", "untruthfully", "misleadingly"];

/// The statements of all accounts, in order of account and place.
pub fn find(
    accounts: &[&Account],
    cast: &Cast,
    terms: &Terms,
    predicates: &[Vec<Predicate>],
) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (account, of) in accounts.iter().enumerate() {
        let mut told: BTreeSet<String> = BTreeSet::new();
        for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
            for Stretch { span, attribution, stands } in spans_of(of, sentence, &predicates[account]) {
                // What a report repeats word for word it states once.
                if !told.insert(of.report.slice(span).trim_end_matches('.').to_lowercase()) {
                    continue;
                }
                let draft = Draft {
                    accounts,
                    cast,
                    terms,
                    predicates: &predicates[account],
                    account,
                    spans: vec![span],
                    attribution,
                    stands,
                };
                statements.extend(draft.statement());
                statements.extend(draft.parts());
            }
        }
    }
    statements
}

/// What a sentence states.
struct Stretch {
    span: Span,
    /// The attribution whose content it is.
    attribution: Option<usize>,
    stands: bool,
}

/// What a sentence states: the outermost contents of its attributions that hold a finite verb and the clause around them,
/// else its clauses. Where a content is no statement by itself ("expects him to leave"), the sentence states it.
fn spans_of(account: &Account, sentence: &Sentence, predicates: &[Predicate]) -> Vec<Stretch> {
    let layers = &account.layers;
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (i, attribution) in layers.attributions.iter().enumerate() {
        for content in attribution.content.iter().filter(|c| c.overlaps(sentence.span)) {
            contents.push((*content, i));
        }
    }
    contents.sort_by_key(|(span, i)| (span.start, std::cmp::Reverse(span.end), *i));
    contents.retain(|(span, i)| is_direct(account, *i, *span) || has_clause(account, *i, *span));
    contents.retain(|(span, i)| is_direct(account, *i, *span) || is_asserted(account, *i));
    contents.retain(|(span, i)| is_direct(account, *i, *span) || !is_proposed(account, *i, *span));
    contents.retain(|(span, i)| is_direct(account, *i, *span) || is_sourced(account, *i));
    let inner: Vec<Span> = contents.iter().map(|(span, _)| *span).collect();
    contents.retain(|(span, i)| {
        !(only_passes_on(account, *i) && inner.iter().any(|c| c != span && span.contains(*c)))
    });
    let own = |span: Span| {
        let span = wording::trimmed(account, span);
        Stretch { span, attribution: None, stands: wording::sentence_stands(account, span) }
    };
    if contents.is_empty() {
        return clauses(account, sentence.span).into_iter().map(own).collect();
    }
    let around = main_clauses::of(account, sentence, predicates, &beside(account, &contents));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut covered: Option<Span> = None;
    for (content, i) in contents {
        let nested = covered.is_some_and(|c| c.contains(content));
        covered = Some(covered.map_or(content, |c| c.cover(content)));
        let told = !is_direct(account, i, content) && sentence.span.contains(content);
        if told && !nested {
            for part in that_clauses(account, content) {
                let span = wording::trimmed(account, without_opening(account, part));
                let speaker = layers.attributions[i].speaker.is_some();
                let beside = layers.attributions[i].cue.iter().any(|cue| sentence.span.contains(*cue));
                let stands =
                    wording::content_stands(account, span, speaker) && !(beside && is_long_said(account, i));
                stretches.push(Stretch { span, attribution: Some(i), stands });
            }
        }
    }
    if !stretches.is_empty() && stretches.iter().all(|s| !s.stands) {
        let whole = own(sentence.span);
        if whole.stands {
            return vec![whole];
        }
    }
    around.map(own).filter(|main| main.stands).into_iter().chain(stretches).collect()
}

/// The contents beside which a clause may state something: those told, and quotations that a participle joins to it
/// ("rejected the offer, calling it “an insult”"); one who "nodded and said: “…”" does nothing but speak.
fn beside(account: &Account, contents: &[(Span, usize)]) -> Vec<(Span, usize)> {
    let layers = &account.layers;
    let joined = |i: usize| {
        let cue = layers.attributions[i].cue.first();
        cue.and_then(|cue| layers.tokens_in(*cue).next()).is_some_and(|i| layers.tokens[i].pos == Pos::VBG)
    };
    contents.iter().filter(|(span, i)| !is_direct(account, *i, *span) || joined(*i)).copied().collect()
}

/// Whether the report dates an attribution as long past, or as past when other things happened: "swore in May that …", "had said
/// on Tuesday that …". Its content is no statement of today.
fn is_long_said(account: &Account, attribution: usize) -> bool {
    let layers = &account.layers;
    let told = &layers.attributions[attribution];
    let (Some(cue), Some(published)) = (told.cue.first(), account.report.published_at) else { return false };
    let content = |at: u32| told.content.iter().any(|c| c.holds(at));
    let near = layers.tokens_in(*cue);
    let from = layers.tokens.get(near.start.saturating_sub(NEAR_CUE)).map_or(0, |t| t.span.start);
    let to = layers.tokens.get(near.end + NEAR_CUE).map_or(u32::MAX, |t| t.span.start);
    let first = layers.times.partition_point(|t| t.span.start < from);
    let beside = layers.times[first..].iter().take_while(|t| t.span.start < to);
    let same = |t: &TimeExpression| layers.sentence_at(t.span.start) == layers.sentence_at(cue.start);
    let before = layers.tokens_in(*cue).next().is_some_and(|i| account.word(i) == "had");
    // "Dunn, who has led the union since 2029, said": the time of another clause.
    let apart = |t: &TimeExpression| {
        let between = Span { start: t.span.end.min(cue.end), end: t.span.start.max(cue.start) };
        layers.tokens_in(between).any(|i| account.word(i) == ",")
    };
    let last = beside
        .filter(|t| same(t) && !content(t.span.start) && !apart(t))
        .filter_map(|t| t.days)
        .map(|(_, last)| last)
        .max();
    last.is_some_and(|last| {
        let ago = (published.date - last).get_days();
        ago > super::BACKGROUND_DAYS || before && ago > 0
    })
}

/// Within how many tokens of a cue a time says when it was said.
const NEAR_CUE: usize = 4;

/// Whether a part of an attribution's content is a quotation of its own.
fn is_direct(account: &Account, attribution: usize, content: Span) -> bool {
    account.layers.attributions[attribution].kind == AttributionKind::Direct
        || account.layers.is_quotation(content)
}

/// Lemmas of cues whose content nobody states: it is doubted, demanded or wished for; what is denied is in
/// [`predicates::DENYING`].
const WITHHOLDING: &[&str] = &[
    "disprove", "doubt", "question", "dispute", "demand", "order", "urge", "ask", "request", "require",
    "hope", "wish", "want", "fear", "wonder", "forbid", "refuse",
];

/// Whether whoever an attribution gives its content to states that it is so.
fn is_asserted(account: &Account, attribution: usize) -> bool {
    let layers = &account.layers;
    let attribution = &layers.attributions[attribution];
    let withholds = |i: usize| {
        let base = account.lemma_at(i);
        WITHHOLDING.contains(&base)
            || predicates::DENYING.contains(&base)
            || matches!(account.word(i), "not" | "n't" | "n’t" | "never" | "no")
    };
    // "Nobody said that the pier was safe"
    let nobody = |i: usize| matches!(account.word(i), "nobody" | "none");
    let mut source = attribution.source.iter().flat_map(|span| layers.tokens_in(*span).take(1));
    !attribution.cue.iter().flat_map(|span| layers.tokens_in(*span)).any(withholds) && !source.any(nobody)
}

/// Whether a content only says what somebody wants to be done: "suggested that the parties turn to a judge", "asked that the tax be cut".
fn is_proposed(account: &Account, attribution: usize, content: Span) -> bool {
    const PROPOSING: &[&str] =
        &["suggest", "recommend", "propose", "insist", "advise", "demand", "request", "ask", "urge"];
    let layers = &account.layers;
    let cues = || layers.attributions[attribution].cue.iter().flat_map(|span| layers.tokens_in(*span));
    let Some(cue) = cues().find(|i| PROPOSING.contains(&account.lemma_at(*i))) else { return false };
    let tokens = layers.tokens_in(content);
    let verb = tokens.clone().find(|i| account.pos(*i).is_finite() || account.pos(*i) == Pos::VB);
    let Some(verb) = verb.filter(|i| *i > tokens.start) else { return false };
    let states = matches!(account.word(verb), "are" | "am" | "have" | "do" | "’re" | "'re");
    let base = matches!(account.pos(verb), Pos::VB | Pos::VBP) && !states;
    let one = account.pos(verb - 1) == Pos::NN || account.pos(verb - 1) == Pos::NNP;
    // "The survey suggests that people eat less" states it.
    let past = matches!(account.pos(cue), Pos::VBD | Pos::VBN);
    base && (past || one || account.word(verb) == "be")
}

/// Whether it is known who says what an attribution tells: a pronoun that stays open says nothing, and what it tells must
/// not stand as if nobody said it.
fn is_sourced(account: &Account, attribution: usize) -> bool {
    let attribution = &account.layers.attributions[attribution];
    attribution.speaker.is_some()
        || attribution.source.is_empty()
        || source_words(account, &attribution.source).is_some()
}

/// What is told, cut where another "that" goes on: "91 had survived | and that 23 were missing".
fn that_clauses(account: &Account, content: Span) -> Vec<Span> {
    let layers = &account.layers;
    let tokens = layers.tokens_in(content);
    let cuts = tokens.clone().skip(2).filter(|i| {
        account.word(*i) == "that"
            && account.word(i - 1) == "and"
            && layers.quote_at(layers.tokens[*i].span.start).is_none()
    });
    let mut parts = Vec::new();
    let mut start = content.start;
    for cut in cuts {
        parts.push(Span { start, end: layers.tokens[cut - 2].span.end });
        start = layers.tokens[cut].span.start;
    }
    parts.push(Span { start, end: content.end });
    parts
}

/// Whether an attribution names through whom something came ("according to the agency") rather than who said it.
fn only_passes_on(account: &Account, attribution: usize) -> bool {
    let cue = &account.layers.attributions[attribution].cue;
    cue.first().is_some_and(|span| account.report.slice(*span).to_lowercase().starts_with("according"))
}

/// Whether a verb of its own stands in `span`, a content of an attribution: "found the mayor guilty and sentenced her" gives none to what was
/// found.
fn has_clause(account: &Account, attribution: usize, span: Span) -> bool {
    let tokens = account.layers.tokens_in(span);
    let Some(verb) = tokens.clone().find(|i| account.pos(*i).is_finite()) else { return false };
    let before = (tokens.start..verb).rev().find(|i| account.pos(*i) != Pos::RB);
    let joined = before.is_some_and(|i| matches!(account.word(i), "and" | "or" | "but"));
    !joined || account.word(tokens.start) == "that" || is_reported(account, attribution, span)
}

/// Whether a content stands before its cue, or a verb of saying gives it: then it is a clause, whatever a tagger makes of its verbs.
fn is_reported(account: &Account, attribution: usize, content: Span) -> bool {
    const SAYING: &[&str] = &["say", "tell", "add", "write", "explain", "announce", "state", "note"];
    let cue = &account.layers.attributions[attribution].cue;
    let says = |i: usize| SAYING.contains(&account.lemma_at(i));
    cue.iter().any(|cue| content.end <= cue.start)
        || cue.iter().flat_map(|span| account.layers.tokens_in(*span)).any(says)
}

/// `span` without the "that" that only joins it to its cue.
fn without_opening(account: &Account, span: Span) -> Span {
    let layers = &account.layers;
    let tokens = layers.tokens_in(span);
    let joins = |i: usize| matches!(account.word(i), "that" | ",");
    let first = tokens.clone().find(|i| !joins(*i));
    first.map_or(span, |i| Span { start: layers.tokens[i].span.start.max(span.start), end: span.end })
}

/// A sentence, cut where a comma and a conjunction begin a clause with a subject and a verb of its own.
fn clauses(account: &Account, sentence: Span) -> Vec<Span> {
    let Account { report, layers, .. } = account;
    let word = |i: usize| report.slice(layers.tokens[i].span);
    let mut starts = vec![sentence.start];
    let mut ends = Vec::new();
    let tokens = layers.tokens_in(sentence);
    for i in tokens.clone().skip(1) {
        let joins = matches!(word(i).to_lowercase().as_str(), "and" | "but" | "while" | "whereas")
            && word(i - 1) == ","
            && layers.quote_at(layers.tokens[i].span.start).is_none();
        if (joins || word(i) == ";") && predicates::opens_clause(account, i + 1, tokens.end) {
            let last = if joins { i - 1 } else { i };
            ends.push(layers.tokens[last].span.start);
            starts.push(layers.tokens[i + 1].span.start);
        }
    }
    ends.push(sentence.end);
    starts.into_iter().zip(ends).filter(|(s, e)| s < e).map(|(start, end)| Span { start, end }).collect()
}

struct Draft<'a> {
    accounts: &'a [&'a Account],
    cast: &'a Cast,
    terms: &'a Terms,
    predicates: &'a [Predicate],
    account: usize,
    /// Its words, in order.
    spans: Vec<Span>,
    attribution: Option<usize>,
    stands: bool,
}

impl Draft<'_> {
    fn subject_of(&self, predicate: &Predicate) -> Option<MemberIndex> {
        let head = self.accounts[self.account].head_mention(predicate.subject?)?;
        head.entity.filter(|_| !predicate.passive).map(|entity| self.cast.member(self.account, entity))
    }

    /// Whether the subject of a predicate is somebody or something with a name.
    fn has_known_subject(&self, predicate: &Predicate) -> bool {
        let head = predicate.subject.and_then(|s| self.accounts[self.account].layers.mentions_in(s).last());
        let member = head.and_then(|m| m.entity).map(|entity| self.cast.member(self.account, entity));
        member.is_some_and(|member| self.cast.is_named(member))
    }

    /// Whether it says that nobody suffered an act, or that none was done: "Nobody has been arrested", "No arrests have been made".
    fn tells_of_none(&self, predicate: &Predicate) -> bool {
        let of = self.accounts[self.account];
        let Some(subject) = predicate.subject.map(|s| of.layers.tokens_in(s)) else { return false };
        let act = |word: &str| acts::is_act(concept(word));
        let nobody = matches!(of.word(subject.start), "nobody" | "none")
            || of.word(subject.start) == "no" && of.word(subject.start + 1) == "one";
        let of_act = || {
            of.word(subject.start) == "no" && subject.clone().next_back().is_some_and(|i| act(of.lemma_at(i)))
        };
        let made = || matches!(predicate.lemma.as_str(), "make" | "report" | "issue" | "hold" | "plan");
        predicate.passive && (nobody && act(&predicate.lemma) || of_act() && made())
    }

    /// Whether its subject is a number alone: "Eleven are in a critical condition".
    fn counts_alone(&self, predicate: &Predicate) -> bool {
        let of = self.accounts[self.account];
        predicate.subject.is_some_and(|s| of.layers.tokens_in(s).all(|i| of.pos(i) == Pos::CD))
            && !self.points_back(predicate)
    }

    /// Whether it leaves to the words before what is done, or to whom: "Tamira accepted it."
    fn points_back(&self, predicate: &Predicate) -> bool {
        let of = self.accounts[self.account];
        let back = |i: usize| {
            matches!(of.word(i), "it" | "them" | "this" | "that" | "these" | "those" | "so" | "one")
        };
        of.layers.tokens_in(predicate.object).any(back)
    }

    fn holds(&self, span: Span) -> bool {
        self.spans.iter().any(|s| s.contains(span))
    }

    fn whole(&self) -> Span {
        self.spans[1..].iter().fold(self.spans[0], |whole, span| whole.cover(*span))
    }

    fn statement(&self) -> Option<Statement> {
        let account = self.account;
        let layers = &self.accounts[account].layers;
        let tokens = || self.spans.iter().flat_map(|span| layers.tokens_in(*span));
        let verb = tokens().any(|i| layers.tokens[i].pos.is_verb() || layers.tokens[i].pos == Pos::MD);
        let attribution = self.attribution.map(|i| &layers.attributions[i]);
        let speaker = attribution.and_then(|a| a.speaker).map(|entity| self.cast.member(account, entity));
        let mut terms = self.terms();
        let main = self.main();
        let counts = Counts::of(self.accounts[account], &self.spans);
        let numbers = layers.quantities.iter().any(|q| self.holds(q.span)) || counts.has_several();
        let dated = layers.times.iter().any(|t| self.holds(t.span) && t.days.is_some());
        let fewest = match main {
            _ if numbers => FEWEST_WITH_NUMBER,
            Some(p) if self.tells_of_none(p) => FEWEST_WITH_NUMBER,
            Some(p) if self.counts_alone(p) => FEWEST_OF_A_DEED,
            Some(p) if (dated || self.has_known_subject(p)) && !self.points_back(p) => {
                FEWEST_OF_A_DEED + usize::from(verb_of(p).is_none())
            }
            _ => FEWEST_TERMS,
        };
        if !verb || terms.len() < fewest {
            return None;
        }
        // Who says it is part of what is stated: another's word for it is another statement.
        terms.extend(speaker.and_then(|member| self.terms.of_member(member)));
        terms.sort_unstable();
        terms.dedup();
        let (negated, modality) = self.mood(main);
        let of = self.accounts[account];
        let days: Vec<(Date, Date)> = layers
            .times
            .iter()
            .filter(|t| self.holds(t.span) && dates_act(of, t.span))
            .filter_map(|t| t.days)
            .collect();
        let to_come = main.is_some_and(|p| is_to_come(of, p, &days));
        let modality = if modality == Modality::Asserted && to_come { Modality::Future } else { modality };
        Some(Statement {
            spot: Spot { account, span: self.whole() },
            terms,
            quantities: layers.quantities.iter().filter(|q| self.holds(q.span)).cloned().collect(),
            counts,
            days,
            negated,
            modality,
            resolve: main.and_then(|p| resolve(self.accounts[account], p)),
            verb: main.and_then(|p| act(self.accounts[account], p)),
            main: main.map(|p| p.verb),
            subject: main.and_then(|p| self.subject_of(p)),
            attributed_to: speaker,
            source: attribution.and_then(|a| source_words(self.accounts[account], &a.source)),
            told: attribution.is_some(),
            disputed: attribution.and_then(|a| disputing(self.accounts[account], &a.cue)),
            stands: self.stands,
            part: false,
        })
    }

    /// What it states in the first place: not in a relative clause before that ("Ann Hale, who won the vote, thanked the voters").
    fn main(&self) -> Option<&Predicate> {
        let within = || self.predicates.iter().filter(|p| self.holds(p.verb) && !p.participle);
        within().find(|p| !self.is_relative(p)).or_else(|| within().next())
    }

    fn is_relative(&self, predicate: &Predicate) -> bool {
        let layers = &self.accounts[self.account].layers;
        let before = layers.tokens_in(predicate.verb).start.checked_sub(1);
        before.is_some_and(|i| {
            matches!(layers.tokens[i].pos, Pos::WP | Pos::WDT) && self.whole().contains(layers.tokens[i].span)
        })
    }

    /// Whether it denies, and how it presents what it tells: by its main clause.
    fn mood(&self, main: Option<&Predicate>) -> (bool, Modality) {
        let of = self.accounts[self.account];
        let before = |p: &&Predicate| main.is_some_and(|main| p.verb.end <= main.verb.start);
        let relative = self.predicates.iter().filter(|p| self.holds(p.verb) && self.is_relative(p));
        let aside: Vec<Span> = relative.filter(before).map(|p| p.verb.cover(p.object)).collect();
        let tokens = self.spans.iter().flat_map(|span| of.layers.tokens_in(*span));
        let aside = |i: &usize| aside.iter().any(|span| span.contains(of.layers.tokens[*i].span));
        let says =
            main.filter(|p| !TELLING.contains(&p.lemma.as_str()) && !PLANNED.contains(&p.lemma.as_str()));
        mood_of(of, tokens.filter(|i| !aside(i)), says.map(|p| p.verb))
    }

    fn terms(&self) -> TermSet {
        let at = |span: &Span| {
            self.terms.at(self.accounts, self.cast, Spot { account: self.account, span: *span })
        };
        self.spans.iter().flat_map(at).chain(self.pair()).collect()
    }

    /// The terms of the two whom a "they" means that opens it.
    fn pair(&self) -> TermSet {
        let of = self.accounts[self.account];
        let first = of.layers.tokens_in(self.whole()).next().map(|i| of.layers.tokens[i].span);
        let pair = first.and_then(|they| pairs::meant(of, they));
        let members = pair.into_iter().flatten().map(|entity| self.cast.member(self.account, entity));
        members.filter_map(|member| self.terms.of_member(member)).collect()
    }

    /// What it states besides: by each relative clause and participle in it, and without them.
    fn parts(&self) -> Vec<Statement> {
        let whole = self.whole();
        let inner: Vec<&Predicate> =
            self.predicates.iter().filter(|p| whole.contains(p.verb) && self.is_besides(p)).collect();
        let clauses = inner.iter().map(|p| {
            let said = p.verb.cover(p.object);
            let spans = p.subject.filter(|s| s.end <= said.start).into_iter().chain([said]).collect();
            (spans, Some(*p))
        });
        let around = (!inner.is_empty()).then(|| (without(whole, &inner), None));
        let part = |(spans, predicate): (Vec<Span>, Option<&Predicate>)| {
            let draft = Draft { spans, stands: false, ..*self };
            let mut statement = draft.statement()?;
            if predicate.is_none() && statement.modality != Modality::Asserted {
                statement.days.extend(inner.iter().flat_map(|p| self.days_ahead(p)));
            }
            let (verb, main) = predicate.map_or((statement.verb, statement.main), |p| {
                (act(self.accounts[self.account], p), Some(p.verb))
            });
            let subject = predicate.map_or(statement.subject, |p| self.subject_of(p));
            Some(Statement { part: true, verb, main, subject, ..statement })
        };
        clauses.chain(around).filter(|(spans, _)| !spans.is_empty()).filter_map(part).collect()
    }

    /// The days for which a relative clause sets what is to be: of "its members, who will vote on March 28" the day of the vote.
    fn days_ahead(&self, predicate: &Predicate) -> Vec<(Date, Date)> {
        let of = self.accounts[self.account];
        let times = of.layers.times.iter().filter(|t| predicate.object.contains(t.span));
        let days: Vec<(Date, Date)> = times.filter_map(|t| t.days).collect();
        let will = matches!(predicate.modal.as_deref(), Some("will" | "would"));
        if will || is_to_come(of, predicate, &days) { days } else { Vec::new() }
    }

    /// Whether it only tells what was to be: "…, who had been due to meet her, …" states no plan that still holds.
    fn is_undone(&self, predicate: &Predicate) -> bool {
        let of = self.accounts[self.account];
        let past = |i: usize| matches!(of.word(i), "had" | "was" | "were");
        let opening = of.layers.tokens_in(predicate.object).next().map(|i| of.word(i)).unwrap_or_default();
        let ahead = opening == "to" || opening == "for" && predicate.lemma != "be";
        PLANNED.contains(&predicate.lemma.as_str()) && ahead && of.layers.tokens_in(predicate.verb).any(past)
    }

    /// Whether a predicate tells something besides the clause that it stands in: "…, who left on Monday, …",
    /// "…, killing two".
    fn is_besides(&self, predicate: &Predicate) -> bool {
        (self.is_relative(predicate) || predicate.participle)
            && predicate.subject.is_some()
            && !predicate.quoted
            && !self.is_undone(predicate)
    }
}

/// Whether a time says when something is done, and not since when, nor of which day a thing is ("a Monday meeting").
fn dates_act(of: &Account, time: Span) -> bool {
    let tokens = of.layers.tokens_in(time);
    let before = tokens.start.checked_sub(1);
    let since = before.is_some_and(|i| of.word(i) == "since");
    let of_thing = before.is_some_and(|i| matches!(of.pos(i), Pos::DT | Pos::PRPS))
        && of.layers.tokens.get(tokens.end).is_some_and(|t| t.pos.is_noun() && !t.pos.is_name());
    !since && !of_thing
}

/// `whole` without what `inner` predicates tell of the words before them.
fn without(whole: Span, inner: &[&Predicate]) -> Vec<Span> {
    let mut left = vec![whole];
    for predicate in inner {
        let cut = predicate.verb.cover(predicate.object);
        left = left
            .into_iter()
            .flat_map(|span| {
                [
                    Span { end: span.end.min(cut.start), ..span },
                    Span { start: span.start.max(cut.end), ..span },
                ]
            })
            .filter(|span| span.start < span.end)
            .collect();
    }
    left
}

/// Verbs that say little: what they join says it.
const LIGHT: &[&str] = &[
    "be", "have", "do", "say", "tell", "make", "take", "give", "get", "go", "come", "become", "seem",
    "remain",
];

/// The concept of a predicate's verb, where that says something.
pub fn verb_of(predicate: &Predicate) -> Option<String> {
    let base = concept(predicate.lemma.as_str());
    (!LIGHT.contains(&base)).then(|| base.to_owned())
}

/// Verbs that leave it to the clause behind them what they tell.
const TELLING: &[&str] = &["say", "tell", "seem", "appear"];

/// Verbs that say when or whether something is done, and leave to an infinitive what.
const PLANNED: &[&str] = &["be", "due", "set", "plan", "schedule", "expect", "slate"];

/// How far a clause says that somebody has made up his mind.
fn resolve(of: &Account, predicate: &Predicate) -> Option<Resolve> {
    let asks = || {
        let words = of.layers.tokens_in(predicate.object).take(NEAR_HEAD).map(|i| of.word(i));
        words.into_iter().any(|word| matches!(word, "whether" | "if" | "yet" | "on"))
    };
    match predicate.lemma.as_str() {
        "decide" if predicate.negated && asks() => Some(Resolve::Open),
        "undecided" | "consider" | "weigh" | "mull" if !predicate.negated => Some(Resolve::Open),
        "rule out" if predicate.negated => Some(Resolve::Open),
        "rule out" | "refuse" | "decline" if predicate.modal.is_none() => Some(Resolve::Refused),
        "decide" if !predicate.negated => Some(Resolve::Firm),
        _ => None,
    }
}

/// The concept of what is done: of "is due to meet" meeting; `None` where the verb says little.
pub fn act(of: &Account, predicate: &Predicate) -> Option<String> {
    if !PLANNED.contains(&predicate.lemma.as_str()) {
        return idiom(of, predicate).or_else(|| deed(of, predicate)).or_else(|| verb_of(predicate));
    }
    let mut tokens = of.layers.tokens_in(predicate.object);
    tokens.next().filter(|to| of.layers.tokens[*to].pos == Pos::TO)?;
    let base = |i: usize| of.lemma_at(i);
    // "to be held" is holding.
    let mut verbs =
        tokens.take(3).filter(|i| matches!(of.layers.tokens[*i].pos, Pos::VB | Pos::VBN)).map(base);
    let base = verbs.find(|verb| *verb != "be")?;
    // To see somebody on a day is to meet him.
    Some(concept(if base == "see" { "meet" } else { base }).to_owned())
}

/// Verbs that leave it to their object to say what is done.
const SUPPORTING: &[&str] = &[
    "strike",
    "reach",
    "make",
    "conclude",
    "clinch",
    "seal",
    "ink",
    "hold",
    "launch",
    "conduct",
    "stage",
    "mount",
    "pay",
    "issue",
    "file",
    "lodge",
    "agree",
    "carry out",
    "open",
];

/// What is done by such an object, by concept.
const ACTS: &[&str] = &[
    "agree", "talks", "visit", "attack", "protest", "warn", "demand", "propose", "accuse", "inquiry", "sue",
    "election",
];

/// Verbs with a word behind them that together name an act, and the act: "take", "effect", "begin".
static IDIOMS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let lines = include_str!("idioms.txt").lines().filter(|line| !line.starts_with('#'));
    let idiom = |line: &'static str| {
        let mut words = line.split_whitespace();
        Some(((words.next()?, words.next()?), words.next()?))
    };
    lines.filter_map(idiom).collect()
});

/// What an idiom says is done: "took effect" is beginning, "walked free" being acquitted.
fn idiom(of: &Account, predicate: &Predicate) -> Option<String> {
    // "called an election for the end of May": the word stands in the phrase behind the verb, not in a further one.
    let parts = |n: usize, i: usize| n > 0 && (of.pos(i) == Pos::IN || of.pos(i) == Pos::TO);
    let verb = predicate.lemma.as_str();
    let behind = of.layers.tokens_in(predicate.object).take(NEAR_HEAD).enumerate();
    let behind = behind.take_while(|(n, i)| !of.pos(*i).is_finite() && !parts(*n, *i));
    let mut words = behind.map(|(_, i)| of.lemma_at(i));
    let act = words.find_map(|word| IDIOMS.get(&(verb, word)).copied())?;
    Some(concept(act).to_owned())
}

/// What is done where the object says it: of "struck a deal", "agreed a deal" and "reached an agreement" agreeing.
fn deed(of: &Account, predicate: &Predicate) -> Option<String> {
    SUPPORTING.contains(&predicate.lemma.as_str()).then_some(())?;
    let head = of.layers.tokens_in(predicate.object).take(NEAR_HEAD).take_while(|i| {
        let pos = of.layers.tokens[*i].pos;
        pos.is_noun() || pos.is_adjective() || matches!(pos, Pos::DT | Pos::PRPS | Pos::CD | Pos::VBN)
    });
    let head = head.filter(|i| of.layers.tokens[*i].pos.is_noun()).last()?;
    let base = of.lemma_at(head);
    ACTS.iter().find(|deed| **deed == concept(base)).map(|deed| (*deed).to_owned())
}

/// Within how many tokens behind its verb the object's noun stands.
const NEAR_HEAD: usize = 6;

/// Whether a predicate in the present tells of what is still to come: "is expected to resign", "meets" of a day ahead.
fn is_to_come(of: &Account, predicate: &Predicate, days: &[(Date, Date)]) -> bool {
    let mut opening = of.layers.tokens_in(predicate.object).map(|i| of.word(i));
    let planned = PLANNED.contains(&predicate.lemma.as_str())
        && opening.next().is_some_and(|word| matches!(word, "to" | "for"));
    let perfect = of.layers.tokens_in(predicate.verb).any(|i| matches!(of.word(i), "has" | "have"));
    let ahead = |published: Date| !days.is_empty() && days.iter().all(|(first, _)| *first > published);
    let scheduled = of.report.published_at.is_some_and(|at| ahead(at.date));
    predicate.present && !perfect && (planned || scheduled)
}

/// Whether the clause at `span` denies, and how it presents what it tells: by its first verb group.
pub fn mood(account: &Account, span: Span) -> (bool, Modality) {
    mood_of(account, account.layers.tokens_in(span), None)
}

/// Words that open a clause of circumstances: what it says is denied or possible is not what the sentence tells.
const CIRCUMSTANTIAL: &[&str] = &[
    "after", "because", "before", "when", "while", "although", "though", "since", "until", "where", "who",
    "whom", "whose", "which", "if", "unless",
];

/// Words behind "not" that make it part of a phrase: "not because", "not only", "for not paying".
const PHRASAL: &[&str] = &["because", "only", "just", "even", "least", "yet"];

/// The same of `tokens`, up to a clause of circumstances; where a verb that says something is the main one, it alone says whether it
/// is still to come.
fn mood_of(account: &Account, tokens: impl Iterator<Item = usize>, main: Option<Span>) -> (bool, Modality) {
    let layers = &account.layers;
    let (mut negated, mut modality, mut told, mut neither) = (false, None, false, false);
    for i in tokens {
        let token = &layers.tokens[i];
        let word = account.word(i);
        if told && opens_circumstances(account, i) {
            // "The deal collapses if the bank pulls out": what hangs on something else is no fact.
            if matches!(word, "if" | "unless") {
                _ = modality.get_or_insert(Modality::Possible);
            }
            break;
        }
        // "The union demands": the tagger may take the verb for a noun.
        told |= token.pos.is_finite() || main.is_some_and(|main| main.contains(token.span));
        let of_main = || main.is_none_or(|main| token.span.start < main.end);
        match word {
            "nor" if neither => {}
            "nobody" | "none" if !told => negated ^= true,
            _ if denies(account, i) => {
                negated ^= true;
                neither |= word == "neither";
            }
            "will" | "would" | "shall" | "’ll" | "'ll" | "’d" if of_main() => {
                _ = modality.get_or_insert(Modality::Future)
            }
            "may" | "might" | "could" | "can" | "should" | "must" if of_main() => {
                _ = modality.get_or_insert(Modality::Possible);
            }
            "if" | "unless" | "allegedly" | "reportedly" | "apparently" | "possibly" | "perhaps" => {
                _ = modality.get_or_insert(Modality::Possible)
            }
            _ => {}
        }
    }
    (negated, modality.unwrap_or(Modality::Asserted))
}

/// Whether the word at `i` opens a clause that only tells of the circumstances of what stands before.
pub fn opens_circumstances(account: &Account, i: usize) -> bool {
    let word = account.word(i);
    CIRCUMSTANTIAL.contains(&word) || word == "that" && joins_noun(account, i)
}

/// Verbs whose object is who hears what they tell: "told reporters that …".
pub const ADDRESSING: &[&str] = &[
    "tell", "inform", "warn", "assure", "remind", "convince", "persuade", "promise", "notify", "advise",
    "brief",
];

/// Whether the "that" at `i` says more of the noun before it: "a guarantee that no jobs are lost".
fn joins_noun(account: &Account, i: usize) -> bool {
    let sentence = account.layers.sentence_at(account.layers.tokens[i].span.start);
    let start = sentence.map_or(0, |s| account.layers.sentences[s].tokens.start);
    let addresses = |j: usize| account.pos(j).is_verb() && ADDRESSING.contains(&account.lemma_at(j));
    i > start && account.pos(i - 1).is_noun() && !(start..i).any(addresses)
}

/// Whether the word at `i` denies what its clause says.
fn denies(account: &Account, i: usize) -> bool {
    let next = account.word(i + 1);
    let gerund = || account.layers.tokens.get(i + 1).is_some_and(|t| t.pos == Pos::VBG);
    match account.word(i) {
        "not" => !(PHRASAL.contains(&next) || gerund() && i > 0 && account.pos(i - 1) == Pos::IN),
        "n't" | "n’t" | "never" | "neither" | "nor" => true,
        "no" => account.layers.quote_at(account.layers.tokens[i].span.start).is_none(),
        "without" => i > 0 && account.pos(i - 1).is_verb(),
        "refused" | "failed" => next == "to",
        _ => false,
    }
}

/// The words of a source that name or describe somebody: a pronoun does not.
pub fn source_words(account: &Account, source: &[Span]) -> Option<Span> {
    let layers = &account.layers;
    let whole = source.iter().copied().reduce(Span::cover)?;
    layers.tokens_in(whole).any(|i| layers.tokens[i].pos.is_noun()).then_some(whole)
}

/// The word by which the reporter disputes, in the cue or right beside it.
fn disputing(account: &Account, cue: &[Span]) -> Option<Span> {
    let Account { report, layers, .. } = account;
    let near = cue.iter().flat_map(|span| {
        let tokens = layers.tokens_in(*span);
        tokens.start.saturating_sub(1)..(tokens.end + 1).min(layers.tokens.len())
    });
    let mut spans = near.map(|i| layers.tokens[i].span);
    spans.find(|span| DISPUTING.contains(&report.slice(*span).to_lowercase().as_str()))
}
