//! Any bytes become reports or refusals as lines and as one document, with the same text in both.
#![no_main]

use rashomon::source::{self, ninjs};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz.jsonl", "fuzz.json", "fuzz.jsonl.gz"] {
        let reading = source::read(name, bytes);
        assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
        for report in &reading.reports {
            let item = serde_json::to_vec(&ninjs::item(report)).expect("json");
            let back = source::read("fuzz.json", &item);
            assert!(back.reports.iter().all(|back| back.id == report.id));
        }
    }
});
