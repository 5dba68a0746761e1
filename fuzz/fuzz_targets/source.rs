//! Any bytes become reports or refusals.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rashomon::source::read("fuzz", bytes);
});
