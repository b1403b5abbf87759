//! A preset: one portrait standard with all of its numbers, read from TOML.
//!
//! Adding a standard or a background colour needs a file and no code. A file whose numbers contradict each other, or that lacks one,
//! is refused with every reason at once, so that it needs to be fixed only once.

mod background;
mod contradictions;
mod fault;
mod model;
mod read;

pub use background::{Background, BackgroundName, BackgroundNameError};
pub use fault::{PresetError, PresetFault, PresetMistakes};
pub use model::{Bytes, Limit, Offsets, Preset, Rule, Severity, Size};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckName, Phase, Threshold, Verdict};
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
        for name in CheckName::ALL.iter().copied().filter(|name| name.phase() == Phase::Capture) {
            assert_eq!(chsi.rule(name), gat461.rule(name), "{name}");
        }
    }

    /// Every mistake of `text`, as `key: reason`.
    fn mistakes(text: &str) -> Vec<String> {
        let list = Preset::parse(text).expect_err(text).0;
        list.iter().map(|m| format!("{}: {}", m.key, m.fault)).collect()
    }

    #[test]
    fn every_mistake_is_reported_at_once() {
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
            let reported = found.iter().any(|m| m.starts_with(&format!("{key}: ")));
            // Without a width nobody can say that 900 px from the middle are too many.
            assert!(reported || key == "placement.centre_max", "{key} is not reported: {found:?}");
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

    /// Another colour needs a file and no code.
    #[test]
    fn a_red_background_is_a_few_lines_of_toml() {
        let red =
            "[[backgrounds]]\nname = \"red\"\nrgb = [220, 30, 40]\nzh = \"红色\"\nen = \"Red\"\n\n[capture]";
        let preset = Preset::parse(&CHSI.replace("[capture]", red)).expect("four backgrounds");
        let red = preset.background(BackgroundName::literal("red")).expect("it is there");
        assert_eq!((red.rgb, red.zh.as_str(), red.en.as_str()), ([220, 30, 40], "红色", "Red"));
    }

    #[test]
    fn a_preset_from_before_labels_were_part_of_it_is_still_read() {
        let labelled = |line: &&str| !line.starts_with("zh = ") && !line.starts_with("en = ");
        let text: String = CHSI.lines().filter(labelled).map(|line| format!("{line}\n")).collect();
        let preset = Preset::parse(&text).expect("labels may be absent");
        assert_eq!((preset.backgrounds[0].zh.as_str(), preset.backgrounds[0].en.as_str()), ("blue", "blue"));
    }

    #[test]
    fn a_mistake_says_its_line() {
        let line = CHSI.lines().position(|line| line == "dpi = 300").expect("chsi.toml says it") + 1;
        let mistakes = Preset::parse(&CHSI.replace("dpi = 300", "dpi = 0")).expect_err("no dots");
        assert_eq!(
            mistakes.to_string(),
            format!("the preset is refused: line {line}, size.dpi: 0 is outside of 72..1200")
        );
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
