//! How often and how patiently the server is asked.

use std::time::Duration;

/// Pauses and patience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Pause between rounds when all is well and nobody nudges.
    pub poll: Duration,
    /// First pause after a failure; doubles with each further one.
    pub backoff_min: Duration,
    /// Longest pause after a failure.
    pub backoff_max: Duration,
    /// Patience for a connection.
    pub connect_timeout: Duration,
    /// Patience for one whole reply, a megabyte of picture on a slow line included.
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
