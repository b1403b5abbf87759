//! A whole screen that says one thing and leads on.

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::{Help, Next, NextAction};
use crate::sentence::Sentence;
use crate::subset::subset;
use crate::touch::Touch;

/// A whole screen that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceStage {
    /// What.
    pub sentence: Sentence,
    /// What the button does.
    pub action: NextAction,
    /// What staff could do about it here and now.
    pub help: Option<Help>,
}

subset! {
    /// What can be touched below a sentence.
    SentenceTouch of Touch {
        Touch::Primary => Primary,
        Touch::Secondary => Secondary,
        Touch::AskTeacher => AskTeacher,
        Touch::Back => Back,
    }
}

impl Resting for SentenceStage {}

impl Open for SentenceStage {
    fn touch(&mut self, _cx: &mut Context<'_>, touch: Touch) -> Next {
        let Some(touch) = SentenceTouch::of(touch) else { return Next::Stay };
        match touch {
            SentenceTouch::AskTeacher | SentenceTouch::Secondary if self.help.is_some() => Next::CallStaff,
            SentenceTouch::Primary => match self.action {
                NextAction::End => Next::End,
                NextAction::Retake => Next::Capture,
                NextAction::GoOn => Next::GoOn,
            },
            SentenceTouch::Secondary | SentenceTouch::Back => Next::End,
            SentenceTouch::AskTeacher => Next::Stay,
        }
    }
}
