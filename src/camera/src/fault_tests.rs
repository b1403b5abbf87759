//! Tests of every fault a camera can have, played by a backend that has them on purpose. The same faults of a real driver are
//! played in an emulated machine by `make camera-test`.

use sentences::{Code, codes};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage};

use crate::backend::{CaptureBackend, Coding, FrameStream, Purpose, RawFrame, StopSignal, StreamInfo};
use crate::config::Rotation;
use crate::frame::{LostReason, State};
use crate::handle::Camera;

const LONG: Duration = Duration::from_secs(30);

/// What the camera does next.
enum Act {
    /// A frame of these bytes, taken so long after the stream began.
    Frame(Vec<u8>, Duration),
    Fail(LostReason),
    Panic,
}

/// What happens when it is opened.
enum Opening {
    Refused(LostReason),
    Panic,
    /// The n-th frame of a stream, and whether closing it panics.
    Plays(Box<dyn FnMut(u32) -> Act + Send>, bool),
}

/// A camera by a script: the n-th opening.
struct Fake<F>(F, u32);

struct FakeStream {
    next: Box<dyn FnMut(u32) -> Act + Send>,
    panics: bool,
    frames: u32,
    began: Instant,
    size: (u32, u32),
}

const SMALL: (u32, u32) = (64, 48);
const LARGE: (u32, u32) = (128, 96);

impl<F: FnMut(u32, Purpose) -> Opening + Send> CaptureBackend for Fake<F> {
    fn start(&mut self, purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason> {
        self.1 += 1;
        match (self.0)(self.1, purpose) {
            Opening::Refused(reason) => Err(reason),
            Opening::Panic => panic!("as a driver's library does"),
            Opening::Plays(next, panics) => {
                let size = if purpose == Purpose::Still { LARGE } else { SMALL };
                Ok(Box::new(FakeStream { next, panics, frames: 0, began: Instant::now(), size }))
            }
        }
    }
}

impl FrameStream for FakeStream {
    fn info(&self) -> StreamInfo {
        StreamInfo {
            name: "Fake".into(),
            width: self.size.0,
            height: self.size.1,
            fps: 200,
            has_sensor: true,
            larger_stills: true,
            settings: Vec::new(),
        }
    }

    fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason> {
        if !stop.continues_after(Duration::from_millis(5)) {
            return Ok(None);
        }
        self.frames += 1;
        match (self.next)(self.frames) {
            Act::Frame(bytes, after) => {
                let (width, height) = self.size;
                let at = self.began + after;
                Ok(Some(RawFrame { coding: Coding::Mjpeg, width, height, bytes, at, incomplete: false }))
            }
            Act::Fail(reason) => Err(reason),
            Act::Panic => panic!("as a decoder does"),
        }
    }
}

impl Drop for FakeStream {
    fn drop(&mut self) {
        assert!(!self.panics || std::thread::panicking(), "as the driver's library does when it is closed");
    }
}

fn camera(script: impl FnMut(u32, Purpose) -> Opening + Send + 'static) -> Camera {
    Camera::with_backend(Fake(script, 0), Rotation::None)
}

/// A frame whose pixels depend on `n`.
fn picture(size: (u32, u32), n: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(size.0, size.1, |x, y| Rgb([(x * 3 + n * 7) as u8, (y * 5) as u8, 120]));
    jpeg_of(&image)
}

fn jpeg_of(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    image.write_with_encoder(encoder).expect("encodes");
    bytes
}

fn step(n: u32) -> Duration {
    Duration::from_millis(5) * n
}

fn good(n: u32) -> Act {
    Act::Frame(picture(SMALL, n), step(n))
}

fn plays(next: impl FnMut(u32) -> Act + Send + 'static) -> Opening {
    Opening::Plays(Box::new(next), false)
}

fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < LONG, "waited in vain for: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn lost_for(camera: &Camera, code: Code) -> bool {
    matches!(camera.state(), State::Lost { reason, .. } if reason.code() == code)
}

fn is_live(camera: &Camera) -> bool {
    matches!(camera.state(), State::Live { .. })
}

#[test]
fn panics_in_opening_reading_and_closing_end_a_session_and_not_the_camera() {
    let camera = camera(|opening, _| match opening {
        1 => Opening::Panic,
        2 => plays(|n| if n < 4 { good(n) } else { Act::Panic }),
        3 => Opening::Plays(Box::new(|n| if n < 4 { good(n) } else { Act::Fail(LostReason::Stalled) }), true),
        _ => plays(good),
    });
    until("four openings", || camera.tally().losses >= 2 && camera.tally().frames > 20);
    assert!(is_live(&camera));
}

