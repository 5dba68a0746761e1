//! What a person says of stories, carried out.
//!
//! In: a store, and which reports belong where. Out: the store with the repair in it, who said it, when and why, and the
//! stories as it wants them. What it means is said of pairs of reports, so that it holds whatever joins or leaves the stories
//! later. It does not know whether the person is right.

use crate::align::Words;
use crate::annotate::Annotator;
use crate::group::Repair;
use crate::store::{Pair, PairOf, ReportNumber, Result, Said, Store, StoreError, Writing};

use super::Outcome;
use super::placing::Placing;

/// A repair, by ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The report tells this story, and not the one that it is in.
    Move {
        /// The report.
        report: String,
        /// The story.
        story: String,
    },
    /// The stories are one.
    Join {
        /// All of them.
        stories: Vec<String>,
    },
    /// Two claims or two entities of a story's record are the same, or they are not.
    Judge {
        /// The story.
        story: String,
        /// `c3` or `e2` as the record has it; `c3@REPORT` is that report's words for it.
        one: String,
        /// The other.
        other: String,
        /// Whether they are the same.
        same: bool,
    },
    /// These reports tell another story than the rest of theirs.
    Split {
        /// The story.
        story: String,
        /// The reports that leave it, together.
        reports: Vec<String>,
    },
}

/// Who wishes it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wisher {
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
    /// When (RFC 3339, UTC).
    pub at: String,
}

/// A wish could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// The database would not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It names what is not there, or says nothing.
    #[error("{0}")]
    Wish(String),
}

/// Carries out `wish` and keeps it. Gives its number.
pub fn repair(
    store: &Store,
    annotator: &dyn Annotator,
    wish: &Wish,
    wisher: Wisher,
) -> std::result::Result<i64, RepairError> {
    store.write(|store| {
        let pairs = match wish {
            Wish::Judge { story, one, other, same } => {
                vec![judgement(store, annotator, story, [one, other], *same)?]
            }
            wish => meaning(store, wish)?,
        };
        let (kind, said_of) = words(wish);
        let Wisher { who, why, at } = wisher;
        let after = store.last_version()?;
        let said = Said { number: 0, at, who, why, kind: kind.to_owned(), said_of, after, undone_at: None };
        let number = store.add_repair(&said, &pairs)?;
        let of_reports = pairs.into_iter().filter(|pair| pair.of == PairOf::Reports);
        let repairs: Vec<Repair> = of_reports.map(Pair::repair).collect();
        if !repairs.is_empty() {
            Placing::new(annotator).heed(store, &repairs, Some(&said.at))?;
        }
        Ok(number)
    })
}

/// Takes back the repair of this number: its pairs are as other repairs have them, or open.
pub fn undo(
    store: &Store,
    annotator: &dyn Annotator,
    number: i64,
    at: &str,
) -> std::result::Result<(), RepairError> {
    store.write(|store| {
        let pairs = store.repaired_pairs(PairOf::Reports)?;
        let undone = pairs.into_iter().filter(|(repair, _)| *repair == number).map(|(_, pair)| pair);
        let undone: Vec<Pair> = undone.collect();
        if !store.undo_repair(number, at)? {
            return Err(RepairError::Wish(format!(
                "no repair of number {number} holds; `rashomon repair list` shows them"
            )));
        }
        let standing = store.report_repairs()?;
        let now = |pair: Pair| {
            let same = |repair: &&Repair| {
                let (Repair::Together(a, b) | Repair::Apart(a, b) | Repair::Open(a, b)) = repair;
                (a == &pair.one && b == &pair.other) || (a == &pair.other && b == &pair.one)
            };
            let other = standing.iter().find(same).cloned();
            other.unwrap_or_else(|| Repair::Open(pair.one.clone(), pair.other.clone()))
        };
        let repairs: Vec<Repair> = undone.into_iter().map(now).collect();
        if !repairs.is_empty() {
            Placing::new(annotator).heed(store, &repairs, Some(at))?;
        }
        Ok(())
    })
}

fn words(wish: &Wish) -> (&'static str, Vec<String>) {
    match wish {
        Wish::Move { report, story } => ("move", vec![report.clone(), story.clone()]),
        Wish::Join { stories } => ("join", stories.clone()),
        Wish::Judge { story, one, other, same } => {
            (if *same { "same" } else { "different" }, vec![story.clone(), one.clone(), other.clone()])
        }
        Wish::Split { story, reports } => ("split", std::iter::once(story).chain(reports).cloned().collect()),
    }
}

