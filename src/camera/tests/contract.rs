//! The guarantees of every camera handle, checked on the recording, and tests that only a recording permits. The same
//! guarantees of a USB camera need a device; `make camera-test` checks them in an emulated machine with a webcam. Without a
//! device its absence is checked.

mod guarantees;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use camera::{Camera, Clip, Config, LostReason, Motion, Recording, SceneControl, Source, State, Step};
use guarantees::{LONG, until};
use image::{Rgb, RgbImage};

fn checkers(one: u8, other: u8) -> Arc<RgbImage> {
    Arc::new(RgbImage::from_fn(60, 80, |x, y| {
        if (x / 10 + y / 10) % 2 == 0 { Rgb([one; 3]) } else { Rgb([other; 3]) }
    }))
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task")
        .expect("a Linux system")
        .flatten()
        .filter(|task| {
            std::fs::read_to_string(task.path().join("comm"))
                .is_ok_and(|name| name.trim().starts_with("camera"))
        })
        .count()
}

/// A recorded camera of that size that moves a little all the time.
fn moving(width: u32, height: u32) -> (Camera, SceneControl) {
    let (camera, scene) = Recording::open(width, height, 30).expect("opens");
    let clip = Clip::person("").with_image(checkers(40, 200)).moving(Motion::Hand);
    scene.play(&clip, Path::new("")).expect("plays");
    (camera, scene)
}

#[test]
fn frames_count_up_in_time_and_carry_their_own_bytes() {
    let (camera, _scene) = moving(320, 240);
    guarantees::frames_count_up_in_time_and_carry_their_own_bytes(&camera);
    assert!(
        matches!(camera.state(), State::Live { width: 320, height: 240, fps: 30, .. }),
        "{:?}",
        camera.state()
    );
    assert!(camera.settings().is_empty());
}

#[test]
fn a_slow_caller_gets_the_newest_frame() {
    guarantees::a_slow_caller_gets_the_newest_frame(&moving(64, 48).0);
}

#[test]
fn a_still_is_no_smaller_and_the_preview_goes_on() {
    guarantees::a_still_is_no_smaller_and_the_preview_goes_on(&moving(64, 48).0);
}

#[test]
fn stills_of_a_recording_show_what_the_preview_shows_but_larger() {
    let (camera, scene) = Recording::open_with_stills((160, 120), 30, (640, 480)).expect("opens");
    guarantees::a_still_is_no_smaller_and_the_preview_goes_on(&camera);
    let halves = RgbImage::from_fn(60, 80, |x, _| Rgb([if x < 30 { 40 } else { 200 }; 3]));
    let clip = Clip::person("").with_image(Arc::new(halves));
    scene.play(&clip, Path::new("")).expect("plays");
    until("larger stills", || camera.has_larger_stills());
    let stills = camera.stills(3, 2, LONG).expect("stills");
    assert!(stills.len() == 3 && stills.iter().all(|still| still.image.dimensions() == (640, 480)));
    let last = camera.latest().expect("a frame").number;
    let preview = camera.newer_than(last, LONG).expect("a frame");
    let small = image::imageops::thumbnail(&*stills[0].image, 160, 120);
    let apart = |other: &RgbImage| {
        let pairs = small.as_raw().iter().zip(other.as_raw());
        pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>() / (160 * 120 * 3)
    };
    let mirrored = image::imageops::flip_horizontal(&*preview.image);
    assert!(apart(&preview.image) < 12, "{}: the same up to resampling and JPEG", apart(&preview.image));
    assert!(apart(&mirrored) > 40, "{}", apart(&mirrored));
}

#[test]
fn an_unplugged_camera_recovers_by_itself() {
    let (camera, scene) = moving(64, 48);
    let play = |clip: Clip| scene.play(&clip, Path::new("")).expect("plays");
    let pull = || {
        play(Clip::unplugged());
        until("none", || matches!(camera.state(), State::Lost { reason: LostReason::NoCamera, .. }));
        assert_eq!(camera.still(LONG).expect_err("lost"), LostReason::NoCamera);
    };
    guarantees::an_unplugged_camera_recovers_by_itself(&camera, pull, || play(Clip::empty()));
}

#[test]
fn without_a_usb_camera_the_reason_is_reported_and_it_is_tried_again() {
    if !camera::list().is_empty() {
        eprintln!("a camera is plugged in: its absence cannot be checked");
        return;
    }
    let pick = Some("no camera has this name".to_owned());
    let camera = Camera::open(Config::new(Source::usb(pick), 1280, 720, 30));
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
        let usb = Camera::open(Config::new(Source::usb(None), 640, 480, 30));
        let (recorded, _scene) = Recording::open(64, 48, 30).expect("opens");
        let other = recorded.clone();
        drop(recorded);
        assert!(other.newer_than(0, LONG).is_some(), "a clone keeps it open");
        drop((usb, other));
    }
    // Run in one process with others, those hold cameras of their own, two at most each, with two threads each.
    until("the threads to end", || threads() <= 16);
}

