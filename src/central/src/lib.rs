//! The central server: kiosks bring their journals and pictures, reviewers decide, and the decisions go back.
//!
//! Two listeners. Kiosks talk TLS under the server's own certificate authority; browsers talk to the console. Everything that
//! must not be forgotten lies in the ledger and the picture folder. [`serve`] starts it all, [`Running::stop`] ends it.

pub mod admin;
mod app;
mod ca;
mod codes;
pub mod config;
mod console;
mod controllers;
pub mod demo;
mod file_facts;
mod files;
pub mod issue;
mod keys;
mod kiosk_device;
mod ledger;
mod limits;
mod pictures;
mod presets;
mod problem;
pub mod registry;
pub mod roster;
mod router;
mod serve;

#[cfg(test)]
mod tests;

pub use crate::config::{Config, ConfigError};
pub use ca::AuthorityError;
pub use files::FileError;
pub use keys::KeyFileError;
pub use ledger::LedgerError;
pub use serve::{Running, ServeError, serve};
