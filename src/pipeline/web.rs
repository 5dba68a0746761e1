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

use crate::fetch::{Fetcher, Outcome, Validators};
use crate::report::{Refusal, RefusalKind};
use crate::source::list::{self, LeadsTo, Link, Told};
use crate::source::{self, MAX_REPORT_BYTES, Sink};

/// How many lists may lie between what was named and a page: a list of feeds or an index of sitemaps, a feed or a sitemap, and one more.
const MAX_LISTS: usize = 3;

/// How much of a file is looked at to see whether it is a list.
const PEEK_BYTES: u64 = 4096;

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
pub(super) fn each(url: &Url, web: &Fetcher, take: &mut Sink) {
    let told = Told::default();
    let _ = Walk { web, seen: BTreeSet::new() }.visit(url, &told, MAX_LISTS, take);
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
pub(super) fn follow(source: &str, links: Result<Vec<Link>, Refusal>, web: &Fetcher, take: &mut Sink) {
    let _ = Walk { web, seen: BTreeSet::new() }.follow(source, links, MAX_LISTS - 1, take);
}

struct Walk<'a> {
    web: &'a Fetcher,
    /// What was asked for already: lists name a page more than once, and one another.
    seen: BTreeSet<Url>,
}

impl Walk<'_> {
    fn visit(&mut self, url: &Url, told: &Told, lists: usize, take: &mut Sink) -> ControlFlow<()> {
        if !self.seen.insert(url.clone()) {
            return ControlFlow::Continue(());
        }
        let page = match self.web.get(url, &Validators::default()) {
            Outcome::Page(page) => page,
            Outcome::Refused(refusal) => return take(Err(refusal)),
            // Nobody said what it was before.
            Outcome::NotModified => return ControlFlow::Continue(()),
        };
        match list::links(page.final_url.as_str(), &page.bytes) {
            Some(links) => self.follow(url.as_str(), links, lists, take),
            None => take(source::read_page(&page.final_url, page.content_type.as_deref(), &page.bytes, told)),
        }
    }

    fn follow(
        &mut self,
        source: &str,
        links: Result<Vec<Link>, Refusal>,
        lists: usize,
        take: &mut Sink,
    ) -> ControlFlow<()> {
        let refuse =
            |kind, message: &str| Refusal { source: source.to_owned(), kind, message: message.to_owned() };
        let links = match links {
            Ok(links) if links.is_empty() => {
                return take(Err(refuse(RefusalKind::Empty, "this list names no address")));
            }
            Ok(_) if lists == 0 => {
                return take(Err(refuse(RefusalKind::BadList, "lists that lead to lists, and on and on")));
            }
            Ok(links) => links,
            Err(refusal) => return take(Err(refusal)),
        };
        for link in links {
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
