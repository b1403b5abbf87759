//! The hybrid logical clock: orders entries of several devices without trusting any of their wall clocks alone.

use serde::{Deserialize, Serialize};

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

    /// The reading of a device that has just seen an entry with reading `other`: its own next entry comes after that one.
    #[must_use]
    pub fn seen(self, other: Hlc) -> Hlc {
        self.max(other)
    }
}
