//! Which lines an outlet changed in its report.
//!
//! In: two versions of one report. Out: a [`Version`] with the sentences that were added, removed or put otherwise.
//! It does not know why, nor any other report.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Account;
use crate::record::{Evidence, LineChange, TitleChange, Version};
use crate::report::PublishedAt;
use crate::span::Span;

/// The most sentences whose order is compared: the comparison may take their product. Of longer texts it is only said
/// which sentences are in one and not in the other.
const MOST_ORDERED: usize = 2_000;

/// The part of the shorter sentence's words that two share at least where one took the place of the other.
const PUT_OTHERWISE: f64 = 0.4;

/// How many sentences ahead the later wording of a sentence is looked for.
const AHEAD: usize = 4;

/// What changed from `before` to `after`, which was read first at `retrieved_at`.
pub fn version(before: &Account, after: &Account, retrieved_at: &str) -> Version {
    let (old, new) = (lines(before), lines(after));
    let words = |account: &Account, lines: &[Span]| -> Vec<String> {
        lines.iter().map(|line| spaced(account.report.slice(*line))).collect()
    };
    let (old_words, new_words) = (words(before, &old), words(after, &new));
    let pairs = if old.len().max(new.len()) <= MOST_ORDERED {
        in_order(&old_words, &new_words)
    } else {
        in_one_only(&old_words, &new_words)
    };
    let title = |of: &Account| of.report.title.clone();
    let number = |of: &Account| of.report.text.version().unwrap_or_default();
    Version {
        report: after.report.id.clone(),
        outlet: after.report.outlet.clone(),
        before: number(before),
        after: number(after),
        published_at: after.report.published_at.map(PublishedAt::edtf),
        retrieved_at: retrieved_at.to_owned(),
        title: (title(before) != title(after))
            .then(|| TitleChange { before: title(before), after: title(after) }),
        changes: pairs
            .into_iter()
            .map(|(i, j)| change(i.map(|i| (before, old[i])), j.map(|j| (after, new[j]))))
            .collect(),
    }
}

fn change(before: Option<(&Account, Span)>, after: Option<(&Account, Span)>) -> LineChange {
    let kind = match (before, after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let evidence = |(account, span): (&Account, Span)| Evidence::new(&account.report, span);
    LineChange { kind: kind.to_owned(), before: before.map(evidence), after: after.map(evidence) }
}

/// The sentences of the report itself: what changes in its furniture is no change of what it says.
fn lines(account: &Account) -> Vec<Span> {
    account.layers.sentences.iter().filter(|s| !s.furniture).map(|s| s.span).collect()
}

/// A sentence is the same however its lines are broken.
fn spaced(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence that changed: its place before and after.
type Pair = (Option<usize>, Option<usize>);

fn in_order(old: &[String], new: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { .. } => pairs.extend(op.old_range().map(|i| (Some(i), None))),
            DiffOp::Insert { .. } => pairs.extend(op.new_range().map(|j| (None, Some(j)))),
            DiffOp::Replace { .. } => {
                let mut next = op.new_range().start;
                let end = op.new_range().end;
                for i in op.old_range() {
                    let ahead = next..end.min(next + AHEAD);
                    match ahead.clone().find(|j| alike(&old[i], &new[*j])) {
                        None => pairs.push((Some(i), None)),
                        Some(j) => {
                            pairs.extend((next..j).map(|j| (None, Some(j))));
                            pairs.push((Some(i), Some(j)));
                            next = j + 1;
                        }
                    }
                }
                pairs.extend((next..end).map(|j| (None, Some(j))));
            }
        }
    }
    pairs
}

fn in_one_only(old: &[String], new: &[String]) -> Vec<Pair> {
    let (olds, news): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
    let gone = (0..old.len()).filter(|i| !news.contains(&old[*i])).map(|i| (Some(i), None));
    let come = (0..new.len()).filter(|j| !olds.contains(&new[*j])).map(|j| (None, Some(j)));
    gone.chain(come).collect()
}

fn alike(a: &str, b: &str) -> bool {
    let words = |text| -> BTreeSet<&str> { str::split(text, ' ').collect() };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 >= PUT_OTHERWISE * a.len().min(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::report::Text;

    fn of(before: &str, after: &str) -> Version {
        let mut accounts = testing::accounts(&[before, after]);
        for (account, number) in accounts.iter_mut().zip(1..) {
            account.report.id = "a".to_owned();
            account.report.text = Text::of_version(account.report.text.as_str(), number);
        }
        version(&accounts[0], &accounts[1], "2031-05-14T16:00:00Z")
    }

    fn told(version: &Version) -> Vec<(&str, Option<&str>, Option<&str>)> {
        let exact = |e: &'_ Option<Evidence>| e.as_ref().map(|e| e.exact().to_owned());
        let leak = |s: Option<String>| s.map(|s| &*s.leak());
        version
            .changes
            .iter()
            .map(|c| (c.kind.as_str(), leak(exact(&c.before)), leak(exact(&c.after))))
            .collect()
    }

    #[test]
    fn a_line_that_changed_names_both_versions() {
        let version = of(
            "The ferry Halka sank off Ostervik. Twelve people died, the police said. Divers went on searching.",
            "The ferry Halka sank off Ostervik. Fourteen people died, the police said. Divers went on searching.",
        );
        assert_eq!(
            told(&version),
            [(
                "changed",
                Some("Twelve people died, the police said."),
                Some("Fourteen people died, the police said.")
            )]
        );
        let versions = [&version.changes[0].before, &version.changes[0].after].map(|e| e.as_ref()?.version());
        assert_eq!(versions, [Some(1), Some(2)]);
        assert_eq!((version.before, version.after, version.title), (1, 2, None));
    }

    #[test]
    fn lines_come_and_go_without_disturbing_the_rest() {
        let version = of(
            "The ferry Halka sank off Ostervik. The captain is missing. Divers went on searching.",
            "The ferry Halka sank off Ostervik. Divers went on searching. A crane ship is to lift the wreck.",
        );
        let expected = [
            ("removed", Some("The captain is missing."), None),
            ("added", None, Some("A crane ship is to lift the wreck.")),
        ];
        assert_eq!(told(&version), expected);
    }

    #[test]
    fn broken_lines_and_furniture_are_no_change() {
        let before = "The ferry Halka sank off Ostervik on Monday.\n\nSubscribe to our newsletter today.";
        let after = "The ferry Halka sank off\nOstervik on Monday.";
        let version = of(before, after);
        assert!(version.changes.iter().all(|c| !format!("{c:?}").contains("Subscribe")), "{version:?}");
    }

    #[test]
    fn very_long_reports_are_compared_without_their_order() {
        let long = |from: usize| {
            (from..from + 2_500).map(|i| format!("Gauge {i} held on Monday. ")).collect::<String>()
        };
        let version = of(&long(0), &long(1));
        let expected = [
            ("removed", Some("Gauge 0 held on Monday."), None),
            ("added", None, Some("Gauge 2500 held on Monday.")),
        ];
        assert_eq!(told(&version), expected);
    }
}
