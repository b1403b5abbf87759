//! The staff panel: behind a PIN, the day's counts, who is missing, one student at a time, pausing, the clock, what waits for
//! the server, and the evening's question whether everything is safe. As pure as the visit, and over the same inputs.

mod pages;
mod stage;

pub use stage::{ClockStage, ListStage, PAUSE_NOTICES, PanelStage, PinStage, SearchStage, StudentStage};

use crate::clock::Moment;
use crate::input::Input;
use crate::pin;
use crate::reply::{PinOutcome, Reply};
use crate::request::{Asked, List, Request, StaffRequest, UiRequest};
use crate::sentence::Sentence;
use crate::ticket::Ticket;
use crate::timings::Timings;
use crate::touch::{PanelPage, Touch};
use collection::StaffId;
use jiff::civil::Date;
use sentences::{Code, codes};

/// Set in the visit number of every ticket of the panel, so that no reply to the one ever suits the other.
const OURS: u64 = 1 << 63;
/// Time between two looks at what changes by itself, milliseconds.
const REFRESH: u64 = 5_000;

/// The staff panel, open or closed.
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
    /// The sentence of what stops the traffic with the server; `None` while nothing does.
    trouble: Option<Code>,
    /// What could not be sent by itself, a sentence each.
    held: Vec<Sentence>,
    timings: Timings,
}

