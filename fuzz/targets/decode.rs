//! Fuzz target: any bytes are a picture within the limits or a refusal, quickly and without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::decode(bytes));
