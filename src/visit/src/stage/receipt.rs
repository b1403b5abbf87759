//! The receipt: what the student takes home, for a few seconds; then everything is wiped.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::photo::FrameId;
use crate::reply::Receipt;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;

/// The receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptStage {
    /// The receipt.
    pub receipt: Receipt,
    /// The finished portrait, still held to be shown.
    pub portrait: FrameId,
    /// When everything is wiped, milliseconds.
    pub until: u64,
}

subset! {
    /// What can be touched on the receipt.
    ReceiptTouch of Touch {
        Touch::Done | Touch::Primary => Done,
    }
}

impl Resting for ReceiptStage {
    fn frames(&self) -> Vec<FrameId> {
        vec![self.portrait]
    }
}

impl Known for ReceiptStage {
    fn touch(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, touch: Touch) -> Next {
        match ReceiptTouch::of(touch) {
            Some(ReceiptTouch::Done) => Next::End,
            None => Next::Stay,
        }
    }

    fn tick(&mut self, cx: &mut Context<'_>, _subject: &Subject) -> Next {
        if cx.now() >= self.until { Next::End } else { Next::Stay }
    }
}
