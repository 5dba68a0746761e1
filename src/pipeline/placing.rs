//! Puts reports into stories as they come.
//!
//! In: reports that were just kept. Out: who went into which story, told to the store. It holds what `group` compares of
//! the reports around the days of a batch, and no others. It does not know why two reports are one story.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::annotate::Annotations;
use crate::group::{Document, story_id};
use crate::report::{Report, Text};
use crate::store::{ReportNumber, Result, Writing};

/// Reports that lie further apart are not compared.
const REACH_DAYS: i64 = 40;

/// What is being put into stories.
#[derive(Default)]
pub struct Placing {
    window: BTreeMap<ReportNumber, Placed>,
    pending: BTreeSet<ReportNumber>,
}

/// A report as it is compared.
struct Placed {
    document: Document,
    /// Its id and its date; the words are in the document.
    head: Report,
}

impl Placing {
    /// Adds a report that is to be put into a story.
    pub fn put(&mut self, number: ReportNumber, report: &Report, _layers: &Annotations) {
        self.window.insert(number, placed(report));
        self.pending.insert(number);
    }

    /// Forgets what was added and not settled: its batch was not kept.
    pub fn forget_pending(&mut self) {
        for number in std::mem::take(&mut self.pending) {
            self.window.remove(&number);
        }
    }

    /// Puts what was added into stories, and tells the store of everything that changed.
    pub fn settle(&mut self, store: &Writing, at: Option<&str>) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        self.load(store, &pending)?;
        let numbers: Vec<ReportNumber> = self.window.keys().copied().collect();
        let documents: Vec<&Document> = self.window.values().map(|placed| &placed.document).collect();
        let mut clusters = crate::group::stories(&documents);
        clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.len()));
        let mut taken = BTreeSet::new();
        for cluster in clusters {
            let members: Vec<ReportNumber> = cluster.iter().map(|i| numbers[*i]).collect();
            let story = self.story(store, &members, &taken)?;
            for member in members {
                store.put_member(member, &story, at)?;
            }
            taken.insert(story);
        }
        Ok(())
    }

    /// The id of the story that `members` tell: that of the story in which most of them are already, or a new one.
    fn story(&self, store: &Writing, members: &[ReportNumber], taken: &BTreeSet<String>) -> Result<String> {
        let mut had = BTreeMap::<String, usize>::new();
        for member in members {
            if let Some(story) = store.story_of(*member)?.filter(|story| !taken.contains(story)) {
                *had.entry(story).or_default() += 1;
            }
        }
        let most = had.into_iter().min_by_key(|(story, times)| (std::cmp::Reverse(*times), story.clone()));
        Ok(most.map(|(story, _)| story).unwrap_or_else(|| {
            story_id(members.iter().filter_map(|n| self.window.get(n)).map(|placed| &placed.head))
        }))
    }

    /// Fills the window with the reports around the days of `pending`, and empties it of others.
    fn load(&mut self, store: &Writing, pending: &BTreeSet<ReportNumber>) -> Result<()> {
        let days: Vec<Date> =
            pending.iter().filter_map(|n| self.window.get(n)?.head.published_at).map(|p| p.date).collect();
        let shift = |day: Date, days: i64| day.saturating_add(jiff::Span::new().days(days));
        let from = days.iter().min().map(|day| shift(*day, -REACH_DAYS));
        let to = days.iter().max().map(|day| shift(*day, REACH_DAYS));
        let near: BTreeSet<ReportNumber> = store.near(from, to)?.into_iter().collect();
        self.window.retain(|number, _| near.contains(number));
        for number in near {
            if !self.window.contains_key(&number) {
                self.window.insert(number, placed(&store.newest(number)?.report));
            }
        }
        Ok(())
    }
}

fn placed(report: &Report) -> Placed {
    let head = Report { text: Text::new(""), regions: Vec::new(), credits: Vec::new(), ..report.clone() };
    Placed { document: Document::of(report), head }
}
