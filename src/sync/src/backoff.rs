//! Growing delays with jitter, so that two hundred kiosks do not reconnect in the same second.

use crate::config::Delays;
use std::time::Duration;

/// How many times in a row it failed, and how long to wait next.
#[derive(Debug)]
pub(crate) struct Backoff {
    delays: Delays,
    failures: u32,
}

impl Backoff {
    pub fn new(delays: Delays) -> Self {
        Backoff { delays, failures: 0 }
    }

    /// Starts over after a success.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// The next delay: doubles from `min` to `max`, reduced by a random factor of 0.5 to 1.
    pub fn next(&mut self) -> Duration {
        let doubled = self.delays.min.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        jittered(doubled.min(self.delays.max))
    }
}

/// Between half and the whole of `pause`.
pub(crate) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    fn grows(delays: Delays, expected: &[u64]) {
        let mut backoff = Backoff::new(delays);
        for whole in expected {
            let pause = backoff.next();
            let whole = Duration::from_secs(*whole);
            assert!(whole / 2 <= pause && pause <= whole, "{pause:?} is not within half of {whole:?}");
        }
        (0..100).for_each(|_| assert!(backoff.next() <= delays.max));
        backoff.reset();
        assert!(backoff.next() <= delays.min);
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_start_over_after_a_success() {
        grows(Config::default().backoff, &[1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_refused_kiosk_waits_a_minute_at_first_and_an_hour_at_most() {
        grows(Config::default().refused, &[60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }
}
