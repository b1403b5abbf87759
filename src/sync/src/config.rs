//! Intervals and time-outs of the traffic.

use std::time::Duration;

/// Intervals and time-outs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Interval between rounds without failures or nudges.
    pub poll: Duration,
    /// First delay after a failure; doubles with each further one.
    pub backoff_min: Duration,
    /// Longest delay after a failure.
    pub backoff_max: Duration,
    /// Time-out of a connection.
    pub connect_timeout: Duration,
    /// Time-out of a whole reply, long enough for a megabyte of picture on a slow line.
    pub request_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            poll: Duration::from_secs(30),
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(60),
        }
    }
}
