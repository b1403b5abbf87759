//! A demo school: everything a kiosk and a reviewer need to try the whole way, made the first time and found again later.
//!
//! All persons and numbers are invented; the region code of the identity numbers (990000) is nobody's. The faces are the
//! licence-clean pictures that the models' step fetches; without them the demo has no admission photos and no recorded camera.

mod codes;
mod faces;
mod notes;
mod people;
mod school;
mod seed;

pub use seed::DemoError;

use crate::config::{Config, ConsolePort, KioskPort};
use crate::files;
use crate::serve::{Running, open, start};
use faces::Faces;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The preset that the demo's tasks refer to, part of the program so that the demo runs from any folder.
const CHSI: &str = include_str!("../../../../kiosk-config/presets/chsi.toml");

/// What the demo may be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the demo.
    pub state: PathBuf,
    /// Port for kiosks on loopback; 0: a free one.
    pub kiosk_port: u16,
    /// Port for browsers on loopback; 0: a free one.
    pub console_port: u16,
    /// Folder of the models; absent: `$KIOSK_MODELS`, then `models/cache` upwards from the working directory.
    pub models: Option<PathBuf>,
}

/// Makes the school the first time, starts the server, and writes what a kiosk, a person and a script need to know.
///
/// # Errors
/// When a file, the ledger or a port cannot be used; the error names it.
pub async fn demo(options: &Options) -> Result<Running, DemoError> {
    files::make_dir(&options.state)?;
    let state = std::path::absolute(&options.state)
        .map_err(|source| files::FileError { file: options.state.clone(), source })?;
    let config = config(&state, options);
    files::make_dir(&config.presets)?;
    files::write_public(&config.presets.join("chsi.toml"), CHSI.as_bytes())?;
    let app = open(&config).await?;
    let faces = Faces::find(options.models.as_deref());
    let school = seed::seed(&app, &state, &faces).await?;
    let code = seed::enrolment_code(&app).await?;
    let running = start(app, &config).await?;
    notes::write(&state, &school, &faces, &running, &code)?;
    Ok(running)
}

fn config(state: &Path, options: &Options) -> Config {
    let loopback = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Config {
        state: state.join("central"),
        presets: state.join("presets"),
        kiosks: KioskPort {
            listen: loopback(options.kiosk_port),
            names: vec!["127.0.0.1".to_owned(), "localhost".to_owned()],
        },
        console: ConsolePort {
            listen: loopback(options.console_port),
            tls: None,
            session: Duration::from_secs(8 * 3600),
        },
    }
}
