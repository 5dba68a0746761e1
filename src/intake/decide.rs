//! Whether a report is known, new or changed.
//!
//! In: a report, and the reports that are kept under its name. Out: an [`Intent`]. It does not know where they are
//! kept.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::report::Report;

/// SHA-256 of what a report says: its title and its text. A report that says the same is the same, whatever was
/// found out about its date or its outlet since.
pub type Digest = [u8; 32];

/// The part of the shorter text's words that two versions of one report share at least. An outlet that corrects,
/// completes or shortens a report keeps most of them; two reports of one event in different words share about a
/// fifth, and of different events less.
const SHARED: f64 = 0.4;

/// A report that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub report: i64,
    /// The digests of all its versions, the newest last.
    pub digests: Vec<Digest>,
    /// The title of the newest.
    pub title: Option<String>,
    /// The text of the newest.
    pub text: String,
}

/// What is to become of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Nothing: the report of this number said the same.
    Leave(i64),
    /// It is kept as a report of its own.
    Add,
    /// It is kept as the next version of the report of this number.
    Amend(i64),
}

/// The digest of `report`.
pub fn digest(report: &Report) -> Digest {
    let title = report.title.as_deref().unwrap_or_default();
    Sha256::new().chain_update(title).chain_update([0]).chain_update(report.text.as_str()).finalize().into()
}

/// What is to become of `report`, where `named` are kept under its name.
///
/// A version that was replaced stays known: reading an old archive again after a new one changes nothing.
pub fn decide(report: &Report, named: &[Kept]) -> Intent {
    let digest = digest(report);
    if let Some(known) = named.iter().find(|kept| kept.digests.contains(&digest)) {
        return Intent::Leave(known.report);
    }
    let alike =
        named.iter().map(|kept| (likeness(report, kept), kept)).filter(|(likeness, _)| *likeness >= SHARED);
    // Of equals the first: a name's oldest report.
    let best = alike.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or(Intent::Add, |(_, kept)| Intent::Amend(kept.report))
}

/// The part of the shorter one's words that the two share; all of them where the headline is the same.
fn likeness(report: &Report, kept: &Kept) -> f64 {
    if report.title.is_some() && report.title == kept.title {
        return 1.0;
    }
    let (a, b) = (words(report.text.as_str()), words(&kept.text));
    let shorter = a.len().min(b.len()).max(1);
    a.intersection(&b).count() as f64 / shorter as f64
}

/// The words of `text`, each once; short ones stand in every text.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(3).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAM: &str = "The gates of the Lumbe dam were opened on Tuesday after two dry months, the water ministry \
                       said. Farmers downstream had asked for the water since March.";

    fn report(text: &str) -> Report {
        crate::source::read("a.txt", text.as_bytes()).reports.remove(0)
    }

    fn kept(number: i64, text: &str) -> Kept {
        let report = report(text);
        Kept { report: number, digests: vec![digest(&report)], title: report.title, text: text.to_owned() }
    }

    #[test]
    fn what_says_the_same_is_known() {
        assert_eq!(decide(&report(DAM), &[]), Intent::Add);
        assert_eq!(decide(&report(DAM), &[kept(7, DAM)]), Intent::Leave(7));
    }

    #[test]
    fn a_version_that_was_replaced_is_still_known() {
        let corrected = DAM.replace("two", "three");
        let mut kept = kept(7, DAM);
        kept.digests.push(digest(&report(&corrected)));
        kept.text = corrected;
        assert_eq!(decide(&report(DAM), &[kept]), Intent::Leave(7));
    }

    #[test]
    fn a_correction_and_a_completion_are_versions() {
        assert_eq!(decide(&report(&DAM.replace("Tuesday", "Monday")), &[kept(7, DAM)]), Intent::Amend(7));
        let longer = format!(
            "{DAM} The opposition spoke of a gift before the election. {}",
            "More follows. ".repeat(30)
        );
        assert_eq!(
            decide(&report(&longer), &[kept(3, "It rained in Ostrava."), kept(7, DAM)]),
            Intent::Amend(7)
        );
    }

    #[test]
    fn another_text_under_an_old_name_is_another_report() {
        let budget = "Parliament passed the budget with a majority of one vote, and the finance minister thanked \
                      the member who had come from hospital to vote for it.";
        assert_eq!(decide(&report(budget), &[kept(7, DAM)]), Intent::Add);
    }
}
