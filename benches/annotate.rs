//! How many reports a second, on one core.
//!
//! `source` and `annotate` run on the 473 reports of `../shared/data/stories/dev.jsonl` where they lie there, else on
//! `examples/`; `read` takes `examples/` from the first byte to the record, on all cores.

use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rashomon::annotate::{Annotator, Rules};
use rashomon::{pipeline, source};

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files to read: their names and bytes.
fn inputs() -> Vec<(String, Vec<u8>)> {
    let root = root();
    let stories = root.join("../shared/data/stories/dev.jsonl");
    let mut paths = if stories.is_file() { vec![stories] } else { files(&root.join("examples")) };
    paths.sort();
    let read = |path: PathBuf| (path.display().to_string(), std::fs::read(path).expect("a readable file"));
    paths.into_iter().map(read).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[divan::bench(name = "source", sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher) {
    let inputs = inputs();
    let read = || inputs.iter().map(|(name, bytes)| source::read(name, bytes).reports.len()).sum::<usize>();
    let bytes: usize = inputs.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(ItemsCount::new(read())).counter(BytesCount::new(bytes)).bench(read);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn annotate(bencher: Bencher) {
    let inputs = inputs();
    let reports: Vec<_> = inputs.iter().flat_map(|(name, bytes)| source::read(name, bytes).reports).collect();
    let bytes: usize = reports.iter().map(|report| report.text.as_str().len()).sum();
    bencher
        .counter(ItemsCount::new(reports.len()))
        .counter(BytesCount::new(bytes))
        .bench(|| reports.iter().map(|report| Rules.annotate(report).tokens.len()).sum::<usize>());
}

#[divan::bench(name = "read", sample_count = 20, sample_size = 1)]
fn record(bencher: Bencher) {
    let read = || pipeline::read(&[root().join("examples")], &Rules).reading.reports.len();
    bencher.counter(ItemsCount::new(read())).bench(read);
}
