//! Every code that any room can emit has a sentence. Not by a list that somebody has to keep: every text in every Rust source
//! of the house that looks like a code of one of the catalogue's topics is looked up.

#![allow(clippy::unwrap_used, reason = "a test that cannot read the house's sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Texts that look like codes and are none: keys of the kiosk's settings, and the beginning of a family of codes.
const KEYS: [(&str, &[&str]); 2] = [
    ("kiosk/src/config/tests.rs", &["server.ca", "server.url", "store.dir", "store.dri"]),
    ("collection/src/payload/tests.rs", &["code.decoder"]),
];

/// Rooms that must be among the emitters, or the search has gone blind.
const ROOMS: [&str; 8] = ["camera", "central", "collection", "kiosk", "portrait", "scan", "store", "visit"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The texts between quotes of a source.
fn texts(source: &str) -> impl Iterator<Item = &str> {
    source.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// `topic.word` or longer: small letters, digits and underscores, parted by dots.
fn looks_like_a_code(text: &str) -> bool {
    let is_word = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let file = [
        ".toml", ".rs", ".json", ".sqlite", ".key", ".pem", ".png", ".jpg", ".db", ".csv", ".md", ".onnx",
        ".html",
    ];
    text.contains('.') && text.split('.').all(is_word) && !file.iter().any(|end| text.ends_with(end))
}

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_code_in_any_source_has_a_sentence() {
    let topics: BTreeSet<&str> = sentences::codes().filter_map(|c| c.split('.').next()).collect();
    let mut emitted: BTreeMap<String, usize> = BTreeMap::new();
    let mut missing = Vec::new();
    let mut files = Vec::new();
    for room in std::fs::read_dir(house()).unwrap() {
        let folder = room.unwrap().path().join("src");
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
    }
    for path in files {
        let name = path.strip_prefix(house()).unwrap().to_string_lossy().into_owned();
        let keys = KEYS.iter().find(|(file, _)| *file == name).map_or(&[][..], |(_, keys)| keys);
        let source = std::fs::read_to_string(&path).unwrap();
        for text in texts(&source).filter(|t| looks_like_a_code(t)) {
            if !text.split('.').next().is_some_and(|topic| topics.contains(topic)) || keys.contains(&text) {
                continue;
            }
            *emitted.entry(name.split('/').next().unwrap_or_default().to_owned()).or_default() += 1;
            if !sentences::has(text) {
                missing.push(format!("{name}: {text}"));
            }
        }
    }
    for room in ROOMS {
        assert!(emitted.contains_key(room), "no code was found in {room}: {emitted:?}");
    }
    assert!(missing.is_empty(), "no sentence for\n{}", missing.join("\n"));
}

#[test]
fn every_file_of_sentences_is_in_the_catalogue() {
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sentences")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let first = text.lines().find_map(|l| l.strip_prefix('[')?.strip_suffix(']')).unwrap();
        assert!(sentences::has(first), "{}: {first}", path.display());
    }
}
