//! The production thread: bursts, comparisons and portraits, one at a time, in the order in which they were asked for.

use crate::inbox::Post;
use crate::vault::{Capture, Vault};
use camera::{Camera, Frame};
use collection::{Comparing, ComparisonBand};
use portrait::{Engine, MakeError, MakeOptions, Template};
use sentences::codes;
use standard::{BackgroundName, Band, Check, CheckName, Preset};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;
use visit::{
    Answered as _, Asked, Assessed, Compared, FrameId, Input, Made, MakeOutcome, ProductionRequest, Reply,
    Sentence,
};

/// Frames in a burst.
const BURST: usize = 3;
/// Longest wait for one frame of a burst.
const FRAME_WAIT: Duration = Duration::from_millis(700);
/// Frames skipped between two of a burst, so that they differ (a blink lasts 0.1 to 0.4 s).
const BURST_GAP: u32 = 4;
/// Longest wait for a burst of stills: the camera is switched over and back.
const STILLS_WAIT: Duration = Duration::from_secs(8);

/// A question to this thread.
pub type Question = Asked<ProductionRequest>;

/// Starts the production thread; it ends when the sender is dropped.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(
    camera: Camera,
    engine: Arc<Engine>,
    vault: Vault,
    post: Post,
) -> std::io::Result<Sender<Question>> {
    let (tx, rx) = channel();
    let worker = ProductionWorker { camera, engine, vault, post };
    std::thread::Builder::new().name("production".into()).spawn(move || {
        while let Ok(asked) = rx.recv() {
            worker.work(asked);
        }
    })?;
    Ok(tx)
}

struct ProductionWorker {
    camera: Camera,
    engine: Arc<Engine>,
    vault: Vault,
    post: Post,
}

impl ProductionWorker {
    /// Answers one question. A panic in an engine ends the question and not the kiosk: the visit that waits is answered.
    fn work(&self, asked: Question) {
        let Asked { ticket, request } = asked;
        let failed = request.failure();
        let served = catch_unwind(AssertUnwindSafe(|| self.serve(request))).map(Some);
        let reply = served.unwrap_or_else(|_| {
            tracing::error!("a question to the production panicked");
            failed
        });
        if let Some(reply) = reply {
            self.post.input(Input::Reply(ticket, reply));
        }
    }

    fn serve(&self, request: ProductionRequest) -> Reply {
        match request {
            ProductionRequest::Burst { preset, background } => Reply::Burst(self.burst(&preset, background)),
            ProductionRequest::Compare { frame, admission, comparing } => {
                let compared = admission.and_then(|photo| self.compare(frame, photo, &comparing));
                Reply::Compared(compared.unwrap_or(Compared::BY_EYE))
            }
            ProductionRequest::Make { frame, preset, background, strict } => {
                Reply::Make(self.make(frame, &preset, background, strict))
            }
        }
    }

    fn burst(&self, preset: &Preset, background: BackgroundName) -> Vec<Assessed> {
        let mut last = self.camera.latest().map_or(0, |f| f.number);
        let mut taken: Vec<Assessed> = Vec::new();
        for _ in 0..BURST {
            let Some(frame) = self.camera.newer_than(last, FRAME_WAIT) else { break };
            last = frame.number + u64::from(BURST_GAP);
            taken.extend(self.assessed(&frame, preset, background));
            if taken.last().is_some_and(is_enlarged) && self.camera.has_larger_stills() {
                let Some(stills) = self.stills(preset, background) else { return taken };
                self.vault.forget(&taken.iter().map(|frame| frame.frame).collect::<Vec<_>>());
                return stills;
            }
        }
        taken
    }

    /// The burst in the camera's largest size. It stops the preview for a second, so it is for cameras alone whose preview
    /// has too few pixels for a portrait; `None` when the camera then has none to give.
    fn stills(&self, preset: &Preset, background: BackgroundName) -> Option<Vec<Assessed>> {
        let frames = match self.camera.stills(BURST, BURST_GAP, STILLS_WAIT) {
            Ok(frames) => frames,
            Err(reason) => {
                tracing::warn!(code = %reason.code(), "no stills, so the burst is of the preview's size");
                return None;
            }
        };
        let taken: Vec<_> =
            frames.iter().filter_map(|frame| self.assessed(frame, preset, background)).collect();
        (!taken.is_empty()).then_some(taken)
    }

    fn assessed(&self, frame: &Frame, preset: &Preset, background: BackgroundName) -> Option<Assessed> {
        let assessment = match self.engine.assess_for(&frame.image, preset, Some(background)) {
            Ok(assessment) => assessment,
            Err(error) => {
                tracing::error!(%error, "a frame of the burst could not be assessed");
                return None;
            }
        };
        let original = original_of(frame)?;
        let id = self.vault.put_capture(Capture { image: frame.image.as_ref().clone(), original });
        let rank = rank(&assessment.checks);
        Some(Assessed { frame: id, verdict: assessment.verdict, checks: assessment.checks, rank })
    }

