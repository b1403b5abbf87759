//! What each page of the staff panel does with a touch or an answer.

use super::{ListStage, PAUSE_NOTICES, PanelStage, SearchStage, StaffPanel, StudentStage};
use crate::panel_facts::{Board, DayEnd, Dossier, ListRow};
use crate::pin;
use crate::reply::KeptOutcome;
use crate::request::{JournalRequest, Request, StaffRequest, UiRequest};
use crate::sentence::Sentence;
use crate::subject::EnrolmentRef;
use crate::subset::subset;
use crate::touch::{PanelPage, Touch};
use crate::typing::{self, Keystroke};
use collection::EnrolmentId;
use sentences::codes;

/// Most characters of a number.
const MOST: usize = 20;

subset! {
    /// What can be touched on the first page.
    BoardTouch of Touch {
        Touch::Panel(page) => Page(page: PanelPage),
        Touch::Resume => Resume,
    }
}

subset! {
    /// What can be touched while a student is searched for.
    FindTouch of Touch {
        Touch::Key(key) => Key(key: Keystroke),
        Touch::GoOn => GoOn,
    }
}

subset! {
    /// What can be done for a student.
    StudentTouch of Touch {
        Touch::Grant => Grant,
        Touch::Unlock => Unlock,
        Touch::Assist => Assist,
    }
}

impl StaffPanel {
    /// One step back; the first page is behind every other.
    pub(super) fn back(&mut self) -> Vec<Request> {
        match &mut self.stage {
            PanelStage::Closed | PanelStage::Pin(_) | PanelStage::Board(_) => self.close(),
            PanelStage::Student(student) => {
                let from = (*student.from).clone();
                self.enter(from);
                Vec::new()
            }
            PanelStage::List(list) if list.class.is_some() => {
                list.class = None;
                Vec::new()
            }
            PanelStage::List(_)
            | PanelStage::Find(_)
            | PanelStage::Pause
            | PanelStage::Clock(_)
            | PanelStage::Queue(_)
            | PanelStage::DayEnd(_) => self.board(),
        }
    }

    /// What the page in hand answers.
    pub(super) fn touch_page(&mut self, touch: Touch) -> Vec<Request> {
        match &self.stage {
            PanelStage::Closed => Vec::new(),
            PanelStage::Pin(_) => self.touch_pin(touch),
            PanelStage::Board(_) => match BoardTouch::of(touch) {
                Some(BoardTouch::Page(page)) => self.go(page),
                Some(BoardTouch::Resume) => self.set_pause(None),
                None => Vec::new(),
            },
            PanelStage::List(_) => self.touch_list(touch),
            PanelStage::Find(_) => self.touch_search(touch),
            PanelStage::Student(_) => self.touch_student(touch),
            PanelStage::Pause => self.touch_pause(touch),
            PanelStage::Clock(_) if touch == Touch::Accept => self.confirm_clock(),
            PanelStage::Clock(_) => Vec::new(),
            PanelStage::Queue(_) | PanelStage::DayEnd(_) if touch == Touch::SyncNow => {
                vec![Request::Ui(UiRequest::SyncNow)]
            }
            PanelStage::Queue(_) | PanelStage::DayEnd(_) => Vec::new(),
        }
    }

    fn touch_pin(&mut self, touch: Touch) -> Vec<Request> {
        let (PanelStage::Pin(stage), Touch::Key(key)) = (&mut self.stage, touch) else { return Vec::new() };
        if stage.checking {
            return Vec::new();
        }
        if matches!(key, Keystroke::Digit(_)) {
            stage.problem = None;
        }
        let whole = pin::key(&mut stage.entered, key);
        stage.checking = whole.is_some();
        whole.map(|pin| self.ask(StaffRequest::CheckPin(pin))).unwrap_or_default()
    }

    fn touch_pause(&mut self, touch: Touch) -> Vec<Request> {
        let Touch::Row(at) = touch else { return Vec::new() };
        match PAUSE_NOTICES.get(at) {
            Some(code) => self.set_pause(Some(Sentence::plain(*code))),
            None => Vec::new(),
        }
    }

    fn set_pause(&mut self, notice: Option<Sentence>) -> Vec<Request> {
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        self.paused.clone_from(&notice);
        let kept = match notice.clone() {
            Some(notice) => JournalRequest::Paused(staff, notice),
            None => JournalRequest::Resumed(staff),
        };
        let mut requests = vec![Request::Journal(kept), Request::Ui(UiRequest::Pause(notice))];
        requests.extend(self.board());
        requests
    }

    fn touch_list(&mut self, touch: Touch) -> Vec<Request> {
        let (PanelStage::List(list), Touch::Row(at)) = (&mut self.stage, touch) else { return Vec::new() };
        if list.asks_class() {
            list.class = list.classes().into_iter().nth(at).map(|(class, _)| class);
            return Vec::new();
        }
        match list.shown().get(at).map(|row| row.enrolment) {
            Some(enrolment) => self.open_student(enrolment),
            None => Vec::new(),
        }
    }

