//! Turns `sentences/*.toml` into the catalogue and one constant per code, so that a code without a sentence does not compile.
//!
//! Fails with the file's name on TOML that does not parse, on a code that stands twice, and on two codes that would need the same
//! constant. Missing languages and differing placeholders are left to the crate's tests.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// One sentence, and the file it stands in.
struct Sentence {
    zh: String,
    en: String,
    file: String,
}

type Sentences = BTreeMap<String, Sentence>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("sentences");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", folder.display());
    let all = read(&folder)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("codes.rs"), constants(&all)?)?;
    fs::write(out.join("catalogue.rs"), catalogue(&all)?)?;
    Ok(())
}

/// Reads every topic file of the folder.
fn read(folder: &Path) -> Result<Sentences, Box<dyn Error>> {
    let mut all = Sentences::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let table: toml::Table =
                fs::read_to_string(&path)?.parse().map_err(|e| format!("{}: {e}", path.display()))?;
            flatten("", &table, &file, &mut all)?;
        }
    }
    Ok(all)
}

/// `[a.b]` with `zh` and `en` is the sentence `a.b`; its sub-tables are further sentences (`a.b.remedy`).
fn flatten(prefix: &str, table: &toml::Table, file: &str, all: &mut Sentences) -> Result<(), String> {
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let (zh, en) = (text("zh"), text("en"));
    if zh.is_some() || en.is_some() {
        let sentence =
            Sentence { zh: zh.unwrap_or_default(), en: en.unwrap_or_default(), file: file.to_owned() };
        if let Some(first) = all.insert(prefix.to_owned(), sentence) {
            return Err(format!("{prefix} stands in {} and in {file}", first.file));
        }
    }
    for (key, value) in table {
        if let toml::Value::Table(below) = value {
            let code = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            flatten(&code, below, file, all)?;
        }
    }
    Ok(())
}

/// `visit.not_you.remedy` is `VISIT_NOT_YOU_REMEDY`.
fn constant(code: &str) -> String {
    code.replace(['.', '-'], "_").to_uppercase()
}

/// The constants, documented by what they say.
fn constants(all: &Sentences) -> Result<String, Box<dyn Error>> {
    let mut names = BTreeMap::new();
    let mut out = String::new();
    for (index, (code, sentence)) in all.iter().enumerate() {
        let name = constant(code);
        if let Some(other) = names.insert(name.clone(), code) {
            return Err(format!("{code} and {other} need the same constant {name}").into());
        }
        let doc = format!("`{code}`: {}", sentence.en);
        writeln!(out, "#[doc = {doc:?}]\npub const {name}: Code = Code({index});\n")?;
    }
    Ok(out)
}

/// The catalogue as an array sorted by code; a `Code` is an index into it.
fn catalogue(all: &Sentences) -> Result<String, Box<dyn Error>> {
    let position: BTreeMap<&str, usize> = all.keys().enumerate().map(|(i, c)| (c.as_str(), i)).collect();
    let companion = |code: &str, word: &str| match position.get(format!("{code}.{word}").as_str()) {
        Some(index) => format!("Some({index})"),
        None => "None".to_owned(),
    };
    let general = position.get("general").ok_or("there is no sentence `general`")?;
    let mut out = format!("pub(crate) const GENERAL: u16 = {general};\n\n");
    writeln!(out, "pub(crate) static CATALOGUE: [Sentence; {}] = [", all.len())?;
    for (code, Sentence { zh, en, .. }) in all {
        let [remedy, name, hint] = ["remedy", "name", "hint"].map(|word| companion(code, word));
        writeln!(
            out,
            "Sentence {{ code: {code:?}, zh: {zh:?}, en: {en:?}, remedy: {remedy}, name: {name}, hint: {hint} }},"
        )?;
    }
    out.push_str("];\n");
    Ok(out)
}
