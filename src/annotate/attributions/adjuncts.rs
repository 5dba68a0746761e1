//! What may stand between a cue and its content: when, where, to whom and through what something was said.
//!
//! In: words and the end of a cue. Out: where the content can begin and the chain (`via`). It does not know
//! the content.

use std::ops::Range;

use super::super::Pos;
use super::complements::Complement;
use super::phrases;
use super::words::Words;

/// Verbs whose first noun phrase is who was told.
const TELLING: [&str; 16] = [
    "told",
    "tell",
    "tells",
    "telling",
    "asked",
    "ask",
    "asks",
    "asking",
    "informed",
    "informing",
    "reminded",
    "reminding",
    "assured",
    "assuring",
    "notified",
    "briefed",
];

/// Words of time that need no preposition.
const TIMES: [&str; 19] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "earlier",
    "later",
    "recently",
    "last",
    "this",
    "week",
    "month",
    "year",
    "night",
    "again",
];

/// Prepositions that open an adjunct of speaking.
const OPENING: [&str; 13] =
    ["on", "in", "at", "during", "after", "before", "from", "with", "to", "via", "through", "by", "of"];

/// Nouns for that through which somebody speaks.
const MEDIA: [&str; 32] = [
    "statement",
    "statements",
    "interview",
    "interviews",
    "speech",
    "tweet",
    "tweets",
    "post",
    "posts",
    "letter",
    "email",
    "e-mail",
    "memo",
    "report",
    "release",
    "conference",
    "briefing",
    "twitter",
    "x",
    "facebook",
    "telegram",
    "instagram",
    "television",
    "tv",
    "radio",
    "video",
    "op-ed",
    "article",
    "message",
    "blog",
    "book",
    "testimony",
];

/// Where one speaks to those who sit there: "told Parliament" names no way by which words came.
const CHAMBERS: [&str; 13] = [
    "parliament",
    "congress",
    "senate",
    "commons",
    "lords",
    "house",
    "assembly",
    "cabinet",
    "council",
    "court",
    "committee",
    "mps",
    "deputies",
];

/// Where the content begins after a cue, and the chain.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The first token after the adjuncts.
    pub end: usize,
    /// To or through whom it was told.
    pub via: Vec<Range<usize>>,
}

/// Steps over the adjuncts that begin at `start` after the cue whose head is `head`.
pub fn skip(words: &Words, head: usize, start: usize, limit: usize) -> Skipped {
    let mut skipped = Skipped { end: start, via: Vec::new() };
    if words.is(head, &TELLING) {
        recipient(words, &mut skipped, limit);
    }
    for _ in 0..5 {
        let Some(end) = adjunct(words, &mut skipped, limit) else { break };
        skipped.end = end;
    }
    let lands = Complement::at(words, skipped.end, limit);
    let told = words.is(head, &TELLING) && skipped.end > start;
    match lands {
        Complement::That
        | Complement::Quote
        | Complement::MarkQuote
        | Complement::Colon
        | Complement::End
        | Complement::Comma => skipped,
        Complement::Question | Complement::Infinitive | Complement::Gerund if told => skipped,
        Complement::Clause | Complement::Infinitive
            if told || !skipped.via.is_empty() || dated(words, start..skipped.end) =>
        {
            skipped
        }
        _ if told => first_only(words, start, limit),
        _ => Skipped { end: start, via: Vec::new() },
    }
}

/// Whether what follows are adjuncts and then a content: "indicated on Tuesday that".
pub fn reaches_content(words: &Words, head: usize, start: usize, limit: usize) -> bool {
    let end = skip(words, head, start, limit).end;
    let lands = Complement::at(words, end, limit);
    end > start && matches!(lands, Complement::That | Complement::Quote | Complement::MarkQuote)
}

/// Whether the word at `i` is one of time.
pub fn is_time(words: &Words, i: usize) -> bool {
    words.is(i, &TIMES)
}

fn first_only(words: &Words, start: usize, limit: usize) -> Skipped {
    let mut skipped = Skipped { end: start, via: Vec::new() };
    recipient(words, &mut skipped, limit);
    skipped
}

fn dated(words: &Words, range: Range<usize>) -> bool {
    range.into_iter().any(|i| words.is(i, &TIMES[..9]))
}

/// Steps over who was told, unless what looks so is the subject of what was said.
fn recipient(words: &Words, skipped: &mut Skipped, limit: usize) {
    let start = skipped.end;
    let Some(end) = phrases::end(words, start, limit) else { return };
    let end = if words.is(end, &["of"]) { phrases::end(words, end + 1, limit).unwrap_or(end) } else { end };
    let subject = words.is(start, &["he", "she", "they", "we", "i"]);
    if !subject && !words.pos(end).is_finite() {
        // "told reporters", "told Moe": that is no way by which words came.
        let chamber = (start..end).any(|i| words.is(i, &CHAMBERS));
        let named = words.capital(end - 1) && !chamber && !words.ends_in_person(&(start..end));
        if named || (start..end).any(|i| words.is(i, &MEDIA)) {
            skipped.via.push(start..end);
        }
        skipped.end = end;
    }
}

fn adjunct(words: &Words, skipped: &mut Skipped, limit: usize) -> Option<usize> {
    let i = skipped.end;
    if i >= limit || words.quote_of(i).is_some() {
        return None;
    }
    let aside = words.is(i, &[","])
        && words.is(i + 2, &[","])
        && words.is(i + 1, &["however", "though", "meanwhile", "too"]);
    if aside {
        return Some(i + 3);
    }
    if words.is(i, &TIMES) {
        return Some(i + 1);
    }
    if words.is(i, &OPENING) {
        let end = phrases::end(words, i + 1, limit)?;
        let attached = phrases::end_with_attachments(words, i + 1, limit).unwrap_or(end);
        let medium = (i + 1..end).find(|j| words.is(*j, &MEDIA));
        let spoken = words.is(i, &["to"]) && !words.pos(i + 1).is_verb();
        if medium.is_some() || spoken {
            skipped.via.push(i + 1..end);
        }
        return Some(attached);
    }
    (words.pos(i) == Pos::RB && !words.is(i, &["not", "n't", "only", "so", "just"])).then_some(i + 1)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{told, via};

    #[test]
    fn to_whom_and_through_what() {
        assert_eq!(via("Dunn told the Gazette that the bridge was safe."), ["the Gazette"]);
        assert_eq!(
            via("Dunn told the Tamiran broadcaster MRD that the bridge was safe."),
            ["the Tamiran broadcaster MRD"]
        );
        assert_eq!(via("Dunn told reporters that the bridge was safe."), [""]);
        assert_eq!(via("Dunn told Parliament that the bridge was safe."), [""]);
        assert_eq!(via("Dunn told Anna Moe that the bridge was safe."), [""]);
        assert_eq!(via("Dunn said in a statement that the bridge was safe."), ["a statement"]);
        assert_eq!(via("“The bridge is safe,” Dunn wrote on X."), ["X"]);
    }

    #[test]
    fn when_it_was_said_is_no_part_of_the_content() {
        assert_eq!(
            told("Dunn said on Friday that the bridge was safe."),
            ["Dunn | said | that the bridge was safe"]
        );
    }
}
