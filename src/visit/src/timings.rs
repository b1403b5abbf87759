//! How long things take: the shutter's hold, the receipt, idleness.

/// How long things take, milliseconds. Human times, so they are settings of the kiosk and not of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timings {
    /// Without a touch or a face until the idle cover appears.
    pub idle: u64,
    /// The idle cover's countdown.
    pub countdown: u64,
    /// All well before the camera until the shutter releases itself.
    pub hold: u64,
    /// How long the receipt stays.
    pub receipt: u64,
    /// How long a refused code is explained.
    pub notice: u64,
    /// Longest wait for an answer of the kiosk itself; after it the screen is as idle as without a touch.
    pub timeout: u64,
}

impl Default for Timings {
    fn default() -> Self {
        Timings {
            idle: 45_000,
            countdown: 15_000,
            hold: 800,
            receipt: 10_000,
            notice: 8_000,
            timeout: 120_000,
        }
    }
}
