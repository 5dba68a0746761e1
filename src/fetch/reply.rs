//! One request and its reply.
//!
//! In: a checked address and the validators. Out: a [`Reply`], or a [`Failure`] that says whether it may pass. It does
//! not know robots.txt, turns or repetitions, and it follows no redirect.

use std::time::Duration;

use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};
use url::Url;

use super::address::{Admitted, PrivateAddress};
use super::{Options, Validators};
use crate::report::{Refusal, RefusalKind};

/// The most that the lines before the body may hold, in bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;

const ACCEPT: &str = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,\
application/feed+json,application/xml;q=0.9,*/*;q=0.5";

/// What a server replied.
#[derive(Debug)]
pub(super) enum Reply {
    /// It is here.
    Body {
        /// Decompressed.
        bytes: Vec<u8>,
        /// As it was given.
        content_type: Option<String>,
        /// For the next visit.
        validators: Validators,
    },
    /// It is elsewhere.
    Redirect(Url),
    /// It is as it was.
    NotModified,
}

/// Why there is no reply to use.
#[derive(Debug)]
pub(super) struct Failure {
    pub kind: RefusalKind,
    message: String,
    /// Whether the same request may succeed later.
    pub passing: bool,
    /// The status, where the server gave one.
    pub status: Option<u16>,
    /// How long the server wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// One that stays.
    pub fn lasting(kind: RefusalKind, message: String) -> Self {
        Failure { kind, message, passing: false, status: None, retry_after: None }
    }

    /// One that may pass.
    pub fn passing(kind: RefusalKind, message: String) -> Self {
        Failure { passing: true, ..Failure::lasting(kind, message) }
    }

    /// The same, of a robots.txt: a server that has one and does not give it has forbidden everything.
    pub fn of_robots(self) -> Self {
        match self.kind {
            RefusalKind::HttpStatus | RefusalKind::TooLarge | RefusalKind::Redirects => Failure {
                kind: RefusalKind::Robots,
                message: format!("its robots.txt cannot be read: {}", self.message),
                ..self
            },
            _ => self,
        }
    }

    /// What it says of `url`.
    pub fn refusal(self, url: &Url) -> Refusal {
        Refusal { source: url.to_string(), kind: self.kind, message: self.message }
    }
}

/// Sends requests.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    max_bytes: u64,
    timeout: Duration,
}

impl Client {
    /// A client that connects where `options` allow.
    pub fn new(options: &Options) -> Self {
        let config = Agent::config_builder()
            .user_agent(&options.user_agent)
            .accept(ACCEPT)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEAD_BYTES)
            .timeout_global(Some(options.timeout))
            // A proxy would look names up where no check sees it.
            .proxy(None)
            .build();
        let resolver = Admitted { lookup: DefaultResolver::default(), private: options.private.clone() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, max_bytes: options.max_bytes, timeout: options.timeout }
    }

    /// Asks for `url` once.
    pub fn request(&self, url: &Url, known: &Validators) -> Result<Reply, Failure> {
        let mut request = self.agent.get(url.as_str());
        for (name, value) in
            [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)]
        {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.call().map_err(|error| self.failure(&error))?;
        let status = response.status();
        match status {
            StatusCode::NOT_MODIFIED => Ok(Reply::NotModified),
            _ if status.is_redirection() => redirect(url, &response),
            _ if status.is_success() => self.body(response),
            _ => Err(bad_status(&response)),
        }
    }

    fn body(&self, mut response: Response<Body>) -> Result<Reply, Failure> {
        let said = |name| text(response.headers(), name);
        let (content_type, etag) = (said(header::CONTENT_TYPE), said(header::ETAG));
        let validators = Validators { etag, last_modified: said(header::LAST_MODIFIED) };
        let body = response.body_mut().with_config().limit(self.max_bytes);
        let bytes = body.read_to_vec().map_err(|error| self.failure(&error))?;
        Ok(Reply::Body { bytes, content_type, validators })
    }

    fn failure(&self, error: &Error) -> Failure {
        use RefusalKind::{BadUrl, Network, PrivateAddress as Private, TimedOut, TooLarge};
        match cause(error) {
            Error::Timeout(_) => {
                Failure::passing(TimedOut, format!("no reply within {} s", self.timeout.as_secs_f32()))
            }
            Error::BodyExceedsLimit(limit) => {
                Failure::lasting(TooLarge, format!("larger than {}, decompressed", size(*limit)))
            }
            Error::LargeResponseHeader(..) => {
                Failure::lasting(TooLarge, "the lines before the page are too many".to_owned())
            }
            Error::Other(other) if other.is::<PrivateAddress>() => {
                Failure::lasting(Private, other.to_string())
            }
            Error::BadUri(why) => Failure::lasting(BadUrl, why.clone()),
            Error::HostNotFound => Failure::passing(Network, "no host of this name was found".to_owned()),
            Error::Io(io) => Failure::passing(Network, io.to_string()),
            Error::Decompress(_, io) => Failure::lasting(Network, format!("it cannot be decompressed: {io}")),
            other => Failure::lasting(Network, other.to_string()),
        }
    }
}

/// What `error` is about: reading a body wraps it in one of the system's.
fn cause(error: &Error) -> &Error {
    let inner = match error {
        Error::Io(io) => io.get_ref().and_then(|inner| inner.downcast_ref::<Error>()),
        _ => None,
    };
    inner.map_or(error, cause)
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

fn redirect(from: &Url, response: &Response<Body>) -> Result<Reply, Failure> {
    let broken = |message: String| Failure::lasting(RefusalKind::Redirects, message);
    let Some(to) = text(response.headers(), header::LOCATION) else {
        return Err(broken(format!("status {} names no place to go", response.status().as_u16())));
    };
    let to = from.join(&to).map_err(|error| broken(format!("it leads to what is no address: {error}")))?;
    Ok(Reply::Redirect(to))
}

fn bad_status(response: &Response<Body>) -> Failure {
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or_default();
    let message = format!("the server replied {} {reason}", status.as_u16()).trim_end().to_owned();
    let seconds = text(response.headers(), header::RETRY_AFTER).and_then(|after| after.parse().ok());
    Failure {
        passing: matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504),
        status: Some(status.as_u16()),
        retry_after: seconds.map(Duration::from_secs),
        ..Failure::lasting(RefusalKind::HttpStatus, message)
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn what_went_wrong_is_found_under_the_systems_error() {
        let wrapped = Error::Io(io::Error::other(Error::Timeout(ureq::Timeout::RecvBody)));
        assert!(matches!(cause(&wrapped), Error::Timeout(_)));
        let plain = Error::Io(io::Error::other("broken"));
        assert!(matches!(cause(&plain), Error::Io(_)));
    }
}
