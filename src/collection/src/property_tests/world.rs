//! A small world: kiosks that know what they wrote and what reached them, a server, and one student who tries everything.
//! Kiosks write only what their own knowledge permits, as the real ones do.

use super::heaps::{ID, device, produced, staff, submitted};
use crate::fold::scenario_tests::task;
use crate::rights::{Act, Actor, permits, submission_act};
use crate::*;
use jiff::civil::Date;
use proptest::prelude::*;

/// One turn of the world. The number is the kiosk's, 1..=3.
#[derive(Clone, Debug)]
pub enum Turn {
    Produce(u8),
    HandIn(u8),
    Fail(u8),
    Answer(u8, bool),
    Grant(u8),
    Unlock(u8),
    /// The kiosk delivers what it has and hears what the server knows.
    Sync(u8),
    /// The server does what it may with the candidate.
    Review(bool),
    /// The server decides the oldest open case.
    Decide(u8),
    /// Midnight.
    Night,
}

pub fn turns(kiosks: u8, staffed: bool) -> impl Strategy<Value = Vec<Turn>> {
    let k = 1..=kiosks;
    let by_staff = u32::from(staffed);
    let turn = prop_oneof![
        6 => k.clone().prop_map(Turn::Produce),
        6 => k.clone().prop_map(Turn::HandIn),
        3 => k.clone().prop_map(Turn::Fail),
        2 => (k.clone(), any::<bool>()).prop_map(|(k, right)| Turn::Answer(k, right)),
        1 + by_staff => k.clone().prop_map(Turn::Grant),
        1 => k.clone().prop_map(Turn::Unlock),
        3 => k.prop_map(Turn::Sync),
        3 => any::<bool>().prop_map(Turn::Review),
        1 => (0_u8..3).prop_map(Turn::Decide),
        1 => Just(Turn::Night),
    ];
    proptest::collection::vec(turn, 1..30)
}

/// The world. Index 0 is the server's knowledge, the others are kiosks'.
pub struct World {
    pub known: Vec<Vec<Entry>>,
    pub task: Task,
    pub today: i8,
    /// Staff helps and the registry decides.
    pub staffed: bool,
    written: u64,
    clocks: Vec<Hlc>,
}

impl World {
    pub fn new(kiosks: u8, staffed: bool) -> Self {
        let places = usize::from(kiosks) + 1;
        let (known, clocks) = (vec![Vec::new(); places], vec![Hlc::default(); places]);
        World { known, task: task(), today: 2, staffed, written: 0, clocks }
    }

    pub fn day(&self) -> Date {
        super::heaps::day(self.today)
    }

    pub fn state(&self, place: u8) -> Enrolment {
        fold(ID, &self.known[usize::from(place)], &Versions::of(&self.task))
    }

    pub fn may(&self, place: u8, actor: Actor, act: Act) -> bool {
        permits(actor, act, &self.state(place), &self.task, self.day()).is_ok()
    }

    pub fn write(&mut self, place: u8, about: Option<EntryId>, kind: Kind) -> EntryId {
        self.written += 1;
        let at = usize::from(place);
        self.clocks[at] = self.clocks[at].next(self.written * 1_000);
        let mut entry = super::heaps::entry(u128::from(self.written), place, 0, about, kind);
        entry.clock = self.clocks[at];
        entry.device = device(place);
        self.known[at].push(entry);
        EntryId(uuid::Uuid::from_u128(u128::from(self.written)))
    }

    /// Both ends learn from each other.
    pub fn sync(&mut self, kiosk: u8) {
        let kiosk = usize::from(kiosk);
        for (from, to) in [(kiosk, 0), (0, kiosk)] {
            for entry in self.known[from].clone() {
                if !self.known[to].iter().any(|e| e.id == entry.id) {
                    self.clocks[to] = self.clocks[to].seen(entry.clock, self.written * 1_000);
                    self.known[to].push(entry);
                }
            }
        }
    }

    pub fn play(&mut self, turn: &Turn) {
        match *turn {
            Turn::Produce(k) if self.may(k, Actor::Verified, Act::Produce) => {
                self.write(k, None, produced(self.today));
            }
            Turn::HandIn(k) => self.hand_in(k),
            // A comparison comes before a production, so it needs the same right.
            Turn::Fail(k) if self.may(k, Actor::Verified, Act::Produce) => {
                self.write(k, None, Kind::ComparisonFailed { score_tenths: 400 });
            }
            Turn::Answer(k, right) if self.may(k, Actor::Student, Act::SecondFactor) => {
                self.write(k, None, Kind::SecondFactorTried { right });
            }
            Turn::Grant(k) if self.staffed => {
                let day = self.day();
                self.write(k, None, Kind::ProductionGranted { staff: staff(), day });
            }
            Turn::Unlock(k) if self.staffed => {
                let about = self.state(k).last_try;
                self.write(k, about, Kind::SecondFactorUnlocked { staff: staff() });
            }
            Turn::Sync(k) => self.sync(k),
            Turn::Review(good) => self.review(good),
            Turn::Decide(how) if self.staffed => self.decide(how),
            Turn::Night => self.today += 1,
            _ => {}
        }
    }

    fn hand_in(&mut self, kiosk: u8) {
        let state = self.state(kiosk);
        let Some(draft) = state.draft else { return };
        if self.may(kiosk, Actor::Verified, submission_act(&state)) {
            let mut kind = submitted(self.written as u8);
            if let Kind::Submitted { replaces, .. } = &mut kind {
                *replaces = state.candidate().map(|c| c.id);
            }
            self.write(kiosk, Some(draft), kind);
        }
    }

    fn review(&mut self, good: bool) {
        let Some(candidate) = self.state(0).candidate().map(|c| c.id) else { return };
        if self.may(0, Actor::Server, Act::BeginReview) {
            self.write(0, Some(candidate), Kind::ReviewBegan);
        } else if self.may(0, Actor::Server, Act::Decide) {
            let rejected = ReviewOutcome::Rejected { reason: "review.ears_covered".to_owned() };
            let outcome = if good { ReviewOutcome::Approved } else { rejected };
            self.write(0, Some(candidate), Kind::Reviewed(outcome));
        }
    }

    fn decide(&mut self, how: u8) {
        let state = self.state(0);
        let Some(case) = state.open_cases().next() else { return };
        let resolution = match how {
            0 => Resolution::Reopened,
            1 => Resolution::Dismissed,
            _ => state
                .submissions
                .last()
                .map_or(Resolution::Dismissed, |s| Resolution::Chosen { submission: s.id }),
        };
        let (case, about) = (case.kind, case.about.first().copied());
        self.write(0, about, Kind::CaseResolved { case, staff: staff(), resolution });
    }
}
