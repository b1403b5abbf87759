//! The way down.

pub(crate) mod list;
