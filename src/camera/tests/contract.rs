//! What every camera handle promises, checked on the recording. The same promises of a USB camera need a device; they are
//! checked in an emulated machine with a webcam, not here. Without a device its absence is checked.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camera::{Camera, Clip, Config, LostReason, Motion, Recording, Source, State};
use image::{Rgb, RgbImage};

const LONG: Duration = Duration::from_secs(20);

fn checkers(one: u8, other: u8) -> Arc<RgbImage> {
    Arc::new(RgbImage::from_fn(60, 80, |x, y| {
        if (x / 10 + y / 10) % 2 == 0 { Rgb([one; 3]) } else { Rgb([other; 3]) }
    }))
}

fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < LONG, "waited in vain for: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task")
        .expect("a Linux system")
        .flatten()
        .filter(|task| {
            std::fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name.trim() == "camera")
        })
        .count()
}

#[test]
fn frames_count_up_in_time_and_carry_their_own_bytes() {
    let (camera, director) = Recording::open(320, 240, 30).expect("opens");
    director
        .play(&Clip::person("").with_image(checkers(40, 200)).moving(Motion::Hand), Path::new(""))
        .expect("plays");
    let mut last = camera.newer_than(0, LONG).expect("a first frame");
    for _ in 0..10 {
        let next = camera.newer_than(last.number, LONG).expect("a next frame");
        assert!(next.number > last.number && next.at > last.at);
        let bytes = next.jpeg.as_ref().expect("its own bytes");
        assert_eq!(image::load_from_memory(bytes).expect("whole").into_rgb8(), *next.image);
        last = next;
    }
    assert!(
        matches!(camera.state(), State::Live { width: 320, height: 240, fps: 30, .. }),
        "{:?}",
        camera.state()
    );
    assert!(camera.newer_than(u64::MAX, Duration::from_millis(80)).is_none());
}

#[test]
fn whoever_is_slow_gets_the_newest_frame() {
    let (camera, _director) = Recording::open(64, 48, 60).expect("opens");
    let first = camera.newer_than(0, LONG).expect("a frame").number;
    std::thread::sleep(Duration::from_millis(300));
    let next = camera.newer_than(first, LONG).expect("a frame").number;
    assert!(next > first + 3, "{first} then {next}");
}

#[test]
fn a_camera_that_is_pulled_out_comes_back_by_itself() {
    let (camera, director) = Recording::open(64, 48, 30).expect("opens");
    let before = camera.newer_than(0, LONG).expect("a frame").number;
    director.play(&Clip::unplugged(), Path::new("")).expect("plays");
    until("lost", || matches!(camera.state(), State::Lost { .. }));
    let State::Lost { reason, retry_in } = camera.state() else { panic!("lost") };
    assert_eq!((reason.code(), retry_in), ("camera.unplugged", Duration::from_millis(500)));
    until("none", || matches!(camera.state(), State::Lost { reason: LostReason::NoCamera, .. }));
    director.play(&Clip::empty(), Path::new("")).expect("plays");
    until("live", || matches!(camera.state(), State::Live { .. }));
    assert!(camera.latest().expect("a frame").number > before);
}

#[test]
fn without_a_usb_camera_the_reason_is_said_and_it_is_tried_again() {
    if !camera::list().is_empty() {
        eprintln!("a camera is plugged in: its absence cannot be checked");
        return;
    }
    let pick = Some("no camera has this name".to_owned());
    let camera = Camera::open(Config { source: Source::usb(pick), width: 1280, height: 720, fps: 30 });
    let delay = || match camera.state() {
        State::Lost { reason: LostReason::NoCamera | LostReason::NotThere(_), retry_in } => retry_in,
        _ => Duration::ZERO,
    };
    until("lost", || delay() == Duration::from_millis(500));
    until("a second try", || delay() == Duration::from_secs(1));
    until("a third try", || delay() == Duration::from_secs(2));
    assert!(camera.latest().is_none());
}

#[test]
fn closed_cameras_leave_no_thread_behind() {
    for _ in 0..20 {
        let usb = Camera::open(Config { source: Source::usb(None), width: 640, height: 480, fps: 30 });
        let (recorded, _director) = Recording::open(64, 48, 30).expect("opens");
        let other = recorded.clone();
        drop(recorded);
        assert!(other.newer_than(0, LONG).is_some(), "a clone keeps it open");
        drop((usb, other));
    }
    // Other tests of this program hold cameras of their own, two at most each.
    until("the threads to end", || threads() <= 8);
}

#[test]
fn a_folder_is_played_in_the_order_of_names_and_over_again() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, level) in [("b.png", 200u8), ("a.png", 30)] {
        RgbImage::from_pixel(64, 48, Rgb([level; 3])).save(dir.path().join(name)).expect("saved");
    }
    let source = Source::Recording(dir.path().to_owned());
    let camera = Camera::open(Config { source, width: 64, height: 48, fps: 20 });
    let (mut last, mut seen) = (0, Vec::new());
    while seen.len() < 6 {
        let frame = camera.newer_than(last, LONG).expect("a frame");
        last = frame.number;
        let dark = frame.image.get_pixel(30, 20).0[0] < 100;
        if seen.last() != Some(&dark) {
            seen.push(dark);
        }
    }
    let missing = Source::Recording(dir.path().join("missing"));
    let camera = Camera::open(Config { source: missing, width: 64, height: 48, fps: 20 });
    until("lost", || matches!(camera.state(), State::Lost { reason: LostReason::NotThere(_), .. }));
}

#[test]
fn a_wrong_clip_is_refused_and_the_last_one_goes_on() {
    let (camera, director) = Recording::open(64, 48, 30).expect("opens");
    let refused = director.play(&Clip::phone("no-such.png"), Path::new("/nowhere")).expect_err("missing");
    assert!(refused.to_string().contains("/nowhere/no-such.png"));
    assert!(camera.newer_than(0, LONG).is_some());
    assert!(Recording::open(0, 720, 30).is_err() && Recording::open(1280, 720, 0).is_err());
}

#[test]
fn a_person_who_leaves_is_gone() {
    let (camera, director) = Recording::open(320, 180, 30).expect("opens");
    let contrast = |frame: &RgbImage| {
        let levels =
            frame.rows().nth(120).expect("a row").map(|pixel| i32::from(pixel.0[0])).collect::<Vec<_>>();
        levels.windows(8).map(|w| (w[7] - w[0]).abs()).max().unwrap_or(0)
    };
    let clip = Clip::person("").with_image(checkers(20, 230)).moving(Motion::Leave);
    director.play(&clip, Path::new("")).expect("plays");
    until("there", || camera.latest().is_some_and(|frame| contrast(&frame.image) > 120));
    until("gone", || camera.latest().is_some_and(|frame| contrast(&frame.image) < 40));
}
