//! A kiosk's life with bad clocks: the quota day never runs ahead of the true day, never goes back, and a standing clock
//! stops no visit.

use super::*;
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
/// A morning in March 2026.
const START: u64 = 1_773_100_800_000;

fn clocks(wall_millis: u64, boot: u128, boot_millis: u64) -> Clocks {
    Clocks { wall_millis, boot_millis, boot }
}

#[test]
fn within_a_boot_only_what_passed_counts() {
    let mut time = TrustedTime::from_last_entry(START);
    time.server_says(START, clocks(START, 1, 0));
    for wall in [0, START - DAY, START + DAY, u64::MAX] {
        let now = time.now(clocks(wall, 1, HOUR));
        assert_eq!(now, Trusted { millis: START + HOUR, doubtful: false }, "wall {wall}");
    }
    assert_eq!(time.now(clocks(START, 1, DAY)).millis, START + DAY, "midnight passes without a network");
}

#[test]
fn a_restart_within_ten_minutes_is_believed() {
    let mut time = TrustedTime::from_last_entry(START);
    let now = time.now(clocks(START + 9 * 60_000, 2, 5_000));
    assert_eq!(now, Trusted { millis: START + 9 * 60_000, doubtful: false });
}

#[test]
fn a_jump_of_more_than_ten_minutes_opens_nothing_until_somebody_confirms() {
    let mut time = TrustedTime::from_last_entry(START);
    let next_day = clocks(START + DAY, 2, 5_000);
    assert_eq!(time.now(next_day), Trusted { millis: START, doubtful: true });
    assert_eq!(time.staff_confirms(next_day), Trusted { millis: START + DAY, doubtful: false });
    assert_eq!(time.now(clocks(0, 2, 5_000 + HOUR)).millis, START + DAY + HOUR);
}

#[test]
fn many_small_jumps_do_not_add_up_to_a_day() {
    let mut time = TrustedTime::from_last_entry(START);
    let mut wall = START;
    for boot in 0..1_000 {
        wall += 9 * 60_000;
        time.now(clocks(wall, boot, 0));
    }
    assert!(time.now(clocks(wall, 1_000, 0)).millis <= START + MAX_STEP_MILLIS);
}

#[test]
fn a_dead_battery_stands_still_and_goes_on() {
    let mut time = TrustedTime::from_last_entry(START);
    for hours in 0..40 {
        let now = time.now(clocks(hours * HOUR, 3, hours * HOUR));
        assert_eq!(now, Trusted { millis: START, doubtful: true });
    }
}

#[test]
fn staff_never_turns_time_back_and_the_server_may() {
    let mut time = TrustedTime::from_last_entry(START + DAY);
    assert_eq!(time.staff_confirms(clocks(START, 4, 0)).millis, START + DAY);
    time.server_says(START, clocks(0, 4, HOUR));
    assert_eq!(time.now(clocks(0, 4, 2 * HOUR)).millis, START + HOUR);
}

#[test]
fn a_kiosk_that_knows_nothing_says_so() {
    assert!(TrustedTime::default().now(clocks(START, 1, 0)).doubtful);
}

/// What happens to a kiosk.
#[derive(Clone, Debug)]
enum Turn {
    /// So much time passes, hours.
    Passes(u64),
    /// The wall clock is set to this much before or after the truth, minutes.
    WallSet(i64),
    /// It says 1970, or 2038.
    WallAt(u64),
    /// It is switched off for so many hours and started again.
    Restart(u64),
    /// The server's word arrives.
    Server,
    /// Staff confirms, when the wall clock is right.
    Staff,
    /// Somebody has a portrait made.
    Visit,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        4 => (0_u64..20).prop_map(Turn::Passes),
        2 => (-3_000_i64..3_000).prop_map(Turn::WallSet),
        1 => prop_oneof![Just(0), Just(2_147_483_647_000)].prop_map(Turn::WallAt),
        2 => (0_u64..30).prop_map(Turn::Restart),
        1 => Just(Turn::Server),
        1 => Just(Turn::Staff),
        6 => Just(Turn::Visit),
    ]
}

/// The machine and the truth it cannot see.
struct Machine {
    truth: u64,
    wall: u64,
    boot: u128,
    up: u64,
    time: TrustedTime,
}

impl Machine {
    fn clocks(&self) -> Clocks {
        clocks(self.wall, self.boot, self.up)
    }

    fn pass(&mut self, millis: u64) {
        (self.truth, self.wall, self.up) =
            (self.truth + millis, self.wall.saturating_add(millis), self.up + millis);
    }

    fn live(&mut self, turn: &Turn) {
        match turn {
            Turn::Passes(hours) => self.pass(hours * HOUR),
            Turn::WallSet(minutes) => self.wall = self.truth.saturating_add_signed(minutes * 60_000),
            Turn::WallAt(millis) => self.wall = *millis,
            Turn::Restart(hours) => {
                self.pass(hours * HOUR);
                (self.boot, self.up) = (self.boot + 1, 0);
            }
            Turn::Server => self.time.server_says(self.truth, self.clocks()),
            Turn::Staff if self.wall.abs_diff(self.truth) < 60_000 => {
                self.time.staff_confirms(self.clocks());
            }
            Turn::Staff | Turn::Visit => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_clock_opens_a_day_that_has_not_come(turns in proptest::collection::vec(turn(), 1..40)) {
        let time = TrustedTime::from_last_entry(START);
        let mut kiosk = Machine { truth: START, wall: START, boot: 1, up: 0, time };
        let (mut last, mut made) = (0, std::collections::BTreeMap::<u64, u32>::new());
        for turn in &turns {
            kiosk.live(turn);
            let clocks = kiosk.clocks();
            let now = kiosk.time.now(clocks);
            prop_assert!(now.millis <= kiosk.truth + MAX_STEP_MILLIS + 60_000, "ahead of the truth after {turn:?}");
            prop_assert!(now.millis + MAX_STEP_MILLIS + 60_000 >= last, "back after {turn:?}");
            if !matches!(turn, Turn::Server) {
                prop_assert!(now.millis >= last, "only the server turns back, not {turn:?}");
            }
            last = now.millis;
            if matches!(turn, Turn::Visit) {
                let today = made.entry(now.millis / DAY).or_default();
                *today = (*today + 1).min(3);
            }
        }
        // Three a day by the rules: never more than three for each day that has truly begun.
        let begun = (kiosk.truth + MAX_STEP_MILLIS + 60_000) / DAY - START / DAY + 1;
        prop_assert!(u64::from(made.values().sum::<u32>()) <= 3 * begun);
        let json = serde_json::to_string(&kiosk.time).unwrap();
        prop_assert_eq!(serde_json::from_str::<TrustedTime>(&json).unwrap(), kiosk.time);
    }
}
