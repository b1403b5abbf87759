//! The status of the link, for the screen and the staff panel.

use crate::failure::Cause;
use crate::retries::Held;
use collection::DeviceId;
use sentences::Code;
use std::time::{Duration, SystemTime};
use store::{Queue, ServerTime};

/// The state of the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The kiosk is no device of a server yet.
    Unenrolled,
    /// No round has ended yet.
    Connecting,
    /// The last round went through.
    Online,
    /// The last round did not; another follows.
    Offline {
        /// What has to be looked at.
        cause: Cause,
        /// The sentence of the reason.
        code: Code,
        /// The reason for the log and the engineer.
        reason: String,
        /// When the next attempt begins, counted from the failure.
        retry_in: Duration,
    },
    /// The server does not accept this kiosk. It stays so until a round goes through or the server says something else.
    Refused {
        /// The sentence of the reason.
        code: Code,
        /// When the next attempt begins, counted from the failure; [`crate::SyncHandle::sync_now`] begins one at once.
        retry_in: Duration,
    },
}

/// The state of the traffic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The state of the link.
    pub link: Link,
    /// This kiosk's id, once it is known.
    pub device: Option<DeviceId>,
    /// What waits for the server.
    pub queue: Queue,
    /// What was set aside by itself and is tried again later; everything else goes on.
    pub held: Vec<Held>,
    /// Staff asked for a round ([`crate::SyncHandle::sync_now`]) that has not ended yet.
    pub is_asked_for: bool,
    /// When a whole round last went through, the kiosk's clock; since this program started.
    pub last_success: Option<SystemTime>,
    /// The server's time in its last reply.
    pub server_time: Option<ServerTime>,
    /// Rounds that went through since this program started.
    pub rounds: u64,
    /// Changes of the feed that this version could not read, since this program started.
    pub misread: u64,
    /// Entries and other changes of the feed that were set aside, since this program started.
    pub set_aside: u64,
}

impl Status {
    pub(crate) fn new() -> Self {
        Status {
            link: Link::Connecting,
            device: None,
            queue: Queue::default(),
            held: Vec::new(),
            is_asked_for: false,
            last_success: None,
            server_time: None,
            rounds: 0,
            misread: 0,
            set_aside: 0,
        }
    }

    /// Whether the server answers this kiosk.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.link == Link::Online
    }

    /// What stops the traffic; `None` while nothing does or nothing is known yet.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        match &self.link {
            Link::Unenrolled | Link::Connecting | Link::Online => None,
            Link::Offline { cause, .. } => Some(*cause),
            Link::Refused { .. } => Some(Cause::Refused),
        }
    }
}
