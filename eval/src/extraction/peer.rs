//! What trafilatura makes of the same pages.
//!
//! In: a Python that has it, pages. Out: its scores, by the same count. It does not know ours.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::Scores;
use super::gold::Page;

const SCRIPT: &str = "eval/beside/trafilatura_pages.py";

#[derive(Deserialize)]
struct Extracted {
    text: String,
    seconds: f64,
}

/// Runs `python` on `pages`.
pub fn measure(python: &Path, pages: &[Page]) -> Result<Scores> {
    let mut child = Command::new(python)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", python.display()))?;
    let mut paths = child.stdin.take().context("no way in")?;
    let list: String = pages.iter().map(|page| format!("{}\n", page.path.display())).collect();
    // It reads as it writes: from one thread both would wait.
    let writer = thread::spawn(move || paths.write_all(list.as_bytes()));
    let lines = BufReader::new(child.stdout.take().context("no way out")?).lines();
    let (mut scores, mut seconds, mut read) = (Scores::default(), 0.0, 0);
    for (line, page) in lines.zip(pages) {
        let extracted: Extracted = serde_json::from_str(&line?)?;
        scores.add_body(&page.body, &extracted.text);
        seconds += extracted.seconds;
        read += 1;
    }
    let _ = writer.join();
    ensure!(child.wait()?.success() && read == pages.len(), "{} ended after {read} pages", python.display());
    scores.pages_per_second = read as f64 / f64::max(seconds, 0.01);
    Ok(scores)
}
