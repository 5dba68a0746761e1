//! Ctrl-C.
//!
//! The first asks the run to end where nothing is half done; the second ends it at once, which the database survives.

use std::sync::atomic::{AtomicBool, Ordering};

use super::STOPPED;

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks; before, it ends the run at once.
pub fn listen() -> anyhow::Result<()> {
    Ok(ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(STOPPED.into());
        }
    })?)
}

/// Whether a person asked for an end.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
