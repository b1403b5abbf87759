//! The kiosk app: screen adapters, request runner, devices.
//!
//! One loop ([`app`]) on the UI thread; workers for vision, production, records and the server next to it; the visit decides,
//! the screen shows, and nothing personal leaves the [`vault`] and the encrypted store.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod app;
pub mod cli;
pub mod config;
pub mod decoder;
pub mod demo;
pub mod doctor;
pub mod inbox;
pub mod link;
mod lookup;
mod pins;
pub mod play;
pub mod preview;
pub mod production;
pub mod records;
pub mod run;
mod school_day;
pub mod screens;
pub mod typing;
pub mod vault;
pub mod vision;
