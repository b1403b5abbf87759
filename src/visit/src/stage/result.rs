//! The finished portrait, and handing it in. Durable first, then 提交成功.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::{Next, NextAction};
use crate::photo::{Compared, FrameId, Made};
use crate::reply::{Reply, StoreOutcome};
use crate::request::{JournalEvent, ProductionRequest, RecordsRequest, Submission};
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use collection::Disowned;
use collection::rights::Act;
use sentences::codes;

/// The finished portrait.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultStage {
    /// The portrait.
    pub made: Made,
    /// The frame it was made from.
    pub original: FrameId,
    /// How it compares.
    pub compared: Compared,
    /// It is being kept.
    pub submitting: bool,
    /// Keeping it failed; the portrait is still here.
    pub failure: Option<Sentence>,
    /// It was made at an earlier visit.
    pub draft: bool,
}

subset! {
    /// What can be touched on the screen of the finished portrait.
    ResultTouch of Touch {
        Touch::Submit => Submit,
        Touch::Retake | Touch::Back => Again,
        Touch::NotMe => NotMe,
    }
}

subset! {
    /// What the finished portrait waits for.
    ResultReply of Reply {
        Reply::Compared(compared) => Compared(compared: Compared),
        Reply::Stored(outcome) => Stored(outcome: StoreOutcome),
    }
}

impl ResultStage {
    /// Another picture after a portrait was shown: only while the day's quota lasts.
    fn again(&mut self, cx: &Context<'_>, subject: &Subject) -> Next {
        match cx.may(Act::Produce, subject) {
            Ok(()) if cx.student.agreed.service => Next::Capture,
            // After a draft nobody has agreed to anything at this visit yet.
            Ok(()) => Next::AskConsent,
            Err(refusal) => {
                // The portrait stays: with the quota used, this one can still be submitted.
                self.failure = Some(refusal.into());
                Next::Stay
            }
        }
    }

    fn submit(&mut self, cx: &mut Context<'_>, subject: &Subject) -> Next {
        self.submitting = true;
        self.failure = None;
        cx.ask_records(RecordsRequest::Submit(Submission {
            of: subject.key(),
            portrait: self.made.portrait,
            original: self.original,
            comparison: self.compared.band,
            score_tenths: self.compared.score_tenths,
        }));
        Next::Stay
    }

    fn stored(&mut self, outcome: StoreOutcome) -> Next {
        if !self.submitting {
            return Next::Stay;
        }
        match outcome {
            StoreOutcome::Failed(sentence) => {
                self.submitting = false;
                self.failure = Some(sentence);
                Next::Stay
            }
            StoreOutcome::Stored(receipt) => Next::ShowReceipt(receipt, self.made.portrait),
        }
    }
}

/// The admission photo is somebody else's: nothing is submitted before the registry has looked.
fn disown(cx: &mut Context<'_>, subject: &Subject) -> Next {
    cx.journal(subject.key(), JournalEvent::NotMe(Disowned::Admission));
    Next::Say(Sentence::with(codes::COMPARE_NOT_ME, "phone", subject.phone()), NextAction::End, None)
}

impl Resting for ResultStage {
    fn frames(&self) -> Vec<FrameId> {
        vec![self.original, self.made.portrait]
    }

    fn is_busy(&self) -> bool {
        self.submitting
    }

    fn asks_before_leaving(&self) -> bool {
        !self.submitting
    }
}

impl Known for ResultStage {
    /// A draft was kept without its score: it is compared once more, where the student agreed to that.
    fn begin(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        let agreed = subject.enrolment.consent.as_ref().is_some_and(|c| c.comparison);
        if self.draft && self.compared.score_tenths.is_none() && agreed && subject.can_compare() {
            let (admission, comparing) = (subject.admission_photo, subject.task.comparing);
            let frame = self.original;
            cx.ask_production(ProductionRequest::Compare { frame, admission, comparing });
        }
    }

    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = ResultTouch::of(touch).filter(|_| !self.submitting) else { return Next::Stay };
        match touch {
            ResultTouch::Submit => self.submit(cx, subject),
            ResultTouch::Again => self.again(cx, subject),
            ResultTouch::NotMe => disown(cx, subject),
        }
    }

    fn reply(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, reply: Reply) -> Next {
        match ResultReply::of(reply) {
            // The score of a portrait from an earlier visit; where it fell was kept with it and stays.
            Some(ResultReply::Compared(compared)) if self.draft && self.compared.score_tenths.is_none() => {
                self.compared.score_tenths = compared.score_tenths;
                Next::Stay
            }
            Some(ResultReply::Compared(_)) | None => Next::Stay,
            Some(ResultReply::Stored(outcome)) => self.stored(outcome),
        }
    }
}
