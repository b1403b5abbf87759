//! Plays every scenario of `scenarios.txt`, in the words of the manual and of the design's rules. Each is folded forwards,
//! backwards and with repetitions: the order in which kiosks deliver must not matter.

#![allow(clippy::unwrap_used, reason = "a step that cannot be played is a mistake in the scenario")]

mod scenario;

use collection::Entry;
use proptest::prelude::*;
use proptest::sample::Index;
use scenario::{Scenario, World, read};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const SCENARIOS: &str = include_str!("../scenarios.txt");
const INDEX: &str = include_str!("../RULES.md");

#[test]
fn every_scenario_ends_as_it_says() {
    let mut wrong = Vec::new();
    for scenario in read(SCENARIOS) {
        assert!(!scenario.claims.is_empty(), "{} claims nothing", scenario.name);
        let mut world = World::new();
        scenario.steps.iter().for_each(|step| world.step(step));
        for claim in &scenario.claims {
            if let Err(is) = world.claim(claim) {
                wrong.push(format!("{}: “{claim}” does not hold, it is {is}", scenario.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every scenario as it was played: the world at its end.
fn played() -> &'static [(Scenario, World)] {
    static PLAYED: LazyLock<Vec<(Scenario, World)>> = LazyLock::new(|| {
        let scenarios = read(SCENARIOS).into_iter().map(|scenario| {
            let mut world = World::new();
            scenario.steps.iter().for_each(|step| world.step(step));
            (scenario, world)
        });
        scenarios.collect()
    });
    &PLAYED
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Unbound and bound again, a voucher used twice, a payment nobody knows of, a replacement after review began elsewhere:
    /// what the scenarios say holds however the entries travelled, and however often.
    #[test]
    fn every_scenario_ends_as_it_says_however_its_entries_arrive(
        which in any::<Index>(),
        order in any::<u64>(),
        again in proptest::collection::vec(any::<Index>(), 0..8),
    ) {
        let (scenario, world) = which.get(played());
        let mut arrived = world.clone();
        let mixed = |e: &Entry| (e.id.0.as_u128() as u64 ^ order).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        arrived.journal.sort_by_key(mixed);
        if !world.journal.is_empty() {
            arrived.journal.extend(again.iter().map(|i| i.get(&world.journal).clone()));
        }
        for claim in &scenario.claims {
            let held = arrived.claim(claim);
            prop_assert!(held.is_ok(), "{}: “{claim}” does not hold, it is {held:?}", scenario.name);
        }
    }
}

#[test]
fn no_two_scenarios_share_a_name() {
    let mut names = BTreeSet::new();
    for scenario in read(SCENARIOS) {
        assert!(names.insert(scenario.name.clone()), "{}", scenario.name);
    }
}

/// The rows of the table under this heading; cells without their white space.
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let from = INDEX.find(heading).unwrap_or_else(|| panic!("there is no {heading}"));
    let body = &INDEX[from + heading.len()..];
    let body = body.find("\n## ").map_or(body, |end| &body[..end]);
    let rows = body.lines().filter(|l| l.starts_with("| "));
    rows.skip(1).map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// Every Rust source of the rule book, in one text.
fn sources(folder: &std::path::Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The index of the manual's rules names constants, functions, scenarios and tests that exist; no rule is without one.
#[test]
fn the_index_of_rules_names_what_exists() {
    let scenarios: BTreeSet<String> = read(SCENARIOS).into_iter().map(|s| s.name).collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut code_of_all = String::new();
    sources(&root, &mut code_of_all);
    let mut played = BTreeSet::new();
    for row in table("# The rules") {
        let [rule, number, code, file, scenario] = row[..] else { panic!("five cells: {row:?}") };
        assert!(!rule.is_empty() && !number.is_empty() && !scenario.is_empty(), "{row:?}");
        let source = std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        for name in code.split('`').skip(1).step_by(2) {
            let last = name.rsplit("::").next().unwrap_or(name);
            assert!(source.contains(last), "{file} has no {last}");
        }
        for name in scenario.split(';').map(str::trim) {
            if let Some(test) = name.strip_prefix("test ") {
                assert!(code_of_all.contains(&format!("fn {test}(")), "there is no test {test}");
                continue;
            }
            assert!(scenarios.contains(name), "no scenario is called “{name}”");
            played.insert(name.to_owned());
        }
    }
    assert!(played.len() >= 60, "the index names {} scenarios only", played.len());
}

/// Each property of the table is a test, in a block of at least 10,000 cases.
#[test]
fn the_table_of_properties_names_tests_of_ten_thousand_cases() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let rows = table("## The properties");
    assert!(rows.len() >= 10, "{} properties", rows.len());
    for row in rows {
        let [_, tests, file] = row[..] else { panic!("three cells: {row:?}") };
        let source = std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        for test in tests.split(';').map(str::trim) {
            let at = source.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("{file} has no {test}"));
            let block = source[..at].rfind("with_cases(").unwrap_or_else(|| panic!("{test} has no cases"));
            let digits = source[block + 11..].chars().take_while(|c| *c != ')').filter(char::is_ascii_digit);
            let cases: u32 = digits.collect::<String>().parse().unwrap();
            assert!(cases >= 10_000, "{test} has {cases} cases");
        }
    }
}
