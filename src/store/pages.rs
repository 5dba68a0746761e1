//! What servers said of pages, so that the next visit can ask whether they changed, and what lists led to.
//!
//! In: addresses with what was said. Out: the same. It does not know how a page is got, nor when it is asked for again.

use jiff::Timestamp;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use url::Url;

use super::reports::{from_json, json};
use super::{Result, Store, Writing};
use crate::fetch::Validators;
use crate::report::PublishedAt;
use crate::source::list::{LeadsTo, Link, Told};

/// A page or a list that was visited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visited {
    /// What its server said of it.
    pub validators: Validators,
    /// What it led to, where it is a list.
    pub links: Option<Vec<Link>>,
}

/// When something was visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitedAt {
    /// For the first time.
    pub first: Timestamp,
    /// For the last.
    pub last: Timestamp,
}

/// A link as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptLink {
    url: String,
    list: bool,
    title: Option<String>,
    authors: Vec<String>,
    outlet: Option<String>,
    /// EDTF.
    published_at: Option<String>,
    language: Option<String>,
}

impl Store {
    /// What is known of `address` from the last visit.
    pub fn visited(&self, address: &str) -> Result<Option<Visited>> {
        self.ask(|db| {
            db.prepare_cached("SELECT etag, last_modified, links FROM page WHERE address = ?1")?
                .query_row([address], |row| {
                    let validators = Validators { etag: row.get(0)?, last_modified: row.get(1)? };
                    let kept: Option<Vec<KeptLink>> = match row.get_ref(2)? {
                        rusqlite::types::ValueRef::Null => None,
                        _ => Some(from_json(row, 2)?),
                    };
                    let links = kept.map(|kept| kept.into_iter().filter_map(KeptLink::link).collect());
                    Ok(Visited { validators, links })
                })
                .optional()
        })
    }

    /// When `address` was visited; `None` where it never was.
    pub fn visited_at(&self, address: &str) -> Result<Option<VisitedAt>> {
        let found: Option<(Option<String>, String)> = self.ask(|db| {
            db.prepare_cached("SELECT first_visited_at, visited_at FROM page WHERE address = ?1")?
                .query_row([address], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })?;
        Ok(found.and_then(|(first, last)| {
            let last: Timestamp = last.parse().ok()?;
            Some(VisitedAt { first: first.and_then(|first| first.parse().ok()).unwrap_or(last), last })
        }))
    }
}

impl Writing<'_> {
    /// Keeps a visit to `address`, in place of an earlier one.
    pub fn put_visit(&self, address: &str, visited: &Visited, now: &str) -> Result<()> {
        let Visited { validators: Validators { etag, last_modified }, links } = visited;
        let links = links.as_ref().map(|links| links.iter().map(KeptLink::of).collect::<Vec<_>>());
        self.ask(|db| {
            let links = links.as_ref().map(json).transpose()?;
            db.prepare_cached(
                "INSERT INTO page (address, etag, last_modified, links, first_visited_at, visited_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                 ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
                     links = excluded.links, visited_at = excluded.visited_at,
                     first_visited_at = coalesce(page.first_visited_at, page.visited_at)",
            )?
            .execute((address, etag, last_modified, links, now))?;
            Ok(())
        })
    }
}

impl KeptLink {
    fn of(link: &Link) -> Self {
        let Link { url, leads_to, told } = link;
        KeptLink {
            url: url.to_string(),
            list: *leads_to == LeadsTo::List,
            title: told.title.clone(),
            authors: told.authors.clone(),
            outlet: told.outlet.clone(),
            published_at: told.published_at.map(PublishedAt::edtf),
            language: told.language.clone(),
        }
    }

    /// The link; `None` where its address is none any more.
    fn link(self) -> Option<Link> {
        let url = Url::parse(&self.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let published_at = self.published_at.as_deref().and_then(PublishedAt::parse);
        let KeptLink { list, title, authors, outlet, language, .. } = self;
        let leads_to = if list { LeadsTo::List } else { LeadsTo::Page };
        Some(Link { url, leads_to, told: Told { title, authors, outlet, published_at, language } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_kept_with_what_was_told_of_it() {
        let told = Told {
            title: Some("Gates open".to_owned()),
            authors: vec!["Jo Ray".to_owned()],
            outlet: Some("Valley Post".to_owned()),
            published_at: PublishedAt::parse("2031-05-14T08:00:00+02:00"),
            language: Some("en".to_owned()),
        };
        let url = Url::parse("https://example.org/1").expect("an address");
        let link = Link { url, leads_to: LeadsTo::Page, told };
        assert_eq!(KeptLink::of(&link).link(), Some(link));
    }
}
