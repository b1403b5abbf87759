//! Every code that stands as text in a source has a sentence, and every sentence is emitted by some source.

#![allow(clippy::unwrap_used, reason = "a test that cannot read the workspace's sources has failed")]

use sentences::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Texts that look like codes and are none: keys of settings, and the beginning of a family of codes.
const KEYS: [&str; 5] = ["server.ca", "server.url", "store.dir", "store.dri", "code.decoder"];

/// Families whose members are found by their beginning: every reason of a reviewer is offered.
const FAMILIES: [&str; 1] = ["review."];

/// Sentences that nothing emits yet, and what will.
const NOT_YET_EMITTED: [(&str, &str); 5] = [
    ("visit.no_roster", "a kiosk without a roster refuses visits"),
    ("visit.disk_full", "new visits stop while 500 still fit"),
    ("visit.model_missing", "a kiosk without a network file pauses"),
    ("visit.clock_unsure", "a clock that nobody confirmed is shown to staff"),
    ("visit.two_faces", "a second person in front of the camera is a page of its own"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            found.push(path);
        }
    }
}

/// Every source and every page template of every crate except this one, with its text.
fn workspace() -> BTreeMap<PathBuf, String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(crates).unwrap() {
        let krate = entry.unwrap().path();
        for folder in ["src", "templates"].map(|name| krate.join(name)) {
            if folder.is_dir() && !krate.ends_with("sentences") {
                sources(&folder, &mut files);
            }
        }
    }
    files.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The texts between quotes of a source.
fn texts(source: &str) -> impl Iterator<Item = &str> {
    source.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// The constants of a source, as codes: `codes::RIGHTS_NOT_OPEN`.
fn constants(source: &str) -> impl Iterator<Item = &str> {
    let end = |rest: &str| rest.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
    let named = source.split("codes::").skip(1).map(move |rest| &rest[..end(rest).unwrap_or(rest.len())]);
    // The table of checks names its constants without the module.
    named.chain(source.split(", CHECK_").skip(1).map(|rest| rest.split(';').next().unwrap_or_default()))
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
    // A beginning of codes is looked for with the rest of the code behind it.
    let whole = text.contains('.') && !text.ends_with('_');
    whole && text.split('.').all(is_word) && !file.iter().any(|end| text.ends_with(end))
}

#[test]
fn every_code_that_stands_as_text_has_a_sentence() {
    let topics: BTreeSet<&str> = Code::all().filter_map(|c| c.as_str().split('.').next()).collect();
    let mut missing = Vec::new();
    for (path, source) in workspace() {
        for text in texts(&source).filter(|t| looks_like_a_code(t) && !KEYS.contains(t)) {
            let known_topic = text.split('.').next().is_some_and(|topic| topics.contains(topic));
            if known_topic && Code::find(text).is_none() {
                missing.push(format!("{}: {text}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no sentence for\n{}", missing.join("\n"));
}

/// The codes that no source emits, neither as a constant nor as text. A remedy, a short name and an example go with their headline.
fn unused() -> BTreeSet<&'static str> {
    let sources = workspace();
    let as_text: BTreeSet<&str> = sources.values().flat_map(|s| texts(s)).collect();
    let as_constants: BTreeSet<&str> = sources.values().flat_map(|s| constants(s)).collect();
    let emitted = |code: &str| {
        let constant = code.replace('.', "_").to_uppercase();
        let constant = constant.strip_prefix("CHECK_").unwrap_or(&constant);
        as_text.contains(code)
            || as_constants.contains(constant)
            || as_constants.contains(format!("CHECK_{constant}").as_str())
            || FAMILIES.iter().any(|family| code.starts_with(family))
    };
    Code::all()
        .map(Code::as_str)
        .filter(|code| {
            let head = [".remedy", ".name", ".hint"].iter().find_map(|end| code.strip_suffix(end));
            !emitted(code) && !head.is_some_and(emitted)
        })
        .collect()
}

#[test]
fn every_sentence_is_emitted() {
    let waiting: BTreeSet<&str> = NOT_YET_EMITTED.iter().map(|(code, _)| *code).collect();
    let unused: BTreeSet<&str> =
        unused().into_iter().filter(|code| !waiting.contains(code.trim_end_matches(".remedy"))).collect();
    assert!(unused.is_empty(), "nothing emits {unused:#?}");
}
