//! Seeded mutations of small inputs of every format: none of them may break a reader, or keep it busy for long.
//!
//! The suite runs a hundred of each. `just mutate html 600` goes on for as many seconds, with inputs from `../shared` beside those
//! that stand here, and leaves what breaks a reader in `target/tmp`. The targets in `fuzz/` hold the same properties with
//! cargo-fuzz, which looks for new paths through the code and not only for luck.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::fs;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};

/// The most that a mutated input holds, in bytes: most mutations of a large one change nothing that matters.
const MAX_BYTES: usize = 32 << 10;

/// No input of that size may keep a reader busy for so long, though other runs want the processor too.
const LIMIT: Duration = Duration::from_secs(20);

/// Mutations of each format in the suite.
const FEW: usize = 100;

/// A format: what must hold, what to begin with, words that mean something in it.
struct Format {
    name: &'static str,
    property: fn(&[u8]),
    seeds: Vec<Vec<u8>>,
    /// Files beside the repository: where, and how their names end.
    shared: &'static [(&'static str, &'static str)],
    words: &'static [&'static [u8]],
}

const PAGE: &str = "<!doctype html><html lang=en><head><title>Gates open | Valley Post</title>\
    <meta property='article:published_time' content='2031-05-14T08:00:00+02:00'>\
    <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Gates open\",\"author\":[{\"name\":\"Jo Ray\"}]}</script>\
    </head><body><nav><a href=/>Home</a></nav><article><h1>Gates open</h1><p class=byline>By Jo Ray</p>\
    <p>The gates of the Lumbe dam were opened on Tuesday, the ministry said.</p><blockquote>“It was time,” she said.</blockquote>\
    <ul><li>One gate</li><li>Two gates</li></ul><table><tr><td>1</td><td>2</td></tr></table></article></body></html>";

const TEXT: &str = "Gates of the Lumbe dam opened\nBy Jo Ray\n\nLUMBE (Valley Post) — The gates were opened on Tuesday, 14 May, after \
    two dry months, the water ministry said in a statement.\n\n“By Monday we had given up,” said Ilse Maren, who leads the council. \
    'More than 12.5 per cent of the wells – some 1,400 – are dry,' she told AP.\n\nPhoto: Ana Brit/Valley Post\nRead more: The drought";

const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Post</title><item><title>Gates &amp; \
    dams</title><link>/1</link><pubDate>Wed, 14 May 2031 08:00:00 +0200</pubDate><description><![CDATA[<p>Open.</p>]]></description></item>\
    </channel></rss>";

const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Post</title><entry><title>Gates</title><id>urn:1</id>\
    <link href=\"https://example.org/1\"/><updated>2031-05-14T08:00:00Z</updated><content type=\"html\">&lt;p&gt;Open.</content></entry></feed>";

const OPML: &str = "<opml version=\"2.0\"><body><outline text=\"News\"><outline xmlUrl=\"https://example.org/f\"/></outline></body></opml>";

const SITEMAP: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\
    <url><loc>https://example.org/1</loc><news:news><news:publication><news:name>Post</news:name><news:language>en</news:language>\
    </news:publication><news:publication_date>2031-05-14</news:publication_date><news:title>Gates</news:title></news:news></url></urlset>";

const JSON_FEED: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Post\",\"items\":[{\"id\":\"1\",\"url\":\
    \"https://example.org/1\",\"content_text\":\"Open.\",\"date_published\":\"2031-05-14T08:00:00Z\"}]}";

const LINES: &str = "{\"id\": \"r1\", \"outlet\": \"Post\", \"title\": \"Gates\", \"url\": \"https://example.org/1\", \"published_at\": \
    \"2031-05-14\", \"text\": \"The gates opened.\\n\\n\\u201cIt was time,\\u201d she said.\"}\n{\"text\": \"It rained.\"}\n";

const NINJS: &str = "{\"uri\": \"urn:x:1\", \"headlines\": [{\"role\": \"main\", \"value\": \"Gates\"}], \"bodies\": [{\"contenttype\": \
    \"text/plain\", \"value\": \"The dam held.\"}], \"versioncreated\": \"2031-05-14T08:00:00Z\", \"infosources\": [{\"name\": \"Post\"}]}";

