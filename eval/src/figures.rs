//! What is measured.
//!
//! In: the folder of the data. Out: the figures of every set that lies there. It does not know which figure is good.

use std::path::Path;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result};

use crate::{
    attributions, claims, copies, coreference, corpus, entities, events, extraction, lines, quotations,
    speakers, stories, tagger, times,
};

/// Where the data lie, seen from the repository's root.
pub const DATA: &str = "../shared/data";

/// One measured figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Its name in `floors.toml`: "attributions.soft".
    pub name: &'static str,
    /// What it says, for the README.
    pub what: &'static str,
    /// Its value; greater is better. Shares are in percent.
    pub value: f64,
}

/// A set of data, and what is measured on it.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// The set's file or folder within the data.
    pub corpus: &'static str,
    /// Measures on it, given the folder of all data.
    pub measure: fn(&Path) -> Result<Vec<Figure>>,
}

/// Everything that is measured. A new measurement is one line here.
pub const MEASUREMENTS: &[Measurement] = &[
    Measurement { corpus: attributions::CORPUS, measure: attributions::figures },
    Measurement { corpus: quotations::CORPUS, measure: quotations::figures },
    Measurement { corpus: lines::CORPUS, measure: lines::figures },
    Measurement { corpus: stories::CORPUS, measure: on_stories },
    Measurement { corpus: stories::ALIKE_CORPUS, measure: stories::alike_figures },
    Measurement { corpus: copies::CORPUS, measure: copies::figures },
    Measurement { corpus: copies::wire::CORPUS, measure: copies::wire::figures },
    Measurement { corpus: times::CORPUS, measure: times::figures },
    Measurement { corpus: entities::CORPUS, measure: entities::figures },
    Measurement { corpus: entities::GUM, measure: entities::gum_figures },
    Measurement { corpus: coreference::CORPUS, measure: coreference::figures },
    Measurement { corpus: claims::CORPUS, measure: claims::figures },
    Measurement { corpus: claims::labels::REPORTS, measure: claims::news_figures },
    Measurement { corpus: events::CORPUS, measure: events::figures },
    Measurement { corpus: extraction::FUNDUS, measure: extraction::fundus_figures },
    Measurement { corpus: extraction::READABILITY, measure: extraction::readability_figures },
    Measurement { corpus: tagger::CORPUS, measure: tagger::figures },
];

/// Stories, and whose words the passages of some of their reports are: one set, of which a floor may name any figure.
fn on_stories(data: &Path) -> Result<Vec<Figure>> {
    let mut figures = stories::figures(data)?;
    figures.extend(speakers::figures(data)?);
    Ok(figures)
}

/// The figures of one set.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The set.
    pub corpus: &'static str,
    /// Hash of its files.
    pub sha256: String,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// Measures on every set that lies in `data`, on as many cores as there are; says which do not lie there.
pub fn measure_all(data: &Path) -> Result<Vec<Measured>> {
    let (there, missing): (Vec<&Measurement>, Vec<&Measurement>) =
        MEASUREMENTS.iter().partition(|measurement| data.join(measurement.corpus).exists());
    for Measurement { corpus, .. } in missing {
        println!("skipped: {corpus} is not in {}", data.display());
    }
    let mut all: Vec<Measured> = Vec::new();
    for (corpus, figures) in there.iter().map(|m| m.corpus).zip(measure_each(&there, data)) {
        let figures = figures.with_context(|| format!("measuring on {corpus}"))?;
        // What is measured on one corpus stands together, since a floor names the corpus.
        match all.iter_mut().find(|set| set.corpus == corpus) {
            Some(set) => set.figures.extend(figures),
            None => all.push(Measured { corpus, sha256: corpus::sha256(&data.join(corpus))?, figures }),
        }
    }
    Ok(all)
}

/// The figures of each of `measurements`, in their order.
fn measure_each(measurements: &[&Measurement], data: &Path) -> Vec<Result<Vec<Figure>>> {
    let next = Mutex::new(measurements.iter().enumerate());
    let take = || next.lock().unwrap_or_else(|broken| broken.into_inner()).next();
    let work = || {
        let each = std::iter::from_fn(take);
        each.map(|(place, measurement)| (place, (measurement.measure)(data))).collect::<Vec<_>>()
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut measured: Vec<(usize, Result<Vec<Figure>>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(measurements.len())).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.flat_map(|work| work.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    measured.sort_by_key(|(place, _)| *place);
    measured.into_iter().map(|(_, figures)| figures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_are_not_there_are_skipped() {
        assert!(measure_all(Path::new("no/such/folder")).expect("nothing to measure").is_empty());
    }
}
