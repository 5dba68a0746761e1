//! Does a stretch of a report read as a statement by itself?
//!
//! In: an account and a span. Out: the span without what only joins it to the words around it, whether an editor
//! could print it as a line, and whom its pronouns mean. It does not know the other reports, nor whether the
//! statement is true.

use std::ops::Range;

use super::cast::{Cast, MemberIndex};
use super::{Account, Spot, pairs};
use crate::annotate::{Mention, MentionKind, Pos, lexicon};
use crate::span::Span;

/// A pronoun of a line, and whom it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referent {
    /// Where the pronoun stands.
    pub span: Span,
    /// Whom it means.
    pub member: MemberIndex,
}

/// Words that only join a sentence to the one before it.
const JOINING: &[&str] = &["but", "and", "yet", "or", "that"];

/// Adverbs that do the same where a comma follows.
const JOINING_ADVERBS: &[&str] = &[
    "however",
    "meanwhile",
    "also",
    "nevertheless",
    "nonetheless",
    "moreover",
    "furthermore",
    "instead",
    "still",
    "then",
    "thus",
    "therefore",
    "additionally",
    "indeed",
];

/// Words that put the verb after them under another clause.
const SUBORDINATING: &[&str] = &[
    "which", "who", "whom", "whose", "where", "when", "while", "whereas", "because", "after", "before", "as",
    "if", "unless", "since", "until", "although", "though", "whether", "how", "why", "what", "once", "than",
    "that",
];

/// Of these, what is a preposition before a time ("since March").
const BEFORE_TIMES: &[&str] = &["after", "before", "since", "until"];

/// Pronouns for one who was named before.
const THIRD: &[&str] = &["he", "she", "they", "it", "his", "her", "their", "its"];

/// Pronouns for whoever speaks or is spoken to.
const SPEAKING: &[&str] = &["i", "we", "you", "my", "our", "your"];

/// Nouns that a content may name instead of stating it ("rejected the claim that …").
const NAMING: &[&str] = &[
    "claim",
    "claims",
    "idea",
    "notion",
    "suggestion",
    "suggestions",
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "report",
    "reports",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "prospect",
    "possibility",
    "fact",
];

/// `span` without the conjunction that opens it and the marks that end it.
pub fn trimmed(account: &Account, span: Span) -> Span {
    let words = Words::new(account, span);
    let Range { mut start, mut end } = words.tokens.clone();
    loop {
        let joins = start < end
            && (JOINING.contains(&words.word(start)) && !words.is_determiner(start)
                || matches!(
                    words.word(start),
                    "," | ";" | ":" | "–" | "—" | "…" | "•" | "·" | "▪" | "●" | "▸" | "*"
                ));
        let adverb =
            start + 1 < end && JOINING_ADVERBS.contains(&words.word(start)) && words.word(start + 1) == ",";
        match () {
            () if joins => start += 1,
            () if adverb => start += 2,
            () => break,
        }
    }
    while end > start && matches!(words.word(end - 1), "," | ";" | ":" | "–" | "—") {
        end -= 1;
    }
    if start >= end {
        return span;
    }
    let tokens = &account.layers.tokens;
    unquoted(account, tokens[start].span.cover(tokens[end - 1].span))
}

/// `span` without a quotation mark whose other half it does not have, where the mark stands at its border.
fn unquoted(account: &Account, span: Span) -> Span {
    let halved = |q: &&crate::annotate::Quote| q.outer.overlaps(span) && !span.contains(q.outer);
    account.layers.quotes.iter().filter(halved).fold(span, |span, q| {
        let opens = span.start == q.outer.start && q.inner.start < span.end;
        let closes = span.end == q.outer.end && q.inner.end > span.start;
        match (opens, closes) {
            (true, _) => Span { start: q.inner.start, end: span.end },
            (_, true) => Span { start: span.start, end: q.inner.end },
            _ if q.closed && span.end == q.inner.end && q.outer.start >= span.start => span.cover(q.outer),
            _ => span,
        }
    })
}

/// Whether `span`, a whole sentence or a clause cut out of one, reads as a statement.
pub fn sentence_stands(account: &Account, span: Span) -> bool {
    let words = Words::new(account, span);
    let finite = words.tokens.clone().any(|i| words.pos(i).is_finite());
    let quoted = account.layers.quotes.iter().any(|q| q.outer.contains(span) || q.inner.start == span.start);
    // "Commenting on the sale, Anna Moe said:" only leads to what follows.
    let introduces = account.report.text.as_str()[span.range().end..].trim_start().starts_with(':');
    finite
        && !quoted
        && !introduces
        && !tells_of_silence(account, span)
        && words.opens_well()
        && words.pronouns_are_known(false)
        && words.quotes_are_whole()
}

/// That somebody said nothing, as reports put it at their end.
const SILENCE: &[&str] = &[
    "declined to comment",
    "declined comment",
    "for comment",
    "no comment",
    "could not be reached",
    "did not respond",
    "did not immediately respond",
    "did not reply",
];

