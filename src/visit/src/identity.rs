//! B: is this you, and do you agree? And the second factor, month and day of birth, that guards everything begun before.

use crate::stage::{BirthStage, CaptureStage, Purpose, Sentence, Stage, TasksStage, Way};
use crate::{Agreed, Consent, Effect, Touch, Visit};

/// Digits of month and day.
const BIRTH_DIGITS: usize = 4;

impl Visit {
    pub(crate) fn touch_identity(&mut self, touch: Touch) -> Vec<Effect> {
        let Stage::Identity(agreed) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Consent(Consent::Service) => agreed.service = !agreed.service,
            Touch::Consent(Consent::Comparison) => agreed.comparison = !agreed.comparison,
            Touch::Consent(Consent::Ctid) => agreed.ctid = !agreed.ctid,
            Touch::NotMe | Touch::Back => return self.end(),
            Touch::ByHand => return self.say(Sentence::plain("visit.consent_refused"), Way::End),
            Touch::Start if agreed.service => {
                let agreed = *agreed;
                return self.start(agreed);
            }
            _ => {}
        }
        Vec::new()
    }

    fn start(&mut self, agreed: Agreed) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let record = Effect::RecordConsent {
            enrolment: subject.entry.enrolment,
            task: subject.task.id.clone(),
            service: agreed.service,
            comparison: agreed.comparison,
            ctid: agreed.ctid,
        };
        self.agreed = agreed;
        vec![record, self.enter(Stage::Capture(CaptureStage::default()))]
    }

    pub(crate) fn touch_birth(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let Stage::Birth(birth) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Back => return self.end(),
            _ if birth.checking => {}
            Touch::Digit(d) if birth.entered.len() < BIRTH_DIGITS && d < 10 => {
                birth.entered.push(char::from(b'0' + d));
            }
            Touch::Backspace => {
                birth.entered.pop();
            }
            Touch::Clear => birth.entered.clear(),
            _ => {}
        }
        if birth.entered.len() < BIRTH_DIGITS || birth.checking {
            return Vec::new();
        }
        birth.checking = true;
        let entered = birth.entered.clone();
        let Some(subject) = &self.subject else { return self.end() };
        vec![Effect::CheckBirth(ticket, subject.entry.enrolment, entered)]
    }

    pub(crate) fn birth_known(&mut self, answer: Result<(), u32>) -> Vec<Effect> {
        let Stage::Birth(birth) = &mut self.stage else { return Vec::new() };
        let purpose = birth.purpose;
        match answer {
            Err(0) => self.say(Sentence::plain("visit.birth_locked"), Way::End),
            Err(left) => {
                *birth = BirthStage { purpose, tries_left: Some(left), ..BirthStage::default() };
                Vec::new()
            }
            Ok(()) => match purpose {
                Purpose::Portrait => vec![self.enter(Stage::Identity(Agreed::default()))],
                Purpose::MyTasks => {
                    let watch = self.enter(Stage::Tasks(TasksStage::default()));
                    let Some(subject) = &self.subject else { return self.end() };
                    vec![watch, Effect::LoadTasks(self.ticket(), subject.entry.enrolment)]
                }
            },
        }
    }
}
