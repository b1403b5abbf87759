//! Plays every story of `stories.txt`, in the words of the manual and of the design's rules. Each is folded forwards,
//! backwards and with repetitions: the order in which kiosks deliver must not matter.

#![allow(clippy::unwrap_used, reason = "a step that cannot be played is a mistake in the story")]

mod story;

use std::collections::BTreeSet;
use story::{World, read};

const STORIES: &str = include_str!("../stories.txt");
const INDEX: &str = include_str!("../RULES.md");

#[test]
fn every_story_ends_as_it_says() {
    let mut wrong = Vec::new();
    for story in read(STORIES) {
        assert!(!story.claims.is_empty(), "{} claims nothing", story.name);
        let mut world = World::new();
        story.steps.iter().for_each(|step| world.step(step));
        for claim in &story.claims {
            if let Err(is) = world.claim(claim) {
                wrong.push(format!("{}: “{claim}” does not hold, it is {is}", story.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_two_stories_share_a_name() {
    let mut names = BTreeSet::new();
    for story in read(STORIES) {
        assert!(names.insert(story.name.clone()), "{}", story.name);
    }
}

/// The index of the manual's rules names constants, functions and stories that exist.
#[test]
fn the_index_of_rules_names_what_exists() {
    let stories: BTreeSet<String> = read(STORIES).into_iter().map(|s| s.name).collect();
    let mut told = BTreeSet::new();
    let rows =
        INDEX.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| rule") && !l.contains("---"));
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [rule, number, code, file, story] = cells[..] else { panic!("five cells: {row}") };
        assert!(!rule.is_empty() && !number.is_empty(), "{row}");
        let path = format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{file}: {e}"));
        for name in code.split('`').skip(1).step_by(2) {
            let last = name.rsplit("::").next().unwrap_or(name);
            assert!(source.contains(last), "{file} has no {last}");
        }
        for name in story.split(';').map(str::trim).filter(|s| *s != "-") {
            assert!(stories.contains(name), "no story is called “{name}”");
            told.insert(name.to_owned());
        }
    }
    assert!(told.len() >= 30, "the index tells of {} stories only", told.len());
}
