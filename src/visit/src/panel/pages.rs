//! What each room of the desk does with a touch or an answer.

use super::{
    Board, Dossier, ListRow, ListStage, PAUSE_NOTICES, PanelStage, SearchStage, StaffPanel, StudentStage,
};
use crate::staff::not_kept;
use crate::{Effect, KeptOutcome, Sentence, Touch};
use collection::EnrolmentId;

/// Most characters of a number.
const MOST: usize = 20;
/// Fewest that are searched for.
const FEWEST: usize = collection::MIN_TYPED;

impl SearchStage {
    /// Whether there is enough to search for.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        self.entered.len() >= FEWEST && !self.searching
    }
}

impl StaffPanel {
    /// One step back; the board is behind every room.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        match &mut self.stage {
            PanelStage::Student(student) => {
                let from = (*student.from).clone();
                self.enter(from);
                Vec::new()
            }
            PanelStage::List(list) if list.class.is_some() => {
                list.class = None;
                Vec::new()
            }
            _ => self.board(),
        }
    }

    pub(super) fn set_pause(&mut self, notice: Option<Sentence>) -> Vec<Effect> {
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        self.paused.clone_from(&notice);
        let mut effects = vec![Effect::SetPause(staff, notice)];
        effects.extend(self.board());
        effects
    }

    pub(super) fn touch_room(&mut self, touch: Touch) -> Vec<Effect> {
        match (&self.stage, touch) {
            (PanelStage::List(_), Touch::Row(i)) => self.touch_row(i),
            (PanelStage::Find(_), _) => self.touch_search(touch),
            (PanelStage::Student(_), _) => self.touch_student(touch),
            (PanelStage::Pause, Touch::Row(i)) => match PAUSE_NOTICES.get(i) {
                Some(code) => self.set_pause(Some(Sentence::plain(code))),
                None => Vec::new(),
            },
            (PanelStage::Clock { .. }, Touch::Accept) => self.confirm_clock(),
            (PanelStage::Queue(_) | PanelStage::DayEnd(_), Touch::SyncNow) => vec![Effect::SyncNow],
            _ => Vec::new(),
        }
    }

    fn touch_row(&mut self, at: usize) -> Vec<Effect> {
        let PanelStage::List(list) = &mut self.stage else { return Vec::new() };
        if list.asks_class() {
            list.class = list.classes().into_iter().nth(at).map(|(class, _)| class);
            return Vec::new();
        }
        match list.shown().get(at).map(|row| row.enrolment) {
            Some(enrolment) => self.open_student(enrolment),
            None => Vec::new(),
        }
    }

    fn open_student(&mut self, enrolment: EnrolmentId) -> Vec<Effect> {
        let from = Box::new(self.stage.clone());
        self.enter(PanelStage::Student(StudentStage { dossier: None, keeping: false, said: None, from }));
        vec![Effect::LoadStudent(self.ticket(), enrolment)]
    }

    fn touch_search(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let PanelStage::Find(find) = &mut self.stage else { return Vec::new() };
        if find.searching {
            return Vec::new();
        }
        match touch {
            Touch::Digit(d) if find.entered.len() < MOST && d < 10 => {
                find.entered.push(char::from(b'0' + d));
            }
            Touch::LetterX if matches!(find.entered.len(), 5 | 17) => find.entered.push('X'),
            Touch::Backspace => {
                find.entered.pop();
            }
            Touch::Clear => find.entered.clear(),
            Touch::GoOn if find.can_go_on() => {
                find.searching = true;
                find.problem = None;
                return vec![Effect::FindStudent(ticket, vec![find.entered.clone()])];
            }
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn student_found(&mut self, found: Option<Box<Dossier>>) -> Vec<Effect> {
        match (&mut self.stage, found) {
            (PanelStage::Find(find), None) if find.searching => {
                find.searching = false;
                find.problem = Some(Sentence::plain("staff.nobody"));
            }
            (PanelStage::Find(find), Some(dossier)) if find.searching => {
                find.searching = false;
                let from = Box::new(self.stage.clone());
                let student = StudentStage { dossier: Some(dossier), keeping: false, said: None, from };
                self.enter(PanelStage::Student(student));
            }
            (PanelStage::Student(student), Some(dossier)) => student.dossier = Some(dossier),
            // Taken off the roster meanwhile.
            (PanelStage::Student(student), None) => student.said = Some(Sentence::plain("staff.nobody")),
            _ => {}
        }
        Vec::new()
    }

    fn touch_student(&mut self, touch: Touch) -> Vec<Effect> {
        let (ticket, day) = (self.ticket(), self.day);
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        let PanelStage::Student(student) = &mut self.stage else { return Vec::new() };
        let Some(dossier) = &student.dossier else { return Vec::new() };
        let (enrolment, task) = (dossier.enrolment, dossier.task.clone());
        if student.keeping {
            return Vec::new();
        }
        let effect = match touch {
            Touch::Grant => Effect::GrantProduction { ticket, enrolment, task, staff, day },
            Touch::Unlock => Effect::UnlockSecondFactor { ticket, enrolment, task, staff },
            Touch::Assist => {
                let mut effects = self.close();
                effects.push(Effect::BeginVisit(enrolment));
                return effects;
            }
            _ => return Vec::new(),
        };
        student.keeping = true;
        student.said = None;
        vec![effect]
    }

    fn confirm_clock(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some((staff, _)) = self.staff.clone() else { return self.close() };
        let PanelStage::Clock { keeping, said, .. } = &mut self.stage else { return Vec::new() };
        if *keeping {
            return Vec::new();
        }
        *keeping = true;
        *said = None;
        vec![Effect::ConfirmClock(ticket, staff)]
    }

    pub(super) fn kept(&mut self, outcome: KeptOutcome) -> Vec<Effect> {
        let ticket = self.ticket();
        let words = not_kept(outcome).unwrap_or_else(|| Sentence::plain("staff.kept"));
        match &mut self.stage {
            PanelStage::Student(student) if student.keeping => {
                student.keeping = false;
                student.said = Some(words);
                let again = student.dossier.as_ref().map(|d| Effect::LoadStudent(ticket, d.enrolment));
                again.into_iter().collect()
            }
            PanelStage::Clock { keeping, said, .. } if *keeping => {
                *keeping = false;
                *said = Some(words);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn board_loaded(&mut self, news: Box<Board>) -> Vec<Effect> {
        match &mut self.stage {
            PanelStage::Board(board) | PanelStage::Queue(board) | PanelStage::Clock { board, .. } => {
                *board = Some(news);
            }
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn rows_loaded(&mut self, loaded: Vec<ListRow>) -> Vec<Effect> {
        if let PanelStage::List(ListStage { rows, .. }) = &mut self.stage {
            *rows = Some(loaded);
        }
        Vec::new()
    }
}
