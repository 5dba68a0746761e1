//! Makes what is derived anew: layers, the index of words, who said what, stories.
//!
//! In: a store, an annotator. Out: the store as a first run over the same reports would have left it, with the same
//! repairs. Layers are made anew in batches, each of which holds by itself, and a rebuild that was stopped goes on after the
//! last of them; the index and the stories change together at the end, or not at all. It does not know what a report says.

use crate::annotate::Annotator;
use crate::report::Report;
use crate::store::{Result, Store, StoreError, Writing};

use super::placing::Placing;
use super::renaming;

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

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The layers of so many reports are made anew.
    Read(u32),
    /// So many versions are put into stories anew.
    Placed(u32),
}

/// Why the stories were not made anew: then everything is as it was.
enum Halt {
    Asked,
    Store(StoreError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Halt::Store(error)
    }
}

/// Makes everything derived anew; `tell` hears how far it is, and says whether to go on.
pub fn rebuild(
    store: &Store,
    annotator: &dyn Annotator,
    now: &dyn Fn() -> String,
    tell: &mut dyn FnMut(Stage) -> Step,
) -> Result<Step> {
    if layers_anew(store, annotator, tell)? == Step::Stop {
        return Ok(Step::Stop);
    }
    let placed = store.write(|store| -> std::result::Result<(), Halt> {
        store.index_anew()?;
        place_anew(store, annotator, tell)?;
        renaming::keep_ids(store)?;
        store.note_members(&now())?;
        store.note_rebuilt(annotator.name(), None)?;
        Ok(())
    });
    match placed {
        Ok(()) => Ok(Step::GoOn),
        Err(Halt::Asked) => Ok(Step::Stop),
        Err(Halt::Store(error)) => Err(error),
    }
}

fn layers_anew(
    store: &Store,
    annotator: &dyn Annotator,
    tell: &mut dyn FnMut(Stage) -> Step,
) -> Result<Step> {
    let mut last = store.rebuilt_until(annotator.name())?;
    let mut done = store.count_until(last)?;
    loop {
        if tell(Stage::Read(done)) == Step::Stop {
            return Ok(Step::Stop);
        }
        let numbers = store.numbers(last, BATCH)?;
        let Some(newest) = numbers.last() else { return Ok(Step::GoOn) };
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
                .try_for_each(|(v, layers)| store.put_layers(v.key, layers, annotator.name()))?;
            store.note_rebuilt(annotator.name(), Some(last))
        })?;
        done += numbers.len() as u32;
    }
}

/// Puts every report into its story anew: each version arrives, and each repair is heeded, in the order in which it did.
fn place_anew(
    store: &Writing,
    annotator: &dyn Annotator,
    tell: &mut dyn FnMut(Stage) -> Step,
) -> std::result::Result<(), Halt> {
    store.forget_members()?;
    let mut repairs = store.standing_repairs()?.into_iter().peekable();
    let mut placing = Placing::again(annotator);
    let (mut last, mut done) = (0, 0);
    loop {
        if tell(Stage::Placed(done)) == Step::Stop {
            return Err(Halt::Asked);
        }
        let versions = store.versions_after(last, BATCH)?;
        let Some(newest) = versions.last() else { return Ok(()) };
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
        done += versions.len() as u32;
    }
}
