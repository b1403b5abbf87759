//! The configuration of a camera: source, size, rate, rotation and controls.

use std::path::PathBuf;

/// Where frames come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A USB camera.
    Usb {
        /// Part of its name or its bus path, ignoring case; without it the camera whose formats fit best.
        pick: Option<String>,
    },
    /// A folder: its pictures in the order of their names, over and over. A file: Motion JPEG, either JPEGs one after the
    /// other or an AVI with one such stream, over and over.
    Recording(PathBuf),
}

impl Source {
    /// A USB camera by part of its name or bus path, or the one that fits best.
    #[must_use]
    pub fn usb(pick: Option<String>) -> Self {
        Self::Usb { pick }
    }
}

/// How far frames are rotated clockwise, for a camera that is mounted on its side or upside down. Original JPEG bytes get the
/// EXIF orientation of the same rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// Mounted as it was built.
    #[default]
    None,
    /// A quarter turn clockwise.
    Right,
    /// Upside down.
    Half,
    /// A quarter turn counter-clockwise.
    Left,
}

impl Rotation {
    /// The rotation of that many degrees clockwise: 0, 90, 180 or 270.
    #[must_use]
    pub fn of_degrees(degrees: u32) -> Option<Self> {
        match degrees {
            0 => Some(Self::None),
            90 => Some(Self::Right),
            180 => Some(Self::Half),
            270 => Some(Self::Left),
            _ => None,
        }
    }

    /// Value of the EXIF tag Orientation (CIPA DC-008, 4.6.4) that asks a viewer for this rotation.
    pub(crate) fn orientation(self) -> u16 {
        match self {
            Self::None => 1,
            Self::Right => 6,
            Self::Half => 3,
            Self::Left => 8,
        }
    }
}

/// A control that the camera steers by itself or that is held at a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The camera decides.
    Auto,
    /// Held at this value, in the control's own unit.
    Fixed(i32),
}

/// Mains frequency: the camera avoids exposure times that make lamps flicker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerLine {
    /// Does not care.
    Off,
    /// 50 Hz, as in China and Europe.
    Hz50,
    /// 60 Hz.
    Hz60,
}

/// Controls that are set at every opening, so also after a replug. `None` leaves the camera's own value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Controls {
    /// Exposure time in units of 100 microseconds.
    pub exposure: Option<Level>,
    /// Gain, in the camera's own unit.
    pub gain: Option<Level>,
    /// White balance in kelvin.
    pub white_balance: Option<Level>,
    /// Focus distance, in the camera's own unit.
    pub focus: Option<Level>,
    /// Mains frequency.
    pub power_line: Option<PowerLine>,
}

/// Source, size and rate. A camera that does not offer that size and rate uses the nearest it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where frames come from.
    pub source: Source,
    /// Wanted width in pixels, of the sensor, before any rotation.
    pub width: u32,
    /// Wanted height in pixels, of the sensor, before any rotation.
    pub height: u32,
    /// Wanted frames a second.
    pub fps: u32,
    /// How the camera is mounted.
    pub rotation: Rotation,
    /// What is set in a USB camera.
    pub controls: Controls,
}

impl Config {
    /// That source at that size and rate, mounted as built, with its controls left alone.
    #[must_use]
    pub fn new(source: Source, width: u32, height: u32, fps: u32) -> Self {
        Self { source, width, height, fps, rotation: Rotation::None, controls: Controls::default() }
    }
}
