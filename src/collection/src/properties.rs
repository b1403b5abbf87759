//! What must hold whatever happens: the rule book's properties over random histories of several devices.

mod authority;
mod clocks;
mod heaps;
mod limits;
mod order;
mod world;
