//! The documents are true of the repository: every path that one of them names exists, every document that is referred to is
//! there, and every name in the glossary's column "in code" is defined in the code.

use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Paths that building, fetching or running makes; they are no part of the repository.
const GENERATED: [&str; 5] = [".git", "fuzz/target", "models/cache", "out", "target"];
/// A document that comes with the demo pictures and is fetched, not committed.
const FETCHED: &str = "CREDITS.md";
/// Fewest names that a glossary which is read rightly has.
const FEWEST_NAMES: usize = 40;
/// Words after which a name is defined, in Rust or Slint.
const DEFINING: [&str; 10] =
    ["struct", "enum", "trait", "type", "fn", "const", "static", "mod", "component", "global"];

#[test]
fn every_path_in_a_document_exists() -> Result<()> {
    let folders = top_folders()?;
    let mut missing = Vec::new();
    for file in files(&["md"])? {
        let text = fs::read_to_string(root().join(&file))?;
        let beside = file.parent().unwrap_or(Path::new(""));
        let wrong_links = links(&text).filter(|link| !exists(&beside.join(link)));
        // From the repository's root, or from a folder that the document is in.
        let is_wrong = |path: &&str| !file.ancestors().skip(1).any(|folder| exists(&folder.join(path)));
        let wrong_paths = paths(&text, &folders).filter(is_wrong);
        missing.extend(wrong_links.chain(wrong_paths).map(|path| format!("{}: {path}", file.display())));
    }
    ensure!(missing.is_empty(), "documents name paths that do not exist:\n{}", missing.join("\n"));
    Ok(())
}

#[test]
fn every_document_that_is_referred_to_exists() -> Result<()> {
    let documents: BTreeSet<_> =
        files(&["md"])?.iter().filter_map(|f| Some(f.file_name()?.to_owned())).collect();
    let mut missing = Vec::new();
    for file in files(&["md", "rs", "slint"])? {
        let text = fs::read_to_string(root().join(&file))?;
        let named = words(&text).filter_map(|word| Path::new(word).file_name());
        let named = named.filter(|name| Path::new(name).extension() == Some(OsStr::new("md")));
        let unknown = named.filter(|name| *name != FETCHED && !documents.contains(*name));
        missing.extend(unknown.map(|name| format!("{}: {}", file.display(), name.display())));
    }
    ensure!(missing.is_empty(), "documents are referred to that are not here:\n{}", missing.join("\n"));
    Ok(())
}

#[test]
fn every_name_in_the_glossary_is_defined() -> Result<()> {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).context("docs/glossary.md")?;
    let names = glossary_names(&glossary);
    ensure!(names.len() >= FEWEST_NAMES, "only {} names were found in the glossary", names.len());
    let mut defined = BTreeSet::new();
    for file in files(&["rs", "slint"])? {
        if file.starts_with("src") || file.starts_with("ui") {
            define(&fs::read_to_string(root().join(&file))?, &mut defined);
        }
    }
    let missing: Vec<_> = names.iter().filter(|name| !defined.contains(**name)).collect();
    ensure!(missing.is_empty(), "names of docs/glossary.md that the code does not define: {missing:?}");
    Ok(())
}

#[test]
fn a_wrong_path_and_a_wrong_name_are_noticed() -> Result<()> {
    let folders = top_folders()?;
    let text =
        "See `src/visit/src/lib.rs`, `src/*/Cargo.toml`, src/nowhere/lib.rs and [this](gone.txt#part).";
    let wrong: Vec<_> = paths(text, &folders).filter(|path| !exists(Path::new(path))).collect();
    ensure!(wrong == ["src/nowhere/lib.rs"], "{wrong:?}");
    ensure!(links(text).eq(["gone.txt"]), "a link is not read");

    let mut defined = BTreeSet::new();
    define(
        "// struct Comment\npub struct A {\n    pub(crate) field: u8,\n}\nenum B {\n    One(u8),\n    Two,\n}\n",
        &mut defined,
    );
    ensure!(defined.iter().eq(["A", "B", "One", "Two", "field"]), "{defined:?}");
    ensure!(
        glossary_names("| 甲 | a | `A`, `B::One` |\nno row `C`\n") == ["A", "B", "One"],
        "the column is not read"
    );
    Ok(())
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Files of the repository with one of these extensions, relative to its root.
fn files(extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if GENERATED.iter().any(|generated| path == Path::new(generated)) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if extensions.iter().any(|e| path.extension() == Some(OsStr::new(e))) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Names of the folders at the root. A word that begins with one of them and a slash is taken for a path.
fn top_folders() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root())? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

/// Whether a path from the root exists. Of one with a star, the folder before the star must exist.
fn exists(path: &Path) -> bool {
    if GENERATED.iter().any(|generated| path.starts_with(generated)) {
        return true;
    }
    let plain: PathBuf = path.iter().take_while(|part| !part.to_string_lossy().contains('*')).collect();
    root().join(plain).exists()
}

/// The words of a text, without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |c: char| c.is_whitespace() || "`()[]{}<>|,;\"'，。；：、（）《》".contains(c);
    text.split(separates).map(|word| word.trim_end_matches(['.', ':', '!', '?']))
}

/// The words that are paths from the root.
fn paths<'a>(text: &'a str, folders: &'a [String]) -> impl Iterator<Item = &'a str> {
    words(text).filter(move |word| folders.iter().any(|folder| is_below(word, folder)))
}

fn is_below(word: &str, folder: &str) -> bool {
    word.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Targets of a document's links to other files, without the part after `#`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.filter(|target| !target.contains("://"));
    targets.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty())
}

/// The names in backticks in the third column of a document's tables.
fn glossary_names(text: &str) -> Vec<&str> {
    let cells = text.lines().filter(|line| line.starts_with('|')).filter_map(|row| row.split('|').nth(3));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).flat_map(|name| name.split("::")).collect()
}

/// Collects the names that a source defines: items, and at the beginning of a line variants and fields. Comments do not count.
fn define(source: &str, names: &mut BTreeSet<String>) {
    let is_part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    for line in source.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
        let mut words = line.split(|c: char| !is_part_of_name(c)).filter(|word| !word.is_empty());
        let item = words
            .by_ref()
            .any(|word| DEFINING.contains(&word))
            .then(|| words.find(|word| !DEFINING.contains(word)))
            .flatten();
        names.extend(item.map(str::to_owned));

        let line = line.strip_prefix("pub ").or(line.strip_prefix("pub(crate) ")).unwrap_or(line);
        let (name, rest) = line.split_at(line.find(|c: char| !is_part_of_name(c)).unwrap_or(line.len()));
        let is_variant = name.starts_with(|c: char| c.is_ascii_uppercase())
            && (rest.is_empty() || ["(", ",", " {", " ="].iter().any(|start| rest.starts_with(start)));
        let is_field = rest.starts_with(':') && !rest.starts_with("::");
        if !name.is_empty() && (is_variant || is_field) {
            names.insert(name.to_owned());
        }
    }
}
