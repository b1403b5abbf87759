//! One masked name: is it you? Otherwise somebody else's number was typed.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::sentence::Sentence;
use crate::subject::{Purpose, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use sentences::codes;

/// One masked name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhoStage {
    /// What comes after.
    pub purpose: Purpose,
}

subset! {
    /// What can be touched on the screen of a masked name.
    WhoTouch of Touch {
        Touch::Start | Touch::Primary => Me,
        Touch::NotMe | Touch::Back => NotMe,
    }
}

impl Resting for WhoStage {}

impl Known for WhoStage {
    fn touch(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, touch: Touch) -> Next {
        match WhoTouch::of(touch) {
            Some(WhoTouch::Me) => Next::Prove(self.purpose),
            Some(WhoTouch::NotMe) => Next::Missed(self.purpose, Sentence::plain(codes::ENTRY_NOT_YOU)),
            None => Next::Stay,
        }
    }
}
