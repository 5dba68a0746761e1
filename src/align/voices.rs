//! Whose word a line is.
//!
//! In: where the tellings of a line stand. Out: the [`Voice`] of each, the report's own or that of somebody to whom it gives
//! what it tells; and who is named beside a line that every telling gives to somebody. It does not know whether the line is true.

use super::cast::MemberIndex;
use super::statements::{self, Statement};
use super::{Context, Spot};
use crate::annotate::Pos;
use crate::record::Source;
use crate::span::Span;

/// Who tells it in one telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    account: usize,
    /// Whether the report gives it to somebody.
    told: bool,
    /// To whom, where it is known who that is.
    speaker: Option<MemberIndex>,
    /// The words for whom; `None` where none stand there, or only a pronoun does.
    words: Option<Span>,
}

impl Voice {
    /// Who tells what the verb or the noun at `at` tells: of attributions around it the innermost.
    pub fn at(context: &Context, account: usize, at: Span) -> Self {
        let of = context.accounts[account];
        let around = of.layers.attributions.iter().flat_map(|a| a.content.iter().map(move |c| (c, a)));
        let innermost = around.filter(|(content, _)| content.contains(at)).min_by_key(|(c, _)| c.len());
        let attribution = innermost.map(|(_, a)| a);
        Voice {
            account,
            told: attribution.is_some(),
            speaker: attribution.and_then(|a| a.speaker).map(|e| context.cast.member(account, e)),
            words: attribution.and_then(|a| statements::source_words(of, &a.source)),
        }
    }

    /// Who tells a statement.
    pub fn of(statement: &Statement) -> Self {
        Voice {
            account: statement.spot.account,
            told: statement.told,
            speaker: statement.attributed_to,
            words: statement.source,
        }
    }

    /// Whether it is given to somebody of whom nobody knows who he is: what he says must not stand as if nobody said it.
    pub fn is_open(&self) -> bool {
        self.told && self.speaker.is_none() && self.words.is_none()
    }
}

/// To whom all tellings of a line give it; neither where a report states it itself.
#[derive(Clone, Debug, Default)]
pub struct Whose {
    /// Entity id, where all give it to one.
    pub attributed_to: Option<String>,
    /// Else the words for the first of them.
    pub source: Option<Source>,
}

/// To whom `voices`, all that tell a line, give it.
pub fn whose(context: &Context, voices: &[Voice]) -> Whose {
    let Some(first) = voices.first().filter(|_| voices.iter().all(|v| v.told)) else {
        return Whose::default();
    };
    if let Some(speaker) = first.speaker.filter(|s| voices.iter().all(|v| v.speaker == Some(*s))) {
        return Whose { attributed_to: Some(context.cast.id(speaker)), source: None };
    }
    let mut spots = voices.iter().filter_map(|v| Some(Spot { account: v.account, span: v.words? }));
    Whose { attributed_to: None, source: spots.next().map(|spot| source(context, spot)) }
}

/// The words at `spot`, as they stand within a sentence.
fn source(context: &Context, spot: Spot) -> Source {
    let layers = &context.accounts[spot.account].layers;
    let words = context.text(spot).trim_end_matches([',', ' ']);
    let first = layers.tokens_in(spot.span).next().map(|i| layers.tokens[i].pos);
    let common = matches!(first, Some(Pos::DT | Pos::CD | Pos::PRPS | Pos::NN | Pos::NNS | Pos::IN));
    let mut letters = words.chars();
    let text = match letters.next() {
        Some(first) if common => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    };
    Source { text, evidence: context.evidence(spot) }
}
