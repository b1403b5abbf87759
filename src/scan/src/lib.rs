//! Finds and reads QR codes in luma pictures.
//!
//! A student holds a phone at arm's length: glare, tilt, a code 2 cm wide in a 1280x720 frame. Two independent decoders
//! (`rxing` and `rqrr`) and a soft-decision decoder of this crate read the same picture and preprocessed views of it, cheap
//! ones first. They help each other read, and they check each other: nothing is reported that error correction did not
//! accept, and where two of them disagree about one place, neither is reported, because **a false read is worse than none**.
//!
//! The payload of a code is bytes; its text is an interpretation that says how it was reached. This crate knows no camera and
//! no meaning of a payload.
//!
//! ```
//! use scan::{Luma, Mode, Scanner};
//! let white = vec![255u8; 64 * 64];
//! let scan = Scanner::new(Mode::Thorough).scan(Luma { pixels: &white, width: 64, height: 64 });
//! assert!(scan.codes.is_empty());
//! ```

mod budget;
mod charset;
mod code;
mod consensus;
mod hint;
mod hint_debouncer;
mod keyboard_wedge;
mod luma;
mod outline;
pub mod picture;
mod read_confirmer;
mod route_rqrr;
mod route_rxing;
mod scan_pass;
mod scanner;
mod schedule;
mod soft_decision;
mod views;

pub use budget::thread_cpu_time;
pub use charset::{Charset, Text};
pub use code::{Code, Routes, Scan};
pub use hint::ScanHint;
pub use hint_debouncer::HintDebouncer;
pub use keyboard_wedge::{KeyOutcome, KeyboardWedge};
pub use luma::{Luma, luma_of};
pub use read_confirmer::ReadConfirmer;
pub use scanner::{Mode, Scanner};
