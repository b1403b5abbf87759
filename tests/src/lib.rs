//! What the end-to-end tests stand on: the real programs as processes, real files in a folder of their own, a recorded
//! camera, a real browser. Nothing in here knows how a program works inside; it types, touches, waits and reads what a
//! person, a script or a colleague on the network could.

pub mod browser;
pub mod central;
pub mod kiosk;
pub mod process;
pub mod programs;
pub mod script;
pub mod sealed;
pub mod story;

pub use browser::Browser;
pub use central::Central;
pub use kiosk::{Kiosk, Played};
pub use script::Script;
