//! The way up.

pub(crate) mod append;