    fn open_student(&mut self, enrolment: EnrolmentId) -> Vec<Request> {
        let from = Box::new(self.stage.clone());
        self.enter(PanelStage::Student(StudentStage { dossier: None, keeping: false, said: None, from }));
        self.ask(StaffRequest::LoadStudent(enrolment))
    }

    fn touch_search(&mut self, touch: Touch) -> Vec<Request> {
        let PanelStage::Find(find) = &mut self.stage else { return Vec::new() };
        let Some(touch) = FindTouch::of(touch).filter(|_| !find.searching) else { return Vec::new() };
        match touch {
            FindTouch::Key(key) => typing::write_number(&mut find.entered, key, MOST),
            FindTouch::GoOn if find.can_go_on() => {
                find.searching = true;
                find.problem = None;
                let typed = vec![find.entered.clone()];
                return self.ask(StaffRequest::FindStudent(typed));
            }
            FindTouch::GoOn => {}
        }
        Vec::new()
    }

    pub(super) fn student_found(&mut self, found: Option<Box<Dossier>>) {
        let nobody = || Some(Sentence::plain(codes::STAFF_NOBODY));
        if let PanelStage::Student(student) = &mut self.stage {
            match found {
                Some(dossier) => student.dossier = Some(dossier),
                // Taken off the roster meanwhile.
                None => student.said = nobody(),
            }
            return;
        }
        let PanelStage::Find(find @ SearchStage { searching: true, .. }) = &mut self.stage else { return };
        find.searching = false;
        let Some(dossier) = found else {
            find.problem = nobody();
            return;
        };
        let from = Box::new(self.stage.clone());
        let student = StudentStage { dossier: Some(dossier), keeping: false, said: None, from };
        self.enter(PanelStage::Student(student));
    }

    fn touch_student(&mut self, touch: Touch) -> Vec<Request> {
        let day = self.day;
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        let PanelStage::Student(student) = &mut self.stage else { return Vec::new() };
        let (Some(dossier), Some(touch)) = (&student.dossier, StudentTouch::of(touch)) else {
            return Vec::new();
        };
        if student.keeping {
            return Vec::new();
        }
        let of = EnrolmentRef { enrolment: dossier.enrolment, task: dossier.task.clone() };
        let asked = match touch {
            StudentTouch::Grant => StaffRequest::GrantProduction { of, staff, day },
            StudentTouch::Unlock => StaffRequest::UnlockSecondFactor { of, staff },
            StudentTouch::Assist => {
                let mut requests = self.close();
                requests.push(Request::Ui(UiRequest::BeginVisit(of.enrolment)));
                return requests;
            }
        };
        student.keeping = true;
        student.said = None;
        self.ask(asked)
    }

    fn confirm_clock(&mut self) -> Vec<Request> {
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        let PanelStage::Clock(clock) = &mut self.stage else { return Vec::new() };
        if clock.keeping {
            return Vec::new();
        }
        clock.keeping = true;
        clock.said = None;
        self.ask(StaffRequest::ConfirmClock(staff))
    }

    pub(super) fn kept(&mut self, outcome: KeptOutcome) -> Vec<Request> {
        let said = pin::not_kept(outcome).unwrap_or_else(|| Sentence::plain(codes::STAFF_KEPT));
        if let PanelStage::Clock(clock) = &mut self.stage {
            if clock.keeping {
                clock.keeping = false;
                clock.said = Some(said);
            }
            return Vec::new();
        }
        let PanelStage::Student(student @ StudentStage { keeping: true, .. }) = &mut self.stage else {
            return Vec::new();
        };
        student.keeping = false;
        student.said = Some(said);
        let again = student.dossier.as_ref().map(|d| d.enrolment);
        again.map(|enrolment| self.ask(StaffRequest::LoadStudent(enrolment))).unwrap_or_default()
    }

    pub(super) fn board_loaded(&mut self, news: Box<Board>) {
        match &mut self.stage {
            PanelStage::Board(board) | PanelStage::Queue(board) => *board = Some(news),
            PanelStage::Clock(clock) => clock.board = Some(news),
            PanelStage::Closed
            | PanelStage::Pin(_)
            | PanelStage::List(_)
            | PanelStage::Find(_)
            | PanelStage::Student(_)
            | PanelStage::Pause
            | PanelStage::DayEnd(_) => {}
        }
    }

    pub(super) fn rows_loaded(&mut self, loaded: Vec<ListRow>) {
        if let PanelStage::List(ListStage { rows, .. }) = &mut self.stage {
            *rows = Some(loaded);
        }
    }

    pub(super) fn day_checked(&mut self, day: DayEnd) {
        if let PanelStage::DayEnd(shown) = &mut self.stage {
            *shown = Some(day);
        }
    }
}