/// Whether a sentence tells only that somebody said nothing.
pub fn tells_of_silence(account: &Account, span: Span) -> bool {
    let words = account.report.slice(span).to_lowercase();
    SILENCE.iter().any(|silence| words.contains(silence))
}

/// Whether `span`, the content of an attribution, reads as a statement beside the name of who is said to say it.
pub fn content_stands(account: &Account, span: Span, speaker: bool) -> bool {
    let words = Words::new(account, span);
    // "called | off the strike planned for May"
    let particle = words.first().is_some_and(|i| words.word(i) == "off");
    !particle
        && words.opens_well()
        && words.main_verb().is_some()
        && words.pronouns_are_known(speaker)
        && words.quotes_are_whole()
        && !words.names_a_statement()
}

/// Whether no pronoun before the first noun of `span` is open, and nobody there speaks of himself.
pub fn opening_is_known(account: &Account, span: Span) -> bool {
    Words::new(account, span).opening_is_known(false)
}

/// Whom the pronouns of a line mean that it does not name itself: each once, where it is met first. Who is named
/// beside the line (`known`) needs no naming.
pub fn referents(
    accounts: &[&Account],
    cast: &Cast,
    spot: Spot,
    known: Option<MemberIndex>,
) -> Vec<Referent> {
    let mut met: Vec<MemberIndex> = known.into_iter().collect();
    let mut found = Vec::new();
    for mention in accounts[spot.account].layers.mentions_in(spot.span) {
        let of = accounts[spot.account];
        let pair = || pairs::meant(of, mention.span).map_or(Vec::new(), Vec::from);
        let entities = mention.entity.map_or_else(pair, |entity| vec![entity]);
        for member in entities.into_iter().map(|entity| cast.member(spot.account, entity)) {
            if !met.contains(&member) {
                met.push(member);
                // "the council" within a line reads well by itself; at its head it leaves open of whom the line tells.
                let named = mention.kind == MentionKind::Nominal && mention.span.start != spot.span.start;
                let again = is_called_again(of, mention)
                    && !named
                    && (mention.kind == MentionKind::Pronoun || says_more(cast.name(member)));
                found.extend(again.then_some(Referent { span: mention.span, member }));
            }
        }
    }
    found
}

/// Whether a body's name says more than which country's it is: not "US administration".
fn says_more(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    !matches!(words[..], [country, _] if lexicon::party_of_place(country).is_some())
}

/// Whether a mention leaves it to the words before whom it means: "she", "The company".
fn is_called_again(of: &Account, mention: &Mention) -> bool {
    let words = of.report.slice(mention.span).to_lowercase();
    match mention.kind {
        MentionKind::Pronoun => THIRD.contains(&words.as_str()),
        MentionKind::Nominal => words.starts_with("the ") && words.split(' ').count() == 2,
        MentionKind::Name | MentionKind::Title => false,
    }
}

/// How far the words that open `span` leave it to those before whom they mean: a name not at all, "the company" less than "it".
pub fn openness(account: &Account, span: Span) -> usize {
    let words = Words::new(account, span);
    let first = words.first().map(|i| account.layers.tokens[i].span.start);
    let mut mentions = account.layers.mentions_in(span);
    match mentions.find(|m| Some(m.span.start) == first && is_called_again(account, m)) {
        Some(mention) if mention.kind == MentionKind::Pronoun => 2,
        Some(_) => 1,
        None => 0,
    }
}

/// The words of a span.
struct Words<'a> {
    of: &'a Account,
    span: Span,
    tokens: Range<usize>,
}

impl<'a> Words<'a> {
    fn new(of: &'a Account, span: Span) -> Self {
        Words { of, span, tokens: of.layers.tokens_in(span) }
    }

    fn word(&self, i: usize) -> &str {
        self.of.word(i)
    }

    fn pos(&self, i: usize) -> Pos {
        self.of.layers.tokens[i].pos
    }

    fn is_word(&self, i: usize) -> bool {
        self.pos(i) != Pos::Punct
    }

    fn in_time(&self, i: usize) -> bool {
        self.of.layers.time_at(self.of.layers.tokens[i].span.start)
    }

    /// "that country": the word belongs to a noun.
    fn is_determiner(&self, i: usize) -> bool {
        self.pos(i) == Pos::DT
            && self.tokens.contains(&(i + 1))
            && (self.pos(i + 1).is_noun() || self.pos(i + 1).is_adjective())
    }

    fn first(&self) -> Option<usize> {
        self.tokens.clone().find(|i| self.is_word(*i))
    }

    /// Whether it begins as a statement does: not with a verb, a question, "to" or a word that points back.
    fn opens_well(&self) -> bool {
        let Some(first) = self.first() else { return false };
        let last = self.tokens.end - 1;
        let asks = self.word(last).starts_with('?') || last > first && self.word(last - 1) == "?";
        let points_back = self.pos(first) == Pos::DT
            && matches!(self.word(first), "that" | "this" | "these" | "those")
            && !self.is_determiner(first);
        // "Aid convoys will leave": what a finite verb follows at once is no order.
        let noun = self.pos(first) == Pos::VB
            && first + 2 <= last
            && self.pos(first + 1).is_noun()
            && self.pos(first + 2).is_finite();
        let verb = self.pos(first).is_finite() || matches!(self.pos(first), Pos::VB | Pos::TO) && !noun;
        // "By then each must name …", "The rest is to come …"
        let opening = [first, first + 1].map(|i| if i <= last { self.word(i) } else { "" });
        let elsewhere = matches!([opening[0], opening[1]], ["by", "then"] | ["the", "rest"])
            && !(first + 2 <= last && self.word(first + 2) == "of");
        !asks && !points_back && !verb && !elsewhere
    }

