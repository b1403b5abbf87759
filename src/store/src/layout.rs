//! Names of the files in the store's folder.

/// The database.
pub(crate) const DATABASE: &str = "kiosk.db";

/// The file that the process which uses the store holds a lock on. Empty; it stays when the lock ends.
pub(crate) const LOCK: &str = "kiosk.lock";
