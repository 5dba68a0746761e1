//! Makes what is derived anew: layers, the index of words, who said what, stories.
//!
//! In: a store, an annotator. Out: the store as a first run over the same reports would have left it, with the same
//! repairs. Layers are made anew in batches, each of which holds by itself; the index and the stories change together at
//! the end, or not at all. It does not know what a report says.

use crate::annotate::Annotator;
use crate::report::Report;
use crate::store::{Result, Store, Writing};

use super::placing::Placing;

/// How many reports are in hand at once.
const BATCH: usize = 64;

/// Whether the work goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It does.
    GoOn,
    /// A person asked for an end.
    Stop,
}

/// Makes everything derived anew; `done` hears of each report whose layers are made, and says whether to go on.
pub fn rebuild(
    store: &Store,
    annotator: &dyn Annotator,
    now: &dyn Fn() -> String,
    done: &mut dyn FnMut() -> Step,
) -> Result<Step> {
    let mut last = 0;
    loop {
        let numbers = store.numbers(last, BATCH)?;
        let Some(newest) = numbers.last() else { break };
        last = *newest;
        let mut versions = Vec::new();
        for number in &numbers {
            versions.extend(store.versions(*number)?);
        }
        let reports: Vec<&Report> = versions.iter().map(|version| &version.report).collect();
        let layers = super::annotate(&reports, annotator);
        store.write(|store| -> Result<()> {
            versions
                .iter()
                .zip(&layers)
                .try_for_each(|(v, layers)| store.put_layers(v.key, layers, annotator.name()))
        })?;
        if numbers.iter().any(|_| done() == Step::Stop) {
            return Ok(Step::Stop);
        }
    }
    store.write(|store| {
        store.index_anew()?;
        place_anew(store, annotator)?;
        store.note_members(&now())
    })?;
    Ok(Step::GoOn)
}

/// Puts every report into its story anew: each version arrives, and each repair is heeded, in the order in which it did.
fn place_anew(store: &Writing, annotator: &dyn Annotator) -> Result<()> {
    store.forget_members()?;
    let mut repairs = store.standing_repairs()?.into_iter().peekable();
    let mut placing = Placing::again(annotator);
    let mut last = 0;
    loop {
        let versions = store.versions_after(last, BATCH)?;
        let Some(newest) = versions.last() else { break };
        last = newest.key;
        for version in &versions {
            let layers = store.layers(version.key, annotator.name())?;
            let layers = layers.unwrap_or_else(|| annotator.annotate(&version.report));
            placing.put(store, version.number, &version.report, &layers)?;
            if repairs.peek().is_some_and(|(after, _)| *after <= version.key) {
                placing.settle(store, None)?;
                while let Some((_, repair)) = repairs.next_if(|(after, _)| *after <= version.key) {
                    placing.heed(store, &repair, None)?;
                }
            }
        }
        placing.settle(store, None)?;
    }
    Ok(())
}
