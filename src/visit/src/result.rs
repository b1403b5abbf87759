//! E and F: the finished portrait, handing it in, and the receipt. Durable first, then 提交成功.

use crate::stage::{Agreed, NextAction, ReceiptStage, Sentence, Stage};
use crate::{Effect, StoreOutcome, Touch, Visit};
use collection::Disowned;
use collection::rights::Act;

impl Visit {
    pub(crate) fn touch_result(&mut self, touch: Touch) -> Vec<Effect> {
        match (&self.stage, touch) {
            (Stage::Result(r), Touch::Submit) if !r.submitting => self.submit(),
            (Stage::Result(r), Touch::Retake | Touch::Back) if !r.submitting => self.again(),
            (Stage::Result(r), Touch::NotMe) if !r.submitting => self.disown(),
            (Stage::Receipt(_), Touch::Done | Touch::Primary) => self.end(),
            _ => Vec::new(),
        }
    }

    /// Another picture after a portrait was shown: only while the day's quota lasts.
    fn again(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let refusal = self.may(Act::Produce, subject).err();
        let Some(refusal) = refusal else {
            // After a draft nobody has agreed to anything at this visit yet.
            return if self.agreed.service { self.retake() } else { self.new_one() };
        };
        if let Stage::Result(r) = &mut self.stage {
            // The portrait stays: with the quota used, this one can still be handed in.
            r.failure = Some(refusal.into());
        }
        Vec::new()
    }

    /// The admission photo is somebody else's: nothing is handed in before the registry has looked.
    fn disown(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let mut effects = vec![Effect::RecordNotMe {
            enrolment: subject.entry.enrolment,
            task: subject.task.id.clone(),
            what: Disowned::Admission,
        }];
        let sentence = Sentence { code: "compare.not_me".to_owned(), args: vec![("phone", self.phone())] };
        effects.extend(self.say(sentence, NextAction::End));
        effects
    }

    /// B again, for another portrait.
    pub(crate) fn new_one(&mut self) -> Vec<Effect> {
        vec![self.enter(Stage::Identity(Agreed::default()))]
    }

    fn submit(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let Stage::Result(r) = &mut self.stage else { return Vec::new() };
        r.submitting = true;
        r.failure = None;
        vec![Effect::Submit {
            ticket,
            enrolment,
            task,
            portrait: r.made.portrait,
            original: r.original,
            comparison: r.compared.band,
            score_tenths: r.compared.score_tenths,
        }]
    }

    pub(crate) fn stored(&mut self, outcome: StoreOutcome) -> Vec<Effect> {
        let until = self.now.millis + self.timings.receipt;
        let Stage::Result(r) = &mut self.stage else { return Vec::new() };
        if !r.submitting {
            return Vec::new();
        }
        match outcome {
            StoreOutcome::Failed { code } => {
                r.submitting = false;
                r.failure = Some(Sentence::plain(&code));
                vec![]
            }
            StoreOutcome::Stored(receipt) => {
                let portrait = r.made.portrait;
                let stage = Stage::Receipt(ReceiptStage { receipt, portrait, until });
                vec![self.enter(stage)]
            }
        }
    }

    pub(crate) fn uploaded(&mut self) -> Vec<Effect> {
        if let Stage::Receipt(r) = &mut self.stage {
            r.receipt.uploaded = true;
        }
        Vec::new()
    }
}
