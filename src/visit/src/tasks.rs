//! 我的任务: what is known here of the student's tasks, after the second factor; another portrait where the rules permit one, and
//! letting go of a bound code.

use crate::stage::{NextAction, Purpose, Sentence, Stage, TaskCard, TasksStage};
use crate::{After, Effect, Touch, Visit};

impl Visit {
    pub(crate) fn touch_tasks(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let Stage::Tasks(tasks) = &mut self.stage else { return Vec::new() };
        match touch {
            _ if tasks.unbinding => Vec::new(),
            Touch::Accept if tasks.asking => {
                tasks.asking = false;
                tasks.unbinding = true;
                vec![Effect::Unbind { ticket, enrolment, task }]
            }
            Touch::Back | Touch::StillHere if tasks.asking => {
                tasks.asking = false;
                Vec::new()
            }
            _ if tasks.asking => Vec::new(),
            Touch::Unbind if tasks.cards.iter().flatten().any(|c| c.bound) => {
                tasks.asking = true;
                Vec::new()
            }
            Touch::GiveAddress if tasks.cards.iter().flatten().any(|c| c.address) => {
                self.ask_address(After::Tasks)
            }
            Touch::Back | Touch::Done | Touch::Primary => self.end(),
            Touch::Retake => {
                // The second factor has been passed; the first portrait, a replacement, or one after 审核未通过.
                self.purpose = Purpose::Portrait;
                self.go_on()
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn tasks_known(&mut self, cards: Vec<TaskCard>) -> Vec<Effect> {
        if let Stage::Tasks(tasks) = &mut self.stage
            && tasks.cards.is_none()
        {
            *tasks = TasksStage { cards: Some(cards), ..TasksStage::default() };
        }
        Vec::new()
    }

    pub(crate) fn unbound(&mut self, done: bool) -> Vec<Effect> {
        if !matches!(&self.stage, Stage::Tasks(t) if t.unbinding) {
            return Vec::new();
        }
        let code = if done { "visit.unbound" } else { "visit.not_unbound" };
        self.say(Sentence::plain(code), NextAction::End)
    }
}
