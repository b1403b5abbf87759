//! What a preset holds: sizes, limits, backgrounds and the rules of the capture checks.

use super::background::{Background, BackgroundName};
use crate::{CheckName, Threshold, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Width and height of the finished file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Columns, pixels.
    pub width: u32,
    /// Rows, pixels.
    pub height: u32,
    /// Dots per inch written into the JFIF header.
    pub dpi: u16,
}

/// The permitted size of the file and where to aim inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    /// Fewest bytes permitted.
    pub min: u32,
    /// Most bytes permitted.
    pub max: u32,
    /// Fewest bytes aimed for, because some gates are stricter than the standard.
    pub aim_min: u32,
    /// Lowest JPEG quality permitted, 1..=100.
    pub quality_min: u8,
}

/// An interval of pixels, both ends permitted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Smallest permitted value.
    pub min: f64,
    /// Largest permitted value.
    pub max: f64,
}

impl Limit {
    /// The value in the middle.
    #[must_use]
    pub fn middle(self) -> f64 {
        f64::midpoint(self.min, self.max)
    }
}

/// Where the person stands in the finished file, pixels of that file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offsets {
    /// First row of hair, from the top.
    pub hair_top: Limit,
    /// Mean height of the pupils, from the top.
    pub eye_line: Limit,
    /// Cheek to cheek.
    pub face_width: Limit,
    /// Largest distance of the face's axis from the middle.
    pub centre_max: f64,
}

/// What a value outside of the limits does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is reported, and never in the way.
    Warn,
    /// The picture has to be taken again, or staff overrides it.
    Block,
}

/// The limits of one capture check: an inner pair that warns and an outer one that blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Outside of this the check warns.
    #[serde(default)]
    pub warn: Threshold,
    /// Outside of this the check blocks.
    #[serde(default)]
    pub block: Threshold,
}

impl Rule {
    /// The verdict on `value` and the limits that decided it.
    #[must_use]
    pub fn judge(&self, value: f64) -> (Verdict, Threshold) {
        if !self.block.holds(value) {
            (Verdict::Block, self.block)
        } else if !self.warn.holds(value) {
            (Verdict::Warn, self.warn)
        } else if self.warn == Threshold::default() {
            (Verdict::Pass, self.block)
        } else {
            (Verdict::Pass, self.warn)
        }
    }
}

/// One portrait standard. Made by [`Preset::parse`] alone, so that none exists whose numbers contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preset {
    /// Short name, `a-z0-9-`.
    pub name: String,
    /// What it is called to people.
    pub title: String,
    /// Size of the file.
    pub size: Size,
    /// Bytes of the file.
    pub bytes: Bytes,
    /// Placement of the person.
    pub placement: Offsets,
    /// Largest enlargement of the captured face with which a portrait is made at all.
    pub enlargement_max: f64,
    /// Permitted backgrounds, the default one first.
    pub backgrounds: Vec<Background>,
    /// Limits of the capture checks by name. A check without a rule is measured and reported, never judged.
    pub capture: BTreeMap<CheckName, Rule>,
    /// SHA-256 of the file this was read from, hex.
    #[serde(skip)]
    pub hash: String,
}

impl Preset {
    /// The background of that name, if the standard permits it.
    #[must_use]
    pub fn background(&self, name: BackgroundName) -> Option<&Background> {
        self.backgrounds.iter().find(|b| b.name == name)
    }

    /// The rule of a capture check; an absent one never judges.
    #[must_use]
    pub fn rule(&self, name: CheckName) -> Rule {
        self.capture.get(&name).copied().unwrap_or_default()
    }
}
