//! Which visit and which of its stages a question belongs to.

/// The envelope's address: a reply whose ticket is not the current one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// Number of the visit since the start.
    pub visit: u64,
    /// Number of the stage within the visit.
    pub generation: u32,
}
