//! The console's style and script, part of the program.

pub(crate) mod show;
