//! Growing delays with jitter, so that two hundred kiosks do not reconnect in the same second.

use crate::Config;
use std::time::Duration;

/// How many times in a row it failed, and how long to wait next.
#[derive(Debug)]
pub(crate) struct Backoff {
    min: Duration,
    max: Duration,
    failures: u32,
}

impl Backoff {
    pub fn new(config: &Config) -> Self {
        Backoff { min: config.backoff_min, max: config.backoff_max, failures: 0 }
    }

    /// Starts over after a success.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// The next delay: doubles from `min` to `max`, reduced by a random factor of 0.5 to 1.
    pub fn next(&mut self) -> Duration {
        let doubled = self.min.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        jittered(doubled.min(self.max))
    }
}

/// Between half and the whole of `pause`.
pub(crate) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_start_over_after_a_success() {
        let mut backoff = Backoff::new(&Config::default());
        for whole in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            let pause = backoff.next();
            let whole = Duration::from_secs(whole);
            assert!(whole / 2 <= pause && pause <= whole, "{pause:?} is not within half of {whole:?}");
        }
        (0..100).for_each(|_| assert!(backoff.next() <= Duration::from_secs(60)));
        backoff.reset();
        assert!(backoff.next() <= Duration::from_secs(1));
    }
}
