//! Wrong PINs of staff, kept so that a restart gives nobody new tries: how many in a row, and the lock that they led to.
//!
//! How long a lock lasts is the caller's rule; what has passed of it is counted here, by what nobody at the machine can set.
//! Within one start of the machine that is `CLOCK_BOOTTIME`, on which trusted time is based too. After a new start it is what the
//! machine has been running since, or what has passed by trusted time, whichever is more. Of trusted time the step that it may
//! follow unconfirmed ([`MAX_STEP_MILLIS`]) is taken off, and time that is in doubt does not count: setting the clock forward and
//! switching the machine off and on ends no lock. A clock that stands still holds nobody up for longer than the lock lasts, so
//! that staff, who alone may confirm the clock, are never locked out for good.

use crate::{Store, StoreError, meta, time};
use collection::{Clocks, MAX_STEP_MILLIS, Trusted};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const PIN_TRIES: &str = "pin_tries";
const OBJECT: &str = "the wrong PINs";

/// Wrong PINs in a row, and what is left of the lock that they led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinTries {
    /// Wrong PINs since the last right one.
    pub wrong: u32,
    /// For how long no PIN is taken from now on.
    pub locked_for: Duration,
}

/// As it is kept.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Kept {
    wrong: u32,
    lock: Option<Lock>,
}

/// A lock, with the clocks at the moment when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Lock {
    /// How long it lasts, milliseconds.
    lasts_millis: u64,
    /// Which start of the machine it began in.
    boot: u128,
    /// `CLOCK_BOOTTIME` when it began, milliseconds.
    boot_millis: u64,
    /// Trusted time when it began, milliseconds since 1970-01-01T00:00Z.
    trusted_millis: u64,
    /// That time was in doubt.
    doubtful: bool,
}

impl Lock {
    fn begin(lasts: Duration, clocks: Clocks, now: Trusted) -> Lock {
        let lasts_millis = u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX);
        let Clocks { boot, boot_millis, .. } = clocks;
        Lock { lasts_millis, boot, boot_millis, trusted_millis: now.millis, doubtful: now.doubtful }
    }

    fn left(&self, clocks: Clocks, now: Trusted) -> Duration {
        Duration::from_millis(self.lasts_millis.saturating_sub(self.passed_millis(clocks, now)))
    }

    fn passed_millis(&self, clocks: Clocks, now: Trusted) -> u64 {
        // Where the start cannot be told apart, a clock that went backwards tells that there was a new one.
        let since = clocks.boot_millis.checked_sub(self.boot_millis);
        if let Some(since) = since.filter(|_| clocks.boot == self.boot) {
            return since;
        }
        let doubtful = self.doubtful || now.doubtful;
        let by_time = now.millis.saturating_sub(self.trusted_millis).saturating_sub(MAX_STEP_MILLIS);
        clocks.boot_millis.max(if doubtful { 0 } else { by_time })
    }
}

fn load(db: &Connection) -> Result<PinTries, StoreError> {
    let Some(Kept { wrong, lock }) = meta::json(db, PIN_TRIES, OBJECT)? else {
        return Ok(PinTries::default());
    };
    let Some(lock) = lock else { return Ok(PinTries { wrong, locked_for: Duration::ZERO }) };
    let clocks = time::clocks();
    let now = time::believed(db, clocks)?;
    Ok(PinTries { wrong, locked_for: lock.left(clocks, now) })
}

fn save(tx: &Transaction<'_>, wrong: u32, lasts: Option<Duration>) -> Result<(), StoreError> {
    let clocks = time::clocks();
    let now = time::believed(tx, clocks)?;
    let lock = lasts.map(|lasts| Lock::begin(lasts, clocks, now));
    meta::put_json(tx, PIN_TRIES, OBJECT, &Kept { wrong, lock })
}

impl Store {
    /// Wrong PINs since the last right one, of this process and of those before it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pin_tries(&self) -> Result<PinTries, StoreError> {
        self.read(load)
    }

    /// Keeps that so many PINs in a row were wrong, and for how long none is taken from now on. Durable when this returns.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_wrong_pins(&self, wrong: u32, lasts: Option<Duration>) -> Result<(), StoreError> {
        self.write(OBJECT, |tx| save(tx, wrong, lasts))
    }

    /// A PIN was right: counting begins anew.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_wrong_pins(&self) -> Result<(), StoreError> {
        self.write(OBJECT, |tx| meta::remove(tx, PIN_TRIES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use collection::TrustedTime;

    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * MINUTE;
    const MORNING: u64 = 1_795_000_000_000;

    fn clocks(boot: u128, boot_millis: u64, wall_millis: u64) -> Clocks {
        Clocks { wall_millis, boot_millis, boot }
    }

    /// A kiosk that heard the server an hour after its start, and a lock of ten minutes that began right then.
    fn locked() -> (TrustedTime, Lock) {
        let (mut time, at) = (TrustedTime::default(), clocks(1, HOUR, MORNING));
        time.server_says(MORNING, at);
        let now = time.now(at);
        (time, Lock::begin(Duration::from_millis(10 * MINUTE), at, now))
    }

    fn left(time: &mut TrustedTime, lock: &Lock, at: Clocks) -> u64 {
        let now = time.now(at);
        u64::try_from(lock.left(at, now).as_millis()).unwrap()
    }

    #[test]
    fn within_a_start_only_what_has_passed_ends_a_lock_whatever_the_wall_clock_shows() {
        let (mut time, lock) = locked();
        for wall in [0, MORNING, MORNING + 400 * 24 * HOUR] {
            assert_eq!(left(&mut time, &lock, clocks(1, HOUR + MINUTE, wall)), 9 * MINUTE);
        }
        assert_eq!(left(&mut time, &lock, clocks(1, HOUR + 10 * MINUTE, 0)), 0);
    }

    #[test]
    fn a_clock_set_forward_and_a_new_start_end_no_lock() {
        // Ten minutes are believed unconfirmed, a year is not; neither counts.
        for ahead in [10 * MINUTE, 400 * 24 * HOUR] {
            let (mut time, lock) = locked();
            assert_eq!(left(&mut time, &lock, clocks(2, MINUTE, MORNING + ahead)), 9 * MINUTE, "{ahead}");
        }
    }

    #[test]
    fn a_lock_ends_after_its_time_of_running_even_where_time_stands_still() {
        let (mut time, lock) = locked();
        let at = clocks(2, 10 * MINUTE, 0);
        assert!(time.now(at).doubtful, "the battery is dead");
        assert_eq!(left(&mut time, &lock, at), 0);
        let mut unknown = TrustedTime::default();
        let began = clocks(1, HOUR, MORNING);
        let lock = Lock::begin(Duration::from_millis(MINUTE), began, unknown.now(began));
        let later = clocks(2, 1000, MORNING + 24 * HOUR);
        assert_eq!(left(&mut unknown, &lock, later), MINUTE - 1000, "nobody ever said what time it is");
    }

    #[test]
    fn a_night_that_the_server_confirms_ends_a_lock() {
        let (mut time, lock) = locked();
        let at = clocks(2, 1000, MORNING);
        time.server_says(MORNING + 12 * HOUR, at);
        assert_eq!(left(&mut time, &lock, at), 0);
    }

    #[test]
    fn where_no_start_can_be_told_from_another_a_clock_that_went_back_is_a_new_one() {
        let (mut time, mut lock) = locked();
        lock.boot = 0;
        assert_eq!(left(&mut time, &lock, clocks(0, MINUTE, MORNING)), 9 * MINUTE);
    }
}
