//! The central server: kiosks bring their journals and pictures, reviewers decide, and the decisions go back.
//!
//! It has two listeners: kiosks connect by TLS under the server's own certificate authority, browsers to the console. Everything that
//! must not be forgotten is in the ledger and the picture folder. [`serve`] starts the server, [`Running::stop`] ends it.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod admin;
mod app;
mod ca;
pub mod config;
mod console;
mod controllers;
pub mod demo;
mod disk_fault;
mod enrolment_codes;
mod file_facts;
mod files;
pub mod issue;
mod keys;
mod kiosk_device;
mod ledger;
mod limits;
mod pictures;
mod presets;
mod refusal;
pub mod registry;
pub mod roster;
mod router;
mod serve;
mod state_folder;

#[cfg(test)]
mod tests;

pub use crate::config::{Config, ConfigError};
pub use ca::AuthorityError;
pub use files::FileError;
pub use keys::KeyFileError;
pub use ledger::LedgerError;
pub use serve::{Running, ServeError, serve};
