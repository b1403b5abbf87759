//! No sequence of permitted acts passes a limit on one device; of several without a network nothing is dropped, surplus is
//! only counted, and the right cases open.

use super::heaps::ID;
use super::world::{Turn, World, turns};
use crate::rights::{Act, Actor, permits, submission_act};
use crate::*;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

fn made(entries: &[Entry], by: Option<u8>) -> BTreeMap<jiff::civil::Date, u32> {
    let mut days = BTreeMap::new();
    for entry in entries.iter().filter(|e| by.is_none_or(|k| e.device == super::heaps::device(k))) {
        if let Kind::Produced { day, .. } = entry.kind {
            *days.entry(day).or_default() += 1;
        }
    }
    days
}

/// The longest run of entries that `bad` counts, broken by those that `good` says.
fn longest(entries: &[Entry], bad: fn(&Kind) -> bool, good: fn(&Kind) -> bool) -> u32 {
    let (mut run, mut most) = (0, 0);
    for entry in entries {
        run = if bad(&entry.kind) {
            run + 1
        } else if good(&entry.kind) {
            0
        } else {
            run
        };
        most = most.max(run);
    }
    most
}

fn wrong_answer(kind: &Kind) -> bool {
    matches!(kind, Kind::SecondFactorTried { right: false })
}

fn right_answer(kind: &Kind) -> bool {
    matches!(kind, Kind::SecondFactorTried { right: true })
}

fn failed(kind: &Kind) -> bool {
    matches!(kind, Kind::ComparisonFailed { .. })
}

fn passed(kind: &Kind) -> bool {
    matches!(kind, Kind::Produced { .. })
}

