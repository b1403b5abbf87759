//! Reads a preset from TOML. Every key is read by itself, so that one mistake hides no other.

use super::background::Background;
use super::contradictions;
use super::fault::{PresetMistakes, Section};
use super::model::{Bytes, Limit, Offsets, Preset, Rule, Size};
use crate::CheckName;
use config::Fault;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

impl Preset {
    /// Reads and checks a preset file.
    ///
    /// # Errors
    /// Every mistake at once: what is missing, unknown or of the wrong form, and every contradiction between what is there.
    pub fn parse(text: &str) -> Result<Preset, PresetMistakes> {
        let read = config::parse(text, Path::new(""), preset).map_err(PresetMistakes)?;
        // Nothing was missing, or there would have been mistakes.
        let mut preset = read.ok_or_else(|| PresetMistakes(Vec::new()))?;
        preset.hash = hex::encode(Sha256::digest(text.as_bytes()));
        Ok(preset)
    }
}

/// Reads a whole preset, without its hash; `None` where a mistake was reported.
fn preset(file: &mut Section<'_>) -> Option<Preset> {
    let (name, title) = (file.needed::<String>("name"), file.needed::<String>("title"));
    let enlargement_max = number(file, "enlargement_max", 1.0, 4.0);
    let size = file.needed_section("size", |s| {
        let [width, height] = ["width", "height"].map(|side| number(s, side, 100.0, 4000.0));
        let dpi = number(s, "dpi", 72.0, 1200.0);
        Some(Size { width: width?, height: height?, dpi: dpi? })
    });
    let bytes = file.needed_section("bytes", |s| {
        let (min, max) = (s.needed("min"), s.needed("max"));
        let (aim_min, quality_min) = (s.needed("aim_min"), number(s, "quality_min", 1.0, 100.0));
        Some(Bytes { min: min?, max: max?, aim_min: aim_min?, quality_min: quality_min? })
    });
    let placement = file.needed_section("placement", |s| {
        let [hair_top, eye_line, face_width] =
            ["hair_top", "eye_line", "face_width"].map(|key| limit(s, key));
        let centre_max = s.needed("centre_max");
        Some(Offsets {
            hair_top: hair_top?,
            eye_line: eye_line?,
            face_width: face_width?,
            centre_max: centre_max?,
        })
    });
    let backgrounds = file.needed_sections("backgrounds", background);
    let capture = file.needed_section("capture", rules);
    // What could be read is held against the rest even where something else is missing.
    if let Some(bytes) = bytes {
        contradictions::of_bytes(bytes, size, file);
    }
    if let Some(placement) = placement {
        contradictions::of_placement(placement, size, file);
    }
    if let Some(rules) = &capture {
        contradictions::of_rules(rules, enlargement_max, file);
    }
    contradictions::of_words(name.as_deref(), title.as_deref(), backgrounds.as_deref(), file);
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
}

/// One background. Presets from before labels were part of them have none: the name stands in.
fn background(s: &mut Section<'_>) -> Option<Background> {
    let (name, rgb) = (s.needed("name"), s.needed("rgb"));
    let [zh, en] = ["zh", "en"].map(|key| s.text(key));
    let name = name?;
    let label = |text: Option<String>| text.unwrap_or_else(|| format!("{name}"));
    Some(Background { name, rgb: rgb?, zh: label(zh), en: label(en) })
}

/// The capture rules; one that cannot be read is a mistake of its own.
fn rules(s: &mut Section<'_>) -> Option<BTreeMap<CheckName, Rule>> {
    let mut rules = BTreeMap::new();
    for (name, value) in s.drain() {
        let Some(check) = CheckName::ALL.iter().copied().find(|c| c.as_str() == name) else {
            s.report(&name, Fault::Unknown);
            continue;
        };
        if let Some(rule) = s.convert(&name, value) {
            rules.insert(check, rule);
        }
    }
    Some(rules)
}

/// A number that must lie in `min..=max`. One outside is reported and kept, so that the rest is held against it too.
fn number<T: DeserializeOwned + Copy + Into<f64>>(
    s: &mut Section<'_>,
    key: &str,
    min: f64,
    max: f64,
) -> Option<T> {
    let value: T = s.needed(key)?;
    contradictions::range(s, key, value.into(), min, max);
    Some(value)
}

fn limit(s: &mut Section<'_>, key: &str) -> Option<Limit> {
    s.needed_section(key, |s| {
        let (min, max) = (s.needed("min"), s.needed("max"));
        Some(Limit { min: min?, max: max? })
    })
}
