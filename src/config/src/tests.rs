//! What must hold of every configuration: mistakes are reported together, with key and line, and no bytes panic.

use super::*;
use proptest::prelude::*;
use std::path::Path;

/// Reads one of everything.
fn take(file: &mut Section<'_>) -> Option<u16> {
    let _title = file.needed_text("title", "say what it is");
    let _places = file.needed_sections("place", |s| {
        let _dir = s.needed_path("dir", "name a folder");
        s.needed::<[u8; 3]>("colour")
    });
    let port = file.section("server", |s| {
        s.section("tls", |s| s.path("key"));
        let _names = s.texts("names");
        s.number("port", 1..=65_535)
    });
    file.section("commands", |s| {
        for (name, value) in s.drain() {
            let _ = s.convert::<Vec<String>>(&name, value);
        }
    });
    port
}

fn mistakes(text: &str) -> Vec<String> {
    let found = parse(text, Path::new("/etc"), take).expect_err("something is wrong");
    found.iter().map(ToString::to_string).collect()
}

const GOOD: &str =
    "title = 't'\n[[place]]\ndir = 'a'\ncolour = [1, 2, 3]\n[server]\nport = 7\n[commands]\nx = ['y']\n";

#[test]
fn a_good_file_is_read() {
    assert_eq!(parse(GOOD, Path::new(""), take), Ok(Some(7)));
}

#[test]
fn every_mistake_is_reported_at_once_with_key_and_line() {
    let text = "titel = 't'\n[[place]]\ncolour = [1, 2, 300]\n[[place]]\ndir = ' '\ncolour = 7\nx = 1\n\
                [server]\nport = 0\nnames = [1]\ntls = 'on'\n[commands]\nx = 'y'\n";
    assert_eq!(
        mistakes(text),
        [
            "title: is missing; say what it is",
            "line 2, place.0.dir: is missing; name a folder",
            "line 3, place.0.colour: invalid value: integer `300`, expected u8",
            "line 5, place.1.dir: must be a text in quotes that is not empty",
            "line 6, place.1.colour: invalid type: integer `7`, expected an array of length 3",
            "line 7, place.1.x: is not known here; remove it or correct its spelling",
            "line 11, server.tls: must be a section",
            "line 10, server.names: must be a list of texts in quotes",
            "line 9, server.port: must be a whole number from 1 to 65535",
            "line 13, commands.x: invalid type: string \"y\", expected a sequence",
            "line 1, titel: is not known here; remove it or correct its spelling",
        ]
    );
}

#[test]
fn an_absent_list_and_one_of_another_type_are_reported() {
    assert!(mistakes("title = 't'").contains(&"place: is missing".to_owned()));
    assert!(
        mistakes("title = 't'\nplace = 7").contains(&"line 2, place: must be a list of sections".to_owned())
    );
    assert!(mistakes("title = 't'\nplace = [7]").contains(&"line 2, place.0: must be a section".to_owned()));
}

#[test]
fn every_line_that_is_not_toml_is_reported() {
    let found = mistakes("title = \n[server]\nport = 1\nnames = [\n");
    assert!(found.len() > 1 && found.iter().all(|m| m.contains(": is not TOML: ")), "{found:?}");
    assert!(found[0].starts_with("line 1: "), "{found:?}");
    let found = mistakes("title = 't'\nport = 99999999999999999999\n");
    assert!(found.len() == 1 && found[0].starts_with("line 2: is not TOML: "), "{found:?}");
}

#[test]
fn endless_nesting_is_refused_and_not_followed() {
    for text in ["a.".repeat(30_000) + "a = 1", "a = ".to_owned() + &"[".repeat(60_000)] {
        assert!(mistakes(&text)[0].contains("is not TOML"));
    }
}

#[test]
fn a_file_is_bounded_and_a_missing_one_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("a.toml");
    let error = read(&file, take).expect_err("it is not there").to_string();
    assert!(error.contains("a.toml is refused:\n  cannot be read: "), "{error}");
    std::fs::write(&file, "#".repeat(MAX_BYTES + 1)).expect("written");
    let error = read(&file, take).expect_err("it is too long");
    assert_eq!(error.mistakes[0].fault, Fault::TooLong { max: MAX_BYTES });
    assert!(read(Path::new("/dev/zero"), take).is_err(), "a device ends after the same number of bytes");
    std::fs::write(&file, b"title = '\xff'").expect("written");
    assert!(read(&file, take).is_err());
    std::fs::write(&file, GOOD).expect("written");
    assert_eq!(read(&file, take), Ok(Some(7)));
}

#[test]
fn relative_paths_start_at_the_base() {
    let read =
        |text: &str| parse(text, Path::new("/etc/kiosk"), |s: &mut Section<'_>| s.path("dir")).expect(text);
    assert_eq!(read("dir = 'store'").as_deref(), Some(Path::new("/etc/kiosk/store")));
    assert_eq!(read("dir = '/srv'").as_deref(), Some(Path::new("/srv")));
    assert_eq!(read(""), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics(text in "\\PC{0,200}|[a-c.=\\[\\]{}'\"0-9\n ]{0,80}") {
        let _ = parse(&text, Path::new(""), take);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&String::from_utf8_lossy(&bytes), Path::new(""), take);
    }

    /// Any value in the place of any other: read, or refused with a line that the file has.
    #[test]
    fn any_value_is_read_or_refused_with_its_line(
        at in 0usize..8,
        value in "-?[0-9]{1,19}|nan|true|'[a-z]{0,3}'|\\[\\]|\\[[0-9], '[a-z]'\\]|\\{\\}|\\{ a = [0-9] \\}|1979-05-27",
    ) {
        let lines: Vec<String> = GOOD.lines().enumerate().map(|(i, line)| match line.split_once('=') {
            Some((key, _)) if i == at => format!("{key}= {value}"),
            _ => line.to_owned(),
        }).collect();
        if let Err(found) = parse(&lines.join("\n"), Path::new(""), take) {
            for mistake in found {
                prop_assert!(mistake.line.is_some_and(|line| (1..=lines.len()).contains(&line)), "{mistake}");
            }
        }
    }
}
