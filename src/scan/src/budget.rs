//! The time budget of a scan, and what a unit of work costs on this machine, so that no work is started that does not fit.
//!
//! Time is this thread's own processor time: a busy machine makes a scan slower, but it does not make it try less.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time that this thread has used since it was started.
#[must_use]
pub fn thread_cpu_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    // Never negative, and nanoseconds are below a second by definition.
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// The cost of a unit of work on this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorkCost {
    /// Seconds for one unit of work (usually one route over one million pixels), adapted slowly.
    unit: f64,
}

/// The processor time that one scan may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    start: Duration,
    limit: Duration,
}

impl Default for WorkCost {
    fn default() -> Self {
        // Measured on a 2-core x86-64 machine: the rxing route takes 4 ms for a million pixels.
        Self::new(0.004)
    }
}

impl Budget {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { start: thread_cpu_time(), limit }
    }

    /// Time that is left, zero when it is used up.
    pub(crate) fn left(&self) -> Duration {
        self.limit.saturating_sub(thread_cpu_time().saturating_sub(self.start))
    }
}

impl WorkCost {
    /// Seconds for one unit of work, until measurements replace it.
    pub(crate) fn new(unit: f64) -> Self {
        Self { unit }
    }

    /// Whether `units` of work are likely to fit in what is left of `budget`.
    pub(crate) fn fits(&self, units: f64, budget: &Budget) -> bool {
        budget.left().as_secs_f64() > units * self.unit
    }

    /// Learns from finished work: a tenth of the new cost, nine tenths of the old one.
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
        let mut cost = WorkCost::default();
        let budget = Budget::new(Duration::from_millis(30));
        assert!(cost.fits(1.0, &budget));
        for _ in 0..60 {
            cost.learn(1.0, Duration::from_millis(100));
        }
        assert!(!cost.fits(1.0, &budget));
    }
}
