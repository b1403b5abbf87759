//! Staff at the student's side: a PIN, and then what only a person may decide, in their name: the blocking capture checks of
//! one frame pass, one more production, the second factor opens again, or papers are checked.

use super::pick::PickStage;
use super::sentence::SentenceStage;
use crate::behaviour::{Known, Resting};
use crate::consent::Agreed;
use crate::context::Context;
use crate::next::{Help, Next, NextAction, Override};
use crate::override_reasons::override_reasons;
use crate::personal::Typed;
use crate::photo::FrameId;
use crate::pin;
use crate::reply::{KeptOutcome, PinOutcome, Reply};
use crate::request::{JournalEvent, StaffRequest};
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::Keystroke;
use collection::StaffId;
use sentences::codes;
use standard::Verdict;

/// What staff is doing at the student's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffStep {
    /// Typing the PIN.
    Pin {
        /// Digits so far, at most six.
        entered: Typed,
        /// Waiting for the answer.
        checking: bool,
        /// Why the last one did not do.
        problem: Option<Sentence>,
    },
    /// Choosing the reason, or only confirming.
    Reason {
        /// Who.
        staff: StaffId,
        /// How they are called.
        name: String,
        /// Position of the chosen reason.
        chosen: Option<usize>,
        /// Waiting for it to be kept.
        keeping: bool,
        /// Why it was not kept.
        problem: Option<Sentence>,
    },
}

/// What staff was called for, and what the student returns to.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffTask {
    /// Judge the chosen frame.
    Override(PickStage),
    /// One more production today.
    Grant(SentenceStage),
    /// Open the second factor again.
    Unlock(SentenceStage),
    /// Check the papers.
    Verify(SentenceStage),
}

impl StaffTask {
    /// What staff can do about a sentence; `None` where nothing.
    pub(crate) fn about(sentence: SentenceStage) -> Option<StaffTask> {
        let task = match sentence.help? {
            Help::Grant => StaffTask::Grant,
            Help::Unlock => StaffTask::Unlock,
            Help::Verify | Help::VerifyWithoutConsent => StaffTask::Verify,
        };
        Some(task(sentence))
    }
}

/// Staff at the student's side.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffStage {
    /// PIN or reason.
    pub step: StaffStep,
    /// What for.
    pub task: StaffTask,
}

subset! {
    /// What staff can touch at the student's side.
    StaffTouch of Touch {
        Touch::Back => Back,
        Touch::Key(key) => Key(key: Keystroke),
        Touch::Reason(i) => Reason(i: usize),
        Touch::Accept => Accept,
    }
}

impl StaffStage {
    /// Staff is asked for their PIN.
    pub(crate) fn new(task: StaffTask) -> StaffStage {
        StaffStage { step: StaffStep::pin(None), task }
    }

    /// Staff stands by it.
    fn accept(&mut self, cx: &mut Context<'_>, subject: &Subject) -> Next {
        let StaffStep::Reason { staff, name, chosen, keeping, problem } = &mut self.step else {
            return Next::Stay;
        };
        let (of, staff, day) = (subject.key(), staff.clone(), cx.today());
        let asked = match &self.task {
            StaffTask::Override(_) => {
                let reasons = override_reasons(cx.kiosk.demonstration);
                let Some(reason) = chosen.and_then(|i| reasons.get(i)) else { return Next::Stay };
                let reason = (*reason).to_owned();
                return Next::LeaveStaff(Some(Override { staff, name: name.clone(), reason }));
            }
            StaffTask::Verify(said) => {
                return verified(cx, subject, staff, said.help == Some(Help::VerifyWithoutConsent));
            }
            StaffTask::Grant(_) => StaffRequest::GrantProduction { of, staff, day },
            StaffTask::Unlock(_) => StaffRequest::UnlockSecondFactor { of, staff },
        };
        *keeping = true;
        *problem = None;
        cx.ask_staff(asked);
        Next::Stay
    }

    fn pin_checked(&mut self, outcome: PinOutcome) {
        if !matches!(self.step, StaffStep::Pin { checking: true, .. }) {
            return;
        }
        let problem = pin::problem(&outcome);
        self.step = match outcome {
            PinOutcome::Known { staff, name } => {
                StaffStep::Reason { staff, name, chosen: None, keeping: false, problem: None }
            }
            PinOutcome::Wrong | PinOutcome::Locked { .. } => StaffStep::pin(problem),
        };
    }

