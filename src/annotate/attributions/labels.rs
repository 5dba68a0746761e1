//! Speakers' labels: "MOE: No comment.", as transcripts have them, and "Moe: “No comment.”"
//!
//! In: frames. Out: a [`Draft`] for each labelled paragraph. It does not know whether a label names somebody.

use std::ops::Range;

use super::clause::Draft;
use super::frames::Frame;
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
    (labels.iter().map(draft).collect(), inside)
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
