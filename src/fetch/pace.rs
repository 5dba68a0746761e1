//! Whose turn it is.
//!
//! In: a host, the time between two requests that it wants, now. Out: when its turn is. It waits for nothing, and does not know what is asked for.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// More hosts than a list of feeds names; beyond it, those whose turn is past are forgotten.
const MAX_HOSTS: usize = 10_000;

/// For each host, when the next request may begin.
#[derive(Debug, Default)]
pub(super) struct Pace {
    next: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    /// When the request to `host` may begin; the next one may `delay` later.
    pub fn turn(&self, host: &str, delay: Duration, now: Instant) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if next.len() >= MAX_HOSTS {
            next.retain(|_, at| *at > now);
        }
        let turn = next.get(host).copied().unwrap_or(now).max(now);
        next.insert(host.to_owned(), turn + delay);
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_to_one_host_stand_apart_and_hosts_do_not_wait_for_each_other() {
        let (pace, now, second) = (Pace::default(), Instant::now(), Duration::from_secs(1));
        assert_eq!(pace.turn("a", second, now), now);
        assert_eq!(pace.turn("a", second, now), now + second);
        assert_eq!(pace.turn("b", second, now), now);
        assert_eq!(pace.turn("a", second, now + 5 * second), now + 5 * second);
    }
}
