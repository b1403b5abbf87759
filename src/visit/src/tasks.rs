//! 我的任务: what is known here of the student's tasks, after the second factor.

use crate::stage::{Agreed, Stage, TaskCard, TasksStage, Way};
use crate::{Effect, Touch, Visit};
use collection::rights::{Act, Actor, permits};

impl Visit {
    pub(crate) fn touch_tasks(&mut self, touch: Touch) -> Vec<Effect> {
        match touch {
            Touch::Back | Touch::Done | Touch::Primary => self.end(),
            Touch::Retake => self.submit_again(),
            _ => Vec::new(),
        }
    }

    /// 重新拍摄: the second factor has been passed, so B follows if the rules permit another portrait.
    fn submit_again(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        match permits(Actor::Verified, Act::Produce, &subject.enrolment, &subject.task, self.now.day) {
            Ok(()) => vec![self.enter(Stage::Identity(Agreed::default()))],
            Err(refusal) => self.say(refusal.into(), Way::End),
        }
    }

    pub(crate) fn tasks_known(&mut self, cards: Vec<TaskCard>) -> Vec<Effect> {
        if let Stage::Tasks(tasks) = &mut self.stage {
            *tasks = TasksStage { cards: Some(cards) };
        }
        Vec::new()
    }
}
