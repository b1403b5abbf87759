//! Nothing of a student outlives their visit: from every stage and by every ending, no value of theirs is left in the state.

use super::reach::map;
use super::scenario_table::FLOWS;
use super::world::{DAY, Scenario};
use crate::*;
use sentences::codes;

/// Values of the scenarios' students, as the state's debug output writes them: what the roster says, what was typed, what a
/// code says, who the staff was, and the handles of their pictures.
const VALUES: [&str; 21] = [
    "林*夏",
    "9900*",
    "\"2201\"",
    "数字媒体",
    "0707070707",
    "[99, 111, 100, 101]",
    "\"280286\"",
    "\"28028X\"",
    "\"1111\"",
    "\"0117\"",
    "\"0228\"",
    "990000200501020022",
    "\"E12345678\"",
    "林知夏",
    "2201班",
    "13800000000",
    "青屿路1号",
    "\"20270001\"",
    "周老师",
    "K7-1",
    "FrameId",
];

fn values_in(visit: &Visit) -> Vec<&'static str> {
    let state = format!("{visit:?}");
    VALUES.into_iter().filter(|value| state.contains(value)).collect()
}

/// By the button; the second touch answers the question that the first may raise.
fn by_button(mut visit: Visit) -> Visit {
    visit.step(Input::Touch(Touch::Exit));
    visit.step(Input::Touch(Touch::Exit));
    visit
}

/// By time alone: idle, the receipt's time, an answer that never comes.
fn by_time(mut visit: Visit) -> Visit {
    let (mut millis, timings) = (visit.now().millis, visit.timings());
    for _ in 0..(timings.timeout + timings.idle + timings.countdown) / 5_000 + 2 {
        millis += 5_000;
        visit.step(Input::Tick(Moment { millis, day: DAY }));
    }
    visit
}

/// Staff stops the kiosk meanwhile.
fn paused(mut visit: Visit) -> Visit {
    visit.step(Input::Pause(Some(Sentence::plain(codes::PAUSE_LUNCH))));
    by_button(visit)
}

/// The camera goes away, and the student with it.
fn without_camera(mut visit: Visit) -> Visit {
    visit.step(Input::Camera(CameraNews::Lost { code: codes::CAMERA_UNPLUGGED }));
    by_time(visit)
}

/// What an ending is called, and how it is brought about.
type Ending = (&'static str, fn(Visit) -> Visit);

const ENDINGS: [Ending; 4] =
    [("button", by_button), ("time", by_time), ("pause", paused), ("camera", without_camera)];

fn assert_forgotten_by_every_ending(visit: &Visit, place: &str) {
    for (ending, end) in ENDINGS {
        let ended = end(visit.clone());
        assert!(ended.is_at_rest(), "{place} is not ended by {ending}");
        assert_eq!(values_in(&ended), [""; 0], "{place}, ended by {ending}");
        assert!(ended.session.is_none(), "{place}, ended by {ending}: the session is still there");
    }
}

#[test]
fn every_state_forgets_its_student_by_every_ending() {
    for (state, visit) in map() {
        assert_forgotten_by_every_ending(&visit, &state);
    }
}

#[test]
fn every_step_of_every_scenario_forgets_its_student_by_every_ending() {
    let mut seen = std::collections::BTreeSet::new();
    for (about, happens, _, _) in FLOWS {
        let mut scenario = Scenario::new();
        for word in happens.split_whitespace() {
            scenario.happens(word);
            seen.extend(values_in(&scenario.visit));
            assert_forgotten_by_every_ending(&scenario.visit, about);
        }
    }
    let unseen: Vec<&str> = VALUES.into_iter().filter(|value| !seen.contains(value)).collect();
    assert_eq!(unseen, [""; 0], "these were never there, so nothing was proven of them");
}