fn record() -> Vec<u8> {
    let reply = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{reply}\r\n\r\n",
        reply.len()
    )
    .into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn format(name: &str) -> Format {
    match name {
        "text" => Format {
            name: "text",
            property: properties::text,
            seeds: bytes(&[TEXT, "It rained.", "\u{feff}“”‘’"]),
            shared: &[("../shared/seeds", ".txt")],
            words: &[
                b"\xe2\x80\x9c",
                b"\xe2\x80\x9d",
                b"\"",
                b"'",
                b" said ",
                b" on Tuesday",
                b"12.5",
                b"1,400",
                b"\n\n",
                b"\r",
                b"Mr. ",
                b"\xe2\x80\x93",
                b" who ",
                b" according to ",
                b"(",
                b")",
                b"\0",
                b"\xff",
                b"\xc2\xa0",
                b"\xcc\x81",
                b" not ",
                b"half a million",
                b"31 February 2031",
                b"99999999999999999999",
                b"http://",
                b"By ",
            ],
        },
        "html" => Format {
            name: "html",
            property: properties::html,
            seeds: bytes(&[PAGE, "<p>x", "<table><tr><td><table>"]),
            shared: &[
                ("../shared/data/html/fundus", ".html.gz"),
                ("../shared/data/html/readability", ".html"),
            ],
            words: &[
                b"<div>",
                b"</div>",
                b"<p>",
                b"</p>",
                b"<table>",
                b"<tr>",
                b"<td>",
                b"<script>",
                b"</script>",
                b"<template>",
                b"<svg>",
                b"<!--",
                b"-->",
                b"<![CDATA[",
                b"&amp;",
                b"&#x110000;",
                b"&#0;",
                b" itemprop=",
                b"<blockquote>",
                b"<pre>",
                b"<br>",
                b"<a href=",
                b"<meta charset=utf-16>",
                b"\"@graph\":[",
                b"\xef\xbb\xbf",
                b"\xff\xfe",
                b"<noscript>",
                b"<select>",
                b"<math>",
            ],
        },
        "feed" => Format {
            name: "feed",
            property: properties::feed,
            seeds: bytes(&[RSS, ATOM, OPML, SITEMAP, JSON_FEED]),
            shared: &[],
            words: &[
                b"<item>",
                b"</item>",
                b"<entry>",
                b"<outline ",
                b"xmlUrl='",
                b"<![CDATA[",
                b"]]>",
                b"&lt;",
                b"&nosuch;",
                b"<!DOCTYPE x [",
                b"<!ENTITY a \"b\">",
                b"&a;",
                b"<?xml version='1.0' encoding='utf-16'?>",
                b"<link>",
                b"<url>",
                b"<loc>",
                b"xml:base=\"",
                b"99999999999",
                b"\0",
                b"\xff",
                b"http://[::",
                b"javascript:",
                b"\"items\":[",
                b"xmlns:a=\"b\"",
            ],
        },
        "warc" => Format {
            name: "warc",
            property: properties::warc,
            seeds: vec![
                record(),
                [record(), record()].concat(),
                gzip(&record()),
                [gzip(&record()), gzip(&record())].concat(),
            ],
            shared: &[],
            words: &[
                b"WARC/1.0\r\n",
                b"\r\n\r\n",
                b"\n",
                b"Content-Length: 99999999999999999999",
                b"Content-Length: -1",
                b"Content-Length: 7",
                b"HTTP/1.1 200 OK\r\n",
                b"Transfer-Encoding: chunked\r\n",
                b"Content-Encoding: br\r\n",
                b"Content-Encoding: zstd\r\n",
                b"ffffffffffffffff\r\n",
                b"0\r\n\r\n",
                b"\x1f\x8b\x08",
                b"\x28\xb5\x2f\xfd",
                b"WARC-Type: resource\r\n",
                b"\xff\xff",
            ],
        },
        "json_lines" => Format {
            name: "json_lines",
            property: properties::json_lines,
            seeds: [bytes(&[LINES, NINJS, "[{\"text\": \"It rained.\"}]"]), vec![gzip(LINES.as_bytes())]]
                .concat(),
            shared: &[],
            words: &[
                b"{",
                b"}",
                b"[",
                b"]",
                b"\"text\":",
                b"\"id\":",
                b"\"published_at\":",
                b"null",
                b"true",
                b"1e999",
                b"-0",
                b"\\ud800",
                b"\\u0000",
                b"\n",
                b"\r\n",
                b",",
                b"\"bodies\":[",
                b"\"uri\":",
                b"\xff",
                b"\xef\xbb\xbf",
                b"99999999999999999999",
                b"\"\"",
            ],
        },
        other => panic!("no format is called {other}"),
    }
}

