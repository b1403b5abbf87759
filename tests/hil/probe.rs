//! Runs the real camera service under remote control: `make camera-test` runs this in an emulated PC and sends it commands, line
//! by line. Also renders the frames that the emulated webcam plays.
//!
//! ```text
//! camera-probe                      answers commands on stdin, one JSON line each
//! camera-probe hold                 opens the first camera and keeps it until it is killed
//! camera-probe render DIR PICTURE   renders moving frames of PICTURE in three sizes as DIR/WxH/N.jpg, and a black one
//! ```

/// The guarantees that the tests of `camera` check on a recording.
#[path = "../../src/camera/tests/guarantees/mod.rs"]
mod guarantees;

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use camera::{
    Camera, Clip, Config, Controls, Frame, Level, Motion, PowerLine, Recording, Rotation, Source, State,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Sizes of the emulated webcam, with the number of frames of each.
const SIZES: [(u32, u32, usize); 3] = [(1280, 720, 30), (640, 480, 20), (1920, 1080, 6)];
/// Longest wait for one frame: the emulation is slow, and a lost camera is tried again after five seconds.
const WAIT: Duration = Duration::from_secs(40);

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => answer(),
        ["hold"] => hold(),
        ["render", out, picture] => render(Path::new(out), Path::new(picture)),
        _ => Err("usage: camera-probe [hold | render DIR PICTURE]".into()),
    }
}

fn answer() -> Result<(), Box<dyn Error>> {
    let mut camera = None;
    let mut line = String::new();
    while std::io::stdin().lock().read_line(&mut line)? > 0 {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        line.clear();
        let reply = catch_unwind(AssertUnwindSafe(|| execute(&mut camera, &words)));
        reply_line(&reply.unwrap_or_else(|panic| json!({ "error": message_of(&*panic) })))?;
    }
    Ok(())
}

fn reply_line(reply: &Value) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{reply}")?;
    out.flush()
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
        .unwrap_or_else(|| "it panicked".into())
}

fn execute(camera: &mut Option<Camera>, words: &[&str]) -> Value {
    match (words, &*camera) {
        (["list"], _) => listed(),
        (["open", wanted @ ..], _) => match config(wanted) {
            Some(config) => {
                // The one before is closed first: its handle would keep the device busy.
                *camera = None;
                *camera = Some(Camera::open(config));
                json!({})
            }
            None => json!({ "error": "open WIDTH HEIGHT FPS [KEY=VALUE...]" }),
        },
        (["close"], _) => {
            *camera = None;
            json!({})
        }
        (["counts"], _) => counts(),
        (["press", index, name], _) => match press(index.parse().unwrap_or(0), &name.replace('_', " ")) {
            Ok(()) => json!({}),
            Err(error) => json!({ "error": error.to_string() }),
        },
        (_, None) => json!({ "error": "no camera is open" }),
        (["state"], Some(camera)) => state(camera),
        (["take", count], Some(camera)) => take(camera, count.parse().unwrap_or(1)),
        (["still"], Some(camera)) => match camera.still(WAIT) {
            Ok(frame) => described(&frame),
            Err(reason) => json!({ "lost": reason.code().as_str(), "reason": reason.to_string() }),
        },
        (["guarantees"], Some(camera)) => {
            let numbers = guarantees::frames_count_up_in_time_and_carry_their_own_bytes(camera);
            guarantees::a_slow_caller_gets_the_newest_frame(camera);
            guarantees::a_still_is_no_smaller_and_the_preview_goes_on(camera);
            guarantees::an_unplugged_camera_recovers_by_itself(camera, || ask("pull"), || ask("plug"));
            json!({ "numbers": numbers })
        }
        _ => json!({ "error": format!("what is {words:?}") }),
    }
}

/// Asks the other end to do something and waits until it has.
fn ask(what: &str) {
    let mut line = String::new();
    let asked =
        reply_line(&json!({ "ask": what })).and_then(|()| std::io::stdin().lock().read_line(&mut line));
    assert!(asked.is_ok(), "the other end is gone");
}

fn config(words: &[&str]) -> Option<Config> {
    let [width, height, fps, rest @ ..] = words else { return None };
    let mut config =
        Config::new(Source::usb(None), width.parse().ok()?, height.parse().ok()?, fps.parse().ok()?);
    let mut controls = Controls::default();
    for (key, value) in rest.iter().filter_map(|word| word.split_once('=')) {
        let level = || if value == "auto" { Some(Level::Auto) } else { value.parse().ok().map(Level::Fixed) };
        match key {
            "pick" => config.source = Source::usb(Some(value.replace('_', " "))),
            "turn" => config.rotation = Rotation::of_degrees(value.parse().ok()?)?,
            "exposure" => controls.exposure = level(),
            "gain" => controls.gain = level(),
            "white_balance" => controls.white_balance = level(),
            "focus" => controls.focus = level(),
            "power_line" => controls.power_line = Some(PowerLine::Hz60),
            _ => return None,
        }
    }
    Some(Config { controls, ..config })
}

