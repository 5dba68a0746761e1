//! Any text has its regions in order, and each slices it.
#![no_main]

use rashomon::report::{Text, agency_credits, mark_regions};

libfuzzer_sys::fuzz_target!(|string: &str| {
    let text = Text::new(string);
    let regions = mark_regions(&text);
    let mut end = 0;
    for region in &regions {
        assert!(end <= region.span.start && !text.slice(region.span).is_empty());
        end = region.span.end;
    }
    for span in agency_credits(&text, &regions) {
        assert!(regions.iter().any(|region| region.span.contains(span)));
    }
});
