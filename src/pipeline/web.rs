//! Follows addresses to the reports that stand there.
//!
//! In: an address, or a file with a list of addresses. Out: the reports of the pages, and a refusal for each page or list that could not be had, in the order in which they stand in
//! the list. It knows the way from list to page, not how a page is got or read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use url::Url;

use super::Meter;
use crate::fetch::{Fetcher, Outcome, Page};
use crate::report::{Refusal, RefusalKind};
use crate::source::list::{self, LeadsTo, Link, Told};
use crate::source::{self, MAX_REPORT_BYTES, Sink};
use crate::store::Visited;

/// How many lists may lie between what was named and a page: a list of feeds or an index of sitemaps, a feed or a sitemap, and one more.
const MAX_LISTS: usize = 3;

/// How much of a file is looked at to see whether it is a list.
const PEEK_BYTES: u64 = 4096;

/// What is known of earlier visits.
pub trait Visits {
    /// Whether it is time to ask again for a page that a list names.
    fn due(&self, page: &Url) -> bool;
    /// What was found at the last visit.
    fn known(&self, url: &Url) -> Visited;
    /// Hears that what stands at `url` was handed on, or is as it was, or could not be had.
    fn visited(&self, url: &Url, visited: Visited);
}

/// Nothing is known, and nothing is remembered.
pub struct NoVisits;

impl Visits for NoVisits {
    fn due(&self, _: &Url) -> bool {
        true
    }

    fn known(&self, _: &Url) -> Visited {
        Visited::default()
    }

    fn visited(&self, _: &Url, _: Visited) {}
}

/// What gets pages, what it knows of them, and where it says how far it is.
#[derive(Clone, Copy)]
pub struct Reach<'a> {
    /// What gets them.
    pub web: &'a Fetcher,
    /// What is known of earlier visits.
    pub visits: &'a dyn Visits,
    /// How far the run is.
    pub meter: &'a Meter,
}

/// The address that `path` is, where it is one.
pub(super) fn address(path: &Path) -> Option<Url> {
    let text = path.to_str()?;
    let scheme = text.split_once("://")?.0;
    if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        Url::parse(text).ok()
    } else {
        None
    }
}

/// Hands what stands at `url` to `take`: the report of a page, or the reports of the pages in a list.
pub(super) fn each(url: &Url, reach: Reach, take: &mut Sink) {
    let told = Told::default();
    let _ = Walk { reach, seen: BTreeSet::new() }.visit(url, &told, MAX_LISTS, take);
}

/// The links of the file at `path`, where that is a list that only leads elsewhere: OPML, or a sitemap. A feed carries reports itself.
pub(super) fn list_in(path: &Path) -> Option<Result<Vec<Link>, Refusal>> {
    let mut file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
    let mut bytes = Vec::new();
    file.by_ref().take(PEEK_BYTES).read_to_end(&mut bytes).ok()?;
    if !list::is_list(&bytes) || list::is_feed(&bytes) {
        return None;
    }
    file.take(MAX_REPORT_BYTES as u64).read_to_end(&mut bytes).ok()?;
    list::links(&path.to_string_lossy(), &bytes)
}

/// Hands what `links`, found in `source`, lead to to `take`.
pub(super) fn follow(source: &str, links: Result<Vec<Link>, Refusal>, reach: Reach, take: &mut Sink) {
    let mut walk = Walk { reach, seen: BTreeSet::new() };
    let _ = match links {
        Ok(links) => walk.follow(source, &links, MAX_LISTS - 1, take),
        Err(refusal) => take(Err(refusal)),
    };
}

struct Walk<'a> {
    reach: Reach<'a>,
    /// What was asked for already: lists name a page more than once, and one another.
    seen: BTreeSet<Url>,
}

impl Walk<'_> {
    /// Where this breaks off, the visit is not remembered, and the next run makes it again.
    fn visit(&mut self, url: &Url, told: &Told, lists: usize, take: &mut Sink) -> ControlFlow<()> {
        if !self.seen.insert(url.clone()) {
            return ControlFlow::Continue(());
        }
        let Reach { web, visits, meter } = self.reach;
        let known = visits.known(url);
        let visited = match web.get(url, &known.validators) {
            Outcome::Page(page) => self.read(url, page, told, lists, take)?,
            Outcome::Stopped => return ControlFlow::Break(()),
            Outcome::Refused(refusal) => {
                take(Err(refusal))?;
                known
            }
            // That a list is as it was says nothing of its pages.
            Outcome::NotModified => {
                if let Some(links) = known.links.as_ref().filter(|links| !links.is_empty()) {
                    self.follow(url.as_str(), links, lists, take)?;
                }
                known
            }
        };
        meter.page();
        visits.visited(url, visited);
        ControlFlow::Continue(())
    }

    /// Hands on what a page or a list holds. Gives what is to be remembered of it.
    fn read(
        &mut self,
        url: &Url,
        page: Page,
        told: &Told,
        lists: usize,
        take: &mut Sink,
    ) -> ControlFlow<(), Visited> {
        let mut visited = Visited { validators: page.validators, links: None };
        match list::links(page.final_url.as_str(), &page.bytes) {
            Some(Ok(links)) => {
                self.follow(url.as_str(), &links, lists, take)?;
                visited.links = Some(links);
            }
            Some(Err(refusal)) => take(Err(refusal))?,
            None => {
                take(source::read_page(&page.final_url, page.content_type.as_deref(), &page.bytes, told))?;
            }
        }
        ControlFlow::Continue(visited)
    }

    fn follow(&mut self, source: &str, links: &[Link], lists: usize, take: &mut Sink) -> ControlFlow<()> {
        let refuse =
            |kind, message: &str| Refusal { source: source.to_owned(), kind, message: message.to_owned() };
        if links.is_empty() {
            return take(Err(refuse(RefusalKind::Empty, "this list names no address")));
        }
        if lists == 0 {
            return take(Err(refuse(RefusalKind::BadList, "lists that lead to lists, and on and on")));
        }
        let due = |link: &&Link| link.leads_to == LeadsTo::List || self.reach.visits.due(&link.url);
        let due: Vec<&Link> = links.iter().filter(due).collect();
        self.reach.meter.expect_pages(due.len());
        for link in due {
            let left = if link.leads_to == LeadsTo::List { lists - 1 } else { 0 };
            self.visit(&link.url, &link.told, left, take)?;
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_the_web_is_one() {
        assert!(
            address(Path::new("https://example.org/a")).is_some()
                && address(Path::new("HTTP://example.org")).is_some()
        );
        for path in ["a.txt", "file:///etc/passwd", "https:/example.org", "-", "ftp://example.org/a"] {
            assert!(address(Path::new(path)).is_none(), "{path}");
        }
    }
}
