//! What each report states.
//!
//! In: the accounts and the cast. Out: the [`Statement`]s of each: a sentence, the clauses that a conjunction
//! joins in it, or the content that it gives to somebody. A quotation that is nothing but quoted words is no
//! statement; it stands among the quotations. It does not know the other reports.

use jiff::civil::Date;

use super::cast::{Cast, MemberIndex};
use super::concepts::concept;
use super::predicates::{self, Predicate};
use super::terms::{TermSet, Terms};
use super::wording;
use super::{Account, Spot};
use crate::annotate::{AttributionKind, Modality, Pos, Quantity, Sentence};
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
    /// The days that it names, each from the first to the last that it can mean.
    pub days: Vec<(Date, Date)>,
    /// Whether it denies.
    pub negated: bool,
    /// Whether it is fact, plan or possibility.
    pub modality: Modality,
    /// The concept of its main verb, where that says something.
    pub verb: Option<String>,
    /// Where its main verb stands, with the words that help it.
    pub main: Option<Span>,
    /// Who does it, where the main verb is active and names somebody.
    pub subject: Option<MemberIndex>,
    /// Whose words they are, where the report gives them to somebody that it names.
    pub attributed_to: Option<MemberIndex>,
    /// The reporter's own "falsely".
    pub disputed: Option<Span>,
    /// Whether its words read as a statement by themselves: only then can it be a line of the record.
    pub stands: bool,
}

