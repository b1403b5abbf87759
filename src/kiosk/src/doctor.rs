//! `kiosk doctor`: camera, models, store, key, clock, disk and server, each with what to do about it.

use crate::config::{CameraChoice, Config};
use crate::decoder::Decoders;
use sentences::Lang;
use serde::Serialize;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Queue, Space, Store};
use sync::{Cause, Failure};

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
            Ok(queue) => waiting(&queue),
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

/// What a whole store holds for the server.
fn waiting(queue: &Queue) -> Finding {
    let Queue { entries, pictures, refused } = queue;
    let found = format!("whole; {entries} entries and {pictures} pictures wait for the server");
    if *refused == 0 {
        return Finding::good("store", found);
    }
    Finding::bad(
        "store",
        format!("{found}; the server refused {refused} entries"),
        "call the registry; the entries are kept here and offered again",
    )
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
    // The store holds the identity; what is wrong with it stands under its own name.
    let Some(store) = store else {
        return match (config.store_dir.exists(), &config.server.enrolment_code) {
            (true, _) => {
                Finding::bad("server", "not asked, because the store is not open", "see the store above")
            }
            (false, Some(_)) => unenrolled_with_code(),
            (false, None) => unenrolled(),
        };
    };
    match (store.identity(), &config.server.enrolment_code) {
        (Ok(None), None) => unenrolled(),
        (Ok(None), Some(_)) => unenrolled_with_code(),
        (Ok(Some(identity)), _) => {
            let device = identity.device.as_str();
            match sync::probe(&identity).await {
                Ok(()) => Finding::good("server", format!("enrolled as {device}; it answers")),
                Err(failure) => no_server(device, &failure),
            }
        }
        (Err(error), _) => Finding::bad("server", error.to_string(), "call the registry; nothing is deleted"),
    }
}

fn unenrolled() -> Finding {
    Finding::bad(
        "server",
        "this kiosk is not enrolled",
        "get a one-time code at the server and write it into server.enrolment_code",
    )
}

fn unenrolled_with_code() -> Finding {
    Finding::good("server", "not enrolled yet; the next start uses the code in the config")
}

/// Why the traffic does not go through: the sentence that the staff panel shows, in both languages, and the reason for the engineer.
fn no_server(device: &str, failure: &Failure) -> Finding {
    let say = |lang| sentences::say(failure.code(), lang, &[]);
    let found = format!("enrolled as {device}; {} {} ({failure})", say(Lang::Zh), say(Lang::En));
    Finding::bad("server", found, advice(failure.cause()))
}

const fn advice(cause: Cause) -> &'static str {
    match cause {
        Cause::Unreachable => "check cable, Wi-Fi and the server's address; visits go on meanwhile",
        Cause::Stranger => {
            "sign this computer in to the network, and have school IT let it through to the server without a proxy"
        }
        Cause::Refused => {
            "look this kiosk up in the console; if it was revoked, enrol it anew; then press sync now on the staff panel"
        }
        Cause::Clock => {
            "correct the date and time of this computer; if they are right, the server needs a new certificate"
        }
        Cause::Fault => "look at the server's log; the kiosk tries again by itself",
        Cause::Full => "make room on the server's disk; the kiosk goes on by itself",
        Cause::Version => "update the kiosk's program or the server's, so that both are of the same release",
        Cause::Store => "export what is left, then replace the disk",
        Cause::Identity => "get a new one-time code at the server and enrol this kiosk again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sentences::codes;
    use std::collections::BTreeSet;

    #[test]
    fn every_cause_is_named_in_both_languages_with_its_own_advice() {
        let failures = [
            Failure::Unreachable("connection refused".into()),
            Failure::Stranger("200 OK without our header".into()),
            Failure::Clock("expired".into()),
            Failure::Version("9".into()),
            Failure::Refused { code: codes::SERVER_DEVICE_REVOKED },
            Failure::Fault { status: 500, code: codes::SERVER_INTERNAL },
            Failure::Fault { status: 507, code: codes::SERVER_DISK_FULL },
            Failure::Store(store::StoreError::Damaged { object: "the queue".into() }),
            Failure::Identity("no PEM".into()),
        ];
        let findings = failures.map(|failure| no_server("k-1", &failure));
        let advice: BTreeSet<&str> = findings.iter().map(|f| f.advice.as_str()).collect();
        assert_eq!(advice.len(), findings.len());
        assert!(findings.iter().all(|f| !f.ok && f.found.contains("k-1")));
        assert!(
            findings[4].found.contains("本机") || findings[4].found.contains("这台机器"),
            "{}",
            findings[4].found
        );
        assert!(findings[6].found.contains("disk is full"), "{}", findings[6].found);
    }
}
