//! `kiosk.toml`: typed, and every mistake told at once with file, key and reason.

use crate::decoder::Decoders;
use camera::{Controls, Level, PowerLine, Turn};
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// Largest config that is read, bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Everything a kiosk is told by its file.
#[derive(Clone, Debug)]
pub struct Config {
    /// The server.
    pub server: Server,
    /// Folder of the encrypted store.
    pub store_dir: PathBuf,
    /// File of the store's key, used where systemd hands over no credential.
    pub store_key: PathBuf,
    /// Folder of the models; `None`: looked for.
    pub models: Option<PathBuf>,
    /// The authorised collector's decoders by name.
    pub decoders: Decoders,
    /// Where frames come from.
    pub camera: CameraChoice,
    /// Size of the window, pixels.
    pub screen: (u32, u32),
}

/// How the server is reached.
#[derive(Clone, Debug)]
pub struct Server {
    /// `https://host:port`.
    pub url: String,
    /// PEM file of the server's certificate authority.
    pub ca: PathBuf,
    /// One-time code, needed until the kiosk is enrolled.
    pub enrolment_code: Option<String>,
    /// Address of the students' pages, `https://host/r`; the receipt's QR code leads there. Without it there is none.
    pub pages: Option<String>,
}

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
        /// Who is on the picture, shown on the screen.
        credit: String,
    },
}

/// What is wanted of a USB camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsbCamera {
    /// Part of its name or of its port; without it the one that fits best.
    pub name: Option<String>,
    /// How it is mounted.
    pub turn: Turn,
    /// What is set in it at every opening.
    pub controls: Controls,
}

/// Any camera, mounted as built, told to avoid the flicker of lamps at 50 Hz.
impl Default for UsbCamera {
    fn default() -> Self {
        let controls = Controls { power_line: Some(PowerLine::Hz50), ..Controls::default() };
        Self { name: None, turn: Turn::None, controls }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Key in the file.
    pub key: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Why a config is not used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// What is in it cannot be used; all mistakes at once.
    #[error("{path}: {}", list(.mistakes))]
    Wrong {
        /// The file.
        path: String,
        /// Every one.
        mistakes: Vec<Mistake>,
    },
}

fn list(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|m| format!("\n  {m}")).collect()
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.reason)
    }
}

/// The file as it is typed. Every field is a plain value, so that one wrong type does not hide the other mistakes.
#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default)]
    server: toml::Table,
    #[serde(default)]
    store: toml::Table,
    #[serde(default)]
    models: toml::Table,
    #[serde(default)]
    decoders: toml::Table,
    #[serde(default)]
    camera: toml::Table,
    #[serde(default)]
    screen: toml::Table,
    #[serde(flatten)]
    unknown: toml::Table,
}

/// Reads values out of one section and collects what is wrong.
struct Section<'a> {
    name: &'static str,
    table: toml::Table,
    base: &'a Path,
    mistakes: &'a mut Vec<Mistake>,
}

impl Section<'_> {
    fn mistake(&mut self, key: &str, reason: impl Into<String>) {
        self.mistakes.push(Mistake { key: format!("{}.{key}", self.name), reason: reason.into() });
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.table.remove(key) {
            None => None,
            Some(toml::Value::String(s)) if !s.trim().is_empty() => Some(s),
            Some(_) => {
                self.mistake(key, "must be a text in quotes that is not empty");
                None
            }
        }
    }

    fn needed(&mut self, key: &str, what: &str) -> String {
        let had = self.table.contains_key(key);
        let value = self.text(key);
        if value.is_none() && !had {
            self.mistake(key, format!("is missing; {what}"));
        }
        value.unwrap_or_default()
    }

    fn path(&mut self, key: &str, what: &str) -> PathBuf {
        let text = self.needed(key, what);
        self.base.join(text)
    }

    fn number(&mut self, key: &str, default: u32, range: std::ops::RangeInclusive<i64>) -> u32 {
        match self.table.remove(key) {
            None => default,
            Some(toml::Value::Integer(n)) if range.contains(&n) => u32::try_from(n).unwrap_or(default),
            Some(_) => {
                self.mistake(
                    key,
                    format!("must be a whole number from {} to {}", range.start(), range.end()),
                );
                default
            }
        }
    }

    /// A control of the camera: "auto" or a whole number.
    fn level(&mut self, key: &str, range: std::ops::RangeInclusive<i32>) -> Option<Level> {
        match self.table.remove(key)? {
            toml::Value::String(word) if word == "auto" => Some(Level::Auto),
            toml::Value::Integer(n) if i32::try_from(n).is_ok_and(|n| range.contains(&n)) => {
                i32::try_from(n).ok().map(Level::Fixed)
            }
            _ => {
                let (least, most) = (range.start(), range.end());
                self.mistake(key, format!("must be \"auto\" or a whole number from {least} to {most}"));
                None
            }
        }
    }

    fn finish(mut self) {
        let keys: Vec<String> = self.table.keys().cloned().collect();
        for key in keys {
            self.mistake(&key, "is not known here; remove it or correct its spelling");
        }
    }
}

