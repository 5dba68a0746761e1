//! Which reports tell of one event.
//!
//! In: reports. Out: the stories, as lists of indices. It does not know what the reports say of the
//! event, only how rare the words are that they share and how many days lie between them.
//!
//! A [`Document`] is what is compared: weighted words and names of the title and of the body outside
//! regions. [`Rarity`] says what a word is worth, from a background of reports shipped in the binary, so
//! that a folder of five reports is judged like a stream of thousands. [`candidates`] finds, through an
//! index of rare terms, the few others that a report is compared with; [`linkage`] joins them, the most
//! alike first, by the average over all their pairs, so that one bridging report does not join two stories.

mod candidates;
mod document;
mod linkage;
mod rarity;
mod story_id;
mod vector;

pub mod weights;

pub use document::Document;
pub use rarity::Rarity;
pub use story_id::story_id;

use std::borrow::Borrow;

use crate::align::Account;

use vector::Vectors;

/// The stories, each as indices into `accounts` in ascending order, in order of their first.
/// Every report is in exactly one.
pub fn group(accounts: &[Account]) -> Vec<Vec<usize>> {
    let documents: Vec<Document> = accounts.iter().map(|a| Document::of(&a.report)).collect();
    stories(&documents)
}

/// The stories that `documents` tell, each as ascending indices, in order of their first.
///
/// The order of `documents` changes nothing but the indices: inside, they are sorted by day, content and id.
pub fn stories<D: Borrow<Document>>(documents: &[D]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by(|a, b| documents[*a].borrow().key().cmp(&documents[*b].borrow().key()));
    let sorted: Vec<&Document> = order.iter().map(|i| documents[*i].borrow()).collect();
    let vectors = Vectors::weigh(&sorted, Rarity::shipped());
    let pairs = candidates::find(&vectors);
    let clusters = linkage::join(&vectors, &pairs);
    let mut stories: Vec<Vec<usize>> = clusters
        .into_iter()
        .map(|members| {
            let mut story: Vec<usize> = members.into_iter().map(|m| order[m]).collect();
            story.sort_unstable();
            story
        })
        .collect();
    stories.sort_unstable();
    stories
}

#[cfg(test)]
mod tests {
    use super::*;
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

    fn harbour(id: &str, day: &str) -> Report {
        let text = "The ferry Alkyone ran aground off Port Meridia with 214 passengers aboard. Coast guard \
                    divers searched the wreck while Mayor Ilse Verhaven opened the sports hall to survivors.";
        report(id, Some(day), "Ferry Alkyone runs aground off Port Meridia", text)
    }

    fn reports() -> Vec<Report> {
        let divers = "Rescuers pulled survivors from the stranded ferry Alkyone near Port Meridia overnight. \
                      Ilse Verhaven, the mayor, praised the coast guard. All 214 passengers are accounted for.";
        let budget = "Finance minister Oren Talbach presented a budget that cuts farm subsidies by a tenth. \
                      Farmers of the Lower Vale plan a protest before the parliament of Kestria.";
        vec![
            harbour("a", "2031-03-04"),
            report("b", Some("2031-03-05"), "Survivors of Alkyone ferry rescued off Port Meridia", divers),
            report("c", Some("2031-03-04"), "Talbach budget cuts farm subsidies", budget),
        ]
    }

    fn names(reports: &[Report]) -> Vec<Vec<String>> {
        let documents: Vec<Document> = reports.iter().map(Document::of).collect();
        let name = |story: Vec<usize>| {
            let mut ids: Vec<String> = story.iter().map(|i| reports[*i].id.clone()).collect();
            ids.sort();
            ids
        };
        let mut stories: Vec<Vec<String>> = stories(&documents).into_iter().map(name).collect();
        stories.sort();
        stories
    }

    #[test]
    fn two_accounts_of_a_wreck_and_a_budget_are_two_stories() {
        assert_eq!(names(&reports()), [vec!["a", "b"], vec!["c"]]);
    }

    #[test]
    fn the_order_of_reports_does_not_matter() {
        let mut reversed = reports();
        reversed.reverse();
        assert_eq!(names(&reversed), names(&reports()));
    }

    #[test]
    fn the_same_words_months_apart_are_another_event() {
        let reports = [harbour("a", "2031-03-04"), harbour("b", "2031-09-21")];
        assert_eq!(names(&reports), [vec!["a"], vec!["b"]]);
    }

    #[test]
    fn empty_and_wordless_reports_stand_alone() {
        assert!(stories::<Document>(&[]).is_empty());
        let reports = [report("a", None, "", ""), report("b", None, "", "… — !")];
        assert_eq!(names(&reports), [vec!["a"], vec!["b"]]);
    }
}
