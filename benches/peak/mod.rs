//! A run of the program, and the most memory that it needed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often its memory is looked at. The system keeps the peak itself, so that only the last instants can be missed.
const LOOK: Duration = Duration::from_millis(2);

/// Runs the program with `args`, in which a path may stand, on the first `cores` cores (by `taskset`, of util-linux) or on all: how long
/// it took, and the most memory that was resident, in KiB; 0 where the system does not say.
pub fn run<'a>(args: impl IntoIterator<Item = &'a Path>, cores: Option<usize>) -> (Duration, u64) {
    let program = env!("CARGO_BIN_EXE_rashomon");
    let mut command = match cores {
        Some(count) => {
            let mut command = Command::new("taskset");
            command.args(["-c", &format!("0-{}", count.saturating_sub(1)), program]);
            command
        }
        None => Command::new(program),
    };
    let begun = Instant::now();
    let mut run = command.args(args).stdout(Stdio::null()).spawn().expect("the program");
    let mut peak = 0;
    loop {
        peak = peak.max(resident(run.id()));
        if let Some(status) = run.try_wait().expect("a state") {
            assert!(status.success(), "{status}");
            return (begun.elapsed(), peak);
        }
        std::thread::sleep(LOOK);
    }
}

/// The most memory that a process had resident so far, in KiB.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
