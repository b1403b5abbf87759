//! Fuzz target: a picture of a person, distorted by a script; every step of the engine keeps its invariants.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|script: &[u8]| fuzz::verdict(script));
