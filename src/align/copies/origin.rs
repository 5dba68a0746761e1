//! Whom a shared passage likely comes from.
//!
//! In: two accounts that share passages. Out: an agency's name or a report's id, with the reason; or nobody,
//! with the reason why that is unknown. It does not know any text but these two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::align::Account;
use crate::report::{PublishedAt, RegionKind, Report, signatory};

use super::Copies;

/// How much of the shorter report must be shared before the longer one counts as its likely source.
const TAKEN_OVER: f64 = 0.7;
/// By what factor it must be longer.
const LONGER: f64 = 1.3;

/// Whom the passages that `a` and `b` (indices into `accounts`) share likely come from, and why.
///
/// An agency that either credits decides; after it the day or time of publication, a dateline, and the more
/// complete text. `None` where nothing speaks for either.
pub fn likely_origin(
    accounts: &[&Account],
    (a, b): (usize, usize),
    copies: &Copies,
) -> (Option<String>, String) {
    let (Some(first), Some(second)) = (accounts.get(a), accounts.get(b)) else {
        return (None, String::new());
    };
    let (first, second) = (&first.report, &second.report);
    by_agency(first, second)
        .or_else(|| by_time(first, second))
        .or_else(|| by_dateline(first, second))
        .or_else(|| {
            by_completeness((first, copies.share(a, b)), (second, copies.share(b, a)), copies, (a, b))
        })
        .unwrap_or_else(|| (None, "no agency is credited, and nothing says which came first".to_owned()))
}

type Verdict = Option<(Option<String>, String)>;

fn by_agency(a: &Report, b: &Report) -> Verdict {
    let (in_a, in_b) = (credited(a), credited(b));
    for (report, credits) in [(a, &in_b), (b, &in_a)] {
        let own = report.outlet.as_deref().and_then(agency).filter(|own| credits.contains(own));
        if let Some(own) = own {
            return Some((Some(report.id.clone()), format!("{own} itself, which the other credits")));
        }
    }
    let is_agency = |r: &Report| r.outlet.as_deref().and_then(agency);
    if let (Some(own), None, wire) | (None, Some(own), wire) =
        (is_agency(a), is_agency(b), if is_agency(a).is_some() { a } else { b })
    {
        return Some((Some(wire.id.clone()), format!("{} is a report of {own}", wire.id)));
    }
    let both: Vec<&str> = in_a.intersection(&in_b).copied().collect();
    let any: Vec<&str> = in_a.union(&in_b).copied().collect();
    match (both.as_slice(), any.as_slice()) {
        ([agency], _) => Some((Some((*agency).to_owned()), format!("both credit {agency}"))),
        ([], [agency]) => {
            let crediting = if in_a.is_empty() { b } else { a };
            let reason = format!("{} credits {agency}; the other has the same words", crediting.id);
            Some((Some((*agency).to_owned()), reason))
        }
        (_, []) => None,
        _ => Some((None, format!("{} are credited", any.join(" and ")))),
    }
}

/// Whether an agency published `report`.
pub(super) fn is_agency(report: &Report) -> bool {
    report.outlet.as_deref().and_then(agency).is_some()
}

/// The agencies that `report` credits, by their canonical names.
pub fn credited(report: &Report) -> BTreeSet<&'static str> {
    let credits = report.credits.iter().map(|span| report.slice(*span));
    credits.filter_map(|credit| agency(credit).or_else(|| signatory(credit))).collect()
}

/// The canonical name of an agency.
fn agency(name: &str) -> Option<&'static str> {
    static AGENCIES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
        let lines =
            include_str!("agencies.txt").lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
        let forms = lines.flat_map(|line| {
            let canonical = line.split('|').next().unwrap_or(line).trim();
            line.split('|').map(move |form| (form.trim().to_lowercase(), canonical))
        });
        forms.collect()
    });
    AGENCIES.get(&name.trim().to_lowercase()).copied()
}

fn by_time(a: &Report, b: &Report) -> Verdict {
    let (first, second) = (a.published_at?, b.published_at?);
    let (earlier, later) = match order(first, second)? {
        true => (a, b),
        false => (b, a),
    };
    Some((Some(earlier.id.clone()), format!("published before {}", later.id)))
}

