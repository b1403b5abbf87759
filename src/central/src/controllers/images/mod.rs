//! Pictures as reviewers see them.

pub(crate) mod show;
