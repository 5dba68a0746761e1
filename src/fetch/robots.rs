//! What a host lets a robot read (RFC 9309).
//!
//! In: an address, and how to get a robots.txt. Out: the host's [`Rules`], remembered for a day. It does not know how the file is got.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use url::Url;

use super::reply::Failure;

/// How long rules are remembered, as RFC 9309 has it.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// More hosts than a list of feeds names; beyond it all are forgotten.
const MAX_HOSTS: usize = 10_000;

/// The rules of each host, by the address of its robots.txt.
#[derive(Debug, Default)]
pub(super) struct Robots {
    known: Mutex<HashMap<String, (Instant, Arc<Rules>)>>,
}

/// What one host lets us read.
#[derive(Debug)]
pub(super) struct Rules {
    rules: robotxt::Robots,
    /// The time that it wants between two requests.
    pub delay: Option<Duration>,
}

impl Rules {
    /// Whether `url` may be read.
    pub fn allows(&self, url: &Url) -> bool {
        self.rules.is_url_allowed(url)
    }
}

impl Robots {
    /// The rules for `url`. `get` gives the bytes of a robots.txt, `None` where there is none, and fails where it is not known
    /// whether there is one: then nothing of the host may be read.
    pub fn of(
        &self,
        url: &Url,
        name: &str,
        get: impl FnOnce(&Url) -> Result<Option<Vec<u8>>, Failure>,
    ) -> Result<Arc<Rules>, Failure> {
        let Ok(file) = url.join("/robots.txt") else { return Ok(Arc::new(rules(None, name))) };
        if let Some((at, rules)) = self.locked().get(file.as_str())
            && at.elapsed() < KEPT
        {
            return Ok(Arc::clone(rules));
        }
        let found = Arc::new(rules(get(&file)?.as_deref(), name));
        let mut known = self.locked();
        if known.len() >= MAX_HOSTS {
            known.clear();
        }
        known.insert(file.into(), (Instant::now(), Arc::clone(&found)));
        Ok(found)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Instant, Arc<Rules>)>> {
        self.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn rules(file: Option<&[u8]>, name: &str) -> Rules {
    let rules = match file {
        Some(bytes) => robotxt::Robots::parse(bytes, name),
        None => robotxt::Robots::allow_all(),
    };
    Rules { delay: rules.crawl_delay(), rules }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RefusalKind;

    fn url(url: &str) -> Url {
        url.parse().expect(url)
    }

    #[test]
    fn rules_are_asked_for_once_and_hold_for_the_host() {
        let robots = Robots::default();
        let file =
            b"User-agent: *\nDisallow: /\n\nUser-agent: rashomon\nDisallow: /drafts/\nCrawl-delay: 2\n";
        let page = url("https://example.org/drafts/1");
        let rules = robots.of(&page, "rashomon", |at| {
            assert_eq!(at.as_str(), "https://example.org/robots.txt");
            Ok(Some(file.to_vec()))
        });
        let rules = rules.expect("rules");
        assert!(!rules.allows(&page) && rules.allows(&url("https://example.org/news/1")));
        assert_eq!(rules.delay, Some(Duration::from_secs(2)));
        let again = robots.of(&url("https://example.org/news/2"), "rashomon", |_| panic!("asked twice"));
        assert!(again.expect("rules").allows(&url("https://example.org/news/2")));
    }

    #[test]
    fn no_file_forbids_nothing_and_an_unknown_one_forbids_all() {
        let robots = Robots::default();
        let page = url("https://example.org:8443/1");
        let down = || Failure::passing(RefusalKind::Network, "no route".to_owned());
        assert!(robots.of(&page, "rashomon", |_| Err(down())).is_err());
        let rules = robots.of(&page, "rashomon", |at| {
            assert_eq!(at.as_str(), "https://example.org:8443/robots.txt");
            Ok(None)
        });
        assert!(rules.expect("rules").allows(&page));
    }
}
