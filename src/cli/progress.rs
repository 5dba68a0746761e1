//! How far long work is.
//!
//! In: what was done. Out: a line on the standard error, where that is a terminal: reports, refusals, rate, time left.

use std::fmt::Write;
use std::time::{Duration, Instant};

use indicatif::style::TemplateError;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::interrupt;

/// Redrawn so often, whether anything happens or not.
const TICK: Duration = Duration::from_millis(200);

/// While nobody knows how much there is to do.
const OPEN: &str = "{spinner} {msg} · {elapsed}{stopping}";

/// Where that is known.
const BOUNDED: &str = "{msg} · {elapsed} · {eta} left{stopping} {wide_bar}";

/// What stands there from Ctrl-C until the run ends.
const STOPPING: &str = " · stopping at a clean place (Ctrl-C again: at once)";

/// A line that says how far the work is.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    reports: usize,
    refusals: usize,
}

impl Progress {
    /// Of work that begins now.
    pub fn new() -> anyhow::Result<Self> {
        let bar = ProgressBar::new_spinner().with_style(style(OPEN)?).with_message("0 reports");
        bar.enable_steady_tick(TICK);
        Ok(Progress { bar, begun: Instant::now(), reports: 0, refusals: 0 })
    }

    /// So much of so much is done, in whatever unit: the time left is told by it.
    pub fn far(&mut self, done: u64, of: Option<u64>) {
        if let Some(of) = of {
            if self.bar.length().is_none() {
                // The template is a constant: one that is broken shows no bar.
                if let Ok(style) = style(BOUNDED) {
                    self.bar.set_style(style);
                }
            }
            self.bar.set_length(of);
        }
        self.bar.set_position(done);
    }

    /// A report is done.
    pub fn report(&mut self) {
        self.reports += 1;
        self.tell();
    }

    /// Of all `of` reports so many are `done` with.
    pub fn stage(&mut self, what: &str, done: u32, of: u32) {
        self.far(done.into(), Some(of.max(done).into()));
        self.bar.set_message(format!("{done} of {of} reports {what}"));
    }

    /// Something was refused; `say` may write to the standard error meanwhile.
    pub fn refusal(&mut self, say: impl FnOnce()) {
        self.refusals += 1;
        self.tell();
        self.bar.suspend(say);
    }

    /// The line goes.
    pub fn end(self) {
        self.bar.finish_and_clear();
    }

    fn tell(&self) {
        self.bar.set_message(told(self.reports, self.refusals, self.begun.elapsed()));
    }
}

fn style(template: &str) -> Result<ProgressStyle, TemplateError> {
    let stopping = |_: &ProgressState, line: &mut dyn Write| {
        if interrupt::asked() {
            // A line that cannot be written is not shown.
            let _ = line.write_str(STOPPING);
        }
    };
    Ok(ProgressStyle::with_template(template)?.with_key("stopping", stopping))
}

/// What was done, in words.
fn told(reports: usize, refusals: usize, took: Duration) -> String {
    let unread = if refusals > 0 { format!(", {refusals} not read") } else { String::new() };
    let rate = reports as f64 / took.as_secs_f64().max(0.001);
    format!("{reports} reports{unread} · {rate:.1}/s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_reports_refusals_and_rate() {
        assert_eq!(told(30, 0, Duration::from_secs(4)), "30 reports · 7.5/s");
        assert_eq!(told(0, 2, Duration::from_secs(1)), "0 reports, 2 not read · 0.0/s");
    }
}
