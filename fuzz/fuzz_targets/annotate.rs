//! Any text is annotated, and every span of every layer slices it.
#![no_main]

use rashomon::annotate::{Annotations, Annotator, Rules};
use rashomon::source;
use rashomon::span::Span;

libfuzzer_sys::fuzz_target!(|string: &str| {
    for report in source::read("fuzz.txt", string.as_bytes()).reports {
        let layers = Rules.annotate(&report);
        let text = report.text.as_str();
        for span in spans(&layers) {
            assert!(text.get(span.range()).is_some(), "{span:?}");
        }
    }
});

fn spans(layers: &Annotations) -> Vec<Span> {
    let mut spans: Vec<Span> = layers.tokens.iter().map(|t| t.span).collect();
    spans.extend(layers.quotes.iter().flat_map(|q| [q.outer, q.inner]));
    spans.extend(layers.sentences.iter().map(|s| s.span));
    spans.extend(layers.times.iter().map(|t| t.span));
    spans.extend(layers.quantities.iter().flat_map(|q| [q.span, q.number].into_iter().chain(q.of)));
    spans.extend(layers.mentions.iter().flat_map(|m| [m.span, m.head]));
    spans.extend(layers.entities.iter().flat_map(|e| e.roles.iter().copied()));
    spans.extend(layers.entities.iter().filter_map(|e| e.party.as_ref()).map(|p| p.evidence));
    spans.extend(
        layers
            .attributions
            .iter()
            .flat_map(|a| [&a.source, &a.cue, &a.content, &a.via].into_iter().flatten().copied()),
    );
    spans.extend(layers.events.iter().flat_map(|e| [e.span, e.trigger]));
    spans
}
