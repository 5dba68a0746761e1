//! Any bytes are a list of addresses of the web, a broken one, or none; and a feed's entries are read.
#![no_main]

use rashomon::source::{self, list};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(Ok(links)) = list::links("https://example.org/feed", bytes) {
        assert!(links.iter().all(|link| matches!(link.url.scheme(), "http" | "https")));
    }
    let reading = source::read("fuzz.xml", bytes);
    assert!(!reading.reports.is_empty() || !reading.refusals.is_empty());
});
