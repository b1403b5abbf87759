//! What the screen and the staff desk may know of the link.

use std::time::{Duration, SystemTime};
use store::{Queue, ServerTime};

/// How the link is.
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
        /// Sentence code of the reason.
        code: &'static str,
        /// The reason for the log and the engineer.
        reason: String,
        /// When the next attempt begins, counted from the failure.
        retry_in: Duration,
    },
    /// The server does not accept this kiosk. Nothing is tried until [`crate::SyncHandle::resume`].
    Refused {
        /// Sentence code of the reason.
        code: String,
    },
}

/// The state of the traffic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// How the link is.
    pub link: Link,
    /// What waits for the server.
    pub queue: Queue,
    /// When a whole round last went through, the kiosk's clock; since this program started.
    pub last_success: Option<SystemTime>,
    /// The server's time as last heard.
    pub server_time: Option<ServerTime>,
    /// Rounds that went through since this program started.
    pub rounds: u64,
    /// Changes of the feed that this version could not read, since this program started.
    pub misread: u64,
    /// Entries of the feed that were not believed, since this program started.
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
