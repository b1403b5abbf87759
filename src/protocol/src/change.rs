//! The way down: a feed of changes with a cursor and an epoch. A restored server has a new epoch, and the kiosk starts over.

use crate::WireEntry;
use collection::{RosterEntry, StaffId, Task};
use serde::{Deserialize, Serialize};

/// A member of staff as a kiosk may know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Login name.
    pub id: StaffId,
    /// How the kiosk greets them.
    pub display_name: String,
    /// Argon2id PHC string of the PIN.
    pub pin_phc: String,
}

/// One thing that changed at the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A task is new or has a new version.
    Task(Box<Task>),
    /// The text (TOML) of a preset that tasks refer to.
    Preset {
        /// Its name.
        name: String,
        /// Its file.
        toml: String,
    },
    /// A student is on a roster.
    Roster(Box<RosterEntry>),
    /// A student is off a roster.
    RosterRemoved {
        /// The enrolment.
        enrolment: collection::EnrolmentId,
    },
    /// A member of staff may use kiosks.
    Staff(StaffMember),
    /// An entry of the server (a decision) or of another kiosk.
    Entry(WireEntry),
    /// Something a later version understands.
    #[serde(other)]
    Unknown,
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangePage {
    /// The server's epoch; another one than before means: start over from cursor 0.
    pub epoch: String,
    /// Changes after the asked cursor, oldest first.
    pub changes: Vec<Change>,
    /// Cursor of the last change in this page.
    pub cursor: u64,
    /// Whether there are more.
    pub more: bool,
}
