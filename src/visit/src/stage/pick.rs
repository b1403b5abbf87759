//! The best of three, its faults and how to correct them, the first and the second confirmation.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::{Next, Override};
use crate::photo::{Assessed, Compared, FrameId};
use crate::reply::{MakeOutcome, Reply};
use crate::request::{JournalEvent, JournalRequest, Production, ProductionRequest, Request};
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use collection::ComparisonBand;
use standard::Verdict;
use std::sync::Arc;

/// What the lower half of the screen is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PickPhase {
    /// The student chooses.
    #[default]
    Choosing,
    /// The chosen frame is being compared.
    Comparing,
    /// The comparison was too low, or the picture is the admission photo; take another one.
    ComparisonFailed(Compared),
    /// Second confirmation.
    Confirming,
    /// The portrait is being made.
    Making,
    /// It could not be made.
    Refused(Sentence),
}

/// Choose and confirm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PickStage {
    /// The burst, best first.
    pub candidates: Vec<Assessed>,
    /// Position of the chosen one.
    pub chosen: usize,
    /// What is going on.
    pub phase: PickPhase,
    /// What staff let pass on the chosen frame.
    pub overridden: Option<Override>,
    /// How the chosen frame compares.
    pub compared: Option<Compared>,
    /// Productions left today, this one included.
    pub productions_left: u32,
}

subset! {
    /// What can be touched while a frame is chosen and confirmed.
    PickTouch of Touch {
        Touch::Choose(i) => Choose(i: usize),
        Touch::Use => Use,
        Touch::AskTeacher => AskTeacher,
        Touch::Make => Make,
        Touch::Retake => Retake,
        Touch::Back => Back,
        Touch::Primary => Primary,
        Touch::Secondary => Secondary,
    }
}

impl PickStage {
    /// A choice among these.
    pub(crate) fn new(cx: &Context<'_>, subject: &Subject, candidates: Vec<Assessed>) -> PickStage {
        let productions_left =
            collection::quota::productions_left(&subject.enrolment, &subject.task, cx.today());
        PickStage { candidates, productions_left, ..PickStage::default() }
    }

    /// The chosen frame.
    #[must_use]
    pub fn candidate(&self) -> Option<&Assessed> {
        self.candidates.get(self.chosen)
    }

    /// Whether capture checks stand in the way of the chosen frame.
    #[must_use]
    pub fn blocked(&self) -> bool {
        self.overridden.is_none() && self.candidate().is_none_or(|c| c.verdict == Verdict::Block)
    }

    fn touch_choosing(&mut self, cx: &mut Context<'_>, subject: &Subject, touch: &PickTouch) -> Next {
        match touch {
            PickTouch::Choose(i) => self.choose(*i),
            PickTouch::Use if !self.blocked() => self.use_frame(cx, subject),
            PickTouch::AskTeacher if self.blocked() => return Next::CallStaff,
            PickTouch::Retake | PickTouch::Back => return Next::AnotherTry,
            PickTouch::Use
            | PickTouch::AskTeacher
            | PickTouch::Make
            | PickTouch::Primary
            | PickTouch::Secondary => {}
        }
        Next::Stay
    }

    fn touch_confirming(&mut self, cx: &mut Context<'_>, subject: &Subject, touch: &PickTouch) -> Next {
        match touch {
            PickTouch::Make => self.make(cx, subject),
            PickTouch::Retake => return Next::AnotherTry,
            PickTouch::Back => self.phase = PickPhase::Choosing,
            PickTouch::Choose(_)
            | PickTouch::Use
            | PickTouch::AskTeacher
            | PickTouch::Primary
            | PickTouch::Secondary => {}
        }
        Next::Stay
    }

    fn choose(&mut self, at: usize) {
        if at < self.candidates.len() && at != self.chosen {
            self.chosen = at;
            self.overridden = None;
        }
    }

