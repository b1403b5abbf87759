//! Trusted time, computed from the machine's clocks by the rules of `collection` and stored in the transaction that it dates.

use crate::error::StoreError;
use crate::{Store, meta};
use collection::{Clocks, Trusted, TrustedTime};
use rusqlite::{Connection, Transaction};
use rustix::time::{ClockId, clock_gettime};
use std::time::{SystemTime, UNIX_EPOCH};

const TRUSTED: &str = "trusted_time";
const OBJECT: &str = "the trusted time";
/// Where Linux says which start this is, a UUID.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// The machine's clocks now.
pub(crate) fn clocks() -> Clocks {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let boot = clock_gettime(ClockId::Boottime);
    let part = |n: i64| u64::try_from(n).unwrap_or(0);
    Clocks {
        wall_millis: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
        boot_millis: part(boot.tv_sec) * 1000 + part(boot.tv_nsec) / 1_000_000,
        boot: boot_id(),
    }
}

/// Zero where it cannot be read; then only `CLOCK_BOOTTIME` going backwards tells a new start.
fn boot_id() -> u128 {
    let text = std::fs::read_to_string(BOOT_ID).unwrap_or_default();
    uuid::Uuid::parse_str(text.trim()).map_or(0, |id| id.as_u128())
}

fn load(db: &Connection) -> Result<TrustedTime, StoreError> {
    match meta::json(db, TRUSTED, OBJECT)? {
        Some(time) => Ok(time),
        // A store from before trusted time was kept: its journal's last reading is the floor.
        None => Ok(TrustedTime::from_last_entry(meta::number(db, "hlc_millis")?)),
    }
}

fn save(tx: &Transaction<'_>, time: TrustedTime) -> Result<(), StoreError> {
    meta::put_json(tx, TRUSTED, OBJECT, &time)
}

/// The time that an entry written now carries.
pub(crate) fn now(tx: &Transaction<'_>) -> Result<Trusted, StoreError> {
    let mut time = load(tx)?;
    let trusted = time.now(clocks());
    save(tx, time)?;
    Ok(trusted)
}

/// The time as it is believed at these clocks, without remembering that it was asked.
pub(crate) fn believed(db: &Connection, at: Clocks) -> Result<Trusted, StoreError> {
    Ok(load(db)?.now(at))
}

/// The server's time, with this machine's clocks at the moment of its arrival.
pub(crate) fn server_says(tx: &Transaction<'_>, millis: u64, at: Clocks) -> Result<(), StoreError> {
    let mut time = load(tx)?;
    time.server_says(millis, at);
    save(tx, time)
}

impl Store {
    /// Trusted time now; quota days are days of this, not of the wall clock.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn now(&self) -> Result<Trusted, StoreError> {
        self.read(|db| believed(db, clocks()))
    }

    /// Trusts the clock that staff confirmed; the caller writes `TimeConfirmed` with the result.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn confirm_time(&self) -> Result<Trusted, StoreError> {
        self.write(OBJECT, |tx| {
            let mut time = load(tx)?;
            let trusted = time.staff_confirms(clocks());
            save(tx, time)?;
            Ok(trusted)
        })
    }
}
