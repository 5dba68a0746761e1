//! Any bytes after an archive's mark, plain and compressed, are read to their end.
#![no_main]

use rashomon::source;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    source::read("fuzz.warc", &[b"WARC/1.0\r\n", bytes].concat());
    source::read("fuzz.warc.gz", &[&[0x1f, 0x8b, 0x08], bytes].concat());
});