    /// First confirmation. The comparison comes before production, so that a failure costs none.
    fn use_frame(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        let Some(frame) = self.candidate().map(|c| c.frame) else { return };
        if cx.student.agreed.comparison && subject.can_compare() {
            self.phase = PickPhase::Comparing;
            let (admission, comparing) = (subject.admission_photo, subject.task.comparing);
            return cx.ask_production(ProductionRequest::Compare { frame, admission, comparing });
        }
        self.compared = Some(Compared::NOTHING);
        self.phase = PickPhase::Confirming;
    }

    fn compared(&mut self, cx: &mut Context<'_>, subject: &mut Subject, compared: Compared) -> Next {
        if self.phase != PickPhase::Comparing {
            return Next::Stay;
        }
        self.compared = Some(compared);
        if !compared.same_photo && compared.band != ComparisonBand::Below {
            self.phase = PickPhase::Confirming;
            return Next::Stay;
        }
        self.phase = PickPhase::ComparisonFailed(compared);
        subject.enrolment.count_comparison_failure();
        let score_tenths = compared.score_tenths.unwrap_or_default();
        cx.journal(subject.key(), JournalEvent::ComparisonFailed { score_tenths });
        Next::Stay
    }

    /// Second confirmation.
    fn make(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        let Some(frame) = self.candidate().map(|c| c.frame) else { return };
        self.phase = PickPhase::Making;
        let (preset, background) = (Arc::clone(&subject.preset), subject.task.background);
        let strict = self.overridden.is_none();
        cx.ask_production(ProductionRequest::Make { frame, preset, background, strict });
    }

    /// Production ended. It counts when the portrait is shown, and not before.
    fn made(&mut self, cx: &mut Context<'_>, subject: &mut Subject, outcome: MakeOutcome) -> Next {
        if self.phase != PickPhase::Making {
            return Next::Stay;
        }
        let made = match outcome {
            MakeOutcome::Refused(sentence) => {
                self.phase = PickPhase::Refused(sentence);
                return Next::Stay;
            }
            MakeOutcome::Made(made) => made,
        };
        let (Some(original), Some(compared)) = (self.candidate().map(|c| c.frame), self.compared) else {
            return Next::Capture;
        };
        let day = cx.today();
        subject.enrolment.count_production(day);
        let (of, portrait, comparison) = (subject.key(), made.portrait, compared.band);
        let produced = Production { of, portrait, original, day, comparison };
        cx.out.push(Request::Journal(JournalRequest::Produced(produced)));
        Next::ShowResult { made, original, compared, draft: false }
    }
}

fn touch_failure(touch: &PickTouch) -> Next {
    match touch {
        PickTouch::Retake | PickTouch::Back | PickTouch::Primary => Next::AnotherTry,
        PickTouch::Secondary => Next::End,
        PickTouch::Choose(_) | PickTouch::Use | PickTouch::AskTeacher | PickTouch::Make => Next::Stay,
    }
}

impl Resting for PickStage {
    fn frames(&self) -> Vec<FrameId> {
        self.candidates.iter().map(|c| c.frame).collect()
    }

    fn is_busy(&self) -> bool {
        matches!(self.phase, PickPhase::Comparing | PickPhase::Making)
    }
}

subset! {
    /// What a choice waits for.
    PickReply of Reply {
        Reply::Compared(compared) => Compared(compared: Compared),
        Reply::Make(outcome) => Make(outcome: MakeOutcome),
    }
}

impl Known for PickStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = PickTouch::of(touch) else { return Next::Stay };
        match self.phase {
            PickPhase::Choosing => self.touch_choosing(cx, subject, &touch),
            PickPhase::Confirming => self.touch_confirming(cx, subject, &touch),
            PickPhase::ComparisonFailed(_) | PickPhase::Refused(_) => touch_failure(&touch),
            PickPhase::Comparing | PickPhase::Making => Next::Stay,
        }
    }

    fn reply(&mut self, cx: &mut Context<'_>, subject: &mut Subject, reply: Reply) -> Next {
        match PickReply::of(reply) {
            Some(PickReply::Compared(compared)) => self.compared(cx, subject, compared),
            Some(PickReply::Make(outcome)) => self.made(cx, subject, outcome),
            None => Next::Stay,
        }
    }
}
