//! Both directions of the kiosk's traffic with the server: tasks, rosters and decisions down, journal and pictures up.
//!
//! A visit never waits for this crate. One task runs rounds (changes down, entries up, pictures up, admission photos down); every
//! step is durable in the store before the next, so after a network failure, a restart of either end or a lost reply the step is
//! simply repeated. Only a reply with the protocol's header counts, from a server whose certificate the configured CA issued;
//! redirects and proxies are not followed. An unreachable server is tried again after a growing, jittered delay; one that refuses
//! this kiosk's certificate is not tried again until [`SyncHandle::resume`].
//!
//! This crate writes no entries.

#![deny(clippy::wildcard_enum_match_arm)]

mod backoff;
mod client;
mod config;
mod enrol;
mod failure;
mod reply;
mod round;
mod runner;
mod status;
mod tls;

pub use config::Config;
pub use enrol::{EnrolError, enrol};
pub use failure::Failure;
pub use runner::{Sync, SyncHandle};
pub use status::{Link, Status};
