//! D: the best of three, its faults and how to mend them, the first and the second confirmation.

use crate::stage::{NextAction, PickPhase, PickStage, ResultStage, Sentence, StaffTask, Stage};
use crate::{Assessed, Compared, Effect, FrameId, MakeOutcome, Touch, Visit};
use collection::ComparisonBand;
use standard::Verdict;

impl PickStage {
    /// The chosen frame.
    #[must_use]
    pub fn candidate(&self) -> Option<&Assessed> {
        self.candidates.get(self.chosen)
    }

    /// The pictures it names.
    pub(crate) fn frames(&self) -> Vec<FrameId> {
        self.candidates.iter().map(|c| c.frame).collect()
    }

    /// Whether capture checks stand in the way of the chosen frame.
    #[must_use]
    pub fn blocked(&self) -> bool {
        self.overridden.is_none() && self.candidate().is_none_or(|c| c.verdict == Verdict::Block)
    }
}

impl Visit {
    pub(crate) fn burst_taken(&mut self, mut frames: Vec<Assessed>) -> Vec<Effect> {
        if !matches!(&self.stage, Stage::Capture(c) if c.taking) {
            return Vec::new();
        }
        if frames.is_empty() {
            // No frame came or none could be judged; the student's next try may fare better.
            return self.say(Sentence::plain("visit.no_frames"), NextAction::Retake);
        }
        // Best first: the mildest verdict, then the sharper picture. Total order, so equal bursts look equal.
        frames.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.rank.total_cmp(&a.rank)));
        let left = self
            .subject
            .as_ref()
            .map_or(0, |s| collection::quota::productions_left(&s.enrolment, &s.task, self.now.day));
        vec![self.enter(Stage::Pick(PickStage {
            candidates: frames,
            productions_left: left,
            ..PickStage::default()
        }))]
    }

    pub(crate) fn touch_pick(&mut self, touch: Touch) -> Vec<Effect> {
        let Stage::Pick(pick) = &mut self.stage else { return Vec::new() };
        match (touch, &pick.phase) {
            (_, PickPhase::Comparing | PickPhase::Making) => Vec::new(),
            (Touch::Choose(i), PickPhase::Choosing) if i < pick.candidates.len() => {
                if i != pick.chosen {
                    pick.chosen = i;
                    pick.overridden = None;
                }
                Vec::new()
            }
            (Touch::Retake, _) | (Touch::Primary, PickPhase::ComparisonFailed(_) | PickPhase::Refused(_)) => {
                self.another_try()
            }
            (Touch::Secondary, PickPhase::ComparisonFailed(_) | PickPhase::Refused(_)) => self.end(),
            (Touch::Back, PickPhase::Confirming) => {
                pick.phase = PickPhase::Choosing;
                Vec::new()
            }
            (Touch::Back, _) => self.another_try(),
            (Touch::Use, PickPhase::Choosing) if !pick.blocked() => self.use_frame(),
            (Touch::AskTeacher, PickPhase::Choosing) if pick.blocked() => self.ask_teacher(),
            (Touch::Make, PickPhase::Confirming) => self.confirm_making(),
            _ => Vec::new(),
        }
    }

    fn ask_teacher(&mut self) -> Vec<Effect> {
        let Stage::Pick(pick) = &self.stage else { return Vec::new() };
        let errand = StaffTask::Override(pick.clone());
        self.ask_pin(errand)
    }

    /// First confirmation. The comparison comes before production, so that a failure costs none.
    fn use_frame(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(subject) = &self.subject else { return self.end() };
        let enrolment = subject.entry.enrolment;
        let wanted = self.agreed.comparison && subject.can_compare();
        let Stage::Pick(pick) = &mut self.stage else { return Vec::new() };
        let Some(frame) = pick.candidate().map(|c| c.frame) else { return Vec::new() };
        if wanted {
            pick.phase = PickPhase::Comparing;
            return vec![Effect::Compare(ticket, frame, enrolment)];
        }
        pick.compared = Some(Compared { band: ComparisonBand::None, score_tenths: None, same_photo: false });
        pick.phase = PickPhase::Confirming;
        Vec::new()
    }

    pub(crate) fn compared(&mut self, compared: Compared) -> Vec<Effect> {
        if let Stage::Result(r) = &mut self.stage {
            // The score of a portrait from an earlier visit; where it fell was kept with it and stays.
            if r.draft && r.compared.score_tenths.is_none() {
                r.compared.score_tenths = compared.score_tenths;
            }
            return Vec::new();
        }
        let Stage::Pick(pick) = &mut self.stage else { return Vec::new() };
        if pick.phase != PickPhase::Comparing {
            return Vec::new();
        }
        pick.compared = Some(compared);
        if !compared.same_photo && compared.band != ComparisonBand::Below {
            pick.phase = PickPhase::Confirming;
            return Vec::new();
        }
        pick.phase = PickPhase::ComparisonFailed(compared);
        let Some(subject) = &mut self.subject else { return self.end() };
        subject.enrolment.count_comparison_failure();
        vec![Effect::RecordComparisonFailed {
            enrolment: subject.entry.enrolment,
            task: subject.task.id.clone(),
            score_tenths: compared.score_tenths.unwrap_or_default(),
        }]
    }

    fn confirm_making(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(task) = self.subject.as_ref().map(|s| s.task.id.clone()) else { return self.end() };
        let Stage::Pick(pick) = &mut self.stage else { return Vec::new() };
        let Some(frame) = pick.candidate().map(|c| c.frame) else { return Vec::new() };
        pick.phase = PickPhase::Making;
        vec![Effect::Make { ticket, frame, task, strict: pick.overridden.is_none() }]
    }

    /// Production ended. It counts when the portrait is shown, and not before.
    pub(crate) fn made(&mut self, outcome: MakeOutcome) -> Vec<Effect> {
        let Stage::Pick(pick) = &mut self.stage else { return Vec::new() };
        if pick.phase != PickPhase::Making {
            return Vec::new();
        }
        let made = match outcome {
            MakeOutcome::Refused { code, args } => {
                pick.phase = PickPhase::Refused(Sentence { code, args });
                return Vec::new();
            }
            MakeOutcome::Made(made) => made,
        };
        let (Some(chosen), Some(compared)) = (pick.candidate().map(|c| c.frame), pick.compared) else {
            return self.retake();
        };
        let day = self.now.day;
        let Some(subject) = &mut self.subject else { return self.end() };
        subject.enrolment.count_production(day);
        let record = Effect::RecordProduced {
            enrolment: subject.entry.enrolment,
            task: subject.task.id.clone(),
            portrait: made.portrait,
            original: chosen,
            day,
            comparison: compared.band,
        };
        let stage =
            ResultStage { made, original: chosen, compared, submitting: false, failure: None, draft: false };
        vec![record, self.enter(Stage::Result(stage))]
    }
}
