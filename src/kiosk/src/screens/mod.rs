//! The screens' adapters: one file a screen, each the only place that sets that screen's global. What is on the screen is a
//! function of the visit; nothing here decides anything.
//!
//! [`table`] lists the screens. A new one is a file here (`wire`, `show`, `clear`), a file in `ui/screens` and a row there.

mod ask;
mod birth;
mod capture;
mod chrome;
mod covers;
mod entry;
mod help;
mod identity;
mod keyboard;
mod loading;
mod payment;
mod pick;
mod picture;
mod receipt;
mod result;
mod scanning;
mod scene;
mod school;
mod sentence;
mod staff;
mod staff_panel;
mod table;
mod tasks;
mod who;
mod wiring;

pub use keyboard::Keyboard;
pub use picture::Pictures;
pub use scene::{Home, Scene};
pub use table::{clear, name, show, wire};
pub use wiring::OnTouch;
