//! How the record of one story grows with its reports, on one core: only `align`, the reports are annotated before.
//!
//! Each report is one of `examples/reservoir` without some of its sentences, so that many statements stand in many reports
//! and no two reports are the same.

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use rashomon::align::{Account, align};
use rashomon::annotate::{Annotator, Rules};
use rashomon::source;

fn main() {
    divan::main();
}

/// The texts of the example, in order of their files.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reservoir");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the example").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).expect("a report")).collect()
}

/// `n` accounts; the i-th leaves out every sentence whose number and i agree modulo five.
fn accounts(n: usize) -> Vec<Account> {
    let texts = texts();
    let account = |i: usize| {
        let whole = &texts[i % texts.len()];
        let mut number = i / texts.len();
        let kept = whole.split_inclusive(". ").filter(|_| {
            number += 1;
            !number.is_multiple_of(5)
        });
        let text: String = kept.collect();
        let mut read = source::read(&format!("r{i:03}.txt"), text.as_bytes());
        let report = read.reports.remove(0);
        Account::new(Rules.annotate(&report), report)
    };
    (0..n).map(account).collect()
}

#[divan::bench(args = [5, 50, 500], sample_count = 5, sample_size = 1)]
fn story(bencher: Bencher, reports: usize) {
    let accounts = accounts(reports);
    let accounts: Vec<&Account> = accounts.iter().collect();
    bencher.counter(ItemsCount::new(reports)).bench_local(|| align(&accounts).claims.len());
}
