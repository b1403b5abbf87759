//! Finds and reads QR codes in luma pictures.
//!
//! A student holds a phone at arm's length: glare, tilt, a code 2 cm wide in a 1280x720 frame. Two independent routes
//! (`rxing` and `rqrr`) look at the same picture and at preprocessed views of it, cheap ones first. They help each
//! other read, and they check each other: nothing is reported that error correction did not vouch for, and where the
//! two disagree about one place, neither is reported, because **a false read is worse than none**.
//!
//! The payload of a code is bytes; its text is an interpretation that says how it was reached. This room knows no
//! camera and no meaning of a payload.
//!
//! ```
//! use scan::{Luma, Mode, Scanner};
//! let white = vec![255u8; 64 * 64];
//! let scan = Scanner::new(Mode::Thorough).scan(Luma { pixels: &white, width: 64, height: 64 });
//! assert!(scan.codes.is_empty());
//! ```

mod binding;
mod charset;
mod code;
mod grid;
mod ledger;
mod luma;
mod outline;
mod pace;
pub mod picture;
mod route_rqrr;
mod route_rxing;
mod scanner;
mod sight;
mod steady;
mod views;
mod wand;

pub use binding::Binding;
pub use charset::{Charset, Text};
pub use code::{Code, Routes, Scan, Sight};
pub use luma::Luma;
pub use pace::worked;
pub use scanner::{Mode, Scanner};
pub use steady::Steady;
pub use wand::{Stroke, Wand};