/// What `wish` says of pairs of reports. A story that a report is put into is one as it stands: all of it is pinned
/// together, for else the newcomer could part it.
fn meaning(store: &Writing, wish: &Wish) -> std::result::Result<Vec<Pair>, RepairError> {
    match wish {
        Wish::Move { report, story } => {
            let number = known_report(store, report)?;
            let target = members(store, story)?;
            if target.contains(report) {
                return Err(RepairError::Wish(format!("{report} is in {story} already")));
            }
            let former = store.story_of(number)?.map(|story| members(store, &story)).transpose()?;
            let left = former.unwrap_or_default().into_iter().filter(|member| member != report);
            let apart = left.map(|member| pair(report, &member, false)).collect::<Vec<_>>();
            Ok(target.iter().map(|member| pair(report, member, true)).chain(apart).collect())
        }
        Wish::Join { stories } => {
            let mut all = Vec::new();
            for story in stories {
                all.extend(members(store, story)?);
            }
            all.sort();
            all.dedup();
            let Some((first, rest)) = all.split_first().filter(|_| stories.len() > 1) else {
                return Err(RepairError::Wish("it takes two stories to join them".to_owned()));
            };
            Ok(rest.iter().map(|member| pair(first, member, true)).collect())
        }
        // That is said of the words of reports: see [`judgement`].
        Wish::Judge { .. } => Ok(Vec::new()),
        Wish::Split { story, reports } => {
            let all = members(store, story)?;
            if let Some(stranger) = reports.iter().find(|report| !all.contains(report)) {
                return Err(RepairError::Wish(format!("{stranger} is not in {story}")));
            }
            let rest: Vec<&String> = all.iter().filter(|member| !reports.contains(member)).collect();
            let Some((first, others)) = reports.split_first().filter(|_| !rest.is_empty()) else {
                return Err(RepairError::Wish(format!("nothing would be left of {story}")));
            };
            let together = others.iter().map(|other| pair(first, other, true));
            Ok(together.chain(rest.into_iter().map(|member| pair(first, member, false))).collect())
        }
    }
}

/// What is said of two things of a story's record.
fn judgement(
    store: &Writing,
    annotator: &dyn Annotator,
    story: &str,
    labels: [&String; 2],
    same: bool,
) -> std::result::Result<Pair, RepairError> {
    members(store, story)?;
    let outcome = super::story(store, story, annotator)?;
    let outcome = outcome.ok_or_else(|| RepairError::Wish(format!("{story}: there is no such story")))?;
    let [(of, one), (of_other, other)] = [thing(&outcome, labels[0])?, thing(&outcome, labels[1])?];
    if of != of_other || one == other {
        let [a, b] = labels;
        return Err(RepairError::Wish(format!("{a} and {b} are not two claims, nor two entities")));
    }
    let json = |words: &Words| serde_json::to_string(words).unwrap_or_default();
    Ok(Pair { of, one: json(&one), other: json(&other), together: same })
}

/// What `label` names in a story's record: a claim by a report's words, an entity by the name that a report gives it.
fn thing(outcome: &Outcome, label: &str) -> std::result::Result<(PairOf, Words), RepairError> {
    let (id, report) = label.split_once('@').map_or((label, None), |(id, report)| (id, Some(report)));
    let story = outcome.reading.stories.first();
    let wanted = |of: &str| report.is_none_or(|report| report == of);
    let claim = story.and_then(|s| s.claims.iter().find(|c| c.id == id)).and_then(|claim| {
        let evidence = claim.evidence.iter().find(|e| wanted(e.report()))?;
        Some((
            PairOf::Claims,
            Words { report: evidence.report().to_owned(), exact: evidence.exact().to_owned() },
        ))
    });
    let entity = story.and_then(|s| s.entities.iter().find(|e| e.id == id)).and_then(|entity| {
        let names = || std::iter::once(&entity.name).chain(&entity.aliases);
        let accounts = || outcome.accounts.iter().filter(|account| wanted(&account.report.id));
        names().find_map(|name| {
            let account = accounts().find(|a| a.layers.entities.iter().any(|e| e.name == *name))?;
            Some((PairOf::Entities, Words { report: account.report.id.clone(), exact: name.clone() }))
        })
    });
    let unknown = || {
        RepairError::Wish(format!(
            "{label}: the story has no such claim or entity; `rashomon story … --format json` shows their ids"
        ))
    };
    claim.or(entity).ok_or_else(unknown)
}

fn pair(one: &str, other: &str, together: bool) -> Pair {
    Pair { of: PairOf::Reports, one: one.to_owned(), other: other.to_owned(), together }
}

fn known_report(store: &Store, id: &str) -> std::result::Result<ReportNumber, RepairError> {
    store.number_of(id)?.ok_or_else(|| RepairError::Wish(format!("{id}: no report has this id")))
}

/// The ids of the reports of a story.
fn members(store: &Store, story: &str) -> std::result::Result<Vec<String>, RepairError> {
    let numbers = store.reports_of(story)?;
    if numbers.is_empty() {
        return Err(RepairError::Wish(format!(
            "{story}: there is no such story; `rashomon stories` lists them"
        )));
    }
    let ids: Result<Vec<String>> = numbers.into_iter().map(|number| Ok(store.id_of(number)?.0)).collect();
    Ok(ids?)
}
