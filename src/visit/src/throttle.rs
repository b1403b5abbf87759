//! How slow the kiosk becomes with numbers that are nobody's. It knows nothing of who typed them, so it outlives a visit.

/// Searches without an answer that cost nothing; a slip of the finger is nobody's attempt.
const FREE: u32 = 3;
/// The first wait, milliseconds; it doubles with every further search that finds nobody.
const FIRST_WAIT: u64 = 1_000;
/// The longest wait, milliseconds: an honest student behind somebody who tried numbers out waits once and is no longer held up.
const LONGEST_WAIT: u64 = 30_000;
/// One search without an answer is forgiven in this time, milliseconds.
const FORGIVEN: u64 = 60_000;

/// Counts the searches that found nobody at this kiosk.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SearchThrottle {
    misses: u32,
    last: u64,
}

impl SearchThrottle {
    fn left(self, now: u64) -> u32 {
        let forgiven = now.saturating_sub(self.last) / FORGIVEN;
        self.misses.saturating_sub(u32::try_from(forgiven).unwrap_or(u32::MAX))
    }

    /// A search found nobody.
    pub(crate) fn missed(&mut self, now: u64) {
        *self = SearchThrottle { misses: self.left(now).saturating_add(1), last: now };
    }

    /// How long the next search waits, milliseconds.
    pub(crate) fn wait(self, now: u64) -> u64 {
        match self.left(now).checked_sub(FREE) {
            None | Some(0) => 0,
            Some(n) => FIRST_WAIT.saturating_mul(1 << (n - 1).min(10)).min(LONGEST_WAIT),
        }
    }
}
