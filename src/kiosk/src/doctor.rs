//! `kiosk doctor`: camera, models, store, key, clock, disk and server, each with what to do about it.

use crate::config::{CameraChoice, Config};
use crate::decoder::Decoders;
use serde::Serialize;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Space, Store};

/// Largest difference between the kiosk's clock and the server's that needs no attention, milliseconds.
const CLOCK_MILLIS: u64 = 10 * 60 * 1000;

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub part: &'static str,
    /// Whether it is fine.
    pub ok: bool,
    /// What was found.
    pub found: String,
    /// What to do; empty when it is fine.
    pub advice: String,
}

impl Finding {
    fn good(part: &'static str, found: impl Into<String>) -> Finding {
        Finding { part, ok: true, found: found.into(), advice: String::new() }
    }

    fn bad(part: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        Finding { part, ok: false, found: found.into(), advice: advice.into() }
    }
}

/// Looks at everything. `models` is the folder from the command line, if one was given.
pub async fn examine(config: &Config, models: Option<&Path>) -> Vec<Finding> {
    let mut findings = vec![camera(&config.camera), engine(config, models)];
    findings.extend(decoders(&config.decoders));
    let store = open(config, &mut findings);
    if let Some(store) = &store {
        findings.push(whole(store));
        findings.push(disk(store));
        findings.push(clock(store));
    }
    findings.push(server(config, store.as_ref()).await);
    findings
}

fn camera(choice: &CameraChoice) -> Finding {
    if let CameraChoice::Demo { code, person, .. } = choice {
        let missing: Vec<_> = [code, person].into_iter().filter(|p| !p.is_file()).collect();
        return match missing.first() {
            None => Finding::good("camera", "a recording plays (演示)"),
            Some(path) => Finding::bad(
                "camera",
                format!("{} is not there", path.display()),
                "run make models, or correct camera.* in the config",
            ),
        };
    }
    let devices = camera::list();
    if devices.is_empty() {
        return Finding::bad(
            "camera",
            "no camera is found",
            "plug the USB camera in, then look again; a hub needs its own power",
        );
    }
    let names: Vec<String> = devices.iter().map(|d| d.name.clone()).collect();
    Finding::good("camera", names.join(", "))
}

fn engine(config: &Config, models: Option<&Path>) -> Finding {
    let folder = portrait::find_models(models.or(config.models.as_deref()));
    match portrait::Engine::open(&folder).and_then(|e| e.warm()) {
        Ok(()) => Finding::good("models", "all are here with the right hash and load"),
        Err(error) => Finding::bad(
            "models",
            error.to_string(),
            "run make models; if it stays wrong, the disk may be failing",
        ),
    }
}

/// The collector's commands: there, and shut off from the network.
fn decoders(decoders: &Decoders) -> Option<Finding> {
    let shut_off = decoders.probe()?;
    let programs = decoders.commands.values().filter_map(|command| command.first());
    let missing: Vec<String> =
        programs.filter(|p| !p.is_file()).map(|p| format!("{} is not there", p.display())).collect();
    if !missing.is_empty() {
        let advice = "install the collector's decoder, or correct decoders.* in the config";
        return Some(Finding::bad("decoder", missing.join(", "), advice));
    }
    let names: Vec<&str> = decoders.commands.keys().map(String::as_str).collect();
    Some(match shut_off {
        Ok(()) => {
            Finding::good("decoder", format!("{} can be run, shut off from the network", names.join(", ")))
        }
        Err(reason) => Finding::bad(
            "decoder",
            format!("it cannot be shut off from the network, so it is not run: {reason}"),
            "allow unprivileged user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, \
             AppArmor), and install util-linux; students type their number meanwhile",
        ),
    })
}

fn open(config: &Config, findings: &mut Vec<Finding>) -> Option<Store> {
    if !config.store_dir.exists() {
        findings.push(Finding::good("store", "there is none yet; the first start makes it"));
        return None;
    }
    let key = match store::keys::obtain(&config.store_key, &config.store_dir) {
        Ok(key) => key,
        Err(error) => {
            let advice =
                "put the key back from the school's wrapped copy; without it the store cannot be read";
            findings.push(Finding::bad("key", error.to_string(), advice));
            return None;
        }
    };
    findings.push(Finding::good("key", "it is here and closed to others"));
    match Store::open(&config.store_dir, key) {
        Ok(store) => Some(store),
        Err(error) => {
            findings.push(Finding::bad(
                "store",
                error.to_string(),
                "leave the folder as it is and call the registry; nothing is deleted",
            ));
            None
        }
    }
}

