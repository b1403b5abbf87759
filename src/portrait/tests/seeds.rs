//! Runs every kept seed of the fuzzers: inputs that once violated an invariant, or reached rare code, stay in the tests.

#[path = "../../../fuzz/src/distort.rs"]
mod distort;
#[path = "../../../fuzz/src/invariants.rs"]
mod invariants;

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
        invariants::decode(&bytes);
    }
}

#[test]
fn every_kept_script_ends_in_a_verdict_that_keeps_its_invariants() {
    for (name, script) in seeds("verdict") {
        println!("verdict/{name}");
        invariants::verdict(&script);
    }
}
