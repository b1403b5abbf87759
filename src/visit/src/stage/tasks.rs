//! 我的任务: what is known here of the student's tasks, after the second factor; another portrait where the rules permit one, and
//! letting go of a bound code.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::{After, Next, NextAction};
use crate::records_data::TaskCard;
use crate::reply::Reply;
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::{Purpose, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use sentences::codes;

/// 我的任务
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TasksStage {
    /// `None` while loading.
    pub cards: Option<Vec<TaskCard>>,
    /// 解除绑定 was touched: is it meant?
    pub asking: bool,
    /// It is being kept.
    pub unbinding: bool,
}

subset! {
    /// What can be touched at 我的任务.
    TasksTouch of Touch {
        Touch::Unbind => Unbind,
        Touch::GiveAddress => GiveAddress,
        Touch::Retake => Retake,
        Touch::Back => Back,
        Touch::Done | Touch::Primary => Done,
        Touch::Accept => Accept,
        Touch::StillHere => KeepBound,
    }
}

subset! {
    /// What 我的任务 waits for.
    TasksReply of Reply {
        Reply::Tasks(cards) => Tasks(cards: Vec<TaskCard>),
        Reply::Unbound(kept) => Unbound(kept: bool),
    }
}

impl TasksStage {
    fn any(&self, is: impl Fn(&TaskCard) -> bool) -> bool {
        self.cards.iter().flatten().any(is)
    }

    /// A touch while it is asked whether unbinding is meant.
    fn touch_question(&mut self, cx: &mut Context<'_>, subject: &Subject, touch: &TasksTouch) {
        match touch {
            TasksTouch::Accept => {
                self.asking = false;
                self.unbinding = true;
                cx.ask_records(RecordsRequest::Unbind(subject.key()));
            }
            TasksTouch::Back | TasksTouch::KeepBound => self.asking = false,
            TasksTouch::Unbind | TasksTouch::GiveAddress | TasksTouch::Retake | TasksTouch::Done => {}
        }
    }
}

impl Resting for TasksStage {}

impl Known for TasksStage {
    fn begin(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        cx.ask_records(RecordsRequest::LoadTasks(subject.entry.enrolment));
    }

    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = TasksTouch::of(touch).filter(|_| !self.unbinding) else { return Next::Stay };
        if self.asking {
            self.touch_question(cx, subject, &touch);
            return Next::Stay;
        }
        match touch {
            TasksTouch::Unbind => self.asking = self.any(|c| c.bound),
            TasksTouch::GiveAddress if self.any(|c| c.address) => return Next::AskAddress(After::Tasks),
            TasksTouch::Retake => {
                // The second factor has been passed; the first portrait, a replacement, or one after 审核未通过.
                cx.student.purpose = Purpose::Portrait;
                return Next::GoOn;
            }
            TasksTouch::Back | TasksTouch::Done => return Next::End,
            TasksTouch::GiveAddress | TasksTouch::Accept | TasksTouch::KeepBound => {}
        }
        Next::Stay
    }

    fn reply(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, reply: Reply) -> Next {
        match TasksReply::of(reply) {
            Some(TasksReply::Tasks(cards)) if self.cards.is_none() => {
                *self = TasksStage { cards: Some(cards), ..TasksStage::default() };
                Next::Stay
            }
            Some(TasksReply::Unbound(kept)) if self.unbinding => {
                let code = if kept { codes::VISIT_UNBOUND } else { codes::VISIT_NOT_UNBOUND };
                Next::Say(Sentence::plain(code), NextAction::End, None)
            }
            Some(TasksReply::Tasks(_) | TasksReply::Unbound(_)) | None => Next::Stay,
        }
    }
}
