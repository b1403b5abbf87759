//! A command that is late, floods, crashes, lies, prints garbage, or leaves children behind hurts nobody.

use super::*;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Patience where a late answer is not the point, on however busy a machine.
const PATIENT: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(400);

/// Where this computer refuses namespaces, what must hold is that nothing runs.
fn can_shut_off() -> bool {
    let commands = [("x".to_owned(), vec![PathBuf::from("/bin/cat")])].into();
    let able = matches!(Decoders { commands, time: PATIENT }.probe(), Some(Ok(())));
    if !able {
        assert!(answer(shut_off(&["/bin/echo".into(), "ran".into()]), b"", PATIENT).is_err());
    }
    able
}

fn double(dir: &Path, arguments: &[&str]) -> Vec<PathBuf> {
    let script = dir.join("double.sh");
    fs::write(&script, include_str!("double.sh")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    // By its interpreter: a file that another thread has just written may not be started yet (ETXTBSY).
    let mut command = vec![PathBuf::from("/bin/sh"), script];
    command.extend(arguments.iter().map(PathBuf::from));
    command
}

fn play(arguments: &[&str], time: Duration) -> Result<String, Broken> {
    let dir = tempfile::tempdir().unwrap();
    let reply = answer(shut_off(&double(dir.path(), arguments)), &[b'x'; 4096], time)?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

/// Whether a process with this argument is still there, after giving the kernel time to bury it.
fn is_running(argument: &str) -> bool {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let all = fs::read_dir("/proc").unwrap().flatten();
        let mut lines = all.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        let there = lines.any(|line| line.split(|b| *b == 0).any(|word| word == argument.as_bytes()));
        if !there || Instant::now() > until {
            return there;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_payload_goes_in_and_the_answer_comes_out_without_shell_or_environment() {
    if !can_shut_off() {
        return;
    }
    let payload: Vec<u8> = (0..=255).cycle().take(4096).collect();
    assert_eq!(answer(shut_off(&["/bin/cat".into()]), &payload, PATIENT).unwrap(), payload);
    assert_eq!(answer(shut_off(&["/usr/bin/env".into()]), b"", PATIENT).unwrap(), b"");
    let echo = ["/bin/echo".into(), "$HOME; echo `id`".into()];
    assert_eq!(answer(shut_off(&echo), b"", PATIENT).unwrap(), b"$HOME; echo `id`\n");
    assert!(play(&["good"], PATIENT).unwrap().contains("9900120260000017"));
    assert!(play(&["lying"], PATIENT).is_ok(), "what it says, the roster judges");
}

#[test]
fn a_late_or_deaf_or_stubborn_command_is_killed_when_its_time_is_over() {
    if !can_shut_off() {
        return;
    }
    for (how, seconds) in [("late", "971.1"), ("deaf", "971.2"), ("stubborn", "971.3"), ("clinging", "971.4")]
    {
        assert!(matches!(play(&[how, seconds], SHORT), Err(Broken::Late)), "{how}");
        assert!(!is_running(seconds), "{how} is still there");
    }
}

#[test]
fn what_a_command_leaves_behind_ends_with_it() {
    if !can_shut_off() {
        return;
    }
    // The child holds the answer's pipe open; that it goes with its parent is what lets the answer end.
    assert_eq!(play(&["forking", "971.5"], PATIENT).unwrap(), "{\"error\":\"not_mine\"}\n");
    assert!(!is_running("971.5"));
}

#[test]
fn a_flood_a_crash_and_a_failure_are_no_answers() {
    if !can_shut_off() {
        return;
    }
    assert!(matches!(play(&["flood"], PATIENT), Err(Broken::Flood)));
    assert!(matches!(play(&["crash"], PATIENT), Err(Broken::End(_))));
    assert!(matches!(play(&["failing"], PATIENT), Err(Broken::End(_))));
    assert_eq!(answer(shut_off(&["/bin/true".into()]), &[0; 4096], PATIENT).unwrap(), b"");
    assert!(play(&["garbage"], PATIENT).is_ok(), "what it is, the reader judges");
}

#[test]
fn a_command_reaches_no_network_not_even_this_computer_s() {
    if !can_shut_off() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    assert_eq!(play(&["dialling", &port], PATIENT).unwrap(), "alone\n");
    // The same words outside reach it: the silence above is the namespace's doing.
    let dir = tempfile::tempdir().unwrap();
    let words = double(dir.path(), &["dialling", &port]);
    let open = Command::new(&words[0]).args(&words[1..]).output().unwrap();
    assert_eq!(open.stdout, b"connected\n");
}

#[test]
fn a_command_that_nobody_configured_is_a_failure() {
    let none = Decoders::default();
    assert_eq!(none.run("chsi", b"x"), Err(Failure::Failed));
    assert!(none.probe().is_none());
    let commands = [("chsi".to_owned(), vec![PathBuf::from("/no/such/program")])].into();
    assert_eq!(Decoders { commands, time: PATIENT }.run("chsi", b"x"), Err(Failure::Failed));
}
