//! Where a visit leads once it is known who stands in front: which road the rules leave open, what must be proven first,
//! and whether a portrait from an earlier visit waits.

use crate::stage::{Agreed, NextAction, Purpose, ResultStage, Sentence, Stage, Subject, TasksStage};
use crate::{After, BindOutcome, Draft, Effect, Visit};
use collection::rights::{Act, Actor, Refusal, permits};

impl Subject {
    /// Whether a portrait that was made before waits to be handed in.
    pub(crate) fn has_draft(&self) -> bool {
        self.enrolment.draft.is_some()
    }
}

impl Visit {
    /// A code, a number or a member of staff told who it is. What has begun before, or is to be looked at, must be proven.
    pub(crate) fn meet(&mut self, subject: Subject, purpose: Purpose) -> Vec<Effect> {
        let guarded =
            purpose == Purpose::MyTasks || subject.enrolment.candidate().is_some() || subject.has_draft();
        self.subject = Some(subject);
        self.purpose = purpose;
        if let Some(refusal) = self.refusal() {
            return self.say(refusal.into(), NextAction::End);
        }
        if guarded && !self.proven { self.prove(purpose) } else { self.go_on() }
    }

    /// Whether the rules permit this now. That somebody is who they say they are is asked on the road, not here.
    pub(crate) fn may(&self, act: Act, subject: &Subject) -> Result<(), Refusal> {
        permits(Actor::Verified, act, &subject.enrolment, &subject.task, self.now.day)
    }

    /// Why what the student came for is not permitted now.
    fn refusal(&self) -> Option<Refusal> {
        let subject = self.subject.as_ref()?;
        let act = match self.purpose {
            Purpose::MyTasks if self.proven => return None,
            Purpose::MyTasks => Act::SecondFactor,
            Purpose::Address => Act::GiveAddress,
            // The production was counted when it was shown; only handing in is left.
            Purpose::Portrait if subject.has_draft() => Act::ResumeDraft,
            // A production is permitted only where its portrait could be handed in, so this one question is enough.
            Purpose::Portrait => Act::Produce,
        };
        self.may(act, subject).err()
    }

    /// Nothing more has to be proven: on to what the student came for.
    pub(crate) fn go_on(&mut self) -> Vec<Effect> {
        if let Some(refusal) = self.refusal() {
            return self.say(refusal.into(), NextAction::End);
        }
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, draft) = (subject.entry.enrolment, subject.has_draft());
        match self.purpose {
            Purpose::MyTasks => {
                let watch = self.enter(Stage::Tasks(TasksStage::default()));
                vec![watch, Effect::LoadTasks(self.ticket(), enrolment)]
            }
            Purpose::Address => self.ask_address(After::Camera),
            Purpose::Portrait if draft => {
                let watch = self.enter(Stage::Loading);
                vec![watch, Effect::LoadDraft(self.ticket(), enrolment)]
            }
            Purpose::Portrait => vec![self.enter(Stage::Identity(Agreed::default()))],
        }
    }

    /// Month and day were right: a code that nobody knew now belongs to this student.
    pub(crate) fn bind_or_go_on(&mut self) -> Vec<Effect> {
        let Some(payload) = self.claim.take() else { return self.go_on() };
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let watch = self.enter(Stage::Loading);
        vec![watch, Effect::BindCode { ticket: self.ticket(), enrolment, task, payload }]
    }

    pub(crate) fn bound(&mut self, outcome: BindOutcome) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Loading) {
            return Vec::new();
        }
        match outcome {
            BindOutcome::Bound | BindOutcome::Failed => self.go_on(),
            BindOutcome::SecondClaimant => {
                let args = vec![("phone", self.phone())];
                self.say(Sentence { code: "visit.second_claimant".to_owned(), args }, NextAction::GoOn)
            }
        }
    }

    /// E, with the portrait of an earlier visit. One that was made at another kiosk is not here: a new one is made.
    pub(crate) fn draft_fetched(&mut self, draft: Option<Draft>) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Loading) {
            return Vec::new();
        }
        if let Some(Draft { made, original, compared }) = draft {
            let draft =
                ResultStage { made, original, compared, submitting: false, failure: None, draft: true };
            let mut effects = vec![self.enter(Stage::Result(draft))];
            let agreed = self
                .subject
                .as_ref()
                .filter(|s| s.can_compare() && s.enrolment.consent.as_ref().is_some_and(|c| c.comparison));
            if let Some(subject) = agreed.filter(|_| compared.score_tenths.is_none()) {
                effects.push(Effect::Compare(self.ticket(), original, subject.entry.enrolment));
            }
            return effects;
        }
        if let Some(subject) = &mut self.subject {
            subject.enrolment.draft = None;
        }
        self.go_on()
    }

    /// The registry's telephone.
    pub(crate) fn phone(&self) -> String {
        self.subject.as_ref().map(|s| s.task.registry_phone.clone()).unwrap_or_default()
    }
}
