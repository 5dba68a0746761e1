//! Which addresses may be connected to.
//!
//! In: a URL before its name is looked up, or a name's IP addresses after. Out: the addresses that may be
//! connected to, or why none may. It does not know what is asked for there.
//!
//! The client connects to what [`Admitted`] gives and looks nothing up again: a name that changes its address between
//! the check and the connection gains nothing.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use super::reply::Failure;
use crate::report::RefusalKind;

/// Which private, loopback and link-local addresses may be connected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Private {
    /// None.
    #[default]
    Refused,
    /// Only these.
    Only(Vec<SocketAddr>),
    /// All.
    Allowed,
}

impl Private {
    fn admits(&self, address: SocketAddr) -> bool {
        match self {
            _ if is_public(address.ip()) => true,
            Private::Refused => false,
            Private::Only(these) => these.contains(&address),
            Private::Allowed => true,
        }
    }
}

/// Refuses a URL that is not of the web, or that itself is a private address.
pub(super) fn check(url: &Url, private: &Private) -> Result<(), Failure> {
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("“{}” is neither http nor https", shown(url.scheme()));
        return Err(Failure::lasting(RefusalKind::BadUrl, message));
    }
    let ip = match url.host() {
        None => return Err(Failure::lasting(RefusalKind::BadUrl, "it names no host".to_owned())),
        Some(Host::Domain(_)) => return Ok(()),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
    };
    let port = url.port_or_known_default().unwrap_or_default();
    if private.admits(SocketAddr::new(ip, port)) { Ok(()) } else { Err(refused(&ip.to_string())) }
}

fn shown(scheme: &str) -> String {
    scheme.chars().take(20).collect()
}

fn refused(name: &str) -> Failure {
    Failure::lasting(RefusalKind::PrivateAddress, PrivateAddress(name.to_owned()).to_string())
}

/// A name has no address but private, loopback and link-local ones.
#[derive(Debug)]
pub(super) struct PrivateAddress(String);

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is a private, loopback or link-local address", self.0)
    }
}

impl std::error::Error for PrivateAddress {}

/// Looks names up, and keeps the addresses that may be connected to.
#[derive(Debug)]
pub(super) struct Admitted {
    pub lookup: DefaultResolver,
    pub private: Private,
}

impl Resolver for Admitted {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in found.iter().filter(|address| self.private.admits(**address)) {
            kept.push(*address);
        }
        if kept.is_empty() {
            let name = uri.host().unwrap_or_default().to_owned();
            return Err(ureq::Error::Other(Box::new(PrivateAddress(name))));
        }
        Ok(kept)
    }
}

/// Whether `ip` is an address of the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// By the IANA registry of special-purpose addresses.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast();
    let this_network = a == 0;
    let shared_by_a_carrier = a == 100 && (64..128).contains(&b);
    let protocol_assignments = (a, b, c) == (192, 0, 0);
    let relay_anycast = (a, b, c) == (192, 88, 99);
    let benchmarking = a == 198 && (b == 18 || b == 19);
    let reserved = a >= 240;
    !(special
        || this_network
        || shared_by_a_carrier
        || protocol_assignments
        || relay_anycast
        || benchmarking
        || reserved)
}

/// Global unicast (2000::/3) without what only looks like it, and the addresses that carry a public IPv4 one.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let low = Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    let carries_v4 = ip.to_ipv4_mapped().is_some() || s[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    if carries_v4 {
        return is_public_v4(low);
    }
    let global = s[0] & 0xe000 == 0x2000;
    let special = s[0] == 0x2001 && s[1] < 0x200;
    let documentation = (s[0] == 0x2001 && s[1] == 0xdb8) || (s[0] == 0x3fff && s[1] < 0x1000);
    let six_to_four = s[0] == 0x2002;
    global && !(special || documentation || six_to_four)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_the_public_internet_is_known() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.0.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(private.parse().expect(private)), "{private}");
        }
        for public in ["1.1.1.1", "100.128.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1", "::ffff:1.1.1.1"]
        {
            assert!(is_public(public.parse().expect(public)), "{public}");
        }
    }

    fn kind(url: &str) -> Option<RefusalKind> {
        check(&url.parse().expect(url), &Private::Refused).err().map(|failure| failure.kind)
    }

    #[test]
    fn an_address_in_the_url_is_checked_in_every_spelling() {
        for url in [
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://[::1]:80/",
            "http://017700000001/",
        ] {
            assert_eq!(kind(url), Some(RefusalKind::PrivateAddress), "{url}");
        }
        for url in ["file:///etc/passwd", "ftp://example.org/", "data:text/plain,x", "gopher://example.org"] {
            assert_eq!(kind(url), Some(RefusalKind::BadUrl), "{url}");
        }
        assert_eq!(kind("https://example.org/"), None);
        let local: Url = "http://127.0.0.1:8080/".parse().expect("url");
        let only = |address: &str| Private::Only(vec![address.parse().expect(address)]);
        assert!(check(&local, &Private::Allowed).is_ok() && check(&local, &only("127.0.0.1:8080")).is_ok());
        assert!(check(&local, &only("127.0.0.1:80")).is_err());
    }
}
