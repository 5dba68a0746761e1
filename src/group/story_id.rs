//! The name of a story that lasts.
//!
//! In: the reports of a story. Out: its id. It does not know how the story was found.

use sha2::{Digest, Sha256};

use crate::report::Report;

/// The id of the story that `reports` tell, whatever their order.
///
/// It is made from the id of the earliest report alone and not from the set of members: a story keeps its id
/// when later reports join it, leave it, or come in another order, and two runs over growing folders agree.
/// It changes only when an earlier report is added or the earliest leaves. Reports without a date come last.
pub fn story_id<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    let earliest = reports
        .into_iter()
        .map(|r| (r.published_at.is_none(), r.published_at.map(|p| (p.date, p.time)), r.id.as_str()))
        .min();
    let name = earliest.map_or("", |(_, _, id)| id);
    let digest = Sha256::digest(name.as_bytes());
    let hex: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("s{hex}")
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;

    #[test]
    fn a_story_keeps_its_id_when_later_reports_join() {
        let first = report("one", Some("2031-03-04"), "", "x");
        let later = report("later", Some("2031-03-05"), "", "y");
        let undated = report("aaa", None, "", "z");
        let alone = story_id([&first]);
        assert_eq!(alone, story_id([&undated, &later, &first]));
        assert_ne!(alone, story_id([&later, &undated]));
        assert_eq!(alone.len(), 13);
    }
}
