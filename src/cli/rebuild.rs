//! `rashomon rebuild`.

use crate::pipeline::rebuild::{Stage, Step, rebuild};

use super::keep_args::RebuildArgs;
use super::output::Output;
use super::progress::Progress;
use super::{Outcome, database, interrupt};

/// Makes what is derived anew.
pub fn run(args: RebuildArgs) -> anyhow::Result<Outcome> {
    interrupt::listen()?;
    let store = args.database.open_to_change()?;
    let reports = store.count()?;
    let mut progress = Progress::new()?;
    let annotator = match args.model {
        Some(model) => model.annotator(),
        None => database::annotator(&store, None)?,
    };
    let rebuilt = rebuild(&store, annotator, &super::now, &mut |stage| {
        match stage {
            Stage::Read(done) => progress.stage("read anew", done, reports),
            Stage::Placed(done) => progress.stage("put into stories", done, reports),
        }
        if interrupt::asked() { Step::Stop } else { Step::GoOn }
    });
    progress.end();
    if rebuilt? == Step::Stop {
        Output::stdout()
            .write("stopped; the stories are as they were, and the same command goes on from here\n")?;
        return Ok(Outcome::Stopped);
    }
    let stories = store.count_stories()?;
    Output::stdout().write(&format!("{reports} reports, {stories} stories\n"))?;
    Ok(Outcome::Read)
}
