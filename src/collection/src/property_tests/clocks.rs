//! Slow, fast, jumping, 1970, 2038 on one of several devices: no quota reopens wrongly, nobody else's day is poisoned.

use super::heaps::{ID, device, entry, settings};
use crate::fold::scenario_tests::task;
use crate::rights::{Act, Actor, permits};
use crate::*;
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const HOUR: u64 = 3_600_000;
/// 2026-03-10 08:00 in China.
const START: u64 = 1_773_100_800_000;

/// How a device's wall clock is wrong.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    Slow(u64),
    Fast(u64),
    At(u64),
    /// By the hour, forwards and backwards.
    Jumping(u64),
}

impl Fault {
    fn wall(self, truth: u64) -> u64 {
        match self {
            Fault::None => truth,
            Fault::Slow(by) => truth - by,
            Fault::Fast(by) => truth + by,
            Fault::At(millis) => millis + (truth - START),
            Fault::Jumping(seed) => {
                let swing =
                    (truth / HOUR).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(seed) % (200 * HOUR);
                (truth + swing).saturating_sub(100 * HOUR)
            }
        }
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        (1_u64..100).prop_map(|h| Fault::Slow(h * HOUR)),
        (1_u64..100).prop_map(|h| Fault::Fast(h * HOUR)),
        Just(Fault::At(0)),
        Just(Fault::At(2_147_483_647_000)),
        any::<u64>().prop_map(Fault::Jumping),
    ]
}

#[derive(Clone, Debug)]
enum Turn {
    Hours(u64),
    Produce(usize),
    Sync(usize),
    Restart(usize),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        2 => (0_u64..14).prop_map(Turn::Hours),
        5 => (0_usize..3).prop_map(Turn::Produce),
        2 => (0_usize..3).prop_map(Turn::Sync),
        1 => (0_usize..3).prop_map(Turn::Restart),
    ];
    proptest::collection::vec(turn, 1..32)
}

struct Kiosk {
    fault: Fault,
    time: TrustedTime,
    clock: Hlc,
    booted: (u128, u64),
    known: Vec<Entry>,
}

impl Kiosk {
    fn clocks(&self, truth: u64) -> Clocks {
        let (boot, since) = self.booted;
        Clocks { wall_millis: self.fault.wall(truth), boot_millis: truth - since, boot }
    }
}

fn day_of(task: &Task, millis: u64) -> Date {
    task.day(Timestamp::from_millisecond(i64::try_from(millis).unwrap()).unwrap())
}

struct World {
    truth: u64,
    kiosks: Vec<Kiosk>,
    server: Vec<Entry>,
    task: Task,
    written: u128,
}

impl World {
    fn new(faults: [Fault; 3]) -> Self {
        let kiosk = |fault| Kiosk {
            fault,
            time: TrustedTime::from_last_entry(START),
            clock: Hlc { millis: START, counter: 0 },
            booted: (1, START),
            known: Vec::new(),
        };
        let kiosks = faults.map(kiosk).into();
        World { truth: START, kiosks, server: Vec::new(), task: task(), written: 0 }
    }

    fn play(&mut self, turn: &Turn) {
        match *turn {
            Turn::Hours(hours) => self.truth += hours * HOUR,
            Turn::Produce(at) => self.produce(at),
            Turn::Sync(at) => self.sync(at),
            Turn::Restart(at) => self.kiosks[at].booted = (self.kiosks[at].booted.0 + 1, self.truth),
        }
    }

    fn produce(&mut self, at: usize) {
        let clocks = self.kiosks[at].clocks(self.truth);
        let kiosk = &mut self.kiosks[at];
        let now = kiosk.time.now(clocks);
        let day = day_of(&self.task, now.millis);
        let state = fold(ID, &kiosk.known, &settings());
        if permits(Actor::Student, Act::Produce, &state, &self.task, day).is_err() {
            return;
        }
        self.written += 1;
        kiosk.clock = kiosk.clock.next(now.millis);
        let kind = Kind::Produced { day, comparison: ComparisonBand::Pass };
        let mut made = entry(self.written, 1 + at as u8, 0, None, kind);
        (made.clock, made.doubtful) = (kiosk.clock, now.doubtful);
        kiosk.known.push(made);
    }

