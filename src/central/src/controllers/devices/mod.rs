//! Kiosks as the registry sees them.

pub(crate) mod enrol;
pub(crate) mod list;
pub(crate) mod revoke;
