//! What reports have from each other.
//!
//! In: the [`Story`]'s copies, passage by passage. Out: one [`CopyView`] for each pair of reports and origin.
//! It does not know who copied from whom, beyond what the record says.

use std::collections::BTreeMap;

use crate::record::{Copy, Story};

use super::legend::{Cite, Legend};

/// What two reports share.
#[derive(Clone, Debug)]
pub struct CopyView<'a> {
    /// "3 passages, 31 % of A and 45 % of B".
    pub extent: String,
    /// Where they likely come from, and why.
    pub note: String,
    /// Each passage as it stands in the two, the longest first.
    pub passages: Vec<Vec<Cite<'a>>>,
}

/// The copies of `story`, one entry for each pair of reports and origin, in the order of the record.
pub fn of<'a>(story: &'a Story, legend: &Legend<'a>) -> Vec<CopyView<'a>> {
    let mut order: Vec<Key> = Vec::new();
    let mut pairs: BTreeMap<Key, Vec<&Copy>> = BTreeMap::new();
    for copy in &story.copies {
        let key = key(copy);
        let of_pair = pairs.entry(key.clone()).or_default();
        if of_pair.is_empty() {
            order.push(key);
        }
        of_pair.push(copy);
    }
    order.iter().filter_map(|key| pairs.get(key)).map(|copies| view(copies, legend)).collect()
}

/// The reports, the origin and the reason.
type Key<'a> = (Vec<&'a str>, Option<&'a str>, &'a str);

fn key(copy: &Copy) -> Key<'_> {
    let mut reports: Vec<&str> = copy.passages.iter().map(|p| p.report()).collect();
    reports.sort_unstable();
    reports.dedup();
    (reports, copy.origin.as_deref(), &copy.reason)
}

fn view<'a>(copies: &[&'a Copy], legend: &Legend<'a>) -> CopyView<'a> {
    let mut passages: Vec<Vec<Cite>> = copies.iter().map(|c| legend.cite(&c.passages)).collect();
    passages.sort_by_key(|p| std::cmp::Reverse(p.first().map_or(0, |c| c.evidence.exact().len())));
    let first = copies.first();
    CopyView {
        extent: first.map(|c| extent(copies.len(), c, legend)).unwrap_or_default(),
        note: first.map(|c| note(c, legend)).unwrap_or_default(),
        passages,
    }
}

fn extent(passages: usize, copy: &Copy, legend: &Legend) -> String {
    let share = |(id, share): (&String, &f64)| {
        Some(format!("{:.0} % of {}", (share * 100.0).clamp(0.0, 100.0), legend.tag(id)?))
    };
    let shares: Vec<String> = copy.share.iter().filter_map(share).collect();
    let passages = if passages == 1 { "1 passage".to_owned() } else { format!("{passages} passages") };
    if shares.is_empty() { passages } else { format!("{passages}, {}", shares.join(" and ")) }
}

fn note(copy: &Copy, legend: &Legend) -> String {
    let origin = match &copy.origin {
        Some(origin) => format!("likely from {}", legend.tag(origin).unwrap_or(origin)),
        None => "origin unknown".to_owned(),
    };
    // A reason for not knowing says so itself.
    match copy.reason.strip_prefix("unknown").unwrap_or(&copy.reason).trim_start_matches([':', ' ']) {
        "" => origin,
        reason => format!("{origin}: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[test]
    fn a_pair_is_told_once_with_all_its_passages() {
        let sample = sample::sample();
        let legend = Legend::new(&sample.reading);
        let copies = of(&sample.reading.stories[0], &legend);
        assert_eq!(copies.len(), 1);
        assert_eq!(copies[0].extent, "2 passages, 41 % of A and 63 % of D");
        assert_eq!(copies[0].passages.len(), 2);
        assert!(copies[0].passages.iter().all(|p| p.len() == 2));
        assert_eq!(copies[0].note, "likely from Corval Press: both credit it");
    }

    #[test]
    fn that_an_origin_is_unknown_is_said_once() {
        let mut sample = sample::sample();
        for copy in &mut sample.reading.stories[0].copies {
            (copy.origin, copy.reason) = (None, "unknown: no agency credited".to_owned());
        }
        let legend = Legend::new(&sample.reading);
        assert_eq!(of(&sample.reading.stories[0], &legend)[0].note, "origin unknown: no agency credited");
    }
}
