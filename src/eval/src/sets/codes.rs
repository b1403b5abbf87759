//! A folder of photographed codes with `expected.jsonl`: one `{"file","text"}` a line.

use std::path::Path;

use anyhow::Context as _;
use image::GrayImage;

/// A picture of the set and the text of its code.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Expected {
    /// Its file, relative to the folder.
    pub file: String,
    /// The text of its code.
    pub text: String,
}

/// One decoded picture of the set.
pub struct CodePicture {
    /// Its file, relative to the folder.
    pub file: String,
    /// The text of its code.
    pub text: String,
    /// Its grey values.
    pub grey: GrayImage,
}

/// The set's list.
///
/// # Errors
/// When `expected.jsonl` cannot be read.
pub fn list(folder: &Path) -> anyhow::Result<Vec<Expected>> {
    let path = folder.join("expected.jsonl");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
}

/// Every picture of the set, decoded.
///
/// # Errors
/// When the list or a picture cannot be read.
pub fn open(folder: &Path) -> anyhow::Result<Vec<CodePicture>> {
    let picture = |Expected { file, text }| {
        let grey = scan::picture::open(&folder.join(&file))?;
        Ok(CodePicture { file, text, grey })
    };
    list(folder)?.into_iter().map(picture).collect()
}