impl StaffPanel {
    /// A closed panel.
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
            trouble: Some(codes::PANEL_QUEUE_TRYING),
            held: Vec::new(),
            timings,
        }
    }

    /// Whether staff stands here, or somebody who claims to be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage != PanelStage::Closed
    }

    /// What is shown.
    #[must_use]
    pub fn stage(&self) -> &PanelStage {
        &self.stage
    }

    /// How the member of staff is called, once the PIN is known.
    #[must_use]
    pub fn staff_name(&self) -> Option<&str> {
        self.staff.as_ref().map(|(_, name)| name.as_str())
    }

    /// The notice that stands on the kiosk while it is stopped.
    #[must_use]
    pub fn paused(&self) -> Option<&Sentence> {
        self.paused.as_ref()
    }

    /// The sentence of what stops the traffic with the server; `None` while it answers and everything goes on.
    #[must_use]
    pub fn trouble(&self) -> Option<Code> {
        self.trouble
    }

    /// What could not be sent by itself and is tried again later, a sentence each.
    #[must_use]
    pub fn held(&self) -> &[Sentence] {
        &self.held
    }

    /// The traffic with the server reports how it is. It is the kiosk's and stays when the panel closes.
    pub fn traffic_reported(&mut self, trouble: Option<Code>, held: Vec<Sentence>) {
        (self.trouble, self.held) = (trouble, held);
    }

    /// The kiosk was stopped before it was started last time, and still is.
    pub fn remember_pause(&mut self, notice: Sentence) {
        self.paused = Some(notice);
    }

    /// Something happened: moves on and says what is to be done. A closed panel hears only the staff's gesture.
    pub fn step(&mut self, input: Input) -> Vec<Request> {
        match input {
            Input::Tick(now) => self.tick(now),
            Input::Touch(Touch::StaffDoor) if !self.is_open() => self.open(),
            Input::Touch(touch) if self.is_open() => self.touch(touch),
            Input::Reply(ticket, reply) if ticket == self.ticket() && self.is_open() => self.reply(reply),
            // A reply of an earlier session or of a page that was left, and all that is the visit's.
            Input::Touch(_)
            | Input::Reply(..)
            | Input::Camera(_)
            | Input::Code(_)
            | Input::CodeSeen(_)
            | Input::Live(_)
            | Input::Uploaded
            | Input::Pause(_)
            | Input::Assisted(_) => Vec::new(),
        }
    }

    /// Whether a reply with this ticket is the panel's, and not a visit's.
    #[must_use]
    pub const fn owns(ticket: Ticket) -> bool {
        ticket.visit & OURS != 0
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket { visit: OURS | self.session, generation: self.generation }
    }

    fn ask(&self, request: StaffRequest) -> Vec<Request> {
        vec![Request::Staff(Asked { ticket: self.ticket(), request })]
    }

    fn enter(&mut self, stage: PanelStage) {
        self.generation += 1;
        self.stage = stage;
        self.last_sign = self.now;
    }

    fn open(&mut self) -> Vec<Request> {
        self.session += 1;
        self.enter(PanelStage::Pin(PinStage::default()));
        Vec::new()
    }

    /// Nothing of a student or of staff stays behind.
    fn close(&mut self) -> Vec<Request> {
        self.staff = None;
        self.enter(PanelStage::Closed);
        vec![Request::Ui(UiRequest::LeavePanel)]
    }

    fn tick(&mut self, now: Moment) -> Vec<Request> {
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
            PanelStage::Board(_) | PanelStage::Queue(_) | PanelStage::Clock(_) => self.load_board(),
            PanelStage::DayEnd(_) => self.check_day(),
            PanelStage::Closed
            | PanelStage::Pin(_)
            | PanelStage::List(_)
            | PanelStage::Find(_)
            | PanelStage::Student(_)
            | PanelStage::Pause => Vec::new(),
        }
    }

    fn load_board(&mut self) -> Vec<Request> {
        self.loaded = self.now;
        self.ask(StaffRequest::LoadBoard)
    }

    fn check_day(&mut self) -> Vec<Request> {
        self.loaded = self.now;
        self.ask(StaffRequest::CheckDay)
    }

    /// The first page.
    fn board(&mut self) -> Vec<Request> {
        self.enter(PanelStage::Board(None));
        self.load_board()
    }

    fn touch(&mut self, touch: Touch) -> Vec<Request> {
        self.last_sign = self.now;
        if touch == Touch::Exit {
            return self.close();
        }
        if touch == Touch::Back {
            return self.back();
        }
        self.touch_page(touch)
    }

    fn pin_checked(&mut self, outcome: PinOutcome) -> Vec<Request> {
        let PanelStage::Pin(stage) = &mut self.stage else { return Vec::new() };
        if !stage.checking {
            return Vec::new();
        }
        match outcome {
            PinOutcome::Known { staff, name } => {
                self.staff = Some((staff, name));
                self.board()
            }
            PinOutcome::Wrong | PinOutcome::Locked { .. } => {
                *stage = PinStage { problem: pin::problem(&outcome), ..PinStage::default() };
                Vec::new()
            }
        }
    }

    fn go(&mut self, page: PanelPage) -> Vec<Request> {
        self.enter(PanelStage::of(page));
        match page {
            PanelPage::Missing => self.ask(StaffRequest::LoadRows(List::Missing)),
            PanelPage::Drafts => self.ask(StaffRequest::LoadRows(List::Drafts)),
            PanelPage::Clock | PanelPage::Queue => self.load_board(),
            PanelPage::DayEnd => self.check_day(),
            PanelPage::Find | PanelPage::Pause => Vec::new(),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Request> {
        match reply {
            Reply::Pin(outcome) => return self.pin_checked(outcome),
            Reply::Board(board) => self.board_loaded(board),
            Reply::Rows(rows) => self.rows_loaded(rows),
            Reply::Student(found) => self.student_found(found),
            Reply::Kept(outcome) => return self.kept(outcome),
            Reply::DayEnd(day) => self.day_checked(day),
            // A visit's; pictures never come to the panel.
            Reply::Code(_)
            | Reply::Birth(_)
            | Reply::Burst(_)
            | Reply::Compared(_)
            | Reply::Make(_)
            | Reply::Stored(_)
            | Reply::Tasks(_)
            | Reply::Schools(_)
            | Reply::Task(_)
            | Reply::Found(_)
            | Reply::Entered(_)
            | Reply::Regions(..)
            | Reply::Bound(_)
            | Reply::Draft(_)
            | Reply::Paid(_)
            | Reply::Unbound(_) => {}
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
