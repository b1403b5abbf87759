//! Limits on how often something happens. Their counts are lost at a restart, which is harmless.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Attempts per address in one window.
const ATTEMPTS: u32 = 10;
/// Length of a window.
const WINDOW_MILLIS: i64 = 10 * 60 * 1000;
/// Addresses remembered at most; when there are more, the oldest windows go.
const ADDRESSES: usize = 10_000;
/// Shortest time between two notes of a device's contact.
const SEEN_EVERY_MILLIS: i64 = 30_000;

/// Counts attempts by address.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<IpAddr, (u32, i64)>>);

impl Attempts {
    /// Whether this address may try once more; counts the attempt.
    pub fn take(&self, from: IpAddr, now: i64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ADDRESSES {
            all.retain(|_, (_, since)| now - *since < WINDOW_MILLIS);
        }
        if all.len() >= ADDRESSES && !all.contains_key(&from) {
            return false;
        }
        let (count, since) = all.entry(from).or_insert((0, now));
        if now - *since >= WINDOW_MILLIS {
            (*count, *since) = (0, now);
        }
        *count += 1;
        *count <= ATTEMPTS
    }

    /// Takes back the count of an attempt that was right.
    pub fn forgive(&self, from: IpAddr) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = all.get_mut(&from) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Remembers when each device's contact was last noted, so that not every request writes.
#[derive(Default)]
pub(crate) struct Seen(Mutex<HashMap<String, i64>>);

impl Seen {
    /// Whether it is time to note the device's contact again.
    pub fn is_due(&self, device: &str, now: i64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = all.entry(device.to_owned()).or_insert(i64::MIN / 2);
        let due = now - *last >= SEEN_EVERY_MILLIS;
        if due {
            *last = now;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_wrong_attempt_is_refused_until_the_window_ends() {
        let (attempts, from) = (Attempts::default(), IpAddr::from([10, 0, 0, 7]));
        assert!((0..10).all(|_| attempts.take(from, 1000)));
        assert!(!attempts.take(from, 2000));
        assert!(attempts.take(IpAddr::from([10, 0, 0, 8]), 2000), "another address is not refused");
        assert!(attempts.take(from, 1000 + WINDOW_MILLIS));
    }
}
