//! A preset: one portrait standard with all of its numbers, read from TOML.
//!
//! Adding a standard needs a file and no code. A file whose numbers contradict each other, or that lacks one, is refused
//! with every reason at once, because whoever mends it should have to do so once.

mod contradictions;
mod fault;
mod read;

use crate::{CheckName, Phase, Threshold, Verdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub use fault::{PresetError, PresetFault, PresetMistakes};

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
    /// Limits of the capture checks by name. A check without a rule is measured and told, never judged.
    pub capture: BTreeMap<CheckName, Rule>,
    /// SHA-256 of the file this was read from, hex.
    #[serde(skip)]
    pub hash: String,
}

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
        let table: toml::Table =
            text.parse().map_err(|e: toml::de::Error| whole(PresetFault::Toml { reason: e.to_string() }))?;
        let mut preset = read::preset(table)?;
        preset.hash = hex::encode(Sha256::digest(text.as_bytes()));
        Ok(preset)
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// TOML values of every type, numbers at their ends among them.
    const VALUES: &str = "(-?[0-9]{1,19}|-?[0-9]{1,6}\\.[0-9]{1,3}|nan|inf|-inf|true|\"[a-z ]{0,5}\"|\\[\\]|\\[[0-9]{1,4}, -[0-9]{1,4}\\]|\\{\\}|\\{ m(in|ax) = -?[0-9]{1,5} \\}|1979-05-27)";
    const CHSI: &str = include_str!("../../../../kiosk-config/presets/chsi.toml");

    #[test]
    fn the_default_preset_is_accepted() {
        let preset = Preset::parse(CHSI).expect("chsi.toml is part of the product");
        assert_eq!((preset.size.width, preset.size.height, preset.size.dpi), (480, 640, 300));
        assert_eq!(preset.backgrounds[0].rgb, [100, 197, 255]);
    }

    /// A collector's other sizes do not make blur or a red eye right.
    #[test]
    fn both_presets_limit_the_same_capture_checks() {
        let preset = |text| Preset::parse(text).expect("part of the product");
        let chsi = preset(include_str!("../../../../kiosk-config/presets/chsi.toml"));
        let gat461 = preset(include_str!("../../../../kiosk-config/presets/gat461.toml"));
        for name in CheckName::ALL.iter().copied().filter(|name| Preset::phase(*name) == Phase::Capture) {
            assert_eq!(chsi.rule(name), gat461.rule(name), "{name}");
        }
    }

    /// Every mistake of `text`, as `key: reason`.
    fn mistakes(text: &str) -> Vec<String> {
        let list = Preset::parse(text).expect_err(text).0;
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let bad = CHSI
            .replace("dpi = 300", "dpi = 0")
            .replace("aim_min = 30720", "aim_min = 99999")
            .replace("centre_max = 12.0", "centre_max = 900.0")
            .replace("width = 480", "width = \"wide\"")
            .replace("HeadInside =", "HeadsInside =")
            .replace("name = \"chsi\"", "");
        let found = mistakes(&bad);
        for key in
            ["size.dpi", "bytes.aim_min", "placement.centre_max", "size.width", "capture.HeadsInside", "name"]
        {
            let told = found.iter().any(|m| m.starts_with(&format!("{key}: ")));
            // Without a width nobody can say that 900 px from the middle are too many.
            assert!(told || key == "placement.centre_max", "{key} is not told: {found:?}");
        }
        assert_eq!(found.len(), 5, "{found:?}");
    }

    #[test]
    fn each_contradiction_is_refused() {
        let cases = [
            (
                "hair_top = { min = 50.0, max = 110.0 }",
                "hair_top = { min = 50.0, max = 210.0 }",
                "placement.eye_line: ",
            ),
            (
                "hair_top = { min = 50.0, max = 110.0 }",
                "hair_top = { min = 120.0, max = 110.0 }",
                "min 120 is above max 110",
            ),
            ("hair_top = { min = 50.0,", "hair_top = { min = nan,", "placement.hair_top.min: "),
            (
                "eye_line = { min = 200.0, max = 300.0 }",
                "eye_line = { min = 120.0, max = 125.0 }",
                "placement: ",
            ),
            (
                "face_width = { min = 180.0, max = 300.0 }",
                "face_width = { min = 500.0, max = 600.0 }",
                "placement.face_width",
            ),
            ("aim_min = 30720", "aim_min = 40000", "bytes.aim_min: "),
            (
                "min = 20480\nmax = 40000\naim_min = 30720",
                "min = 930480\nmax = 990000\naim_min = 970000",
                "bytes.min: ",
            ),
            ("quality_min = 60", "quality_min = 0", "bytes.quality_min: "),
            ("enlargement_max = 2.0", "enlargement_max = 0.9", "enlargement_max: "),
            ("enlargement_max = 2.0", "enlargement_max = 1.1", "capture.EnlargementFactor: permits 1.25"),
            ("rgb = [240, 240, 240]", "rgb = [255, 255, 255]", "backgrounds.2: is there twice"),
            ("name = \"grey\"", "name = \"white\"", "backgrounds.2: is there twice"),
            ("width = 480", "width = 0", "size.width: "),
            ("title = \"学历证书电子注册图像\"", "title = \" \"", "title: is empty"),
            ("name = \"chsi\"", "name = \"CHSI 2\"", "name: "),
            (
                "[capture]",
                "[capture]\nHairTop = { block = { min = 3.0 } }",
                "capture.HairTop: is a check of the file",
            ),
            ("[capture]", "[capture]\nLuminanceVariance = {}", "capture.LuminanceVariance: has no limit"),
            (
                "[capture]",
                "[capture]\nLuminanceVariance = { warn = { min = 120.0 } }",
                "capture.LuminanceVariance.warn.min: ",
            ),
            (
                "[capture]",
                "[capture]\nHeadSize = { warn = { min = 50.0 } }\nMarginAboveOfTheFaceImage = { warn = { min = 50.0 } }",
                "capture.HeadSize: contradicts",
            ),
            (
                "warn = { max = 0.40 }, block = { max = 0.55 }",
                "warn = { max = 0.60 }, block = { max = 0.55 }",
                "blocks what does not even warn",
            ),
            (
                "warn = { min = 88.0 }, block = { min = 20.0 }",
                "warn = { max = 10.0 }, block = { min = 20.0 }",
                "capture.MouthClosed: ",
            ),
            (
                "warn = { min = -4.0, max = 4.0 }",
                "warn = { min = 4.0, max = -4.0 }",
                "capture.PupilLineAngle.warn: ",
            ),
        ];
        for (good, bad, reason) in cases {
            assert!(CHSI.contains(good), "chsi.toml no longer says {good}");
            let found = mistakes(&CHSI.replace(good, bad));
            assert!(found.iter().any(|m| m.contains(reason)), "{bad}: {found:?} lacks {reason}");
        }
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

        /// The file with any of its values replaced by any other TOML value: read or refused, never a panic, and what is
        /// read keeps its promises.
        #[test]
        fn no_toml_panics_the_parser(line in 0usize..200, value in VALUES) {
            let lines: Vec<&str> = CHSI.lines().collect();
            let at = line % lines.len();
            let changed = lines[at].split_once('=').map(|(key, _)| format!("{key}= {value}"));
            let text: Vec<&str> = lines.iter().enumerate()
                .map(|(i, l)| if i == at { changed.as_deref().unwrap_or(l) } else { l })
                .collect();
            if let Ok(preset) = Preset::parse(&text.join("\n")) {
                prop_assert!(preset.placement.hair_top.max < preset.placement.eye_line.min);
                prop_assert!(preset.bytes.min < preset.bytes.max && preset.size.dpi >= 72);
                prop_assert!(!preset.backgrounds.is_empty() && preset.enlargement_max >= 1.0);
            }
        }
    }
}
