//! The vision thread: looks at the newest frame for what the visit wants to know, and at nothing else. Before consent that is
//! codes only; while a portrait is made it rests, so that production has both cores.

use crate::inbox::{Event, Post};
use camera::{Camera, Frame, State};
use portrait::Engine;
use scan::{HintDebouncer, Luma, Mode, ReadConfirmer, ScanHint, Scanner};
use standard::{Instruction, Preset};
use std::mem::discriminant;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use visit::{CameraNews, Input, Live, Ticks, Watch};

/// What the thread is asked to look for, from the next frame on.
#[derive(Clone)]
pub struct WatchRequest(Arc<Mutex<Watch>>);

impl Default for WatchRequest {
    fn default() -> Self {
        WatchRequest(Arc::new(Mutex::new(Watch::Codes)))
    }
}

impl WatchRequest {
    /// Looks for this from the next frame on.
    pub fn watch(&self, watch: Watch) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = watch;
    }

    fn now(&self) -> Watch {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Starts the vision thread; it ends when the inbox does.
///
/// # Errors
/// When the thread cannot be started.
pub fn spawn(camera: Camera, engine: Arc<Engine>, request: WatchRequest, post: Post) -> std::io::Result<()> {
    let mut worker = VisionWorker {
        scanner: Scanner::new(Mode::Live),
        confirmer: ReadConfirmer::new(),
        hints: HintDebouncer::new(),
        engine,
        post,
        luma: Vec::new(),
    };
    std::thread::Builder::new().name("vision".into()).spawn(move || worker.run(&camera, &request)).map(drop)
}

struct VisionWorker {
    scanner: Scanner,
    confirmer: ReadConfirmer,
    hints: HintDebouncer,
    engine: Arc<Engine>,
    post: Post,
    luma: Vec<u8>,
}

impl VisionWorker {
    fn run(&mut self, camera: &Camera, request: &WatchRequest) {
        let (mut last, mut state, mut watched) = (0, None, Watch::Rest);
        while self.post.is_open() {
            let now = camera.state();
            if state.as_ref() != Some(&now) {
                self.post.input(Input::Camera(news(&now)));
                self.post.event(Event::Camera(now.clone()));
                state = Some(now);
            }
            let Some(frame) = camera.newer_than(last, Duration::from_millis(100)) else { continue };
            last = frame.number;
            let watch = request.now();
            if discriminant(&watch) != discriminant(&watched) {
                self.forget();
            }
            match &watch {
                Watch::Codes => self.look_for_codes(&frame),
                Watch::Face(preset) => self.look_at_face(&frame, preset),
                Watch::Rest => std::thread::sleep(Duration::from_millis(30)),
            }
            watched = watch;
        }
    }

    /// Nothing that was seen before counts any more.
    fn forget(&mut self) {
        self.confirmer.clear();
        self.scanner.forget();
        self.hints = HintDebouncer::new();
        self.post.event(Event::Outline(None));
    }

    fn look_for_codes(&mut self, frame: &Frame) {
        let picture = &frame.image;
        scan::luma_of(picture, &mut self.luma);
        let (width, height) = picture.dimensions();
        let scan = self.scanner.scan(Luma { pixels: &self.luma, width, height });
        let corners = scan.codes.first().map(|c| c.corners).or(scan.seen);
        let fraction = |(x, y): (f32, f32)| (x / width as f32, y / height as f32);
        self.post.event(Event::Outline(corners.map(|c| c.map(fraction))));
        let hint = self.hints.offer(scan.hint);
        if let Some(code) = self.confirmer.offer(&scan) {
            self.post.input(Input::Code(code.bytes.into()));
        } else {
            self.post.input(Input::CodeSeen(hint.map(ScanHint::code)));
        }
    }

    /// Judges the whole frame: the preview shows its 3:4 centre, where the oval is drawn, but a bystander outside of it counts too.
    fn look_at_face(&mut self, frame: &Frame, preset: &Preset) {
        match self.engine.live(&frame.image, preset) {
            Ok(live) => self.post.input(Input::Live(verdict(&live))),
            Err(error) => {
                tracing::error!(%error, "live check failed");
                std::thread::sleep(Duration::from_millis(500));
            }
        }
    }
}

fn news(state: &State) -> CameraNews {
    match state {
        State::Starting => CameraNews::Starting,
        State::Live { .. } => CameraNews::Live,
        State::Lost { reason, .. } => CameraNews::Lost { code: reason.code() },
    }
}

fn verdict(live: &portrait::Live) -> Live {
    let instruction = live.coaching;
    use Instruction as I;
    let is = |list: &[I]| instruction.is_some_and(|i| list.contains(&i));
    let someone = !live.faces.is_empty() && !is(&[I::NoFace, I::SeveralFaces]);
    Live {
        faces: u32::try_from(live.faces.len()).unwrap_or(u32::MAX),
        instruction,
        ticks: Ticks {
            distance: someone && !is(&[I::Closer, I::Farther]),
            position: someone && !is(&[I::Left, I::Right, I::Up, I::Down]),
            pose: someone && !is(&[I::Straighten, I::LookHere]),
            light: someone && !is(&[I::MoreLight, I::EvenLight]),
            eyes: someone && !is(&[I::LookHere]),
        },
        ready: live.ready,
    }
}