#[test]
fn a_folder_is_played_in_the_order_of_names_and_over_again() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, level) in [("b.png", 200u8), ("a.png", 30)] {
        RgbImage::from_pixel(64, 48, Rgb([level; 3])).save(dir.path().join(name)).expect("saved");
    }
    let source = Source::Recording(dir.path().to_owned());
    let camera = Camera::open(Config::new(source, 64, 48, 20));
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
    let camera = Camera::open(Config::new(missing, 64, 48, 20));
    until("lost", || matches!(camera.state(), State::Lost { reason: LostReason::NotThere(_), .. }));
}

#[test]
fn a_wrong_clip_is_refused_and_the_last_one_goes_on() {
    let (camera, scene) = Recording::open(64, 48, 30).expect("opens");
    let refused = scene.play(&Clip::phone("no-such.png"), Path::new("/nowhere")).expect_err("missing");
    assert!(refused.to_string().contains("/nowhere/no-such.png"));
    assert!(camera.newer_than(0, LONG).is_some());
    assert!(Recording::open(0, 720, 30).is_err() && Recording::open(1280, 720, 0).is_err());
}

#[test]
fn a_person_who_leaves_is_gone() {
    let (camera, scene) = Recording::open(320, 180, 30).expect("opens");
    let clip = Clip::person("").with_image(checkers(20, 230)).moving(Motion::Leave);
    scene.play(&clip, Path::new("")).expect("plays");
    until("there", || camera.latest().is_some_and(|frame| contrast(&frame.image) > 120));
    until("gone", || camera.latest().is_some_and(|frame| contrast(&frame.image) < 40));
}

#[test]
fn a_script_brings_a_person_in_and_takes_them_away() {
    let (camera, scene) = Recording::open(320, 180, 30).expect("opens");
    let step = |motion, seconds| Step { motion, seconds };
    let script = vec![
        step(Motion::Enter, 1.2),
        step(Motion::Still, 0.5),
        step(Motion::Pan, 1.0),
        step(Motion::Leave, 2.0),
    ];
    let clip = Clip::person("").with_image(checkers(20, 230)).scripted(script);
    scene.play(&clip, Path::new("")).expect("plays");
    let there = || camera.latest().is_some_and(|frame| contrast(&frame.image) > 120);
    until("there", there);
    until("gone", || camera.latest().is_some_and(|frame| contrast(&frame.image) < 40));
    let wrong = Clip::empty().scripted(vec![step(Motion::Still, f32::NAN)]);
    assert!(scene.play(&wrong, Path::new("")).is_err());
}

/// Greatest difference within eight pixels of a row.
fn contrast(frame: &RgbImage) -> i32 {
    let row = frame.rows().nth(120).expect("a row");
    let levels = row.map(|pixel| i32::from(pixel.0[0])).collect::<Vec<_>>();
    levels.windows(8).map(|w| (w[7] - w[0]).abs()).max().unwrap_or(0)
}

#[test]
fn a_motion_jpeg_file_is_played_bit_for_bit_and_over_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let frame = |level: u8| {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
        RgbImage::from_pixel(64, 48, Rgb([level; 3])).write_with_encoder(encoder).expect("encodes");
        bytes
    };
    let (dark, light) = (frame(60), frame(200));
    let file = dir.path().join("film.mjpeg");
    std::fs::write(&file, [dark.as_slice(), &light, &dark[..dark.len() / 3]].concat()).expect("written");
    let camera = Camera::open(Config::new(Source::Recording(file), 640, 480, 30));
    let (mut last, mut seen) = (0, [0, 0]);
    while seen[0] < 3 || seen[1] < 3 {
        let frame = camera.newer_than(last, LONG).expect("a frame");
        last = frame.number;
        let bytes = frame.jpeg.as_deref().expect("its bytes");
        let which = [&dark, &light].iter().position(|one| one.as_slice() == bytes).expect("one of the two");
        seen[which] += 1;
    }
    assert!(matches!(camera.state(), State::Live { width: 64, height: 48, .. }));
}

#[test]
fn a_camera_mounted_on_its_side_gives_upright_frames() {
    let dir = tempfile::tempdir().expect("a folder");
    let sideways = RgbImage::from_fn(64, 48, |x, _| if x < 32 { Rgb([250; 3]) } else { Rgb([5; 3]) });
    sideways.save(dir.path().join("a.png")).expect("saved");
    let wanted = Config::new(Source::Recording(dir.path().to_owned()), 64, 48, 20);
    let camera = Camera::open(Config { rotation: camera::Rotation::Right, ..wanted });
    let frame = camera.newer_than(0, LONG).expect("a frame");
    assert_eq!(frame.image.dimensions(), (48, 64));
    assert!(frame.image.get_pixel(20, 5).0[0] > 200 && frame.image.get_pixel(20, 60).0[0] < 50);
    until("live", || matches!(camera.state(), State::Live { width: 48, height: 64, .. }));
}
