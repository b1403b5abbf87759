//! The demo's ports: taken the first time and again at every start, because an enrolled kiosk keeps the server's address.

use super::error::DemoError;
use super::memory::{recall, remember};
use super::options::Options;
use crate::app::App;
use crate::config::Config;
use crate::serve::{Running, ServeError, start};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// The ports that the demo is known by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Ports {
    kiosks: u16,
    console: u16,
}

impl Ports {
    /// Those that were asked for, and `remembered` ones where none was.
    fn chosen(remembered: Ports, options: &Options) -> Ports {
        let choose = |asked: u16, before: u16| if asked == 0 { before } else { asked };
        Ports {
            kiosks: choose(options.kiosk_port, remembered.kiosks),
            console: choose(options.console_port, remembered.console),
        }
    }
}

/// Starts on the ports that were asked for, else on those that `file` remembers, else on free ones, and remembers them.
/// A remembered port that is taken stays remembered: the start after may find it free, and kiosks look for the server there.
pub(super) async fn start_on(
    app: &Arc<App>,
    mut config: Config,
    file: &Path,
    options: &Options,
) -> Result<Running, DemoError> {
    let remembered = if file.exists() { recall(file)? } else { Ports::default() };
    let chosen = Ports::chosen(remembered, options);
    config.kiosks.listen.set_port(chosen.kiosks);
    config.console.listen.set_port(chosen.console);
    let running = loop {
        let refused = match start(app.clone(), &config).await {
            Ok(running) => break running,
            Err(refused) => refused,
        };
        let ServeError::Listen { address: taken, .. } = refused else { return Err(refused.into()) };
        // A port that was asked for is not replaced by another.
        let ours = [
            (&mut config.kiosks.listen, options.kiosk_port),
            (&mut config.console.listen, options.console_port),
        ];
        let mut yields = ours.into_iter().filter(|(l, asked)| **l == taken && l.port() != 0 && *asked == 0);
        let Some((listen, _)) = yields.next() else { return Err(refused.into()) };
        tracing::warn!(%taken, "an earlier start's port is taken; another one until the next start");
        listen.set_port(0);
    };
    let now = Ports {
        kiosks: if chosen.kiosks == 0 { running.kiosks_port() } else { chosen.kiosks },
        console: if chosen.console == 0 { running.console_port() } else { chosen.console },
    };
    if now != remembered {
        remember(file, &now)?;
    }
    Ok(running)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_asked_for_goes_before_the_remembered_one() {
        let options = Options { state: "demo".into(), kiosk_port: 9, console_port: 0, models: None };
        let remembered = Ports { kiosks: 1, console: 2 };
        assert_eq!(Ports::chosen(remembered, &options), Ports { kiosks: 9, console: 2 });
    }
}
