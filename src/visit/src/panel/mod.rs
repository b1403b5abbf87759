//! The staff's desk: behind a PIN, the day's counts, who is missing, one student at a time, pausing, the clock, what waits for
//! the server, and the evening's question whether everything is safe. As pure as the visit, and over the same inputs.

mod facts;
mod pages;
mod stage;

pub use facts::{Board, Clock, Counts, DayEnd, Dossier, ListRow, Waiting};
pub use stage::{ListStage, PAUSE_NOTICES, PanelStage, PinStage, SearchStage, StudentStage};

use crate::staff::{pin_key, pin_problem};
use crate::{Effect, Input, Moment, PanelPage, PinOutcome, Reply, Sentence, Ticket, Timings, Touch};
use collection::StaffId;
use jiff::civil::Date;

/// Set in the visit number of every ticket of the desk, so that no reply to the one ever suits the other.
const OURS: u64 = 1 << 63;
/// Time between two looks at what changes by itself, milliseconds.
const REFRESH: u64 = 5_000;

/// The staff's desk, open or closed.
#[derive(Clone, Debug)]
pub struct StaffPanel {
    session: u64,
    generation: u32,
    stage: PanelStage,
    /// Who is here, by login name and as they are called.
    staff: Option<(StaffId, String)>,
    /// The notice that stands on the kiosk while it is stopped.
    paused: Option<Sentence>,
    now: u64,
    day: Date,
    last_sign: u64,
    loaded: u64,
    timings: Timings,
}

impl StaffPanel {
    /// A closed desk.
    #[must_use]
    pub fn new(timings: Timings) -> StaffPanel {
        StaffPanel {
            session: 0,
            generation: 0,
            stage: PanelStage::Closed,
            staff: None,
            paused: None,
            now: 0,
            day: Date::ZERO,
            last_sign: 0,
            loaded: 0,
            timings,
        }
    }

