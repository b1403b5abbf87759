//! The production thread: bursts, comparisons and portraits, one at a time, in the order in which they were asked for.

use crate::inbox::Post;
use crate::vault::{Capture, Vault};
use camera::{Camera, Frame};
use collection::{Comparing, ComparisonBand};
use portrait::{Engine, MakeError, MakeOptions};
use standard::{BackgroundName, Band, Check, CheckName, Preset};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;
use visit::{Assessed, Compared, FrameId, Input, Made, MakeOutcome, Reply, Ticket};
use zeroize::Zeroizing;

/// Frames in a burst.
const BURST: usize = 3;
/// Longest wait for one frame of a burst.
const FRAME_WAIT: Duration = Duration::from_millis(700);
/// Frames skipped between two of a burst, so that they differ (a blink lasts 0.1 to 0.4 s).
const BURST_GAP: u32 = 4;
/// Longest wait for a burst of stills: the camera is switched over and back.
const STILLS_WAIT: Duration = Duration::from_secs(8);

/// One thing to do.
pub enum Job {
    /// Take and assess a burst.
    Burst(Ticket, Arc<Preset>, BackgroundName),
    /// Compare a frame with the admission photo's bytes.
    Compare(Ticket, FrameId, Zeroizing<Vec<u8>>, Comparing),
    /// Make a portrait.
    Make {
        /// Whom to answer.
        ticket: Ticket,
        /// From which frame.
        frame: FrameId,
        /// By which standard.
        preset: Arc<Preset>,
        /// Before which background.
        background: BackgroundName,
        /// Refuse on blocking capture checks.
        strict: bool,
    },
}

impl Job {
    /// Whom to answer, and what, when the job could not be done at all.
    fn failure(&self) -> (Ticket, Reply) {
        match self {
            Job::Burst(ticket, ..) => (*ticket, Reply::Burst(Vec::new())),
            Job::Compare(ticket, ..) => (*ticket, Reply::Compared(BY_EYE)),
            Job::Make { ticket, .. } => {
                let code = "refusal.engine".to_owned();
                (*ticket, Reply::Make(MakeOutcome::Refused { code, args: Vec::new() }))
            }
        }
    }
}

/// What cannot be compared goes to a reviewer's eye; the kiosk never decides alone.
pub const BY_EYE: Compared = Compared { band: ComparisonBand::Manual, score_tenths: None, same_photo: false };

/// Starts the production thread; it ends when the sender is dropped.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(camera: Camera, engine: Arc<Engine>, vault: Vault, post: Post) -> std::io::Result<Sender<Job>> {
    let (tx, rx) = channel();
    let worker = ProductionWorker { camera, engine, vault, post };
    std::thread::Builder::new().name("production".into()).spawn(move || {
        while let Ok(job) = rx.recv() {
            worker.work(job);
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
    /// Does one job. A panic in an engine ends the job and not the kiosk: whoever waits is told.
    fn work(&self, job: Job) {
        let (ticket, failed) = job.failure();
        let reply = catch_unwind(AssertUnwindSafe(|| self.reply(job))).unwrap_or_else(|_| {
            tracing::error!("a job of the production panicked");
            failed
        });
        self.post.input(Input::Reply(ticket, reply));
    }

    fn reply(&self, job: Job) -> Reply {
        match job {
            Job::Burst(_, preset, background) => Reply::Burst(self.burst(&preset, background)),
            Job::Compare(_, frame, admission, comparing) => {
                Reply::Compared(self.compare(frame, &admission, &comparing))
            }
            Job::Make { frame, preset, background, strict, .. } => {
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
            if taken.first().is_some_and(is_enlarged) && self.camera.has_larger_stills() {
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
                tracing::warn!(code = reason.code(), "no stills, so the burst is of the preview's size");
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

    fn compare(&self, frame: FrameId, admission: &[u8], comparing: &Comparing) -> Compared {
        let admission = portrait::decode(admission).map_err(|e| e.to_string());
        let admission = admission.and_then(|i| self.engine.template(&i).map_err(|e| e.to_string()));
        let captured = self.vault.with_capture(frame, |c| self.engine.template(&c.image));
        match (admission, captured) {
            (Ok(admission), Some(Ok(captured))) => {
                let found = portrait::compare(&captured, &admission, comparing);
                let score = (found.score * 10.0).round().clamp(0.0, 1000.0) as u16;
                let band = match found.band {
                    Band::Pass => ComparisonBand::Pass,
                    Band::Manual => ComparisonBand::Manual,
                    Band::Below => ComparisonBand::Below,
                };
                Compared { band, score_tenths: Some(score), same_photo: found.same_photo }
            }
            (admission, _) => {
                tracing::warn!(admission_usable = admission.is_ok(), "no comparison was possible");
                BY_EYE
            }
        }
    }

    fn make(&self, frame: FrameId, preset: &Preset, background: BackgroundName, strict: bool) -> MakeOutcome {
        let options = MakeOptions { strict, ..MakeOptions::default() };
        let made =
            self.vault.with_capture(frame, |c| self.engine.make(&c.image, preset, background, options));
        match made {
            None => MakeOutcome::Refused { code: "visit.frame_gone".to_owned(), args: Vec::new() },
            Some(Err(MakeError::Refused { refusal, .. })) => {
                MakeOutcome::Refused { code: refusal.code().to_owned(), args: refusal.args() }
            }
            Some(Err(error)) => {
                tracing::error!(%error, "production failed");
                MakeOutcome::Refused { code: "refusal.engine".to_owned(), args: Vec::new() }
            }
            Some(Ok(portrait)) => {
                let bytes = u32::try_from(portrait.jpeg.len()).unwrap_or(u32::MAX);
                let id = self.vault.put_portrait(portrait.jpeg);
                MakeOutcome::Made(Made { portrait: id, bytes, checks: portrait.file.checks })
            }
        }
    }
}

/// The camera's own bytes, or quality 95 of an uncompressed frame (section 3: keep the original).
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
    use camera::{Clip, Director, Motion, Recording, State};
    use std::path::Path;

    const PREVIEW: (u32, u32) = (640, 480);
    const STILL: (u32, u32) = (1600, 1200);

    /// A worker whose camera sees a person, and the director who must stay.
    fn worker((camera, director): (Camera, Director)) -> (ProductionWorker, Director) {
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
        let preset = Preset::parse(standard).expect("the preset of the house");
        let burst = worker.burst(&preset, BackgroundName::Blue);
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
