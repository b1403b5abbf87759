//! Faces of every size are found, also next to other people, and angles have their documented signs.

#[path = "faults/make.rs"]
#[expect(dead_code, reason = "only some of the faults are needed here")]
mod make;
#[path = "faults/turn.rs"]
mod turn;

use image::{RgbImage, imageops};
use make::{Subject, accompanied, rolled};
use portrait::{Assessment, Engine, MakeError, MakeOptions, Refusal};
use standard::{BackgroundName, CheckName, Instruction, Preset, Verdict};
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

fn demo(name: &str) -> RgbImage {
    let bytes = std::fs::read(cache().join("demo").join(name)).expect("run `make models`");
    portrait::decode(&bytes).expect("a picture")
}

fn assess(engine: &Engine, picture: &RgbImage) -> Assessment {
    engine.assess(picture, &preset()).expect("the engine works")
}

fn value(found: &Assessment, name: CheckName) -> f64 {
    found.check(name).and_then(|c| c.value).unwrap_or_else(|| panic!("{name} was not made"))
}

#[test]
fn a_small_face_in_a_large_picture_is_found() {
    let engine = engine();
    let face = imageops::resize(&demo("person_b_1.jpg"), 200, 250, imageops::FilterType::Triangle);
    let mut hall = RgbImage::from_pixel(4000, 3000, image::Rgb([170, 165, 160]));
    imageops::replace(&mut hall, &face, 1500, 2100);
    let found = assess(&engine, &hall).face.expect("a face of about 70 px");
    let middle = found.area.centre();
    assert!((1500.0..1700.0).contains(&middle.x) && (2100.0..2350.0).contains(&middle.y), "{middle:?}");
}

#[test]
fn a_face_that_fills_the_picture_is_found() {
    let engine = engine();
    let picture = demo("impostor_1.jpg");
    let b = assess(&engine, &picture).face.expect("a face").area;
    let (x, y) = (b.x.max(0.0) as u32, b.y.max(0.0) as u32);
    let close = imageops::crop_imm(&picture, x, y, b.w as u32, b.h as u32).to_image();
    let found = assess(&engine, &close);
    assert!(found.face.as_ref().is_some_and(|f| f.area.w > 0.6 * b.w));
    assert_eq!(found.check(CheckName::HeadInside).map(|c| c.verdict), Some(Verdict::Block));
}

#[test]
fn assess_and_make_agree_about_who_else_is_there() {
    let (engine, preset) = (engine(), preset());
    let subject = Subject::of(&engine, &preset, &demo("person_b_1.jpg")).expect("a usable picture");
    for size in [0.22, 0.3, 0.38, 0.5] {
        let picture = accompanied(&subject, size);
        let found = assess(&engine, &picture);
        assert_eq!(found.others.len(), 1, "the other face is reported at {size}");
        let blocks = found.blocking().contains(&CheckName::SingleFacePresent);
        let made = engine.make(&picture, &preset, BackgroundName::literal("blue"), MakeOptions::default());
        let refused = matches!(made, Err(MakeError::Refused { refusal: Refusal::SeveralFaces { .. }, .. }));
        assert_eq!(blocks, refused, "at {size}");
        assert_eq!(blocks, size > 1.0 / 3.0, "at {size}");
        assert!(value(&found, CheckName::SingleFacePresent) < 100.0);
    }
}

#[test]
fn angles_have_their_documented_signs() {
    let (engine, preset) = (engine(), preset());
    let mut turned = 0;
    for name in ["person_a_2.jpg", "impostor_1.jpg", "impostor_2.jpg", "person_b_1.jpg"] {
        let subject = Subject::of(&engine, &preset, &demo(name)).expect("a usable picture");
        let angle = |picture: &RgbImage, check| value(&assess(&engine, picture), check);
        let yaw = angle(&subject.picture, CheckName::HeadPoseYaw);
        // The nose stands out from the face, so it leads the way into which the head turns.
        let points = &subject.face.points;
        let lead = points.nose.x - points.cheeks[0].midpoint(points.cheeks[1]).x;
        if yaw.abs() > 4.0 {
            turned += 1;
            assert!(yaw * f64::from(lead) > 0.0, "{name}: yaw {yaw}, the nose leads by {lead}");
        }
        let mirrored = imageops::flip_horizontal(&subject.picture);
        let there = angle(&mirrored, CheckName::HeadPoseYaw);
        assert!((yaw + there).abs() < 3.5, "{name}: yaw {yaw}, mirrored {there}");
        for check in [CheckName::HeadPoseRoll, CheckName::PupilLineAngle] {
            let (straight, clockwise) =
                (angle(&subject.picture, check), angle(&rolled(&subject, 10.0), check));
            assert!((clockwise - straight - 10.0).abs() < 2.5, "{name}: {check} {straight}, {clockwise}");
        }
    }
    assert!(turned >= 2, "no picture shows a turned head");
}

#[test]
fn pitch_rises_when_the_chin_does() {
    let (engine, preset) = (engine(), preset());
    let subject = Subject::of(&engine, &preset, &demo("person_b_1.jpg")).expect("a usable picture");
    let mesh = engine.mesh(&subject.picture).expect("the engine works").expect("a face");
    let angle = |degrees: f32| {
        let picture = turn::turned(&subject.picture, &mesh, 0.0, degrees);
        value(&assess(&engine, &picture), CheckName::HeadPosePitch)
    };
    let (down, level, up) = (angle(-10.0), angle(0.0), angle(10.0));
    assert!(down < level - 3.0 && up > level + 3.0, "{down}, {level}, {up}");
}

/// A camera's frame with a person in the oval.
fn frame(engine: &Engine) -> RgbImage {
    let picture = demo("impostor_1.jpg");
    let points = assess(engine, &picture).face.expect("a face").points;
    let width = points.cheeks[0].distance(points.cheeks[1]);
    // The face's width that fills the oval of a 540 x 720 centre.
    let k = 0.86 * 2.0 * standard::framing::OVAL.radii.0 * 540.0 / width;
    let (w, h) = ((picture.width() as f32 * k) as u32, (picture.height() as f32 * k) as u32);
    let person = imageops::resize(&picture, w, h, imageops::FilterType::Triangle);
    let eyes = points.pupils[0].midpoint(points.pupils[1]);
    let mut frame = RgbImage::from_pixel(1280, 720, image::Rgb([150, 150, 150]));
    let x = 640.0 - points.cheeks[0].midpoint(points.cheeks[1]).x * k;
    imageops::replace(&mut frame, &person, x as i64, (0.39 * 720.0 - eyes.y * k) as i64);
    frame
}

#[test]
fn the_live_look_sees_who_stands_beside_the_preview() {
    let (engine, preset) = (engine(), preset());
    let alone = frame(&engine);
    let seen = engine.live(&alone, &preset).expect("the engine works");
    assert_eq!(seen.faces.len(), 1);
    assert!(
        (seen.oval.size - 1.0).abs() < 0.12 && seen.oval.x.abs() < 0.05 && seen.oval.y.abs() < 0.06,
        "{seen:?}"
    );
    let mut joined = alone;
    let other = imageops::resize(&demo("person_b_1.jpg"), 260, 325, imageops::FilterType::Triangle);
    imageops::replace(&mut joined, &other, 1000, 250);
    let seen = engine.live(&joined, &preset).expect("the engine works");
    assert_eq!((seen.faces.len(), seen.coaching), (2, Some(Instruction::SeveralFaces)));
    assert!(seen.faces[1].x > 910.0, "he stands outside of the preview's 3:4 centre");
}
