//! The command line of `central`.

pub mod args;
pub mod run;
