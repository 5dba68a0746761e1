//! Who owns which outlet.
//!
//! In: an outlet's name, the address of its page. Out: its owner, where the shipped list (`models/owners`) knows one. It does
//! not know what the outlet published; an outlet that the list does not know has no owner here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::report::Report;

/// The list, by folded name of the outlet and by domain.
struct Owners {
    by_name: BTreeMap<String, &'static str>,
    by_domain: BTreeMap<&'static str, &'static str>,
}

static OWNERS: LazyLock<Owners> = LazyLock::new(|| {
    let mut owners = Owners { by_name: BTreeMap::new(), by_domain: BTreeMap::new() };
    for line in include_str!("../../../models/owners/owners.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(owner), Some(outlet)) = (columns.next(), columns.next()) else { continue };
        owners.by_name.insert(folded(outlet), owner);
        let domains = columns.next().unwrap_or("").split(' ').filter(|d| !d.is_empty());
        owners.by_domain.extend(domains.map(|domain| (domain, owner)));
    }
    owners
});

/// The owner of the outlet that published `report`, where it is known.
pub(super) fn owner(report: &Report) -> Option<&'static str> {
    let by_name = report.outlet.as_deref().and_then(|name| OWNERS.by_name.get(&folded(name)));
    by_name.or_else(|| by_domain(domain(report.url.as_deref()?)?)).copied()
}

/// The owner of the longest known domain that `domain` ends in.
fn by_domain(domain: &str) -> Option<&'static &'static str> {
    let starts = std::iter::once(0).chain(domain.match_indices('.').map(|(dot, _)| dot + 1));
    starts.filter_map(|start| OWNERS.by_domain.get(&domain[start..])).next()
}

/// The host of an address.
fn domain(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    host.rsplit('@').next()?.split(':').next()
}

/// An outlet's name as it is compared: small letters, without an article and what stands in brackets.
pub(super) fn folded(name: &str) -> String {
    let plain = name.split(['(', '[']).next().unwrap_or(name).trim().to_lowercase();
    plain.strip_prefix("the ").unwrap_or(&plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::account;
    use super::*;

    fn of(outlet: Option<&str>, url: Option<&str>) -> Option<&'static str> {
        let mut report = account("a", "").report;
        report.outlet = outlet.map(str::to_owned);
        report.url = url.map(str::to_owned);
        owner(&report)
    }

    #[test]
    fn an_outlet_is_known_by_its_name_or_its_address() {
        assert_eq!(of(Some("Wall Street Journal"), None), Some("News Corp"));
        assert_eq!(of(Some("The Verge"), None), of(None, Some("https://www.polygon.com/a?b")));
        assert_eq!(of(None, Some("https://user@blog.mashable.com:443/x")), Some("Ziff Davis"));
    }

    #[test]
    fn what_the_list_does_not_know_has_no_owner() {
        assert_eq!(of(Some("Meridia Post"), Some("https://meridiapost.example/x")), None);
        assert_eq!(of(None, None), None);
        assert_eq!(of(None, Some("no address")), None);
    }
}