    /// `None` where no comparison is possible.
    fn compare(&self, frame: FrameId, admission: FrameId, comparing: &Comparing) -> Option<Compared> {
        let admission = self.vault.with_admission(admission, |photo| self.template(&photo.file)).flatten();
        let captured = self.vault.with_capture(frame, |c| self.engine.template(&c.image).ok()).flatten();
        let (Some(admission), Some(captured)) = (&admission, &captured) else {
            tracing::warn!(admission_usable = admission.is_some(), "no comparison was possible");
            return None;
        };
        let found = portrait::compare(captured, admission, comparing);
        let score = (found.score * 10.0).round().clamp(0.0, 1000.0) as u16;
        let band = match found.band {
            Band::Pass => ComparisonBand::Pass,
            Band::Manual => ComparisonBand::Manual,
            Band::Below => ComparisonBand::Below,
        };
        Some(Compared { band, score_tenths: Some(score), same_photo: found.same_photo })
    }

    fn template(&self, file: &[u8]) -> Option<Template> {
        self.engine.template(&portrait::decode(file).ok()?).ok()
    }

    fn make(&self, frame: FrameId, preset: &Preset, background: BackgroundName, strict: bool) -> MakeOutcome {
        let options = MakeOptions { strict, ..MakeOptions::default() };
        let made =
            self.vault.with_capture(frame, |c| self.engine.make(&c.image, preset, background, options));
        match made {
            None => MakeOutcome::Refused(Sentence::plain(codes::VISIT_FRAME_GONE)),
            Some(Err(MakeError::Refused { refusal, .. })) => {
                MakeOutcome::Refused(Sentence { code: refusal.code(), args: refusal.args() })
            }
            Some(Err(error)) => {
                tracing::error!(%error, "production failed");
                MakeOutcome::Refused(Sentence::plain(codes::REFUSAL_ENGINE))
            }
            Some(Ok(portrait)) => {
                let bytes = u32::try_from(portrait.jpeg.len()).unwrap_or(u32::MAX);
                let id = self.vault.put_portrait(portrait.jpeg);
                MakeOutcome::Made(Made { portrait: id, bytes, checks: portrait.file.checks })
            }
        }
    }
}

/// The camera's own bytes, or quality 95 of an uncompressed frame: the original is kept with the portrait.
fn original_of(frame: &Frame) -> Option<Vec<u8>> {
    if let Some(jpeg) = &frame.jpeg {
        return Some(jpeg.to_vec());
    }
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    match frame.image.write_with_encoder(encoder) {
        Ok(()) => Some(bytes),
        Err(error) => {
            tracing::error!(%error, "the original could not be kept, so the frame is not used");
            None
        }
    }
}

/// Whether a portrait of this frame would have to be enlarged.
fn is_enlarged(frame: &Assessed) -> bool {
    let factor = frame.checks.iter().find(|check| check.name == CheckName::EnlargementFactor);
    factor.and_then(|check| check.value).is_some_and(|factor| factor > 1.0)
}

/// Orders frames of one burst that have the same verdict: sharper is better, open eyes are better.
fn rank(checks: &[Check]) -> f64 {
    let of = |name| checks.iter().find(|c| c.name == name).and_then(|c| c.value).unwrap_or(0.0);
    of(CheckName::SharpnessLaplacian) + of(CheckName::EyesOpen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use camera::{Clip, Motion, Recording, SceneControl, State};
    use std::path::Path;

    const PREVIEW: (u32, u32) = (640, 480);
    const STILL: (u32, u32) = (1600, 1200);

    /// A worker whose camera sees a person, and the director who must stay.
    fn worker((camera, director): (Camera, SceneControl)) -> (ProductionWorker, SceneControl) {
        let cache = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/cache"));
        let clip = Clip::person("demo/person_b_2.jpg").moving(Motion::Hand);
        director.play(&clip, cache).expect("run `make models`");
        let until = std::time::Instant::now() + Duration::from_secs(10);
        while !matches!(camera.state(), State::Live { .. }) && std::time::Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        let engine = Arc::new(Engine::open(cache).expect("run `make models`"));
        let (post, _) = crate::inbox::inbox(|| {});
        (ProductionWorker { camera, engine, vault: Vault::default(), post }, director)
    }

    fn burst(worker: &ProductionWorker) -> Vec<(u32, u32)> {
        let standard = include_str!("../../../kiosk-config/presets/chsi.toml");
        let preset = Preset::parse(standard).expect("the default preset");
        let burst = worker.burst(&preset, BackgroundName::literal("blue"));
        let size = |frame: &Assessed| worker.vault.with_capture(frame.frame, |c| c.image.dimensions());
        burst.iter().map(|frame| size(frame).expect("it is held")).collect()
    }

    #[test]
    fn a_preview_too_small_for_a_portrait_makes_the_burst_one_of_stills() {
        let camera = Recording::open_with_stills(PREVIEW, 30, STILL).expect("opens");
        let (worker, _director) = worker(camera);
        assert_eq!(burst(&worker), [STILL; BURST]);
        assert_eq!(worker.vault.len(), BURST, "the preview's frames are overwritten");
    }

    #[test]
    fn a_small_camera_without_stills_gives_what_it_has() {
        let (worker, _director) = worker(Recording::open(PREVIEW.0, PREVIEW.1, 30).expect("opens"));
        assert_eq!(burst(&worker), [PREVIEW; BURST]);
    }

    #[test]
    fn a_preview_that_is_large_enough_is_not_stopped_for_stills() {
        let camera = Recording::open_with_stills((1280, 720), 30, STILL).expect("opens");
        assert_eq!(burst(&worker(camera).0), [(1280, 720); BURST]);
    }
}
