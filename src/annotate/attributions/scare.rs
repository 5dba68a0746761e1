//! Quotations within a clause: which are somebody's words, and which are scare quotes or idioms.
//!
//! In: the drafts of one frame. Out: the same without those that rest on a scare quote, and with the
//! quotations that the end of a content left out though nothing else governs them. It does not know idioms:
//! only which verb governs a quotation, and how long it is.

use std::ops::Range;

use super::complements::Complement;
use super::contents::{self, Reach};
use super::cues::Cue;
use super::drafts::Draft;
use super::frames::Frame;
use super::words::Words;

/// A quotation of at most so many words under a verb that is not one of saying is a scare quote or an
/// idiom. Set by hand for precision, no other length tried: on the development part of PolNeAR the rule costs
/// 0.3 of soft F1 (61.1 without it), mixed recall 71.0 to 67.7 for precision 74.2 to 76.5.
const SHORT: usize = 4;

/// How many words may stand between the end of a content and a quotation that still belongs to it. Set by hand,
/// not tuned.
const GAP: usize = 12;

/// Sorts the quotations of `frame`.
pub fn sort(words: &Words, frame: &Frame, cues: &[Cue], mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.retain(|d| d.says(words) || !rests_on_scare_quote(words, d));
    let first = words.quotes.partition_point(|q| q.tokens.start <= frame.tokens.start);
    for quote in words.quotes.iter().skip(first).map(|q| q.tokens.clone()) {
        if quote.end > frame.tokens.end {
            break;
        }
        if !drafts.iter().any(|d| d.holds(quote.start)) {
            extend(words, frame, cues, &mut drafts, &quote);
        }
    }
    drafts
}

fn rests_on_scare_quote(words: &Words, draft: &Draft) -> bool {
    let quoted = |i: &usize| words.quote_of(*i).is_some() && words.is_word(*i);
    let quoted = draft.content.iter().flat_map(Clone::clone).filter(quoted).take(SHORT + 1).count();
    (1..=SHORT).contains(&quoted)
}

/// Gives `quote` to the verb of saying whose content ended shortly before it, if no cue stands between.
fn extend(words: &Words, frame: &Frame, cues: &[Cue], drafts: &mut [Draft], quote: &Range<usize>) {
    let end = |d: &Draft| d.content.last().map_or(0, |c| c.end);
    let near = |d: &&mut Draft| end(d) <= quote.start && end(d) + GAP >= quote.start && d.says(words);
    let follows =
        |d: &&mut Draft| d.cue.last().is_some_and(|c| d.content.last().is_some_and(|k| c.end <= k.start));
    let Some(draft) = drafts.iter_mut().filter(near).filter(follows).max_by_key(|d| end(d)) else { return };
    let gap = end(draft)..quote.start;
    let head = draft.cue.first().map_or(0, |c| c.start);
    let Some(cue) = cues.iter().find(|c| c.tokens.start == head) else { return };
    if gap.clone().any(|i| cues.iter().any(|c| c.head == i) || words.is(i, &[";", ":"])) {
        return;
    }
    let reach = Reach { frame, cues, cue, complement: Complement::Clause, start: quote.start };
    if let (Some(more), Some(last)) = (contents::right(words, &reach), draft.content.last_mut()) {
        last.end = more.end.max(quote.end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn idioms_are_nobodys_words() {
        let text = "While Ruritania offered to put “boots on the ground”, its neighbours hesitated.";
        assert!(told(text).iter().all(|a| !a.contains("boots")), "{:?}", told(text));
        assert!(told("The film “Harbour Lights” opened in Strelsau on Friday.").is_empty());
    }

    #[test]
    fn a_short_quotation_under_a_verb_of_saying_is_kept() {
        assert_eq!(told("Dunn said the talks “went well”."), ["Dunn | said | the talks “went well”"]);
    }
}
