//! Staff at the student's side: a PIN, and then what only a person may decide, in their name: the blocking capture checks of
//! one frame pass, one more production, the second factor opens again, or papers are checked by hand.

use crate::stage::{
    Help, NextAction, Override, PickStage, Sentence, StaffStage, StaffStep, StaffTask, Stage,
};
use crate::{Effect, KeptOutcome, PinOutcome, Touch, Visit};
use collection::StaffId;
use standard::Verdict;

/// Digits of a PIN.
pub(crate) const PIN_DIGITS: usize = 6;

/// Sentence codes of the reasons that staff can give; the last one only where the kiosk is a demonstration.
pub const OVERRIDE_REASONS: [&str; 4] = [
    "override.reason.looked_at",
    "override.reason.medical",
    "override.reason.religious_covering",
    "override.reason.demonstration",
];

/// Takes a key of a PIN's keypad; the whole PIN once it is complete.
pub(crate) fn pin_key(entered: &mut String, touch: Touch) -> Option<String> {
    match touch {
        Touch::Digit(d) if d < 10 => entered.push(char::from(b'0' + d)),
        Touch::Backspace => {
            entered.pop();
        }
        Touch::Clear => entered.clear(),
        _ => {}
    }
    (entered.len() >= PIN_DIGITS).then(|| std::mem::take(entered))
}

/// What is said of a PIN that did not do.
pub(crate) fn pin_problem(outcome: &PinOutcome) -> Option<Sentence> {
    match outcome {
        PinOutcome::Known { .. } => None,
        PinOutcome::Wrong => Some(Sentence::plain("staff.pin_wrong")),
        PinOutcome::Locked { seconds } => Some(Sentence {
            code: "staff.pin_locked".to_owned(),
            args: vec![("seconds", seconds.to_string())],
        }),
    }
}

/// What is said of an act that was not kept.
pub(crate) fn not_kept(outcome: KeptOutcome) -> Option<Sentence> {
    match outcome {
        KeptOutcome::Kept => None,
        KeptOutcome::Failed => Some(Sentence::plain("staff.not_kept")),
        KeptOutcome::NotConnected => Some(Sentence::plain("staff.not_connected")),
    }
}