    /// Whether staff stands here, or somebody who claims to be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, PanelStage::Closed)
    }

    /// What is shown.
    #[must_use]
    pub fn stage(&self) -> &PanelStage {
        &self.stage
    }

    /// How the member of staff is called, once the PIN told.
    #[must_use]
    pub fn staff_name(&self) -> Option<&str> {
        self.staff.as_ref().map(|(_, name)| name.as_str())
    }

    /// The notice that stands on the kiosk while it is stopped.
    #[must_use]
    pub fn paused(&self) -> Option<&Sentence> {
        self.paused.as_ref()
    }

    /// The kiosk was stopped before it was started last time, and still is.
    pub fn remember_pause(&mut self, notice: Sentence) {
        self.paused = Some(notice);
    }

    /// Something happened: moves on and says what is to be done. A closed desk hears only the staff's gesture.
    pub fn step(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Tick(now) => self.tick(now),
            Input::Touch(Touch::StaffDoor) if !self.is_open() => self.open(),
            Input::Touch(touch) if self.is_open() => self.touch(touch),
            Input::Reply(ticket, reply) if ticket == self.ticket() && self.is_open() => self.reply(reply),
            // Also a reply of an earlier session or of a room that was left.
            _ => Vec::new(),
        }
    }

    /// Whether a reply with this ticket is the desk's, and not a visit's.
    #[must_use]
    pub const fn owns(ticket: Ticket) -> bool {
        ticket.visit & OURS != 0
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket { visit: OURS | self.session, generation: self.generation }
    }

    fn enter(&mut self, stage: PanelStage) {
        self.generation += 1;
        self.stage = stage;
        self.last_sign = self.now;
    }

    fn open(&mut self) -> Vec<Effect> {
        self.session += 1;
        self.enter(PanelStage::Pin(PinStage::default()));
        Vec::new()
    }

    /// Nothing of a student or of staff stays behind.
    fn close(&mut self) -> Vec<Effect> {
        self.staff = None;
        self.enter(PanelStage::Closed);
        vec![Effect::LeaveDesk]
    }

    fn tick(&mut self, now: Moment) -> Vec<Effect> {
        (self.now, self.day) = (now.millis.max(self.now), now.day);
        if !self.is_open() {
            return Vec::new();
        }
        // Staff is called away and forgets; the next one at the screen may be a student.
        if self.now.saturating_sub(self.last_sign) >= self.timings.timeout {
            return self.close();
        }
        if self.now.saturating_sub(self.loaded) < REFRESH {
            return Vec::new();
        }
        match &self.stage {
            PanelStage::Board(_) | PanelStage::Queue(_) | PanelStage::Clock { .. } => self.look_again(),
            PanelStage::DayEnd(_) => {
                self.loaded = self.now;
                vec![Effect::CheckDay(self.ticket())]
            }
            _ => Vec::new(),
        }
    }

    fn look_again(&mut self) -> Vec<Effect> {
        self.loaded = self.now;
        vec![Effect::LoadBoard(self.ticket())]
    }

    /// The first screen of the desk.
    fn board(&mut self) -> Vec<Effect> {
        self.enter(PanelStage::Board(None));
        self.look_again()
    }

    fn touch(&mut self, touch: Touch) -> Vec<Effect> {
        self.last_sign = self.now;
        match (touch, &self.stage) {
            (Touch::Exit, _) | (Touch::Back, PanelStage::Pin(_) | PanelStage::Board(_)) => self.close(),
            (_, PanelStage::Pin(_)) => self.touch_pin(touch),
            (Touch::Back, _) => self.back(),
            (Touch::Panel(room), PanelStage::Board(_)) => self.go(room),
            (Touch::Resume, PanelStage::Board(_)) => self.set_pause(None),
            _ => self.touch_room(touch),
        }
    }

    fn touch_pin(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let PanelStage::Pin(pin) = &mut self.stage else { return Vec::new() };
        if pin.checking {
            return Vec::new();
        }
        if matches!(touch, Touch::Digit(_)) {
            pin.problem = None;
        }
        let whole = pin_key(&mut pin.entered, touch);
        pin.checking = whole.is_some();
        whole.map(|pin| Effect::CheckPin(ticket, pin)).into_iter().collect()
    }

    fn pin_known(&mut self, outcome: PinOutcome) -> Vec<Effect> {
        let PanelStage::Pin(pin) = &mut self.stage else { return Vec::new() };
        if !pin.checking {
            return Vec::new();
        }
        if let Some(problem) = pin_problem(&outcome) {
            *pin = PinStage { problem: Some(problem), ..PinStage::default() };
            return Vec::new();
        }
        if let PinOutcome::Known { staff, name } = outcome {
            self.staff = Some((staff, name));
        }
        self.board()
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Pin(outcome) => self.pin_known(outcome),
            Reply::Board(board) => self.board_loaded(board),
            Reply::Rows(rows) => self.rows_loaded(rows),
            Reply::Student(found) => self.student_found(found),
            Reply::Kept(outcome) => self.kept(outcome),
            Reply::DayEnd(day) => {
                if let PanelStage::DayEnd(shown) = &mut self.stage {
                    *shown = Some(day);
                }
                Vec::new()
            }
            // The visit's; pictures never come to the desk.
            _ => Vec::new(),
        }
    }

    fn go(&mut self, room: PanelPage) -> Vec<Effect> {
        self.enter(PanelStage::of(room));
        match room {
            PanelPage::Missing => vec![Effect::LoadRows(self.ticket(), crate::List::Missing)],
            PanelPage::Drafts => vec![Effect::LoadRows(self.ticket(), crate::List::Drafts)],
            PanelPage::Clock | PanelPage::Queue => self.look_again(),
            PanelPage::DayEnd => {
                self.loaded = self.now;
                vec![Effect::CheckDay(self.ticket())]
            }
            PanelPage::Find | PanelPage::Pause => Vec::new(),
        }
    }
}
