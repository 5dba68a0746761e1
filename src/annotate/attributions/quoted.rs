//! Quotations without a cue of their own.
//!
//! In: the drafts of all frames. Out: the same, with each quotation that stands alone given to whoever spoke
//! just before it. It does not know who that is.

use super::clause::Draft;
use super::frames::Frame;
use super::words::Words;

/// Gives each frame that is only a quotation to the attribution before it.
pub fn join(words: &Words, frames: &[Frame], drafts: &mut Vec<Draft>) {
    for (n, frame) in frames.iter().enumerate() {
        let taken = drafts.iter().any(|d| frame.tokens.clone().any(|i| d.holds(i)));
        if taken || n == 0 || !frame.is_quotation(words) {
            continue;
        }
        let Some(last) = last_before(frame, drafts) else { continue };
        if is_of_last(words, frames, n, &drafts[last]) {
            let continues = words.quote_from(frame.tokens.start).is_some_and(|q| q.continues);
            let goes_on = continues || frame.paragraph == frames[n - 1].paragraph;
            give(words, frame, last, goes_on, drafts);
        }
    }
    drafts.sort_by_key(|d| d.content.first().map(|c| c.start));
}

/// The last attribution, by cue or content, before `frame`.
fn last_before(frame: &Frame, drafts: &[Draft]) -> Option<usize> {
    let end = |d: &Draft| d.content.iter().chain(&d.cue).map(|c| c.end).max().unwrap_or(0);
    let before =
        drafts.iter().enumerate().filter(|(_, d)| end(d) <= frame.tokens.start && !d.source.is_empty());
    before.max_by_key(|(i, d)| (end(d), *i)).map(|(i, _)| i)
}

/// Whether nothing but the attribution's own frame stands between it and the quotation.
fn is_of_last(words: &Words, frames: &[Frame], n: usize, last: &Draft) -> bool {
    let (frame, previous) = (&frames[n], &frames[n - 1]);
    let ends = last.content.iter().chain(&last.cue).map(|c| c.end).max().unwrap_or(0);
    let adjacent = ends > previous.tokens.start;
    let continues = words.quote_from(frame.tokens.start).is_some_and(|q| q.continues);
    let same_paragraph = frame.paragraph == previous.paragraph;
    adjacent
        && (same_paragraph || continues || (frame.paragraph == previous.paragraph + 1 && last.quotes(words)))
}

fn give(words: &Words, frame: &Frame, last: usize, goes_on: bool, drafts: &mut Vec<Draft>) {
    let content = frame.tokens.start..frame.tokens.end;
    let direct = drafts[last].content.iter().all(|c| words.quote_from(c.start).is_some());
    if direct && goes_on {
        drafts[last].content.push(content);
    } else {
        drafts.push(Draft { content: vec![content], ..drafts[last].clone() });
    }
}
