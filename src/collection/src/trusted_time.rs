//! Trusted time: the time by which entries are dated, independent of a wrong wall clock.
//!
//! A kiosk's wall clock may be slow, fast, jump, or show 1970 because its battery is dead. Trusted time is based on the kiosk's
//! own last entry (time never goes back before it), the server's signed time, what staff confirmed, and within one boot
//! `CLOCK_BOOTTIME`, which counts through sleep and cannot be set. The rules:
//!
//! - within a boot that has a base, time is the base plus what has passed since; the wall clock is not used;
//! - after a new boot the wall clock is used when it is no more than [`MAX_STEP_MILLIS`] ahead, all such steps since
//!   the last confirmation taken together; else time stands still at the last entry, entries are marked, and no new quota day
//!   opens until the server or staff confirms the time;
//! - staff may move time forward, only the server may move it back (and then corrects the days of the entries made meanwhile).

use serde::{Deserialize, Serialize};

/// How far the wall clock may have moved ahead unconfirmed, milliseconds: 10 minutes.
pub const MAX_STEP_MILLIS: u64 = 10 * 60 * 1000;

/// The clocks of a machine at one moment, as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// Milliseconds since 1970-01-01T00:00Z by the wall clock.
    pub wall_millis: u64,
    /// Milliseconds since the machine was started, sleep included (`CLOCK_BOOTTIME`).
    pub boot_millis: u64,
    /// Which start this is: another value after every start.
    pub boot: u128,
}

/// A trusted moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trusted {
    /// Milliseconds since 1970-01-01T00:00Z. The quota day is the school's calendar day of this.
    pub millis: u64,
    /// The clock jumped or stood still and the time is unconfirmed: entries are marked.
    pub doubtful: bool,
}

/// A pair of readings that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Base {
    millis: u64,
    boot_millis: u64,
    boot: u128,
}

/// What a kiosk remembers about time; stored with the journal and updated with every entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedTime {
    /// The newest believed time that anything was written at.
    floor: u64,
    /// How far the wall clock was followed since the last confirmation, milliseconds.
    followed: u64,
    base: Option<Base>,
}

impl TrustedTime {
    /// A kiosk that learned the time from the server when it became a device, or from its journal's last entry.
    #[must_use]
    pub const fn from_last_entry(millis: u64) -> Self {
        TrustedTime { floor: millis, followed: 0, base: None }
    }

    /// Whether anything is known at all; before, the wall clock is all there is.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.floor > 0
    }

    /// The time as it is believed now. Remembers what it learned; call it for every entry.
    pub fn now(&mut self, clocks: Clocks) -> Trusted {
        if let Some(millis) = self.since_base(clocks) {
            self.floor = self.floor.max(millis);
            return Trusted { millis: self.floor, doubtful: false };
        }
        if !self.is_known() {
            return Trusted { millis: clocks.wall_millis, doubtful: true };
        }
        let step = clocks.wall_millis.checked_sub(self.floor);
        match step.filter(|step| self.followed.saturating_add(*step) <= MAX_STEP_MILLIS) {
            Some(step) => {
                self.followed += step;
                self.believe(clocks.wall_millis, clocks);
                Trusted { millis: self.floor, doubtful: false }
            }
            // Ahead by too much, or behind: time stands still and visits go on.
            None => Trusted { millis: self.floor, doubtful: true },
        }
    }

    /// The server said what time it was at these clocks. It may also move time back.
    pub fn server_says(&mut self, millis: u64, clocks: Clocks) {
        self.floor = millis;
        self.followed = 0;
        self.believe(millis, clocks);
    }

    /// Staff looked at the clock and said that it is right. Never moves time back.
    pub fn staff_confirms(&mut self, clocks: Clocks) -> Trusted {
        let millis = clocks.wall_millis.max(self.floor);
        self.followed = 0;
        self.believe(millis, clocks);
        Trusted { millis, doubtful: false }
    }

    fn believe(&mut self, millis: u64, clocks: Clocks) {
        self.floor = self.floor.max(millis);
        self.base = Some(Base { millis, boot_millis: clocks.boot_millis, boot: clocks.boot });
    }

    fn since_base(&self, clocks: Clocks) -> Option<u64> {
        let base = self.base.filter(|b| b.boot == clocks.boot)?;
        Some(base.millis.saturating_add(clocks.boot_millis.checked_sub(base.boot_millis)?))
    }
}

#[cfg(test)]
#[path = "trusted_time_tests.rs"]
mod tests;
