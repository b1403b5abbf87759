//! A preset: one portrait standard with all of its numbers, read from TOML.
//!
//! Adding a standard needs a file and no code. A file whose numbers contradict each other, or that lacks one, is refused
//! with every reason at once, because whoever mends it should have to do so once.

use crate::{CheckName, Phase, Threshold, Verdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Largest preset file that is read, bytes.
const MAX_FILE_BYTES: usize = 64 * 1024;

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

/// The name of a background colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackgroundName {
    /// Light blue (浅蓝).
    Blue,
    /// White (白).
    White,
    /// Light grey (浅灰).
    Grey,
}

/// A background colour, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Which one.
    pub name: BackgroundName,
    /// Its colour, 8-bit sRGB.
    pub rgb: [u8; 3],
}

/// What a value outside of the limits does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is told, and never in the way.
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

/// One portrait standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Limits of the capture checks by name. A check without a rule is measured and told, never judged.
    pub capture: BTreeMap<CheckName, Rule>,
    /// SHA-256 of the file this was read from, hex.
    #[serde(skip)]
    pub hash: String,
}

/// One thing that is wrong with a preset file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresetError {
    /// The file is not TOML of the expected form.
    #[error("{0}")]
    Form(String),
    /// Two numbers contradict each other, or one is out of its range.
    #[error("{key}: {reason}")]
    Value {
        /// Where in the file.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Everything that is wrong with a preset file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the preset is refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct PresetMistakes(pub Vec<PresetError>);

impl Preset {
    /// Reads and checks a preset file.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn parse(text: &str) -> Result<Preset, PresetMistakes> {
        let form = |e: String| PresetMistakes(vec![PresetError::Form(e)]);
        if text.len() > MAX_FILE_BYTES {
            return Err(form(format!("the file is longer than {MAX_FILE_BYTES} bytes")));
        }
        let mut preset: Preset = toml::from_str(text).map_err(|e| form(e.to_string().trim().to_owned()))?;
        preset.hash = hex::encode(Sha256::digest(text.as_bytes()));
        let mistakes = preset.mistakes();
        if mistakes.is_empty() { Ok(preset) } else { Err(PresetMistakes(mistakes)) }
    }

    /// The background of that name, if the standard permits it.
    #[must_use]
    pub fn background(&self, name: BackgroundName) -> Option<Background> {
        self.backgrounds.iter().copied().find(|b| b.name == name)
    }

    /// The rule of a capture check; an absent one never judges.
    #[must_use]
    pub fn rule(&self, name: CheckName) -> Rule {
        self.capture.get(&name).copied().unwrap_or_default()
    }

    /// Which phase a check belongs to.
    #[must_use]
    pub fn phase(name: CheckName) -> Phase {
        use CheckName as C;
        match name {
            C::PixelSize
            | C::Resolution
            | C::ColourDepth
            | C::ByteSize
            | C::JpegQuality
            | C::HairTop
            | C::EyeLine
            | C::FaceWidth
            | C::FaceCentred
            | C::BackgroundColour
            | C::EdgeFringe => Phase::File,
            _ => Phase::Capture,
        }
    }

    fn mistakes(&self) -> Vec<PresetError> {
        let mut found = Vec::new();
        let mut must = |ok: bool, key: &str, reason: String| {
            if !ok {
                found.push(PresetError::Value { key: key.to_owned(), reason });
            }
        };
        let (size, bytes, place) = (self.size, self.bytes, self.placement);
        let (w, h) = (f64::from(size.width), f64::from(size.height));
        let named = !self.name.is_empty()
            && self.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        must(named, "name", "use a-z, 0-9 and - only".into());
        must(
            (100..=4000).contains(&size.width),
            "size.width",
            format!("{} is outside 100..4000 px", size.width),
        );
        must(
            (100..=4000).contains(&size.height),
            "size.height",
            format!("{} is outside 100..4000 px", size.height),
        );
        must((72..=1200).contains(&size.dpi), "size.dpi", format!("{} is outside 72..1200", size.dpi));
        must(bytes.min < bytes.max, "bytes", format!("min {} is not below max {}", bytes.min, bytes.max));
        must(
            (bytes.min..bytes.max).contains(&bytes.aim_min),
            "bytes.aim_min",
            format!("{} is not between {} and {}", bytes.aim_min, bytes.min, bytes.max),
        );
        must((1..=100).contains(&bytes.quality_min), "bytes.quality_min", "must be 1..100".into());
        for (key, limit, end) in [
            ("placement.hair_top", place.hair_top, h),
            ("placement.eye_line", place.eye_line, h),
            ("placement.face_width", place.face_width, w),
        ] {
            let ok = limit.min <= limit.max && limit.min >= 0.0 && limit.max <= end;
            must(ok, key, format!("{}..{} does not lie in 0..{end}", limit.min, limit.max));
        }
        must(
            place.hair_top.max < place.eye_line.min,
            "placement.eye_line",
            "the eyes may lie above the hair".into(),
        );
        must(
            (0.0..=w / 2.0).contains(&place.centre_max),
            "placement.centre_max",
            "not within the picture".into(),
        );
        must((1.0..=4.0).contains(&self.enlargement_max), "enlargement_max", "must be 1..4".into());
        must(!self.backgrounds.is_empty(), "backgrounds", "at least one is needed".into());
        for (name, rule) in &self.capture {
            let key = format!("capture.{name}");
            must(
                Preset::phase(*name) == Phase::Capture,
                &key,
                "is a check of the file, not of the capture".into(),
            );
            for t in [rule.warn, rule.block] {
                let ordered = t.min.zip(t.max).is_none_or(|(a, b)| a <= b);
                must(ordered, &key, "min is above max".into());
            }
            let wider = rule.warn.min.zip(rule.block.min).is_none_or(|(w, b)| b <= w)
                && rule.warn.max.zip(rule.block.max).is_none_or(|(w, b)| b >= w);
            must(wider, &key, "blocks what does not even warn".into());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHSI: &str = include_str!("../../../kiosk-config/presets/chsi.toml");

    #[test]
    fn the_default_preset_is_accepted() {
        let preset = Preset::parse(CHSI).expect("chsi.toml is part of the product");
        assert_eq!((preset.size.width, preset.size.height, preset.size.dpi), (480, 640, 300));
        assert_eq!(preset.backgrounds[0].rgb, [100, 197, 255]);
    }

    #[test]
    fn three_contradictions_are_told_at_once() {
        let bad = CHSI
            .replace("dpi = 300", "dpi = 30")
            .replace("aim_min = 30720", "aim_min = 99999")
            .replace("centre_max = 12.0", "centre_max = 900.0");
        let mistakes = Preset::parse(&bad).expect_err("three numbers are wrong").0;
        assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    }

    #[test]
    fn a_value_on_the_limit_passes_and_nan_never_does() {
        let rule = Rule {
            warn: Threshold { min: None, max: Some(5.0) },
            block: Threshold { min: None, max: Some(8.0) },
        };
        assert_eq!(rule.judge(5.0).0, Verdict::Pass);
        assert_eq!(rule.judge(8.0).0, Verdict::Warn);
        assert_eq!(rule.judge(8.1).0, Verdict::Block);
        assert_eq!(rule.judge(f64::NAN).0, Verdict::Block);
    }

    proptest! {
        #[test]
        fn no_text_panics_the_parser(text in "\\PC{0,400}") {
            let _ = Preset::parse(&text);
        }
    }
}
