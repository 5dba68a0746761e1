//! Politely gets what stands at an address. With `serve`, the only room that says HTTP.
//!
//! In: an `http` or `https` address, and what is known of the last visit. Out: an [`Outcome`]: the bytes, "not
//! modified", or a [`Refusal`] that says why there is nothing. It does not know what the bytes mean.
//!
//! ```no_run
//! use rashomon::fetch::{Fetcher, Options, Outcome, Validators};
//!
//! let fetcher = Fetcher::new(Options::default());
//! let url = "https://example.org/feed.xml".parse().expect("an address");
//! match fetcher.get(&url, &Validators::default()) {
//!     Outcome::Page(page) => println!("{} bytes from {}", page.bytes.len(), page.final_url),
//!     Outcome::NotModified => println!("as it was"),
//!     Outcome::Refused(refusal) => println!("{}: {}", refusal.source, refusal.message),
//!     Outcome::Stopped => {}
//! }
//! ```

mod address;
mod pace;
mod reply;
mod robots;

use std::time::{Duration, Instant};

use url::Url;

use crate::report::{Refusal, RefusalKind};
pub use address::Private;
use pace::Pace;
use reply::{Client, Failure, Reply};
use robots::Robots;

/// How a [`Fetcher`] behaves. The defaults are those of a polite reader of news.
#[derive(Clone, Debug)]
pub struct Options {
    /// What it calls itself; the part before the first `/` is its name in a robots.txt.
    pub user_agent: String,
    /// Which private, loopback and link-local addresses it may connect to.
    pub private: Private,
    /// Whether it asks robots.txt first.
    pub obey_robots: bool,
    /// The least time between the beginnings of two requests to one host; a `Crawl-delay` may lengthen it up to
    /// [`Options::longest_wait`].
    pub pause: Duration,
    /// The most time for one request, from the look-up of the name to the last byte.
    pub timeout: Duration,
    /// The largest page, in bytes, after decompression.
    pub max_bytes: u64,
    /// How many redirects are followed.
    pub max_redirects: u32,
    /// How often a request that failed for a passing reason is made again.
    pub retries: u32,
    /// The wait before the first repetition; it doubles with each.
    pub backoff: Duration,
    /// The longest wait that a server may ask for (`Retry-After`, `Crawl-delay`); beyond it the page is refused,
    /// and the delay is cut.
    pub longest_wait: Duration,
    /// Whether somebody asked for an end: asked while it waits, and before each request.
    pub stop: fn() -> bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            user_agent: concat!("rashomon/", env!("CARGO_PKG_VERSION")).to_owned(),
            private: Private::Refused,
            obey_robots: true,
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            max_bytes: crate::source::MAX_REPORT_BYTES as u64,
            max_redirects: 5,
            retries: 2,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(30),
            stop: || false,
        }
    }
}

/// What a server said of a page so that the next visit can ask "has it changed since?".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`, as it was given.
    pub etag: Option<String>,
    /// Its `Last-Modified`, as it was given.
    pub last_modified: Option<String>,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The page.
    Page(Page),
    /// It is as it was when the validators were given.
    NotModified,
    /// Nothing, and why. The refusal's `source` is the address that was asked for.
    Refused(Refusal),
    /// Nobody waits for it any more: [`Options::stop`].
    Stopped,
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The address after all redirects.
    pub final_url: Url,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The `Content-Type`, as it was given: `text/html; charset=windows-1252`.
    pub content_type: Option<String>,
    /// For the next visit.
    pub validators: Validators,
}

/// Gets pages. It remembers each host's robots.txt and last request; threads may share it.
#[derive(Debug)]
pub struct Fetcher {
    options: Options,
    client: Client,
    robots: Robots,
    pace: Pace,
}

impl Fetcher {
    /// A fetcher that has seen nothing yet.
    pub fn new(options: Options) -> Self {
        let client = Client::new(&options);
        Fetcher { options, client, robots: Robots::default(), pace: Pace::default() }
    }

