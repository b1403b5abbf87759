//! Known faults, made from good pictures, are noticed by the check that is there for them, and by the right end of its scale.
//!
//! On licence-clean pictures only; `make eval NAME=faults` measures the same on a whole set.

#[path = "faults/make.rs"]
mod make;

use make::{EARS, FAULTS, Fault, RECOMPRESSED, Subject, Way};
use portrait::{Assessment, Engine};
use standard::{CheckName, Preset, Verdict};
use std::path::{Path, PathBuf};

fn cache() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cache")
}

fn engine() -> Engine {
    Engine::open(&cache()).expect("run `make models`")
}

fn preset() -> Preset {
    Preset::parse(include_str!("../../../kiosk-config/presets/chsi.toml")).expect("part of the product")
}

fn demo(name: &str) -> image::RgbImage {
    let bytes = std::fs::read(cache().join("demo").join(name)).expect("run `make models`");
    portrait::decode(&bytes).expect("a picture")
}

fn value(found: &Assessment, name: CheckName) -> f64 {
    let check = found.check(name).unwrap_or_else(|| panic!("{name} was not made"));
    check.value.unwrap_or_else(|| panic!("{name} has no value"))
}

fn notices(engine: &Engine, preset: &Preset, subject: &Subject, fault: &Fault, name: &str) {
    let before = engine.assess(&subject.picture, preset).expect("the engine works");
    let after = engine.assess(&(fault.make)(subject), preset).expect("the engine works");
    let (a, b) = (value(&before, fault.check), value(&after, fault.check));
    let right = if fault.way == Way::Up { b > a } else { b < a };
    assert!(right, "{name}, {}: {} went from {a} to {b}", fault.name, fault.check);
}

/// Every fault on one picture.
fn all(name: &str) {
    let (engine, preset) = (engine(), preset());
    let subject = Subject::of(&engine, &preset, &demo(name)).expect("a usable picture");
    for fault in &FAULTS {
        notices(&engine, &preset, &subject, fault, name);
    }
    notices(&engine, &preset, &subject, &EARS, name);
}

#[test]
fn faults_of_a_light_face_move_their_checks_the_right_way() {
    all("person_b_1.jpg");
}

#[test]
fn faults_of_a_dark_face_move_their_checks_the_right_way() {
    all("impostor_1.jpg");
}

#[test]
fn good_pictures_raise_none_of_the_false_alarms() {
    use CheckName as C;
    let (engine, preset) = (engine(), preset());
    for name in ["impostor_1.jpg", "impostor_2.jpg", "person_a_2.jpg", "person_b_1.jpg"] {
        let found = engine.assess(&demo(name), &preset).expect("the engine works");
        for check in [C::RedEye, C::GlassesGlare, C::BrowsVisible, C::NaturalColour, C::ClothingContrast] {
            assert_eq!(found.check(check).map(|c| c.verdict), Some(Verdict::Pass), "{name} {check}");
        }
        for check in [C::GazeForward, C::ExpressionNeutral, C::HeadUncovered, C::GlassesClear] {
            assert!(found.not_assessed.contains(&check), "{check} is judged by nobody");
        }
    }
}

#[test]
fn hard_compression_changes_what_the_picture_shows_and_blocks_nothing() {
    let (engine, preset) = (engine(), preset());
    let subject = Subject::of(&engine, &preset, &demo("impostor_1.jpg")).expect("a usable picture");
    let before = engine.assess(&subject.picture, &preset).expect("the engine works");
    let after = engine.assess(&(RECOMPRESSED.make)(&subject), &preset).expect("the engine works");
    assert!((value(&after, RECOMPRESSED.check) - value(&before, RECOMPRESSED.check)).abs() > 0.1);
    assert_eq!(after.blocking(), before.blocking());
}

#[test]
fn clothes_are_held_against_the_background_that_was_asked_for() {
    let (engine, preset) = (engine(), preset());
    let subject = Subject::of(&engine, &preset, &demo("impostor_1.jpg")).expect("a usable picture");
    let blue = FAULTS.iter().find(|f| f.check == CheckName::ClothingContrast).expect("is in the list");
    let picture = (blue.make)(&subject);
    let on = |wall| {
        let found = engine.assess_for(&picture, &preset, Some(wall)).expect("the engine works");
        value(&found, CheckName::ClothingContrast)
    };
    let (on_blue, on_white) =
        (on(standard::BackgroundName::literal("blue")), on(standard::BackgroundName::literal("white")));
    assert!(on_blue < 15.0 && on_white > 25.0, "{on_blue} on blue, {on_white} on white");
}
