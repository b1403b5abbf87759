//! Property tests of the rules over random histories of several devices.

mod authority;
mod clocks;
mod heaps;
mod limits;
mod order;
mod world;
