//! What the server's settings file may say, and that all its mistakes are reported together.

use super::*;
use std::time::Duration;

const GOOD: &str = r#"
    state = "state"
    presets = "/etc/central/presets"
    [kiosks]
    listen = "0.0.0.0:7443"
    names = ["central.example.edu.cn", "10.0.0.5"]
    [console]
    listen = "127.0.0.1:7480"
"#;

#[test]
fn relative_paths_start_at_the_file_and_absent_values_take_their_defaults() {
    let config = Config::parse(GOOD, Path::new("/etc/central")).expect("the example is right");
    assert_eq!(config.state, Path::new("/etc/central/state"));
    assert_eq!(config.console.session, Duration::from_secs(8 * 3600));
    assert_eq!(config.kiosks.names.len(), 2);
}

#[test]
fn the_example_beside_the_program_is_right() {
    let text = include_str!("../../central.example.toml");
    Config::parse(text, Path::new("/etc/central")).expect("it is what people copy");
}

#[test]
fn every_mistake_is_reported_at_once() {
    let bad = r#"
        presets = 7
        [kiosks]
        listen = "nowhere"
        names = []
        colour = "green"
        [console]
        listen = "0.0.0.0:80"
        tls_key = "key.pem"
        session_hours = 99
    "#;
    let mistakes = Config::parse(bad, Path::new("")).expect_err("nearly everything is wrong");
    let keys: Vec<&str> = mistakes.iter().map(|m| m.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "state",
            "presets",
            "kiosks.listen",
            "kiosks.names",
            "kiosks.colour",
            "console.tls_certificate",
            "console.listen",
            "console.session_hours"
        ]
    );
}

#[test]
fn text_that_is_not_toml_is_one_mistake() {
    assert_eq!(Config::parse("state = ", Path::new("")).expect_err("cut off").len(), 1);
}
