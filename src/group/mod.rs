//! Which reports tell of one event.
//!
//! In: reports with their layers. Out: the stories: all at once ([`stories`]), or one report at a time, each change said
//! ([`Index`]). It does not know what the reports say of the event, only how much of what is rare they share, whom and what
//! they name, and how many days lie between them.
//!
//! A [`Sketch`] is what is kept of a report to compare it. [`Rarity`] says what a word is worth, from a background of
//! reports shipped in the binary, so that a folder of five reports is judged like a stream of thousands. [`features`] are
//! what speaks for and against a pair, [`Model`] what each of them is worth. [`postings`] finds, through an index of rare
//! terms, the few others that a report is compared with; [`linkage`] joins them, the most alike first, by the
//! average over all their pairs. A roundup, a live page and an opinion ([`Nature`]) join no two stories.

mod document;
mod entries;
pub mod features;
mod index;
mod limits;
mod linkage;
mod local;
mod model;
mod nature;
mod postings;
mod rarity;
mod sketch;
mod story_id;
mod why;

pub use document::Document;
pub use index::{Change, Index, Repair};
pub use model::Model;
pub use nature::Nature;
pub use rarity::Rarity;
pub use sketch::Sketch;
pub use story_id::story_id;
pub use why::{Shared, Why, why};

use std::collections::BTreeMap;

use crate::align::Account;

/// The stories, each as indices into `accounts` in ascending order, in order of their first.
/// Every report is in exactly one.
pub fn group(accounts: &[Account]) -> Vec<Vec<usize>> {
    stories(accounts.iter().map(|a| Sketch::of(&a.report, &a.layers)).collect())
}

/// The stories that the reports of `sketches` tell, each as ascending indices, in order of their first.
///
/// The order of `sketches` changes nothing but the indices. Two of them may have the same id.
pub fn stories(sketches: Vec<Sketch>) -> Vec<Vec<usize>> {
    stories_by(&Model::shipped().clone(), sketches)
}

/// The same, judging by `model`.
pub fn stories_by(model: &Model, sketches: Vec<Sketch>) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_cached_key(|i| (sketches[*i].key(), sketches[*i].digest()));
    let mut sketches: Vec<Option<Sketch>> = sketches.into_iter().map(Some).collect();
    let mut index = Index::with(model.clone());
    index.know(sketches.iter().flatten());
    // Ids that are given twice must not push each other out.
    let named =
        order.iter().enumerate().filter_map(|(n, i)| Some(sketches[*i].take()?.renamed(format!("{n:08}"))));
    index.arrive_all(named);
    let mut stories: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, i) in order.iter().enumerate() {
        stories.entry(index.story_of(&format!("{n:08}")).unwrap_or("")).or_default().push(*i);
    }
    let mut stories: Vec<Vec<usize>> = stories.into_values().collect();
    stories.iter_mut().for_each(|s| s.sort_unstable());
    stories.sort_unstable();
    stories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Annotator, Rules};
    use crate::report::{PublishedAt, Report, Text};
    use jiff::civil::Date;

    pub(super) fn report(id: &str, day: Option<&str>, title: &str, text: &str) -> Report {
        Report {
            id: id.to_owned(),
            source: format!("{id}.txt"),
            outlet: None,
            title: (!title.is_empty()).then(|| title.to_owned()),
            url: None,
            published_at: day.map(|d| PublishedAt::day(d.parse::<Date>().expect("a date"))),
            language: None,
            credits: Vec::new(),
            text: Text::new(text),
            regions: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub(super) fn sketch(id: &str, day: Option<&str>, title: &str, text: &str) -> Sketch {
        let report = report(id, day, title, text);
        Sketch::of(&report, &Rules.annotate(&report))
    }

    pub(super) fn harbour(id: &str, day: &str) -> Sketch {
        let text = "The ferry Alkyone ran aground off Port Meridia with 214 passengers aboard. Coast guard \
                    divers searched the wreck while Mayor Ilse Verhaven opened the sports hall to survivors.";
        sketch(id, Some(day), "Ferry Alkyone runs aground off Port Meridia", text)
    }

    pub(super) fn rescue(id: &str, day: &str) -> Sketch {
        let text = "Rescuers pulled survivors from the stranded ferry Alkyone near Port Meridia overnight. \
                    Ilse Verhaven, the mayor, praised the coast guard. All 214 passengers are accounted for.";
        sketch(id, Some(day), "Survivors of Alkyone ferry rescued off Port Meridia", text)
    }

    pub(super) fn budget(id: &str, day: &str) -> Sketch {
        let text = "Finance minister Oren Talbach presented a budget that cuts farm subsidies by a tenth. \
                    Farmers of the Lower Vale plan a protest before the parliament of Kestria.";
        sketch(id, Some(day), "Talbach budget cuts farm subsidies", text)
    }

    fn names(sketches: &[Sketch]) -> Vec<String> {
        let name = |story: Vec<usize>| {
            let mut ids: Vec<&str> = story.iter().map(|i| sketches[*i].id()).collect();
            ids.sort_unstable();
            ids.join("")
        };
        let mut stories: Vec<String> = stories(sketches.to_vec()).into_iter().map(name).collect();
        stories.sort();
        stories
    }

    fn three() -> Vec<Sketch> {
        vec![harbour("a", "2031-03-04"), rescue("b", "2031-03-05"), budget("c", "2031-03-04")]
    }

    #[test]
    fn two_accounts_of_a_wreck_and_a_budget_are_two_stories() {
        assert_eq!(names(&three()), ["ab", "c"]);
    }

    #[test]
    fn the_order_of_reports_does_not_matter() {
        let mut reversed = three();
        reversed.reverse();
        assert_eq!(names(&reversed), names(&three()));
    }

    #[test]
    fn the_same_words_months_apart_are_another_event() {
        assert_eq!(names(&[harbour("a", "2031-03-04"), harbour("b", "2031-09-21")]), ["a", "b"]);
    }

    #[test]
    fn empty_and_wordless_reports_stand_alone() {
        assert!(stories(Vec::new()).is_empty());
        assert_eq!(names(&[sketch("a", None, "", ""), sketch("b", None, "", "… — !")]), ["a", "b"]);
    }

    #[test]
    fn two_reports_with_one_id_are_both_grouped() {
        assert_eq!(names(&[harbour("a", "2031-03-04"), budget("a", "2031-03-04")]), ["a", "a"]);
    }
}
