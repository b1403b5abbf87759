//! 我的任务: what is known here of the student's tasks, after the second factor.

use crate::stage::{Stage, TaskCard, TasksStage};
use crate::{Effect, Touch, Visit};

impl Visit {
    pub(crate) fn touch_tasks(&mut self, touch: Touch) -> Vec<Effect> {
        match touch {
            Touch::Back | Touch::Done | Touch::Primary => self.end(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn tasks_known(&mut self, cards: Vec<TaskCard>) -> Vec<Effect> {
        if let Stage::Tasks(tasks) = &mut self.stage {
            *tasks = TasksStage { cards: Some(cards) };
        }
        Vec::new()
    }
}
