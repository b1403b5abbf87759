//! What the fuzzers ask of the engine. The regression test over all kept seeds asks the same (`src/portrait/tests/seeds.rs`).

pub mod promise;
pub mod spoil;

pub use promise::{decode, verdict};
