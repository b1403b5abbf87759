//! A demo school: everything a kiosk and a reviewer need to try every step, made by the first start and found by later ones.
//!
//! All persons and numbers are invented; the region code of the identity numbers (990000) is nobody's. The faces are the
//! freely licensed pictures that the models' step fetches; without them the demo has no admission photos and no recorded camera.

mod codes;
mod error;
mod faces;
mod memory;
mod notes;
mod options;
mod people;
mod ports;
mod school;
mod seed;

pub use error::DemoError;
pub use options::Options;

use crate::config::{Config, ConsolePort, KioskPort, SESSION_LENGTH};
use crate::files;
use crate::serve::{Running, open};
use faces::Faces;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The preset that the demo's tasks refer to, part of the program so that the demo runs from any folder.
const CHSI: &str = include_str!("../../../../kiosk-config/presets/chsi.toml");

/// Makes the school the first time, starts the server, and writes what a kiosk, a person and a script need to know.
///
/// # Errors
/// [`DemoError`], which names the file, database or port that cannot be used.
pub async fn demo(options: &Options) -> Result<Running, DemoError> {
    files::make_dir(&options.state)?;
    let state = std::path::absolute(&options.state)
        .map_err(|source| files::FileError { file: options.state.clone(), source })?;
    let config = config(&state);
    files::make_dir(&config.presets)?;
    files::write_public(&config.presets.join("chsi.toml"), CHSI.as_bytes())?;
    let app = open(&config).await?;
    let faces = Faces::find(options.models.as_deref());
    let school = seed::seed(&app, &state, &faces).await?;
    let code = seed::enrolment_code(&app).await?;
    let running = ports::start_on(&app, config, &state.join("ports.json"), options).await?;
    notes::write(&state, &school, &faces, &running, &code)?;
    Ok(running)
}

/// The default folder of the demo: `campus-portrait-kiosk/demo` in `$XDG_DATA_HOME`, else in `~/.local/share`. `None` when
/// there is no home.
#[must_use]
pub fn default_state() -> Option<PathBuf> {
    state_under(std::env::var_os("XDG_DATA_HOME").map(PathBuf::from), std::env::home_dir())
}

fn state_under(data: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // A relative one is to be ignored (XDG Base Directory Specification).
    let data = data.filter(|dir| dir.is_absolute());
    let home = home.filter(|dir| dir.is_absolute()).map(|dir| dir.join(".local/share"));
    Some(data.or(home)?.join("campus-portrait-kiosk/demo"))
}

fn config(state: &Path) -> Config {
    let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Config {
        state: state.join("central"),
        presets: state.join("presets"),
        kiosks: KioskPort { listen: free, names: vec!["127.0.0.1".to_owned(), "localhost".to_owned()] },
        console: ConsolePort { listen: free, tls: None, session: SESSION_LENGTH },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_lies_in_the_folder_for_data() {
        let path = |text: &str| Some(PathBuf::from(text));
        assert_eq!(state_under(path("/d"), path("/h")), path("/d/campus-portrait-kiosk/demo"));
        for none in [None, path(""), path("d")] {
            assert_eq!(state_under(none, path("/h")), path("/h/.local/share/campus-portrait-kiosk/demo"));
        }
        assert_eq!(state_under(None, None), None);
    }

    #[tokio::test]
    async fn a_demo_that_starts_again_is_where_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            state: dir.path().join("demo"),
            kiosk_port: 0,
            console_port: 0,
            models: Some(dir.path().join("no-models")),
        };
        let mut places = Vec::new();
        for _ in 0..2 {
            let running = demo(&options).await.unwrap();
            places.push((running.kiosks_url(), running.console_url()));
            running.stop().await;
        }
        assert_eq!(places[0], places[1]);
        let kiosks = places[0].0.rsplit(':').next().unwrap();
        let taken = std::net::TcpListener::bind(format!("127.0.0.1:{kiosks}")).unwrap();
        let running = demo(&options).await.unwrap();
        assert_ne!(running.kiosks_url(), places[0].0, "another program has the port");
        assert_eq!(running.console_url(), places[0].1);
        running.stop().await;
        drop(taken);
        let running = demo(&options).await.unwrap();
        assert_eq!(running.kiosks_url(), places[0].0, "an enrolled kiosk still calls this port");
        running.stop().await;
    }
}