/// The fewest terms that make a statement worth a line; fewer is a fragment ("That changed.").
const FEWEST_TERMS: usize = 3;

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
        for sentence in of.layers.sentences.iter().filter(|s| !s.furniture) {
            for Stretch { span, attribution, stands } in spans_of(of, sentence) {
                let draft = Draft {
                    accounts,
                    cast,
                    terms,
                    predicates: &predicates[account],
                    spot: Spot { account, span },
                    attribution,
                    stands,
                };
                statements.extend(draft.statement());
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

/// What a sentence states: the outermost contents of its attributions that hold a finite verb, else its clauses. Where
/// a content is no statement by itself ("expects him to leave"), the sentence states it.
fn spans_of(account: &Account, sentence: &Sentence) -> Vec<Stretch> {
    let layers = &account.layers;
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (i, attribution) in layers.attributions.iter().enumerate() {
        for content in attribution.content.iter().filter(|c| c.overlaps(sentence.span)) {
            contents.push((*content, i));
        }
    }
    contents.sort_by_key(|(span, i)| (span.start, std::cmp::Reverse(span.end), *i));
    contents.retain(|(span, i)| is_direct(account, *i, *span) || has_clause(account, *span));
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
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut covered: Option<Span> = None;
    for (content, i) in contents {
        let nested = covered.is_some_and(|c| c.contains(content));
        covered = Some(covered.map_or(content, |c| c.cover(content)));
        let told = !is_direct(account, i, content) && sentence.span.contains(content);
        if told && !nested {
            let span = wording::trimmed(account, without_opening(account, content));
            let speaker = layers.attributions[i].speaker.is_some();
            let stands = wording::content_stands(account, span, speaker);
            stretches.push(Stretch { span, attribution: Some(i), stands });
        }
    }
    if !stretches.is_empty() && stretches.iter().all(|s| !s.stands) {
        let whole = own(sentence.span);
        if whole.stands {
            return vec![whole];
        }
    }
    stretches
}

/// Whether a part of an attribution's content is a quotation of its own.
fn is_direct(account: &Account, attribution: usize, content: Span) -> bool {
    account.layers.attributions[attribution].kind == AttributionKind::Direct
        || account.layers.is_quotation(content)
}

/// Whether an attribution names through whom something came ("according to the agency") rather than who said it.
fn only_passes_on(account: &Account, attribution: usize) -> bool {
    let cue = &account.layers.attributions[attribution].cue;
    cue.first().is_some_and(|span| account.report.slice(*span).to_lowercase().starts_with("according"))
}

/// Whether a verb of its own stands in `span`.
fn has_clause(account: &Account, span: Span) -> bool {
    let tokens = &account.layers.tokens;
    account.layers.tokens_in(span).any(|i| tokens[i].pos.is_finite())
}

/// `span` without the "that" that only joins it to its cue.
fn without_opening(account: &Account, span: Span) -> Span {
    let Account { report, layers } = account;
    let tokens = layers.tokens_in(span);
    let joins =
        |i: usize| matches!(report.slice(layers.tokens[i].span).to_lowercase().as_str(), "that" | ",");
    let first = tokens.clone().find(|i| !joins(*i));
    first.map_or(span, |i| Span { start: layers.tokens[i].span.start.max(span.start), end: span.end })
}

/// A sentence, cut where a comma and a conjunction begin a clause with a subject and a verb of its own.
fn clauses(account: &Account, sentence: Span) -> Vec<Span> {
    let Account { report, layers } = account;
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
    spot: Spot,
    attribution: Option<usize>,
    stands: bool,
}

impl Draft<'_> {
    fn subject_of(&self, predicate: &Predicate) -> Option<MemberIndex> {
        let layers = &self.accounts[self.spot.account].layers;
        let head = layers.mentions_in(predicate.subject?).last()?;
        head.entity.filter(|_| !predicate.passive).map(|entity| self.cast.member(self.spot.account, entity))
    }

    fn statement(self) -> Option<Statement> {
        let Spot { account, span } = self.spot;
        let layers = &self.accounts[account].layers;
        let verb =
            layers.tokens_in(span).any(|i| layers.tokens[i].pos.is_verb() || layers.tokens[i].pos == Pos::MD);
        let attribution = self.attribution.map(|i| &layers.attributions[i]);
        let speaker = attribution.and_then(|a| a.speaker).map(|entity| self.cast.member(account, entity));
        let mut terms = self.terms.at(self.accounts, self.cast, self.spot);
        if !verb || terms.len() < FEWEST_TERMS {
            return None;
        }
        // Who says it is part of what is stated: another's word for it is another statement.
        terms.extend(speaker.and_then(|member| self.terms.of_member(member)));
        terms.sort_unstable();
        terms.dedup();
        let within = |other: Span| span.contains(other);
        let main = self.predicates.iter().find(|p| span.contains(p.verb) && !p.participle);
        let (negated, modality) = mood(self.accounts[account], span);
        Some(Statement {
            spot: self.spot,
            terms,
            quantities: layers.quantities.iter().filter(|q| within(q.span)).cloned().collect(),
            days: layers.times.iter().filter(|t| within(t.span)).filter_map(|t| t.days).collect(),
            negated,
            modality,
            verb: main.and_then(verb_of),
            main: main.map(|p| p.verb),
            subject: main.and_then(|p| self.subject_of(p)),
            attributed_to: speaker,
            disputed: attribution.and_then(|a| disputing(self.accounts[account], &a.cue)),
            stands: self.stands,
        })
    }
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

/// Whether the clause at `span` denies, and how it presents what it tells: by its first verb group.
pub fn mood(account: &Account, span: Span) -> (bool, Modality) {
    let Account { report, layers } = account;
    let words = layers.tokens_in(span).map(|i| report.slice(layers.tokens[i].span).to_lowercase());
    let (mut negated, mut modality) = (false, None);
    for word in words {
        match word.as_str() {
            "not" | "n't" | "n’t" | "never" | "no" | "without" | "neither" | "nor" | "refused" | "failed" => {
                negated ^= true
            }
            "will" | "would" | "shall" | "’ll" | "'ll" | "’d" => {
                _ = modality.get_or_insert(Modality::Future)
            }
            "may" | "might" | "could" | "can" | "should" | "must" | "if" | "unless" | "allegedly"
            | "reportedly" | "apparently" | "possibly" | "perhaps" | "alleged" => {
                _ = modality.get_or_insert(Modality::Possible);
            }
            _ => {}
        }
    }
    (negated, modality.unwrap_or(Modality::Asserted))
}

/// The word by which the reporter disputes, in the cue or right beside it.
fn disputing(account: &Account, cue: &[Span]) -> Option<Span> {
    let Account { report, layers } = account;
    let near = cue.iter().flat_map(|span| {
        let tokens = layers.tokens_in(*span);
        tokens.start.saturating_sub(1)..(tokens.end + 1).min(layers.tokens.len())
    });
    let mut spans = near.map(|i| layers.tokens[i].span);
    spans.find(|span| DISPUTING.contains(&report.slice(*span).to_lowercase().as_str()))
}