impl Config {
    /// Reads a config file. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// When it cannot be read, or every mistake in it at once.
    pub fn read(path: &Path) -> Result<Config, ConfigError> {
        let shown = path.display().to_string();
        let unreadable = |reason: String| ConfigError::Unreadable { path: shown.clone(), reason };
        let size = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?.len();
        if size > MAX_FILE_BYTES {
            return Err(unreadable(format!("it is longer than {MAX_FILE_BYTES} bytes")));
        }
        let text = std::fs::read_to_string(path).map_err(|e| unreadable(e.to_string()))?;
        let base = path.parent().unwrap_or(Path::new("."));
        Config::parse(&text, base).map_err(|mistakes| ConfigError::Wrong { path: shown, mistakes })
    }

    /// Reads a config's text.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn parse(text: &str, base: &Path) -> Result<Config, Vec<Mistake>> {
        let typed: Typed = toml::from_str(text)
            .map_err(|e| vec![Mistake { key: "the file".into(), reason: e.to_string().trim().to_owned() }])?;
        let mut mistakes: Vec<Mistake> = typed
            .unknown
            .keys()
            .map(|k| Mistake {
                key: k.clone(),
                reason: "is not known here; remove it or correct its spelling".into(),
            })
            .collect();
        let server =
            read_server(Section { name: "server", table: typed.server, base, mistakes: &mut mistakes });
        let mut s = Section { name: "store", table: typed.store, base, mistakes: &mut mistakes };
        let store_dir = s.path("dir", "name the folder for the encrypted store");
        let key = s.text("key");
        let store_key = key.map_or_else(|| store_dir.with_extension("key"), |k| base.join(k));
        s.finish();
        let mut s = Section { name: "models", table: typed.models, base, mistakes: &mut mistakes };
        let models = s.text("dir").map(|d| base.join(d));
        s.finish();
        let decoders =
            read_decoders(Section { name: "decoders", table: typed.decoders, base, mistakes: &mut mistakes });
        let camera =
            read_camera(Section { name: "camera", table: typed.camera, base, mistakes: &mut mistakes });
        let mut s = Section { name: "screen", table: typed.screen, base, mistakes: &mut mistakes };
        let screen = (s.number("width", 1080, 800..=3840), s.number("height", 1920, 600..=3840));
        s.finish();

        if mistakes.is_empty() {
            Ok(Config { server, store_dir, store_key, models, decoders, camera, screen })
        } else {
            Err(mistakes)
        }
    }
}

fn read_server(mut s: Section<'_>) -> Server {
    let url = s.needed("url", "give the server's address, https://host:port");
    if !url.is_empty() && !url.starts_with("https://") {
        s.mistake("url", "must begin with https://");
    }
    let ca = s.path("ca", "name the PEM file of the server's certificate authority");
    let enrolment_code = s.text("enrolment_code");
    let pages = s.text("pages");
    s.finish();
    Server { url, ca, enrolment_code, pages }
}

/// `name = ["program", "argument"]`; the program is a path, because no search path is asked.
fn read_decoders(mut s: Section<'_>) -> Decoders {
    let mut decoders = Decoders::default();
    for (name, value) in std::mem::take(&mut s.table) {
        let words: Option<Vec<String>> =
            value.as_array().and_then(|words| words.iter().map(|w| w.as_str().map(str::to_owned)).collect());
        match words.as_deref() {
            Some([program, arguments @ ..]) if program.contains('/') => {
                let program = s.base.join(program);
                let program = std::path::absolute(&program).unwrap_or(program);
                let command = std::iter::once(program).chain(arguments.iter().map(PathBuf::from));
                decoders.commands.insert(name, command.collect());
            }
            _ => s.mistake(&name, "must be a list of texts, [\"/path/to/program\", \"argument\"]"),
        }
    }
    decoders
}

fn read_camera(mut s: Section<'_>) -> CameraChoice {
    let source = s.text("source").unwrap_or_else(|| "usb".to_owned());
    let choice = match source.as_str() {
        "usb" => CameraChoice::Usb(read_usb(&mut s)),
        "demo" => CameraChoice::Demo {
            code: s.path("code", "name the picture of the demo student's code"),
            person: s.path("person", "name the picture of the demo student"),
            credit: s.needed("credit", "say who is on the picture and under which licence"),
        },
        other => {
            s.mistake("source", format!("is \"{other}\"; it must be \"usb\" or \"demo\""));
            s.table.clear();
            CameraChoice::Usb(UsbCamera::default())
        }
    };
    s.finish();
    choice
}

