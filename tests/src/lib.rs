//! Support of the end-to-end tests: the real programs as processes, real files in a separate folder, a recorded camera, a real
//! browser. Nothing here knows how a program works inside; it types, touches, waits and reads only what a person, a script or
//! another program on the network could.

pub mod browser;
pub mod central;
pub mod kiosk;
pub mod process;
pub mod programs;
pub mod scenario;
pub mod script;
pub mod sealed;

pub use browser::Browser;
pub use central::Central;
pub use kiosk::{Kiosk, Played};
pub use script::Script;
