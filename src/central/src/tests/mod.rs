//! The server as its callers use it: real listeners, real TLS, real cookies.

mod cancelled;
mod console;
mod enrolment;
mod feed;
mod journal;
mod kiosk;
mod pictures;
mod records;
mod tasks;
pub(crate) mod world;
