//! How long a look takes on this machine, so that a time budget can be kept without starting what won't fit.
//!
//! Time is this thread's own processor time: with a core to itself it is the time on the wall, and a busy machine makes a
//! scan later but not blinder.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time that this thread has used.
pub fn worked() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    // Never negative, and nanoseconds are below a second by definition.
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Time left for one scan, and what a unit of work costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Seconds for one unit of work (as a rule one route over one million pixels), slowly adapted.
    unit: f64,
}

/// One scan's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    start: Duration,
    limit: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        // Measured on a 2-core x86-64 machine: the rxing route takes 4 ms for a million pixels.
        Self::new(0.004)
    }
}

impl Budget {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { start: worked(), limit }
    }

    /// Time that is left, zero when it is used up.
    pub(crate) fn left(&self) -> Duration {
        self.limit.saturating_sub(worked().saturating_sub(self.start))
    }
}

impl Pace {
    /// A pace of so many seconds for one unit of work, until it learns better.
    pub(crate) fn new(unit: f64) -> Self {
        Self { unit }
    }

    /// Whether `units` of work are likely to fit in what is left of `budget`.
    pub(crate) fn fits(&self, units: f64, budget: &Budget) -> bool {
        budget.left().as_secs_f64() > units * self.unit
    }

    /// Learns from work done: a tenth of the new, nine tenths of the old.
    pub(crate) fn learn(&mut self, units: f64, took: Duration) {
        if units > 0.02 {
            self.unit += 0.1 * (took.as_secs_f64() / units - self.unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_does_not_fit_is_not_started() {
        let mut pace = Pace::default();
        let budget = Budget::new(Duration::from_millis(30));
        assert!(pace.fits(1.0, &budget));
        for _ in 0..60 {
            pace.learn(1.0, Duration::from_millis(100));
        }
        assert!(!pace.fits(1.0, &budget));
    }
}
