//! Words that refer to somebody or something.
//!
//! In: a report with its tokens, sentences and quotes. Out: its mentions, none resolved: names, titles,
//! pronouns, and nouns such as "officials". It works on the capitals of the text and on lexicons, and uses
//! parts of speech where a tagger has given them. It does not know which mentions are of one referent.

mod appositions;
mod descriptions;
mod evidence;
mod impersonal;
mod names;
mod nobody;
mod phrases;
mod proposals;
mod runs;
mod shape;
mod title_extent;
pub(super) mod titles;
mod unions;
mod usage;
pub(super) mod words;

pub(super) use names::surname;
pub(super) use proposals::Proposals;
pub(super) use runs::is_particle;
pub(super) use shape::is_short_for_whole;

use super::lexicon::Office;
use super::{Annotations, EntityKind, Mention, MentionKind};
use crate::report::Report;
use titles::Title;
use words::Word;

/// The mentions of the report, unresolved, in order.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Mention> {
    let words = words::of_report(report, layers);
    let found = titles::find(&words);
    let mut mentions = names::find(&words, &found);
    mentions.extend(found.iter().filter_map(|title| title_mention(&words, title)));
    mentions.extend(phrases::pronouns(&words));
    mentions.sort_by_key(order);
    let named = mentions.iter().filter(|m| m.kind <= MentionKind::Title || m.kind == MentionKind::Nominal);
    let mut ends: Vec<_> = named.map(|m| m.head).collect();
    ends.sort_unstable_by_key(|head| head.end);
    let taken = |span| {
        let i = ends.partition_point(|head| head.end <= span);
        ends.get(i).is_some_and(|head| head.start <= span)
    };
    mentions.extend(phrases::nominals(&words, &|span| taken(span.start)));
    mentions.sort_by_key(order);
    mentions
}

fn order(mention: &Mention) -> (u32, std::cmp::Reverse<u32>, MentionKind) {
    (mention.span.start, std::cmp::Reverse(mention.span.end), mention.kind)
}

fn title_mention(words: &[Word], title: &Title) -> Option<Mention> {
    let (first, last) = (words.get(title.words.start)?, words.get(title.words.end - 1)?);
    let head = words.get(title.noun.start)?.span.cover(words.get(title.noun.end - 1)?.span);
    let kind = if title.office == Office::Held || title.words.end > title.noun.start {
        MentionKind::Title
    } else {
        MentionKind::Nominal
    };
    let span = first.span.cover(last.span);
    Some(Mention { span, head, kind, of: EntityKind::Person, entity: None })
}

#[cfg(test)]
mod tests;
