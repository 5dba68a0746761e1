//! How fast `annotate` is beside spaCy, on one core and in one run.
//!
//! Every sixteenth report of `../shared/data/stories/dev.jsonl` is read and annotated from its bytes, by each model on one
//! thread, and by spaCy's `en_core_web_sm`, its whole pipeline, from the ready text. Both take turns, and the best
//! of the rounds counts, in seconds of CPU where the system tells them (Linux), since other programs run beside. The
//! weights are loaded before. `SPACY_PYTHON` names a Python that has spaCy (default `python3`); where there is none, or
//! no data, it says so and is skipped.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use rashomon::annotate::Model;
use rashomon::source;

const ROUNDS: usize = 2;
const EVERY: usize = 16;

fn main() {
    // `cargo test --benches` runs it too; a timing is no test.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(reports) = std::fs::read_to_string(root.join("../shared/data/stories/dev.jsonl")) else {
        return println!("beside spaCy: skipped, no ../shared/data/stories/dev.jsonl");
    };
    let lines: Vec<&str> = reports.lines().step_by(EVERY).collect();
    let input = lines.join("\n");
    let script = root.join("eval/baselines/spacy_rate.py");
    let mut best = [f64::INFINITY; Model::ALL.len()];
    let mut best_of_spacy = f64::INFINITY;
    for _ in 0..ROUNDS {
        match spacy(&script, &input) {
            Ok(seconds) => best_of_spacy = best_of_spacy.min(seconds),
            Err(why) => return println!("beside spaCy: skipped, {why}"),
        }
        for (model, best) in Model::ALL.into_iter().zip(&mut best) {
            *best = best.min(annotate(model, &input));
        }
    }
    let rate = |seconds: f64| lines.len() as f64 / seconds;
    println!("{} reports on one core, the best of {ROUNDS} rounds", lines.len());
    println!("{:<22} {:8.2} reports a second", "spaCy en_core_web_sm", rate(best_of_spacy));
    for (model, seconds) in Model::ALL.into_iter().zip(best) {
        let (ratio, rate) = (best_of_spacy / seconds, rate(seconds));
        println!("{:<22} {rate:8.2} reports a second, {ratio:.1} × spaCy", format!("annotate, {model}"));
    }
}

/// The seconds that `model` takes for all reports of `input`, on this thread.
fn annotate(model: Model, input: &str) -> f64 {
    let annotator = model.annotator();
    let clock = Clock::start();
    let reports = source::read("reports.jsonl", input.as_bytes()).reports;
    let tokens: usize = reports.iter().map(|report| annotator.annotate(report).tokens.len()).sum();
    assert!(tokens > 0, "no report could be read");
    clock.seconds()
}

/// The seconds that spaCy takes, or why it cannot be had.
fn spacy(script: &Path, input: &str) -> Result<f64, String> {
    let python = std::env::var("SPACY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(&python);
    // Numerical libraries start a thread for each core unless they are told not to.
    command
        .arg(script)
        .envs(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"].map(|name| (name, "1")));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("{python}: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where spaCy is lacking the pipe breaks; the exit status tells.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(|error| format!("{python}: {error}"))?;
    let seconds = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    seconds.filter(|_| output.status.success()).ok_or(format!("{python} has no spaCy with en_core_web_sm"))
}

/// Seconds of CPU that this thread has used, or of the clock where the system does not tell.
struct Clock {
    used: Option<f64>,
    started: Instant,
}

impl Clock {
    fn start() -> Self {
        Clock { used: used(), started: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        let of_cpu = self.used.zip(used()).map(|(before, now)| now - before);
        of_cpu.unwrap_or_else(|| self.started.elapsed().as_secs_f64())
    }
}

/// Seconds that this thread has run.
fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
