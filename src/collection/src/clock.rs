//! The hybrid logical clock: orders entries of several devices without relying on their wall clocks alone.

use serde::{Deserialize, Serialize};

/// How far another device's reading may be ahead and still be followed, milliseconds: 10 minutes, as for trusted time.
pub const MAX_AHEAD_MILLIS: u64 = 10 * 60 * 1000;

/// A reading of the hybrid logical clock (Kulkarni et al., 2014). Ties are broken by the entry's id, never by meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc {
    /// Milliseconds since 1970-01-01T00:00Z, the greatest that the device has seen.
    pub millis: u64,
    /// Orders readings within one millisecond.
    pub counter: u32,
}

impl Hlc {
    /// The next reading of a device whose wall clock shows `now_millis`.
    #[must_use]
    pub fn next(self, now_millis: u64) -> Hlc {
        if now_millis > self.millis {
            Hlc { millis: now_millis, counter: 0 }
        } else {
            Hlc { millis: self.millis, counter: self.counter.saturating_add(1) }
        }
    }

    /// The reading of a device that has just seen an entry with reading `other` while its own trusted clock shows
    /// `now_millis`: its own next entry comes after that one. A reading further ahead than [`MAX_AHEAD_MILLIS`] comes from a
    /// broken clock and is not followed; entries about such an entry are still sorted after it, by `about`.
    #[must_use]
    pub fn seen(self, other: Hlc, now_millis: u64) -> Hlc {
        let bound = self.millis.max(now_millis).saturating_add(MAX_AHEAD_MILLIS);
        if other.millis > bound { self } else { self.max(other) }
    }
}
