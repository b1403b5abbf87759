//! A: the attract screen that is the scanner. A code decides who stands in front; nothing else is looked at before consent.

use crate::stage::{BirthStage, Purpose, ScanStage, Sentence, Sight, Stage, Subject, Way};
use crate::{Agreed, CodeOutcome, CueSound, Effect, Touch, Visit};
use collection::rights::{Act, Actor, Refusal, permits};

impl From<Refusal> for Sentence {
    fn from(refusal: Refusal) -> Sentence {
        let mut args = refusal.args;
        if let Some(at) = refusal.reopens {
            args.push(("reopens", at.date().to_string()));
        }
        Sentence { code: refusal.code.to_owned(), args }
    }
}

impl Visit {
    pub(crate) fn touch_scanning(&mut self, touch: Touch) -> Vec<Effect> {
        match (touch, &mut self.stage) {
            (Touch::Help, Stage::Scan(_)) => vec![self.enter(Stage::Help)],
            (Touch::MyTasks, Stage::Scan(scan)) => {
                scan.purpose = Purpose::MyTasks;
                Vec::new()
            }
            (Touch::Back, Stage::Scan(scan)) => {
                scan.purpose = Purpose::Portrait;
                Vec::new()
            }
            (Touch::Back | Touch::Primary, Stage::Help) => {
                vec![self.enter(Stage::Scan(ScanStage::default()))]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn code_seen(&mut self, hint: Option<String>) -> Vec<Effect> {
        if let Stage::Scan(scan) = &mut self.stage
            && scan.sight != Sight::Read
            && scan.notice.is_none()
        {
            scan.sight = hint.map_or(Sight::Searching, |h| Sight::Seen(Some(h)));
        }
        Vec::new()
    }

    pub(crate) fn code(&mut self, payload: Vec<u8>) -> Vec<Effect> {
        let ticket = self.ticket();
        let Stage::Scan(scan) = &mut self.stage else { return Vec::new() };
        if scan.sight == Sight::Read || scan.refused.as_ref() == Some(&payload) {
            return Vec::new();
        }
        scan.sight = Sight::Read;
        scan.notice = None;
        // Held until the answer comes, so that a refused phone held up on is not looked up with every frame.
        scan.refused = Some(payload.clone());
        self.last_sign = self.now.millis;
        vec![Effect::Sound(CueSound::Rising), Effect::Match(ticket, payload)]
    }

    pub(crate) fn code_known(&mut self, outcome: CodeOutcome) -> Vec<Effect> {
        let until = self.now.millis + self.timings.notice;
        let Stage::Scan(scan) = &mut self.stage else { return Vec::new() };
        match outcome {
            CodeOutcome::Refused { code, args } => {
                scan.sight = Sight::Searching;
                scan.notice = Some((Sentence { code, args }, until));
                vec![Effect::Sound(CueSound::Low)]
            }
            CodeOutcome::Matched(subject) => {
                let purpose = scan.purpose;
                self.meet(*subject, purpose)
            }
        }
    }

    /// The code is somebody's. What has begun before, or is to be looked at, needs the second factor.
    fn meet(&mut self, subject: Subject, purpose: Purpose) -> Vec<Effect> {
        let again = subject.enrolment.candidate().is_some();
        let refusal = match purpose {
            // A production is permitted only where its portrait could be handed in, so this one question is enough.
            Purpose::Portrait => {
                permits(Actor::Verified, Act::Produce, &subject.enrolment, &subject.task, self.now.day).err()
            }
            Purpose::MyTasks => {
                permits(Actor::Student, Act::SecondFactor, &subject.enrolment, &subject.task, self.now.day)
                    .err()
            }
        };
        self.subject = Some(subject);
        if let Some(refusal) = refusal {
            return self.say(refusal.into(), Way::End);
        }
        let next = if again || purpose == Purpose::MyTasks {
            Stage::Birth(BirthStage { purpose, ..BirthStage::default() })
        } else {
            Stage::Identity(Agreed::default())
        };
        vec![self.enter(next)]
    }
}
