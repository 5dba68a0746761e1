//! The name of a story that lasts.
//!
//! In: the reports of a story. Out: its id. It does not know how the story was found.

use sha2::{Digest, Sha256};

use crate::report::Report;

use super::sketch::Key;

/// The id of the story that `reports` tell, whatever their order.
///
/// It is made from the id of the earliest report alone and not from the set of members: a story keeps its id
/// when later reports join it, leave it, or come in another order, and two runs over growing folders agree.
/// It changes only when an earlier report is added or the earliest leaves. Reports without a date come last.
pub fn story_id<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    let earliest = reports.into_iter().map(Key::of).min();
    mint(earliest.as_ref().map_or("", Key::id), 0)
}

/// The id that a story has which begins with the report `first`; the `n`th of them, where others have it already.
pub(super) fn mint(first: &str, n: u32) -> String {
    let mut hash = Sha256::new().chain_update(first);
    if n > 0 {
        hash.update([0]);
        hash.update(n.to_le_bytes());
    }
    let hex: String = hash.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
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
