//! `[camera]`: where frames come from and what is set in a USB camera.

use ::camera::{Controls, Level, PowerLine, Rotation};
use ::config::Section;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use toml::Value;

/// Where frames come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraChoice {
    /// A USB camera.
    Usb(UsbCamera),
    /// A recording in which a demo student does what the screen asks for. The screen says 演示.
    Demo {
        /// Picture of the collection code on the demo student's phone.
        code: PathBuf,
        /// Picture of the demo student.
        person: PathBuf,
        /// Name and licence of the picture, shown on the screen.
        credit: String,
    },
}

/// Which USB camera is used and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsbCamera {
    /// Part of its name or of its port; without it the one that fits best.
    pub name: Option<String>,
    /// How it is mounted.
    pub turn: Rotation,
    /// Controls that are set at every opening.
    pub controls: Controls,
}

/// Any camera, mounted upright, avoiding the flicker of lamps at 50 Hz.
impl Default for UsbCamera {
    fn default() -> Self {
        let controls = Controls { power_line: Some(PowerLine::Hz50), ..Controls::default() };
        Self { name: None, turn: Rotation::None, controls }
    }
}

impl CameraChoice {
    pub(super) fn take(s: &mut Section<'_>) -> CameraChoice {
        match s.text("source").as_deref() {
            None | Some("usb") => CameraChoice::Usb(usb(s)),
            Some("demo") => CameraChoice::Demo {
                code: s.needed_path("code", "name the picture of the demo student's code"),
                person: s.needed_path("person", "name the picture of the demo student"),
                credit: s
                    .needed_text("credit", "say who is on the picture and under which licence")
                    .unwrap_or_default(),
            },
            Some(other) => {
                s.report("source", format!("is \"{other}\"; it must be \"usb\" or \"demo\""));
                // Which of the other keys are known depends on the source.
                s.drain();
                CameraChoice::Usb(UsbCamera::default())
            }
        }
    }
}

fn usb(s: &mut Section<'_>) -> UsbCamera {
    let name = s.text("name");
    let turn = Rotation::of_degrees(s.number("rotate", 0..=270).unwrap_or(0)).unwrap_or_else(|| {
        s.report("rotate", "must be 0, 90, 180 or 270 degrees");
        Rotation::None
    });
    let power_line = match s.number("power_line_hz", 0..=60).unwrap_or(50) {
        0 => Some(PowerLine::Off),
        50 => Some(PowerLine::Hz50),
        60 => Some(PowerLine::Hz60),
        _ => {
            s.report("power_line_hz", "must be 50, 60, or 0 for lamps that do not flicker");
            None
        }
    };
    // Ranges of the kernel's units; a camera's own range is narrower and takes the nearest value.
    let controls = Controls {
        exposure: level(s, "exposure", 1..=100_000),
        gain: level(s, "gain", 0..=65_535),
        white_balance: level(s, "white_balance", 1000..=20_000),
        focus: level(s, "focus", 0..=65_535),
        power_line,
    };
    UsbCamera { name, turn, controls }
}

/// A control of the camera: "auto" or a whole number.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind of TOML value is a mistake")]
fn level(s: &mut Section<'_>, key: &str, range: RangeInclusive<i32>) -> Option<Level> {
    match s.value(key)? {
        Value::String(word) if word == "auto" => Some(Level::Auto),
        Value::Integer(n) if i32::try_from(n).is_ok_and(|n| range.contains(&n)) => {
            i32::try_from(n).ok().map(Level::Fixed)
        }
        _ => {
            let (least, most) = (range.start(), range.end());
            s.report(key, format!("must be \"auto\" or a whole number from {least} to {most}"));
            None
        }
    }
}
