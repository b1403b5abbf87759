//! What a kiosk.toml may say, and that all its mistakes are reported together.

use super::*;
use ::camera::{Controls, Level, PowerLine, Rotation};
use ::config::Mistake;

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
    let usb = UsbCamera { name: Some("C920".into()), turn: Rotation::Left, controls };
    assert_eq!(config.camera, CameraChoice::Usb(usb));
}

#[test]
fn every_wrong_key_of_a_camera_is_reported() {
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
fn three_mistakes_are_reported_at_once() {
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
fn an_unknown_section_and_a_missing_one_are_reported_together() {
    let mistakes = Config::parse("[sevrer]\nurl = \"x\"", Path::new(".")).expect_err("nothing is right");
    assert!(mistakes.iter().any(|m| m.key == "sevrer"));
    assert!(mistakes.iter().any(|m| m.key == "store.dir"));
}

#[test]
fn a_mistake_says_its_line_and_what_to_do() {
    let text = "[server]\nurl = \"http://127.0.0.1\"\nca = \"ca.pem\"\n[store]\n";
    let mistakes = Config::parse(text, Path::new(".")).expect_err("two things are wrong");
    let said: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2, server.url: must begin with https://",
            "line 4, store.dir: is missing; name the folder for the encrypted store"
        ]
    );
}
