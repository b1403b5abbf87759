//! Both directions of the kiosk's traffic with the server: tasks, rosters and decisions down, journal and pictures up.
//!
//! A visit never waits for this crate. One task runs rounds (changes down, entries up, pictures up, admission photos down); every
//! step is durable in the store before the next, so after a network failure, a restart of either end or a lost reply the step is
//! simply repeated. Only a reply with the protocol's header counts, from a server whose certificate the configured CA issued;
//! redirects and proxies are not followed. An unreachable server is tried again after a growing, jittered delay, one that refuses
//! this kiosk after a longer one, and at once when staff ask for it ([`SyncHandle::sync_now`]).
//!
//! One bad thing never stops the rest: an entry or picture that cannot be read or that the server fails on is set aside, named in the
//! [`Status`] and tried again later; a change of the feed that is not understood is passed over; a step that fails leaves the other
//! steps to go on. [`Status::cause`] says what has to be looked at.
//!
//! This crate writes no entries.

#![deny(clippy::wildcard_enum_match_arm)]

mod backoff;
mod client;
mod config;
mod enrol;
mod failure;
mod pass;
mod probe;
mod reply;
mod retries;
mod round;
mod runner;
mod status;
mod tls;

pub use config::{Config, Delays};
pub use enrol::{EnrolError, enrol};
pub use failure::{Cause, Failure};
pub use probe::probe;
pub use retries::{Held, Item};
pub use runner::{Sync, SyncHandle};
pub use status::{Link, Status};
