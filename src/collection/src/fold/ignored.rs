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
