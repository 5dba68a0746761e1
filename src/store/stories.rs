//! Which report tells which story, and how that changed.
//!
//! In: memberships as they were decided. Out: stories with their reports. It does not know why a report is where it is.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, named_params};

use super::{ReportNumber, Result, Store, Writing};

/// A story as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StoryLine {
    /// Its id.
    pub id: String,
    /// The headline of its earliest report that has one.
    pub title: Option<String>,
    /// The earliest publication (EDTF).
    pub from: Option<String>,
    /// The latest publication (EDTF).
    pub to: Option<String>,
    /// How many reports tell it.
    pub reports: u32,
    /// How many outlets.
    pub outlets: u32,
}

/// What a story of today shares with one of before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The story's id now.
    pub now: String,
    /// The id of one that held some of its reports before.
    pub was: String,
    /// How many.
    pub reports: u32,
}

/// Which stories are listed.
#[derive(Clone, Debug, Default)]
pub struct StoryFilter {
    /// Not those that ended before this day (YYYY-MM-DD).
    pub from: Option<String>,
    /// Not those that began after this day.
    pub to: Option<String>,
    /// Only those that at least so many reports tell.
    pub reports: u32,
    /// Only those that this outlet tells too.
    pub outlet: Option<String>,
    /// At most so many.
    pub most: u32,
}

impl Store {
    /// The story that a report tells.
    pub fn story_of(&self, report: ReportNumber) -> Result<Option<String>> {
        self.ask(|db| {
            db.prepare_cached("SELECT story FROM membership WHERE report = ?1")?
                .query_row([report], |row| row.get(0))
                .optional()
        })
    }

    /// The reports of a story, in order of arrival; none where there is no such story.
    pub fn reports_of(&self, story: &str) -> Result<Vec<ReportNumber>> {
        self.ask(|db| {
            db.prepare_cached("SELECT report FROM membership WHERE story = ?1 ORDER BY report")?
                .query_map([story], |row| row.get(0))?
                .collect()
        })
    }

    /// The stories that `filter` lets through, the one with the latest report first.
    pub fn stories(&self, filter: &StoryFilter) -> Result<Vec<StoryLine>> {
        self.ask(|db| {
            let mut stories = db.prepare_cached(
                "SELECT story,
                        min(published_at), max(published_at) AS latest,
                        count(*) AS reports, count(DISTINCT outlet),
                        -- The title beside the earliest publication; without a date a report comes last.
                        min(CASE WHEN title IS NOT NULL
                                 THEN coalesce(published_at, '9999') || char(31) || id || char(31) || title END)
                 FROM membership
                 JOIN report ON report.number = membership.report
                 JOIN version ON version.key = report.newest
                 GROUP BY story
                 HAVING reports >= :reports
                    AND (:from IS NULL OR latest >= :from)
                    AND (:to IS NULL OR min(published_at) < date(:to, '+1 day'))
                    AND (:outlet IS NULL OR sum(outlet = :outlet COLLATE NOCASE) > 0)
                 ORDER BY latest DESC, reports DESC, story
                 LIMIT :most",
            )?;
            let filters = named_params! {
                ":reports": filter.reports as i64, ":from": filter.from, ":to": filter.to,
                ":outlet": filter.outlet, ":most": filter.most as i64,
            };
            let line = |row: &rusqlite::Row| {
                let title: Option<String> = row.get(5)?;
                Ok(StoryLine {
                    id: row.get(0)?,
                    from: row.get(1)?,
                    to: row.get(2)?,
                    reports: row.get(3)?,
                    outlets: row.get(4)?,
                    title: title.and_then(|t| t.splitn(3, '\u{1f}').nth(2).map(|t| t.trim().to_owned())),
                })
            };
            stories.query_map(filters, line)?.collect()
        })
    }

    /// How many stories there are.
    pub fn count_stories(&self) -> Result<u32> {
        self.ask(|db| db.query_row("SELECT count(DISTINCT story) FROM membership", [], |row| row.get(0)))
    }
}

impl Writing<'_> {
    /// Puts a report into a story, and where it is told the time, into the diary that it went there.
    pub fn put_member(&self, report: ReportNumber, story: &str, at: Option<&str>) -> Result<()> {
        let came_from = self.story_of(report)?;
        if came_from.as_deref() == Some(story) {
            return Ok(());
        }
        self.ask(|db| {
            db.prepare_cached(
                "INSERT INTO membership (report, story) VALUES (?1, ?2)
                 ON CONFLICT (report) DO UPDATE SET story = excluded.story",
            )?
            .execute((report, story))?;
            if let Some(at) = at {
                db.prepare_cached(
                    "INSERT INTO change (at, report, came_from, went_to) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((at, report, came_from, story))?;
            }
            Ok(())
        })
    }

    /// Takes every report out of its story, so that they can be put into stories anew. Where each was is known until the
    /// change comes into force: [`Writing::overlaps`].
    pub fn forget_members(&self) -> Result<()> {
        self.ask(|db| {
            db.execute_batch(
                "DROP TABLE IF EXISTS temp.former;
                 CREATE TEMP TABLE former AS SELECT report, story FROM membership;
                 DELETE FROM membership;",
            )
        })
    }

    /// How many reports the stories of which a person ever said something share with the stories from before
    /// [`Writing::forget_members`].
    pub fn overlaps(&self) -> Result<Vec<Overlap>> {
        self.ask(|db| {
            db.prepare(
                "SELECT membership.story, former.story, count(*)
                 FROM membership JOIN temp.former AS former ON former.report = membership.report
                 WHERE membership.story IN
                   (SELECT story FROM membership JOIN report ON report.number = membership.report
                    WHERE id IN (SELECT one FROM repair_pair WHERE of = 'reports'
                                 UNION SELECT other FROM repair_pair WHERE of = 'reports'))
                 GROUP BY 1, 2",
            )?
            .query_map([], |row| Ok(Overlap { now: row.get(0)?, was: row.get(1)?, reports: row.get(2)? }))?
            .collect()
        })
    }

    /// Gives stories other ids, all at once: two may exchange theirs.
    pub fn rename_stories(&self, names: &BTreeMap<String, String>) -> Result<()> {
        self.ask(|db| {
            // No id begins with this mark, so that none that is given is taken for one that is to be changed.
            let mut mark = db.prepare("UPDATE membership SET story = '>' || ?2 WHERE story = ?1")?;
            for (from, to) in names {
                mark.execute((from, to))?;
            }
            db.execute("UPDATE membership SET story = substr(story, 2) WHERE story LIKE '>%'", [])?;
            Ok(())
        })
    }

    /// Puts into the diary where a report is now, where that differs from what stands there.
    pub fn note_members(&self, at: &str) -> Result<()> {
        self.ask(|db| {
            db.prepare_cached(
                "INSERT INTO change (at, report, came_from, went_to)
                 SELECT ?1, report, noted, story
                 FROM (SELECT report, story,
                              (SELECT went_to FROM change WHERE change.report = membership.report
                               ORDER BY change.number DESC LIMIT 1) AS noted
                       FROM membership)
                 WHERE noted IS NOT story
                 ORDER BY report",
            )?
            .execute([at])?;
            Ok(())
        })
    }
}
