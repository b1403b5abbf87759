//! The journal: what happened, once, for ever, signed by the device that saw it.
//!
//! An entry carries no personal data. Names, numbers and pictures lie beside the journal and are referred to by hash, so a
//! person can be erased and the journal stays whole. The bytes that were signed are the truth and are forwarded verbatim; an
//! entry of a kind that this version does not know is kept and grants nothing.

use crate::{DeviceId, EnrolmentId, EntryId, Hlc, Kind, TaskId};
use serde::{Deserialize, Serialize};

/// One journal entry, as it is read. What is stored and sent are the signed bytes, see [`SignedEntry`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The entry it acts on.
    pub about: Option<EntryId>,
    /// Whose enrolment.
    pub enrolment: EnrolmentId,
    /// Which task.
    pub task: TaskId,
    /// Version of the task whose settings judged this.
    pub task_version: u32,
    /// Who wrote it.
    pub device: DeviceId,
    /// Contiguous per device, from 1.
    pub sequence: u64,
    /// When, by the hybrid logical clock.
    pub clock: Hlc,
    /// The device's clock had jumped and nobody had confirmed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
}

/// An entry's bytes with the device's Ed25519 signature over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEntry {
    /// The JSON of an [`Entry`], verbatim.
    pub bytes: Vec<u8>,
    /// Ed25519 signature over `bytes`, 64 bytes.
    pub signature: Vec<u8>,
}