#[test]
fn every_reason_is_reported_and_the_delay_grows_until_frames_come() {
    let camera = camera(|opening, _| match opening {
        1 => Opening::Refused(LostReason::Busy),
        2 => Opening::Refused(LostReason::Driver("input/output error".into())),
        3 => plays(|n| if n < 9 { good(n) } else { Act::Fail(LostReason::Unplugged) }),
        _ => plays(good),
    });
    let waits = |code: Code, ms: u64| {
        until(code.as_str(), || lost_for(&camera, code));
        let State::Lost { retry_in, .. } = camera.state() else { panic!("lost") };
        assert_eq!(retry_in, Duration::from_millis(ms), "{code}");
    };
    waits(codes::CAMERA_BUSY, 500);
    waits(codes::CAMERA_DRIVER, 1000);
    // Frames came between: the next delay is the first again.
    waits(codes::CAMERA_UNPLUGGED, 500);
    until("live", || is_live(&camera));
    assert_eq!(camera.tally().losses, 3);
}

#[test]
fn damaged_frames_between_good_ones_are_dropped_and_never_shown() {
    let camera = camera(|_, _| {
        plays(|n| {
            let whole = picture(SMALL, n);
            let bytes = match n % 5 {
                1 => whole[..whole.len() / 2].to_vec(),
                2 => picture(LARGE, n),
                3 => vec![0xff, 0xd8, 0xff, 0xc4, 0, 4, 9, 9, 0xff, 0xda, 0, 2, 0xff, 0xd9],
                4 => Vec::new(),
                _ => whole,
            };
            Act::Frame(bytes, step(n))
        })
    });
    let mut last = 0;
    for _ in 0..10 {
        let frame = camera.newer_than(last, LONG).expect("a frame");
        assert_eq!(frame.image.dimensions(), SMALL);
        assert_eq!(frame.jpeg.as_deref(), Some(&*jpeg_again(&frame.jpeg)));
        last = frame.number;
    }
    assert!(camera.tally().damaged >= 30 && camera.tally().losses == 0, "{:?}", camera.tally());
}

fn jpeg_again(jpeg: &Option<Arc<[u8]>>) -> Vec<u8> {
    crate::jpeg::complete(jpeg.as_deref().expect("its bytes")).expect("whole")
}

#[test]
fn nothing_but_damaged_frames_is_a_reason() {
    let camera = camera(|_, _| plays(|n| Act::Frame(vec![0; 100], step(n))));
    until("a reason", || lost_for(&camera, codes::CAMERA_BAD_FRAMES));
    assert!(camera.latest().is_none());
}

#[test]
fn black_is_reported_while_it_lasts_and_the_first_picture_ends_it() {
    let camera = camera(|_, _| {
        plays(|n| {
            let at = step(n) + Duration::from_secs(u64::from(n.min(12)));
            if (3..30).contains(&n) {
                Act::Frame(jpeg_of(&RgbImage::new(64, 48)), at)
            } else {
                Act::Frame(picture(SMALL, n), at)
            }
        })
    });
    until("black", || lost_for(&camera, codes::CAMERA_BLACK));
    until("a picture", || is_live(&camera));
    assert_eq!(camera.tally().losses, 1);
}

#[test]
fn a_frozen_picture_is_reported_and_the_stream_is_opened_again_until_it_moves() {
    let camera = camera(|opening, _| match opening {
        // Twelve seconds pass between the frames' moments, not between the frames.
        1..=2 => plays(|n| {
            let moment = Duration::from_secs(u64::from(n.saturating_sub(20))).min(Duration::from_secs(12));
            Act::Frame(picture(SMALL, 1), step(n) + moment)
        }),
        _ => plays(good),
    });
    until("frozen", || lost_for(&camera, codes::CAMERA_FROZEN));
    let before = camera.latest().expect("the first").number;
    until("live again", || is_live(&camera));
    until("newer", || camera.latest().is_some_and(|frame| frame.number > before));
}

#[test]
fn a_slow_decoder_does_not_make_the_camera_wait() {
    let large = Arc::new(picture((1920, 1080), 1));
    let camera = camera(move |_, _| {
        let large = Arc::clone(&large);
        plays(move |n| {
            // Another size costs reading the header only; every tenth frame is decoded.
            let bytes = if n % 10 == 0 { picture(SMALL, n) } else { large.to_vec() };
            Act::Frame(bytes, step(n))
        })
    });
    let first = camera.newer_than(0, LONG).expect("a frame");
    let later = camera.newer_than(first.number + 4, LONG).expect("more");
    assert!(later.at > first.at);
    let tally = camera.tally();
    assert!(tally.frames + tally.damaged >= 5 && tally.losses == 0, "{tally:?}");
}

