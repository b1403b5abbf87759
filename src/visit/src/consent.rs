//! What a student agrees to, each purpose by itself.

/// A box that a student ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Collection and processing of the portrait.
    Service,
    /// Comparison with the admission photo, on this device.
    Comparison,
    /// Verification against the population database.
    Ctid,
}

/// Which boxes are ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The service.
    pub service: bool,
    /// The comparison on this device.
    pub comparison: bool,
    /// CTID.
    pub ctid: bool,
}