    /// A whole one syncs and hears the time; the broken ones (1 and 2) only exchange entries.
    fn sync(&mut self, at: usize) {
        let clocks = self.kiosks[at].clocks(self.truth);
        let kiosk = &mut self.kiosks[at];
        if matches!(kiosk.fault, Fault::None) {
            kiosk.time.server_says(self.truth, clocks);
        }
        for made in &kiosk.known {
            if !self.server.iter().any(|e| e.id == made.id) {
                self.server.push(made.clone());
            }
        }
        for heard in &self.server {
            if !kiosk.known.iter().any(|e| e.id == heard.id) {
                kiosk.clock = kiosk.clock.seen(heard.clock, kiosk.time.now(clocks).millis);
                kiosk.known.push(heard.clone());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_quota_reopens_wrongly_and_nobody_else_s_day_is_poisoned(
        one in fault(), two in fault(), turns in turns(),
    ) {
        let mut world = World::new([Fault::None, one, two]);
        world.sync(0);
        for turn in &turns {
            world.play(turn);
            let clocks = world.kiosks[0].clocks(world.truth);
            let good = &mut world.kiosks[0];
            prop_assert!(good.clock.millis <= world.truth + MAX_AHEAD_MILLIS, "dragged ahead after {turn:?}");
            // The good kiosk's own day is the true one whenever it knows the time, whatever it heard from the others.
            let now = good.time.now(clocks);
            if !now.doubtful {
                prop_assert_eq!(day_of(&world.task, now.millis), day_of(&world.task, world.truth));
            }
        }
        let begun = 1 + (world.truth - START + 8 * HOUR) / (24 * HOUR);
        for at in 0..3 {
            let mine = |e: &&Entry| e.device == device(1 + at as u8);
            let mut days: BTreeMap<Date, u32> = BTreeMap::new();
            for entry in world.kiosks[at].known.iter().filter(mine) {
                if let Kind::Produced { day, .. } = entry.kind {
                    *days.entry(day).or_default() += 1;
                    prop_assert!(day <= day_of(&world.task, world.truth + MAX_STEP_MILLIS), "a day before its time");
                }
            }
            prop_assert!(days.values().all(|n| *n <= 3), "kiosk {at} passed the day's limit: {days:?}");
            prop_assert!(days.len() as u64 <= begun + 1, "kiosk {at} opened {days:?} in {begun} days");
        }
        // What the broken ones made counts on their days and takes nothing from another day.
        let state = fold(ID, &world.kiosks[0].known, &settings());
        let today = day_of(&world.task, world.truth);
        let ids: BTreeSet<EntryId> = world.kiosks[0].known.iter().map(|e| e.id).collect();
        let on_today = world.kiosks[0].known.iter().filter(|e| matches!(e.kind, Kind::Produced { day, .. } if day == today));
        prop_assert_eq!(quota::productions_left(&state, &world.task, today), 3_u32.saturating_sub(on_today.count() as u32));
        prop_assert_eq!(ids.len(), world.kiosks[0].known.len());
        let marked = world.kiosks[0].known.iter().filter(|e| e.doubtful).count();
        prop_assert_eq!(state.doubtful.len(), marked, "what a doubtful clock wrote is marked");
    }

    /// A kiosk without any of this software's care: its readings move nobody.
    #[test]
    fn a_reading_from_the_far_future_moves_no_clock(ahead in any::<u64>(), counter in any::<u32>()) {
        let own = Hlc { millis: START, counter: 3 };
        let other = Hlc { millis: START.saturating_add(ahead), counter };
        let after = own.seen(other, START);
        prop_assert!(after >= own && after.millis <= START + MAX_AHEAD_MILLIS);
        if other.millis <= START + MAX_AHEAD_MILLIS {
            prop_assert!(after.next(START) > other || other.counter == u32::MAX);
        }
    }
}
