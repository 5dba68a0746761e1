//! How far long work is.
//!
//! In: what was done. Out: a line on the standard error, where that is a terminal: reports, refusals, rate, time left.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Redrawn so often, whether anything happens or not.
const TICK: Duration = Duration::from_millis(200);

/// A line that says how far the work is.
pub struct Progress {
    bar: ProgressBar,
    refusals: usize,
}

impl Progress {
    /// Of work of `total` reports; without a total no time is left to tell.
    pub fn new(total: Option<u64>) -> anyhow::Result<Self> {
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{pos} of {len} reports{msg} · {per_sec} · {elapsed} · {eta} left {wide_bar}",
            ),
            None => (ProgressBar::new_spinner(), "{spinner} {pos} reports{msg} · {per_sec} · {elapsed}"),
        };
        bar.set_style(ProgressStyle::with_template(template)?);
        bar.enable_steady_tick(TICK);
        Ok(Progress { bar, refusals: 0 })
    }

    /// A report is done.
    pub fn report(&mut self) {
        self.bar.inc(1);
    }

    /// Something was refused; `say` may write to the standard error meanwhile.
    pub fn refusal(&mut self, say: impl FnOnce()) {
        self.refusals += 1;
        self.bar.set_message(format!(", {} not read", self.refusals));
        self.bar.suspend(say);
    }

    /// The line goes.
    pub fn end(self) {
        self.bar.finish_and_clear();
    }
}
