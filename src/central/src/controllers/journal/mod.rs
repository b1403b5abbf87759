//! The journal, from the kiosks to the server.

pub(crate) mod append;
