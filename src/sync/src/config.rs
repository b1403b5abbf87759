//! Intervals and time-outs of the traffic.

use std::time::Duration;

/// Intervals and time-outs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Interval between rounds without failures or nudges.
    pub poll: Duration,
    /// Delays after a round that failed.
    pub backoff: Delays,
    /// Delays after the server refused this kiosk.
    pub refused: Delays,
    /// Delays of one entry or picture that failed by itself.
    pub held: Delays,
    /// Time-out of a connection.
    pub connect_timeout: Duration,
    /// Time-out of a whole reply, long enough for a megabyte of picture on a slow line.
    pub request_timeout: Duration,
}

/// Delays that double with each failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays {
    /// After the first failure.
    pub min: Duration,
    /// The longest.
    pub max: Duration,
}

impl Delays {
    /// Delays from `min` to `max` seconds.
    #[must_use]
    pub const fn seconds(min: u64, max: u64) -> Delays {
        Delays { min: Duration::from_secs(min), max: Duration::from_secs(max) }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            poll: Duration::from_secs(30),
            backoff: Delays::seconds(1, 60),
            refused: Delays::seconds(60, 3600),
            held: Delays::seconds(30, 3600),
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(60),
        }
    }
}
