//! What `rashomon add` costs: reports a second, peak memory, bytes a report takes in the file; for a stream, and for
//! another one as long after it in the same database.
//!
//! The stream is `../shared/data/stories/stream.jsonl` where that lies there, else invented. The second one is the first,
//! told again three years later under other ids.

#[path = "../tests/integration/stream.rs"]
mod stream;

mod peak;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

/// Invented reports, where there are no others.
const INVENTED: usize = 1_000;

/// How much later the stream is told again.
const LATER_YEARS: i16 = 3;

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("keep");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/stories/stream.jsonl");
    let first = fs::read_to_string(&shared).unwrap_or_else(|_| stream::lines(INVENTED));
    let (db, one, two) = (folder.join("news.db"), folder.join("first.jsonl"), folder.join("second.jsonl"));
    fs::write(&one, &first).expect("a file");
    fs::write(&two, later(&first)).expect("a file");
    let count = first.lines().count();
    println!("{:<28}{:>10}{:>12}{:>16}{:>18}", "", "reports", "reports/s", "peak memory", "bytes a report");
    for (name, input, held) in [("the first stream", &one, count), ("as many again", &two, 2 * count)] {
        let (took, peak) = add(input, &db);
        let bytes = fs::metadata(&db).expect("a database").len() / held as u64;
        let rate = count as f64 / took.as_secs_f64();
        println!("{name:<28}{held:>10}{rate:>12.1}{:>12} MiB{bytes:>18}", peak >> 10);
    }
    let (took, peak) = add(&one, &db);
    let rate = count as f64 / took.as_secs_f64();
    println!("{:<28}{:>10}{rate:>12.1}{:>12} MiB", "the first, known already", 2 * count, peak >> 10);
    let _ = fs::remove_dir_all(&folder);
}

/// Adds `input`: how long it took, and the most memory that was resident, in KiB.
fn add(input: &Path, db: &Path) -> (Duration, u64) {
    peak::run([Path::new("add"), input, Path::new("--db"), db], None)
}

/// The stream again: other ids, other addresses, years later.
fn later(stream: &str) -> String {
    let again = |line: &str| {
        let mut report: Value = serde_json::from_str(line).expect("a report");
        for key in ["id", "url"] {
            if let Some(text) = report[key].as_str() {
                report[key] = format!("{text}-again").into();
            }
        }
        if let Some(day) =
            report["published_at"].as_str().and_then(|at| at.get(..10)?.parse::<jiff::civil::Date>().ok())
        {
            let later = day.checked_add(jiff::Span::new().years(LATER_YEARS)).expect("a day");
            report["published_at"] = later.to_string().into();
        }
        format!("{report}\n")
    };
    stream.lines().map(again).collect()
}
