//! What was acknowledged is there after the process was killed.

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const CHILD: &str = "STORE_TEST_CHILD_DIR";

/// Not a test of its own: the process that is killed. Says the sequence of every visit once `append` has returned.
#[test]
fn child_that_is_killed() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let store = support::open(dir.as_ref());
    for n in 0_u32.. {
        let portrait = [n.to_le_bytes(), std::process::id().to_le_bytes()].concat().repeat(500);
        let original = vec![n as u8; 300_000];
        let (_, handed_in) = support::visit(&store, n as u8, &portrait, &original);
        println!("acknowledged {}", handed_in.sequence);
    }
}

#[test]
fn every_acknowledged_visit_survives_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    drop(support::enrolled(dir.path()));
    let mut acknowledged = 0;
    for round in 1..=6_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_is_killed", "--exact", "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut seen = 0;
        for line in lines {
            let Some((_, sequence)) = line.split_once("acknowledged ") else { continue };
            acknowledged = sequence.trim().parse::<u64>().unwrap();
            seen += 1;
            if seen == 5 * round {
                // Anywhere inside of the next visits.
                std::thread::sleep(std::time::Duration::from_micros(round * 1_700));
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        let store = support::open(dir.path());
        let last = store.last_sequence().unwrap();
        assert!(last >= acknowledged, "{acknowledged} was acknowledged, {last} is there");
        let all = store.pending_entries(10_000).unwrap();
        let sequences: Vec<u64> = all.iter().map(|p| p.sequence).collect();
        assert_eq!(sequences, (1..=last).collect::<Vec<_>>(), "contiguous, each once");
        for entry in &all {
            let entry = store.entry(entry.id).unwrap().expect("is there");
            if let collection::Kind::Submitted { portrait, original, .. } = entry.kind {
                assert!(
                    store.picture(portrait).unwrap().is_some() && store.picture(original).unwrap().is_some()
                );
            }
        }
        assert!(store.inspect().unwrap().is_whole());
    }
    assert!(acknowledged >= 100, "{acknowledged}");
}
