//! Carries out what the stages decide: opens files, reads, annotates, groups, aligns.

use std::path::PathBuf;

use crate::record::{Reading, RefusalSummary, SCHEMA};
use crate::report::Report;

pub mod inputs {
    //! Opens what was named on the command line.

    use std::ops::ControlFlow;
    use std::path::PathBuf;

    use crate::report::{Refusal, RefusalKind, Report};
    use crate::source::{self, Reading};

    /// Reads all `paths`.
    pub fn collect(paths: &[PathBuf]) -> Reading {
        let mut all = Reading::default();
        for path in paths {
            let name = path.display().to_string();
            match std::fs::read(path) {
                Ok(bytes) => {
                    let reading = source::read(&name, &bytes);
                    all.reports.extend(reading.reports);
                    all.refusals.extend(reading.refusals);
                }
                Err(error) => all.refusals.push(Refusal {
                    source: name,
                    kind: RefusalKind::NotFound,
                    message: error.to_string(),
                }),
            }
        }
        all
    }

    /// Hands what lies in `paths` to `take`, one report or refusal after the other, until it breaks off.
    pub fn each(paths: &[PathBuf], mut take: impl FnMut(Result<Report, Refusal>) -> ControlFlow<()>) {
        for path in paths {
            let reading = collect(std::slice::from_ref(path));
            let refusals = reading.refusals.into_iter().map(Err);
            for item in reading.reports.into_iter().map(Ok).chain(refusals) {
                if take(item).is_break() {
                    return;
                }
            }
        }
    }
}

/// Reads `paths` into the record of their stories, with the reports that it is of.
pub fn read(paths: &[PathBuf]) -> (Reading, Vec<Report>) {
    let read = inputs::collect(paths);
    let refusals = read.refusals.iter().map(RefusalSummary::from).collect();
    let reading = Reading { schema: SCHEMA.to_owned(), reports: vec![], refusals, stories: vec![] };
    (reading, read.reports)
}

/// For each of `reports`, the id of its story.
pub fn stories(reports: &[Report]) -> Vec<String> {
    reports.iter().map(|_| String::new()).collect()
}