fn read_usb(s: &mut Section<'_>) -> UsbCamera {
    let name = s.text("name");
    let turn = Turn::of_degrees(s.number("rotate", 0, 0..=270)).unwrap_or_else(|| {
        s.mistake("rotate", "must be 0, 90, 180 or 270 degrees");
        Turn::None
    });
    let power_line = match s.number("power_line_hz", 50, 0..=60) {
        0 => Some(PowerLine::Off),
        50 => Some(PowerLine::Hz50),
        60 => Some(PowerLine::Hz60),
        _ => {
            s.mistake("power_line_hz", "must be 50, 60, or 0 for lamps that do not flicker");
            None
        }
    };
    // Ranges of the kernel's units; a camera's own range is narrower and takes the nearest value.
    let controls = Controls {
        exposure: s.level("exposure", 1..=100_000),
        gain: s.level("gain", 0..=65_535),
        white_balance: s.level("white_balance", 1000..=20_000),
        focus: s.level("focus", 0..=65_535),
        power_line,
    };
    UsbCamera { name, turn, controls }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [server]
        url = "https://127.0.0.1:8443"
        ca = "ca.pem"
        [store]
        dir = "store"
    "#;

    #[test]
    fn a_short_config_is_enough() {
        let config = Config::parse(GOOD, Path::new("/etc/kiosk")).expect("it has what is needed");
        assert_eq!(config.store_dir, Path::new("/etc/kiosk/store"));
        assert_eq!(config.screen, (1080, 1920));
        assert_eq!(config.camera, CameraChoice::Usb(UsbCamera::default()));
    }

    fn with_camera(keys: &str) -> Result<Config, Vec<Mistake>> {
        Config::parse(&format!("{GOOD}[camera]\n{keys}"), Path::new("."))
    }

    #[test]
    fn a_camera_is_described_by_its_mount_and_controls() {
        let keys = "name = \"C920\"\nrotate = 270\nexposure = 156\nfocus = \"auto\"\npower_line_hz = 60";
        let config = with_camera(keys).expect("all keys are known");
        let controls = Controls {
            exposure: Some(Level::Fixed(156)),
            focus: Some(Level::Auto),
            power_line: Some(PowerLine::Hz60),
            ..Controls::default()
        };
        let usb = UsbCamera { name: Some("C920".into()), turn: Turn::Left, controls };
        assert_eq!(config.camera, CameraChoice::Usb(usb));
    }

    #[test]
    fn every_wrong_key_of_a_camera_is_told() {
        let keys = "rotate = 45\nexposure = \"bright\"\ngain = -1\nwhite_balance = 6.5\npower_line_hz = 55";
        let mistakes = with_camera(keys).expect_err("all are wrong");
        let mut keys: Vec<_> = mistakes.iter().map(|m| m.key.as_str()).collect();
        keys.sort_unstable();
        let wrong = ["exposure", "gain", "power_line_hz", "rotate", "white_balance"];
        assert_eq!(keys, wrong.map(|key| format!("camera.{key}")));
    }

    #[test]
    fn a_decoder_is_a_program_by_its_path_with_its_arguments() {
        let text = format!("{GOOD}[decoders]\nchsi = [\"/opt/c/decode\", \"--json\"]\nown = [\"./d\"]\n");
        let config = Config::parse(&text, Path::new("/etc/kiosk")).expect("it has what is needed");
        let command = |name: &str| config.decoders.commands[name].clone();
        assert_eq!(command("chsi"), [Path::new("/opt/c/decode"), Path::new("--json")]);
        assert_eq!(command("own"), [Path::new("/etc/kiosk/d")]);
        for wrong in ["\"decode\"", "[]", "[\"decode\"]", "[\"/d\", 7]", "{ program = \"/d\" }"] {
            let text = format!("{GOOD}[decoders]\nchsi = {wrong}\n");
            let mistakes = Config::parse(&text, Path::new(".")).expect_err(wrong);
            assert_eq!(mistakes[0].key, "decoders.chsi", "{wrong}");
        }
    }

    #[test]
    fn three_mistakes_are_told_at_once() {
        let bad = r#"
            [server]
            url = "http://127.0.0.1"
            ca = 7
            [store]
            dri = "store"
            dir = "x"
        "#;
        let mistakes = Config::parse(bad, Path::new(".")).expect_err("three things are wrong");
        let keys: Vec<_> = mistakes.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(keys, ["server.url", "server.ca", "store.dri"]);
    }

    #[test]
    fn an_unknown_section_and_a_missing_one_are_told_together() {
        let mistakes = Config::parse("[sevrer]\nurl = \"x\"", Path::new(".")).expect_err("nothing is right");
        assert!(mistakes.iter().any(|m| m.key == "sevrer"));
        assert!(mistakes.iter().any(|m| m.key == "store.dir"));
    }
}