impl Visit {
    /// Sentence codes of the reasons, in the order of [`Touch::Reason`].
    #[must_use]
    pub fn override_reasons(&self) -> &'static [&'static str] {
        let all = OVERRIDE_REASONS.as_slice();
        if self.demonstration { all } else { all.split_last().map_or(all, |(_, real)| real) }
    }

    /// Staff is asked for their PIN.
    pub(crate) fn ask_pin(&mut self, errand: StaffTask) -> Vec<Effect> {
        let step = StaffStep::Pin { entered: String::new(), checking: false, problem: None };
        vec![self.enter(Stage::Staff(StaffStage { step, errand }))]
    }

    /// 请老师帮忙 on a sentence that staff can do something about.
    pub(crate) fn call_staff(&mut self) -> Vec<Effect> {
        let Stage::Sentence(said) = &self.stage else { return Vec::new() };
        let errand = match said.help {
            None => return Vec::new(),
            Some(Help::Grant) => StaffTask::Grant(said.clone()),
            Some(Help::Unlock) => StaffTask::Unlock(said.clone()),
            Some(Help::Verify) => StaffTask::Verify(said.clone()),
        };
        self.ask_pin(errand)
    }

    pub(crate) fn touch_staff(&mut self, touch: Touch) -> Vec<Effect> {
        if touch == Touch::Back {
            return self.leave_staff(None);
        }
        let (ticket, reasons) = (self.ticket(), self.override_reasons());
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        let chooses = matches!(stage.errand, StaffTask::Override(_));
        match (&mut stage.step, touch) {
            (StaffStep::Pin { checking: true, .. } | StaffStep::Reason { keeping: true, .. }, _) => {
                Vec::new()
            }
            (StaffStep::Pin { entered, checking, problem }, touch) => {
                let before = entered.len();
                let whole = pin_key(entered, touch);
                if whole.is_some() || entered.len() != before {
                    *problem = None;
                }
                *checking = whole.is_some();
                whole.map(|pin| Effect::CheckPin(ticket, pin)).into_iter().collect()
            }
            (StaffStep::Reason { chosen, .. }, Touch::Reason(i)) if chooses && i < reasons.len() => {
                *chosen = Some(i);
                Vec::new()
            }
            (StaffStep::Reason { staff, name, chosen, .. }, Touch::Accept) => {
                let reason = chosen.and_then(|i| reasons.get(i)).copied();
                let (staff, name) = (staff.clone(), name.clone());
                self.accept(staff, name, reason)
            }
            (StaffStep::Reason { .. }, _) => Vec::new(),
        }
    }

    pub(crate) fn pin_known(&mut self, outcome: PinOutcome) -> Vec<Effect> {
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        if !matches!(stage.step, StaffStep::Pin { checking: true, .. }) {
            return Vec::new();
        }
        let problem = pin_problem(&outcome);
        stage.step = match outcome {
            PinOutcome::Known { staff, name } => {
                StaffStep::Reason { staff, name, chosen: None, keeping: false, problem: None }
            }
            PinOutcome::Wrong | PinOutcome::Locked { .. } => {
                StaffStep::Pin { entered: String::new(), checking: false, problem }
            }
        };
        Vec::new()
    }

    /// Staff stands by it.
    fn accept(&mut self, staff: StaffId, name: String, reason: Option<&str>) -> Vec<Effect> {
        let (ticket, day) = (self.ticket(), self.now.day);
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        let asked = match &stage.errand {
            StaffTask::Override(_) => {
                let Some(reason) = reason else { return Vec::new() };
                return self.leave_staff(Some(Override { staff, name, reason: reason.to_owned() }));
            }
            StaffTask::Verify(said) => {
                let refused = said.sentence.code == "visit.consent_refused";
                return self.by_hand(staff, refused);
            }
            StaffTask::Grant(_) => Effect::GrantProduction { ticket, enrolment, task, staff, day },
            StaffTask::Unlock(_) => Effect::UnlockSecondFactor { ticket, enrolment, task, staff },
        };
        if let StaffStep::Reason { keeping, problem, .. } = &mut stage.step {
            *keeping = true;
            *problem = None;
        }
        vec![asked]
    }

    /// What staff did is kept, or it did not happen.
    pub(crate) fn kept(&mut self, outcome: KeptOutcome) -> Vec<Effect> {
        let day = self.now.day;
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        let StaffStep::Reason { keeping, problem, .. } = &mut stage.step else { return Vec::new() };
        if !*keeping {
            return Vec::new();
        }
        *keeping = false;
        *problem = not_kept(outcome);
        if problem.is_some() {
            return Vec::new();
        }
        let Some(mut subject) = self.subject.take() else { return self.end() };
        match &stage.errand {
            StaffTask::Grant(_) => {
                *subject.enrolment.granted.entry(day).or_default() += 1;
                subject.enrolment.comparison_failures = 0;
            }
            StaffTask::Unlock(_) => subject.enrolment.second_factor_failures = 0,
            StaffTask::Override(_) | StaffTask::Verify(_) => {}
        }
        if self.agreed.service && matches!(stage.errand, StaffTask::Grant(_)) {
            self.subject = Some(subject);
            return self.retake();
        }
        let purpose = self.purpose;
        self.meet(subject, purpose)
    }

    /// The papers were checked and the registry does the rest. Who `refused` to agree has no face processed.
    fn by_hand(&mut self, staff: StaffId, refused: bool) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let mut effects = Vec::new();
        if refused {
            effects.push(Effect::RecordConsent {
                enrolment,
                task: task.clone(),
                service: false,
                comparison: false,
                ctid: false,
            });
        }
        effects.push(Effect::RecordStaffVerified { enrolment, task, staff });
        let args = vec![("phone", self.phone())];
        effects.extend(self.say(Sentence { code: "visit.by_hand_noted".to_owned(), args }, NextAction::End));
        effects
    }

    /// Back to what the student saw.
    fn leave_staff(&mut self, word: Option<Override>) -> Vec<Effect> {
        let Stage::Staff(stage) = &self.stage else { return Vec::new() };
        match stage.errand.clone() {
            StaffTask::Override(pick) => self.back_to_pick(pick, word),
            StaffTask::Grant(said) | StaffTask::Unlock(said) | StaffTask::Verify(said) => {
                vec![self.enter(Stage::Sentence(said))]
            }
        }
    }

    fn back_to_pick(&mut self, mut pick: PickStage, word: Option<Override>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let (Some(word), Some(subject), Some(frame)) = (&word, &self.subject, pick.candidate()) {
            let blocking = frame.checks.iter().filter(|c| c.verdict == Verdict::Block);
            effects.push(Effect::RecordOverride {
                enrolment: subject.entry.enrolment,
                task: subject.task.id.clone(),
                staff: word.staff.clone(),
                reason: word.reason.clone(),
                checks: blocking.map(|c| c.name.to_string()).collect(),
            });
        }
        pick.overridden = word;
        effects.push(self.enter(Stage::Pick(pick)));
        effects
    }
}
