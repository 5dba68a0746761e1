//! Quotations without a cue of their own.
//!
//! In: the drafts of all frames. Out: the same, with each quotation that stands alone given to whoever spoke
//! just before it. It does not know who that is.

use super::clause::Draft;
use super::frames::Frame;
use super::saying::is_saying;
use super::{cues, sources};
use super::words::Words;

/// Gives each frame that is only a quotation to the attribution before it.
pub fn join(words: &Words, frames: &[Frame], drafts: &mut Vec<Draft>) {
    for (n, frame) in frames.iter().enumerate() {
        introduce(words, frames, n, drafts);
        let taken = drafts.iter().any(|d| frame.tokens.clone().any(|i| d.holds(i)));
        if taken || n == 0 || !frame.is_quotation(words) {
            continue;
        }
        let Some(last) = last_before(frame, drafts) else { continue };
        let last = direct_beside(words, &frames[n - 1], drafts, last);
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
    let before = drafts.iter().enumerate().filter(|(_, d)| end(d) <= frame.tokens.start && !d.source.is_empty());
    before.max_by_key(|(i, d)| (end(d), *i)).map(|(i, _)| i)
}

/// The attribution of a whole quotation by the same source in the same frame, before others of that source:
/// "“…,” Moe said, suggesting that …. “…”"
fn direct_beside(words: &Words, frame: &Frame, drafts: &[Draft], last: usize) -> usize {
    let direct = |d: &Draft| d.content.iter().all(|c| words.quote_from(c.start).is_some());
    let same = |d: &Draft| d.source == drafts[last].source && d.cue.iter().all(|c| frame.tokens.contains(&c.start));
    (0..drafts.len()).rev().find(|i| direct(&drafts[*i]) && same(&drafts[*i])).unwrap_or(last)
}

/// Whether nothing but the attribution's own frame stands between it and the quotation.
fn is_of_last(words: &Words, frames: &[Frame], n: usize, last: &Draft) -> bool {
    let (frame, previous) = (&frames[n], &frames[n - 1]);
    let ends = last.content.iter().chain(&last.cue).map(|c| c.end).max().unwrap_or(0);
    let adjacent = ends > previous.tokens.start;
    let continues = words.quote_from(frame.tokens.start).is_some_and(|q| q.continues);
    let same_paragraph = frame.paragraph == previous.paragraph;
    adjacent && (same_paragraph || continues || (frame.paragraph == previous.paragraph + 1 && last.quotes(words)))
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

/// A paragraph that ends "Moe added:" gives the next paragraph to Moe.
fn introduce(words: &Words, frames: &[Frame], n: usize, drafts: &mut Vec<Draft>) {
    let Some(previous) = n.checked_sub(1).and_then(|p| frames.get(p)) else { return };
    let frame = &frames[n];
    let colon = words.is(previous.tokens.end.saturating_sub(1), &[":"]);
    if !colon || frame.paragraph != previous.paragraph + 1 || drafts.iter().any(|d| d.holds(frame.tokens.start)) {
        return;
    }
    let cues = cues::find(words, previous);
    let Some(cue) = cues.iter().rev().find(|c| is_saying(words.word(c.head))) else { return };
    let source = match sources::left(words, previous, cue.tokens.start) {
        Some(source) => source,
        None => return,
    };
    let all = frames.iter().skip(n).take_while(|f| f.paragraph == frame.paragraph);
    let end = all.take_while(|f| !frame.is_quotation(words) || f.is_quotation(words)).last().map_or(frame.tokens.end, |f| f.tokens.end);
    let content = frame.tokens.start..end;
    drafts.retain(|d| !d.content.iter().all(|c| content.contains(&c.start)));
    drafts.push(Draft { source: vec![source], cue: vec![cue.tokens.clone()], content: vec![content], via: Vec::new() });
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn a_quotation_right_after_its_cue_goes_on() {
        let text = "“The bridge is safe,” Dunn said. “Nobody needs to worry. We have checked it.”";
        assert_eq!(told(text), ["Dunn | said | “The bridge is safe,” / “Nobody needs to worry. We have checked it.”"]);
    }

    #[test]
    fn a_quotation_after_what_was_said_indirectly_has_the_same_source() {
        let text = "Dunn said that the bridge was safe. “Nobody needs to worry.”";
        assert_eq!(
            told(text),
            ["Dunn | said | that the bridge was safe", "Dunn | said | “Nobody needs to worry.”"]
        );
    }

    #[test]
    fn an_open_quotation_goes_on_in_the_next_paragraph() {
        let text = "“The bridge is safe,” Dunn said. “Nobody needs to worry.\n\n“We have checked every bolt.”";
        let found = told(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("“Nobody needs to worry. / “We have checked every bolt.”"), "{found:?}");
    }

    #[test]
    fn another_speaker_between_ends_it() {
        let text = "Moe said the road was closed. The storm grew.\n\n“Nobody needs to worry.”";
        assert!(told(text).iter().all(|a| !a.contains('“')), "{:?}", told(text));
    }
}
