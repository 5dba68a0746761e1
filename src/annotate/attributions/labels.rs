//! Speakers' labels: "MOE: No comment.", as transcripts have them, and "Moe: “No comment.”"
//!
//! In: frames. Out: a [`Draft`] for each labelled paragraph. It does not know whether a label names somebody.

use std::ops::Range;

use super::drafts::Draft;
use super::frames::Frame;
use super::saying::is_saying;
use super::words::{Words, is_mark_of_quotation};
use super::{cues, sources};

/// How many labels without quotation marks make a report a transcript. One or two are headings ("Read more: …").
const TRANSCRIPT: usize = 3;

/// Longest label, in words: "Q", "MOE", "Gov. Anna Moe".
const LONGEST: usize = 5;

/// A labelled paragraph.
struct Label {
    name: Range<usize>,
    content: Range<usize>,
    frames: Range<usize>,
    quoted: bool,
}

/// The labelled paragraphs of the report and, for each frame, whether it lies in one.
pub fn find(words: &Words, frames: &[Frame]) -> (Vec<Draft>, Vec<bool>) {
    let mut labels = Vec::new();
    let mut first = 0;
    while let Some(frame) = frames.get(first) {
        let last = (first..frames.len())
            .take_while(|n| frames[*n].paragraph == frame.paragraph)
            .last()
            .unwrap_or(first);
        labels.extend(label(words, frames, first..last + 1));
        first = last + 1;
    }
    let transcript = labels.iter().filter(|l| !l.quoted).count() >= TRANSCRIPT;
    labels.retain(|l| l.quoted || transcript);
    let mut inside = vec![false; frames.len()];
    for label in &labels {
        inside[label.frames.clone()].fill(true);
    }
    let mut drafts: Vec<Draft> = labels.iter().map(Label::draft).collect();
    for n in 0..frames.len() {
        if inside[n] {
            continue;
        }
        if let Some(draft) = signed(words, &frames[n]) {
            drafts.push(draft);
            inside[n] = true;
        } else if let Some((draft, last)) = introduced(words, frames, n) {
            drafts.push(draft);
            inside[n..=last].fill(true);
        }
    }
    (drafts, inside)
}

/// A paragraph that ends "Moe added:" gives the next paragraph to Moe, as far as it is a quotation if it begins
/// as one; with the last frame of it.
fn introduced(words: &Words, frames: &[Frame], n: usize) -> Option<(Draft, usize)> {
    let (previous, frame) = (frames.get(n.checked_sub(1)?)?, frames.get(n)?);
    let colon = words.is(previous.tokens.end.saturating_sub(1), &[":"]);
    if !colon || frame.paragraph != previous.paragraph + 1 {
        return None;
    }
    let cues = cues::find(words, previous);
    let cue = cues.iter().rev().find(|c| is_saying(words.word(c.head)))?;
    let source = sources::left(words, previous, cue.tokens.start)?;
    let quotation = frame.is_quotation(words);
    let goes_on = |f: &&Frame| f.paragraph == frame.paragraph && (!quotation || f.is_quotation(words));
    let count = frames.iter().skip(n).take_while(goes_on).count().max(1);
    let end = frames.get(n + count - 1)?.tokens.end;
    Some((draft(source, cue.tokens.clone(), frame.tokens.start..end), n + count - 1))
}

fn draft(source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> Draft {
    let one = |range| Vec::from([range]);
    Draft { source: one(source), cue: one(cue), content: one(content), via: Vec::new() }
}

/// "“No comment.” — Anna Moe", which is nothing but a quotation, a dash and a name.
fn signed(words: &Words, frame: &Frame) -> Option<Draft> {
    let quote = words.quote_from(frame.tokens.start)?;
    let dash = Some(quote.tokens.end).filter(|d| words.is(*d, &["—", "–", "―", "-", "--"]))?;
    let name = dash + 1..sources::trimmed(words, dash + 1, frame.tokens.end);
    let named = !name.is_empty()
        && name.len() <= 8
        && words.capital(name.start)
        && !name.clone().any(|i| words.pos(i).is_finite());
    named.then(|| draft(name, dash..dash + 1, quote.tokens.clone()))
}

impl Label {
    fn draft(&self) -> Draft {
        draft(self.name.clone(), self.name.end..self.name.end + 1, self.content.clone())
    }
}

fn label(words: &Words, frames: &[Frame], paragraph: Range<usize>) -> Option<Label> {
    let (first, last) = (frames.get(paragraph.start)?, frames.get(paragraph.end - 1)?);
    let end = last.tokens.end;
    let start = first.tokens.clone().find(|i| !is_mark_of_quotation(words.raw(*i)))?;
    let colon = (start + 1..end.min(start + LONGEST + 1)).find(|i| words.is(*i, &[":"]))?;
    let name = start..colon;
    let named = name.clone().all(|i| words.capital(i) || words.is(i, &["."]));
    let shouted = name.clone().all(|i| words.raw(i).chars().all(|c| !c.is_lowercase()));
    let quoted = words.quote_from(colon + 1).is_some_and(|q| q.tokens.end >= first.tokens.end);
    let asks = words.is(start, &["q", "a"]) && name.len() == 1;
    let labels = named && colon + 1 < end && (quoted || shouted || asks);
    labels.then_some(Label { name, content: colon + 1..end, frames: paragraph, quoted })
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn transcripts() {
        let text = "MOE: Is the bridge safe?\n\nDUNN: It is. We checked.\n\nMOE: Thank you.";
        assert_eq!(
            told(text),
            ["MOE | : | Is the bridge safe?", "DUNN | : | It is. We checked.", "MOE | : | Thank you."]
        );
    }

    #[test]
    fn one_heading_with_a_colon_is_no_transcript() {
        assert!(told("ANALYSIS: The bridge was closed.").is_empty());
    }

    #[test]
    fn a_paragraph_that_a_colon_introduces() {
        let text = "The storm closed the road. Dunn added:\n\n“Nobody needs to worry. We checked.”\n\nThe road is long.";
        assert_eq!(told(text), ["Dunn | added | “Nobody needs to worry. We checked.”"]);
    }

    #[test]
    fn a_signed_quotation() {
        assert_eq!(told("“Nobody needs to worry.” — Anna Moe"), ["Anna Moe | — | “Nobody needs to worry.”"]);
    }
}
