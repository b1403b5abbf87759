//! The promises: whatever comes in, what comes out holds them. A broken one is a panic, which is what fuzzers look for.

use super::spoil::Spoilt;
use image::RgbImage;
use portrait::{Assessment, Engine, MakeError, MakeOptions, Portrait, VerifyError};
use standard::{BackgroundName, Comparing, Preset, Verdict};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Any bytes are a picture within the limits, or a refusal that has a sentence.
pub fn decode(bytes: &[u8]) {
    match portrait::decode(bytes) {
        Ok(picture) => {
            let (w, h) = picture.dimensions();
            assert!(w.max(h) <= 16_000 && w.min(h) >= 32 && u64::from(w) * u64::from(h) <= 60_000_000);
        }
        Err(refusal) => assert!(sentences::has(refusal.code()), "{refusal:?} has no sentence"),
    }
}

/// What is needed besides the script, loaded once.
struct Bench {
    engine: Engine,
    presets: [Preset; 2],
    demo: PathBuf,
}

fn bench() -> &'static Bench {
    static ONE: OnceLock<Bench> = OnceLock::new();
    ONE.get_or_init(|| {
        let above = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let cache = above.ancestors().map(|f| f.join("models/cache")).find(|f| f.is_dir());
        let cache = cache.expect("the models are missing: run `make models`");
        let presets = [
            include_str!("../../kiosk-config/presets/chsi.toml"),
            include_str!("../../kiosk-config/presets/gat461.toml"),
        ];
        let presets = presets.map(|text| Preset::parse(text).expect("part of the product"));
        Bench {
            engine: Engine::open(&cache).expect("the models are whole"),
            presets,
            demo: cache.join("demo"),
        }
    })
}

/// A spoilt picture of a person goes the whole way, and every step keeps its promises.
pub fn verdict(script: &[u8]) {
    let bench = bench();
    let spoilt = Spoilt::new(script, &bench.demo);
    let preset = &bench.presets[usize::from(spoilt.flag(1))];
    let picture = match &spoilt.file {
        None => spoilt.picture.clone(),
        Some(file) => {
            decode(file);
            finished(bench, preset, file);
            match portrait::decode(file) {
                Ok(picture) => picture,
                Err(_) => return,
            }
        }
    };
    let live = bench.engine.live(&picture, preset).expect("no network fails");
    assert!(live.oval.size.is_finite() && live.ready == live.coaching.is_none());
    judged(&bench.engine.assess(&picture, preset).expect("no network fails"));
    made(bench, preset, &picture, &spoilt);
    compared(bench, &picture);
}

/// The file's checks answer for any bytes.
fn finished(bench: &Bench, preset: &Preset, file: &[u8]) {
    match bench.engine.verify(file, preset, preset.backgrounds[0].name) {
        Ok(found) => judged(&found),
        Err(VerifyError::Decode(refusal)) => assert!(sentences::has(refusal.code())),
        Err(VerifyError::Engine(e)) => panic!("a network failed: {e}"),
    }
}

/// Every value is a number, every check has its sentence, and the worst check decides.
fn judged(found: &Assessment) {
    for check in &found.checks {
        assert!(check.value.is_none_or(f64::is_finite), "{check:?}");
        assert!(sentences::has(&check.code), "{} has no sentence", check.code);
    }
    let worst = found.checks.iter().map(|c| c.verdict).max().unwrap_or(Verdict::NotAssessed);
    assert_eq!(found.verdict, worst);
    serde_json::to_string(found).expect("goes into the tool's answer");
}

/// Made means that the file passes its own checks with other eyes, now and again; refused means a sentence.
fn made(bench: &Bench, preset: &Preset, picture: &RgbImage, spoilt: &Spoilt) {
    let walls = [BackgroundName::Blue, BackgroundName::White, BackgroundName::Grey];
    let wall = walls[usize::from(spoilt.which) % 3];
    let options = MakeOptions { strict: spoilt.flag(2), alpha: spoilt.flag(3), ..MakeOptions::default() };
    match bench.engine.make(picture, preset, wall, options) {
        Ok(Portrait { jpeg, capture, file, alpha }) => {
            judged(&capture);
            judged(&file);
            assert_ne!(file.verdict, Verdict::Block, "a file that breaks the standard came out");
            assert!(!options.strict || capture.verdict != Verdict::Block, "strict let a blocking check pass");
            assert!((preset.bytes.min as usize..=preset.bytes.max as usize).contains(&jpeg.len()));
            assert_eq!(alpha.map(|a| a.dimensions()), options.alpha.then_some(picture.dimensions()));
            let again = bench.engine.verify(&jpeg, preset, wall).expect("its own bytes");
            assert_eq!(again, file, "verify says something else about the same bytes");
        }
        Err(MakeError::Refused { refusal, capture }) => {
            assert!(sentences::has(refusal.code()), "{refusal:?} has no sentence");
            capture.iter().for_each(|found| judged(found));
        }
        Err(other) => panic!("nothing was judged: {other}"),
    }
}

/// A picture is itself.
fn compared(bench: &Bench, picture: &RgbImage) {
    let map = Comparing::default();
    match bench.engine.template(picture) {
        Ok(template) => {
            let found = portrait::compare(&template, &template, &map);
            assert!(found.same_photo, "a picture is not itself: {found:?}");
            assert!(found.similarity > 0.99 && found.score > 99.0, "{found:?}");
        }
        Err(refusal) => assert!(sentences::has(refusal.code()), "{refusal:?} has no sentence"),
    }
}
