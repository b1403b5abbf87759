//! Every kept seed of the fuzzers, asked again: what once broke a promise, or reached a rare place, stays in the tests.

#[path = "../../../fuzz/src/promise.rs"]
mod promise;
#[path = "../../../fuzz/src/spoil.rs"]
mod spoil;

use std::path::Path;

/// The kept inputs of one target by name.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let entries = std::fs::read_dir(folder).expect("the seeds are part of the repository");
    let mut all: Vec<_> = entries
        .map(|entry| {
            let entry = entry.expect("can be listed");
            let bytes = std::fs::read(entry.path()).expect("can be read");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    all.sort();
    assert!(all.len() >= 10, "only {} seeds for {target}", all.len());
    all
}

#[test]
fn every_kept_file_is_decoded_or_refused() {
    for (name, bytes) in seeds("decode") {
        println!("decode/{name}");
        promise::decode(&bytes);
    }
}

#[test]
fn every_kept_script_ends_in_a_verdict_that_keeps_its_promises() {
    for (name, script) in seeds("verdict") {
        println!("verdict/{name}");
        promise::verdict(&script);
    }
}