fn whole(store: &Store) -> Finding {
    match store.inspect() {
        Ok(found) if found.is_whole() => match store.queue() {
            Ok(queue) => Finding::good(
                "store",
                format!(
                    "whole; {} entries and {} pictures wait for the server",
                    queue.entries, queue.pictures
                ),
            ),
            Err(error) => {
                Finding::bad("store", error.to_string(), "restart the kiosk; if it stays, call the registry")
            }
        },
        Ok(found) => {
            let lost = format!(
                "{} damaged pages, {} losses: {:?}",
                found.pages.len(),
                found.losses.len(),
                found.losses
            );
            Finding::bad(
                "store",
                lost,
                "export what is left, then replace the disk; the losses above are to be taken again",
            )
        }
        Err(error) => {
            Finding::bad("store", error.to_string(), "leave the folder as it is and call the registry")
        }
    }
}

fn disk(store: &Store) -> Finding {
    match store.space() {
        Ok(space) if space.admits_visit() => {
            Finding::good("disk", format!("room for {} visits", space.visits()))
        }
        Ok(space) => Finding::bad(
            "disk",
            format!("room for {} visits; new ones stop below {}", space.visits(), Space::RESERVE_VISITS),
            "let the kiosk sync, or free space on its disk",
        ),
        Err(error) => Finding::bad("disk", error.to_string(), "check that the disk is mounted"),
    }
}

fn clock(store: &Store) -> Finding {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let now = u64::try_from(now).unwrap_or(u64::MAX);
    match store.server_time() {
        // The distance when the server was last heard; since then both have gone on.
        Ok(Some(time)) if time.server_millis.abs_diff(time.kiosk_millis) > CLOCK_MILLIS => {
            let minutes = time.server_millis.abs_diff(time.kiosk_millis) / 60_000;
            Finding::bad(
                "clock",
                format!("{minutes} minutes off the server's"),
                "correct the date and time of this computer; replace its clock battery if it happens again",
            )
        }
        Ok(Some(time)) if time.kiosk_millis > now => Finding::bad(
            "clock",
            "it went backwards since the server was last heard",
            "correct the date and time of this computer",
        ),
        Ok(Some(_)) => Finding::good("clock", "it agrees with the server"),
        Ok(None) => Finding::good("clock", "the server was not heard yet, so it is not confirmed"),
        Err(error) => Finding::bad("clock", error.to_string(), "restart the kiosk"),
    }
}

async fn server(config: &Config, store: Option<&Store>) -> Finding {
    let enrolled = store.and_then(|s| s.identity().ok().flatten());
    match (enrolled, &config.server.enrolment_code) {
        (None, None) => Finding::bad(
            "server",
            "this kiosk is not enrolled",
            "get a one-time code at the server and write it into server.enrolment_code",
        ),
        (None, Some(_)) => {
            Finding::good("server", "not enrolled yet; the next start uses the code in the config")
        }
        (Some(identity), _) => match reach(&config.server.url).await {
            Ok(()) => Finding::good("server", format!("enrolled as {}; it answers", identity.device)),
            Err(reason) => Finding::bad(
                "server",
                format!("enrolled as {}; {reason}", identity.device),
                "check cable, Wi-Fi and the server's address; visits go on meanwhile",
            ),
        },
    }
}

/// Whether anything listens at the server's address; who it is, the sync's own certificate check says.
async fn reach(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let authority = rest.split('/').next().unwrap_or(rest);
    let address = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:443") };
    let connect = tokio::net::TcpStream::connect(address);
    match tokio::time::timeout(std::time::Duration::from_secs(3), connect).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(format!("it does not answer ({})", error.kind())),
        Err(_) => Err("it does not answer within 3 seconds".to_owned()),
    }
}
