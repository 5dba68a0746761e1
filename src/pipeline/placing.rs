//! Puts reports into stories as they come.
//!
//! In: reports that were just kept, with their layers. Out: who went into which story, told to the store. It holds the
//! index of `group` over the days around what comes, and no other reports. It does not know why two reports are one
//! story.
//!
//! Reports arrive in the index one by one, in the order in which they are kept: the ids of stories remember that order,
//! and a rebuild repeats it.

use jiff::civil::Date;

use crate::annotate::{Annotations, Annotator};
use crate::group::{Change, Index, Repair, Sketch};
use crate::report::Report;
use crate::store::{ReportNumber, Result, Store, Writing};

/// How many days around what comes are held: twice as many as lie between two reports that `group` still compares, so
/// that what hangs together through a third report is there too.
const HELD_DAYS: i64 = 24;

/// What is being put into stories.
pub struct Placing<'a> {
    annotator: &'a dyn Annotator,
    index: Index,
    /// The days whose reports are all held.
    held: Option<(Date, Date)>,
    /// What the database's changes by others were counted at.
    others: Option<i64>,
    arrivals: Vec<Arrival>,
    /// What a person said so far, where the past is repeated; else the store says it.
    said: Option<Vec<Repair>>,
}

/// A report that is to be put into a story.
struct Arrival {
    sketch: Sketch,
    day: Option<Date>,
}

impl<'a> Placing<'a> {
    /// Holds nothing yet. The annotator is for reports whose sketches were not kept.
    pub fn new(annotator: &'a dyn Annotator) -> Self {
        Placing { annotator, index: Index::new(), held: None, others: None, arrivals: Vec::new(), said: None }
    }

    /// The same, to repeat the past: what a person said is heeded from when it was said, and not before.
    pub fn again(annotator: &'a dyn Annotator) -> Self {
        Placing { said: Some(Vec::new()), ..Placing::new(annotator) }
    }

    /// Adds a report that is to be put into a story, under the id by which it is kept.
    pub fn put(
        &mut self,
        store: &Writing,
        number: ReportNumber,
        report: &Report,
        layers: &Annotations,
    ) -> Result<()> {
        let sketch = Sketch::of(report, layers);
        store.put_sketch(number, &sketch)?;
        self.arrivals.push(Arrival { sketch, day: report.published_at.map(|p| p.date) });
        Ok(())
    }

    /// Puts what was added into stories, and tells the store of everything that changed; with the time, its diary too.
    pub fn settle(&mut self, store: &Writing, at: Option<&str>) -> Result<()> {
        let arrivals = std::mem::take(&mut self.arrivals);
        if arrivals.is_empty() {
            return Ok(());
        }
        // Another run may have kept reports that are not held here.
        let others = Some(store.changes_by_others()?);
        if std::mem::replace(&mut self.others, others) != others {
            (self.index, self.held) = (Index::new(), None);
        }
        self.hold(store, &arrivals)?;
        for arrival in arrivals {
            let changes = self.index.arrive(arrival.sketch);
            carry_out(store, changes, at)?;
        }
        Ok(())
    }

    /// Heeds what a person said of reports, whatever their days.
    pub fn heed(&mut self, store: &Writing, repairs: &[Repair], at: Option<&str>) -> Result<()> {
        let mut days = Vec::new();
        for repair in repairs {
            let (Repair::Together(a, b) | Repair::Apart(a, b) | Repair::Open(a, b)) = repair;
            for id in [a, b] {
                if let Some(number) = store.number_of(id)? {
                    days.extend(store.newest(number)?.report.published_at.map(|p| p.date));
                }
            }
        }
        let span = days.iter().min().copied().zip(days.iter().max().copied());
        self.load(store, span.map(|(first, last)| around(first, last)))?;
        if let Some(said) = &mut self.said {
            said.extend_from_slice(repairs);
        }
        for repair in repairs {
            let changes = self.index.repair(repair);
            carry_out(store, changes, at)?;
        }
        Ok(())
    }

    /// Makes the index hold the reports around the days of `arrivals`.
    fn hold(&mut self, store: &Writing, arrivals: &[Arrival]) -> Result<()> {
        let days = || arrivals.iter().filter_map(|arrival| arrival.day);
        let Some((first, last)) = days().min().zip(days().max()) else {
            // Without a day a report is compared with all that is held.
            return if self.held.is_none() && self.index.is_empty() {
                self.load(store, None)
            } else {
                Ok(())
            };
        };
        let wanted = around(first, last);
        match self.held {
            Some((from, to))
                if from <= wanted.0 && (wanted.1 <= to || !kept_beyond(store, to, wanted.1)?) =>
            {
                let far = shifted(wanted.0, -HELD_DAYS);
                if from < far {
                    self.index.settle(day_number(wanted.0));
                }
                self.held = Some((if from < far { wanted.0 } else { from }, to.max(wanted.1)));
                Ok(())
            }
            _ => self.load(store, Some(wanted)),
        }
    }

    /// Holds what is kept of these days and without a day, but for what is just arriving.
    fn load(&mut self, store: &Writing, days: Option<(Date, Date)>) -> Result<()> {
        let mut kept = Vec::new();
        for number in store.near(days.map(|d| d.0), days.map(|d| d.1))? {
            if let Some(story) = store.story_of(number)? {
                kept.push((sketch(store, number, self.annotator)?, story));
            }
        }
        let said = match &self.said {
            Some(said) => said.clone(),
            None => store.report_repairs()?,
        };
        self.index = Index::restore(kept, said);
        self.held = days;
        Ok(())
    }
}

/// The sketch of a report, as it is kept or made anew.
fn sketch(store: &Store, number: ReportNumber, annotator: &dyn Annotator) -> Result<Sketch> {
    if let Some(sketch) = store.sketch(number)? {
        return Ok(sketch);
    }
    let version = store.newest(number)?;
    let layers = store.layers(version.key, annotator.name())?;
    let layers = layers.unwrap_or_else(|| annotator.annotate(&version.report));
    Ok(Sketch::of(&version.report, &layers))
}

fn carry_out(store: &Writing, changes: Vec<Change>, at: Option<&str>) -> Result<()> {
    for change in changes {
        if let Change::Moved { report, to: Some(story), .. } = change
            && let Some(number) = store.number_of(&report)?
        {
            store.put_member(number, &story, at)?;
        }
    }
    Ok(())
}

/// Whether a report of the days after `to`, up to `until`, is kept in a story.
fn kept_beyond(store: &Store, to: Date, until: Date) -> Result<bool> {
    let after = shifted(to, 1);
    Ok(after <= until && store.any_dated(after, until)?)
}

fn around(first: Date, last: Date) -> (Date, Date) {
    (shifted(first, -HELD_DAYS), shifted(last, HELD_DAYS))
}

fn shifted(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

/// Days since 1970-01-01.
fn day_number(day: Date) -> i32 {
    // Two civil dates are always a number of days apart.
    jiff::civil::date(1970, 1, 1).until(day).map_or(0, |apart| apart.get_days())
}
