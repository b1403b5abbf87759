//! How long a reviewer stays signed in.

use std::time::Duration;

/// How long a session lives where the settings file does not say it (`session_hours`): a working day.
pub const SESSION_LENGTH: Duration = Duration::from_secs(8 * 3600);
