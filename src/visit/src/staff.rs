//! Staff at the student's side: a PIN, a reason, and the blocking capture checks of one frame pass in somebody's name.

use crate::stage::{Override, Sentence, StaffStep, Stage};
use crate::{Effect, PinOutcome, Touch, Visit};
use standard::Verdict;

/// Digits of a PIN.
const PIN_DIGITS: usize = 6;

/// Sentence codes of the reasons that staff can give.
pub const OVERRIDE_REASONS: [&str; 4] = [
    "override.reason.looked_at",
    "override.reason.medical",
    "override.reason.religious_covering",
    "override.reason.demonstration",
];

impl Visit {
    /// Sentence codes of the reasons, in the order of [`Touch::Reason`].
    #[must_use]
    pub fn override_reasons(&self) -> &'static [&'static str] {
        &OVERRIDE_REASONS
    }

    pub(crate) fn touch_staff(&mut self, touch: Touch) -> Vec<Effect> {
        if touch == Touch::Back {
            return self.back_to_pick(None);
        }
        let ticket = self.ticket();
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        match (&mut stage.step, touch) {
            (StaffStep::Pin { checking: true, .. }, _) => Vec::new(),
            (StaffStep::Pin { entered, checking, problem }, touch) => {
                match touch {
                    Touch::Digit(d) if d < 10 => entered.push(char::from(b'0' + d)),
                    Touch::Backspace => {
                        entered.pop();
                    }
                    Touch::Clear => entered.clear(),
                    _ => return Vec::new(),
                }
                *problem = None;
                if entered.len() < PIN_DIGITS {
                    return Vec::new();
                }
                *checking = true;
                vec![Effect::CheckPin(ticket, std::mem::take(entered))]
            }
            (StaffStep::Reason { chosen, .. }, Touch::Reason(i)) if i < OVERRIDE_REASONS.len() => {
                *chosen = Some(i);
                Vec::new()
            }
            (StaffStep::Reason { staff, name, chosen }, Touch::Accept) => {
                let Some(reason) = chosen.and_then(|i| OVERRIDE_REASONS.get(i)) else { return Vec::new() };
                let word =
                    Override { staff: staff.clone(), name: name.clone(), reason: (*reason).to_owned() };
                self.back_to_pick(Some(word))
            }
            (StaffStep::Reason { .. }, _) => Vec::new(),
        }
    }

    pub(crate) fn pin_known(&mut self, outcome: PinOutcome) -> Vec<Effect> {
        let Stage::Staff(stage) = &mut self.stage else { return Vec::new() };
        let problem = match outcome {
            PinOutcome::Known { staff, name } => {
                stage.step = StaffStep::Reason { staff, name, chosen: None };
                return Vec::new();
            }
            PinOutcome::Wrong => Sentence::plain("staff.pin_wrong"),
            PinOutcome::Locked { seconds } => {
                Sentence { code: "staff.pin_locked".to_owned(), args: vec![("seconds", seconds.to_string())] }
            }
        };
        stage.step = StaffStep::Pin { entered: String::new(), checking: false, problem: Some(problem) };
        Vec::new()
    }

    fn back_to_pick(&mut self, word: Option<Override>) -> Vec<Effect> {
        let Stage::Staff(stage) = &self.stage else { return Vec::new() };
        let mut pick = stage.pick.clone();
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
