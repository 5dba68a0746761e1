//! Speakers' labels: "MOE: No comment.", as transcripts have them, and "Moe: “No comment.”"
//!
//! In: frames. Out: a [`Draft`] for each labelled paragraph. It does not know whether a label names somebody.

use std::ops::Range;

use super::clause::Draft;
use super::frames::Frame;
use super::sources;
use super::words::{Words, is_mark_of_quotation};

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
        let last = (first..frames.len()).take_while(|n| frames[*n].paragraph == frame.paragraph).last().unwrap_or(first);
        labels.extend(label(words, frames, first..last + 1));
        first = last + 1;
    }
    let transcript = labels.iter().filter(|l| !l.quoted).count() >= TRANSCRIPT;
    labels.retain(|l| l.quoted || transcript);
    let mut inside = vec![false; frames.len()];
    for label in &labels {
        inside[label.frames.clone()].fill(true);
    }
    let mut drafts: Vec<Draft> = labels.iter().map(draft).collect();
    for (n, frame) in frames.iter().enumerate() {
        if let Some(draft) = signed(words, frame).filter(|_| !inside[n]) {
            drafts.push(draft);
            inside[n] = true;
        }
    }
    (drafts, inside)
}

/// "“No comment.” — Anna Moe", which is nothing but a quotation, a dash and a name.
fn signed(words: &Words, frame: &Frame) -> Option<Draft> {
    let quote = words.quote_from(frame.tokens.start)?;
    let dash = Some(quote.tokens.end).filter(|d| words.is(*d, &["—", "–", "―", "-", "--"]))?;
    let name = dash + 1..sources::trimmed(words, dash + 1, frame.tokens.end);
    let named = !name.is_empty() && name.len() <= 8 && words.capital(name.start) && !name.clone().any(|i| words.pos(i).is_finite());
    named.then(|| Draft { source: vec![name], cue: vec![dash..dash + 1], content: vec![quote.tokens.clone()], via: Vec::new() })
}

fn draft(label: &Label) -> Draft {
    Draft {
        source: vec![label.name.clone()],
        cue: vec![label.name.end..label.name.end + 1],
        content: vec![label.content.clone()],
        via: Vec::new(),
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
    fn a_signed_quotation() {
        assert_eq!(told("“Nobody needs to worry.” — Anna Moe"), ["Anna Moe | — | “Nobody needs to worry.”"]);
    }
}
