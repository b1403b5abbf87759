//! A picture of a person, spoilt by a script: every step of the engine gives a verdict or a refusal that holds what it promises.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|script: &[u8]| fuzz::verdict(script));
