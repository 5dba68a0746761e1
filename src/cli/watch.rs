//! `rashomon watch`.

use std::time::{Duration, Instant};

use crate::pipeline::add::Keeper;
use crate::pipeline::{Meter, watch};

use super::add::{Listener, Tally};
use super::keep_args::{KeepArgs, ListFormat, WatchArgs};
use super::output::Output;
use super::{Outcome, database, interrupt};

/// How many reports of a round are put on the disk together: pages come slowly, and each is acknowledged soon.
const BATCH: usize = 8;

/// How often a wait looks whether a person asked for an end.
const LOOK: Duration = Duration::from_millis(200);

/// Keeps what is new in the lists, round after round.
pub fn run(args: WatchArgs) -> anyhow::Result<Outcome> {
    interrupt::listen()?;
    let KeepArgs { web, database: place, model, format } = args.keep;
    let store = place.open()?;
    let annotator = database::annotator(&store, model)?;
    let keeper = Keeper { store: &store, annotator, now: &super::now, batch: BATCH };
    let web = web.fetcher_until(interrupt::asked);
    loop {
        let meter = Meter::default();
        let mut listener = Listener::new(format, &meter)?;
        let done = watch::round(&keeper, &args.paths, &web, &meter, &mut |news| listener.hear(news));
        let tally = listener.end()?;
        done?;
        if format == ListFormat::Text {
            Output::stdout().write(&format!("{}: {}\n", super::now(), tally.told()))?;
        }
        if args.once || interrupt::asked() {
            return Ok(outcome(&tally));
        }
        wait(args.every);
        if interrupt::asked() {
            return Ok(Outcome::Stopped);
        }
    }
}

/// A round without anything new is a good one.
fn outcome(tally: &Tally) -> Outcome {
    match tally.outcome() {
        Outcome::NothingRead if tally.refused() == 0 => Outcome::Read,
        outcome => outcome,
    }
}

fn wait(time: Duration) {
    let until = Instant::now() + time;
    while Instant::now() < until && !interrupt::asked() {
        std::thread::sleep(LOOK.min(until.saturating_duration_since(Instant::now())));
    }
}
