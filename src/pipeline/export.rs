//! What is kept, one after another, for other programs.
//!
//! In: a store, and what is wanted of it. Out: reports or readings of stories, one at a time. It does not know what they
//! are written as.

use crate::annotate::Annotator;
use crate::record::Reading;
use crate::store::{Result, Store};
use crate::view::export::ReportRow;

/// How many reports are looked up at once.
const BATCH: usize = 64;

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only of this story.
    pub story: Option<String>,
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// Only published on this day or later (YYYY-MM-DD).
    pub from: Option<String>,
    /// Only published on this day or earlier.
    pub to: Option<String>,
}

/// Hands every wanted report to `take`, in order of arrival, until that fails.
pub fn reports<E: From<crate::store::StoreError>>(
    store: &Store,
    wanted: &Wanted,
    mut take: impl FnMut(ReportRow) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut last = 0;
    loop {
        let numbers = store.numbers(last, BATCH)?;
        let Some(newest) = numbers.last() else { return Ok(()) };
        last = *newest;
        for number in numbers {
            let row = ReportRow::new(store.newest(number)?, store.story_of(number)?);
            if wanted.report(&row) {
                take(row)?;
            }
        }
    }
}

/// Hands the reading of every wanted story to `take`, in the order of their ids, until that fails. A story is wanted where
/// one of its reports is.
pub fn stories<E: From<crate::store::StoreError>>(
    store: &Store,
    wanted: &Wanted,
    annotator: &dyn Annotator,
    mut take: impl FnMut(Reading) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    for id in ids(store, wanted)? {
        if let Some(outcome) = super::story(store, &id, annotator)? {
            take(outcome.reading)?;
        }
    }
    Ok(())
}

fn ids(store: &Store, wanted: &Wanted) -> Result<Vec<String>> {
    if let Some(story) = &wanted.story {
        return Ok(vec![story.clone()]);
    }
    let filter = crate::store::StoryFilter {
        from: wanted.from.clone(),
        to: wanted.to.clone(),
        outlet: wanted.outlet.clone(),
        reports: 0,
        most: u32::MAX,
    };
    let mut ids: Vec<String> = store.stories(&filter)?.into_iter().map(|story| story.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

impl Wanted {
    fn report(&self, row: &ReportRow) -> bool {
        let day = row.published_at.as_deref().and_then(|at| at.get(..10));
        let same = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| is.is_some_and(|is| is.eq_ignore_ascii_case(wanted)))
        };
        same(&self.story, row.story.as_deref())
            && same(&self.outlet, row.outlet.as_deref())
            && self.from.as_deref().is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.to.as_deref().is_none_or(|to| day.is_some_and(|day| day <= to))
    }
}
