//! `kiosk.toml`: the settings of one kiosk, typed. Every mistake is reported at once with file, key, line and reason.

mod camera;
mod decoders;
mod server;

pub use self::camera::{CameraChoice, UsbCamera};
pub use self::server::Server;
pub use ::config::ConfigError;

use crate::decoder::Decoders;
use ::config::{Mistake, Section};
use std::path::{Path, PathBuf};

/// Everything that a kiosk's file says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The server.
    pub server: Server,
    /// Folder of the encrypted store.
    pub store_dir: PathBuf,
    /// File of the store's key, used where systemd passes no credential.
    pub store_key: PathBuf,
    /// Folder of the models; `None`: searched for.
    pub models: Option<PathBuf>,
    /// The authorised collector's decoders by name.
    pub decoders: Decoders,
    /// Where frames come from.
    pub camera: CameraChoice,
    /// Width and height of the window, pixels.
    pub screen: (u32, u32),
}

impl Config {
    /// Reads a config file. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// When it cannot be read, or every mistake in it at once.
    pub fn read(path: &Path) -> Result<Config, ConfigError> {
        ::config::read(path, Config::take)
    }

    /// Reads a config's text; relative paths start at `base`.
    ///
    /// # Errors
    /// Every mistake at once.
    pub fn parse(text: &str, base: &Path) -> Result<Config, Vec<Mistake>> {
        ::config::parse(text, base, Config::take)
    }

    fn take(file: &mut Section<'_>) -> Config {
        let server = file.section("server", Server::take);
        let (store_dir, store_key) = file.section("store", |s| {
            let dir = s.needed_path("dir", "name the folder for the encrypted store");
            let key = s.path("key").unwrap_or_else(|| dir.with_extension("key"));
            (dir, key)
        });
        let models = file.section("models", |s| s.path("dir"));
        let decoders = file.section("decoders", decoders::take);
        let camera = file.section("camera", CameraChoice::take);
        let screen = file.section("screen", |s| {
            let width = s.number("width", 800..=3840).unwrap_or(1080);
            (width, s.number("height", 600..=3840).unwrap_or(1920))
        });
        Config { server, store_dir, store_key, models, decoders, camera, screen }
    }
}

#[cfg(test)]
mod tests;
