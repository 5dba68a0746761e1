//! Any bytes become reports or refusals, under any name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz.txt", "fuzz.jsonl", "-"] {
        let reading = rashomon::source::read(name, bytes);
        assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
        for report in &reading.reports {
            assert!(report.regions.iter().all(|region| !report.slice(region.span).is_empty()));
        }
    }
});
