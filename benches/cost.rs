//! What a run of `rashomon annotate` costs beside the annotating: its start against ten articles, what two cores gain over
//! one, and the most memory that is resident.
//!
//! Every sixth report of `../shared/data/stories/dev.jsonl` where that lies there, else `examples/`. Each program runs
//! three times, by turns, and the best counts; the figures are ratios of runs in this one call.

mod peak;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const ROUNDS: usize = 3;
const EVERY: usize = 6;
/// Words of the article that start is measured in.
const ARTICLE: usize = 740;

fn main() {
    // `cargo test --benches` runs it too; a timing is no test.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cost");
    fs::create_dir_all(&folder).expect("a folder");
    let (short, long) = (folder.join("short.txt"), folder.join("long.jsonl"));
    fs::write(&short, "The bridge is shut.\n").expect("a file");
    let lines = reports();
    fs::write(&long, lines.join("\n")).expect("a file");
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    println!("{} reports of {words} words; the best of {ROUNDS} rounds", lines.len());
    println!(
        "{:<12}{:>8}{:>24}{:>22}{:>14}",
        "", "start", "start / ten articles", "two cores / one", "peak memory"
    );
    for model in ["rules", "fast", "accurate"] {
        let mut best = [Duration::MAX; 3];
        let mut memory = 0;
        for _ in 0..ROUNDS {
            for (best, (input, cores)) in best.iter_mut().zip([(&short, 1), (&long, 1), (&long, 2)]) {
                let args = ["annotate", "--model", model].map(Path::new);
                let (took, peak) = peak::run(args.into_iter().chain([input.as_path()]), Some(cores));
                *best = (*best).min(took);
                memory = memory.max(peak);
            }
        }
        let [start, one, two] = best.map(|took| took.as_secs_f64());
        let ten = (one - start) / words as f64 * (10 * ARTICLE) as f64;
        let gain = (one - start) / (two - start);
        println!(
            "{model:<12}{:>5.0} ms{:>24.2}{gain:>20.2} ×{:>10} MiB",
            start * 1e3,
            start / ten,
            memory >> 10
        );
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Lines of JSON, one for each report.
fn reports() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Ok(dev) = fs::read_to_string(root.join("../shared/data/stories/dev.jsonl")) {
        return dev.lines().step_by(EVERY).map(str::to_owned).collect();
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(root.join("examples/reservoir"))
        .expect("examples")
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    let text = |path: PathBuf| fs::read_to_string(path).expect("a text");
    paths.into_iter().map(|path| serde_json::json!({ "text": text(path) }).to_string()).collect()
}