    /// The finite verb of the main clause, where one stands after a noun or a pronoun.
    fn main_verb(&self) -> Option<usize> {
        let (mut under, mut nominal) = (false, false);
        for i in self.tokens.clone() {
            let (word, pos) = (self.word(i), self.pos(i));
            let opens = SUBORDINATING.contains(&word) && !self.is_determiner(i);
            let dates = BEFORE_TIMES.contains(&word) && self.tokens.contains(&(i + 1)) && self.in_time(i + 1);
            match () {
                () if matches!(word, "," | ";" | "–" | "—") => under = false,
                () if opens => under = !dates,
                () if pos.is_finite() && under => under = false,
                () if pos.is_finite() => return nominal.then_some(i),
                () => {}
            }
            nominal |= pos.is_noun() || matches!(pos, Pos::PRP | Pos::EX | Pos::CD | Pos::DT | Pos::WP);
        }
        None
    }

    /// Whether whoever a pronoun means that the statement begins with, or that is the subject of its verb, is known.
    /// `speaker` says whether "we" is.
    fn pronouns_are_known(&self, speaker: bool) -> bool {
        let verb = self.main_verb();
        let before_verb = verb.and_then(|v| {
            let helps = |i: &usize| matches!(self.pos(*i), Pos::RB | Pos::MD);
            self.tokens.clone().take_while(|i| *i < v).filter(|i| !helps(i)).last()
        });
        self.opening_is_known(speaker) && before_verb.is_none_or(|i| self.is_known(i, speaker))
    }

    fn opening_is_known(&self, speaker: bool) -> bool {
        let named = |i: &usize| self.pos(*i).is_noun() && !self.in_time(*i);
        self.tokens.clone().take_while(|i| !named(i)).all(|i| self.is_known(i, speaker))
    }

    fn is_known(&self, i: usize, speaker: bool) -> bool {
        let word = self.word(i);
        if !matches!(self.pos(i), Pos::PRP | Pos::PRPS) {
            return true;
        }
        if SPEAKING.contains(&word) {
            return speaker;
        }
        let span = self.of.layers.tokens[i].span;
        let resolved = self.of.layers.mentions_in(span).any(|m| m.span == span && m.entity.is_some());
        !THIRD.contains(&word) || resolved || pairs::meant(self.of, span).is_some()
    }

    /// Whether every quotation that it holds a part of is in it whole, or holds it.
    fn quotes_are_whole(&self) -> bool {
        let cut = |q: &crate::annotate::Quote| {
            q.outer.overlaps(self.span) && !self.span.contains(q.outer) && !q.inner.contains(self.span)
        };
        !self.of.layers.quotes.iter().any(cut)
    }

    /// "the claim Europe was left out": it names a statement and has no verb of its own.
    fn names_a_statement(&self) -> bool {
        let mut words = self.tokens.clone().filter(|i| self.is_word(*i) && self.pos(*i) != Pos::DT);
        let Some(noun) = words.next() else { return false };
        let opens = |i: usize| {
            self.pos(i).is_name() || matches!(self.pos(i), Pos::PRP | Pos::DT) || self.word(i) == "that"
        };
        NAMING.contains(&self.word(noun)) && self.tokens.contains(&(noun + 1)) && opens(noun + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::testing::accounts;

    /// Whether the part of a sentence stands, as a content of a speaker.
    fn stands(part: &str) -> bool {
        let text = format!("{}{}.", part[..1].to_uppercase(), &part[1..]);
        let account = accounts(&[&text]).remove(0);
        let span = Span::new(0..account.report.text.as_str().len() - 1);
        content_stands(&account, span, false)
    }

    #[test]
    fn a_statement_has_a_verb_of_its_own() {
        assert!(stands("the council had closed the bridge"));
        assert!(!stands("the decision a provocation that would lead to chaos"));
        assert!(!stands("the ferry to reach the port nine days after it left the dock"));
    }

    #[test]
    fn what_begins_in_mid_sentence_does_not_stand() {
        assert!(!stands("where the patience of the council ends"));
        assert!(!stands("is what is left of the plan"));
        assert!(!stands("to meet the crew of the ferry that sank"));
        assert!(stands("what the crew got was a promise"));
    }

    #[test]
    fn conjunctions_and_marks_at_the_border_go() {
        let account = accounts(&["However, the council closed the bridge."]).remove(0);
        let span = account.layers.sentences[0].span;
        assert_eq!(account.report.slice(trimmed(&account, span)), "the council closed the bridge.");
    }
}
