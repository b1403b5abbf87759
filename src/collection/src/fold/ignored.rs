//! Entries that are kept and do not count.

use crate::EntryId;

/// Why an entry does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IgnoreReason {
    /// Its author has no authority for this kind.
    Authority,
    /// A kind of a later version of the program.
    UnknownKind,
    /// It carries another task than the enrolment is at.
    Misplaced,
    /// A kiosk of another school wrote it.
    ForeignDevice,
    /// It names a member of staff who does not exist or is not known here yet.
    UnknownStaff,
    /// It acts on nothing, or on something of another kind.
    About,
    /// The portrait was submitted already.
    Repeated,
    /// Another entry has the same id and other contents.
    Contested,
}

/// An entry that is kept and does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignored {
    /// The entry.
    pub entry: EntryId,
    /// The reason.
    pub reason: IgnoreReason,
}

impl IgnoreReason {
    /// Whether the entry is none of this enrolment's at all: it has no effect between enrolments either, such as a claim to a code.
    #[must_use]
    pub const fn is_foreign(self) -> bool {
        match self {
            IgnoreReason::Misplaced | IgnoreReason::ForeignDevice => true,
            IgnoreReason::Authority
            | IgnoreReason::UnknownKind
            | IgnoreReason::UnknownStaff
            | IgnoreReason::About
            | IgnoreReason::Repeated
            | IgnoreReason::Contested => false,
        }
    }
}
