//! What a whole report says of names that somebody else proposes.
//!
//! In: a report with its layers, and spans that are taken for names. Out: where such a name begins, and which of them
//! are no person's. It does not know who proposes them.

use std::ops::Range;

use super::descriptions;
use super::impersonal::{self, Impersonal};
use super::titles::{self, Title};
use super::usage::Usage;
use super::words::{self, Word};
use crate::annotate::{Annotations, EntityKind};
use crate::report::Report;
use crate::span::Span;

/// A report, as it judges names.
pub(in crate::annotate) struct Proposals<'t> {
    words: Vec<Word<'t>>,
    titles: Vec<Title>,
    usage: Usage,
}

impl<'t> Proposals<'t> {
    /// What `report` says.
    pub(in crate::annotate) fn of(report: &'t Report, layers: &Annotations) -> Self {
        let words = words::of_report(report, layers);
        let (titles, usage) = (titles::find(&words), Usage::of(&words));
        Proposals { words, titles, usage }
    }

    /// Whether the name `name` begins with a word that only describes it: "Forecaster" in "Forecaster Tom Bell".
    pub(in crate::annotate) fn is_described(&self, name: Span) -> bool {
        let range = self.range(name);
        range.len() > 1 && descriptions::describes(&self.words, range.start, &self.usage)
    }

    /// For each of `names`, what it names where the report treats it as no person's.
    pub(in crate::annotate) fn impersonal(&self, names: &[Span]) -> Vec<Option<EntityKind>> {
        let ranges: Vec<Range<usize>> = names.iter().map(|name| self.range(*name)).collect();
        let impersonal = Impersonal::of(&self.words, &self.titles, &ranges);
        ranges.iter().map(|range| impersonal.kind(&impersonal::text(&self.words, range))).collect()
    }

    /// The words within `span`.
    fn range(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|w| w.span.start < span.start);
        let end = self.words.partition_point(|w| w.span.end <= span.end);
        start..end.max(start)
    }
}