fn listed() -> Value {
    let devices = camera::list();
    let formats = |device: &camera::Device| -> Vec<Value> {
        device.formats.iter().map(|f| json!([f.coding, f.width, f.height, f.fps])).collect()
    };
    let described =
        |d: &camera::Device| json!({ "name": d.name, "index": d.index, "bus": d.bus, "formats": formats(d) });
    json!({ "cameras": devices.iter().map(described).collect::<Vec<_>>() })
}

fn state(camera: &Camera) -> Value {
    let tally = camera.tally();
    let mut report = match camera.state() {
        State::Starting => json!({ "state": "starting" }),
        State::Live { name, width, height, fps } => {
            json!({ "state": "live", "name": name, "width": width, "height": height, "fps": fps })
        }
        State::Lost { reason, retry_in } => json!({
            "state": "lost", "lost": reason.code().as_str(), "reason": reason.to_string(), "retry_in_ms": retry_in.as_millis() as u64,
        }),
    };
    report["frames"] = tally.frames.into();
    report["damaged"] = tally.damaged.into();
    report["overtaken"] = tally.overtaken.into();
    report["losses"] = tally.losses.into();
    report["settings"] =
        camera.settings().iter().map(|s| json!([s.control, format!("{:?}", s.outcome)])).collect();
    report
}

/// The next frames, each as soon as it comes.
fn take(camera: &Camera, count: usize) -> Value {
    let mut last = camera.latest().map_or(0, |frame| frame.number);
    let mut frames = Vec::new();
    for _ in 0..count {
        let Some(frame) = camera.newer_than(last, WAIT) else { break };
        last = frame.number;
        frames.push(described(&frame));
    }
    json!({ "frames": frames, "state": state(camera) })
}

fn described(frame: &Frame) -> Value {
    let (width, height) = frame.image.dimensions();
    let digest = frame.jpeg.as_ref().map(|bytes| hex::encode(Sha256::digest(bytes)));
    let sum: u64 = frame.image.as_raw().iter().step_by(101).map(|value| u64::from(*value)).sum();
    let mean = sum as f64 / (frame.image.as_raw().len() as f64 / 101.0);
    json!({ "number": frame.number, "at_us": frame.at.as_micros() as u64, "width": width, "height": height, "sha256": digest, "mean": mean })
}

/// Presses a button among the controls of a device: the test driver's buttons make it fail.
fn press(index: usize, name: &str) -> std::io::Result<()> {
    let device = v4l::Device::new(index)?;
    let controls = device.query_controls()?;
    let wanted = |control: &&v4l::control::Description| control.name.replace('_', " ") == name;
    let names = || controls.iter().map(|control| control.name.as_str()).collect::<Vec<_>>().join(", ");
    let button = controls.iter().find(wanted).ok_or_else(|| std::io::Error::other(names()))?;
    device.set_control(v4l::Control { id: button.id, value: v4l::control::Value::Integer(1) })
}

/// Threads and file descriptors of this process.
fn counts() -> Value {
    let of = |folder| std::fs::read_dir(folder).map_or(0, Iterator::count);
    json!({ "threads": of("/proc/self/task"), "descriptors": of("/proc/self/fd"), "resident_kb": resident_kb() })
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn hold() -> Result<(), Box<dyn Error>> {
    let camera = Camera::open(Config::new(Source::usb(None), 640, 480, 30));
    camera.newer_than(0, WAIT).ok_or("no frame")?;
    println!("held");
    std::io::stdout().flush()?;
    loop {
        std::thread::park();
    }
}

fn render(out: &Path, picture: &Path) -> Result<(), Box<dyn Error>> {
    for (width, height, count) in SIZES {
        let folder = out.join(format!("{width}x{height}"));
        std::fs::create_dir_all(&folder)?;
        let (camera, scene) = Recording::open(width, height, 30)?;
        scene.play(&Clip::person(picture).moving(Motion::Hand), Path::new(""))?;
        let mut last = 0;
        for number in 0..count {
            let frame = camera.newer_than(last, WAIT).ok_or("no frame")?;
            last = frame.number;
            let bytes = frame.jpeg.as_deref().ok_or("no bytes")?;
            std::fs::write(folder.join(format!("{number:03}.jpg")), bytes)?;
        }
    }
    let (width, height, _) = SIZES[0];
    image::RgbImage::new(width, height).save(out.join("black.jpg"))?;
    Ok(())
}
