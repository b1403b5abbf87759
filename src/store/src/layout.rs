//! Names of the files in the store's folder.

/// The database.
pub(crate) const DATABASE: &str = "kiosk.db";
