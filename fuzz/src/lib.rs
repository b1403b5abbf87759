//! The invariants that the fuzzers check. The regression test over all kept seeds checks the same
//! (`src/portrait/tests/seeds.rs`).

pub mod distort;
pub mod invariants;

pub use invariants::{decode, verdict};
