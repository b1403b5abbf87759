//! B: is this you, and do you agree? And the second factor, month and day of birth, that guards everything begun before.

use crate::stage::{BirthStage, IdentifiedBy, NextAction, Purpose, Sentence, Stage, Subject};
use crate::{Agreed, Consent, Effect, Touch, Visit};
use collection::{Disowned, month_day};

/// Digits of month and day.
const BIRTH_DIGITS: usize = 4;

impl Subject {
    /// Whether there is an admission photo to compare with.
    #[must_use]
    pub fn can_compare(&self) -> bool {
        self.entry.admission_photo.is_some()
    }
}

impl Visit {
    pub(crate) fn touch_identity(&mut self, touch: Touch) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        // What the task does not use is not asked for, so it cannot be agreed to.
        let (compares, ctid) = (subject.can_compare(), subject.task.ctid);
        let Stage::Identity(agreed) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Consent(Consent::Service) => agreed.service = !agreed.service,
            Touch::Consent(Consent::Comparison) if compares => agreed.comparison = !agreed.comparison,
            Touch::Consent(Consent::Ctid) if ctid => agreed.ctid = !agreed.ctid,
            Touch::NotMe => return self.not_me(),
            Touch::Back => return self.end(),
            Touch::RefuseConsent => {
                return self.say(Sentence::plain("visit.consent_refused"), NextAction::End);
            }
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
        let mut effects = vec![record];
        effects.extend(self.pay_or_capture());
        effects
    }

    /// The roster's entry is somebody else's. A code that only its first use bound may be claimed; any other is its owner's.
    fn not_me(&mut self) -> Vec<Effect> {
        let Some(subject) = self.subject.take() else { return self.end() };
        let mut effects = vec![Effect::RecordNotMe {
            enrolment: subject.entry.enrolment,
            task: subject.task.id.clone(),
            what: Disowned::Identity,
        }];
        self.proven = false;
        if subject.identified_by == IdentifiedBy::BoundCode && self.claim.is_some() {
            self.task = Some(subject.task.id);
            effects.extend(self.type_instead(self.purpose, Some(Sentence::plain("code.used_by_another"))));
            return effects;
        }
        effects.extend(self.end());
        let until = self.now.millis + self.timings.notice;
        if let Stage::Scan(scan) = &mut self.stage {
            scan.notice = Some((Sentence::plain("visit.not_you"), until));
        }
        effects
    }

    pub(crate) fn touch_birth(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let Stage::Birth(birth) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Back | Touch::OtherWay if birth.purpose == Purpose::Address && !birth.checking => {
                return self.put_address_off();
            }
            Touch::Back => return self.end(),
            _ if birth.checking => {}
            Touch::Digit(d) if birth.entered.len() < BIRTH_DIGITS && d < 10 => {
                birth.no_day = false;
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
        if month_day(&birth.entered).is_none() {
            // A slip of the finger, and no guess: it costs no try.
            birth.no_day = true;
            birth.entered.clear();
            return Vec::new();
        }
        birth.checking = true;
        let entered = birth.entered.clone();
        let Some(subject) = &self.subject else { return self.end() };
        vec![Effect::CheckBirth(ticket, subject.entry.enrolment, entered)]
    }

    pub(crate) fn birth_known(&mut self, answer: Result<(), u32>) -> Vec<Effect> {
        let Stage::Birth(birth) = &mut self.stage else { return Vec::new() };
        if !birth.checking {
            return Vec::new();
        }
        let purpose = birth.purpose;
        match answer {
            Err(0) => self.say(Sentence::plain("visit.birth_locked"), NextAction::End),
            Err(left) => {
                *birth = BirthStage { purpose, tries_left: Some(left), ..BirthStage::default() };
                Vec::new()
            }
            Ok(()) => {
                self.proven = true;
                self.bind_or_go_on()
            }
        }
    }

    /// What the student came for at the second factor, for the screen.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }
}
