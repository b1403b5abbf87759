//! A standard is a file: another one works without a line of code, and what is wrong with one is said in words.

use standard::{BackgroundName, Preset, PresetError, PresetFault as Fault};

/// A visa picture that nobody built in.
const INVENTED: &str = r#"
name = "invented-visa"
title = "A visa that does not exist"
enlargement_max = 1.5
[size]
width = 413
height = 531
dpi = 400
[bytes]
min = 15000
max = 90000
aim_min = 20000
quality_min = 70
[placement]
hair_top = { min = 20.0, max = 60.0 }
eye_line = { min = 180.0, max = 260.0 }
face_width = { min = 190.0, max = 250.0 }
centre_max = 10.0
[[backgrounds]]
name = "grey"
rgb = [225, 225, 225]
[[backgrounds]]
name = "red"
rgb = [215, 35, 45]
zh = "红色"
en = "Red"
[capture]
HeadPoseRoll = { block = { min = -45.0, max = 45.0 } }
"#;

#[test]
fn an_invented_standard_and_a_red_background_need_no_code() {
    let preset = Preset::parse(INVENTED).expect("its numbers agree with each other");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cache");
    let engine = portrait::Engine::open(&folder).expect("run `make models`");
    let bytes = std::fs::read(folder.join("demo/person_b_1.jpg")).expect("run `make models`");
    let picture = portrait::decode(&bytes).expect("a JPEG");
    for (name, wall) in [("grey", [225, 225, 225]), ("red", [215, 35, 45])] {
        let name = name.parse::<BackgroundName>().expect("a name");
        let options = portrait::MakeOptions::default();
        let made = engine.make(&picture, &preset, name, options).expect("a usable picture");
        let seen = engine.verify(&made.jpeg, &preset, name).expect("its own bytes");
        assert_eq!(seen.blocking(), [], "{name}: {seen:?}");
        let file = portrait::decode(&made.jpeg).expect("a JPEG");
        assert_eq!(file.dimensions(), (413, 531));
        let corner = file.get_pixel(2, 2).0;
        assert!(
            corner.iter().zip(wall).all(|(seen, wanted)| seen.abs_diff(wanted) <= 2),
            "{name}: {corner:?}"
        );
        // The preset gives no other limits, so nothing else may block or warn.
        assert!(made.capture.checks.iter().all(|c| c.verdict == standard::Verdict::Pass));
    }
}

#[test]
fn every_kind_of_mistake_has_its_sentence_and_fills_its_places() {
    let all = [
        Fault::TooLong { max: 1 },
        Fault::Toml { reason: "r".into() },
        Fault::Missing,
        Fault::Unknown,
        Fault::Form { reason: "r".into() },
        Fault::Outside { value: 1.0, min: 2.0, max: 3.0 },
        Fault::Reversed { min: 2.0, max: 1.0 },
        Fault::Name,
        Fault::Empty,
        Fault::Twice,
        Fault::EyesAboveHair { hair: 2.0, eyes: 1.0 },
        Fault::NoHead { min: 2.0, max: 3.0 },
        Fault::MoreThanRaw { min: 2.0, raw: 1.0 },
        Fault::OfTheFile,
        Fault::JudgesNothing,
        Fault::BlocksBeforeWarning,
        Fault::BeyondMake { permitted: 2.0, limit: 1.0 },
        Fault::Opposes { other: "HeadSize" },
    ];
    for fault in all {
        let code = fault.code();
        let error = PresetError { key: "size.width".into(), line: None, fault };
        for lang in sentences::Lang::ALL {
            let said = sentences::say_with(code, lang, &error.fault.args(&error.key));
            assert!(!said.contains(['{', '}', '–']), "{said}");
        }
    }
}
