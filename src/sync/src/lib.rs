//! Both directions of the kiosk's traffic with the server: tasks, rosters and decisions down, journal and pictures up.
//!
//! The kiosk is whole without this room: a visit never waits for it. One task runs rounds (changes down, entries up, pictures
//! up, admission photos down); every step is durable in the store before the next, so a cut cable, a restart of either end
//! or a lost reply only means that a step is done again. Only a reply with the protocol's header counts, from a server that
//! the kiosk's own CA vouches for; redirects and proxies are not followed. A server that is away is asked again after a
//! growing, jittered pause; one that refuses this kiosk's certificate is not asked again until somebody says so.
//!
//! This room writes no entries.

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
