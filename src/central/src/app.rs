//! The server's parts, shared by all requests.

use crate::ca::Authority;
use crate::ledger::Ledger;
use crate::limits::{Attempts, Seen};
use crate::pictures::Pictures;
use collection::Signer;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The server's parts, shared by all requests.
pub(crate) struct App {
    pub ledger: Ledger,
    pub pictures: Pictures,
    pub authority: Authority,
    /// Signs the server's own journal entries.
    pub signer: Arc<Signer>,
    /// Enrolments tried, by address.
    pub enrolments: Attempts,
    /// When each device's contact was last noted.
    pub seen: Seen,
    /// How long a console session lasts.
    pub session: Duration,
    /// Whether browsers reach the console by TLS, so that cookies may say so.
    pub console_tls: bool,
    /// Key of the sign-in form's tokens, drawn at every start.
    pub form_key: [u8; 32],
    /// Password checks at the same time: each takes 19 MiB and a core.
    pub password_checks: Arc<Semaphore>,
}

/// The parts as handlers get them.
pub(crate) type Shared = Arc<App>;

/// Now, milliseconds since 1970-01-01T00:00Z.
pub(crate) fn now_millis() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