/// Whether `a` came before `b`; `None` where that cannot be said. Times of a day are compared within one zone only.
fn order(a: PublishedAt, b: PublishedAt) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.time, b.time) {
        return match a.offset_minutes == b.offset_minutes {
            true => (x != y).then_some(x < y),
            false => (a.date != b.date).then_some(a.date < b.date),
        };
    }
    (a.date != b.date).then_some(a.date < b.date)
}

fn by_dateline(a: &Report, b: &Report) -> Verdict {
    let has = |r: &Report| r.regions.iter().any(|region| region.kind == RegionKind::Dateline);
    let filed = match (has(a), has(b)) {
        (true, false) => a,
        (false, true) => b,
        _ => return None,
    };
    Some((Some(filed.id.clone()), format!("only {} has a dateline", filed.id)))
}

fn by_completeness(a: (&Report, f64), b: (&Report, f64), copies: &Copies, (i, j): (usize, usize)) -> Verdict {
    let words = |r: usize| copies.words.get(r).copied().unwrap_or(0) as f64;
    let complete = if a.1 >= TAKEN_OVER && words(j) >= LONGER * words(i) {
        b.0
    } else if b.1 >= TAKEN_OVER && words(i) >= LONGER * words(j) {
        a.0
    } else {
        return None;
    };
    Some((Some(complete.id.clone()), format!("{} has nearly all of the other and more", complete.id)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::account;
    use super::*;
    use crate::span::Span;

    const WIRE: &str = "The ferry struck a sandbank shortly before dawn and began to take on water through a torn bow door. ";

    fn crediting(id: &str, credit: &str) -> Account {
        let mut given = account(id, &format!("{WIRE}{credit}"));
        given.report.credits = vec![Span::new(WIRE.len()..WIRE.len() + credit.len())];
        given
    }

    fn origin(a: &Account, b: &Account) -> (Option<String>, String) {
        let accounts = [a, b];
        likely_origin(&accounts, (0, 1), &Copies::of(&accounts))
    }

    #[test]
    fn an_agency_that_one_credits_is_the_origin() {
        let (found, reason) = origin(&crediting("a", "AP"), &account("b", WIRE));
        assert_eq!(found.as_deref(), Some("Associated Press"));
        assert!(reason.starts_with("a credits"));
        let (found, reason) = origin(&crediting("a", "AP"), &crediting("b", "Associated Press"));
        assert_eq!(
            (found.as_deref(), reason.as_str()),
            (Some("Associated Press"), "both credit Associated Press")
        );
    }

    #[test]
    fn two_agencies_leave_it_open() {
        let (found, reason) = origin(&crediting("a", "AP"), &crediting("b", "Reuters"));
        assert_eq!(found, None);
        assert!(reason.contains("Reuters"));
    }

    #[test]
    fn the_agency_itself_is_its_own_origin() {
        let mut agency = account("wire", WIRE);
        agency.report.outlet = Some("Reuters".to_owned());
        assert_eq!(origin(&crediting("a", "Reuters"), &agency).0.as_deref(), Some("wire"));
        assert_eq!(origin(&agency, &account("b", WIRE)).0.as_deref(), Some("wire"));
    }

    #[test]
    fn an_agency_is_known_by_how_it_signs() {
        let signed = crediting("a", "(Reporting by Jo Ray; Editing by Al Moss)");
        assert_eq!(origin(&signed, &account("b", WIRE)).0.as_deref(), Some("Reuters"));
    }

    #[test]
    fn the_earlier_day_decides_where_nobody_is_credited() {
        let (mut a, mut b) = (account("a", WIRE), account("b", WIRE));
        assert_eq!(origin(&a, &b).0, None);
        a.report.published_at = Some(PublishedAt::day("2031-03-05".parse().expect("a date")));
        b.report.published_at = Some(PublishedAt::day("2031-03-04".parse().expect("a date")));
        assert_eq!(origin(&a, &b).0.as_deref(), Some("b"));
        b.report.published_at = a.report.published_at;
        assert_eq!(origin(&a, &b).0, None);
    }

    #[test]
    fn the_longer_of_two_is_more_complete() {
        let more =
            "Passengers described a loud bang, after which water rose quickly on the lower deck of the ship.";
        let (found, _) = origin(&account("a", WIRE), &account("b", &format!("{WIRE}{more}")));
        assert_eq!(found.as_deref(), Some("b"));
    }
}
