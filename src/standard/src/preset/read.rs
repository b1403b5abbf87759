//! Reads a preset from TOML. Every key is read by itself, so that one mistake hides no other.

use super::contradictions;
use super::fault::{PresetError, PresetFault, PresetMistakes};
use super::model::{Background, Bytes, Limit, Offsets, Preset, Rule, Size};
use crate::CheckName;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Largest preset file that is read, bytes.
const MAX_FILE_BYTES: usize = 64 * 1024;

impl Preset {
    /// Reads and checks a preset file.
    ///
    /// # Errors
    /// Every mistake at once: what is missing, unknown or of the wrong form, and every contradiction between what is there.
    pub fn parse(text: &str) -> Result<Preset, PresetMistakes> {
        let whole = |fault| PresetMistakes(vec![PresetError { key: String::new(), fault }]);
        if text.len() > MAX_FILE_BYTES {
            return Err(whole(PresetFault::TooLong { max: MAX_FILE_BYTES }));
        }
        let table: Table =
            text.parse().map_err(|e: toml::de::Error| whole(PresetFault::Toml { reason: e.to_string() }))?;
        let mut read = preset(table)?;
        read.hash = hex::encode(Sha256::digest(text.as_bytes()));
        Ok(read)
    }
}

/// Reads a whole preset, without its hash.
fn preset(table: Table) -> Result<Preset, PresetMistakes> {
    let mut found = Vec::new();
    let mut file = Section { path: String::new(), table, found: &mut found };
    let (name, title) = (file.take("name"), file.take("title"));
    let enlargement_max = file.number("enlargement_max", 1.0, 4.0);
    let size = file.below("size", |s| {
        let [width, height] = ["width", "height"].map(|side| s.number(side, 100.0, 4000.0));
        let dpi = s.number("dpi", 72.0, 1200.0);
        Some(Size { width: width?, height: height?, dpi: dpi? })
    });
    let bytes = file.below("bytes", |s| {
        let (min, max) = (s.take("min"), s.take("max"));
        let (aim_min, quality_min) = (s.take("aim_min"), s.number("quality_min", 1.0, 100.0));
        Some(Bytes { min: min?, max: max?, aim_min: aim_min?, quality_min: quality_min? })
    });
    let placement = file.below("placement", |s| {
        let [hair_top, eye_line, face_width] = ["hair_top", "eye_line", "face_width"].map(|k| s.limit(k));
        let centre_max = s.take("centre_max");
        Some(Offsets {
            hair_top: hair_top?,
            eye_line: eye_line?,
            face_width: face_width?,
            centre_max: centre_max?,
        })
    });
    let backgrounds = file.take::<Vec<Background>>("backgrounds");
    let capture = file.below("capture", rules);
    file.end();
    // What could be read is checked against the rest even where something else is missing.
    if let Some(bytes) = bytes {
        contradictions::of_bytes(bytes, size, &mut found);
    }
    if let Some(placement) = placement {
        contradictions::of_placement(placement, size, &mut found);
    }
    if let Some(rules) = &capture {
        contradictions::of_rules(rules, enlargement_max, &mut found);
    }
    contradictions::of_words(name.as_deref(), title.as_deref(), backgrounds.as_deref(), &mut found);
    let whole = || {
        Some(Preset {
            name: name?,
            title: title?,
            size: size?,
            bytes: bytes?,
            placement: placement?,
            enlargement_max: enlargement_max?,
            backgrounds: backgrounds?,
            capture: capture?,
            hash: String::new(),
        })
    };
    match whole() {
        Some(preset) if found.is_empty() => Ok(preset),
        _ => Err(PresetMistakes(found)),
    }
}

/// The capture rules; each that cannot be read is one more mistake.
fn rules(section: &mut Section<'_>) -> Option<BTreeMap<CheckName, Rule>> {
    let mut rules = BTreeMap::new();
    for (name, value) in std::mem::take(&mut section.table) {
        let key = section.key(&name);
        let Some(check) = CheckName::find(&name) else {
            section.found.push(PresetError { key, fault: PresetFault::Unknown });
            continue;
        };
        if let Some(rule) = section.form(key, value) {
            rules.insert(check, rule);
        }
    }
    Some(rules)
}

/// One table of the file.
struct Section<'a> {
    path: String,
    table: Table,
    found: &'a mut Vec<PresetError>,
}

impl Section<'_> {
    fn key(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn form<T: DeserializeOwned>(&mut self, key: String, value: Value) -> Option<T> {
        match value.try_into() {
            Ok(value) => Some(value),
            Err(e) => {
                let reason = e.to_string().trim().replace('\n', " ");
                self.found.push(PresetError { key, fault: PresetFault::Form { reason } });
                None
            }
        }
    }

    /// Takes one value out of the table.
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let key = self.key(name);
        match self.table.remove(name) {
            Some(value) => self.form(key, value),
            None => {
                self.found.push(PresetError { key, fault: PresetFault::Missing });
                None
            }
        }
    }

    /// Takes a number that must lie in `min..=max`. One outside is reported and kept, so that the rest is checked against it too.
    fn number<T: DeserializeOwned + Copy + Into<f64>>(
        &mut self,
        name: &str,
        min: f64,
        max: f64,
    ) -> Option<T> {
        let value: T = self.take(name)?;
        contradictions::range(self.found, &self.key(name), value.into(), min, max);
        Some(value)
    }

    fn limit(&mut self, name: &str) -> Option<Limit> {
        self.below(name, |s| {
            let (min, max) = (s.take("min"), s.take("max"));
            Some(Limit { min: min?, max: max? })
        })
    }

    /// Reads a table inside of this one; keys that it leaves over are unknown.
    fn below<T>(&mut self, name: &str, read: impl FnOnce(&mut Section<'_>) -> Option<T>) -> Option<T> {
        let table = self.take::<Table>(name)?;
        let mut section = Section { path: self.key(name), table, found: self.found };
        let value = read(&mut section);
        section.end();
        value
    }

    /// Reports every key that was not read as unknown.
    fn end(self) {
        let path = self.path;
        let unknown = self.table.into_iter().map(|(name, _)| {
            let key = if path.is_empty() { name } else { format!("{path}.{name}") };
            PresetError { key, fault: PresetFault::Unknown }
        });
        self.found.extend(unknown);
    }
}
