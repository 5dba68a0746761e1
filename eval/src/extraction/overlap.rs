//! How much two texts have in common, as the Zyte article extraction benchmark counts it.
//!
//! In: the text that is right and the one that was found. Out: how many runs of words both have, and each alone. It does not know where the words
//! stand.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What two texts have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// In both.
    pub both: f64,
    /// Only in what was found.
    pub extra: f64,
    /// Only in what is right.
    pub missing: f64,
}

/// The overlap of the runs of `n` words, each as often as it stands there. A shorter text is one run.
pub fn of(gold: &str, found: &str, n: usize) -> Overlap {
    let (gold, found) = (words(gold), words(found));
    let mut counts: BTreeMap<&[&str], (usize, usize)> = BTreeMap::new();
    runs(&gold, n).for_each(|run| counts.entry(run).or_default().0 += 1);
    runs(&found, n).for_each(|run| counts.entry(run).or_default().1 += 1);
    let mut overlap = Overlap::default();
    for (gold, found) in counts.into_values() {
        overlap.both += gold.min(found) as f64;
        overlap.extra += found.saturating_sub(gold) as f64;
        overlap.missing += gold.saturating_sub(found) as f64;
    }
    overlap
}

impl Overlap {
    /// The same with a weight of one, so that a long page counts no more than a short one.
    pub fn weighed(self) -> Self {
        let all = self.both + self.extra + self.missing;
        if all == 0.0 {
            return self;
        }
        Overlap { both: self.both / all, extra: self.extra / all, missing: self.missing / all }
    }

    /// What of all is in both.
    pub fn share(self) -> f64 {
        ratio(self.both, self.both + self.extra + self.missing)
    }

    /// What of the found is right.
    pub fn precision(self) -> f64 {
        ratio(self.both, self.both + self.extra)
    }

    /// What of the right is found.
    pub fn recall(self) -> f64 {
        ratio(self.both, self.both + self.missing)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2.0 * self.both, 2.0 * self.both + self.extra + self.missing)
    }
}

impl AddAssign for Overlap {
    fn add_assign(&mut self, other: Overlap) {
        self.both += other.both;
        self.extra += other.extra;
        self.missing += other.missing;
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Runs of letters, digits and underscores.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

fn runs<'r, 't>(words: &'r [&'t str], n: usize) -> impl Iterator<Item = &'r [&'t str]> {
    let short = (!words.is_empty() && words.len() < n).then_some(words);
    words.windows(n).chain(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_as_often_as_they_stand_there() {
        let overlap = of("a b a b", "a b c", 2);
        assert_eq!(overlap, Overlap { both: 1.0, extra: 1.0, missing: 2.0 });
        assert_eq!((overlap.precision(), overlap.recall()), (0.5, 1.0 / 3.0));
        assert_eq!(overlap.weighed(), Overlap { both: 0.25, extra: 0.25, missing: 0.5 });
    }

    #[test]
    fn a_short_text_is_one_run_and_nothing_is_none() {
        assert_eq!(of("a b", "a, b!", 4).f1(), 1.0);
        assert_eq!(of("", "", 4), Overlap::default());
        assert_eq!(of("a b", "", 4).f1(), 0.0);
    }
}
