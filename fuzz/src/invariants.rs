//! The invariants of the photo engine for any input. A violation is a panic, which a fuzzer reports.

use super::distort::Distorted;
use image::RgbImage;
use portrait::{Assessment, Engine, MakeError, MakeOptions, Portrait, VerifyError};
use standard::{BackgroundName, Comparing, Preset, Verdict};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Checks that any bytes are a picture within the limits, or a refusal that has a sentence.
pub fn decode(bytes: &[u8]) {
    match portrait::decode(bytes) {
        Ok(picture) => {
            let (w, h) = picture.dimensions();
            assert!(w.max(h) <= 16_000 && w.min(h) >= 32 && u64::from(w) * u64::from(h) <= 60_000_000);
        }
        Err(refusal) => assert!(refusal.code().remedy().is_some(), "{refusal:?} has no remedy"),
    }
}

/// The engine, the presets and the pictures, loaded once.
struct Fixture {
    engine: Engine,
    presets: [Preset; 2],
    demo: PathBuf,
}

fn fixture() -> &'static Fixture {
    static ONE: OnceLock<Fixture> = OnceLock::new();
    ONE.get_or_init(|| {
        let above = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let cache = above.ancestors().map(|f| f.join("models/cache")).find(|f| f.is_dir());
        let cache = cache.expect("the models are missing: run `make models`");
        let presets = [
            include_str!("../../kiosk-config/presets/chsi.toml"),
            include_str!("../../kiosk-config/presets/gat461.toml"),
        ];
        let presets = presets.map(|text| Preset::parse(text).expect("part of the product"));
        Fixture {
            engine: Engine::open(&cache).expect("the models are whole"),
            presets,
            demo: cache.join("demo"),
        }
    })
}

/// Runs a distorted picture of a person through every step of the engine, and checks each result.
pub fn verdict(script: &[u8]) {
    let fixture = fixture();
    let distorted = Distorted::new(script, &fixture.demo);
    let preset = &fixture.presets[usize::from(distorted.flag(1))];
    let picture = match &distorted.file {
        None => distorted.picture.clone(),
        Some(file) => {
            decode(file);
            finished(fixture, preset, file);
            match portrait::decode(file) {
                Ok(picture) => picture,
                Err(_) => return,
            }
        }
    };
    let live = fixture.engine.live(&picture, preset).expect("no network fails");
    assert!(live.oval.size.is_finite() && live.ready == live.coaching.is_none());
    judged(&fixture.engine.assess(&picture, preset).expect("no network fails"));
    made(fixture, preset, &picture, &distorted);
    compared(fixture, &picture);
}

/// Checks that any bytes can be verified or are refused.
fn finished(fixture: &Fixture, preset: &Preset, file: &[u8]) {
    match fixture.engine.verify(file, preset, preset.backgrounds[0].name) {
        Ok(found) => judged(&found),
        Err(VerifyError::Decode(refusal)) => assert!(refusal.code().remedy().is_some()),
        Err(VerifyError::Engine(e)) => panic!("a network failed: {e}"),
    }
}

/// Checks that every value is a number and the worst check decides.
fn judged(found: &Assessment) {
    for check in &found.checks {
        assert!(check.value.is_none_or(f64::is_finite), "{check:?}");
    }
    let worst = found.checks.iter().map(|c| c.verdict).max().unwrap_or(Verdict::NotAssessed);
    assert_eq!(found.verdict, worst);
    serde_json::to_string(found).expect("goes into the tool's answer");
}

/// Checks that a finished file passes an independent verification with the same result, and that a refusal has a sentence.
fn made(fixture: &Fixture, preset: &Preset, picture: &RgbImage, distorted: &Distorted) {
    let walls = ["blue", "white", "grey"].map(BackgroundName::literal);
    let wall = walls[usize::from(distorted.which) % 3];
    let options =
        MakeOptions { strict: distorted.flag(2), alpha: distorted.flag(3), ..MakeOptions::default() };
    match fixture.engine.make(picture, preset, wall, options) {
        Ok(Portrait { jpeg, capture, file, alpha }) => {
            judged(&capture);
            judged(&file);
            assert_ne!(file.verdict, Verdict::Block, "a file that violates the standard was returned");
            assert!(!options.strict || capture.verdict != Verdict::Block, "strict let a blocking check pass");
            assert!((preset.bytes.min as usize..=preset.bytes.max as usize).contains(&jpeg.len()));
            assert_eq!(alpha.map(|a| a.dimensions()), options.alpha.then_some(picture.dimensions()));
            let again = fixture.engine.verify(&jpeg, preset, wall).expect("its own bytes");
            assert_eq!(again, file, "verify says something else about the same bytes");
        }
        Err(MakeError::Refused { refusal, capture }) => {
            assert!(refusal.code().remedy().is_some(), "{refusal:?} has no remedy");
            capture.iter().for_each(|found| judged(found));
        }
        Err(other) => panic!("nothing was judged: {other}"),
    }
}

/// Checks that a picture is the same photo as itself.
fn compared(fixture: &Fixture, picture: &RgbImage) {
    let map = Comparing::default();
    match fixture.engine.template(picture) {
        Ok(template) => {
            let found = portrait::compare(&template, &template, &map);
            assert!(found.same_photo, "a picture is not itself: {found:?}");
            assert!(found.similarity > 0.99 && found.score > 99.0, "{found:?}");
        }
        Err(refusal) => assert!(refusal.code().remedy().is_some(), "{refusal:?} has no remedy"),
    }
}