    /// What staff did is kept, or it did not happen.
    fn kept(&mut self, cx: &mut Context<'_>, subject: &mut Subject, outcome: KeptOutcome) -> Next {
        let StaffStep::Reason { keeping, problem, .. } = &mut self.step else { return Next::Stay };
        if !*keeping {
            return Next::Stay;
        }
        *keeping = false;
        *problem = pin::not_kept(outcome);
        if problem.is_some() {
            return Next::Stay;
        }
        match &self.task {
            StaffTask::Grant(_) => {
                *subject.enrolment.granted.entry(cx.today()).or_default() += 1;
                subject.enrolment.comparison_failures = 0;
                if cx.student.agreed.service {
                    return Next::Capture;
                }
            }
            StaffTask::Unlock(_) => subject.enrolment.second_factor_failures = 0,
            StaffTask::Override(_) | StaffTask::Verify(_) => {}
        }
        Next::MeetAgain
    }
}

impl StaffStep {
    fn pin(problem: Option<Sentence>) -> StaffStep {
        StaffStep::Pin { entered: Typed::default(), checking: false, problem }
    }

    /// A key of the PIN's keypad.
    fn write(&mut self, cx: &mut Context<'_>, key: Keystroke) {
        let StaffStep::Pin { entered, checking, problem } = self else { return };
        if *checking {
            return;
        }
        let before = entered.len();
        let whole = pin::key(entered, key);
        if whole.is_some() || entered.len() != before {
            *problem = None;
        }
        *checking = whole.is_some();
        if let Some(pin) = whole {
            cx.ask_staff(StaffRequest::CheckPin(pin));
        }
    }
}

/// The papers were checked and the registry does the rest. A student who `refused` to agree has no face processed.
fn verified(cx: &mut Context<'_>, subject: &Subject, staff: StaffId, refused: bool) -> Next {
    if refused {
        cx.journal(subject.key(), JournalEvent::Consented(Agreed::default()));
    }
    cx.journal(subject.key(), JournalEvent::StaffVerified(staff));
    Next::Say(Sentence::with(codes::VISIT_STAFF_VERIFIED, "phone", subject.phone()), NextAction::End, None)
}

/// Keeps what staff let pass on the chosen frame, and the student goes on choosing.
pub(crate) fn overridden(
    cx: &mut Context<'_>,
    subject: &Subject,
    mut pick: PickStage,
    over: Option<Override>,
) -> PickStage {
    if let (Some(over), Some(frame)) = (&over, pick.candidate()) {
        let blocking = frame.checks.iter().filter(|c| c.verdict == Verdict::Block);
        let checks = blocking.map(|c| c.name.to_string()).collect();
        let (staff, reason) = (over.staff.clone(), over.reason);
        cx.journal(subject.key(), JournalEvent::Overridden { staff, reason, checks });
    }
    pick.overridden = over;
    pick
}

impl Resting for StaffStage {
    fn frames(&self) -> Vec<FrameId> {
        match &self.task {
            StaffTask::Override(pick) => pick.frames(),
            StaffTask::Grant(_) | StaffTask::Unlock(_) | StaffTask::Verify(_) => Vec::new(),
        }
    }
}

subset! {
    /// What staff at the student's side waits for.
    StaffReply of Reply {
        Reply::Pin(outcome) => Pin(outcome: PinOutcome),
        Reply::Kept(outcome) => Kept(outcome: KeptOutcome),
    }
}

impl Known for StaffStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = StaffTouch::of(touch) else { return Next::Stay };
        let reasons = match &self.task {
            StaffTask::Override(_) => override_reasons(cx.kiosk.demonstration).len(),
            StaffTask::Grant(_) | StaffTask::Unlock(_) | StaffTask::Verify(_) => 0,
        };
        match touch {
            StaffTouch::Back => return Next::LeaveStaff(None),
            StaffTouch::Key(key) => self.step.write(cx, key),
            StaffTouch::Reason(i) => {
                if let StaffStep::Reason { chosen, keeping: false, .. } = &mut self.step
                    && i < reasons
                {
                    *chosen = Some(i);
                }
            }
            StaffTouch::Accept => {
                if let StaffStep::Reason { keeping: false, .. } = self.step {
                    return self.accept(cx, subject);
                }
            }
        }
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, subject: &mut Subject, reply: Reply) -> Next {
        match StaffReply::of(reply) {
            Some(StaffReply::Pin(outcome)) => {
                self.pin_checked(outcome);
                Next::Stay
            }
            Some(StaffReply::Kept(outcome)) => self.kept(cx, subject, outcome),
            None => Next::Stay,
        }
    }
}