    /// Gets `url`, unless it did not change since `known` was given. Blocks, while it waits for its turn too; for how long
    /// is bounded by the options.
    pub fn get(&self, url: &Url, known: &Validators) -> Outcome {
        match self.follow(url, known) {
            Ok(outcome) => outcome,
            // What was broken off says nothing of the page.
            Err(_) if (self.options.stop)() => Outcome::Stopped,
            Err(failure) => Outcome::Refused(failure.refusal(url)),
        }
    }

    fn follow(&self, url: &Url, known: &Validators) -> Result<Outcome, Failure> {
        let mut at = url.clone();
        for _ in 0..=self.options.max_redirects {
            address::check(&at, &self.options.private)?;
            let delay = self.admitted(&at)?;
            match self.request(&at, known, delay)? {
                Reply::Redirect(to) => at = to,
                Reply::NotModified => return Ok(Outcome::NotModified),
                Reply::Body { bytes, content_type, validators } => {
                    return Ok(Outcome::Page(Page { final_url: at, bytes, content_type, validators }));
                }
            }
        }
        Err(too_many_redirects(self.options.max_redirects))
    }

    /// How long its host wants between two requests, where its robots.txt lets us in.
    fn admitted(&self, url: &Url) -> Result<Duration, Failure> {
        if !self.options.obey_robots {
            return Ok(self.options.pause);
        }
        let name = self.options.user_agent.split('/').next().unwrap_or_default();
        let rules =
            self.robots.of(url, name, |robots| self.get_robots(robots)).map_err(Failure::of_robots)?;
        if !rules.allows(url) {
            return Err(Failure::lasting(
                RefusalKind::Robots,
                format!("the robots.txt of {} forbids it", host(url)),
            ));
        }
        let asked = rules.delay.unwrap_or_default().min(self.options.longest_wait);
        Ok(self.options.pause.max(asked))
    }

    /// The text of a robots.txt; `None` where there is none.
    fn get_robots(&self, url: &Url) -> Result<Option<Vec<u8>>, Failure> {
        let mut at = url.clone();
        for _ in 0..=self.options.max_redirects {
            address::check(&at, &self.options.private)?;
            match self.request(&at, &Validators::default(), Duration::ZERO) {
                Ok(Reply::Redirect(to)) => at = to,
                Ok(Reply::Body { bytes, .. }) => return Ok(Some(bytes)),
                Ok(Reply::NotModified) => return Ok(None),
                Err(failure) if failure.status.is_some_and(|status| (400..500).contains(&status)) => {
                    return Ok(None);
                }
                Err(failure) => return Err(failure),
            }
        }
        // RFC 9309 lets a crawler take an endless chain for a file that is not there.
        Ok(None)
    }

    /// One request, repeated where it failed for a passing reason.
    fn request(&self, url: &Url, known: &Validators, delay: Duration) -> Result<Reply, Failure> {
        let mut wait = self.options.backoff;
        for left in (0..=self.options.retries).rev() {
            let now = Instant::now();
            let turn = self.pace.turn(&host(url), delay, now);
            if self.rests(turn.saturating_duration_since(now)) {
                return Err(stopped());
            }
            let failure = match self.client.request(url, known) {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            let asked = failure.retry_after.unwrap_or_default();
            if left == 0 || !failure.passing || asked > self.options.longest_wait {
                return Err(failure);
            }
            if self.rests(wait.max(asked).min(self.options.longest_wait)) {
                return Err(failure);
            }
            wait = wait.saturating_mul(2);
        }
        unreachable!("the last of the tries returns")
    }

    /// Waits for `time`; whether somebody asked for an end meanwhile.
    fn rests(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if (self.options.stop)() || left.is_zero() {
                return (self.options.stop)();
            }
            std::thread::sleep(left.min(LOOK));
        }
    }
}

/// How often a wait looks whether somebody asked for an end.
const LOOK: Duration = Duration::from_millis(100);

/// It is never shown: [`Fetcher::get`] turns it into [`Outcome::Stopped`].
fn stopped() -> Failure {
    Failure::passing(RefusalKind::Network, "stopped".to_owned())
}

fn too_many_redirects(most: u32) -> Failure {
    Failure::lasting(RefusalKind::Redirects, format!("more than {most} redirects"))
}

/// The host with its port: what a rate and a robots.txt are for.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
