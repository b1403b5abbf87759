//! Which day it is at the school: by the store's trusted time, never by the wall clock alone, so that a clock that jumps opens
//! no new quota day on the screen either.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::{Store, StoreError};
use tokio::runtime::Handle;

/// How often the store is asked; a new day is noticed that late at most.
const EVERY: Duration = Duration::from_secs(1);

/// The school's day. Ends its asking when it is dropped.
pub struct SchoolDay {
    /// The newest believed time, milliseconds since 1970.
    believed: Arc<AtomicI64>,
    zone: TimeZone,
}

impl SchoolDay {
    /// Asks the store now, and then every second beside the loop: a read that waits must not hold a frame up.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watch(store: Store, zone: TimeZone, runtime: &Handle) -> Result<SchoolDay, StoreError> {
        let believed = Arc::new(AtomicI64::new(millis(&store)?));
        let news = Arc::downgrade(&believed);
        runtime.spawn_blocking(move || {
            while let Some(believed) = news.upgrade() {
                match millis(&store) {
                    Ok(now) => believed.store(now, Ordering::Relaxed),
                    Err(error) => tracing::warn!(%error, "the trusted time could not be read; the day stays"),
                }
                drop(believed);
                std::thread::sleep(EVERY);
            }
        });
        Ok(SchoolDay { believed, zone })
    }

    /// The school's calendar day.
    #[must_use]
    pub fn today(&self) -> Date {
        let now = Timestamp::from_millisecond(self.believed.load(Ordering::Relaxed)).unwrap_or_default();
        now.to_zoned(self.zone.clone()).date()
    }
}

fn millis(store: &Store) -> Result<i64, StoreError> {
    store.now().map(|trusted| i64::try_from(trusted.millis).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_is_the_school_s_and_not_greenwich_s() {
        let believed = Arc::new(AtomicI64::new(0));
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let day = SchoolDay { believed: Arc::clone(&believed), zone };
        let evening: Timestamp = "2026-03-10T15:59:59Z".parse().unwrap();
        believed.store(evening.as_millisecond(), Ordering::Relaxed);
        assert_eq!(day.today(), date(2026, 3, 10));
        believed.store(evening.as_millisecond() + 1000, Ordering::Relaxed);
        assert_eq!(day.today(), date(2026, 3, 11));
    }
}
