//! See `properties::json_lines`.
#![no_main]

#[path = "../properties.rs"]
#[allow(dead_code, reason = "each target needs one of them")]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::json_lines(bytes));
