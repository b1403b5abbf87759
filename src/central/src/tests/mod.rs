//! The server as its callers use it: real listeners, real TLS, real cookies.

mod cancelled;
mod console;
mod disk_full;
mod enrolment;
mod feed;
mod foreign;
mod journal;
mod kiosk;
mod pictures;
mod records;
mod tasks;
pub(crate) mod world;
