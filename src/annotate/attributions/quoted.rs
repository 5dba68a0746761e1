//! Quotations without a cue of their own.
//!
//! In: the drafts of all frames. Out: the same, with each quotation that stands alone given to whoever spoke
//! just before it. It does not know who that is.

use super::drafts::Draft;
use super::frames::Frame;
use super::unsaid;
use super::words::Words;

/// Gives each frame that is only a quotation to the attribution of the frame before it.
pub fn join(words: &Words, frames: &[Frame], drafts: &mut Vec<Draft>) {
    let mut ending = ending_in(frames, drafts);
    let taken = taken(frames, drafts);
    for n in 1..frames.len() {
        if taken[n] || !frames[n].is_quotation(words) {
            continue;
        }
        let Some(last) = last_before(words, frames, n, &ending, drafts) else { continue };
        if goes_on(words, frames, n, &drafts[last]) {
            let given = give(words, frames, n, last, drafts);
            ending[n].push(given);
        }
    }
}

/// Where an attribution ends, content or cue.
fn end(draft: &Draft) -> usize {
    draft.content.iter().chain(&draft.cue).map(|c| c.end).max().unwrap_or(0)
}

/// The frame that holds the token before `end`.
fn frame_of(frames: &[Frame], end: usize) -> Option<usize> {
    let n = frames.partition_point(|f| f.tokens.end < end);
    frames.get(n).filter(|f| f.tokens.start < end).map(|_| n)
}

/// For each frame the attributions that end in it.
fn ending_in(frames: &[Frame], drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut ending = vec![Vec::new(); frames.len()];
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(n) = frame_of(frames, end(draft)) {
            ending[n].push(i);
        }
    }
    ending
}

/// For each frame whether an attribution has its last words.
fn taken(frames: &[Frame], drafts: &[Draft]) -> Vec<bool> {
    let mut taken = vec![false; frames.len()];
    for content in drafts.iter().flat_map(|d| &d.content) {
        let from = frames.partition_point(|f| f.tokens.end <= content.start);
        let covered = frames.iter().skip(from).take_while(|f| f.tokens.start < content.end).count();
        taken[from..from + covered].fill(true);
    }
    taken
}

/// Whose words those of frame `n` may be: the last attribution of the frame before it. Past what somebody did not say in the
/// same paragraph the one before goes on: "“…,” Moe said. He did not suggest a ban. “…”"
fn last_before(
    words: &Words,
    frames: &[Frame],
    n: usize,
    ending: &[Vec<usize>],
    drafts: &[Draft],
) -> Option<usize> {
    let denies = |i: &usize| drafts[*i].cue.iter().any(|cue| unsaid::is_negated(words, cue));
    let (mut at, mut found) = (n - 1, &ending[n - 1]);
    while !found.is_empty() && found.iter().all(denies) {
        at = at.checked_sub(1).filter(|at| frames[*at].paragraph == frames[n].paragraph)?;
        found = &ending[at];
    }
    last_of(words, found, drafts)
}

/// The last attribution with a source among `ending`; before others of that source, one of a whole quotation:
/// "“…,” Moe said, suggesting that …. “…”"
fn last_of(words: &Words, ending: &[usize], drafts: &[Draft]) -> Option<usize> {
    let sourced = ending.iter().copied().filter(|i| !drafts[*i].source.is_empty());
    let last = sourced.clone().max_by_key(|i| (end(&drafts[*i]), *i))?;
    let whole = |i: &usize| is_direct(words, &drafts[*i]) && drafts[*i].source == drafts[last].source;
    sourced.filter(whole).max_by_key(|i| (end(&drafts[*i]), *i)).or(Some(last))
}

fn is_direct(words: &Words, draft: &Draft) -> bool {
    draft.content.iter().all(|c| words.quote_from(c.start).is_some())
}

/// Whether the quotation of frame `n` is that speaker's: in the same paragraph, left open before, or the next
/// paragraph after one with words of the speaker in quotation marks.
fn goes_on(words: &Words, frames: &[Frame], n: usize, last: &Draft) -> bool {
    let (frame, previous) = (&frames[n], &frames[n - 1]);
    let next = frame.paragraph == previous.paragraph + 1 && last.quotes(words);
    frame.paragraph == previous.paragraph || next || continues(words, frame)
}

fn continues(words: &Words, frame: &Frame) -> bool {
    words.quote_from(frame.tokens.start).is_some_and(|q| q.continues)
}

/// Adds the quotation to the attribution, or gives the source a second one; returns which holds it.
fn give(words: &Words, frames: &[Frame], n: usize, last: usize, drafts: &mut Vec<Draft>) -> usize {
    let content = frames[n].tokens.clone();
    let joins = frames[n].paragraph == frames[n - 1].paragraph || continues(words, &frames[n]);
    if joins && is_direct(words, &drafts[last]) {
        drafts[last].content.push(content);
        return last;
    }
    drafts.push(Draft { content: Vec::from([content]), ..drafts[last].clone() });
    drafts.len() - 1
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn a_quotation_right_after_its_cue_goes_on() {
        let text = "“The bridge is safe,” Dunn said. “Nobody needs to worry. We have checked it.”";
        assert_eq!(
            told(text),
            ["Dunn | said | “The bridge is safe,” / “Nobody needs to worry. We have checked it.”"]
        );
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
        let text =
            "“The bridge is safe,” Dunn said. “Nobody needs to worry.\n\n“We have checked every bolt.”";
        let found = told(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("“Nobody needs to worry. / “We have checked every bolt.”"), "{found:?}");
    }

    #[test]
    fn what_somebody_did_not_say_ends_no_quotation() {
        let text = "“The bridge is safe,” Dunn said. He did not suggest a ban. “Nobody needs to worry.”";
        let found = told(text);
        assert!(found[0].ends_with("“The bridge is safe,” / “Nobody needs to worry.”"), "{found:?}");
        assert!(found[1..].iter().all(|a| !a.contains('“')), "{found:?}");
    }

    #[test]
    fn another_speaker_between_ends_it() {
        let text = "Moe said the road was closed. The storm grew.\n\n“Nobody needs to worry.”";
        assert!(told(text).iter().all(|a| !a.contains('“')), "{:?}", told(text));
    }
}
