//! The time as the kiosk has it: a clock that only goes forward, and the school's trusted day.

use crate::school_day::SchoolDay;
use std::time::{Duration, Instant};
use visit::Moment;

/// Monotonic milliseconds and the school's day.
pub struct Clock {
    start: Instant,
    zone: jiff::tz::TimeZone,
    day: SchoolDay,
}

impl Clock {
    /// A clock that shows the time of this zone and keeps the school's trusted days.
    #[must_use]
    pub fn new(zone: jiff::tz::TimeZone, day: SchoolDay) -> Clock {
        Clock { start: Instant::now(), zone, day }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        let millis = u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { millis, day: self.day.today() }
    }

    /// Time since the kiosk was switched on.
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// What the wall clock shows, for the corner of the screen.
    pub(super) fn local(&self) -> jiff::Zoned {
        jiff::Timestamp::now().to_zoned(self.zone.clone())
    }
}
