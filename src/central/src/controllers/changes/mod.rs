//! The change feed, from the server to the kiosks.

pub(crate) mod list;
