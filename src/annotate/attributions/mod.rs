//! Attributions: who said, wrote, thinks or wants what.
//!
//! In: a report with its sentences, quotes and parts of speech. Out: its [`Attribution`]s with source, cue
//! and content (the notion of PolNeAR), in order. It does not know whom a source refers to; `coreference` does.

mod adjuncts;
mod clause;
mod complements;
mod contents;
mod cue_features;
mod cues;
mod drafts;
mod endings;
#[cfg(test)]
mod export;
mod frames;
mod labels;
mod model;
mod phrases;
mod preceding;
mod quoted;
mod saying;
mod scare;
mod set_phrases;
mod sources;
#[cfg(test)]
mod testing;
mod unsaid;
mod words;

use super::{Annotations, Attribution, AttributionKind};
use crate::report::Report;
use crate::span::Span;
use drafts::Draft;
pub(super) use endings::trim;
pub(super) use saying::is_saying;
use words::Words;

/// The attributions of the report, without speakers.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Attribution> {
    let words = Words::new(report, layers);
    let frames = frames::find(&words, layers);
    let (mut drafts, labelled) = labels::find(&words, &frames);
    for (frame, labelled) in frames.iter().zip(labelled) {
        if !labelled {
            let cues = cues::find(&words, frame);
            let found = clause::find(&words, frame, &cues);
            drafts.extend(scare::sort(&words, frame, &cues, found));
        }
    }
    quoted::join(&words, &frames, &mut drafts);
    let mut found: Vec<Attribution> = drafts.iter().map(|d| attribution(&words, d)).collect();
    found.sort_by_key(Attribution::start);
    found
}

fn attribution(words: &Words, draft: &Draft) -> Attribution {
    let spans = |ranges: &[std::ops::Range<usize>]| -> Vec<Span> {
        let mut spans: Vec<Span> = ranges.iter().filter(|r| !r.is_empty()).map(|r| words.span(r)).collect();
        spans.sort_unstable();
        spans
    };
    Attribution {
        source: spans(&draft.source),
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        kind: kind(words, draft),
        via: spans(&draft.via),
        speaker: None,
    }
}

fn kind(words: &Words, draft: &Draft) -> AttributionKind {
    let quoted = |i: usize| words.quote_of(i).is_some();
    let all = draft.content.iter().flat_map(Clone::clone).filter(|i| words.is_word(*i)).all(quoted);
    match (all, draft.quotes(words)) {
        (true, _) => AttributionKind::Direct,
        (false, true) => AttributionKind::Mixed,
        (false, false) => AttributionKind::Indirect,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::report;
    use super::super::{Annotator, AttributionKind, Rules};
    use super::testing::told;

    #[test]
    fn kinds() {
        let text =
            "“We will go,” Dunn said. Dunn said the talks “went well” so far. Dunn said that he was tired.";
        let report = report(text);
        let kinds: Vec<_> = Rules.annotate(&report).attributions.iter().map(|a| a.kind).collect();
        assert_eq!(kinds, [AttributionKind::Direct, AttributionKind::Mixed, AttributionKind::Indirect]);
    }

    #[test]
    fn one_who_says_that_another_said() {
        let text = "Dunn said that the president had told him that the bridge was safe.";
        assert_eq!(
            told(text),
            [
                "Dunn | said | that the president had told him that the bridge was safe",
                "the president | had told | that the bridge was safe"
            ]
        );
    }

    #[test]
    fn two_cues_of_one_subject() {
        let text = "Anna Moe said the bridge was safe and added that nobody had complained.";
        assert_eq!(
            told(text),
            ["Anna Moe | said | the bridge was safe", "Anna Moe | added | that nobody had complained"]
        );
    }

    #[test]
    fn hostile_input_ends() {
        let texts = [
            "",
            "“",
            "” said",
            "said said said :",
            "“a” “b” “c",
            "according to",
            ": : :",
            "“\n“\n“ said X",
            "As, said,",
        ];
        for text in texts {
            let report = report(&text.repeat(500));
            let found = Rules.annotate(&report).attributions;
            assert!(
                found.iter().all(|a| !a.content.is_empty() && a.content.iter().all(|c| !c.is_empty())),
                "{text}"
            );
        }
    }
}
