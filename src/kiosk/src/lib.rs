//! The kiosk app: screen adapters, request runner, devices.
//!
//! One loop ([`app`]) on the UI thread; workers for vision, production, records and the server next to it; the visit decides,
//! the screen shows, and nothing personal leaves the [`vault`] and the encrypted store.

#[deny(clippy::wildcard_enum_match_arm)]
pub mod app;
pub mod cli;
pub mod config;
pub mod decoder;
pub mod demo;
pub mod doctor;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod inbox;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod link;
#[deny(clippy::wildcard_enum_match_arm)]
mod lookup;
mod pins;
pub mod play;
pub mod preview;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod production;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod records;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod run;
mod school_day;
pub mod screens;
pub mod typing;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod vault;
#[deny(clippy::wildcard_enum_match_arm)]
pub mod vision;
