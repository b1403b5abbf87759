//! Time as a visit knows it: the newest moment.

use jiff::civil::Date;

/// A point in time as the kiosk trusts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds of a clock that only goes forward.
    pub millis: u64,
    /// The school's calendar day.
    pub day: Date,
}