#[test]
fn a_still_is_larger_settled_and_costs_no_loss() {
    let camera = camera(|_, purpose| match purpose {
        Purpose::Preview => plays(good),
        Purpose::Still => plays(|n| Act::Frame(picture(LARGE, n), step(n))),
    });
    assert!(camera.still(LONG).is_ok(), "before it is live it is the next frame");
    until("live", || is_live(&camera));
    let before = camera.newer_than(0, LONG).expect("a frame").number;
    let still = camera.still(LONG).expect("a still");
    assert_eq!(still.image.dimensions(), LARGE);
    assert_eq!(still.jpeg.as_deref(), Some(&*picture(LARGE, 4)), "the fourth: three let the exposure settle");
    let next = camera.newer_than(before, LONG).expect("the preview goes on");
    assert_eq!(next.image.dimensions(), SMALL);
    until("preview after it", || camera.latest().is_some_and(|frame| frame.number > still.number));
    assert!(is_live(&camera) && camera.tally().losses == 0);
}

#[test]
fn a_burst_of_stills_is_one_switching_with_gaps() {
    let openings = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&openings);
    let camera = camera(move |_, purpose| match purpose {
        Purpose::Preview => plays(good),
        Purpose::Still => {
            counted.fetch_add(1, Ordering::Relaxed);
            plays(|n| Act::Frame(picture(LARGE, n), step(n)))
        }
    });
    until("live", || is_live(&camera) && camera.has_larger_stills());
    let burst = camera.stills(3, 2, LONG).expect("three stills");
    let bytes: Vec<_> =
        burst.iter().map(|frame| frame.jpeg.as_deref().expect("its bytes").to_vec()).collect();
    assert_eq!(bytes, [4, 7, 10].map(|n| picture(LARGE, n)), "three settle it, then two lie between");
    assert_eq!(openings.load(Ordering::Relaxed), 1);
}

#[test]
fn a_request_for_stills_does_not_take_those_of_another() {
    let openings = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&openings);
    let camera = camera(move |_, purpose| match purpose {
        Purpose::Preview => plays(good),
        Purpose::Still => {
            counted.fetch_add(1, Ordering::Relaxed);
            plays(|n| Act::Frame(picture(LARGE, n), step(n)))
        }
    });
    until("live", || is_live(&camera) && camera.has_larger_stills());
    let first = {
        let camera = camera.clone();
        std::thread::spawn(move || camera.stills(30, 0, LONG))
    };
    until("the first is being taken", || openings.load(Ordering::Relaxed) == 1);
    let second = camera.still(LONG);
    assert_eq!(first.join().expect("no panic").expect("the first").len(), 30);
    assert_eq!(second.expect("the second").image.dimensions(), LARGE);
}

#[test]
fn a_still_that_fails_says_why_and_the_preview_goes_on() {
    let camera = camera(|_, purpose| match purpose {
        Purpose::Preview => plays(good),
        Purpose::Still => Opening::Refused(LostReason::Driver("no bandwidth".into())),
    });
    until("live", || is_live(&camera));
    let others: Vec<_> = (0..2)
        .map(|_| {
            let camera = camera.clone();
            std::thread::spawn(move || camera.still(LONG))
        })
        .collect();
    for other in others {
        let answer = other.join().expect("no panic");
        assert!(matches!(answer, Err(LostReason::Driver(_)) | Ok(_)), "{answer:?}");
    }
    assert_eq!(camera.still(LONG).expect_err("refused"), LostReason::Driver("no bandwidth".into()));
    let last = camera.latest().expect("a frame").number;
    assert!(camera.newer_than(last, LONG).is_some());
    assert_eq!(camera.tally().losses, 0);
}

#[test]
fn a_hundred_losses_leave_no_thread_behind() {
    let camera = camera(|_, _| plays(|n| if n < 2 { good(n) } else { Act::Fail(LostReason::Unplugged) }));
    let mut seen = Vec::new();
    for _ in 0..100 {
        let before = camera.tally().frames;
        camera.retry();
        until("another session", || {
            camera.retry();
            camera.tally().frames > before
        });
        seen.push(decoders());
    }
    // Other tests of this program have one each while they run.
    assert!(seen.iter().all(|threads| *threads <= 20), "{seen:?}");
    assert!(camera.tally().frames >= 100);
}

fn decoders() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a Linux system").flatten();
    tasks
        .filter(|task| {
            std::fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name.trim() == "camera-decode")
        })
        .count()
}