fn roles(state: &Enrolment, role: Role) -> u32 {
    state.submissions.iter().filter(|s| s.role == role).count() as u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_sequence_of_permitted_acts_on_one_device_passes_a_limit(
        turns in turns(1, false),
        // Somebody who guesses: among other turns six wrong answers in a row are too rare to be met.
        guesses in proptest::collection::vec(proptest::bool::weighted(0.2), 0..12),
    ) {
        let mut world = World::new(1, false);
        let guesses = guesses.into_iter().map(|right| Turn::Answer(1, right));
        for turn in turns.iter().cloned().chain(guesses).collect::<Vec<_>>().iter() {
            world.play(turn);
            world.sync(1);
        }
        let (state, limits) = (world.state(1), Settings::default());
        prop_assert!(made(&world.known[1], None).values().all(|n| *n <= limits.productions_per_day));
        prop_assert!(longest(&world.known[1], wrong_answer, right_answer) <= quota::SECOND_FACTOR_TRIES);
        prop_assert!(longest(&world.known[1], failed, passed) <= limits.comparison_failures_to_case);
        prop_assert!(roles(&state, Role::Replacement) <= limits.replacements);
        prop_assert!(roles(&state, Role::Resubmission) <= limits.resubmissions);
        prop_assert_eq!(roles(&state, Role::Surplus), 0);
        prop_assert!(state.cases.iter().all(|c| c.kind == CaseKind::ComparisonFailed));
        prop_assert!(state.ignored.is_empty());
    }

    #[test]
    fn of_two_or_three_offline_devices_nothing_is_dropped(kiosks in 2_u8..=3, turns in turns(3, true)) {
        let mut world = World::new(3, true);
        for turn in turns.iter().filter(|t| kiosk_of(t).is_none_or(|k| k <= kiosks)) {
            world.play(turn);
        }
        (1..=3).chain(1..=3).for_each(|k| world.sync(k));
        let (state, limits) = (world.state(0), Settings::default());
        for k in 1..=kiosks {
            prop_assert_eq!(&world.state(k), &state, "kiosk and server agree once they have spoken");
        }
        let union = &world.known[0];
        prop_assert!(state.ignored.iter().all(|i| i.reason == IgnoreReason::Repeated));
        let counted: BTreeMap<_, _> = state.productions.clone();
        prop_assert_eq!(counted, made(union, None), "every production is counted, surplus or not");
        for entry in union.iter().filter(|e| matches!(e.kind, Kind::Submitted { .. })) {
            let there = state.submissions.iter().any(|s| s.id == entry.id)
                || state.ignored.iter().any(|i| i.entry == entry.id);
            prop_assert!(there);
        }
        prop_assert!(roles(&state, Role::Replacement) <= limits.replacements);
        prop_assert!(roles(&state, Role::Resubmission) <= limits.resubmissions);
        for surplus in state.submissions.iter().filter(|s| s.role == Role::Surplus) {
            let case = |c: &Case| c.kind == CaseKind::TwoSubmissions && c.about.contains(&surplus.id);
            prop_assert!(state.cases.iter().any(case), "a surplus portrait is in a case");
        }
        prop_assert_eq!(state.candidate().is_some(), !state.submissions.is_empty());
        for case in state.open_cases() {
            let about = case.about.iter().all(|id| union.iter().any(|e| e.id == *id));
            prop_assert!(about, "a case names entries that exist");
        }
    }

    /// The server comes back as it was some time ago. Kiosks submit again what they wrote; what the server said since is gone.
    #[test]
    fn a_restored_server_loses_nothing_but_its_own_later_words(turns in turns(3, true), back in any::<Index>()) {
        let (mut world, back) = (World::new(3, true), back.index(turns.len()));
        let mut kept = Vec::new();
        for (at, turn) in turns.iter().enumerate() {
            if at == back {
                kept.clone_from(&world.known[0]);
            }
            world.play(turn);
        }
        world.known[0] = kept;
        for k in 1..=3_u8 {
            // Words of the server that it does not know any more are superseded, at the kiosks too.
            world.known[usize::from(k)].retain(|e| e.device == super::heaps::device(k));
        }
        let written: Vec<Entry> = world.known[1..].iter().flatten().cloned().collect();
        (1..=3).chain(1..=3).for_each(|k| world.sync(k));
        let (state, union) = (world.state(0), &world.known[0]);
        for k in 1..=3 {
            prop_assert_eq!(&world.state(k), &state, "kiosk and server agree once they have spoken");
        }
        prop_assert!(written.iter().all(|e| union.iter().any(|there| there.id == e.id)));
        prop_assert_eq!(&state.productions, &made(union, None), "every production is counted");
        for entry in written.iter().filter(|e| matches!(e.kind, Kind::Submitted { .. })) {
            let there = state.submissions.iter().any(|s| s.id == entry.id)
                || state.ignored.iter().any(|i| i.entry == entry.id);
            prop_assert!(there, "a portrait was lost");
        }
        // Submitted twice, a portrait may be decided under either name.
        let names = |s: &Submission, id| {
            union.iter().any(|e| Some(e.id) == id && e.about == Some(s.produced) && matches!(e.kind, Kind::Submitted { .. }))
        };
        let decided = |s: &Submission| {
            union.iter().any(|e| e.device.as_str() == CENTRAL && names(s, e.about))
        };
        prop_assert!(state.submissions.iter().all(|s| s.review == Review::Waiting || decided(s)));
    }

    /// What a kiosk grants on what it knows, it would also grant on its own journal and the server's words alone: other
    /// kiosks' entries only ever take away.
    #[test]
    fn a_prefix_never_grants_more_than_the_whole_would_have_allowed(turns in turns(3, false)) {
        let mut world = World::new(3, false);
        for turn in &turns {
            if !matches!(turn, Turn::Fail(_)) {
                world.play(turn);
            }
            for k in 1..=3_u8 {
                let all = &world.known[usize::from(k)];
                let own = |e: &&Entry| e.device == super::heaps::device(k) || e.device.as_str() == CENTRAL;
                // A portrait made at another kiosk and submitted here is part of what was done here.
                let acted_on = |e: &&Entry| all.iter().filter(own).any(|by| by.about == Some(e.id));
                let alone = all.iter().filter(|e| own(e) || acted_on(e));
                let alone = fold(ID, alone, &Versions::of(&world.task));
                let whole = world.state(k);
                for act in [Act::Produce, submission_act(&whole)] {
                    let act_alone = if act == Act::Produce { act } else { submission_act(&alone) };
                    let grants = |s, a| permits(Actor::Verified, a, s, &world.task, world.day()).is_ok();
                    prop_assert!(!grants(&whole, act) || grants(&alone, act_alone), "{act:?} on kiosk {k}");
                }
            }
        }
    }

    /// However far the whole has come, in the fold's own order each device's acts stand in the order in which it did them:
    /// cut the whole where a device stood, and the device's own part is what it knew of itself.
    #[test]
    fn the_whole_keeps_each_device_s_acts_in_order(turns in turns(3, true)) {
        let mut world = World::new(3, true);
        turns.iter().for_each(|t| world.play(t));
        (1..=3).chain(1..=3).for_each(|k| world.sync(k));
        let by_id = world.known[0].iter().map(|e| (e.id, e.clone())).collect();
        let mut last: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for entry in fold::ordered(by_id) {
            let before = last.insert(entry.device.clone(), entry.sequence).unwrap_or(0);
            prop_assert!(before < entry.sequence, "{} stands after {before}", entry.sequence);
        }
    }
}

fn kiosk_of(turn: &Turn) -> Option<u8> {
    match turn {
        Turn::Produce(k)
        | Turn::HandIn(k)
        | Turn::Fail(k)
        | Turn::Answer(k, _)
        | Turn::Grant(k)
        | Turn::Unlock(k)
        | Turn::Sync(k) => Some(*k),
        Turn::Review(_) | Turn::Decide(_) | Turn::Night => None,
    }
}
