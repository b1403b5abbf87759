//! The status of the link, for the screen and the staff panel.

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
        /// The sentence of the reason.
        code: Code,
        /// The reason for the log and the engineer.
        reason: String,
        /// When the next attempt begins, counted from the failure.
        retry_in: Duration,
    },
    /// The server does not accept this kiosk. Nothing is tried until [`crate::SyncHandle::resume`].
    Refused {
        /// The sentence of the reason.
        code: Code,
    },
}

/// The state of the traffic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The state of the link.
    pub link: Link,
    /// What waits for the server.
    pub queue: Queue,
    /// When a whole round last went through, the kiosk's clock; since this program started.
    pub last_success: Option<SystemTime>,
    /// The server's time in its last reply.
    pub server_time: Option<ServerTime>,
    /// Rounds that went through since this program started.
    pub rounds: u64,
    /// Changes of the feed that this version could not read, since this program started.
    pub misread: u64,
    /// Entries of the feed that were set aside, since this program started.
    pub set_aside: u64,
}

impl Status {
    pub(crate) fn new() -> Self {
        Status {
            link: Link::Connecting,
            queue: Queue::default(),
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
}