/// Numbers that are always the same.
struct Chance(u64);

impl Chance {
    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    /// Two places in `length` bytes, in order, mostly near each other.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let start = self.below(length + 1);
        let most = 1 << self.below(13);
        (start, (start + self.below(most)).min(length))
    }
}

/// Changes `input` in one of the ways in which files are broken, or made to break something.
fn mutate(input: &mut Vec<u8>, format: &Format, chance: &mut Chance) {
    let (start, end) = chance.range(input.len());
    match chance.below(9) {
        0 if start < input.len() => input[start] ^= 1 << chance.below(8),
        1 if start < input.len() => input[start] = chance.below(256) as u8,
        2 => drop(input.drain(start..end)),
        3 => input.truncate(start),
        // The same again, at times so often that what is nested is nested deep.
        4 => {
            let times = [1, 2, 40, 1000][chance.below(4)];
            let again = input[start..end].repeat(times);
            let again = &again[..again.len().min(MAX_BYTES)];
            input.splice(end..end, again.iter().copied());
        }
        5 => {
            let other = &format.seeds[chance.below(format.seeds.len())];
            let (from, to) = chance.range(other.len());
            let other = other[from..to].to_vec();
            input.splice(start..end, other);
        }
        _ => {
            let word = format.words[chance.below(format.words.len())];
            let word = word.repeat([1, 1, 1, 1, 3, 300][chance.below(6)]);
            input.splice(start..if chance.below(2) == 0 { start } else { end }, word);
        }
    }
    input.truncate(MAX_BYTES);
}

/// Runs mutations until `done` says so, by how many there were. Gives how many, and the slowest.
fn run(format: &Format, seed: u64, mut done: impl FnMut(usize) -> bool) -> (usize, Duration) {
    let (mut chance, mut count, mut slowest) = (Chance(seed), 0, Duration::ZERO);
    while !done(count) {
        let mut input = format.seeds[chance.below(format.seeds.len())].clone();
        for _ in 0..=chance.below(8) {
            mutate(&mut input, format, &mut chance);
        }
        let begun = Instant::now();
        let held = catch_unwind(AssertUnwindSafe(|| (format.property)(&input)));
        let took = begun.elapsed();
        if held.is_err() || took > LIMIT {
            let path = finding(format.name, &input);
            panic!(
                "{}: {} in {took:?}: see {}",
                format.name,
                if held.is_ok() { "slow" } else { "broken" },
                path.display()
            );
        }
        slowest = slowest.max(took);
        count += 1;
    }
    (count, slowest)
}

/// Leaves an input that breaks a reader where a person finds it.
fn finding(name: &str, input: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}.bin"));
    fs::write(&path, input).expect("a file");
    path
}

/// The files of `format` beside the repository, as far as an input goes.
fn shared(format: &Format) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for (folder, ending) in format.shared {
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(folder) = open.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    open.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    files.push(path);
                }
            }
        }
    }
    files.sort();
    files.iter().filter_map(|path| beginning(path)).collect()
}

fn beginning(path: &Path) -> Option<Vec<u8>> {
    let file = fs::File::open(path).ok()?;
    let mut bytes = Vec::new();
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let input: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    input.take(MAX_BYTES as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[test]
fn a_few_mutations_of_each_format_break_nothing() {
    for name in ["text", "html", "feed", "warc", "json_lines"] {
        let (count, _) = run(&format(name), 31, |count| count == FEW);
        assert_eq!(count, FEW);
    }
}

#[test]
#[ignore = "takes as long as it is told: `just mutate html 600`"]
fn many_mutations_of_a_format_break_nothing() {
    let said = |name: &str| std::env::var(name).ok();
    let seconds = said("SECONDS_EACH").and_then(|n| n.parse().ok()).unwrap_or(60);
    let seed = said("SEED").and_then(|n| n.parse().ok()).unwrap_or(47);
    let mut format = format(&said("FORMAT").unwrap_or("text".to_owned()));
    let shared = shared(&format);
    format.seeds.extend(shared);
    let (begun, time) = (Instant::now(), Duration::from_secs(seconds));
    let (count, slowest) = run(&format, seed, |_| begun.elapsed() > time);
    println!(
        "{}: {count} inputs from {} in {:?}, the slowest took {slowest:?}; none breaks anything",
        format.name,
        format.seeds.len(),
        begun.elapsed()
    );
    assert!(count > 0);
}
