//! Any bytes under a page's name become a report or a refusal, and its regions slice it in order.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let reading = rashomon::source::read("fuzz.html", bytes);
    assert_eq!(reading.reports.len() + reading.refusals.len(), 1);
    for report in &reading.reports {
        let mut end = 0;
        for region in &report.regions {
            assert!(end <= region.span.start && !report.slice(region.span).is_empty());
            end = region.span.end;
        }
        let _ = report.body();
    }
});
